"""`event`: what may happen next to a person, moves, returns, crossings, notices; corrections, never overwritten."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from migdesk.cli.call import Call
from migdesk.cli.keys import party_uid, person_of
from migdesk.cli.output import Answer, changed, day_words, finding_lines, findings_document, table
from migdesk.cli.parser import Parser, Verbs, add_group, add_verb, day
from migdesk.domain.arrival import Arrival, Departure, EventSource, Stay, StayBasis
from migdesk.domain.change import Done
from migdesk.domain.errors import Invalid, NotFound, refuse_if_blocked
from migdesk.domain.fields import choice_label
from migdesk.domain.finding import block
from migdesk.domain.party import Address
from migdesk.domain.record import Record
from migdesk.i18n import N_, _
from migdesk.services import records
from migdesk.services.arrivals import annulments, departures, events, happened, moves
from migdesk.services.arrivals.events import Said
from migdesk.services.arrivals.moves import Move, Return
from migdesk.services.desk import Desk
from migdesk.services.laws import explaining
from migdesk.services.people import people
from migdesk.services.people.people import PersonFile
from migdesk.services.stays import crossings

_PERSON = N_("uid, IIN, document number or label")
_NEEDS = N_("Needs an office.")


def add(verbs: Verbs) -> None:
    """Add the group."""
    group = add_group(verbs, "event", _(N_("what happened to a person who is here, or was")))
    _of_person(group, "next", _(N_("which events may come next")), list_next)
    struck = _of_person(group, "list", _(N_("what happened, newest first")), list_events)
    struck.add_argument("--struck", action="store_true", help=_(N_("also what was said and corrected since")))
    move = _of_person(group, "move", _(N_("the person moves to another address")), move_person)
    _day(move, "--day")
    move.add_argument("--place", required=True, metavar="CODE", help=_(N_("settlement: code or name")))
    move.add_argument("--line", default="", metavar="TEXT", help=_(N_("street, house, flat")))
    move.add_argument("--host", metavar="PARTY", help=_(N_("receiving person there: uid or number")))
    move.add_argument("--family", action="store_true", help=_(N_("those who came along move too")))
    move.add_argument("--check", action="store_true", help=_(N_("only say what is odd; write nothing")))
    back = _of_person(group, "return", _(N_("the person is back in the country")), return_person)
    _day(back, "--entered")
    back.add_argument(
        "--arrived", type=day, metavar="DATE", help=_(N_("at the address; as entered when left out"))
    )
    cross = _of_person(group, "crossing", _(N_("a crossing that is no arrival here")), cross_border)
    _day(cross, "--entered")
    cross.add_argument("--left", type=day, metavar="DATE", help=_(N_("day of exit, if there was one")))
    bases = [one.value for one in StayBasis]
    cross.add_argument("--basis", choices=bases, help=_(N_("ground of stay")))
    for verb in (back, cross):
        verb.add_argument("--border-point", default="", metavar="TEXT", help=_(N_("border point")))
    notice = _of_person(group, "notice", _(N_("the receiving person gave notice")), give_notice)
    _day(notice, "--day")
    notice.add_argument(
        "--channel", default="", metavar="CODE", help=_(N_("by which channel: code or words"))
    )
    registered = _of_person(group, "registered", _(N_("the immigrant registered himself")), mark_registered)
    _day(registered, "--day")
    for verb in (move, back, cross, registered):
        add_source(verb)
    _add_corrections(group)


def add_source(verb: Parser) -> None:
    """From what the event is known."""
    known = [one.value for one in EventSource]
    verb.add_argument("--source", choices=known, help=_(N_("from what the event is known")))


def source_of(call: Call) -> EventSource | None:
    """The source that was named."""
    return EventSource(call.args.source) if call.args.source else None


def _add_corrections(group: Verbs) -> None:
    right = add_verb(
        group, "correct", _(N_("other days of an arrival, departure or crossing")), correct, needs=_(_NEEDS)
    )
    whole = N_("arrival, departure or crossing: uid, or number of the arrival or departure")
    right.add_argument("event", metavar="EVENT", help=_(whole))
    right.add_argument("--entered", type=day, metavar="DATE", help=_(N_("day of entry")))
    right.add_argument("--left", type=day, metavar="DATE", help=_(N_("day of exit or departure")))
    right.add_argument("--arrived", type=day, metavar="DATE", help=_(N_("day of the arrival at the address")))
    right.add_argument("--notice", type=day, metavar="DATE", help=_(N_("day of the notice that was given")))
    right.add_argument("--channel", metavar="CODE", help=_(N_("by which channel: code or words")))
    right.add_argument("--registered", type=day, metavar="DATE", help=_(N_("day of the registration")))
    right.add_argument("--host", metavar="PARTY", help=_(N_("receiving person there: uid or number")))
    add_source(right)
    annul_verb = add_verb(group, "annul", _(N_("it did not happen after all")), annul, needs=_(_NEEDS))
    annul_verb.add_argument("event", metavar="EVENT", help=_(whole))
    annul_verb.add_argument("--why", "--reason", required=True, metavar="TEXT", help=_(N_("the reason")))
    told = N_("only say what ends with an arrival and what stays; write nothing")
    annul_verb.add_argument("--check", action="store_true", help=_(told))


def _of_person(group: Verbs, name: str, text: str, run: Any) -> Parser:
    made = add_verb(group, name, text, run, needs=_(_NEEDS))
    made.add_argument("person", metavar="PERSON", help=_(_PERSON))
    return made


def _day(verb: Parser, name: str) -> None:
    verb.add_argument(name, type=day, metavar="DATE", help=_(N_("the day; today when left out")))


def list_next(call: Call) -> Answer:
    """Name the events that may come next.

    Raises:
        NotFound: no such person.
    """
    file = _file(call)
    found = [(one.value, _(events.title_of(one, file))) for one in events.possible(file)]
    document = [{"event": code, "title": title} for code, title in found]
    return Answer(document, table([_(N_("Event")), ""], found))


def list_events(call: Call) -> Answer:
    """List arrivals, notices, departures and crossings of a person.

    Raises:
        NotFound: no such person.
    """
    file = _file(call)
    person = file.person.uid
    told = [*happened.of_file(file), *happened.of_families(call.desk, person)]
    told += happened.of_merges(call.desk, person)
    struck = happened.struck_of(call.desk, person) if call.args.struck else []
    rows = sorted([*told, *struck], key=lambda one: one.on, reverse=True)
    document = [one.as_json() for one in rows]
    headings = [_(N_("Date")), _(N_("Event")), _(N_("Known from")), _(N_("Number")), _(N_("Corrected"))]
    lines = [
        (
            day_words(one.on),
            one.words(),
            choice_label(one.source) if one.source else "",
            one.number,
            _(N_("no longer holds")) if one.is_struck else "",
        )
        for one in rows
    ]
    return Answer(document, table(headings, lines))


def move_person(call: Call) -> Answer:
    """Close the arrival at the old address and open one at the new.

    Raises:
        NotFound: no such person or receiving person.
        Invalid: what is wrong, option by option; nobody lives here.
    """
    args, desk = call.args, call.desk
    old = _here(call)
    also = [one.uid for one, _person in records.open_arrival(desk, old.uid).companions if one.left_on is None]
    move = Move(
        arrival=old.uid,
        moved_on=args.day or call.today,
        address=Address(place=desk.lists.read("kato", args.place) or args.place, line=args.line),
        host=party_uid(desk, args.host),
        source=source_of(call),
        also=tuple(also) if args.family else (),
    )
    if args.check:
        found = moves.check_move(desk, move)
        refuse_if_blocked(found)
        return Answer({"findings": findings_document(found)}, finding_lines(found))
    done = moves.register_move(desk, move)
    rows = [(_(N_("Arrival")), done.value.number), (_(N_("Arrival closed")), old.number)]
    if any(one.code == "host_stays" for one in done.findings):
        rows.append((_(N_("Receiving person")), f"— (event correct {done.value.number} --host …)"))
    return changed(done, rows)


def return_person(call: Call) -> Answer:
    """Open a new arrival at the last address.

    Raises:
        NotFound: no such person.
        Invalid: the person never left, or dates contradict.
    """
    args = call.args
    entered = args.entered or call.today
    person = person_of(call.desk, args.person)
    back = Return(person.uid, entered, args.arrived or entered, args.border_point, source_of(call))
    done = moves.register_return(call.desk, back)
    return changed(done, [(_(N_("Arrival")), done.value.number)])


def cross_border(call: Call) -> Answer:
    """Enter a stay that is no arrival here.

    Raises:
        NotFound: no such person.
        Invalid: its days contradict.
    """
    args = call.args
    stay = Stay(
        person=person_of(call.desk, args.person).uid,
        entered_on=args.entered or call.today,
        left_on=args.left,
        border_point=args.border_point,
        basis=StayBasis(args.basis) if args.basis else None,
        source=source_of(call),
    )
    done = crossings.register_crossing(call.desk, stay)
    return changed(done, [(_(N_("Date of entry")), day_words(done.value.entered_on))])


def give_notice(call: Call) -> Answer:
    """Mark the notice as given.

    Raises:
        NotFound: no such person.
        Invalid: the day contradicts, the channel is none, or nobody lives here.
    """
    args, desk = call.args, call.desk
    channel = desk.lists.read("channels", args.channel) or args.channel
    done = events.give_notice(desk, Said(_here(call).uid, args.day or call.today, channel))
    return changed(done, [(_(N_("Notice given on")), day_words(done.value.notified_on))])


def mark_registered(call: Call) -> Answer:
    """Mark the registration by the immigrant.

    Raises:
        NotFound: no such person.
        Invalid: the day contradicts, or nobody lives here.
    """
    said = Said(_here(call).uid, call.args.day or call.today, source=source_of(call))
    done = events.mark_registered(call.desk, said)
    return changed(done, [(_(N_("Registered on")), day_words(done.value.registered_on))])


def correct(call: Call) -> Answer:
    """Write other days of an arrival, a departure or a crossing; the old ones stay in the journal.

    Raises:
        NotFound: no such arrival, departure or crossing.
        Invalid: days contradict.
    """
    found = _event(call.desk, call.args.event)
    given = _given(call, type(found))
    if isinstance(found, Arrival):
        made = events.correct_arrival(call.desk, found, given)
        return changed(made, [(_(N_("Arrival corrected")), made.value.number)])
    if isinstance(found, Departure):
        done: Done[Any] = departures.correct_departure(call.desk, replace(found, **given))
    else:
        done = crossings.correct_crossing(call.desk, replace(found, **given))
    return changed(done, [(_(N_("Left on")), day_words(done.value.left_on))])


_FIELDS: dict[type[Record], dict[str, str]] = {
    Departure: {"left": "left_on", "source": "source"},
    Stay: {"entered": "entered_on", "left": "left_on", "source": "source"},
    Arrival: {
        "entered": "entered_on",
        "arrived": "arrived_on",
        "notice": "notified_on",
        "channel": "channel",
        "registered": "registered_on",
        "host": "host",
        "source": "source",
    },
}
"""Options that correct each kind of event, and the fields they are."""


def _given(call: Call, cls: type[Record]) -> dict[str, Any]:
    """What is to be written, by field name.

    Raises:
        Invalid: an option that this kind of event has not.
    """
    args, desk, names = call.args, call.desk, _FIELDS[cls]
    options = {name for fields in _FIELDS.values() for name in fields}
    given = {name: getattr(args, name) for name in sorted(options) if getattr(args, name)}
    message = N_("“{title}” has no such day or word: there are {known}.")
    known = ", ".join(f"--{name}" for name in names)
    alien = [
        block("own_field", message, one, title=_(cls.title), known=known) for one in given if one not in names
    ]
    refuse_if_blocked(alien)
    if args.channel:
        given["channel"] = desk.lists.read("channels", args.channel) or args.channel
    if args.host:
        given["host"] = party_uid(desk, args.host)
    if args.source:
        given["source"] = source_of(call)
    return {names[name]: value for name, value in given.items()}


def annul(call: Call) -> Answer:
    """Annul an arrival, a departure or a crossing.

    Raises:
        NotFound: no such arrival, departure or crossing.
        Invalid: no reason is given, or something rests on it.
    """
    found, args = _event(call.desk, call.args.event), call.args
    if args.check:
        told = annulments.check_annulment(call.desk, found.uid) if isinstance(found, Arrival) else []
        refuse_if_blocked(told)
        return Answer({"findings": findings_document(told)}, finding_lines(told))
    done: Done[Any] = _ANNUL[type(found)](call.desk, found.uid, args.why)
    return changed(done, [(_(N_("Annulled on")), day_words(done.value.annulled_on))])


_ANNUL: dict[type[Record], Callable[..., Done[Any]]] = {
    Arrival: annulments.annul_arrival,
    Departure: departures.annul_departure,
    Stay: crossings.annul_crossing,
}
"""What annuls each kind of event."""


def _event(desk: Desk, key: str) -> Arrival | Departure | Stay:
    found: Record = explaining.get_record(desk, key)
    if not isinstance(found, Arrival | Departure | Stay) or found.is_annulled:
        raise NotFound(key)
    return found


def _file(call: Call) -> PersonFile:
    return people.open_file(call.desk, person_of(call.desk, call.args.person).uid)


def _here(call: Call) -> Arrival:
    found = events.open_arrival(_file(call))
    if found is None:
        message = N_("The person is not here by the register: there is no open arrival.")
        raise Invalid([block("not_here", message, "person")])
    return found
