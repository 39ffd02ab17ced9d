"""Reports: which one and over which time at the left, every section with its table and bars at the right."""

from __future__ import annotations

import functools
from datetime import date
from pathlib import Path

from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from migdesk.domain.errors import MigDeskError
from migdesk.domain.report import REST, ReportResult, Section, show_cell
from migdesk.i18n import N_, pick
from migdesk.services import reporting
from migdesk.services.desk import Desk
from migdesk.ui import errors, printer, theme
from migdesk.ui.actions import Action
from migdesk.ui.blocks import card, column, text
from migdesk.ui.chart_view import ChartView
from migdesk.ui.charts import Chart, Series
from migdesk.ui.choice_button import ChoiceColumn
from migdesk.ui.dialogs.files import ask_save
from migdesk.ui.frame import PageFrame, Scrolled
from migdesk.ui.labels import Label
from migdesk.ui.main_window import Page
from migdesk.ui.messages import Notice
from migdesk.ui.panel import Panel, Words
from migdesk.ui.period_pick import PeriodPick, period
from migdesk.ui.report_table import ReportTable
from migdesk.ui.theme import Tone
from migdesk.ui.words import said
from migdesk.ui.workplace import Workplace

TITLE = N_("Reports")
_SAVE, _PRINT, _REFRESH = N_("Save the report"), N_("Print"), N_("Refresh")
_REPORT, _PERIOD = N_("Report"), N_("Period")
_COUNTING = Words("clock", N_("The report is being counted…"))
_EMPTY = N_("Nothing in this period")
_SAVED, _FOLDER = N_("Report saved: {file}"), N_("Open its folder")
_PRINTED = N_("Report printed: {title}")
_NO_PRINTER = N_("No printer is installed on this machine: save the report as PDF.")
_REFUSED = N_("The printer did not take the report.")
_ENDINGS = (".pdf", ".xlsx", ".csv", ".json")
_SIDE, _CHART, _MOST_BARS = 304, 200, 40
WATCHES = frozenset({"arrival", "departure", "cases", "permit", "person", "allotment", "reservation"})


def list_reports(_desk: Desk) -> list[tuple[str, str]]:
    """Codes and titles in the language of the window; run in a reader's thread."""
    return [(one.code, pick(one.title)) for one in reporting.list_reports()]


def print_report(result: ReportResult, folder: Path, paper: QPrinter) -> str:
    """Draw a report on a printer, away from the window; the answer is its title.

    Raises:
        MigDeskError: the printer did not take it.
    """
    import tempfile  # noqa: PLC0415 - only when something is printed

    with tempfile.TemporaryDirectory(dir=folder) as place:
        content = reporting.save(result, Path(place) / "report.pdf").read_bytes()
    if not printer.draw(content, paper):
        raise MigDeskError(_REFUSED)
    return result.title


