from __future__ import annotations

import warnings
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from migdesk.domain.dates import PartialDate
from migdesk.domain.mrz import SPECIAL_CODES, MrzReading, read_mrz, split_documents
from migdesk.domain.mrz_make import make_mrz
from migdesk.domain.mrz_zone import SHAPES, check_digit

TODAY = date(2026, 11, 23)
JSON_KEYS = {
    "format", "valid", "problems", "document_code", "issuer", "number", "nationality", "surname",
    "given_names", "birth_date", "sex", "expires_on", "optional", "findings",
}  # fmt: skip

# The specimen of Utopia in each format, as ICAO Doc 9303 parts 4 to 7 print it (check digits recomputed).
TD3 = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10"
TD1 = "I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\nERIKSSON<<ANNA<MARIA<<<<<<<<<<"
TD2 = "I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\nD231458907UTO7408122F1204159<<<<<<<6"
MRVA = "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL8988901C4XXX4009078F96121096ZE184226B<<<<<<"
MRVB = "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\nL8988901C4XXX4009078F9612109<<<<<<<<"
LONG_TD1 = "I<UTOD23145890<7349<<<<<<<<<<<\n3407127M9507122UTO<<<<<<<<<<<2\nSTEVENSON<<PETER<JOHN<<<<<<<<<"
LONG_TD2 = "I<UTOSTEVENSON<<PETER<JOHN<<<<<<<<<<\nD23145890<UTO3407127M95071227349<<<8"
# synthetic documents of Kazakhstan, made by ICAO 9303
CARD = "IDKAZ0123456784900101300017<<<\n9001011M3305153KAZ<<<<<<<<<<<2\nOMAROV<<ARMAN<<<<<<<<<<<<<<<<<"
PASSPORT = "P<KAZOMAROV<<ARMAN<<<<<<<<<<<<<<<<<<<<<<<<<<\nN123456785KAZ9001011M3305153900101300017<<28"


def codes(reading):
    return {finding.code.removeprefix("mrz.") for finding in reading.findings}


def changed(zone, line, at, new):
    """A zone with some characters of a line replaced; places count from 1, as in the standard."""
    lines = zone.split("\n")
    lines[line] = lines[line][: at - 1] + new + lines[line][at - 1 + len(new) :]
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("zone", "name", "number", "nationality", "born", "ends", "optional"),
    [
        (TD3, "TD3", "L898902C3", "UTO", "1974-08-12", "2012-04-15", "ZE184226B"),
        (TD1, "TD1", "D23145890", "UTO", "1974-08-12", "2012-04-15", ""),
        (TD2, "TD2", "D23145890", "UTO", "1974-08-12", "2012-04-15", ""),
        (MRVA, "MRVA", "L8988901C", "XXX", "1940-09-07", "1996-12-10", "6ZE184226B"),
        (MRVB, "MRVB", "L8988901C", "XXX", "1940-09-07", "1996-12-10", ""),
    ],
)
def test_specimens(zone, name, number, nationality, born, ends, optional):
    answer = read_mrz(zone, TODAY).as_json()
    assert set(answer) == JSON_KEYS
    assert (answer["format"], answer["valid"], answer["problems"]) == (name, True, [])
    assert (answer["surname"], answer["given_names"], answer["sex"]) == ("ERIKSSON", "ANNA MARIA", "f")
    assert (answer["number"], answer["issuer"], answer["nationality"]) == (number, "UTO", nationality)
    assert (answer["birth_date"], answer["expires_on"], answer["optional"]) == (born, ends, optional)
    assert answer["document_code"] == zone[0]


@pytest.mark.parametrize(
    ("field", "digit"),
    [("520727", 3), ("AB2134<<<", 5), ("D23145890734", 9), ("<<<<<<", 0), ("L898902C3", 6)],
)
def test_check_digits_of_the_standard(field, digit):
    assert check_digit(field) == digit


def test_check_digit_of_other_characters():
    assert check_digit("Ж") is None


@pytest.mark.parametrize("zone", [LONG_TD1, LONG_TD2])
def test_document_number_longer_than_nine(zone):
    reading = read_mrz(zone, TODAY)
    assert (reading.valid, reading.number, reading.optional) == (True, "D23145890734", "")


