"""CaseCheck: one dated look at the person of a case that is watched, such as a quarantine at home."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, ClassVar

from migdesk.domain.fields import Choice, Day, Note, Ref, Text
from migdesk.domain.record import Record, record
from migdesk.i18n import N_

WATCHED_FROM, WATCHED_UNTIL = "watched_from", "watched_until"
"""Keys of the two questions that make a service one whose people are looked at every day: first and last day."""


class CheckOutcome(StrEnum):
    """What was found; a prolongation stands in the same line of days, since the later days follow from it."""

    PRESENT = "present"
    ABSENT = "absent"
    BREACH = "breach"
    PROLONGED = "prolonged"

    @classmethod
    def labels(cls) -> dict[CheckOutcome, str]:
        """What a person reads."""
        return {
            cls.PRESENT: N_("checked, at the place"),
            cls.ABSENT: N_("not found"),
            cls.BREACH: N_("breach recorded"),
            cls.PROLONGED: N_("prolonged"),
        }


@record
class CaseCheck(Record):
    """Who looked, on which day, and what was found; corrected by a new fact, the old one stays in the journal."""

    table: ClassVar[str] = "case_check"
    title: ClassVar[str] = N_("Check of a case")

    case: Annotated[str | None, Ref(N_("Case"), required=True, to="cases")] = None
    day: Annotated[date | None, Day(N_("Day of the check"), required=True)] = None
    outcome: Annotated[
        CheckOutcome | None, Choice(N_("Outcome of the check"), required=True, options=CheckOutcome)
    ] = CheckOutcome.PRESENT
    by: Annotated[str, Text(N_("Who checked"), max=120)] = ""
    note: Annotated[str, Note(N_("Remark"), max=1000)] = ""
