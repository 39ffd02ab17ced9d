"""Standard streams that are closed or full: what was written is never said to be not written."""

from __future__ import annotations

import errno
import io
import json
import os
import sys

import pytest

from migdesk.app import main
from tests.cli.conftest import DAY
from tests.cli.documents import arrival


class Full(io.StringIO):
    """A stream on a disk that is full."""

    def __init__(self) -> None:
        super().__init__()
        self.buffer = io.BytesIO()

    def flush(self) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.fixture
def full(call, home, capsys, monkeypatch):
    """Run a verb of the office while standard output is full; the exit code and what was said on stderr."""

    def run(*argv: str, given: object = None) -> tuple[int, str]:
        data = json.dumps(given).encode()
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))
        monkeypatch.setattr(sys, "stdout", Full())
        code = main(["--lang", "en", "--home", str(home), "--on", DAY, *argv])
        monkeypatch.undo()
        return code, capsys.readouterr().err

    return run


@pytest.mark.parametrize("options", [(), ("--json",)])
def test_what_was_registered_is_said_to_be_registered(full, office, options):
    code, said = full(*options, "register", "-", given=arrival())
    assert code == 0
    (person,) = office("find", "Қасымова").document
    assert person["uid"] in said
    assert "PVL-2026-000001" in said
    assert "Nothing was" not in said
    assert "--home" not in said
    assert "Қасымова" not in said


def test_units_that_were_allotted_are_told_by_their_uid(full, office):
    code, said = full("quota", "allot", "kandas", "--units", "3", "--act", "№ 1")
    assert code == 0
    assert "uid " in said
    assert office("check", "quota", "kandas", "--year", "2026").document["allotted"] == 3


def test_a_paper_whose_file_is_lost_is_told_by_its_op(full, office, registered, monkeypatch):
    code, said = full("form", "print", "notification_arrival", registered["arrivals"][0]["uid"], "--to", "-")
    entries = office("journal").document
    assert code == 3
    assert entries[0]["op"] == "print_form"
    assert entries[0]["uid"] in said


def test_a_lost_answer_to_a_question_blames_neither_office_nor_program(full, registered):
    code, said = full("find", "Қасымова")
    assert code == 3
    assert "standard output" in said
    assert "--home" not in said


def test_stopped_after_the_work_was_done(office, home, call, monkeypatch):
    from migdesk.cli import main as commands

    def stop(_text: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(commands.streams, "answer", stop)
    said = call("--home", home, "--on", DAY, "register", "-", given=arrival())
    monkeypatch.undo()
    assert said.code == 0
    assert "Nothing was changed" not in said.err
    assert office("find", "Қасымова").document[0]["uid"] in said.err


@pytest.mark.parametrize(
    ("name", "words", "code"),
    [
        ("stdout", ("check", "workdays", "2026-03"), 0),
        ("stdin", ("check", "iin", "--each", "-"), 0),
        ("stdin", ("check", "mrz", "-"), 3),
        ("stderr", ("check", "mrz", "-"), 3),
    ],
)
def test_a_closed_stream_is_an_empty_one(monkeypatch, name, words, code):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(), encoding="utf-8"))
    monkeypatch.setattr(sys, name, None)
    try:
        assert main(["--lang", "en", *words]) == code
    finally:
        getattr(sys, name).close()


def test_a_full_standard_error_is_no_traceback(monkeypatch):
    full = Full()
    monkeypatch.setattr(full, "write", lambda _text: full.flush())
    monkeypatch.setattr(sys, "stderr", full)
    assert main(["fly"]) == 2


def test_a_disk_that_fails_while_it_is_read_names_the_file(office, monkeypatch):
    class Broken(io.BytesIO):
        def read(self, _size: int = -1) -> bytes:
            raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr("migdesk.cli.files.open_given", lambda *_given: Broken())
    said = office("register", "stick.json")
    assert said.code == 3
    assert said.document["file"] == "stick.json"
    assert os.strerror(errno.EIO) in said.document["text"]
