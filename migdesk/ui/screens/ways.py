"""The ways out of a page that lead to paper, to files and to settings."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from migdesk.domain.listing import Query
from migdesk.i18n import N_
from migdesk.ui.dialogs.about import AboutDialog
from migdesk.ui.dialogs.backup import BACKUP, ask_and_back_up
from migdesk.ui.dialogs.settings import SettingsDialog
from migdesk.ui.duplicates.apart import ask_apart
from migdesk.ui.duplicates.opening import open_duplicates
from migdesk.ui.help.window import open_help
from migdesk.ui.lists.row_height import RowHeight
from migdesk.ui.papers.print_page import open_print
from migdesk.ui.parts.actions import Action
from migdesk.ui.screens.exchange import open_import
from migdesk.ui.shell.office_window import OfficeWindow
from migdesk.ui.workbooks.export_list import ask_and_export
from migdesk.ui.workplace import Target, Workplace

_HELP, _SETTINGS, _ABOUT = N_("Help"), N_("Settings"), N_("About MigDesk")


class Ways(QObject):
    """Answers what pages ask for; made before the first page, since pages offer only what is answered."""

    def __init__(self, work: Workplace, window: Callable[[], OfficeWindow]) -> None:
        super().__init__(work)
        self._work = work
        self._window = window
        self._heights = RowHeight(work.memory, self)
        work.print_wanted.connect(self.print)
        work.import_wanted.connect(self.take)
        work.export_wanted.connect(self.give)
        work.help_wanted.connect(self.help)
        work.duplicates_wanted.connect(self.compare)
        work.apart_wanted.connect(self.take_apart)

    def begin(self) -> None:
        """The window is made: help, backup, settings and about in its menu."""
        window = self._window()
        window.add_commands(
            Action("window.help", _HELP, lambda: self.help(window), "help", "F1"),
            Action("window.backup", BACKUP, self.back_up, "save", in_bar=False),
            Action("window.settings", _SETTINGS, self.settings, "settings", "Ctrl+,", in_bar=False),
            Action("window.about", _ABOUT, self.about, "info", in_bar=False),
        )

    def print(self, target: Target) -> None:
        """Ctrl+P."""
        open_print(self._window(), target)

    def take(self) -> None:
        """A workbook is to be taken in."""
        open_import(self._window())

    def give(self, query: Query) -> None:
        """A list is to be given out."""
        ask_and_export(self._work, self._window(), query)

    def help(self, over: QWidget) -> None:
        """F1: the page of help that fits what is open."""
        open_help(over, self._window().topic())

    def compare(self, uid: str) -> None:
        """Possible duplicates: of one person, or of all."""
        open_duplicates(self._window(), uid)

    def take_apart(self, uid: str) -> None:
        """A merged file becomes two again."""
        ask_apart(self._work, uid)

    def back_up(self) -> None:
        """A copy of the office."""
        ask_and_back_up(self._work, self._window())

    def settings(self) -> None:
        """Open questions, looks, calendar."""
        window = self._window()
        dialog = SettingsDialog(self._work)
        dialog.language_wanted.connect(window.language_wanted)
        dialog.theme_wanted.connect(window.theme_wanted)
        dialog.height_wanted.connect(self._heights.apply)
        dialog.open()

    def about(self) -> None:
        """Versions for support."""
        AboutDialog(self._work).open()
