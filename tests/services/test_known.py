"""What the office knew on a day about another: corrected facts, files merged and parted, undone ops, the law then."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

import pytest

from migdesk.domain.arrival import Stay, StayBasis
from migdesk.domain.change import Op
from migdesk.domain.errors import Invalid, NotFound, Refused
from migdesk.domain.law_pack import LawPack, digest_of
from migdesk.domain.office import CalendarDay, Setting
from migdesk.domain.permit import Permit
from migdesk.domain.person import Person
from migdesk.services.arrivals import arrivals
from migdesk.services.arrivals.arrivals import ArrivalDraft, Member
from migdesk.services.desk import Clock
from migdesk.services.laws import known, law_packs
from migdesk.services.people import merging, people
from migdesk.services.permits import permits
from migdesk.services.stays.status import Light
from migdesk.services.upkeep import journal
from migdesk.services.upkeep.office import init_office
from tests import make

FIRST, SECOND, THIRD, FOURTH = (date(2026, 11, day) for day in (2, 6, 10, 16))


@dataclass(frozen=True, slots=True)
class MovedClock(Clock):
    """A clock that a test puts forward: the journal's moments follow it."""

    moments: list[datetime] = field(default_factory=list)

    def now(self) -> datetime:
        return self.moments[-1]

    def today(self) -> date:
        return self.moments[-1].date()


@pytest.fixture
def clock():
    return MovedClock(moments=[datetime(2026, 11, 1, 8, tzinfo=UTC)])


@pytest.fixture
def desk(tmp_path, clock):
    opened = init_office(tmp_path, make.office(), clock=clock, operator="tester")
    yield opened
    opened.close()


@pytest.fixture
def at(clock):
    """Go on to a day, at noon."""
    return lambda day: clock.moments.append(datetime(day.year, day.month, day.day, 8, tzinfo=UTC))


def arrive(desk, person=None, **given) -> Person:
    values = {"entered_on": FIRST, "arrived_on": FIRST, "notified_on": FIRST, "basis": StayBasis.VISA_FREE}
    member = Member(person or make.person(citizenship="DEU"), (make.document(),), apart=True)
    draft = ArrivalDraft((member,), make.arrival(**{**values, **given}), make.address(), make.host())
    return arrivals.register_arrival(desk, draft).value.people[0]


def codes(findings):
    return {one.code for one in findings}


def test_a_corrected_entry_is_read_as_it_was_known(desk, at):
    at(FIRST)
    person = arrive(desk)
    at(THIRD)
    stay = desk.store.live(Stay, person=person.uid)[0]
    with desk.write(Op.CORRECT_CROSSING) as tx:
        tx.put(replace(stay, entered_on=date(2026, 10, 1)))
    before = known.status_as_known(desk, person.uid, SECOND, SECOND)
    after = known.status_as_known(desk, person.uid, SECOND, THIRD)
    assert (before.status.stay.lawful, after.status.stay.lawful) == (True, False)
    assert before.now.stay.lawful is False
    assert [one.op for one in before.since] == [Op.CORRECT_CROSSING]
    assert after.since == ()


def test_a_permit_of_later_is_not_known_before_and_one_revoked_later_still_holds(desk, at):
    at(FIRST)
    person = arrive(desk)
    at(SECOND)
    given = permits.issue(
        desk, Permit(person=person.uid, kind="rvp", valid_from=FIRST, valid_until=date(2027, 6, 1))
    ).value
    at(FOURTH)
    permits.revoke(desk, given.uid, "отказ")
    held = {
        day: [one.number for one in known.status_as_known(desk, person.uid, FOURTH, day).status.permits]
        for day in (FIRST, SECOND, THIRD, FOURTH)
    }
    assert held == {FIRST: [], SECOND: [given.number], THIRD: [given.number], FOURTH: []}


def test_files_merged_later_are_two_and_say_so(desk, at):
    at(FIRST)
    keep = arrive(desk)
    other = arrive(
        desk,
        make.person(citizenship="DEU", surname="Касимова", surname_latin="KASIMOVA"),
        entered_on=date(2026, 9, 1),
        arrived_on=date(2026, 9, 1),
        notified_on=date(2026, 9, 1),
    )
    at(THIRD)
    chosen = merging.put_side_by_side(desk, keep.uid, other.uid).arrivals
    merging.merge(desk, keep.uid, other.uid, stays_open=chosen[0].uid if chosen else "")
    then = known.status_as_known(desk, keep.uid, SECOND, SECOND)
    assert then.status.stay.lawful is True
    assert codes(then.findings) == {"known.apart"}
    gone = known.status_as_known(desk, other.uid, SECOND, SECOND)
    assert gone.status.person.uid == other.uid
    assert gone.status.stay.lawful is False
    assert codes(gone.findings) == {"known.merged_since"}
    joined = known.status_as_known(desk, other.uid, SECOND, THIRD)
    assert joined.status.person.uid == keep.uid
    assert joined.findings == ()


def test_files_taken_apart_later_are_one(desk, at):
    at(FIRST)
    keep = arrive(desk)
    other = arrive(desk, make.person(citizenship="DEU", surname_latin="KASIMOVA"))
    at(SECOND)
    chosen = merging.put_side_by_side(desk, keep.uid, other.uid).arrivals
    merging.merge(desk, keep.uid, other.uid, stays_open=chosen[0].uid if chosen else "")
    at(FOURTH)
    merging.separate(desk, other.uid)
    then = known.status_as_known(desk, other.uid, THIRD, THIRD)
    assert then.status.person.uid == keep.uid
    apart = known.status_as_known(desk, other.uid, THIRD, FOURTH)
    assert apart.status.person.uid == other.uid


