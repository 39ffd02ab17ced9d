"""Every screen by the keyboard alone: Tab comes everywhere and back, each stop has a name, none is a trap."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QScrollBar, QWidget

from migdesk.ui.gallery.pictures import settle
from migdesk.ui.intake.page import IntakePage
from migdesk.ui.workplace import Kind, Target
from tests.ui.counter import CONTROL, SHIFT
from tests.ui.keys import press

MOST = 400
REST_MS = 250
"""After so long the file beside a list is built too."""
PAGES = (
    "today",
    "arrivals",
    "people",
    "cases",
    "permits",
    "quota",
    "papers",
    "reports",
    "exchange",
    "journal",
)
FILES = (
    (Kind.PERSON, "people"),
    (Kind.ARRIVAL, "arrivals"),
    (Kind.CASE, "cases"),
    (Kind.PERMIT, "permits"),
    (Kind.PARTY, "parties"),
)


def named(widget: QWidget) -> str:
    found = QAccessible.queryAccessibleInterface(widget)
    return found.text(QAccessible.Text.Name) if found else ""


def told(widget: QWidget) -> str:
    return f"{type(widget).__name__} “{widget.accessibleName()}”"


def walk(holder: QWidget, key: Qt.Key = Qt.Key.Key_Tab, modifiers=Qt.KeyboardModifier.NoModifier) -> list:
    """Press one key until the focus is where it began; the stops on the way."""
    QTest.qWait(REST_MS)
    settle()
    first = QApplication.focusWidget()
    assert first is not None, "nothing has the focus"
    stops = [first]
    for _turn in range(MOST):
        before = QApplication.focusWidget()
        press(before, key, modifiers)
        settle()
        now = QApplication.focusWidget()
        assert now is not None, f"the focus is lost after {told(before)}"
        assert now is not before, f"the focus is trapped in {told(before)}"
        if now is first:
            return stops
        stops.append(now)
    raise AssertionError(f"the way does not come back: {[told(one) for one in stops[-6:]]}")


def by_arrows(widget: QWidget, stops: list) -> bool:
    """Of buttons of which one is chosen Tab comes to that one; arrows go to the others."""
    group = widget.group() if isinstance(widget, QAbstractButton) else None
    return group is not None and group.exclusive() and any(one in stops for one in group.buttons())


def assert_walks(holder: QWidget) -> None:
    """Fail when a stop has no name, or when something that takes the focus by Tab is never come to."""
    stops = walk(holder)
    nameless = [told(one) for one in stops if not named(one)]
    assert not nameless, nameless
    missed = [
        told(one)
        for one in holder.findChildren(QWidget)
        if one.isVisible()
        and one.isEnabled()
        and one.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not isinstance(one, QScrollBar)
        and (one.focusProxy() or one) not in stops
        and not by_arrows(one, stops)
    ]
    assert not missed, missed
    assert len(walk(holder, Qt.Key.Key_Backtab, SHIFT)) == len(stops)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_walked_by_tab_and_left_by_f6(eye, page):
    eye.open(page)
    body = eye.window.frame(page)
    eye.press(Qt.Key.Key_F6)
    assert_walks(eye.window)
    inside = body.isAncestorOf(QApplication.focusWidget())
    eye.press(Qt.Key.Key_F6)
    assert body.isAncestorOf(QApplication.focusWidget()) is not inside


@pytest.mark.parametrize(("kind", "of_list"), FILES, ids=[kind.value for kind, _list in FILES])
def test_a_file_is_walked_by_tab_and_left_by_esc(eye, kind, of_list):
    eye.file(kind, eye.first(of_list))
    eye.press(Qt.Key.Key_F6)
    assert_walks(eye.window)
    tabs = eye.window.tabs()
    assert tabs
    eye.press(Qt.Key.Key_Escape)
    assert eye.window.tabs() == tabs[:-1]


@pytest.mark.parametrize("is_short", [False, True], ids=["full", "short"])
def test_the_intake_is_walked_by_tab(eye, is_short):
    eye.press(Qt.Key.Key_F7)
    page = eye.window.findChildren(IntakePage)[-1]
    while not page.form.is_ready:
        settle()
    settle()
    page.typing.fill(-1, "arrival.purpose", "work")
    if is_short:
        eye.press(Qt.Key.Key_F11)
    settle()
    assert_walks(eye.window)


@pytest.mark.parametrize("kind", [Kind.PERSON, Kind.ARRIVAL, Kind.PARTY])
def test_a_small_window_is_walked_by_tab_and_left_by_esc(eye, kind):
    of_list = {Kind.PERSON: "people", Kind.ARRIVAL: "arrivals", Kind.PARTY: "parties"}[kind]
    eye.window.work.edit_wanted.emit(Target(kind, eye.first(of_list)))
    dialog = eye.dialog()
    assert_walks(dialog)
    press(QApplication.focusWidget(), Qt.Key.Key_Escape)
    settle()
    assert not [one for one in eye.window.findChildren(QDialog) if one.isVisible()]


@pytest.mark.parametrize("kind", [Kind.PERSON, Kind.ARRIVAL])
def test_the_paper_of_a_file_comes_by_ctrl_p_and_is_walked(eye, kind):
    eye.file(kind, eye.first({Kind.PERSON: "people", Kind.ARRIVAL: "arrivals"}[kind]))
    eye.press(Qt.Key.Key_P, CONTROL)
    eye.back()
    assert_walks(eye.window)


def test_arrows_walk_a_list_and_enter_opens_its_row(eye):
    page = eye.open("people")
    page.list.setFocus()
    eye.press(Qt.Key.Key_Down)
    eye.press(Qt.Key.Key_Return)
    assert eye.window.tabs()[-1].startswith(f"{Kind.PERSON}/")
