from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from migdesk.domain.dates import PartialDate
from migdesk.domain.finding import Severity
from migdesk.domain.ids import (
    check_digit,
    check_person_iin,
    clean_document_number,
    make_bin,
    make_iin,
    read_number,
)

TODAY = date(2026, 11, 23)
JSON_KEYS = {"valid", "read_as", "kind", "birth_date", "sex", "problem", "findings"}

births = st.dates(date(1930, 1, 1), TODAY)


def codes(reading):
    return {finding.code for finding in reading.findings}


@pytest.mark.parametrize(
    ("iin", "born", "sex"),
    [
        ("900101300017", date(1990, 1, 1), "m"),
        ("851225400128", date(1985, 12, 25), "f"),
        ("050712500230", date(2005, 7, 12), "m"),
        ("120609600044", date(2012, 6, 9), "f"),
        ("910305300904", date(1991, 3, 5), "m"),
        ("910305300916", date(1991, 3, 5), "m"),
        ("061211600012", date(2006, 12, 11), "f"),
    ],
)
def test_worked_examples_of_iin(iin, born, sex):
    reading = read_number(iin, TODAY)
    assert (reading.valid, reading.kind, reading.birth_date, reading.sex) == (True, "iin", born, sex)
    assert reading.findings == ()


@pytest.mark.parametrize("number", ["220640001232", "241151000450", "190360000076"])
def test_worked_examples_of_bin(number):
    reading = read_number(number, TODAY)
    assert (reading.valid, reading.kind, reading.birth_date, reading.sex) == (True, "bin", None, None)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "length"),
        ("   ", "length"),
        ("90010130001", "length"),
        ("9001013000170", "length"),
        ("90010130001O", "digits"),
        ("нет", "digits"),
        ("9.00101E+11", "digits"),
        ("²²²²²²²²²²²²", "digits"),
        ("900101300017\x00", "digits"),
        ("901301300017", "date"),
        ("900230300011", "date"),
        ("270101500017", "date"),
        ("000000000000", "date"),
        ("221340001231", "date"),
        ("900101700017", "century"),
        ("900101900017", "century"),
        ("900101300018", "checksum"),
        ("220640001233", "checksum"),
    ],
)
def test_problem_is_named(text, problem):
    reading = read_number(text, TODAY)
    assert not reading.valid
    assert reading.problem == problem
    assert any(finding.severity is Severity.BLOCK for finding in reading.findings)
    assert (reading.read_as is None) == (problem in ("length", "digits"))


@pytest.mark.parametrize("last", "0123456789")
def test_no_number_exists_when_both_rows_give_ten(last):
    reading = read_number("91030530093" + last, TODAY)
    assert reading.problem == "checksum"
    assert "iin.impossible" in codes(reading)


@pytest.mark.parametrize(
    "text",
    [
        " 900101300017 ",
        "9001 0130 0017",
        "900101-300017",
        "900101–300017",
        "900\u00a0101\u202f300\u2009017",
        "900101300017.0",
        "900101300017,00",
        "'900101300017",
        "ИИН: 900101300017",
        "ЖСН 900101300017",
        "９００１０１３０００１７",
        "\u200e900101300017\u202c",
        "٩٠٠١٠١٣٠٠٠١٧",
        "900101300017\r\n",
        "№ 900101300017",
        "(900101300017);",
        "«900101300017»",
        '="900101300017"',
        "900.101.300.017",
        "900,101,300,017",
        "ИИН/ЖСН: 900101300017.",
    ],
)
def test_harmless_dirt_is_cleaned_with_a_note(text):
    reading = read_number(text, TODAY)
    assert reading.valid
    assert reading.read_as == "900101300017"
    assert codes(reading) == {"iin.cleaned"}


def test_zero_eaten_by_excel_is_told_and_not_guessed():
    reading = read_number("50712500230", TODAY)
    assert (reading.valid, reading.read_as, reading.problem) == (False, None, "length")
    assert "iin.leading_zero" in codes(reading)
    assert "iin.leading_zero" not in codes(read_number("90010130001", TODAY))


def test_number_in_scientific_form_is_refused_with_advice():
    reading = read_number("9.00101E+11", TODAY)
    assert codes(reading) == {"iin.excel"}
    assert "9.00101E+11" in reading.findings[0].words()


@pytest.mark.parametrize("text", ["9OO1O13OOO17", "90О101300017", "9001013000l7"])
def test_letters_that_look_like_digits_are_told_and_not_replaced(text):
    reading = read_number(text, TODAY)
    assert (reading.valid, reading.read_as, reading.problem) == (False, None, "digits")
    assert "iin.letters" in codes(reading)
    assert "iin.letters" not in codes(read_number("9OO1O13OOO18", TODAY))


@pytest.mark.parametrize("text", ["1.2E+11", "9,00101Е+11", "9.00101300017e+011"])
def test_any_scientific_form_is_the_damage_of_excel(text):
    assert codes(read_number(text, TODAY)) == {"iin.excel"}


