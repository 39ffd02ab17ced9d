"""Appeals: the term begins by itself, shows among the terms of the day, and ends; a reversal opens the case again."""

from __future__ import annotations

from datetime import date

import pytest

from migdesk.domain.case import AppealOutcome, Case, CaseState, CaseStep
from migdesk.domain.errors import Invalid, Refused
from migdesk.domain.finding import blocking
from migdesk.domain.terms import TermKind
from migdesk.rules.procedure import APPEAL
from migdesk.services import day
from migdesk.services.arrivals import arrivals
from migdesk.services.cases import appeals, case_file, cases
from migdesk.services.cases.appeals import Ruling
from migdesk.services.laws import law_copies, law_editing, law_packs, law_reading
from migdesk.services.laws.law_reading import Kind as LawKind
from migdesk.services.laws.law_reading import Wanted
from migdesk.services.matter import Verdict
from migdesk.services.papers import printing
from migdesk.services.upkeep import journal
from tests.paper.words import page_text
from tests.services.test_arrivals import family
from tests.services.test_case_answers import FILED, trial

LAST = date(2026, 12, 7)
"""Ten working days after 23.11.2026."""


@pytest.fixture
def person(desk):
    return arrivals.register_arrival(desk, family(members=family().members[:1])).value.people[0]


@pytest.fixture
def refused(desk, person):
    case = trial(desk, person, {"purpose": "study"})
    return cases.decide(desk, case.uid, Verdict("refuse", grounds=("late",))).value


def open_appeals(desk):
    return [one for one in day.list_terms(desk) if one.kind is TermKind.APPEAL]


def test_a_refusal_begins_the_term_of_an_appeal(desk, refused):
    assert refused.appeal_until == LAST
    (term,) = open_appeals(desk)
    assert (term.due, term.record_uid) == (LAST, refused.uid)
    why = day.explain_term(desk, term)
    assert (why.start, why.deadline.due, why.deadline.length) == (date(2026, 11, 23), LAST, 10)
    assert why.version.startswith("labour.fee_payment, terms ")


def test_a_term_that_is_over_is_no_debt_of_anybody(desk, refused, monkeypatch):
    monkeypatch.setattr(type(desk), "today", property(lambda _desk: LAST))
    assert [one.due for one in open_appeals(desk)] == [LAST]
    before = day.count_day(desk)
    monkeypatch.setattr(type(desk), "today", property(lambda _desk: date(2026, 12, 8)))
    assert open_appeals(desk) == []
    assert day.count_day(desk).overdue == before.overdue + before.today - 1


def test_where_no_source_names_a_term_the_program_says_so(desk, person):
    case = cases.open_case(desk, Case(service="kandas_status", person=person.uid, applied_on=FILED)).value
    done = cases.decide(desk, case.uid, Verdict("refuse", grounds=("commission",)))
    assert done.value.appeal_until is None
    assert "appeal_unknown" in {one.code for one in done.findings}
    filed = appeals.file_appeal(desk, case.uid)
    assert [one.code for one in filed.findings] == ["appeal_unknown"]


def refuse(desk, person, **given):
    """A refusal whose service names no term of an appeal."""
    case = cases.open_case(desk, Case(service="kandas_status", person=person.uid, applied_on=FILED)).value
    return cases.decide(desk, case.uid, Verdict("refuse", grounds=("commission",), **given)).value


def enter_term(desk, length: int) -> str:
    """The head enters the general term of an appeal, by an act."""
    (line,) = law_reading.read_law(desk, Wanted(words=APPEAL, kind=LawKind.TERM))
    copy = law_copies.copy_of(desk, line)
    given = {"length": length, "since": date(2026, 11, 1), "act": "Code"}
    return law_editing.amend(desk, copy, {**copy.values, **given}).value.code


def test_the_head_enters_the_general_term_once_and_it_runs_from_the_decision(desk, person):
    """Decisions of before get their day too, one that was given by hand keeps it, and undo takes all back."""
    before, by_hand = refuse(desk, person), refuse(desk, person, appeal_until=date(2026, 12, 31))
    code = enter_term(desk, 30)
    law_packs.switch_pack(desk, code, on=True, why="read")
    journal.undo_last(desk)
    assert desk.store.get(Case, before.uid).appeal_until is None
    law_packs.switch_pack(desk, code, on=True, why="read")
    after = refuse(desk, person)
    read = [desk.store.get(Case, one.uid).appeal_until for one in (before, by_hand, after)]
    assert read == [date(2026, 12, 23), date(2026, 12, 31), date(2026, 12, 23)]
    term = next(one for one in open_appeals(desk) if one.record_uid == after.uid)
    why = day.explain_term(desk, term)
    assert (why.start, why.deadline.length, why.source.act) == (date(2026, 11, 23), 30, "Code")
    assert why.deadline.notes == ()


def test_a_day_given_by_hand_is_in_the_day_list_and_says_so(desk, person):
    refused = refuse(desk, person, appeal_until=date(2026, 12, 1))
    (term,) = open_appeals(desk)
    assert (term.due, day.explain_term(desk, term).rule) == (
        refused.appeal_until,
        "given by hand with the decision",
    )


def test_a_day_of_an_appeal_before_the_decision_or_in_favour_is_refused(desk, person):
    case = cases.open_case(desk, Case(service="kandas_status", person=person.uid, applied_on=FILED)).value
    early = Verdict("refuse", grounds=("commission",), appeal_until=date(2026, 11, 1))
    granted = Verdict("grant", appeal_until=date(2026, 12, 1))
    codes = [
        {
            one.code
            for one in blocking(cases.check_decision(desk, case.uid, one))
            if one.field == "appeal_until"
        }
        for one in (early, granted)
    ]
    assert codes == [{"bad_day"}, {"appeal.in_favour"}]


