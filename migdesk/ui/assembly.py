"""Puts the window of an open office together: pages, files as tabs, search, undo, counters that stay fresh."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from migdesk.domain.change import PASSED_BY, ChangeSet, Done, Entry, Op
from migdesk.domain.errors import Refused
from migdesk.domain.finding import Source
from migdesk.domain.listing import Filter, Query, Test
from migdesk.i18n import N_, current_language
from migdesk.services import day, listing
from migdesk.services.day import Counters
from migdesk.services.desk import Desk
from migdesk.services.upkeep import journal
from migdesk.services.views import Counted
from migdesk.ui import pinned
from migdesk.ui.application import Announcer
from migdesk.ui.come_back import ComeBack
from migdesk.ui.files.pieces.file_view import FileSpec, FileView
from migdesk.ui.later import Later
from migdesk.ui.look import sound
from migdesk.ui.look.theme import Tone
from migdesk.ui.look.words import said
from migdesk.ui.memory import Memory
from migdesk.ui.parts.frame import PageFrame
from migdesk.ui.parts.messages import Notice
from migdesk.ui.pinned import Pinned
from migdesk.ui.screens.page_actions import add_common, add_record_keys
from migdesk.ui.screens.ways import Ways
from migdesk.ui.shell.main_window import Page, Session
from migdesk.ui.shell.office_window import OfficeWindow
from migdesk.ui.shell.search_popup import SearchPopup
from migdesk.ui.shell.status_bar import Counter
from migdesk.ui.tasks import Tasks
from migdesk.ui.workplace import Kind, ListWanted, ShowsWanted, Target, Workplace

PAGES = (
    Page("today", "today", N_("Today"), Later("screens.home:HomePage"), help="first_day"),
    Page("arrivals", "arrivals", N_("Arrivals"), Later("screens.arrivals:body"), help="arrivals"),
    Page("people", "people", N_("People"), Later("screens.people:body"), help="stay"),
    Page("cases", "cases", N_("Cases"), Later("screens.cases:body"), help="cases"),
    Page("permits", "permits", N_("Permits"), Later("screens.permits:body"), help="cases"),
    Page("payments", "payments", N_("Payments"), Later("screens.payments:body"), help="payments"),
    Page("quota", "quota", N_("Quota"), Later("screens.quotas:QuotaPage"), help="quota"),
    Page("papers", "papers", N_("Papers"), Later("screens.papers:body"), help="printing"),
    Page("reports", "reports", N_("Reports"), Later("screens.reports:ReportPage"), help="reports"),
    Page("exchange", "exchange", N_("Exchange"), Later("screens.exchange:body"), help="excel"),
    Page("journal", "journal", N_("Journal"), Later("screens.journal:body"), help="undo"),
    Page("law", "law", N_("Law"), Later("screens.law:LawPage"), help="law"),
)
"""The pages of the side bar, from the top; what builds them takes the `Workplace` before the frame."""

FILES = {
    Kind.PERSON: Later("files.people.person_file:SPEC"),
    Kind.ARRIVAL: Later("files.events.arrival_file:SPEC"),
    Kind.CASE: Later("files.cases.case_file:SPEC"),
    Kind.PERMIT: Later("files.permit_file:SPEC"),
    Kind.PARTY: Later("files.parties.party_file:SPEC"),
    Kind.FAMILY: Later("files.families.family_file:SPEC"),
    Kind.DEPARTURE: Later("files.events.event_files:DEPARTURE"),
    Kind.STAY: Later("files.events.event_files:STAY"),
    Kind.PRINTOUT: Later("files.pieces.plain_files:PRINTOUT"),
    Kind.OP: Later("files.pieces.plain_files:OP"),
    Kind.BATCH: Later("files.events.batch_file:SPEC"),
    Kind.SESSION: Later("files.sessions.session_file:SPEC"),
    Kind.PAYMENT: Later("files.money.payment_file:PAYMENT"),
    Kind.OBLIGATION: Later("files.money.payment_file:OBLIGATION"),
    Kind.NOTE: Later("files.pieces.note_file:SPEC"),
}
"""What is said of each kind of file: a `FileSpec`."""

_ASK_EDIT = Later("files.people.edit_record:ask_edit")
_OPEN_INTAKE = Later("intake.opening:open_intake")
_SHOW_SOURCE = Later("dialogs.source:show_source")
_TERMS = Later("screens.terms:tab")
_OPEN_VISIT = Later("visits.opening:open_visit")

_UNDONE = N_("Undone: {what}")
_OVERDUE, _TODAY, _WEEK = N_("{n} overdue"), N_("{n} today"), N_("{n} in 7 days")
_MINUTE_MS = 60_000
_NAMED = {"office", "operator"}
"""Tables of what the side bar says about the session."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What is counted all day: the terms, and a number for some pages."""

    day: Counters
    pages: dict[str, int]
    undo: journal.Coming
    """What undo would take back now, of whom and when; or why it would not."""
    views: Sequence[Counted]
    """The pinned views with their rows."""


