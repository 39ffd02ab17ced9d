"""Permits: which state may follow which, whose unit returns when, and numbers that are given once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from migdesk.domain.change import Op
from migdesk.domain.errors import Invalid, MigDeskError, NotFound, Refused
from migdesk.domain.permit import TRANSITIONS, Permit, PermitState
from migdesk.domain.quota import Reservation, ReservationState, Stream
from migdesk.services.arrivals import arrivals
from migdesk.services.cases import case_file, cases
from migdesk.services.laws import explaining
from migdesk.services.papers import printing
from migdesk.services.people import people
from migdesk.services.permits import permits
from migdesk.services.quotas import quotas
from migdesk.services.quotas.quotas import Pot
from migdesk.services.upkeep import journal
from tests import make
from tests.services.test_arrivals import family

POT = Pot(Stream.KANDAS, "550000000", 2026)


@pytest.fixture
def registered(desk):
    return arrivals.register_arrival(desk, family()).value


def permit(**given) -> Permit:
    values = {
        "kind": "rvp",
        "valid_from": make.TODAY,
        "valid_until": date(2027, 11, 22),
        "region": "550000000",
    }
    return Permit(**{**values, **given})


MOVES = {
    PermitState.EXTENDED: lambda desk, uid: permits.extend(desk, uid, date(2028, 1, 1)),
    PermitState.REVOKED: lambda desk, uid: permits.revoke(desk, uid, "№ 1"),
}


@pytest.mark.parametrize("target", MOVES)
@pytest.mark.parametrize("state", PermitState)
def test_a_permit_moves_only_as_its_table_says(desk, registered, state, target):
    with desk.write(Op.SAVE_PERSON) as tx:
        held = tx.put(permit(person=registered.people[0].uid, state=state))
    try:
        MOVES[target](desk, held.uid)
        moved = True
    except Refused as refused:
        assert [one.code for one in refused.findings] == ["permit.state"]
        moved = False
    assert moved == (target in TRANSITIONS[state])
    assert desk.store.get(Permit, held.uid).state is (target if moved else state)


@pytest.mark.parametrize("state", PermitState)
def test_what_has_ended_never_begins_again(state):
    assert PermitState.APPLIED not in {to for followers in TRANSITIONS.values() for to in followers}
    assert state not in TRANSITIONS[state]


def unit(desk, given: Permit) -> ReservationState | None:
    return desk.store.get(Reservation, given.reservation or "").state


@pytest.fixture
def extended(desk, registered):
    """A kandas permit with its quota unit, and the one that goes on after it."""
    quotas.allot(desk, POT, 2, "№ 1")
    with desk.write(Op.ISSUE_PERMIT) as tx:
        held = quotas.use(
            desk, tx, quotas.hold(desk, tx, quotas.Hold(POT, 1, person=registered.people[0].uid))
        )
        old = tx.put(
            permit(
                kind="kandas",
                person=registered.people[0].uid,
                reservation=held.uid,
                state=PermitState.GRANTED,
            )
        )
    with desk.write(Op.EXTEND_PERMIT) as tx:
        new = permits.write_extended(desk, tx, old, replace(old, valid_until=date(2028, 11, 22)))
    return desk.store.get(Permit, old.uid), new


@pytest.mark.parametrize("first", [0, 1], ids=["old one first", "new one first"])
def test_a_shared_unit_returns_with_the_last_permit_that_holds_it(desk, extended, first):
    """Revoking the old permit freed the unit under the extension: it could be given away a second time."""
    one, other = extended[first], extended[1 - first]
    permits.revoke(desk, one.uid, "№ 1")
    assert unit(desk, one) is ReservationState.USED
    permits.revoke(desk, other.uid, "№ 2")
    assert unit(desk, other) is ReservationState.RELEASED
    assert quotas.check_pot(desk, POT).balance.free == 2


def test_a_number_of_the_office_is_not_given_by_hand_again(desk, registered):
    first = permits.issue(desk, permit(person=registered.people[0].uid)).value
    for person in registered.people[:2]:
        with pytest.raises(Invalid) as refused:
            permits.issue(desk, permit(person=person.uid, number=first.number))
        assert "number_taken" in {one.code for one in refused.value.findings}


def test_a_visa_of_a_family_may_have_one_number(desk, registered):
    said = [
        permits.issue(desk, permit(kind="visa", person=one.uid, number="1234567"))
        for one in registered.people
    ]
    assert ["number_taken" in {one.code for one in done.findings} for done in said] == [False, True, True]


def test_a_number_taken_back_names_nothing_but_its_history(desk, registered):
    """Annulled permits and cases were found by their number, and papers were printed about them."""
    case = cases.open_case(
        desk, cases.Case(service="kandas_status", person=registered.people[0].uid, applied_on=make.TODAY)
    ).value
    with desk.write(Op.SAVE_PERSON) as tx:
        tx.annul(tx.put(permit(person=registered.people[0].uid, number="X-1")), "test")
    for _op in ("permit", "case", "arrival"):
        journal.undo_last(desk)
    arrival = registered.arrivals[0].number
    lookups = (
        lambda: case_file.get_case(desk, case.number),
        lambda: explaining.get_record(desk, "X-1"),
        lambda: explaining.get_record(desk, arrival),
        lambda: printing.preview(desk, "notification_arrival", arrival),
        lambda: printing.preview(desk, "kandas_application", case.number),
    )
    for look in lookups:
        with pytest.raises(NotFound):
            look()
    assert explaining.explain(desk, case.number)["uid"] == case.uid
    assert [one.op for one in explaining.entries_about(desk, arrival)] == [Op.UNDO, Op.REGISTER_ARRIVAL]


def test_nothing_is_begun_for_a_person_who_does_not_count(desk, registered):
    journal.undo_last(desk)
    gone = registered.people[0]
    with pytest.raises(MigDeskError):
        cases.open_case(desk, cases.Case(service="kandas_status", person=gone.uid, applied_on=make.TODAY))
    with pytest.raises(MigDeskError):
        permits.issue(desk, permit(person=gone.uid))


def test_search_forgets_the_numbers_of_what_was_taken_back(desk, registered):
    case = cases.open_case(
        desk, cases.Case(service="kandas_status", person=registered.people[0].uid, applied_on=make.TODAY)
    ).value
    assert [one.person.uid for one in people.find_people(desk, case.number)] == [registered.people[0].uid]
    journal.undo_last(desk)
    assert people.find_people(desk, case.number) == []
