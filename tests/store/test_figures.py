"""Figures follow their arrival, permit, person and address, whoever changes them, and count what they say."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from migdesk.domain.arrival import Arrival
from migdesk.domain.change import Op
from migdesk.domain.dates import PartialDate
from migdesk.domain.party import Address
from migdesk.domain.permit import Permit
from migdesk.domain.person import Person
from migdesk.services.sample import register
from migdesk.services.upkeep import journal
from migdesk.store import figures, reports
from tests import make

SINCE, UNTIL = date(2020, 1, 1), date(2026, 12, 31)
AGES = reports.Ages(working=16, pension=63)


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    opened = make.desk(tmp_path_factory.mktemp("figures"))
    register.fill(opened, 400)
    yield opened
    opened.close()


def _stale(desk) -> list[int]:
    return [desk.store.value(sql) for sql in figures.STALE]


def _group(person: Person, on: date) -> str:
    born = person.birth_date
    if born is None:
        return "unknown"
    years = on.year - born.year - (born.is_full and (on.month, on.day) < (born.month, born.day))
    return "minor" if years < 16 else "pension" if years >= 63 else "working"


def _counted(desk) -> Counter[tuple[str, ...]]:
    """The same from the records themselves."""
    found: Counter[tuple[str, ...]] = Counter()
    for arrival in desk.store.select(Arrival, "annulled_on IS NULL"):
        person = desk.store.get(Person, arrival.person)
        if person.citizenship != "KAZ" and arrival.arrived_on:
            place = desk.store.get(Address, arrival.address).place[:2] if arrival.address else ""
            country = person.exit_country or person.citizenship
            found[country, place, _group(person, arrival.arrived_on), person.education] += 1
    return found


def _reported(desk) -> Counter[tuple[str, ...]]:
    return Counter({tuple(row[:4]): row[4] for row in reports.arrived(desk.store, SINCE, UNTIL, AGES)})


def test_the_report_counts_what_the_records_say(desk):
    assert _reported(desk) == _counted(desk)
    assert sum(_reported(desk).values()) > 200
    families = {
        one.family
        for one in desk.store.select(Arrival, "annulled_on IS NULL")
        if one.family and desk.store.get(Person, one.person).citizenship != "KAZ"
    }
    assert reports.totals(desk.store, SINCE, UNTIL)["families"] == len(families)


@pytest.mark.parametrize(
    ("years", "group"),
    [("", "unknown"), ("17", "minor"), ("18", "working"), ("60", "working"), ("61", "pension")],
)
def test_groups_follow_the_ages_that_are_given(years, group):
    assert reports.Ages(working=18, pension=61).group(years) == group


def test_a_permit_without_a_region_counts_for_the_office(desk):
    rows = reports.granted(desk.store, SINCE, UNTIL, AGES, "550000000")
    where = "kind = 'kandas' AND granted_on IS NOT NULL AND extends IS NULL AND annulled_on IS NULL"
    assert {row[1] for row in rows} == {"55"}
    assert sum(row[4] for row in rows) == len(desk.store.select(Permit, where))


def test_nothing_is_stale_after_changes_of_every_kind(desk):
    arrival = desk.store.select(Arrival, "address IS NOT NULL AND annulled_on IS NULL")[-1]
    person = desk.store.select(Person, "uid IN (SELECT person FROM permit WHERE kind = 'kandas')")[0]
    address = desk.store.get(Address, arrival.address)
    with desk.write(Op.SAVE_PERSON) as tx:
        tx.put(replace(person, citizenship="MNG", exit_country="", education="higher"))
        tx.put(replace(address, place="751210000"))
        tx.put(replace(arrival, arrived_on=date(2025, 2, 3)))
    assert _stale(desk) == [0, 0]
    assert _reported(desk) == _counted(desk)
    with desk.write(Op.SAVE_PERSON) as tx:
        found = tx.find(Person, person.uid)
        tx.put(replace(found, birth_date=PartialDate(1950)))
        tx.annul(tx.find(Arrival, arrival.uid), "mistake")
    assert _stale(desk) == [0, 0]
    assert _reported(desk) == _counted(desk)
    journal.undo_last(desk)
    assert _stale(desk) == [0, 0]
    assert _reported(desk) == _counted(desk)
