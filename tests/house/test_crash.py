"""What is written down when the program meets a bug: where it struck, and never whose data it met."""

from __future__ import annotations

import logging
import tempfile
from pathlib import Path

import pytest

from migdesk import crash, logs
from migdesk.domain.errors import StoreProblem

SECRET = "Қасымова 870312300123"


def broken() -> Exception:
    try:
        raise ValueError(SECRET)
    except ValueError as inner:
        try:
            raise KeyError(SECRET) from inner
        except KeyError as error:
            return error


def assert_nobody_is_in(text: str) -> None:
    assert not any(part in text for part in SECRET.split())


@pytest.fixture
def log(tmp_path):
    """A log as an office has it; the handlers of the test run come back."""
    root = logging.getLogger()
    before = root.handlers[:], root.level
    logs.start(tmp_path)
    yield tmp_path / "logs" / "migdesk.log"
    for handler in root.handlers:
        handler.close()
    root.handlers[:] = before[0]
    root.setLevel(before[1])


def test_a_crash_file_says_where_but_not_whose(tmp_path):
    kept = crash.write(broken(), tmp_path)
    assert kept.parent == tmp_path / crash.FOLDER
    text = kept.read_text(encoding="utf-8")
    for part in ("MigDesk ", "builtins.KeyError", "builtins.ValueError", "test_crash.py", "no log"):
        assert part in text
    assert_nobody_is_in(text)
    assert str(tmp_path) not in text


def test_our_own_errors_say_their_code_and_not_their_words():
    assert list(logs.places(StoreProblem("{name}", name=SECRET))) == [
        "migdesk.domain.errors.StoreProblem store"
    ]


def test_a_code_that_was_typed_is_no_word_of_ours():
    assert list(logs.places(SystemExit(SECRET))) == ["builtins.SystemExit"]


def test_a_crash_file_ends_with_the_last_lines_of_the_log(tmp_path, log):
    """The log was looked for in the folder of the crash files, where none is."""
    logging.getLogger("migdesk").info("the office was opened")
    assert "the office was opened" in crash.write(broken(), tmp_path).read_text(encoding="utf-8")


def test_two_crashes_leave_two_files(tmp_path):
    assert crash.write(broken(), tmp_path) != crash.write(broken(), tmp_path)


def test_without_an_office_the_report_lies_with_temporary_files(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "gettempdir", lambda: str(tmp_path))
    assert crash.write(broken(), tmp_path / "nowhere").parent == tmp_path
    monkeypatch.setattr(tempfile, "gettempdir", lambda: str(tmp_path / "nowhere" / "at all"))
    assert crash.write(broken(), tmp_path / "nowhere") is None


def test_an_exception_in_the_log_says_where_and_not_what(log):
    logging.getLogger("migdesk").error("a task fell", exc_info=broken())
    text = log.read_text(encoding="utf-8")
    assert "a task fell" in text and "builtins.KeyError" in text and "test_crash.py" in text
    assert_nobody_is_in(text)


def test_a_trace_made_readable_by_another_is_not_taken_over(log):
    record = logging.LogRecord("x", logging.ERROR, "x.py", 1, "fell", None, None)
    record.exc_text = f"Traceback: {SECRET}"
    logging.getLogger().handle(record)
    assert_nobody_is_in(Path(log).read_text(encoding="utf-8"))
