"""Each thing that spoils real workbooks, by name: it is named at its cell, never guessed, never dropped."""

from datetime import date, time, timedelta

import pytest

from migdesk.domain.dates import PartialDate
from migdesk.domain.finding import Severity
from migdesk.exchange.cells import CLEAR
from migdesk.exchange.daytext import DayAnswers
from migdesk.exchange.survey import Doubt
from tests.exchange.books import ARRIVED, HEADER, IIN, ROW, changed, codes, one_row, read, save


@pytest.fixture
def file(tmp_path):
    return tmp_path / "книга.xlsx"


def test_a_good_workbook_reads_without_a_remark(file):
    reading = read(save(file, HEADER, ROW))
    (row,) = reading.rows()
    assert (reading.code, reading.problems, reading.doubts, row.problems) == ("arrivals", (), (), ())
    assert row.values == {
        "surname": "Әбдірахманов",
        "given": "Қуаныш",
        "birth_date": PartialDate(1987, 3, 5),
        "citizenship": "UZB",
        "document_number": "AB1234567",
        "arrived_on": date(2026, 11, 21),
        "purpose": "работа",
        "settlement": "551010000",
        "iin": "870305301234",
    }
    assert (row.number, row.address("surname"), row.raw("iin")) == (2, "A2", "870305301234")


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("21.11.2026", date(2026, 11, 21)),
        ("21,11,2026", date(2026, 11, 21)),
        ("2026-11-21", date(2026, 11, 21)),
        ("2026-11-21T00:00:00", date(2026, 11, 21)),
        ("21.11.2026 14:30", date(2026, 11, 21)),
        ("21112026", date(2026, 11, 21)),
        ("20261121", date(2026, 11, 21)),
        ("21 ноября 2026 г.", date(2026, 11, 21)),
        ("«21» ноября 2026 года", date(2026, 11, 21)),
        ("2026 ж. 21 қараша", date(2026, 11, 21)),
        ("21 Nov 2026", date(2026, 11, 21)),
        ("November 21, 2026", date(2026, 11, 21)),
        ("21/11/2026", date(2026, 11, 21)),
    ],
)
def test_text_dates_in_many_forms_are_read(file, typed, day):
    row = one_row(save(file, HEADER, changed("Дата прибытия", typed)))
    assert (row.values["arrived_on"], row.problems) == (day, ())


def test_text_dates_are_told_once_for_the_column(file):
    rows = [changed("Дата прибытия", text) for text in ("21.11.2026", "2026-11-20", "19.11.2026")]
    (told,) = read(save(file, HEADER, *rows)).problems
    assert (told.cell, told.code, told.finding.values["count"]) == ("F", "text_dates", 3)


@pytest.mark.parametrize("typed", ["31.02.2026", "soon", "21.11", "32/11/2026", "03.25.2026"])
def test_what_is_no_date_stays_as_typed_for_the_field_to_refuse(file, typed):
    assert one_row(save(file, HEADER, changed("Дата прибытия", typed))).values["arrived_on"] == typed


def test_day_or_month_is_asked_once_per_column(file):
    path = save(file, HEADER, *(changed("Дата прибытия", f"0{n}/10/2026") for n in range(1, 10)))
    reading = read(path)
    (doubt,) = reading.doubts
    assert (doubt.doubt, doubt.key, doubt.count, doubt.cell) == (Doubt.DAY_MONTH, "arrived_on", 9, "F2")
    assert next(codes(row.problems) for row in reading.rows()) == ["F2:day_month_doubt"]
    answered = read(path, days={"arrived_on": DayAnswers(month_first=True)})
    assert answered.doubts == ()
    assert [row.values["arrived_on"] for row in answered.rows()][:2] == [date(2026, 1, 10), date(2026, 2, 10)]


def test_another_date_of_the_column_settles_that_the_day_is_first(file):
    reading = read(save(file, HEADER, *(changed("Дата прибытия", t) for t in ("05/10/2026", "25/10/2026"))))
    assert reading.doubts == ()
    assert [row.values["arrived_on"] for row in reading.rows()] == [date(2026, 10, 5), date(2026, 10, 25)]


