"""The travel documents in a person's file: a list to choose from, correct one (F2), add one, annul one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from migdesk.domain.fields import Spec, spec
from migdesk.domain.finding import Finding
from migdesk.domain.person import TravelDocument
from migdesk.i18n import N_
from migdesk.services.desk import Desk
from migdesk.services.people import documents
from migdesk.ui.entry.editor import Section
from migdesk.ui.files.pieces.short_list import F2Opens, ShortList, show
from migdesk.ui.files.questions.form_dialog import NARROW, WIDE, Fresh, Question, ask, laid
from migdesk.ui.look import theme
from migdesk.ui.look.words import said
from migdesk.ui.parts.blocks import row, text
from migdesk.ui.parts.clickable import PushButton
from migdesk.ui.workplace import Workplace

_EDIT, _NEW, _ANNUL = N_("Correct the document"), N_("New document"), N_("Annul the document…")
_EDIT_TITLE, _NEW_TITLE = N_("Correct the document {number}"), N_("New travel document")
_ANNUL_TITLE, _ANNUL_BUTTON = N_("Annul the document {number}"), N_("Annul")
_SAVE = N_("Save")
_SAVED, _ANNULLED = N_("Document {number} saved."), N_("Document {number} annulled.")
_EDIT_LEAD = N_("Only for a slip of the hand. A new passport is a new document; the old one stays.")
_ANNUL_LEAD = N_("Only for a document written by mistake. It no longer counts; the journal keeps it.")

_SECTIONS = (
    Section("", (("number", "kind"), ("issuer", "issued_by"), ("issued_on", "expires_on"), ("mrz",))),
)


class DocumentsPart(QWidget):
    """The list of documents below its buttons; Enter or F2 corrects the chosen one.

    `why` says which of them counts today, and by which part of the rule.
    """

    def __init__(self, work: Workplace, person: str, what: ShortList, why: str) -> None:
        super().__init__()
        self._work = work
        self._person = person
        self.view = show(work, what, self.edit)
        F2Opens(self.view, self.edit)
        self.buttons = {
            "edit": self._button(_EDIT, lambda: self.edit(self.view.current_uid())),
            "new": self._button(_NEW, self.add),
            "annul": self._button(_ANNUL, lambda: self.annul(self.view.current_uid())),
        }
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.S)
        whole.addWidget(row(*self.buttons.values()))
        if why:
            whole.addWidget(text(why, "small"))
        whole.addWidget(self.view, 1)
        self.view.current_changed.connect(self._lock)
        self._lock(self.view.current_uid())

    def edit(self, uid: str) -> None:
        """Correct a document."""
        ask_document(self._work, uid)

    def add(self) -> None:
        """A document more."""
        _ask(self._work, TravelDocument(person=self._person))

    def annul(self, uid: str) -> None:
        """Ask why a document no longer counts."""
        read = documents.get_document
        self._work.tasks.read(read, self._work.desk, uid, done=lambda found: _ask_why(self._work, found))

    def _lock(self, uid: str) -> None:
        for key in ("edit", "annul"):
            self.buttons[key].setEnabled(bool(uid))

    def _button(self, words: str, run: Any) -> PushButton:
        made = PushButton(said(words))
        made.clicked.connect(lambda _on=False: run())
        return made


def ask_document(work: Workplace, uid: str) -> None:
    """Read a document, then ask what is right."""
    work.tasks.read(documents.get_document, work.desk, uid, done=lambda found: _ask(work, found))


def _ask(work: Workplace, document: TravelDocument) -> None:
    names = [name for section in _SECTIONS for row in section.rows for name in row]

    def again(desk: Desk) -> Fresh:
        return laid(documents.get_document(desk, document.uid), names, documents.save_document)

    found = laid(document, names, documents.save_document)
    is_known = document.rev > 0
    question = Question(
        key=f"person.document/{document.person}~{document.uid}",
        title=said(_EDIT_TITLE, number=document.number) if is_known else _NEW_TITLE,
        button=_SAVE,
        specs=[spec(TravelDocument, name) for name in names],
        sections=_SECTIONS,
        save=found.save,
        words=lambda done: with_warnings(said(_SAVED, number=done.value.number), done.findings),
        values=found.values,
        lead=_EDIT_LEAD if is_known else "",
        width=WIDE,
        again=again if is_known else None,
    )
    ask(work, question)


def _ask_why(work: Workplace, document: TravelDocument) -> None:
    why = spec(TravelDocument, "annulled_why")

    def found(document: TravelDocument) -> Fresh:
        return Fresh({}, lambda desk, values: documents.annul_document(desk, document, values[why.name]))

    question = Question(
        key=f"person.annul_document/{document.person}~{document.uid}",
        title=said(_ANNUL_TITLE, number=document.number),
        button=_ANNUL_BUTTON,
        specs=[Spec(why.name, replace(why.field, required=True), why.optional)],
        sections=(Section("", ((why.name,),)),),
        save=found(document).save,
        words=lambda done: said(_ANNULLED, number=done.value.number),
        values={},
        lead=_ANNUL_LEAD,
        width=NARROW,
        again=lambda desk: found(documents.get_document(desk, document.uid)),
    )
    ask(work, question)


def with_warnings(words: str, findings: Sequence[Finding]) -> str:
    """What was done, and what is to be looked at again."""
    return " ".join([words, *(one.words() for one in findings)])
