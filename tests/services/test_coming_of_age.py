"""Children of families who soon come of age, and what happened in families on a person's timeline."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from migdesk.domain.dates import PartialDate
from migdesk.domain.finding import Confidence
from migdesk.domain.kin import Ended
from migdesk.domain.person import Sex
from migdesk.domain.terms import TermKind
from migdesk.services import day
from migdesk.services.arrivals import arrivals, departures, happened
from migdesk.services.arrivals.arrivals import ArrivalDraft, Member
from migdesk.services.families import coming_of_age, families, family_events
from migdesk.services.families.family_events import Heading, Joining, Leaving
from migdesk.services.stays.status import Light, person_status
from migdesk.store import births
from tests import make
from tests.services.test_events import leaves

SOON = PartialDate(2009, 1, 10)
"""18 on 10 January 2027, 48 days after the day of tests."""


def arrive(desk, born=SOON):
    """A mother with a son of some birth date; the arrivals of both."""
    values = {"given": "Ерлан", "given_latin": "YERLAN", "sex": Sex.MALE}
    son = Member(make.person(birth_date=born, **values), (make.document(),), "son")
    mother = Member(make.person(birth_date=PartialDate(1970, 5, 17)), (make.document(),))
    draft = ArrivalDraft((mother, son), make.arrival(), make.address(), make.host())
    return arrivals.register_arrival(desk, draft).value.arrivals


def reminded(desk):
    return [one.person_uid for one in day.list_terms(desk) if one.kind is TermKind.OF_AGE]


@pytest.mark.parametrize(
    ("born", "is_told"),
    [
        (SOON, True),
        (PartialDate(2009, 2, 21), True),
        (PartialDate(2009, 2, 22), False),
        (PartialDate(2008, 11, 24), True),
        (PartialDate(2008, 11, 23), False),
        (PartialDate(2009, 1), True),
        (PartialDate(2008), True),
        (PartialDate(2009), False),
    ],
)
def test_who_comes_of_age_within_ninety_days_is_listed_today(desk, born, is_told):
    _mother, son = arrive(desk, born)
    assert reminded(desk) == ([son.person] if is_told else [])
    status = person_status(desk, son.person)
    assert ("status.of_age" in {one.code for one in status.findings}) is is_told
    assert (status.reminder is not None) is is_told


def test_the_reminder_is_the_programs_own_and_turns_no_light(desk):
    _mother, son = arrive(desk)
    status = person_status(desk, son.person)
    told = next(one for one in status.findings if one.code == "status.of_age")
    assert told.words().startswith("Turns 18 on 10.01.2027: own papers.")
    assert told.source.confidence is Confidence.UNVERIFIED
    assert "no act" in told.source.act
    assert day.explain_term(desk, status.reminder).source == told.source
    assert [
        one for one in day.list_terms(desk, until=desk.today + timedelta(30)) if one.kind == "of_age"
    ] == []


def test_nobody_is_reminded_of_who_left_or_is_alone(desk):
    _mother, son = arrive(desk)
    departures.register_departure(desk, leaves(son))
    assert reminded(desk) == []
    assert person_status(desk, son.person).light is Light.GREEN
    family = desk.store.live(families.Family)[0]
    assert births.members_of_age(desk.store, 18, desk.today, coming_of_age.horizon(desk), 10) == []
    assert family.head != son.person


def told(desk, person):
    return [
        (one.on, one.words()) for one in sorted(happened.of_families(desk, person), key=lambda one: one.on)
    ]


def test_family_events_stand_on_the_timeline_of_whom_they_concern(desk):
    mother, son = arrive(desk, PartialDate(1995, 3, 1))
    family = desk.store.live(families.Family)[0].uid
    wife = make.person(given="Сауле", given_latin="SAULE", birth_date=PartialDate(1996, 1, 1))
    bride = arrivals.register_arrival(
        desk,
        ArrivalDraft((Member(wife, (make.document(),)),), make.arrival(), make.address(), make.host()),
        duplicates=False,
    ).value.arrivals[0]
    family_events.join(desk, Joining(bride.person, "child_in_law", date(2026, 11, 21), family))
    family_events.change_head(desk, Heading(family, son.person, date(2026, 11, 22)))
    family_events.leave(desk, Leaving(family, bride.person, date(2026, 11, 23), Ended.DIVORCED))
    assert told(desk, bride.person) == [
        (date(2026, 11, 21), "Joined the family"),
        (date(2026, 11, 22), "New head of the family: Қасымова Ерлан"),
        (date(2026, 11, 23), "Divorce"),
    ]
    assert told(desk, son.person) == [(date(2026, 11, 22), "New head of the family")]
    assert told(desk, mother.person) == [(date(2026, 11, 22), "New head of the family: Қасымова Ерлан")]
    assert {one.uid for one in happened.of_families(desk, bride.person)} == {family}


def test_coming_of_age_stands_on_the_timeline(desk):
    arrived = date(2026, 11, 20)
    _mother, son = arrive(desk, PartialDate(2008, 11, 21))
    assert (arrived + timedelta(1), "Came of age") in told(desk, son.person)
