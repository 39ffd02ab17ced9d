"""The centuries of a zone's two-digit years: births lie in the past, expiries near today."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import Any

from migdesk.domain.dates import PartialDate

FAR = 30
_FIRST_ZONES = 1980


def read_birth(parts: tuple[str | Any, ...], today: date) -> PartialDate | None:
    """The latest birth not after today; month or day only as far as known; none when the year is not."""
    if parts[0] == "<<":
        return None
    year, month, day = (0 if part == "<<" else int(part) for part in parts)
    if "00" in parts[1:]:
        return None
    for century in (today.year // 100, today.year // 100 - 1):
        try:
            born = PartialDate(century * 100 + year, month, day if month else 0)
        except ValueError:
            continue
        if born.earliest() <= today:
            return born
    return None


def read_expiry(raw: str, born: PartialDate | None, today: date) -> date | None:
    """The likelier century of an expiry; none when the six signs are no date."""
    found = []
    for century in (2000, 1900):
        # 29 February is a day in one century and none in the other
        with suppress(ValueError):
            found.append(date(century + int(raw[:2]), int(raw[2:4]), int(raw[4:])))
    near = [day for day in found if day.year - today.year <= FAR and day.year >= _FIRST_ZONES]
    possible = [day for day in near if born is None or day > born.earliest()]
    this_century = [day for day in found if day.year >= 2000]
    return next(iter((*possible, *this_century)), None)
