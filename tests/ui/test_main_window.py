"""The frame: pages, keys, counters, messages; whole and named in every language, narrow and wide."""

from __future__ import annotations

from datetime import date, time

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from migdesk.i18n import LANGUAGES, N_
from migdesk.ui.gallery import catalogue as parts
from migdesk.ui.gallery.pictures import settle
from migdesk.ui.look import theme
from migdesk.ui.look.labels import Label
from migdesk.ui.look.theme import Tone
from migdesk.ui.parts.actions import Action, Button
from migdesk.ui.parts.messages import MessageStrip, Notice
from migdesk.ui.shell.main_window import MainWindow, Page, Session
from migdesk.ui.shell.status_bar import Counter, PillButton
from tests.ui.keys import press, type_text
from tests.ui.seen import assert_all_named, assert_nothing_clipped

TODAY = date(2026, 11, 23)


def a_window(qtbot, *pages: Page, pretended: bool = False) -> MainWindow:
    window = MainWindow(pages, Session("Office", "Clerk", TODAY, pretended))
    qtbot.addWidget(window)
    show_active(qtbot, window)
    return window


def keep_still(application, still: bool) -> None:
    """As a system does that asks for no movement."""
    application.qt.setEffectEnabled(Qt.UIEffect.UI_General, not still)


def show_active(qtbot, window) -> None:
    """Keys reach shortcuts of the active window only."""
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)


def pages(built: list[str], ran: list[str]) -> list[Page]:
    def build(key: str):
        def body(frame):
            built.append(key)
            frame.set_actions(Action(f"{key}.new", N_("Search"), lambda: ran.append(key), "add", "F7"))
            line = QLineEdit()
            line.setAccessibleName(key)
            return line

        return body

    return [Page(key, key, N_("Menu"), build(key)) for key in ("today", "arrivals", "people")]


def test_pages_are_built_when_first_opened_and_kept(application, qtbot):
    built: list[str] = []
    window = a_window(qtbot, *pages(built, []))
    assert built == ["today"]
    first = window.open("people")
    window.open("today")
    assert window.open("people") is first
    assert (built, window.current()) == (["today", "people"], "people")


def test_an_unknown_page_is_refused(application, qtbot):
    with pytest.raises(KeyError):
        a_window(qtbot, *pages([], [])).open("nowhere")


