"""Arrival, departure, stay: dated events of one person; nothing overwrites an earlier one."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, ClassVar

from migdesk.domain.fields import Choice, Code, Day, Note, Ref, Text
from migdesk.domain.person import Completeness
from migdesk.domain.record import Record, record
from migdesk.i18n import N_


class StayBasis(StrEnum):
    """On what ground a person may be here."""

    VISA_FREE = "visa_free"
    VISA = "visa"
    RVP = "rvp"
    PMZH = "pmzh"
    KANDAS = "kandas"
    REFUGE = "refuge"
    CITIZEN = "citizen"
    OTHER = "other"

    @classmethod
    def labels(cls) -> dict[StayBasis, str]:
        """What a person reads."""
        return {
            cls.VISA_FREE: N_("without a visa"),
            cls.VISA: N_("visa"),
            cls.RVP: N_("temporary residence permit (RVP)"),
            cls.PMZH: N_("permanent residence permit"),
            cls.KANDAS: N_("kandas"),
            cls.REFUGE: N_("refuge"),
            cls.CITIZEN: N_("citizen of Kazakhstan"),
            cls.OTHER: N_("other"),
        }


RESIDENTS = (StayBasis.CITIZEN, StayBasis.PMZH)
"""Those who register at a place of residence of their own: nobody has to receive them."""


class DepartureKind(StrEnum):
    """Only a departure abroad for good makes a statistical coupon."""

    ADDRESS = "address"
    ABROAD = "abroad"
    FOR_GOOD = "for_good"

    @classmethod
    def labels(cls) -> dict[DepartureKind, str]:
        """What a person reads."""
        return {
            cls.ADDRESS: N_("Left the address"),
            cls.ABROAD: N_("Left the country"),
            cls.FOR_GOOD: N_("Left the country for good"),
        }


class EventSource(StrEnum):
    """From what the office knows of an event: a paper it saw, a portal, or what the person says."""

    PAPER = "paper"
    PORTAL = "portal"
    WORD = "word"

    @classmethod
    def labels(cls) -> dict[EventSource, str]:
        """What a person reads."""
        return {
            cls.PAPER: N_("a paper"),
            cls.PORTAL: N_("a portal"),
            cls.WORD: N_("the person's word"),
        }


@record
class Arrival(Record):
    """One person came to one address: crossing of the border, purpose, host, notice.

    The two due dates are kept as they were computed when the arrival was registered, so that they can be
    explained later; `left_on` is set by the departure that closes the arrival. One that began with a move names
    the arrival it came from, and has the terms of a move; `second_home` says why one goes on beside an earlier one.
    `stay_until` is the day written in a document; `stay_ends_on` the last lawful day by all crossings and permits of
    the person, kept while the arrival is open.
    """

    table: ClassVar[str] = "arrival"
    title: ClassVar[str] = N_("Arrival")

    number: Annotated[str, Text(N_("Number"), max=30, series=True)] = ""
    person: Annotated[str | None, Ref(N_("Person"), to="person")] = None
    family: Annotated[str | None, Ref(N_("Family"), to="family")] = None
    document: Annotated[str | None, Ref(N_("Travel document"), to="document")] = None
    purpose: Annotated[str, Code(N_("Purpose of arrival"), required=True, list="purposes")] = ""
    from_country: Annotated[str, Code(N_("Arrived from"), list="countries")] = ""
    entered_on: Annotated[date | None, Day(N_("Date of entry"))] = None
    border_point: Annotated[str, Text(N_("Border point"), max=80)] = ""
    transport: Annotated[str, Text(N_("Flight, train or bus"), max=40)] = ""
    arrived_on: Annotated[date | None, Day(N_("Arrived at the address on"), required=True)] = None
    address: Annotated[str | None, Ref(N_("Address of stay"), to="address")] = None
    host: Annotated[str | None, Ref(N_("Receiving person"), to="party")] = None
    basis: Annotated[StayBasis | None, Choice(N_("Ground of stay"), options=StayBasis)] = None
    visa_category: Annotated[str, Code(N_("Visa category"), list="visa_categories")] = ""
    visa_number: Annotated[str, Text(N_("Visa number"), max=30)] = ""
    stay_until: Annotated[date | None, Day(N_("Stay until"))] = None
    stay_ends_on: Annotated[date | None, Day(N_("Last lawful day"), computed=True)] = None
    notice_due: Annotated[date | None, Day(N_("Notice due on"))] = None
    notified_on: Annotated[date | None, Day(N_("Notice given on"))] = None
    channel: Annotated[str, Code(N_("Channel"), list="channels")] = ""
    registration_due: Annotated[date | None, Day(N_("Registration due on"))] = None
    registered_on: Annotated[date | None, Day(N_("Registered on"))] = None
    left_on: Annotated[date | None, Day(N_("Left on"))] = None
    source: Annotated[EventSource | None, Choice(N_("Known from"), options=EventSource)] = None
    registered_source: Annotated[
        EventSource | None, Choice(N_("Registration known from"), options=EventSource)
    ] = None
    moved_from: Annotated[str | None, Ref(N_("Moved here from the arrival"), to="arrival")] = None
    previous_address: Annotated[str, Text(N_("Previous address (from where)"))] = ""
    second_home: Annotated[str, Text(N_("Why at two addresses"), max=200)] = ""
    state: Annotated[Completeness | None, Choice(N_("State of the file"), options=Completeness)] = (
        Completeness.INCOMPLETE
    )
    note: Annotated[str, Note(N_("Note"))] = ""


@record
class Departure(Record):
    """One person left an address, or the country; closes the arrival it names."""

    table: ClassVar[str] = "departure"
    title: ClassVar[str] = N_("Departure")

    number: Annotated[str, Text(N_("Number"), max=30, series=True)] = ""
    person: Annotated[str | None, Ref(N_("Person"), required=True, to="person")] = None
    arrival: Annotated[str | None, Ref(N_("Arrival"), to="arrival")] = None
    kind: Annotated[DepartureKind | None, Choice(N_("Kind"), required=True, options=DepartureKind)] = None
    left_on: Annotated[date | None, Day(N_("Left on"), required=True)] = None
    to_country: Annotated[str, Code(N_("Left for"), list="countries")] = ""
    to_place: Annotated[str, Code(N_("Left for the settlement"), list="kato")] = ""
    border_point: Annotated[str, Text(N_("Border point"), max=80)] = ""
    source: Annotated[EventSource | None, Choice(N_("Known from"), options=EventSource)] = None
    move_reason: Annotated[str, Code(N_("Reason of the move"), list="move_reasons")] = ""
    note: Annotated[str, Note(N_("Note"))] = ""


@record
class Stay(Record):
    """One unbroken presence in the country, from a crossing in to a crossing out."""

    table: ClassVar[str] = "stay"
    title: ClassVar[str] = N_("Stay")

    person: Annotated[str | None, Ref(N_("Person"), required=True, to="person")] = None
    entered_on: Annotated[date | None, Day(N_("Date of entry"), required=True)] = None
    left_on: Annotated[date | None, Day(N_("Left on"))] = None
    border_point: Annotated[str, Text(N_("Border point"), max=80)] = ""
    source: Annotated[EventSource | None, Choice(N_("Known from"), options=EventSource)] = None
    basis: Annotated[StayBasis | None, Choice(N_("Ground of stay"), options=StayBasis)] = None
    valid_until: Annotated[date | None, Day(N_("Valid until"))] = None
    arrival: Annotated[str | None, Ref(N_("Arrival"), to="arrival")] = None
