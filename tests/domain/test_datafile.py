"""One strict reader for all data files: each refusal names file and key."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migdesk.domain.datafile import Keys
from migdesk.domain.errors import BadFile

T = '{ kk = "а", ru = "б", en = "c" }'


class Sort(StrEnum):
    ONE = "one"
    TWO = "two"


def keys(text):
    return Keys.parse(text, "x.toml")


def refusal(text, ask):
    with pytest.raises(BadFile) as problem:
        ask(keys(text))
    assert problem.value.words().startswith("x.toml")
    return problem.value


READERS = {
    "raw": Keys.raw,
    "text": Keys.text,
    "code": Keys.code,
    "one_of": lambda top, key, *default: top.one_of(key, Sort, *default),
    "whole": Keys.whole,
    "exact": Keys.exact,
    "number": Keys.number,
    "numbers": lambda top, key, *default: top.numbers(key, 2, *default),
    "day": Keys.day,
    "texts": Keys.texts,
}


@pytest.mark.parametrize("name", READERS)
def test_a_key_without_a_default_is_required(name):
    read = READERS[name]
    found = refusal("", lambda top: read(top, "k"))
    assert (found.path, found.place, found.text) == ("x.toml", "k", "This key is missing.")
    assert read(keys(""), "k", None) is None


def test_what_may_always_be_left_out():
    top = keys("")
    assert (top.flag("k"), top.flag("k", True), top.strings("k")) == (False, True, ())
    assert (top.tables("k"), list(top.table("k"))) == ([], [])
    assert top.strings("k", ["a"]) == ("a",)


def test_values_come_as_they_are_asked_for():
    top = keys(
        f'text = "т"\ncode = "a.b_1"\nsort = "two"\nwhole = 3\nexact = 0.1\nnumber = 2\nnumbers = [1, 2.5]\n'
        f'day = 2026-07-01\nflag = true\nstrings = ["a", "b"]\ntexts = {T}'
    )
    assert (top.text("text"), top.code("code"), top.one_of("sort", Sort)) == ("т", "a.b_1", Sort.TWO)
    assert type(top.one_of("sort", Sort)) is Sort
    assert (top.whole("whole"), top.exact("exact"), top.number("number")) == (3, Decimal("0.1"), 2.0)
    assert type(top.number("exact")) is float
    assert (top.numbers("numbers", 2), top.day("day")) == ((1.0, 2.5), date(2026, 7, 1))
    assert (top.flag("flag"), top.strings("strings")) == (True, ("a", "b"))
    assert top.texts("texts") == {"kk": "а", "ru": "б", "en": "c"}
    top.end()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("text", value) for value in ("5", "[]", '""', '" "')),
        *(("code", value) for value in ("5", '""', '"Пак"', '"a..b"')),
        *(("one_of", value) for value in ("5", '"three"', '["one"]')),
        *(("whole", value) for value in ("true", "-1", "1.0", '"1"')),
        *(("exact", value) for value in ("true", "-0.1", "inf", "nan", '"1"')),
        *(("number", value) for value in ("true", "-1", "inf", "nan", "1e400", '"1"')),
        *(("numbers", value) for value in ("1", "[1]", "[1, 2, 3]", "[1, true]", "[1, -1]", "[1, nan]")),
        *(("day", value) for value in ('"2026-07-01"', "2026-07-01T10:00:00", "10:00:00", "5")),
        *(("texts", value) for value in ('"a"', "[]")),
    ],
)
@pytest.mark.parametrize("default", [(), (None,)])
def test_a_value_of_another_kind_is_refused_with_or_without_a_default(name, value, default):
    def ask(top):
        return READERS[name](top.tables("row")[0], "k", *default)

    assert refusal(f"[[row]]\nk = {value}", ask).place.removesuffix("[2]") == "row[1].k"


@pytest.mark.parametrize(
    ("value", "ask", "place"),
    [
        ("5", lambda top: top.flag("k"), "k"),
        ('"a"', lambda top: top.strings("k"), "k"),
        ('["a", ""]', lambda top: top.strings("k"), "k"),
        ('["a", "b", "a"]', lambda top: top.strings("k"), "k[3]"),
        ("5", lambda top: top.table("k"), "k"),
        ("{}", lambda top: top.tables("k"), "k"),
        ("[{}, 5]", lambda top: top.tables("k"), "k"),
        ("0", lambda top: top.whole("k", least=1), "k"),
    ],
)
def test_lists_tables_and_limits_are_checked(value, ask, place):
    assert refusal(f"k = {value}", ask).place == place


def test_a_blank_text_needs_a_text_as_default():
    assert keys('k = ""').text("k", "") == ""


@pytest.mark.parametrize(
    ("value", "place"),
    [
        ("{}", "k.kk"),
        ('{ kk = "а", en = "c" }', "k.ru"),
        ('{ kk = "а", ru = " ", en = "c" }', "k.ru"),
        ('{ kk = "а", ru = "б", en = "c", de = "d" }', "k.de"),
        ('{ kk = "а", ru = "б", en = "c {x}" }', "k"),
        ('{ kk = "{x.y}", ru = "{x.y}", en = "{x.y}" }', "k"),
        ('{ kk = "{}", ru = "{}", en = "{}" }', "k"),
        ('{ kk = "а", ru = "{", en = "c" }', "k.ru"),
    ],
)
def test_texts_have_every_language_and_the_same_names_in_braces(value, place):
    assert refusal(f"k = {value}", lambda top: top.texts("k")).place == place
    assert refusal(f"k = {value}", lambda top: top.texts("k", {})).place == place


def test_braces_of_a_form_are_left_to_the_form():
    top = keys('k = { kk = "{a.b | day}", ru = "{" }')
    assert top.texts("k", languages=("kk", "ru"), slots=True)["ru"] == "{"


def test_a_span_does_not_end_before_it_begins():
    assert keys("from = 2026-01-01").span() == (date(2026, 1, 1), None)
    assert keys("").span(None) == (None, None)
    day, later = date(2026, 1, 1), date(2026, 12, 31)
    assert keys("").span(day, later) == (day, later)
    assert refusal("until = 2025-12-31", lambda top: top.span(day)).place == "until"
    assert refusal("", Keys.span).place == "from"


def test_the_first_key_nobody_asked_for_is_named():
    def ask(top):
        top.text("b")
        top.end()

    assert refusal('z = 1\nb = "x"\na = 1', ask).place == "z"


def test_looking_at_names_asks_for_nothing():
    top = keys("a = 1\nb = 2")
    assert ("a" in top, "c" in top, list(top)) == (True, False, ["a", "b"])
    with pytest.raises(BadFile):
        top.end()


@pytest.mark.parametrize(
    "text", ["k = ", "k = " + "1" * 5000, "k = 1e99999999999999999999", "k = " + "[" * 5000, "k = 2026-13-01"]
)
def test_a_text_that_toml_cannot_take_is_refused_and_not_a_crash(text):
    assert refusal(text, Keys.end).place == ""


@given(st.text(max_size=60), st.sampled_from(sorted(READERS)))
def test_any_value_is_read_or_refused(text, name):
    try:
        READERS[name](keys(f"k = {text}"), "k")
    except BadFile as problem:
        assert problem.words()
