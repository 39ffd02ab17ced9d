"""Notes on a person: those for everybody, and behind a button those that only some may open."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from migdesk.domain.change import Done
from migdesk.domain.dates import show_day
from migdesk.domain.fields import Flag, Spec, choice_label, spec
from migdesk.domain.office import Operator
from migdesk.domain.protection import PersonNote, Visibility
from migdesk.i18n import N_
from migdesk.services.desk import Desk
from migdesk.services.people import notes, referrals
from migdesk.services.people.notes import Notes
from migdesk.services.people.referrals import Referral
from migdesk.services.upkeep import rights
from migdesk.ui.entry.editor import Section
from migdesk.ui.files.documents_part import with_warnings
from migdesk.ui.files.questions.form_dialog import NARROW, FormDialog, Question, ask
from migdesk.ui.look import theme
from migdesk.ui.look.labels import Label
from migdesk.ui.look.words import said
from migdesk.ui.parts.blocks import card, clear, column, plain, row, text
from migdesk.ui.parts.clickable import PushButton
from migdesk.ui.parts.frame import Scrolled
from migdesk.ui.workplace import Workplace

WRITE, _OPEN, _RIGHT = N_("Write a note…"), N_("Open the restricted notes"), N_("Who may read them…")
REFER, _REFER_TITLE = N_("Referral of a victim…"), N_("Referral of a victim: {name}")
_REFER_LEAD = N_(
    "It is kept as a restricted note: only those with the right read it. Nothing of it is printed."
)
_EXIST = N_("There are restricted notes; these may open them: {names}.")
_NOBODY = N_("Nobody may read restricted notes yet.")
_NONE = N_("No notes for everybody")
_TITLE, _SAVE, _SAVED = N_("Note on {name}"), N_("Save"), N_("Note written.")
_LEAD = N_("A note is not changed afterwards: a changed mind is another note.")
_RIGHT_TITLE = N_("The right to read restricted notes")
_RIGHT_LEAD = N_(
    "While nobody has it, the head of the office gives it; afterwards those who have it give and withdraw it. "
    "Nobody gives it to himself. Now: {names}."
)
_GIVEN, _WITHDRAWN = (
    N_("{name} may read restricted notes."),
    N_("{name} may no longer read restricted notes."),
)
_BY = N_("{day} · {matter} · {author}")
_FIELDS = ("written_on", "matter", "visibility", "text")
_READS = Spec("reads", Flag(N_("May read restricted notes")), False)
_LAST = Spec("last", Flag(N_("I give it up, and nobody has it then")), False)


class NotesPart(QWidget):
    """The tab; restricted notes stay closed until somebody with the right opens them."""

    def __init__(self, work: Workplace, person: str, name: str, found: Notes) -> None:
        super().__init__()
        self._work, self._person, self._notes = work, person, found
        self.write = _button(WRITE, lambda: ask_note(work, person, name))
        self.refer = _button(REFER, lambda: ask_referral(work, person, name))
        self.open = _button(_OPEN, self.open_restricted)
        self.right = _button(_RIGHT, lambda: ask_right(work, found))
        if not (found.has_restricted and found.may_read):
            self.open.hide()
        if not (found.may_read or (not found.readers and work.desk.is_head)):
            self.right.hide()
        self._inside = QVBoxLayout()
        self._inside.setSpacing(theme.S)
        parts: list[QWidget] = [row(self.write, self.refer, self.open, self.right)]
        if found.has_restricted and not found.may_read:
            parts.append(plain(_EXIST, "muted", names=names_of(found.readers) or said(_NOBODY)))
        shown = QWidget()
        shown.setLayout(self._inside)
        self._inside.setContentsMargins(0, 0, 0, 0)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(Scrolled(column(*parts, shown, gap=theme.M, stretch=True)))
        self._show(found.known)

    def open_restricted(self) -> None:
        """Read them; the journal says who did."""
        self._work.tasks.run(
            notes.open_restricted,
            self._work.desk,
            self._person,
            done=self._opened,
            failed=self._work.tell_error,
        )

    def _opened(self, done: Done[Sequence[PersonNote]]) -> None:
        self.open.setEnabled(False)
        self._show([*done.value, *self._notes.known])

    def _show(self, found: Iterable[PersonNote]) -> None:
        clear(self._inside)
        told = list(found)
        for one in told:
            self._inside.addWidget(_note_card(one))
        if not told:
            self._inside.addWidget(Label(_NONE, "muted"))


def _note_card(note: PersonNote) -> QWidget:
    matter = choice_label(note.matter) if note.matter else ""
    above = plain(_BY, "muted", day=show_day(note.written_on), matter=matter, author=note.author)
    return card(above, text(note.text))


def ask_note(work: Workplace, person: str, name: str) -> FormDialog:
    """The day, what it is about, who reads it, the text."""

    def save(desk: Desk, values: dict[str, Any]) -> Done[PersonNote]:
        return notes.write(desk, PersonNote(person=person, **values))

    usual = PersonNote(written_on=work.desk.today)
    question = Question(
        key=f"person.note/{person}",
        title=said(_TITLE, name=name),
        button=_SAVE,
        specs=[spec(PersonNote, one) for one in _FIELDS],
        sections=(Section("", tuple((one,) for one in _FIELDS)),),
        save=save,
        foretell=lambda desk, values: notes.check_note(desk, PersonNote(person=person, **values)),
        words=lambda done: with_warnings(said(_SAVED), done.findings),
        values={one: getattr(usual, one) for one in _FIELDS},
        lead=_LEAD,
        width=NARROW,
        start="text",
        secret=lambda values: values["visibility"] is not Visibility.OFFICE,
    )
    return ask(work, question)


def ask_referral(work: Workplace, person: str, name: str) -> FormDialog:
    """Who was detected by whom and how, what is needed at once, and who takes over."""

    def save(desk: Desk, values: dict[str, Any]) -> Done[PersonNote]:
        return referrals.refer(desk, person, Referral(**values))

    usual = Referral(detected_on=work.desk.today)
    question = Question(
        key="",
        title=said(_REFER_TITLE, name=name),
        button=_SAVE,
        specs=[spec(Referral, one) for one in referrals.ASKED],
        sections=(Section("", tuple((one,) for one in referrals.ASKED)),),
        save=save,
        foretell=lambda desk, values: referrals.check_referral(desk, person, Referral(**values)),
        words=lambda done: with_warnings(said(_SAVED), done.findings),
        values={one: getattr(usual, one) for one in referrals.ASKED},
        lead=_REFER_LEAD,
        width=NARROW,
        start="detected_by",
    )
    return ask(work, question)


def ask_right(work: Workplace, found: Notes) -> FormDialog:
    """Whose right, by login, and whether he has it; the last holder is asked whether it is meant."""
    login = spec(Operator, "login")
    is_last = found.may_read and len(found.readers) == 1

    def save(desk: Desk, values: dict[str, Any]) -> Done[Operator]:
        if values["reads"]:
            return rights.give_right(desk, values["login"])
        return rights.withdraw_right(desk, values["login"], last=bool(values.get("last")))

    def words(done: Done[Operator]) -> str:
        sentence = _GIVEN if done.value.reads_restricted else _WITHDRAWN
        return with_warnings(said(sentence, name=done.value.name), done.findings)

    asked = [login, _READS, *([_LAST] if is_last else [])]
    question = Question(
        key="notes.right",
        title=_RIGHT_TITLE,
        button=_SAVE,
        specs=asked,
        sections=(Section("", tuple((one.name,) for one in asked)),),
        save=save,
        words=words,
        values={"login": "", "reads": True},
        lead=said(_RIGHT_LEAD, names=names_of(found.readers) or "—"),
        width=NARROW,
    )
    return ask(work, question)


def names_of(operators: Iterable[Operator]) -> str:
    """Operators by name, those of one name told apart by login."""
    return ", ".join(one.name if one.name == one.login else f"{one.name} ({one.login})" for one in operators)


def _button(words: str, run: Any) -> PushButton:
    made = PushButton(said(words))
    made.clicked.connect(lambda _on=False: run())
    return made
