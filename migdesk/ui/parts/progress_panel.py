"""A long task on the page: what it does, how far it is, how long it will take, and a way to stop it."""

from __future__ import annotations

import math
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from migdesk.i18n import N_
from migdesk.ui.look import theme
from migdesk.ui.look.labels import Label
from migdesk.ui.look.words import number, said
from migdesk.ui.parts.clickable import PushButton
from migdesk.ui.tasks import Running, Step

_STOP, _DONE_OF, _LEFT = N_("Stop"), N_("{done} of {total}"), N_("about {seconds} s left")
_WIDE = 360


class Watched(QObject):
    """A task in a reader's thread that can be watched and stopped: its `progress` goes to the service."""

    stepped = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        running = Running(self.stepped.emit)
        self.progress, self.cancel = running.progress, running.cancel


class ProgressPanel(QWidget):
    """Stands in the middle of the page while the task runs."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cancel: Callable[[], object] = _nothing
        self._title, self._words = Label("", "section"), Label("", "muted")
        self.bar = QProgressBar()
        self.bar.setFixedWidth(_WIDE)
        self.stop = PushButton()
        self.stop.clicked.connect(lambda _on=False: self._cancel())
        column = QVBoxLayout(self)
        column.setSpacing(theme.M)
        column.addStretch(1)
        for part in (self._title, self.bar, self._words, self.stop):
            column.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)
        self.retranslate()

    def begin(self, message: str, cancel: Callable[[], object]) -> None:
        """A task begins; how long it will be is not known yet."""
        self._cancel = cancel
        self._title.say(message)
        self._words.show_text("")
        self.bar.setRange(0, 0)
        self.bar.setAccessibleName(said(message))

    def show_step(self, step: Step) -> None:
        """It went on."""
        self.bar.setRange(0, max(step.total, 1))
        self.bar.setValue(min(step.done, step.total))
        words = said(_DONE_OF, done=number(step.done), total=number(step.total))
        if step.left is not None and step.left > 2:
            words += " · " + said(_LEFT, seconds=math.ceil(step.left))
        self._words.show_text(words)

    def retranslate(self) -> None:
        """Name the button in the current language."""
        self.stop.setText(said(_STOP))
        self.stop.setAccessibleName(said(_STOP))


def _nothing() -> None:
    """No task runs."""
