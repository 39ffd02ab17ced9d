"""Errors: words for people, a file for us without anybody's name in it, and the window goes on."""

from __future__ import annotations

import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtGui import QDesktopServices

from migdesk import crash
from migdesk.domain.errors import Cancelled, Invalid, StoreProblem
from migdesk.domain.finding import block
from migdesk.ui.errors import Catcher, notice_of
from migdesk.ui.look.theme import Tone

SECRET = "Қасымова 870312300123"


def broken() -> Exception:
    try:
        raise ValueError(SECRET)
    except ValueError as inner:
        try:
            raise KeyError(SECRET) from inner
        except KeyError as error:
            return error


def crashes(home: Path) -> list[Path]:
    return list((home / crash.FOLDER).glob("crash-*.txt"))


def test_an_error_for_people_is_told_in_their_words(application, tmp_path):
    told = notice_of(StoreProblem("The disk is full.", hint="Make room."), tmp_path)
    assert (told.tone, told.words) == (Tone.BAD, "The disk is full. Make room.")
    assert list(tmp_path.iterdir()) == []


def test_all_findings_of_invalid_input_are_told(application, tmp_path):
    told = notice_of(Invalid([block("a", "One."), block("b", "Two.")]), tmp_path)
    assert told.words == "One.\nTwo."


def test_a_stopped_task_is_no_bad_news(application, tmp_path):
    assert notice_of(Cancelled(), tmp_path).tone is Tone.INFO


def test_a_bug_leaves_a_crash_file_and_a_way_to_it(application, tmp_path, monkeypatch):
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    told = notice_of(broken(), tmp_path)
    assert told.words.startswith("Something went wrong")
    told.act()
    assert opened == [(tmp_path / crash.FOLDER).as_posix()]
    assert len(crashes(tmp_path)) == 1


@pytest.fixture
def catcher(application, tmp_path):
    made = Catcher(tmp_path)
    put_back = made.install()
    yield made
    put_back()


def test_what_nobody_caught_is_told_and_the_program_goes_on(catcher, tmp_path):
    told = []
    catcher.caught.connect(told.append)
    sys.excepthook(ValueError, ValueError(SECRET), None)
    assert (len(told), len(crashes(tmp_path))) == (1, 1)


def test_what_nobody_caught_in_a_thread_is_told_too(catcher, qtbot):
    told = []
    catcher.caught.connect(told.append)

    def work() -> None:
        raise RuntimeError(SECRET)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: len(told) == 1)


def test_asking_python_to_end_is_obeyed(catcher, tmp_path, monkeypatch):
    ended = []
    monkeypatch.setattr(sys, "__excepthook__", lambda *args: ended.append(args[0]))
    catcher.take(KeyboardInterrupt, KeyboardInterrupt())
    assert ended == [KeyboardInterrupt]
    assert list(tmp_path.iterdir()) == []


def test_the_old_hooks_come_back(application, tmp_path):
    before = sys.excepthook, threading.excepthook
    put_back = Catcher(tmp_path).install()
    both_taken = sys.excepthook != before[0] and threading.excepthook != before[1]
    put_back()
    assert both_taken
    assert (sys.excepthook, threading.excepthook) == before