def test_control_and_a_digit_open_a_page(application, qtbot):
    window = a_window(qtbot, *pages([], []))
    press(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert window.current() == "arrivals"


def test_the_side_bar_is_walked_and_opened_by_keys(application, qtbot):
    window = a_window(qtbot, *pages([], []))
    press(window, Qt.Key.Key_F6)
    press(QApplication.focusWidget(), Qt.Key.Key_Down)
    press(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert window.current() == "arrivals"
    press(window, Qt.Key.Key_F6)
    assert isinstance(QApplication.focusWidget(), QLineEdit)
    assert QApplication.focusWidget().accessibleName() == "arrivals"


def test_a_key_runs_the_action_of_the_open_page_only(application, qtbot):
    ran: list[str] = []
    window = a_window(qtbot, *pages([], ran))
    window.open("people")
    press(window, Qt.Key.Key_F7)
    assert ran == ["people"]


@pytest.mark.parametrize("key", [Qt.Key.Key_F3, Qt.Key.Key_K])
def test_the_search_box_gets_the_cursor_and_tells_what_is_typed(application, qtbot, key):
    window = a_window(qtbot, *pages([], []))
    heard: list[str] = []
    window.search.asked.connect(heard.append)
    window.search.sent.connect(lambda words: heard.append(f"sent {words}"))
    modifiers = Qt.KeyboardModifier.ControlModifier if key == Qt.Key.Key_K else Qt.KeyboardModifier.NoModifier
    press(window, key, modifiers)
    assert window.search.hasFocus()
    type_text(window.search, "Қа\n")
    assert heard == ["Қ", "Қа", "sent Қа"]
    press(window.search, Qt.Key.Key_Escape)
    assert (window.search.text(), heard[-1]) == ("", "")


def test_counters_stand_beside_pages_and_open_their_lists(application, qtbot):
    window = a_window(qtbot, *pages([], []))
    opened: list[str] = []
    window.show_counters([Counter(N_("{n} days over"), 4, Tone.BAD, lambda: opened.append("late"))])
    window.show_count("people", 1200)
    window.show_saved(time(9, 41))
    pill = window.findChild(PillButton)
    assert pill.text() == "4 days over"
    press(pill, Qt.Key.Key_Return)
    QTest.mouseClick(pill, Qt.MouseButton.LeftButton)
    assert opened == ["late", "late"]
    names = [item.accessibleName() for item in window.findChildren(parts.QWidget)]
    assert "Menu, 1\u00a0200" in names
    assert "Saved 09:41" in [label.text() for label in window.findChildren(Label)]


def test_a_pretended_date_is_loud(application, qtbot):
    quiet = a_window(qtbot, *pages([], []))
    loud = a_window(qtbot, *pages([], []), pretended=True)

    def badges(window):
        return [
            one.accessibleName()
            for one in window.findChildren(parts.QWidget)
            if one.isVisible() and one.accessibleName().startswith("Pretended date")
        ]

    assert badges(quiet) == []
    assert badges(loud) == ["Pretended date: Monday, 23 November 2026"]


def test_language_and_theme_are_wished_for_not_done(application, qtbot):
    window = a_window(qtbot, *pages([], []))
    heard: list[str] = []
    window.language_wanted.connect(heard.append)
    window.theme_wanted.connect(heard.append)
    for name in ("Русский", "Dark colours"):
        button = next(one for one in window.findChildren(parts.QWidget) if one.accessibleName() == name)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert heard == ["ru", "dark"]


def test_a_message_hides_no_heading_and_no_button_and_gives_its_room_back(application, qtbot):
    """It lay over the heading and the buttons of the page for eight seconds."""
    window = a_window(qtbot, *pages([], []))
    frame = window.frame("today")
    parts_of_page = [*frame.findChildren(Label), *frame.findChildren(Button), *frame.findChildren(QLineEdit)]
    shown = [one for one in parts_of_page if one.isVisible()]
    before = [one.mapTo(frame, QPoint(0, 0)) for one in shown]
    window.tell(Notice(Tone.OK, "Saved", "Undo"))
    settle()
    strip = frame.findChild(MessageStrip)
    assert len(shown) > 2
    assert all(one.mapTo(frame, QPoint(0, 0)).y() >= strip.height() for one in shown)
    strip.hide()
    settle()
    assert [one.mapTo(frame, QPoint(0, 0)) for one in shown] == before


def test_the_link_of_a_message_works(application, qtbot):
    window = a_window(qtbot, *pages([], []))
    undone: list[int] = []
    window.tell(Notice(Tone.OK, "Saved", "Undo", lambda: undone.append(1)))
    frame = window.frame("today")
    assert frame.told().words == "Saved"
    link = next(one for one in frame.findChildren(parts.QWidget) if getattr(one, "text", str)() == "Undo")
    QTest.mouseClick(link, Qt.MouseButton.LeftButton)
    assert (undone, frame.told()) == ([1], None)


def test_bad_news_waits_to_be_closed(application, qtbot):
    assert Notice(Tone.BAD, "x").stays
    assert Notice(Tone.WARN, "x").stays
    assert not Notice(Tone.OK, "x").stays


def test_nothing_moves_when_movement_is_not_wanted(application, qtbot):
    window = a_window(qtbot, *pages([], []))
    keep_still(application, True)
    window.tell(Notice(Tone.OK, "Saved"))
    assert window.frame("today").told() is not None
    assert window.frame("today").findChild(MessageStrip).y() == 0


def test_movement_is_short(application, qtbot):
    window = a_window(qtbot, *pages([], []))
    keep_still(application, False)
    window.tell(Notice(Tone.OK, "Saved"))
    strip = window.frame("today").findChild(MessageStrip)
    assert strip.y() < 0
    assert theme.SLIDE_MS <= 150
    qtbot.wait(theme.SLIDE_MS + 100)
    keep_still(application, True)
    assert (strip.y(), strip.told().words) == (0, "Saved")


@pytest.mark.parametrize("scene", ["today", "told", "form", "empty", "failed", "list", "charts"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_part_is_whole_and_named_in_every_language(application, catalogues, qtbot, scene, language):
    application.speak(language)
    window = parts.SCENES[scene]()
    qtbot.addWidget(window)
    window.show()
    for size in (QSize(1366, 768), QSize(1024, 640), QSize(683, 384)):
        window.resize(size)
        QApplication.processEvents()
        QApplication.processEvents()
        assert_nothing_clipped(window)
    assert_all_named(window)


def test_a_switch_of_language_leaves_nothing_clipped(application, catalogues, qtbot):
    window = parts.SCENES["today"]()
    qtbot.addWidget(window)
    window.show()
    for language in ("kk", "ru", "en", "kk"):
        application.speak(language)
        QApplication.processEvents()
        QApplication.processEvents()
        assert_nothing_clipped(window)


def test_actions_that_do_not_fit_are_in_a_menu(application, qtbot):
    def build(frame):
        names = [
            N_("Columns as at first"),
            N_("Search everything"),
            N_("Language of the window"),
            N_("Try again"),
        ]
        made = frame.set_actions(None, *(Action(name, name, lambda: None) for name in names * 2))
        assert len(made) == 8
        return QLineEdit()

    window = a_window(qtbot, Page("one", "today", N_("Menu"), build))
    window.resize(683, 500)
    QApplication.processEvents()
    assert_nothing_clipped(window)
    more = next(one for one in window.findChildren(parts.QWidget) if one.accessibleName() == "More actions")
    shown = [one for one in window.frame("one").commands if one not in more.menu().actions()]
    assert more.isVisible()
    assert 0 < len(shown) < 8
    window.resize(1900, 500)
    QApplication.processEvents()
    QApplication.processEvents()
    assert not more.isVisible()


def test_the_menu_lists_what_the_page_and_the_window_can_do(application, qtbot):
    window = a_window(qtbot, *pages([], []))
    window.add_commands(Action("help", N_("Help"), lambda: None, keys="F1"))
    words = [action.text() for action in window.menu().actions() if not action.isSeparator()]
    assert words == ["Search", "Search", "Next part of the window", "Menu", "Help"]


def test_a_narrow_window_keeps_the_icons(application, qtbot):
    window = a_window(qtbot, *pages([], []))
    window.resize(theme.NARROW_WINDOW - 1, 600)
    QApplication.processEvents()
    narrow = window.frame("today").mapTo(window, QPoint(0, 0)).x()
    window.resize(theme.NARROW_WINDOW, 600)
    QApplication.processEvents()
    wide = window.frame("today").mapTo(window, QPoint(0, 0)).x()
    assert (narrow, wide) == (theme.SIDE_BAR_NARROW, theme.SIDE_BAR)
