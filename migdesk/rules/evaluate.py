"""Rules against facts: which remarks hold on the date that each rule names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import partial

from migdesk.domain.datafile import Texts
from migdesk.domain.dates import show_day
from migdesk.domain.finding import Finding, Severity
from migdesk.i18n import placeholders
from migdesk.rules.amounts import plain_number
from migdesk.rules.conditions import Figure, Name, Question, holds, may_hold, names_of
from migdesk.rules.facts import check_facts
from migdesk.rules.pack import JudgedOn, Rule, in_force

FigureOn = Callable[[Name, date], Decimal | None]
"""Looks up a value or a term on a day: its figure in force, or nothing."""

ASKED = ".ask"
"""What the code of a finding ends with when the rule is a question to the clerk."""


def judge(
    rules: Iterable[Rule],
    facts: Mapping[str, object],
    dates: Mapping[JudgedOn, date],
    figure: FigureOn,
) -> list[Finding]:
    """The findings of all rules in force that hold; a rule whose date is not known yet says nothing.

    A rule that `asks` and would hold by some answer gives its question as a note.

    Raises:
        ValueError: an unknown fact or one of a wrong type.
    """
    check_facts(facts)
    found = []
    for rule in rules:
        on = dates.get(rule.judged_on)
        if on is None or not in_force(rule, on):
            continue
        figure_then = partial(_figure_on, figure, on)
        if holds(rule.when, facts, figure_then):
            shown = _values(rule, rule.text, facts, figure_then)
            source = rule.citation.source
            found.append(Finding(rule.severity, rule.code, "", rule.field, shown, source, rule.text))
        elif rule.asks and may_hold(rule.when, facts, figure_then, rule.asks.facts):
            found.append(_question(rule, rule.asks, _values(rule, rule.asks.text, facts, figure_then)))
    return found


def _figure_on(figure: FigureOn, on: date, name: Name) -> Decimal | None:
    return figure(name, on)


def _question(rule: Rule, asks: Question, values: Mapping[str, object]) -> Finding:
    code, source = f"{rule.code}{ASKED}", rule.citation.source
    return Finding(Severity.NOTE, code, "", rule.field, values, source, asks.text)


def _values(rule: Rule, text: Texts, facts: Mapping[str, object], figure: Figure) -> dict[str, object]:
    """What the placeholders of a text stand for: facts, and the figures the condition looks up."""
    figures = {name.placeholder: figure(name) for name in names_of(rule.when) if name.kind != "fact"}
    return {name: _shown({**facts, **figures}.get(name)) for name in sorted(placeholders(text["en"]))}


def _shown(value: object) -> object:
    if isinstance(value, date):
        return show_day(value)
    if isinstance(value, Decimal):
        return plain_number(value)
    return "—" if value is None else value
