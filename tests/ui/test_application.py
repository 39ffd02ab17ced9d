"""Language and colours change while the window is open; Qt's own buttons follow."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtGui import QFont, QFontInfo
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QLabel

from migdesk.domain.change import ChangeSet, Op
from migdesk.i18n import N_, current_language
from migdesk.ui.application import Announcer
from migdesk.ui.look import fonts
from migdesk.ui.look.labels import ElidedLabel, Label
from migdesk.ui.look.words import long_date, number
from migdesk.ui.parts.actions import Action, Button, Command


def test_words_change_with_the_language(application, catalogues, qtbot):
    label = Label(N_("Search"))
    qtbot.addWidget(label)
    application.speak("kk")
    assert (label.text(), current_language()) == ("Іздеу", "kk")
    application.speak("ru")
    assert label.text() == "Поиск"
    application.speak("en")
    assert label.text() == "Search"


def test_data_stays_as_it_is_in_every_language(application, catalogues, qtbot):
    label = Label(N_("Search"))
    qtbot.addWidget(label)
    label.show_text("Әбдірахманова Сәуле")
    application.speak("ru")
    assert label.text() == "Әбдірахманова Сәуле"


def test_buttons_and_their_actions_change_with_the_language(application, catalogues, qtbot):
    owner = QLabel()
    qtbot.addWidget(owner)
    command = Command(Action("search", N_("Search"), lambda: None, "search", "F3; Ctrl+K"), owner)
    button = Button(command, parent=owner)
    application.speak("kk")
    assert button.text().split() == ["Іздеу", "F3"]
    assert button.accessibleName() == "Іздеу"
    assert "F3" in command.toolTip()


@pytest.mark.parametrize(("code", "words"), [("kk", "Бас тарту"), ("ru", "Отмена"), ("en", "Cancel")])
def test_buttons_of_qt_follow_the_language(application, catalogues, qtbot, code, words):
    application.speak(code)
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(box)
    assert box.button(QDialogButtonBox.StandardButton.Cancel).text().replace("&", "") == words


def test_an_unknown_language_is_refused(application):
    with pytest.raises(ValueError, match="unknown language"):
        application.speak("de")


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("kk", "2026 ж. 23 қараша, дүйсенбі"),
        ("ru", "понедельник, 23 ноября 2026 г."),
        ("en", "Monday, 23 November 2026"),
    ],
)
def test_the_long_date_is_in_words(application, catalogues, today, code, words):
    application.speak(code)
    assert " ".join(long_date(today).split()) == words


def test_numbers_are_grouped_by_a_thin_space():
    assert number(1234567) == "1\u00a0234\u00a0567"
    assert number(-1500) == "-1\u00a0500"


def test_figures_are_all_of_one_width(application):
    assert len({fonts.width(digit * 20) for digit in "0123456789"}) == 1


def test_weights_are_faces_of_their_own(application):
    assert QFontInfo(fonts.font(weight=fonts.BOLD)).weight() == QFont.Weight.Bold
    assert fonts.width("Мерзімі өткен", 26, fonts.BOLD) != fonts.width("Мерзімі өткен", 26)


def test_kazakh_letters_and_signs_are_drawn_from_our_fonts(application):
    assert fonts.font().families() == ["Fira Sans", "IBM Plex Serif"]
    assert QFontInfo(QApplication.font()).family() == "Fira Sans"


def test_an_elided_label_says_the_whole_as_its_tooltip(application, qtbot):
    label = ElidedLabel()
    qtbot.addWidget(label)
    label.show_text("Қасымова Айгүл Ержанқызы")
    label.resize(60, 20)
    label.show()
    assert label.is_elided()
    assert label.toolTip() == "Қасымова Айгүл Ержанқызы"
    label.resize(400, 20)
    assert label.toolTip() == ""


def test_a_locked_action_says_why(application, qtbot):
    owner = QLabel()
    qtbot.addWidget(owner)
    ran: list[int] = []
    command = Command(Action("decide", N_("Search"), lambda: ran.append(1)), owner)
    button = Button(command, parent=owner)
    command.lock(N_("Nothing here"))
    button.click()
    assert (ran, button.isEnabled(), button.toolTip()) == ([], False, "Nothing here")
    command.unlock()
    button.click()
    assert ran == [1]


def test_an_office_may_map_other_keys(application, qtbot):
    owner = QLabel()
    qtbot.addWidget(owner)
    command = Command(Action("print", N_("Search"), lambda: None, keys="Ctrl+P"), owner, {"print": "F12"})
    assert command.keys() == "F12"


def test_what_a_desk_announces_arrives_in_the_thread_of_the_window(application, qtbot):
    announcer = Announcer()
    heard: list[tuple[ChangeSet, str]] = []
    announcer.changed.connect(lambda changes: heard.append((changes, threading.current_thread().name)))
    changes = ChangeSet(Op.SAVE_PERSON, "op", ())
    writer = threading.Thread(target=announcer.take, args=(changes,))
    writer.start()
    writer.join()
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == [(changes, threading.current_thread().name)]
