"""People to choose from, the same wherever a person is asked for: nobody is taken for another of the same name."""

from __future__ import annotations

import pytest

from migdesk.domain.dates import PartialDate
from migdesk.domain.fields import Ref
from migdesk.domain.person import Membership, Person
from migdesk.services.people import people
from migdesk.ui.entry.people import with_people
from migdesk.ui.entry.picking import PickInput, Sources
from migdesk.ui.files.families.family_questions import ask_join
from migdesk.ui.files.minor_part import ask_minor
from migdesk.ui.files.money.payment_questions import ask_payment
from migdesk.ui.files.questions.people_ticks import relatives
from migdesk.ui.files.quotas.quota_taking import ask_reserve
from migdesk.ui.shell.search_popup import find_anything
from migdesk.ui.visits.questions import ask_book
from tests.make import document, person

NAME = {"surname": "Садық", "given": "Гүлмира", "patronymic": "", "iin": ""}
YOUNG, OLD = PartialDate(2009, 5, 4), PartialDate(1980)


def saved(desk, number, **given) -> Person:
    return people.save_person(desk, person(**NAME, **given), document(number=number)).value


@pytest.fixture
def alike(new_desk) -> list[Person]:
    """Two of the same name and day, one of the same name who is older, by an estimate."""
    given = ({"birth_date": YOUNG}, {"birth_date": YOUNG}, {"birth_date": OLD, "birth_estimated": True})
    return [saved(new_desk, f"N000000{at}", **one) for at, one in enumerate(given)]


@pytest.fixture
def sources(new_desk, tasks) -> Sources:
    bare = Sources(today=lambda: new_desk.today, tasks=tasks, find=lambda table, _text: [("x", table)])
    return with_people(new_desk, bare)


def test_people_of_the_same_name_are_told_apart(alike, sources):
    told = {uid: line for uid, line in sources.find("person", "Садық Гүлмира")}
    assert [told[one.uid] for one in alike] == [
        "Садық Гүлмира, 04.05.2009, N0000000",
        "Садық Гүлмира, 04.05.2009, N0000001",
        "Садық Гүлмира, 1980 (est.)",
    ]
    assert [sources.titles("person", one.uid) for one in alike] == list(told.values())
    assert sources.find("party", "Садық") == [("x", "party")]


def test_a_chosen_line_comes_back_from_a_draft(alike, sources):
    box = PickInput(Ref("Person", to="person"), sources)
    for one in alike:
        box.set_typed(sources.titles("person", one.uid))
        assert box.value() == one.uid
    box.set_typed("Садық Гүлмира")
    assert box.problem() is not None


def test_the_same_lines_stand_in_every_window(eye):
    work, someone = eye.window.work, eye.desk.store.live(Person, limit=1)[0]
    asked = (
        (ask_join(work, someone), "person"),
        (ask_minor(work, someone), "guardian"),
        (ask_payment(work), "person"),
        (ask_reserve(work, None), "person"),
        (ask_book(work, {}), "person"),
    )
    for dialog, name in asked:
        box = dialog.form.boxes[name]
        box.set_value(someone.uid)
        assert f"{someone.full_name}, {someone.born_words}" in box.input.typed(), name
        dialog.reject()


def test_small_lists_mark_a_birth_date_that_is_estimated(new_desk, alike):
    old = alike[-1]
    [line] = relatives(new_desk, [(Membership(), old)], applicant=False)
    hits = {hit.target.uid: hit.detail for hit in find_anything(new_desk, "Садық Гүлмира")}
    assert line.detail == "1980 (est.)"
    assert "1980 (est.)" in hits[old.uid]
