from datetime import date

import openpyxl
import pytest

from migdesk.domain.dates import PartialDate
from migdesk.exchange.template import write_template
from tests.exchange.books import SPECS, read

ARRIVALS = next(spec for spec in SPECS if spec.code == "arrivals")
LISTS = {"countries": ["Өзбекстан", "Қытай"], "purposes": ["Еңбек қызметі", "=Оқу"]}


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "үлгі.xlsx"
    write_template(path, ARRIVALS, LISTS, lang="kk")
    return path


def column_of(sheet, key):
    at = [column.key for column in ARRIVALS.columns].index(key) + 1
    return openpyxl.utils.get_column_letter(at)


def test_a_filled_template_reads_without_a_remark(path):
    book = openpyxl.load_workbook(path)
    sheet = book.active
    values = {
        "surname": "Әлиев",
        "birth_date": "1987",
        "citizenship": "Өзбекстан",
        "iin": "010305301234",
        "document_number": "0012345",
        "arrived_on": date(2026, 11, 21),
        "purpose": "Оқу",
        "settlement": "551010000",
        "sex": "male",
    }
    for key, value in values.items():
        sheet[f"{column_of(sheet, key)}2"] = value
    book.save(path)
    reading = read(path)
    (row,) = reading.rows()
    assert (reading.code, reading.problems, reading.doubts, row.problems) == ("arrivals", (), (), ())
    assert row.values == {**values, "birth_date": PartialDate(1987), "sex": "m"}


def test_headers_are_in_the_language_and_columns_are_known_by_name_too(path):
    book = openpyxl.load_workbook(path)
    assert book.active["A1"].value == "Тегі"
    assert book.active[f"{column_of(book.active, 'birth_date')}1"].value == "Туған күні *"
    book.active["A1"] = "???"
    book.active["A2"] = "Әлиев"
    book.save(path)
    assert [row.values for row in read(path).rows()] == [{"surname": "Әлиев"}]


def test_an_empty_template_has_no_rows(path):
    assert list(read(path).rows()) == []


def test_the_header_is_locked_and_the_cells_below_are_not(path):
    sheet = openpyxl.load_workbook(path).active
    assert sheet.protection.sheet
    assert sheet["A1"].protection.locked
    assert not any(sheet.column_dimensions[name].protection.locked for name in "ABC")
    assert not sheet.protection.insertRows


def test_drop_downs_take_their_words_from_the_lists(path):
    book = openpyxl.load_workbook(path)
    checks = {str(check.sqref): check for check in book.active.data_validations.dataValidation}
    letter = column_of(book.active, "citizenship")
    formula = checks[f"{letter}2:{letter}10001"].formula1
    sheet_name, _mark, cells = formula.partition("!")
    words = [row[0].value for row in book[sheet_name.strip("'")][cells.replace("$", "")]]
    assert words == LISTS["countries"]
    assert book[sheet_name.strip("'")].sheet_state == "hidden"


def test_choices_of_a_field_need_no_list(path):
    book = openpyxl.load_workbook(path)
    letter = column_of(book.active, "sex")
    assert f"{letter}2:{letter}10001" in {
        str(one.sqref) for one in book.active.data_validations.dataValidation
    }


@pytest.mark.parametrize(
    ("key", "look"), [("arrived_on", "dd.mm.yyyy"), ("birth_date", "@"), ("iin", "@"), ("phone", "@")]
)
def test_cells_are_ready_for_what_belongs_in_them(path, key, look):
    sheet = openpyxl.load_workbook(path).active
    assert sheet.column_dimensions[column_of(sheet, key)].number_format == look


def test_words_that_look_like_formulas_are_words(path):
    book = openpyxl.load_workbook(path)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]
    assert any(cell.value == "=Оқу" for cell in cells)
    assert {cell.data_type for cell in cells} == {"s"}


def test_how_to_fill_names_every_column(path):
    book = openpyxl.load_workbook(path)
    (sheet,) = (one for one in book if one.title.startswith("MigDesk –"))
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == [
        one.title["kk"] for one in ARRIVALS.columns
    ]


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.code)
@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_every_template_is_recognised_in_every_language(tmp_path, spec, lang):
    path = tmp_path / "a.xlsx"
    write_template(path, spec, lang=lang)
    book = openpyxl.load_workbook(path)
    book.defined_names.clear()
    book.save(path)
    reading = read(path)
    assert (reading.code, set(reading.keys)) == (spec.code, set(spec.by_key))
