"""Open terms: what somebody must do by a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from migdesk.i18n import N_

NEAR, SOON = timedelta(days=7), timedelta(days=30)
"""How far ahead an office looks: what is due within a week is told, what ends within a month is announced."""


class TermKind(StrEnum):
    """Which term runs."""

    NOTICE = "notice"
    REGISTRATION = "registration"
    STAY = "stay"
    PERMIT = "permit"
    CASE = "case"

    @classmethod
    def labels(cls) -> dict[TermKind, str]:
        """What a person reads."""
        return {
            cls.NOTICE: N_("Notice of arrival"),
            cls.REGISTRATION: N_("Registration by the immigrant"),
            cls.STAY: N_("End of stay"),
            cls.PERMIT: N_("End of permit"),
            cls.CASE: N_("Decision of a case"),
        }


NOTICE_TERM, REGISTRATION_TERM = "notice.arrival", "stay.registration"
"""Codes, in the packs of law, of the two terms that begin with every arrival."""

MOVE_NOTICE_TERM, MOVE_REGISTRATION_TERM = "notice.address_change", "stay.reregistration"
"""Those that begin instead when somebody moves to another address; both run from the day of the move."""

CITIZEN_TERM = "citizen.registration"
"""The one that begins when a citizen comes to a new place of residence: nobody gives notice of citizens."""


@dataclass(frozen=True, slots=True, repr=False)
class OpenTerm:
    """One open term: kind, due day, the record it stands in, and its person."""

    kind: TermKind
    due: date
    record_uid: str
    person_uid: str
    name: str
