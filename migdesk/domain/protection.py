"""Protection: notes on a person that not everybody may read, who read them, and children who came alone."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, ClassVar

from migdesk.domain.fields import Choice, Day, Moment, Note, Ref, Text
from migdesk.domain.record import Record, record
from migdesk.i18n import N_


class NoteKind(StrEnum):
    """What a note is about."""

    GENERAL = "general"
    VICTIM = "victim"
    VULNERABLE = "vulnerable"
    PROTECTION = "protection"

    @classmethod
    def labels(cls) -> dict[NoteKind, str]:
        """What a person reads."""
        return {
            cls.GENERAL: N_("conversation"),
            cls.VICTIM: N_("victim of a crime or of trafficking"),
            cls.VULNERABLE: N_("vulnerable person"),
            cls.PROTECTION: N_("needs protection"),
        }


class Visibility(StrEnum):
    """Who may read a note."""

    OFFICE = "office"
    RESTRICTED = "restricted"

    @classmethod
    def labels(cls) -> dict[Visibility, str]:
        """What a person reads."""
        return {
            cls.OFFICE: N_("everybody in the office"),
            cls.RESTRICTED: N_("only those with the right to restricted notes"),
        }


class Shield(StrEnum):
    """That something of a person is restricted, as lists show it to everybody."""

    MINOR = "minor"

    @classmethod
    def labels(cls) -> dict[Shield, str]:
        """What a person reads."""
        return {cls.MINOR: N_("minor, restricted")}


@record
class PersonNote(Record):
    """A dated note on a person; a changed mind is another note."""

    table: ClassVar[str] = "person_note"
    title: ClassVar[str] = N_("Note on a person")

    person: Annotated[str | None, Ref(N_("Person"), required=True, to="person")] = None
    written_on: Annotated[date | None, Day(N_("Date"), required=True)] = None
    matter: Annotated[NoteKind | None, Choice(N_("What it is about"), required=True, options=NoteKind)] = (
        NoteKind.GENERAL
    )
    visibility: Annotated[
        Visibility | None, Choice(N_("Who reads it"), required=True, options=Visibility)
    ] = Visibility.RESTRICTED
    author: Annotated[str, Text(N_("Written by"), max=200)] = ""
    text: Annotated[str, Note(N_("Text of the note"), required=True, max=4000)] = ""


@record
class NoteViewing(Record):
    """Somebody opened the restricted notes of a person."""

    table: ClassVar[str] = "note_viewing"
    title: ClassVar[str] = N_("Restricted notes opened")

    person: Annotated[str | None, Ref(N_("Person"), required=True, to="person")] = None
    login: Annotated[str, Text(N_("Login"), required=True, max=40)] = ""
    at: Annotated[datetime | None, Moment(N_("When"), required=True)] = None


@record
class Unaccompanied(Record):
    """A child who came without parents, from a day to a day, and who answers for him: a person or a body."""

    table: ClassVar[str] = "unaccompanied"
    title: ClassVar[str] = N_("Unaccompanied minor")

    person: Annotated[str | None, Ref(N_("Person"), required=True, to="person")] = None
    since: Annotated[date | None, Day(N_("Since"), required=True)] = None
    until: Annotated[date | None, Day(N_("Until"))] = None
    guardian: Annotated[str | None, Ref(N_("Guardian"), to="person")] = None
    body: Annotated[str | None, Ref(N_("Organisation that is the guardian"), to="party")] = None
    basis: Annotated[str, Text(N_("Act that names the guardian"), max=300)] = ""
    note: Annotated[str, Note(N_("Note"))] = ""
