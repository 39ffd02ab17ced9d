"""One member in the grid of the family: number, sign, a cell for each field that differs, buttons, remarks."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from migdesk.ui.entry.fields import editor_for
from migdesk.ui.entry.inputs import Input
from migdesk.ui.entry.picking import Sources
from migdesk.ui.intake.sheet import MEMBER, RELATION
from migdesk.ui.look import icons, theme
from migdesk.ui.look.labels import ElidedLabel
from migdesk.ui.look.style import mark
from migdesk.ui.look.theme import Tone
from migdesk.ui.parts.clickable import ToolButton
from migdesk.ui.parts.findings_view import FindingsView
from migdesk.ui.parts.pills import SYMBOLS

CELLS = (
    RELATION,
    "person.surname",
    "person.given",
    "person.birth_date",
    "person.sex",
    "document.number",
)

NARROWEST = 60
"""Pixels that a cell keeps in a narrow window."""


class _Sign(QWidget):
    """Whether a member's line is complete: a symbol, the reason as its tooltip."""

    def __init__(self) -> None:
        super().__init__()
        self._tone = Tone.PLAIN
        self.setFixedSize(QSize(16, 16))

    def tell(self, tone: Tone, words: str) -> None:
        """Show a state; plain shows nothing."""
        self._tone = tone
        self.setToolTip(words)
        self.setAccessibleName(words)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the symbol."""
        if self._tone is not Tone.PLAIN:
            colours = theme.current()
            icons.paint(QPainter(self), SYMBOLS[self._tone], QRectF(0, 0, 16, 16), colours.ink(self._tone))


class GridLine:
    """The widgets of one member."""

    def __init__(self, at: int, sources: Sources) -> None:
        self.at = at
        self.sign = _Sign()
        self.number = ElidedLabel("", "muted")
        self.inputs: dict[str, Input] = {}
        self.labels: dict[str, ElidedLabel] = {}
        for name in CELLS:
            if at:
                self.inputs[name] = _narrow(editor_for(MEMBER[name].field, sources))
            else:
                self.labels[name] = ElidedLabel("", "body")
        self.details, self.remove = _tool("edit"), _tool("close")
        self.findings = FindingsView()

    def widget(self, name: str) -> QWidget:
        """What stands in a column."""
        return self.inputs[name].widget() if self.at else self.labels[name]


def _narrow(editor: Input) -> Input:
    widget = editor.widget()
    widget.setMinimumWidth(NARROWEST)
    widget.setMaximumWidth(16_777_215)
    return editor


def _tool(name: str) -> ToolButton:
    button = ToolButton()
    mark(button, look="tiny")
    button.setIcon(icons.icon(name, "muted"))
    button.setIconSize(QSize(14, 14))
    button.setFixedSize(20, 20)
    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return button
