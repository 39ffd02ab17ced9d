"""The questions of a service as a case answers them: read, checked, kept, and what follows from the answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from migdesk.domain.case import Case, CaseDetail
from migdesk.domain.fields import Code, Field, Flag, Unreadable
from migdesk.domain.finding import Finding, block
from migdesk.i18n import N_, pick
from migdesk.rules.procedure import CATEGORY, CHANNEL, NO, YES, Procedure
from migdesk.services.asked_values import PLACE, check_values, text_of, value_of
from migdesk.services.desk import Desk
from migdesk.store.writer import Tx


class Reads(Protocol):
    """A store, or a write in progress."""

    def live(self, cls: type[CaseDetail], **given: Any) -> list[CaseDetail]:
        """Records that count, with the values given."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A question of the service with its answer as people read it; empty when there is none yet."""

    key: str
    label: str
    hint: str
    required: bool
    words: str


def service_of(desk: Desk, case: Case) -> Procedure:
    """The service of a case as it was on the day of filing, with the papers and steps that its answers ask for.

    Raises:
        NotFound: no such service.
        NotInForce: it did not exist on that day.
    """
    service = desk.get_procedure(case.service, case.applied_on or desk.today)
    return with_answers(service, case, answers_of(desk.store, case, service))


def with_answers(service: Procedure, case: Case, answers: Mapping[str, Any]) -> Procedure:
    """The service without the papers and steps of other answers."""
    codes = {key: _code(one.field, answers[key]) for one in service.fields if (key := one.code) in answers}
    return service.with_answers({**codes, CATEGORY: case.category, CHANNEL: case.channel})


def answers_of(reads: Reads, case: Case, service: Procedure) -> dict[str, Any]:
    """The answers kept with a case by key, of the questions that its service has."""
    fields = fields_of(service)
    if not fields or not case.uid:
        return {}
    rows = reads.live(CaseDetail, case=case.uid)
    return {row.key: value_of(fields[row.key], row.value) for row in rows if row.key in fields}


def fields_of(service: Procedure) -> dict[str, Field]:
    """The questions of a service as fields."""
    return {one.code: one.field for one in service.fields}


def read_answers(
    desk: Desk, service: Procedure, given: Mapping[str, object]
) -> tuple[dict[str, Any], list[Finding]]:
    """Typed answers; a code may be given by its words. What cannot be read is a finding at its key."""
    fields = fields_of(service)
    values: dict[str, Any] = {}
    findings: list[Finding] = []
    for key, raw in given.items():
        field = fields.get(key)
        if field is None:
            findings.append(_unknown(key, service))
        elif isinstance(field, Code):
            values[key] = desk.lists.read(field.list, str(raw)) or str(raw)
        else:
            try:
                values[key] = field.read(raw, today=desk.today)
            except Unreadable as problem:
                findings.append(block(problem.code, problem.text, f"{PLACE}.{key}", **problem.values))
    return values, findings


def check_answers(desk: Desk, service: Procedure, answers: Mapping[str, Any]) -> list[Finding]:
    """What is wrong with answers; one at a time, at `details.key`."""
    return check_values(desk, fields_of(service), answers, lambda key: _unknown(key, service))


def lacking(service: Procedure, answers: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Label and key of each required question that is not answered; no is an answer too."""
    return [
        (one.asked.words, one.code)
        for one in service.fields
        if one.field.required and answers.get(one.code) in (None, "")
    ]


def facts_of(service: Procedure, answers: Mapping[str, Any], on: date) -> dict[str, object]:
    """The facts that answers feed on the date that counts; a day may feed the days since it or until it."""
    found: dict[str, object] = {}
    for one in service.fields:
        value = answers.get(one.code)
        if one.fact is None or value in (None, ""):
            continue
        if one.days and isinstance(value, date):
            value = (on - value).days if one.days == "since" else (value - on).days
        found[one.fact] = value
    return found


def write_answers(tx: Tx, case: Case, service: Procedure, answers: Mapping[str, Any]) -> None:
    """Write answers inside an op; one that is empty now is annulled, one that is not named stays."""
    fields = fields_of(service)
    known = {row.key: row for row in tx.live(CaseDetail, case=case.uid)} if case.uid else {}
    for key, value in answers.items():
        if key not in fields:
            continue
        text, row = _kept(fields[key], value), known.get(key)
        if text:
            tx.put(row or CaseDetail(case=case.uid, key=key), value=text)
        elif row:
            tx.annul(row, "replaced")


def told(desk: Desk, service: Procedure, answers: Mapping[str, Any]) -> list[Answer]:
    """Every question with its answer as people read it, in the order of the service."""
    return [
        Answer(
            key=one.code,
            label=one.asked.words,
            hint=pick(one.hint) if one.hint else "",
            required=one.field.required,
            words=desk.lists.show(one.field, answers[one.code])
            if answers.get(one.code) not in (None, "")
            else "",
        )
        for one in service.fields
    ]


def _kept(field: Field, value: Any) -> str:
    """A value as it is kept; that somebody said no is kept too."""
    return "0" if isinstance(field, Flag) and value is False else text_of(field, value)


def _code(field: Field, value: Any) -> str:
    """An answer as `when` of a paper or step names it."""
    if isinstance(field, Flag):
        return YES if value else NO
    return text_of(field, value)


def _unknown(key: str, service: Procedure) -> Finding:
    message = N_("This service has no question “{name}”. There are: {near}.")
    near = ", ".join(one.code for one in service.fields) or "-"
    return block("unknown_field", message, f"{PLACE}.{key}", name=key, near=near)
