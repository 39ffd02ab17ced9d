"""Files nobody should send: never a traceback, never half a write, always an exit code of the contract."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from migdesk.cli import files
from migdesk.domain.errors import BadFile
from migdesk.exchange.wholefile import whole_file
from tests.cli.documents import arrival

HOSTILE = {
    "empty": b"",
    "blanks": b"  \n\n ",
    "binary": bytes(range(256)) * 20,
    "nul": b"\x00" * 500,
    "nul in json": b'{"person": {"surname": "\x00"}}',
    "half a character": b'{"person": {"surname": "\\ud800"}}',
    "not utf-8": '{"person": {"surname": "Қасымова"}}'.encode("cp1251", errors="replace") + b"\xff",
    "deep list": b"[" * 100_000,
    "deep object": b'{"person":' * 50_000,
    "long line": b'{"person": {"surname": "' + b"a" * 10_000_000 + b'"}}',
    "long number": b'{"person": {"iin": ' + b"9" * 10_000 + b"}}",
    "nan": b'{"person": {"iin": NaN}}',
    "infinity": b'{"person": {"iin": 1e999}}',
    "name twice": b'{"person": {"surname": "A", "surname": "B"}}',
    "number": b"5",
    "text": b'"text"',
    "null": b"null",
    "list": b"[1, 2, 3]",
    "two documents": b"{} {}",
    "zip": b"PK\x03\x04" + b"\x00" * 1000,
}


@pytest.fixture(params=HOSTILE.values(), ids=HOSTILE.keys())
def hostile(request) -> bytes:
    return request.param


def test_register(office, hostile):
    said = office("register", "-", given=hostile)
    assert said.code in (1, 3)
    assert said.err
    assert said.document["text"]
    assert [entry["op"] for entry in office("journal").document] == ["init_office"]


@pytest.mark.parametrize("verb", ["mrz", "stay"])
def test_check_a_file(ask, hostile, verb):
    said = ask("check", verb, "-", given=hostile)
    assert said.code in (1, 3)
    assert said.document


@pytest.mark.parametrize(
    "verb", ["iin", "mrz", "names", "transliterate", "workdays", "deadline", "stay", "amount"]
)
def test_check_lines(call, verb):
    given = b"\n".join(HOSTILE.values()) + b"\n" + b'{"number": "12"}\n'
    said = call("check", verb, "--each", "-", given=given)
    assert said.code == 0
    assert len(said.lines) == given.count(b"\n")
    assert all("error" in line for line in said.lines[:-1])


KINDS = [None, True, 5, 5.5, "", "x", "\u0000", [], [[]], {}, {"x": 1}, "9" * 5000, -1, 10**30]


@pytest.mark.parametrize("kind", KINDS, ids=repr)
def test_wrong_kinds_everywhere(call, ask, office, kind):
    questions = {
        "iin": {"number": kind},
        "mrz": {"lines": [kind]},
        "names": {"a": kind, "b": kind, "birth_date_a": kind},
        "transliterate": {"text": kind, "to": kind},
        "workdays": {"month": kind},
        "deadline": {"rule": kind, "from": kind, "length": kind, "unit": kind},
        "stay": {"citizenship": kind, "basis": kind, "crossings": kind, "on": kind},
        "amount": {"rule": kind, "on": kind, "with": kind},
    }
    for verb, question in questions.items():
        said = call("check", verb, "--each", "-", given=json.dumps(question) + "\n")
        assert said.code == 0
        assert len(said.lines) == 1
    asked = {
        "citizenship": "UZB",
        "basis": "visa_free",
        "crossings": [{"entered": kind, "left": kind}],
        "covered": kind,
    }
    assert ask("check", "stay", "-", given=asked).code in (0, 1)
    for key in ("person", "documents", "members", "family", "party", "host", "address", "arrival", "stay"):
        assert office("register", "-", given={**arrival(), key: kind}).code in (0, 1, 3)
    for name in (
        "surname",
        "birth_date",
        "sex",
        "citizenship",
        "iin",
        "birth_estimated",
        "photo",
        "uid",
        "note",
    ):
        person = {**arrival()["person"], name: kind}
        assert office("register", "-", given=arrival(person=person)).code in (0, 1)


def test_hostile_words_of_the_command_line(office, registered):
    for words in (
        "'; DROP TABLE person; --",
        '"',
        "*",
        "AND OR NOT",
        "\u202e",
        "a" * 100_000,
        "𝕬",
        "-",
        "%",
        "\n",
    ):
        for verb in ("find", "status", "explain", "journal"):
            assert office(verb, "--", words).code in (0, 1)
    assert len(office("find", "Қасымова").document) == 1


def test_a_long_name_is_compared_in_no_time(ask):
    said = ask("check", "names", "Али " * 20_000, "Вали " * 20_000)
    assert said.code == 0


def test_a_finished_file_takes_its_place_whole(tmp_path):
    wanted = tmp_path / "out.pdf"
    wanted.write_bytes(b"old")
    files.write(str(wanted), b"new")
    assert wanted.read_bytes() == b"new"
    for place in (tmp_path / "none" / "out.pdf", tmp_path):
        with pytest.raises(BadFile):
            files.write(str(place), b"new")
    assert list(tmp_path.iterdir()) == [wanted]


@pytest.mark.parametrize("make_pipe", [os.mkfifo] if hasattr(os, "mkfifo") else [])
def test_a_pipe_or_device_is_not_replaced_by_a_file(tmp_path, make_pipe):
    pipe = tmp_path / "pipe.json"
    make_pipe(pipe)
    with pytest.raises(BadFile):
        files.write(str(pipe), b"new")
    with pytest.raises(BadFile), whole_file(pipe):
        pass
    assert pipe.is_fifo()
    assert list(tmp_path.iterdir()) == [pipe]


def test_a_failed_write_to_standard_output_says_nothing(capsys):
    with pytest.raises(ZeroDivisionError), files.target(files.STANDARD, ".csv") as made:
        made.write_text("half", encoding="utf-8")
        raise ZeroDivisionError
    assert capsys.readouterr().out == ""
    with files.target(files.STANDARD, ".csv") as made:
        made.write_text("whole", encoding="utf-8")
    assert capsys.readouterr().out == "whole"


@pytest.mark.parametrize("full", [one for one in [Path("/dev/full")] if one.exists()])
@pytest.mark.parametrize("words", [("--json", "check", "iin", "1"), ("check", "workdays", "2026-11")])
def test_a_full_disk_under_the_answer_is_no_traceback_and_no_refusal(words, full):
    with full.open("w") as answer:
        said = subprocess.run(
            [sys.executable, "-m", "migdesk", *words],
            stdout=answer,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert said.returncode == 3
    assert "standard output" in said.stderr
    assert "--home" not in said.stderr
    assert "Traceback" not in said.stderr
    assert "Exception" not in said.stderr
