"""The file of a permit: what it allows, to whom, until when and why; extend and revoke."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from migdesk.domain.change import Done
from migdesk.domain.dates import show_day
from migdesk.domain.fields import Day, Spec, Text, choice_label, spec
from migdesk.domain.permit import TRANSITIONS, Permit, PermitState
from migdesk.domain.quota import Reservation
from migdesk.i18n import N_
from migdesk.services.desk import Desk
from migdesk.services.permits import dependants, permits
from migdesk.services.permits.dependants import Dependant
from migdesk.services.records import PermitFile, open_permit
from migdesk.ui.entry.editor import Section
from migdesk.ui.files.pieces.dependants_part import DependantsPart
from migdesk.ui.files.pieces.file_view import FileSpec, Opened
from migdesk.ui.files.pieces.why_date import TermsRail
from migdesk.ui.files.questions.form_dialog import NARROW, Question, ask
from migdesk.ui.look import theme
from migdesk.ui.look.theme import Tone
from migdesk.ui.look.words import number, said
from migdesk.ui.parts.actions import Action
from migdesk.ui.parts.band import Band
from migdesk.ui.parts.blocks import card, column, link
from migdesk.ui.parts.facts import Fact, Facts, fact_of, facts_of
from migdesk.ui.parts.frame import Scrolled
from migdesk.ui.parts.pills import Pill
from migdesk.ui.parts.states import due_pill, state_pill
from migdesk.ui.workplace import Kind, Workplace

_DETAILS, _CHAIN, _UNIT = N_("Details"), N_("Before and after"), N_("Quota unit")
_EXTEND, _REVOKE, _PRINT = N_("Extend…"), N_("Revoke…"), N_("Print")
_EXPIRED = N_("ended {day}")
_BEFORE, _AFTER, _CASE = N_("Extension of"), N_("Extended by"), N_("Case")
_POT = N_("{stream}, {year}, {region} {category}")
_UNITS = N_("{n} units, {state}")
_WAITS = N_("decided, not issued")
_EXTEND_TITLE, _EXTEND_BUTTON = N_("Extend the permit {number}"), N_("Extend")
_EXTEND_LEAD = N_("A new permit begins the day after this one ends.")
_EXTENDED = N_("Permit {number} until {day}.")
_REVOKE_TITLE, _REVOKE_BUTTON = N_("Revoke the permit {number}"), N_("Revoke")
_REVOKE_LEAD = N_("The quota unit goes back to the pot.")
_REVOKED = N_("Permit {number} revoked.")
_UNTIL = Spec("until", Day(N_("New end"), required=True), True)
_WHY = Spec("grounds", Text(N_("Grounds"), required=True, max=400), False)


def build(opened: Opened) -> QWidget:
    """The content of the file."""
    return PermitContent(opened)


class PermitContent(QWidget):
    """What a permit's file shows."""

    def __init__(self, opened: Opened) -> None:
        super().__init__()
        self._opened = opened
        self._work = opened.work
        self._file: PermitFile = opened.data
        self.rail = TermsRail(self._work, self._file.terms, opened.carried.get("terms", ()))
        self.band = self._band()
        parts: list[QWidget] = [self.band]
        if self._file.terms:
            parts.append(self.rail)
        parts += self._cards()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(Scrolled(column(*parts, gap=theme.M, stretch=True)))

    def carry(self) -> dict[str, Any]:
        """Open explanations."""
        return {"terms": self.rail.opened()}

    def acts(self) -> Sequence[Action]:
        """Extend, revoke, print: what the state allows."""
        permit, work, target = self._file.permit, self._work, self._opened.target
        allowed = TRANSITIONS[permit.state] if permit.state else frozenset()
        found: list[Action] = []
        if PermitState.EXTENDED in allowed and permit.valid_until:
            found.append(Action("permit.extend", _EXTEND, lambda: ask_extension(work, permit), "right"))
        if PermitState.REVOKED in allowed:
            found.append(Action("permit.revoke", _REVOKE, lambda: ask_revocation(work, permit), "annul"))
        if work.listens(work.print_wanted):
            found.append(Action("permit.print", _PRINT, lambda: work.print_wanted.emit(target), "print"))
        return found

    def _band(self) -> Band:
        file, desk = self._file, self._work.desk
        permit = file.permit
        title = desk.lists.label("permit_kinds", permit.kind)
        band = Band(title, self._pills(), kind="title" if self._opened.wide else "section")
        person = link(file.person.full_name)
        person.clicked.connect(lambda _on=False: self._work.open(Kind.PERSON, file.person.uid))
        band.add_widget(person)
        band.add_facts(
            [
                fact_of(desk, permit, "number"),
                fact_of(desk, permit, "valid_from"),
                fact_of(desk, permit, "valid_until"),
                *([fact_of(desk, permit, "lasts_until")] if permit.lasts_until else []),
                fact_of(desk, file.person, "citizenship"),
            ]
        )
        band.add_line(file.waits.words() if file.waits else "")
        band.add_actions(None, self.acts())
        return band

    def _pills(self) -> list[Pill]:
        permit, today = self._file.permit, self._work.desk.today
        pills = [state_pill(spec(Permit, "state").field, permit.state)]
        if self._file.waits:
            pills.append(Pill(Tone.WARN, said(_WAITS)))
        if permit.state is PermitState.GRANTED and permit.ends_on:
            if permit.ends_on < today:
                pills.append(Pill(Tone.WARN, said(_EXPIRED, day=show_day(permit.ends_on))))
            else:
                pills.append(due_pill(permit.ends_on, today))
        return [one for one in pills if one]

    def _cards(self) -> list[QWidget]:
        file, work = self._file, self._work
        employer = file.employer
        names = (
            "category",
            "position",
            "activity",
            "region",
            "applied_on",
            "granted_on",
            "revoked_on",
            "grounds",
            "note",
        )
        details = facts_of(work.desk, file.permit, *names)
        if employer:
            field = spec(Permit, "employer").field
            details.insert(0, Fact(field.label, employer.name, lambda: work.open(Kind.PARTY, employer.uid)))
        parts: list[QWidget] = [card(Facts(details), title=_DETAILS)]
        chain = self._chain()
        if chain:
            parts.append(card(Facts(chain), title=_CHAIN))
        if file.unit and file.pot and file.pot.stream:
            words = said(
                _POT,
                stream=choice_label(file.pot.stream),
                year=file.pot.year,
                region=work.desk.lists.label("kato", file.pot.region),
                category=file.pot.category,
            )
            state = choice_label(file.unit.state) if file.unit.state else ""
            units = said(_UNITS, n=number(file.unit.units or 0), state=state)
            title = spec(Reservation, "quota").field.label
            parts.append(card(Facts([Fact(title, words.strip()), Fact(_UNIT, units)]), title=_UNIT))
        return parts

    def _chain(self) -> list[Fact]:
        file, work = self._file, self._work
        found: list[Fact] = []
        case, before, after = file.case, file.before, file.after
        if case:
            found.append(Fact(_CASE, case.number, lambda: work.open(Kind.CASE, case.uid)))
        if before:
            found.append(Fact(_BEFORE, before.number, lambda: work.open(Kind.PERMIT, before.uid)))
        if after:
            found.append(Fact(_AFTER, after.number, lambda: work.open(Kind.PERMIT, after.uid)))
        return found


