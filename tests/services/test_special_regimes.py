"""Special regimes of the office: what they touch, permits kept with both days, corrections, papers for their days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from migdesk.domain.arrival import Arrival, StayBasis
from migdesk.domain.change import Op
from migdesk.domain.errors import BadFile, Invalid, Refused
from migdesk.domain.law_pack import LawPack
from migdesk.domain.payment import Payment
from migdesk.domain.permit import Permit, PermitState
from migdesk.services import day, permit_ends, stay_ends
from migdesk.services.arrivals.arrivals import register_arrival
from migdesk.services.laws import law_packs, regime_effects, regime_form, special_regimes, stays_moved
from migdesk.services.laws.law_effects import effects
from migdesk.services.laws.regime_effects import Sort
from migdesk.services.laws.special_regimes import Standing
from migdesk.services.payments import payments
from migdesk.services.payments.payments import Demand
from migdesk.services.permits import permits
from migdesk.services.stays import prolonged, status
from migdesk.services.upkeep import journal
from tests import make
from tests.services.test_arrivals import family

UNTIL, LONGER = date(2027, 1, 9), date(2027, 3, 1)
TYPED = {
    "code": "amnesty.2026",
    "since": date(2026, 11, 1),
    "until": LONGER,
    "announced": date(2026, 11, 20),
    "title.kk": "Рақымшылық",
    "title.ru": "Амнистия",
    "title.en": "Amnesty",
    "covers.grounds": "visa, temporary residence permit (RVP), without a visa",
    "covers.permits": "rvp",
    "covers.documents": True,
    "covers.ends.from": date(2026, 10, 1),
    "covers.ends.until": date(2027, 2, 28),
    "to": LONGER,
    "waives": "fine.overstay",
    "act": "Act 900",
}


def typed(**given):
    copy = special_regimes.blank()
    return copy, {**copy.values, **TYPED, **given}


@pytest.fixture
def person(desk):
    """Somebody on a permit of temporary residence until 09.01.2027."""
    draft = family()
    alone = replace(draft, members=draft.members[:1], arrival=make.arrival(basis=StayBasis.VISA_FREE))
    found = register_arrival(desk, alone).value.people[0]
    permits.issue(
        desk,
        Permit(
            kind="rvp", person=found.uid, valid_from=date(2026, 11, 20), valid_until=UNTIL, region="550000000"
        ),
    )
    return found


@pytest.fixture
def written(desk):
    """A regime that is written down and waits."""
    return regime_form.write_down(desk, *typed()).value


def kept(desk) -> tuple[date | None, date | None, date | None]:
    permit = desk.store.live(Permit)[0]
    return permit.valid_until, permit.lasts_until, desk.store.live(Arrival)[0].stay_ends_on


def switch(desk, *, on: bool = True) -> None:
    special_regimes.switch(desk, "amnesty.2026", on=on, why="Act 900")


def test_a_permit_keeps_its_own_day_beside_the_one_that_counts(desk, person, written):
    assert kept(desk) == (UNTIL, None, UNTIL)
    switch(desk)
    assert kept(desk) == (UNTIL, LONGER, LONGER)
    assert [one.due for one in day.list_terms(desk, until=LONGER) if one.kind.value == "permit"] == [LONGER]
    permit = desk.store.live(Permit)[0]
    assert permit.in_force_on(date(2027, 2, 1)) and not permit.in_force_on(date(2027, 3, 2))
    longer = prolonged.of_permit(desk.law, permit, person.citizenship)
    assert longer is not None and longer.words == "ends 09.01.2027, by “Amnesty” lasts to 01.03.2027"
    journal.undo_last(desk)
    assert kept(desk) == (UNTIL, None, UNTIL)


def test_a_permit_issued_under_a_regime_and_one_that_is_revoked(desk, person, written):
    switch(desk)
    other = permits.issue(
        desk,
        Permit(
            kind="rvp",
            person=person.uid,
            valid_from=date(2027, 1, 10),
            valid_until=date(2027, 2, 10),
            region="550000000",
        ),
    ).value
    assert desk.store.get(Permit, other.uid).lasts_until == LONGER
    permits.revoke(desk, other.uid, "№ 9")
    found = desk.store.get(Permit, other.uid)
    assert (found.state, found.lasts_until) == (PermitState.REVOKED, None)
    assert list(permit_ends.stale(desk.store, desk.law.specials)) == []


def test_what_is_kept_is_counted_anew_when_an_op_was_missed(desk, person, written):
    switch(desk)
    desk.store.connection.execute("UPDATE permit SET lasts_until = NULL")
    assert permit_ends.recount(desk) == 1
    assert kept(desk) == (UNTIL, LONGER, LONGER)


def test_who_is_touched_is_counted_before(desk, person, written):
    payments.demand_payment(desk, Demand("fine.overstay", person.uid, {"days": "4"}))
    fine = desk.store.live(Payment)[0]
    found = regime_effects.preview(desk, special_regimes.law_then(desk, "amnesty.2026", on=True))
    assert dict(found.counts) == {Sort.STAY: 1, Sort.PERMIT: 1, Sort.FINE: 1}
    assert {code: dict(counts) for code, counts in found.regions.items()} == {"550000000": dict(found.counts)}
    assert {one.name for one in found.named} == {person.full_name}
    levied = next(one.touch for one in found.named if one.touch.sort is Sort.FINE)
    assert (levied.uid, levied.before, levied.after) == (fine.uid, fine.tenge, None)
    told = regime_form.told(desk, found)
    assert "stays 1" in told[0].words()
    assert desk.store.live(LawPack)[0].in_use is False


def test_the_quick_way_over_stays_gives_what_judging_each_gives(desk, written):
    """Most ways of staying: with and without a document, a permit, earlier crossings."""
    days = [date(2026, 11, number) for number in (3, 9, 15, 20)]
    draft = family()
    for number, entered in enumerate(days):
        for basis, until in ((StayBasis.VISA, date(2026, 12, 5)), (StayBasis.VISA_FREE, None)):
            member = replace(
                draft.members[0],
                person=replace(draft.members[0].person, surname=f"Ким{number}{basis}", iin=""),
                documents=(make.document(),),
            )
            came = make.arrival(entered_on=entered, arrived_on=entered, basis=basis, stay_until=until)
            register_arrival(desk, replace(draft, members=(member,), arrival=came), duplicates=False)
    law = special_regimes.law_then(desk, "amnesty.2026", on=True)
    quick = [one for one, _place in stays_moved.moved(desk.store, law, desk.law, desk.today)]
    quick.sort(key=lambda one: one.uid)
    slow = sorted(stay_ends.stale(desk.store, law, desk.today), key=lambda one: one.uid)
    assert [(one.uid, one.before, one.after) for one in quick] == [
        (one.uid, one.before, one.after) for one in slow
    ]
    assert len(quick) == 8


def test_a_correction_takes_the_place_of_what_counts_and_is_undone(desk, person, written):
    switch(desk)
    copy = special_regimes.copy_of(desk, "amnesty.2026")
    assert copy.values["to"] == LONGER and copy.values["act"] == "Act 900"
    with pytest.raises(Invalid):
        regime_form.write_down(desk, copy, {**copy.values, "act": ""})
    done = regime_form.write_down(desk, copy, {**copy.values, "to": date(2027, 2, 20), "act": "Act 901"})
    assert (done.changes.op, done.value.in_use) == (Op.CORRECT_LAW, True)
    assert kept(desk) == (UNTIL, date(2027, 2, 20), date(2027, 2, 20))
    assert [one.code for one in special_regimes.list_regimes(desk) if one.is_own] == ["amnesty.2026"]
    journal.undo_last(desk)
    assert kept(desk) == (UNTIL, LONGER, LONGER)
    assert [one.version for one in law_packs.list_packs(desk)] == [written.version]
    switch(desk, on=False)
    assert kept(desk) == (UNTIL, None, UNTIL)
    assert special_regimes.get_regime(desk, "amnesty.2026").standing is Standing.OFF


def test_a_regime_of_the_program_is_corrected_over_it(desk):
    copy = special_regimes.copy_of(desk, "quarantine.2021_06")
    values = {**copy.values, "to": date(2021, 6, 30), "act": "Act 902"}
    with pytest.raises(Refused):
        special_regimes.switch(desk, "quarantine.2021_06", on=False, why="x")
    pack = regime_form.write_down(desk, copy, values).value
    assert not pack.in_use
    law_packs.switch_pack(desk, pack.code, on=True, why="Act 902")
    held = [one for one in desk.law.specials if one.code == "quarantine.2021_06"]
    assert [(one.to, one.until) for one in held] == [(date(2021, 6, 30), date(2021, 6, 5))]


def test_one_more_paper_is_asked_of_what_is_filed_on_its_days(desk):
    paper = {"paper.services": "rvp", "paper.kk": "ПТР", "paper.ru": "ПЦР", "paper.en": "PCR"}
    regime_form.write_down(desk, *typed(**paper))
    switch(desk)

    def asked(on: date) -> list[str]:
        return [one.code for one in desk.get_procedure("rvp", on).papers]

    assert asked(date(2026, 11, 23))[-1] == "amnesty.2026.paper"
    assert "amnesty.2026.paper" not in [*asked(date(2026, 10, 31)), *asked(date(2027, 3, 2))]
    copy = special_regimes.copy_of(desk, "amnesty.2026")
    assert copy.values["paper.ru"] == "ПЦР"


def test_regimes_that_overlap_and_act_backwards(desk, person, written):
    """A second act, announced later, from before the first and to an earlier day: the later day still wins."""
    switch(desk)
    earlier = {
        "code": "amnesty.more",
        "since": date(2026, 1, 1),
        "until": date(2027, 1, 31),
        "announced": date(2026, 11, 22),
        "covers.ends.from": None,
        "covers.ends.until": None,
        "to": date(2027, 1, 31),
        "act": "Act 950",
    }
    regime_form.write_down(desk, *typed(**earlier))
    special_regimes.switch(desk, "amnesty.more", on=True, why="Act 950")
    assert kept(desk) == (UNTIL, LONGER, LONGER)
    switch(desk, on=False)
    assert kept(desk) == (UNTIL, date(2027, 1, 31), date(2027, 1, 31))
    switch(desk)
    assert kept(desk) == (UNTIL, LONGER, LONGER)


@pytest.mark.parametrize(
    ("given", "place"),
    [
        ({"covers.permits": "rvpp"}, "covers.permits"),
        ({"waives": "fine.nothing"}, "waives"),
        ({"closes": "window"}, "closes"),
        ({"to": None}, "to"),
        ({"covers.grounds": "visum"}, "grounds"),
        ({"eases": "no.rule"}, "eases"),
    ],
)
def test_a_slip_in_a_code_is_refused_by_its_key(desk, given, place):
    with pytest.raises(BadFile) as problem:
        regime_form.write_down(desk, *typed(**given))
    assert place in problem.value.words()


def test_the_shipped_regimes_name_codes_that_exist(desk):
    from migdesk.services import law
    from migdesk.services.laws.regime_codes import refuse_unknown

    packs = law.packs()
    special = next(one for one in packs if one.id == "special")
    assert special.specials
    refuse_unknown("special.toml", special, packs)


def test_why_a_stay_and_a_permit_last_so_long_is_told_with_both_days(desk, person, written):
    switch(desk)
    terms = [one for one in day.list_terms(desk, until=LONGER) if one.due == LONGER]
    told = {one.kind.value: day.explain_term(desk, one).prolonged for one in terms}
    assert {kind: (one.ends, one.lasts) for kind, one in told.items() if one} == {
        "stay": (UNTIL, LONGER),
        "permit": (UNTIL, LONGER),
    }


MORE = """
[[term]]
code = "notice.arrival"
from = 2026-11-20
starts = "arrival"
length = 9
unit = "working_days"
title = { kk = "а", ru = "б", en = "c" }
source = "act"
[[value]]
code = "mrp"
unit = "KZT"
title = { kk = "а", ru = "б", en = "c" }
entries = [ { from = 2026-11-20, is = 5000, source = "act" } ]
[[quota]]
stream = "kandas"
year = 2026
from = 2026-11-20
source = "act"
regions = { "550000000" = 990 }
"""


@pytest.fixture
def fuller(desk, written):
    """The pack of the regime with other law beside it, as an act may have it."""
    text = written.content.replace(written.version, "2027.1") + MORE
    law_packs.take_pack(desk, law_packs.read_pack_file("amnesty.toml", text))


def test_all_that_a_pack_brings_beside_its_regime_is_told_before_it_is_switched(desk, person, fuller):
    payments.demand_payment(desk, Demand("support.relocation", person.uid, given={"persons": "1"}))
    law = special_regimes.law_then(desk, "amnesty.2026", on=True)
    found = regime_effects.preview(desk, law)
    assert dict(found.counts) == {Sort.STAY: 1, Sort.PERMIT: 1, Sort.TERM: 1, Sort.SUM: 1}
    assert [(one.code, one.after) for one in found.limits] == [("quota.kandas.2026", 990)]
    assert any("977 → 990" in one.words() for one in regime_form.told(desk, found))
    told = {(one.touch.table, one.touch.uid, one.touch.after) for one in found.named}
    assert {(one.table, one.uid, one.after) for one in effects(desk, law)} <= told


def test_each_record_is_written_once_and_what_is_worked_out_leaves_its_copies_good(desk, person, fuller):
    """The notice is written, the end of stay beside it is settled: the arrival is one revision later, not two."""
    before, permit = desk.store.live(Arrival)[0], desk.store.live(Permit)[0]
    special_regimes.switch(desk, "amnesty.2026", on=True, why="Act 900")
    after = desk.store.get(Arrival, before.uid)
    assert (after.notice_due, after.stay_ends_on) == (date(2026, 12, 3), LONGER)
    assert after.rev == before.rev + 1
    assert desk.store.get(Permit, permit.uid).rev == permit.rev
    journal.undo_last(desk)
    assert kept(desk) == (UNTIL, None, UNTIL)
    assert desk.store.get(Arrival, before.uid).notice_due == before.notice_due


NOBODY = {"covers.grounds": "", "covers.permits": "", "covers.documents": False, "to": None, "waives": ""}


@pytest.mark.parametrize(
    ("given", "listed"),
    [
        ({"waives": ""}, True),
        ({"waives": "", "covers.citizens": "DEU"}, False),
        ({"waives": "", "covers.permits": "", "covers.grounds": "visa", "covers.documents": False}, False),
        ({"waives": "", "covers.permits": "rvp", "covers.grounds": "", "covers.documents": False}, True),
        (NOBODY | {"waives": "fine.overstay", "covers.citizens": "DEU"}, True),
        (NOBODY | {"closes": "visa"}, True),
        (NOBODY | {"closes": "visa", "covers.citizens": "DEU"}, False),
    ],
)
def test_at_a_person_only_regimes_that_bear_on_him_are_told(desk, person, given, listed):
    """With citizens a regime covers and closes for them alone; a sum it does not levy is levied from nobody."""
    regime_form.write_down(desk, *typed(**given))
    switch(desk)
    found = status.person_status(desk, person.uid).regimes
    assert [one.code for one in found] == (["amnesty.2026"] if listed else [])


SHORTER = """
[[regime]]
code = "own.shorter"
basis = "visa_free"
from = 2026-01-01
citizens = ["UZB"]
per_entry = 10
count_from = 2026-01-01
title = { kk = "а", ru = "б", en = "c" }
source = "act"
"""


def test_a_pack_with_another_regime_of_stay_is_told_stay_by_stay(desk, written):
    """Then the quick way over stays does not do: each is judged, and told with its region."""
    alone = replace(family(), members=family().members[:1], arrival=make.arrival(basis=StayBasis.VISA_FREE))
    register_arrival(desk, alone)
    text = written.content.replace(written.version, "2027.1") + SHORTER
    law_packs.take_pack(desk, law_packs.read_pack_file("amnesty.toml", text))
    law = special_regimes.law_then(desk, "amnesty.2026", on=True)
    found = regime_effects.preview(desk, law)
    told = [(one.touch.table, one.touch.uid, one.touch.after) for one in found.named]
    assert [one for one in told if one[0] is Arrival] == [
        (one.table, one.uid, one.after) for one in effects(desk, law) if one.table is Arrival
    ]
    assert found.regions["550000000"][Sort.STAY] == found.counts[Sort.STAY] == 1
