"""`import`, `export`, `template`: workbooks in and out through the command line."""

from __future__ import annotations

import csv
import json
import re
from datetime import date

import openpyxl
import pytest

from migdesk.cli.files import STANDARD
from migdesk.domain.listing import Filter, Test
from migdesk.domain.saved_view import Audience, SavedView
from migdesk.services import views
from migdesk.services.desk import Clock, open_desk

HEADER = ("Surname", "Given name", "Sex", "Date of birth", "Citizenship", "Document number")
HEADER += ("Date of arrival", "Purpose of arrival", "Settlement (KATO code or name)", "Date of entry")
ROW = ("Қасымова", "Айгүл", "female", "17.05.1990", "UZB", "AB1234567")
ROW += ("20.11.2026", "kandas", "551010000", "20.11.2026")
COUNTS = ("added", "changed", "unchanged", "skipped", "failed")


@pytest.fixture
def workbook(tmp_path):
    """A workbook of given rows."""

    def make(*rows: tuple[object, ...]):
        book = openpyxl.Workbook()
        for row in (HEADER, *rows):
            book.active.append(row)
        file = tmp_path / "arrivals.xlsx"
        book.save(file)
        return file

    return make


def broken(**cells: object) -> tuple[object, ...]:
    """The row with some of its cells changed, by the beginning of their heading."""
    return tuple(
        next((value for name, value in cells.items() if heading.startswith(name)), cell)
        for heading, cell in zip(HEADER, ROW, strict=True)
    )


def ops(office) -> list[str]:
    return [entry["op"] for entry in office("journal").document]


def test_import_counts_add_up(office, workbook):
    file = workbook(
        ROW, broken(Citizenship="Atlantis", Document="XY7654321"), broken(Given="Әли", Document="ZZ1")
    )
    said = office("import", file)
    assert said.code == 0
    assert {"read", *COUNTS, "batch", "problems"} <= set(said.document)
    assert said.document["read"] == sum(said.document[name] for name in COUNTS) == 3
    assert (said.document["added"], said.document["failed"]) == (2, 1)
    assert said.document["batch"]
    problem = next(one for one in said.document["problems"] if one["cell"] == "E3")
    assert set(problem) == {"sheet", "cell", "code", "text"}
    assert len(office("find", "Қасымова").document) == 2
    assert ops(office)[0] == "import_workbook"


def test_a_look_writes_nothing(office, workbook):
    said = office("import", workbook(ROW), "--dry-run")
    assert said.code == 0
    assert (said.document["added"], said.document["batch"]) == (1, None)
    assert ops(office) == ["init_office"]


def test_the_same_file_is_not_taken_twice(office, workbook):
    file = workbook(ROW)
    office("import", file)
    said = office("import", file)
    assert said.code == 0
    assert (said.document["added"], said.document["unchanged"]) == (0, 1)
    assert len(office("find", "Қасымова").document) == 1


def test_an_import_is_taken_back_whole(office, workbook):
    office("import", workbook(ROW, broken(Given="Әли", Document="ZZ1234567")))
    assert office("undo").code == 0
    assert office("find", "Қасымова").document == []


def test_the_marked_workbook_comes_back(office, workbook, tmp_path):
    marked = tmp_path / "marked.xlsx"
    said = office("import", workbook(broken(Citizenship="Atlantis")), "--dry-run", "--marked", marked)
    assert said.code == 0
    assert openpyxl.load_workbook(marked).worksheets[0]["E2"].comment is not None


def test_a_workbook_through_standard_input(office, workbook):
    assert office("import", STANDARD, given=workbook(ROW).read_bytes()).document["added"] == 1


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04broken", b"\x00" * 1000, b"no workbook at all", b"a" * 1_000_000]
)
def test_what_is_no_workbook(office, tmp_path, content):
    file = tmp_path / "wrong.xlsx"
    file.write_bytes(content)
    said = office("import", file)
    assert said.code == 3
    assert said.document["file"] == str(file)
    assert ops(office) == ["init_office"]


def test_import_wrong_usage(office, workbook, tmp_path):
    assert office("import").code == 2
    assert office("import", workbook(ROW), "--as", "nothing").code == 2
    assert office("import", workbook(ROW), "--as", "persons").code == 2
    assert office("import", tmp_path / "none.xlsx").code == 3
    assert office("import", workbook(ROW), "--marked", tmp_path / "none" / "marked.xlsx").code == 3
    assert ops(office) == ["init_office"]


def test_people_read_the_counts(call, home, workbook):
    said = call("--home", home, "--on", "2026-11-23", "import", workbook(broken(Citizenship="Atlantis")))
    assert "Not taken: " in said.out
    assert "E2" in said.out


def test_our_own_template_is_understood(office, tmp_path):
    file = tmp_path / "template.xlsx"
    assert office("template", file).code == 0
    said = office("import", file, "--dry-run")
    assert said.code in (0, 3)
    assert office("template", tmp_path / "template.docx").code == 2
    assert office("template", file, "--as", "nothing").code == 2


@pytest.mark.parametrize("suffix", [".xlsx", ".csv", ".json"])
def test_export(office, registered, tmp_path, suffix):
    file = tmp_path / f"people{suffix}"
    said = office("export", "people", "--to", file)
    assert (said.code, said.document) == (0, {"rows": 1})
    if suffix == ".xlsx":
        assert "Қасымова Айгүл" in [cell.value for row in openpyxl.load_workbook(file).active for cell in row]
    elif suffix == ".csv":
        rows = csv.reader(file.read_text(encoding="utf-8-sig").splitlines())
        assert any("Қасымова Айгүл" in row for row in rows)
    else:
        assert json.loads(file.read_text(encoding="utf-8"))["rows"][0]["name"] == "Қасымова Айгүл"


