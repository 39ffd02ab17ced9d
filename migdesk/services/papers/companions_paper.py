"""The list of somebody's contacts as a paper or a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from migdesk import paths
from migdesk.domain.fields import choice_label
from migdesk.domain.person import Person
from migdesk.domain.report import read_report
from migdesk.domain.report_fill import ReportFrame, fill_report
from migdesk.i18n import current_language
from migdesk.services import reporting
from migdesk.services.arrivals import companions
from migdesk.services.arrivals.companions import Companion
from migdesk.services.desk import Desk

_FILE = "companions.toml"


def save(desk: Desk, uid: str, found: Sequence[Companion], target: Path) -> int:
    """Write a list of contacts; the ending says which kind: .pdf, .xlsx, .csv or .json. How many rows it has.

    Raises:
        NotFound: no such person.
        BadFile: another ending, or the file cannot be written.
    """
    person = desk.store.get(Person, uid)
    spec = read_report((paths.resources() / "reports" / "about" / _FILE).read_text(encoding="utf-8"), _FILE)
    rows = [companions.row(one) for one in found]
    named = [
        (name, choice_label(one.tie), *rest) for one, (name, _tie, *rest) in zip(found, rows, strict=True)
    ]
    days: list[date] = [day for one in found for day in (one.since, one.until or desk.today)] or [desk.today]
    office = desk.office.on_paper(current_language())
    frame = ReportFrame(min(days), max(days), desk.today, office.name, desk.signer.name, office.head)
    result = fill_report(spec, {"contacts": named}, desk.lists.label, frame)
    reporting.save(replace(result, title=f"{result.title}: {person.full_name}"), target)
    return len(found)
