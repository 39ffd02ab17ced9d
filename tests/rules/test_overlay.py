"""A pack laid over others: it holds for its days, and before and after them the others go on."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from migdesk.domain.errors import BadFile, NotFound
from migdesk.rules.law import Law, NotInForce
from migdesk.rules.load import lay_pack_over, load_pack, load_packs
from tests.rules.test_packs_load import HEAD, QUOTA, SOURCE, TERM, VALUE, T

LATER = HEAD.replace('"p"', '"later"') + SOURCE


def law(below: str, above: str) -> Law:
    packs = load_packs([("p.toml", HEAD + SOURCE + below)])
    return Law.of(lay_pack_over(packs, "later.toml", LATER + above))


def term(since: str, length: int, until: str = "") -> str:
    ends = f"until = {until}\n" if until else ""
    return TERM.replace("2020-01-01", since).replace("length = 3", f"length = {length}") + ends


def lengths(found: Law, *days: str) -> list[int | None]:
    def on(day: str) -> int | None:
        try:
            return found.term("t", date.fromisoformat(day)).length
        except NotInForce:
            return None

    return [on(day) for day in days]


@pytest.mark.parametrize(
    ("above", "expected"),
    [
        (term("2026-03-01", 5), [3, 3, 5, 5]),
        (term("2026-03-01", 5, "2026-03-31"), [3, 3, 5, 3]),
        (term("2015-01-01", 5), [5, 5, 5, 5]),
        (term("2015-01-01", 5, "2019-12-31"), [5, 3, 3, 3]),
    ],
)
def test_a_term_holds_for_its_days_and_the_old_one_around_them(above, expected):
    found = law(TERM, above)
    assert lengths(found, "2019-12-31", "2026-02-28", "2026-03-01", "2026-04-01") == (
        [None, *expected[1:]] if expected[0] == 3 else expected
    )


def test_a_term_of_another_code_stays():
    found = law(TERM, TERM.replace('"t"', '"u"'))
    assert lengths(found, "2026-01-01") == [3]
    assert found.term("u", date(2026, 1, 1)).length == 3


def value(*entries: tuple[str, int]) -> str:
    rows = ", ".join(f'{{ from = {day}, is = {figure}, source = "s" }}' for day, figure in entries)
    return f'[[value]]\ncode = "v"\nunit = "KZT"\n{T}entries = [{rows}]\n'


@pytest.mark.parametrize(
    ("above", "expected"),
    [
        ([("2027-01-01", 9)], [1, 2, 3, 9]),
        ([("2022-04-01", 9)], [1, 9, 3, 3]),
        ([("2022-02-01", 9)], [1, 2, 3, 3]),
        ([("2022-01-01", 8), ("2026-06-01", 9)], [8, 2, 3, 9]),
    ],
)
def test_a_figure_holds_until_the_next_of_its_code_in_any_pack(above, expected):
    below = value(("2022-01-01", 1), ("2022-04-01", 2), ("2023-01-01", 3))
    found = law(below, value(*above))
    days = (date(2022, 1, 31), date(2022, 4, 1), date(2023, 1, 1), date(2027, 1, 1))
    assert [found.value("v", day) for day in days] == [Decimal(one) for one in expected]


def test_a_figure_in_another_unit_is_refused_by_its_key():
    packs = load_packs([("p.toml", HEAD + SOURCE + VALUE)])
    with pytest.raises(BadFile) as refused:
        lay_pack_over(packs, "later.toml", LATER + VALUE.replace("KZT", "percent"))
    assert "value v.unit" in refused.value.words()


def test_an_amount_that_follows_a_figure_has_the_source_of_the_later_pack():
    below = value(("2022-01-01", 1)) + f'[[amount]]\ncode = "a"\nfollows = "v"\nmrp = 1\n{T}'
    later = LATER.replace('"Act"', '"Later act"')
    packs = lay_pack_over(
        load_packs([("p.toml", HEAD + SOURCE + below)]), "later.toml", later + value(("2027-01-01", 2))
    )
    acts = [
        Law.of(packs).show_rule("a", day)["source"]["act"] for day in (date(2026, 5, 1), date(2027, 5, 1))
    ]
    assert acts == ["Act", "Later act"]


def regime(code: str, since: str, citizens: str, per_entry: int) -> str:
    return (
        f'[[regime]]\ncode = "{code}"\nfrom = {since}\nbasis = "visa_free"\ncitizens = [{citizens}]\n'
        f'per_entry = {per_entry}\nsource = "s"\n{T}'
    )


def test_a_regime_takes_its_citizens_out_of_the_earlier_ones():
    found = law(regime("many", "2020-01-01", '"AUT", "TUR"', 30), regime("turkey", "2027-01-01", '"TUR"', 90))

    def days(citizen: str, year: int) -> int | None:
        one = found.regime(citizen, "visa_free", date(year, 6, 1))
        return one.per_entry if one else None

    assert [days("TUR", 2026), days("TUR", 2027), days("AUT", 2027)] == [30, 90, 30]


def test_an_order_takes_the_place_of_the_regions_it_names():
    below = QUOTA + 'regions = { "550000000" = 10, "110000000" = 20 }\n'
    found = law(below, QUOTA + 'regions = { "550000000" = 15 }\n')
    limits = [found.quota_limit("kandas", region, 2026) for region in ("550000000", "110000000")]
    assert [one.units if one else None for one in limits] == [15, 20]


def test_a_holiday_is_struck_and_a_day_moved():
    holiday = f'[[holiday]]\ncode = "h"\ndays = ["08-28"]\nfrom = 2020-01-01\nsource = "s"\n{T}'
    day = f'[[day]]\non = 2026-08-27\nsource = "s"\n{T}'
    found = law(
        holiday + day,
        holiday.replace("2020-01-01", "2030-01-01").replace('"08-28"', '"08-29"')
        + day.replace("source", "works = true\nsource"),
    )
    assert found.calendar.day_off(date(2026, 8, 27)) is None
    assert found.calendar.day_off(date(2026, 8, 28)) is not None


def test_an_earlier_pack_of_the_same_id_is_replaced_whole():
    packs = load_packs([("p.toml", HEAD + SOURCE + TERM)])
    found = Law.of(lay_pack_over(packs, "p.toml", HEAD + SOURCE + VALUE))
    with pytest.raises(NotFound):
        found.term("t", date(2026, 1, 1))


def test_a_pack_that_takes_away_what_a_rule_looks_up_is_refused():
    rule = (
        '[[rule]]\ncode = "r"\nfrom = 2020-01-01\njudged_on = "event"\nseverity = "warn"\nsource = "s"\n'
        'when = { fact = "person_age", under = { value = "v" } }\n'
        'text = { kk = "а", ru = "б", en = "c" }\n'
    )
    packs = load_packs(
        [("p.toml", HEAD + SOURCE + VALUE), ("q.toml", HEAD.replace('"p"', '"q"') + SOURCE + rule)]
    )
    with pytest.raises(BadFile):
        lay_pack_over(packs, "p.toml", HEAD + SOURCE + TERM)


def test_nothing_of_the_earlier_packs_is_changed():
    text = HEAD + SOURCE + TERM + VALUE
    packs = load_packs([("p.toml", text)])
    lay_pack_over(packs, "later.toml", LATER + term("2026-03-01", 5) + value(("2026-01-01", 9)))
    assert packs == [load_pack("p.toml", text)]
