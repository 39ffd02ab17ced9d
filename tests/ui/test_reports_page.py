"""Reports: what the page shows and saves is what the service counts; words and bars fit in every language."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog

from migdesk.domain.arrival import Arrival
from migdesk.domain.errors import StoreProblem
from migdesk.domain.listing import Filter, Test
from migdesk.domain.report import ColumnKind, ReportColumn, Section, show_cell
from migdesk.services import reporting
from migdesk.services.arrivals import arrivals
from migdesk.ui.gallery.pictures import settle
from migdesk.ui.lists.report_table import ReportTable, column_title, shared_widths
from migdesk.ui.screens.period_pick import period
from migdesk.ui.screens.report_paper import ReportPaper
from migdesk.ui.screens.reports import ReportPage
from tests.ui import offices
from tests.ui.keys import press, type_text
from tests.ui.seen import assert_all_named, assert_nothing_clipped
from tests.ui.watchdog import assert_stays_alive

SUMMARY, JOURNAL = "monthly_summary", "arrivals_journal"
YEAR = (date(2026, 1, 1), date(2026, 12, 31))


@pytest.fixture
def page(eye) -> ReportPage:
    found = eye.open("reports")
    assert isinstance(found, ReportPage)
    return found


def choose(page: ReportPage, code: str, since: date, until: date) -> None:
    """A report with all its tables: they come one after the other."""
    page.choose(code, since, until)
    while page._pending:
        settle()


def shown_rows(table: ReportTable) -> list[list[str]]:
    model = table.model()
    return [
        [str(model.index(row, at).data()) for at in range(model.columnCount() - 1)]
        for row in range(model.rowCount())
    ]


def words_of(section: Section) -> list[list[str]]:
    rows = [*section.rows, *([section.totals] if section.totals else [])]
    return [
        [show_cell(column, value, "en") for column, value in zip(section.columns, row, strict=True)]
        for row in rows
    ]


def save_as(monkeypatch, path, kind: str = "") -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_given: (str(path), kind))


def test_every_section_stands_there_as_the_service_counts_it(page, desk):
    choose(page, SUMMARY, *YEAR)
    expected = [one for one in reporting.run(desk, SUMMARY, *YEAR).sections if one.rows]
    assert [shown_rows(table) for table in page.tables] == [words_of(one) for one in expected]


def test_it_opens_on_this_month(page, desk):
    assert page.result.subtitle == "01.11.2026 – 30.11.2026"
    assert page.result.as_of == desk.today


def test_the_keyboard_begins_at_the_reports_and_goes_on_to_the_period(application, page, eye):
    for language in ("kk", "en"):
        application.speak(language)
        eye.open("today")
        eye.open("reports")
        assert QApplication.focusWidget().accessibleName() == page.result.title
        eye.press(Qt.Key.Key_Tab)
        assert QApplication.focusWidget() is page.period.buttons["month"]


def test_the_longest_bar_is_that_of_the_greatest_number_and_totals_have_none(page):
    choose(page, SUMMARY, *YEAR)
    table = next(one for one in page.tables if one.cells.section.chart)
    section = table.cells.section
    at = [column.key for column in section.columns].index(section.chart)
    numbers = [row[at] for row in section.rows]
    shares = [table.cells.share(row) for row in range(len(section.rows))]
    assert shares == [number / max(numbers) for number in numbers]
    assert table.cells.share(len(section.rows)) is None


def test_usual_periods(desk):
    day = date(2026, 2, 17)
    assert period("month", day) == (date(2026, 2, 1), date(2026, 2, 28))
    assert period("last_month", date(2026, 1, 5)) == (date(2025, 12, 1), date(2025, 12, 31))
    assert period("quarter", day) == (date(2026, 1, 1), date(2026, 3, 31))
    assert period("last_year", day) == (date(2025, 1, 1), date(2025, 12, 31))


def test_last_month_by_its_button(page, desk):
    press(page.period.buttons["last_month"], Qt.Key.Key_Space)
    expected = reporting.run(desk, SUMMARY, date(2026, 10, 1), date(2026, 10, 31))
    assert page.result == expected


def test_month_by_month(page):
    page.period.step(-1)
    assert page.result.subtitle == "01.10.2026 – 31.10.2026"
    assert page.period.month.text() == "October 2026"
    page.period.step(1)
    page.period.step(1)
    assert page.result.subtitle == "01.12.2026 – 31.12.2026"


def test_days_typed_as_digits(page, desk):
    line = page.period.since
    line.setFocus()
    line.selectAll()
    type_text(line, "05032026\n")
    assert page.period.until.hasFocus()
    type_text(page.period.until, "060326\n")
    assert page.result == reporting.run(desk, SUMMARY, date(2026, 3, 5), date(2026, 3, 6))


def test_what_is_no_date_is_said_below_and_the_report_stays(page):
    before = page.result
    line = page.period.since
    line.setFocus()
    line.selectAll()
    type_text(line, "99\n")
    press(page.period.until, Qt.Key.Key_Return)
    assert "99" in page.period._problems.words()
    assert page.result is before


def test_a_period_that_ends_before_it_begins_says_so_and_locks_saving(page):
    choose(page, SUMMARY, date(2026, 5, 1), date(2026, 4, 1))
    assert page.result is None
    assert "The period ends before it begins." in page.shown.text.text()
    assert not any(command.isEnabled() for command in page._commands)
    page.period.choose("year")
    assert page.result is not None
    assert all(command.isEnabled() for command in page._commands)


def test_nothing_in_a_period_says_what_to_do(page):
    choose(page, JOURNAL, date(1999, 1, 1), date(1999, 1, 31))
    assert page.shown.title.text() == "Nothing in this period"
    assert page.tables == []


def test_a_fault_leaves_the_way_to_try_again(page, monkeypatch):
    def fall(*_given):
        raise StoreProblem("The disk is full.")

    monkeypatch.setattr(reporting, "run", fall)
    page.run()
    assert page.shown.text.text() == "The disk is full."
    monkeypatch.undo()
    page.run()
    assert page.result is not None


def test_saved_as_pdf(page, monkeypatch, tmp_path, eye):
    choose(page, SUMMARY, *YEAR)
    save_as(monkeypatch, tmp_path / "summary.pdf")
    eye.press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert (tmp_path / "summary.pdf").read_bytes().startswith(b"%PDF")
    assert eye.told() == "Report saved: summary.pdf"


def test_saved_as_a_workbook_with_numbers(page, monkeypatch, tmp_path):
    from openpyxl import load_workbook

    choose(page, SUMMARY, *YEAR)
    save_as(monkeypatch, tmp_path / "summary.xlsx")
    page.save()
    sheet = load_workbook(tmp_path / "summary.xlsx").worksheets[0]
    values = [cell.value for line in sheet.iter_rows() for cell in line]
    assert page.result.sections[0].rows[0][1] in values


def test_saved_as_csv_with_every_row(page, monkeypatch, tmp_path):
    choose(page, JOURNAL, *YEAR)
    save_as(monkeypatch, tmp_path / "journal.csv")
    page.save()
    with (tmp_path / "journal.csv").open(encoding="utf-8-sig", newline="") as file:
        lines = [line for line in csv.reader(file, delimiter=";") if line]
    assert len(lines) >= page.result.row_count


def test_a_closed_file_window_saves_nothing(page, monkeypatch, tmp_path):
    save_as(monkeypatch, "")
    page.save()
    assert list(tmp_path.glob("*.pdf")) == []


def test_an_arrival_written_elsewhere_is_counted_when_the_page_comes_back(page, eye, desk):
    choose(page, JOURNAL, *YEAR)
    before = page.result.row_count
    eye.open("today")
    uid = eye.first("arrivals", Filter("notified_on", Test.EMPTY))
    arrival = desk.store.get(Arrival, uid)
    arrivals.correct_arrival(desk, replace(arrival, notified_on=desk.today))
    settle()
    assert page.result.row_count == before
    eye.open("reports")
    assert page.result.row_count == before + 1


def test_as_paper_in_a_tab(page, eye):
    choose(page, SUMMARY, *YEAR)
    eye.press(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    paper = eye.window.frame(eye.window.current()).findChild(ReportPaper)
    assert paper.pages.count() >= 1
    eye.press(Qt.Key.Key_Escape)
    assert eye.window.current() == "reports"


def test_rows_are_copied_with_their_headings(page):
    choose(page, SUMMARY, *YEAR)
    table = page.tables[1]
    table.selectRow(0)
    press(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QApplication.clipboard().text().split("\n")
    assert [line.split("\t") for line in lines] == [
        [column_title(column) for column in table.cells.section.columns],
        words_of(table.cells.section)[0],
    ]


def test_columns_of_one_kind_line_up_and_groups_share_a_card(application):
    word = ReportColumn("name", {"en": "Name"})
    number = ReportColumn("n", {"en": "Num-\nber"}, ColumnKind.WHOLE, total=True)
    sections = (
        Section("All", (word, number), ()),
        Section("Long group", (word, number), (("a name that is rather long", 1),), (None, 1), joined=True),
        Section("Short group", (word, number), (("x", 123456),), (None, 123456), joined=True),
    )
    widths = shared_widths(sections, "en")
    assert widths[0] == widths[1] == widths[2]
    assert column_title(number) == "Number"


@pytest.mark.parametrize("code", [SUMMARY, JOURNAL])
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_nothing_is_cut_off_and_everything_has_a_name(application, catalogues, page, eye, language, code):
    application.speak(language)
    choose(page, code, *YEAR)
    settle()
    assert page.result.language == language
    for size in ((1366, 768), (1024, 640), (683, 384)):
        eye.window.resize(*size)
        settle()
        assert_nothing_clipped(eye.window)
    assert_all_named(eye.window)


def test_the_window_stays_alive_while_a_report_is_counted(application, desk, threads, qtbot):
    eye = offices.Eye(desk, threads)
    qtbot.addWidget(eye.window)
    page = eye.open("reports")
    assert isinstance(page, ReportPage)
    offices.until(qtbot, lambda: page.result is not None)

    def count() -> None:
        for code in (SUMMARY, JOURNAL):
            page.result = None
            page.choose(code, *YEAR)
            offices.until(qtbot, lambda: page.result is not None and not page._pending)
        qtbot.wait(50)

    assert_stays_alive(count)
    assert page.tables[0].cells.rowCount() == page.result.row_count
