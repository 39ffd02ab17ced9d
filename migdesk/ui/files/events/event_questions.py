"""The small questions of the events of a stay; what an event will end is said below before it is saved."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from migdesk.domain.arrival import Arrival, Departure, DepartureKind, EventSource, Stay
from migdesk.domain.change import Done
from migdesk.domain.dates import show_day
from migdesk.domain.fields import Day, Spec, Text, spec
from migdesk.domain.finding import Finding, Severity
from migdesk.domain.party import Address
from migdesk.domain.person import Person
from migdesk.i18n import N_
from migdesk.services import records
from migdesk.services.arrivals import departures, events, moves
from migdesk.services.arrivals.events import DEPARTURE_KINDS, Next, Said
from migdesk.services.arrivals.moves import Move, Return
from migdesk.services.desk import Desk
from migdesk.services.people.people import PersonFile
from migdesk.services.records import ArrivalFile
from migdesk.services.stays import crossings
from migdesk.ui.entry.editor import Section
from migdesk.ui.files.questions.addresses import ADDRESS
from migdesk.ui.files.questions.form_dialog import FormDialog, Fresh, Question, ask, laid
from migdesk.ui.files.questions.hosts import with_hosts
from migdesk.ui.files.questions.people_ticks import PeopleTicks, Relative
from migdesk.ui.look.labels import Label
from migdesk.ui.look.words import said
from migdesk.ui.workplace import Workplace

LEAVE_TITLE, LEAVE_BUTTON = N_("Departure of {name}"), N_("Register the departure")
LEFT_DONE = N_("Departure {number} registered.")
_MOVE_TITLE, _MOVE_BUTTON = N_("Move of {name}"), N_("Register the move")
_MOVED = N_("Move registered: arrival {number}. Registration is due on {day}.")
_MOVED_PLAINLY = N_("Move registered: arrival {number}.")
_BACK_TITLE, _BACK_BUTTON = N_("Return of {name}"), N_("Register the return")
_BACK_LEAD = N_("A new arrival at the last address, with a new entry and its terms.")
_BACK_DONE = N_("Return registered: arrival {number}.")
_CROSS_TITLE, _CROSS_BUTTON = N_("Crossing of {name}"), N_("Enter the crossing")
_CROSS_LEAD = N_("Days here without an arrival at this office: they count for the stay, no term begins.")
_CROSS_DONE = N_("Crossing entered: {name}")
_NOTICE_TITLE, _REGISTERED_TITLE = N_("Notice about {name}"), N_("Registration of {name}")
_MARK = N_("Save")
_NOTICE_DONE, _REGISTERED_DONE = N_("Notice marked as given: {name}"), N_("Registration marked: {name}")
_MOVED_ON, _ON, _ALONG = N_("Moved on"), N_("Date"), N_("Who moves along")
_DEPARTURE = ("kind", "left_on", "to_country", "border_point", "to_place", "move_reason", "source", "note")
_DEPARTURE_ROWS = (
    ("kind", "left_on"),
    ("to_country", "border_point"),
    ("to_place", "move_reason"),
    ("source",),
    ("note",),
)


def ask_leaving(
    work: Workplace, name: str, departure: Departure, save: Callable[..., Done[Departure]] | None = None
) -> FormDialog:
    """When, what kind, where to, from what it is known; below, what it will end. `save` corrects one there is."""
    run = save or departures.register_departure

    def foretell(desk: Desk, values: dict[str, Any]) -> Sequence[Finding]:
        return departures.check_departure(desk, replace(departure, **values))

    def again(desk: Desk) -> Fresh:
        return laid(desk.store.get(Departure, departure.uid), _DEPARTURE, run)

    found = laid(departure, _DEPARTURE, run)
    return ask(
        work,
        Question(
            key=f"departure.correct/{departure.uid}"
            if save
            else f"person.{departure.kind}/{departure.person}",
            title=said(LEAVE_TITLE, name=name),
            button=LEAVE_BUTTON if save is None else _MARK,
            specs=[spec(Departure, one) for one in _DEPARTURE],
            sections=(Section("", _DEPARTURE_ROWS),),
            save=found.save,
            words=lambda done: said(LEFT_DONE, number=done.value.number),
            values=found.values,
            foretell=foretell if save is None else None,
            again=again if save else None,
            sources=with_hosts(work),
        ),
    )


def _ask_departure(kind: DepartureKind, work: Workplace, file: PersonFile) -> FormDialog:
    here = events.open_arrival(file)
    uid = here.uid if here else None
    departure = Departure(person=file.person.uid, arrival=uid, kind=kind, left_on=work.desk.today)
    return ask_leaving(work, file.person.full_name, departure)


def _ask_move(work: Workplace, file: PersonFile) -> None:
    here = events.open_arrival(file)
    assert here
    work.tasks.read(records.open_arrival, work.desk, here.uid, done=partial(ask_move, work))


def ask_move(work: Workplace, file: ArrivalFile) -> FormDialog:
    """When, to which address and host, who of the family moves along."""
    old, name = file.arrival, file.person.full_name
    along = [(one, person) for one, person in file.companions if one.left_on is None]
    ticks = _ticks(along)
    specs = [
        Spec("moved_on", Day(_MOVED_ON, required=True), True),
        *(_required(ADDRESS, Address, one) for one in ("place", "line", "rka")),
        spec(Arrival, "host"),
        spec(Arrival, "source"),
    ]
    rows = (("moved_on", "source"), ("address.place", "address.line"), ("host", "address.rka"))
    question = Question(
        key=f"arrival.move/{old.uid}",
        title=said(_MOVE_TITLE, name=name),
        button=_MOVE_BUTTON,
        specs=specs,
        sections=(Section("", rows),),
        save=lambda desk, values: moves.register_move(desk, _move(old, values)),
        words=_moved_words,
        values={"moved_on": work.desk.today, "source": EventSource.WORD},
        sources=with_hosts(work),
        more=ticks,
        foretell=lambda desk, values: moves.check_move(desk, _move(old, values)),
        width=640,
    )
    return ask(work, question)


def _move(old: Arrival, values: Mapping[str, Any]) -> Move:
    address = Address(place=values["address.place"], line=values["address.line"], rka=values["address.rka"])
    also = tuple(values.get("members", ()))
    return Move(old.uid, values["moved_on"], address, values["host"], values["source"], also)


def _moved_words(done: Done[Arrival]) -> str:
    made = done.value
    if made.registration_due is None:
        return said(_MOVED_PLAINLY, number=made.number)
    return said(_MOVED, number=made.number, day=show_day(made.registration_due))


class _Along(QWidget):
    """Who of the family moves along: all, until somebody is ticked off."""

    def __init__(self, people: Sequence[Relative]) -> None:
        super().__init__()
        self._ticks = PeopleTicks(people, [one.uid for one in people], title=False, first_applies=False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(Label(_ALONG, "strong"))
        column.addWidget(self._ticks)

    def values(self) -> dict[str, object]:
        """The arrivals that end and begin with it."""
        return self._ticks.values()

    def typed(self) -> str:
        """Who is ticked, for a draft."""
        return self._ticks.typed()

    def set_typed(self, text: str) -> None:
        """Tick those of a draft."""
        self._ticks.set_typed(text)


def _ticks(along: Iterable[tuple[Arrival, Person]]) -> _Along | None:
    people = [Relative(one.uid, person.full_name, one.number) for one, person in along]
    return _Along(people) if people else None


def _required(prefix: str, cls: type[Address], name: str) -> Spec:
    found = spec(cls, name)
    return Spec(f"{prefix}{name}", found.field, found.optional)


def _ask_return(work: Workplace, file: PersonFile) -> FormDialog:
    person, today = file.person, work.desk.today

    def back(values: Mapping[str, Any]) -> Return:
        return Return(person.uid, **values)

    names = ("entered_on", "arrived_on", "border_point", "source")
    question = Question(
        key=f"person.return/{person.uid}",
        title=said(_BACK_TITLE, name=person.full_name),
        button=_BACK_BUTTON,
        specs=[spec(Arrival, one) for one in names],
        sections=(Section("", (names[:2], names[2:])),),
        save=lambda desk, values: moves.register_return(desk, back(values)),
        words=lambda done: said(_BACK_DONE, number=done.value.number),
        values={"entered_on": today, "arrived_on": today},
        lead=_BACK_LEAD,
    )
    return ask(work, question)


def _ask_crossing(work: Workplace, file: PersonFile) -> FormDialog:
    return ask_stay(work, file.person.full_name, Stay(person=file.person.uid))


def ask_stay(
    work: Workplace, name: str, stay: Stay, save: Callable[..., Done[Stay]] = crossings.register_crossing
) -> FormDialog:
    """The days of a stay that is no arrival here, or other days of one there is."""
    names = ("entered_on", "left_on", "border_point", "basis", "valid_until", "source")
    found = laid(stay, names, save)
    question = Question(
        key=f"stay.correct/{stay.uid}" if stay.rev else f"person.crossing/{stay.person}",
        title=said(_CROSS_TITLE, name=name),
        button=_CROSS_BUTTON if stay.rev == 0 else _MARK,
        specs=[spec(Stay, one) for one in names],
        sections=(Section("", (names[:2], names[2:4], names[4:])),),
        save=found.save,
        words=lambda _done: said(_CROSS_DONE, name=name),
        values=found.values,
        lead=_CROSS_LEAD if stay.rev == 0 else "",
        again=(lambda desk: laid(desk.store.get(Stay, stay.uid), names, save)) if stay.rev else None,
    )
    return ask(work, question)


def _ask_said(which: Next, work: Workplace, file: PersonFile) -> FormDialog:
    """The day of a notice or a registration, and how it is known."""
    here, name = events.open_arrival(file), file.person.full_name
    assert here
    is_notice = which is Next.NOTICE
    known = spec(Arrival, "channel") if is_notice else spec(Stay, "source")
    run = events.give_notice if is_notice else events.mark_registered
    done_words = _NOTICE_DONE if is_notice else _REGISTERED_DONE
    question = Question(
        key=f"arrival.{which}/{here.uid}",
        title=said(_NOTICE_TITLE if is_notice else _REGISTERED_TITLE, name=name),
        button=_MARK,
        specs=[Spec("on", Day(_ON, required=True), True), known],
        sections=(Section("", (("on", known.name),)),),
        save=lambda desk, values: run(desk, Said(here.uid, **values)),
        words=lambda _done: said(done_words, name=name),
        values={"on": work.desk.today},
    )
    return ask(work, question)


def _new_arrival(work: Workplace, file: PersonFile) -> None:
    work.new_arrival_wanted.emit(file.person.uid)


@dataclass(frozen=True, slots=True)
class Annulled:
    """What is annulled: the key of the question, its title, and what is said when it is done."""

    key: str
    title: str
    done: str


def ask_why(
    work: Workplace,
    what: Annulled,
    run: Callable[[Desk, str], Done[Any]],
    foretell: Callable[[Desk], Sequence[Finding]] | None = None,
) -> FormDialog:
    """The reason of an annulment; `foretell` says below what ends with it, or what stands against it."""

    def told(desk: Desk, _values: dict[str, Any]) -> Sequence[Finding]:
        """What would be refused is no matter of a field: it is said before a reason is typed."""
        found = foretell(desk) if foretell else ()
        return [
            replace(one, severity=Severity.WARN) if one.severity is Severity.BLOCK else one for one in found
        ]

    field = Text(N_("Reason of annulment"), required=True)
    question = Question(
        key=what.key,
        title=what.title,
        button=N_("Annul"),
        specs=[Spec("annulled_why", field, False)],
        sections=(Section("", (("annulled_why",),)),),
        save=lambda desk, values: run(desk, values["annulled_why"]),
        words=lambda _done: what.done,
        values={},
        foretell=told if foretell else None,
    )
    return ask(work, question)


QUESTIONS: dict[Next, Callable[[Workplace, PersonFile], object]] = {
    Next.ARRIVAL: _new_arrival,
    Next.NOTICE: partial(_ask_said, Next.NOTICE),
    Next.REGISTRATION: partial(_ask_said, Next.REGISTRATION),
    Next.MOVE: _ask_move,
    **{one: partial(_ask_departure, kind) for one, kind in DEPARTURE_KINDS.items()},
    Next.RETURN: _ask_return,
    Next.CROSSING: _ask_crossing,
}
"""What asks about each event."""
