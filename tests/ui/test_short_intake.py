"""The short intake: ten fields in a corridor, kept as incomplete; the same file grows later."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from migdesk.domain.arrival import Arrival
from migdesk.domain.errors import Refused
from migdesk.domain.person import Completeness, Person
from migdesk.services.papers import printing
from migdesk.ui.gallery.pictures import settle
from migdesk.ui.intake.parts import SHORT
from migdesk.ui.memory import Forgetful
from tests.ui import counter
from tests.ui.counter import CONTROL, Clerk


@pytest.fixture
def desk(new_desk):
    return new_desk


def shown(page):
    return {name for name, box in page.form.boxes.items() if not box.isHidden()}


def test_one_key_shows_ten_fields_and_all_again(clerk):
    page = clerk.open()
    whole = shown(page)
    clerk.press(Qt.Key.Key_F11)
    assert shown(page) == SHORT and len(SHORT) == 10
    assert "Short intake" in clerk.window.frame("intake/new").told().words
    page.typing.fill(-1, "arrival.purpose", "study")
    assert not page.form.panel.isVisible()
    clerk.press(Qt.Key.Key_F11)
    assert shown(page) == whole | set(page.form.panel.boxes)
    assert page.form.panel.isVisible()


def test_the_cursor_goes_on_to_the_next_field_that_is_left(clerk):
    page = clerk.open()
    page.form.go_to("person.iin")
    clerk.press(Qt.Key.Key_F11)
    assert clerk.place() == "person.birth_date"


def test_the_short_form_is_remembered(application, desk, tasks, qtbot):
    memory = Forgetful()
    window = counter.window_of(desk, tasks, memory)
    qtbot.addWidget(window)
    clerk = Clerk(window)
    clerk.open()
    clerk.press(Qt.Key.Key_F11)
    clerk.press(Qt.Key.Key_Escape)
    assert shown(clerk.open()) == SHORT


def test_enter_alone_goes_through_it_and_what_is_saved_is_incomplete(clerk, desk):
    clerk.open()
    clerk.press(Qt.Key.Key_F11)
    clerk.enter()
    places = []
    for words in ("AB1234567", "Ташкентов", "Отабек", "12031988", "m", "узб", "+77011112233"):
        places.append(clerk.place())
        clerk.type(f"{words}\n")
    assert places == [
        "document.number",
        "person.surname",
        "person.given",
        "person.birth_date",
        "person.sex",
        "person.citizenship",
        "person.phone",
    ]
    clerk.enter()
    for words in ("work", ".", "551010000"):
        clerk.type(f"{words}\n")
    clerk.press(Qt.Key.Key_Return, CONTROL)
    (arrival,) = desk.store.live(Arrival)
    (person,) = desk.store.live(Person)
    assert arrival.state is Completeness.INCOMPLETE
    assert (person.full_name, person.phone, arrival.purpose) == ("Ташкентов Отабек", "+77011112233", "work")
    with pytest.raises(Refused):
        printing.preview(desk, "notification_arrival", arrival.uid)


def test_a_bar_says_how_much_is_there_and_each_missing_thing_is_a_stop(clerk):
    page = clerk.open()
    settle()
    assert page.footer.bar.percent == 0
    page.typing.fill(0, "person.surname", "Ташкентов")
    page._show_lacks()
    assert page.footer.bar.percent == 10
    places = [one.place for one in page.footer.lacks()]
    assert "arrival.host" in places and "person.surname" not in places
    link = page.footer._row._links[0]
    assert link.focusPolicy() & Qt.FocusPolicy.TabFocus
    link.click()
    assert clerk.place() == places[0]
