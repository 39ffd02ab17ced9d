"""Refusals of the loader: each names the file and the key."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migdesk.domain.errors import BadFile
from migdesk.domain.finding import Confidence
from migdesk.rules.load import load_pack, load_packs

T = 'title = { kk = "а", ru = "б", en = "c" }\n'
HEAD = f'id = "p"\nversion = "1"\n{T}'
SOURCE = '[[source]]\nid = "s"\nact = "Act"\nread = 2026-11-01\nconfidence = "reported"\nmark = "V2"\n'
TERM = (
    '[[term]]\ncode = "t"\nfrom = 2020-01-01\nstarts = "filing"\nlength = 3\nunit = "working_days"\nsource = "s"\n'
    + T
)
RULE = (
    '[[rule]]\ncode = "r"\nfrom = 2020-01-01\njudged_on = "event"\nseverity = "warn"\nsource = "s"\n'
    'text = { kk = "а", ru = "б", en = "c" }\n'
)
REGIME = (
    '[[regime]]\ncode = "g"\nfrom = 2020-01-01\nbasis = "visa_free"\ncitizens = ["AUT"]\nper_entry = 30\n'
    f'source = "s"\n{T}'
)
VALUE = f'[[value]]\ncode = "v"\nunit = "KZT"\n{T}entries = [{{ from = 2020-01-01, is = 5, source = "s" }}]\n'
AMOUNT = f'[[amount]]\ncode = "a"\nfrom = 2020-01-01\nsource = "s"\n{T}'
QUOTA = '[[quota]]\nstream = "kandas"\nyear = 2026\nfrom = 2026-01-01\nsource = "s"\n'
OPTION_B = 'options.b = { kk = "а", ru = "б", en = "b" }\n'
SETTING = (
    f'[[setting]]\ncode = "o"\n{T}default = "a"\nsource = "s"\n'
    'options.a = { kk = "а", ru = "б", en = "a" }\n' + OPTION_B + 'text = { kk = "а", ru = "б", en = "c" }\n'
)
HOLIDAY = f'[[holiday]]\ncode = "h"\ndays = ["01-01"]\nfrom = 2020-01-01\nsource = "s"\n{T}'
DAY = f'[[day]]\non = 2026-01-02\nsource = "s"\n{T}'


def refusal(text: str) -> BadFile:
    with pytest.raises(BadFile) as problem:
        load_pack("p.toml", text)
    assert problem.value.path == "p.toml"
    assert problem.value.words().startswith("p.toml")
    return problem.value


def test_a_whole_pack_is_read():
    pack = load_pack(
        "p.toml",
        HEAD
        + SOURCE
        + TERM
        + RULE
        + 'when = { fact = "person_age", under = 16 }\n'
        + REGIME
        + VALUE
        + AMOUNT
        + "mrp = 1.5\n"
        + QUOTA
        + 'regions = { "550000000" = 9 }\n'
        + SETTING
        + HOLIDAY
        + DAY,
    )
    assert pack.terms[0].citation.confidence is Confidence.REPORTED
    assert pack.amounts[0].rows[0].mrp == Decimal("1.5")
    assert pack.quotas[0].regions == {"550000000": 9}
    assert pack.regimes[0].count_from == date(2020, 1, 1)
    assert (pack.days[0].off, pack.holidays[0].moves) == (True, True)


def test_an_amount_that_follows_a_value_has_its_days_and_sources():
    figures = '[{ from = 2020-01-01, is = 5, source = "s" }, { from = 2021-04-01, is = 6, source = "t" }]'
    pack = load_pack(
        "p.toml",
        HEAD
        + SOURCE
        + SOURCE.replace('"s"', '"t"')
        + f'[[value]]\ncode = "v"\nunit = "KZT"\n{T}entries = {figures}\n'
        + f'[[amount]]\ncode = "a"\nfollows = "v"\n{T}mrp = 2\n',
    )
    assert [(one.since, one.until, one.citation.id) for one in pack.amounts] == [
        (date(2020, 1, 1), date(2021, 3, 31), "s"),
        (date(2021, 4, 1), None, "t"),
    ]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("id = ", ""),
        (HEAD + "extra = 1\n", "extra"),
        (HEAD.replace('"1"', '""'), "version"),
        (HEAD.replace('id = "p"', 'id = "Пак"'), "id"),
        ('id = "p"\nversion = "1"\n', "title"),
        (HEAD + SOURCE + SOURCE, "source[2].id"),
        (HEAD + SOURCE.replace('"reported"', '"sure"'), "source[1].confidence"),
        (HEAD + SOURCE.replace("2026-11-01", '"2026-11-01"'), "source[1].read"),
        (HEAD + SOURCE.replace("2026-11-01", "2026-11-01T10:00:00"), "source[1].read"),
        (HEAD + TERM, "term[1].source"),
        (HEAD + SOURCE + TERM.replace('source = "s"\n', ""), "term[1].source"),
        (HEAD + SOURCE + TERM.replace('ru = "б", ', ""), "term[1].title.ru"),
        (HEAD + SOURCE + TERM.replace('ru = "б"', 'ru = " "'), "term[1].title.ru"),
        (HEAD + SOURCE + TERM.replace('en = "c"', 'en = "c", de = "d"'), "term[1].title.de"),
        (HEAD + SOURCE + TERM.replace('en = "c"', 'en = "c {x}"'), "term[1].title"),
        (HEAD + SOURCE + TERM.replace('en = "c"', 'en = "c {"'), "term[1].title.en"),
        (HEAD + SOURCE + TERM.replace('"working_days"', '"moons"'), "term[1].unit"),
        (HEAD + SOURCE + TERM.replace("length = 3", "length = -3"), "term[1].length"),
        (HEAD + SOURCE + TERM.replace("length = 3", "length = true"), "term[1].length"),
        (HEAD + SOURCE + TERM + 'until = 2019-01-01\n', "term[1].until"),
        (HEAD + SOURCE + TERM + 'roll = "next_working_day"\n', "term[1].roll"),
        (HEAD + SOURCE + TERM + "lenght = 3\n", "term[1].lenght"),
        (HEAD + SOURCE + TERM + TERM, "term t"),
        (HEAD + SOURCE + TERM + TERM.replace("2020-01-01", "2021-05-01"), "term t"),
        (HEAD + SOURCE + REGIME.replace("AUT", "Austria"), "regime[1].citizens[1]"),
        (HEAD + SOURCE + REGIME.replace('"AUT"', '"AUT", "AUT"'), "regime[1].citizens[2]"),
        (HEAD + SOURCE + REGIME.replace("per_entry = 30\n", ""), "regime[1].per_entry"),
        (HEAD + SOURCE + REGIME + "window = { limit = 181, days = 180 }\n", "regime[1].window.limit"),
        (HEAD + SOURCE + REGIME.replace('"visa_free"', '"luck"'), "regime[1].basis"),
        (HEAD + SOURCE + REGIME + REGIME.replace('"g"', '"g2"'), "regime of AUT visa_free"),
        (HEAD + SOURCE + VALUE.replace("is = 5", 'is = "5"'), "value[1].entries[1].is"),
        (HEAD + SOURCE + VALUE.replace("is = 5", "is = inf"), "value[1].entries[1].is"),
        (HEAD + SOURCE + VALUE.replace("is = 5", "is = nan"), "value[1].entries[1].is"),
        (HEAD + SOURCE + VALUE.replace("}]", '}, { from = 2020-01-01, is = 6, source = "s" }]'),
         "value[1].entries[2].from"),
        (HEAD + SOURCE + VALUE + VALUE, "value v"),
        (HEAD + SOURCE + AMOUNT, "amount[1].mrp"),
        (HEAD + SOURCE + VALUE + AMOUNT + 'mrp = 1\nfollows = "v"\n', "amount[1].from"),
        (HEAD + SOURCE + f'[[amount]]\ncode = "a"\nfollows = "v"\n{T}mrp = 1\n', "amount[1].follows"),
        (HEAD + SOURCE + AMOUNT + "mrp = 1\nrows = []\n", "amount[1].mrp"),
        (HEAD + SOURCE + AMOUNT + "rows = []\n", "amount[1].rows"),
        (HEAD + SOURCE + AMOUNT + "mrp = -1\n", "amount[1].mrp"),
        (HEAD + SOURCE + AMOUNT + "asks = { mrp = \"whole\" }\nmrp = 1\n", "amount[1].asks.mrp"),
        (HEAD + SOURCE + AMOUNT + 'asks = { days = "some" }\nmrp = 1\n', "amount[1].asks.days"),
        (HEAD + SOURCE + AMOUNT + 'mrp = 1\nper = "days"\n', "amount[1].per"),
        (HEAD + SOURCE + AMOUNT + 'asks = { days = "whole" }\nrows = [{ weeks = 1, mrp = 1 }]\n',
         "amount[1].rows[1].weeks"),
        (HEAD + SOURCE + AMOUNT + 'asks = { days = "whole" }\nrows = [{ days = [3, 1], mrp = 1 }]\n',
         "amount[1].rows[1].days"),
        (HEAD + SOURCE + AMOUNT + 'asks = { who = ["a"] }\nrows = [{ who = "b", mrp = 1 }]\n',
         "amount[1].rows[1].who"),
        (HEAD + SOURCE + AMOUNT + "defaults = { days = 1 }\nmrp = 1\n", "amount[1].defaults.days"),
        (HEAD + SOURCE + QUOTA + 'regions = { "55" = 9 }\n', "quota[1].regions.55"),
        (HEAD + SOURCE + QUOTA + 'regions = { "550000000" = -9 }\n', "quota[1].regions.550000000"),
        (HEAD + SOURCE + QUOTA + "regions = {}\n", "quota[1].regions"),
        (HEAD + SOURCE + QUOTA.replace("kandas", "tourists") + 'regions = { "550000000" = 9 }\n', "quota[1].stream"),
        (HEAD + SOURCE + SETTING.replace('default = "a"', 'default = "z"'), "setting[1].default"),
        (HEAD + SOURCE + SETTING.replace(OPTION_B, ""), "setting[1].options"),
        (HEAD + SOURCE + SETTING + SETTING, "setting o"),
        (HEAD + SOURCE + HOLIDAY.replace("01-01\"]", "13-01\"]"), "holiday[1].days[1]"),
        (HEAD + SOURCE + HOLIDAY.replace("01-01\"]", "02-29\"]"), "holiday[1].days[1]"),
        (HEAD + SOURCE + HOLIDAY + HOLIDAY.replace('"h"', '"i"'), "holiday 01-01"),
        (HEAD + SOURCE + DAY + DAY, "day 2026-01-02"),
        (HEAD + SOURCE + "term = 5\n", "source[1].term"),
        ("term = [1]\n" + HEAD, "term"),
    ],
)  # fmt: skip
def test_a_mistake_is_refused_by_file_and_key(text, place):
    assert refusal(text).place == place


@pytest.mark.parametrize(
    ("when", "place"),
    [
        ('{ fact = "moon", is = 1 }', "rule[1].when.fact"),
        ('{ fact = "person_age" }', "rule[1].when"),
        ('{ fact = "person_age", is = 1, over = 2 }', "rule[1].when"),
        ('{ fact = "person_age", is = "old" }', "rule[1].when.is"),
        ('{ fact = "person_age", is = true }', "rule[1].when.is"),
        ('{ fact = "person_citizenship", over = "UZB" }', "rule[1].when.over"),
        ('{ fact = "person_age", in = [] }', "rule[1].when.in"),
        ('{ fact = "person_age", in = ["a"] }', "rule[1].when.in"),
        ('{ fact = "person_age", present = false }', "rule[1].when.present"),
        ('{ fact = "person_citizenship", is = { value = "v" } }', "rule[1].when.is"),
        ('{ fact = "person_age", is = { fact = "person_citizenship" } }', "rule[1].when.is"),
        ('{ fact = "person_age", is = { fact = "moon" } }', "rule[1].when.is.fact"),
        ("{ all = [] }", "rule[1].when.all"),
        ('{ all = [{ fact = "person_age", like = 1 }] }', "rule[1].when.all[1]"),
        ('{ all = [{ fact = "person_age", is = 1 }], why = 1 }', "rule[1].when.why"),
        ("5", "rule[1].when"),
    ],
)
def test_a_condition_uses_known_facts_and_the_ten_words_only(when, place):
    assert refusal(HEAD + SOURCE + RULE + f"when = {when}\n").place == place


def test_a_rule_names_only_facts_in_its_text():
    text = RULE.replace('en = "c"', 'en = "c {moon}"').replace('"а"', '"{moon}"').replace('"б"', '"{moon}"')
    assert refusal(HEAD + SOURCE + text + 'when = { fact = "person_age", is = 1 }\n').place == "rule[1].text"


def test_a_placeholder_cannot_reach_into_a_value():
    spoilt = '"{person_age.__class__}"'
    text = RULE.replace('"c"', spoilt).replace('"а"', spoilt).replace('"б"', spoilt)
    assert refusal(HEAD + SOURCE + text + 'when = { fact = "person_age", is = 1 }\n').place == "rule[1].text"


def test_periods_that_follow_each_other_are_welcome():
    first = TERM.replace("from = 2020-01-01", "from = 2020-01-01\nuntil = 2020-12-31")
    pack = load_pack("p.toml", HEAD + SOURCE + first + TERM.replace("2020-01-01", "2021-01-01"))
    assert [term.since.year for term in pack.terms] == [2020, 2021]


def test_two_packs_may_not_say_two_things():
    other = HEAD.replace('"p"', '"q"')
    with pytest.raises(BadFile) as problem:
        load_packs([("p.toml", HEAD + SOURCE + TERM), ("q.toml", other + SOURCE + TERM)])
    assert (problem.value.path, problem.value.place) == ("q.toml", "term t")
    with pytest.raises(BadFile) as problem:
        load_packs([("p.toml", HEAD), ("q.toml", HEAD)])
    assert (problem.value.path, problem.value.place) == ("q.toml", "id")


def test_a_value_and_a_setting_that_are_named_must_exist():
    rule = RULE + 'when = { fact = "person_age", over = { value = "v" } }\n'
    with pytest.raises(BadFile) as problem:
        load_packs([("p.toml", HEAD + SOURCE + rule)])
    assert problem.value.place == "rule r.when"
    assert load_packs([("p.toml", HEAD + SOURCE + rule + VALUE)])
    regime = REGIME + 'only_if = { setting = "o", is = "a" }\n'
    with pytest.raises(BadFile) as problem:
        load_packs([("p.toml", HEAD + SOURCE + regime)])
    assert problem.value.place == "regime g.only_if"
    assert load_packs([("p.toml", HEAD + SOURCE + regime + SETTING)])


@given(st.text(max_size=200))
def test_any_text_is_a_pack_or_refused(text):
    with pytest.raises(BadFile):
        load_pack("p.toml", text)


@given(st.data())
def test_a_pack_with_a_stray_change_is_read_or_refused(data):
    whole = HEAD + SOURCE + TERM + RULE + 'when = { fact = "person_age", under = 16 }\n' + REGIME + VALUE
    at = data.draw(st.integers(0, len(whole) - 1))
    stray = data.draw(st.characters(codec="utf-8"))
    try:
        pack = load_pack("p.toml", whole[:at] + stray + whole[at + 1 :])
    except BadFile as problem:
        assert problem.words().startswith("p.toml")
    else:
        assert pack.citations
