"""A short list inside a file: rows that are already here, drawn like every other list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent

from migdesk.domain.fields import Whole, spec
from migdesk.domain.listing import Column, Look, Query
from migdesk.domain.record import Record
from migdesk.ui.lists.given import Given, opener
from migdesk.ui.lists.office_reading import Settled, hide_at_first
from migdesk.ui.lists.table_view import ListPart, RecordView
from migdesk.ui.look import theme
from migdesk.ui.parts.panel import Words
from migdesk.ui.workplace import Workplace

_FEWEST = 2


@dataclass(frozen=True, slots=True)
class ShortList:
    """Name for the widths, English title, columns, rows with their uids, and what is said without rows.

    `hidden` columns wait in the menu of columns.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: Sequence[tuple[Any, ...]]
    uids: Sequence[str]
    empty: Words
    hidden: tuple[str, ...] = ()


def column(cls: type[Record], name: str, width: int, look: Look = Look.PLAIN) -> Column:
    """A column for a field of a record; numbers stand at the right."""
    field = spec(cls, name).field
    return Column(name, field, width, "right" if isinstance(field, Whole) else "left", look=look)


def record_rows(columns: Sequence[Column], records: Sequence[Record]) -> list[tuple[Any, ...]]:
    """Rows of records by the keys of columns."""
    return [tuple(getattr(one, wanted.key) for wanted in columns) for one in records]


def settled(day: Any, *, runs: bool) -> Any:
    """A due day, marked when it no longer runs."""
    return day if runs or day is None else Settled(day.year, day.month, day.day)


class F2Opens(QObject):
    """F2 on a row of a list opens that row, although the page has a meaning of its own for the key."""

    def __init__(self, view: RecordView, run: Callable[[str], object]) -> None:
        super().__init__(view)
        self._view = view
        self._run = run
        view.rows.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the key before the page does, when there is a row to open."""
        uid = self._view.current_uid() if isinstance(event, QKeyEvent) else ""
        if not uid or not isinstance(event, QKeyEvent) or event.key() != Qt.Key.Key_F2:
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if event.type() == QEvent.Type.KeyPress:
            self._run(uid)
            return True
        return False


def show(
    work: Workplace,
    what: ShortList,
    opened: Callable[[str], object] | None = None,
    *,
    whole: bool = False,
    few: int = 0,
) -> RecordView:
    """The list as a widget; `whole` makes it as high as its rows, for a file that scrolls as one.

    `few` is for narrow places: only so many columns, and as high as its rows.
    """
    columns, rows = what.columns, what.rows
    if few:
        columns, rows = columns[:few], [row[:few] for row in rows]
    given = Given(columns, rows, what.uids)
    part = ListPart(what.title, work.tasks, work.reading, opener(given), work.memory, what.empty)
    if not few:
        hide_at_first(work.memory, what.name, what.hidden)
    view = RecordView(part)
    view.show_list(Query(f"{what.name}.{few}" if few else what.name))
    if opened:
        view.opened.connect(opened)
    if whole or few:
        row = view.rows.verticalHeader().defaultSectionSize()
        view.setFixedHeight(theme.ROW + row * max(len(rows), _FEWEST if not few else 1) + 4)
    else:
        view.setMinimumHeight(theme.ROW * 4)
    return view
