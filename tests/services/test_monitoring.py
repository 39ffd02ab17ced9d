"""A quarantine from the order to the release: days, checks, prolongation, terms of the day, mass orders, papers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from migdesk.domain.case import Case, CaseState
from migdesk.domain.case_check import CaseCheck, CheckOutcome
from migdesk.domain.change import Op
from migdesk.domain.errors import BadFile, Invalid, Refused
from migdesk.domain.printout import Printout
from migdesk.domain.terms import TermKind
from migdesk.paper.pages import count_pages
from migdesk.services import bulk_cases, day, reporting
from migdesk.services.arrivals import arrivals
from migdesk.services.bulk_cases import Order
from migdesk.services.cases import cases
from migdesk.services.laws import explaining
from migdesk.services.matter import Verdict
from migdesk.services.papers import printing
from migdesk.services.stays import status
from migdesk.services.terms import monitoring
from migdesk.services.upkeep import journal
from tests import make
from tests.services.test_arrivals import family

SERVICE = "quarantine_order"
FIRST, LAST = date(2026, 11, 21), date(2026, 12, 4)
ANSWERS = {
    "act": "БСД № 14",
    "act_on": date(2026, 11, 20),
    "ground": "contact",
    "quarantine_place": "Абай к-сі, 7",
    "watched_from": FIRST,
    "watched_until": LAST,
}


@pytest.fixture
def arrived(desk):
    return arrivals.register_arrival(desk, family()).value


@pytest.fixture
def case(desk, arrived):
    return opened(desk, arrived.people[0].uid)


def opened(desk, person, **answers):
    made = Case(service=SERVICE, person=person, applied_on=FIRST)
    return cases.open_case(desk, made, (), {**ANSWERS, **answers}).value


def record(desk, case, outcome=CheckOutcome.PRESENT, on=make.TODAY, **given):
    return monitoring.record_check(desk, case.number, CaseCheck(day=on, outcome=outcome, **given))


def terms(desk):
    return {
        one.kind: one.due for one in day.list_terms(desk) if one.kind in (TermKind.CHECK, TermKind.RELEASE)
    }


def test_the_day_asks_for_the_check_that_is_missing_and_for_the_release(desk, case):
    assert terms(desk) == {TermKind.CHECK: desk.today, TermKind.RELEASE: LAST}
    assert monitoring.watch_of(desk, case).missing == (FIRST, date(2026, 11, 22), desk.today)
    made = record(desk, case).value
    assert (made.case, made.by) == (case.uid, desk.signer.name)
    assert terms(desk) == {TermKind.RELEASE: LAST}
    (term,) = [one for one in day.list_terms(desk) if one.kind is TermKind.RELEASE]
    why = day.explain_term(desk, term)
    assert why.start == FIRST and why.source.confidence == "unverified"
    journal.undo_last(desk)
    assert terms(desk) == {TermKind.CHECK: desk.today, TermKind.RELEASE: LAST}


def test_a_check_is_corrected_annulled_and_undone(desk, case):
    made = record(desk, case, CheckOutcome.ABSENT, note="есік ашылмады").value
    better = monitoring.correct_check(desk, replace(made, outcome=CheckOutcome.BREACH)).value
    watch = monitoring.watch_of(desk, case)
    assert (watch.breaches, watch.checks) == (1, (better,))
    journal.undo_last(desk)
    assert monitoring.watch_of(desk, case).breaches == 0
    monitoring.annul_check(desk, made.uid, "басқа адам")
    assert monitoring.watch_of(desk, case).checks == ()
    assert explaining.explain(desk, made.uid)["changes"]


def test_a_check_outside_its_days_is_refused(desk, case):
    for on, code in ((date(2026, 11, 24), "in_future"), (date(2026, 11, 20), "before_start")):
        with pytest.raises(Invalid) as refused:
            record(desk, case, on=on)
        assert [one.code for one in refused.value.findings] == [code]
    record(desk, case)
    with pytest.raises(Invalid):
        record(desk, case)


def test_a_prolongation_moves_the_last_day_and_is_told_in_the_line_of_days(desk, case):
    monitoring.prolong(desk, case.uid, date(2026, 12, 10), "БСД № 15")
    watch = monitoring.watch_of(desk, case)
    assert watch.until == date(2026, 12, 10)
    assert [one.outcome for one in watch.checks] == [CheckOutcome.PROLONGED]
    assert terms(desk)[TermKind.CHECK] == desk.today
    with pytest.raises(Invalid):
        monitoring.prolong(desk, case.uid, date(2026, 12, 10))
    journal.undo_last(desk)
    assert monitoring.watch_of(desk, case).until == LAST


def test_the_last_day_is_not_before_the_first(desk, arrived):
    with pytest.raises(Invalid) as refused:
        opened(desk, arrived.people[0].uid, watched_until=date(2026, 11, 1))
    assert "details.watched_until" in [one.field for one in refused.value.findings]


def test_a_release_ends_the_checks_and_has_a_paper(desk, case, tmp_path):
    with pytest.raises(Refused):
        printing.print_form(desk, "quarantine_release", case.number, tmp_path / "out.pdf", lang="kk")
    printing.print_form(desk, SERVICE, case.number, tmp_path / "order.pdf", lang="ru")
    assert cases.decide(desk, case.uid, Verdict("released")).value.state is CaseState.GRANTED
    printing.print_form(desk, "quarantine_release", case.number, tmp_path / "out.pdf", lang="kk")
    assert terms(desk) == {}
    with pytest.raises(Refused):
        record(desk, case)


def test_a_quarantine_ends_before_its_term_on_a_ground(desk, case):
    with pytest.raises(Invalid):
        cases.decide(desk, case.uid, Verdict("ended"))
    ended = cases.decide(desk, case.uid, Verdict("ended", grounds=("breach_left",))).value
    assert ended.state is CaseState.TERMINATED


def test_a_case_of_another_service_is_not_checked(desk, arrived):
    other = cases.open_case(
        desk, Case(service="kandas_status", person=arrived.people[0].uid, applied_on=desk.today)
    ).value
    with pytest.raises(Refused):
        record(desk, other)


def test_many_orders_are_one_act_that_one_undo_takes_back(desk, arrived, case):
    order = Order(Case(service=SERVICE, applied_on=desk.today), ANSWERS)
    lines = bulk_cases.plan(desk, order, [one.uid for one in arrived.people])
    assert [one.refused for one in lines] == [True, False, False]
    assert lines[0].words
    done = bulk_cases.apply(desk, order, lines)
    assert done.changes.op is Op.OPEN_CASES
    assert [one.number for one in done.value] == ["PVL-C2026-00002", "PVL-C2026-00003"]
    assert {one.person for one in done.value} == {one.uid for one in arrived.people[1:]}
    assert monitoring.watch_of(desk, done.value[0]).until == LAST
    journal.undo_last(desk)
    assert len(desk.store.live(Case, service=SERVICE)) == 1


def test_nobody_left_is_said(desk, arrived, case):
    order = Order(Case(service=SERVICE, applied_on=desk.today), ANSWERS)
    with pytest.raises(Invalid):
        bulk_cases.apply(desk, order, bulk_cases.plan(desk, order, [arrived.people[0].uid]))


def test_mass_orders_are_one_file_each_and_one_for_the_printer(desk, arrived, tmp_path):
    order = Order(Case(service=SERVICE, applied_on=desk.today), ANSWERS)
    made = bulk_cases.apply(
        desk, order, bulk_cases.plan(desk, order, [one.uid for one in arrived.people])
    ).value
    target, folder = tmp_path / "all.pdf", tmp_path / "each"
    done = bulk_cases.print_all(desk, made, SERVICE, target, folder=folder, lang="kk").value
    assert count_pages(target.read_bytes()) == done.pages == 3
    assert sorted(one.stem for one in folder.iterdir()) == sorted(one.number for one in done.printouts)
    assert len(desk.store.live(Printout, form=SERVICE)) == 3


def test_the_report_counts_orders_checks_breaches_and_releases_by_region(desk, case):
    record(desk, case)
    record(desk, case, CheckOutcome.ABSENT, date(2026, 11, 22))
    record(desk, case, CheckOutcome.BREACH, date(2026, 11, 22))
    result = reporting.run(desk, "quarantine", date(2026, 11, 1), date(2026, 11, 30))
    (row,) = result.sections[0].rows
    assert row[1:] == (1, 1, 1, 1, 0, 0, 0, 1)
    assert reporting.run(desk, "quarantine", date(2026, 10, 1), date(2026, 10, 31)).row_count == 0


def test_a_prolongation_is_no_check_that_is_entered_corrected_or_annulled(desk, case):
    told = monitoring.prolong(desk, case.uid, date(2026, 12, 10)).value
    with pytest.raises(Invalid):
        record(desk, case, CheckOutcome.PROLONGED)
    with pytest.raises(Refused):
        monitoring.correct_check(desk, replace(told, outcome=CheckOutcome.PRESENT))
    with pytest.raises(Refused):
        monitoring.annul_check(desk, told.uid, "қате")


def test_an_order_with_open_questions_is_not_printed_and_everybody_is_told_so(desk, arrived, tmp_path):
    order = Order(Case(service=SERVICE, applied_on=desk.today))
    people = [one.uid for one in arrived.people]
    lines = bulk_cases.plan(desk, order, people)
    assert not any(one.refused for one in lines)
    told = [[one for one in line.findings if one.code == "unanswered"] for line in lines]
    assert [len(one) for one in told] == [1, 1, 1] and "watched_until" in told[0][0].values["codes"]
    with pytest.raises(Refused):
        bulk_cases.refuse_unprintable(desk, order, SERVICE)
    made = bulk_cases.apply(desk, order, lines).value
    for run in (
        lambda: printing.print_form(desk, SERVICE, made[0].number, tmp_path / "one.pdf", lang="ru"),
        lambda: bulk_cases.print_all(desk, made, SERVICE, tmp_path / "all.pdf"),
    ):
        with pytest.raises(Refused) as refused:
            run()
        assert "unanswered" in [one.code for one in refused.value.findings]
    assert desk.store.select(Printout, "1") == [] and list(tmp_path.glob("*.pdf")) == []
    cases.answer(desk, made[0].uid, ANSWERS)
    done = bulk_cases.print_all(desk, made, SERVICE, tmp_path / "all.pdf")
    assert (len(done.value.printouts), len(done.findings)) == (1, 2)
    bulk_cases.refuse_unprintable(desk, Order(order.case, ANSWERS), SERVICE)


def test_papers_that_cannot_take_their_name_leave_no_line_and_no_file(desk, case, tmp_path, monkeypatch):
    """A folder that stands where the file should: nothing is numbered. A disk that fails later: nothing counts."""
    target, folder = tmp_path / "out.pdf", tmp_path / "each"
    target.mkdir()
    with pytest.raises(BadFile):
        bulk_cases.print_all(desk, [case], SERVICE, target, folder=folder)
    assert desk.store.select(Printout, "1") == []
    target.rmdir()
    rename = Path.replace

    def fails(self, wanted):
        if Path(wanted) == target:
            raise OSError(28, "No space left on device")
        return rename(self, wanted)

    monkeypatch.setattr(Path, "replace", fails)
    with pytest.raises(BadFile):
        bulk_cases.print_all(desk, [case], SERVICE, target, folder=folder)
    assert [one.is_annulled for one in desk.store.select(Printout, "1")] == [True]
    assert list(folder.iterdir()) == []


def test_behind_its_last_day_no_check_is_asked_for(desk, arrived):
    opened(desk, arrived.people[0].uid, watched_until=date(2026, 11, 22))
    assert terms(desk) == {TermKind.RELEASE: date(2026, 11, 22)}


def test_days_that_run_are_not_answered_anew(desk, arrived, case):
    """A last day before the first was taken, and then nobody was asked for a check any more."""
    for until in (date(2026, 11, 10), date(2026, 12, 1), date(2027, 1, 1), None):
        with pytest.raises(Invalid) as refused:
            cases.answer(desk, case.uid, {"watched_until": until})
        assert [one.code for one in refused.value.findings] == ["watch.runs"]
    cases.answer(desk, case.uid, {**ANSWERS, "quarantine_place": "Абай к-сі, 9"})
    later = opened(desk, arrived.people[1].uid, watched_from=date(2026, 11, 25))
    with pytest.raises(Invalid) as refused:
        cases.answer(desk, later.uid, {"watched_until": date(2026, 11, 10)})
    assert [one.code for one in refused.value.findings] == ["before_start"]
    cases.answer(desk, later.uid, {"watched_until": date(2026, 12, 1)})


def test_a_prolongation_out_of_reach_is_refused_and_a_long_one_remarked(desk, case):
    with pytest.raises(Invalid) as refused:
        monitoring.prolong(desk, case.uid, date(2199, 12, 31))
    (told,) = refused.value.findings
    assert (told.code, told.source.confidence) == ("too_long", "unverified")
    for words in ("а" * 1001, "№ 1\x07"):
        with pytest.raises(Invalid) as refused:
            monitoring.prolong(desk, case.uid, date(2026, 12, 10), words)
        assert [one.field for one in refused.value.findings] == ["words"]
    long = monitoring.prolong(desk, case.uid, date(2027, 1, 10), "\u202e№ 1\n")
    assert [one.code for one in long.findings] == ["watch.long"]
    assert long.value.note.endswith("2027; № 1")


def test_a_release_is_remarked_where_nobody_looked_or_a_breach_stands(desk, case):
    record(desk, case, CheckOutcome.BREACH)
    told = {one.code: one for one in cases.check_decision(desk, case.uid, Verdict("released"))}
    assert {"watch.unchecked", "watch.early", "watch.breach"} <= set(told)
    assert told["watch.unchecked"].values["n"] == 2
    assert "ended before its term" in told["watch.early"].words()
    ended = cases.check_decision(desk, case.uid, Verdict("ended", grounds=("breach_left",)))
    assert "watch.early" not in {one.code for one in ended}


def test_the_status_of_a_person_tells_of_a_quarantine_its_breach_and_a_late_release(desk, arrived, case):
    def told(person):
        return [one for one in status.person_status(desk, person).findings if one.field == "cases"]

    record(desk, case, CheckOutcome.BREACH)
    found = told(case.person)
    assert [one.code for one in found] == ["status.watched", "status.watch_breach"]
    assert found[0].severity == "warn" and found[0].source.confidence == "unverified"
    late = opened(desk, arrived.people[1].uid, watched_from=FIRST, watched_until=date(2026, 11, 22))
    assert [one.code for one in told(late.person)] == ["status.watch_over"]
    cases.decide(desk, case.uid, Verdict("released"))
    assert told(case.person) == []