def test_every_list_is_exported(office, registered, tmp_path):
    from migdesk.services.listing import NAMES

    for name in NAMES:
        assert office("export", name, "--to", tmp_path / f"{name}.json").code == 0


def test_standard_output_holds_only_the_file(office, registered):
    said = office("export", "people", "--to", STANDARD)
    assert said.document["rows"][0]["name"] == "Қасымова Айгүл"
    assert '"rows": 1' in said.err


@pytest.mark.parametrize(
    ("words", "rows"),
    [
        (("--filter", "citizenship=UZB"), 1),
        (("--filter", "citizenship=Өзбекстан"), 1),
        (("--filter", "citizenship=UZB,KGZ"), 1),
        (("--filter", "citizenship=KGZ"), 0),
        (("--filter", "birth_date>=1990-01-01", "--filter", "birth_date<=17.05.1990"), 1),
        (("--filter", "birth_date>=1991-01-01"), 0),
        (("--filter", "name~Айгүл"), 1),
        (("--filter", "name~айгүл"), 1),
        (("--filter", "name!~айгүл"), 0),
        (("--filter", "name!=Айгүл"), 1),
        (("--filter", "citizenship!=UZB,KGZ"), 0),
        (("--filter", "birth_date=last year"), 0),
        (("--filter", "birth_date<=today-7"), 1),
        (("--filter", "birth_date!=this month"), 1),
        (("--any", "citizenship=KGZ", "sex=female"), 1),
        (("--any", "citizenship=KGZ", "sex=male"), 0),
        (("--any", "citizenship=KGZ", "sex=female", "--any", "iin!=", "name~zzz"), 0),
        (("--filter", "iin="), 1),
        (("--filter", "iin!="), 0),
        (("--filter", "sex=female"), 1),
        (("--words", "KASSYMOVA"), 1),
        (("--words", "nobody"), 0),
        (("--order=-name",), 1),
    ],
)
def test_filters(office, registered, tmp_path, words, rows):
    assert office("export", "people", "--to", tmp_path / "x.json", *words).document == {"rows": rows}


def test_only_the_columns_wanted_in_their_order(office, registered, tmp_path):
    office("export", "people", "--to", tmp_path / "x.csv", "--columns", "citizenship,name")
    heading = (tmp_path / "x.csv").read_text(encoding="utf-8-sig").splitlines()[0]
    assert [word.strip('"') for word in re.split("[,;\t]", heading)][-2:] == ["Citizenship", "Name"]


def test_a_saved_view_is_exported_and_narrowed(office, home, registered, tmp_path):
    desk = open_desk(home, clock=Clock(date(2026, 11, 23)))
    women = (Filter("sex", Test.IS, "f"), Filter("birth_date", Test.UNTIL, "today-1"))
    asked = views.Asked(whole=women, words="Қасымова")
    view = SavedView(of_list="people", name="Әйелдер", content=views.written(asked), audience=Audience.ALL)
    views.keep_view(desk, view)
    desk.close()
    to = ("--to", tmp_path / "x.json")
    assert office("export", "people", *to, "--view", "әйелдер").document == {"rows": 1}
    assert office("export", "people", *to, "--view", "Әйелдер", "--filter", "citizenship=KGZ").document == {
        "rows": 0
    }
    assert office("export", "people", *to, "--view", "Жоқ").code == 1


@pytest.mark.parametrize(
    "words",
    [
        ("nothing", "--to", "x.csv"),
        ("people", "--to", "x.csv", "--columns", "name,colour"),
        ("people", "--to", "x.csv", "--columns", "name,name"),
        ("people", "--to", "x.doc"),
        ("people",),
        ("people", "--to", "x.csv", "--filter", "colour=red"),
        ("people", "--to", "x.csv", "--filter", "name"),
        ("people", "--to", "x.csv", "--filter", "birth_date>=last year"),
        ("people", "--to", "x.csv", "--filter", "birth_date>=never"),
        ("people", "--to", "x.csv", "--filter", "sex=other"),
        ("people", "--to", "x.csv", "--order", "colour"),
    ],
)
def test_export_wrong_usage(office, registered, tmp_path, monkeypatch, words):
    monkeypatch.chdir(tmp_path)
    assert office("export", *words).code == 2
    assert not (tmp_path / "x.csv").exists()


def test_an_export_that_cannot_be_written(office, registered, tmp_path):
    said = office("export", "people", "--to", tmp_path / "none" / "x.csv")
    assert said.code == 3
    assert "x.csv" in said.document["file"]


@pytest.mark.parametrize("link", ["itself", "symlink", "hard link"])
@pytest.mark.parametrize("options", [(), ("--dry-run",)])
def test_the_marked_copy_does_not_take_the_place_of_the_workbook(office, workbook, tmp_path, link, options):
    file, marked = workbook(ROW), tmp_path / "marked.xlsx"
    if link == "symlink":
        marked.symlink_to(file)
    elif link == "hard link":
        marked.hardlink_to(file)
    before = file.read_bytes()
    said = office("import", file, "--marked", file if link == "itself" else marked, *options)
    assert said.code == 3
    assert file.read_bytes() == before
    assert [entry["op"] for entry in office("journal").document] == ["init_office"]