def count(desk: Desk) -> Counts:
    """Counters of the status bar and of the side bar."""
    open_cases = Query("cases", (Filter("state", Test.IS, "open"),))
    ending, overdue = Query("permits", listing.ENDING), Query("payments", listing.OVERDUE)
    counters = day.count_day(desk)
    return Counts(
        counters,
        {
            "arrivals": counters.unfinished,
            "cases": listing.open_list(desk, open_cases).count(),
            "permits": listing.open_list(desk, ending).count(),
            "payments": listing.open_list(desk, overdue).count(),
        },
        journal.coming(desk),
        pinned.counted(desk),
    )


def make_window(desk: Desk, tasks: Tasks, memory: Memory, *, pretended: bool = False) -> OfficeWindow:
    """The window over an open desk, with everything connected.

    `pretended` says that the day was given with `--on`.
    """
    work = Workplace(desk, tasks, memory)
    assembly = Assembly(work)
    pages = [assembly.prepared(page) for page in PAGES]
    session = Session(desk.office.on_paper(current_language()).name, desk.signer.name, desk.today, pretended)
    window = OfficeWindow(pages, session, work)
    assembly.begin(window)
    return window


class Assembly(QObject):
    """Lives with its window and answers what pages ask for.

    Made before the window: a page offers only what somebody answers, so all is connected before the first.
    """

    def __init__(self, work: Workplace) -> None:
        super().__init__()
        self._work = work
        self._window: OfficeWindow | None = None
        self._today = work.desk.today
        self._bodies: dict[str, QWidget] = {}
        self._last_op = ""
        self._announcer = Announcer(self)
        self._announcer.changed.connect(self._take_changes)
        work.target_wanted.connect(self.open_target)
        work.list_wanted.connect(self.open_list)
        work.undo_wanted.connect(self.undo)
        work.new_arrival_wanted.connect(self.open_intake)
        work.edit_wanted.connect(functools.partial(_ASK_EDIT, work))
        work.source_wanted.connect(self.show_source)
        work.language_changed.connect(self._name_session)
        work.language_changed.connect(self.count)
        self._ways = Ways(work, lambda: self.window)
        self._pinned = Pinned(work, lambda: self.window)
        self._minute = QTimer(self, interval=_MINUTE_MS)
        self._minute.timeout.connect(self._look_at_clock)
        self._minute.timeout.connect(self._hear_others)

    @property
    def window(self) -> OfficeWindow:
        """The window, once it is made."""
        assert self._window is not None
        return self._window

    def prepared(self, page: Page) -> Page:
        """The same page over this office, with its body kept within reach."""
        make = functools.partial(page.build, self._work)

        def build(frame: PageFrame) -> QWidget:
            body: QWidget = make(frame)
            self._bodies[page.key] = body
            return body

        return replace(page, build=build)

    def begin(self, window: OfficeWindow) -> None:
        """The window is made: watch the desk, search, count."""
        self._window = window
        self.setParent(window)
        self._work.setParent(window)
        self._work.window = window
        search = SearchPopup(window.search, self._work.desk, self._work.tasks)
        search.opened.connect(self.open_target)
        desk, take = self._work.desk, self._announcer.take
        desk.watch(take)
        self.destroyed.connect(lambda: desk.unwatch(take))
        self._ways.begin()
        self._pinned.begin(window)
        ComeBack(self._work, window, FILES, self.add_file).begin()
        sound.set_on(bool(self._work.memory.recall(sound.KEPT)))
        self._minute.start()
        self.count()

    def _name_session(self) -> None:
        desk = self._work.desk
        self.window.show_session(desk.office.on_paper(current_language()).name, desk.signer.name)

    def count(self) -> None:
        """Count again what is counted all day."""
        self._work.tasks.read(count, self._work.desk, done=self._show_counts, patience=0)

    def open_target(self, target: Target) -> None:
        """A file, or terms, in a tab of its own."""
        if target.kind is Kind.TERMS:
            page: Page = _TERMS(self._work, target.uid)
            self.window.open_tab(page, said(page.title))
            return
        if target.kind is Kind.VISIT:
            _OPEN_VISIT(self.window, target.uid)
            return
        spec: FileSpec = FILES[target.kind].get()
        self.add_file(target, said(spec.title))
        self.window.open(target.key)

    def add_file(self, target: Target, words: str) -> None:
        """The tab of a file, behind the others."""
        spec: FileSpec = FILES[target.kind].get()
        build = functools.partial(_build_file, self._work, spec, target, self._name_tab)
        page = Page(target.key, spec.icon, spec.title, build, help=spec.help)
        self.window.add_tab(page, words, bare=True)

    def open_list(self, wanted: ListWanted) -> None:
        """A page with one of its ready views."""
        self.window.open(wanted.page)
        body = self._bodies[wanted.page]
        if isinstance(body, ShowsWanted) and (wanted.view or wanted.filters):
            body.show_wanted(wanted)
            body.begin()

    def open_intake(self, person: str) -> None:
        """A new arrival: empty, or of a known person."""
        _OPEN_INTAKE(self.window, person)

    def show_source(self, found: Source) -> None:
        """The act behind a remark."""
        _SHOW_SOURCE(self.window, found)

    def undo(self, meant: str = "") -> None:
        """Take an operation back, away from the window: the one that is meant, else the last of this window."""
        undo = functools.partial(journal.undo_last, meant=meant or self._last_op)
        self._work.tasks.run(undo, self._work.desk, done=self._tell_undone, failed=self._not_undone)

    def _not_undone(self, error: Exception) -> None:
        """Whoever was told which operation is the newest may mean that one next."""
        self._work.tell_error(error)
        if isinstance(error, Refused) and error.findings[0].code == journal.NOT_MEANT:
            self._last_op = ""
            self.count()

    def _tell_undone(self, done: Done[Entry]) -> None:
        words = said(_UNDONE, what=journal.told(done.value))
        self._work.noticed.emit(Notice(Tone.OK, words))

    def _take_changes(self, changes: ChangeSet) -> None:
        if not changes.elsewhere:
            self.window.show_saved(datetime.now().astimezone().time())
            if changes.op is Op.UNDO or changes.op not in PASSED_BY:
                self._last_op = "" if changes.op is Op.UNDO else changes.op_uid
        if changes.tables & _NAMED:
            self._name_session()
        self._work.changed.emit(changes)
        QTimer.singleShot(0, self, self.count)

    def _show_counts(self, counts: Counts) -> None:
        work, found = self._work, counts.day
        self.window.show_counters(
            [
                Counter(_OVERDUE, found.overdue, Tone.BAD, lambda: work.open(Kind.TERMS, "overdue")),
                Counter(_TODAY, found.today, Tone.WARN, lambda: work.open(Kind.TERMS, "today")),
                Counter(_WEEK, found.week, Tone.INFO, lambda: work.open(Kind.TERMS, "week")),
            ]
        )
        self.window.show_undo(counts.undo.words)
        self._last_op = self._last_op or (counts.undo.entry.uid if counts.undo.entry else "")
        self.window.show_views(pinned.places(counts.views))
        for key, number in counts.pages.items():
            self.window.show_count(key, number)

    def _name_tab(self, key: str, name: str) -> None:
        self.window.rename_tab(key, name)

    def _look_at_clock(self) -> None:
        """Midnight passed: what is due is due on another day."""
        today = self._work.desk.today
        if today != self._today:
            self._today = today
            self._work.reading.today = today
            self.window.show_date(today, pretended=False)
            self._work.day_changed.emit()
            self.count()

    def _hear_others(self) -> None:
        """What another window wrote is shown here too; asked where writing is done, between two ops.

        A file that does not answer is told by whatever a person asks next, not every minute.
        """
        self._work.tasks.run(self._work.desk.hear, failed=_wait_for_next)


def _wait_for_next(_error: Exception) -> None:
    """Nobody asked."""


def _build_file(
    work: Workplace, spec: FileSpec, target: Target, name: Callable[[str, str], None], frame: PageFrame
) -> FileView:
    view = FileView(work, spec, wide=True)
    view.named.connect(functools.partial(name, target.key))
    again = add_common(work, frame, view.refresh, person=target.uid if target.kind is Kind.PERSON else "")
    if again and target.kind is Kind.PERSON:
        view.named.connect(lambda name: again.name_whose(" ".join(name.split()[:2])))
    add_record_keys(work, frame, target.kind, lambda: target)
    QTimer.singleShot(0, view, functools.partial(view.show_uid, target.uid))
    return view
