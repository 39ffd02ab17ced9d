"""Which terms begin with an arrival: of a foreigner who came, of one who moved, of a citizen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from migdesk.domain.arrival import Arrival, StayBasis
from migdesk.domain.terms import (
    CITIZEN_TERM,
    MOVE_NOTICE_TERM,
    MOVE_REGISTRATION_TERM,
    NOTICE_TERM,
    REGISTRATION_TERM,
)
from migdesk.i18n import N_
from migdesk.rules.stay import OWN_CITIZEN
from migdesk.services import checks
from migdesk.services.desk import Desk

ARRIVED, MOVED, CROSSED = N_("arrived at the address"), N_("moved to the address"), N_("crossed the border")


def grounded(arrival: Arrival, citizenship: str) -> Arrival:
    """The arrival with its ground of stay: a citizen for whom none was given is here as a citizen."""
    if arrival.basis is None and citizenship == OWN_CITIZEN:
        return replace(arrival, basis=StayBasis.CITIZEN)
    return arrival


@dataclass(frozen=True, slots=True)
class Begun:
    """A term that an arrival began: the field with its due day, its code in the law, the event and its day."""

    field: str
    code: str
    event: str
    start: date | None


def begun_by(arrival: Arrival) -> Iterator[Begun]:
    """The terms of an arrival. Nobody gives notice of a citizen; whoever moved registers anew from the move."""
    came = arrival.arrived_on
    if arrival.basis is StayBasis.CITIZEN:
        yield Begun("registration_due", CITIZEN_TERM, ARRIVED, came)
    elif arrival.moved_from:
        yield Begun("notice_due", MOVE_NOTICE_TERM, MOVED, came)
        yield Begun("registration_due", MOVE_REGISTRATION_TERM, MOVED, came)
    else:
        yield Begun("notice_due", NOTICE_TERM, ARRIVED, came)
        yield Begun("registration_due", REGISTRATION_TERM, CROSSED, arrival.entered_on)


def with_terms(desk: Desk, arrival: Arrival) -> Arrival:
    """The arrival with the due days of the notice and of the registration by the immigrant."""
    due: dict[str, date | None] = {"notice_due": None, "registration_due": None}
    for one in begun_by(arrival):
        due[one.field] = checks.find_due(desk, one.code, one.start) if one.start else None
    return replace(arrival, notice_due=due["notice_due"], registration_due=due["registration_due"])
