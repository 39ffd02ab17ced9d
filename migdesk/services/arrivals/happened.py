"""What happened to a person and when, told the same in the window and on the command line; corrected words too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from migdesk.domain.arrival import Arrival, Departure, DepartureKind, EventSource, Stay, StayBasis
from migdesk.domain.change import Op
from migdesk.domain.kin import Began, Ended
from migdesk.domain.person import Family, Membership
from migdesk.domain.record import Record
from migdesk.i18n import N_, _
from migdesk.services.arrivals import events
from migdesk.services.desk import Desk
from migdesk.services.families import families
from migdesk.services.people.merging import SAME_STAY
from migdesk.services.people.people import PersonFile
from migdesk.store import journal

RETURNED = N_("Returned and arrived at the address")
CROSSED, ARRIVED, MOVED = N_("Crossed the border"), N_("Arrived at the address"), N_("Moved to the address")
NOTICE, REGISTERED = N_("Notice of arrival given"), N_("Registered by the immigrant")
CITIZEN_REGISTERED = N_("The citizen was registered")
CLOSED, SAME = N_("Arrival closed when two files were merged"), N_("the same stay as the one that stays open")
BEGAN = N_("the family began")
EXITED, ENTERED = N_("Left the country"), N_("Entered the country")


@dataclass(frozen=True, slots=True)
class Happened:
    """One dated event: English title, the record and field it stands in, from what it is known."""

    on: date
    title: str
    table: str
    uid: str
    field: str
    number: str = ""
    source: EventSource | None = None
    is_struck: bool = False
    who: str = ""
    """To whom it happened, when it was another one of the family; of what a merge of files did, who merged them."""
    why: str = ""
    """The English reason, where one was given by the program."""

    def words(self) -> str:
        """The title in the current language, as a line of its own begins."""
        words = _(self.title)
        why = f" ({_(self.why)})" if self.why else ""
        return f"{words[:1].upper()}{words[1:]}{why}{f': {self.who}' if self.who else ''}"

    def as_json(self) -> dict[str, object]:
        """The event with the keys of the public contract."""
        return {
            "on": self.on.isoformat(),
            "title": self.words(),
            "record": self.table,
            "uid": self.uid,
            "number": self.number or None,
            "source": self.source.value if self.source else None,
            "struck": self.is_struck,
            "who": self.who or None,
            "why": _(self.why) or None,
        }


def of_file(file: PersonFile) -> Iterator[Happened]:
    """The events of a person's stay, in no order; a crossing with which an arrival began is told once."""
    back = returns(file.arrivals, file.departures)
    for arrival in file.arrivals:
        yield from _of_arrival(arrival, RETURNED if arrival.uid in back else ARRIVED)
    for departure in file.departures:
        yield from of_record(departure)
    left = {one.left_on for one in file.departures}
    entered = {one.entered_on for one in file.arrivals}
    for stay in file.stays:
        for one in of_record(stay):
            if one.on not in (entered if one.field == "entered_on" else left):
                yield one


def returns(arrivals: Iterable[Arrival], departures: Iterable[Departure]) -> set[str]:
    """The arrivals that are returns: the first one after each departure from the country, unless it is a move."""
    in_order = sorted(arrivals, key=lambda one: (one.arrived_on or date.max, one.uid))
    found = set()
    for gone in departures:
        if gone.left_on and gone.kind is not DepartureKind.ADDRESS:
            entries = ((one, one.entered_on or one.arrived_on) for one in in_order)
            back = next((one for one, day in entries if day and day >= gone.left_on), None)
            if back and not back.moved_from:
                found.add(back.uid)
    return found


def of_families(desk: Desk, person: str) -> list[Happened]:
    """What happened to a person in his families, and who came to head them while he was in them."""
    places = desk.store.live(Membership, person=person, order="since, id")
    found = []
    for uid in dict.fromkeys(one.family for one in places if one.family):
        for event in families.open_family(desk, uid).events:
            is_his = any(one.uid == person for one in event.people)
            was_in = any(one.family == uid and event.on and one.holds_on(event.on) for one in places)
            if event.on and event.what and (is_his or (event.what is Began.NEW_HEAD and was_in)):
                names = "" if is_his else ", ".join(one.full_name for one in event.people)
                title = _label(event.what)
                found.append(Happened(event.on, title, Family.table, uid, "", who=names))
    return found


