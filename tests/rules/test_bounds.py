"""Numbers, dates and signs that no law has: each is refused with file, key, line and what is allowed."""

from __future__ import annotations

from datetime import date
from time import perf_counter

import pytest

from migdesk.domain.errors import BadFile, Invalid
from migdesk.domain.office import CalendarDay
from migdesk.rules.law import Law
from migdesk.rules.load import load_pack, load_packs
from migdesk.rules.specials import LAST_DAY, Lasting
from migdesk.services import law as shipped
from migdesk.services.laws import law_packs

WORDS = 'title = { kk = "а", ru = "б", en = "c" }\n'
HEAD = f'id = "own"\nversion = "1"\n{WORDS}'
SOURCE = '[[source]]\nid = "s"\nact = "Act"\nread = 2026-11-01\nconfidence = "verified"\nmark = "V"\n'
SINCE = f'from = 2026-01-01\nsource = "s"\n{WORDS}'
SPECIAL = f'[[special]]\ncode = "a"\nuntil = 2026-12-31\n{SINCE}'
TERM = f'[[term]]\ncode = "t"\nstarts = "arrival"\n{SINCE}'
REGIME = f'[[regime]]\ncode = "r"\nbasis = "visa_free"\n{SINCE}'
AMOUNT = f'[[amount]]\ncode = "m"\n{SINCE}'
QUOTA = '[[quota]]\nstream = "foreign_labour"\nfrom = 2026-01-01\nsource = "s"\n'
YEAR = ", ".join(f'"{month:02}-{day:02}"' for month in range(1, 13) for day in range(1, 29))
HOLIDAYS = f'[[holiday]]\ncode = "h"\ndays = [{YEAR}]\n{SINCE}'
COVERS = "covers = { documents = true }\n"


def value(unit: str, is_: str) -> str:
    entries = f'entries = [{{ from = 2026-01-01, is = {is_}, source = "s" }}]\n'
    return f'[[value]]\ncode = "v"\nunit = "{unit}"\n{WORDS}{entries}'


def refused(text: str) -> BadFile:
    with pytest.raises(BadFile) as caught:
        load_pack("own.toml", HEAD + SOURCE + text)
    assert caught.value.line
    return caught.value


@pytest.mark.parametrize(
    ("text", "place", "told"),
    [
        (SPECIAL + COVERS + f"days = {10**9}\n", "special[1].days", "from 1 to 36525"),
        (SPECIAL + COVERS + "to = 9999-12-31\n", "special[1].to", "The year 9999 is outside 1900 to 2199."),
        (SPECIAL.replace("2026-12-31", "2150-01-01") + 'suspends = ["t"]\n', "special[1].until", "3660 days"),
        (TERM + 'unit = "working_days"\nlength = 36526\n', "term[1].length", "from 0 to 36525"),
        (TERM + 'unit = "months"\nlength = 1201\n', "term[1].length", "from 0 to 1200"),
        (TERM + f'unit = "months"\nlength = {10**40}\n', "term[1].length", "at most 1000000000000"),
        (REGIME + "per_entry = 40000\n", "regime[1].per_entry", "from 1 to 36525"),
        (REGIME + "window = { limit = 90, days = 4000 }\n", "regime[1].window.days", "from 1 to 3660"),
        (AMOUNT + "mrp = 1000001\n", "amount[1].mrp", "from 0 to 1000000"),
        (AMOUNT + "mrp = 1e999999\n", "amount[1].mrp", "at most 1000000000000"),
        (AMOUNT + "mrp = nan\n", "amount[1].mrp", "at most 1000000000000"),
        (AMOUNT + "mrp = 1\nmonths = 1201\n", "amount[1].months", "from 1 to 1200"),
        (value("%", "100.5"), "value[1].entries[1].is", "from 0 to 100"),
        (value("years", "151"), "value[1].entries[1].is", "from 0 to 150"),
        (value("day of month", "0"), "value[1].entries[1].is", "from 1 to 31"),
        (value("KZT", "1.1234567"), "value[1].entries[1].is", "6 digits after the point"),
        (QUOTA + 'year = 3000\nregions = { "000000000" = 1 }\n', "quota[1].year", "from 1991 to 2199"),
        (QUOTA + 'year = 2026\nregions = { "000000000" = 10000001 }\n', "quota[1].regions.000000000", "10000000"),
        (HOLIDAYS, "holiday", "at most 150 days"),
        (TERM.replace("2026", "1899") + 'unit = "months"\nlength = 1\n', "term[1].from", "1900 to 2199"),
    ],
)  # fmt: skip
def test_what_no_law_has_is_refused_with_what_is_allowed(text, place, told):
    problem = refused(text)
    assert problem.place == place
    assert told in problem.words()


