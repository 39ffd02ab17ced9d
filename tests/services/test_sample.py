"""The sample office is the same every time, follows the published shares, and is whole."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import pairwise

import pytest

from migdesk.domain.appointment import Appointment
from migdesk.domain.arrival import Arrival
from migdesk.domain.ids import read_number
from migdesk.domain.payment import Payment, PaymentState
from migdesk.domain.person import Person
from migdesk.domain.protection import PersonNote, Visibility
from migdesk.domain.quota import Waiting, WaitingState
from migdesk.domain.scan import Attachment
from migdesk.domain.session import Session, SessionState
from migdesk.paper.specimen import portrait
from migdesk.services import day, panels
from migdesk.services.desk import Clock
from migdesk.services.quotas import quotas
from migdesk.services.sample import extras, matters, register, shares
from migdesk.services.sample.crowd import Crowd
from migdesk.services.sample.day import with_sums
from migdesk.services.terms import employer_reports
from migdesk.services.upkeep import doctor
from migdesk.services.upkeep.journal import broken_links
from migdesk.store import replay, series
from migdesk.store.database import check_integrity
from tests import make

PERSONS = 1500


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    opened = make.desk(tmp_path_factory.mktemp("sample"))
    register.fill(opened, PERSONS)
    yield opened
    opened.close()


def test_it_has_exactly_the_persons_asked_for(desk):
    assert desk.store.value("SELECT count(*) FROM person") == PERSONS
    assert desk.store.value("SELECT count(*) FROM arrival") == PERSONS


def test_it_is_whole(desk):
    assert list(check_integrity(desk.store)) == []
    assert list(replay.differences(desk.store)) == []
    assert broken_links(desk) == []


def test_no_pot_has_given_more_than_it_had_on_any_day(desk):
    assert [one.detail for one in doctor.examine(desk) if one.name == "quota" and not one.ok] == []


@pytest.mark.parametrize(("asked", "set_on"), [((2026, 3, 2), (2026, 3, 2)), ((2031, 3, 2), (2026, 12, 31))])
def test_a_sample_of_a_day_without_sums_is_set_on_the_last_that_has_them(asked, set_on):
    assert with_sums(Clock(date(*asked))).today() == date(*set_on)


def test_the_same_seed_draws_the_same_people():
    first, second = (list(Crowd(make.TODAY).households(300)) for _ in range(2))
    assert first == second


def test_families_could_be_families():
    """Parents are 18 years older than their children, and no mother has two births within a year."""
    families = [one.members for one in Crowd(make.TODAY).households(6_000) if len(one.members) > 2]
    assert len(families) > 300
    for parents, children in ((members[:2], members[2:]) for members in families):
        youngest = min(one.person.birth_date.age_on(make.TODAY) for one in parents)
        ages = sorted(one.person.birth_date.age_on(make.TODAY) for one in children)
        assert youngest - ages[-1] >= 17, (youngest, ages)
        assert all(older - younger >= 1 for younger, older in pairwise(ages)), ages


def test_kandas_follow_the_published_shares():
    households = [one for one in Crowd(make.TODAY).households(30_000) if one.stream == "kandas"]
    people = [member.person for household in households for member in household.members]
    countries = Counter(person.exit_country for person in people)
    published = shares.newest("kandas.exit_country")
    for code in ("UZB", "CHN", "TKM", "MNG", "RUS"):
        assert abs(100 * countries[code] / len(people) - published[code]) < 2.5, code
    ages = [person.birth_date.age_on(make.TODAY) for person in people]
    wanted = shares.newest("kandas.age")
    assert abs(100 * sum(age < 16 for age in ages) / len(ages) - wanted["younger"]) < 4
    assert abs(100 * sum(age >= 63 for age in ages) / len(ages) - wanted["pensioner"]) < 3
    education = Counter(person.education for person in people if person.education)
    for code, share in shares.newest("kandas.education").items():
        assert abs(100 * education[code] / education.total() - share) < 2.5, code


def test_numbers_are_valid_and_nobody_shares_one(desk):
    numbers = [row[0] for row in desk.store.rows("SELECT iin FROM person WHERE iin <> ''")]
    assert len(numbers) > PERSONS / 3
    assert len(set(numbers)) == len(numbers)
    assert all(read_number(number, make.TODAY).valid for number in numbers[:300])


def test_the_register_is_as_untidy_as_a_real_one(desk):
    count = desk.store.value
    assert count("SELECT count(*) FROM person WHERE surname = '' AND surname_latin <> ''") > 0
    assert count("SELECT count(*) FROM person WHERE length(birth_date) = 4") > 0
    assert count("SELECT count(*) FROM arrival WHERE host IS NULL AND purpose <> 'resettler'") > 0
    assert (
        count("SELECT count(*) FROM person p WHERE NOT EXISTS (SELECT 1 FROM document WHERE person = p.uid)")
        > 0
    )
    assert count("SELECT count(*) FROM arrival WHERE notified_on > notice_due") > 0


def test_the_quota_is_used_and_never_overdrawn(desk):
    pots = {(one.pot.stream.value, one.pot.category): one.balance for one in quotas.list_pots(desk, 2026)}
    assert pots["kandas", ""].used > 0
    assert all(balance.free >= 0 for balance in pots.values())


def test_nothing_lies_in_the_future(desk):
    today = make.TODAY.isoformat()
    for column, table in (("arrived_on", "arrival"), ("entered_on", "arrival"), ("left_on", "departure")):
        assert desk.store.value(f"SELECT max({column}) FROM {table}") <= today, column
    assert day.open_day(desk).weeks[-1][0] == date(2026, 11, 23)


@pytest.fixture
def rich(tmp_path):
    opened = make.desk(tmp_path)
    register.fill(opened, 300)
    yield opened
    opened.close()


@pytest.mark.parametrize("restricted", [False, True])
def test_it_has_details_photos_scans_appointments_and_notes(rich, restricted):
    """Every one of these screens was empty in the sample."""
    extras.add(rich, restricted=restricted)
    newest = rich.store.live(Arrival, left_on=None, order="arrived_on DESC")
    purposes = {one.purpose for one in newest if panels.details_of(rich.store, one)}
    assert {"study", "work", "kandas"} <= purposes
    photographed = [one for one in rich.store.live(Person) if one.photo]
    assert len(photographed) == 8
    assert {one.kind for one in rich.store.live(Attachment)} == {"photo", "passport"}
    assert len(rich.store.live(Appointment, day=rich.today)) > 3
    kinds = {one.visibility for one in rich.store.live(PersonNote)}
    assert (Visibility.RESTRICTED in kinds) is restricted
    assert list(replay.differences(rich.store)) == []


def test_details_of_the_sample_hold_what_the_panels_allow(rich):
    extras.add(rich)
    arrivals = [one for one in rich.store.live(Arrival) if panels.details_of(rich.store, one)]
    assert len(arrivals) > 50
    told = [panels.check_details(rich, one.purpose, panels.details_of(rich.store, one)) for one in arrivals]
    assert [one for one in told if one] == []


def test_the_portrait_of_a_number_is_always_the_same():
    assert portrait(3) == portrait(3) != portrait(4)


def test_no_page_of_the_sample_is_empty(rich):
    """The waiting list, the sessions, the payments and the reports of employers were."""
    matters.add(rich)
    waits = rich.store.live(Waiting, state=WaitingState.WAITING)
    assert len(waits) == 4
    assert {one.state for one in rich.store.live(Session)} == {SessionState.CLOSED, SessionState.OPEN}
    assert {one.state for one in rich.store.live(Payment)} == {PaymentState.DUE, PaymentState.PAID}
    owed = [one for one in employer_reports.of_month(rich, date(2026, 10, 1)) if one.case is None]
    assert len(owed) == 1
    assert [one for one in employer_reports.of_month(rich, date(2026, 9, 1)) if one.case is None] == []
    assert list(replay.differences(rich.store)) == []
    assert all(one.ok for one in doctor.examine(rich) if "ights" not in one.name)
    expect_every_counter(rich)


def expect_every_counter(desk):
    """Those of appointments, sessions, protocols and the waiting list stayed at 0 once they were set back."""
    extras.add(desk)
    given = dict(desk.store.rows("SELECT name, last FROM series"))
    assert {name.split("-")[1][:-4] for name in given} >= {"", "D", "C", "V", "W", "S", "SP", "M"}
    desk.store.connection.execute("UPDATE series SET last = 0")
    back = series.list_set_back(desk.store, desk.office.code)
    assert {one.name: one.highest for one in back} == given
    assert {"batch", "printout"} < {table for table, _column in series.numbered_columns()}
