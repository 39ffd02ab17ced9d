"""One person, one file: every door asks the same service, and says the same of the same look-alike."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import openpyxl
import pytest

from migdesk.cli.intake import Intake
from migdesk.domain.dates import PartialDate
from migdesk.domain.ids import make_iin
from migdesk.domain.person import Person, Sex
from migdesk.services.arrivals import arrivals, groups
from migdesk.services.arrivals.arrivals import ArrivalDraft, Member
from migdesk.services.arrivals.groups import GroupDraft, GroupRow
from migdesk.services.people import duplicates, merging, people
from migdesk.services.workbooks import importing
from tests import make

SAID = {people.DUPLICATE, "known_person"}
IIN = make_iin(date(1990, 5, 17), "f", 1)


def alike(**given) -> Person:
    """The woman of the register as a Russian paper spells her, a day and a month of birth swapped for nobody."""
    values = {"surname": "Касимова", "given": "Айгуль", "surname_latin": "", "given_latin": ""}
    return make.person(**{**values, **given})


def by_intake(desk) -> list[str]:
    draft = ArrivalDraft((Member(alike(), ()),), make.arrival())
    return [one.words() for one in arrivals.check_draft(desk, draft) if one.code in SAID]


def by_grid(desk) -> list[str]:
    draft = GroupDraft((GroupRow(Member(alike(), ()), ""),), make.arrival(), make.address(), make.host())
    look = groups.check_group(desk, draft)
    return [one.words() for row in look.rows for one in row.findings if one.code in SAID]


def by_document(desk) -> list[str]:
    given = {
        "person": {
            "surname": "Касимова",
            "given": "Айгуль",
            "birth_date": "1990-05-17",
            "citizenship": "UZB",
            "sex": "f",
        },
        "arrival": {"arrived_on": "2026-11-20", "purpose": "private"},
    }
    draft = Intake(desk, "-").draft(given)
    return [one.words() for one in arrivals.check_draft(desk, draft) if one.code in SAID]


def by_workbook(desk) -> list[str]:
    book = openpyxl.Workbook()
    book.active.append(
        ["Туған күні", "Тегі", "Аты", "Азаматтығы", "Паспорт нөмірі", "Келген күні", "Мақсаты", "Елді мекен"]
    )
    book.active.append(
        [
            "18.05.1990",
            "Касимова",
            "Айгуль",
            "Өзбекстан",
            "ZZ7654321",
            date(2026, 11, 20),
            "жұмыс",
            "Павлодар",
        ]
    )
    path = desk.home / "in.xlsx"
    book.save(path)
    plan = importing.preview(desk, path)
    found = [one.finding for row in plan.rows for one in row.problems]
    return [one.words() for one in found if one.code in SAID]


def by_edit(desk) -> list[str]:
    other = people.save_person(desk, alike(surname="Умарова", given="Зухра"))
    edited = replace(other.value, surname="Касимова", given="Айгуль")
    done = people.save_person(desk, edited)
    return [one.words() for one in done.findings if one.code in SAID]


def by_scan(desk) -> list[str]:
    people.save_person(desk, alike())
    return [pair.one.full_name for pair in duplicates.find_pairs(desk)]


DOORS = [by_intake, by_grid, by_document, by_workbook, by_edit, by_scan]


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)
def test_the_look_alike_is_seen_at_every_door(desk, door):
    known = people.save_person(desk, make.person()).value
    said = door(desk)
    assert said and known.surname in said[0]


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)
def test_in_an_empty_register_no_door_says_anything(desk, door):
    assert door(desk) == []


@pytest.mark.parametrize("door", DOORS[:-1], ids=lambda door: door.__name__)
def test_every_door_asks_the_one_service(desk, door, monkeypatch):
    known = people.save_person(desk, make.person()).value
    match = people.likely_same(desk, alike())[0]
    assert match.person.uid == known.uid
    asked = []

    def ask(_desk, person, documents=(), **_more):
        asked.append(person.surname)
        return [match]

    monkeypatch.setattr(people, "likely_same", ask)
    door(desk)
    assert "Касимова" in asked


def test_an_edit_that_changes_nobody_into_another_says_nothing(desk):
    people.save_person(desk, make.person())
    other = people.save_person(desk, alike()).value
    done = people.save_person(desk, replace(other, phone="+77010000001"))
    assert [one.code for one in done.findings if one.code in SAID] == []
    again = people.save_person(desk, replace(people.get_person(desk, other.uid), patronymic="Болатқызы"))
    assert [one.code for one in again.findings if one.code in SAID] == []


# --- "not the same person", until something changes


@pytest.fixture
def told(desk) -> tuple[str, str]:
    one = people.save_person(desk, make.person(), make.document()).value
    other = people.save_person(desk, alike(), make.document(number="ZZ7654321")).value
    assert len(duplicates.find_pairs(desk)) == 1
    merging.say_distinct(desk, one.uid, other.uid, "екі адам")
    assert duplicates.find_pairs(desk) == [] == duplicates.pairs_of(desk, one.uid)
    return one.uid, other.uid


def test_what_says_nothing_of_identity_leaves_them_two(desk, told):
    person = people.get_person(desk, told[1])
    people.save_person(desk, replace(person, phone="+77010000001", job="мұғалім"))
    assert duplicates.find_pairs(desk) == []


@pytest.mark.parametrize(
    "change",
    [{"given": "Айгүль"}, {"patronymic": "Болатқызы"}, {"iin": IIN}, {"other_names": "Умарова (maiden)"}],
    ids=lambda change: next(iter(change)),
)
def test_changed_identity_asks_again(desk, told, change):
    person = people.get_person(desk, told[1])
    people.save_person(desk, replace(person, **change))
    assert [pair.uids for pair in duplicates.find_pairs(desk)] == [frozenset(told)]
    assert [pair.uids for pair in duplicates.pairs_of(desk, told[0])] == [frozenset(told)]
    merging.say_distinct(desk, *told, "тағы да екі адам")
    assert duplicates.find_pairs(desk) == []


def test_a_new_document_asks_again_too(desk, told):
    people.save_person(desk, people.get_person(desk, told[0]), make.document(number="NEW55555"))
    assert [pair.uids for pair in duplicates.find_pairs(desk)] == [frozenset(told)]


def test_an_import_that_fills_in_a_number_asks_again(desk, told, tmp_path):
    row = [
        "17.05.1990",
        "Қасымова",
        "Айгүл",
        "Өзбекстан",
        "ZZ7654321",
        date(2026, 11, 20),
        "жұмыс",
        "Павлодар",
        IIN,
    ]
    _take(desk, tmp_path, row)
    assert people.get_person(desk, told[1]).iin == IIN
    assert [pair.uids for pair in duplicates.find_pairs(desk)] == [frozenset(told)]


# --- no IIN yet


def _take(desk, folder, row):
    book = openpyxl.Workbook()
    book.active.append(
        [
            "Туған күні",
            "Тегі",
            "Аты",
            "Азаматтығы",
            "Паспорт нөмірі",
            "Келген күні",
            "Мақсаты",
            "Елді мекен",
            "ЖСН",
        ]
    )
    book.active.append(row)
    path = folder / "in.xlsx"
    book.save(path)
    plan = importing.preview(desk, path)
    importing.apply(desk, plan)
    return [one.finding for row in plan.rows for one in row.problems]


def test_a_file_without_iin_is_offered_the_one_typed(desk):
    known = people.save_person(desk, make.person(iin=""), make.document()).value
    draft = ArrivalDraft((Member(alike(iin=IIN), (make.document(),)),), make.arrival())
    (likely,) = people.likely_same(desk, draft.members[0].person, draft.members[0].documents)
    assert likely.person.uid == known.uid and likely.match.score >= 85
    assert any("IIN yet" in reason for reason in likely.match.reasons)
    said = [one.words() for one in arrivals.check_draft(desk, draft) if one.code in SAID]
    assert len(said) == 1 and "IIN yet" in said[0]
    taken = replace(known, iin=IIN)
    arrivals.register_arrival(desk, replace(draft, members=(Member(taken, ()),)))
    assert [(one.uid, one.iin) for one in desk.store.live(Person)] == [(known.uid, IIN)]


def test_a_workbook_brings_the_iin_to_the_file_that_has_none(desk, tmp_path):
    known = people.save_person(desk, make.person(iin=""), make.document(number="FA1234567")).value
    row = [
        "17.05.1990",
        "Қасымова",
        "Айгүл",
        "Өзбекстан",
        "FA1234567",
        date(2026, 11, 20),
        "жұмыс",
        "Павлодар",
        IIN,
    ]
    said = _take(desk, tmp_path, row)
    assert "iin_linked" in {one.code for one in said}
    assert [(one.uid, one.iin) for one in desk.store.live(Person)] == [(known.uid, IIN)]
    assert people.get_person(desk, IIN).uid == known.uid


def test_somebody_elses_iin_is_not_given_to_a_file(desk):
    people.save_person(desk, make.person(surname="Ким", given="Ирина", surname_latin="KIM", iin=IIN))
    other = people.save_person(desk, alike()).value
    findings = arrivals.check_draft(
        desk, ArrivalDraft((Member(replace(other, iin=IIN, sex=Sex.FEMALE), ()),), make.arrival())
    )
    assert any(one.severity == "block" and one.field == "members.0.iin" for one in findings)


def test_birth_dates_far_apart_are_two_people(desk):
    people.save_person(desk, make.person())
    assert people.likely_same(desk, alike(birth_date=PartialDate(1961, 2, 3))) == []
