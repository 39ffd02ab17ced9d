"""A new MRP, a moved holiday, a raised quota, a new regime: each changes exactly the kept days and sums it should.

The office holds due days of every sort, open ones and those that were met. All of them are read from its file before
and after, so that what changed, what did not, and what undo gives back are compared as whole sets.
"""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from migdesk.domain.arrival import Arrival, StayBasis
from migdesk.domain.case import Case
from migdesk.domain.change import Op
from migdesk.domain.office import Setting
from migdesk.domain.permit import Permit
from migdesk.domain.quota import Stream
from migdesk.services.arrivals import arrivals
from migdesk.services.arrivals.arrivals import ArrivalDraft, Member
from migdesk.services.cases import cases
from migdesk.services.desk import Clock, open_desk
from migdesk.services.laws import law_counted
from migdesk.services.payments import payments, receipts
from migdesk.services.payments.payments import Demand
from migdesk.services.permits import permits
from migdesk.services.quotas import quotas
from migdesk.services.quotas.quotas import Pot
from tests import make

ACT = ("--act", "Order No. 10 of 20.11.2026")
KEPT = {
    "arrival": ("from_country", ("notice_due", "registration_due", "stay_ends_on")),
    "cases": ("service", ("due_on", "appeal_until")),
    "permit": ("kind", ("valid_until", "lasts_until")),
    "payment": ("counted_on", ("tenge", "due_on")),
}
"""Per table the column by which these tests know a row, and the kept days and sums."""
LIMITS = [
    (stream, region, day)
    for stream in ("kandas", "resettler")
    for region in ("550000000", "110000000")
    for day in ("2026-11-19", "2026-11-20", "2026-12-31")
]
REGIME = """
id = "own.quarantine"
version = "1"
title = { kk = "Карантин", ru = "Карантин", en = "Quarantine" }
[[source]]
id = "s"
act = "Act 900"
read = 2026-11-20
confidence = "reported"
mark = "V2"
[[special]]
code = "quarantine.2026_11"
from = 2026-11-01
until = 2027-01-31
announced = 2026-11-20
covers = { grounds = ["visa_free"], permits = ["rvp"], citizens = ["DEU"], ends = { from = 2026-12-01 } }
to = 2027-03-01
title = { kk = "Карантин", ru = "Карантин", en = "Quarantine" }
source = "s"
"""


def come(desk, citizenship: str, on: date, **given):
    person = make.person(citizenship=citizenship, surname=citizenship, surname_latin=citizenship)
    values = {"entered_on": on, "arrived_on": on, "from_country": citizenship, **given}
    draft = ArrivalDraft((Member(person, ()),), make.arrival(**values))
    return arrivals.register_arrival(desk, draft, duplicates=False).value.people[0].uid


def fill(desk) -> None:
    """Notices that are open and given, stays with and without a permit, a case, sums of two days, a paid one."""
    free = {"purpose": "business", "basis": StayBasis.VISA_FREE}
    early, late = come(desk, "TUR", date(2026, 11, 19)), come(desk, "UZB", date(2026, 11, 20))
    come(desk, "DEU", date(2026, 11, 20), **free, notified_on=date(2026, 11, 20))
    come(desk, "FRA", date(2026, 11, 20), **free, notified_on=date(2026, 11, 20))
    for citizenship in ("DEU", "FRA"):
        person = come(
            desk,
            citizenship,
            date(2026, 1, 8),
            purpose="family",
            notified_on=date(2026, 1, 8),
            from_country="RUS",
        )
        days = {"valid_from": date(2026, 1, 10), "valid_until": date(2026, 12, 31)}
        permits.issue(desk, Permit(kind="rvp", person=person, note=citizenship, **days))
    case = Case(service="kandas_status", person=early, applied_on=date(2026, 11, 20), channel="paper")
    cases.open_case(desk, case)
    for on in (date(2026, 10, 30), date(2026, 11, 20)):
        demand = Demand("support.relocation", late, given={"persons": "1"}, on=on)
        payments.demand_payment(desk, demand)
    paid = payments.demand_payment(desk, replace(demand, on=date(2026, 11, 21))).value[0]
    receipts.pay(desk, paid.uid, "R-1")
    quotas.allot(desk, Pot(Stream.KANDAS, "550000000", 2026), 100, "№ 1", on=date(2026, 1, 5))


@pytest.fixture(scope="module")
def filled(tmp_path_factory, made_office) -> Path:
    folder = Path(shutil.copytree(made_office, tmp_path_factory.mktemp("filled") / "office"))
    desk = open_desk(folder, clock=Clock(make.TODAY), operator="tester")
    fill(desk)
    desk.close()
    return folder


@pytest.fixture
def home(tmp_path, filled) -> Path:
    return Path(shutil.copytree(filled, tmp_path / "office"))


