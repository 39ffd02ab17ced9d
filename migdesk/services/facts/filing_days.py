"""By which day an application had to be filed, of services whose law says so, as facts for the rules.

The day is counted from an answer of the case (a graduation, the year that is asked for, a planned entry) or from the
end of the permit that is extended. What is late or early is told by a rule, which names its source.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from migdesk.domain.datasound import LAST_YEAR
from migdesk.services import checks
from migdesk.services.desk import Desk

_FIRST_YEAR = 1992
CITIZEN_LEAST, CITIZEN_MOST = "labour.citizen_least", "labour.citizen_most"
"""Between these after the issue a citizen takes the position of a foreigner of category 4."""
LABOUR_PERMIT = "foreign_labour_permit"


@dataclass(frozen=True, slots=True)
class _Filing:
    """The terms of the last and the first day to file, and the day in the answers from which they are counted."""

    last: str
    start: Callable[[Mapping[str, Any]], date | None]
    first: str = ""


def _of(key: str) -> Callable[[Mapping[str, Any]], date | None]:
    def start(answers: Mapping[str, Any]) -> date | None:
        day = answers.get(key)
        return day if isinstance(day, date) else None

    return start


def _year_before(answers: Mapping[str, Any]) -> date | None:
    """The first day of the year before the one that is asked for: the need is filed in it."""
    year = answers.get("year")
    return date(year - 1, 1, 1) if isinstance(year, int) and _FIRST_YEAR <= year <= LAST_YEAR else None


_BY_ANSWER = {
    "employer_need": _Filing("labour.employer_need", _year_before),
    "resettler_quota": _Filing("resettler.graduate_filing", _of("graduated_on")),
    "invitation_reunion": _Filing("invitation.latest", _of("entry_on"), "invitation.earliest"),
}
_BY_END = {
    "visa_extension": "visa.extension_filing",
    "rvp": "visa.extension_filing",
    "ict_extension": "labour.ict_extension_filing",
}


def of_answers(desk: Desk, service: str, answers: Mapping[str, Any], on: date) -> dict[str, object]:
    """What the answers of a case say of its filing on a day."""
    facts: dict[str, object] = {}
    if service == LABOUR_PERMIT:
        facts["citizen_first_day"] = checks.find_due(desk, CITIZEN_LEAST, on)
        facts["citizen_last_day"] = checks.find_due(desk, CITIZEN_MOST, on)
    filing = _BY_ANSWER.get(service)
    start = filing.start(answers) if filing else None
    if filing is None or start is None:
        return facts
    facts |= _late(checks.find_due(desk, filing.last, start), on)
    first = checks.find_due(desk, filing.first, start) if filing.first else None
    if first:
        facts |= {"filing_first_day": first, "filing_days_early": max(0, (first - on).days)}
    return facts


def of_end(desk: Desk, service: str, end: date, on: date) -> dict[str, object]:
    """What the end of the permit that is extended says of a filing on a day."""
    term = _BY_END.get(service)
    return _late(checks.find_due(desk, term, end), on) if term else {}


def _late(last: date | None, on: date) -> dict[str, object]:
    return {"filing_last_day": last, "filing_days_late": max(0, (on - last).days)} if last else {}
