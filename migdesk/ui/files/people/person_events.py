"""What a person's timeline tells: every dated event of the file, and what is due."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from migdesk.domain.arrival import Arrival, Departure, EventSource, Stay
from migdesk.domain.case import Case, CaseState
from migdesk.domain.dates import show_day
from migdesk.domain.fields import choice_label
from migdesk.domain.permit import Permit, PermitState
from migdesk.domain.protection import PersonNote
from migdesk.domain.terms import ClosedBy
from migdesk.i18n import N_
from migdesk.services.arrivals import happened
from migdesk.services.arrivals.happened import Happened
from migdesk.services.desk import Desk
from migdesk.services.people.people import PersonFile
from migdesk.services.terms import ended_terms
from migdesk.ui.files.pieces.timeline import Event
from migdesk.ui.look.theme import Tone
from migdesk.ui.look.words import said
from migdesk.ui.parts.states import due_pill
from migdesk.ui.workplace import Kind, Target, term_target

_ARRIVED, _RETURNED = N_("Arrived: {purpose}"), N_("Returned: {purpose}")
_CROSSED = N_("Crossed the border")
_NOTICE, _LATE = N_("Notice of arrival given"), N_("{n} days late")
_GRANTED, _ENDED, _REVOKED = N_("Granted: {kind}"), N_("Ended: {kind}"), N_("Revoked: {kind}")
_UNTIL = N_("until {day}")
_APPLIED = N_("Applied: {service}")
_DECIDED = N_("Decided: {service}")
_PRINTED = N_("Printed: {form}")
_DUE = N_("Due: {what}")
_MISSED, _NO_LONGER = N_("Missed: {what}"), N_("Runs no longer: {what}")
_WAS_DUE = N_("was due on {day}")
_MOVED = N_("Moved here: {purpose}")
_KNOWN = N_("known from {source}")
_CORRECTED = N_("corrected since, no longer holds")


def events_of(desk: Desk, file: PersonFile, form: Callable[[str], str]) -> list[Event]:
    """All events of a file in no order; `form` says the title of an official form."""
    found: list[Event] = []
    back = happened.returns(file.arrivals, file.departures)
    for arrival in file.arrivals:
        found += _of_arrival(desk, arrival, _RETURNED if arrival.uid in back else _ARRIVED)
    for departure in file.departures:
        found += _of_departure(desk, departure)
    found += _of_stays(file)
    for permit in file.permits:
        found += _of_permit(desk, permit)
    for case in file.cases:
        found += _of_case(desk, case)
    for printout in file.printouts:
        if printout.printed_at:
            words = said(_PRINTED, form=form(printout.form))
            target = Target(Kind.PRINTOUT, printout.uid)
            day = printout.printed_at.astimezone().date()
            found.append(Event(day, words, printout.number, "papers", Tone.PLAIN, target))
    found += _due(desk, file)
    found += _closed(file)
    return found


def of_families(told: Iterable[Happened]) -> list[Event]:
    """What happened in the families of the person, and what a merge of files closed; each opens its record."""
    return [
        Event(one.on, one.words(), one.number, "people", Tone.PLAIN, Target(Kind(one.table), one.uid))
        for one in told
    ]


def of_notes(known: Iterable[PersonNote]) -> list[Event]:
    """Notes that everybody may read; each opens its own words."""
    return [
        Event(
            one.written_on,
            said(PersonNote.title),
            " ".join(one.text.split()),
            "edit",
            Tone.PLAIN,
            Target(Kind.NOTE, one.uid),
        )
        for one in known
        if one.written_on
    ]


def struck_event(one: Happened) -> Event:
    """Something once said that no longer holds; it opens what it was said of."""
    target = Target(Kind(one.table), one.uid)
    return Event(one.on, one.words(), said(_CORRECTED), "annul", Tone.PLAIN, target, struck=True)


def _of_departure(desk: Desk, departure: Departure) -> Iterator[Event]:
    if departure.left_on and departure.kind:
        where = desk.lists.label("countries", departure.to_country)
        detail = _joined(where, departure.number, _known(departure.source))
        target = Target(Kind.DEPARTURE, departure.uid)
        yield Event(departure.left_on, choice_label(departure.kind), detail, "right", Tone.PLAIN, target)


def _of_stays(file: PersonFile) -> Iterator[Event]:
    """Crossings that no arrival and no departure tells of."""
    stays = {one.uid: one for one in file.stays}
    for one in happened.of_file(file):
        if one.table == Stay.table:
            stay = stays[one.uid]
            detail = _joined(stay.border_point, _known(stay.source))
            yield Event(one.on, said(one.title), detail, "pin", Tone.PLAIN, Target(Kind.STAY, one.uid))


def _known(source: EventSource | None) -> str:
    """From what an event is known."""
    return said(_KNOWN, source=choice_label(source)) if source else ""


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def _of_arrival(desk: Desk, arrival: Arrival, came: str) -> Iterator[Event]:
    target = Target(Kind.ARRIVAL, arrival.uid)
    purpose = desk.lists.label("purposes", arrival.purpose)
    if arrival.arrived_on:
        origin = desk.lists.label("countries", arrival.from_country)
        detail = _joined(arrival.number, origin, _known(arrival.source))
        words = said(_MOVED if arrival.moved_from else came, purpose=purpose)
        yield Event(arrival.arrived_on, words, detail, "arrivals", Tone.INFO, target)
    if arrival.entered_on and arrival.entered_on != arrival.arrived_on and not arrival.moved_from:
        detail = " · ".join(
            part
            for part in (arrival.border_point, choice_label(arrival.basis) if arrival.basis else "")
            if part
        )
        yield Event(arrival.entered_on, said(_CROSSED), detail, "right", Tone.PLAIN, target)
    if arrival.notified_on:
        late = (arrival.notified_on - arrival.notice_due).days if arrival.notice_due else 0
        tone = Tone.WARN if late > 0 else Tone.OK
        words = said(_LATE, n=late) if late > 0 else desk.lists.label("channels", arrival.channel)
        yield Event(arrival.notified_on, said(_NOTICE), words, "inbox", tone, target)
    if arrival.registered_on:
        detail = _known(arrival.registered_source)
        yield Event(
            arrival.registered_on, said(happened.registered_title(arrival)), detail, "ok", Tone.OK, target
        )


def _of_permit(desk: Desk, permit: Permit) -> Iterator[Event]:
    target = Target(Kind.PERMIT, permit.uid)
    kind = desk.lists.label("permit_kinds", permit.kind)
    until = said(_UNTIL, day=show_day(permit.valid_until)) if permit.valid_until else ""
    detail = " · ".join(part for part in (permit.number, until) if part)
    if permit.granted_on:
        yield Event(permit.granted_on, said(_GRANTED, kind=kind), detail, "permits", Tone.OK, target)
    if permit.revoked_on:
        words = " · ".join(part for part in (permit.number, permit.grounds) if part)
        yield Event(permit.revoked_on, said(_REVOKED, kind=kind), words, "annul", Tone.BAD, target)
    elif permit.state is PermitState.GRANTED and permit.ends_on and permit.ends_on < desk.today:
        yield Event(permit.ends_on, said(_ENDED, kind=kind), permit.number, "permits", Tone.PLAIN, target)


def _of_case(desk: Desk, case: Case) -> Iterator[Event]:
    target = Target(Kind.CASE, case.uid)
    service = desk.lists.label("procedures", case.service)
    if case.applied_on:
        yield Event(case.applied_on, said(_APPLIED, service=service), case.number, "cases", Tone.INFO, target)
    if case.decided_on and case.state:
        tone = Tone.OK if case.state is CaseState.GRANTED else Tone.BAD
        detail = " · ".join(
            part for part in (choice_label(case.state), case.number, case.protocol, case.certificate) if part
        )
        yield Event(case.decided_on, said(_DECIDED, service=service), detail, "cases", tone, target)


def _closed(file: PersonFile) -> Iterator[Event]:
    """Terms that a move or a departure closed: a missed one on its last day, another where it was closed."""
    for term in ended_terms.of_file(file):
        target, what = Target(Kind.ARRIVAL, term.record_uid), said(term.title)
        if term.by is ClosedBy.DONE:
            continue
        if term.is_missed:
            yield Event(term.due, said(_MISSED, what=what), term.how(), "clock", Tone.BAD, target)
        else:
            detail = f"{said(_WAS_DUE, day=show_day(term.due))} · {term.how()}"
            yield Event(term.closed_on, said(_NO_LONGER, what=what), detail, "clock", Tone.PLAIN, target)


def _due(desk: Desk, file: PersonFile) -> Iterator[Event]:
    for term in file.terms:
        pill = due_pill(term.due, desk.today)
        assert pill is not None
        words = said(_DUE, what=said(term.title))
        target = term_target(term.kind, term.record_uid)
        yield Event(term.due, words, pill.words, "clock", pill.tone, target)
