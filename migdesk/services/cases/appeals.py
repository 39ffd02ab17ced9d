"""Appeals: filed against a decision, then upheld or reversed; a reversed decision opens the case again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from migdesk.domain.case import CASE_TRANSITIONS, AppealOutcome, Case, CaseAppeal, CaseState, CaseStep
from migdesk.domain.change import Done, Op
from migdesk.domain.dates import show_day
from migdesk.domain.errors import Refused, refuse_if_blocked
from migdesk.domain.finding import Finding, block, note, warn
from migdesk.domain.record import faults
from migdesk.i18n import N_
from migdesk.rules.procedure import DECISION
from migdesk.services.cases.case_file import open_file
from migdesk.services.desk import Desk
from migdesk.services.facts.appeal_terms import UNKNOWN

_OPEN_AGAIN = N_(
    "The case is open again, as it stood before the decision. By when it is decided says the ruling."
)


@dataclass(frozen=True, slots=True)
class Ruling:
    """What became of an appeal: the outcome, its day, until when the case is to be decided anew, a remark."""

    outcome: AppealOutcome
    on: date | None = None
    due_on: date | None = None
    note: str = ""


def file_appeal(
    desk: Desk, uid: str, *, on: date | None = None, body: str = "", note: str = ""
) -> Done[CaseAppeal]:
    """Write down that the applicant appeals; `body` is with whom it was filed. Its term runs no more.

    Raises:
        NotFound: no such case.
        Refused: nothing was decided against the applicant, or an appeal waits for its outcome.
        Invalid: the day contradicts.
    """
    file = open_file(desk, uid)
    case, day = file.case, on or desk.today
    if not file.appealable or case.is_annulled:
        message = N_("Nothing was decided against the applicant here: there is nothing to appeal.")
        raise Refused([block("appeal.nothing", message, "state")])
    if file.open_appeal:
        raise Refused([block("appeal.waits", N_("An appeal waits for its outcome already."), "state")])
    appeal = CaseAppeal(
        case=case.uid,
        decision=case.decision,
        decided_on=case.decided_on,
        grounds=case.grounds,
        until=case.appeal_until,
        filed_on=day,
        body=body.strip(),
        note=note,
    )
    findings = [*faults(appeal), *_check_filed(desk, case, day)]
    refuse_if_blocked(findings)
    with desk.write(Op.FILE_APPEAL) as tx:
        filed = tx.put(appeal)
        tx.put(replace(case, appealed_on=day))
    return Done(filed, tx.changes, tuple(findings))


def settle_appeal(desk: Desk, uid: str, ruling: Ruling) -> Done[Case]:
    """Write the outcome of the appeal of a case. Reversed, the case is open again with its papers and steps.

    Permits that a reversed termination had ended stay as they are: a new decision gives new ones.

    Raises:
        NotFound: no such case.
        Refused: no appeal waits for an outcome.
        Invalid: the day contradicts.
    """
    file = open_file(desk, uid)
    appeal, day = file.open_appeal, ruling.on or desk.today
    if appeal is None or file.case.state is None:
        raise Refused([block("appeal.none", N_("No appeal waits for an outcome here."), "state")])
    settled = replace(appeal, outcome=ruling.outcome, outcome_on=day, note=ruling.note or appeal.note)
    findings = [*faults(settled), *_check_outcome(desk, appeal, ruling, day)]
    refuse_if_blocked(findings)
    opens = ruling.outcome is AppealOutcome.REVERSED
    assert not opens or CaseState.OPEN in CASE_TRANSITIONS[file.case.state]
    with desk.write(Op.SETTLE_APPEAL) as tx:
        tx.put(settled)
        case = tx.put(_reopened(file.case, ruling.due_on)) if opens else file.case
        for step in tx.live(CaseStep, case=case.uid, code=DECISION) if opens else ():
            tx.annul(step, "reversed")
    return Done(case, tx.changes, tuple(findings))


def _reopened(case: Case, due: date | None) -> Case:
    return replace(
        case,
        state=CaseState.OPEN,
        due_on=due,
        decision="",
        decided_on=None,
        protocol="",
        protocol_on=None,
        grounds="",
        circumstances="",
        certificate="",
        appeal_until=None,
        appealed_on=None,
    )


def _check_filed(desk: Desk, case: Case, day: date) -> list[Finding]:
    findings: list[Finding] = []
    if day > desk.today or (case.decided_on and day < case.decided_on):
        message = N_("An appeal is filed between the decision and today.")
        findings.append(block("bad_day", message, "filed_on"))
    if case.appeal_until and day > case.appeal_until:
        message = N_("The term of the appeal was over on {day}: who hears it says whether it is taken.")
        findings.append(warn("appeal_late", message, "filed_on", day=show_day(case.appeal_until)))
    if case.appeal_until is None:
        findings.append(note("appeal_unknown", UNKNOWN, "filed_on"))
    return findings


def _check_outcome(desk: Desk, appeal: CaseAppeal, ruling: Ruling, day: date) -> list[Finding]:
    findings: list[Finding] = []
    if day > desk.today or (appeal.filed_on and day < appeal.filed_on):
        message = N_("The outcome comes between the filing of the appeal and today.")
        findings.append(block("bad_day", message, "outcome_on"))
    if ruling.due_on and ruling.due_on < day:
        findings.append(block("bad_day", N_("The new term ends before the outcome."), "due_on"))
    if ruling.outcome is AppealOutcome.REVERSED and ruling.due_on is None:
        findings.append(note("open_again", _OPEN_AGAIN, "due_on"))
    return findings
