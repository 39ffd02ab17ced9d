"""Whose cases another file of a public service would change: papers, and what was used and the file has no more.

A case is judged by the service of the day on which it was filed. What was done and decided in it stays whatever the
file says later; so a step, a paper or a decision that a case has, and that the new file lacks, is named before.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from migdesk.domain.case import Case, CasePaper, CaseState, CaseStep
from migdesk.domain.errors import Refused
from migdesk.domain.finding import Finding, block, note, warn
from migdesk.i18n import N_, pick
from migdesk.rules.law import Law
from migdesk.rules.procedure import DECISION, Decision, Paper, Procedure, Step, of_day
from migdesk.services.desk import Desk
from migdesk.services.facts import case_answers

MOST_TOLD = 10
"""Cases that are told one by one in a remark each; all are counted, and all stand in the document."""

_ORPHANS = N_(
    "These cases would be of no service any more: {numbers}. Keep a file of the service for the days on which they "
    "were filed."
)
_MORE = N_("Cases whose papers, steps or decisions change: {n}")
_ASKED = N_("Case {number}: asked for now: {papers}")
_UNASKED = N_("Case {number}: not asked for any more: {papers}")
_GONE = N_("Case {number}: the service has this no more, the case keeps what it has: {parts}")


@dataclass(frozen=True, slots=True)
class CaseChange:
    """A case that another file of its service changes: titles of papers then lacking and lacking no more.

    `gone` are the titles of steps, papers and decisions that the case has used and that the file has no more.
    """

    uid: str
    number: str
    person: str
    service: str
    asked: tuple[str, ...]
    unasked: tuple[str, ...]
    gone: tuple[str, ...]


_CASES = (
    "SELECT uid, service, applied_on FROM cases WHERE annulled_on IS NULL "
    "AND service IN (SELECT value FROM json_each(?)) ORDER BY id"
)


def case_changes(desk: Desk, law: Law, held: Law) -> list[CaseChange]:
    """Every case that changes because another law has its service, on the day of its filing, otherwise."""
    return [
        found
        for case, before, after in _other_services(desk, law, held)
        if after and (found := _change(desk, case, before, after))
    ]


def refuse_orphans(desk: Desk, law: Law) -> None:
    """Refuse a law without the service of a case.

    Raises:
        Refused: names the cases.
    """
    left = [case.number for case, _before, after in _other_services(desk, law, desk.law) if after is None]
    if left:
        numbers = ", ".join(left[:MOST_TOLD]) + (" …" if len(left) > MOST_TOLD else "")
        raise Refused([block("law.orphans", _ORPHANS, None, numbers=numbers)])


def told(found: Sequence[CaseChange]) -> list[Finding]:
    """The same as remarks: how many cases, then the first of them one by one."""
    remarks = [note("law.cases", _MORE, None, n=len(found))] if found else []
    for one in found[:MOST_TOLD]:
        if one.asked:
            remarks.append(note("law.asked", _ASKED, None, number=one.number, papers="; ".join(one.asked)))
        if one.unasked:
            shown = {"number": one.number, "papers": "; ".join(one.unasked)}
            remarks.append(note("law.unasked", _UNASKED, None, **shown))
        if one.gone:
            remarks.append(warn("law.gone", _GONE, None, number=one.number, parts="; ".join(one.gone)))
    return remarks


def _other_services(desk: Desk, law: Law, held: Law) -> Iterator[tuple[Case, Procedure, Procedure | None]]:
    """Cases whose service of their day differs, with the service by the law that holds and by the other."""
    codes = _changed_codes(law.services(), held.services())
    if not codes:
        return
    known: dict[tuple[str, str], tuple[Procedure | None, Procedure | None]] = {}
    for uid, service, applied in desk.store.rows(_CASES, (json.dumps(codes),)):
        key = service, applied or desk.today.isoformat()
        if key not in known:
            day = date.fromisoformat(key[1])
            before, after = (of_day(one.services(), service, day) for one in (held, law))
            known[key] = (None, None) if before == after else (before, after)
        before, after = known[key]
        if before:
            yield desk.store.get(Case, uid), before, after


def _changed_codes(now: Sequence[Procedure], then: Sequence[Procedure]) -> list[str]:
    if now == then:
        return []
    return sorted({one.code for one in now if one not in then} | {one.code for one in then if one not in now})


def _change(desk: Desk, case: Case, before: Procedure, after: Procedure) -> CaseChange | None:
    """What the file changes in a case; of a decided one only what it has used and the file has no more."""
    received = {one.code for one in desk.store.live(CasePaper, case=case.uid)}
    steps = {one.code for one in desk.store.live(CaseStep, case=case.uid)} - {DECISION}
    gone = _gone(before.steps, after.steps, steps) + _gone(before.papers, after.papers, received)
    gone += _gone(before.decisions, after.decisions, {case.decision})
    asked, unasked = tuple[str, ...](), tuple[str, ...]()
    if case.state is CaseState.OPEN:
        was, will = (_lacking(desk, case, one, received) for one in (before, after))
        asked = tuple(title for code, title in will.items() if code not in was)
        unasked = tuple(title for code, title in was.items() if code not in will)
    if not (asked or unasked or gone):
        return None
    return CaseChange(case.uid, case.number, case.person or "", case.service, asked, unasked, gone)


def _gone(
    before: Sequence[Step | Paper | Decision], after: Sequence[Step | Paper | Decision], used: set[str]
) -> tuple[str, ...]:
    left = {one.code for one in after}
    return tuple(pick(one.title) for one in before if one.code in used and one.code not in left)


def _lacking(desk: Desk, case: Case, service: Procedure, received: set[str]) -> dict[str, str]:
    """Required papers of a service that a case has not, by code, with the answers it has."""
    asked = case_answers.with_answers(service, case, case_answers.answers_of(desk.store, case, service))
    return {one.code: pick(one.title) for one in asked.papers if one.required and one.code not in received}
