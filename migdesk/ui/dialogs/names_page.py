"""What the program learned of spellings of names, in the settings: looked through, and forgotten one by one."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from migdesk.domain.change import Done
from migdesk.domain.name_spelling import NameSpelling
from migdesk.i18n import N_
from migdesk.services import spellings
from migdesk.ui.files.short_list import ShortList, column, record_rows, show
from migdesk.ui.lists.table_view import RecordView
from migdesk.ui.look import theme
from migdesk.ui.look.labels import Label
from migdesk.ui.look.words import said
from migdesk.ui.parts.blocks import clear, row
from migdesk.ui.parts.clickable import PushButton
from migdesk.ui.parts.panel import Words
from migdesk.ui.workplace import Workplace

_ABOUT = N_(
    "When a clerk corrects a proposed spelling and saves, the corrected one is proposed from then on. "
    "Only single names are kept, no persons."
)
_TITLE, _FORGET = N_("Spellings of names"), N_("Forget this spelling")
_FORGOTTEN = N_("Forgotten: {given} → {spelled}")
_NONE = Words("people", N_("Nothing was corrected yet"))


class NamesPage(QWidget):
    """`told` carries what was done, in words."""

    told = Signal(str)

    def __init__(self, work: Workplace) -> None:
        super().__init__()
        self._work = work
        self.view: RecordView | None = None
        self.button = PushButton()
        self.button.clicked.connect(lambda _on=False: self.forget())
        self._list = QVBoxLayout()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.M)
        whole.addWidget(Label(_ABOUT, "muted").wrapped())
        whole.addLayout(self._list, 1)
        whole.addWidget(row(QWidget(), self.button, stretch=0))
        self.refresh()

    def refresh(self) -> None:
        """What is remembered now."""
        self.button.setText(said(_FORGET))
        self._work.tasks.read(spellings.list_spellings, self._work.desk, done=self._show)

    def forget(self) -> None:
        """Let the letter table propose again."""
        uid = self.view.current_uid() if self.view else ""
        if uid:
            self._work.do(spellings.forget, uid, words=self._say, done=lambda _done: self.refresh())

    def _show(self, found: list[NameSpelling]) -> None:
        clear(self._list)
        widths = {"given": 220, "spelled": 220, "times": 90}
        columns = tuple(column(NameSpelling, name, width) for name, width in widths.items())
        what = ShortList(
            "settings.names", _TITLE, columns, record_rows(columns, found), [one.uid for one in found], _NONE
        )
        self.view = show(self._work, what)
        self._list.addWidget(self.view)
        self.button.setEnabled(bool(found))

    def _say(self, done: Done[NameSpelling]) -> str:
        words = said(_FORGOTTEN, given=done.value.given, spelled=done.value.spelled)
        self.told.emit(words)
        return words
