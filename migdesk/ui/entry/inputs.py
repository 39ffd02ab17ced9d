"""Editors for what is typed: a line read by its field, and a longer note."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Protocol

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent, QKeySequence, QTextCursor
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from migdesk.domain.field import DROPPED, has_invisible
from migdesk.domain.fields import Day, Field, Moment, PartialDay, Text, Unreadable, Whole
from migdesk.domain.finding import Finding, block, note
from migdesk.ui.entry.day_sheet import DaySheet
from migdesk.ui.entry.line import Line, by_keyboard
from migdesk.ui.look import fonts, icons, theme
from migdesk.ui.look.style import mark
from migdesk.ui.look.words import shown

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_SHORT = 150
"""Pixels of a date or a number."""


class Input(Protocol):
    """What a form needs of an editor. Signals: `changed` while typing, `left` when done, `entered` with Enter."""

    changed: SignalInstance
    left: SignalInstance
    entered: SignalInstance

    def value(self) -> Any:
        """What is typed, read; the field's empty value when it cannot be read."""

    def set_value(self, value: Any) -> None:
        """Show a value."""

    def typed(self) -> str:
        """Exactly what is on the screen: for drafts."""

    def set_typed(self, text: str) -> None:
        """Bring a draft back."""

    def problem(self) -> Finding | None:
        """Why what is typed cannot be read."""

    def propose(self, value: Any) -> None:
        """Offer a value in grey; Enter in the empty editor takes it."""

    def widget(self) -> QWidget:
        """The widget that gets the focus."""


class LineInput(Line):
    """A line that its field reads: text, numbers, dates typed as digits.

    What cannot be read stays as typed; what can is shown tidily when the editor is left.
    """

    changed = Signal()
    left = Signal()
    entered = Signal()

    def __init__(self, field: Field, today: Callable[[], date]) -> None:
        super().__init__()
        self._field = field
        self._today = today
        self._proposal: Any = None
        self._dropped = False
        if isinstance(field, Day | PartialDay | Moment | Whole):
            self.setFixedWidth(_SHORT)
            if isinstance(field, Day):
                self._add_calendar()
            if isinstance(field, Whole):
                self.setAlignment(Qt.AlignmentFlag.AlignRight)
        elif isinstance(field, Text) and field.max <= 20:
            self.setMaximumWidth(max(_SHORT, fonts.width("0" * field.max) + 2 * theme.L))
        self.setMinimumWidth(96)
        self.textEdited.connect(self._edited)

    def _edited(self) -> None:
        self._dropped = False
        self.changed.emit()

    def _add_calendar(self) -> None:
        """F4 and the small sheet at the right open a calendar; most days are quicker typed."""
        sheet = self.addAction(icons.icon("calendar", "muted"), QLineEdit.ActionPosition.TrailingPosition)
        sheet.setShortcut(QKeySequence(Qt.Key.Key_F4))
        sheet.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        sheet.triggered.connect(self._open_calendar)

    def _open_calendar(self) -> None:
        if not self.isReadOnly():
            sheet = DaySheet(self, self.value() or self._today(), self._today())
            sheet.picked.connect(self._take_day)
            sheet.open()

    def _take_day(self, day: date) -> None:
        self.set_value(day)
        self.changed.emit()
        self.setFocus()

    def value(self) -> Any:
        """What is typed, read."""
        return _read(self._field, self.text(), self._today)

    def set_value(self, value: Any) -> None:
        """Show a value."""
        self._dropped = False
        self.setText(shown(self._field, value))
        self.setCursorPosition(0)

    def typed(self) -> str:
        """As on the screen."""
        return self.text()

    def set_typed(self, text: str) -> None:
        """Bring a draft back."""
        self.setText(text)

    def problem(self) -> Finding | None:
        """Why it cannot be read."""
        return _problem(self._field, self.text(), self._today)

    def propose(self, value: Any) -> None:
        """Offer a value in grey."""
        self._proposal = value
        self.offer_words(shown(self._field, value) if value not in (None, "") else "")

    def widget(self) -> QWidget:
        """Itself."""
        return self

    def tidy(self) -> None:
        """Show what was read in its usual form."""
        if self.text() and self.problem() is None:
            dropped = self._dropped or has_invisible(self.text())
            self.set_value(self.value())
            self._dropped = dropped

    def remark(self) -> Finding | None:
        """That something nobody sees was left out of what was typed or pasted."""
        return note("invisible_characters", DROPPED) if self._dropped else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes a proposal and goes on; Ctrl+Enter is the form's, and so is a picture that is pasted."""
        if event.matches(QKeySequence.StandardKey.Paste) and not QGuiApplication.clipboard().text():
            event.ignore()
        elif event.key() not in ENTER:
            super().keyPressEvent(event)
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.tidy()
            event.ignore()
        else:
            if not self.text() and self._proposal not in (None, ""):
                self.set_value(self._proposal)
                self.changed.emit()
            self.tidy()
            self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tidy up and tell."""
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.tidy()
            self.left.emit()


def type_on(widget: QWidget | None) -> None:
    """Whoever was called away and came back goes on with the line where he stopped."""
    if isinstance(widget, LineInput):
        widget.end(False)


def _read(field: Field, text: str, today: Callable[[], date]) -> Any:
    """What a text means; the field's empty value when it cannot be read."""
    try:
        return field.read(text, today=today())
    except Unreadable:
        return field.empty


