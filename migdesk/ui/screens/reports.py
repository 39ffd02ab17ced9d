"""Reports: which one and over which time at the left, every section with its table and bars at the right."""

from __future__ import annotations

import functools
import time
from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from migdesk import crash
from migdesk.domain.change import ChangeSet
from migdesk.domain.errors import MigDeskError
from migdesk.domain.report import ReportResult, Section
from migdesk.i18n import N_, pick
from migdesk.services import reporting
from migdesk.services.desk import Desk
from migdesk.ui import errors
from migdesk.ui.lists.report_table import ReportTable, shared_widths
from migdesk.ui.look import theme
from migdesk.ui.look.labels import Label
from migdesk.ui.look.theme import Tone
from migdesk.ui.look.words import said
from migdesk.ui.parts.actions import Action
from migdesk.ui.parts.blocks import card, column, text
from migdesk.ui.parts.choice_button import ChoiceButton, ChoiceColumn
from migdesk.ui.parts.file_dialogs import ask_save
from migdesk.ui.parts.frame import PageFrame, Scrolled
from migdesk.ui.parts.messages import Notice
from migdesk.ui.parts.panel import Panel, Words
from migdesk.ui.screens.page_actions import add_common
from migdesk.ui.screens.period_pick import PeriodPick, period
from migdesk.ui.screens.report_paper import ReportPaper
from migdesk.ui.shell.main_window import Page
from migdesk.ui.shell.office_window import OfficeWindow
from migdesk.ui.workplace import Workplace

_SAVE, _PAPER = N_("Save the report"), N_("Show as paper")
_REPORT, _PERIOD = N_("Report"), N_("Period")
_COUNTING = Words("clock", N_("The report is being counted…"))
_EMPTY, _TRY = N_("Nothing in this period"), N_("Choose another period at the left.")
_FAILED, _AGAIN = N_("The report cannot be shown"), N_("Try again")
_BUG = N_("Something went wrong in the program.")
_WRITING = N_("The file is being written: {file}")
_SAVED, _FOLDER = N_("Report saved: {file}"), N_("Open its folder")
_ENDINGS = (".pdf", ".xlsx", ".csv", ".json")
_SIDE = 316
_A_MOMENT = 0.012
"""Seconds after which the window gets its turn while tables are being made."""
WATCHES = frozenset({"arrival", "departure", "cases", "permit", "person", "allotment", "reservation"})


def list_reports(_desk: Desk) -> list[tuple[str, str]]:
    """Codes and titles in the language of the window; run in a reader's thread."""
    return [(one.code, pick(one.title)) for one in reporting.list_reports()]


