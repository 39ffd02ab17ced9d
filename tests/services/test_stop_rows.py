"""Rows of external lists that say little: what of a person is enough to be found by one."""

from __future__ import annotations

import pytest

from migdesk.services.people import people
from migdesk.services.stoplists import stop_checks
from tests import make
from tests.services.test_stoplists import take as take


@pytest.mark.parametrize(
    ("surname", "given", "patronymic", "row"),
    [
        ("Ғабдуллаұлы", "Өмірзақ", "Қайратұлы", "1;Ғабдуллаұлы Өмірзақ Қайратұлы;;;;;"),
        ("Ғабдуллаұлы", "Өмірзақ", "Қайратұлы", "1;Омирзак Габдуллаулы;;;;;"),
        ("Мұратұлы", "Ержан", "", "1;Мұратұлы Ержан;;;;;"),
        ("", "Wahab", "", "1;Вахаб;;;;;"),
    ],
)
def test_a_name_of_sons_and_fathers_is_found_without_a_birth_date(
    desk, take, surname, given, patronymic, row
):
    take(row)
    found = people.save_person(
        desk, make.person(surname=surname, given=given, patronymic=patronymic), make.document()
    ).value
    assert [one.row.row for one in stop_checks.matches(desk, found)] == [2]


@pytest.mark.parametrize(
    "row", ["1;;;;AA 1234567;;", "1;Совсем Другой;;;AA1234567;;", "1;Petrov Petr;01.02.1980;;AA1234567;;"]
)
def test_whoever_shows_the_number_of_a_row_is_told(desk, take, row):
    take(row, "2;;;;ZZ 7654321;;")
    holder = people.save_person(desk, make.person(), make.document(number="AA1234567")).value
    matched = stop_checks.matches(desk, holder)
    assert [one.row.row for one in matched] == [2]
    assert "same document number" in [reason.text for reason in matched[0].match.why]
