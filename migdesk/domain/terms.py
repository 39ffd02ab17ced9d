"""Open terms: what somebody must do by a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from migdesk.domain.dates import show_day
from migdesk.domain.fields import choice_label
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
    OF_AGE = "of_age"
    APPEAL = "appeal"
    PAYMENT = "payment"
    OBLIGATION = "obligation"
    REPORT = "report"
    RESERVED = "reserved"
    SIXTEEN = "sixteen"
    CHECK = "check"
    RELEASE = "release"

    @classmethod
    def labels(cls) -> dict[TermKind, str]:
        """What a person reads."""
        return {
            cls.NOTICE: N_("Notice of arrival"),
            cls.REGISTRATION: N_("Registration by the immigrant"),
            cls.STAY: N_("End of stay"),
            cls.PERMIT: N_("End of permit"),
            cls.CASE: N_("Decision of a case"),
            cls.OF_AGE: N_("Comes of age: own papers (reminder)"),
            cls.APPEAL: N_("Appeal against a decision"),
            cls.PAYMENT: N_("Payment"),
            cls.OBLIGATION: N_("End of the obligation to stay"),
            cls.REPORT: N_("Monthly report of the employer"),
            cls.RESERVED: N_("Reserved units of the quota"),
            cls.SIXTEEN: N_("Turned 16: application for an RVP"),
            cls.CHECK: N_("Daily check: not entered yet"),
            cls.RELEASE: N_("Last day of daily checks: release"),
        }


CITIZEN_REGISTRATION = N_("Registration of the citizen")
"""What a citizen's term is called: he does not register as an immigrant."""

NOTICE_TERM, REGISTRATION_TERM = "notice.arrival", "stay.registration"
"""Codes, in the packs of law, of the two terms that begin with every arrival."""

MOVE_NOTICE_TERM, MOVE_REGISTRATION_TERM = "notice.address_change", "stay.reregistration"
"""Those that begin instead when somebody moves to another address; both run from the day of the move."""

CITIZEN_TERM = "citizen.registration"
"""The one that begins when a citizen comes to a new place of residence: nobody gives notice of citizens."""


@dataclass(frozen=True, slots=True, repr=False)
class OpenTerm:
    """One open term: kind, due day, the record it stands in, its person, and whether he is here as a citizen."""

    kind: TermKind
    due: date
    record_uid: str
    person_uid: str
    name: str
    is_citizen: bool = False

    @property
    def title(self) -> str:
        """What is to be done, as an English message."""
        return title_of(self.kind, is_citizen=self.is_citizen)


def title_of(kind: TermKind, *, is_citizen: bool) -> str:
    """What a term asks, as an English message; a citizen registers as a citizen."""
    own = is_citizen and kind is TermKind.REGISTRATION
    return CITIZEN_REGISTRATION if own else TermKind.labels()[kind]


class ClosedBy(StrEnum):
    """What closed a term: it was done, or the person went, or never came."""

    DONE = "done"
    MOVE = "move"
    DEPARTURE = "departure"
    ANNULLED = "annulled"

    @classmethod
    def labels(cls) -> dict[ClosedBy, str]:
        """What a person reads, with the day."""
        return {
            cls.DONE: N_("done on {day}"),
            cls.MOVE: N_("closed by the move of {day}"),
            cls.DEPARTURE: N_("closed by the departure of {day}"),
            cls.ANNULLED: N_("the arrival was annulled on {day}"),
        }


@dataclass(frozen=True, slots=True)
class ClosedTerm:
    """A term that runs no longer: its due day, the day on which it was closed, and by what."""

    kind: TermKind
    due: date
    closed_on: date
    by: ClosedBy
    record_uid: str
    is_citizen: bool = False

    @property
    def title(self) -> str:
        """What was to be done, as an English message."""
        return title_of(self.kind, is_citizen=self.is_citizen)

    @property
    def is_missed(self) -> bool:
        """Whether it was closed only after its last day; one of an arrival that never was is not missed."""
        return self.closed_on > self.due and self.by is not ClosedBy.ANNULLED

    def how(self) -> str:
        """What closed it and when, in the current language."""
        return choice_label(self.by).format(day=show_day(self.closed_on))
