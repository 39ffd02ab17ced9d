"""Help by F1: at the page that fits, in the language of the window, with search and links."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtWidgets import QApplication

from migdesk.i18n import LANGUAGES
from migdesk.ui import start
from migdesk.ui.assembly import FILES, PAGES
from migdesk.ui.dialogs.settings import SettingsDialog
from migdesk.ui.gallery.pictures import settle
from migdesk.ui.help import pages
from migdesk.ui.help.window import HelpWindow, open_help
from migdesk.ui.look import theme
from migdesk.ui.parts.actions import Command
from migdesk.ui.workbooks.stoplists import StopListsDialog
from migdesk.ui.workplace import Kind
from tests.ui import offices
from tests.ui.keys import press, type_text
from tests.ui.seen import assert_all_named, assert_nothing_clipped

TOPICS = pages.topics()


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    return offices.fill(tmp_path_factory.mktemp("filled") / "office", 60)


@pytest.fixture
def eye(application, filled, tmp_path, tasks, qtbot):
    desk = offices.copy_of(filled, tmp_path / "office")
    made = offices.Eye(desk, tasks)
    qtbot.addWidget(made.window)
    start.connect(made.window, application, desk, tasks)
    yield made
    desk.close()


def shown() -> HelpWindow:
    settle()
    found = [one for one in QApplication.topLevelWidgets() if isinstance(one, HelpWindow) and one.isVisible()]
    assert len(found) == 1
    return found[0]


def titles(window: HelpWindow) -> list[str]:
    return [window.contents.item(at).text() for at in range(window.contents.count())]


@pytest.fixture
def window(eye):
    made = open_help(eye.window, "first_day")
    settle()
    return made


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.key)
def test_f1_opens_the_page_that_fits_the_page_of_the_side_bar(eye, page):
    eye.open(page.key)
    eye.press(Qt.Key.Key_F1)
    assert page.help and shown().topic == page.help


@pytest.mark.parametrize(
    ("kind", "name", "topic"),
    [(Kind.PERSON, "people", "stay"), (Kind.CASE, "cases", "cases"), (Kind.OP, "journal", "undo")],
)
def test_f1_in_a_file_opens_the_page_of_its_kind(eye, kind, name, topic):
    eye.file(kind, eye.first(name))
    eye.press(Qt.Key.Key_F1)
    assert shown().topic == FILES[kind].get().help == topic


def test_f1_on_the_way_in_explains_a_family_and_a_known_person(eye):
    eye.press(Qt.Key.Key_F7)
    eye.press(Qt.Key.Key_F1)
    assert shown().topic == "family"
    eye.window.work.new_arrival_wanted.emit(eye.first("people"))
    settle()
    eye.back()
    eye.press(Qt.Key.Key_F1)
    assert shown().topic == "arrivals"


def test_a_window_over_the_window_has_its_own_page(eye):
    dialog = SettingsDialog(eye.window.work)
    dialog.open()
    settle()
    press(dialog, Qt.Key.Key_F1)
    assert shown().topic == "settings"
    assert shown().parent() is dialog
    shown().close()
    dialog.close()


def test_the_window_of_lists_from_outside_shows_their_page(eye):
    dialog = StopListsDialog(eye.window.work)
    dialog.open()
    settle()
    press(dialog, Qt.Key.Key_F1)
    assert shown().topic == "external_lists"
    shown().close()
    dialog.close()


def test_a_small_window_with_questions_shows_the_page_of_what_lies_below(eye):
    eye.open("quota")
    allot = next(one for one in eye.window.frame("quota").commands if one.text().startswith("Allot"))
    allot.trigger()
    press(eye.dialog(), Qt.Key.Key_F1)
    assert shown().topic == "quota"
    shown().close()
    eye.dialog().close()


def test_esc_closes_and_f1_again_turns_to_the_page_of_the_moment(eye):
    eye.press(Qt.Key.Key_F1)
    first = shown()
    eye.back()
    eye.open("quota")
    eye.press(Qt.Key.Key_F1)
    assert shown() is first and first.topic == "quota"
    press(first, Qt.Key.Key_Escape)
    assert not first.isVisible()


def test_the_language_follows(eye, window):
    for code in ("kk", "ru", "en"):
        eye.window.language_wanted.emit(code)
        settle()
        expected = [page.title for page in pages.read_pages(code)]
        assert titles(window) == expected
        assert expected[0] in window.page.toPlainText()
        assert window.windowTitle().startswith(expected[0])


def test_a_page_is_found_by_words_and_the_words_stand_out(window):
    type_text(window.words, "passphrase safe")
    assert window.topic == "first_day" and len(window.page.extraSelections()) >= 2
    window.words.clear()
    type_text(window.words, "burns")
    assert titles(window) == ["Quota"] and window.topic == "quota"
    press(window.words, Qt.Key.Key_Escape)
    assert len(titles(window)) == len(TOPICS)
    assert window.page.extraSelections() == []


def test_a_page_with_the_word_in_its_title_comes_first():
    found = pages.search(pages.read_pages("ru"), "ОТЧЁТЫ")
    assert found[0].topic == "reports" and len(found) > 1
    assert pages.search(pages.read_pages("ru"), "отчеты") == found


def test_words_that_stand_nowhere_say_so(window):
    type_text(window.words, "qwertyuiop")
    assert titles(window) == [] and window._nothing.isVisible()
    window.words.clear()
    assert not window._nothing.isVisible()


def test_a_link_leads_on_and_alt_left_back(window):
    window.page.anchorClicked.emit(QUrl("family.md"))
    window.page.anchorClicked.emit(QUrl("undo.md"))
    assert window.topic == "undo"
    press(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert window.topic == "family"
    press(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    press(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert window.topic == "first_day"


def test_the_arrows_walk_through_the_contents(window):
    window.contents.setFocus()
    press(window.contents, Qt.Key.Key_Down)
    assert window.topic == TOPICS[1]


def test_a_page_that_is_not_there_opens_the_first(window):
    window.show_topic("nothing of the kind")
    assert window.topic == TOPICS[0]


def test_other_colours_draw_the_page_anew(eye, window):
    def ink() -> str:
        cursor = window.page.document().find("Registering a family")
        return cursor.charFormat().foreground().color().name().upper()

    assert ink() == theme.LIGHT.accent
    eye.window.theme_wanted.emit("dark")
    settle()
    assert ink() == theme.DARK.accent
    eye.window.theme_wanted.emit("light")


@pytest.mark.parametrize("code", LANGUAGES)
def test_nothing_of_the_help_is_cut_off(application, catalogues, window, code):
    application.speak(code)
    for topic in TOPICS:
        window.show_topic(topic)
        settle()
        assert_nothing_clipped(window)
        assert not window.page.horizontalScrollBar().isVisible()
    assert_all_named(window)
    application.speak("en")


def test_every_key_of_the_window_stands_in_the_table_of_keys(eye):
    """What the status bar shows, the help explains."""
    table = (pages.folder() / "en" / "keys.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`([^`]+)`", table))
    eye.press(Qt.Key.Key_F7)
    for page in PAGES:
        eye.open(page.key)
    keys = {one.keys() for one in eye.window.findChildren(Command)} - {""}
    assert {key.replace("Return", "Enter") for key in keys} <= named