def test_long_number_needs_its_rest_and_check_digit():
    broken = changed(LONG_TD1, 0, 16, "7348")
    assert "number_check" in read_mrz(broken, TODAY).problems
    no_rest = changed(TD1, 0, 15, "<")
    assert "number_check" in read_mrz(no_rest, TODAY).problems
    assert "number_check" in read_mrz(changed(TD3, 1, 10, "<"), TODAY).problems


@pytest.mark.parametrize("zone", [CARD, PASSPORT])
def test_documents_of_kazakhstan_carry_the_iin(zone):
    reading = read_mrz(zone, TODAY)
    assert (reading.valid, reading.iin, reading.findings) == (True, "900101300017", ())
    assert read_mrz(TD3, TODAY).iin is None


def test_iin_of_a_card_is_compared_with_its_other_fields():
    other = make_mrz(
        MrzReading(
            format="TD1", document_code="ID", issuer="KAZ", number="012345678", nationality="KAZ",
            surname="OMAROV", given_names="ARMAN", birth_date=PartialDate(1990, 1, 2), sex="f",
            expires_on=date(2033, 5, 15), optional="900101300017",
        )
    )  # fmt: skip
    reading = read_mrz(other, TODAY)
    assert reading.valid
    assert codes(reading) == {"iin.birth_date", "iin.sex"}


@pytest.mark.parametrize(
    ("zone", "line", "at", "new", "problem"),
    [
        (TD3, 1, 10, "7", "number_check"),
        (TD3, 1, 1, "M", "number_check"),
        (TD3, 1, 20, "3", "birth_check"),
        (TD3, 1, 28, "8", "expiry_check"),
        (TD3, 1, 43, "2", "optional_check"),
        (TD3, 1, 43, "<", "optional_check"),
        (TD3, 1, 44, "1", "composite_check"),
        (TD3, 1, 44, "<", "composite_check"),
        (TD1, 0, 15, "6", "number_check"),
        (TD1, 1, 7, "1", "birth_check"),
        (TD1, 1, 30, "5", "composite_check"),
        (TD1, 0, 16, "B", "composite_check"),
        (TD2, 1, 36, "7", "composite_check"),
        (MRVA, 1, 10, "5", "number_check"),
        (MRVB, 1, 28, "0", "expiry_check"),
        (TD3, 1, 21, "X", "sex"),
        (TD3, 1, 21, "W", "sex"),
        (TD3, 1, 14, "741308", "birth_date"),
        (TD3, 1, 14, "740230", "birth_date"),
        (TD3, 1, 14, "7408<1", "birth_date"),
        (TD3, 1, 14, "740800", "birth_date"),
        (TD3, 1, 22, "120431", "expiry_date"),
        (TD3, 1, 22, "<<<<<<", "expiry_date"),
        (TD3, 0, 1, "X", "document_code"),
        (TD3, 0, 2, "1", "document_code"),
        (TD1, 0, 1, "IV", "document_code"),
        (TD1, 0, 1, "AI", "document_code"),
        (TD1, 0, 1, "R", "document_code"),
        (TD2, 0, 1, "AC", "document_code"),
        (TD3, 0, 3, "UT1", "issuer"),
        (TD3, 0, 3, "UT<", "issuer"),
        (TD3, 0, 3, "<<<", "issuer"),
        (TD3, 1, 11, "U<O", "nationality"),
        (TD3, 0, 6, "<", "name"),
        (TD3, 0, 6, "ER1KSSON", "name"),
        (TD3, 0, 25, "<", "name"),
        (TD3, 0, 16, "<", "name"),
        (TD3, 1, 1, "<", "number"),
        (TD3, 1, 1, "<<<<<<<<<0", "number"),
        (TD3, 0, 10, "?", "characters"),
        (TD3, 1, 35, "Ж", "characters"),
    ],
)  # fmt: skip
def test_what_the_standard_does_not_allow(zone, line, at, new, problem):
    if problem == "name" and at == 25:
        zone = zone.replace("ANNA<MARIA<<", "ANNA<<MARIA<")
    reading = read_mrz(changed(zone, line, at, new), TODAY)
    assert not reading.valid
    assert problem in reading.problems
    assert f"mrz.{problem}" in {finding.code for finding in reading.findings}
    assert all(finding.words() for finding in reading.findings)