def test_another_date_of_the_column_suggests_that_the_month_is_first(file):
    reading = read(save(file, HEADER, *(changed("Дата прибытия", t) for t in ("05/10/2026", "10/25/2026"))))
    (doubt,) = reading.doubts
    assert doubt.month_first
    assert [row.values["arrived_on"] for row in reading.rows()] == [date(2026, 5, 10), date(2026, 10, 25)]


def test_two_digit_years_are_asked_and_never_become_the_year_20(file):
    path = save(file, HEADER, changed("Дата рождения", "15.05.87"), changed("Дата прибытия", "15.05.20"))
    reading = read(path)
    assert {(doubt.key, doubt.doubt) for doubt in reading.doubts} == {
        ("birth_date", Doubt.CENTURY),
        ("arrived_on", Doubt.CENTURY),
    }
    first, second = reading.rows()
    assert first.values["birth_date"] == PartialDate(1987, 5, 15)
    assert second.values["arrived_on"] == date(2020, 5, 15)
    assert codes((*first.problems, *second.problems)) == ["C2:two_digit_year", "F3:two_digit_year"]


def test_the_operators_century_is_used(file):
    path = save(file, HEADER, changed("Дата рождения", "15.05.24"))
    assert one_row(path).values["birth_date"] == PartialDate(2024, 5, 15)
    row = one_row(path, days={"birth_date": DayAnswers(pivot=10)})
    assert (row.values["birth_date"], row.problems) == (PartialDate(1924, 5, 15), ())


def test_dates_of_the_1904_system_are_right_typed_and_as_numbers(file):
    import xlsxwriter

    book = xlsxwriter.Workbook(str(file), {"date_1904": True})
    sheet, look = book.add_worksheet(), book.add_format({"num_format": "dd.mm.yyyy"})
    sheet.write_row(0, 0, HEADER)
    for at, value in enumerate(ROW):
        if isinstance(value, date):
            sheet.write_datetime(1, at, value, look)
        else:
            sheet.write_string(1, at, value)
    sheet.write_number(1, ARRIVED - 1, 44_886)
    book.close()
    reading = read(file)
    (row,) = reading.rows()
    assert row.values["birth_date"] == PartialDate(1987, 3, 5)
    assert row.values["arrived_on"] == date(2026, 11, 22)
    assert codes(reading.problems) == [":date1904"]


def test_a_date_that_is_a_bare_number_is_read_and_told(file):
    row = one_row(save(file, HEADER, changed("Дата прибытия", 46_347)))
    assert row.values["arrived_on"] == date(2026, 11, 21)
    assert codes(row.problems) == ["F2:date_as_number"]


def test_a_year_alone_is_a_year_and_not_a_day_of_1905(file):
    row = one_row(save(file, HEADER, changed("Дата рождения", 1987)))
    assert (row.values["birth_date"], row.problems) == (PartialDate(1987), ())


@pytest.mark.parametrize("number", [12, 12.5, 999_999_999, 1987])
def test_a_number_that_is_no_day_is_refused(file, number):
    row = one_row(save(file, HEADER, changed("Дата прибытия", number)))
    assert "arrived_on" not in row.values
    assert codes(row.problems) == ["F2:not_a_date"]


@pytest.mark.parametrize("typed", ["-5", "+30", "сегодня", "бүгін"])
def test_a_workbook_has_no_today(file, typed):
    """What was “today” for whoever filled the workbook was read as the day of the import."""
    row = one_row(save(file, HEADER, changed("Дата прибытия", typed)))
    assert "arrived_on" not in row.values
    assert codes(row.problems) == ["F2:not_a_date"]


def test_digits_of_a_date_that_lost_their_zero_are_named(file):
    row = one_row(save(file, HEADER, changed("Дата прибытия", 5_112_026)))
    assert codes(row.problems) == ["F2:lost_zeros"]


@pytest.mark.parametrize("value", [time(4, 5), timedelta(hours=30), True])
def test_a_time_is_no_day(file, value):
    row = one_row(save(file, HEADER, changed("Дата прибытия", value)))
    assert codes(row.problems) == ["F2:not_a_date"]


