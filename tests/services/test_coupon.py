"""Papers of residence: who they are offered to, what they say, and that a coupon of departure is for good only."""

from __future__ import annotations

from datetime import date

import pytest

from migdesk.domain.arrival import Departure, DepartureKind, StayBasis
from migdesk.domain.errors import NotFound, Refused
from migdesk.domain.finding import Severity
from migdesk.i18n import language
from migdesk.services import panels
from migdesk.services.arrivals import arrivals, departures, moves
from migdesk.services.arrivals.arrivals import ArrivalDraft, Member
from migdesk.services.arrivals.moves import Move
from migdesk.services.papers import coupon, offering, printing
from migdesk.services.people import people
from tests import make
from tests.paper.words import page_text

DETAILS = {
    "previous_place": "351010000",
    "previous_since": 2015,
    "move_reason": "work",
    "occupation": "құрылысшы",
    "children_along": 2,
    "housing_area": 54,
    "owner_name": "Серікбаев Қайрат",
    "owner_consent": True,
}


@pytest.fixture
def citizen(desk):
    """A citizen who came from another region."""
    person = make.person(citizenship="KAZ", iin="")
    arrival = make.arrival(purpose="internal_migrant", basis=StayBasis.CITIZEN, entered_on=None)
    draft = ArrivalDraft((Member(person, (make.document(),)),), arrival, make.address(), details=DETAILS)
    return arrivals.register_arrival(desk, draft).value.arrivals[0]


def leave(desk, arrival, kind):
    left = Departure(
        person=arrival.person,
        arrival=arrival.uid,
        kind=kind,
        left_on=make.TODAY,
        to_country="DEU",
        move_reason="family",
    )
    return departures.register_departure(desk, left).value


def test_the_coupon_says_where_from_and_why_with_their_codes(desk, citizen):
    with language("kk"):
        facts = coupon.facts_of(desk, citizen, None)
    assert (facts.place_code, facts.settlement_code) == ("551010000", "1")
    assert (facts.other_code, facts.other_since) == ("351010000", "2015")
    assert (facts.reason, facts.reason_code) == ("жұмысқа", "2")
    assert (facts.occupation, facts.children, facts.area) == ("құрылысшы", "2", "54")
    assert (facts.on, facts.owner_consent != "") == (date(2026, 11, 20), True)


def test_the_coupon_of_departure_says_where_to(desk, citizen):
    departure = leave(desk, citizen, DepartureKind.FOR_GOOD)
    with language("ru"):
        facts = coupon.facts_of(desk, citizen, departure)
    assert (facts.other_place, facts.other_code, facts.reason_code) == ("Германия", "DEU", "4")
    assert (facts.on, facts.other_since, facts.occupation) == (make.TODAY, "", "")


@pytest.mark.parametrize("form", offering.RESIDENCE)
@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_papers_of_residence_are_printed(desk, citizen, form, lang):
    text = page_text(printing.preview(desk, form, citizen.number, lang=lang), 1)
    assert "Қасымова" in text


def test_papers_of_residence_are_offered_to_those_who_reside(desk, citizen):
    codes = {one.code for one in offering.for_arrival(desk, citizen)}
    assert set(offering.RESIDENCE) <= codes
    guest = make.arrival(basis=StayBasis.VISA_FREE)
    assert not set(offering.RESIDENCE) & {one.code for one in offering.for_arrival(desk, guest)}


@pytest.mark.parametrize(
    ("kind", "offered"),
    [
        (DepartureKind.ADDRESS, {"leaf_departure"}),
        (DepartureKind.FOR_GOOD, {"leaf_departure", "coupon_departure"}),
    ],
)
def test_the_coupon_is_offered_only_to_who_leaves_for_good(desk, citizen, kind, offered):
    departure = leave(desk, citizen, kind)
    assert {one.code for one in offering.for_departure(desk, departure)} == offered


