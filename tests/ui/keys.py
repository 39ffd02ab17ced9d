"""The keyboard of tests.

Qt's own `keyClicks` ends the process at the first letter that is not ASCII; a guard in the house tests
forbids it. These two work with every letter, and by the path of a real key: shortcuts first, then the
widget.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

_NONE = Qt.KeyboardModifier.NoModifier


def type_text(widget: QWidget, text: str) -> None:
    """Type a text of any script into a widget, letter by letter; a line end presses Return."""
    for letter in text:
        if letter == "\n":
            press(widget, Qt.Key.Key_Return)
        else:
            key, modifiers = _key(letter)
            QTest.sendKeyEvent(QTest.KeyAction.Click, widget, key, letter, modifiers)


def scan(window: QWidget, text: str) -> None:
    """What a wedge scanner types into a window, wherever its keyboard is: ASCII, all at once, then Return."""
    handle = window.windowHandle()
    for sign in text:
        QTest.keyClick(handle, sign)
    QTest.keyClick(handle, Qt.Key.Key_Return)


def press(widget: QWidget, key: Qt.Key, modifiers: Qt.KeyboardModifier = _NONE) -> None:
    """Press and let go one key by its name, such as `Qt.Key.Key_F5`."""
    QTest.keyClick(widget, key, modifiers)


def _key(letter: str) -> tuple[Qt.Key, Qt.KeyboardModifier]:
    """The key of an ASCII letter, digit or sign; letters of other scripts come without one."""
    if not " " <= letter <= "~":
        return Qt.Key.Key_unknown, _NONE
    shifted = letter.isupper()
    return Qt.Key(ord(letter.upper())), Qt.KeyboardModifier.ShiftModifier if shifted else _NONE