class ReportPage(QWidget):
    """The body of the page. `result` is the report on show; none while it is counted or could not be."""

    def __init__(self, work: Workplace, frame: PageFrame) -> None:
        super().__init__()
        self._work = work
        self._turn = 0
        self._is_stale = False
        self.result: ReportResult | None = None
        self.tables: list[ReportTable] = []
        self.reports = ChoiceColumn()
        self.reports.chosen.connect(lambda _code: self.run())
        self.period = PeriodPick(lambda: work.desk.today)
        self.period.set_days(*period("month", work.desk.today))
        self.period.changed.connect(self.run)
        self.save_action = Action("report.save", _SAVE, self.save, "save", "Ctrl+S")
        self._commands = frame.set_actions(
            self.save_action, Action("report.paper", _PAPER, self.show_paper, "print", "Ctrl+P")
        )
        add_common(work, frame, self.run)
        self._pending: list[list[Section]] = []
        self._widths: dict[int, list[int]] = {}
        self._fills = False
        self._whole = QWidget()
        self._rest = QTimer(self, singleShot=True, interval=0)
        self._rest.timeout.connect(self._grow)
        self._stack = QStackedWidget()
        self._waiting = Panel(_COUNTING)
        self.shown: QWidget = QWidget()
        self._stack.addWidget(self._waiting)
        self._stack.addWidget(self.shown)
        self._lay_out()
        work.changed.connect(self._take_changes)
        work.day_changed.connect(self._become_stale)
        self._ask_reports()

    def _lay_out(self) -> None:
        choices = column(
            card(self.reports, title=_REPORT), card(self.period, title=_PERIOD), gap=theme.M, stretch=True
        )
        side = Scrolled(choices)
        side.setFixedWidth(_SIDE)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.L)
        row.addWidget(side)
        row.addWidget(self._stack, 1)

    def choose(self, code: str, since: date, until: date) -> None:
        """Show a report over a time."""
        self.reports.choose(code)
        self.period.set_days(since, until)
        self.run()

    def run(self) -> None:
        """Count again, away from the window."""
        days, code = self.period.days(), self.reports.key()
        if not days or not code:
            return
        self._turn += 1
        self._rest.stop()
        self._is_stale = False
        self._stack.setCurrentWidget(self._waiting)
        self._work.tasks.read(
            reporting.run,
            self._work.desk,
            code,
            *days,
            done=functools.partial(self._show, self._turn),
            failed=functools.partial(self._fail, self._turn),
        )

    def save(self) -> None:
        """Write the report as PDF, workbook, CSV or JSON."""
        result, days = self.result, self.period.days()
        if result is None or days is None:
            return
        name = f"{result.spec.code}-{days[0].isoformat()}-{days[1].isoformat()}.pdf"
        path = ask_save(self, _SAVE, name, _ENDINGS, self._work.memory)
        if path:
            self._work.noticed.emit(Notice(Tone.INFO, said(_WRITING, file=path.name)))
            self._work.tasks.run(
                reporting.save, result, path, done=self._tell_saved, failed=self._work.tell_error
            )

    def show_paper(self) -> None:
        """The report as it will print, in a tab."""
        result, window = self.result, self._work.window
        if result is None or not isinstance(window, OfficeWindow):
            return
        build = functools.partial(_paper, self._work, result, self.save_action)
        key = f"report/{result.spec.code}/{result.subtitle}/{result.language}"
        if key in window.tabs():
            window.close_tab(key)
        window.open_tab(Page(key, "reports", _PAPER, build, help="reports"), result.title)

    def retranslate(self) -> None:
        """Titles, names and words of the report come in the language of the window."""
        self._ask_reports()

    def showEvent(self, event: QShowEvent) -> None:
        """What changed while the page was hidden is counted now."""
        super().showEvent(event)
        self._order_stops()  # Qt tears the chain apart when the page comes into its frame
        if self._is_stale:
            self.run()

    def _ask_reports(self) -> None:
        self._work.tasks.read(
            list_reports, self._work.desk, done=self._take_reports, failed=self._work.tell_error
        )

    def _take_reports(self, reports: list[tuple[str, str]]) -> None:
        self.reports.show_choices(reports)
        if not self.reports.key() and reports:
            self.reports.choose(reports[0][0])
        self._order_stops()
        self.run()

    def _order_stops(self) -> None:
        """Tab goes from the reports to the period; the page begins with the chosen report."""
        buttons = self.reports.findChildren(ChoiceButton)[-len(self.reports.keys()) :]
        for before, after in pairwise([*buttons, *self.period.stops()]):
            QWidget.setTabOrder(before, after)
        for button in buttons:
            if button.isChecked():
                self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
                self.setFocusProxy(button)

    def _show(self, turn: int, result: ReportResult) -> None:
        if turn != self._turn:
            return
        self.result = result
        for command in self._commands:
            command.unlock()
        self.tables = []
        if not result.row_count:
            self._put(Panel(Words("inbox", _EMPTY, _TRY)))
            return
        head = column(
            text(result.title, "section"),
            text(" · ".join(part for part in (result.subtitle, result.office) if part), "muted"),
            gap=2,
        )
        foot = [result.as_of_text, pick(result.spec.text), pick(result.spec.source)]
        under = column(*(text(line, "small") for line in foot if line), gap=2)
        self._pending = _by_card(result.sections)
        self._fills = len(self._pending) == 1
        self._whole = column(head, under, gap=theme.M, stretch=not self._fills)
        self._whole.setContentsMargins(0, 0, 0 if self._fills else theme.M, 0)
        self._widths = dict(
            zip(map(id, result.sections), shared_widths(result.sections, result.language), strict=True)
        )
        self._put(Scrolled(self._whole))
        self._grow()

    def _grow(self) -> None:
        """Add the cards that can be made without anybody waiting; the others in the next turns."""
        began = time.perf_counter()
        lines = self._whole.layout()
        assert isinstance(lines, QVBoxLayout) and self.result
        while self._pending:
            parts = [part for section in self._pending.pop(0) for part in self._parts(self.result, section)]
            lines.insertWidget(lines.count() - (1 if self._fills else 2), card(*parts))
            if time.perf_counter() - began > _A_MOMENT and self._pending:
                self._rest.start()
                return

    def _parts(self, result: ReportResult, section: Section) -> list[QWidget]:
        parts: list[QWidget] = [text(section.title, "strong")] if section.title else []
        if section.rows or section.totals:
            table = ReportTable(section, result.language, self._widths[id(section)], fills=self._fills)
            table.setAccessibleName(section.title or result.title)
            self.tables.append(table)
            parts.append(table)
        elif not any(one.joined for one in result.sections):
            parts.append(Label(_EMPTY, "muted"))
        return parts

    def _fail(self, turn: int, error: Exception) -> None:
        if turn != self._turn:
            return
        self.result = None
        for command in self._commands:
            command.lock(_FAILED)
        again = Action("report.again", _AGAIN, self.run, "refresh")
        panel = Panel(Words("bad", _FAILED, _BUG, again, Tone.BAD))
        if isinstance(error, MigDeskError):
            panel.text.show_text(error.words())
        else:
            crash.write(error, self._work.desk.home)
        self._put(panel)

    def _put(self, shown: QWidget) -> None:
        self._stack.removeWidget(self.shown)
        self.shown.hide()
        self.shown.deleteLater()
        self.shown = shown
        self._stack.addWidget(shown)
        self._stack.setCurrentWidget(shown)

    def _tell_saved(self, path: Path) -> None:
        show = functools.partial(errors.open_folder, path.parent)
        self._work.noticed.emit(Notice(Tone.OK, said(_SAVED, file=path.name), said(_FOLDER), show))

    def _take_changes(self, changes: ChangeSet) -> None:
        if changes.tables & WATCHES:
            self._become_stale()

    def _become_stale(self) -> None:
        self._is_stale = True
        if self.isVisible():
            self.run()


def _by_card(sections: Sequence[Section]) -> list[list[Section]]:
    """A group stands in the card of the section it belongs to."""
    cards: list[list[Section]] = []
    for section in sections:
        if not section.joined or not cards:
            cards.append([])
        cards[-1].append(section)
    return cards


def _paper(work: Workplace, result: ReportResult, save: Action, frame: PageFrame) -> QWidget:
    return ReportPaper(work, frame, result, save)
