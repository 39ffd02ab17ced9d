"""The waiting list: by order of entry, past somebody only with a reason, and nobody twice."""

from __future__ import annotations

from datetime import date

import pytest

from migdesk.domain.case import Case, CaseState
from migdesk.domain.change import Op
from migdesk.domain.errors import Invalid, MigDeskError, NotFound, Refused
from migdesk.domain.person import Person
from migdesk.domain.quota import Reservation, ReservationState, Stream, Waiting, WaitingState
from migdesk.services.cases import cases
from migdesk.services.desk import Desk
from migdesk.services.people.merging import merge
from migdesk.services.quotas import quotas, waiting, what_if
from migdesk.services.quotas.quotas import Pot
from migdesk.services.quotas.waiting import Wish
from migdesk.services.quotas.what_if import Outcome, Wanted
from migdesk.services.upkeep import journal
from tests import make

KANDAS = Pot(Stream.KANDAS, "550000000", 2026)
LABOUR = Pot(Stream.FOREIGN_LABOUR, "550000000", 2026, "3")


def people(desk: Desk, n: int) -> list[Person]:
    with desk.write(Op.SAVE_PERSON) as tx:
        return [tx.put(make.person(surname=f"Адам{at}", surname_latin=f"ADAM{at}")) for at in range(n)]


def enter(desk: Desk, pot: Pot = KANDAS, n: int = 3, units: int = 1) -> list[Waiting]:
    return [waiting.enter(desk, Wish(pot, one.uid, units)).value for one in people(desk, n)]


def code_of(caught: pytest.ExceptionInfo[MigDeskError]) -> str:
    return caught.value.findings[0].code


def test_the_order_is_that_of_entry_and_the_journal_proves_it(desk):
    entries = enter(desk)
    places = waiting.line(desk, KANDAS)
    assert [one.entry.number for one in places] == [one.number for one in entries]
    assert [one.place for one in places] == [1, 2, 3]
    assert all(len(one.hash) == 64 and one.op for one in places)
    assert waiting.next_of(desk, KANDAS).uid == entries[0].uid
    assert all(one.entered_at is not None for one in entries)


def test_inclusion_takes_the_units_of_who_is_next(desk):
    first, second, _third = enter(desk, units=2)
    quotas.allot(desk, KANDAS, 3, "№ 1")
    done = waiting.include(desk, first.uid).value
    assert (done.state, quotas.check_pot(desk, KANDAS).balance.free) == (WaitingState.INCLUDED, 1)
    assert desk.store.get(Reservation, done.reservation).state is ReservationState.HELD
    with pytest.raises(Refused) as refused:
        waiting.include(desk, second.uid)
    assert code_of(refused) == "quota.exhausted"
    assert waiting.next_of(desk, KANDAS).uid == second.uid


def test_nobody_is_taken_out_of_turn(desk):
    _first, second, third = enter(desk)
    quotas.allot(desk, KANDAS, 3, "№ 1")
    with pytest.raises(Refused) as refused:
        waiting.include(desk, third.uid)
    assert code_of(refused) == "waiting.turn"
    for person in (None, second.person, people(desk, 1)[0].uid):
        with pytest.raises(Refused) as refused:
            quotas.reserve(desk, quotas.Hold(KANDAS, 1, person=person))
        assert code_of(refused) == "quota.line"


def test_who_is_passed_over_comes_next_again(desk):
    first, second, third = enter(desk)
    quotas.allot(desk, KANDAS, 3, "№ 1")
    waiting.skip(desk, first.uid, "absent", "келмеді, 20.11")
    assert waiting.next_of(desk, KANDAS).uid == second.uid
    waiting.include(desk, second.uid)
    assert waiting.next_of(desk, KANDAS).uid == first.uid
    (skip,) = waiting.skips_of(desk, first.uid)
    assert (skip.reason, skip.taken) == ("absent", second.uid)
    waiting.skip(desk, first.uid, "papers", "анықтама жоқ")
    with pytest.raises(Refused) as refused:
        waiting.skip(desk, third.uid, "papers", "анықтама жоқ")
    assert code_of(refused) == "waiting.alone"


@pytest.mark.parametrize(("reason", "words", "field"), [("", "x", "reason"), ("absent", " ", "words")])
def test_a_skip_has_a_reason_of_the_list_and_words(desk, reason, words, field):
    first = enter(desk)[0]
    with pytest.raises(Invalid) as refused:
        waiting.skip(desk, first.uid, reason, words)
    assert [one.field for one in refused.value.findings] == [field]


def test_the_head_passes_over_the_order_with_a_reason(desk):
    _first, second, _third = enter(desk)
    quotas.allot(desk, KANDAS, 3, "№ 1")
    done = quotas.reserve(desk, quotas.Hold(KANDAS, 1, person=second.person, override="жедел жағдай"))
    assert (done.changes.op, done.value.override) == (Op.OVERRIDE_QUOTA, "жедел жағдай")
    assert desk.store.get(Waiting, second.uid).state is WaitingState.INCLUDED


def test_every_step_is_undone(desk):
    first, second, _third = enter(desk)
    quotas.allot(desk, KANDAS, 3, "№ 1")
    waiting.skip(desk, first.uid, "absent", "келмеді")
    waiting.include(desk, second.uid)
    journal.undo_last(desk)
    assert (waiting.next_of(desk, KANDAS).uid, quotas.check_pot(desk, KANDAS).balance.free) == (second.uid, 3)
    journal.undo_last(desk)
    assert waiting.next_of(desk, KANDAS).uid == first.uid


