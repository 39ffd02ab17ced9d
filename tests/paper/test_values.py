"""Values and their filters."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from migdesk.domain.dates import PartialDate
from migdesk.domain.papertext import DecisionFacts, DecisionKind, PrintFacts
from migdesk.domain.person import Person, Sex
from migdesk.i18n import language
from migdesk.paper.values import FILTERS, Ask, Root, read_value

ROOTS = {
    "person": Root("person", Person),
    "print": Root("print", PrintFacts),
    "decision": Root("decision", DecisionFacts),
}
ASKS = {
    "why": Ask("why", "choice", {"kk": "Неге", "en": "Why"}, {"kin": {"kk": "туыстық", "en": "kinship"}}),
    "was": Ask("was", "yes_no", {"kk": "Болды ма", "en": "Was"}),
    "until": Ask("until", "day", {"kk": "Дейін", "en": "Until"}),
}
FACTS = {
    "person": Person(
        surname="Әуезова",
        given="Ұлжан",
        iin="610101400124",
        sex=Sex.FEMALE,
        citizenship="UZB",
        birth_date=PartialDate(1961, 5, 9),
        phone="+7 (701) 123-45-67",
    ),
    "print": PrintFacts(
        number="7", printed_on=date(2026, 11, 23), printed_at=datetime(2026, 11, 23, 10, 5, tzinfo=UTC)
    ),
    "decision": DecisionFacts(kind=DecisionKind.REFUSE),
    "ask": {"why": "kin", "was": "no", "until": date(2026, 12, 1)},
}


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("person.surname", "Әуезова"),
        ("person.surname | upper", "ӘУЕЗОВА"),
        ("person.full_name", "Әуезова Ұлжан"),
        ("person.phone | digits", "77011234567"),
        ("person.citizenship", "countries=UZB"),
        ("person.citizenship | code", "UZB"),
        ("person.sex | mark:f", "x"),
        ("person.sex | mark:m", ""),
        ("person.email | mark", ""),
        ("person.surname | mark", "x"),
        ('person.email | or:"—"', "—"),
        ('person.email | pre:", "', ""),
        ('person.surname | pre:"(" | post:")"', "(Әуезова)"),
        ("person.birth_date", "09.05.1961"),
        ("person.birth_date | words", "1961 жылғы «09» мамыр"),
        ("person.birth_date | iso", "1961-05-09"),
        ("print.printed_on", "23.11.2026"),
        ("print.printed_on | words", "2026 жылғы «23» қараша"),
        ("print.printed_at | day", "23.11.2026"),
        ("print.printed_at | time", "10:05"),
        ("decision.kind | mark:refuse", "x"),
        ("decision.until | words", ""),
        ('{person.surname}{person.patronymic | pre:" "}, {print.number}', "Әуезова, 7"),
        ("ask.why", "туыстық"),
        ("ask.why | mark:kin", "x"),
        ("ask.was", "жоқ"),
        ("ask.until | words", "2026 жылғы «01» желтоқсан"),
    ],
)
def test_a_value_becomes_text(value: str, shown: str) -> None:
    with language("kk"):
        text = read_value(value, ROOTS, ASKS).text(FACTS, lambda name, code: f"{name}={code}", "kk")
    assert text == shown


@pytest.mark.parametrize(
    ("code", "shown"),
    [("kk", "2026 жылғы «03» қаңтар"), ("ru", "«03» января 2026 года"), ("en", "3 January 2026")],
)
def test_dates_in_words(code: str, shown: str) -> None:
    facts = {"print": PrintFacts(printed_on=date(2026, 1, 3))}
    assert read_value("print.printed_on | words", ROOTS, {}).text(facts, lambda _l, c: c, code) == shown


def test_a_date_known_in_part_is_not_completed() -> None:
    facts = {"person": Person(birth_date=PartialDate(1961))}
    assert read_value("person.birth_date | words", ROOTS, {}).text(facts, lambda _l, c: c, "kk") == "1961"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("person.birth_date", "12.03.1987 (est.)"),
        ("person.birth_date | day", "12.03.1987 (est.)"),
        ("person.birth_date | words", "12 March 1987 (est.)"),
        ("person.birth_date | iso", "1987-03-12"),
        ('{person.birth_date | pre:", "}', ", 12.03.1987 (est.)"),
    ],
)
def test_an_estimated_date_says_so(value: str, shown: str) -> None:
    """It was printed as if somebody knew the day."""
    facts = {"person": Person(birth_date=PartialDate(1987, 3, 12), birth_estimated=True)}
    assert read_value(value, ROOTS, {}).text(facts, lambda _l, c: c, "en") == shown


def test_a_missing_record_leaves_a_blank() -> None:
    names = lambda _l, c: c  # noqa: E731
    assert read_value("{person.surname | upper}", ROOTS, {}).text({"person": None}, names, "kk") == ""
    assert read_value('person.surname | or:"—"', ROOTS, {}).text({"person": None}, names, "kk") == "—"


def test_messages_call_a_value_by_the_label_of_its_field() -> None:
    value = read_value("{person.surname} {ask.why}", ROOTS, ASKS)
    assert value.name == "person.surname, ask.why"
    assert value.label == "Surname, Why"


def test_the_list_of_filters_stays_short() -> None:
    names = "words day iso mark code time upper digits or pre post"
    assert names.split() == list(FILTERS)