def test_visas_have_no_composite_check_digit():
    assert read_mrz(changed(MRVA, 1, 44, "7"), TODAY).valid
    assert read_mrz(changed(MRVB, 1, 36, "7"), TODAY).valid


def made(**changes):
    fields = {
        "format": "TD3", "document_code": "P", "issuer": "UZB", "number": "FA1234567", "nationality": "UZB",
        "surname": "KARIMOV", "given_names": "JASUR", "birth_date": PartialDate(1990, 5, 7), "sex": "m",
        "expires_on": date(2030, 1, 31),
    }  # fmt: skip
    return MrzReading(**(fields | changes))


@pytest.mark.parametrize(
    ("changes", "warning", "born"),
    [
        ({"birth_date": PartialDate(1990)}, "birth_unknown", "1990"),
        ({"birth_date": PartialDate(1990, 5)}, "birth_unknown", "1990-05"),
        ({"birth_date": None}, "birth_unknown", None),
        ({"birth_date": PartialDate(1932, 5, 7)}, "birth_century", "1932-05-07"),
        ({"sex": None}, "sex_open", "1990-05-07"),
        ({"given_names": ""}, "one_name", "1990-05-07"),
        ({"nationality": ""}, "no_nationality", "1990-05-07"),
        ({"document_code": "PN"}, "document_code", "1990-05-07"),
        ({"expires_on": date(2026, 11, 22)}, "expired", "1990-05-07"),
        ({"expires_on": date(2099, 12, 31)}, "expiry_century", "1990-05-07"),
        (
            {"expires_on": date(2099, 12, 31), "birth_date": PartialDate(2010, 5, 7)},
            "expiry_far",
            "2010-05-07",
        ),
        (
            {"expires_on": date(2019, 1, 1), "birth_date": PartialDate(2020, 1, 1)},
            "expiry_birth",
            "2020-01-01",
        ),
        ({"number": "FA<123"}, "number_gap", "1990-05-07"),
        ({"issuer": "UTO"}, "specimen", "1990-05-07"),
        ({"issuer": "DEU", "nationality": "D"}, "germany", "1990-05-07"),
        ({"surname": "BENNELONG WOOLOOMOOLOO WARRANDYTE WARNAMBOOL"}, "name_cut", "1990-05-07"),
    ],
)
def test_what_is_odd_but_allowed_is_a_warning(changes, warning, born):
    reading = read_mrz(make_mrz(made(**changes)), TODAY)
    assert (reading.valid, reading.problems) == (True, ())
    assert warning in codes(reading)
    assert {finding.severity for finding in reading.findings} == {"warn"}
    assert reading.as_json()["birth_date"] == born


@pytest.mark.parametrize("code", ["P", "PP", "PD", "PE", "PO", "PR", "PS", "PT", "PL", "PM", "PU"])
def test_agreed_kinds_of_passport_need_no_remark(code):
    reading = read_mrz(make_mrz(made(document_code=code)), TODAY)
    assert (reading.valid, reading.document_code, reading.findings) == (True, code, ())


def test_empty_optional_data_may_have_either_check_digit():
    zero = make_mrz(made())
    filler = changed(zero, 1, 43, "<")
    assert zero.split("\n")[1][42] == "0"
    assert read_mrz(zero, TODAY).valid
    assert read_mrz(filler, TODAY).valid


@pytest.mark.parametrize(
    ("digits", "year"), [("26", 2026), ("27", 1927), ("00", 2000), ("99", 1999), ("74", 1974)]
)
def test_two_digit_years_of_birth_lie_before_today(digits, year):
    assert read_mrz(changed(TD3, 1, 14, f"{digits}0101"), TODAY).birth_date == PartialDate(year, 1, 1)


