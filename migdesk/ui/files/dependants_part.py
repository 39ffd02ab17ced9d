"""Whom a change of a permit touches beside its holder, told in the question before it is saved."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from migdesk.i18n import N_
from migdesk.services.dependants import Dependant
from migdesk.ui.look import theme
from migdesk.ui.look.labels import Label
from migdesk.ui.parts.blocks import link, text
from migdesk.ui.workplace import Kind, Workplace

_TITLE = N_("Permits of the family that this touches")


class DependantsPart(QWidget):
    """A line for each with the way to its file; nothing is done for them."""

    def __init__(self, work: Workplace, found: Sequence[Dependant]) -> None:
        super().__init__()
        self.lines: list[str] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.XS)
        column.addWidget(Label(_TITLE, "strong").wrapped())
        for one in found:
            words = one.as_finding().words()
            self.lines.append(words)
            opens = link(one.permit.number)
            uid = one.permit.uid
            opens.clicked.connect(lambda _on=False, uid=uid: work.open(Kind.PERMIT, uid))
            column.addWidget(text(words))
            column.addWidget(opens)
        column.addStretch(1)

    def values(self) -> dict[str, object]:
        """It asks nothing."""
        return {}
