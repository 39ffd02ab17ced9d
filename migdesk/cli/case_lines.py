"""How `case show` tells a case: as a document for scripts, and in lines for people."""

from __future__ import annotations

from collections.abc import Iterator

from migdesk.cli.output import day_words, finding_lines, pairs, record_document
from migdesk.domain.fields import choice_label
from migdesk.domain.money import grouped
from migdesk.domain.payment import AMOUNTS
from migdesk.i18n import N_, _
from migdesk.services import waiting_fees
from migdesk.services.cases.case_file import CaseFile, PaperState, StepState
from migdesk.services.desk import Desk
from migdesk.services.facts.case_answers import Answer

LEFT = N_("still to be paid: {rest} ₸")


def case_document(file: CaseFile) -> dict[str, object]:
    """A case with everything known of it."""
    upcoming = file.next_step
    return record_document(file.case) | {
        "title": file.title,
        "who": list(file.who),
        "members": [one.uid for one in file.people],
        "answers": [
            {"key": one.key, "label": one.label, "required": one.required, "answer": one.words or None}
            for one in file.answers
        ],
        "papers": [
            {
                "code": one.code,
                "title": one.title,
                "required": one.required,
                "received_on": one.received_on,
                "issued_on": one.issued_on,
                "valid_days": one.valid_days,
                "too_old": one.old is not None,
            }
            for one in file.papers
        ],
        "steps": [
            {
                "code": one.code,
                "title": one.title,
                "done_on": one.done_on,
                "due_on": one.due_on,
                "term": one.term,
                "required": one.required,
            }
            for one in file.steps
        ],
        "next": upcoming.code if upcoming else None,
        "decisions": [{"code": one.code, "title": one.title, "does": one.does} for one in file.decisions],
        "grounds": [{"decision": one, "code": code, "title": title} for one, code, title in file.grounds],
        "payments": list(file.payments),
        "sums": [record_document(one) | {"rest": one.rest} for one in file.sums],
        "appeals": [record_document(one) for one in file.appeals],
    }


def case_lines(desk: Desk, file: CaseFile) -> Iterator[str]:
    """The lines of a case, in the order of its way."""
    case = file.case
    yield f"{case.number} — {file.title}"
    rows = [
        (_(N_("Applicant")), file.person.full_name),
        (_(N_("People")), "; ".join(one.full_name for one in file.people)),
        (_(N_("Who may apply")), "; ".join(file.who)),
        (_(N_("Applied on")), day_words(case.applied_on)),
        (_(N_("Decision due on")), day_words(case.due_on)),
        (_(N_("State")), choice_label(case.state) if case.state else "—"),
    ]
    yield from pairs([*rows, *_outcome(desk, file)])
    yield from finding_lines(waiting_fees.check_case(desk, case))
    if file.answers:
        yield _(N_("Questions:"))
        yield from map(_question, file.answers)
    yield _(N_("Papers:"))
    yield from map(_paper, file.papers)
    yield _(N_("Steps:"))
    yield from (_step(one, file.next_step) for one in file.steps)
    yield _(N_("Decisions:"))
    yield from (f"  {one.code}: {one.title}" for one in file.decisions)
    yield from (f"    {code}: {title} ({decision})" for decision, code, title in file.grounds)


def _outcome(desk: Desk, file: CaseFile) -> Iterator[tuple[str, str]]:
    """What was decided, what became due, and where an appeal stands."""
    case = file.case
    titles = {one.code: one.title for one in file.decisions}
    if case.decision:
        words = f"{titles.get(case.decision, case.decision)}, {day_words(case.decided_on)}"
        yield _(N_("Decision")), words
    yield from (
        (_(label), words)
        for label, words in (
            (N_("Protocol number"), case.protocol),
            (N_("Certificate number"), case.certificate),
        )
        if words
    )
    if file.payments:
        yield _(N_("Becomes due")), ", ".join(desk.lists.label(AMOUNTS, one) for one in file.payments)
    for one in file.sums:
        state = choice_label(one.state) if one.state else "—"
        words = f"{one.number} {desk.lists.label(AMOUNTS, one.rule)}: {grouped(one.tenge or 0)} ₸, {state}"
        left = f" ({_(LEFT).format(rest=grouped(one.rest))})" if one.paid and one.rest else ""
        yield _(N_("Payment")), words + left
    if case.appeal_until and not case.appealed_on:
        yield _(N_("Appeal until")), day_words(case.appeal_until)
    for appeal in file.appeals:
        outcome = choice_label(appeal.outcome) if appeal.outcome else _(N_("waits for its outcome"))
        days = ", ".join(day_words(day) for day in (appeal.filed_on, appeal.outcome_on) if day)
        yield _(N_("Appeal")), f"{days}: {outcome}"


def _question(one: Answer) -> str:
    needed = f" ({_(N_('required'))})" if one.required and not one.words else ""
    return f"  {one.key}: {one.label}: {one.words or '—'}{needed}"


def _paper(one: PaperState) -> str:
    mark = "!" if one.old else "×" if one.received_on else " "
    more = [] if one.required else [_(N_("when it applies"))]
    if one.valid_days:
        more.append(_(N_("at most {n} days old")).format(n=one.valid_days))
    if one.issued_on:
        more.append(_(N_("of {day}")).format(day=day_words(one.issued_on)))
    return f"  [{mark}] {one.code}: {one.title}" + (f" ({', '.join(more)})" if more else "")


def _step(one: StepState, upcoming: StepState | None) -> str:
    mark = "×" if one.done_on else ">" if one is upcoming else " "
    when = day_words(one.done_on or one.due_on) if one.done_on or one.due_on else ""
    return f"  [{mark}] {one.code}: {one.title}  {when}".rstrip()