@pytest.mark.parametrize(
    ("text", "place", "told"),
    [
        (AMOUNT.replace("б", "б\\u202e") + "mrp = 1\n", "amount[1].title.ru", "U+202E"),
        (AMOUNT.replace("б", "б\\u2066") + "mrp = 1\n", "amount[1].title.ru", "U+2066"),
        (AMOUNT.replace("б", "б\\u001b[2J") + "mrp = 1\n", "amount[1].title.ru", "U+001B"),
        (AMOUNT.replace("б", "б\\nв") + "mrp = 1\n", "amount[1].title.ru", "on one line"),
        (AMOUNT.replace("б", "б" * 4001) + "mrp = 1\n", "amount[1].title.ru", "at most 4000 letters"),
        (AMOUNT + 'mrp = 1\n"x\\u202ey" = 2\n', "amount[1]", "U+202E"),
        (AMOUNT + "x = " + "[" * 40 + "]" * 40 + "\n", f"amount[1].x{'[1]' * 22}", "at most 24 deep"),
        (".".join(["a"] * 30000) + " = 1\n", "", "at most 24 deep"),
    ],
    ids=["turned", "isolated", "escape", "two lines", "long", "key", "deep", "dotted"],
)
def test_signs_nobody_sees_and_tables_too_deep_are_refused(text, place, told):
    problem = refused(text)
    assert problem.place == place
    assert told in problem.words()


@pytest.mark.parametrize(
    ("text", "place", "told"),
    [
        (REGIME + 'per_entry = 9\ncitizens = ["UZB", "QQQ"]\n', "regime[1].citizens", "“QQQ” among: countries"),
        (SPECIAL + 'closes = ["visa"]\ncovers = { citizens = ["QQQ"] }\n', "special[1].covers.citizens", "“QQQ”"),
        (QUOTA + 'year = 2026\nregions = { "999999999" = 1 }\n', "quota[1].regions", "“999999999” among: regions"),
        (QUOTA + 'year = 2026\ncategory = "9"\nregions = { "000000000" = 1 }\n', "quota[1].category", "“9”"),
        (QUOTA + 'year = 2026\nactivity = "Z"\nregions = { "000000000" = 1 }\n', "quota[1].activity", "“Z”"),
        (QUOTA + 'year = 2026\ncountry = "QQQ"\nregions = { "000000000" = 1 }\n', "quota[1].country", "“QQQ”"),
    ],
    ids=["regime", "special", "region", "category", "activity", "country"],
)  # fmt: skip
def test_a_code_that_is_in_no_list_is_refused_by_key_and_line(text, place, told):
    with pytest.raises(BadFile) as caught:
        law_packs.read_pack_file("own.toml", HEAD + SOURCE + text)
    assert (caught.value.place, caught.value.line is None) == (place, False)
    assert told in caught.value.words()


def halts(*spans: tuple[str, str]) -> str:
    rows = (
        f'[[special]]\ncode = "h{at}"\nfrom = {first}\nuntil = {last}\nsuspends = ["t"]\nsource = "s"\n{WORDS}'
        for at, (first, last) in enumerate(spans)
    )
    return "".join(rows)


