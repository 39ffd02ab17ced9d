"""Appointments (Ctrl+B): the board of a day, who is expected, who did not come, and the next free time."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from migdesk.domain.appointment import VISIT_TRANSITIONS, Appointment, VisitState
from migdesk.domain.change import Done
from migdesk.domain.fields import Day, choice_label
from migdesk.domain.report import ReportResult
from migdesk.i18n import N_
from migdesk.services import reporting
from migdesk.services.desk import Desk
from migdesk.services.terms import appointments
from migdesk.services.terms.appointments import Board, Slot, VisitCounts
from migdesk.ui.entry.inputs import LineInput
from migdesk.ui.look import theme
from migdesk.ui.look.labels import ElidedLabel, Label
from migdesk.ui.look.style import mark
from migdesk.ui.look.words import long_date, said
from migdesk.ui.parts.actions import Action, IconButton
from migdesk.ui.parts.file_dialogs import ask_save
from migdesk.ui.parts.frame import PageFrame
from migdesk.ui.parts.fresh import FreshView
from migdesk.ui.screens.report_paper import ReportPaper
from migdesk.ui.shell.main_window import Page
from migdesk.ui.shell.office_window import OfficeWindow
from migdesk.ui.visits.board import BoardView
from migdesk.ui.visits.questions import ask_book, ask_hours, ask_move
from migdesk.ui.visits.side import VisitSide
from migdesk.ui.workplace import Kind, Target, Workplace

TITLE = N_("Appointments")
_BOOK, _NEXT, _PRINT_DAY = N_("Book a time"), N_("Next free time"), N_("Print the day")
_BEFORE, _AFTER, _TODAY = N_("Day before"), N_("Day after"), N_("Today")
_MOVE, _SLIP, _OPEN, _HOURS = (
    N_("Another time"),
    N_("Print the slip"),
    N_("Open the file"),
    N_("Hours of the office"),
)
_REFRESH, _DAY = N_("Refresh"), N_("Day")
_ACTS = {
    VisitState.CAME: (N_("Came"), "Alt+1"),
    VisitState.DONE: (N_("Served"), "Alt+2"),
    VisitState.NO_SHOW: (N_("Did not come"), "Alt+3"),
    VisitState.CANCELLED: (N_("Call off"), "Alt+4"),
    VisitState.DUE: (N_("Expected again"), "Alt+5"),
}
_MARKED = N_("{name}: {state}")
_COUNTS = N_("Expected: {due} · here: {came} · served: {done} · did not come: {absent}")
_OFF = N_("The office does not work on this day: {reason}.")
_PAPER, _SAVE = N_("Day list"), N_("Save as a file")
_REPORT = "appointments"
_WATCHES = frozenset({"appointment", "setting", "calendar_day", "person"})
_NARROW = 760


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page shows."""

    board: Board
    counts: VisitCounts
    missed: tuple[Appointment, ...]
    free: tuple[date, Slot] | None


def load(desk: Desk, day: date) -> Shown:
    """A day with its numbers, the missed, and the next free time from that day on."""
    return Shown(
        appointments.board(desk, day),
        appointments.count_visits(desk, day),
        tuple(appointments.missed(desk)),
        appointments.next_free(desk, day),
    )


