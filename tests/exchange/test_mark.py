import zipfile

import openpyxl
import pytest

from migdesk.domain.errors import BadFile
from migdesk.domain.finding import Severity, block, note, warn
from migdesk.exchange import mark
from migdesk.exchange.mark import COLOURS, mark_workbook
from migdesk.exchange.problem import Problem
from tests.exchange.books import HEADER, ROW, changed, read, save

WRONG = block("wrong", "“{given}” is wrong.", None, given="=x")
ODD = warn("odd", "This is odd.")


@pytest.fixture
def source(tmp_path):
    return save(tmp_path / "a.xlsx", HEADER, changed("ИИН", "123456789"), ROW)


def fill(cell):
    return cell.fill.fgColor.rgb[2:] if cell.fill.fill_type else None


def marked(source, *problems, **more):
    target = source.with_name("marked.xlsx")
    result = mark_workbook(source, target, problems, **more)
    return result, openpyxl.load_workbook(target)


def test_every_problem_cell_is_coloured_and_commented(source):
    reading = read(source)
    found = [*reading.problems, *(problem for row in reading.rows() for problem in row.problems)]
    result, book = marked(source, *found)
    cell = book["Прибытие"]["I2"]
    assert (result.whole, result.cells) == (True, 1)
    assert fill(cell) == COLOURS[Severity.BLOCK]
    assert "9 digits instead of 12" in cell.comment.text
    assert book["Прибытие"]["I3"].comment is None


def test_the_gravest_problem_colours_and_all_are_told(source):
    problems = [Problem("Прибытие", "A2", finding) for finding in (note("n", "Note."), WRONG, ODD)]
    _result, book = marked(source, *problems)
    cell = book["Прибытие"]["A2"]
    assert fill(cell) == COLOURS[Severity.BLOCK]
    assert cell.comment.text == "Note.\n“=x” is wrong.\nThis is odd."


def test_rows_columns_and_sheets_have_their_place(source):
    problems = [Problem("Прибытие", cell, ODD) for cell in ("3", "D", "")]
    result, book = marked(source, *problems)
    sheet = book["Прибытие"]
    assert result.cells == 2
    assert (fill(sheet["A3"]), fill(sheet["D1"])) == (COLOURS[Severity.WARN], COLOURS[Severity.WARN])
    assert [row[1].value for row in book.worksheets[-1].iter_rows(min_row=2)] == ["—", "D", "3"]


def test_the_problems_are_listed_with_links_the_gravest_first(source):
    _result, book = marked(source, Problem("Прибытие", "A3", ODD), Problem("Прибытие", "B2", WRONG))
    sheet = book.worksheets[-1]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert rows == [
        ["Прибытие", "B2", "must be corrected", "“=x” is wrong."],
        ["Прибытие", "A3", "look again", "This is odd."],
    ]
    assert [sheet[f"B{row}"].hyperlink.location for row in (2, 3)] == ["'Прибытие'!B2", "'Прибытие'!A3"]


def test_other_content_stays(tmp_path):
    def more(book, sheet):
        book.create_sheet("Справка")["A1"] = "=1+1"
        sheet["A2"].font = openpyxl.styles.Font(bold=True)
        sheet.column_dimensions["A"].width = 33
        sheet.merge_cells("A5:B6")

    _result, book = marked(save(tmp_path / "a.xlsx", HEADER, ROW, spoil=more), Problem("Прибытие", "A2", ODD))
    sheet = book["Прибытие"]
    assert book["Справка"]["A1"].value == "=1+1"
    assert (sheet["A2"].font.bold, sheet.column_dimensions["A"].width) == (True, 33)
    assert sheet["A2"].value == ROW[0]


def test_a_problem_inside_merged_cells_marks_the_first_of_them(tmp_path):
    source = save(tmp_path / "a.xlsx", HEADER, ROW, ROW, spoil=lambda _b, sheet: sheet.merge_cells("H2:I3"))
    _result, book = marked(source, Problem("Прибытие", "I3", ODD))
    assert book["Прибытие"]["H2"].comment.text == "This is odd."


