import csv
import json
from datetime import date

import openpyxl
import pytest

from migdesk.domain.errors import BadFile
from migdesk.domain.report import read_report
from migdesk.domain.report_fill import ReportFrame, fill_report
from migdesk.exchange.reportbook import write_report
from migdesk.i18n import language

SPEC = """
code = "arrivals"
landscape = true
title = { kk = "Келгендер", ru = "Прибытия", en = "Arrivals" }
text = { kk = "Ескерту", ru = "Замечание", en = "Remark" }
source = { kk = "Тізілім", ru = "Реестр", en = "Register" }

[[section]]
key = "a"
title = { kk = "Елдер", ru = "Страны", en = "Countries" }
query = "q"
[[section.column]]
key = "country"
title = { kk = "Ел", ru = "Страна", en = "Country" }
width = 30
[[section.column]]
key = "count"
kind = "whole"
total = true
title = { kk = "Саны", ru = "Число", en = "Count" }
[[section.column]]
key = "share"
kind = "percent"
of = "count"
total = true
title = { kk = "Үлесі", ru = "Доля", en = "Share" }
[[section.column]]
key = "last"
kind = "day"
title = { kk = "Соңғы", ru = "Последний", en = "Last" }

[[section]]
key = "b"
title = { kk = "Б", ru = "Б", en = "B" }
query = "q"
group = "region"
[[section.column]]
key = "region"
title = { kk = "Облыс", ru = "Область", en = "Region" }
[[section.column]]
key = "name"
title = { kk = "Аты", ru = "Имя", en = "Name" }
[[section.column]]
key = "n"
kind = "whole"
total = true
title = { kk = "Саны", ru = "Число", en = "Count" }
"""
ROWS = {
    "a": [("=UZB", 3, date(2026, 11, 21)), ("CHN", 1, None)],
    "b": [("North", "x", 1), ("South", "y", 2)],
}


@pytest.fixture
def report():
    frame = ReportFrame(date(2026, 1, 1), date(2026, 11, 23), date(2026, 11, 23), "Office", "Kim")
    with language("ru"):
        return fill_report(read_report(SPEC, "arrivals.toml"), ROWS, lambda _list, code: code, frame)


def test_a_report_as_a_workbook_has_real_numbers_and_dates(tmp_path, report):
    path = tmp_path / "a.xlsx"
    write_report(path, report)
    sheet = openpyxl.load_workbook(path).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[1][0] == "Прибытия"
    at = rows.index(["Страна", "Число", "Доля", "Последний"])
    assert rows[at + 1][:3] == ["=UZB", 3, 75]
    assert rows[at + 1][3].date() == date(2026, 11, 21)
    assert rows[at + 3][1:] == [4, 100, None]
    assert sheet.cell(at + 2, 1).data_type == "s"
    assert sheet.cell(at + 2, 3).number_format == "0.0"
    assert sheet.page_setup.orientation == "landscape"


def test_groups_follow_one_head_and_the_foot_says_as_of_when(tmp_path, report):
    path = tmp_path / "a.xlsx"
    write_report(path, report)
    first = [row[0].value for row in openpyxl.load_workbook(path).active.iter_rows() if row[0].value]
    assert first.count("Имя") == 1
    assert [text for text in first if text in ("North", "x", "South", "y")] == ["North", "x", "South", "y"]
    assert first[-1] == report.as_of_text


def test_a_report_as_csv_guards_its_texts(tmp_path, report):
    path = tmp_path / "a.csv"
    write_report(path, report)
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))
    assert rows[:3] == [
        ["Страны"],
        ["Страна", "Число", "Доля", "Последний"],
        ["'=UZB", "3", "75.0", "2026-11-21"],
    ]


def test_a_report_as_json_has_its_values_by_key(tmp_path, report):
    path = tmp_path / "a.json"
    write_report(path, report)
    found = json.loads(path.read_text(encoding="utf-8"))
    assert (found["report"], found["as_of"], found["office"]) == ("arrivals", "2026-11-23", "Office")
    assert found["sections"][0]["rows"][0] == {
        "country": "=UZB",
        "count": 3,
        "share": 75.0,
        "last": "2026-11-21",
    }
    assert found["sections"][0]["totals"]["count"] == 4


def test_another_kind_of_file_is_refused(tmp_path, report):
    with pytest.raises(BadFile):
        write_report(tmp_path / "a.doc", report)
    assert list(tmp_path.iterdir()) == []
