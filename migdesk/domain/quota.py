"""Quota: a ledger, never a counter. A balance is always the sum of its lines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated, ClassVar

from migdesk.domain.fields import Choice, Code, Day, Ref, Text, Whole
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
    """`adjust` changes the limit by an act; `allot` hands units to this office; transfers move them."""

    ALLOT = "allot"
    ADJUST = "adjust"
    TRANSFER_IN = "transfer_in"
    TRANSFER_OUT = "transfer_out"

    @classmethod
    def labels(cls) -> dict[AllotmentKind, str]:
        """What a person reads."""
        return {
            cls.ALLOT: N_("allotted"),
            cls.ADJUST: N_("limit changed"),
            cls.TRANSFER_IN: N_("received"),
            cls.TRANSFER_OUT: N_("handed over"),
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
    """One pot: stream, year, region and, for foreign labour, category."""

    table: ClassVar[str] = "quota"
    title: ClassVar[str] = N_("Quota")

    stream: Annotated[Stream | None, Choice(N_("Stream"), required=True, options=Stream)] = None
    year: Annotated[int | None, Whole(N_("Year"), required=True, min=2000, max=2100, grouped=False)] = None
    region: Annotated[str, Code(N_("Region"), required=True, list="kato")] = ""
    category: Annotated[str, Text(N_("Category"), max=20)] = ""


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


@record
class Reservation(Record):
    """Units taken from a pot for one case or permit."""

    table: ClassVar[str] = "reservation"
    title: ClassVar[str] = N_("Reservation")

    quota: Annotated[str | None, Ref(N_("Quota"), required=True, to="quota")] = None
    person: Annotated[str | None, Ref(N_("Person"), to="person")] = None
    units: Annotated[int | None, Whole(N_("Units"), required=True, min=1, max=10_000)] = 1
    state: Annotated[
        ReservationState | None, Choice(N_("State"), required=True, options=ReservationState)
    ] = ReservationState.HELD
    reserved_on: Annotated[date | None, Day(N_("Reserved on"), required=True)] = None
    used_on: Annotated[date | None, Day(N_("Used on"))] = None
    released_on: Annotated[date | None, Day(N_("Released on"))] = None
    reason: Annotated[str, Text(N_("Reason"), max=300)] = ""


@dataclass(frozen=True, slots=True)
class Balance:
    """Sums of one pot on one day, in units (persons or permits)."""

    limit: int | None
    allotted: int
    reserved: int
    used: int

    @property
    def free(self) -> int:
        """What may still be reserved."""
        return self.allotted - self.reserved - self.used
