"""`register --group`: many people with one arrival from one JSON document, as one op.

    {"arrival": {…}, "address": {…}, "party": {…}, "stay": {…}, "details": {…},
     "rows": [{"person": {…}, "documents": […], "family": "1", "relation": "son", "apart": true,
               "earlier": "move", "details": {…}}]}

Rows with the same `family` are one family, its head first; `apart` says that somebody who looks the same in the
register is another person. The `details` of a row stand over those of all.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from migdesk.cli import files
from migdesk.cli.call import Call
from migdesk.cli.intake import Intake
from migdesk.cli.member_keys import earlier_of
from migdesk.cli.output import Answer, finding_lines, findings_document, pairs
from migdesk.cli.written import as_given, place_in
from migdesk.domain.change import Done
from migdesk.domain.errors import BadFile, Invalid
from migdesk.domain.finding import Finding, blocking
from migdesk.i18n import N_, _
from migdesk.services import asked_values
from migdesk.services.arrivals import arrivals, groups
from migdesk.services.arrivals.groups import GroupDraft, GroupRow, RegisteredGroup

_OF_ROW = ("family", "apart", asked_values.PLACE)


def register_group(call: Call, raw: Any) -> Answer:
    """Register a group, or say everything that is wrong with it.

    Raises:
        BadFile: a key holds another kind of thing than it should.
        Invalid: what is wrong, row by row; nothing was written.
    """
    earlier = earlier_of(call.args)
    intake = Intake(call.desk, files.name_of(call.args.file), apart=call.args.apart, earlier=earlier)
    try:
        draft = _draft(intake, raw, files.name_of(call.args.file))
    except BadFile as error:
        error.place = place_in(raw, error.place) if isinstance(raw, dict) else error.place
        raise
    if blocking(intake.findings):
        more = groups.group_findings(groups.check_group(call.desk, draft))
        told = {one.field for one in blocking(intake.findings)}
        raise Invalid(as_given([*intake.findings, *(one for one in more if one.field not in told)], raw))
    try:
        done = groups.register_group(call.desk, draft)
    except Invalid as refusal:
        raise type(refusal)(as_given([*intake.findings, *refusal.findings], raw)) from None
    findings = as_given([*intake.findings, *done.findings], raw)
    return Answer(_document(done) | {"findings": findings_document(findings)}, _lines(done, findings))


def _draft(intake: Intake, raw: Any, file: str) -> GroupDraft:
    rows = raw.get("rows") if isinstance(raw, dict) else None
    if not isinstance(rows, list) or not all(isinstance(one, dict) for one in rows):
        raise BadFile(file, "rows", N_("A list of rows is expected."))
    plain = [{key: value for key, value in one.items() if key not in _OF_ROW} for one in rows]
    shared = {key: value for key, value in raw.items() if key != "rows"}
    read = intake.draft({**shared, "members": plain})
    made = []
    for at, (member, one) in enumerate(zip(read.members, rows, strict=True)):
        own = _own_details(intake, one, arrivals.panel_of(read), at)
        apart = member.apart or one.get("apart") is True
        row = GroupRow(replace(member, details=own, apart=apart), str(one.get("family") or ""))
        made.append(row)
    return GroupDraft(tuple(made), read.arrival, read.address, read.host, read.host_address, read.details)


def _own_details(intake: Intake, row: dict[str, Any], purpose: str, at: int) -> tuple[tuple[str, Any], ...]:
    """A row's own values of the purpose's fields; what is wrong with them is said of the row."""
    before = len(intake.findings)
    values = intake.details(row.get(asked_values.PLACE), purpose)
    told = intake.findings[before:]
    intake.findings[before:] = [replace(one, field=f"members.{at}.{one.field}") for one in told]
    return tuple(values.items())


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
