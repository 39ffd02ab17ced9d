"""A child who came alone: since when, who answers for him, what the law says, and who may be of his family."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import shiboken6
from PySide6.QtWidgets import QVBoxLayout, QWidget

from migdesk.domain.change import Done
from migdesk.domain.fields import Spec, choice_label, spec
from migdesk.domain.finding import Finding
from migdesk.domain.person import Person
from migdesk.domain.protection import Shield, Unaccompanied
from migdesk.i18n import N_
from migdesk.services.desk import Desk
from migdesk.services.families import families, minors, tracing
from migdesk.services.families.minors import Alone, Guarded
from migdesk.services.families.tracing import Kinsman
from migdesk.ui.entry.editor import Section
from migdesk.ui.entry.people import with_people
from migdesk.ui.files.documents_part import with_warnings
from migdesk.ui.files.questions.form_dialog import NARROW, FormDialog, Question, ask
from migdesk.ui.files.questions.hosts import with_hosts
from migdesk.ui.look import theme
from migdesk.ui.look.labels import Label
from migdesk.ui.look.theme import Tone
from migdesk.ui.look.words import said
from migdesk.ui.parts.blocks import card, clear, column, link, plain, row, text
from migdesk.ui.parts.clickable import PushButton
from migdesk.ui.parts.facts import Fact, Facts, fact_of
from migdesk.ui.parts.pills import Pill, PillLabel
from migdesk.ui.parts.reasons import Reasons
from migdesk.ui.workplace import Kind, Workplace

_TITLE, _MARK, _CHANGE = N_("Unaccompanied minor"), N_("Came without parents…"), N_("Another guardian…")
_END, _TRACE = N_("No longer alone…"), N_("Who may be of this family")
_ASK_TITLE, _END_TITLE = N_("Unaccompanied minor: {name}"), N_("No longer unaccompanied: {name}")
_SAVE, _SAVED = N_("Save"), N_("Saved: {name}")
_NOBODY = N_("Nobody in the register looks like kin.")
_LEAD = N_("The guardian is a person or an organisation.")
_NO_GUARDIAN = N_("not named yet")
_OPEN = N_("Open the guardian")
_CLOSED = N_("The guardian and the family are restricted; these may open them: {names}.")
_NOBODY_MAY = N_("nobody yet")
_FIELDS = ("since", "guardian", "body", "basis", "note")


@dataclass(frozen=True, slots=True)
class MinorData:
    """What everybody sees of a child: whether it may be said of him at all, that it was said, what the law says."""

    may_be: bool = False
    known: Alone | None = None
    law: tuple[Finding, ...] = ()


NOT_ALONE = MinorData()
"""What is said of most people."""


def load(desk: Desk, person: Person) -> MinorData:
    """What needs no right; guardian and tracing are opened."""
    comes = families.of_age_on(desk, person, desk.today)
    known = minors.look(desk, person.uid)
    law = tuple(minors.said_by_law(desk, person)) if known else ()
    return MinorData(bool(comes and comes > desk.today), known, law)


class MinorPart(QWidget):
    """A card in the tab of the family; nothing but buttons for a child of whom nothing was said."""

    def __init__(self, work: Workplace, person: Person, data: MinorData) -> None:
        super().__init__()
        self._work, self._person = work, person
        known = data.known
        self.mark = _button(_CHANGE if known else _MARK, lambda: ask_minor(work, person))
        self.end = _button(_END, lambda: ask_end(work, person))
        self.open = _button(_OPEN, self.open_details)
        self.trace = _button(_TRACE, self.ask_trace)
        self.end.setVisible(known is not None)
        self.open.setVisible(known is not None and known.may_open)
        self.trace.setVisible(known is None or known.may_open)
        self._inside, self._details = QVBoxLayout(), QVBoxLayout()
        parts: list[QWidget] = []
        if known:
            pill = PillLabel(Pill(Tone.WARN, choice_label(Shield.MINOR)))
            parts = [row(pill), *([Reasons(data.law)] if data.law else [])]
            if not known.may_open:
                names = ", ".join(one.name for one in known.readers) or said(_NOBODY_MAY)
                parts.append(plain(_CLOSED, "muted", names=names))
        for inside in (self._details, self._inside):
            inside.setContentsMargins(0, 0, 0, 0)
            room = QWidget()
            room.setLayout(inside)
            parts.append(room)
        buttons = row(self.mark, self.end, self.open, self.trace)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(
            card(buttons, *parts, title=_TITLE) if known else column(buttons, *parts, gap=theme.S)
        )

    def open_details(self) -> None:
        """Read who answers for the child; the journal says who did."""
        self._work.tasks.run(
            minors.open_details,
            self._work.desk,
            self._person.uid,
            done=self._opened,
            failed=self._work.tell_error,
        )

    def _opened(self, done: Done[Guarded]) -> None:
        if not shiboken6.isValid(self):
            return
        entry, desk = done.value.entry, self._work.desk
        facts = [fact_of(desk, entry, "since"), self._guardian(done.value)]
        facts += [one for one in [fact_of(desk, entry, name) for name in ("basis", "note")] if one.words]
        self.open.setEnabled(False)
        clear(self._details)
        self._details.addWidget(Facts(facts))

    def ask_trace(self) -> None:
        """Look through the register; nothing is written."""
        self._work.tasks.read(
            tracing.trace,
            self._work.desk,
            self._person.uid,
            done=self._show,
            failed=self._work.tell_error,
        )

    def _guardian(self, found: Guarded) -> Fact:
        label = spec(Unaccompanied, "guardian").field.label
        known = found.entry
        uid, kind = (known.guardian, Kind.PERSON) if known.guardian else (known.body, Kind.PARTY)
        if uid is None:
            return Fact(label, said(_NO_GUARDIAN))
        return Fact(label, found.guardian, lambda: self._work.open(kind, uid))

    def _show(self, found: Sequence[Kinsman]) -> None:
        clear(self._inside)
        for one in found:
            self._inside.addWidget(self._line(one))
        if not found:
            self._inside.addWidget(Label(_NOBODY, "muted"))

    def _line(self, one: Kinsman) -> QWidget:
        born = one.person.born_words
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
        key="",
        title=title,
        button=_SAVE,
        specs=specs,
        sections=(Section("", tuple((name,) for name in names)),),
        save=save,
        words=lambda done: with_warnings(said(_SAVED, name=person.full_name), done.findings),
        values={names[0]: work.desk.today},
        lead=lead,
        sources=with_people(work.desk, with_hosts(work)),
        width=NARROW,
    )
    return ask(work, question)


def _button(words: str, run: Any) -> PushButton:
    made = PushButton(said(words))
    made.clicked.connect(lambda _on=False: run())
    return made
