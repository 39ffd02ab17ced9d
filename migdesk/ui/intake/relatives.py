"""The family that a known head has in the register: one line each, ticked when he or she arrives too."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from migdesk.i18n import N_
from migdesk.services.desk import Desk
from migdesk.ui.intake.sheet import Relative
from migdesk.ui.parts.blocks import card, clear
from migdesk.ui.parts.tick_line import LineWords, Shape, TickLine

_TITLE = N_("Family: who arrives too?")
_KEYED = 9


class RelativesCard(QWidget):
    """`wanted` carries the uid of somebody who was ticked or unticked; Alt and a digit do the same."""

    wanted = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._relatives: tuple[Relative, ...] = ()
        self._coming: frozenset[str] = frozenset()
        self.lines: dict[str, TickLine] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.hide()

    def show_relatives(self, relatives: Sequence[Relative], coming: frozenset[str]) -> None:
        """Show these; the keyboard stays on its line when only the ticks changed."""
        self._coming = coming
        if tuple(relatives) != self._relatives:
            self._relatives = tuple(relatives)
            self.retranslate()
        for uid, line in self.lines.items():
            line.setChecked(uid in coming)

    def retranslate(self) -> None:
        """Build the lines anew in the current language."""
        focused = next((uid for uid, line in self.lines.items() if line.hasFocus()), "")
        clear(self._column)
        self.lines = {one.person.uid: self._line(at, one) for at, one in enumerate(self._relatives, start=1)}
        self.setVisible(bool(self.lines))
        if self.lines:
            self._column.addWidget(card(*self.lines.values(), title=_TITLE))
        if focused in self.lines:
            self.lines[focused].setFocus()

    def _line(self, at: int, relative: Relative) -> TickLine:
        person = relative.person
        facts = (
            self._desk.lists.label("relations", relative.relation),
            person.born_words,
            f"Alt+{at}" if at <= _KEYED else "",
        )
        words = LineWords(person.full_name, " · ".join(part for part in facts if part))
        line = TickLine(Shape.TICK, words)
        line.setChecked(person.uid in self._coming)
        line.clicked.connect(lambda _on=False: self.wanted.emit(person.uid))
        return line
