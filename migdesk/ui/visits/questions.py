"""What is asked to book a time, to move somebody, and to say when the office receives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from migdesk.domain.appointment import Appointment, OfficeHours
from migdesk.domain.change import Done
from migdesk.domain.dates import show_day
from migdesk.domain.fields import Spec, Text, Whole, spec
from migdesk.domain.finding import Finding
from migdesk.domain.person import Person
from migdesk.i18n import N_
from migdesk.services.desk import Desk
from migdesk.services.people import people
from migdesk.services.terms import appointments, office_hours
from migdesk.services.terms.visit_checks import check_typed
from migdesk.ui.entry.editor import Section
from migdesk.ui.entry.people import with_people
from migdesk.ui.files.questions.form_dialog import WIDE, FormDialog, Question, ask
from migdesk.ui.look.words import said
from migdesk.ui.workplace import Workplace

_BOOK, _BOOK_BUTTON = N_("New appointment"), N_("Book")
_MOVE, _MOVE_BUTTON = N_("Another time for {name}"), N_("Move")
_HOURS, _HOURS_BUTTON = N_("When the office receives"), N_("Save")
_HOURS_LEAD = N_(
    "These are the choice of the office. A window with another name takes its appointments along; one where "
    "people are expected is not given up."
)
_PROPOSED = ("day", "at", "window")
_BOOKED, _MOVED = N_("{name}: {day} at {at}, No. {number}"), N_("{name} is expected on {day} at {at} now.")
_KEPT = N_("The hours were changed.")
_FIELDS = ("person", "name", "phone", "day", "at", "window", "minutes", "service", "purpose", "note")
_OF_HOURS = {
    "opens": Text(N_("Opens at"), required=True, max=5),
    "closes": Text(N_("Closes at"), required=True, max=5),
    "lunch_from": Text(N_("Break from"), max=5),
    "lunch_to": Text(N_("Break until"), max=5),
    "minutes": Whole(N_("Minutes of a visit"), required=True, min=5, max=240),
    "windows": Text(N_("Windows, with commas between"), required=True),
}


def ask_book(work: Workplace, values: Mapping[str, Any], *, is_next: bool = False) -> FormDialog:
    """Ask for an appointment; choosing a person of the register names him.

    `is_next` says that the time given is the next free one: when it was given away meanwhile, and nobody typed
    another, the next one after it is taken.
    """

    def save(desk: Desk, given: dict[str, Any]) -> Done[Appointment]:
        visit = Appointment(**given)
        if is_next and all(given[name] == values[name] for name in _PROPOSED):
            return appointments.book_next(desk, replace(visit, window=""), visit.day)
        return appointments.book(desk, visit)

    question = Question(
        key=f"visit.book/{values.get('person') or ''}",
        title=_BOOK,
        button=_BOOK_BUTTON,
        specs=[spec(Appointment, name) for name in _FIELDS],
        sections=(
            Section("", (("person",), ("name", "phone"), ("day", "at"), ("window", "minutes"))),
            Section("", (("service",), ("purpose",), ("note",))),
        ),
        save=save,
        words=_booked,
        values=dict(values),
        sources=with_people(work.desk, work.sources()),
        width=WIDE,
        start="day" if values.get("person") else "",
    )
    dialog = ask(work, question)
    dialog.form.changed.connect(lambda name: _name_person(work, dialog) if name == "person" else None)
    dialog.form.left.connect(lambda name: _look_at_name(dialog) if name == "name" else None)
    return dialog


def ask_book_person(work: Workplace, person: Person) -> FormDialog:
    """Ask for an appointment of a person of the register; the next free time is proposed."""
    known = appointments.visit_of(person)
    values: dict[str, Any] = {"person": person.uid, "name": known.name, "phone": known.phone}
    found = appointments.next_free(work.desk)
    if found:
        values |= {"day": found[0], "at": found[1].at, "window": found[1].window}
    return ask_book(work, values, is_next=found is not None)


def ask_move(work: Workplace, visit: Appointment, day: date, at: str) -> FormDialog:
    """Ask for another day and time; proposed is the next free one."""

    def save(desk: Desk, given: dict[str, Any]) -> Done[Appointment]:
        return appointments.move(desk, visit.uid, given["day"], given["at"], given["window"])

    question = Question(
        key=f"visit.move/{visit.uid}",
        title=said(_MOVE, name=visit.name),
        button=_MOVE_BUTTON,
        specs=[spec(Appointment, name) for name in ("day", "at", "window")],
        sections=(Section("", (("day", "at"), ("window",))),),
        save=save,
        words=_moved,
        values={"day": day, "at": at, "window": visit.window},
    )
    return ask(work, question)


def ask_hours(work: Workplace) -> FormDialog:
    """Ask when the office receives."""
    kept = office_hours.get_hours(work.desk)

    def save(desk: Desk, given: dict[str, Any]) -> Done[OfficeHours]:
        return office_hours.set_hours(desk, _hours(given))

    def foretell(desk: Desk, given: dict[str, Any]) -> list[Finding]:
        return office_hours.check_hours(desk, _hours(given)) if given["minutes"] else []

    values = {name: getattr(kept, name) for name in _OF_HOURS} | {"windows": ", ".join(kept.windows)}
    question = Question(
        key="visit.hours",
        title=_HOURS,
        button=_HOURS_BUTTON,
        lead=_HOURS_LEAD,
        specs=[Spec(name, field, optional=False) for name, field in _OF_HOURS.items()],
        sections=(Section("", (("opens", "closes"), ("lunch_from", "lunch_to"), ("minutes", "windows"))),),
        save=save,
        words=_kept,
        values=values,
        foretell=foretell,
    )
    return ask(work, question)


def _name_person(work: Workplace, dialog: FormDialog) -> None:
    uid = dialog.form.boxes["person"].value()
    if uid:
        known = appointments.visit_of(people.get_person(work.desk, uid))
        dialog.form.set_values({"name": known.name, "phone": known.phone})


def _hours(given: Mapping[str, Any]) -> OfficeHours:
    return OfficeHours(**{**given, "windows": tuple(str(given["windows"]).split(","))})


def _kept(done: Done[OfficeHours]) -> str:
    return " ".join([said(_KEPT), *(one.words() for one in done.findings)])


def _look_at_name(dialog: FormDialog) -> None:
    """What is odd about the name of somebody without a file is said below it."""
    box = dialog.form.boxes["name"]
    box.show_findings(check_typed(Appointment(person=dialog.form.boxes["person"].value(), name=box.value())))


def _booked(done: Done[Appointment]) -> str:
    visit = done.value
    return said(_BOOKED, name=visit.name, day=show_day(visit.day), at=visit.at, number=visit.number)


def _moved(done: Done[Appointment]) -> str:
    visit = done.value
    return said(_MOVED, name=visit.name, day=show_day(visit.day), at=visit.at)
