"""Everything that can be clicked answers Enter and Space, has a name, and shows where the keyboard is."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from migdesk.ui.charts.cards import NumberCard
from migdesk.ui.lists.filters import MenuFilter, Option
from migdesk.ui.look.theme import Tone
from migdesk.ui.parts.actions import Action, Button, Command, IconButton
from migdesk.ui.parts.blocks import link
from migdesk.ui.parts.choice_button import ChoiceButton
from migdesk.ui.parts.clickable import Clickable, PushButton, ToolButton
from migdesk.ui.parts.household import Member, MemberBox
from migdesk.ui.parts.tick_line import LineWords, Shape, TickLine
from migdesk.ui.shell.side_bar import Place, SideItem
from migdesk.ui.shell.status_bar import Counter, PillButton
from tests.ui.keys import press

MAKERS = {
    "card": lambda _owner: NumberCard("Overdue", Tone.BAD),
    "household": lambda owner: MemberBox(Member("1", "Асан", "head", "head", "40", True), owner),
    "tick line": lambda _owner: TickLine(Shape.TICK, LineWords("Paper")),
    "choice": lambda _owner: ChoiceButton("kk", "Қазақша"),
    "side bar": lambda _owner: SideItem(Place("today", "today", "Today"), ""),
    "status bar": lambda _owner: PillButton(Counter("{n} today", 3, Tone.WARN, lambda: None)),
    "link": lambda _owner: link("Why this date?"),
    "button": lambda owner: Button(Command(Action("x", "Today", lambda: None), owner)),
    "icon": lambda owner: IconButton(Command(Action("x", "Today", lambda: None, "today"), owner)),
    "plain button": lambda _owner: PushButton("Add"),
}


@pytest.fixture(params=MAKERS)
def button(request, application, qtbot):

    owner = QWidget()
    qtbot.addWidget(owner)
    made = MAKERS[request.param](owner)
    made.setParent(owner)
    owner.resize(300, 120)
    made.setGeometry(10, 10, 200, 60)
    owner.show()
    yield made


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_keys_click_like_the_mouse(button, key):
    clicks = []
    button.clicked.connect(lambda _on=False: clicks.append(1))
    button.setFocus()
    press(button, key)
    assert clicks == [1]
    assert button.accessibleName() or button.text()


def test_ctrl_enter_is_the_page_s(button):
    clicks = []
    button.clicked.connect(lambda _on=False: clicks.append(1))
    button.setFocus()
    press(button, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert clicks == []


def test_the_keyboard_is_seen(button):
    button.clearFocus()
    before = picture(button)
    button.setFocus()
    QApplication.processEvents()
    assert button.hasFocus()
    assert isinstance(button, Clickable | PushButton | ToolButton)
    assert picture(button) != before


def picture(button) -> QImage:
    return button.grab().toImage()


def test_nobody_makes_buttons_of_qt_that_ignore_enter():
    """Qt's own buttons outside of dialogs answer Space only."""
    folder = Path(__file__).parents[2] / "migdesk" / "ui"
    own = ("parts", "lists", "intake", "screens", "files", "shell", "charts", "entry", "papers", "workbooks")
    found = [
        f"{file.name}:{node.lineno}"
        for room in own
        for file in (folder / room).glob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("QPushButton", "QToolButton")
    ]
    assert found == []


def test_enter_opens_the_menu_of_a_filter(application, qtbot):
    menu = MenuFilter("state", "State", [Option("open", lambda: "open", ())])
    qtbot.addWidget(menu)
    menu.show()
    menu.setFocus()
    opened = []

    def close() -> None:
        popup = QApplication.activePopupWidget()
        opened.append(type(popup).__name__)
        if popup:
            popup.close()

    QTimer.singleShot(20, menu, close)
    press(menu, Qt.Key.Key_Return)
    assert opened == ["QMenu"]
