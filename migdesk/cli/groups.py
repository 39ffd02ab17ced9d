"""`register --group`: many people with one arrival from one JSON document, as one op.

    {"arrival": {…}, "address": {…}, "party": {…}, "stay": {…},
     "rows": [{"person": {…}, "documents": […], "family": "1", "relation": "son", "apart": true}]}

Rows with the same `family` are one family, its head first; `apart` says that somebody who looks the same in the
register is another person.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from migdesk.cli import files
from migdesk.cli.call import Call
from migdesk.cli.intake import Intake
from migdesk.cli.output import Answer, finding_lines, findings_document, pairs
from migdesk.domain.change import Done
from migdesk.domain.errors import BadFile, Invalid
from migdesk.domain.finding import Finding, blocking
from migdesk.i18n import N_, _
from migdesk.services import groups
from migdesk.services.groups import GroupDraft, GroupRow, RegisteredGroup

_OF_ROW = ("family", "apart")


def register_group(call: Call, raw: Any) -> Answer:
    """Register a group, or say everything that is wrong with it.

    Raises:
        BadFile: a key holds another kind of thing than it should.
        Invalid: what is wrong, row by row; nothing was written.
    """
    intake = Intake(call.desk, files.name_of(call.args.file))
    draft = _draft(intake, raw, files.name_of(call.args.file))
    if blocking(intake.findings):
        more = groups.group_findings(groups.check_group(call.desk, draft))
        told = {one.field for one in intake.findings}
        raise Invalid(_as_given([*intake.findings, *(one for one in more if one.field not in told)]))
    try:
        done = groups.register_group(call.desk, draft)
    except Invalid as refusal:
        raise type(refusal)(_as_given(refusal.findings)) from None
    findings = _as_given(done.findings)
    return Answer(_document(done) | {"findings": findings_document(findings)}, _lines(done, findings))


def _draft(intake: Intake, raw: Any, file: str) -> GroupDraft:
    rows = raw.get("rows") if isinstance(raw, dict) else None
    if not isinstance(rows, list) or not all(isinstance(one, dict) for one in rows):
        raise BadFile(file, "rows", N_("A list of rows is expected."))
    plain = [{key: value for key, value in one.items() if key not in _OF_ROW} for one in rows]
    shared = {key: value for key, value in raw.items() if key != "rows"}
    read = intake.draft({**shared, "members": plain})
    made = tuple(
        GroupRow(member, str(one.get("family") or ""), apart=one.get("apart") is True)
        for member, one in zip(read.members, rows, strict=True)
    )
    return GroupDraft(made, read.arrival, read.address, read.host, read.host_address)


def _as_given(findings: Iterable[Finding]) -> list[Finding]:
    """`members.2.iin` and `rows.2.iin` are `rows[2].iin` of the document."""
    return [replace(one, field=_place(one.field)) if one.field else one for one in findings]


def _place(field: str) -> str:
    first, _dot, rest = field.partition(".")
    number, _dot, name = rest.partition(".")
    if first not in ("members", "rows") or not number.isdecimal():
        return field
    return f"rows[{number}].{name}" if name else f"rows[{number}]"


def _document(done: Done[RegisteredGroup]) -> dict[str, Any]:
    made = done.value
    return {
        "op": done.changes.op_uid,
        "arrivals": [
            {"uid": arrival.uid, "number": arrival.number, "person": person.uid, "name": person.full_name}
            for arrival, person in zip(made.arrivals, made.people, strict=True)
        ],
        "families": [one.family.uid for one in made.families if one.family],
    }


def _lines(done: Done[RegisteredGroup], findings: list[Finding]) -> Iterator[str]:
    made = done.value
    for arrival, person in zip(made.arrivals, made.people, strict=True):
        yield from pairs([(_(N_("Registered")), f"{arrival.number}  {person.full_name}")])
    yield from finding_lines(findings)
