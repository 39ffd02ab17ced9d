"""Who gives the right to restricted notes, who takes it, and what roles forbid: behind every window and command."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from migdesk.domain.change import Op
from migdesk.domain.errors import Invalid, Refused
from migdesk.domain.office import CalendarDay, Operator, Role
from migdesk.services import particulars
from migdesk.services.desk import Desk
from migdesk.services.laws import choices
from migdesk.services.people import notes, people
from migdesk.services.upkeep import journal, rights
from tests import make


@pytest.fixture
def head(tmp_path) -> Iterator[Desk]:
    """The desk of who made the office."""
    opened = make.desk(tmp_path)
    yield opened
    opened.close()


def desk_of(login: str, head: Desk) -> Desk:
    """Another account at the same office."""
    return Desk(head.home, head.store, clock=head.clock, operator=login)


def worked(login: str, head: Desk) -> Desk:
    """A colleague who has done something here."""
    desk = desk_of(login, head)
    people.save_person(desk, make.person(given=login))
    return desk


def holders(head: Desk) -> list[str]:
    return [one.login for one in notes.readers(head)]


def codes(act, *args, **more) -> list[str]:
    with pytest.raises(Invalid) as refused:
        act(*args, **more)
    return [one.code for one in refused.value.findings]


# --- the right to restricted notes ---------------------------------------------------------------------


def test_nobody_but_the_head_gives_the_first_right(head):
    clerk = worked("clerk2", head)
    assert codes(rights.give_right, clerk, "clerk2") == ["no_right"]
    assert codes(rights.give_right, clerk, "friend") == ["no_right"]
    rights.give_right(head, "clerk2")
    assert holders(head) == ["clerk2"]


def test_the_head_does_not_give_it_to_himself_while_others_work_here(head):
    worked("clerk2", head)
    assert codes(rights.give_right, head, head.operator) == ["to_oneself"]
    assert holders(head) == []


def test_a_head_who_works_alone_has_nobody_to_ask(head):
    rights.give_right(head, head.operator)
    assert holders(head) == [head.operator]


def test_afterwards_only_holders_give_and_withdraw(head):
    worked("clerk2", head)
    other = worked("clerk3", head)
    rights.give_right(head, "clerk2")
    for desk in (head, other):
        assert codes(rights.give_right, desk, desk.operator) == ["no_right"]
        assert codes(rights.withdraw_right, desk, "clerk2") == ["no_right"]
    holder = desk_of("clerk2", head)
    rights.give_right(holder, "clerk3")
    rights.withdraw_right(desk_of("clerk3", head), "clerk2")
    assert holders(head) == ["clerk3"]


def test_the_last_holder_gives_it_up_only_when_he_means_it(head):
    worked("clerk2", head)
    rights.give_right(head, "clerk2")
    holder = desk_of("clerk2", head)
    assert codes(rights.withdraw_right, holder, "clerk2") == ["last_reader"]
    assert holders(head) == ["clerk2"]
    rights.withdraw_right(holder, "clerk2", last=True)
    assert holders(head) == []
    assert codes(rights.withdraw_right, head, "clerk2") == ["has_none"]


def test_a_login_of_nobody_is_told(head):
    assert [one.code for one in rights.give_right(head, "clerk2").findings] == ["unknown_login"]
    worked("clerk3", head)
    assert rights.give_right(desk_of("clerk2", head), "clerk3").findings == ()


def test_the_journal_says_whose_right_it_was(head):
    worked("clerk2", head)
    rights.give_right(head, "clerk2")
    particulars.save_signer(desk_of("clerk2", head), Operator(login="clerk2", name="Әсем", rev=0))
    rights.give_right(desk_of("clerk2", head), "tester")
    rights.withdraw_right(desk_of("clerk2", head), "tester")
    said = [one.words for one in journal.entries(head, limit=4)]
    assert said[0] == "The right to restricted notes withdrawn: tester"
    assert said[1] == "The right to restricted notes given: tester"


@pytest.mark.parametrize("who", ["tester", "clerk2", "clerk3"])
def test_undo_gives_and_takes_no_right(head, who):
    worked("clerk2", head)
    rights.give_right(head, "clerk2")
    rights.give_right(desk_of("clerk2", head), "clerk3")
    rights.withdraw_right(desk_of("clerk2", head), "clerk3")
    assert codes(journal.undo_last, desk_of(who, head)) == ["cannot_be_undone"]
    assert holders(head) == ["clerk2"]


def test_undo_takes_no_right_that_an_older_program_wrote_down_as_an_operator(head):
    """There a right was given by `Op.SAVE_OPERATOR`, and taken back by whoever pressed undo."""
    for reads in (True, False):
        with head.write(Op.SAVE_OPERATOR) as tx:
            known = tx.live(Operator, login="clerk2")
            tx.put(
                replace(
                    known[0] if known else Operator(login="clerk2", name="clerk2"), reads_restricted=reads
                )
            )
        assert codes(journal.undo_last, desk_of("clerk2", head)) == ["no_right"]


def test_who_names_himself_gets_no_right_and_no_role_by_it(head):
    clerk = worked("clerk2", head)
    particulars.save_signer(clerk, replace(clerk.signer, name="Әсем", role=Role.HEAD, reads_restricted=True))
    again = desk_of("clerk2", head)
    assert (again.signer.name, again.signer.role, again.signer.reads_restricted) == (
        "Әсем",
        Role.CLERK,
        False,
    )
    assert not again.is_head


# --- roles --------------------------------------------------------------------------------------------


def test_who_made_the_office_heads_it(head):
    assert head.is_head and head.signer.role is Role.HEAD
    assert not desk_of("clerk2", head).is_head


def test_who_made_an_office_of_an_older_program_heads_it_until_somebody_is_called_so(head):
    with head.write(Op.SAVE_OPERATOR) as tx:
        tx.put(replace(tx.live(Operator)[0], role=Role.CLERK))
    assert desk_of("tester", head).is_head
    rights.set_role(desk_of("tester", head), "clerk2", Role.HEAD)
    assert [one.login for one in desk_of("x", head).heads] == ["clerk2", "tester"]


HEADS = {
    "setting": lambda desk: choices.choose(desk, (one := choices.open_questions(desk)[0]).code, one.default),
    "calendar": lambda desk: choices.save_calendar_day(desk, CalendarDay(day=make.TODAY, reason="x")),
    "office": lambda desk: particulars.save_office(desk, replace(desk.office, phone="1")),
    "role": lambda desk: rights.set_role(desk, desk.operator, Role.HEAD),
}


@pytest.mark.parametrize("name", HEADS)
def test_what_holds_for_the_whole_office_is_said_by_its_head(head, name):
    before = len(journal.entries(head))
    clerk = desk_of("clerk2", head)
    with pytest.raises(Refused) as refused:
        HEADS[name](clerk)
    assert [one.code for one in refused.value.findings] == ["heads_only"]
    assert "tester" in refused.value.words()
    assert len(journal.entries(head)) == before
    HEADS[name](head)


def test_a_clerk_does_not_take_back_what_only_a_head_does(head):
    HEADS["calendar"](head)
    clerk = desk_of("clerk2", head)
    assert journal.coming(clerk).why_not is not None
    assert codes(journal.undo_last, clerk) == ["heads_only"]
    journal.undo_last(head)
    assert choices.own_days(head) == []


def test_a_viewer_changes_nothing_and_still_reads_what_he_may(head):
    worked("clerk2", head)
    rights.set_role(head, "clerk2", Role.VIEWER)
    rights.give_right(head, "clerk2")
    viewer = desk_of("clerk2", head)
    assert codes(people.save_person, viewer, make.person()) == ["viewer"]
    assert codes(journal.undo_last, viewer) == ["cannot_be_undone"]
    person = people.save_person(head, make.person()).value.uid
    assert notes.open_restricted(viewer, person).value == []


def test_an_office_keeps_a_head(head):
    assert codes(rights.set_role, head, head.operator, Role.CLERK) == ["only_head"]
    rights.set_role(head, "clerk2", Role.HEAD)
    rights.set_role(head, head.operator, Role.CLERK)
    assert [one.login for one in desk_of("clerk2", head).heads] == ["clerk2"]