def test_a_struck_entry_waits_no_more(desk):
    first, second, _third = enter(desk)
    waiting.strike(desk, first.uid, "өз өтініші")
    assert waiting.next_of(desk, KANDAS).uid == second.uid
    with pytest.raises(Refused):
        waiting.strike(desk, first.uid, "тағы")
    with pytest.raises(Refused):
        waiting.skip(desk, first.uid, "absent", "келмеді")
    assert len(waiting.line(desk, KANDAS)) == 2
    assert len(waiting.line(desk, KANDAS, ever=True)) == 3


def test_nobody_waits_twice_or_after_an_inclusion(desk):
    first = enter(desk)[0]
    with pytest.raises(Invalid) as refused:
        waiting.enter(desk, Wish(KANDAS, first.person))
    assert code_of(refused) == "waiting.twice"
    quotas.allot(desk, KANDAS, 5, "№ 1")
    waiting.include(desk, first.uid)
    for pot in (KANDAS, Pot(Stream.RESETTLER, "550000000", 2026)):
        with pytest.raises(Invalid) as refused:
            waiting.enter(desk, Wish(pot, first.person))
        assert code_of(refused) == "waiting.included"


def test_a_case_of_the_register_counts_for_once_in_a_lifetime(desk):
    """Inclusions of former years come in as cases, without a unit of this ledger."""
    person = people(desk, 1)[0]
    with desk.write(Op.IMPORT_WORKBOOK) as tx:
        tx.put(
            Case(
                service="kandas_quota",
                person=person.uid,
                applied_on=date(2023, 3, 1),
                decided_on=date(2023, 4, 1),
                state=CaseState.GRANTED,
            )
        )
    with pytest.raises(Invalid) as refused:
        waiting.enter(desk, Wish(KANDAS, person.uid))
    assert code_of(refused) == "kandas.quota_once"


def test_the_unit_of_a_case_from_the_list_is_used_by_its_decision(desk):
    person = people(desk, 1)[0]
    case = cases.open_case(desk, Case(service="kandas_quota", person=person.uid, applied_on=make.TODAY)).value
    entry = waiting.enter(desk, waiting.wish_of_case(desk, case.uid)).value
    quotas.allot(desk, KANDAS, 1, "№ 1")
    waiting.include(desk, entry.uid)
    held = desk.store.get(Case, case.uid).reservation
    assert desk.store.get(Reservation, held).person == person.uid


def test_two_files_of_one_person_carry_the_entry(desk):
    first = enter(desk)[0]
    other = people(desk, 1)[0]
    merge(desk, other.uid, first.person, {})
    assert waiting.line(desk, KANDAS)[0].entry.person == other.uid


def test_an_entry_is_found_by_its_number(desk):
    first = enter(desk)[0]
    assert waiting.get(desk, first.number).uid == waiting.get(desk, first.uid).uid == first.uid
    with pytest.raises(NotFound):
        waiting.get(desk, "PVL-W2026-99999")


# --- what if


def test_what_if_says_who_would_be_included_and_writes_nothing(desk):
    quotas.allot(desk, LABOUR, 10, "№ 1", on=date(2026, 1, 5))
    with desk.write(Op.ISSUE_PERMIT) as tx:
        quotas.use(desk, tx, quotas.hold(desk, tx, quotas.Hold(LABOUR, 3)))
    ops = desk.store.value("SELECT count(*) FROM op")
    wanted = [Wanted("A", 4), Wanted("B", 5), Wanted("C", 2), Wanted("D", 2)]
    found = what_if.suppose(desk, LABOUR, wanted)
    assert [(one.wanted.label, one.outcome, one.free) for one in found.lines] == [
        ("A", Outcome.INCLUDED, 3),
        ("B", Outcome.LEFT_OUT, 3),
        ("C", Outcome.PAST_OTHERS, 1),
        ("D", Outcome.LEFT_OUT, 1),
    ]
    # 7 free last 7 * 90 / 3 = 210 days, past the year; 1 lasts 1 * 90 / 3 = 30 days
    assert (found.before.forecast, found.after.forecast) == (None, date(2026, 12, 23))
    assert found.units(Outcome.INCLUDED) == 4
    assert desk.store.value("SELECT count(*) FROM op") == ops


def test_what_if_counts_what_later_days_have_promised(desk):
    quotas.allot(desk, KANDAS, 5, "№ 1")
    quotas.transfer(desk, KANDAS, 3, "KST", "№ 2", on=date(2026, 12, 1))
    found = what_if.suppose(desk, KANDAS, what_if.of_count(4))
    assert found.units(Outcome.INCLUDED) == 2


def test_what_if_takes_open_cases_and_the_line_in_their_order(desk):
    entries = enter(desk)
    assert [one.uid for one in what_if.of_line(desk, KANDAS)] == [one.uid for one in entries]
    made = [
        cases.open_case(desk, Case(service="kandas_quota", person=one.person, applied_on=make.TODAY)).value
        for one in entries[:2]
    ]
    assert [one.uid for one in what_if.of_cases(desk, KANDAS)] == [one.uid for one in made]
    assert [one.uid for one in what_if.of_cases(desk, KANDAS, [made[1].uid])] == [made[1].uid]
    with pytest.raises(Invalid):
        what_if.suppose(desk, KANDAS, [])
