"""A counter in tests: an office on disk, the window of its clerk, and hands that count their key strokes."""

from __future__ import annotations

import shutil
import tempfile
from datetime import date
from functools import cache
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from migdesk.domain.dates import PartialDate
from migdesk.domain.mrz import MrzReading
from migdesk.domain.mrz_make import make_mrz
from migdesk.services.desk import Clock, Desk, open_desk
from migdesk.ui.gallery.pictures import settle
from migdesk.ui.intake.likely_rail import Otherwise
from migdesk.ui.intake.opening import open_intake
from migdesk.ui.intake.page import IntakePage
from migdesk.ui.memory import Forgetful, Memory
from migdesk.ui.shell.main_window import Page, Session
from migdesk.ui.shell.office_window import OfficeWindow
from migdesk.ui.tasks import Tasks
from migdesk.ui.workplace import Workplace
from tests import make
from tests.ui.keys import press, type_text

CONTROL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


@cache
def _template() -> Path:
    """An empty office, made once a process: its places take a second."""
    home = Path(tempfile.mkdtemp(prefix="migdesk-test-"))
    make.desk(home).close()
    return home


def office_in(folder: Path) -> Desk:
    """An empty office of its own."""
    shutil.copytree(_template(), folder)
    return open_desk(folder, clock=Clock(pretended=make.TODAY), operator="tester")


def window_of(desk: Desk, tasks: Tasks, memory: Memory | None = None) -> OfficeWindow:
    """A window with one plain page, to which tabs are opened."""
    work = Workplace(desk, tasks, memory or Forgetful())
    session = Session(desk.office.name, "A. Serikova", desk.today)
    window = OfficeWindow([Page("today", "today", "Today", _page)], session, work)
    window.resize(1366, 768)
    window.show()
    return window


def _page(_frame: object) -> QWidget:
    page = QWidget()
    page.setAccessibleName("Today")
    return page


class Clerk:
    """Types where the cursor is; `strokes` counts keys, a scan counts as one."""

    def __init__(self, window: OfficeWindow) -> None:
        self.window = window
        self.strokes = 0

    @property
    def page(self) -> IntakePage:
        """The intake in front."""
        return self.window.findChildren(IntakePage)[-1]

    def open(self, uid: str = "") -> IntakePage:
        """F7."""
        open_intake(self.window, uid)
        self.strokes += 1
        while not self.page.form.is_ready:
            settle()
        settle()
        return self.page

    def type(self, text: str) -> None:
        """Type; a line end is Enter, after which the cursor may be elsewhere."""
        for part in text.splitlines(keepends=True):
            type_text(self._here(), part.removesuffix("\n"))
            settle()
            if part.endswith("\n"):
                press(self._here(), Qt.Key.Key_Return)
                settle()
            self.strokes += len(part)

    def enter(self, times: int = 1) -> None:
        """Enter, so many times."""
        self.type("\n" * times)

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """One key."""
        press(self._here(), key, modifiers)
        settle()
        self.strokes += 1

    def scan(self, zone: str) -> None:
        """A scanner types the lines and a line end, in one burst; the hand needs a moment to take it."""
        QTest.qWait(60)
        type_text(self._here(), zone + "\n")
        settle()
        self.strokes += 1

    def place(self) -> str:
        """Where the cursor is."""
        return self.page.form.place()

    def _here(self) -> QWidget:
        widget = QApplication.focusWidget()
        assert widget is not None
        return widget


def zone(
    number: str = "AB1234567",
    surname: str = "TASHKENTOV",
    given: str = "OTABEK",
    born: PartialDate | None = None,
    sex: str = "m",
    **more: str,
) -> str:
    """The machine-readable zone of a passport."""
    values = {"issuer": "UZB", "nationality": "UZB", **more}
    return make_mrz(
        MrzReading(
            format="TD3",
            document_code="P",
            number=number,
            surname=surname,
            given_names=given,
            birth_date=born or PartialDate(1988, 3, 12),
            sex=sex,
            expires_on=date(2031, 5, 1),
            **values,
        )
    )


def differing(page: IntakePage) -> list[Otherwise]:
    """Everything the rail says is typed otherwise than it was read, in the document and then in the file."""
    return [*page.rail._document, *page.rail._file]


FAMILY = (
    zone(),
    zone("AB1234568", "TASHKENTOVA", "DILNOZA", PartialDate(1990, 7, 2), "f"),
    zone("AB1234569", "TASHKENTOV", "JAVOHIR", PartialDate(2015, 2, 9), "m"),
    zone("AB1234570", "TASHKENTOVA", "MADINA", PartialDate(2018, 11, 30), "f"),
)
"""Father, mother, son, daughter."""