def test_a_birthday_to_come_this_year_was_a_century_ago():
    assert read_mrz(changed(TD3, 1, 14, "261124"), TODAY).birth_date.year == 1926
    assert read_mrz(changed(TD3, 1, 14, "261123"), TODAY).birth_date.year == 2026


def test_country_codes_are_checked_against_the_list_when_there_is_one():
    strange = changed(make_mrz(made()), 0, 3, "QQQ")
    assert read_mrz(strange, TODAY).valid
    assert read_mrz(strange, TODAY, {"UZB", "KAZ"}).problems == ("issuer",)
    assert read_mrz(make_mrz(made()), TODAY, {"UZB"}).valid
    for code in SPECIAL_CODES:
        assert read_mrz(make_mrz(made(issuer=code, nationality=code)), TODAY, {"UZB"}).valid


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (PASSPORT.replace("\n", ""), "lines"),
        (PASSPORT.replace("\n", "\r"), None),
        (PASSPORT.replace("\n", "\r\n") + "\r\n", None),
        (PASSPORT.lower(), "case"),
        (PASSPORT.replace("<<", "«"), "fillers"),
        (PASSPORT.replace("<", "‹"), "fillers"),
        (PASSPORT.replace("<", "&lt;"), "fillers"),
        (" ".join(PASSPORT), "blanks"),
        (PASSPORT.replace("<", " "), "blanks"),
        (PASSPORT.replace("O", "О").replace("A", "А").replace("M", "М"), "lookalike"),
        ("\ufeff" + PASSPORT.replace("KAZ", "KAZ\u200b"), None),
        ("Паспорт\n" + PASSPORT + "\nfax 123", "around"),
        (PASSPORT.replace("<", "«"), "fillers"),
        (PASSPORT.replace("<", "_"), "sign"),
        (PASSPORT.replace("<", ";").lower(), "sign"),
        (PASSPORT.replace("\n", "|"), "around"),
        (PASSPORT.replace("\n", "\\r\\n"), None),
        (PASSPORT.replace("<", "&lt;").replace("\n", "<br/>"), None),
        ("]L0" + PASSPORT, "around"),
        ("%" + PASSPORT.replace("\n", "?\n%") + "?", "around"),
        ("MRZ 1: " + PASSPORT.replace("\n", "\nMRZ 2: "), "around"),
        (f'["{PASSPORT}"]'.replace("\n", '", "'), "around"),
        ("*" + PASSPORT.replace("\n", "") + "*", "around"),
        ("\n".join(line.rstrip("<") for line in PASSPORT.split("\n")), "filled"),
        (" ".join(line.rstrip("<") for line in PASSPORT.split("\n")), "filled"),
        ("\n".join(line.replace("<", " ").rstrip() for line in PASSPORT.split("\n")), "filled"),
        ("".join(chr(ord(char) + 0xFEE0) if char > " " else char for char in PASSPORT), None),
    ],
)
def test_dirt_of_scanners_and_pastes_is_cleaned(text, code):
    reading = read_mrz(text, TODAY)
    assert (reading.valid, reading.number, reading.surname) == (True, "N12345678", "OMAROV")
    assert code is None or code in codes(reading)


LATIN_KEYS = "QWERTYUIOPASDFGHJKLZXCVBNM<"
RUSSIAN_KEYS = "ЙЦУКЕНГШЩЗФЫВАПРОЛДЯЧСМИТЬБ"


def test_scanner_typing_through_a_cyrillic_keyboard_is_understood():
    russian = CARD.translate(str.maketrans(LATIN_KEYS, RUSSIAN_KEYS))
    kazakh = russian.translate(str.maketrans("1234567890", '"әіңғ,.үұқ'))
    for typed in (russian, kazakh):
        reading = read_mrz(typed, TODAY)
        assert (reading.valid, reading.iin) == (True, "900101300017")
        assert "keyboard" in codes(reading)


def test_a_short_line_is_told_and_still_read():
    names, data = PASSPORT.split("\n")
    reading = read_mrz(names[:-1] + "\n" + data, TODAY)
    assert (reading.valid, reading.problems) == (False, ("length",))
    assert (reading.format, reading.number, reading.surname) == ("TD3", "N12345678", "OMAROV")
    assert "length" in read_mrz(names + "\n" + data[:-1], TODAY).problems
    assert "length" in read_mrz(names + "<\n" + data, TODAY).problems


