"""Which papers are offered for a record, the next one first."""

from __future__ import annotations

from migdesk.domain.appointment import Appointment
from migdesk.domain.arrival import RESIDENTS, Arrival, Departure, DepartureKind
from migdesk.domain.case import Case
from migdesk.domain.permit import Permit, PermitState
from migdesk.domain.session import Session, SessionState
from migdesk.services.cases.case_papers import forms_of
from migdesk.services.cases.session_sheet import PROTOCOL
from migdesk.services.certificates import kinds_of
from migdesk.services.desk import Desk
from migdesk.services.papers.coupon import COUPON
from migdesk.services.papers.printing import FormCard, list_forms

RESIDENCE = ("residence_application", "leaf_arrival", "coupon_arrival")
"""Papers of those who register at a place of residence: citizens, and foreigners with permanent residence."""

_IN_FORCE = (PermitState.GRANTED, PermitState.EXTENDED)


def for_case(desk: Desk, case: Case) -> list[FormCard]:
    """Papers of a case: those of its service where it stands, then those of every service.

    A certificate is offered as soon as the applicant has the permit, after the decision.
    """
    elsewhere = {form for one in desk.procedures for form in one.all_forms()}
    held = desk.store.live(Permit, case=case.uid, person=case.person, state=_IN_FORCE)
    about = {"cases", "permit"} if held else {"cases"}
    cards = {one.code: one for one in list_forms(desk.today) if one.about in about}
    own = [cards[code] for code in forms_of(desk, case) if code in cards]
    return [*own, *(one for code, one in cards.items() if code not in elsewhere)]


def for_permit(desk: Desk, permit: Permit) -> list[FormCard]:
    """The certificates of a permit in force."""
    if permit.is_annulled or permit.state not in _IN_FORCE:
        return []
    cards = [one for one in list_forms(desk.today) if one.about == "permit"]
    return [one for one in cards if permit.kind in kinds_of(desk, one.code)]


def for_person(desk: Desk) -> list[FormCard]:
    """Papers of a person, whatever brought him."""
    return [one for one in list_forms(desk.today) if one.about == "person"]


def for_family(desk: Desk) -> list[FormCard]:
    """Papers of a family."""
    return [one for one in list_forms(desk.today) if one.about == "family"]


def for_visit(desk: Desk) -> list[FormCard]:
    """Papers of an appointment."""
    return [one for one in list_forms(desk.today) if one.about == Appointment.table]


def for_session(desk: Desk, session: Session) -> list[FormCard]:
    """Papers of a session of a commission; the protocol only of a closed one."""
    cards = [one for one in list_forms(desk.today) if one.about == Session.table]
    return [one for one in cards if session.state is SessionState.CLOSED or one.code != PROTOCOL]


def for_arrival(desk: Desk, arrival: Arrival | None = None) -> list[FormCard]:
    """Papers of an arrival; those of registration at a place of residence only for who registers so."""
    cards = [one for one in list_forms(desk.today) if one.about == "arrival"]
    if arrival is None or arrival.basis in RESIDENTS:
        return cards
    return [one for one in cards if one.code not in RESIDENCE]


def for_departure(desk: Desk, departure: Departure) -> list[FormCard]:
    """Papers of a departure; the coupon only of one for good."""
    cards = [one for one in list_forms(desk.today) if one.about == Departure.table]
    return [one for one in cards if departure.kind is DepartureKind.FOR_GOOD or one.code != COUPON]
