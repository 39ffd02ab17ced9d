"""`check iin|mrz|names|transliterate`: the keys of the contract, the exit codes, lines of questions."""

from __future__ import annotations

import json

import pytest

IIN_KEYS = {"valid", "read_as", "kind", "birth_date", "sex", "problem", "findings"}
MRZ_KEYS = {
    *("format", "valid", "problems", "document_code", "issuer", "number", "nationality", "surname"),
    *("given_names", "birth_date", "sex", "expires_on", "optional", "findings"),
}
PASSPORT = """P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<
L898902C36UTO7408122F1204159ZE184226B<<<<<10
"""


def valid_iin() -> str:
    from datetime import date

    from migdesk.domain.ids import make_iin

    return next(found for serial in range(1, 20) if (found := make_iin(date(1990, 5, 17), "f", serial)))


def test_a_valid_iin(ask):
    said = ask("check", "iin", valid_iin())
    assert said.code == 0
    assert set(said.document) == IIN_KEYS
    assert said.document["valid"] is True
    assert said.document["kind"] == "iin"
    assert said.document["birth_date"] == "1990-05-17"
    assert said.document["sex"] == "f"
    assert said.document["problem"] is None


@pytest.mark.parametrize(
    ("number", "problem"), [("123", "length"), ("90051745001x", "digits"), ("991345450017", "date")]
)
def test_an_invalid_iin_is_a_no(ask, number, problem):
    said = ask("check", "iin", number)
    assert said.code == 1
    assert set(said.document) == IIN_KEYS
    assert said.document["problem"] == problem
    assert said.document["findings"][0]["severity"] == "block"


def test_a_person_reads_the_same(call):
    said = call("check", "iin", valid_iin())
    assert said.code == 0
    assert "Valid:         yes" in said.out
    assert "17.05.1990" in said.out


def test_a_passport(ask):
    said = ask("check", "mrz", "-", given=PASSPORT)
    (found,) = said.document
    assert said.code == 0
    assert set(found) == MRZ_KEYS
    assert (found["format"], found["number"], found["surname"]) == ("TD3", "L898902C3", "ERIKSSON")
    assert found["given_names"] == "ANNA MARIA"
    assert (found["sex"], found["expires_on"]) == ("f", "2012-04-15")


def test_several_documents_of_which_one_is_wrong(ask, tmp_path):
    file = tmp_path / "zones.txt"
    file.write_text(PASSPORT + "\n" + PASSPORT.replace("L898902C3", "L898902C4"), encoding="utf-8")
    said = ask("check", "mrz", file)
    assert said.code == 1
    assert [found["valid"] for found in said.document] == [True, False]
    assert "number_check" in said.document[1]["problems"]


def test_windows_writes_utf16(ask, tmp_path):
    file = tmp_path / "zones.txt"
    file.write_text(PASSPORT, encoding="utf-16")
    assert ask("check", "mrz", file).document[0]["valid"] is True


def test_names_in_two_scripts(ask):
    said = ask("check", "names", "Қасымова Айгүл", "KASSYMOVA AIGUL")
    assert said.code == 0
    assert set(said.document) == {"score", "verdict", "reasons"}
    assert said.document["verdict"] == "same"
    assert said.document["reasons"]


def test_birth_dates_part_namesakes(ask):
    names = ("Қасымова Айгүл", "Қасымова Айгүл")
    far = ask("check", "names", *names, "--birth-date-a", "1990-05-17", "--birth-date-b", "1961-02-03")
    near = ask("check", "names", *names, "--birth-date-a", "1990-05-17", "--birth-date-b", "17.05.1990")
    assert far.document["score"] < near.document["score"]


def test_transliterate(ask):
    said = ask("check", "transliterate", "Қуаныш", "--to", "latin")
    assert said.code == 0
    assert said.document == {"text": "Kuanysh", "scheme": "icao"}
    assert (
        ask("check", "transliterate", "Kuanysh", "--to", "cyrillic", "--scheme", "kz").document["scheme"]
        == "kz"
    )


@pytest.mark.parametrize(
    "words",
    [
        ("check",),
        ("check", "nothing"),
        ("check", "iin"),
        ("check", "iin", "1", "2"),
        ("check", "mrz"),
        ("check", "names", "A"),
        ("check", "names", "A", "B", "--birth-date-a", "never"),
        ("check", "transliterate", "text"),
        ("check", "transliterate", "text", "--to", "runes"),
        ("check", "iin", "1", "--each"),
    ],
)
def test_wrong_usage(ask, words):
    said = ask(*words)
    assert said.code == 2
    assert said.document["error"] == "usage"
    assert said.err