@pytest.mark.parametrize("value", [10_305_301_234, "10305301234", 305_301_234])
def test_an_iin_that_lost_its_zeros_is_named_and_not_completed(file, value):
    row = one_row(save(file, HEADER, changed("ИИН", value)))
    (problem,) = row.problems
    assert (problem.cell, problem.code, problem.finding.severity) == ("I2", "lost_zeros", Severity.BLOCK)
    assert row.values["iin"] == str(value)


def test_an_iin_kept_as_a_number_is_whole(file):
    row = one_row(save(file, HEADER, changed("ИИН", 870_305_301_234)))
    assert (row.values["iin"], row.problems) == ("870305301234", ())


@pytest.mark.parametrize("text", ["8,70305E+11", "8.70305E+11", "9e11"])
def test_scientific_notation_has_lost_digits(file, text):
    assert codes(one_row(save(file, HEADER, changed("ИИН", text))).problems) == ["I2:scientific"]


def test_a_number_longer_than_excel_keeps_is_refused(file):
    row = one_row(save(file, HEADER, changed("Номер паспорта", 12_345_678_901_234_567)))
    assert codes(row.problems) == ["E2:scientific"]
    assert "document_number" not in row.values


def test_document_numbers_kept_as_numbers_are_told_once(file):
    reading = read(save(file, HEADER, *(changed("Номер паспорта", n) for n in (1_234_567, 7_654_321))))
    assert codes(reading.problems) == ["E:numbers_as_text"]
    assert [row.values["document_number"] for row in reading.rows()] == ["1234567", "7654321"]


def test_what_excel_turned_into_a_date_is_named(file):
    row = one_row(save(file, HEADER, changed("Номер паспорта", date(2026, 12, 5))))
    assert codes(row.problems) == ["E2:became_date"]
    assert "document_number" not in row.values


def test_title_lines_above_the_header(file):
    titles = [["ТОО «Ромашка»"], ["Список прибывших иностранцев за ноябрь 2026"], []]
    reading = read(save(file, *titles, HEADER, ROW))
    assert reading.header_rows == (4, 4)
    assert codes(reading.problems) == [":header_not_first"]
    assert [row.number for row in reading.rows()] == [5]


def test_a_header_of_two_rows_with_merged_groups(file):
    def merge(_book, sheet):
        sheet.merge_cells("A1:C1")
        sheet.merge_cells("D1:E1")
        sheet.merge_cells("F1:F2")

    top = ["Иностранец", None, None, "Паспорт", None, "Дата прибытия"]
    below = ["Фамилия", "Имя", "Дата рождения", "номер", "кем выдан", None]
    reading = read(
        save(
            file,
            top,
            below,
            ["Ким", "Алексей", date(1987, 3, 5), "M1", "МВД", date(2026, 11, 21)],
            spoil=merge,
        )
    )
    assert reading.header_rows == (1, 2)
    (row,) = reading.rows()
    assert (row.number, row.values["document_number"], row.values["arrived_on"]) == (
        3,
        "M1",
        date(2026, 11, 21),
    )


def test_a_header_of_two_rows_whose_groups_nobody_merged(file):
    top = ["Фамилия", "Дата рождения", "Принимающее лицо", None]
    reading = read(
        save(file, top, [None, None, "наименование", "БИН"], ["Ким", date(1987, 3, 5), "ТОО", "050140001238"])
    )
    (row,) = reading.rows()
    assert (row.values["host_name"], row.values["host_number"]) == ("ТОО", "050140001238")


def test_a_row_that_numbers_the_columns_is_no_person(file):
    reading = read(save(file, HEADER, list(range(1, len(HEADER) + 1)), ROW))
    assert [row.number for row in reading.rows()] == [3]


def test_hidden_rows_and_columns_are_read_and_told(file):
    def hide(_book, sheet):
        sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions["B"].hidden = True

    reading = read(save(file, HEADER, ROW, ROW, spoil=hide))
    assert codes(reading.problems) == ["3:hidden_rows", "B:hidden_column"]
    assert [row.hidden for row in reading.rows()] == [False, True]