@pytest.fixture
def kept(home):
    """Every kept day and sum of the office, and the limits of its quotas."""

    def read() -> dict[tuple[str, ...], object]:
        desk = open_desk(home)
        found: dict[tuple[str, ...], object] = {}
        for table, (key, columns) in KEPT.items():
            for uid, name, *values in desk.store.rows(
                f"SELECT uid, {key}, {', '.join(columns)} FROM {table}"
            ):
                found |= {
                    (table, name, uid, column): one for column, one in zip(columns, values, strict=True)
                }
        for stream, region, day in LIMITS:
            limit = desk.law.quota_limit(stream, region, 2026, on=date.fromisoformat(day))
            found["quota", stream, region, day] = limit.units if limit else None
        desk.close()
        return found

    return read


def changed(before: dict, after: dict) -> dict[tuple[str, ...], tuple[object, object]]:
    """What differs, by table, name and column."""
    assert before.keys() == after.keys()
    moved = {key: (before[key], after[key]) for key in before if before[key] != after[key]}
    named = {(key[0], key[1], key[3]) if key[0] != "quota" else key: pair for key, pair in moved.items()}
    assert len(named) == len(moved)
    return named


def done(said) -> dict:
    assert said.code == 0, said.out + said.err
    return said.document


def amended(office, code: str, *words: str) -> None:
    pack = done(office("rules", "amend", code, *words, *ACT))
    done(office("rules", "on", pack["code"], "--why", "order 10"))


def test_a_new_mrp_changes_the_open_sums_counted_from_its_day_on(office, kept):
    before = kept()
    amended(office, "mrp", "--set", "figure=4600", "--from", "2026-11-15")
    after = kept()
    assert changed(before, after) == {("payment", "2026-11-20", "tenge"): (70 * 4325, 70 * 4600)}
    done(office("undo"))
    assert kept() == before


def test_a_moved_holiday_changes_the_terms_that_run_over_its_days(office, kept):
    """Tuesday 24 November is off and Saturday 28 November is worked instead: a long term ends as before."""
    before = kept()
    words = ("2026-11-24", "--instead", "2026-11-28", "--reason", "Moved", *ACT)
    foreseen = done(office("calendar", "off", *words, "--check"))["effects"]
    done(office("calendar", "off", *words))
    moved = changed(before, kept())
    assert moved == {
        ("arrival", "TUR", "notice_due"): ("2026-11-24", "2026-11-25"),
        ("arrival", "UZB", "notice_due"): ("2026-11-25", "2026-11-26"),
    }
    assert {(one["before"], one["after"]) for one in foreseen} == set(moved.values())
    done(office("undo"))
    assert kept() == before


def test_a_raised_quota_changes_its_region_from_its_day_on_and_no_kept_day(office, kept):
    before = kept()
    amended(office, "quota.kandas.2026", "--set", "region=550000000", "units=1500", "--from", "2026-11-20")
    assert changed(before, kept()) == {
        ("quota", "kandas", "550000000", "2026-11-20"): (977, 1500),
        ("quota", "kandas", "550000000", "2026-12-31"): (977, 1500),
    }
    told = [
        office("check", "quota", "kandas", "--on", day).document["limit"]
        for day in ("2026-11-19", "2026-11-20")
    ]
    assert told == [977, 1500]
    done(office("undo"))
    assert kept() == before


def test_a_new_regime_changes_the_stays_and_permits_it_covers(office, kept, tmp_path):
    file = tmp_path / "quarantine.toml"
    file.write_text(REGIME, encoding="utf-8")
    before = kept()
    done(office("regime", "new", file))
    assert kept() == before
    done(office("regime", "on", "quarantine.2026_11", "--why", "Act 900"))
    assert changed(before, kept()) == {
        ("arrival", "DEU", "stay_ends_on"): ("2026-12-19", "2027-03-01"),
        ("arrival", "RUS", "stay_ends_on"): ("2026-12-31", "2027-03-01"),
        ("permit", "rvp", "lasts_until"): (None, "2027-03-01"),
    }
    done(office("regime", "off", "quarantine.2026_11", "--why", "lifted"))
    assert kept() == before


def test_a_newer_program_changes_nothing_until_the_head_counts_anew(office, home, kept):
    """As after an older program, one notice stands otherwise: it is told, written, and taken back."""
    desk = open_desk(home, clock=Clock(make.TODAY), operator="tester")
    with desk.write(Op.SAVE_SETTING) as tx:
        tx.put(tx.live(Setting, key=law_counted.KEY)[0], value="another")
        tx.put(tx.live(Arrival, notice_due=date(2026, 11, 25))[0], notice_due=date(2026, 12, 20))
    desk.close()
    before = kept()
    told = done(office("rules", "recount", "--check"))
    assert [(one["rule"], one["before"], one["after"]) for one in told["effects"]] == [
        ("notice.arrival", "2026-12-20", "2026-11-25")
    ]
    assert kept() == before
    done(office("rules", "recount"))
    assert changed(before, kept()) == {("arrival", "UZB", "notice_due"): ("2026-12-20", "2026-11-25")}
    assert office("rules", "recount").codes == ["law.counted"]
    done(office("undo"))
    assert kept() == before
