"""The file of an arrival: who came where, what is due and why, who came along; notice, registration, departure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from migdesk.domain.arrival import Arrival, Departure, DepartureKind
from migdesk.domain.change import Done
from migdesk.domain.dates import show_day
from migdesk.domain.fields import Text, spec
from migdesk.domain.listing import Column, Look
from migdesk.i18n import N_
from migdesk.services import arrivals
from migdesk.services.desk import Desk
from migdesk.services.records import ArrivalFile, open_arrival
from migdesk.ui.entry.editor import Section
from migdesk.ui.files.arrival_facts import here_facts
from migdesk.ui.files.file_view import FileSpec, Opened
from migdesk.ui.files.form_dialog import Question, ask
from migdesk.ui.files.short_list import ShortList, show
from migdesk.ui.files.short_list import column as field_column
from migdesk.ui.files.why_date import TermsRail
from migdesk.ui.look import theme
from migdesk.ui.look.labels import Label
from migdesk.ui.look.theme import Tone
from migdesk.ui.look.words import said
from migdesk.ui.parts.actions import Action
from migdesk.ui.parts.band import Band
from migdesk.ui.parts.blocks import card, column, grow, link
from migdesk.ui.parts.facts import Fact, Facts, fact_of, facts_of
from migdesk.ui.parts.frame import Scrolled
from migdesk.ui.parts.panel import Words
from migdesk.ui.parts.pills import Pill
from migdesk.ui.parts.states import state_pill
from migdesk.ui.parts.status_light import NoteView
from migdesk.ui.workplace import Kind, Target, Workplace

_WHERE, _PAPERS, _ALONG = N_("Where and with whom"), N_("Notice and registration"), N_("Came along")
_LACKING = N_("Still missing for an official paper: {what}")
_NOTICE, _REGISTERED = N_("Notice given today"), N_("Registered today")
_LEAVE, _EDIT, _PRINT = N_("Departure…"), N_("Edit"), N_("Print")
_NOTICE_DONE, _REGISTERED_DONE = N_("Notice marked as given: {name}"), N_("Registration marked: {name}")
_LEFT = N_("left on {day}")
_HERE = N_("here now")
_LEAVE_TITLE, _LEAVE_BUTTON = N_("Departure of {name}"), N_("Register the departure")
_LEFT_DONE = N_("Departure {number} registered.")
_HOST = N_("Edit the receiving person")
_OPEN_PERSON = N_("Open the person's file")
_RAIL = 280


def build(opened: Opened) -> QWidget:
    """The content of the file."""
    return ArrivalContent(opened)


class ArrivalContent(QWidget):
    """What an arrival's file shows."""

    def __init__(self, opened: Opened) -> None:
        super().__init__()
        self._opened = opened
        self._work = opened.work
        self._file: ArrivalFile = opened.data
        self.rail = TermsRail(self._work, self._file.terms, opened.carried.get("terms", ()))
        self.band = self._band()
        if opened.wide:
            self._lay_out_wide()
        else:
            self._lay_out_narrow()

    def carry(self) -> dict[str, Any]:
        """Open explanations."""
        return {"terms": self.rail.opened()}

    def acts(self) -> Sequence[Action]:
        """What can be done with an arrival, most wanted first."""
        first, others = self._actions()
        return [*([first] if first else []), *others]

    def mark_notified(self) -> None:
        """The notice was given today."""
        self._correct(replace(self._file.arrival, notified_on=self._work.desk.today), _NOTICE_DONE)

    def mark_registered(self) -> None:
        """The immigrant registered today."""
        self._correct(replace(self._file.arrival, registered_on=self._work.desk.today), _REGISTERED_DONE)

    def ask_departure(self) -> None:
        """Ask when and where to the person left."""
        ask_departure(self._work, self._file)

    def _correct(self, arrival: Arrival, message: str) -> None:
        words = said(message, name=self._file.person.full_name)
        self._work.do(arrivals.correct_arrival, arrival, words=lambda _done: words)

    def _actions(self) -> tuple[Action | None, list[Action]]:
        arrival, work, target = self._file.arrival, self._work, self._opened.target
        found: list[Action] = []
        if arrival.left_on is None:
            if arrival.notice_due and arrival.notified_on is None:
                found.append(Action("arrival.notice", _NOTICE, self.mark_notified, "inbox"))
            if arrival.registration_due and arrival.registered_on is None:
                found.append(Action("arrival.registered", _REGISTERED, self.mark_registered, "ok"))
        first = found.pop(0) if found else None
        if work.listens(work.edit_wanted):
            found.append(Action("arrival.edit", _EDIT, lambda: work.edit_wanted.emit(target), "edit"))
        if work.listens(work.edit_wanted) and self._file.host:
            host = Target(Kind.PARTY, self._file.host.uid)
            found.append(Action("arrival.host", _HOST, lambda: work.edit_wanted.emit(host), "people"))
        if work.listens(work.print_wanted):
            found.append(Action("arrival.print", _PRINT, lambda: work.print_wanted.emit(target), "print"))
        if arrival.left_on is None:
            found.append(Action("arrival.leave", _LEAVE, self.ask_departure, "right"))
        return first, found

    def _band(self) -> Band:
        file, desk = self._file, self._work.desk
        arrival = file.arrival
        state = state_pill(spec(Arrival, "state").field, arrival.state)
        if arrival.left_on:
            where = Pill(Tone.PLAIN, said(_LEFT, day=show_day(arrival.left_on)), "right")
        else:
            where = Pill(Tone.INFO, said(_HERE), "pin")
        pills = [where, *([state] if state else [])]
        band = Band(file.person.full_name, pills, kind="title" if self._opened.wide else "section")
        person = link(said(_OPEN_PERSON))
        person.clicked.connect(lambda _on=False: self._work.open(Kind.PERSON, file.person.uid))
        band.add_facts(
            [
                fact_of(desk, arrival, "number"),
                fact_of(desk, file.person, "citizenship"),
                Fact(N_("Document number"), file.document.number if file.document else ""),
                Fact(N_("IIN"), file.person.iin),
            ]
        )
        band.add_widget(person)
        first, others = self._actions()
        band.add_actions(first, others)
        return band

    def _cards(self) -> list[QWidget]:
        file, desk = self._file, self._work.desk
        parts: list[QWidget] = []
        if file.lacking:
            words = said(_LACKING, what=", ".join(said(one) for one in file.lacking))
            parts.append(NoteView(Tone.WARN, words))
        parts.append(card(Facts(here_facts(self._work, file)), title=_WHERE))
        names = (
            "notice_due",
            "notified_on",
            "channel",
            "registration_due",
            "registered_on",
            "from_country",
            "border_point",
            "visa_category",
            "visa_number",
            "left_on",
            "previous_address",
            "note",
        )
        parts.append(card(Facts(facts_of(desk, file.arrival, *names)), title=_PAPERS))
        return parts

    def _along(self) -> list[QWidget]:
        if not self._file.companions:
            return []
        return [column(Label(_ALONG, "section"), self._companions())]

    def _companions(self) -> QWidget:
        columns = (
            Column("name", Text(N_("Person")), 200),
            field_column(Arrival, "number", 140),
            field_column(Arrival, "state", 110, Look.STATE),
        )
        rows = [(person.full_name, one.number, one.state) for one, person in self._file.companions]
        what = ShortList(
            "file.companions",
            _ALONG,
            columns,
            rows,
            [one.uid for one, _person in self._file.companions],
            Words("people", N_("Nobody came along")),
        )
        return show(self._work, what, lambda uid: self._work.open(Kind.ARRIVAL, uid), whole=True)

    def _lay_out_wide(self) -> None:
        below = QHBoxLayout()
        below.setSpacing(theme.L)
        inner = column(gap=theme.M, stretch=True)
        below.addWidget(Scrolled(inner), 1)
        self._grow(inner)
        rail = Scrolled(column(self.rail, stretch=True))
        rail.setFixedWidth(_RAIL)
        below.addWidget(rail)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.M)
        whole.addWidget(self.band)
        whole.addLayout(below, 1)

    def _lay_out_narrow(self) -> None:
        parts: list[QWidget] = [self.band]
        if self._file.terms:
            parts.append(self.rail)
        inner = column(*parts, gap=theme.M, stretch=True)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(Scrolled(inner))
        self._grow(inner)

    def _grow(self, inner: QWidget) -> None:
        lines = inner.layout()
        assert isinstance(lines, QVBoxLayout)
        grow(self, lines, [self._cards, self._along])


def ask_departure(work: Workplace, file: ArrivalFile) -> None:
    """A small window: when, what kind, where to."""

    def save(desk: Desk, values: dict[str, Any]) -> Done[Departure]:
        left = Departure(person=file.person.uid, arrival=file.arrival.uid)
        return arrivals.register_departure(desk, replace(left, **values))

    names = ("kind", "left_on", "to_country", "border_point", "note")
    question = Question(
        title=said(_LEAVE_TITLE, name=file.person.full_name),
        button=_LEAVE_BUTTON,
        specs=[spec(Departure, name) for name in names],
        sections=(Section("", (("kind", "left_on"), ("to_country", "border_point"), ("note",))),),
        save=save,
        words=lambda done: said(_LEFT_DONE, number=done.value.number),
        values={"kind": DepartureKind.ADDRESS, "left_on": work.desk.today},
    )
    ask(work, question)


SPEC = FileSpec(
    kind=Kind.ARRIVAL,
    icon="arrivals",
    title=N_("Arrival"),
    load=open_arrival,
    build=build,
    name=lambda data: data.person.full_name,
    watches=frozenset({"arrival", "departure", "person", "document", "address", "party", "setting"}),
    help="stay",
)