def test_the_coupon_is_refused_to_who_does_not_leave_for_good(desk, citizen):
    departure = leave(desk, citizen, DepartureKind.ADDRESS)
    with pytest.raises(Refused) as refused:
        printing.preview(desk, "coupon_departure", departure.number)
    assert [one.code for one in refused.value.findings] == ["not_for_good"]


def test_papers_of_a_departure_are_numbered_by_the_departure(desk, citizen, tmp_path):
    departure = leave(desk, citizen, DepartureKind.FOR_GOOD)
    done = printing.print_form(
        desk, "coupon_departure", departure.number, tmp_path / "c.pdf", lang="ru"
    ).value
    assert done.printout.about == departure.uid
    same = printing.print_form(desk, "coupon_departure", citizen.person, tmp_path / "d.pdf", lang="ru").value
    assert (same.printout.about, same.printout.copy) == (departure.uid, 2)


def moved(desk, basis, **given):
    """A foreigner with a receiving person, who moved to an address without one."""
    person = make.person(iin="")
    draft = ArrivalDraft(
        (Member(person, (make.document(),)),), make.arrival(basis=basis), make.address(), make.host()
    )
    old = arrivals.register_arrival(desk, draft).value.arrivals[0]
    move = Move(old.uid, date(2026, 11, 21), make.address(line="Абай к-сі, 1"), **given)
    return old, moves.register_move(desk, move)


def test_a_move_says_whose_guest_is_left_and_names_the_field(desk):
    _old, done = moved(desk, StayBasis.VISA_FREE)
    told = next(one for one in done.findings if one.code == "host_stays")
    assert (told.severity, told.field, told.values["name"]) == (Severity.WARN, "host", "Серікова Алма")
    assert "“Receiving person”" in told.words()


def test_nothing_is_said_where_a_new_host_is_named(desk):
    old, done = moved(desk, StayBasis.VISA_FREE)
    move = Move(done.value.uid, make.TODAY, make.address(line="Сәтбаев к-сі, 2"), old.host)
    assert "host_stays" not in {one.code for one in moves.check_move(desk, move)}


@pytest.mark.parametrize("form", ["leaf_departure", "coupon_departure"])
def test_papers_of_who_left_a_home_of_his_own_ask_for_no_host(desk, form):
    """After a move without a receiving person the coupon waited for one."""
    _old, done = moved(desk, StayBasis.PMZH)
    departure = leave(desk, done.value, DepartureKind.FOR_GOOD)
    assert printing.preview(desk, form, departure.number)


def test_the_leaf_of_a_left_address_is_about_the_arrival_there(desk):
    """The new address has no receiving person yet: the paper is about the old one, which had."""
    old, _done = moved(desk, StayBasis.VISA_FREE)
    gone = desk.store.live(Departure, arrival=old.uid)[0]
    assert coupon.arrival_of(desk, gone).uid == old.uid
    assert printing.preview(desk, "leaf_departure", gone.number)


def test_of_two_addresses_left_on_one_day_the_newest_is_meant(desk):
    _old, done = moved(desk, StayBasis.PMZH)
    again = moves.register_move(
        desk, Move(done.value.uid, make.TODAY, make.address(line="Сәтбаев к-сі, 2"))
    ).value
    left = Departure(person=again.person, kind=DepartureKind.FOR_GOOD, left_on=make.TODAY)
    departure = departures.register_departure(desk, left).value
    assert coupon.arrival_of(desk, departure).uid == again.uid


def test_no_child_came_along_is_an_answer(desk, citizen):
    """Point 16 was blank beside a nought."""
    none = arrivals.correct_arrival(desk, citizen, details={**DETAILS, "children_along": 0}).value
    assert coupon.facts_of(desk, none, None).children == "0"
    shown = dict(panels.shown(desk, none.purpose, panels.details_of(desk.store, none)))
    assert "0" in shown.values()


def test_who_never_left_has_no_paper_of_departure(desk):
    person = people.save_person(desk, make.person()).value
    with pytest.raises(NotFound):
        printing.preview(desk, "leaf_departure", person.uid)
