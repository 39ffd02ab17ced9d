"""The window of a case: the next action by Enter, why a step is due, papers with a day, questions, appeals."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from migdesk.domain.arrival import Arrival
from migdesk.domain.case import AppealOutcome, Case, CaseDetail, CasePaper, CaseState, CaseStep
from migdesk.domain.listing import Filter, Test
from migdesk.services.asked_values import PLACE
from migdesk.services.cases import case_file, cases
from migdesk.services.matter import Verdict
from migdesk.services.people import people
from migdesk.ui.files.cases.case_file import CaseContent
from migdesk.ui.files.cases.new_case import ask_new_case
from migdesk.ui.look.theme import Tone
from migdesk.ui.workplace import Kind
from tests.services.trial_service import with_trial
from tests.ui.keys import press

KANDAS = Filter("purpose", Test.IS, "kandas")
FILED = date(2026, 11, 20)


def somebody(eye) -> str:
    return eye.desk.store.get(Arrival, eye.first("arrivals", KANDAS)).person


def opened(eye, service="trial", answers=None, filed=FILED) -> str:
    with_trial(eye.desk)
    case = Case(service=service, person=somebody(eye), applied_on=filed)
    return cases.open_case(eye.desk, case, (), answers or {}).value.uid


def shown(eye, uid) -> CaseContent:
    content = eye.file(Kind.CASE, uid)
    assert isinstance(content, CaseContent)
    return content


def words_in(widget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def test_enter_does_the_next_step_wherever_nothing_else_takes_it(eye):
    uid = opened(eye)
    content = shown(eye, uid)
    view = content.parent()
    view.setFocus()
    press(view, Qt.Key.Key_Return)
    eye.content()
    assert [one.code for one in eye.desk.store.live(CaseStep, case=uid)] == ["filing"]
    press(eye.content().parent(), Qt.Key.Key_Return)
    press(eye.content().parent(), Qt.Key.Key_Return)
    assert [one.code for one in eye.desk.store.live(CaseStep, case=uid)] == ["filing", "check"]
    assert QApplication.focusWidget() in eye.content().decision.choices.values()


def test_the_look_at_the_papers_says_in_the_window_which_are_missing(eye):
    content = shown(eye, opened(eye, "kandas_status"))
    content.do_step(next(one for one in content.file.steps if one.code == "completeness"))
    eye.content()
    assert "Papers are missing" in eye.told()


def test_ctrl_enter_is_not_the_next_step(eye):
    uid = opened(eye)
    press(shown(eye, uid).parent(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    eye.content()
    assert eye.desk.store.live(CaseStep, case=uid) == []


def test_a_late_step_is_red_with_its_day_and_says_why(eye):
    uid = opened(eye)
    cases.do_step(eye.desk, uid, "filing", on=FILED)
    content = shown(eye, uid)
    line = content.steps[1]
    assert (line._words.pill.tone, line._words.pill.drawing != "") == (Tone.WARN, True)
    assert "23.11.2026" in line.accessibleName() and line._words.strong
    why = content.whys["check"]
    why.link.click()
    told = words_in(why)
    for part in ("kandas.completeness, terms", "20.11.2026", "23.11.2026", "21.11, 22.11"):
        assert part in told, part
    assert eye.content().carry()["steps"] == ["check"]
    why.link.click()
    assert eye.content().carry()["steps"] == []


def test_an_overdue_step_has_the_tone_of_a_fault(eye):
    uid = opened(eye, filed=date(2026, 11, 2))
    cases.do_step(eye.desk, uid, "filing", on=date(2026, 11, 2))
    assert shown(eye, uid).steps[1]._words.pill.tone is Tone.BAD


def test_missing_papers_are_named_and_follow_the_answers(eye):
    uid = opened(eye, answers={"purpose": "study"})
    content = shown(eye, uid)
    assert len(content.papers) == 3
    cases.answer(eye.desk, uid, {"purpose": "work"})
    assert len(eye.content().papers) == 4


def test_a_paper_whose_age_counts_asks_for_its_day(eye):
    uid = opened(eye, answers={"purpose": "study"})
    content = shown(eye, uid)
    press(content.papers[1], Qt.Key.Key_Space)
    window = eye.dialog()
    assert not content.papers[1].isChecked()
    window.save()
    assert window.isVisible() and eye.desk.store.live(CasePaper, case=uid) == []
    window.form.set_values({"issued_on": date(2026, 11, 24)})
    window.save()
    assert window.form.boxes["issued_on"].findings()
    window.form.set_values({"issued_on": date(2026, 1, 1)})
    window.save()
    (paper,) = eye.desk.store.live(CasePaper, case=uid)
    assert paper.issued_on == date(2026, 1, 1)
    line = eye.content().papers[1]
    assert (line._words.pill.tone, line.isChecked(), line.isEnabled()) == (Tone.BAD, False, True)


def test_questions_are_answered_in_a_window(eye):
    uid = opened(eye)
    shown(eye, uid)
    from migdesk.ui.files.cases.case_questions import ask_answers

    window = ask_answers(eye.window.work, eye.content().file)
    window.form.set_values({f"{PLACE}.purpose": "work", f"{PLACE}.contract_until": date(2027, 5, 1)})
    window.save()
    kept = {one.key: one.value for one in eye.desk.store.live(CaseDetail, case=uid)}
    assert kept == {"purpose": "work", "contract_until": "2027-05-01", "is_branch": "0"}
    assert "01.05.2027" in words_in(eye.content())


def test_a_new_case_says_who_may_apply_and_asks_its_questions(eye):
    with_trial(eye.desk)
    person = people.get_person(eye.desk, somebody(eye))
    window = ask_new_case(eye.window.work, person)
    part = window._question.more
    assert part.boxes == {}
    window.form.set_values({"service": "rvp"})
    window.form.changed.emit("service")
    assert "6-1" not in part.who.text() and part.who.text()
    assert set(part.boxes) == {
        f"{PLACE}.{key}" for key in ("purpose", "contract_until", "study_until", "treatment_until")
    }
    part.boxes[f"{PLACE}.contract_until"].input.set_typed("31.02.2027")
    part.boxes[f"{PLACE}.purpose"].set_value("work")
    window.save()
    assert window.isVisible()
    part.boxes[f"{PLACE}.contract_until"].input.set_typed("28.02.2027")
    window.save()
    (case,) = eye.desk.store.live(Case, person=person.uid, service="rvp", state=CaseState.OPEN)
    kept = {one.key: one.value for one in eye.desk.store.live(CaseDetail, case=case.uid)}
    assert kept == {"purpose": "work", "contract_until": "2027-02-28"}


def test_a_refusal_is_appealed_and_reversed_in_its_window(eye):
    uid = opened(eye, answers={"purpose": "study"})
    cases.decide(eye.desk, uid, Verdict("refuse", grounds=("late",)))
    content = shown(eye, uid)
    assert "07.12.2026" in words_in(content)
    next(one for one in content.acts() if one.key == "case.appeal").run()
    window = eye.dialog()
    window.form.set_values({"body": "Сот"})
    window.save()
    (appeal,) = case_file.open_file(eye.desk, uid).appeals
    assert (appeal.filed_on, appeal.body) == (eye.desk.today, "Сот")
    next(one for one in eye.content().acts() if one.key == "case.ruling").run()
    window = eye.dialog()
    window.form.set_values({"outcome": AppealOutcome.REVERSED})
    window.save()
    assert eye.content().is_open
    assert case_file.get_case(eye.desk, uid).state is CaseState.OPEN


@pytest.mark.parametrize("decided", [False, True])
def test_a_granted_case_goes_on_behind_its_decision(eye, decided):
    uid = opened(eye, answers={"purpose": "study"})
    for paper in case_file.open_file(eye.desk, uid).lacking:
        cases.receive_paper(eye.desk, uid, paper.code, issued_on=FILED if paper.valid_days else None)
    if decided:
        cases.decide(eye.desk, uid, Verdict("grant", valid_until=date(2027, 1, 1)))
    content = shown(eye, uid)
    assert [line.isEnabled() for line in content.steps] == (
        [False, False, False, True] if decided else [True, True, True, True]
    )
    assert ("support.relocation" in case_file.open_file(eye.desk, uid).payments) is decided
    title = content.acts()[0].title
    assert title


def test_a_decision_tells_circumstances_beside_its_ground(eye):
    uid = opened(eye, answers={"purpose": "study"})
    content = shown(eye, uid)
    assert list(content.decision.choices)[-1] == "withdraw"
    content.decision.choices["refuse"].click()
    next(iter(content.decision.grounds.values())).click()
    content.decision.form.set_values({"words": "екі күн"})
    content.decision.decide()
    assert case_file.get_case(eye.desk, uid).circumstances == "екі күн"
    assert "екі күн" in words_in(eye.content())


def test_the_last_day_of_an_appeal_is_asked_with_a_decision_against_the_applicant(eye):
    uid = opened(eye, answers={"purpose": "study"})
    panel = shown(eye, uid).decision
    asked = panel.form.boxes["appeal_until"]
    panel.choices["refuse"].click()
    assert asked.isVisible()
    panel.form.set_values({"appeal_until": date(2026, 12, 31)})
    panel.choices["grant"].click()
    assert (asked.isVisible(), panel.verdict().appeal_until) == (False, None)
    panel.choices["refuse"].click()
    next(iter(panel.grounds.values())).click()
    panel.form.set_values({"appeal_until": date(2026, 12, 31)})
    panel.decide()
    assert case_file.get_case(eye.desk, uid).appeal_until == date(2026, 12, 31)


def test_what_was_given_is_ended_on_a_legal_ground(eye):
    uid = opened(eye, answers={"purpose": "study"})
    for paper in case_file.open_file(eye.desk, uid).lacking:
        cases.receive_paper(eye.desk, uid, paper.code, issued_on=FILED if paper.valid_days else None)
    assert "case.end" not in [one.key for one in shown(eye, uid).acts()]
    cases.decide(eye.desk, uid, Verdict("grant", valid_until=date(2027, 1, 1)))
    next(one for one in eye.content().acts() if one.key == "case.end").run()
    window = eye.dialog()
    window.save()
    assert window.isVisible()
    assert case_file.get_case(eye.desk, uid).state is CaseState.GRANTED
    window._question.more.lines["gone"].click()
    window.save()
    ended = case_file.get_case(eye.desk, uid)
    assert (ended.state, ended.grounds) == (CaseState.TERMINATED, "gone")
    assert "case.appeal" in [one.key for one in eye.content().acts()]