@pytest.mark.parametrize(
    ("unit", "length", "due"),
    [
        ("working_days", 3, date(2199, 12, 6)),
        ("calendar_days", 30, date(2199, 12, 30)),
        ("months", 1, date(2199, 12, 31)),
    ],
)
def test_terms_that_stand_still_for_centuries_are_counted_at_once(unit, length, due):
    """Act after act of ten years each; the first days after them are off in this office, a Sunday is worked."""
    spans = [(f"{year}-01-01", f"{year + 9}-12-31") for year in range(2020, 2190, 10)]
    spans.append(("2190-01-01", "2199-11-30"))
    text = HEAD + SOURCE + TERM + f'unit = "{unit}"\nlength = {length}\n' + halts(*spans)
    own = [CalendarDay(day=date(2199, 12, day), works=day == 1, reason="r") for day in (1, 2, 3, 4)]
    law = Law.of([*shipped.packs(), *load_packs([("own.toml", text)])], own)
    began = perf_counter()
    found = [law.deadline("t", date(2026, 1, 1)) for _turn in range(20)][-1]
    assert perf_counter() - began < 0.5
    assert (found.due, len(found.extended_by)) == (due, len(spans))


def test_days_that_stand_still_twice_count_once_and_a_gap_between_them_runs():
    spans = ("2026-03-02", "2026-03-10"), ("2026-03-05", "2026-03-12"), ("2026-03-14", "2026-03-20")
    text = HEAD + SOURCE + TERM + 'unit = "calendar_days"\nlength = 3\n' + halts(*spans)
    found = Law.of(load_packs([("own.toml", text)])).deadline("t", date(2026, 3, 1))
    assert (found.due, found.extended_by) == (date(2026, 3, 22), ("h0", "h1", "h2"))


def test_a_long_chain_of_prolongations_is_followed_at_once_and_ends_with_the_calendar():
    rows = (
        f'[[special]]\ncode = "p{at}"\nfrom = 2026-01-01\ncovers = {{ documents = true }}\ndays = 36525\n'
        f'source = "s"\n{WORDS}'
        for at in range(1500)
    )
    law = Law.of(load_packs([("own.toml", HEAD + SOURCE + "".join(rows))]))
    began = perf_counter()
    last, used = law.specials.lasts(Lasting(document=True), date(2026, 5, 1))
    assert perf_counter() - began < 0.3
    assert (last, len(used)) == (LAST_DAY, 2)
    assert law.specials.reach() == (date(2026, 1, 1), LAST_DAY)


@pytest.mark.parametrize("persons", ["3", "٣", "۳", "３"])
def test_digits_of_any_script_are_digits(persons):
    law = shipped.load()
    found = law.amount("support.rent", date(2026, 11, 1), {"persons": persons, "settlement": "urban"})
    assert found.mrp_count == 25
    given = {"category": persons, "activity": "F", "years": 1}
    assert law.amount("fee.labour_permit", date(2026, 11, 1), given).mrp_count


@pytest.mark.parametrize("given", ["²", "1e3", "-1", "2026-02-30", "99999999999", "1000001", ""])
def test_what_is_no_count_is_refused_by_its_key_with_what_is_allowed(given):
    with pytest.raises(Invalid) as caught:
        shipped.load().amount("mrp", date(2026, 11, 1), {"count": given})
    assert caught.value.words() == "Give “count” as a whole number from 0 to 1000000."


def test_a_sum_that_nobody_pays_is_refused():
    text = HEAD + SOURCE + AMOUNT + 'asks = { n = "whole" }\nper = "n"\nmrp = 1000000\n'
    law = Law.of([*shipped.packs(), *load_packs([("own.toml", text)])])
    with pytest.raises(Invalid) as caught:
        law.amount("m", date(2026, 1, 1), {"n": 1000000})
    assert [(one.code, one.field) for one in caught.value.findings] == [("amount.too_large", "n")]