@pytest.mark.parametrize("zone", [CARD, MRVA, MRVB, LONG_TD1, TD2])
def test_fillers_that_a_scanner_dropped_at_the_ends_of_lines_are_put_back(zone):
    whole = read_mrz(zone, TODAY)
    for filler in ("<", " "):
        lines = [line.rstrip("<").replace("<", filler) for line in zone.split("\n")]
        reading = read_mrz("\n".join(lines), TODAY)
        assert {"filled"} <= codes(reading)
        assert [getattr(reading, name) for name in FIELDS] == [getattr(whole, name) for name in FIELDS]
        assert (reading.valid, reading.surname, reading.given_names) == (
            True, whole.surname, whole.given_names,
        )  # fmt: skip


def test_capitals_of_a_turkish_keyboard_are_latin():
    zone = make_mrz(made(surname="YILMAZ", given_names="ALI"))
    assert read_mrz(zone.replace("I", "İ"), TODAY).surname == "YILMAZ"
    assert read_mrz(zone.lower().replace("i", "ı"), TODAY).given_names == "ALI"


def test_dropped_fillers_do_not_hide_a_cut_line():
    names, data = PASSPORT.split("\n")
    broken = names.rstrip("<") + "\n" + data[:-4] + "9028"
    assert {"length", "composite_check"} <= set(read_mrz(broken, TODAY).problems)
    assert "length" in read_mrz(names.rstrip("<") + "\n" + data[:-1], TODAY).problems


def test_zones_of_two_formats_one_under_another_are_parted():
    assert split_documents(f"{TD3}\n{CARD}\n{TD2}\n{MRVA}") == [TD3, CARD, TD2, MRVA]
    names, data = PASSPORT.split("\n")
    assert split_documents(f"{names.rstrip('<')}\n\n{data}\n") == [f"{names.rstrip('<')}\n{data}"]
    assert split_documents(f"{TD3}\ntext\n{CARD}") == [f"{TD3}\ntext\n{CARD}"]


def test_a_confused_character_is_pointed_out():
    reading = read_mrz(changed(TD3, 1, 14, "74O812"), TODAY)
    assert {"birth_check", "birth_date"} <= set(reading.problems)
    remark = next(finding for finding in reading.findings if finding.code == "mrz.confused")
    assert (remark.field, remark.values) == ("birth_date", {"place": 3, "char": "O", "other": "0"})


@pytest.mark.parametrize(
    ("zone", "problem", "field", "given", "other"),
    [
        (changed(PASSPORT, 1, 14, "9OO1O1"), "birth_check", "birth_date", "9OO1O11", "9001011"),
        (changed(PASSPORT, 1, 14, "O1O7O46"), "birth_check", "birth_date", "O1O7O46", "0107046"),
        (changed(PASSPORT, 1, 14, "9OOIO1I"), "birth_check", "birth_date", "9OOIO1I", "9001011"),
        (changed(PASSPORT, 1, 22, "3305I5E"), "expiry_check", None, None, None),
        (changed(PASSPORT, 0, 6, "0MAR0V"), "name", "surname", "0MAR0V<<ARMAN", "OMAROV<<ARMAN"),
        (changed(TD3, 0, 3, "UT0"), "issuer", "issuer", "UT0", "UTO"),
        (changed(TD3, 1, 11, "D0<"), "nationality", None, None, None),
    ],
)
def test_several_confused_characters_are_a_problem_with_a_hint(zone, problem, field, given, other):
    reading = read_mrz(zone, TODAY, {"KAZ"})
    assert problem in reading.problems
    hints = [one for one in reading.findings if one.code == "mrz.confused" and one.field == field]
    assert [hint.values for hint in hints] == ([{"given": given, "other": other}] if other else [])


