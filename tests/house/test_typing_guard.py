"""Qt's `keyClicks` ends the whole process at the first letter that is not ASCII: tests type by `keys`."""

from __future__ import annotations

import ast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QWidget

from tests.house.repository import PACKAGE, TESTS, calls_in, modules, place, tree
from tests.ui.keys import press, type_text

KEYBOARD = TESTS / "ui" / "keys.py"


def unsafe(top: ast.AST) -> list[int]:
    """Lines that hand Qt's own key functions anything but a named key or an ASCII literal."""
    return [
        call.lineno
        for name, call in calls_in(top)
        if name in ("keyClick", "keyClicks", "keyPress", "keyRelease")
        and not _is_safe(call.args[1] if len(call.args) > 1 else None)
    ]


def _is_safe(typed: ast.AST | None) -> bool:
    if isinstance(typed, ast.Constant):
        return isinstance(typed.value, str) and typed.value.isascii()
    return typed is not None and ast.unparse(typed).startswith(("Qt.Key.", "QtCore.Qt.Key."))


def test_nobody_types_past_the_keyboard():
    paths = [path for path in modules(TESTS) + modules(PACKAGE) if path != KEYBOARD]
    assert [f"{place(path)}:{line}" for path in paths for line in unsafe(tree(path))] == []


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("qtbot.keyClicks(edit, 'Қуаныш')", [1]),
        ("qtbot.keyClicks(edit, name)", [1]),
        ("QTest.keyClicks(edit, f'{name}')", [1]),
        ("qtbot.keyClick(edit, letter)", [1]),
        ("qtbot.keyClicks(edit, text='Айгүл')", [1]),
        ("qtbot.keyClicks(edit, '870312')", []),
        ("qtbot.keyClick(edit, Qt.Key.Key_F5, Qt.KeyboardModifier.ControlModifier)", []),
    ],
)
def test_the_guard_knows_what_is_unsafe(code, found):
    assert unsafe(ast.parse(code)) == found


WORDS = ["Қуаныш Әбдіғалиұлы", "Ёлкин-Щукин", "O‘zbek Ğ", "王小明", "87 03 12 (a+b) @№ ₸", "P<KAZ<<AIGUL"]


@pytest.mark.parametrize("words", WORDS)
def test_every_script_can_be_typed(qtbot, words):
    edit = QLineEdit()
    qtbot.addWidget(edit)
    type_text(edit, words)
    assert edit.text() == words


def test_return_and_shortcuts_arrive_as_from_a_keyboard(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    edit, heard = QLineEdit(window), []
    edit.returnPressed.connect(lambda: heard.append("return"))
    QShortcut(QKeySequence("Ctrl+S"), window, lambda: heard.append("save"))
    window.show()
    window.activateWindow()
    edit.setFocus()
    qtbot.waitUntil(edit.hasFocus)
    type_text(edit, "Әли\n")
    press(edit, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert (edit.text(), heard) == ("Әли", ["return", "save"])
