"""The closed words of a pack: kinds of entries, how terms are counted and rolled, which date a rule looks at."""

from __future__ import annotations

from enum import StrEnum

from migdesk.i18n import N_


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
