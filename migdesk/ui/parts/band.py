"""The band at the top of a file: who or what it is, its facts, its state, its actions."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from migdesk.ui.look import theme
from migdesk.ui.look.flow import FlowRow
from migdesk.ui.look.labels import Label
from migdesk.ui.look.style import mark
from migdesk.ui.look.words import said
from migdesk.ui.parts.actions import Action, Button, Command
from migdesk.ui.parts.blocks import text
from migdesk.ui.parts.blocks import title as heading
from migdesk.ui.parts.facts import Fact
from migdesk.ui.parts.pills import Pill, PillLabel

_SIDE_FROM = 760


class Band(QFrame):
    """Title and pills, lines below, facts in a row, actions; `side` stands right when there is room, else below."""

    def __init__(self, title: str, pills: Sequence[Pill] = (), *, kind: str = "title") -> None:
        super().__init__()
        mark(self, look="card")
        self._side: QWidget | None = None
        self._is_beside = False
        self._title = heading(title, kind)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(6)
        head = FlowRow(self._title, *(PillLabel(pill) for pill in pills), gap=theme.M, lines=theme.XS)
        self._lines.addWidget(head)
        self._whole = QHBoxLayout()
        self._whole.setSpacing(theme.L)
        self._whole.addLayout(self._lines, 3)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.L, theme.M, theme.L, theme.M)
        column.setSpacing(theme.M)
        column.addLayout(self._whole)
        self._column = column

    def set_left(self, widget: QWidget) -> None:
        """Something before everything, such as a photo."""
        self._whole.insertWidget(0, widget, 0, Qt.AlignmentFlag.AlignTop)

    def set_side(self, widget: QWidget) -> None:
        """Something at the right, such as the light."""
        self._side = widget
        self._column.addWidget(widget)

    def add_line(self, words: str) -> None:
        """A quiet line below the title; nothing for no words."""
        if words:
            self._lines.addWidget(text(words, "muted"))

    def add_widget(self, widget: QWidget) -> None:
        """A line of its own, such as a link."""
        self._lines.addWidget(widget, 0, Qt.AlignmentFlag.AlignLeft)

    def add_facts(self, facts: Sequence[Fact]) -> None:
        """Facts beside each other."""
        parts = [_fact(one) for one in facts if one.words or one.pill]
        self._lines.addWidget(FlowRow(*parts, gap=theme.XL, lines=6))

    def add_actions(self, primary: Action | None, others: Sequence[Action]) -> list[Command]:
        """Buttons; the keys are those of the page."""
        made: list[Command] = []
        buttons: list[QWidget] = []
        for action in (primary, *others):
            if action:
                command = Command(action, self)
                made.append(command)
                buttons.append(Button(command, "primary" if action is primary else "plain"))
        if buttons:
            self._lines.addSpacing(theme.XS)
            self._lines.addWidget(FlowRow(*buttons))
        return made

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The side goes below when the band is narrow."""
        super().resizeEvent(event)
        beside = self.width() >= _SIDE_FROM
        if self._side and beside != self._is_beside:
            self._is_beside = beside
            self._column.removeWidget(self._side)
            self._whole.removeWidget(self._side)
            if beside:
                self._whole.addWidget(self._side, 2, Qt.AlignmentFlag.AlignTop)
            else:
                self._column.addWidget(self._side)


def _fact(fact: Fact) -> QWidget:
    box = QWidget()
    line = QHBoxLayout(box)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(theme.XS + 2)
    label = Label(fact.label, "muted")
    line.addWidget(label)
    if fact.pill:
        line.addWidget(PillLabel(fact.pill))
    else:
        value = text(fact.words, wrapped=False)
        value.setAccessibleName(f"{said(fact.label)}: {fact.words}")
        line.addWidget(value)
    return box
