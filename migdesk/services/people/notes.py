"""Dated notes on a person. Restricted ones are read by those with the right, and every reading is journalled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from migdesk.domain.change import Done, Op
from migdesk.domain.errors import NotFound, Refused, refuse_if_blocked
from migdesk.domain.finding import Finding, block, warn
from migdesk.domain.office import Operator
from migdesk.domain.person import Person
from migdesk.domain.protection import NoteKind, NoteViewing, PersonNote, Unaccompanied, Visibility
from migdesk.domain.record import Record, faults, tidied
from migdesk.i18n import N_
from migdesk.services.desk import Desk

_NEWEST = "written_on DESC, id DESC"


@dataclass(frozen=True, slots=True)
class Notes:
    """What the file of a person says of notes: those for everybody, that there are others, and who reads these."""

    known: tuple[PersonNote, ...]
    has_restricted: bool
    readers: tuple[Operator, ...]
    may_read: bool


def may_read(desk: Desk) -> bool:
    """Whether who works at this desk may read restricted notes."""
    return desk.signer.reads_restricted


def readers(desk: Desk) -> list[Operator]:
    """Who may read restricted notes."""
    return desk.store.live(Operator, reads_restricted=True, order="name, id")


def is_hidden(desk: Desk, rec: Record | None) -> bool:
    """Whether a record is a restricted note, or a child who came alone, that this operator may not read."""
    restricted = isinstance(rec, PersonNote) and rec.visibility is not Visibility.OFFICE
    return (restricted or isinstance(rec, Unaccompanied)) and not may_read(desk)


def look(desk: Desk, person: str) -> Notes:
    """Notes of a person as far as everybody sees them; reads no restricted one."""
    found = desk.store.live(PersonNote, person=person, visibility=Visibility.OFFICE, order=_NEWEST)
    hidden = desk.store.live(PersonNote, person=person, visibility=Visibility.RESTRICTED, limit=1)
    return Notes(tuple(found), bool(hidden), tuple(readers(desk)), may_read(desk))


def open_note(desk: Desk, uid: str) -> PersonNote:
    """A note for everybody. A restricted one is not read this way: the journal would not say who did.

    Raises:
        NotFound: no such note, or it is restricted.
    """
    note = desk.store.get(PersonNote, uid)
    if note.visibility is not Visibility.OFFICE:
        raise NotFound(uid)
    return note


def open_restricted(desk: Desk, person: str) -> Done[Sequence[PersonNote]]:
    """The restricted notes of a person, the newest first; the journal says who opened them.

    Raises:
        NotFound: no such person.
        Refused: the operator has no right to them.
    """
    desk.store.get(Person, person)
    if not may_read(desk):
        message = N_("You may not read restricted notes. Those who may: {names}.")
        names = ", ".join(one.name for one in readers(desk)) or "—"
        raise Refused([block("no_right", message, names=names)])
    with desk.write(Op.VIEW_NOTES) as tx:
        found = tx.live(PersonNote, person=person, visibility=Visibility.RESTRICTED, order=_NEWEST)
        if found:
            tx.put(NoteViewing(person=person, login=desk.operator, at=desk.clock.now()))
    return Done(found, tx.changes)


def write(desk: Desk, note: PersonNote) -> Done[PersonNote]:
    """Write a note; whoever writes a restricted one reads it again only with the right.

    Raises:
        NotFound: no such person.
        Invalid: what is wrong, field by field.
    """
    note = tidied(note)
    desk.store.get(Person, note.person or "")
    findings = _check(desk, note)
    refuse_if_blocked(findings)
    with desk.write(Op.SAVE_NOTE) as tx:
        saved = tx.put(note, author=note.author or desk.signer.name)
    return Done(saved, tx.changes, tuple(findings))


def _check(desk: Desk, note: PersonNote) -> list[Finding]:
    found = faults(note)
    if note.written_on and note.written_on > desk.today:
        found.append(block("in_future", N_("The date of the note is in the future."), "written_on"))
    is_open = note.visibility is Visibility.OFFICE
    if is_open and note.matter is not NoteKind.GENERAL:
        message = N_("A note on a victim, a vulnerable person or protection is always restricted.")
        found.append(block("always_restricted", message, "visibility"))
    if not is_open and not readers(desk):
        message = N_(
            "Nobody in this office may read restricted notes yet: the head gives somebody the right."
        )
        found.append(warn("no_reader", message, "visibility"))
    return found if is_open else [*found, *in_clear(desk)]


def check_note(desk: Desk, note: PersonNote) -> list[Finding]:
    """What a note would be told, before it is written."""
    return _check(desk, tidied(note))


def in_clear(desk: Desk) -> list[Finding]:
    """Whether restricted text lies readable in the file: the right holds inside the program only."""
    if desk.store.is_encrypted:
        return []
    message = N_(
        "This office has no passphrase: restricted notes lie readable in its file and in every backup, for whoever "
        "can open the file. How to encrypt the office: help, “Backup, passphrase, checks”."
    )
    return [warn("in_clear", message)]


def any_restricted(desk: Desk) -> bool:
    """Whether there is a restricted note, or was one that is annulled: its text lies in the file as well."""
    where = "visibility = ?"
    return bool(desk.store.select(PersonNote, where, (Visibility.RESTRICTED.value,), "id LIMIT 1"))