def test_a_file_that_is_not_there(ask, tmp_path):
    said = ask("check", "mrz", tmp_path / "none.txt")
    assert said.code == 3
    assert said.document["error"] == "bad_file"
    assert "none.txt" in said.document["text"]
    assert ask("check", "mrz", tmp_path).code == 3
    assert ask("check", "iin", "--each", tmp_path / "none.txt").code == 3


def lines(*questions: object) -> str:
    return "".join((one if isinstance(one, str) else json.dumps(one)) + "\n" for one in questions)


def test_each_line_gets_its_answer_in_order(call):
    given = lines(
        {"number": valid_iin()}, "nonsense", {"number": "12"}, "", {"other": 1}, [1], {"number": 12}
    )
    said = call("check", "iin", "--each", "-", given=given)
    assert said.code == 0
    first, bad, short, blank, missing, listed, number = said.lines
    assert set(first) == IIN_KEYS
    assert first["valid"] is True
    assert set(bad) == set(blank) == set(missing) == set(listed) == {"error"}
    assert short["problem"] == number["problem"] == "length"


def test_each_mrz_names_letters(call):
    zones = lines({"lines": PASSPORT.splitlines()}, {"lines": "text"}, {"lines": []})
    good, bad, empty = call("check", "mrz", "--each", "-", given=zones).lines
    assert good["valid"] is True
    assert bad == {"error": "lines: A list of texts is expected."}
    assert empty["valid"] is False
    names = lines(
        {"a": "Али", "b": "Ali", "birth_date_a": "1990-05-17", "birth_date_b": "1990"}, {"a": "Али"}
    )
    match, bad = call("check", "names", "--each", "-", given=names).lines
    assert match["verdict"] in ("same", "possible")
    assert "b: " in bad["error"]
    texts = lines(
        {"text": "Әли", "to": "latin"}, {"text": "Әли", "to": "LATIN", "scheme": "kz"}, {"text": "Әли"}
    )
    one, other, bad = call("check", "transliterate", "--each", "-", given=texts).lines
    assert one["scheme"] == "icao"
    assert other["scheme"] == "kz"
    assert "to: " in bad["error"]


def test_a_key_nobody_reads_is_told(call):
    (said,) = call("check", "iin", "--each", "-", given=lines({"number": valid_iin(), "nmber": 1})).lines
    assert said["valid"] is True
    assert said["ignored"] == ["nmber"]


def test_each_line_from_a_file(call, tmp_path):
    file = tmp_path / "numbers.jsonl"
    file.write_bytes(b"\xef\xbb\xbf" + lines({"number": "12"}, {"number": valid_iin()}).encode())
    assert [one["valid"] for one in call("check", "iin", "--each", file).lines] == [False, True]


@pytest.mark.parametrize("typed", ["-5", ".", "today", "+5", "05.03.2026"])
def test_lines_take_iso_dates_only(call, typed):
    lines = {
        "deadline": {"rule": "notice.arrival", "from": typed},
        "amount": {"rule": "mrp", "on": typed, "with": {"count": 1}},
        "names": {"a": "Али", "b": "Али", "birth_date_a": typed},
    }
    for verb, line in lines.items():
        (told,) = call("check", verb, "--each", "-", given=json.dumps(line) + "\n").lines
        assert "2026-03-05" in told["error"]


@pytest.mark.parametrize("typed", ["--on=today", "--on=+5", "--on=05032026"])
def test_options_take_dates_that_are_written_out(ask, typed):
    assert ask(typed, "check", "workdays", "2026-03").code == 2
    assert ask("--on=05.03.2026", "check", "workdays", "2026-03").code == 0


def test_a_null_in_a_line_was_left_out(call):
    line = {"rule": "mrp", "on": None, "with": {"count": 1}}
    (told,) = call("check", "amount", "--each", "-", given=json.dumps(line) + "\n").lines
    assert "ignored" not in told
    assert told["mrp_count"] == 1


@pytest.mark.parametrize(
    "words", [("iin", "1"), ("names", "a", "b"), ("amount", "mrp", "--with", "count=1"), ("mrz", "file")]
)
def test_a_question_beside_a_file_of_questions(ask, words):
    said = ask("check", *words, "--each", "-", given="{}\n")
    assert said.code == 2
    assert "--each" in said.document["text"]


@pytest.mark.parametrize("number", ["9" * 20, "-" + "9" * 10])
def test_a_number_that_is_too_large_is_said_to_be(call, ask, number):
    line = json.dumps({"length": number, "unit": "working_days", "from": "2026-03-05"})
    (told,) = call("check", "deadline", "--each", "-", given=line + "\n").lines
    assert "too large" in told["error"]
    allot = ("quota", "allot", "kandas", f"--units={number}", "--act", "x")
    assert "too large" in ask(*allot).document["text"]
