"""Terms that stand in no record of a person: an employer's report, held units, the permit of who turned sixteen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from migdesk.domain.arrival import StayBasis
from migdesk.domain.case import Case
from migdesk.domain.change import Op
from migdesk.domain.dates import PartialDate
from migdesk.domain.party import Party, PartyKind, PartyRole
from migdesk.domain.permit import Permit, PermitState
from migdesk.domain.quota import Stream
from migdesk.domain.terms import TermKind
from migdesk.services import day, due_terms
from migdesk.services.arrivals import arrivals
from migdesk.services.arrivals.arrivals import ArrivalDraft, Member
from migdesk.services.cases import cases
from migdesk.services.laws import law_packs
from migdesk.services.matter import Verdict
from migdesk.services.people import people
from migdesk.services.quotas import quotas
from migdesk.services.quotas.quotas import Pot
from migdesk.services.terms import employer_reports
from tests import make

POT = Pot(Stream.KANDAS, "550000000", 2026)


def of(desk, kind: TermKind):
    return [one for one in day.list_terms(desk) if one.kind is kind]


# --- the monthly report of an employer


@pytest.fixture
def worker(desk):
    return people.save_person(desk, make.person()).value


@pytest.fixture
def employer(desk, worker) -> Party:
    """An employer with a permit for a foreigner since the first of October."""
    with desk.write(Op.SAVE_PARTY) as tx:
        firm = Party(
            kind=PartyKind.ORGANISATION, role=PartyRole.EMPLOYER, name="ТОО «Құрылыс»", phone="+77011112233"
        )
        made = tx.put(firm)
        permit = Permit(
            kind="labour_permit", person=worker.uid, employer=made.uid, category="3", number="T-1"
        )
        tx.put(
            replace(
                permit, state=PermitState.GRANTED, valid_from=date(2026, 10, 1), valid_until=date(2027, 9, 30)
            )
        )
    return made


def report(desk, employer: Party, worker, month: date, decision: str = "accept") -> None:
    given = {"month": month, **dict.fromkeys(("foreigners", "trained", "replaced", "citizens", "jobs"), 1)}
    case = Case(service="employer_report", person=worker.uid, party=employer.uid, applied_on=make.TODAY)
    opened = cases.open_case(desk, case, (), given).value
    cases.receive_paper(desk, opened.uid, "report")
    grounds = ("incomplete",) if decision == "return" else ()
    cases.decide(desk, opened.uid, Verdict(decision, grounds=grounds))


def test_of_an_employer_the_earliest_report_that_is_missing_is_due(desk, worker, employer):
    (term,) = of(desk, TermKind.REPORT)
    assert (term.due, term.record_uid, term.name) == (date(2026, 10, 30), employer.uid, "ТОО «Құрылыс»")
    assert day.count_day(desk).overdue == 1
    why = day.explain_term(desk, term)
    assert (why.start, why.source.confidence) == (date(2026, 10, 1), "verified")
    report(desk, employer, worker, date(2026, 10, 5), "return")
    assert [one.due for one in of(desk, TermKind.REPORT)] == [date(2026, 10, 30)]
    report(desk, employer, worker, date(2026, 10, 5))
    assert [one.due for one in of(desk, TermKind.REPORT)] == [date(2026, 11, 30)]
    assert (day.count_day(desk).overdue, day.count_day(desk).week) == (0, 1)
    report(desk, employer, worker, date(2026, 11, 1))
    assert of(desk, TermKind.REPORT) == []


def test_the_printed_list_has_the_report_with_the_phone_of_the_employer(desk, employer):
    (line,) = due_terms.lines(desk, date(2026, 12, 1))
    assert line[0] == date(2026, 10, 30)
    assert line[4:6] == ("ТОО «Құрылыс»", "+77011112233")


def test_an_employer_whose_permits_ended_owes_no_report_of_later_months(desk, worker, employer):
    (held,) = desk.store.live(Permit)
    with desk.write(Op.SAVE_PERSON) as tx:
        tx.put(replace(held, valid_until=date(2026, 10, 20)))
    report(desk, employer, worker, date(2026, 10, 1))
    assert of(desk, TermKind.REPORT) == []


def test_a_permit_that_a_regime_prolongs_owes_the_report_in_every_list(desk, employer):
    (held,) = desk.store.live(Permit)
    with desk.write(Op.SAVE_PERSON) as tx:
        tx.put(replace(held, valid_until=date(2026, 10, 20)))
    with desk.write(Op.SAVE_PERSON) as tx:
        tx.settle(Permit, held.uid, "lasts_until", None, "2026-11-10")
    assert [one.party.uid for one in employer_reports.of_month(desk, date(2026, 11, 1))] == [employer.uid]
    assert [one.permits for one in employer_reports.of_employer(desk, employer)] == [1, 1]
    assert [one.due for one in of(desk, TermKind.REPORT)] == [date(2026, 10, 30)]


# --- units of a quota that are held to a day


def test_units_held_to_a_day_are_announced_and_wait_after_it(desk, worker):
    quotas.allot(desk, POT, 10, "№ 1")
    held = quotas.reserve(desk, quotas.Hold(POT, 2, person=worker.uid, until=date(2026, 11, 26))).value
    quotas.reserve(desk, quotas.Hold(POT, 3, reason="list 12", until=date(2026, 12, 20)))
    quotas.reserve(desk, quotas.Hold(POT, 1, reason="without an end"))
    found = of(desk, TermKind.RESERVED)
    assert [(one.due, one.name) for one in found] == [
        (date(2026, 11, 26), worker.full_name),
        (date(2026, 12, 20), "list 12"),
    ]
    why = day.explain_term(desk, found[0])
    assert (why.step(make.TODAY), why.start) == (3, make.TODAY)
    assert "2026" in why.rule
    quotas.release(desk, held.uid, "not wanted")
    assert [one.name for one in of(desk, TermKind.RESERVED)] == ["list 12"]


# --- who turned sixteen here


OLDER = """
id = "own.age"
version = "1"
title = { kk = "а", ru = "б", en = "c" }
[[source]]
id = "s"
act = "Act"
read = 2026-11-01
confidence = "reported"
mark = "V2"
[[value]]
code = "rvp.own_from"
unit = "years"
title = { kk = "а", ru = "б", en = "c" }
entries = [{ from = 2026-01-01, is = 18, source = "s" }]
"""


def came(desk, born: date, **given):
    person = make.person(citizenship="RUS", birth_date=PartialDate(born.year, born.month, born.day))
    arrival = make.arrival(purpose="family", basis=StayBasis.VISA_FREE, notified_on=make.TODAY, **given)
    return arrivals.register_arrival(desk, ArrivalDraft((Member(person, ()),), arrival)).value.people[0]


def test_who_turned_sixteen_applies_within_ten_days(desk):
    person = came(desk, date(2010, 11, 18))
    (term,) = of(desk, TermKind.SIXTEEN)
    assert (term.due, term.person_uid) == (date(2026, 11, 30), person.uid)
    why = day.explain_term(desk, term)
    assert (why.start, why.deadline.length, why.source.confidence) == (date(2026, 11, 18), 10, "reported")
    with desk.write(Op.OPEN_CASE) as tx:
        tx.put(Case(service="rvp", person=person.uid, applied_on=make.TODAY))
    assert of(desk, TermKind.SIXTEEN) == []


def test_the_age_is_that_of_the_law(desk):
    came(desk, date(2008, 11, 18))
    assert of(desk, TermKind.SIXTEEN) == []
    pack = law_packs.read_pack_file("own.toml", OLDER)
    law_packs.take_pack(desk, pack)
    law_packs.switch_pack(desk, "own.age", on=True, why="order 1")
    (term,) = of(desk, TermKind.SIXTEEN)
    assert day.explain_term(desk, term).start == date(2026, 11, 18)


@pytest.mark.parametrize(
    ("born", "basis"),
    [
        (date(2010, 11, 18), StayBasis.VISA),
        (date(2010, 11, 18), StayBasis.RVP),
        (date(2011, 6, 1), StayBasis.VISA_FREE),
        (date(2009, 6, 1), StayBasis.VISA_FREE),
    ],
    ids=["visa", "permit", "younger", "long ago"],
)
def test_nobody_else_is_reminded(desk, born, basis):
    with desk.write(Op.SAVE_PERSON) as tx:
        person = tx.put(
            make.person(citizenship="RUS", birth_date=PartialDate(born.year, born.month, born.day))
        )
        tx.put(make.arrival(person=person.uid, basis=basis, number="1"))
    assert of(desk, TermKind.SIXTEEN) == []
