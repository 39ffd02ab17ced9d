"""The passphrase of an encrypted office: asked until it opens, or given up."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from migdesk.domain.errors import MigDeskError
from migdesk.i18n import N_
from migdesk.services.desk import Desk
from migdesk.ui import theme
from migdesk.ui.labels import Label
from migdesk.ui.style import mark
from migdesk.ui.tasks import Tasks
from migdesk.ui.words import said

_TITLE = N_("This office is locked")
_TEXT = N_("Its file is encrypted. Without the passphrase nobody can open it, we neither.")
_PASSPHRASE, _OPEN, _CANCEL = N_("Passphrase"), N_("Open"), N_("Cancel")
_OPENING, _WRONG = N_("Opening…"), N_("This passphrase does not open the office. {reason}")
_WIDE = 420


class PassphraseDialog(QDialog):
    """`desk` is the open office after it was accepted."""

    def __init__(self, open_with: Callable[[str], Desk], tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._open_with = open_with
        self._tasks = tasks
        self.desk: Desk | None = None
        self.setWindowTitle(said(_TITLE))
        self.setMinimumWidth(_WIDE)
        self.line = QLineEdit()
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.setAccessibleName(said(_PASSPHRASE))
        self.button, cancel = QPushButton(said(_OPEN)), QPushButton(said(_CANCEL))
        mark(self.button, look="primary")
        self.button.setDefault(True)
        self.button.clicked.connect(lambda _on=False: self.open_office())
        cancel.setAutoDefault(False)
        cancel.clicked.connect(lambda _on=False: self.reject())
        self.told = Label("", "small").wrapped()
        mark(self.told, ink="bad")
        line = QHBoxLayout()
        line.addStretch(1)
        line.addWidget(cancel)
        line.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.XL, theme.L, theme.XL, theme.L)
        column.setSpacing(theme.S)
        for part in (
            Label(_TITLE, "section"),
            Label(_TEXT, "muted").wrapped(),
            Label(_PASSPHRASE, "muted"),
            self.line,
            self.told,
        ):
            column.addWidget(part)
        column.addLayout(line)

    def open_office(self) -> None:
        """Try what is typed; opening takes a tenth of a second, so not here."""
        self.button.setEnabled(False)
        self.told.say(_OPENING)
        self._tasks.run(self._open_with, self.line.text(), done=self._opened, failed=self._refused)

    def _opened(self, desk: Desk) -> None:
        self.desk = desk
        self.accept()

    def _refused(self, error: Exception) -> None:
        self.button.setEnabled(True)
        reason = error.words() if isinstance(error, MigDeskError) else ""
        self.told.say(_WRONG, reason=reason)
        self.line.selectAll()
        self.line.setFocus()