def test_marking_again_forgets_the_first_marks_and_keeps_peoples_comments(tmp_path):
    def comment(_book, sheet):
        sheet["B2"].comment = openpyxl.comments.Comment("mine", "Ким")

    source = save(tmp_path / "a.xlsx", HEADER, ROW, spoil=comment)
    mark_workbook(source, source, [Problem("Прибытие", cell, ODD) for cell in ("A2", "B2")])
    assert "mine" in openpyxl.load_workbook(source)["Прибытие"]["B2"].comment.text
    mark_workbook(source, source, [Problem("Прибытие", "C2", ODD)])
    book = openpyxl.load_workbook(source)
    sheet = book["Прибытие"]
    assert (sheet["A2"].comment, fill(sheet["A2"])) == (None, None)
    assert (sheet["B2"].comment.text, sheet["B2"].comment.author) == ("mine", "Ким")
    assert fill(sheet["C2"]) == COLOURS[Severity.WARN]
    assert len(book.sheetnames) == 2


def test_a_marked_workbook_can_be_read_again(source):
    mark_workbook(source, source, [Problem("Прибытие", "A2", ODD)])
    reading = read(source)
    assert (reading.sheet, reading.others, len(list(reading.rows()))) == ("Прибытие", (), 2)


def test_a_csv_comes_back_as_a_workbook_at_the_same_addresses(tmp_path):
    source = tmp_path / "a.csv"
    source.write_text("\n".join([";".join(HEADER), ";".join(["=1", "0012", *["x"] * 7])]), encoding="utf-8")
    result, book = marked(source, Problem("a", "A2", ODD))
    sheet = book["a"]
    assert result.whole
    assert (sheet["A2"].value, sheet["A2"].data_type, sheet["B2"].value) == ("=1", "s", "0012")
    assert sheet["A2"].comment.text == "This is odd."


def test_of_a_very_large_workbook_only_the_rows_with_problems_return(tmp_path, monkeypatch):
    monkeypatch.setattr(mark, "WHOLE_LIMIT", 1_000)
    monkeypatch.setattr(mark, "COPIED_ROWS", 50)
    source = save(tmp_path / "a.xlsx", HEADER, *(changed("Имя", f"n{number}") for number in range(2, 202)))
    result, book = marked(source, Problem("Прибытие", "B150", ODD), Problem("Прибытие", "A", WRONG))
    sheet = book["Прибытие"]
    assert not result.whole
    assert (sheet.max_row, sheet["B41"].value, sheet["B41"].comment.text) == (41, "n150", "This is odd.")
    assert book.worksheets[-1]["B3"].hyperlink.location == "'Прибытие'!B41"


def test_a_workbook_with_damaged_styles_comes_back_with_its_cells(source):
    with zipfile.ZipFile(source) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["docProps/core.xml"] = b"<damaged"
    with zipfile.ZipFile(source, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    result, book = marked(source, Problem("Прибытие", "B3", ODD))
    assert (result.whole, book["Прибытие"]["B3"].comment.text) == (True, "This is odd.")


def test_a_marked_workbook_is_no_csv(source):
    with pytest.raises(BadFile):
        mark_workbook(source, source.with_suffix(".csv"), [])


def test_problems_are_told_in_the_language_asked_for(source, catalogue):
    _result, book = marked(source, Problem("Прибытие", "A2", ODD), lang="ru")
    assert book["Прибытие"]["A2"].comment.text == "Это странно."


@pytest.fixture
def catalogue(tmp_path):
    from migdesk import i18n

    folder = tmp_path / "locale"
    folder.mkdir()
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    (folder / "ru.po").write_text(f'{head}msgid "This is odd."\nmsgstr "Это странно."\n', encoding="utf-8")
    i18n.load_catalogues(folder)
