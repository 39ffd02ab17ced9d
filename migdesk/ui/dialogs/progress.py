"""A small window over the page while a long task runs: how far it is, and a way to stop it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from migdesk.ui.look import theme
from migdesk.ui.look.words import said
from migdesk.ui.parts.progress_panel import ProgressPanel
from migdesk.ui.tasks import Step

_PATIENCE_MS = 400


class ProgressDialog(QDialog):
    """Comes only when a task takes longer than a moment; closing it stops the task."""

    def __init__(self, message: str, cancel: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(said(message))
        self._cancel = cancel
        self.panel = ProgressPanel()
        self.panel.begin(message, cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.XL, theme.L, theme.XL, theme.L)
        column.addWidget(self.panel)
        self._wait = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._wait.timeout.connect(self.open)
        self._wait.start()

    def show_step(self, step: Step) -> None:
        """The task went on."""
        self.panel.show_step(step)

    def end(self) -> None:
        """The task is over."""
        self._wait.stop()
        self.close()
        self.deleteLater()

    def reject(self) -> None:
        """Esc stops the task; the window goes when it really stopped."""
        self._cancel()
