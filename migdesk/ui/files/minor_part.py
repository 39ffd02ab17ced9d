"""A child who came alone: since when, who answers for him, what the law says, and who may be of his family."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from migdesk.domain.change import Done
from migdesk.domain.fields import Spec, spec
from migdesk.domain.finding import Finding
from migdesk.domain.party import Party
from migdesk.domain.person import Person
from migdesk.domain.protection import Unaccompanied
from migdesk.i18n import N_
from migdesk.services import families, minors, parties, people, tracing
from migdesk.services.desk import Desk
from migdesk.services.tracing import Kinsman
from migdesk.ui.entry.choice_list import Choices
from migdesk.ui.entry.editor import Section
from migdesk.ui.entry.picking import Sources
from migdesk.ui.files.documents_part import with_warnings
from migdesk.ui.files.form_dialog import NARROW, FormDialog, Question, ask
from migdesk.ui.look import theme
from migdesk.ui.look.labels import Label
from migdesk.ui.look.words import said
from migdesk.ui.parts.blocks import card, clear, column, link, row, text
from migdesk.ui.parts.clickable import PushButton
from migdesk.ui.parts.facts import Fact, Facts, fact_of
from migdesk.ui.parts.reasons import Reasons
from migdesk.ui.workplace import Kind, Workplace

_TITLE, _MARK, _CHANGE = N_("Unaccompanied minor"), N_("Came without parents…"), N_("Another guardian…")
_END, _TRACE = N_("No longer alone…"), N_("Who may be of this family")
_ASK_TITLE, _END_TITLE = N_("Unaccompanied minor: {name}"), N_("No longer unaccompanied: {name}")
_SAVE, _SAVED = N_("Save"), N_("Saved: {name}")
_NOBODY = N_("Nobody in the register looks like kin.")
_LEAD = N_("The guardian is a person or an organisation.")
_NO_GUARDIAN = N_("not named yet")
_FIELDS = ("since", "guardian", "body", "basis", "note")


@dataclass(frozen=True, slots=True)
class MinorData:
    """What is known of a child: whether it may be said of him at all, what was said, what the law says."""

    may_be: bool = False
    known: Unaccompanied | None = None
    guardian: str = ""
    law: tuple[Finding, ...] = ()


NOT_ALONE = MinorData()
"""What is said of most people."""


def load(desk: Desk, person: Person) -> MinorData:
    """Everything but the tracing, which is asked for."""
    comes = families.of_age_on(desk, person, desk.today)
    known = minors.of_person(desk, person.uid)
    name = ""
    if known and known.guardian:
        name = desk.store.get(Person, known.guardian).full_name
    elif known and known.body:
        name = desk.store.get(Party, known.body).name
    law = tuple(minors.said_by_law(desk, person)) if known else ()
    return MinorData(bool(comes and comes > desk.today), known, name, law)


class MinorPart(QWidget):
    """A card in the tab of the family; nothing but a button for a child of whom nothing was said."""

    def __init__(self, work: Workplace, person: Person, data: MinorData) -> None:
        super().__init__()
        self._work, self._person, self._data = work, person, data
        self.mark = _button(_CHANGE if data.known else _MARK, lambda: ask_minor(work, person))
        self.end = _button(_END, lambda: ask_end(work, person))
        self.trace = _button(_TRACE, self.ask_trace)
        self.end.setVisible(data.known is not None)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        parts: list[QWidget] = []
        if data.known:
            facts = [fact_of(work.desk, data.known, "since"), self._guardian(data.known)]
            facts += [one for one in [fact_of(work.desk, data.known, "basis")] if one.words]
            parts = [Facts(facts), *([Reasons(data.law)] if data.law else [])]
        self._inside = QVBoxLayout()
        self._inside.setContentsMargins(0, 0, 0, 0)
        found = QWidget()
        found.setLayout(self._inside)
        buttons = row(self.mark, self.end, self.trace)
        made = card(*parts, buttons, found, title=_TITLE) if parts else column(buttons, found, gap=theme.S)
        whole.addWidget(made)

    def ask_trace(self) -> None:
        """Look through the register; nothing is written."""
        self._work.tasks.read(tracing.trace, self._work.desk, self._person.uid, done=self._show)

    def _guardian(self, known: Unaccompanied) -> Fact:
        label = spec(Unaccompanied, "guardian").field.label
        uid, kind = (known.guardian, Kind.PERSON) if known.guardian else (known.body, Kind.PARTY)
        if uid is None:
            return Fact(label, said(_NO_GUARDIAN))
        return Fact(label, self._data.guardian, lambda: self._work.open(kind, uid))

    def _show(self, found: Sequence[Kinsman]) -> None:
        clear(self._inside)
        for one in found:
            self._inside.addWidget(self._line(one))
        if not found:
            self._inside.addWidget(Label(_NOBODY, "muted"))

    def _line(self, one: Kinsman) -> QWidget:
        born = one.person.birth_date.show() if one.person.birth_date else ""
        opens = link(", ".join(part for part in (one.person.full_name, born) if part))
        opens.clicked.connect(lambda _on=False: self._work.open(Kind.PERSON, one.person.uid))
        return column(row(opens), text("; ".join(sign.words for sign in one.signs), "muted"), gap=0)


def ask_minor(work: Workplace, person: Person) -> FormDialog:
    """Since when, who is the guardian, by which act."""

    def save(desk: Desk, values: dict[str, Any]) -> Done[Unaccompanied]:
        return minors.say(desk, Unaccompanied(person=person.uid, **values))

    return _ask(work, person, said(_ASK_TITLE, name=person.full_name), save, _FIELDS, _LEAD)


def ask_end(work: Workplace, person: Person) -> FormDialog:
    """On which day it ended."""

    def save(desk: Desk, values: dict[str, Any]) -> Done[Unaccompanied]:
        return minors.say(
            desk, Unaccompanied(person=person.uid, since=values["until"], until=values["until"])
        )

    return _ask(work, person, said(_END_TITLE, name=person.full_name), save, ("until",), "")


def _ask(
    work: Workplace, person: Person, title: str, save: Any, names: Sequence[str], lead: str
) -> FormDialog:
    specs = [spec(Unaccompanied, name) for name in names]
    specs = [
        Spec(one.name, replace(one.field, required=True), one.optional) if one.name == "until" else one
        for one in specs
    ]
    question = Question(
        title=title,
        button=_SAVE,
        specs=specs,
        sections=(Section("", tuple((name,) for name in names)),),
        save=save,
        words=lambda done: with_warnings(said(_SAVED, name=person.full_name), done.findings),
        values={names[0]: work.desk.today},
        lead=lead,
        sources=_sources(work),
        width=NARROW,
    )
    return ask(work, question)


def _sources(work: Workplace) -> Sources:
    """People for the guardian, receiving persons for the organisation."""

    def find(table: str, typed: str) -> Choices:
        if table == Party.table:
            return [(one.uid, one.name) for one in parties.find_parties(work.desk, typed)]
        return [
            (one.person.uid, one.person.full_name) for one in people.find_people(work.desk, typed, limit=20)
        ]

    def title(table: str, uid: str) -> str:
        if table == Party.table:
            return parties.get_party(work.desk, uid).name
        return people.get_person(work.desk, uid).full_name

    return replace(work.sources(), find=find, titles=title)


def _button(words: str, run: Any) -> PushButton:
    made = PushButton(said(words))
    made.clicked.connect(lambda _on=False: run())
    return made
