"""The label of a file: unique, nothing personal, and one wrong or swapped sign is always noticed."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as some

from migdesk.domain.label import SIGNS, is_misread, label_of, number_of, read_label

OFFICE = "0197a5d0-0000-7000-8000-000000000001"
NUMBERS = some.integers(1, 23**6 - 1)
SIGN_PLACES = (0, 1, 2, 4, 5, 6, 8)


@given(NUMBERS)
def test_a_label_leads_back_to_its_file(number: int) -> None:
    assert number_of(label_of(number, OFFICE), OFFICE) == number
    assert read_label(label_of(number, OFFICE)) == label_of(number, OFFICE)


def test_the_first_files_of_an_office_have_labels_of_their_own_that_look_nothing_alike() -> None:
    labels = [label_of(number, OFFICE) for number in range(1, 20_001)]
    assert len(set(labels)) == 20_000
    assert sum(one[:3] == other[:3] for one, other in pairwise(labels)) < 10


@given(NUMBERS, some.sampled_from(SIGN_PLACES), some.sampled_from(SIGNS))
def test_one_wrong_sign_is_noticed(number: int, place: int, sign: str) -> None:
    label = label_of(number, OFFICE)
    wrong = label[:place] + sign + label[place + 1 :]
    assert is_misread(wrong) is (wrong != label)


@given(NUMBERS)
def test_two_swapped_signs_are_noticed_wherever_they_stand(number: int) -> None:
    label = label_of(number, OFFICE)
    for one, other in combinations(SIGN_PLACES, 2):
        signs = list(label)
        signs[one], signs[other] = signs[other], signs[one]
        assert is_misread("".join(signs)) is (label[one] != label[other])


def test_no_two_signs_look_alike() -> None:
    assert len(set(SIGNS)) == 23
    assert not set(SIGNS) & set("01BGILOQSUVWZ")


LABEL = label_of(7, OFFICE)
KEYS = dict(zip("ACDEFHJKMNPRTXY", "фсвуароЛьтзкечн", strict=True))
KAZAKH = KEYS | dict(zip("23456789-", "әіңғ,.үұө", strict=True))


@pytest.mark.parametrize(
    "typed",
    [
        LABEL.lower(),
        f"  {LABEL}\n",
        LABEL.replace("-", "–"),
        LABEL.replace("-", " "),
        "".join(KEYS.get(sign, sign) for sign in LABEL),
        "".join(KAZAKH.get(sign, sign) for sign in LABEL),
        LABEL.translate(str.maketrans("ACEHKMPTXY", "АСЕНКМРТХУ")),
        LABEL.translate(str.maketrans("8652", "BGSZ")),
    ],
)
def test_a_label_is_read_however_it_was_typed(typed: str) -> None:
    assert read_label(typed) == LABEL


def test_without_hyphens_a_label_needs_a_digit_to_be_told_from_a_name() -> None:
    digits = next(one for one in (label_of(n, OFFICE) for n in range(1, 99)) if any(map(str.isdigit, one)))
    letters = next(
        one for one in (label_of(n, OFFICE) for n in range(1, 999)) if one.replace("-", "").isalpha()
    )
    assert read_label(digits.replace("-", "")) == digits
    assert read_label(letters.replace("-", "")) == ""
    assert read_label(letters) == letters
    assert read_label(letters.replace("-", ""), bare=True) == letters


@pytest.mark.parametrize(
    "text", ["", "Ахметов", "Тоқтарұлы Ербол", "FA1234567", "840209399017", "Али-Оғлы", "а-б"]
)
def test_other_texts_are_neither_labels_nor_misread(text: str) -> None:
    assert (read_label(text), is_misread(text)) == ("", False)


def test_the_card_of_another_office_hardly_ever_fits_a_file_here() -> None:
    elsewhere = OFFICE.replace("1", "2")
    fitting = sum(number_of(label_of(n, elsewhere), OFFICE) <= 100_000 for n in range(1, 5_001))
    assert fitting < 20


@pytest.mark.parametrize("number", [0, -1, 23**6])
def test_there_is_no_label_for_a_number_that_no_file_has(number: int) -> None:
    with pytest.raises(ValueError, match=str(number)):
        label_of(number, OFFICE)
