"""Rules against facts: which remarks hold on the date that each rule names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import partial

from migdesk.domain.dates import show_day
from migdesk.domain.finding import Finding
from migdesk.i18n import placeholders
from migdesk.rules.conditions import holds
from migdesk.rules.facts import check_facts
from migdesk.rules.pack import JudgedOn, Rule, in_force

FigureOn = Callable[[str, date], Decimal | None]
"""Looks up a value name on a day: the figure in force, or nothing."""


def judge(
    rules: Iterable[Rule],
    facts: Mapping[str, object],
    dates: Mapping[JudgedOn, date],
    figure: FigureOn,
) -> list[Finding]:
    """The findings of all rules in force that hold; a rule whose date is not known yet says nothing.

    Raises:
        ValueError: an unknown fact or one of a wrong type.
    """
    check_facts(facts)
    found = []
    for rule in rules:
        on = dates.get(rule.judged_on)
        if on is None or not in_force(rule, on):
            continue
        if holds(rule.when, facts, partial(_figure_on, figure, on)):
            found.append(_finding(rule, facts))
    return found


def _figure_on(figure: FigureOn, on: date, code: str) -> Decimal | None:
    return figure(code, on)


def _finding(rule: Rule, facts: Mapping[str, object]) -> Finding:
    named = placeholders(rule.text["en"])
    values = {name: _shown(facts.get(name)) for name in sorted(named)}
    return Finding(rule.severity, rule.code, "", rule.field, values, rule.citation.source, rule.text)


def _shown(value: object) -> object:
    if isinstance(value, date):
        return show_day(value)
    return "—" if value is None else value