def test_names_of_an_internal_passport_of_russia_are_read_and_it_stays_no_travel_document():
    zone = make_mrz(made(document_code="PN", issuer="RUS", nationality="RUS", surname="CEGOLEV"))
    reading = read_mrz(zone.replace("CEGOLEV<<JASUR", "WEGOLEV<<A9QNA"), TODAY)
    assert (reading.valid, reading.problems) == (False, ("name",))
    assert next(one.values for one in reading.findings if one.code == "mrz.russian") == {
        "name": "ЩЕГОЛЕВ АЬЙНА"
    }


@pytest.mark.parametrize(
    "typed",
    [
        "\x02" + PASSPORT.replace("\n", "\r") + "\r\x03",
        PASSPORT.replace("\n", "\t"),
        PASSPORT.replace("\n", "\x1d") + "\x04",
        PASSPORT.replace("\n", "\x1e"),
    ],
)
def test_signs_that_scanners_put_around_lines_are_left_out(typed):
    reading = read_mrz(typed, TODAY)
    assert (reading.valid, reading.format, reading.number) == (True, "TD3", "N12345678")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        "hello",
        "<" * 88,
        "A" * 90,
        "1" * 72,
        "V",
        "😀" * 88,
        "\x00" * 90,
        "\u202e" * 44,
        "P<" * 5000,
        "«" * 44,
    ],
)
def test_hostile_text_is_answered(text):
    reading = read_mrz(text, TODAY)
    assert not reading.valid
    assert reading.problems
    assert set(reading.as_json()) == JSON_KEYS


@settings(max_examples=150)
@given(st.text(max_size=100))
def test_any_text_is_answered(text):
    reading = read_mrz(text, TODAY)
    assert reading.valid == (not reading.problems)
    assert sum(map(len, split_documents(text))) <= len(text)


@settings(max_examples=100)
@given(st.sampled_from([TD1, TD2, TD3, MRVA, MRVB]), st.data())
def test_any_damage_to_one_character_is_answered(zone, data):
    at = data.draw(st.integers(0, len(zone) - 1))
    new = data.draw(st.sampled_from("<AZ09 \nЖx"))
    reading = read_mrz(zone[:at] + new + zone[at + 1 :], TODAY)
    assert reading.valid == (not reading.problems)


def test_documents_are_parted_by_blank_lines():
    assert split_documents(f"{TD3}\n\n{CARD}\n \n{TD2}\n") == [TD3, CARD, TD2]
    assert split_documents(f"\n{TD3}\r\n\r\n{CARD}".replace("\n", "\r\n").replace("\r\r", "\r")) == [
        TD3,
        CARD,
    ]
    assert split_documents(f"{TD3}\n{PASSPORT}") == [TD3, PASSPORT]
    assert split_documents(TD3.replace("\n", "\n\n")) == [TD3]
    assert split_documents(CARD.replace("\n", "\n\n") + "\n\n" + CARD.replace("\n", "\n\n")) == [CARD, CARD]
    assert split_documents("") == []


