"""Whom a change of a permit touches beside its holder, told in the question before it is saved."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QVBoxLayout, QWidget

from migdesk.i18n import N_
from migdesk.services.permits.dependants import Dependant
from migdesk.ui.files.questions.form_dialog import NARROW
from migdesk.ui.look import theme
from migdesk.ui.look.labels import Label
from migdesk.ui.look.words import said
from migdesk.ui.parts.blocks import link, text
from migdesk.ui.parts.tick_line import LineWords, Shape, TickLine, tick, ticked
from migdesk.ui.workplace import Kind, Workplace

_TITLE = N_("Permits of the family that this touches")
_TICK = N_("Tick those that are changed along: to the same day, on the same grounds.")
_OPEN = N_("Open {number}")
_WIDE = NARROW - 2 * theme.L


class DependantsPart(QWidget):
    """A line for each with the way to its file; those that may follow can be ticked, and none is by itself."""

    def __init__(self, work: Workplace, found: Sequence[Dependant]) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.ticks: dict[str, TickLine] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.XS)
        column.addWidget(Label(_TITLE, "strong").wrapped())
        if any(one.may_follow for one in found):
            column.addWidget(Label(_TICK, "muted").wrapped())
        for one in found:
            column.addWidget(self._line(one))
            opens = link(said(_OPEN, number=one.permit.number))
            uid = one.permit.uid
            opens.clicked.connect(lambda _on=False, uid=uid: work.open(Kind.PERMIT, uid))
            column.addWidget(opens)
        column.addStretch(1)

    def sizeHint(self) -> QSize:
        """As high as its words need at the width of a small window."""
        lines = self.layout()
        return QSize(_WIDE, lines.totalHeightForWidth(_WIDE) if lines else 0)

    def _line(self, one: Dependant) -> QWidget:
        words = one.as_finding().words()
        self.lines.append(words)
        if not one.may_follow:
            return text(words)
        self.ticks[one.permit.uid] = TickLine(Shape.TICK, LineWords(words))
        return self.ticks[one.permit.uid]

    def values(self) -> dict[str, object]:
        """Uids of the permits that are changed along."""
        return {"along": [uid for uid, line in self.ticks.items() if line.isChecked()]}

    def typed(self) -> str:
        """Which are ticked, for a draft."""
        return ticked(self.ticks)

    def set_typed(self, text: str) -> None:
        """Tick those of a draft."""
        tick(self.ticks, text)
