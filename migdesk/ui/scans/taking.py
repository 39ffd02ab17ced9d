"""Asks what scans are before they go into a file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication

from migdesk.domain.change import Done
from migdesk.domain.fields import Spec, spec
from migdesk.domain.scan import LARGEST, Attachment
from migdesk.i18n import N_
from migdesk.services.desk import Desk
from migdesk.services.people import attachments, scanner
from migdesk.ui.entry.editor import Section
from migdesk.ui.files.questions.form_dialog import NARROW, FormDialog, Question, ask
from migdesk.ui.look.theme import Tone
from migdesk.ui.look.words import said
from migdesk.ui.parts.messages import Notice
from migdesk.ui.scans.given import Given, given_in
from migdesk.ui.workplace import Workplace

_TITLE, _TAKE = N_("Scans to take in: {n}"), N_("Take in")
_LEAD = N_("One kind for all of them. What a file is, is told by its content; at most {most} MB each.")
_SCANNER_LEAD = N_(
    "One kind for all of them. Afterwards they lie in the folder “taken” beside the scanner's files."
)
_NOTHING = N_("There is neither a picture nor a file to paste.")
_TAKEN = N_("Scans taken in: {n}")
_ANNUL_TITLE, _ANNUL, _ANNULLED = N_("Annul the scan {name}"), N_("Annul"), N_("Scan annulled: {name}")
_ANNUL_LEAD = N_(
    "Only for a scan that is in this file by mistake. It no longer counts; the journal keeps it."
)

Taken = Done[tuple[Attachment, ...]]


def ask_kind(work: Workplace, owner: str, given: Given) -> FormDialog:
    """Ask what was given is, then keep it in the file of a person or case."""

    def save(desk: Desk, values: dict[str, Any]) -> Taken:
        return attachments.attach(desk, owner, given.read(), values["kind"])

    return _ask(work, owner, given.count(), said(_LEAD, most=LARGEST // 1_000_000), save)


def paste_scan(work: Workplace, owner: str) -> None:
    """Take what lies in the clipboard, a picture or files, into the file of a person or case."""
    if given := given_in(QApplication.clipboard().mimeData()):
        ask_kind(work, owner, given)
    else:
        work.noticed.emit(Notice(Tone.WARN, said(_NOTHING)))


def ask_scanned(work: Workplace, owner: str, paths: Sequence[Path]) -> FormDialog:
    """The same for files of the scanner, which are moved away afterwards."""

    def save(desk: Desk, values: dict[str, Any]) -> Taken:
        return scanner.take_in(desk, owner, paths, values["kind"])

    return _ask(work, owner, len(paths), _SCANNER_LEAD, save)


def _ask(
    work: Workplace, owner: str, count: int, lead: str, save: Callable[[Desk, dict[str, Any]], Taken]
) -> FormDialog:
    question = Question(
        key=f"scan.take/{owner}",
        title=said(_TITLE, n=count),
        button=_TAKE,
        specs=[spec(Attachment, "kind")],
        sections=(Section("", (("kind",),)),),
        save=save,
        words=_taken,
        values={},
        lead=lead,
        width=NARROW,
    )
    return ask(work, question)


def _taken(done: Taken) -> str:
    return " ".join([said(_TAKEN, n=len(done.value)), *(one.words() for one in done.findings)])


def ask_annulment(work: Workplace, attachment: Attachment) -> FormDialog:
    """Ask why a scan no longer counts."""
    why = spec(Attachment, "annulled_why")

    def save(desk: Desk, values: dict[str, Any]) -> Done[Attachment]:
        return attachments.annul(desk, attachment.uid, values[why.name])

    question = Question(
        key=f"scan.annul/{attachment.uid}",
        title=said(_ANNUL_TITLE, name=attachment.name),
        button=_ANNUL,
        specs=[Spec(why.name, replace(why.field, required=True), why.optional)],
        sections=(Section("", ((why.name,),)),),
        save=save,
        words=lambda done: said(_ANNULLED, name=done.value.name),
        values={},
        lead=_ANNUL_LEAD,
        width=NARROW,
    )
    return ask(work, question)
