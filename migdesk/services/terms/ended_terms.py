"""Terms of arrivals that run no longer: what closed them, and whether that was too late.

A term that was missed stays a fact after a move, a departure or a late notice: it is told in the file, in its
explanation and beside the light, which it no longer turns red.
"""

from __future__ import annotations

from collections.abc import Iterator

from migdesk.domain.arrival import Arrival, StayBasis
from migdesk.domain.terms import ClosedBy, ClosedTerm, TermKind
from migdesk.services.desk import Desk
from migdesk.services.people.people import PersonFile

_KINDS = (
    (TermKind.NOTICE, "notice_due", "notified_on"),
    (TermKind.REGISTRATION, "registration_due", "registered_on"),
)


def of_file(file: PersonFile) -> list[ClosedTerm]:
    """The terms of all arrivals of a person that were closed, but for those done in time; the newest first."""
    moved = {one.moved_from for one in file.arrivals}
    found = [term for one in file.arrivals for term in _closed(one, moved=one.uid in moved)]
    return sorted(found, key=lambda term: term.closed_on, reverse=True)


def of_arrival(desk: Desk, arrival: Arrival) -> list[ClosedTerm]:
    """The terms of one arrival that were closed, but for those done in time."""
    return list(_closed(arrival, moved=bool(desk.store.live(Arrival, moved_from=arrival.uid, limit=1))))


def _closed(arrival: Arrival, *, moved: bool) -> Iterator[ClosedTerm]:
    for kind, due_name, done_name in _KINDS:
        due, done, left = getattr(arrival, due_name), getattr(arrival, done_name), arrival.left_on
        closed = done or left or arrival.annulled_on
        if due is None or closed is None or (done and done <= due):
            continue
        by = ClosedBy.DONE if done else ClosedBy.MOVE if moved else ClosedBy.DEPARTURE
        if not (done or left):
            by = ClosedBy.ANNULLED
        yield ClosedTerm(kind, due, closed, by, arrival.uid, arrival.basis is StayBasis.CITIZEN)
