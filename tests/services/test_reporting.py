"""Reports and exports: the figures of the register, the same in every kind of file."""

from __future__ import annotations

import csv
import json
from datetime import date

import openpyxl
import pytest

from migdesk import paths
from migdesk.domain.errors import BadFile, Cancelled, Invalid, NotFound
from migdesk.domain.listing import Filter, Query, Test
from migdesk.i18n import LANGUAGES, language
from migdesk.paper.pages import count_pages
from migdesk.services import listing, reporting
from migdesk.services.progress import Progress
from migdesk.services.sample import register
from migdesk.services.workbooks import exporting
from tests import make

SINCE, UNTIL = date(2026, 1, 1), date(2026, 11, 23)


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    opened = make.desk(tmp_path_factory.mktemp("reports"))
    register.fill(opened, 600)
    yield opened
    opened.close()


def section(result, number):
    return [list(row) for row in result.sections[number].rows]


def test_the_summary_adds_up_and_agrees_with_the_register(desk):
    result = reporting.run(desk, "monthly_summary", SINCE, UNTIL)
    arrived = desk.store.value(
        "SELECT count(*) FROM arrival a JOIN person p ON p.uid = a.person "
        "WHERE p.citizenship <> 'KAZ' AND arrived_on BETWEEN '2026-01-01' AND '2026-11-23'"
    )
    granted = desk.store.value(
        "SELECT count(*) FROM permit WHERE kind = 'kandas' AND granted_on BETWEEN '2026-01-01' AND '2026-11-23'"
    )
    assert section(result, 0)[0][1] == arrived > 0
    assert section(result, 0)[2][1] == granted > 0
    for number in (1, 2, 3):
        assert sum(row[1] for row in section(result, number)) == arrived
        assert sum(row[3] for row in section(result, number)) == granted
        assert abs(sum(row[2] for row in section(result, number)) - 100) <= 0.5


def test_only_people_of_working_age_are_asked_for_education(desk):
    result = reporting.run(desk, "monthly_summary", SINCE, UNTIL)
    working = section(result, 3)[0][1]
    assert sum(row[1] for row in section(result, 4)) == working


def test_the_ages_of_the_summary_are_those_of_the_law(desk, monkeypatch):
    """They stood in the code, where no office could see or correct them."""
    ages = {"report.working_age": 18, "report.pension_age": 19}
    before = section(reporting.run(desk, "monthly_summary", SINCE, UNTIL), 3)
    monkeypatch.setattr(type(desk.law), "value", lambda _law, code, _on: ages[code])
    after = section(reporting.run(desk, "monthly_summary", SINCE, UNTIL), 3)
    assert after[0][1] < before[0][1]
    assert sum(row[1] for row in after) == sum(row[1] for row in before)


def test_the_register_of_notices_has_a_row_for_each(desk):
    result = reporting.run(desk, "arrivals_journal", SINCE, UNTIL)
    notices = desk.store.value(
        "SELECT count(*) FROM arrival WHERE notified_on BETWEEN '2026-01-01' AND '2026-11-23'"
    )
    assert result.row_count == notices > 0


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("code", ["monthly_summary", "arrivals_journal"])
def test_a_report_is_saved_in_every_kind_and_language(desk, tmp_path, code, lang):
    with language(lang):
        result = reporting.run(desk, code, SINCE, UNTIL)
        for ending in (".pdf", ".xlsx", ".csv", ".json"):
            reporting.save(result, tmp_path / f"r{ending}")
    assert count_pages((tmp_path / "r.pdf").read_bytes()) >= 1
    assert openpyxl.load_workbook(tmp_path / "r.xlsx").worksheets[0].max_row > result.row_count
    assert (tmp_path / "r.csv").read_text(encoding="utf-8-sig").count("\n") > result.row_count
    assert json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))


def test_the_report_that_leads_stands_above_the_others():
    codes = [spec.code for spec in reporting.list_reports()]
    assert codes == ["monthly_summary", *sorted(set(codes) - {"monthly_summary"})]


def test_a_report_over_an_unknown_query_is_refused_by_file_and_key(monkeypatch, tmp_path):
    """It was found when the report was run, as a bug of the program."""
    shipped = paths.resources() / "reports" / "monthly_summary.toml"
    (tmp_path / "reports").mkdir()
    text = shipped.read_text(encoding="utf-8").replace("summary.by_country", "summary.by_planet")
    (tmp_path / "reports" / "odd.toml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(paths, "resources", lambda: tmp_path)
    with pytest.raises(BadFile) as refused:
        reporting.list_reports()
    assert "odd.toml: section[1].query" in refused.value.words()
    assert "summary.by_country" in refused.value.words()


def test_odd_questions_are_refused(desk, tmp_path):
    with pytest.raises(NotFound):
        reporting.run(desk, "horoscope", SINCE, UNTIL)
    with pytest.raises(Invalid):
        reporting.run(desk, "monthly_summary", UNTIL, SINCE)
    with pytest.raises(BadFile):
        reporting.save(reporting.run(desk, "monthly_summary", SINCE, UNTIL), tmp_path / "r.docx")
    empty = reporting.run(desk, "monthly_summary", date(1999, 1, 1), date(1999, 12, 31))
    reporting.save(empty, tmp_path / "empty.pdf")
    assert section(empty, 0)[0][1] == 0


@pytest.mark.parametrize("name", listing.NAMES)
@pytest.mark.parametrize("ending", [".xlsx", ".csv", ".json"])
def test_every_list_can_be_exported(desk, tmp_path, name, ending):
    with language("kk"):
        rows = exporting.export_list(desk, Query(name), tmp_path / f"{name}{ending}")
    assert rows == listing.open_list(desk, Query(name)).count()
    assert (tmp_path / f"{name}{ending}").stat().st_size > 0


def test_an_export_has_real_dates_text_numbers_and_its_filter(desk, tmp_path):
    query = Query("people", (Filter("iin", Test.FILLED), Filter("citizenship", Test.IS, "UZB")))
    with language("ru"):
        rows = exporting.export_list(desk, query, tmp_path / "p.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "p.xlsx").worksheets[0]
    head = {cell.value: cell.column for cell in sheet[1]}
    with language("ru"):
        from migdesk.i18n import _

        iin, citizenship = head[_("IIN (if any)")], head[_("Citizenship")]
    assert sheet.max_row == rows + 1
    assert all(
        isinstance(sheet.cell(n, iin).value, str) and len(sheet.cell(n, iin).value) == 12
        for n in range(2, 10)
    )
    assert {sheet.cell(n, citizenship).value for n in range(2, rows + 2)} == {"Узбекистан"}


def test_a_csv_is_read_back_whole(desk, tmp_path):
    exporting.export_list(desk, Query("people"), tmp_path / "p.csv")
    with (tmp_path / "p.csv").open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.reader(file))
    assert len(lines) == 601
    assert len({len(line) for line in lines}) == 1


def test_a_stopped_export_leaves_no_file(desk, tmp_path):
    progress = Progress()
    progress.cancelled = True
    with pytest.raises(Cancelled):
        exporting.export_list(desk, Query("people"), tmp_path / "p.xlsx", progress)
    assert list(tmp_path.iterdir()) == []
