"""Many permits extended at once: each to its own day, refusals in words, dependants along, one op and one undo."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from migdesk.domain.arrival import StayBasis
from migdesk.domain.change import Op
from migdesk.domain.errors import Invalid, Stale
from migdesk.domain.permit import Permit, PermitState
from migdesk.services.arrivals.arrivals import ArrivalDraft, Member, register_arrival
from migdesk.services.permits import bulk_extension, permits
from migdesk.services.permits.bulk_extension import How, Named
from migdesk.services.upkeep import journal
from migdesk.services.workbooks.number_column import NumberCell
from migdesk.store import journal as book
from tests import make
from tests.services.test_arrivals import family as arriving

START, END = date(2026, 1, 10), date(2026, 12, 20)
NEXT = date(2027, 6, 30)


def arrive(desk, **document):
    member = Member(make.person(citizenship="DEU"), (make.document(**document),), apart=True)
    given = make.arrival(entered_on=START, arrived_on=START, notified_on=START, basis=StayBasis.RVP)
    return register_arrival(desk, ArrivalDraft((member,), given, make.address(), make.host())).value.people


def permit_of(desk, person, kind="rvp", **given):
    values = {"valid_from": START, "valid_until": END}
    return permits.issue(desk, Permit(person=person.uid, kind=kind, **{**values, **given})).value


def planned(desk, *given, until=None, follow=True):
    return bulk_extension.plan(desk, [Named(one.uid) for one in given], How(until, follow))


def test_all_are_extended_to_a_day_in_one_op_and_one_undo_takes_all_back(desk):
    held = [permit_of(desk, arrive(desk)[0]) for _ in range(3)]
    ops = book.count_entries(desk.store)
    done = bulk_extension.apply(desk, planned(desk, *held, until=NEXT))
    assert book.count_entries(desk.store) == ops + 1
    assert [one.valid_until for one in done.value] == [NEXT] * 3
    assert [one.extends for one in done.value] == [one.uid for one in held]
    assert journal.coming(desk).entry.op is Op.EXTEND_PERMITS
    journal.undo_last(desk)
    now = [desk.store.get(Permit, one.uid) for one in held]
    assert [one.state for one in now] == [PermitState.GRANTED] * 3
    assert all(desk.store.get(Permit, one.uid).is_annulled for one in done.value)


def test_each_kind_has_its_own_term(desk):
    rvp = permit_of(desk, arrive(desk)[0])
    kandas = permit_of(desk, arrive(desk)[0], "kandas")
    visa = permit_of(desk, arrive(desk)[0], "visa", number="V1")
    lines = planned(desk, rvp, kandas, visa)
    assert [one.until for one in lines] == [date(2027, 12, 20), date(2027, 6, 20), None]
    assert [one.code for one in lines[2].findings] == ["extend.no_term"]
    assert len(bulk_extension.apply(desk, lines).value) == 2


@pytest.mark.parametrize(
    ("category", "until"),
    [
        ("2", date(2027, 12, 20)),
        ("3", date(2027, 12, 20)),
        ("ict", date(2027, 12, 20)),
        ("1", None),
        ("seasonal", None),
    ],
)
def test_a_labour_permit_is_extended_by_the_term_of_its_category(desk, category, until):
    held = permit_of(desk, arrive(desk)[0])
    with desk.write(Op.ISSUE_PERMIT) as tx:
        held = tx.put(replace(held, kind="labour_permit", category=category))
    (line,) = planned(desk, held)
    assert line.until == until
    if until is None:
        told = next(one for one in line.findings if one.code == "extend.no_term")
        assert "--until" in told.words()
        assert desk.lists.label("labour_categories", category) in told.words()


def test_no_permit_lasts_longer_than_the_passport(desk):
    held = permit_of(desk, arrive(desk, expires_on=date(2027, 3, 1))[0])
    line = planned(desk, held)[0]
    assert line.until == date(2027, 3, 1)
    assert "capped" in {one.code for one in line.findings}


def test_refusals_are_told_line_by_line_and_the_rest_is_done(desk):
    good, early, gone, endless = (permit_of(desk, arrive(desk)[0]) for _ in range(4))
    permits.revoke(desk, gone.uid, "отказ")
    with desk.write(Op.ISSUE_PERMIT) as tx:
        endless = tx.put(replace(endless, valid_until=None))
        early = tx.put(replace(early, valid_until=date(2027, 12, 31)))
    lines = planned(desk, good, early, gone, endless, until=NEXT)
    told = [[one.code for one in line.findings if one.severity == "block"] for line in lines]
    assert told == [[], ["before_start"], ["permit.state"], ["no_end"]]
    assert [one.valid_until for one in bulk_extension.apply(desk, lines).value] == [NEXT]
    with pytest.raises(Invalid):
        bulk_extension.apply(desk, lines[1:])


@pytest.mark.parametrize("follow", [True, False])
def test_dependants_follow_unless_they_are_to_stay(desk, follow):
    head, wife, _child = register_arrival(desk, arriving()).value.people
    principal = permit_of(desk, head)
    theirs = permit_of(desk, wife, principal=principal.uid)
    lines = planned(desk, principal, until=NEXT, follow=follow)
    assert [one.permit.uid for one in lines] == [principal.uid, theirs.uid]
    assert lines[1].follows == principal.uid
    assert lines[1].refused is not follow
    made = bulk_extension.apply(desk, lines).value
    assert len(made) == 1 + follow
    if follow:
        assert made[1].principal == made[0].uid


def test_a_dependant_that_is_named_too_is_one_line(desk):
    head, wife, _child = register_arrival(desk, arriving()).value.people
    principal = permit_of(desk, head)
    theirs = permit_of(desk, wife, principal=principal.uid)
    lines = planned(desk, principal, theirs, principal, until=NEXT)
    assert [one.permit.uid for one in lines] == [principal.uid, theirs.uid]


def test_one_that_was_changed_meanwhile_stops_all(desk):
    held = [permit_of(desk, arrive(desk)[0]) for _ in range(2)]
    lines = planned(desk, *held, until=NEXT)
    permits.revoke(desk, held[1].uid, "отказ")
    with pytest.raises(Stale):
        bulk_extension.apply(desk, lines)
    assert desk.store.get(Permit, held[0].uid).state is PermitState.GRANTED


def test_numbers_mean_a_permit_or_the_only_one_of_its_holder(desk):
    first, second = arrive(desk)[0], arrive(desk)[0]
    one, other = permit_of(desk, first), permit_of(desk, second)
    permit_of(desk, second, "visa", number="V7")
    texts = [one.number, documents(desk, first), documents(desk, second), "000"]
    named = bulk_extension.by_numbers(desk, [NumberCell(text, f"A{at}") for at, text in enumerate(texts)])
    assert [line.uid for line in named] == [one.uid, one.uid, "", ""]
    assert [line.trouble.code for line in named[2:]] == ["extend.several", "number.nobody"]
    lines = bulk_extension.plan(desk, named, How(NEXT))
    assert [(line.place, line.refused) for line in lines] == [("A0", False), ("A2", True), ("A3", True)]
    assert other.uid not in {line.permit.uid for line in lines if line.permit}


def documents(desk, person):
    from migdesk.domain.person import TravelDocument

    return desk.store.live(TravelDocument, person=person.uid)[0].number