letters = st.text(alphabet="ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=1, max_size=12)
names = st.lists(letters, min_size=1, max_size=2).map(" ".join)
documents = st.builds(
    made,
    format=st.sampled_from(sorted(SHAPES)),
    document_code=st.just(""),
    issuer=st.sampled_from(["KAZ", "UZB", "D", "XXA"]),
    nationality=st.sampled_from(["KAZ", "CHN", "D", "XXB"]),
    number=st.text(alphabet="ABCXYZ0123456789", min_size=1, max_size=9),
    surname=names,
    given_names=names,
    birth_date=st.dates(date(1940, 1, 1), TODAY).map(PartialDate.of),
    sex=st.sampled_from(["m", "f", None]),
    expires_on=st.dates(date(2001, 1, 1), date(2050, 1, 1)),
    optional=st.text(alphabet="AB0123456789", max_size=7),
)
CODE_OF = {"TD1": "ID", "TD2": "I", "TD3": "P", "MRVA": "V", "MRVB": "V"}
FIELDS = ("format", "issuer", "number", "nationality", "birth_date", "sex", "expires_on", "optional")


@given(documents)
def test_made_documents_read_back(document):
    values = {name: getattr(document, name) for name in MrzReading.__slots__}
    values["document_code"] = CODE_OF[document.format]
    zone = make_mrz(MrzReading(**values))
    count, width = SHAPES[document.format]
    assert [len(line) for line in zone.split("\n")] == [width] * count
    reading = read_mrz(zone, TODAY)
    assert (reading.valid, reading.problems) == (True, ())
    assert all(getattr(reading, name) == values[name] for name in FIELDS)
    if "name_cut" not in codes(reading):
        assert (reading.surname, reading.given_names) == (document.surname, document.given_names)


def test_names_are_transliterated_and_cut_by_the_rules():
    zone = make_mrz(made(surname="Жұмабаев-Щукин", given_names="Нұрсұлтан О'Нил"))
    assert zone.startswith("P<UZBZHUMABAEV<SHCHUKIN<<NURSULTAN<ONIL<<<")
    long = make_mrz(made(surname="Nilavadhanananda", given_names="Chayapa Dejthamrong Krasuang"))
    assert long.split("\n")[0][-1].isalpha()
    assert long.startswith("P<UZBNILAVADHANANANDA<<CHAYAPA")


def test_a_number_too_long_for_a_passport_is_not_made():
    with pytest.raises(ValueError):
        make_mrz(made(number="1234567890"))
    with pytest.raises(ValueError):
        make_mrz(made(expires_on=None))


def oracle(zone, name):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from mrz.checker.mrva import MRVACodeChecker
        from mrz.checker.mrvb import MRVBCodeChecker
        from mrz.checker.td1 import TD1CodeChecker
        from mrz.checker.td2 import TD2CodeChecker
        from mrz.checker.td3 import TD3CodeChecker
    checkers = {"TD1": TD1CodeChecker, "TD2": TD2CodeChecker, "TD3": TD3CodeChecker}
    checkers |= {"MRVA": MRVACodeChecker, "MRVB": MRVBCodeChecker}
    return bool(checkers[name](zone))


@settings(max_examples=60)
@given(documents, st.integers(0, 200), st.sampled_from("0123456789"))
def test_another_reader_agrees_on_check_digits(document, at, digit):
    """The `mrz` package as an oracle: whole and with one digit of the data changed."""
    values = {name: getattr(document, name) for name in MrzReading.__slots__}
    values |= {"document_code": CODE_OF[document.format], "issuer": "KAZ", "nationality": "KAZ"}
    values |= {"expires_on": date(2033, 5, 15), "given_names": "ARMAN", "surname": "OMAROV"}
    zone = make_mrz(MrzReading(**values))
    assert oracle(zone, document.format)
    checked = [place for place, char in enumerate(zone) if char.isdigit()]
    place = checked[at % len(checked)]
    damaged = zone[:place] + digit + zone[place + 1 :]
    mine = read_mrz(damaged, TODAY)
    if not mine.problems and mine.expires_on and mine.expires_on > TODAY:
        assert oracle(damaged, document.format)
    if {problem for problem in mine.problems if problem.endswith("_check")}:
        assert not oracle(damaged, document.format)


@pytest.mark.parametrize(
    ("ends", "born", "read"),
    [
        ("960801", PartialDate(1960, 1, 1), date(1996, 8, 1)),
        ("120415", PartialDate(1960, 1, 1), date(2012, 4, 15)),
        ("940623", PartialDate(1960, 1, 1), date(1994, 6, 23)),
        ("561123", PartialDate(1960, 1, 1), date(2056, 11, 23)),  # thirty years ahead
        ("601123", PartialDate(1960, 1, 1), date(2060, 11, 23)),  # no zone was printed in 1960
        ("960801", PartialDate(2005, 1, 1), date(2096, 8, 1)),  # nobody's passport ends before his birth
        ("000229", PartialDate(1960, 1, 1), date(2000, 2, 29)),
    ],
)
def test_the_century_of_an_expiry_is_the_likelier_one(ends, born, read):
    """Old specimens were read as valid until the end of this century."""
    zone = make_mrz(
        made(birth_date=born, expires_on=date(2000 + int(ends[:2]), int(ends[2:4]), int(ends[4:])))
    )
    assert read_mrz(zone, TODAY).expires_on == read
