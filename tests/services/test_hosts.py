"""Receiving persons: who is there and was there, the years, the template, the notices of all in one file."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from migdesk.domain.arrival import Departure, DepartureKind, StayBasis
from migdesk.domain.errors import Invalid, NotFound, Refused
from migdesk.domain.party import Address, PartyRole
from migdesk.domain.printout import Printout
from migdesk.paper.pages import count_pages
from migdesk.services import listing
from migdesk.services.arrivals import arrivals, crowding, departures, hosts, parties
from migdesk.services.arrivals.arrivals import ArrivalDraft, Member
from migdesk.services.arrivals.hosts import Year
from migdesk.services.laws import choices
from migdesk.services.papers import printing, printing_many
from migdesk.services.upkeep import doctor
from tests import make

HOTEL = {"name": "«Ертіс» қонақүйі", "role": PartyRole.HOTEL, "phone": "+7 7182 320001"}


@pytest.fixture
def hotel(desk):
    return parties.save_party(desk, make.host(**HOTEL), make.address(line="Абай к-сі, 7")).value


def guest(desk, host, *, came=date(2026, 11, 20), left=None, **given):
    person = make.person(given=given.pop("given", "Асан"), **given.pop("person", {}))
    arrival = make.arrival(
        entered_on=came,
        arrived_on=came,
        host=host.uid,
        purpose="tourism",
        basis=StayBasis.VISA_FREE,
        channel="eqonaq",
    )
    draft = ArrivalDraft(
        (Member(person, (make.document(),)),), arrival, make.address(line="Абай к-сі 7"), **given
    )
    made = arrivals.register_arrival(desk, draft, duplicates=False).value.arrivals[0]
    if left:
        departures.register_departure(
            desk,
            Departure(person=made.person, arrival=made.uid, kind=DepartureKind.ABROAD, left_on=left),
        )
    return made


def test_a_host_shows_who_is_there_and_who_was(desk, hotel):
    guest(desk, hotel, came=date(2024, 5, 1), left=date(2025, 2, 1), given="Болат")
    now = guest(desk, hotel)
    file = hosts.open_host(desk, hotel.uid)
    assert [one.uid for one, _person in file.here] == [now.uid]
    assert [person.given for _one, person in file.before] == ["Болат"]
    assert file.counts == (1, 1)
    assert file.years == (Year(2026, 1, 0, 1), Year(2025, 0, 1, 0), Year(2024, 1, 0, 1))


def test_nobody_is_no_host(desk):
    with pytest.raises(NotFound):
        hosts.open_host(desk, "nobody")


def test_its_people_are_a_list_that_can_be_exported(desk, hotel):
    guest(desk, hotel, came=date(2024, 5, 1), left=date(2025, 2, 1), given="Болат")
    guest(desk, hotel)
    guest(desk, parties.save_party(desk, make.host(name="Басқа")).value, given="Ержан")
    for query, count in (
        (hosts.arrivals_query(hotel.uid), 2),
        (hosts.arrivals_query(hotel.uid, 2024), 1),
        (hosts.arrivals_query(hotel.uid, here=True), 1),
        (hosts.arrivals_query(hotel.uid, here=False), 1),
    ):
        assert listing.open_list(desk, query).count() == count


def test_the_list_of_receiving_persons_counts_them(desk, hotel):
    guest(desk, hotel)
    opened = listing.open_list(desk, listing.Query("parties"))
    keys = [one.key for one in opened.columns]
    row = opened.rows(opened.first(5))[0]
    assert (row[keys.index("here")], row[keys.index("before")]) == (1, 0)


def test_an_address_is_crowded_by_the_offices_own_limit_only(desk, hotel):
    for name in ("Асан", "Үсен", "Болат", "Ержан", "Серік"):
        guest(desk, hotel, given=name)
    assert (hosts.open_host(desk, hotel.uid).living, hosts.open_host(desk, hotel.uid).is_crowded) == (
        5,
        False,
    )
    crowding.set_limits(desk, {PartyRole.HOTEL: 4})
    assert hosts.open_host(desk, hotel.uid).is_crowded
    crowding.set_limits(desk, {PartyRole.HOTEL: 5, PartyRole.HOST: 1})
    assert not hosts.open_host(desk, hotel.uid).is_crowded
    crowding.set_limits(desk, {PartyRole.HOTEL: None})
    assert hosts.open_host(desk, hotel.uid).limit is None


@pytest.mark.parametrize("limit", [0, -3, 10_001])
def test_a_limit_of_nobody_or_of_too_many_is_refused(desk, limit):
    with pytest.raises(Invalid) as refused:
        crowding.set_limits(desk, {PartyRole.OTHER: limit})
    assert refused.value.findings[0].field == "crowd_other"


def test_the_limit_of_a_crowd_is_no_question_of_law(desk):
    """It stood among the open questions, as a list of twelve numbers."""
    assert [one.code for one in choices.open_questions(desk) if "crowd" in one.code] == []


def test_a_new_arrival_is_filled_from_the_last_one_there(desk, hotel):
    own = hosts.template_of(desk, hotel.uid)
    assert (own.arrival.host, own.address.line) == (hotel.uid, "Абай к-сі, 7")
    guest(desk, hotel)
    template = hosts.template_of(desk, hotel.uid)
    assert (template.arrival.purpose, template.arrival.channel) == ("tourism", "eqonaq")
    assert (template.arrival.basis, template.address.line) == (StayBasis.VISA_FREE, "Абай к-сі 7")
    assert template.arrival.arrived_on is None


def test_the_notices_of_a_host_are_one_file_with_a_number_each(desk, hotel, tmp_path):
    first, second = guest(desk, hotel), guest(desk, hotel, given="Үсен")
    done = printing_many.print_notices(desk, hotel.uid, tmp_path / "all.pdf", "ru")
    made = done.value.printouts
    assert [one.number[-5:] for one in made] == ["00001", "00002"]
    assert [one.about for one in made] == [first.uid, second.uid]
    assert count_pages((tmp_path / "all.pdf").read_bytes()) == done.value.pages == 2
    again = printing.print_form(desk, "notification_arrival", second.uid, tmp_path / "a.pdf", lang="ru").value
    assert (again.printout.number, again.printout.copy) == (made[1].number, 2)
    third = printing.print_form(
        desk, "notification_arrival", guest(desk, hotel, given="Ер").uid, tmp_path / "b.pdf"
    )
    assert third.value.printout.number.endswith("00003")
    assert all(one.ok for one in doctor.examine(desk))


def test_who_is_not_complete_is_left_out_and_named(desk, hotel, tmp_path):
    guest(desk, hotel)
    guest(desk, hotel, given="Үсен", person={"sex": None})
    done = printing_many.print_notices(desk, hotel.uid, tmp_path / "all.pdf", "kk")
    assert len(done.value.printouts) == 1
    assert [one.values["name"] for one in done.findings] == ["Қасымова Үсен"]


def test_without_anybody_complete_nothing_is_numbered(desk, hotel, tmp_path):
    guest(desk, hotel, person={"sex": None})
    with pytest.raises(Refused):
        printing_many.print_notices(desk, hotel.uid, tmp_path / "all.pdf", "kk")
    assert not (tmp_path / "all.pdf").exists()
    assert desk.store.live(Printout) == []


def test_another_house_is_another_address(desk, hotel):
    guest(desk, hotel)
    other = replace(make.address(), place="551010000", line="Абай к-сі, 71")
    assert isinstance(other, Address)
    assert crowding.count_living(desk, other) == 0
    assert crowding.count_living(desk, make.address(line="АБАЙ к-сі — 7")) == 1
