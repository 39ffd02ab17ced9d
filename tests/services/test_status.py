"""The light of a person on a day, with its reasons."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from migdesk.domain.arrival import Stay, StayBasis
from migdesk.domain.change import Op
from migdesk.domain.errors import NotFound
from migdesk.domain.permit import Permit, PermitState
from migdesk.services.arrivals import arrivals
from migdesk.services.arrivals.arrivals import ArrivalDraft, Member
from migdesk.services.permits import permits
from migdesk.services.stays.status import Light, person_status
from tests import make


def register(desk, citizenship="UZB", **given):
    values = {
        "notified_on": date(2026, 11, 20),
        "registered_on": date(2026, 11, 21),
        "basis": StayBasis.VISA_FREE,
    }
    person = make.person(citizenship=citizenship)
    draft = ArrivalDraft(
        (Member(person, (make.document(number="FA7654321"),), apart=True),),
        make.arrival(**{**values, **given}),
        make.address(),
        make.host(),
    )
    return arrivals.register_arrival(desk, draft).value.people[0]


def entered(day):
    later = day + timedelta(days=1)
    return {"entered_on": day, "arrived_on": later, "notified_on": later}


def codes(status):
    return {one.code for one in status.findings}


def test_a_fresh_lawful_stay_of_an_eaeu_citizen_with_its_notice_is_green(desk):
    person = register(desk, "RUS")
    status = person_status(desk, person.uid)
    assert (status.light, status.stay.lawful) == (Light.GREEN, True)


def test_an_overdue_notice_is_red(desk):
    person = register(
        desk, "RUS", arrived_on=date(2026, 11, 10), entered_on=date(2026, 11, 10), notified_on=None
    )
    status = person_status(desk, person.uid)
    assert status.light is Light.RED
    assert "status.overdue" in codes(status)


def test_an_ending_stay_is_amber_and_an_overstay_red_on_the_day_it_becomes_one(desk):
    person = register(
        desk, "DEU", entered_on=date(2026, 11, 1), arrived_on=date(2026, 11, 2), notified_on=date(2026, 11, 3)
    )
    first = person_status(desk, person.uid)
    assert first.light is Light.AMBER
    last = first.stay.last_lawful_day
    assert last == date(2026, 11, 30)
    assert person_status(desk, person.uid, last).stay.lawful is True
    after = person_status(desk, person.uid, last + timedelta(days=1))
    assert (after.stay.lawful, after.light) == (False, Light.RED)


def test_a_residence_permit_carries_the_stay(desk):
    person = register(
        desk, "DEU", entered_on=date(2026, 9, 1), arrived_on=date(2026, 9, 2), notified_on=date(2026, 9, 3)
    )
    assert person_status(desk, person.uid).stay.lawful is False
    permit = Permit(
        person=person.uid, kind="rvp", valid_from=date(2026, 9, 20), valid_until=date(2027, 9, 19)
    )
    permits.issue(desk, permit)
    assert person_status(desk, person.uid).stay.lawful is True
    assert person_status(desk, person.uid, date(2026, 10, 10)).permits[0].kind == "rvp"


def test_every_reason_of_law_names_its_source(desk):
    person = register(desk, "UZB")
    sourced = [one for one in person_status(desk, person.uid).findings if one.code.startswith("stay.")]
    assert any(one.source for one in sourced)


def test_a_person_is_found_by_iin_and_document(desk):
    person = register(desk, "RUS")
    for key in (person.uid, "FA7654321", "fa 7654321"):
        assert person_status(desk, key).person.uid == person.uid
    with pytest.raises(NotFound):
        person_status(desk, "900101300017")


def test_a_citizen_is_never_foreign(desk):
    person = register(desk, "KAZ", entered_on=None, basis=StayBasis.CITIZEN)
    assert person_status(desk, person.uid).stay.lawful is True


def test_nothing_known_is_amber_not_green(desk):
    person = register(desk, "BTN")
    status = person_status(desk, person.uid)
    assert status.light is not Light.GREEN
    assert replace(status, light=Light.AMBER).stay.lawful is None


def test_a_crossing_that_contradicts_itself_is_amber(desk):
    """It was left out, and the stay was green."""
    person = register(desk, "RUS")
    assert person_status(desk, person.uid).light is Light.GREEN
    wrong = Stay(person=person.uid, entered_on=date(2026, 11, 21), left_on=date(2026, 11, 1))
    with desk.write(Op.SAVE_PERSON) as tx:
        tx.put(wrong)
    status = person_status(desk, person.uid)
    assert (status.stay.lawful, status.light) == (None, Light.AMBER)
    assert {"stay.gap", "crossing.reversed"} <= codes(status)


def test_a_limit_from_memory_is_amber_not_red(desk):
    day = date(2026, 9, 1)
    person = register(desk, "UKR", **entered(day), registered_on=day)
    status = person_status(desk, person.uid)
    assert (status.stay.lawful, status.light) == (None, Light.AMBER)
    assert "stay.disputed" in codes(status)


@pytest.mark.parametrize(
    ("kinds", "regime"),
    [
        (("visa", "rvp", "pmzh"), "pmzh"),
        (("kandas", "visa"), "visa"),
        (("refugee",), "refuge"),
        (("labour_permit",), "eaeu"),
    ],
)
def test_the_list_of_permits_says_which_is_the_strongest_ground(desk, kinds, regime):
    person = register(desk, "RUS")
    with desk.write(Op.ISSUE_PERMIT) as tx:
        for kind in kinds:
            tx.put(
                Permit(
                    person=person.uid,
                    kind=kind,
                    state=PermitState.GRANTED,
                    granted_on=desk.today,
                    valid_from=date(2026, 11, 1),
                    valid_until=date(2027, 11, 1),
                )
            )
    assert person_status(desk, person.uid).stay.regime == regime
