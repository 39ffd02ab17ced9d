"""The window from start to end on a real office, with real threads, in a process of its own.

Ending the application leaves Qt unwilling to run a later loop, so it cannot share a process with other tests.
"""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from migdesk.services import parked
from migdesk.services.desk import open_desk
from migdesk.ui import start
from tests.ui import offices

_PROGRAM = """
import json, os, sys
from datetime import date
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from migdesk.domain.office import Office
from migdesk.services.upkeep.office import init_office
from migdesk.ui import start
from migdesk.ui.dialogs.first_run import FirstRun
from migdesk.ui.look import theme
from migdesk.ui.application import Application
from migdesk.ui.shell.office_window import OfficeWindow

act = sys.argv[2]
choose = act == "choose"

def look():
    windows = [one for one in QApplication.topLevelWidgets() if isinstance(one, OfficeWindow)]
    if not windows or not windows[0].isVisible():
        QTimer.singleShot(50, look)
        return
    made = windows[0]
    if choose:
        made.language_wanted.emit("ru")
        made.theme_wanted.emit("dark")
    told = made.frame(made.current()).told()
    said = {"title": made.windowTitle(), "page": made.current(), "theme": theme.current().name}
    if act == "read":
        said["told"] = told.words
    print(json.dumps(said), flush=True)
    QTimer.singleShot(300, QApplication.quit)

application = Application()
make_window = start.make_window

def make(*args, **given):
    QTimer.singleShot(50, look)
    return make_window(*args, **given)

start.make_window = make
if act == "first":
    def exec(dialog):
        place = Office(code="PVL", name="Павлодар", region="550000000")
        dialog.desk = init_office(dialog._home, place)
    FirstRun.exec = exec
if act == "read":
    os.access = lambda *_asked: False
sys.exit(start.run(Path(sys.argv[1]), on=date(2026, 11, 23)))
"""


@pytest.fixture
def home(tmp_path):
    offices.fill(tmp_path / "office", 60)
    return tmp_path / "office"


def opened(home, act="look"):
    command = [sys.executable, "-c", _PROGRAM, str(home), act]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_the_window_opens_on_the_day_and_ends_with_its_threads(home):
    assert opened(home) == {"title": "MigDesk", "page": "today", "theme": "light"}


def test_what_was_chosen_in_the_window_holds_the_next_time(home):
    opened(home, "choose")
    desk = open_desk(home)
    assert parked.recall(desk, start.own(desk, start.LANGUAGE)) == "ru"
    assert parked.recall(desk, start.own(desk, start.THEME)) == "dark"
    desk.close()
    assert opened(home)["theme"] == "dark"


def test_the_first_session_of_a_new_office_is_logged_too(tmp_path):
    """The log began only in the second session: at the start of the first there is no office yet."""
    home = tmp_path / "new"
    opened(home, "first")
    log = (home / "logs" / "migdesk.log").read_text(encoding="utf-8")
    assert "window of PVL" in log
    assert "Павлодар" not in log and str(tmp_path) not in log


def test_an_office_that_may_only_be_read_says_so(home):
    assert "may only be read" in opened(home, "read")["told"]
