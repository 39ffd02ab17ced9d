"""Dated lines, expiry, partners, divided pots: whatever the order of things, no day of a pot is ever overdrawn."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from migdesk.domain.change import Op
from migdesk.domain.errors import Invalid, MigDeskError, Refused
from migdesk.domain.office import Operator, Role
from migdesk.domain.quota import PartnerKind, Reservation, ReservationState, Stream
from migdesk.services.desk import Clock, Desk, open_desk
from migdesk.services.laws import choices, law_packs
from migdesk.services.quotas import quotas
from migdesk.services.quotas.pots import limits_of
from migdesk.services.quotas.quotas import Light, Partner, Pot
from migdesk.services.upkeep import journal
from migdesk.store import quotas as ledger
from tests import make

KANDAS = Pot(Stream.KANDAS, "550000000", 2026)
LABOUR = Pot(Stream.FOREIGN_LABOUR, "550000000", 2026, "3")
TODAY = make.TODAY


def free(desk: Desk, pot: Pot = KANDAS, on: date | None = None) -> int:
    return quotas.check_pot(desk, pot, on=on).balance.free


def code_of(caught: pytest.ExceptionInfo[MigDeskError]) -> str:
    return caught.value.findings[0].code


def lowest(desk: Desk, pot: Pot = KANDAS) -> int:
    """The fewest free units on any day of a pot."""
    found = ledger.find_pot(desk.store, pot.key)
    days = ledger.standings(desk.store, [found]) if found else []
    return min((one.given - one.taken for one in days), default=0)


@pytest.mark.parametrize(
    ("stream", "category", "year", "on", "limit"),
    [
        ("foreign_labour", "3", 2022, "2022-02-03", 13887),
        ("foreign_labour", "3", 2022, "2022-02-04", 11110),
        ("foreign_labour", "", 2022, "2022-10-31", 23560),
        ("foreign_labour", "", 2022, "2022-11-01", 21097),
        ("kandas", "", 2024, "2024-08-23", 2433),
        ("kandas", "", 2024, "2024-08-24", 3033),
        ("resettler", "", 2024, "2024-08-24", 6450),
        ("foreign_labour", "", 2025, "2025-03-01", 16500),
        ("foreign_labour", "", 2025, "2025-08-01", 19400),
    ],
)
def test_the_limit_is_that_of_the_day(desk, stream, category, year, on, limit):
    pot = Pot(Stream(stream), "000000000", year, category)
    assert quotas.check_pot(desk, pot, on=date.fromisoformat(on)).balance.limit == limit


def test_the_move_of_2024_says_that_it_was_not_confirmed(desk):
    pot = Pot(Stream.KANDAS, "000000000", 2024)
    before, after = (quotas.check_pot(desk, pot, on=date(2024, 8, day)).source for day in (23, 24))
    assert (before.confidence, after.confidence) == ("reported", "unverified")


def test_a_decision_of_an_earlier_day_takes_from_the_units_of_that_day(desk):
    quotas.allot(desk, KANDAS, 5, "№ 1", on=date(2026, 3, 1))
    quotas.allot(desk, KANDAS, 7, "№ 2", on=date(2026, 9, 1))
    with pytest.raises(Refused) as refused:
        quotas.reserve(desk, quotas.Hold(KANDAS, 6, on=date(2026, 5, 1)))
    assert code_of(refused) == "quota.exhausted"
    quotas.reserve(desk, quotas.Hold(KANDAS, 5, on=date(2026, 5, 1)))
    assert [free(desk, on=date(2026, month, 2)) for month in (4, 5, 9)] == [5, 0, 7]


def test_a_decision_of_an_earlier_day_leaves_later_ones_their_units(desk):
    """It was looked at the day alone: what was free in May was given twice."""
    quotas.allot(desk, KANDAS, 5, "№ 1", on=date(2026, 3, 1))
    quotas.reserve(desk, quotas.Hold(KANDAS, 4))
    assert free(desk, on=date(2026, 5, 1)) == 5
    with pytest.raises(Refused):
        quotas.reserve(desk, quotas.Hold(KANDAS, 2, on=date(2026, 5, 1)))
    with pytest.raises(Refused) as refused:
        quotas.transfer(desk, KANDAS, 2, "KST", "№ 3", on=date(2026, 4, 1))
    assert code_of(refused) == "quota.overdrawn"


def test_a_pot_of_last_year_is_not_given_without_end(tmp_path):
    """Reserved in January from the year before, units were not counted: the same ones went out again and again."""
    desk = make.desk(tmp_path / "office")
    quotas.allot(desk, KANDAS, 2, "№ 1")
    desk.close()
    later = open_desk(tmp_path / "office", clock=Clock(date(2027, 1, 10)))
    quotas.reserve(later, quotas.Hold(KANDAS, 2))
    with pytest.raises(Refused):
        quotas.reserve(later, quotas.Hold(KANDAS, 1))
    later.close()


def test_a_cut_limit_stops_what_is_taken_though_more_was_allotted(tmp_path):
    """The order of 04.02.2022 cut category 3 from 13 887 to 11 110."""
    desk = make.desk(tmp_path / "office")
    desk.clock = Clock(date(2022, 3, 1))
    pot = Pot(Stream.FOREIGN_LABOUR, "000000000", 2022, "3")
    with pytest.raises(Refused) as refused:
        quotas.allot(desk, pot, 11200, "№ 17", on=date(2022, 1, 20))
    assert code_of(refused) == "quota.over_limit"
    quotas.allot(desk, pot, 11110, "№ 17", on=date(2022, 1, 20))
    quotas.reserve(desk, quotas.Hold(pot, 11110))
    assert quotas.check_pot(desk, pot).light is Light.RED
    desk.close()


# --- expiry


def test_held_units_go_back_after_their_last_day(desk):
    quotas.allot(desk, KANDAS, 5, "№ 1")
    last = TODAY + timedelta(days=3)
    held = quotas.reserve(desk, quotas.Hold(KANDAS, 5, until=last)).value
    assert (free(desk, on=last), free(desk, on=last + timedelta(days=1))) == (0, 5)
    desk.clock = Clock(last + timedelta(days=1))
    assert [one.uid for one in quotas.expired(desk)] == [held.uid]
    state = quotas.check_pot(desk, KANDAS)
    assert state.balance.expired == 5
    assert "quota.expired" in [one.code for one in state.reasons]
    with desk.write(Op.DECIDE_CASE) as tx, pytest.raises(Refused) as refused:
        quotas.use(desk, tx, desk.store.get(Reservation, held.uid))
    assert code_of(refused) == "quota.expired"


def test_what_went_back_is_held_again_only_if_nobody_has_it(desk):
    quotas.allot(desk, KANDAS, 5, "№ 1")
    held = quotas.reserve(desk, quotas.Hold(KANDAS, 5, until=TODAY)).value
    desk.clock = Clock(TODAY + timedelta(days=2))
    other = quotas.reserve(desk, quotas.Hold(KANDAS, 1)).value
    with pytest.raises(Refused) as refused:
        quotas.renew(desk, held.uid, TODAY + timedelta(days=9))
    assert code_of(refused) == "quota.exhausted"
    quotas.release(desk, other.uid, "қайтарылды")
    assert quotas.renew(desk, held.uid, TODAY + timedelta(days=9)).value.held_until == TODAY + timedelta(
        days=9
    )
    assert lowest(desk) == 0


def test_a_reservation_is_renewed_and_used(desk):
    quotas.allot(desk, KANDAS, 2, "№ 1")
    held = quotas.reserve(desk, quotas.Hold(KANDAS, 2, until=TODAY)).value
    renewed = quotas.renew(desk, held.uid, TODAY + timedelta(days=30)).value
    desk.clock = Clock(TODAY + timedelta(days=10))
    with desk.write(Op.DECIDE_CASE) as tx:
        used = quotas.use(desk, tx, renewed)
    assert used.state is ReservationState.USED
    assert free(desk, on=TODAY + timedelta(days=35)) == 0
    with pytest.raises(Refused):
        quotas.renew(desk, used.uid, TODAY + timedelta(days=40))


def test_units_promised_from_the_day_after_a_reservation_ends_are_not_used_before(desk):
    """Held until the 30th and handed over from December on: a use on the 25th would take them twice."""
    quotas.allot(desk, KANDAS, 2, "№ 1")
    held = quotas.reserve(desk, quotas.Hold(KANDAS, 2, until=date(2026, 11, 30))).value
    quotas.transfer(desk, KANDAS, 2, "KST", "№ 2", on=date(2026, 12, 15))
    with pytest.raises(Refused), desk.write(Op.DECIDE_CASE) as tx:
        quotas.use(desk, tx, held)
    assert lowest(desk) == 0


def test_the_office_says_for_how_long_units_are_held(desk):
    quotas.allot(desk, KANDAS, 5, "№ 1")
    assert quotas.reserve(desk, quotas.Hold(KANDAS, 1)).value.held_until is None
    choices.choose(desk, "quota.reservation_days", "10")
    assert quotas.reserve(desk, quotas.Hold(KANDAS, 1)).value.held_until == TODAY + timedelta(days=10)


@pytest.mark.parametrize("days", [{"on": date(2026, 11, 24)}, {"until": date(2026, 11, 22)}])
def test_days_in_the_wrong_order_are_refused(desk, days):
    quotas.allot(desk, KANDAS, 5, "№ 1")
    with pytest.raises(Invalid):
        quotas.reserve(desk, quotas.Hold(KANDAS, 1, **days))


# --- partners


def test_a_sub_office_gives_back_what_it_was_given_and_no_more(desk):
    quotas.allot(desk, KANDAS, 10, "№ 1")
    there = Partner("Екібастұз", PartnerKind.SUB_OFFICE, "№ 3, 01.11.2026")
    quotas.transfer(desk, KANDAS, 6, there, "№ 2")
    quotas.transfer(desk, KANDAS, -4, there, "№ 4")
    assert quotas.partners(desk, KANDAS) == [("Екібастұз", "sub_office", 6, 4)]
    with pytest.raises(Refused) as refused:
        quotas.transfer(desk, KANDAS, -3, there, "№ 5")
    assert code_of(refused) == "quota.sub_office"
    assert refused.value.findings[0].values["n"] == 2
    assert free(desk) == 8


def test_units_of_another_region_raise_the_limit_along(desk):
    quotas.allot(desk, KANDAS, 977, "№ 1")
    with pytest.raises(Refused):
        quotas.transfer(desk, KANDAS, -3, "Ақсу бөлімі", "№ 2")
    quotas.transfer(desk, KANDAS, -3, Partner("Қостанай", PartnerKind.REGION, "№ 3"), "№ 2")
    balance = quotas.check_pot(desk, KANDAS).balance
    assert (balance.limit, balance.allotted) == (980, 980)
    quotas.transfer(desk, KANDAS, 10, Partner("Қостанай", PartnerKind.REGION, "№ 4"), "№ 5")
    balance = quotas.check_pot(desk, KANDAS).balance
    assert (balance.limit, balance.allotted) == (970, 970)


def test_units_given_back_are_not_free_any_more(desk):
    quotas.allot(desk, KANDAS, 5, "№ 1")
    quotas.give_back(desk, KANDAS, 3, "№ 2")
    assert free(desk) == 2
    with pytest.raises(Refused):
        quotas.give_back(desk, KANDAS, 3, "№ 3")


def test_a_transfer_without_a_letter_is_remarked(desk):
    quotas.allot(desk, KANDAS, 5, "№ 1")
    assert [one.code for one in quotas.transfer(desk, KANDAS, 1, "KST", "№ 2").findings] == [
        "quota.no_letter"
    ]
    there = Partner("KST", PartnerKind.OFFICE, "№ 7")
    assert quotas.transfer(desk, KANDAS, 1, there, "№ 2").findings == ()


# --- pots divided by activity and country


def test_divided_pots_share_the_limit_of_their_region(desk):
    built = Pot(Stream.KANDAS, "550000000", 2026, "", "F")
    turks = Pot(Stream.KANDAS, "550000000", 2026, "", "", "TUR")
    quotas.allot(desk, KANDAS, 900, "№ 1")
    quotas.allot(desk, built, 70, "№ 2")
    with pytest.raises(Refused) as refused:
        quotas.allot(desk, turks, 8, "№ 3")
    assert code_of(refused) == "quota.over_limit"
    quotas.allot(desk, turks, 7, "№ 3")
    assert [quotas.check_pot(desk, one).balance.free for one in (KANDAS, built, turks)] == [900, 70, 7]
    assert quotas.check_pot(desk, built).balance.limit == 977
    assert [one.pot for one in quotas.list_pots(desk, 2026)] == [KANDAS, turks, built]
    assert len(limits_of(desk, built)) == 1


@pytest.mark.parametrize(
    ("pot", "field"),
    [
        (Pot(Stream.FOREIGN_LABOUR, "550000000", 2026, "3", "41"), "activity"),
        (Pot(Stream.FOREIGN_LABOUR, "550000000", 2026, "3", "ZZ"), "activity"),
        (Pot(Stream.FOREIGN_LABOUR, "550000000", 2026, "3", "", "QQQ"), "country"),
    ],
)
def test_an_activity_or_country_that_is_none_is_refused(desk, pot, field):
    with pytest.raises(Invalid) as refused:
        quotas.allot(desk, pot, 1, "№ 1")
    assert refused.value.findings[0].field == field


@pytest.mark.parametrize(
    ("activity", "country", "chosen"),
    [("41", "CHN", ("F", "CHN")), ("F", "TUR", ("F", "")), ("01", "CHN", ("", "")), ("", "", ("", ""))],
)
def test_a_permit_takes_of_the_pot_that_fits_it_best(desk, activity, country, chosen):
    for divided in (("", ""), ("F", ""), ("F", "CHN")):
        quotas.allot(desk, Pot(Stream.FOREIGN_LABOUR, "550000000", 2026, "3", *divided), 1, "№ 1")
    found = quotas.pot_for(desk, LABOUR, activity, country)
    assert (found.activity, found.country) == chosen


_PACK = """
id = "own.quota"
version = "1"
title = { kk = "а", ru = "б", en = "c" }
[[source]]
id = "s"
act = "Act"
read = 2026-11-01
confidence = "verified"
mark = "V"
[[quota]]
stream = "kandas"
year = 2026
activity = "F"
from = 2026-01-01
source = "s"
regions = { "550000000" = 3 }
[[quota]]
stream = "kandas"
year = 2026
from = 2026-11-01
source = "s"
regions = { "550000000" = 20 }
"""


def test_an_act_of_the_office_cuts_the_limit_and_gives_an_activity_its_share(desk):
    """What was taken before stays; from the day of the act on nothing more is given than it lets."""
    built = Pot(Stream.KANDAS, "550000000", 2026, "", "F")
    quotas.allot(desk, KANDAS, 50, "№ 1", on=date(2026, 1, 5))
    quotas.reserve(desk, quotas.Hold(KANDAS, 19, on=date(2026, 10, 1)))
    law_packs.take_pack(desk, law_packs.read_pack_file("own.toml", _PACK))
    law_packs.switch_pack(desk, "own.quota", on=True, why="№ 5")
    for day in (date(2026, 10, 2), TODAY):
        with pytest.raises(Refused) as refused:
            quotas.reserve(desk, quotas.Hold(KANDAS, 2, on=day))
        assert code_of(refused) == "quota.over_limit"
    quotas.reserve(desk, quotas.Hold(KANDAS, 1))
    assert quotas.check_pot(desk, KANDAS).light is Light.RED
    assert quotas.check_pot(desk, KANDAS, on=date(2026, 10, 31)).balance.limit == 977
    assert quotas.check_pot(desk, built).balance.limit == 3
    with pytest.raises(Refused):
        quotas.allot(desk, built, 4, "№ 6", on=date(2026, 1, 5))


# --- light and override


def test_the_light_says_why(desk):
    assert quotas.check_pot(desk, KANDAS).light is Light.RED
    quotas.allot(desk, KANDAS, 100, "№ 1")
    assert quotas.check_pot(desk, KANDAS).light is Light.GREEN
    quotas.reserve(desk, quotas.Hold(KANDAS, 89))
    assert quotas.check_pot(desk, KANDAS, units=1).reasons == ()
    quotas.reserve(desk, quotas.Hold(KANDAS, 1))
    few = quotas.check_pot(desk, KANDAS)
    assert (few.light, [one.code for one in few.reasons]) == (Light.AMBER, ["quota.few"])
    assert quotas.check_pot(desk, KANDAS, units=11).light is Light.RED


def test_the_head_passes_over_the_limit_with_a_reason_and_nobody_else(desk):
    quotas.allot(desk, KANDAS, 977, "№ 1")
    done = quotas.allot(desk, KANDAS, 3, "№ 2", override="бұйрық пакетте жоқ")
    assert (done.changes.op, done.value.override) == (Op.OVERRIDE_QUOTA, "бұйрық пакетте жоқ")
    with desk.write(Op.SAVE_OPERATOR) as tx:
        tx.put(Operator(login="other", name="Other", role=Role.CLERK))
    other = open_desk(desk.home, clock=desk.clock, operator="other")
    with pytest.raises(Refused) as refused:
        quotas.allot(other, KANDAS, 1, "№ 3", override="өзім білемін")
    assert code_of(refused) == "heads_only"
    other.close()


def test_the_head_too_gives_no_more_than_is_allotted(desk):
    quotas.allot(desk, KANDAS, 1, "№ 1")
    with pytest.raises(Refused):
        quotas.reserve(desk, quotas.Hold(KANDAS, 2, override="керек"))


def test_the_forecast_by_hand(desk):
    """By 23.11 20 of 30 units were used in the last 90 days: 10 left last 10 * 90 / 20 = 45 days, past the year."""
    quotas.allot(desk, KANDAS, 30, "№ 1", on=date(2026, 1, 5))
    with desk.write(Op.DECIDE_CASE) as tx:
        quotas.use(
            desk, tx, quotas.hold(desk, tx, quotas.Hold(KANDAS, 20, on=date(2026, 9, 1))), date(2026, 9, 1)
        )
    assert quotas.check_pot(desk, KANDAS).forecast is None
    with desk.write(Op.DECIDE_CASE) as tx:
        quotas.use(desk, tx, quotas.hold(desk, tx, quotas.Hold(KANDAS, 4)))
    # 6 left, 24 in 90 days: 6 * 90 / 24 = 22.5, so the 23rd day from today
    assert quotas.check_pot(desk, KANDAS).forecast == TODAY + timedelta(days=23)


# --- any order of things

DAYS = st.integers(-200, 60).map(lambda n: TODAY + timedelta(days=n))
VERBS = ["allot", "adjust", "give_back", "out", "in", "reserve", "use", "renew", "release", "undo", "wait"]
MOVES = st.lists(st.tuples(st.sampled_from(VERBS), st.integers(1, 12), DAYS, DAYS), max_size=30)


def move(desk: Desk, verb: str, units: int, day: date, other: date) -> None:
    """One deed; what is refused raises."""
    partner = Partner("KST", list(PartnerKind)[units % 3], "№ 9")
    if verb == "allot":
        quotas.allot(desk, KANDAS, units, "№ 1", on=day)
    elif verb == "adjust":
        quotas.adjust(desk, KANDAS, units * (-1 if units % 2 else 1), "№ 2", on=day)
    elif verb == "give_back":
        quotas.give_back(desk, KANDAS, units, "№ 3", on=day)
    elif verb in ("out", "in"):
        quotas.transfer(desk, KANDAS, units * (1 if verb == "out" else -1), partner, "№ 4", on=day)
    elif verb == "reserve":
        last = max(other, min(day, desk.today)) if units % 2 else None
        quotas.reserve(desk, quotas.Hold(KANDAS, units, on=min(day, desk.today), until=last))
    elif verb == "undo":
        journal.undo_last(desk)
    elif verb == "wait":
        desk.clock = Clock(desk.today + timedelta(days=units))
    else:
        of_held(desk, verb, units, day, other)


def of_held(desk: Desk, verb: str, units: int, day: date, other: date) -> None:
    """What is done with units that are held, if there are any."""
    held = desk.store.live(Reservation, state=ReservationState.HELD)
    chosen = held[units % len(held)] if held else None
    if chosen and verb == "use":
        with desk.write(Op.RECEIVE_PAPER) as tx:
            quotas.use(desk, tx, chosen, min(day, desk.today))
    elif chosen and verb == "renew":
        quotas.renew(desk, chosen.uid, max(other, desk.today) if units % 3 else None)
    elif chosen:
        quotas.release(desk, chosen.uid, "қайтарылды")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(MOVES)
def test_no_order_of_dated_moves_overdraws_any_day(tmp_path_factory, steps):
    desk = make.desk(tmp_path_factory.mktemp("office"))
    try:
        quotas.adjust(desk, KANDAS, -947, "№ 0", on=date(2026, 1, 1))  # 30 are left: both walls are near
        quotas.allot(desk, KANDAS, 12, "№ 0", on=date(2026, 1, 1))
        for verb, units, day, other in steps:
            before = ledger.standings(desk.store, ledger.pots(desk.store, 2026))
            try:
                move(desk, verb, units, day, other)
            except MigDeskError:
                assert ledger.standings(desk.store, ledger.pots(desk.store, 2026)) == before
            assert lowest(desk) >= 0
            on_days = {day, other, desk.today}
            sums = [quotas.check_pot(desk, KANDAS, on=one).balance for one in on_days]
            assert all(one.free >= 0 and one.reserved >= 0 and one.used >= 0 for one in sums)
            assert all(one.limit is None or one.allotted <= one.limit for one in sums)
    finally:
        desk.close()


_CHILD = """
import random, sys
from datetime import timedelta
from pathlib import Path
from migdesk.domain.errors import MigDeskError
from migdesk.services.desk import Clock, open_desk
from tests.make import TODAY
from tests.services.test_quota_days import VERBS, move
chance = random.Random(sys.argv[2])
desk = open_desk(Path(sys.argv[1]), clock=Clock(TODAY), operator="child" + sys.argv[2])
done = 0
for _ in range(40):
    day, other = (TODAY + timedelta(days=chance.randrange(-200, 60)) for _n in range(2))
    try:
        move(desk, chance.choice(VERBS), chance.randrange(1, 12), day, other)
        done += 1
    except MigDeskError:
        pass
print(done)
"""


def test_four_processes_that_mix_everything_overdraw_no_day(desk):
    quotas.allot(desk, KANDAS, 300, "№ 1", on=date(2026, 1, 5))
    children = [
        subprocess.Popen(
            [sys.executable, "-c", _CHILD, str(desk.home), str(n)], stdout=subprocess.PIPE, text=True
        )
        for n in range(4)
    ]
    assert all(int(child.communicate()[0]) > 5 for child in children)
    again = open_desk(desk.home, clock=Clock(TODAY + timedelta(days=90)))
    assert lowest(again) >= 0
    assert journal.broken_links(again) == []
    again.close()
