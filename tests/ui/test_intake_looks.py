"""The intake fits: three languages, small windows, names for a screen reader."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication

from migdesk.i18n import LANGUAGES
from migdesk.ui.gallery.pictures import settle
from migdesk.ui.intake.family_grid import _WHOLE_CELLS
from tests.ui import counter
from tests.ui.counter import FAMILY, Clerk
from tests.ui.seen import assert_all_named, assert_nothing_clipped


@pytest.fixture
def desk(new_desk):
    return new_desk


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_clipped_and_everything_has_a_name(application, catalogues, desk, tasks, qtbot, language):
    application.speak(language)
    window = counter.window_of(desk, tasks)
    qtbot.addWidget(window)
    clerk = Clerk(window)
    page = clerk.open()
    for one in FAMILY:
        clerk.scan(one)
    page.form.go_to("arrival.arrived_on")
    clerk.type("02112026\n")
    page.save()
    for size in (QSize(1366, 768), QSize(1024, 640), QSize(683, 384)):
        window.resize(size)
        QApplication.processEvents()
        settle()
        assert_nothing_clipped(window)
    assert_all_named(window)


def test_words_follow_the_language_and_what_is_typed_stays(application, catalogues, desk, tasks, qtbot):
    window = counter.window_of(desk, tasks)
    qtbot.addWidget(window)
    clerk = Clerk(window)
    page = clerk.open()
    clerk.scan(FAMILY[0])
    page.form.go_to("person.given")
    clerk.type("Отабек\n")
    for language in ("kk", "ru", "en"):
        application.speak(language)
        settle()
        assert page.form.boxes["person.given"].input.typed() == "Отабек"
        assert page.form.boxes["document.issuer"].input.typed() == desk.lists.label("countries", "UZB")
        assert_nothing_clipped(window)
    assert page.book.members[0].value("person.birth_date").year == 1988


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", [QSize(1366, 768), QSize(1093, 614)], ids=["100 %", "125 %"])
def test_dates_numbers_and_short_words_of_the_family_are_whole(
    application, catalogues, desk, tasks, qtbot, language, size
):
    application.speak(language)
    window = counter.window_of(desk, tasks)
    qtbot.addWidget(window)
    window.resize(size)
    clerk = Clerk(window)
    page = clerk.open()
    for one in FAMILY:
        clerk.scan(one)
    settle()
    names = page.form.family.names() if size.width() > 1100 else _WHOLE_CELLS
    cut = [
        (name, page.form.family.editor(at, name).widget().toolTip())
        for at in range(1, len(FAMILY))
        for name in names
        if page.form.family.editor(at, name).widget().is_elided()
    ]
    assert cut == []