def test_a_formula_without_a_stored_value_is_not_blank(file):
    row = one_row(save(file, HEADER, changed("Цель прибытия", '="раб"&"ота"')))
    assert codes(row.problems) == ["G2:formula_uncomputed"]


def test_a_formula_with_its_value_is_read(file):
    import xlsxwriter

    book = xlsxwriter.Workbook(str(file))
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, HEADER)
    sheet.write_row(1, 0, [str(value) for value in ROW])
    sheet.write_formula(1, 6, '="раб"&"ота"', None, "работа")
    book.close()
    row = one_row(file)
    assert (row.values["purpose"], row.problems) == ("работа", ())


@pytest.mark.parametrize("error", ["#N/A", "#REF!", "#VALUE!"])
def test_an_error_cell_is_not_blank(file, error):
    def spoil(_book, sheet):
        sheet.cell(2, IIN).value = error
        sheet.cell(2, IIN).data_type = "e"

    row = one_row(save(file, HEADER, ROW, spoil=spoil))
    (problem,) = row.problems
    assert (problem.cell, problem.code, problem.finding.values["error"]) == ("I2", "error_cell", error)


def test_a_row_of_nothing_but_errors_is_a_row(file):
    def spoil(_book, sheet):
        sheet["A3"].value, sheet["A3"].data_type = "#REF!", "e"

    assert [row.number for row in read(save(file, HEADER, ROW, spoil=spoil)).rows()] == [2, 3]


def test_blank_rows_are_no_rows(file):
    reading = read(save(file, HEADER, [], ROW, [" "], [None], ROW, [""], ["  "]))
    assert [row.number for row in reading.rows()] == [3, 6]


def test_a_row_with_something_only_beside_the_table_is_told(file):
    reading = read(save(file, (*HEADER, "Отметка"), ROW, [None] * len(HEADER) + ["итого 1"]))
    first, second = reading.rows()
    assert (first.problems, codes(second.problems)) == ((), ["3:stray_row"])
    assert codes(reading.problems) == ["J1:unknown_column"]


def test_a_duplicate_header_is_named_at_both_columns_and_stops_what_stands_under_it(file):
    reading = read(save(file, (*HEADER, "ИИН"), (*ROW, "870305301234"), (*ROW[: IIN - 1], None, None)))
    assert codes(reading.problems) == ["I1:duplicate_column", "J1:duplicate_column"]
    assert reading.problems[0].finding.values["columns"] == "I, J"
    both, neither = reading.rows()
    assert ("iin" in both.values, codes(both.problems)) == (False, ["I2:duplicate_column"])
    assert both.problems[0].finding.severity is Severity.BLOCK
    assert codes(neither.problems) == []


@pytest.mark.parametrize(("chosen", "iin"), [(8, "870305301234"), (9, "050140001238")])
def test_of_two_columns_the_chosen_one_is_read_and_the_other_set_aside(file, chosen, iin):
    path = save(file, (*HEADER, "ИИН"), (*ROW, "050140001238"))
    reading = read(path, mapping={chosen: "iin"})
    (row,) = reading.rows()
    assert (row.values["iin"], row.problems, reading.problems) == (iin, (), ())


def test_the_operator_says_which_of_the_two_is_meant(file):
    row = one_row(save(file, (*HEADER, "ИИН"), (*ROW, "050140001238")), mapping={9: "host_number"})
    assert (row.values["iin"], row.values["host_number"]) == ("870305301234", "050140001238")


def test_merged_cells_among_the_rows_are_told(file):
    reading = read(save(file, HEADER, ROW, ROW, spoil=lambda _book, sheet: sheet.merge_cells("H2:H3")))
    assert codes(reading.problems) == ["H2:merged_cells"]
    assert ["settlement" in row.values for row in reading.rows()] == [True, False]


def test_a_missing_required_column_is_told(file):
    reading = read(save(file, HEADER[:5] + HEADER[6:], ROW[:5] + ROW[6:]))
    assert codes(reading.problems) == ["1:missing_column"]


