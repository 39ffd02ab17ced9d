"""The file of an arrival: who came where, what is due and why, who came along; notice, registration, departure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from migdesk.domain.arrival import Arrival, Departure, DepartureKind
from migdesk.domain.dates import show_day
from migdesk.domain.fields import Text, spec
from migdesk.domain.listing import Column, Look
from migdesk.domain.person import Completeness
from migdesk.i18n import N_
from migdesk.services.arrivals import annulments, arrivals, verifying
from migdesk.services.records import ArrivalFile, open_arrival
from migdesk.ui.files import closed_child
from migdesk.ui.files.events.event_questions import Annulled, ask_leaving, ask_move, ask_why
from migdesk.ui.files.events.panel_card import panel_card
from migdesk.ui.files.events.templates import keep_action
from migdesk.ui.files.pieces.arrival_facts import here_facts
from migdesk.ui.files.pieces.file_view import FileSpec, Opened
from migdesk.ui.files.pieces.growth_line import GrowthLine
from migdesk.ui.files.pieces.short_list import ShortList, show
from migdesk.ui.files.pieces.short_list import column as field_column
from migdesk.ui.files.pieces.why_date import TermsRail
from migdesk.ui.look import theme
from migdesk.ui.look.labels import Label
from migdesk.ui.look.theme import Tone
from migdesk.ui.look.words import said
from migdesk.ui.parts.actions import Action
from migdesk.ui.parts.band import Band
from migdesk.ui.parts.blocks import card, column, grow, link, row
from migdesk.ui.parts.facts import Fact, Facts, fact_of, facts_of
from migdesk.ui.parts.frame import Scrolled
from migdesk.ui.parts.panel import Words
from migdesk.ui.parts.pills import Pill
from migdesk.ui.parts.states import state_pill
from migdesk.ui.workplace import Kind, Target, Workplace

_WHERE, _PAPERS, _ALONG = N_("Where and with whom"), N_("Notice and registration"), N_("Came along")
_VERIFY, _VERIFIED_DONE = N_("Verified against the papers"), N_("Marked as verified: {name}")
_VERIFIED = N_("verified by {who}, {day}")
_NOTICE, _REGISTERED = N_("Notice given today"), N_("Registered today")
_LEAVE, _EDIT, _PRINT = N_("Departure…"), N_("Edit"), N_("Print")
_NOTICE_DONE, _REGISTERED_DONE = N_("Notice marked as given: {name}"), N_("Registration marked: {name}")
_LEFT = N_("left on {day}")
_HERE = N_("here now")
_MOVE = N_("Move…")
_HOST = N_("Edit the receiving person")
_OPEN_PERSON = N_("Open the person's file")
_FAMILY = N_("Open the family's file")
_IS_ANNULLED, _ANNUL = N_("annulled"), N_("Annul…")
_ANNUL_TITLE, _ANNULLED = N_("Annul the arrival {number}"), N_("Annulled: {name}")
_RAIL = 280


def build(opened: Opened) -> QWidget:
    """The content of the file; of a child who came alone little, until who may opens it."""
    file: ArrivalFile = opened.data
    return closed_child.closed(opened, file.person) or ArrivalContent(opened)


class ArrivalContent(QWidget):
    """What an arrival's file shows."""

    def __init__(self, opened: Opened) -> None:
        super().__init__()
        self._opened = opened
        self._work = opened.work
        self._file: ArrivalFile = opened.data
        self.rail = TermsRail(
            self._work, self._file.terms, opened.carried.get("terms", ()), self._file.closed
        )
        self.band = self._band()
        if opened.wide:
            self._lay_out_wide()
        else:
            self._lay_out_narrow()

    def carry(self) -> dict[str, Any]:
        """Open explanations, and whether the file of a child was opened."""
        return {"terms": self.rail.opened(), **closed_child.carried(self._opened)}

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

    def mark_verified(self) -> None:
        """Somebody compared everything with the papers."""
        words = said(_VERIFIED_DONE, name=self._file.person.full_name)
        self._work.do(verifying.verify_arrival, self._file.arrival.uid, words=lambda _done: words)

    def ask_departure(self) -> None:
        """Ask when and where to the person left."""
        ask_departure(self._work, self._file)

    def ask_annulment(self) -> None:
        """Ask why it did not happen; below is said what ends with it."""
        file, uid = self._file, self._file.arrival.uid
        ask_why(
            self._work,
            Annulled(
                f"arrival.annul/{uid}",
                said(_ANNUL_TITLE, number=file.arrival.number),
                said(_ANNULLED, name=file.person.full_name),
            ),
            lambda desk, why: annulments.annul_arrival(desk, uid, why),
            lambda desk: annulments.check_annulment(desk, uid),
        )

    def _correct(self, arrival: Arrival, message: str) -> None:
        words = said(message, name=self._file.person.full_name)
        self._work.do(arrivals.correct_arrival, arrival, words=lambda _done: words)

    def _actions(self) -> tuple[Action | None, list[Action]]:
        arrival, work, target = self._file.arrival, self._work, self._opened.target
        found: list[Action] = []
        if arrival.is_annulled:
            return None, found
        if arrival.left_on is None:
            if arrival.notice_due and arrival.notified_on is None:
                found.append(Action("arrival.notice", _NOTICE, self.mark_notified, "inbox"))
            if arrival.registration_due and arrival.registered_on is None:
                found.append(Action("arrival.registered", _REGISTERED, self.mark_registered, "ok"))
        first = found.pop(0) if found else None
        if work.listens(work.edit_wanted):
            found.append(Action("arrival.edit", _EDIT, lambda: work.edit_wanted.emit(target), "edit"))
        if self._file.host:
            found += self._of_host(Target(Kind.PARTY, self._file.host.uid))
        if work.listens(work.print_wanted):
            found.append(Action("arrival.print", _PRINT, lambda: work.print_wanted.emit(target), "print"))
        if arrival.state is Completeness.COMPLETE:
            found.append(Action("arrival.verify", _VERIFY, self.mark_verified, "ok"))
        if arrival.left_on is None:
            found.append(Action("arrival.move", _MOVE, lambda: ask_move(self._work, self._file), "pin"))
            found.append(Action("arrival.leave", _LEAVE, self.ask_departure, "right"))
        found.append(Action("arrival.annul", _ANNUL, self.ask_annulment, "annul"))
        return first, found

    def _of_host(self, host: Target) -> list[Action]:
        work, found = self._work, list[Action]()
        if work.listens(work.edit_wanted):
            found.append(Action("arrival.host", _HOST, lambda: work.edit_wanted.emit(host), "people"))
        return [*found, keep_action(work, self._file.arrival.uid)]

    def _band(self) -> Band:
        file, desk = self._file, self._work.desk
        arrival = file.arrival
        state = state_pill(spec(Arrival, "state").field, arrival.state)
        if arrival.is_annulled:
            where = Pill(Tone.BAD, said(_IS_ANNULLED), "annul")
        elif arrival.left_on:
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
        if verified := self._file.verified:
            day = show_day(datetime.fromisoformat(verified.at).astimezone().date())
            band.add_line(said(_VERIFIED, who=verified.operator, day=day))
        first, others = self._actions()
        band.add_actions(first, others)
        return band

    def _cards(self) -> list[QWidget]:
        file, desk = self._file, self._work.desk
        parts: list[QWidget] = []
        if not file.arrival.is_annulled:
            parts.append(GrowthLine(self._work, file.growth, file.person.uid, file.arrival.uid))
        parts.append(card(Facts(here_facts(self._work, file)), title=_WHERE))
        parts += panel_card(self._work, file)
        names = (
            "notice_due",
            "notified_on",
            "channel",
            "registration_due",
            "registered_on",
            "stay_ends_on",
            "from_country",
            "border_point",
            "transport",
            "visa_category",
            "visa_number",
            "left_on",
            "previous_address",
            "second_home",
            "note",
            "annulled_on",
            "annulled_why",
        )
        parts.append(card(Facts(facts_of(desk, file.arrival, *names)), title=_PAPERS))
        return parts

    def _along(self) -> list[QWidget]:
        if not self._file.companions:
            return []
        return [column(Label(_ALONG, "section"), self._companions(), *self._family())]

    def _family(self) -> list[QWidget]:
        """The way to the family's file."""
        family = self._file.arrival.family
        if not family:
            return []
        opens = link(said(_FAMILY))
        opens.clicked.connect(lambda _on=False: self._work.open(Kind.FAMILY, family))
        return [row(opens)]

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
        if self._file.terms or self._file.closed:
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
    """A small window: when, what kind, where to; what it will end is said below."""
    departure = Departure(
        person=file.person.uid,
        arrival=file.arrival.uid,
        kind=DepartureKind.ADDRESS,
        left_on=work.desk.today,
    )
    ask_leaving(work, file.person.full_name, departure)


SPEC = FileSpec(
    kind=Kind.ARRIVAL,
    icon="arrivals",
    title=N_("Arrival"),
    load=open_arrival,
    build=build,
    name=lambda data: data.person.full_name,
    watches=frozenset(
        {"arrival", "arrival_detail", "departure", "person", "document", "address", "party", "setting"}
    ),
    help="stay",
)
