"""Amounts that became due by the decision of a case: which, to whom, since when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from migdesk.domain.person import Person
from migdesk.services.case_file import CaseFile
from migdesk.services.desk import Desk
from migdesk.services.verdicts import amount_title


@dataclass(frozen=True, slots=True)
class DuePayment:
    """An amount by its code in the rules, its title, the day of the decision, and the people of the case."""

    code: str
    title: str
    since: date | None
    people: tuple[Person, ...]


def of_case(desk: Desk, file: CaseFile) -> list[DuePayment]:
    """What the decision of a case made due; nothing while it is open, refused or taken back."""
    day = file.case.decided_on
    return [
        DuePayment(code, amount_title(desk, code, day or desk.today), day, file.people)
        for code in file.payments
    ]
