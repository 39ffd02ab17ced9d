"""The file of a note that everybody may read: of whom, when, by whom, its whole text."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from migdesk.domain.person import Person
from migdesk.domain.protection import PersonNote
from migdesk.i18n import N_
from migdesk.services.desk import Desk
from migdesk.services.people import notes
from migdesk.ui.files.pieces.file_view import FileSpec, Opened
from migdesk.ui.files.pieces.plain_files import PlainContent
from migdesk.ui.look.words import said
from migdesk.ui.parts.band import Band
from migdesk.ui.parts.blocks import card, link, text
from migdesk.ui.parts.facts import fact_of
from migdesk.ui.workplace import Kind

_OPEN_PERSON = N_("Open the person's file")


@dataclass(frozen=True, slots=True)
class NoteFile:
    """A note with its person."""

    note: PersonNote
    person: Person


def load(desk: Desk, uid: str) -> NoteFile:
    """A note with its person.

    Raises:
        NotFound: no such note, or it is restricted.
    """
    note = notes.open_note(desk, uid)
    return NoteFile(note, desk.store.get(Person, note.person or ""))


def build(opened: Opened) -> QWidget:
    """The content of the file."""
    work, file = opened.work, opened.data
    assert isinstance(file, NoteFile)
    band = Band(file.person.full_name, [], kind="title" if opened.wide else "section")
    band.add_facts([fact_of(work.desk, file.note, name) for name in ("written_on", "matter", "author")])
    person = link(said(_OPEN_PERSON))
    person.clicked.connect(lambda _on=False: work.open(Kind.PERSON, file.person.uid))
    band.add_widget(person)
    return PlainContent(band, [card(text(file.note.text), title=PersonNote.title)])


SPEC = FileSpec(
    kind=Kind.NOTE,
    icon="edit",
    title=PersonNote.title,
    load=load,
    build=build,
    name=lambda data: data.person.full_name,
    watches=frozenset({"person_note", "person"}),
    help="events",
)
