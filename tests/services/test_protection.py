"""Notes that not everybody may read, children who came alone, and whose family they may be of."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from migdesk.domain.change import Op
from migdesk.domain.dates import PartialDate
from migdesk.domain.errors import Invalid, NotFound, Refused
from migdesk.domain.listing import Query
from migdesk.domain.person import Sex
from migdesk.domain.protection import NoteKind, NoteViewing, PersonNote, Unaccompanied, Visibility
from migdesk.services import listing, records
from migdesk.services.arrivals.arrivals import ArrivalDraft, Member, register_arrival
from migdesk.services.desk import Clock, open_desk
from migdesk.services.families import family_events, minors, tracing
from migdesk.services.families.family_events import Joining
from migdesk.services.laws import explaining
from migdesk.services.papers import printing
from migdesk.services.people import merging, notes, people
from migdesk.services.upkeep import journal, rights
from migdesk.services.workbooks import exporting
from tests import make
from tests.paper.words import page_text

SECRET = "қорғалған-сөз"
DAY = make.TODAY


@pytest.fixture
def desk(tmp_path):
    opened = make.desk(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def person(desk) -> str:
    draft = ArrivalDraft(
        members=(Member(make.person(), (make.document(),)),),
        arrival=make.arrival(),
        address=make.address(),
        host=make.host(),
    )
    return register_arrival(desk, draft).value.people[0].uid


def note(person: str, **given) -> PersonNote:
    values = {"matter": NoteKind.VICTIM, "text": SECRET}
    return PersonNote(person=person, written_on=DAY, **{**values, **given})


@pytest.fixture
def hidden(desk, person) -> PersonNote:
    """A restricted note, written while another operator is the only one with the right."""
    rights.give_right(desk, "protector")
    return notes.write(desk, note(person)).value


# --- one door after the other ------------------------------------------------------------------------


def test_the_file_says_only_that_there_are_notes_and_who_opens_them(desk, person, hidden):
    found = notes.look(desk, person)
    assert (found.known, found.has_restricted, found.may_read) == ((), True, False)
    assert [one.login for one in found.readers] == ["protector"]


def test_opening_without_the_right_is_refused_and_writes_nothing(desk, person, hidden):
    before = len(journal.entries(desk))
    with pytest.raises(Refused) as refused:
        notes.open_restricted(desk, person)
    assert "protector" in refused.value.words()
    assert len(journal.entries(desk)) == before


@pytest.mark.parametrize("name", listing.NAMES)
def test_no_list_and_no_export_has_it(desk, hidden, tmp_path, name):
    target = tmp_path / f"{name}.json"
    exporting.export_list(desk, Query(name), target)
    assert SECRET not in target.read_text(encoding="utf-8")
    opened = listing.open_list(desk, Query(name))
    assert SECRET not in str(opened.rows(opened.first(100)))


def test_search_does_not_find_it(desk, hidden):
    assert people.find_people(desk, SECRET) == []


def test_no_paper_shows_it(desk, person, hidden):
    for card in printing.list_forms(DAY):
        assert "person_note" not in {
            root.cls.table
            for root in printing.get_form(card.code, DAY).roots.values()
            if hasattr(root.cls, "table")
        }
    assert SECRET not in page_text(printing.preview(desk, "notification_arrival", person, lang="kk"), 1)


def test_the_journal_of_the_window_does_not_say_it(desk, person, hidden):
    entry = next(one for one in journal.entries(desk) if one.op is Op.SAVE_NOTE)
    told = records.open_op(desk, entry.uid)
    assert [one.fields for one in told.changes] == [()]
    assert SECRET not in str([(one.name, one.title) for one in told.changes])


def test_it_cannot_be_named_by_its_uid(desk, hidden):
    with pytest.raises(NotFound):
        explaining.explain(desk, hidden.uid)


def test_a_merged_file_is_taken_apart_without_saying_what_the_note_is_about(desk, person):
    from migdesk.ui.duplicates.apart import row_words

    words = " ".join(row_words(note(person)))
    assert SECRET not in words and "victim" not in words


# --- with the right ----------------------------------------------------------------------------------


def test_with_the_right_it_is_read_and_the_journal_says_so(desk, person, hidden):
    other = open_desk(desk.home, clock=Clock(DAY), operator="protector")
    assert [one.text for one in notes.open_restricted(other, person).value] == [SECRET]
    assert [one.login for one in other.store.live(NoteViewing)] == ["protector"]
    assert journal.entries(other)[0].op is Op.VIEW_NOTES
    told = records.open_op(other, next(one.uid for one in journal.entries(other) if one.op is Op.SAVE_NOTE))
    assert SECRET in str([one.after for one in told.changes[0].fields])
    other.close()


def test_undo_walks_past_a_reading(desk, person):
    rights.give_right(desk, desk.operator)
    notes.write(desk, note(person))
    notes.open_restricted(desk, person)
    journal.undo_last(desk)
    assert desk.store.live(PersonNote) == []
    assert len(desk.store.live(NoteViewing)) == 1


def test_an_ordinary_note_is_for_everybody(desk, person):
    notes.write(desk, note(person, matter=NoteKind.GENERAL, visibility=Visibility.OFFICE))
    found = notes.look(desk, person)
    assert [one.text for one in found.known] == [SECRET]
    assert not found.has_restricted
    assert found.known[0].author == desk.signer.name


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"visibility": Visibility.OFFICE}, "always_restricted"),
        ({"text": ""}, "missing"),
        ({"text": "x" * 4001}, "too_long"),
        ({"text": "a\x00b"}, "control"),
        ({"written_on": DAY + timedelta(1)}, "in_future"),
        ({"written_on": None}, "missing"),
    ],
)
def test_a_note_that_cannot_be(desk, person, given, code):
    with pytest.raises(Invalid) as problem:
        notes.write(desk, replace(note(person), **given))
    assert code in {one.code for one in problem.value.findings}


def test_a_note_that_nobody_could_read_warns(desk, person):
    assert [one.code for one in notes.write(desk, note(person)).findings] == ["no_reader", "in_clear"]


def test_notes_go_with_a_merged_file(desk, person, hidden):
    other = people.save_person(desk, make.person(surname="Касимова")).value.uid
    merging.merge(desk, other, person)
    assert notes.look(desk, other).has_restricted


# --- children who came alone -------------------------------------------------------------------------


def child(desk, **given) -> str:
    values = {
        "given": "Нұрлан",
        "given_latin": "NURLAN",
        "surname": "Серіков",
        "surname_latin": "SERIKOV",
        "patronymic": "Болатұлы",
        "birth_date": PartialDate(2014, 4, 4),
        "sex": Sex.MALE,
        "birth_place": "Өскемен",
        "exit_country": "MNG",
    }
    return people.save_person(desk, make.person(**{**values, **given})).value.uid


def test_a_child_alone_and_then_with_a_guardian(desk):
    uid, body = child(desk), None
    done = minors.say(desk, Unaccompanied(person=uid, since=date(2026, 11, 1)))
    assert [one.code for one in done.findings] == ["no_guardian", "no_reader"]
    guardian = people.save_person(desk, make.person()).value.uid
    minors.say(desk, Unaccompanied(person=uid, since=date(2026, 11, 10), guardian=guardian, body=body))
    rows = desk.store.live(Unaccompanied, person=uid, order="since")
    assert [(one.until, one.guardian) for one in rows] == [(date(2026, 11, 10), None), (None, guardian)]
    minors.say(desk, Unaccompanied(person=uid, since=date(2026, 11, 10), until=DAY))
    assert minors.of_person(desk, uid) is None
    journal.undo_last(desk)
    found = minors.of_person(desk, uid)
    assert found and found.guardian == guardian


def test_the_law_is_told_only_as_far_as_it_was_read(desk):
    uid = child(desk)
    told = minors.said_by_law(desk, people.get_person(desk, uid))
    assert [one.code for one in told] == ["minor.own_certificate"]
    stateless = child(desk, citizenship="XXA", given="Асан")
    told = minors.said_by_law(desk, people.get_person(desk, stateless))
    assert {one.code for one in told} == {"minor.own_certificate", "minor.representative"}
    assert all(one.source for one in told)


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({"since": date(2033, 1, 1)}, ("in_future", "since")),
        ({"since": None}, ("missing", "since")),
        ({"guardian": "self"}, ("own_guardian", "guardian")),
        ({"guardian": "young"}, ("under_age", "guardian")),
    ],
)
def test_what_cannot_be_said_of_a_child(desk, given, found):
    uid = child(desk)
    keys = {"self": uid, "young": child(desk, given="Ержан", birth_date=PartialDate(2010, 1, 1))}
    if "guardian" in given:
        given = {"guardian": keys[given["guardian"]]}
    with pytest.raises(Invalid) as problem:
        minors.say(desk, replace(Unaccompanied(person=uid, since=DAY), **given))
    assert found in {(one.code, one.field) for one in problem.value.findings}


def test_a_grown_person_is_no_unaccompanied_minor(desk, person):
    with pytest.raises(Invalid) as problem:
        minors.say(desk, Unaccompanied(person=person, since=DAY))
    assert [one.code for one in problem.value.findings if one.severity == "block"] == ["of_age"]


# --- tracing -----------------------------------------------------------------------------------------


def test_a_father_is_found_by_the_patronymic_and_the_surname(desk):
    uid = child(desk)
    father = child(
        desk, given="Болат", given_latin="BOLAT", patronymic="", birth_date=PartialDate(1985, 1, 1)
    )
    found = tracing.trace(desk, uid)
    assert found[0].person.uid == father
    assert found[0].weight >= 8


@pytest.mark.parametrize(
    ("given", "is_named"),
    [
        (
            {"given": "Аяла", "surname": "Серікова", "surname_latin": "SERIKOVA", "patronymic": "Болатқызы"},
            True,
        ),
        ({"given": "Болат", "surname": "Ахметов", "patronymic": "", "birth_date": PartialDate(1985)}, True),
        ({"given": "Болат", "surname": "Ахметов", "patronymic": "", "birth_date": PartialDate(2010)}, False),
        ({"given": "Аян", "surname": "Ахметов", "patronymic": "Асанұлы", "birth_place": "Алматы"}, False),
        ({"given": "Аян", "patronymic": "Асанұлы", "birth_place": "Алматы", "exit_country": ""}, False),
    ],
)
def test_who_may_be_of_the_family(desk, given, is_named):
    uid = child(desk)
    other = child(desk, **{"surname_latin": "", "given_latin": "", **given})
    assert (other in [one.person.uid for one in tracing.trace(desk, uid)]) is is_named


def test_his_own_family_is_not_traced(desk):
    uid = child(desk)
    father = child(desk, given="Болат", patronymic="", birth_date=PartialDate(1985, 1, 1))
    family_events.join(desk, Joining(uid, "son", DAY, head=father))
    assert tracing.trace(desk, uid) == []


def test_who_came_in_the_same_days_counts(desk):
    came = []
    for name, day in (("Нұрлан", 20), ("Асан", 21)):
        member = Member(
            make.person(given=name, given_latin="", surname="Серіков", surname_latin="", sex=Sex.MALE),
            (make.document(),),
        )
        draft = ArrivalDraft((member,), make.arrival(arrived_on=date(2026, 11, day)), make.address())
        came.append(register_arrival(desk, draft).value.people[0].uid)
    assert [one.person.uid for one in tracing.trace(desk, came[0])] == [came[1]]
