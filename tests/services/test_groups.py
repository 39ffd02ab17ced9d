"""A bus at the counter: rows checked apart and against each other, written as one op, taken back by one undo."""

from __future__ import annotations

from dataclasses import replace

import pytest

from migdesk.domain.arrival import Arrival
from migdesk.domain.change import Op
from migdesk.domain.dates import PartialDate
from migdesk.domain.earlier import MOVED
from migdesk.domain.errors import Invalid
from migdesk.domain.person import Family, Person, Sex
from migdesk.services.arrivals import arrivals, groups
from migdesk.services.arrivals.arrivals import ArrivalDraft, Member
from migdesk.services.arrivals.groups import GroupChecks, GroupDraft, GroupRow
from migdesk.services.upkeep import journal
from tests import make

SURNAMES = ["Ахметов", "Бердиев", "Волков", "Галиев", "Дуйсенов", "Ержанов", "Жусупов", "Зейнуллин"]


def row(at: int, relation: str = "", family: str = "", **given) -> GroupRow:
    values = {
        "surname": SURNAMES[at],
        "given": "Арман",
        "surname_latin": "",
        "given_latin": "",
        "sex": Sex.MALE,
        "birth_date": PartialDate(1980 + at, 3, 1 + at),
    }
    member = Member(make.person(**{**values, **given}), (make.document(),), relation)
    return GroupRow(member, family)


def group(*rows: GroupRow, **given) -> GroupDraft:
    values = {"arrival": make.arrival(), "address": make.address(), "host": make.host()}
    return GroupDraft(rows, **{**values, **given})


def said(draft, desk):
    look = groups.check_group(desk, draft)
    return [{(one.code, one.field) for one in found.findings} for found in look.rows]


def test_a_group_is_one_op_and_one_undo(desk):
    draft = group(row(0), row(1, family="a"), row(2), row(3, "spouse", "a"))
    done = groups.register_group(desk, draft)
    assert journal.entries(desk)[0].op is Op.REGISTER_GROUP
    assert [one.surname for one in done.value.people] == [SURNAMES[at] for at in (0, 1, 3, 2)]
    assert len({one.address for one in done.value.arrivals}) == 1
    assert len({one.host for one in done.value.arrivals}) == 1
    assert [one.head for one in desk.store.live(Family)] == [done.value.people[1].uid]
    journal.undo_last(desk)
    assert desk.store.live(Person) == desk.store.live(Arrival) == desk.store.live(Family) == []


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"iin": "900101300018"}, ("iin.checksum", "iin")),
        ({"birth_date": PartialDate(2027)}, ("in_future", "birth_date")),
        ({"citizenship": "QQQ"}, ("unknown_code", "citizenship")),
        ({"sex": None}, ("missing_sex", "sex")),
    ],
)
def test_a_row_is_checked_as_in_the_intake(desk, changed, told):
    draft = group(row(0), row(1, **changed))
    intake = arrivals.check_draft(desk, ArrivalDraft((draft.rows[1].member,), draft.arrival))
    assert (told[0], f"members.0.{told[1]}") in {(one.code, one.field) for one in intake}
    first, second = said(draft, desk)
    assert told in second and told not in first


def test_what_is_wrong_above_is_said_once_and_at_no_row(desk):
    late = make.arrival(entered_on=None, arrived_on=make.TODAY.replace(year=2027))
    look = groups.check_group(desk, group(row(0), row(1), arrival=late))
    assert ("in_future", "arrival.arrived_on") in {(one.code, one.field) for one in look.shared}
    assert all("in_future" not in {told.code for told in one.findings} for one in look.rows)


def test_one_number_in_two_rows_stops_the_second(desk):
    first = row(0)
    twin = replace(row(1), member=replace(row(1).member, documents=first.member.documents))
    assert ("same_twice", "document.number") in said(group(first, twin), desk)[1]


def test_one_name_and_birth_date_in_two_rows_is_a_warning(desk):
    assert ("same_name", "birth_date") in said(group(row(0), row(0)), desk)[1]