def ask_extension(work: Workplace, permit: Permit) -> None:
    """A small window: until when; whom it touches beside the holder is read before."""
    work.tasks.read(
        dependants.of_permit, work.desk, permit, done=lambda found: _ask_extension(work, permit, found)
    )


def _ask_extension(work: Workplace, permit: Permit, found: Sequence[Dependant]) -> None:
    def save(desk: Desk, values: dict[str, Any]) -> Done[Permit]:
        return permits.extend(desk, permit.uid, values["until"], values.get("along", ()))

    def words(done: Done[Permit]) -> str:
        work.open(Kind.PERMIT, done.value.uid)
        return _with_those(
            said(_EXTENDED, number=done.value.number, day=show_day(done.value.valid_until)), done
        )

    ask(
        work,
        Question(
            key=f"permit.extend/{permit.uid}",
            title=said(_EXTEND_TITLE, number=permit.number),
            button=_EXTEND_BUTTON,
            lead=_EXTEND_LEAD,
            specs=(_UNTIL,),
            sections=(Section("", (("until",),)),),
            save=save,
            words=words,
            values={"until": _year_later(permit.valid_until)},
            more=DependantsPart(work, found) if found else None,
            width=NARROW,
        ),
    )


def ask_revocation(work: Workplace, permit: Permit) -> None:
    """A small window: on what grounds; whom it touches beside the holder is read before."""
    work.tasks.read(
        dependants.of_permit, work.desk, permit, done=lambda found: _ask_revocation(work, permit, found)
    )


def _ask_revocation(work: Workplace, permit: Permit, found: Sequence[Dependant]) -> None:
    def save(desk: Desk, values: dict[str, Any]) -> Done[Permit]:
        return permits.revoke(desk, permit.uid, values["grounds"], values.get("along", ()))

    ask(
        work,
        Question(
            key=f"permit.revoke/{permit.uid}",
            title=said(_REVOKE_TITLE, number=permit.number),
            button=_REVOKE_BUTTON,
            lead=_REVOKE_LEAD if permit.reservation else "",
            specs=(_WHY,),
            sections=(Section("", (("grounds",),)),),
            save=save,
            words=lambda done: _with_those(said(_REVOKED, number=done.value.number), done),
            values={},
            more=DependantsPart(work, found) if found else None,
            width=NARROW,
        ),
    )


def _with_those(words: str, done: Done[Permit]) -> str:
    """What was done, and for whom along with it."""
    return " ".join([words, *(one.words() for one in done.findings if one.code == "permit.along")])


def _year_later(day: date | None) -> date | None:
    """The same day of the next year, for a person to correct."""
    if day is None:
        return None
    return day.replace(year=day.year + 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


SPEC = FileSpec(
    kind=Kind.PERMIT,
    icon="permits",
    title=N_("Permit"),
    load=open_permit,
    build=build,
    name=lambda data: data.permit.number,
    watches=frozenset({"permit", "person", "party", "reservation", "cases"}),
    help="cases",
)
