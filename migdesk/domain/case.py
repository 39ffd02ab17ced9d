"""Case: one application on its way through a procedure."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, ClassVar

from migdesk.domain.detail import LONGEST
from migdesk.domain.fields import Choice, Code, Day, Note, Ref, Text, Whole
from migdesk.domain.record import Record, record
from migdesk.i18n import N_


class CaseState(StrEnum):
    """Where an application stands."""

    OPEN = "open"
    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    TERMINATED = "terminated"

    @classmethod
    def labels(cls) -> dict[CaseState, str]:
        """What a person reads."""
        return {
            cls.OPEN: N_("open"),
            cls.GRANTED: N_("granted"),
            cls.REFUSED: N_("refused"),
            cls.WITHDRAWN: N_("withdrawn"),
            cls.TERMINATED: N_("terminated"),
        }


CASE_TRANSITIONS: dict[CaseState, frozenset[CaseState]] = {
    CaseState.OPEN: frozenset(
        {CaseState.GRANTED, CaseState.REFUSED, CaseState.WITHDRAWN, CaseState.TERMINATED}
    ),
    CaseState.GRANTED: frozenset({CaseState.TERMINATED}),
    CaseState.REFUSED: frozenset({CaseState.OPEN}),
    CaseState.WITHDRAWN: frozenset(),
    CaseState.TERMINATED: frozenset({CaseState.OPEN}),
}
"""A status that was granted may end; its case then says so, with the legal grounds of the end. What was decided
against the applicant opens again when an appeal reverses it."""


class AppealOutcome(StrEnum):
    """What became of an appeal."""

    UPHELD = "upheld"
    REVERSED = "reversed"

    @classmethod
    def labels(cls) -> dict[AppealOutcome, str]:
        """What a person reads."""
        return {cls.UPHELD: N_("the decision stands"), cls.REVERSED: N_("the decision is reversed")}


@record
class Case(Record):
    """An application for a public service, by a person for himself and a family, or by an employer."""

    table: ClassVar[str] = "cases"
    title: ClassVar[str] = N_("Case")

    number: Annotated[str, Text(N_("Number"), max=30, series=True)] = ""
    service: Annotated[str, Code(N_("Service"), required=True, list="procedures")] = ""
    person: Annotated[str | None, Ref(N_("Applicant"), required=True, to="person")] = None
    family: Annotated[str | None, Ref(N_("Family"), to="family")] = None
    party: Annotated[str | None, Ref(N_("Employer or host"), to="party")] = None
    persons: Annotated[int | None, Whole(N_("Persons"), min=1, max=50)] = 1
    region: Annotated[str, Code(N_("Region"), list="kato")] = ""
    category: Annotated[str, Text(N_("Category"), max=20)] = ""
    applied_on: Annotated[date | None, Day(N_("Applied on"), required=True)] = None
    channel: Annotated[str, Code(N_("Channel"), list="channels")] = ""
    due_on: Annotated[date | None, Day(N_("Decision due on"))] = None
    state: Annotated[CaseState | None, Choice(N_("State"), required=True, options=CaseState)] = CaseState.OPEN
    decided_on: Annotated[date | None, Day(N_("Decided on"))] = None
    protocol: Annotated[str, Text(N_("Commission protocol"), max=60)] = ""
    protocol_on: Annotated[date | None, Day(N_("Date of the protocol"))] = None
    grounds: Annotated[str, Text(N_("Grounds"), max=400)] = ""
    decision: Annotated[str, Text(N_("Decision"), max=60)] = ""
    circumstances: Annotated[str, Note(N_("Circumstances of the decision"), max=2000)] = ""
    appeal_until: Annotated[date | None, Day(N_("Appeal until"))] = None
    appealed_on: Annotated[date | None, Day(N_("Appealed on"))] = None
    certificate: Annotated[str, Text(N_("Certificate number"), max=40)] = ""
    reservation: Annotated[str | None, Ref(N_("Quota unit"), to="reservation")] = None
    note: Annotated[str, Note(N_("Note"))] = ""


@record
class CaseMember(Record):
    """One of the people a case is about; the applicant is the first of them."""

    table: ClassVar[str] = "case_member"
    title: ClassVar[str] = N_("Person of a case")

    case: Annotated[str | None, Ref(N_("Case"), required=True, to="cases")] = None
    person: Annotated[str | None, Ref(N_("Person"), required=True, to="person")] = None


@record
class CasePaper(Record):
    """A paper that came in for a case; the code is that of the procedure's list."""

    table: ClassVar[str] = "case_paper"
    title: ClassVar[str] = N_("Paper of a case")

    case: Annotated[str | None, Ref(N_("Case"), required=True, to="cases")] = None
    code: Annotated[str, Text(N_("Paper"), required=True, max=60)] = ""
    received_on: Annotated[date | None, Day(N_("Received on"), required=True)] = None
    issued_on: Annotated[date | None, Day(N_("Day of the paper"))] = None
    pages: Annotated[int | None, Whole(N_("Pages"), max=2000)] = None
    note: Annotated[str, Text(N_("Note"))] = ""


@record
class CaseStep(Record):
    """A step of a case that was done on a day."""

    table: ClassVar[str] = "case_step"
    title: ClassVar[str] = N_("Step of a case")

    case: Annotated[str | None, Ref(N_("Case"), required=True, to="cases")] = None
    code: Annotated[str, Text(N_("Step"), required=True, max=60)] = ""
    done_on: Annotated[date | None, Day(N_("Done on"), required=True)] = None
    note: Annotated[str, Text(N_("Note"))] = ""


@record
class CaseDetail(Record):
    """One answer to a question of the service: which case, under which key, and the answer as text.

    Keys and kinds of answers are data (`resources/procedures`); dates stand as ISO, yes as `1` and no as `0`.
    """

    table: ClassVar[str] = "case_detail"
    title: ClassVar[str] = N_("Answer of a case")

    case: Annotated[str | None, Ref(N_("Case"), required=True, to="cases")] = None
    key: Annotated[str, Text(N_("Which question"), required=True, max=60)] = ""
    value: Annotated[str, Text(N_("Value"), required=True, max=LONGEST)] = ""


@record
class CaseAppeal(Record):
    """An appeal against a decision of a case: the decision it is about, when and where it was filed, its outcome."""

    table: ClassVar[str] = "case_appeal"
    title: ClassVar[str] = N_("Appeal")

    case: Annotated[str | None, Ref(N_("Case"), required=True, to="cases")] = None
    decision: Annotated[str, Text(N_("Decision"), max=60)] = ""
    decided_on: Annotated[date | None, Day(N_("Decided on"))] = None
    grounds: Annotated[str, Text(N_("Grounds"), max=400)] = ""
    until: Annotated[date | None, Day(N_("Appeal until"))] = None
    filed_on: Annotated[date | None, Day(N_("Filed on"), required=True)] = None
    body: Annotated[str, Text(N_("Filed with"), max=200)] = ""
    outcome: Annotated[AppealOutcome | None, Choice(N_("Outcome"), options=AppealOutcome)] = None
    outcome_on: Annotated[date | None, Day(N_("Day of the outcome"))] = None
    note: Annotated[str, Text(N_("Note"), max=400)] = ""
