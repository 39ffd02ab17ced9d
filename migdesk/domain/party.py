"""Party and address: who answers for a foreigner, and where people live."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, ClassVar

from migdesk.domain.fields import Choice, Code, Note, Ref, Text
from migdesk.domain.record import Record, record
from migdesk.i18n import N_


class PartyKind(StrEnum):
    """An individual has an IIN, an organisation a BIN."""

    INDIVIDUAL = "individual"
    ORGANISATION = "organisation"

    @classmethod
    def labels(cls) -> dict[PartyKind, str]:
        """What a person reads."""
        return {cls.INDIVIDUAL: N_("individual"), cls.ORGANISATION: N_("organisation")}


class PartyRole(StrEnum):
    """What the party mostly is to the office; one party may still be host and employer at once."""

    HOST = "host"
    EMPLOYER = "employer"
    SCHOOL = "school"
    HOTEL = "hotel"
    HOSPITAL = "hospital"
    OTHER = "other"

    @classmethod
    def labels(cls) -> dict[PartyRole, str]:
        """What a person reads."""
        return {
            cls.HOST: N_("host"),
            cls.EMPLOYER: N_("employer"),
            cls.SCHOOL: N_("school"),
            cls.HOTEL: N_("hotel"),
            cls.HOSPITAL: N_("hospital"),
            cls.OTHER: N_("other"),
        }


class PartySize(StrEnum):
    """Size of a business: fines and local-content duties depend on it."""

    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"
    NGO = "ngo"
    STATE = "state"

    @classmethod
    def labels(cls) -> dict[PartySize, str]:
        """What a person reads."""
        return {
            cls.SMALL: N_("small business"),
            cls.MEDIUM: N_("medium business"),
            cls.LARGE: N_("large business"),
            cls.NGO: N_("non-profit"),
            cls.STATE: N_("state body"),
        }


@record
class Address(Record):
    """A place of the KATO classifier plus street, house and flat as free text."""

    table: ClassVar[str] = "address"
    title: ClassVar[str] = N_("Address")

    place: Annotated[str, Code(N_("Settlement"), required=True, list="kato")] = ""
    line: Annotated[str, Text(N_("Street, house, flat"), max=200)] = ""
    rka: Annotated[str, Text(N_("Address register code"), max=20)] = ""


@record
class Party(Record):
    """Host, employer, school or another body that answers for foreigners."""

    table: ClassVar[str] = "party"
    title: ClassVar[str] = N_("Receiving person")

    kind: Annotated[PartyKind | None, Choice(N_("Kind"), required=True, options=PartyKind)] = (
        PartyKind.INDIVIDUAL
    )
    role: Annotated[PartyRole | None, Choice(N_("Role"), options=PartyRole)] = PartyRole.HOST
    name: Annotated[str, Text(N_("Name"), required=True)] = ""
    number: Annotated[str, Text(N_("IIN / BIN"), max=12)] = ""
    activity: Annotated[str, Code(N_("Activity (OKED)"), list="oked")] = ""
    size: Annotated[PartySize | None, Choice(N_("Size"), options=PartySize)] = None
    head: Annotated[str, Text(N_("Head"))] = ""
    address: Annotated[str | None, Ref(N_("Address"), to="address")] = None
    phone: Annotated[str, Text(N_("Phone"), max=40)] = ""
    email: Annotated[str, Text(N_("E-mail"), max=80)] = ""
    note: Annotated[str, Note(N_("Note"))] = ""