@pytest.mark.parametrize(
    ("rows", "at", "told"),
    [
        ((row(0, family="1"), row(1, family="1")), 1, ("missing", "relation")),
        ((row(0, "spouse", "1"), row(1, "son", "1")), 0, ("relation_unused", "relation")),
        ((row(0), row(1, "son")), 1, ("relation_unused", "relation")),
    ],
)
def test_families_by_their_mark(desk, rows, at, told):
    assert told in said(group(*rows), desk)[at]


def test_somebody_who_is_here_already_stops_his_row_until_it_is_decided(desk):
    known = groups.register_group(desk, group(row(0))).value
    again = group(row(0), row(1))
    again = replace(again, rows=(replace(again.rows[0], member=Member(make.person(**_words(known)))), row(1)))
    look = groups.check_group(desk, again)
    assert [one.code for one in look.rows[0].findings if one.severity.value == "block"] == ["known_person"]
    assert look.rows[0].likely[0].person.uid == known.people[0].uid
    assert groups.good_rows(again, look) == [1]
    with pytest.raises(Invalid) as refusal:
        groups.register_group(desk, again)
    assert [one.field for one in refusal.value.findings if one.code == "known_person"] == ["rows.0"]
    apart = replace(
        again, rows=(replace(again.rows[0], member=replace(again.rows[0].member, apart=True)), again.rows[1])
    )
    assert not groups.check_group(desk, apart).rows[0].is_blocked


def _words(known):
    first = known.people[0]
    names = ("surname", "given", "surname_latin", "given_latin", "birth_date", "sex", "citizenship")
    return {name: getattr(first, name) for name in names}


def test_a_linked_person_gets_an_arrival_and_no_second_file(desk):
    known = groups.register_group(desk, group(row(0))).value.people[0]
    later = make.arrival(entered_on=None, arrived_on=make.TODAY)
    elsewhere = make.address(line="Абай к-сі, 1")
    done = groups.register_group(
        desk, group(GroupRow(Member(known, earlier=MOVED)), row(1), arrival=later, address=elsewhere)
    )
    assert done.value.people[0].uid == known.uid
    assert len(desk.store.live(Person)) == 2
    assert len(desk.store.live(Arrival, person=known.uid)) == 2


def test_the_same_list_taken_twice_is_stopped(desk):
    known = groups.register_group(desk, group(row(0))).value.people[0]
    assert ("already_here", None) in said(group(GroupRow(Member(known))), desk)[0]


def test_a_family_is_saved_together_or_not_at_all(desk):
    draft = group(row(0, family="1"), row(1, "son", "1", birth_date=PartialDate(2027)), row(2))
    assert groups.good_rows(draft, groups.check_group(desk, draft)) == [2]


def test_only_changed_rows_are_asked_about_again(desk, monkeypatch):
    asked = []
    likely = groups.people.likely_same
    monkeypatch.setattr(
        groups.people, "likely_same", lambda *given, **more: asked.append(given[1]) or likely(*given, **more)
    )
    checks, draft = GroupChecks(desk), group(*(row(at) for at in range(4)))
    assert [one is None for one in checks.look(draft, most=3).rows] == [False, False, False, True]
    assert checks.look(draft, most=3).is_whole
    changed = replace(draft, rows=(*draft.rows[:3], row(5)))
    checks.look(changed)
    assert [one.surname for one in asked] == [SURNAMES[at] for at in (0, 1, 2, 3, 5)]


def test_nobody_is_refused(desk):
    with pytest.raises(Invalid):
        groups.register_group(desk, group())


def test_two_spouses_of_one_family_of_a_list_are_refused_in_the_second_row(desk):
    rows = (
        row(0, family="a"),
        *(row(at, "spouse", "a", sex=Sex.FEMALE) for at in (1, 2)),
        row(3, "spouse", "b"),
    )
    found = said(group(*rows), desk)
    assert [("kin.twice", "relation") in one for one in found] == [False, False, True, False]
