"""Export: any list of the program as a workbook, CSV or JSON, as it is filtered and ordered."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from migdesk.domain.listing import Query
from migdesk.i18n import _
from migdesk.services import listing
from migdesk.services.desk import Desk
from migdesk.services.progress import SILENT, Progress
from migdesk.store.listing import StoreListing

_PAGE = 500
_WITHOUT_IDENTITY = frozenset({"journal"})


def export_list(desk: Desk, query: Query, target: Path, progress: Progress = SILENT) -> int:
    """Write a list to a file whose ending says the kind (.xlsx, .csv, .json); how many rows were written.

    Rows of records carry their uid and rev in hidden columns. A stopped export leaves no file.

    Raises:
        BadFile: another ending, or the file cannot be written.
        Cancelled: the operator stopped it.
    """
    from migdesk.exchange.tables import Table  # noqa: PLC0415 - workbook libraries only when one is written
    from migdesk.exchange.write import write_table  # noqa: PLC0415

    opened = listing.open_list(desk, query)
    ids = opened.ids()
    identified = query.name not in _WITHOUT_IDENTITY
    table = Table(
        code=query.name,
        title=_(listing.TITLES[query.name]),
        columns=opened.columns,
        rows=_rows(opened, ids.tolist(), identified=identified),
        total=len(ids),
        identified=identified,
        show=desk.lists.show,
    )
    return write_table(target, table, step=lambda done, total: progress.step(done, total))


def _rows(opened: StoreListing, ids: list[int], *, identified: bool) -> Iterator[tuple[Any, ...]]:
    read = opened.identified_rows if identified else opened.rows
    for start in range(0, len(ids), _PAGE):
        yield from read(ids[start : start + _PAGE])