def of_merges(desk: Desk, person: str) -> list[Happened]:
    """Arrivals that were closed when another file of the person was merged with this one, and who did that."""
    found = []
    for arrival in desk.store.select(Arrival, "person = ? AND annulled_why = ?", (person, SAME_STAY)):
        entry = next(
            (one for one in journal.entries_of(desk.store, [arrival.uid]) if one.op is Op.MERGE_FILES), None
        )
        if entry and arrival.annulled_on:
            said = (arrival.table, arrival.uid, "annulled_on", arrival.number)
            found.append(Happened(arrival.annulled_on, CLOSED, *said, who=entry.operator, why=SAME))
    return found


def _label(what: Began | Ended) -> str:
    return Began.labels()[what] if isinstance(what, Began) else Ended.labels()[what]


def struck_of(desk: Desk, person: str) -> list[Happened]:
    """What was once said and no longer holds, newest correction first."""
    found = [
        (struck.entry.uid, replace(one, is_struck=True, who=_as_what(desk, struck.record)))
        for struck in events.struck_events(desk, person)
        for one in of_record(struck.record)
        if one.field in _told_in(struck.fields) or "annulled_on" in struck.fields
    ]
    # the crossing with which an arrival began was corrected by the same op: it is told with the arrival
    told = {(op, one.on, one.field) for op, one in found if one.table == Arrival.table}
    return [one for op, one in found if one.table != Stay.table or (op, one.on, one.field) not in told]


def _told_in(fields: frozenset[str]) -> frozenset[str]:
    """The fields under which events stand: a relation is said with the joining."""
    return fields | {"since"} if "relation" in fields else fields


def _as_what(desk: Desk, rec: Record) -> str:
    """What somebody was to the head by a word that was corrected."""
    return desk.lists.label("relations", rec.relation) if isinstance(rec, Membership) else ""


def of_record(rec: Record) -> Iterator[Happened]:
    """The events that stand in one record."""
    if isinstance(rec, Arrival):
        yield from _of_arrival(rec, ARRIVED)
    elif isinstance(rec, Departure) and rec.left_on and rec.kind:
        title = rec.kind.labels()[rec.kind]
        yield Happened(rec.left_on, title, rec.table, rec.uid, "left_on", rec.number, rec.source)
    elif isinstance(rec, Stay):
        for field, title in (("entered_on", ENTERED), ("left_on", EXITED)):
            if on := getattr(rec, field):
                yield Happened(on, title, rec.table, rec.uid, field, "", rec.source)
    elif isinstance(rec, Membership):
        yield from _of_place(rec)


def _of_place(place: Membership) -> Iterator[Happened]:
    """The joining and the leaving; a row that goes on under a new head tells neither."""
    family, began = place.family or "", place.began
    if place.since and began is not Began.NEW_HEAD:
        title = _label(began) if began else BEGAN
        yield Happened(place.since, title, Family.table, family, "since")
    if place.until and place.ended and place.ended is not Ended.NEW_HEAD:
        yield Happened(place.until, _label(place.ended), Family.table, family, "until")


def registered_title(arrival: Arrival) -> str:
    """What the registration of an arrival is called, as an English message."""
    return CITIZEN_REGISTERED if arrival.basis is StayBasis.CITIZEN else REGISTERED


def _of_arrival(arrival: Arrival, title: str) -> Iterator[Happened]:
    came = MOVED if arrival.moved_from else title
    told: tuple[tuple[str, str, EventSource | None], ...] = (
        ("arrived_on", came, arrival.source),
        ("entered_on", CROSSED, arrival.source),
        ("notified_on", NOTICE, None),
        ("registered_on", registered_title(arrival), arrival.registered_source),
    )
    for field, title, source in told:
        on = getattr(arrival, field)
        if on and not (field == "entered_on" and arrival.moved_from):
            yield Happened(on, title, arrival.table, arrival.uid, field, arrival.number, source)
