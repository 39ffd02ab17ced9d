"""Who comes of age between two days, by the index of births."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

from migdesk.domain.dates import PartialDate
from migdesk.domain.kin import birthday
from migdesk.domain.person import Person
from migdesk.store.database import LIVE, Store


def members_of_age(store: Store, years: int, after: date, until: date, limit: int) -> list[Person]:
    """Members of families of more than one who live here and have so many years after a day, up to another."""
    days = [str(one) for one in _born_between(years, after, until)]
    marks = ", ".join("?" * len(days))
    where = (
        f"birth_date IN ({marks}) AND {LIVE} "
        f"AND EXISTS (SELECT 1 FROM arrival a WHERE a.person = person.uid AND a.left_on IS NULL AND a.{LIVE}) "
        "AND EXISTS (SELECT 1 FROM membership m JOIN membership o ON o.family = m.family AND o.person <> m.person "
        f"WHERE m.person = person.uid AND m.until IS NULL AND o.until IS NULL AND m.{LIVE} AND o.{LIVE})"
    )
    found = store.select(Person, where, days)
    ordered = sorted(found, key=lambda one: birthday(one.birth_date, years) if one.birth_date else until)
    return ordered[:limit]


_WITHOUT_RESIDENCE = """
birth_date IN ({marks}) AND citizenship <> 'KAZ' AND annulled_on IS NULL
AND EXISTS (SELECT 1 FROM arrival a WHERE a.person = person.uid AND a.left_on IS NULL AND a.annulled_on IS NULL
  AND a.basis = 'visa_free')
AND NOT EXISTS (SELECT 1 FROM permit g WHERE g.person = person.uid AND g.annulled_on IS NULL
  AND g.state = 'granted' AND g.kind IN ('rvp', 'pmzh', 'kandas', 'visa'))
AND NOT EXISTS (SELECT 1 FROM cases c WHERE c.person = person.uid AND c.annulled_on IS NULL
  AND c.service IN ('rvp', 'pmzh', 'kandas_status') AND c.state = 'open')
"""


def without_residence(store: Store, years: int, after: date, until: date) -> list[Person]:
    """Foreigners here without a visa, who reach an age after a day and up to another and applied for nothing."""
    days = [str(one) for one in _born_between(years, after, until)]
    where = _WITHOUT_RESIDENCE.format(marks=", ".join("?" * len(days)))
    return store.select(Person, where, days) if days else []


@lru_cache(maxsize=16)
def _born_between(years: int, after: date, until: date) -> tuple[PartialDate, ...]:
    """Every birth date, whole or partial, of those who reach an age after a day and not after another."""
    return tuple(_born(years, after, until))


def _born(years: int, after: date, until: date) -> Iterator[PartialDate]:
    first = PartialDate(after.year - years, 1, 1).earliest()
    last = PartialDate(until.year - years, 12, 31).latest()
    for year in range(first.year, last.year + 1):
        months = [PartialDate(year, month) for month in range(1, 13)]
        days = (first + timedelta(days=n) for n in range((last - first).days + 1))
        whole = [PartialDate(day.year, day.month, day.day) for day in days if day.year == year]
        for one in (PartialDate(year), *months, *whole):
            if after < birthday(one, years) <= until:
                yield one
