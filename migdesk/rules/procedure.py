"""Procedure: a public service as dated data; a case is one application on its way through it.

What the file of a service looks like says `procedure_file`; how a service is told in JSON, `procedure_words`.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from migdesk.domain.datafile import Texts
from migdesk.domain.fields import Field
from migdesk.rules.asked import AskedField, Option
from migdesk.rules.pack import Citation
from migdesk.rules.pack import in_force as holds_on

APPLICANTS = ("person", "family", "employer", "host", "school")
ACTORS = ("applicant", "office", "commission", "police", "career_centre", "school", "employer", "other")

GRANT, EXTEND, REPLACE = "grant", "extend", "replace"
REFUSE, REFUSE_FILING, TERMINATE, WITHDRAW = "refuse", "refuse_filing", "terminate", "withdraw"
BEHAVIOURS = (GRANT, EXTEND, REPLACE, REFUSE, REFUSE_FILING, TERMINATE, WITHDRAW)
"""All that a decision may do; what each does stands in `services.cases.decisions`."""

FAVOURABLE = (GRANT, EXTEND, REPLACE)
"""Decisions that give what was asked for: they need every paper and every answer."""

AGAINST = (REFUSE, REFUSE_FILING, TERMINATE)
"""Decisions against the applicant: each names a legal ground of the list, and may be appealed."""

APPEAL = "appeal.decision"
"""The term of an appeal against a decision whose service names none: no days until an office enters how many."""

DECISION = "decision"
"""The step with this code is the decision itself: recording the decision marks it."""

COMMISSION = "commission"
"""Who takes a step at a session: a body with members who vote."""

CATEGORY, CHANNEL = "category", "channel"
OF_THE_CASE = (CATEGORY, CHANNEL)
"""What a case has anyway and a paper or step may depend on, beside the fields of the service."""

YES, NO = "yes", "no"
"""How an answer of yes or no is written in `when`."""


@dataclass(frozen=True, slots=True)
class When:
    """A paper or a step is needed only where a field has one of these answers."""

    field: str
    values: tuple[str, ...]

    def holds(self, answers: Mapping[str, str]) -> bool:
        """Whether it is needed with these answers; what was not answered yet needs nothing."""
        return answers.get(self.field, "") in self.values


@dataclass(frozen=True, slots=True)
class Who:
    """Who may apply, in a sentence."""

    code: str
    title: Texts
    citation: Citation
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class ServiceField:
    """A question of the service. Its answer may be a `fact` of the rules.

    A day that feeds a number does it as calendar days `since` or `until` (`days`) the date that counts.
    """

    asked: AskedField
    options: tuple[Option, ...]
    fact: str | None
    days: str | None
    hint: Texts | None
    since: date
    until: date | None

    @property
    def code(self) -> str:
        """The key, as the other parts have a code."""
        return self.asked.key

    @property
    def field(self) -> Field:
        """Label, kind and limits."""
        return self.asked.field


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper that is asked for; one that is not `required` is asked for when its remark applies.

    One with `valid_days` may be so many calendar days old on the day of filing, and its day is asked for. One that
    comes `later` is received after a grant too, such as the receipt of a fee.
    """

    code: str
    title: Texts
    required: bool
    remark: Texts | None
    valid_days: int | None
    when: When | None
    citation: Citation
    since: date
    until: date | None
    later: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the way, who takes it, and the code of its term with the step that starts it.

    One that is not `required` is taken only when it is needed; one of a `commission` at a session of it. At one that
    looks at the `papers` it is said which are missing.
    """

    code: str
    title: Texts
    by: str
    term: str | None
    after: str | None
    required: bool
    when: When | None
    commission: str | None
    citation: Citation
    since: date
    until: date | None
    papers: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """A way the case may end: what it does, and everything it brings along.

    `term` gives its permit an end, `caps` cut it; `payments` are amounts that become due to the people of the case.
    """

    code: str
    does: str
    title: Texts
    term: str | None
    caps: tuple[str, ...]
    permit: str | None
    quota: str | None
    fee: str | None
    payments: tuple[str, ...]
    forms: tuple[str, ...]
    appeal: str | None
    citation: Citation
    since: date
    until: date | None

    @property
    def appeal_term(self) -> str | None:
        """The code of the term of an appeal, its own or the general one; nothing where the decision is in favour."""
        return (self.appeal or APPEAL) if self.does in AGAINST else None


@dataclass(frozen=True, slots=True)
class Ground:
    """A legal ground of a decision with its clause."""

    code: str
    decision: str
    title: Texts
    clause: Texts
    citation: Citation
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class Sign:
    """Who signs."""

    code: str
    title: Texts
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class Procedure:
    """A public service: who applies, what is asked, papers, steps with terms, decisions with grounds and effects."""

    code: str
    version: str
    title: Texts
    since: date
    until: date | None
    applicant: str
    channels: tuple[str, ...]
    term: str | None
    permit: str | None
    quota: str | None
    fee: str | None
    appeal: str | None
    forms: tuple[str, ...]
    who: tuple[Who, ...]
    fields: tuple[ServiceField, ...]
    papers: tuple[Paper, ...]
    steps: tuple[Step, ...]
    decisions: tuple[Decision, ...]
    grounds: tuple[Ground, ...]
    signs: tuple[Sign, ...]
    citation: Citation
    fee_before: str | None = None
    """The step before which the fee is paid; the decision itself means that it falls due with the filing."""

    def terms(self) -> set[str]:
        """Codes of all terms it names."""
        of_decisions = (code for one in self.decisions for code in (one.term, one.appeal))
        named = (self.term, self.appeal, *(step.term for step in self.steps), *of_decisions)
        return {code for code in named if code}

    def all_forms(self) -> set[str]:
        """Codes of all forms that are printed on the way."""
        return {*self.forms, *(form for one in self.decisions for form in one.forms)}

    def decision(self, code: str) -> Decision | None:
        """A decision by its code, when the service offers it."""
        return next((one for one in self.decisions if one.code == code), None)

    def field(self, key: str) -> ServiceField | None:
        """A field by its key."""
        return next((one for one in self.fields if one.code == key), None)

    def grounds_of(self, decision: str) -> tuple[Ground, ...]:
        """The legal grounds of a decision."""
        return tuple(one for one in self.grounds if one.decision == decision)

    def with_answers(self, answers: Mapping[str, str]) -> Procedure:
        """The service as these answers make it: without papers and steps of other answers."""
        return dataclasses.replace(
            self,
            papers=tuple(one for one in self.papers if one.when is None or one.when.holds(answers)),
            steps=tuple(one for one in self.steps if one.when is None or one.when.holds(answers)),
        )


Part = TypeVar("Part", Who, ServiceField, Paper, Step, Decision, Ground, Sign)


def meet(one: Part, other: Part) -> bool:
    """Whether there is a day on which both hold."""
    return (other.until is None or one.since <= other.until) and (
        one.until is None or other.since <= one.until
    )


def in_force(procedure: Procedure, on: date) -> Procedure | None:
    """The service as it is on a day, or nothing when it does not exist then."""
    if not holds_on(procedure, on):
        return None
    return dataclasses.replace(
        procedure,
        who=_of_day(procedure.who, on),
        fields=_of_day(procedure.fields, on),
        papers=_of_day(procedure.papers, on),
        steps=_of_day(procedure.steps, on),
        decisions=_of_day(procedure.decisions, on),
        grounds=_of_day(procedure.grounds, on),
        signs=_of_day(procedure.signs, on),
    )


def of_day(services: Iterable[Procedure], code: str, on: date) -> Procedure | None:
    """The service of a code as it is on a day; it may have several files, each for its days."""
    found = (in_force(one, on) for one in services if one.code == code)
    return next((one for one in found if one), None)


def _of_day(parts: Sequence[Part], on: date) -> tuple[Part, ...]:
    return tuple(part for part in parts if holds_on(part, on))
