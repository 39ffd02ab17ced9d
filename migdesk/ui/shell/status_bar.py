"""The status bar: keys that work here, terms that run out (each opens its list), when it was last saved."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import time

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from migdesk.i18n import N_
from migdesk.ui.look import theme
from migdesk.ui.look.labels import Label
from migdesk.ui.look.style import mark
from migdesk.ui.look.theme import Tone
from migdesk.ui.look.words import number, said
from migdesk.ui.parts import pills
from migdesk.ui.parts.actions import Button, Command
from migdesk.ui.parts.clickable import Clickable
from migdesk.ui.parts.pills import Pill

HEIGHT = 32
_SAVED = N_("Saved {time}")


@dataclass(frozen=True, slots=True)
class Counter:
    """Something that is counted all day: an English message with `{n}`, its tone, and what opens its list."""

    message: str
    count: int
    tone: Tone
    open: Callable[[], object]


class PillButton(Clickable):
    """A pill that opens a list, by mouse or by keyboard."""

    def __init__(self, counter: Counter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counter = counter
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.clicked.connect(lambda _checked=False: counter.open())
        self.retranslate()

    def retranslate(self) -> None:
        """Say the number in the current language."""
        self.setText(said(self._counter.message, n=number(self._counter.count)))
        self.setAccessibleName(self.text())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as the pill, with room for the focus."""
        return QSize(pills.width(self._pill()) + 4, pills.HEIGHT + 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw pill and focus."""
        colours = theme.current()
        painter = QPainter(self)
        pills.paint(painter, self.rect().adjusted(2, 2, -2, -2), self._pill(), colours)
        edge = colours.ink(self._counter.tone) if self.underMouse() else ""
        self.paint_ground(painter, "", edge, theme.PILL_RADIUS + 1)

    def _pill(self) -> Pill:
        return Pill(self._counter.tone if self._counter.count else Tone.PLAIN, self.text())


class KeyRow(QWidget):
    """The keys that work here; those that do not fit are left out, F10 has them all."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons: list[Button] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.XS)
        self._row.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_commands(self, commands: Sequence[Command]) -> None:
        """Show the keys of these commands, in this order."""
        for button in self._buttons:
            button.hide()
            button.deleteLater()
        self._buttons = [
            Button(command, "key", self) for command in commands if command.keys() and command.spec.in_bar
        ]
        for at, button in enumerate(self._buttons):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._row.insertWidget(at, button)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """It gives way first."""
        return QSize(0, 24)

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(0, 24)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show what fits."""
        super().resizeEvent(event)
        self._fit()

    def retranslate(self) -> None:
        """Words changed their width."""
        self._fit()

    def _fit(self) -> None:
        room = self.width()
        for button in self._buttons:
            button.retranslate()
            room -= button.sizeHint().width() + theme.XS
            button.setVisible(room >= 0)


class StatusBar(QWidget):
    """Keys at the left; counters and the time of the last save at the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        mark(self, look="status")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(HEIGHT)
        self._keys = KeyRow()
        self._counters: list[PillButton] = []
        self._saved = Label("", "muted")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(theme.XL - 6, 0, theme.L, 0)
        self._row.setSpacing(theme.XS)
        self._row.addWidget(self._keys, 1)
        self._row.addWidget(self._saved)

    def show_keys(self, commands: Sequence[Command]) -> None:
        """Show the keys that work on the open page."""
        self._keys.show_commands(commands)

    def show_counters(self, counters: Sequence[Counter]) -> None:
        """Show how many terms run out; each opens its list."""
        for button in self._counters:
            button.hide()
            button.deleteLater()
        self._counters = [PillButton(counter) for counter in counters]
        for at, button in enumerate(self._counters):
            self._row.insertWidget(1 + at, button)

    def show_saved(self, at: time) -> None:
        """Say when the last save was."""
        self._saved.say(_SAVED, time=f"{at:%H:%M}")
