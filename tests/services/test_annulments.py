"""An arrival that did not happen: what ends with its annulment, what forbids it, and that it counts nowhere."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from migdesk.domain.arrival import Arrival, Departure, DepartureKind, Stay
from migdesk.domain.case import Case
from migdesk.domain.change import Op
from migdesk.domain.errors import Invalid, MigDeskError, NotFound
from migdesk.domain.listing import Query
from migdesk.domain.party import Address
from migdesk.domain.terms import ClosedBy
from migdesk.services import listing, records
from migdesk.services.arrivals import annulments, arrivals, crowding, departures, happened, hosts, moves
from migdesk.services.arrivals.arrivals import Member
from migdesk.services.arrivals.moves import Move
from migdesk.services.cases import cases
from migdesk.services.papers import printing
from migdesk.services.people import people
from migdesk.services.stays import status
from migdesk.services.upkeep import journal
from migdesk.services.upkeep.doctor import examine
from tests import make
from tests.services.test_arrivals import family

ELSEWHERE = Address(place="551010000", line="Абай к-сі, 1")


@pytest.fixture
def here(desk) -> Arrival:
    """A foreigner who came alone on Friday the 20th."""
    return alone(desk, Member(make.person(), (make.document(),)))


def alone(desk, member, **given) -> Arrival:
    draft = family(members=(member,), arrival=make.arrival(**given))
    return arrivals.register_arrival(desk, draft).value.arrivals[0]


def codes(findings):
    return [one.code for one in findings]


def refused(desk, arrival, why="error"):
    with pytest.raises(Invalid) as problem:
        annulments.annul_arrival(desk, arrival.uid, why)
    return problem.value.findings


def test_it_counts_nowhere_and_stays_readable(desk, here):
    told = annulments.check_annulment(desk, here.uid)
    assert codes(told) == ["ends.term"] * 3 + ["ends.stay", "nowhere"]
    assert people.open_file(desk, here.person).arrivals
    annulments.annul_arrival(desk, here.uid, "the clerk took another person")
    file = people.open_file(desk, here.person)
    assert (file.arrivals, file.stays, file.terms) == ((), (), ())
    assert listing.open_list(desk, Query("arrivals")).count() == 0
    address = desk.store.get(Address, here.address)
    assert crowding.count_living(desk, address) == 0
    assert hosts.notices_of(desk, here.host) == []
    view = records.open_arrival(desk, here.uid)
    assert (view.arrival.annulled_why, view.terms) == ("the clerk took another person", ())
    assert {(one.by, one.is_missed) for one in view.closed} == {(ClosedBy.ANNULLED, False)}
    assert status.person_status(desk, here.person).left_on is None


def test_the_timeline_shows_it_struck_with_its_crossing_told_once(desk, here):
    annulments.annul_arrival(desk, here.uid, "error")
    struck = happened.struck_of(desk, here.person)
    assert [(one.title, one.table, one.is_struck) for one in struck] == [
        (happened.ARRIVED, "arrival", True),
        (happened.CROSSED, "arrival", True),
    ]
    journal.undo_last(desk)
    assert happened.struck_of(desk, here.person) == []
    assert people.open_file(desk, here.person).stays
    assert all(one.ok for one in examine(desk))


def test_it_is_struck_after_a_paper_was_printed_and_the_paper_stays(desk, here, tmp_path):
    printing.print_form(desk, "notification_arrival", here.uid, tmp_path / "p.pdf", lang="ru")
    assert journal.find_undoable(desk) is None
    done = annulments.annul_arrival(desk, here.uid, "error")
    assert "keeps.papers" in codes(done.findings)
    assert listing.open_list(desk, Query("printouts")).count() == 1
    assert len(people.open_file(desk, here.person).printouts) == 1
    with pytest.raises(MigDeskError):
        printing.print_form(desk, "notification_arrival", here.uid, tmp_path / "q.pdf", lang="ru")


def test_a_reason_is_asked_and_it_happens_once(desk, here):
    assert codes(refused(desk, here, " ")) == ["missing"]
    annulments.annul_arrival(desk, here.uid, "error")
    with pytest.raises(NotFound):
        annulments.annul_arrival(desk, here.uid, "error")


def test_nothing_more_is_said_of_it(desk, here):
    """F2 in its file, which stays readable, would have given it terms and a stay again."""
    gone = annulments.annul_arrival(desk, here.uid, "error").value
    for run in (
        lambda: arrivals.correct_arrival(desk, replace(gone, arrived_on=make.TODAY)),
        lambda: moves.register_move(desk, Move(here.uid, make.TODAY, ELSEWHERE)),
    ):
        with pytest.raises(Invalid) as problem:
            run()
        assert "annulled" in codes(problem.value.findings)


def test_what_rests_on_it_is_named_instead(desk, here):
    case = cases.open_case(
        desk, Case(service="kandas_status", person=here.person, applied_on=make.TODAY)
    ).value
    found = refused(desk, here)
    assert codes(found) == ["has_case"]
    assert found[0].values["number"] == case.number


def test_a_case_of_days_of_another_arrival_forbids_nothing(desk, here):
    moved = moves.register_move(desk, Move(here.uid, date(2026, 11, 23), ELSEWHERE)).value
    cases.open_case(desk, Case(service="kandas_status", person=here.person, applied_on=make.TODAY))
    done = annulments.annul_arrival(desk, moved.uid, "error")
    assert "keeps.departure" in codes(done.findings)
    assert people.open_file(desk, here.person).stays, "the crossing is that of the first arrival"


def test_a_departure_and_a_move_are_annulled_before_it(desk, here):
    moved = moves.register_move(desk, Move(here.uid, date(2026, 11, 22), ELSEWHERE)).value
    assert set(codes(refused(desk, here))) == {"arrived_since", "has_departure"}
    annulments.annul_arrival(desk, moved.uid, "error")
    left = desk.store.live(Departure, person=here.person)[0]
    assert codes(refused(desk, here)) == ["has_departure"]
    departures.annul_departure(desk, left.uid, "error")
    annulments.annul_arrival(desk, here.uid, "error")
    assert people.open_file(desk, here.person).arrivals == ()


def test_the_crossing_passes_to_another_arrival_that_tells_of_it(desk, here):
    leaves = Departure(
        person=here.person, arrival=here.uid, kind=DepartureKind.ADDRESS, left_on=date(2026, 11, 21)
    )
    left = departures.register_departure(desk, leaves).value
    person = people.get_person(desk, here.person)
    second = alone(desk, Member(person), arrived_on=date(2026, 11, 22))
    with desk.write(Op.ANNUL_EVENT) as tx:
        tx.annul(left, "error")
        tx.put(desk.store.get(Arrival, here.uid), left_on=None)
    annulments.annul_arrival(desk, here.uid, "error")
    assert [one.arrival for one in desk.store.live(Stay, person=here.person)] == [second.uid]
