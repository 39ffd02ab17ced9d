"""Quota: a ledger, never a counter. A balance is always the sum of its lines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, ClassVar

from migdesk.domain.fields import Choice, Code, Day, Moment, Ref, Text, Whole
from migdesk.domain.record import Record, record
from migdesk.i18n import N_


class Stream(StrEnum):
    """Whose quota it is."""

    KANDAS = "kandas"
    RESETTLER = "resettler"
    FOREIGN_LABOUR = "foreign_labour"
    LABOUR_IMMIGRANT = "labour_immigrant"

    @classmethod
    def labels(cls) -> dict[Stream, str]:
        """What a person reads."""
        return {
            cls.KANDAS: N_("Kandas"),
            cls.RESETTLER: N_("Resettlers"),
            cls.FOREIGN_LABOUR: N_("Foreign labour"),
            cls.LABOUR_IMMIGRANT: N_("Labour immigrants"),
        }


class AllotmentKind(StrEnum):
    """`adjust` changes the limit by an act; `allot` hands units to this office, `return` gives them back; transfers
    move them between this office and a partner.
    """

    ALLOT = "allot"
    ADJUST = "adjust"
    TRANSFER_IN = "transfer_in"
    TRANSFER_OUT = "transfer_out"
    RETURN = "return"

    @classmethod
    def labels(cls) -> dict[AllotmentKind, str]:
        """What a person reads."""
        return {
            cls.ALLOT: N_("allotted"),
            cls.ADJUST: N_("limit changed"),
            cls.TRANSFER_IN: N_("received"),
            cls.TRANSFER_OUT: N_("handed over"),
            cls.RETURN: N_("given back"),
        }


SIGNS: dict[AllotmentKind, int] = {
    AllotmentKind.ALLOT: 1,
    AllotmentKind.ADJUST: 0,
    AllotmentKind.TRANSFER_IN: 1,
    AllotmentKind.TRANSFER_OUT: -1,
    AllotmentKind.RETURN: -1,
}
"""What a line does to the units this office may use; an adjustment changes the limit alone."""


class PartnerKind(StrEnum):
    """With whom units are exchanged: what goes to another region, or comes from one, moves the limit along."""

    OFFICE = "office"
    SUB_OFFICE = "sub_office"
    REGION = "region"

    @classmethod
    def labels(cls) -> dict[PartnerKind, str]:
        """What a person reads."""
        return {
            cls.OFFICE: N_("another office of this region"),
            cls.SUB_OFFICE: N_("a sub-office of this office"),
            cls.REGION: N_("another region"),
        }


class ReservationState(StrEnum):
    """A unit is held while a case is decided, then used or released; a used one may be released again."""

    HELD = "held"
    USED = "used"
    RELEASED = "released"

    @classmethod
    def labels(cls) -> dict[ReservationState, str]:
        """What a person reads."""
        return {cls.HELD: N_("reserved"), cls.USED: N_("used"), cls.RELEASED: N_("released")}


RESERVATION_TRANSITIONS: dict[ReservationState, frozenset[ReservationState]] = {
    ReservationState.HELD: frozenset({ReservationState.USED, ReservationState.RELEASED}),
    ReservationState.USED: frozenset({ReservationState.RELEASED}),
    ReservationState.RELEASED: frozenset(),
}


@record
class Quota(Record):
    """One pot: stream, year, region and, for foreign labour, category; activity is a section of OKED.

    A quota that is not divided by category, activity or country of origin has them empty.
    """

    table: ClassVar[str] = "quota"
    title: ClassVar[str] = N_("Quota")

    stream: Annotated[Stream | None, Choice(N_("Stream"), required=True, options=Stream)] = None
    year: Annotated[int | None, Whole(N_("Year"), required=True, min=2000, max=2100, grouped=False)] = None
    region: Annotated[str, Code(N_("Region"), required=True, list="kato")] = ""
    category: Annotated[str, Text(N_("Category"), max=20)] = ""
    activity: Annotated[str, Code(N_("Activity (OKED)"), list="oked")] = ""
    country: Annotated[str, Code(N_("Country of origin"), list="countries")] = ""


@record
class Allotment(Record):
    """A line that gives units to a pot or takes them away, on a day, by an act."""

    table: ClassVar[str] = "allotment"
    title: ClassVar[str] = N_("Allotment")

    quota: Annotated[str | None, Ref(N_("Quota"), required=True, to="quota")] = None
    kind: Annotated[AllotmentKind | None, Choice(N_("Kind"), required=True, options=AllotmentKind)] = None
    units: Annotated[int | None, Whole(N_("Units"), required=True, min=-1_000_000, max=1_000_000)] = None
    given_on: Annotated[date | None, Day(N_("Date"), required=True)] = None
    act: Annotated[str, Text(N_("Act"), required=True, max=300)] = ""
    partner: Annotated[str, Text(N_("From or to"), max=80)] = ""
    partner_is: Annotated[PartnerKind | None, Choice(N_("Who that is"), options=PartnerKind)] = None
    letter: Annotated[str, Text(N_("Letter of the other office"), max=120)] = ""
    override: Annotated[str, Text(N_("Why the head passed over the limit"), max=300)] = ""


@record
class Reservation(Record):
    """Units taken from a pot for one case or permit.

    Held units with a last day go back to the pot by themselves on the day after it; nobody writes that: a sum does
    not count them any more.
    """

    table: ClassVar[str] = "reservation"
    title: ClassVar[str] = N_("Reservation")

    quota: Annotated[str | None, Ref(N_("Quota"), required=True, to="quota")] = None
    person: Annotated[str | None, Ref(N_("Person"), to="person")] = None
    units: Annotated[int | None, Whole(N_("Units"), required=True, min=1, max=10_000)] = 1
    state: Annotated[
        ReservationState | None, Choice(N_("State"), required=True, options=ReservationState)
    ] = ReservationState.HELD
    reserved_on: Annotated[date | None, Day(N_("Reserved on"), required=True)] = None
    held_until: Annotated[date | None, Day(N_("Held until"))] = None
    used_on: Annotated[date | None, Day(N_("Used on"))] = None
    released_on: Annotated[date | None, Day(N_("Released on"))] = None
    reason: Annotated[str, Text(N_("Reason"), max=300)] = ""
    override: Annotated[str, Text(N_("Why the head passed over the order"), max=300)] = ""

    def is_expired(self, day: date) -> bool:
        """Whether units that were only held went back before a day."""
        is_held = self.state is ReservationState.HELD
        return is_held and self.held_until is not None and self.held_until < day


class WaitingState(StrEnum):
    """Where an entry of the waiting list stands; only one that waits may change."""

    WAITING = "waiting"
    INCLUDED = "included"
    STRUCK = "struck"

    @classmethod
    def labels(cls) -> dict[WaitingState, str]:
        """What a person reads."""
        return {
            cls.WAITING: N_("waits"),
            cls.INCLUDED: N_("included"),
            cls.STRUCK: N_("struck off"),
        }


@record
class Waiting(Record):
    """Somebody who waits for units of a pot. The order is that of the numbers; the journal proves it."""

    table: ClassVar[str] = "waiting"
    title: ClassVar[str] = N_("Entry of the waiting list")

    number: Annotated[str, Text(N_("Number"), max=30, series=True)] = ""
    quota: Annotated[str | None, Ref(N_("Quota"), required=True, to="quota")] = None
    person: Annotated[str | None, Ref(N_("Person"), required=True, to="person")] = None
    family: Annotated[str | None, Ref(N_("Family"), to="family")] = None
    case: Annotated[str | None, Ref(N_("Case"), to="cases")] = None
    units: Annotated[int | None, Whole(N_("Units"), required=True, min=1, max=10_000)] = 1
    entered_at: Annotated[datetime | None, Moment(N_("Entered at"))] = None
    state: Annotated[WaitingState | None, Choice(N_("State"), required=True, options=WaitingState)] = (
        WaitingState.WAITING
    )
    reservation: Annotated[str | None, Ref(N_("Reservation"), to="reservation")] = None
    ended_on: Annotated[date | None, Day(N_("Ended on"))] = None
    why: Annotated[str, Text(N_("Reason"), max=300)] = ""


@record
class Skip(Record):
    """That somebody in the waiting list was passed over once, why, and who was taken instead.

    While nobody was taken (`taken`), the entry stands behind; then it is its turn again.
    """

    table: ClassVar[str] = "waiting_skip"
    title: ClassVar[str] = N_("Passed over in the waiting list")

    waiting: Annotated[str | None, Ref(N_("Who was passed over"), required=True, to="waiting")] = None
    taken: Annotated[str | None, Ref(N_("Who was taken instead"), to="waiting")] = None
    skipped_on: Annotated[date | None, Day(N_("Date"), required=True)] = None
    reason: Annotated[str, Code(N_("Reason"), required=True, list="skip_reasons")] = ""
    words: Annotated[str, Text(N_("Circumstances"), required=True, max=300)] = ""


@dataclass(frozen=True, slots=True)
class Balance:
    """Sums of one pot on one day, in units (persons or permits).

    `expired` were held and went back to the pot with their last day; somebody should renew or release them.
    """

    limit: int | None
    allotted: int
    reserved: int
    used: int
    expired: int = 0

    @property
    def free(self) -> int:
        """What may still be reserved of the allotted units."""
        return self.allotted - self.reserved - self.used