def test_a_filed_appeal_ends_its_term_and_waits(desk, refused):
    filed = appeals.file_appeal(desk, refused.uid, body="Ministry").value
    assert (filed.decision, filed.grounds, filed.until) == ("refuse", "late", LAST)
    assert open_appeals(desk) == []
    assert case_file.open_file(desk, refused.uid).open_appeal.uid == filed.uid
    with pytest.raises(Refused):
        appeals.file_appeal(desk, refused.uid)


def test_the_outcome_of_an_appeal_is_taken_back_by_undo(desk, refused):
    appeals.file_appeal(desk, refused.uid)
    before = desk.store.get(Case, refused.uid)
    appeals.settle_appeal(desk, refused.uid, Ruling(AppealOutcome.REVERSED, due_on=date(2026, 12, 1)))
    journal.undo_last(desk)
    after = desk.store.get(Case, refused.uid)
    assert (after.state, after.grounds, after.appealed_on) == (
        before.state,
        before.grounds,
        before.appealed_on,
    )
    assert [one.outcome for one in case_file.open_file(desk, refused.uid).appeals] == [None]


def test_an_upheld_decision_stands(desk, refused):
    appeals.file_appeal(desk, refused.uid)
    case = appeals.settle_appeal(desk, refused.uid, Ruling(AppealOutcome.UPHELD, note="№ 5")).value
    assert case.state is CaseState.REFUSED
    (appeal,) = case_file.open_file(desk, refused.uid).appeals
    assert (appeal.outcome, appeal.outcome_on, appeal.note) == (AppealOutcome.UPHELD, desk.today, "№ 5")
    with pytest.raises(Refused):
        appeals.settle_appeal(desk, refused.uid, Ruling(AppealOutcome.REVERSED))


def test_a_reversed_decision_opens_the_case_with_its_papers(desk, refused):
    appeals.file_appeal(desk, refused.uid)
    ruling = Ruling(AppealOutcome.REVERSED, due_on=date(2026, 12, 1))
    case = appeals.settle_appeal(desk, refused.uid, ruling).value
    assert (case.state, case.due_on, case.decision, case.grounds) == (
        CaseState.OPEN,
        date(2026, 12, 1),
        "",
        "",
    )
    assert desk.store.live(CaseStep, case=case.uid, code="decision") == []
    why = day.explain_term(desk, next(one for one in day.list_terms(desk) if one.kind is TermKind.CASE))
    assert why.event == "an appeal reversed the decision"
    cases.receive_paper(desk, case.uid, "application")
    again = cases.decide(desk, case.uid, Verdict("refuse", grounds=("late",))).value
    assert (again.state, again.appeal_until) == (CaseState.REFUSED, LAST)
    assert len(case_file.open_file(desk, case.uid).appeals) == 1
    appeals.file_appeal(desk, case.uid)
    assert len(case_file.open_file(desk, case.uid).appeals) == 2


def test_an_appeal_is_taken_back_by_undo(desk, refused):
    appeals.file_appeal(desk, refused.uid)
    journal.undo_last(desk)
    assert case_file.open_file(desk, refused.uid).appeals == ()
    assert case_file.get_case(desk, refused.uid).appealed_on is None


def test_an_appeal_behind_its_term_is_told_and_taken(desk, refused, monkeypatch):
    monkeypatch.setattr(type(desk), "today", property(lambda _desk: date(2026, 12, 9)))
    done = appeals.file_appeal(desk, refused.uid, on=date(2026, 12, 8))
    assert [one.code for one in done.findings] == ["appeal_late"]


@pytest.mark.parametrize("filed", [date(2026, 11, 22), date(2026, 11, 24)])
def test_an_appeal_lies_between_the_decision_and_today(desk, refused, filed):
    with pytest.raises(Invalid) as told:
        appeals.file_appeal(desk, refused.uid, on=filed)
    assert [one.code for one in blocking(told.value.findings)] == ["bad_day"]


@pytest.mark.parametrize(
    "ruling",
    [
        Ruling(AppealOutcome.UPHELD, on=date(2026, 11, 22)),
        Ruling(AppealOutcome.UPHELD, on=date(2026, 11, 24)),
        Ruling(AppealOutcome.REVERSED, due_on=date(2026, 11, 22)),
    ],
)
def test_an_outcome_lies_between_the_appeal_and_today(desk, refused, ruling):
    appeals.file_appeal(desk, refused.uid)
    with pytest.raises(Invalid):
        appeals.settle_appeal(desk, refused.uid, ruling)


@pytest.mark.parametrize("code", ["", "withdraw"])
def test_only_what_was_decided_against_somebody_is_appealed(desk, person, code):
    case = trial(desk, person, {"purpose": "study"})
    if code:
        cases.decide(desk, case.uid, Verdict(code))
    with pytest.raises(Refused):
        appeals.file_appeal(desk, case.uid)
    with pytest.raises(Refused):
        appeals.settle_appeal(desk, case.uid, Ruling(AppealOutcome.UPHELD))


def test_the_refusal_names_the_last_day_of_the_appeal_and_the_circumstances(desk, person, tmp_path):
    case = trial(desk, person, {"purpose": "study"})
    cases.decide(desk, case.uid, Verdict("refuse", grounds=("late",), words="Екі күн кешікті"))
    content = printing.preview(desk, "kandas_decision", case.uid, lang="ru")
    text = " ".join(page_text(content, 1).split())
    for part in ("Екі күн кешікті", "Последний день обжалования", "декабря 2026"):
        assert part in text, part
