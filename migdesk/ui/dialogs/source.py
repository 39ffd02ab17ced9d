"""The law behind a remark: act, article, how far it was checked, and the address to read it at."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from migdesk.domain.finding import Source
from migdesk.i18n import N_
from migdesk.ui.look import theme
from migdesk.ui.look.labels import Label
from migdesk.ui.look.words import said
from migdesk.ui.parts.blocks import text
from migdesk.ui.parts.reasons import confidence_pill

_TITLE = N_("The law behind it")
_ADDRESS = N_("Where it was read")
_WIDE = 460


class SourceDialog(QDialog):
    """Shows a source; Esc or Enter closes."""

    def __init__(self, source: Source, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(said(_TITLE))
        self.setMinimumWidth(_WIDE)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.XL, theme.L, theme.XL, theme.L)
        column.setSpacing(theme.S)
        column.addWidget(text(source.act, "strong"))
        if source.article:
            column.addWidget(text(source.article))
        column.addWidget(confidence_pill(source))
        if source.address:
            column.addWidget(Label(_ADDRESS, "caption"))
            column.addWidget(text(source.address, "small"))
        column.addSpacing(theme.S)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)


def show_source(parent: QWidget, source: Source) -> None:
    """Open the window over a page."""
    SourceDialog(source, parent).open()
