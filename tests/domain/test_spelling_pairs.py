"""A name in one spelling is asked for in the others, and nobody else's name is."""

from __future__ import annotations

import pytest

from migdesk.domain.letters import fold
from migdesk.domain.spelling_pairs import alike_keys

PAIRS = [
    ("Тұрсынов", "Турсунов"),
    ("Тұрсын", "TURSUN"),
    ("Жүсіпов", "Жусупов"),
    ("Дүйсенов", "Дюсенов"),
    ("Күләш", "Куляш"),
    ("Күләш", "KULASH"),
    ("Ләззат", "Ляззат"),
    ("Лаззат", "Ляззат"),
    ("Гүлнар", "Гюльнар"),
    ("Гүлсім", "Гульсум"),
    ("Өмірзақов", "Омурзаков"),
    ("Қасым", "KASSYM"),
    ("Ғабиден", "Габиден"),
    ("Жеңісов", "Женисов"),
    ("Гауһар", "Гаухар"),
    ("Сәуле", "Сауле"),
    ("Мұқанов", "Муканов"),
    ("Кәримов", "Кяримов"),
]


@pytest.mark.parametrize(("one", "other"), [*PAIRS, *(pair[::-1] for pair in PAIRS)])
def test_each_of_a_pair_finds_the_other(one, other):
    assert fold(other) in alike_keys(fold(one))


@pytest.mark.parametrize(
    ("one", "other"),
    [("Диана", "Дана"), ("Мария", "Мара"), ("Марат", "Мурат"), ("Ерлан", "Арлан"), ("Асель", "Асем")],
)
def test_two_names_stay_two(one, other):
    assert fold(other) not in alike_keys(fold(one))


def test_its_own_spelling_is_first_and_short_words_and_numbers_have_no_other():
    assert alike_keys("tursunov")[0] == "tursunov"
    assert [alike_keys(key) for key in ("turs", "ab1234567")] == [("turs",), ("ab1234567",)]


def test_a_long_name_is_not_asked_for_in_hundreds_of_ways():
    assert len(alike_keys(fold("Күләшнұсұлтұнұлұнұсұлтұнұлов"))) <= 16
