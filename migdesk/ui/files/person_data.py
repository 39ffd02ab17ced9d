"""What a person's file is built from, read in one go away from the window."""

from __future__ import annotations

from dataclasses import dataclass

from migdesk.domain.appointment import Appointment
from migdesk.domain.finding import Finding
from migdesk.domain.scan import Attachment
from migdesk.domain.terms import OpenTerm
from migdesk.services.happened import Happened
from migdesk.services.merging import Merged
from migdesk.services.notes import Notes
from migdesk.services.people import PersonFile
from migdesk.services.records import ArrivalFile
from migdesk.services.status import Status
from migdesk.services.verifying import Verified
from migdesk.ui.files.minor_part import NOT_ALONE, MinorData


@dataclass(frozen=True, slots=True)
class PersonData:
    """What a person's file is built from."""

    file: PersonFile
    status: Status
    photo: bytes | None
    here: ArrivalFile | None
    merged: tuple[Merged, ...] = ()
    twice: int = 0
    scans: tuple[Attachment, ...] = ()
    label: str = ""
    notes: Notes | None = None
    minor: MinorData = NOT_ALONE
    verified: Verified | None = None
    visits: tuple[Appointment, ...] = ()
    families: tuple[Finding, ...] = ()
    """What is said of somebody in more than one family."""
    kin: tuple[Happened, ...] = ()
    """What happened to the person in his families."""

    @property
    def terms(self) -> tuple[OpenTerm, ...]:
        """Open terms, and the reminder of coming of age."""
        return (*self.status.terms, *((self.status.reminder,) if self.status.reminder else ()))