def test_seventh_digit_zero_is_accepted_with_a_warning():
    old = check_digit("90010100001")
    reading = read_number(f"90010100001{old}", TODAY)
    assert (reading.valid, reading.sex, reading.birth_date) == (True, None, date(1990, 1, 1))
    assert codes(reading) == {"iin.century_zero"}
    young = check_digit("05071200001")
    assert read_number(f"05071200001{young}", TODAY).birth_date is None


def test_a_bin_of_a_month_to_come_is_refused():
    assert read_number(make_bin(2026, 12, 4, 0, 5), TODAY).problem == "date"
    assert read_number(make_bin(2026, 11, 4, 0, 5), TODAY).valid


def test_odd_bins_are_warned_of():
    assert "iin.bin_unit" in codes(read_number(make_bin(2020, 5, 4, 7, 21), TODAY))
    assert "iin.bin_year" in codes(read_number(make_bin(1960, 5, 4, 0, 21), TODAY))


def test_json_has_the_keys_of_the_contract():
    for text in ("900101300017", "220640001232", "", "x"):
        assert set(read_number(text, TODAY).as_json()) == JSON_KEYS
    answer = read_number("900101300017", TODAY).as_json()
    assert answer["birth_date"] == "1990-01-01"


def test_repr_holds_no_number():
    assert "900101" not in repr(read_number("900101300017", TODAY))


@given(births, st.sampled_from("mf"), st.integers(0, 9999))
def test_made_iin_reads_back(born, sex, serial):
    iin = make_iin(born, sex, serial)
    if iin is not None:
        reading = read_number(iin, TODAY)
        assert (reading.valid, reading.birth_date, reading.sex) == (True, born, sex)


@given(births, st.sampled_from("mf"), st.integers(0, 9999), st.integers(1, 9))
def test_another_last_digit_never_fits(born, sex, serial, shift):
    iin = make_iin(born, sex, serial)
    if iin is not None:
        wrong = str((int(iin[-1]) + shift) % 10)
        assert read_number(iin[:-1] + wrong, TODAY).problem == "checksum"


def test_a_wrong_digit_is_noticed_in_all_places_but_the_eleventh():
    """Its weight is 11, which the remainder by 11 cannot see: the state's rule, not ours."""
    iin = "900101300017"
    for at in (*range(10), 11):
        for digit in set("0123456789") - {iin[at]}:
            assert not read_number(iin[:at] + digit + iin[at + 1 :], TODAY).valid


@given(
    st.integers(1995, 2025), st.integers(1, 12), st.integers(4, 6), st.integers(0, 3), st.integers(0, 99999)
)
def test_made_bin_reads_back(year, month, kind, unit, serial):
    number = make_bin(year, month, kind, unit, serial)
    if number is not None:
        assert (read_number(number, TODAY).valid, read_number(number, TODAY).kind) == (True, "bin")


@settings(max_examples=200)
@given(st.text(max_size=40))
def test_any_text_is_answered(text):
    reading = read_number(text, TODAY)
    assert reading.valid == (reading.problem is None)
    assert all(finding.words() for finding in reading.findings)


def test_very_long_text_is_answered():
    assert read_number("9" * 10_000, TODAY).problem == "length"
    assert read_number("😀\u202e" * 5000, TODAY).problem == "digits"


@pytest.mark.parametrize(
    "bad", [(date(1700, 1, 1), "m", 1), (date(1990, 1, 1), "x", 1), (date(1990, 1, 1), "m", 10_000)]
)
def test_impossible_iin_is_not_made(bad):
    with pytest.raises(ValueError):
        make_iin(*bad)
    with pytest.raises(ValueError):
        make_bin(2020, 13, 4, 0, 1)


def test_iin_is_compared_with_the_file_as_warnings():
    born = PartialDate(1990, 1, 1)
    assert check_person_iin("900101300017", born, "m") == []
    assert check_person_iin("900101300017", PartialDate(1990), "m") == []
    assert check_person_iin("900101300017", None, None) == []
    found = check_person_iin("900101300017", PartialDate(1990, 1, 2), "f")
    assert [finding.code for finding in found] == ["iin.birth_date", "iin.sex"]
    assert {finding.severity for finding in found} == {Severity.WARN}
    assert check_person_iin("900101300018", born, "m")[0].severity is Severity.WARN
    assert check_person_iin("220640001232", born, "m")[0].code == "iin.is_bin"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" n 1234-5678 ", "N12345678"),
        ("№ 012345678", "012345678"),
        ("12345678.0", "12345678"),
        ("АВ 123456", "AB123456"),
        ("II-БА 123456", "IIБА123456"),
        ("ＡＡ１２３", "AA123"),
        ("", ""),
        ("\x00\u200e", ""),
    ],
)
def test_document_numbers_are_made_comparable(typed, kept):
    assert clean_document_number(typed) == kept
    assert clean_document_number(kept) == kept
