"""The last line of a small window: cancel, then the one button that does what is asked."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QHBoxLayout

from migdesk.i18n import N_
from migdesk.ui.look.style import mark
from migdesk.ui.look.words import said
from migdesk.ui.parts.clickable import PushButton

_CANCEL = N_("Cancel")


def answer_line(dialog: QDialog, button: PushButton, run: Callable[[], object]) -> QHBoxLayout:
    """Both buttons at the right; `button` is the primary one and does `run`, cancel rejects the dialog."""
    mark(button, look="primary")
    button.clicked.connect(lambda _on=False: run())
    cancel = PushButton(said(_CANCEL))
    cancel.clicked.connect(lambda _on=False: dialog.reject())
    line = QHBoxLayout()
    line.addStretch(1)
    line.addWidget(cancel)
    line.addWidget(button)
    return line
