"""`case reports`: which employers owe the monthly report on foreign labour, and which reports came in."""

from __future__ import annotations

from datetime import date

from migdesk.cli.call import Call
from migdesk.cli.output import Answer, day_words, table
from migdesk.cli.parser import Verbs, add_verb, day
from migdesk.i18n import N_, _
from migdesk.services.terms import employer_reports
from migdesk.services.terms.employer_reports import ReportState


def add(group: Verbs) -> None:
    """Add the verb to those of cases."""
    words = _(N_("employers with permits for foreigners: their reports for a month, due and received"))
    made = add_verb(group, "reports", words, show)
    made.add_argument(
        "--month", type=day, metavar="DATE", help=_(N_("any day of the month; this month when left out"))
    )
    made.add_argument("--missing", action="store_true", help=_(N_("only those that did not come in")))


def show(call: Call) -> Answer:
    """The reports of a month."""
    args, desk = call.args, call.desk
    found = employer_reports.of_month(desk, (args.month or call.today).replace(day=1))
    chosen = [one for one in found if not (args.missing and one.case)]
    heads = [_(N_("Employer")), _(N_("Permits")), _(N_("Due")), _(N_("Received")), _(N_("Days late"))]
    rows = [
        [
            one.party.name,
            str(one.permits),
            day_words(one.due),
            day_words(one.case.applied_on) if one.case else "—",
            str(one.days_late(call.today)),
        ]
        for one in chosen
    ]
    return Answer([_document(one, call.today) for one in chosen], table(heads, rows))


def _document(one: ReportState, today: date) -> dict[str, object]:
    return {
        "employer": one.party.name,
        "number": one.party.number,
        "uid": one.party.uid,
        "month": one.month.isoformat()[:7],
        "permits": one.permits,
        "due": one.due,
        "case": one.case.number if one.case else None,
        "received_on": one.case.applied_on if one.case else None,
        "days_late": one.days_late(today),
    }
