"""What another law would change, as a person and a script read it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import date

from migdesk.cli.output import Answer, day_words, finding_lines, findings_document, table
from migdesk.domain.fields import spec
from migdesk.domain.finding import Finding
from migdesk.domain.money import grouped
from migdesk.i18n import N_, _
from migdesk.services.desk import Desk
from migdesk.services.law import Law
from migdesk.services.laws.law_effects import Effect
from migdesk.services.laws.law_outlook import Foretold, outlook, told
from migdesk.services.laws.limit_effects import LimitChange

_SHOWN = 20
"""Sorts of change that a person reads; the document has every change."""


def effects_answer(desk: Desk, law: Law) -> Answer:
    """Due days, sums and limits that another law gives anew."""
    return foretold_answer(outlook(desk, law))


def foretold_answer(found: Foretold, doubts: Iterable[Finding] = ()) -> Answer:
    """Due days, sums and limits that change, and what is to be known beside them."""
    changed, limits, cases = found
    remarks = [*told(found), *doubts]
    document = {
        "effects": [_effect(one) for one in changed],
        "limits": [limit_document(one) for one in limits],
        "cases": [asdict(one) for one in cases],
        "findings": findings_document(remarks),
    }
    return Answer(document, [*_effect_lines(changed), *finding_lines(remarks)])


def _effect(one: Effect) -> dict[str, object]:
    return {
        "record": one.table.table,
        "uid": one.uid,
        "person": one.person,
        "field": one.field,
        "rule": one.code,
        "before": one.before,
        "after": one.after,
    }


def limit_document(one: LimitChange) -> dict[str, object]:
    """A limit of a quota that changes."""
    return {
        "quota": one.code,
        "region": one.region,
        "before": one.before,
        "after": one.after,
        "allotted": one.allotted,
        "taken": one.taken,
    }


def _effect_lines(found: Iterable[Effect]) -> Iterator[str]:
    counted = Counter((one.table, one.field, one.before, one.after) for one in found)
    if not counted:
        return
    headings = [_(N_("What")), _(N_("Now")), _(N_("Then")), _(N_("How many"))]
    rows = (
        [_(spec(of, field).field.label), _words(before), _words(after), str(many)]
        for (of, field, before, after), many in counted.most_common(_SHOWN)
    )
    yield from table(headings, rows)


def _words(value: date | int | None) -> str:
    return f"{grouped(value)} ₸" if isinstance(value, int) else day_words(value)
