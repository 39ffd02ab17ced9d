"""The ten condition words, and rules against facts."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from migdesk.domain.datafile import Keys
from migdesk.domain.finding import Severity
from migdesk.i18n import language
from migdesk.rules.conditions import holds, read_condition
from migdesk.rules.facts import FACTS, check_facts
from migdesk.rules.pack import JudgedOn

FACTS_GIVEN = {
    "person_age": 16,
    "person_citizenship": "UZB",
    "person_has_iin": False,
    "stay_entered_on": date(2026, 3, 1),
    "stay_planned_days": 31,
}


def check(words: str) -> bool:
    condition = read_condition(Keys.parse(f"when = {words}", "x").table("when"))
    return holds(condition, FACTS_GIVEN, lambda name: Decimal(30) if name.code == "limit" else None)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ('{ fact = "person_age", is = 16 }', True),
        ('{ fact = "person_age", is_not = 16 }', False),
        ('{ fact = "person_age", is_not = 17 }', True),
        ('{ fact = "person_age", in = [15, 16] }', True),
        ('{ fact = "person_age", in = [15] }', False),
        ('{ fact = "person_age", over = 16 }', False),
        ('{ fact = "person_age", over = 15 }', True),
        ('{ fact = "person_age", under = 16 }', False),
        ('{ fact = "person_age", under = 17 }', True),
        ('{ fact = "person_has_iin", is = false }', True),
        ('{ fact = "person_has_iin", present = true }', True),
        ('{ fact = "person_has_iin", missing = true }', False),
        ('{ fact = "arrival_purpose", present = true }', False),
        ('{ fact = "arrival_purpose", missing = true }', True),
        ('{ fact = "arrival_purpose", is_not = "work" }', False),
        ('{ fact = "stay_entered_on", over = 2026-02-28 }', True),
        ('{ fact = "stay_entered_on", under = 2026-02-28 }', False),
        ('{ fact = "stay_planned_days", over = { value = "limit" } }', True),
        ('{ fact = "stay_planned_days", under = { term = "limit" } }', False),
        ('{ fact = "stay_planned_days", over = { value = "unknown" } }', False),
        ('{ fact = "stay_planned_days", over = { fact = "person_age" } }', True),
        ('{ fact = "stay_planned_days", over = { fact = "permit_months" } }', False),
        ('{ all = [{ fact = "person_age", is = 16 }, { fact = "person_citizenship", is = "UZB" }] }', True),
        ('{ all = [{ fact = "person_age", is = 16 }, { fact = "person_citizenship", is = "KGZ" }] }', False),
        ('{ any = [{ fact = "person_age", is = 1 }, { fact = "person_citizenship", is = "UZB" }] }', True),
        ('{ none = [{ fact = "person_age", is = 1 }, { fact = "person_citizenship", is = "KGZ" }] }', True),
        ('{ none = [{ any = [{ fact = "person_age", is = 16 }] }] }', False),
    ],
)
def test_a_condition_holds_or_not(words, expected):
    assert check(words) is expected


@pytest.mark.parametrize(
    "facts", [{"moon": 1}, {"person_age": "16"}, {"person_age": True}, {"person_has_iin": 1}]
)
def test_facts_of_another_name_or_type_are_a_bug(facts):
    with pytest.raises(ValueError, match="fact"):
        check_facts(facts)


def test_a_wrong_fact_is_named_without_its_value():
    with pytest.raises(ValueError) as problem:
        check_facts({"person_citizenship": 870312300123})
    assert "870312300123" not in str(problem.value)


def test_every_fact_has_a_known_type():
    assert set(FACTS.values()) <= {"whole", "text", "flag", "day"}


def test_a_rule_speaks_three_languages_with_its_values(law):
    dates = {JudgedOn.EVENT: date(2026, 11, 23)}
    [finding] = law.check({"notice_days_late": 2}, dates)
    assert (finding.severity, finding.code, finding.field) == (Severity.WARN, "notice.late", "notified_on")
    assert "Days the notice is late: 2" in finding.words()
    with language("kk"):
        assert "2 күнге кешікті" in finding.words()
    assert finding.as_json()["source"]["article"] == "art. 518 p. 1"


def test_a_rule_is_judged_on_the_date_it_names(law):
    facts = {"case_service": "seasonal_permit", "vacancy_published_days": 1, "labour_exemption": "none"}
    day = date(2026, 11, 23)
    assert law.check(facts, {JudgedOn.EVENT: day}) == []
    assert [one.code for one in law.check(facts, {JudgedOn.FILING: day})] == ["labour.vacancy_short"]
    assert law.check(facts, {JudgedOn.FILING: date(2025, 8, 31)}) == []


LABOUR = {"case_service": "foreign_labour_permit", "permit_category": "1", "labour_exemption": "none"}


@pytest.mark.parametrize(
    ("facts", "codes"),
    [
        (LABOUR, {"labour.local_content_12.ask", "labour.vacancy_short.ask"}),
        (LABOUR | {"employer_is_small": True}, {"labour.vacancy_short.ask"}),
        (LABOUR | {"employer_share_12": 80, "vacancy_published_days": 15}, set()),
        (
            LABOUR | {"employer_share_12": 69, "vacancy_published_days": 14},
            {"labour.local_content_12", "labour.vacancy_short"},
        ),
        ({"asylum_days_since_arrival": 3}, {"asylum.petition_late.ask"}),
        ({"asylum_days_since_arrival": 6}, {"asylum.petition_late"}),
        ({"asylum_days_since_arrival": 1}, set()),
        ({"case_service": "rvp"}, set()),
    ],
)
def test_a_rule_over_facts_nobody_gives_is_a_question_to_the_clerk(law, facts, codes):
    """Such a rule was dead: it waited for facts that no record holds."""
    found = law.check(facts, {JudgedOn.FILING: date(2026, 11, 23)})
    assert {one.code for one in found} == codes
    for one in found:
        assert one.severity is (Severity.NOTE if one.code.endswith(".ask") else one.severity)
        for code in ("kk", "ru", "en"):
            with language(code):
                assert "{" not in one.words()


def test_a_rule_names_the_figure_its_condition_looks_up(law):
    """15 days stood in the term, in the condition and in three texts."""
    [found] = law.check(
        LABOUR | {"employer_share_12": 80, "vacancy_published_days": 3}, {JudgedOn.FILING: date(2026, 11, 23)}
    )
    term = law.term("labour.vacancy", date(2026, 11, 23))
    assert found.values["labour_vacancy"] == term.length == 15