def test_the_sheet_whose_header_is_known_is_chosen_and_the_others_named(file):
    def more(book, sheet):
        book.create_sheet("Пустой", 0)
        book.create_sheet("Справка", 0).append(["Это просто", "заметки"])
        second = book.create_sheet("Октябрь")
        second.append(list(HEADER[:6]))

    reading = read(save(file, HEADER, ROW, spoil=more))
    assert reading.sheet == "Прибытие"
    assert {(one.name, one.is_empty, one.fits) for one in reading.others} == {
        ("Пустой", True, False),
        ("Справка", False, False),
        ("Октябрь", False, True),
    }
    assert sorted((p.sheet, p.code, p.finding.severity.value) for p in reading.problems) == [
        ("Октябрь", "other_sheet", "warn"),
        ("Справка", "other_sheet", "note"),
    ]
    assert read(file, sheet="Октябрь").sheet == "Октябрь"


def test_a_hidden_sheet_gives_way_to_one_people_see(file):
    def hide(book, sheet):
        seen = book.create_sheet("Видимый")
        seen.append(list(HEADER[:6]))
        seen.append(list(ROW[:6]))
        sheet.sheet_state = "hidden"

    assert read(save(file, HEADER, ROW, spoil=hide)).sheet == "Видимый"
    chosen = read(file, sheet="Прибытие")
    assert ":hidden_sheet" in codes(chosen.problems)


@pytest.mark.parametrize("word", ["<clear>", "<очистить>", "<Тазалау>"])
def test_a_word_asks_to_empty_the_field_and_blank_does_not(file, word):
    row = one_row(save(file, HEADER, changed("Цель прибытия", word)))
    assert row.values["purpose"] is CLEAR
    assert one_row(save(file, HEADER, changed("Дата прибытия", word))).values["arrived_on"] is CLEAR
    assert "purpose" not in one_row(save(file, HEADER, changed("Цель прибытия", None))).values


@pytest.mark.parametrize(
    ("typed", "value"), [("М", "m"), ("муж.", "m"), ("Ж", "f"), ("әйел", "f"), ("F", "f"), ("?", "?")]
)
def test_sex_in_the_words_offices_use(file, typed, value):
    assert one_row(save(file, (*HEADER, "Пол"), (*ROW, typed))).values["sex"] == value


def test_invisible_characters_are_left_out_and_told(file):
    row = one_row(save(file, HEADER, changed("Фамилия", "\u200bКим\ufeff")))
    assert row.values["surname"] == "Ким"
    assert codes(row.problems) == ["A2:invisible_characters"]


def test_control_characters_are_named(file):
    row = one_row(save(file, HEADER, changed("Фамилия", "Ким_x0001_")))
    assert codes(row.problems) == ["A2:control_characters"]


def test_numbers_in_text_columns_are_as_the_screen_shows_them(file):
    header = (*HEADER, "Улица, дом", "Примечание")
    row = one_row(save(file, header, (*ROW, 12, 3.5)))
    assert (row.values["street"], row.values["note"]) == ("12", "3.5")


def test_a_day_outside_any_calendar_of_people_is_refused(file):
    row = one_row(save(file, HEADER, changed("Дата рождения", date(9999, 12, 31))))
    assert codes(row.problems) == ["C2:not_a_date"]


def test_nobody_can_read_a_person_from_a_repr(file):
    reading = read(save(file, HEADER, changed("ИИН", "123456789")))
    (row,) = reading.rows()
    shown = f"{reading!r} {row!r} {row.problems!r}"
    assert shown == "<SheetReading xlsx as arrivals> <Row 2> (<Problem lost_zeros at I2>,)"


def test_every_finding_can_be_said(file):
    rows = [
        changed("ИИН", "123456789"),
        changed("Дата прибытия", "01/02/2026"),
        changed("Дата прибытия", 46_347),
        changed("Дата прибытия", "01.02.26"),
        changed("Номер паспорта", time(4, 5)),
        changed("Фамилия", "=1"),
    ]
    reading = read(save(file, (*HEADER, "ИИН", "Чего-то"), *rows))
    found = [*reading.problems, *(problem for row in reading.rows() for problem in row.problems)]
    assert len(found) >= 7
    assert all(problem.as_json()["text"] and "{" not in problem.words() for problem in found)
