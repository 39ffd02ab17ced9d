"""What was copied from a spreadsheet: headers in any words, none at all, and nothing lost in silence."""

from __future__ import annotations

import pytest

from migdesk.domain.dates import PartialDate
from migdesk.domain.errors import Invalid
from migdesk.domain.person import Sex
from migdesk.services.workbooks.pasting import MOST, CellReader

COLUMNS = ("person.surname", "person.given", "person.birth_date", "person.sex", "document.number")


def paste(desk, *lines, columns=COLUMNS):
    return CellReader(desk).paste("\r\n".join(lines), columns)


def test_columns_are_known_by_the_words_of_their_header(desk):
    found = paste(
        desk,
        "№\tФамилия\tИмя\tГр-во\tПаспорт\tД.р.\tПол\tЛюбимый цвет",
        "1\tЮсупов\tЖасур\tУзбекистан\tFA 1234567\t14.08.1991\tм\tсиний",
        "\t\t\t\t\t\t\t",
        "2\tЮсупова\tНилуфар\tUZB\tFA7654321\t02.09.1993\tж\t",
    )
    assert found.has_header and len(found.rows) == 2
    assert found.rows[0]["person.surname"] == "Юсупов"
    assert found.rows[1]["person.citizenship"] == "UZB"
    assert found.extra == ("№", "Любимый цвет")


def test_missing_columns_are_told(desk):
    wanted = ("person.birth_date", "person.sex", "person.citizenship", "document.number")
    found = paste(desk, "Тегі\tАты", "Юсупов\tЖасур")
    assert found.missing == tuple(CellReader(desk).label(name) for name in wanted)


def test_lines_above_the_header_and_a_row_of_column_numbers_are_left_out(desk):
    found = paste(
        desk, "Список класса 7 «Б»", "Фамилия\tИмя\tДата рождения", "1\t2\t3", "Юсупов\tЖасур\t1991"
    )
    assert found.skipped == 1
    assert [row["person.given"] for row in found.rows] == ["Жасур"]


def test_without_a_header_cells_fill_the_columns_from_the_left(desk):
    found = paste(desk, "Юсупов\tЖасур\t14.08.1991\tм\tFA1234567\tлишнее", "Юсупова\tНилуфар")
    assert not found.has_header
    assert found.rows[0] == dict(
        zip(COLUMNS, ("Юсупов", "Жасур", "14.08.1991", "м", "FA1234567"), strict=True)
    )
    assert found.rows[1] == {"person.surname": "Юсупова", "person.given": "Нилуфар"}
    assert found.extra == ("6",)


def test_a_whole_name_in_one_cell_is_taken_apart(desk):
    found = paste(desk, "ФИО\tДата рождения", "Юсупов Жасур Шухратович\t1991", "YUSUPOVA NILUFAR\t1993")
    assert found.rows[0]["person.patronymic"] == "Шухратович"
    assert found.rows[1]["person.surname_latin"] == "YUSUPOVA"


def test_columns_of_the_part_above_are_taken_once_or_named(desk):
    found = paste(
        desk,
        "Фамилия\tДата рождения\tДата прибытия\tЦель прибытия",
        "Юсупов\t1991\t20.11.2026\tУчёба",
        "Юсупова\t1993\t20.11.2026\tРабота",
    )
    assert found.shared == {"arrival.arrived_on": "20.11.2026"}
    assert len(found.above) == 1


def test_a_line_break_inside_a_cell_does_not_break_the_row(desk):
    found = paste(desk, 'Юсупов\t"Жасур\nАли"\t1991')
    assert len(found.rows) == 1


def test_a_list_too_long_for_a_group_is_refused(desk):
    with pytest.raises(Invalid):
        paste(desk, *("Юсупов\tЖасур" for _row in range(MOST + 1)))


@pytest.mark.parametrize(
    ("name", "text", "value", "code"),
    [
        ("person.sex", "ер", Sex.MALE, None),
        ("person.sex", "жен.", Sex.FEMALE, None),
        ("person.birth_date", "14.08.1991", PartialDate(1991, 8, 14), None),
        ("person.birth_date", "31.02.1990", None, "not_a_date"),
        ("person.birth_date", "03/04/1990", PartialDate(1990, 4, 3), "day_month_doubt"),
        ("person.citizenship", "Өзбекстан", "UZB", None),
        ("person.citizenship", "Нарния", "", "unknown_code"),
        ("person.iin", "9,00101E+11", "", "scientific"),
        ("person.iin", "1234567890", "", "lost_zeros"),
        ("document.number", "fa 1234567", "FA1234567", None),
        ("relation", "дочь", "daughter", None),
        ("relation", "кум", "", "unknown_code"),
        ("family", "1", "1", None),
        ("person.surname", "Я" * 200, "", "too_long"),
    ],
)
def test_a_cell_is_read_as_an_import_would_read_it(desk, name, text, value, code):
    read, told = CellReader(desk).read(name, text)
    assert (read, told.code if told else None) == (value, code)
