"""Export: any list of the program as a workbook, CSV or JSON, as it is filtered and ordered."""

from __future__ import annotations

from pathlib import Path

from migdesk.domain.listing import Query
from migdesk.i18n import _
from migdesk.services import listing
from migdesk.services.bulk import without_collector
from migdesk.services.desk import Desk
from migdesk.services.progress import SILENT, Progress
from migdesk.services.workbooks.detail_columns import DETAILED, with_details

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
    ids = opened.ids().tolist()
    identified = query.name not in _WITHOUT_IDENTITY
    columns, rows = opened.columns, listing.all_rows(opened, ids, identified=identified)
    if query.detailed and query.name in DETAILED:
        columns, rows = with_details(desk, columns, rows)
    table = Table(
        code=query.name,
        title=_(listing.TITLES[query.name]),
        columns=columns,
        rows=rows,
        total=len(ids),
        identified=identified,
        show=desk.lists.show,
    )
    with without_collector():
        return write_table(target, table, step=lambda done, total: progress.step(done, total))