class VisitsPage(FreshView):
    """The body of the tab."""

    def __init__(self, work: Workplace, frame: PageFrame) -> None:
        super().__init__()
        self._work, self._frame = work, frame
        self.day = work.desk.today
        self._shown: Shown | None = None
        self._wanted: tuple[str, str] | None = None
        self.board = BoardView()
        self.side = VisitSide()
        self.line = LineInput(Day(_DAY), lambda: work.desk.today)
        self.line.setAccessibleName(said(_DAY))
        self.words, self.counts = ElidedLabel("", "section"), ElidedLabel("", "muted")
        self.off = Label("", "muted").wrapped()
        self._make_commands()
        self._lay_out()
        self._connect()
        self.keep_fresh(work.changed, work.day_changed, _WATCHES)

    def _make_commands(self) -> None:
        frame = self._frame
        frame.set_actions(
            Action("visit.book", _BOOK, self.book, "add", "Ctrl+N"),
            Action("visit.next", _NEXT, self.go_to_free, "clock", "Ctrl+F"),
            Action("visit.list", _PRINT_DAY, self.print_day, "print", "Ctrl+Shift+P"),
            Action("visit.hours", _HOURS, lambda: ask_hours(self._work), "settings"),
        )
        self._turns = [
            frame.add_command(Action("visit.before", _BEFORE, lambda: self._turn(-1), "left", "Alt+Left")),
            frame.add_command(
                Action("visit.today", _TODAY, self.go_today, "today", "Alt+Home", in_bar=False)
            ),
            frame.add_command(Action("visit.after", _AFTER, lambda: self._turn(1), "right", "Alt+Right")),
        ]
        acts = [
            Action("visit.move", _MOVE, self.give_another, "edit", "F2"),
            Action("visit.slip", _SLIP, self.print_slip, "print", "Ctrl+P"),
            Action("visit.open", _OPEN, self.open_file, "person", "Ctrl+Enter; Ctrl+Return", in_bar=False),
        ]
        marks = [
            Action(f"visit.{state}", words, functools.partial(self.mark, state), "", keys, in_bar=False)
            for state, (words, keys) in _ACTS.items()
        ]
        self._acts = {one.key: frame.add_command(one) for one in (*marks, *acts)}
        frame.add_command(Action("page.refresh", _REFRESH, self.refresh, "refresh", "F5"))
        self.side.show_commands(list(self._acts.values()))

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(theme.S)
        top.addWidget(IconButton(self._turns[0]))
        top.addWidget(self.line)
        top.addWidget(IconButton(self._turns[2]))
        top.addWidget(self.words, 1)
        table = QFrame()
        mark(table, look="table")
        inner = QVBoxLayout(table)
        inner.setContentsMargins(1, 1, 1, 1)
        inner.addWidget(self.board)
        left = QVBoxLayout()
        left.setSpacing(theme.S)
        left.addWidget(self.off)
        left.addWidget(table, 1)
        left.addWidget(self.counts)
        sides = QHBoxLayout()
        sides.setSpacing(theme.L)
        sides.addLayout(left, 1)
        sides.addWidget(self.side)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.S)
        column.addLayout(top)
        column.addLayout(sides, 1)

    def _connect(self) -> None:
        self.board.chosen.connect(self._choose)
        self.board.moved.connect(self._explain)
        self.line.entered.connect(self._take_day)
        self.line.left.connect(self._take_day)
        self.side.free_wanted.connect(self.go_to_free)
        self.side.visit_wanted.connect(self.go_to_visit)

    def refresh(self) -> None:
        """Ask again."""
        self.is_stale = False
        self._work.tasks.read(load, self._work.desk, self.day, done=self._show, patience=0)

    def begin(self) -> None:
        """The keyboard goes to the board."""
        self.board.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        """Day, counts and side in the current language."""
        self.line.setAccessibleName(said(_DAY))
        if self._shown:
            self._show(self._shown)

    def go_to(self, day: date, at: str = "", window: str = "") -> None:
        """Another day, with the cursor at a time of it."""
        self.day, self._wanted = day, (at, window)
        self.refresh()

    def go_today(self) -> None:
        """The present day."""
        self.go_to(self._work.desk.today)

    def go_to_free(self) -> None:
        """The next free time from the day on show, after the cursor."""
        slot = self.board.current()
        found = appointments.next_free(self._work.desk, self.day, slot.at if slot else "")
        if found:
            self.go_to(found[0], found[1].at, found[1].window)
            self.begin()

    def go_to_visit(self, visit: Appointment) -> None:
        """The day and the time of somebody."""
        if visit.day:
            self.go_to(visit.day, visit.at, visit.window)
            self.begin()

    def current(self) -> Appointment | None:
        """Who is booked at the cursor, or was chosen at the side."""
        slot = self.board.current()
        return slot.visit if slot else None

    def book(self) -> None:
        """Book the free time at the cursor, or the next one."""
        slot = self.board.current()
        day, at, window = self.day, slot.at if slot else "", slot.window if slot else ""
        free = self._shown.free if self._shown else None
        is_next = bool((slot is None or slot.visit or day < self._work.desk.today) and free)
        if is_next and free:
            day, at, window = free[0], free[1].at, free[1].window
        ask_book(self._work, {"day": day, "at": at, "window": window}, is_next=is_next)

    def give_another(self) -> None:
        """Give who is booked at the cursor another time; the next free one is proposed."""
        visit = self.current()
        if visit and VISIT_TRANSITIONS[visit.state or VisitState.DUE]:
            found = appointments.next_free(self._work.desk, visit.day, visit.at, visit.window)
            day, at = (found[0], found[1].at) if found else (self.day, visit.at)
            ask_move(self._work, visit, day, at)

    def mark(self, state: VisitState) -> None:
        """Say what became of who is booked at the cursor."""
        visit = self.current()
        if visit and state in VISIT_TRANSITIONS[visit.state or VisitState.DUE]:
            self._work.do(appointments.mark, visit.uid, state, words=_marked)

    def print_slip(self) -> None:
        """The slip of who is booked at the cursor."""
        visit = self.current()
        if visit:
            self._work.print_wanted.emit(Target(Kind.VISIT, visit.uid))

    def open_file(self) -> None:
        """The file of who is booked at the cursor."""
        visit = self.current()
        if visit and visit.person:
            self._work.open(Kind.PERSON, visit.person)

    def print_day(self) -> None:
        """The list of the day as it will print, in a tab."""
        self._work.tasks.read(
            reporting.run,
            self._work.desk,
            _REPORT,
            self.day,
            self.day,
            done=self._show_paper,
            failed=self._work.tell_error,
        )

    def _show_paper(self, result: ReportResult) -> None:
        window = self._work.window
        if not isinstance(window, OfficeWindow):
            return
        save = Action("visit.save", _SAVE, functools.partial(self._save_list, result), "save", "Ctrl+S")

        def build(frame: PageFrame) -> QWidget:
            return ReportPaper(self._work, frame, result, save)

        key = f"report/{_REPORT}/{result.subtitle}/{result.language}"
        if key in window.tabs():
            window.close_tab(key)
        window.open_tab(Page(key, "reports", _PAPER, build, help="appointments"), said(_PAPER))

    def _save_list(self, result: ReportResult) -> None:
        path = ask_save(
            self, _SAVE, f"{_REPORT}-{self.day.isoformat()}.pdf", (".pdf", ".xlsx"), self._work.memory
        )
        if path:
            self._work.tasks.run(reporting.save, result, path, failed=self._work.tell_error)

    def _turn(self, days: int) -> None:
        slot = self.board.current()
        self.go_to(self.day + timedelta(days=days), slot.at if slot else "", slot.window if slot else "")

    def _take_day(self) -> None:
        wanted = self.line.value()
        if wanted and wanted != self.day:
            self.go_to(wanted)
            self.begin()

    def _choose(self) -> None:
        visit = self.current()
        if visit is None:
            self.book()
        elif visit.person:
            self.open_file()
        else:
            self.give_another()

    def _show(self, shown: Shown) -> None:
        self._shown = shown
        board, counts = shown.board, shown.counts
        self.line.set_value(board.day)
        self.words.show_text(long_date(board.day))
        self.counts.say(
            _COUNTS, due=counts.expected, came=counts.came, done=counts.done, absent=counts.no_show
        )
        self.off.setVisible(board.day_off is not None)
        if board.day_off:
            self.off.say(_OFF, reason=board.day_off.reason())
        self.board.show_board(board)
        if self._wanted:
            self.board.go_to(*self._wanted)
            self._wanted = None
        self.side.show_lists(shown.free, shown.missed, board.others)
        self._explain()

    def _explain(self) -> None:
        slot, visit = self.board.current(), self.current()
        self.side.show_slot(slot, self._service(visit))
        allowed = VISIT_TRANSITIONS[visit.state or VisitState.DUE] if visit else frozenset()
        for state in _ACTS:
            self._acts[f"visit.{state}"].setEnabled(state in allowed)
        self._acts["visit.move"].setEnabled(bool(allowed))
        self._acts["visit.slip"].setEnabled(visit is not None)
        self._acts["visit.open"].setEnabled(bool(visit and visit.person))

    def _service(self, visit: Appointment | None) -> str:
        return self._work.desk.lists.label("procedures", visit.service) if visit and visit.service else ""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow window keeps the board."""
        super().resizeEvent(event)
        self.side.setVisible(self.width() >= _NARROW)


def _marked(done: Done[Appointment]) -> str:
    visit = done.value
    return said(_MARKED, name=visit.name, state=choice_label(visit.state or VisitState.DUE))
