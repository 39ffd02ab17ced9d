"""Puts the window of an open office together: pages, files as tabs, search, undo, counters that stay fresh."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from migdesk.domain.change import ChangeSet, Done, Entry
from migdesk.domain.fields import choice_label
from migdesk.domain.finding import Source
from migdesk.domain.listing import Filter, Query, Test
from migdesk.i18n import N_, current_language
from migdesk.services import day, journal, listing, printing
from migdesk.services.day import Counters
from migdesk.services.desk import Desk
from migdesk.services.printing import FormCard
from migdesk.ui.application import Announcer
from migdesk.ui.dialogs import source
from migdesk.ui.files import (
    arrival_file,
    batch_file,
    case_file,
    edit_record,
    permit_file,
    person_file,
    plain_files,
)
from migdesk.ui.files.file_view import FileSpec, FileView
from migdesk.ui.intake.opening import open_intake
from migdesk.ui.look.theme import Tone
from migdesk.ui.look.words import said
from migdesk.ui.memory import Memory
from migdesk.ui.parts.frame import PageFrame
from migdesk.ui.parts.messages import Notice
from migdesk.ui.screens import (
    arrivals,
    cases,
    exchange,
    home,
    papers,
    people,
    permits,
    quotas,
    reports,
    terms,
)
from migdesk.ui.screens import journal as journal_page
from migdesk.ui.screens.list_page import ListPage
from migdesk.ui.screens.page_actions import add_common, add_record_keys
from migdesk.ui.screens.ways import Ways
from migdesk.ui.shell.main_window import Page, Session
from migdesk.ui.shell.office_window import OfficeWindow
from migdesk.ui.shell.search_popup import SearchPopup
from migdesk.ui.shell.status_bar import Counter
from migdesk.ui.tasks import Tasks
from migdesk.ui.workplace import Kind, ListWanted, Target, Workplace

PAGES: tuple[Callable[[Workplace], Page], ...] = (
    home.page,
    arrivals.page,
    people.page,
    cases.page,
    permits.page,
    quotas.page,
    papers.page,
    reports.page,
    exchange.page,
    journal_page.page,
)
"""The pages of the side bar, from the top."""

FILES: dict[Kind, FileSpec] = {
    Kind.PERSON: person_file.SPEC,
    Kind.ARRIVAL: arrival_file.SPEC,
    Kind.CASE: case_file.SPEC,
    Kind.PERMIT: permit_file.SPEC,
    Kind.PARTY: plain_files.PARTY,
    Kind.PRINTOUT: plain_files.PRINTOUT,
    Kind.OP: plain_files.OP,
    Kind.BATCH: batch_file.SPEC,
}

_UNDONE = N_("Undone: {what}")
_OVERDUE, _TODAY, _WEEK = N_("{n} overdue"), N_("{n} today"), N_("{n} in 7 days")
_MINUTE_MS = 60_000


@dataclass(frozen=True, slots=True)
class Counts:
    """What is counted all day: the terms, and a number for some pages."""

    day: Counters
    pages: dict[str, int]


def count(desk: Desk) -> Counts:
    """Counters of the status bar and of the side bar."""
    open_cases = Query("cases", (Filter("state", Test.IS, "open"),))
    ending = Query("permits", permits.ending(desk.today))
    counters = day.count_day(desk)
    return Counts(
        counters,
        {
            "arrivals": counters.unfinished,
            "cases": listing.open_list(desk, open_cases).count(),
            "permits": listing.open_list(desk, ending).count(),
        },
    )


def make_window(desk: Desk, tasks: Tasks, memory: Memory, *, pretended: bool = False) -> OfficeWindow:
    """The window over an open desk, with everything connected.

    `pretended` says that the day was given with `--on`.
    """
    work = Workplace(desk, tasks, memory)
    assembly = Assembly(work)
    pages = [assembly.remembered(make(work)) for make in PAGES]
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
        self._announcer = Announcer(self)
        self._announcer.changed.connect(self._take_changes)
        work.target_wanted.connect(self.open_target)
        work.list_wanted.connect(self.open_list)
        work.undo_wanted.connect(self.undo)
        work.language_changed.connect(self.read_forms)
        work.new_arrival_wanted.connect(self.open_intake)
        work.edit_wanted.connect(functools.partial(edit_record.ask_edit, work))
        work.source_wanted.connect(self.show_source)
        self._ways = Ways(work, lambda: self.window)
        self._minute = QTimer(self, interval=_MINUTE_MS)
        self._minute.timeout.connect(self._look_at_clock)

    @property
    def window(self) -> OfficeWindow:
        """The window, once it is made."""
        assert self._window is not None
        return self._window

    def remembered(self, page: Page) -> Page:
        """The same page, with its body kept within reach."""

        def build(frame: PageFrame) -> QWidget:
            body = page.build(frame)
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
        self._work.desk.watch(self._announcer.take)
        self._ways.begin()
        self._minute.start()
        self.count()
        self.read_forms()

    def read_forms(self) -> None:
        """The titles of official forms, in the language of the moment."""
        work = self._work
        work.tasks.read(printing.list_forms, work.desk.today, done=self._take_forms, patience=0)

    def count(self) -> None:
        """Count again what is counted all day."""
        self._work.tasks.read(count, self._work.desk, done=self._show_counts, patience=0)

    def open_target(self, target: Target) -> None:
        """A file, or terms, in a tab of its own."""
        if target.kind is Kind.TERMS:
            page = terms.tab(self._work, target.uid)
            self.window.open_tab(page, said(page.title))
            return
        spec = FILES[target.kind]
        build = functools.partial(_build_file, self._work, spec, target, self._name_tab)
        page = Page(target.key, spec.icon, spec.title, build, help=spec.help)
        self.window.open_tab(page, said(spec.title), bare=True)

    def open_list(self, wanted: ListWanted) -> None:
        """A page with one of its ready views."""
        self.window.open(wanted.page)
        body = self._bodies[wanted.page]
        if isinstance(body, ListPage) and (wanted.view or wanted.filters):
            body.show_wanted(wanted)
            body.begin()

    def open_intake(self, person: str) -> None:
        """A new arrival: empty, or of a known person."""
        open_intake(self.window, person)

    def show_source(self, found: Source) -> None:
        """The act behind a remark."""
        source.show_source(self.window, found)

    def undo(self) -> None:
        """Take the last operation back, away from the window."""
        self._work.tasks.run(
            journal.undo_last, self._work.desk, done=self._tell_undone, failed=self._work.tell_error
        )

    def _tell_undone(self, done: Done[Entry]) -> None:
        words = said(_UNDONE, what=choice_label(done.value.op))
        self._work.noticed.emit(Notice(Tone.OK, words))

    def _take_changes(self, changes: ChangeSet) -> None:
        self.window.show_saved(datetime.now().astimezone().time())
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
        for key, number in counts.pages.items():
            self.window.show_count(key, number)

    def _name_tab(self, key: str, name: str) -> None:
        self.window.rename_tab(key, name)

    def _take_forms(self, forms: list[FormCard]) -> None:
        self._work.reading.forms = {form.code: form.title for form in forms}

    def _look_at_clock(self) -> None:
        """Midnight passed: what is due is due on another day."""
        today = self._work.desk.today
        if today != self._today:
            self._today = today
            self._work.reading.today = today
            self.window.show_date(today, pretended=False)
            self._work.day_changed.emit()
            self.count()


def _build_file(
    work: Workplace, spec: FileSpec, target: Target, name: Callable[[str, str], None], frame: PageFrame
) -> FileView:
    view = FileView(work, spec, wide=True)
    view.named.connect(functools.partial(name, target.key))
    add_common(work, frame, view.refresh, person=target.uid if target.kind is Kind.PERSON else "")
    add_record_keys(work, frame, target.kind, lambda: target)
    QTimer.singleShot(0, view, functools.partial(view.show_uid, target.uid))
    return view
