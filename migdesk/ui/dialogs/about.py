"""About the program: versions for support, without anything of the office; one click copies them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSysInfo, qVersion
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from migdesk import about
from migdesk.i18n import N_
from migdesk.ui import errors, theme
from migdesk.ui.labels import Label
from migdesk.ui.style import mark
from migdesk.ui.words import said

_TITLE = N_("About MigDesk")
_TEXT = N_(
    "The desk of a regional migration office. Everything works without a network; nothing leaves this machine by itself."
)
_DIAGNOSTICS = N_("For support: versions only, no names, numbers or folders")
_COPY, _COPIED = N_("Copy"), N_("Copied")
_REPORTS, _CLOSE = N_("Error reports"), N_("Close")
_WIDE, _TALL = 520, 380


def diagnostics() -> str:
    """Versions of the program and of the window system."""
    return "\n".join([about.diagnostics(), f"Qt {qVersion()}", QSysInfo.prettyProductName()])


class AboutDialog(QDialog):
    """Esc closes."""

    def __init__(self, crashes: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(said(_TITLE))
        self.resize(_WIDE, _TALL)
        self.text = QPlainTextEdit(diagnostics())
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(said(_DIAGNOSTICS))
        self.copy = QPushButton(said(_COPY))
        self.copy.clicked.connect(lambda _on=False: self._copy())
        reports, close = QPushButton(said(_REPORTS)), QPushButton(said(_CLOSE))
        reports.setEnabled(crashes.is_dir())
        reports.clicked.connect(lambda _on=False: errors.open_folder(crashes))
        close.clicked.connect(lambda _on=False: self.accept())
        mark(close, look="primary")
        close.setDefault(True)
        line = QHBoxLayout()
        line.addWidget(self.copy)
        line.addWidget(reports)
        line.addStretch(1)
        line.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.XL, theme.L, theme.XL, theme.L)
        column.setSpacing(theme.S)
        column.addWidget(Label("MigDesk " + about.version(), "title"))
        column.addWidget(Label(_TEXT).wrapped())
        column.addWidget(Label(_DIAGNOSTICS, "caption").wrapped())
        column.addWidget(self.text, 1)
        column.addLayout(line)

    def _copy(self) -> None:
        QApplication.clipboard().setText(self.text.toPlainText())
        self.copy.setText(said(_COPIED))
