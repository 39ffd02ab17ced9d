"""Labels of people's files: made from the file's number, found again when typed or scanned."""

from __future__ import annotations

from migdesk.domain.errors import NotFound, Refused
from migdesk.domain.finding import Finding, block, note
from migdesk.domain.label import is_misread, label_of, may_be_misread, number_of, read_label
from migdesk.domain.person import Person
from migdesk.i18n import N_
from migdesk.services.desk import Desk
from migdesk.store import people as shelf


def label(desk: Desk, person: Person) -> str:
    """The label of a person's file; it never changes, not even when another file is merged into it."""
    return label_of(shelf.row_of(desk.store, person.uid), desk.office.uid)


def find_holder(desk: Desk, text: str) -> Person | None:
    """Whose file has the label that a text is; a merged file leads to the one it is in now."""
    written = read_label(text, bare=True)
    found = shelf.by_rowids(desk.store, [number_of(written, desk.office.uid)]) if written else []
    person = found[0] if found else None
    while person and person.merged_into:
        person = desk.store.find(Person, person.merged_into)
    return None if person is None or person.is_annulled else person


def get_holder(desk: Desk, text: str) -> Person:
    """Whose file has the label of a card that was scanned.

    Raises:
        Refused: a sign is wrong, or no file here has this label.
        NotFound: it is no label at all.
    """
    found = find_holder(desk, text)
    if found is None:
        refuse_misread(text)
        raise NotFound(text)
    return found


def problem_of(text: str) -> Finding | None:
    """Why a text that is written as a label finds nobody; nothing for any other text."""
    if is_misread(text):
        message = N_("“{text}” is not a label: a sign is wrong, or two are swapped.")
        return block("wrong_label", message, None, text=text.strip())
    if written := read_label(text):
        message = N_("No file here has the label {label}: a card of another office?")
        return block("unknown_label", message, None, label=written)
    return None


def nobody(text: str) -> NotFound:
    """The error that nobody has a key; with a label among the keys, it says what is wrong with that."""
    error = NotFound(text)
    if told := problem_of(text) or doubt_of(text):
        error.hint = told.text
        error.values = {**error.values, **told.values}
    return error


def doubt_of(text: str) -> Finding | None:
    """A remark on what found nobody and may be a label typed wrongly, without its hyphens."""
    message = N_("If “{text}” is meant for a label, a sign of it is wrong, or two are swapped.")
    return note("maybe_label", message, None, text=text.strip()) if may_be_misread(text) else None


def refuse_misread(text: str) -> None:
    """Say so when somebody asked for a label that is none, or that no file has.

    Raises:
        Refused: with the reason.
    """
    if found := problem_of(text):
        raise Refused([found])
