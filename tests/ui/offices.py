"""Sample offices for the screens: filled once for a run, each test works on a copy of its own."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from migdesk.domain.listing import Filter, Query
from migdesk.domain.office import Role
from migdesk.services import listing
from migdesk.services.desk import Clock, Desk, open_desk
from migdesk.services.upkeep import rights
from migdesk.store.database import FILE
from migdesk.ui.assembly import make_window
from migdesk.ui.files.questions.form_dialog import FormDialog
from migdesk.ui.gallery.pictures import settle
from migdesk.ui.gallery.scenes import file_content, sample_desk
from migdesk.ui.memory import Forgetful
from migdesk.ui.shell.office_window import OfficeWindow
from migdesk.ui.tasks import Tasks
from migdesk.ui.workplace import Kind
from tests.ui.keys import press

TODAY = date(2026, 11, 23)


def fill(folder: Path, persons: int) -> Path:
    """A closed sample office, to be copied; who tests it heads it."""
    desk = sample_desk(folder, persons)
    rights.set_role(desk, "tester", Role.HEAD)
    desk.close()
    return folder


def copy_of(filled: Path, home: Path) -> Desk:
    """An open desk over a copy."""
    home.mkdir()
    shutil.copy(filled / FILE, home / FILE)
    return open_desk(home, clock=Clock(TODAY), operator="tester")


class Eye:
    """A clerk in front of the window of an office."""

    def __init__(self, desk: Desk, tasks: Tasks) -> None:
        self.desk = desk
        self.memory = Forgetful()
        self.window: OfficeWindow = make_window(desk, tasks, self.memory)
        self.window.resize(1366, 768)
        self.window.show()
        self.window.activateWindow()
        settle()

    def open(self, key: str) -> QWidget:
        """A page; the answer is its body."""
        frame = self.window.open(key)
        settle()
        return body_of(frame)

    def file(self, kind: Kind, uid: str) -> QWidget:
        """A file in a tab; the answer is what it shows."""
        self.window.work.open(kind, uid)
        settle()
        settle()
        content = file_content(self.window)
        assert content is not None
        return content

    def content(self) -> QWidget:
        """What the file in front shows, when everything has come to rest."""
        for _turn in range(3):
            settle()
        content = file_content(self.window)
        assert content is not None
        return content

    def first(self, name: str, *filters: Filter, at: int = 0) -> str:
        """Uid of a row of a list."""
        opened = listing.open_list(self.desk, Query(name, filters))
        return opened.uid(opened.first(at + 1)[at])

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """A key, to whatever has the keyboard."""
        press(QApplication.focusWidget() or self.window, key, modifiers)
        settle()

    def back(self) -> None:
        """The keyboard is with the window again after a small window closed; a desktop does this by itself."""
        self.window.activateWindow()
        settle()

    def dialog(self) -> FormDialog:
        """The small window that is open."""
        settle()
        found = [one for one in self.window.findChildren(QDialog) if one.isVisible()]
        assert len(found) == 1 and isinstance(found[0], FormDialog)
        return found[0]

    def told(self) -> str:
        """The words of the strip of messages on the page in front."""
        frame = self.window.frame(self.window.current())
        notice = frame.told() if frame else None
        return notice.words if notice else ""


def body_of(frame: QWidget) -> QWidget:
    """The body of a page."""
    return frame._body


def until(qtbot, holds: Callable[[], bool], timeout: int = 20_000) -> None:
    """Wait for an answer from another thread."""
    qtbot.waitUntil(holds, timeout=timeout)
