"""A change of law written down by the head: a copied entry in a pack of the office, and exactly what it changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from migdesk.domain.arrival import Arrival
from migdesk.domain.case import Case
from migdesk.domain.errors import Invalid, Refused
from migdesk.domain.finding import Confidence
from migdesk.domain.law_pack import LawPack
from migdesk.domain.office import CalendarDay, Role
from migdesk.domain.payment import Payment
from migdesk.domain.quota import Stream
from migdesk.rules.pack import Kind
from migdesk.services.arrivals import arrivals
from migdesk.services.laws import choices, law_copies, law_editing, law_outlook, law_packs, law_reading
from migdesk.services.laws.law_reading import Line, Wanted
from migdesk.services.payments import paid_parts, payments, receipts
from migdesk.services.payments.payments import Demand
from migdesk.services.quotas import quotas
from migdesk.services.quotas.quotas import Pot
from migdesk.services.upkeep import journal, rights
from tests import make
from tests.services.test_arrivals import family
from tests.services.test_cases import opened

ACT = {"act": "Приказ № 10 от 20.11.2026", "article": "п. 3", "address": "adilet.kz"}
FIRST = date(2026, 11, 20)
SHORT, LONG = date(2026, 11, 25), date(2026, 11, 27)


def line_of(desk, code: str, kind: Kind) -> Line:
    lines = law_reading.read_law(desk, Wanted(kind=kind))
    return max((one for one in lines if one.entry.code == code), key=lambda one: one.entry.since)


def change(desk, named: str, kind: Kind, /, **values) -> LawPack:
    """Write a change down and switch its pack on."""
    copy = law_copies.copy_of(desk, line_of(desk, named, kind))
    pack = law_editing.amend(desk, copy, {**copy.values, **ACT, **values}).value
    return law_packs.switch_pack(desk, pack.code, on=True, why=ACT["act"]).value


@pytest.fixture
def came(desk):
    """Two who arrived: the day before the act and on its first day."""
    for day in (date(2026, 11, 19), FIRST):
        alone = replace(family(), members=family().members[:1])
        arrivals.register_arrival(desk, replace(alone, arrival=make.arrival(entered_on=day, arrived_on=day)))
    return desk


def due_days(desk) -> list[tuple[date | None, date | None]]:
    return [(one.notice_due, one.registration_due) for one in desk.store.live(Arrival)]


def test_every_entry_can_be_copied_and_read_again(desk):
    lines = law_reading.read_law(desk)
    given = {**ACT, "since": date(2027, 5, 5), "on": date(2027, 5, 4), "to": date(2027, 6, 5)}
    copied = 0
    for line in lines:
        try:
            copy = law_copies.copy_of(desk, line)
        except Refused as problem:
            assert problem.findings[0].code == "law.follows"
            continue
        given_days = {"to": None} if copy.values.get("days") else {}
        unlasting = {"to": None} if not copy.values.get("covers.grounds") else {}
        named = {} if copy.values.get("region") != "" else {"region": min(copy.table["regions"]), "units": 1}
        pack = law_editing.pack_with(desk, copy, {**copy.values, **given, **given_days, **unlasting, **named})
        assert pack.code.startswith("own.prikaz")
        copied += 1
    assert copied > 250


def test_a_longer_term_changes_the_days_it_speaks_of_and_no_others(came):
    before = due_days(came)
    change(came, "notice.arrival", Kind.TERM, length=5, since=FIRST)
    after = due_days(came)
    assert [one[0] for one in before] == [date(2026, 11, 24), SHORT]
    assert [one[0] for one in after] == [date(2026, 11, 24), LONG]
    assert [one[1] for one in before] == [one[1] for one in after]


def test_what_stands_otherwise_in_the_register_is_left_alone(came):
    """A due day that somebody brought from elsewhere is not touched by an act that says nothing of it."""
    stored = came.store.live(Arrival)[0]
    with came.write(law_packs.Op.CORRECT_ARRIVAL) as tx:
        tx.put(stored, registration_due=None, notice_due=date(2026, 12, 31))
    pack = change(came, "notice.arrival", Kind.TERM, length=5, since=FIRST)
    kept = came.store.get(Arrival, stored.uid)
    assert (kept.registration_due, kept.notice_due) == (None, date(2026, 12, 31))
    assert pack.in_use


def test_the_days_of_reminding_are_changed_like_the_length(came):
    copy = law_copies.copy_of(came, line_of(came, "notice.arrival", Kind.TERM))
    assert copy.values["remind"] == "3, 1"
    change(came, "notice.arrival", Kind.TERM, remind="2, 10", since=FIRST)
    assert came.law.term("notice.arrival", FIRST).remind == (10, 2)
    with pytest.raises(Invalid) as refused:
        change(came, "notice.arrival", Kind.TERM, remind="soon", since=FIRST)
    assert [one.field for one in refused.value.findings] == ["remind"]


def test_it_is_said_beforehand_and_by_name(came):
    copy = law_copies.copy_of(came, line_of(came, "notice.arrival", Kind.TERM))
    values = {**copy.values, **ACT, "length": 5, "since": FIRST}
    found = law_editing.try_it(came, copy, values)
    assert [one.code for one in law_outlook.told(found)] == ["law.days"]
    (line,) = law_outlook.named(came, found[0])
    assert (line.code, line.before, line.after) == ("notice.arrival", SHORT, LONG)
    assert line.name
    assert came.store.live(LawPack) == []
    assert law_editing.foretell(came, copy, values | {"length": 3})[0].code == "law.nothing"


def test_a_new_mrp_changes_the_sums_that_are_due_by_it_alone(came):
    person = came.store.live(Arrival)[0].person
    days = (date(2026, 11, 19), date(2026, 11, 20))
    demands = [Demand("support.relocation", person, {"persons": "1"}, on=day) for day in days]
    first, second = (payments.demand_payment(came, one).value[0] for one in demands)
    paid = payments.demand_payment(came, demands[1]).value[0]
    receipts.pay(came, paid.uid, "R-1", on=came.today)
    change(came, "mrp", Kind.VALUE, figure="4 400", since=FIRST)
    sums = {one.uid: (one.tenge, one.mrp) for one in came.store.live(Payment)}
    assert sums[first.uid] == (70 * 4325, "4325")
    assert sums[second.uid] == (70 * 4400, "4400")
    assert sums[paid.uid] == (70 * 4325, "4325")
    journal.undo_last(came)
    assert came.store.get(Payment, second.uid).tenge == 70 * 4325


def test_a_sum_brought_below_what_was_paid_of_it_is_settled_and_the_rest_told(came):
    """It stayed due with nothing left to pay, and overdue for ever. Undo brings back what was owed."""
    person = came.store.live(Arrival)[0].person
    demand = Demand("support.relocation", person, {"persons": "1"}, on=date(2026, 11, 20))
    owed = payments.demand_payment(came, demand).value[0]
    for n, tenge in enumerate((200_000, 90_000), start=1):
        receipts.pay(came, owed.uid, f"R-{n}", tenge=tenge)
    copy = law_copies.copy_of(came, line_of(came, "mrp", Kind.VALUE))
    said = law_editing.foretell(came, copy, {**copy.values, **ACT, "figure": "4000", "since": FIRST})
    assert [(one.code, one.words()) for one in said if one.code == "law.overpaid"]
    change(came, "mrp", Kind.VALUE, figure="4000", since=FIRST)
    settled = came.store.get(Payment, owed.uid)
    assert (settled.state, settled.tenge, settled.paid, settled.overpaid) == (
        "paid",
        280_000,
        290_000,
        10_000,
    )
    assert [(one.receipt, one.tenge) for one in paid_parts.parts_of(came, settled)] == [
        ("R-1", 200_000),
        ("R-2", 90_000),
    ]
    assert payments.count_unpaid(came).number == 0
    journal.undo_last(came)
    again = came.store.get(Payment, owed.uid)
    assert (again.state, again.rest) == ("due", 70 * 4325 - 290_000)
    assert len(paid_parts.parts_of(came, again)) == 2


def test_sums_are_said_beforehand(came):
    person = came.store.live(Arrival)[0].person
    payments.demand_payment(came, Demand("support.relocation", person, {"persons": "1"}, on=FIRST))
    copy = law_copies.copy_of(came, line_of(came, "mrp", Kind.VALUE))
    found = law_editing.try_it(came, copy, {**copy.values, **ACT, "figure": "4400", "since": FIRST})
    (said,) = law_outlook.told(found)
    assert (said.code, said.values) == ("law.sums", {"n": 1, "tenge": "+5\u00a0250"})
    (line,) = law_outlook.named(came, found[0])
    assert (line.before, line.after) == (70 * 4325, 70 * 4400)


def test_a_raised_quota_counts_from_its_day_for_its_region(desk):
    pot = Pot(Stream.KANDAS, "550000000", 2026)
    copy = law_copies.copy_of(desk, line_of(desk, "quota.kandas.2026", Kind.QUOTA))
    values = {**copy.values, **ACT, "region": "550000000", "units": 1500, "since": FIRST}
    (limit,) = law_editing.try_it(desk, copy, values)[1]
    assert (limit.code, limit.before, limit.after) == ("quota.kandas.2026", 977, 1500)
    change(desk, "quota.kandas.2026", Kind.QUOTA, region="550000000", units=1500, since=FIRST)
    assert quotas.check_pot(desk, pot).balance.limit == 1500
    assert quotas.check_pot(desk, pot, on=date(2026, 11, 19)).balance.limit == 977
    assert desk.law.quota_limit("kandas", "750000000", 2026) == desk.law.quota_limit(
        "kandas", "750000000", 2026, on=date(2026, 11, 19)
    )


def test_a_limit_below_what_is_allotted_is_warned_of(desk):
    quotas.allot(desk, Pot(Stream.KANDAS, "550000000", 2026), 900, "order 1")
    copy = law_copies.copy_of(desk, line_of(desk, "quota.kandas.2026", Kind.QUOTA))
    values = {**copy.values, **ACT, "region": "550000000", "units": 500, "since": FIRST}
    assert [one.code for one in law_editing.foretell(desk, copy, values)] == ["law.limit", "law.over"]


def test_one_pack_holds_what_one_act_changes_while_it_is_off(desk):
    def amend(code, kind, **values) -> LawPack:
        copy = law_copies.copy_of(desk, line_of(desk, code, kind))
        return law_editing.amend(desk, copy, {**copy.values, **ACT, **values}).value

    first = amend("notice.arrival", Kind.TERM, length=5, since=FIRST)
    second = amend("mrp", Kind.VALUE, figure="4400", since=FIRST)
    third = amend("notice.arrival", Kind.TERM, length=7, since=FIRST)
    assert first.code == second.code == third.code
    assert [first.version, second.version, third.version] == ["2026.11.23", "2026.11.23.2", "2026.11.23.3"]
    assert [one.uid for one in law_packs.list_packs(desk)] == [third.uid]
    law_packs.switch_pack(desk, third.code, on=True, why="order 10")
    assert desk.law.term("notice.arrival", FIRST).length == 7
    assert desk.law.value("mrp", FIRST) == 4400
    later = amend("notice.address_change", Kind.TERM, length=4, since=FIRST)
    assert later.code == f"{first.code}_2"
    assert desk.law.value("mrp", FIRST) == 4400


def test_figures_and_regions_of_one_act_stand_together(desk):
    for year, figure in ((2028, "4900"), (2027, "4600"), (2028, "5000")):
        copy = law_copies.copy_of(desk, line_of(desk, "mrp", Kind.VALUE))
        values = {**copy.values, **ACT, "figure": figure, "since": date(year, 1, 1)}
        pack = law_editing.amend(desk, copy, values).value
    (value,) = law_copies.own_tables(pack)["value"]
    assert [(one["from"].year, int(one["is"])) for one in value["entries"]] == [(2027, 4600), (2028, 5000)]
    for region in ("550000000", "110000000"):
        copy = law_copies.copy_of(desk, line_of(desk, "quota.kandas.2026", Kind.QUOTA))
        values = {**copy.values, **ACT, "region": region, "units": 7, "since": FIRST}
        pack = law_editing.amend(desk, copy, values).value
    (order,) = law_copies.own_tables(pack)["quota"]
    assert order["regions"] == {"550000000": 7, "110000000": 7}


def test_an_own_entry_is_copied_from_the_office_s_pack(desk):
    change(desk, "notice.arrival", Kind.TERM, length=5, since=FIRST)
    line = line_of(desk, "notice.arrival", Kind.TERM)
    assert line.is_own
    assert line.entry.citation.source.act == ACT["act"]
    assert law_copies.copy_of(desk, line).values["length"] == 5


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"figure": "four"}, "figure"),
        ({"figure": "-1"}, "figure"),
        ({"figure": "NaN"}, "figure"),
        ({"figure": ""}, "figure"),
        ({"since": None}, "since"),
        ({"act": ""}, "act"),
    ],
)
def test_what_cannot_be_read_is_named_by_its_field(desk, values, field):
    copy = law_copies.copy_of(desk, line_of(desk, "mrp", Kind.VALUE))
    with pytest.raises(Invalid) as caught:
        law_editing.amend(desk, copy, {**copy.values, **ACT, "since": FIRST, "figure": "1", **values})
    assert [one.field for one in caught.value.findings] == [field]


def test_a_period_that_ends_before_it_begins_is_refused_at_its_field(desk):
    """Nobody gave a file, so none is named."""
    copy = law_copies.copy_of(desk, line_of(desk, "notice.arrival", Kind.TERM))
    with pytest.raises(Invalid) as caught:
        law_editing.amend(desk, copy, {**copy.values, **ACT, "since": FIRST, "until": date(2026, 1, 1)})
    assert [one.field for one in caught.value.findings] == ["until"]


def test_words_of_an_act_cannot_leave_their_place(desk):
    act = 'Act "x"\\ }\n[[rule]]\ncode = "bad" \x7f # 5'
    copy = law_copies.copy_of(desk, line_of(desk, "mrp", Kind.VALUE))
    values = {**copy.values, "act": act, "since": FIRST, "figure": "4400"}
    pack = law_editing.amend(desk, copy, values).value
    assert law_copies.own_tables(pack)["source"][0]["act"] == 'Act "x"\\ } [[rule]] code = "bad" # 5'
    assert "rule" not in law_copies.own_tables(pack)
    given = law_packs.read_pack_file("x.toml", law_packs.sealed(pack))
    assert given.digest == pack.digest


def test_a_pack_that_cannot_be_read_any_more_stops_no_other_change(desk):
    with desk.write(law_packs.Op.TAKE_LAW) as tx:
        tx.put(LawPack(code="own.old", version="1", content="year = [", digest="0", taken_on=FIRST))
    assert change(desk, "mrp", Kind.VALUE, figure="4400", since=FIRST).in_use
    assert [one.code for one in law_packs.unread(desk)] == ["law.unread_pack"]


def test_a_source_carries_how_far_it_was_checked(desk):
    pack = change(desk, "mrp", Kind.VALUE, figure="4400", since=FIRST, confidence=Confidence.UNVERIFIED)
    (source,) = law_copies.own_tables(pack)["source"]
    assert (source["confidence"], source["mark"], source["article"]) == ("unverified", "U", "п. 3")
    assert desk.law.value_entry("mrp", FIRST).citation.confidence is Confidence.UNVERIFIED


def test_only_the_head_changes_the_law(desk):
    rights.set_role(desk, "tester", Role.HEAD)
    copy = law_copies.copy_of(desk, line_of(desk, "mrp", Kind.VALUE))
    rights.set_role(desk, "other", Role.HEAD)
    rights.set_role(desk, "tester", Role.CLERK)
    values = {**copy.values, **ACT, "figure": "4400", "since": FIRST}
    with pytest.raises(Refused) as caught:
        law_editing.amend(desk, copy, values)
    assert caught.value.findings[0].code == "heads_only"
    with pytest.raises(Refused):
        choices.save_calendar_day(desk, CalendarDay(day=FIRST, reason="x"))
    assert desk.store.live(LawPack) == []


def test_a_special_regime_as_a_copy_of_an_earlier_one(came):
    given = {
        "code": "quarantine.2026_11",
        "since": FIRST,
        "until": date(2026, 12, 10),
        "covers.terms": "notice.arrival",
        "covers.grounds": "",
        "covers.permits": "",
        "to": date(2026, 12, 10),
        "covers.ends.from": FIRST,
        "waives": "",
        "title.kk": "Карантин",
        "title.ru": "Карантин",
        "title.en": "Quarantine",
    }
    before = due_days(came)
    change(came, "quarantine.2020_03", Kind.SPECIAL, **given)
    after = due_days(came)
    assert [one[0] for one in after] == [date(2026, 12, 10), date(2026, 12, 10)]
    assert [one[1] for one in before] == [one[1] for one in after]
    found = came.law.deadline("notice.arrival", FIRST)
    assert found.extended_by


def test_whom_an_entry_touched(came):
    entry = line_of(came, "notice.arrival", Kind.TERM).entry
    touched = law_reading.touched_by(came, entry)
    assert (touched.decisions, touched.payments, touched.running) == (0, 0, 2)
    assert {one.table for one in touched.named} == {Arrival}
    person = came.store.live(Arrival)[0].person
    payments.demand_payment(came, Demand("support.relocation", person, {"persons": "1"}, on=FIRST))
    for code, kind in (("support.relocation", Kind.AMOUNT), ("mrp", Kind.VALUE)):
        assert law_reading.touched_by(came, line_of(came, code, kind).entry).payments == 1
    change(came, "notice.arrival", Kind.TERM, length=5, since=FIRST)
    lines = law_reading.read_law(came, Wanted(words="notice.arrival", kind=Kind.TERM))
    assert sorted(law_reading.touched_by(came, one.entry).running for one in lines) == [1, 1]


def test_what_narrows_the_list(desk):
    every = law_reading.read_law(desk)
    terms = law_reading.read_law(desk, Wanted(kind=Kind.TERM))
    assert {one.entry.kind for one in terms} == {Kind.TERM}
    unsure = law_reading.read_law(desk, Wanted(confidence=Confidence.UNVERIFIED))
    assert {one.entry.citation.confidence for one in unsure} == {Confidence.UNVERIFIED}
    words = law_reading.read_law(desk, Wanted(words="ҚАБЫЛДАУШЫ notice"))
    assert "notice.arrival" in {one.entry.code for one in words}
    held = law_reading.read_law(desk, Wanted(words="mrp", kind=Kind.VALUE, on=date(2020, 4, 1)))
    assert [one.entry.values["is"] for one in held] == [2778]
    assert len({one.key for one in every}) == len(every)


def test_a_moved_day_is_one_step_with_both_its_days(came):
    days = [
        CalendarDay(day=date(2026, 11, 24), works=False, reason="Moved", act="Order 5"),
        CalendarDay(day=date(2026, 11, 28), works=True, reason="Moved", act="Order 5"),
    ]
    foreseen = law_outlook.outlook(came, choices.law_with_days(came, days))[0]
    before = due_days(came)
    choices.save_calendar_day(came, *days)
    after = due_days(came)
    assert [one[0] for one in after] == [SHORT, date(2026, 11, 26)]
    assert len(foreseen) == sum(one != two for old, new in zip(before, after, strict=True)
                                for one, two in zip(old, new, strict=True))  # fmt: skip
    journal.undo_last(came)
    assert due_days(came) == before
    assert choices.own_days(came) == []


def test_a_day_is_taken_back(came):
    before = due_days(came)
    choices.save_calendar_day(came, CalendarDay(day=date(2026, 11, 24), reason="Moved"))
    assert due_days(came) != before
    assert law_outlook.outlook(came, choices.law_without_day(came, date(2026, 11, 24)))[0]
    choices.drop_calendar_day(came, date(2026, 11, 24))
    assert due_days(came) == before


def test_two_days_that_are_one_are_refused(desk):
    days = [CalendarDay(day=FIRST, works=works, reason="x") for works in (True, False)]
    with pytest.raises(Invalid) as caught:
        choices.save_calendar_day(desk, *days)
    assert [one.code for one in caught.value.findings] == ["twice"]


def test_an_open_case_follows_a_new_term_of_its_service(desk):
    case = opened(desk, arrivals.register_arrival(desk, family()).value)
    term = desk.get_procedure(case.service, case.applied_on).term
    change(desk, term, Kind.TERM, length=1, since=case.applied_on)
    followed = desk.store.get(Case, case.uid)
    assert case.due_on is not None
    assert followed.due_on < case.due_on
    entry = line_of(desk, term, Kind.TERM).entry
    assert [one.uid for one in law_reading.touched_by(desk, entry).named] == [case.uid]
