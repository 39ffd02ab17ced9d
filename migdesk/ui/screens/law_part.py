"""What the tabs of the page Law share: a list, what its line in front says, acts above, and who may do them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from migdesk.domain.errors import BadFile
from migdesk.i18n import N_
from migdesk.services.upkeep import rights
from migdesk.ui.files.pieces.short_list import ShortList, show
from migdesk.ui.lists.table_view import RecordView
from migdesk.ui.look import theme
from migdesk.ui.look.labels import Label
from migdesk.ui.look.theme import Tone
from migdesk.ui.look.words import said
from migdesk.ui.parts.blocks import clear
from migdesk.ui.parts.blocks import row as beside
from migdesk.ui.parts.clickable import PushButton
from migdesk.ui.parts.messages import Notice
from migdesk.ui.workplace import Workplace

_GIVEN = N_("Written: {file}")
_ONLY_HEADS = N_("Only the head of the office does this: {names}.")


@dataclass(frozen=True, slots=True)
class Act:
    """A button above the list: what it says, and what it does."""

    button: PushButton
    words: str
    do: Callable[[], object]


class LawPart(QWidget):
    """The list and the words `shown` of its line in front, side by side or one above the other."""

    def __init__(self, work: Workplace, about: str, acts: Sequence[Act], shown: QWidget) -> None:
        super().__init__()
        self._work = work
        self._acts = acts
        self.view: RecordView | None = None
        self._because = Label("", "muted").wrapped()
        self._list = QVBoxLayout()
        self._list.setContentsMargins(0, 0, 0, 0)
        self._split = QSplitter(Qt.Orientation.Vertical)
        for act in acts:
            act.button.clicked.connect(lambda _on=False, do=act.do: do())
        self._lay_out(about, shown)

    def _lay_out(self, about: str, shown: QWidget) -> None:
        listed = QWidget()
        listed.setLayout(self._list)
        self._split.addWidget(listed)
        self._split.addWidget(shown)
        self._split.setHandleWidth(theme.M)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.S)
        whole.addWidget(Label(about, "muted").wrapped())
        whole.addWidget(beside(*(act.button for act in self._acts)))
        whole.addWidget(self._because)
        whole.addWidget(self._split, 1)

    def say_acts(self) -> None:
        """Words of the buttons in the language of now."""
        for act in self._acts:
            act.button.setText(said(act.words))

    def show_list(self, what: ShortList) -> RecordView:
        """Put another list in the place of the one that stands there."""
        clear(self._list)
        self.view = show(self._work, what)
        self.view.current_changed.connect(lambda _uid: self.show_chosen())
        self._list.addWidget(self.view)
        return self.view

    def uid(self) -> str:
        """Which line is in front."""
        return self.view.current_uid() if self.view else ""

    def select(self, at: int | None) -> None:
        """Put a line in front."""
        if self.view and at is not None:
            self.view.rows.selectRow(at)

    def show_chosen(self) -> None:
        """What the line in front says, and what may be done with it; here who may do it at all."""
        desk = self._work.desk
        because = "" if desk.is_head else said(_ONLY_HEADS, names=rights.names_of_heads(desk))
        self._because.show_text(because)
        self._because.setVisible(bool(because))

    def write(self, file: Path, words: str) -> None:
        """Write a file of law, and say so."""
        try:
            file.write_text(words, encoding="utf-8", newline="\n")
        except OSError:
            self._work.tell_error(BadFile(file, "", N_("The file cannot be written.")))
            return
        self._work.noticed.emit(Notice(Tone.OK, said(_GIVEN, file=file.name)))
