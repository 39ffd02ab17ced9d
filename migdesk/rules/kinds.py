"""The closed words of a pack: kinds of entries, how terms are counted and rolled, which date a rule looks at."""

from __future__ import annotations

from enum import StrEnum

from migdesk.i18n import N_

LONGEST_DAYS, LONGEST_MONTHS = 36_525, 1_200
"""A hundred years: no term of law is longer, and a longer one is a slip of the pen."""

MOST_UNITS, MOST_MRP, MOST_FIGURE = 10_000_000, 1_000_000, 10**9
"""No quota has more units, no sum more MRP, no figure of law is larger."""

LONGEST_WINDOW, LONGEST_PAUSE = 3_660, 3_660
"""Ten years: no days of presence are counted back farther, and no terms stand still longer by one act."""

MOST_HOLIDAYS = 150
"""Days of the year that a pack calls holidays, all their periods together; with more no term would ever end."""

FIGURES = {
    "%": (0, 100),
    "years": (0, 150),
    "days": (0, LONGEST_DAYS),
    "months": (0, LONGEST_MONTHS),
    "day of month": (1, 31),
}
"""The smallest and the largest figure of a unit."""


class Kind(StrEnum):
    """What sort of entry a code names."""

    RULE = "rule"
    TERM = "term"
    AMOUNT = "amount"
    REGIME = "regime"
    SPECIAL = "special"
    VALUE = "value"
    QUOTA = "quota"
    HOLIDAY = "holiday"
    SETTING = "setting"

    @classmethod
    def labels(cls) -> dict[Kind, str]:
        """What a person reads."""
        return {
            cls.RULE: N_("rule"),
            cls.TERM: N_("term"),
            cls.AMOUNT: N_("sum"),
            cls.REGIME: N_("regime of stay"),
            cls.SPECIAL: N_("special regime"),
            cls.VALUE: N_("figure"),
            cls.QUOTA: N_("quota order"),
            cls.HOLIDAY: N_("calendar"),
            cls.SETTING: N_("open question"),
        }


class Unit(StrEnum):
    """How a term is counted."""

    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"
    MONTHS = "months"

    @classmethod
    def labels(cls) -> dict[Unit, str]:
        """What a person reads."""
        return {
            cls.WORKING_DAYS: N_("working days"),
            cls.CALENDAR_DAYS: N_("calendar days"),
            cls.MONTHS: N_("months"),
        }


class Roll(StrEnum):
    """What happens to a term of calendar days that ends on a day off."""

    NONE = "none"
    NEXT_WORKING_DAY = "next_working_day"

    @classmethod
    def labels(cls) -> dict[Roll, str]:
        """What a person reads."""
        return {
            cls.NONE: N_("ends on it all the same"),
            cls.NEXT_WORKING_DAY: N_("ends on the next working day"),
        }


class JudgedOn(StrEnum):
    """Which date of a matter a rule looks at."""

    EVENT = "event"
    FILING = "filing"
    DECISION = "decision"

    @classmethod
    def labels(cls) -> dict[JudgedOn, str]:
        """What a person reads."""
        return {
            cls.EVENT: N_("the event"),
            cls.FILING: N_("the filing"),
            cls.DECISION: N_("the decision"),
        }