def test_what_was_undone_later_still_holds_then(desk, at):
    at(FIRST)
    person = arrive(desk)
    at(SECOND)
    stay = desk.store.live(Stay, person=person.uid)[0]
    with desk.write(Op.CORRECT_CROSSING) as tx:
        tx.put(replace(stay, entered_on=date(2026, 9, 1)))
    at(FOURTH)
    journal.undo_last(desk)
    lawful = [
        known.status_as_known(desk, person.uid, SECOND, day).status.stay.lawful
        for day in (FIRST, SECOND, THIRD, FOURTH)
    ]
    assert lawful == [True, False, False, True]


def test_an_arrival_that_was_undone_is_known_until_then(desk, at):
    at(FIRST)
    person = arrive(desk)
    at(THIRD)
    journal.undo_last(desk)
    assert known.status_as_known(desk, person.uid, SECOND, SECOND).status.stay.lawful is True
    with pytest.raises(NotFound):
        known.status_as_known(desk, person.uid, SECOND, THIRD)


def test_a_corrected_iin_finds_whose_it_was(desk, at):
    at(FIRST)
    person = arrive(desk, make.person(citizenship="DEU", iin="900517400015"))
    at(THIRD)
    people.save_person(desk, replace(desk.store.get(Person, person.uid), iin=""))
    then = known.status_as_known(desk, "900517400015", SECOND, SECOND)
    assert then.status.person.uid == person.uid
    assert then.status.person.iin == "900517400015"


def test_nobody_is_known_before_his_file_was_made_nor_before_the_office_was(desk, at):
    at(THIRD)
    person = arrive(desk, notified_on=None)
    with pytest.raises(Refused) as early:
        known.status_as_known(desk, person.uid, SECOND, SECOND)
    assert codes(early.value.findings) == {"known.not_yet"}
    with pytest.raises(Refused) as none:
        known.status_as_known(desk, person.uid, SECOND, date(2020, 1, 1))
    assert codes(none.value.findings) == {"known.before_office"}
    with pytest.raises(NotFound):
        known.status_as_known(desk, "000000000000", SECOND, THIRD)


def test_a_day_to_come_is_refused():
    with pytest.raises(Invalid):
        known.refuse_later(date(2026, 11, 24), date(2026, 11, 23))


PACK = """
id = "longer"
version = "1"
title = { kk = "Режим", ru = "Режим", en = "Regime" }
[[source]]
id = "act"
act = "Order 1"
article = "1"
address = "https://adilet.zan.kz"
read = 2026-11-01
confidence = "verified"
mark = "V"
[[special]]
code = "longer.stay"
from = 2026-11-01
until = 2026-12-31
announced = 2026-11-10
to = 2026-12-31
title = { kk = "Ұзарту", ru = "Продление", en = "Prolonged" }
source = "act"
[special.covers]
grounds = ["visa_free"]
ends = { from = 2026-01-01, until = 2026-12-31 }
"""


@pytest.fixture
def overstayed(desk, at):
    at(FIRST)
    person = arrive(desk, entered_on=date(2026, 9, 20), arrived_on=date(2026, 9, 20), notified_on=FIRST)
    law_packs.take_pack(desk, LawPack(code="longer", version="1", content=PACK, digest=digest_of(PACK)))
    return person


def test_a_regime_counts_from_the_day_on_which_it_was_announced(desk, at, overstayed):
    law_packs.switch_pack(desk, "longer", on=True, why="бұйрық")
    at(FOURTH)
    lawful = [
        known.status_as_known(desk, overstayed.uid, SECOND, day).status.stay.lawful for day in (SECOND, THIRD)
    ]
    assert lawful == [False, True]


def test_a_pack_counts_from_the_day_on_which_it_was_switched_on(desk, at, overstayed):
    at(FOURTH)
    law_packs.switch_pack(desk, "longer", on=True, why="бұйрық")
    lawful = [
        known.status_as_known(desk, overstayed.uid, SECOND, day).status.stay.lawful for day in (THIRD, FOURTH)
    ]
    assert lawful == [False, True]


def test_settings_and_days_off_are_those_of_then(desk, at):
    at(FIRST)
    person = arrive(desk)
    setting = next(one for one in desk.law.settings() if one.code == "stay.entry_day")
    other = next(one for one in setting.options if one != setting.default)
    at(THIRD)
    with desk.write(Op.SAVE_SETTING) as tx:
        tx.put(Setting(key=setting.code, value=other))
    with desk.write(Op.SAVE_CALENDAR) as tx:
        tx.put(CalendarDay(day=date(2026, 11, 4), reason="Демалыс", act="бұйрық"))
    told = {}
    for day in (SECOND, THIRD):
        then = known.as_known(desk, [person.uid], day)
        told[day] = then.law.setting(setting.code), then.law.calendar.is_working_day(date(2026, 11, 4))
        then.close()
    assert told == {SECOND: (setting.default, True), THIRD: (other, False)}


def test_what_is_known_is_read_and_never_written(desk, at):
    at(FIRST)
    person = arrive(desk)
    then = known.as_known(desk, [person.uid], FIRST)
    light = known.status_as_known(desk, person.uid, FIRST, FIRST).status.light
    assert light is not Light.RED
    assert then.store.is_read_only
    then.close()
    assert journal.broken_links(desk) == []