def _problem(field: Field, text: str, today: Callable[[], date]) -> Finding | None:
    """Why a text cannot be read."""
    try:
        field.read(text, today=today())
    except Unreadable as why:
        return block(why.code, why.text, None, **why.values)
    return None


class NoteInput(QPlainTextEdit):
    """A longer text: Enter goes on as everywhere, Shift+Enter begins a new line."""

    changed = Signal()
    left = Signal()
    entered = Signal()

    def __init__(self, field: Field, today: Callable[[], date]) -> None:
        super().__init__()
        self._field = field
        self._today = today
        self.setTabChangesFocus(True)
        self.setFixedHeight(3 * fonts.height() + 16)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._quiet = False
        self.textChanged.connect(lambda: None if self._quiet else self.changed.emit())

    def value(self) -> Any:
        """What is typed, read."""
        return _read(self._field, self.toPlainText(), self._today)

    def set_value(self, value: Any) -> None:
        """Show a text."""
        self.set_typed(self._field.show(value))

    def typed(self) -> str:
        """As on the screen."""
        return self.toPlainText()

    def set_typed(self, text: str) -> None:
        """Show a text without telling that somebody typed it."""
        self._quiet = True
        self.setPlainText(text)
        self._quiet = False

    def problem(self) -> Finding | None:
        """Why it cannot be read."""
        return _problem(self._field, self.toPlainText(), self._today)

    def propose(self, value: Any) -> None:
        """Notes take no proposals; the words are shown in grey only."""
        self.setPlaceholderText(str(value or ""))

    def widget(self) -> QWidget:
        """Itself."""
        return self

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on; with Shift it breaks the line; with Ctrl it is the form's."""
        if event.key() not in ENTER:
            super().keyPressEvent(event)
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.insertPlainText("\n")
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
        else:
            self.entered.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """A longer text is gone on with, not replaced: the cursor comes behind it."""
        super().focusInEvent(event)
        if by_keyboard(event):
            self.moveCursor(QTextCursor.MoveOperation.End)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell."""
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.left.emit()


def show_state(widget: QWidget, findings: list[Finding]) -> None:
    """Colour the edge of an editor by its gravest finding; the words stand below it."""
    severities = {finding.severity.value for finding in findings}
    mark(widget, state="bad" if "block" in severities else "warn" if "warn" in severities else "")
