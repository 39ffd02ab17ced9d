"""Entry bans: written down as cases, told behind every door by which people come in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import openpyxl
import pytest

from migdesk.cli.intake import Intake
from migdesk.domain.arrival import Departure, DepartureKind, Stay
from migdesk.domain.case import Case
from migdesk.domain.errors import Invalid
from migdesk.domain.finding import Severity
from migdesk.domain.person import Sex
from migdesk.services.arrivals import arrivals, departures, groups, moves
from migdesk.services.arrivals.arrivals import ArrivalDraft, Member
from migdesk.services.arrivals.groups import GroupDraft, GroupRow
from migdesk.services.cases import cases
from migdesk.services.facts import bans
from migdesk.services.matter import Verdict
from migdesk.services.people import merging, people
from migdesk.services.stays import crossings, status
from migdesk.services.workbooks import importing
from tests import make

ACT = "Павлодар соты, № 3-77, 12.05.2025"
NUMBER = "ZZ7654321"


def ban(desk, person, **answers):
    """A ban as it is written down; the case of it."""
    given = {"ban_ground": "forced", "ban_from": date(2025, 6, 1), "act": ACT, **answers}
    case = cases.open_case(
        desk, Case(service="entry_ban", person=person.uid, applied_on=make.TODAY), (), given
    )
    cases.receive_paper(desk, case.value.uid, "act")
    return cases.decide(desk, case.value.uid, Verdict("grant")).value


@pytest.fixture
def banned(desk):
    person = people.save_person(desk, make.person(), make.document(number=NUMBER)).value
    ban(desk, person)
    return person


def told(findings):
    return {one.code: one.severity for one in findings if one.code.startswith("entry_ban")}


def draft(person, **given):
    return ArrivalDraft((Member(person, ()),), make.arrival(**given))


def test_a_ban_stops_the_registration_and_says_until_when(desk, banned):
    with pytest.raises(Invalid) as refused:
        arrivals.register_arrival(desk, draft(banned))
    (finding,) = [one for one in refused.value.findings if one.code == "entry_ban.in_force"]
    assert finding.field == "members.0.surname"
    assert "01.06.2030" in finding.words() and ACT in finding.words()
    assert finding.source and finding.source.confidence == "reported"


@pytest.mark.parametrize(
    ("answers", "on", "holds"),
    [
        ({}, date(2025, 5, 31), False),
        ({}, date(2025, 6, 1), True),
        ({}, date(2026, 11, 20), True),
        ({"ban_until": date(2026, 11, 20)}, date(2026, 11, 20), True),
        ({"ban_until": date(2026, 11, 19)}, date(2026, 11, 20), False),
    ],
)
def test_a_ban_holds_from_its_first_to_its_last_day(desk, answers, on, holds):
    person = people.save_person(desk, make.person()).value
    ban(desk, person, **answers)
    assert bool(bans.bans_of(desk, person.uid, on)) is holds
    found = told(arrivals.check_draft(desk, draft(person, entered_on=on, arrived_on=on)))
    assert found == ({"entry_ban.in_force": Severity.BLOCK} if holds else {})


def test_a_lifted_ban_is_told_no_more(desk, banned):
    (case,) = desk.store.live(Case, service="entry_ban")
    cases.decide(desk, case.uid, Verdict("terminate", grounds=("cancelled",)))
    assert told(arrivals.check_draft(desk, draft(banned))) == {}


def test_an_open_case_is_no_ban_yet(desk):
    person = people.save_person(desk, make.person()).value
    given = {"ban_ground": "court", "ban_from": date(2025, 6, 1), "act": ACT}
    opened = cases.open_case(
        desk, Case(service="entry_ban", person=person.uid, applied_on=make.TODAY), (), given
    )
    assert "entry_ban.term_unverified" in {one.code for one in opened.findings}
    assert told(arrivals.check_draft(desk, draft(person))) == {}


# --- the same words behind every door: a look-alike without a file


def look_alike():
    return make.person(surname="Касимова", given="Айгуль", surname_latin="", given_latin="")


def by_intake(desk):
    return arrivals.check_draft(desk, draft(look_alike()))


def by_grid(desk):
    rows = (GroupRow(Member(look_alike(), ()), ""),)
    look = groups.check_group(desk, GroupDraft(rows, make.arrival(), make.address(), make.host()))
    return [one for row in look.rows for one in row.findings]


def by_command(desk):
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
    return arrivals.check_draft(desk, Intake(desk, "-").draft(given))


def by_workbook(desk):
    book = openpyxl.Workbook()
    heads = "Туған күні|Тегі|Аты|Азаматтығы|Паспорт нөмірі|Келген күні|Мақсаты|Елді мекен"
    book.active.append(heads.split("|"))
    row = [
        "18.05.1990",
        "Касимова",
        "Айгуль",
        "Өзбекстан",
        "ZZ7654322",
        date(2026, 11, 20),
        "жұмыс",
        "Павлодар",
    ]
    book.active.append(row)
    path = desk.home / "in.xlsx"
    book.save(path)
    return [one.finding for row in importing.preview(desk, path).rows for one in row.problems]


@pytest.mark.parametrize("door", [by_intake, by_grid, by_command, by_workbook], ids=lambda one: one.__name__)
def test_somebody_who_may_be_banned_is_told_at_every_door(desk, banned, door):
    found = [one for one in door(desk) if one.code == "entry_ban.likely"]
    assert [one.severity for one in found] == [Severity.WARN]
    assert banned.full_name in found[0].words()


@pytest.mark.parametrize("door", [by_intake, by_grid, by_command, by_workbook], ids=lambda one: one.__name__)
def test_without_a_ban_no_door_speaks_of_one(desk, door):
    people.save_person(desk, make.person(), make.document(number=NUMBER))
    assert told(door(desk)) == {}


def test_two_banned_members_are_both_named(desk, banned):
    other = people.save_person(desk, make.person(surname="Умаров", given="Зафар", sex=Sex.MALE)).value
    ban(desk, other)
    both = ArrivalDraft((Member(banned, ()), Member(other, (), "brother")), make.arrival())
    found = [one.field for one in arrivals.check_draft(desk, both) if one.code == "entry_ban.in_force"]
    assert found == ["members.0.surname", "members.1.surname"]


# --- people who were here before


def test_who_was_expelled_does_not_return_unseen(desk):
    made = arrivals.register_arrival(desk, draft(make.person())).value
    gone = Departure(person=made.people[0].uid, kind=DepartureKind.ABROAD, left_on=date(2026, 11, 21))
    departures.register_departure(desk, replace(gone, arrival=made.arrivals[0].uid))
    ban(desk, made.people[0], ban_from=date(2026, 11, 21))
    back = moves.Return(person=made.people[0].uid, entered_on=make.TODAY, arrived_on=make.TODAY)
    assert told(moves.check_return(desk, back)) == {"entry_ban.in_force": Severity.BLOCK}
    stay = Stay(person=made.people[0].uid, entered_on=make.TODAY)
    assert told(crossings.check_crossing(desk, stay)) == {"entry_ban.in_force": Severity.WARN}


def test_a_case_of_a_banned_person_says_so(desk, banned):
    case = Case(service="rvp", person=banned.uid, applied_on=make.TODAY)
    assert told(cases.check_case(desk, case)) == {"entry_ban.case": Severity.WARN}


def test_a_ban_goes_along_when_files_are_merged(desk, banned):
    other = people.save_person(desk, look_alike()).value
    merging.merge(desk, other.uid, banned.uid)
    assert [one.act for one in bans.bans_of(desk, other.uid, make.TODAY)] == [ACT]


def test_the_standing_of_a_person_tells_of_a_ban(desk):
    made = arrivals.register_arrival(desk, draft(make.person())).value.people[0]
    assert told(status.person_status(desk, made.uid).findings) == {}
    ban(desk, made, ban_from=date(2026, 11, 22))
    assert told(status.person_status(desk, made.uid).findings) == {"entry_ban.in_force": Severity.WARN}


@pytest.mark.parametrize(
    ("leave_by", "code"), [(make.TODAY, "stay.shortened"), (date(2026, 11, 22), "stay.shortened_over")]
)
def test_a_shortened_visa_free_stay_is_told_until_the_departure(desk, leave_by, code):
    made = arrivals.register_arrival(desk, draft(make.person())).value
    person, on = made.people[0], date(2026, 11, 21)
    given = {"basis": "visa_free", "leave_by": leave_by, "act": ACT}
    case = cases.open_case(
        desk, Case(service="shortened_stay", person=person.uid, applied_on=on), (), given
    ).value
    cases.receive_paper(desk, case.uid, "act")
    cases.decide(desk, case.uid, Verdict("shorten_stay", on=on, grounds=("breach_stay",)))
    found = {one.code for one in status.person_status(desk, person.uid).findings}
    assert {one for one in found if one.startswith("stay.shortened")} == {code}
    gone = Departure(person=person.uid, kind=DepartureKind.ABROAD, left_on=make.TODAY)
    departures.register_departure(desk, replace(gone, arrival=made.arrivals[0].uid))
    left = {one.code for one in status.person_status(desk, person.uid).findings}
    assert not any(one.startswith("stay.shortened") for one in left)