class ReportPage(QWidget):
    """The body of the page. `make_printer` gives the printer, or nothing when nobody chose one."""

    def __init__(self, work: Workplace, frame: PageFrame) -> None:
        super().__init__()
        self._work = work
        self._turn = 0
        self._is_stale = True
        self.result: ReportResult | None = None
        self.make_printer = self._ask_printer
        self.tables: list[ReportTable] = []
        self.charts: list[ChartView] = []
        self.reports = ChoiceColumn()
        self.reports.chosen.connect(lambda _code: self.run())
        self.period = PeriodPick(lambda: work.desk.today)
        self.period.set_days(*period("year", work.desk.today))
        self.period.changed.connect(self.run)
        self._commands = frame.set_actions(
            Action("report.save", _SAVE, self.save, "save", "Ctrl+S"),
            Action("report.print", _PRINT, self.print_now, "print", "Ctrl+P"),
        )
        frame.add_command(Action("report.refresh", _REFRESH, self.run, "refresh", "F5"))
        if not printer.installed():
            self._commands[1].lock(_NO_PRINTER)
        self._stack = QStackedWidget()
        self._waiting = Panel(_COUNTING)
        self._shown: QWidget = QWidget()
        self._stack.addWidget(self._waiting)
        self._stack.addWidget(self._shown)
        self._lay_out()
        self._ask_reports()

    def _lay_out(self) -> None:
        side = Scrolled(
            column(
                card(self.reports, title=_REPORT),
                card(self.period, title=_PERIOD),
                gap=theme.M,
                stretch=True,
            )
        )
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
        result = self.result
        if result is None:
            return
        name = f"{result.spec.code}-{result.as_of.isoformat()}.pdf"
        path = ask_save(self, _SAVE, name, _ENDINGS, self._work.memory)
        if path:
            self._work.tasks.read(
                reporting.save, result, path, done=self._tell_saved, failed=self._work.tell_error
            )

    def print_now(self) -> None:
        """Print the report as it is shown."""
        paper = self.make_printer() if self.result else None
        if paper is not None and self.result:
            self._work.tasks.read(
                print_report,
                self.result,
                self._work.desk.home,
                paper,
                done=self._tell_printed,
                failed=self._work.tell_error,
            )

    def retranslate(self) -> None:
        """Titles, names and words of the report come in the language of the window."""
        self._ask_reports()

    def _ask_reports(self) -> None:
        self._work.tasks.read(
            list_reports, self._work.desk, done=self._take_reports, failed=self._work.tell_error
        )

    def _take_reports(self, reports: list[tuple[str, str]]) -> None:
        self.reports.show_choices(reports)
        if not self.reports.key() and reports:
            self.reports.choose(reports[-1][0])
            self.reports.focus_chosen()
        self.run()

    def _show(self, turn: int, result: ReportResult) -> None:
        if turn != self._turn:
            return
        self.result = result
        self.tables, self.charts = [], []
        head = column(
            text(result.title, "section"),
            text(f"{result.subtitle} · {result.office}".strip(" ·"), "muted"),
            gap=2,
        )
        parts = [head, *(self._section(section, result.language) for section in result.sections)]
        foot = [result.as_of_text, pick(result.spec.text), pick(result.spec.source)]
        parts.append(column(*(text(line, "small") for line in foot if line), gap=2))
        self._put(Scrolled(column(*parts, gap=theme.L, stretch=True)))

    def _section(self, section: Section, language: str) -> QWidget:
        title = text(section.title, "strong") if section.title else None
        if not section.rows:
            return card(*([title] if title else []), Label(_EMPTY, "muted"))
        table = ReportTable(section, language)
        self.tables.append(table)
        parts: list[QWidget] = [*([title] if title else []), table]
        chart = self._chart(section, language) if section.chart else None
        if chart:
            parts.append(chart)
        return card(*parts)

    def _chart(self, section: Section, language: str) -> ChartView | None:
        """Bars of one column; what was summed up as the rest is no bar."""
        keys = [one.key for one in section.columns]
        at = keys.index(section.chart)
        name = next(
            (place for place, one in enumerate(section.columns) if not one.is_number and one.is_asked), 0
        )
        bars = [
            (show_cell(section.columns[name], row[name], language), _whole(row[at]))
            for row in section.rows
            if row[name] != REST
        ][:_MOST_BARS]
        if len(bars) < 2:
            return None
        view = ChartView(pick(section.columns[at].title))
        view.setFixedHeight(_CHART)
        view.show_chart(
            Chart(tuple(label for label, _n in bars), (Series("", tuple(n for _label, n in bars)),))
        )
        self.charts.append(view)
        return view

    def _fail(self, turn: int, error: Exception) -> None:
        if turn != self._turn:
            return
        if isinstance(error, MigDeskError):
            panel = Panel(Words("reports", "", "", None, Tone.WARN))
            panel.title.show_text(error.words())
            self._put(panel)
        else:
            self._work.tell_error(error)

    def _put(self, shown: QWidget) -> None:
        self._stack.removeWidget(self._shown)
        self._shown.deleteLater()
        self._shown = shown
        self._stack.addWidget(shown)
        self._stack.setCurrentWidget(shown)

    def _ask_printer(self) -> QPrinter | None:
        chosen = printer.printer_named("")
        accepted = QPrintDialog(chosen, self).exec() == QPrintDialog.DialogCode.Accepted
        return chosen if accepted else None

    def _tell_saved(self, path: Path) -> None:
        show = functools.partial(errors.open_folder, path.parent)
        self._work.noticed.emit(Notice(Tone.OK, said(_SAVED, file=path.name), said(_FOLDER), show))

    def _tell_printed(self, title: str) -> None:
        self._work.noticed.emit(Notice(Tone.OK, said(_PRINTED, title=title)))


def _whole(value: object) -> int:
    return round(value) if isinstance(value, int | float) else 0


def page(work: Workplace) -> Page:
    """The page of the side bar."""
    return Page("reports", "reports", TITLE, functools.partial(ReportPage, work))
