"""What may be asked of a column: the ways of each kind of field, in words, and the filter behind each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from migdesk.domain.fields import Choice, Code, Day, Field, Moment, PartialDay, Text, Whole
from migdesk.domain.listing import Filter, Test
from migdesk.domain.relative_days import PERIODS
from migdesk.i18n import N_
from migdesk.ui.lists.filters import inside_place


class Asks(StrEnum):
    """What a way wants to know: nothing, a value of the column, several, a span in words, a number of days."""

    NOTHING = "nothing"
    VALUE = "value"
    SEVERAL = "several"
    PERIOD = "period"
    DAYS = "days"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class Way:
    """A way to ask; `days` is how the number of days is written into the filter."""

    code: str
    label: str
    test: Test
    asks: Asks = Asks.VALUE
    negated: bool = False
    days: str = ""

    def make(self, key: str, field: Field, value: Any) -> Filter | None:
        """The filter for what was answered; nothing while nothing was."""
        if self.asks is Asks.NOTHING:
            return Filter(key, self.test)
        if value in (None, "", ()):
            return None
        if self.asks is Asks.PLACE:
            first, last = inside_place(key, str(value))
            return Filter(key, self.test, (first.value, last.value))
        if self.asks is Asks.DAYS:
            return Filter(key, self.test, self.days.format(n=value))
        if self.asks is Asks.SEVERAL:
            return Filter(key, self.test, tuple(field.to_sql(one) for one in value), self.negated)
        stored = value if self.asks is Asks.PERIOD else field.to_sql(value)
        return Filter(key, self.test, stored, self.negated)

    def answer(self, one: Filter, field: Field) -> Any:
        """What was answered when this filter was made; nothing when it was made another way."""
        if (one.test, one.negated) != (self.test, self.negated):
            return None
        if self.asks is Asks.NOTHING:
            return True
        if self.asks is Asks.PERIOD:
            return one.value if one.value in PERIODS else None
        if self.asks is Asks.DAYS:
            found = re.fullmatch(re.escape(self.days).replace(r"\{n\}", r"(\d+)"), str(one.value))
            return int(found[1]) if found else None
        if self.asks is Asks.PLACE:
            return one.value[0]
        if self.asks is Asks.SEVERAL:
            return tuple(field.from_sql(part) for part in one.value)
        try:
            return field.from_sql(one.value)
        except ValueError:
            return None


_EMPTY = (
    Way("empty", N_("is empty"), Test.EMPTY, Asks.NOTHING),
    Way("filled", N_("is not empty"), Test.FILLED, Asks.NOTHING),
)
_OF_DAYS = (
    Way("period", N_("in the period"), Test.WITHIN, Asks.PERIOD),
    Way("last", N_("in the last … days"), Test.WITHIN, Asks.DAYS, days="last {n} days"),
    Way("next", N_("in the next … days"), Test.WITHIN, Asks.DAYS, days="next {n} days"),
    Way("ago", N_("… days ago or earlier"), Test.UNTIL, Asks.DAYS, days="today-{n}"),
    Way("ahead", N_("in … days or later"), Test.FROM, Asks.DAYS, days="today+{n}"),
    Way("on", N_("is"), Test.IS),
    Way("from", N_("from the day"), Test.FROM),
    Way("until", N_("until the day"), Test.UNTIL),
    *_EMPTY,
)
_OF_CODES = (
    Way("one_of", N_("is one of"), Test.IN, Asks.SEVERAL),
    Way("none_of", N_("is none of"), Test.IN, Asks.SEVERAL, negated=True),
    *_EMPTY,
)
_OF_PLACES = (Way("inside", N_("lies in"), Test.WITHIN, Asks.PLACE), *_OF_CODES)
_OF_NUMBERS = (
    Way("is", N_("is"), Test.IS),
    Way("from", N_("at least"), Test.FROM),
    Way("until", N_("at most"), Test.UNTIL),
    *_EMPTY,
)
_OF_WORDS = (
    Way("has", N_("contains"), Test.CONTAINS),
    Way("has_not", N_("does not contain"), Test.CONTAINS, negated=True),
    Way("is", N_("is"), Test.IS),
    Way("is_not", N_("is not"), Test.IS, negated=True),
    *_EMPTY,
)


def ways_of(field: Field) -> dict[str, Way]:
    """By their codes, the most wanted first."""
    ways: tuple[Way, ...] = _OF_WORDS
    if isinstance(field, Day | PartialDay | Moment):
        ways = _OF_DAYS
    elif isinstance(field, Code):
        ways = _OF_PLACES if field.list == "kato" else _OF_CODES
    elif isinstance(field, Choice):
        ways = _OF_CODES
    elif isinstance(field, Whole):
        ways = _OF_NUMBERS
    return {way.code: way for way in ways}


def way_of(one: Filter, field: Field) -> tuple[Way, Any] | None:
    """The way a filter was made, with what was answered."""
    for way in ways_of(field).values():
        if (answer := way.answer(one, field)) is not None:
            return way, answer
    return None


def asked_field(way: Way, field: Field) -> Field | None:
    """The field of the editor in which a way is answered; nothing when it asks nothing."""
    if way.asks is Asks.NOTHING:
        return None
    if way.asks is Asks.PERIOD:
        return Code(N_("Days"), list=PERIOD_LIST)
    if way.asks is Asks.DAYS:
        return Whole(N_("Days"), min=0, max=36_500)
    if isinstance(field, Moment):
        return Day(field.label)
    return Text(field.label, max=100) if way.test is Test.CONTAINS else field


PERIOD_LIST = "periods"
"""The list of spans in words, as editors ask for it."""
