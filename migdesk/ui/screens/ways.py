"""The ways out of a page that lead to paper, to files and to settings."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from migdesk.domain.listing import Query
from migdesk.i18n import N_
from migdesk.services.desk import Desk
from migdesk.ui.later import Later
from migdesk.ui.lists.row_height import RowHeight
from migdesk.ui.parts.actions import Action
from migdesk.ui.shell.label_watch import LabelWatch
from migdesk.ui.shell.office_window import OfficeWindow
from migdesk.ui.workplace import Kind, Target, Workplace

_HELP, _SETTINGS, _ABOUT = N_("Help"), N_("Settings"), N_("About MigDesk")
_HOSTS, _LAW = N_("Receiving persons"), N_("Law")
_SESSIONS = N_("Sessions of commissions")
_DEPARTURES = N_("Departures")
_BACKUP = N_("Make a backup")
_GROUP, _VISITS = N_("Group of arrivals"), N_("Appointments")

_OPEN_PRINT = Later("papers.print_page:open_print")
_OPEN_IMPORT = Later("screens.exchange:open_import")
_EXPORT = Later("workbooks.export_list:ask_and_export")
_OPEN_HELP = Later("help.window:open_help")
_OPEN_DUPLICATES = Later("duplicates.opening:open_duplicates")
_ASK_APART = Later("duplicates.apart:ask_apart")
_BACK_UP = Later("dialogs.backup:ask_and_back_up")
_OPEN_VISITS = Later("visits.opening:open_visits")
_OPEN_SESSIONS = Later("screens.sessions:open_sessions")
_OPEN_HOSTS = Later("screens.hosts:open_hosts")
_OPEN_DEPARTURES = Later("screens.departures:open_departures")
_OPEN_INTAKE_AT = Later("intake.opening:open_intake_at")
_OPEN_GROUP = Later("groups.opening:open_group")
_SETTINGS_DIALOG = Later("dialogs.settings:SettingsDialog")
_ABOUT_DIALOG = Later("dialogs.about:AboutDialog")


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
        work.hosts_wanted.connect(self.hosts)
        work.departures_wanted.connect(self.departures)
        work.arrival_at_wanted.connect(self.arrive_at)
        work.group_wanted.connect(self.group)
        work.visits_wanted.connect(self.visits)

    def begin(self) -> None:
        """The window is made: help, backup, settings and about in its menu; cards can be scanned."""
        window = self._window()
        LabelWatch(window).scanned.connect(self.open_label)
        window.add_commands(
            Action("window.help", _HELP, lambda: self.help(window), "help", "F1"),
            Action("window.group", _GROUP, self.group, "people", "Ctrl+G", in_bar=False),
            Action("window.hosts", _HOSTS, self.hosts, "people", "Ctrl+H", in_bar=False),
            Action("window.departures", _DEPARTURES, self.departures, "right", in_bar=False),
            Action("window.sessions", _SESSIONS, self.sessions, "people", "Ctrl+J", in_bar=False),
            Action("window.visits", _VISITS, self.visits, "calendar", "Ctrl+B", in_bar=False),
            Action("window.law", _LAW, lambda: window.open("law"), "law", "Ctrl+L", in_bar=False),
            Action("window.backup", _BACKUP, self.back_up, "save", in_bar=False),
            Action("window.settings", _SETTINGS, self.settings, "settings", "Ctrl+,", in_bar=False),
            Action("window.about", _ABOUT, self.about, "info", in_bar=False),
        )

    def open_label(self, label: str) -> None:
        """The card of a person was scanned: his file opens, or the reason why not is told."""
        work = self._work
        work.tasks.read(
            _holder,
            work.desk,
            label,
            done=lambda uid: work.open(Kind.PERSON, uid),
            failed=work.tell_error,
        )

    def print(self, target: Target) -> None:
        """Ctrl+P."""
        _OPEN_PRINT(self._window(), target)

    def take(self) -> None:
        """A workbook is to be taken in."""
        _OPEN_IMPORT(self._window())

    def give(self, query: Query) -> None:
        """A list is to be given out."""
        _EXPORT(self._work, self._window(), query)

    def help(self, over: QWidget) -> None:
        """F1: the page of help that fits what is open."""
        _OPEN_HELP(over, self._window().topic())

    def compare(self, uid: str) -> None:
        """Possible duplicates: of one person, or of all."""
        _OPEN_DUPLICATES(self._window(), uid)

    def take_apart(self, uid: str) -> None:
        """A merged file becomes two again."""
        _ASK_APART(self._work, uid)

    def hosts(self) -> None:
        """Receiving persons."""
        _OPEN_HOSTS(self._window())

    def departures(self) -> None:
        """Who left, when and where to."""
        _OPEN_DEPARTURES(self._window())

    def sessions(self) -> None:
        """Sessions of commissions."""
        _OPEN_SESSIONS(self._window())

    def arrive_at(self, party: str) -> None:
        """A new arrival at a receiving person, with what the last one there had in common."""
        _OPEN_INTAKE_AT(self._window(), party)

    def group(self) -> None:
        """Many people with one arrival, in a grid."""
        _OPEN_GROUP(self._window())

    def visits(self) -> None:
        """Who is expected, day by day."""
        _OPEN_VISITS(self._window())

    def back_up(self) -> None:
        """A copy of the office."""
        _BACK_UP(self._work, self._window())

    def settings(self) -> None:
        """Open questions, looks, calendar."""
        window = self._window()
        dialog = _SETTINGS_DIALOG(self._work)
        dialog.language_wanted.connect(window.language_wanted)
        dialog.theme_wanted.connect(window.theme_wanted)
        dialog.height_wanted.connect(self._heights.apply)
        dialog.open()

    def about(self) -> None:
        """Versions for support."""
        _ABOUT_DIALOG(self._work).open()


def _holder(desk: Desk, label: str) -> str:
    from migdesk.services.people import labels  # noqa: PLC0415 - a window starts without it

    return labels.get_holder(desk, label).uid
