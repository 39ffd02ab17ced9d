"""What services prepare for a paper and no record holds: the print itself, places, rows of family and papers.

All texts are already in the language of the paper. Their repr is bare: the content is personal data.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from migdesk.i18n import N_


@dataclass(frozen=True, slots=True, repr=False)
class PrintFacts:
    """The print: number in the register, which copy, when and by whom; `preview` until it has a number."""

    number: str = ""
    copy: int = 1
    printed_on: date | None = None
    printed_at: datetime | None = None
    operator: str = ""
    post: str = ""
    due_on: date | None = None
    preview: bool = False


@dataclass(frozen=True, slots=True, repr=False)
class PlaceText:
    """An address taken apart; `full` is the whole line as letters write it."""

    region: str = ""
    district: str = ""
    settlement: str = ""
    line: str = ""
    full: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class FamilyRow:
    """One member of a family in a table or picture; `number` is the IIN, else the document.

    `place` is the code of the relation to the head, by which the picture finds the generation.
    """

    n: int = 0
    name: str = ""
    relation: str = ""
    birth: str = ""
    sex: str = ""
    ethnicity: str = ""
    citizenship: str = ""
    number: str = ""
    document: str = ""
    education: str = ""
    speciality: str = ""
    together: str = ""
    place: str = ""
    age: str = ""
    since: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class PaperRow:
    """One document handed in."""

    n: int = 0
    name: str = ""
    pages: int | None = None
    code: str = ""
    held: bool = False


@dataclass(frozen=True, slots=True, repr=False)
class PhotoFacts:
    """A photo as a file; none leaves the frame in which one is glued."""

    content: bytes = b""


@dataclass(frozen=True, slots=True, repr=False)
class CardFacts:
    """What a personal card has beside the person: the label of his file."""

    label: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class CouponFacts:
    """What an address leaf and a statistical coupon say of a registration or a departure, with their codes."""

    on: date | None = None
    place: str = ""
    place_code: str = ""
    settlement_code: str = ""
    address: str = ""
    other_place: str = ""
    other_code: str = ""
    other_since: str = ""
    reason: str = ""
    reason_code: str = ""
    occupation: str = ""
    children: str = ""
    temporary_until: date | None = None
    area: str = ""
    owner: str = ""
    owner_consent: str = ""
    state_rent: str = ""


class DecisionKind(StrEnum):
    """What was decided about an application."""

    GRANT = "grant"
    EXTEND = "extend"
    REFUSE = "refuse"

    @classmethod
    def labels(cls) -> dict[DecisionKind, str]:
        """What a person reads."""
        return {cls.GRANT: N_("grant"), cls.EXTEND: N_("extend"), cls.REFUSE: N_("refuse")}


@dataclass(frozen=True, slots=True, repr=False)
class DecisionFacts:
    """A decision on an application: what, when, on which grounds, for how long, and who signs."""

    kind: DecisionKind = DecisionKind.GRANT
    number: str = ""
    decided_on: date | None = None
    protocol: str = ""
    protocol_on: date | None = None
    since: date | None = None
    until: date | None = None
    reason: str = ""
    clause: str = ""
    circumstances: str = ""
    appeal_until: date | None = None
    head: str = ""
    head_post: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class SeatRow:
    """One member of a commission in the table of those present."""

    n: int = 0
    name: str = ""
    post: str = ""
    role: str = ""
    present: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class AgendaRow:
    """One case of an agenda: whose, how many people, what was handed in; votes and outcome once there are any."""

    n: int = 0
    service: str = ""
    filed: str = ""
    name: str = ""
    persons: int | None = None
    country: str = ""
    place: str = ""
    papers: str = ""
    due: str = ""
    outcome: str = ""
    reason: str = ""
    votes: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class SessionFacts:
    """What a paper of a session counts: who is present, the quorum, families and people, units of the quota."""

    chair: str = ""
    secretary: str = ""
    members: int = 0
    present: int = 0
    needed: int = 0
    families: int = 0
    persons: int = 0
    quota: str = ""
