"""Pictures of reports and of the windows over the window: first run, passphrase, settings, about."""

from __future__ import annotations

import functools
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QDialog, QWidget

from migdesk.domain.errors import StoreProblem
from migdesk.domain.listing import Filter, Group, Test
from migdesk.i18n import N_
from migdesk.services.desk import Desk
from migdesk.services.opening import open_whole
from migdesk.ui.dialogs.about import AboutDialog
from migdesk.ui.dialogs.first_run import FirstRun
from migdesk.ui.dialogs.passphrase import PassphraseDialog
from migdesk.ui.dialogs.problem import ProblemDialog
from migdesk.ui.dialogs.settings import SettingsDialog
from migdesk.ui.gallery.scenes import asked_over, window_over
from migdesk.ui.help.window import HelpWindow
from migdesk.ui.screens.filter_button import FilterButton
from migdesk.ui.screens.reports import ReportPage
from migdesk.ui.shell.office_window import OfficeWindow
from migdesk.ui.tasks import Tasks
from migdesk.ui.workplace import Workplace

Scene = Callable[[], QWidget]

_WRONG = StoreProblem(
    N_("The office's database cannot be opened: the passphrase is wrong, or the file is damaged."),
    hint=N_("Give the passphrase again; if it is right, restore the last backup."),
)
_LOCKED = StoreProblem(
    N_("Another program is using the office's database."),
    hint=N_("Close the other window or wait until its work ends, then try again."),
)
_HOME = Path("MigDesk")
_YEAR = 2026


def shown(desk: Desk) -> dict[str, Scene]:
    """All of them; nothing is written."""
    scenes: dict[str, Scene] = {
        "reports-journal": functools.partial(_report, desk, "arrivals_journal"),
        "reports-empty": functools.partial(_report, desk, "arrivals_journal", year=1999),
        "reports-paper": functools.partial(_paper, desk),
        "first-run": functools.partial(_first_run, desk),
        "first-run-refused": functools.partial(_first_run, desk, refused=True),
        "passphrase": functools.partial(_passphrase, desk),
        "problem": functools.partial(_problem, desk, _LOCKED),
        "problem-damaged": functools.partial(_damaged, desk),
        "help-search": functools.partial(_help, desk, "first_day", "F8"),
    }
    scenes["filter-window"] = functools.partial(_over, desk, _filter)
    for topic in ("first_day", "family", "problems", "keys"):
        scenes[f"help-{topic}"] = functools.partial(_help, desk, topic)
    for at, tab in enumerate(("office", "law", "window", "calendar", "names", "operators", "series")):
        scenes[f"settings-{tab}"] = functools.partial(_over, desk, functools.partial(_settings, at))
    for tab in ("program", "checks", "licences"):
        scenes[f"about-{tab}"] = functools.partial(_over, desk, functools.partial(_about, tab))
    return scenes


def _report(desk: Desk, code: str, *, year: int = _YEAR) -> OfficeWindow:
    window = window_over(desk)
    window.show()
    page = window.open("reports").findChild(ReportPage)
    assert isinstance(page, ReportPage)
    page.choose(code, date(year, 1, 1), date(year, 12, 31))
    return window


def _paper(desk: Desk) -> QWidget:
    window = _report(desk, "monthly_summary")
    page = window.findChild(ReportPage)
    assert isinstance(page, ReportPage)
    page.show_paper()
    return window


def _first_run(desk: Desk, *, refused: bool = False) -> QWidget:
    dialog = FirstRun(_HOME, desk.clock, Tasks.inline(), lambda _code: None)
    if refused:
        dialog.show()
        dialog.form.boxes["passphrase"].set_value("abc")
        dialog.make_office()
    return dialog


def _passphrase(desk: Desk) -> QWidget:
    return PassphraseDialog(_HOME, desk.clock, Tasks.inline(), _WRONG)


def _problem(desk: Desk, problem: StoreProblem) -> QWidget:
    return ProblemDialog(_HOME, problem, desk.clock, Tasks.inline())


def _damaged(desk: Desk) -> QWidget:
    """What a file that is no database any more brings up."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        (home / desk.store.path.name).write_bytes(b"SQLite format 3\x00" + bytes(5000))
        try:
            open_whole(home)
        except StoreProblem as problem:
            return _problem(desk, problem)
    raise AssertionError("a damaged office was opened")


def _help(desk: Desk, topic: str, typed: str = "") -> QWidget:
    window = window_over(desk)
    shown = HelpWindow(window)
    shown.show_topic(topic)
    shown.words.setText(typed)
    return asked_over(window, shown)


def _filter(work: Workplace) -> QDialog:
    """Two groups: of three kinds of columns, and of days said from today."""
    button = FilterButton(work, "arrivals")
    button.setParent(work.window)
    first = (
        Filter("citizenship", Test.IN, ("UZB", "CHN", "MNG")),
        Filter("place", Test.WITHIN, ("550000000", "559999999")),
        Filter("name", Test.CONTAINS, "хан", negated=True),
    )
    second = (Filter("arrived_on", Test.WITHIN, "last 30 days"), Filter("left_on", Test.EMPTY))
    button.choose((Group((Group(first), Group(second, either=True))),))
    return button.open_window()


def _settings(at: int, work: Workplace) -> QDialog:
    dialog = SettingsDialog(work)
    dialog.tabs.setCurrentIndex(at)
    return dialog


def _about(tab: str, work: Workplace) -> QDialog:
    dialog = AboutDialog(work)
    dialog.tabs.open(tab)
    return dialog


def _over(desk: Desk, make: Callable[[Workplace], QDialog]) -> QWidget:
    """A window over that of the office, which lives as long."""
    window = window_over(desk)
    dialog = make(window.work)
    return asked_over(window, dialog)
