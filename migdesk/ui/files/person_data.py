"""What a person's file is built from, read in one go away from the window."""

from __future__ import annotations

from dataclasses import dataclass

from migdesk.domain.appointment import Appointment
from migdesk.domain.finding import Finding
from migdesk.domain.payment import Obligation, Payment
from migdesk.domain.scan import Attachment
from migdesk.domain.terms import OpenTerm
from migdesk.services.arrivals.happened import Happened
from migdesk.services.arrivals.verifying import Verified
from migdesk.services.desk import Desk
from migdesk.services.payments import obligations, payments
from migdesk.services.people.merging import Merged
from migdesk.services.people.notes import Notes
from migdesk.services.people.people import PersonFile
from migdesk.services.records import ArrivalFile
from migdesk.services.stays.status import Status
from migdesk.services.stoplists.stop_checks import StopMatch
from migdesk.ui.files.minor_part import NOT_ALONE, MinorData


@dataclass(frozen=True, slots=True)
class Money:
    """Payments of a person, and what binds him to stay."""

    payments: tuple[Payment, ...] = ()
    bound: tuple[Obligation, ...] = ()


def read_money(desk: Desk, person: str) -> Money:
    """What the register has of a person."""
    found = payments.payments_of(desk, person)
    return Money(tuple(found), tuple(obligations.listed(desk, person)))


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
    money: Money = Money()
    listed: tuple[StopMatch, ...] = ()
    """Entries of external lists that may be the person, judged or not."""
    kin: tuple[Happened, ...] = ()
    """What happened to the person in his families, and what merging his files closed."""

    @property
    def terms(self) -> tuple[OpenTerm, ...]:
        """Open terms, and the reminder of coming of age."""
        return (*self.status.terms, *((self.status.reminder,) if self.status.reminder else ()))
