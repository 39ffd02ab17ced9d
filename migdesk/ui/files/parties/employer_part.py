"""What the file of an employer of foreigners adds: its monthly reports, and the cases it opens as an employer."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from migdesk.domain.fields import Day, Text, Whole
from migdesk.domain.listing import Column
from migdesk.domain.party import Party
from migdesk.i18n import N_
from migdesk.services.people import people
from migdesk.services.terms import employer_reports
from migdesk.services.terms.employer_reports import ReportState
from migdesk.ui.files.cases.new_case import ask_new_case
from migdesk.ui.files.pieces.short_list import ShortList, show
from migdesk.ui.look.labels import Label
from migdesk.ui.parts.actions import Action
from migdesk.ui.parts.panel import Words
from migdesk.ui.workplace import Kind, Workplace

_REPORTS = N_("Monthly reports on foreign labour")
_REPORT, _NEED = N_("Monthly report…"), N_("Need for foreign labour…")
_NONE = N_("No report is owed")
_WIDTHS = (120, 110, 130, 130, 110)


def report_parts(work: Workplace, party: Party) -> list[QWidget]:
    """The reports of the last months under a heading; nothing for an employer without permits."""
    owed = employer_reports.of_employer(work.desk, party)
    if not owed:
        return []
    month, permits, due, came, late = _WIDTHS
    columns = (
        Column("month", Text(N_("Month")), month),
        Column("permits", Whole(N_("Permits")), permits, "right"),
        Column("due", Day(N_("Due")), due),
        Column("received", Day(N_("Received on")), came),
        Column("late", Whole(N_("Days late")), late, "right"),
    )
    rows = [_row(one, work) for one in owed]
    uids = [one.case.uid if one.case else "" for one in owed]
    what = ShortList("file.reports", _REPORTS, columns, rows, uids, Words("cases", _NONE))
    return [Label(_REPORTS, "section"), show(work, what, lambda uid: work.open(Kind.CASE, uid), whole=True)]


def _row(one: ReportState, work: Workplace) -> tuple[object, ...]:
    received = one.case.applied_on if one.case else None
    late = one.days_late(work.desk.today)
    return f"{one.month:%m.%Y}", one.permits, one.due, received, late or None


def employer_actions(work: Workplace, party: Party) -> list[Action]:
    """To take in a report, or the need of the next year; they are kept under the name of one of its workers."""
    speaker = employer_reports.speaker_of(work.desk, party)
    if speaker is None:
        return []

    def ask(service: str) -> None:
        ask_new_case(work, people.get_person(work.desk, speaker), service=service, party=party.uid)

    return [
        Action("party.report", _REPORT, lambda: ask(employer_reports.SERVICE), "reports"),
        Action("party.need", _NEED, lambda: ask(employer_reports.NEED), "cases"),
    ]
