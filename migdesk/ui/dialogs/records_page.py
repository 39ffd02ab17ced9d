"""A page of the settings that is a list of records: what it is about, the list, a button for the line in front."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from migdesk.domain.record import Record
from migdesk.ui.files.pieces.short_list import ShortList, column, record_rows, show
from migdesk.ui.lists.table_view import RecordView
from migdesk.ui.look import theme
from migdesk.ui.look.labels import Label
from migdesk.ui.parts.blocks import clear, row
from migdesk.ui.parts.clickable import PushButton
from migdesk.ui.parts.panel import Words
from migdesk.ui.workplace import Workplace

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Listed(Generic[R]):
    """Whose records, under which name widths are kept, what is said above and without any, columns with widths."""

    cls: type[R]
    name: str
    title: str
    about: str
    empty: Words
    widths: Mapping[str, int]


class RecordsPage(QWidget, Generic[R]):
    """`told` carries what was done, in words; `because` says beside the button why it is locked."""

    told = Signal(str)

    def __init__(self, work: Workplace, listed: Listed[R]) -> None:
        super().__init__()
        self._work = work
        self._listed = listed
        self._records: dict[str, R] = {}
        self.view: RecordView | None = None
        self.button = PushButton()
        self.because = Label("", "muted").wrapped()
        self._list = QVBoxLayout()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.M)
        whole.addWidget(Label(listed.about, "muted").wrapped())
        whole.addLayout(self._list, 1)
        whole.addWidget(row(self.because, self.button, stretch=0))

    def current(self) -> R | None:
        """The record of the line in front."""
        return self._records.get(self.view.current_uid()) if self.view else None

    def show_records(self, found: Sequence[R]) -> None:
        """Put these in place of what stands there."""
        clear(self._list)
        self._records = {one.uid: one for one in found}
        columns = tuple(column(self._listed.cls, name, width) for name, width in self._listed.widths.items())
        rows = record_rows(columns, found)
        what = ShortList(
            self._listed.name, self._listed.title, columns, rows, list(self._records), self._listed.empty
        )
        self.view = show(self._work, what)
        self._list.addWidget(self.view)
