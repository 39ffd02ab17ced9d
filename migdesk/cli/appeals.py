"""`case appeal|ruling`: an appeal against a decision of a case, and what became of it."""

from __future__ import annotations

from migdesk.cli.call import Call
from migdesk.cli.output import Answer, changed, day_words
from migdesk.cli.parser import Verbs, add_verb, day
from migdesk.domain.case import AppealOutcome
from migdesk.domain.fields import choice_label
from migdesk.i18n import N_, _
from migdesk.services.cases import appeals
from migdesk.services.cases.appeals import Ruling
from migdesk.services.cases.case_file import get_case

_CASE = N_("number or uid of the case")


def add(group: Verbs) -> None:
    """Add both verbs to those of cases."""
    filed = add_verb(group, "appeal", _(N_("write down that a decision is appealed")), file_appeal)
    filed.add_argument("case", metavar="CASE", help=_(_CASE))
    filed.add_argument(
        "--filed", type=day, metavar="DATE", help=_(N_("day of the appeal; today when left out"))
    )
    filed.add_argument("--body", default="", metavar="TEXT", help=_(N_("with whom it was filed")))
    filed.add_argument("--note", default="", metavar="TEXT", help=_(N_("a remark")))

    words = _(N_("write the outcome of an appeal; a reversed decision opens the case again"))
    ruled = add_verb(group, "ruling", words, settle)
    ruled.add_argument("case", metavar="CASE", help=_(_CASE))
    known = [outcome.value for outcome in AppealOutcome]
    ruled.add_argument("outcome", choices=known, metavar="OUTCOME", help=", ".join(known))
    ruled.add_argument(
        "--ruled", type=day, metavar="DATE", help=_(N_("day of the outcome; today when left out"))
    )
    ruled.add_argument(
        "--due", type=day, metavar="DATE", help=_(N_("until when the case is to be decided anew"))
    )
    ruled.add_argument("--note", default="", metavar="TEXT", help=_(N_("a remark")))


def file_appeal(call: Call) -> Answer:
    """File an appeal.

    Raises:
        Invalid: the day contradicts.
        Refused: there is nothing to appeal, or an appeal waits already.
        NotFound: no such case.
    """
    args, desk = call.args, call.desk
    case = get_case(desk, args.case)
    done = appeals.file_appeal(desk, case.uid, on=args.filed, body=args.body, note=args.note)
    rows = [(_(N_("Case")), case.number), (_(N_("Appealed on")), day_words(done.value.filed_on))]
    return changed(done, rows, number=case.number)


def settle(call: Call) -> Answer:
    """Write the outcome.

    Raises:
        Invalid: the day contradicts.
        Refused: no appeal waits.
        NotFound: no such case.
    """
    args, desk = call.args, call.desk
    case = get_case(desk, args.case)
    ruling = Ruling(AppealOutcome(args.outcome), args.ruled, args.due, args.note)
    done = appeals.settle_appeal(desk, case.uid, ruling)
    state = choice_label(done.value.state) if done.value.state else "—"
    rows = [
        (_(N_("Case")), case.number),
        (_(N_("Outcome")), choice_label(ruling.outcome)),
        (_(N_("State")), state),
    ]
    return changed(done, rows, outcome=ruling.outcome.value)
