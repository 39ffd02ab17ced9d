"""The history of a person's status: what, from when to when, on what, known since when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from migdesk.domain.arrival import Stay
from migdesk.domain.change import Op
from migdesk.domain.permit import Permit
from migdesk.domain.person import Person
from migdesk.services.people import people
from migdesk.services.permits import permits
from migdesk.services.stays import standing
from migdesk.services.stays.standing import What
from tests.services.test_status import register

TODAY = datetime.now().astimezone().date()


def test_presence_permits_and_citizenship_with_their_days(desk):
    person = register(desk, "DEU", entered_on=date(2026, 9, 1), arrived_on=date(2026, 9, 2))
    kandas = permits.issue(
        desk,
        Permit(person=person.uid, kind="kandas", valid_from=date(2026, 9, 20), valid_until=date(2027, 9, 19)),
    ).value
    permits.revoke(desk, kandas.uid, "выехал")
    told = standing.history(desk, person.uid)
    assert [(one.what, one.since, one.until) for one in told] == [
        (What.KANDAS, date(2026, 9, 20), date(2026, 11, 22)),
        (What.STAY, date(2026, 9, 1), None),
        (What.CITIZENSHIP, None, None),
    ]
    assert all(one.known_on == TODAY for one in told)
    assert "выехал" in told[0].basis
    assert [one.what for one in told if one.holds_on(date(2026, 9, 10))] == [What.STAY, What.CITIZENSHIP]


def test_a_permit_and_its_extension_follow_each_other(desk):
    person = register(desk, "DEU")
    first = permits.issue(
        desk,
        Permit(person=person.uid, kind="rvp", valid_from=date(2026, 11, 21), valid_until=date(2026, 12, 31)),
    ).value
    permits.extend(desk, first.uid, date(2027, 6, 30))
    spans = [(one.since, one.until) for one in standing.history(desk, person.uid) if one.what is What.PERMIT]
    assert spans == [(date(2027, 1, 1), date(2027, 6, 30)), (date(2026, 11, 21), date(2026, 12, 31))]


def test_a_changed_citizenship_is_told_with_the_day_on_which_it_was_known(desk):
    person = register(desk, "DEU")
    people.save_person(desk, replace(desk.store.get(Person, person.uid), citizenship="KAZ"))
    told = [one for one in standing.history(desk, person.uid) if one.what is What.CITIZENSHIP]
    assert [one.words for one in told] == ["Kazakhstan", "Germany"]
    assert told[0].since == TODAY
    assert told[1].until < TODAY


def test_an_annulled_crossing_is_no_line(desk):
    person = register(desk, "DEU")
    with desk.write(Op.ANNUL_EVENT) as tx:
        tx.annul(desk.store.live(Stay, person=person.uid)[0], "қате")
    assert What.STAY not in {one.what for one in standing.history(desk, make_key(desk, person))}


def make_key(desk, person):
    """By IIN, document number or uid alike."""
    return people.open_file(desk, person.uid).documents[0].number
