"""The box for a machine-readable zone: a scanner types into it, a clerk pastes; below it what was read."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from migdesk.domain.finding import Finding
from migdesk.domain.mrz import MrzReading
from migdesk.i18n import N_
from migdesk.ui.entry.inputs import ENTER
from migdesk.ui.look import fonts, icons, theme
from migdesk.ui.look.labels import ElidedLabel, Label
from migdesk.ui.look.theme import Tone
from migdesk.ui.look.words import said
from migdesk.ui.parts.findings_view import FindingsView
from migdesk.ui.parts.pills import Pill, PillLabel

_NAME = N_("Machine-readable zone of the passport")
_HINT = N_("Scan a passport anywhere on this page, or paste its two lines here")
_HOLDS, _BROKEN = N_("check digits hold"), N_("check digits do not hold")
_READ = N_("Read: {number}, {name}")


class ZoneLine(QLineEdit):
    """One line for the whole zone; `sent` carries it, `passed` comes with Enter in the empty line."""

    changed = Signal()
    sent = Signal(str)
    passed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFont(fonts.font())
        self.addAction(icons.icon("copy", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        self.textEdited.connect(lambda _text: self.changed.emit())

    def value(self) -> str:
        """What stands in it."""
        return self.text()

    def typed(self) -> str:
        """What stands in it."""
        return self.text()

    def set_value(self, value: str) -> None:
        """Show a text."""
        self.setText(value)

    def set_typed(self, text: str) -> None:
        """Show a text."""
        self.setText(text)

    def widget(self) -> QWidget:
        """Itself."""
        return self

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter reads what stands here, or goes on."""
        if event.key() in ENTER and not event.modifiers():
            if self.text().strip():
                self.sent.emit(self.text())
            else:
                self.passed.emit()
        else:
            super().keyPressEvent(event)


class MrzBox(QWidget):
    """The line, what was read from it, and what is wrong with it."""

    sent = Signal(str)
    passed = Signal()
    source_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = ZoneLine()
        self.line.sent.connect(self.sent)
        self.line.passed.connect(self.passed)
        self._label = Label(_NAME, "muted")
        self._pill = PillLabel(Pill(Tone.OK, ""))
        self._words = ElidedLabel("", "small")
        self._view = FindingsView()
        self._view.asked.connect(self.source_asked)
        self._is_valid: bool | None = None
        told = QHBoxLayout()
        told.setSpacing(theme.S)
        told.addWidget(self._pill)
        told.addWidget(self._words, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.XS)
        column.addWidget(self._label)
        column.addWidget(self.line)
        column.addLayout(told)
        column.addWidget(self._view)
        self.forget()
        self.retranslate()

    def show_reading(self, reading: MrzReading, name: str) -> None:
        """Say what was read; the line is free for the next document."""
        self.line.clear()
        self._is_valid = reading.valid
        self._words.say(_READ, number=reading.number, name=name)
        self._words.show()
        self._show_pill()
        self._view.show_findings(reading.findings)

    def show_unreadable(self, text: str, findings: Sequence[Finding]) -> None:
        """What was scanned is no zone: it stays in the line, with the reason."""
        self.forget()
        self.line.setText(" ".join(text.split()))
        self._view.show_findings(findings)

    def forget(self) -> None:
        """Nothing was read yet."""
        self._is_valid = None
        self._pill.hide()
        self._words.hide()
        self._view.show_findings(())

    def words(self) -> str:
        """What is said about the last reading."""
        return f"{self._words.text()} {self._view.words()}".strip() if self._is_valid is not None else ""

    def retranslate(self) -> None:
        """Say name and hint in the current language."""
        self.line.setAccessibleName(said(_NAME))
        self.line.setPlaceholderText(said(_HINT))
        self.line.setToolTip(said(_HINT))
        if self._is_valid is not None:
            self._show_pill()

    def _show_pill(self) -> None:
        good = bool(self._is_valid)
        self._pill.show_pill(Pill(Tone.OK if good else Tone.BAD, said(_HOLDS if good else _BROKEN)))
        self._pill.show()
