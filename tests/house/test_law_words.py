"""What people read of the law: every code that the packs use has its words, in one place."""

from __future__ import annotations

import re
from datetime import date

import pytest

from migdesk.domain.finding import Confidence
from migdesk.i18n import set_language
from migdesk.rules.facts import FACTS
from migdesk.services import law
from migdesk.services.laws import law_book, law_words
from migdesk.services.laws.law_book import Book, answered
from migdesk.services.laws.law_reading import Kind
from migdesk.services.lists import read_list

NAMES = re.compile(r"\b(egov\.kz|enbek\.kz|tirek\.info|eGov)\b|(Digital|Neo) Nomad( Residency)?")
"""True names, which are the same in every language."""
MACHINE = {
    "kk": re.compile(r"[a-z]{3,}|_|(?<!\.)\d{4}-\d\d|[{}]"),
    "ru": re.compile(r"[a-z]{3,}|_|(?<!\.)\d{4}-\d\d|[{}]"),
    "en": re.compile(r"_|\b(True|False|None|KZT)\b|(?<!\.)\d{4}-\d\d|[{}]|\b[a-z]+\.[a-z]"),
}


@pytest.fixture(scope="module")
def book() -> Book:
    return Book(law.load(), law.load_procedures(), date(2026, 11, 23), "550000000")


def used(kind: Kind, key: str) -> set[str]:
    """What the shipped entries of a kind say under a key."""
    return {str(one.values[key]) for one in law.load().entries() if one.kind is kind}


def test_every_fact_has_one_title_from_a_question_or_from_the_list():
    listed = {code for code in read_list(law_book.FACTS) if "." not in code}
    questions = set(answered(law.load_procedures()))
    assert listed | questions == set(FACTS)
    assert listed & questions == set()
    values = {code.partition(".")[0] for code in read_list(law_book.FACTS) if "." in code}
    assert values <= listed


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        (law_book.STARTS, used(Kind.TERM, "starts")),
        (law_book.UNITS, used(Kind.VALUE, "unit") | used(Kind.QUOTA, "unit")),
    ],
)
def test_every_start_and_unit_of_the_packs_has_its_words_and_none_is_left_over(name, codes):
    assert set(read_list(name)) == codes


def test_every_unit_says_where_its_figure_stands():
    assert [
        code
        for code, one in read_list(law_book.UNITS).items()
        for words in one.texts.values()
        if "{n}" not in words
    ] == []


def test_everything_that_a_sum_asks_for_has_its_words():
    asks = [one.values["asks"] for one in law.load().entries() if one.kind is Kind.AMOUNT]
    assert {name for one in asks for name in one} == {
        code for code in read_list(law_book.ASKED) if "." not in code
    }


@pytest.mark.parametrize("language", MACHINE)
def test_what_an_entry_says_has_no_word_of_the_machine(book, catalogues, language):
    set_language(language)
    told = [
        (entry.code, words)
        for entry in book.law.entries()
        for words in (
            book.text(entry),
            law_words.brief(book, entry),
            *(words for row in law_words.shown_values(book, entry) for words in row[-1].split("\n")),
        )
    ]
    assert len(told) > 1500
    assert [one for one in told if MACHINE[language].search(NAMES.sub("", one[1]))] == []


def test_labels_of_the_rows_of_a_sum_are_words_too(book, catalogues):
    set_language("kk")
    sums = [one for one in book.law.entries() if one.kind is Kind.AMOUNT]
    labels = {
        label for entry in sums for label, _words in law_words.shown_values(book, entry) if ":" in label
    }
    assert "Елді мекен: ауыл; Адам саны: 2–4" in labels
    assert [one for one in labels if MACHINE["kk"].search(one)] == []


def lines(book: Book, code: str) -> list[str]:
    entry = next(one for one in book.law.entries() if one.code == code and one.kind is Kind.RULE)
    return dict(law_words.shown_values(book, entry))["Condition"].split("\n")


@pytest.mark.parametrize(
    ("language", "code", "said"),
    [
        (
            "en",
            "rvp.needed",
            [
                "all of this:",
                "• Ground of stay: without a visa",
                "• Days of the planned stay: more than 30",
                "• none of these:",
                "   ◦ Regime of stay: one of: EAEU: 90 days per entry, 90 days in 180; Turkey: 90 days per entry,"
                " 90 days in 180; Citizen of Kazakhstan: the terms of stay of foreigners do not apply",
                "   ◦ Age (full years): less than 16",
            ],
        ),
        (
            "ru",
            "rvp.too_long",
            [
                "всё перечисленное:",
                "• Государственная услуга: Выдача разрешения на временное проживание",
                "• Испрашиваемый срок (месяцев): более 12 («Наибольший срок РВП»)",
            ],
        ),
        ("kk", "notice.late", ["Хабарлама неше күнге кешікті – мынадан артық: 0"]),
    ],
)
def test_a_condition_is_said_exactly_so(book, catalogues, language, code, said):
    set_language(language)
    assert lines(book, code) == said


def test_a_rule_says_its_figures_and_leaves_out_what_is_a_persons_own(book):
    entry = next(one for one in book.law.entries() if one.code == "labour.vacancy_short")
    assert book.text(entry) == (
        "Days since the vacancy was published: …. The application comes only after 15 calendar days."
    )


def test_a_figure_is_that_of_the_day_nearest_to_today(book):
    """A rule of other days is read with the figures of those days."""
    old = [one for one in book.law.entries() if one.kind is Kind.TERM and one.until]
    assert old
    assert all(one.since <= book.day_of(one) <= one.until for one in old if one.until)


def test_the_words_are_the_programs_own_and_say_so():
    for name in (law_book.FACTS, law_book.STARTS, law_book.UNITS, law_book.ASKED):
        sources = {one.source.confidence for one in read_list(name).values() if one.source}
        assert sources == {Confidence.DERIVED}
