"""One entry of a pack from its table: terms, regimes, values, quotas, rules, settings, days off."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from migdesk.domain.arrival import StayBasis
from migdesk.domain.finding import Severity
from migdesk.domain.quota import Stream
from migdesk.i18n import N_, placeholders
from migdesk.rules.conditions import read_condition
from migdesk.rules.facts import FACTS
from migdesk.rules.pack import (
    DatedValue,
    Holiday,
    JudgedOn,
    OnlyIf,
    QuotaTable,
    Regime,
    Roll,
    Rule,
    Setting,
    SpecialDay,
    Term,
    Unit,
    ValueEntry,
    Window,
)
from migdesk.rules.reading import Node, Texts, exact_number
from migdesk.rules.sources import Cites, cite

_KATO = re.compile(r"\d{9}")
_COUNTRY = re.compile(r"[A-Z]{3}")
ENDS = ("days", "document", "never")
QUOTA_UNITS = ("persons", "families", "permits")


def _remark(node: Node) -> Texts | None:
    return node.texts("remark") if "remark" in node else None


def read_value(node: Node, cites: Cites) -> DatedValue:
    """A dated value; its entries stand in order of their first day."""
    code, unit, title = node.code("code"), node.text("unit"), node.texts("title")
    rows = []
    for inner in node.nodes("entries"):
        amount = exact_number(inner.raw("is"))
        if amount is None:
            inner.fail("is", N_("A number is expected here."))
        rows.append((inner.day("from"), amount, cite(inner, cites)))
        inner.close()
    if not rows:
        node.fail("entries", N_("At least one entry is expected here."))
    for position, (one, following) in enumerate(pairwise(rows), start=2):
        if following[0] <= one[0]:
            node.fail(f"entries[{position}].from", N_("Entries must stand in order of their first day."))
    ends: list[date | None] = [row[0] - timedelta(days=1) for row in rows[1:]]
    entries = tuple(
        ValueEntry(since, until, amount, citation)
        for (since, amount, citation), until in zip(rows, [*ends, None], strict=True)
    )
    node.close()
    return DatedValue(code, unit, title, entries)


def read_term(node: Node, cites: Cites) -> Term:
    """One period of a term."""
    code, (since, until) = node.code("code"), node.span()
    unit = Unit(node.choice("unit", [word.value for word in Unit]))
    rolls = [word.value for word in Roll]
    roll = Roll(node.choice("roll", rolls)) if "roll" in node else Roll.NONE
    if unit is Unit.WORKING_DAYS and roll is not Roll.NONE:
        node.fail("roll", N_("A term in working days always ends on a working day: leave this out."))
    found = Term(
        code=code,
        since=since,
        until=until,
        starts=node.code("starts"),
        length=node.whole("length"),
        unit=unit,
        roll=roll,
        before=node.flag("before"),
        title=node.texts("title"),
        citation=cite(node, cites),
        remark=_remark(node),
    )
    node.close()
    return found


def read_regime(node: Node, cites: Cites) -> Regime:
    """One period of a stay regime."""
    code, (since, until) = node.code("code"), node.span()
    citation = cite(node, cites)
    citizens = node.words("citizens")
    for position, one in enumerate(citizens, start=1):
        if not _COUNTRY.fullmatch(one):
            node.fail(
                f"citizens[{position}]", N_("“{given}” is not a country code of three letters."), given=one
            )
    found = Regime(
        code=code,
        since=since,
        until=until,
        basis=node.choice("basis", [basis.value for basis in StayBasis]),
        citizens=frozenset(citizens),
        ends=node.choice("ends", ENDS) if "ends" in node else "days",
        per_entry=node.whole("per_entry", 1) if "per_entry" in node else None,
        window=_window(node.node("window"), cites, node) if "window" in node else None,
        count_from=node.day("count_from") if "count_from" in node else since,
        only_if=_only_if(node.node("only_if")) if "only_if" in node else None,
        title=node.texts("title"),
        citation=citation,
        remark=_remark(node),
    )
    if found.ends == "days" and found.per_entry is None and found.window is None:
        node.fail("per_entry", N_("A regime in days needs a limit per entry or a window."))
    node.close()
    return found


def _window(node: Node, cites: Cites, regime: Node) -> Window:
    limit, days = node.whole("limit", 1), node.whole("days", 1)
    if limit > days:
        node.fail("limit", N_("The limit is longer than the window."))
    citation = cite(node if "source" in node else regime, cites)
    node.close()
    return Window(limit, days, citation)


def _only_if(node: Node) -> OnlyIf:
    found = OnlyIf(node.code("setting"), node.text("is"))
    node.close()
    return found


def read_quota(node: Node, cites: Cites) -> QuotaTable:
    """The units one order gave, by region."""
    regions = node.node("regions")
    for code in regions:
        if not _KATO.fullmatch(code):
            regions.fail(code, N_("“{given}” is not a KATO code of nine digits."), given=code)
    found = QuotaTable(
        stream=node.choice("stream", [stream.value for stream in Stream]),
        year=node.whole("year", 1991),
        category=node.text("category") if "category" in node else None,
        since=node.day("from"),
        unit=node.choice("unit", QUOTA_UNITS) if "unit" in node else QUOTA_UNITS[0],
        regions={code: regions.whole(code) for code in regions},
        citation=cite(node, cites),
    )
    if not found.regions:
        node.fail("regions", N_("At least one entry is expected here."))
    node.close()
    return found


def read_rule(node: Node, cites: Cites) -> Rule:
    """One period of a rule; its text may name facts in braces."""
    code, (since, until) = node.code("code"), node.span()
    text = node.texts("text")
    for name in sorted(placeholders(text["en"])):
        if name not in FACTS:
            node.fail("text", N_("There is no fact “{fact}”."), fact=name)
    found = Rule(
        code=code,
        since=since,
        until=until,
        judged_on=JudgedOn(node.choice("judged_on", [word.value for word in JudgedOn])),
        severity=Severity(node.choice("severity", [word.value for word in Severity])),
        when=read_condition(node.node("when")),
        text=text,
        field=node.code("field") if "field" in node else None,
        citation=cite(node, cites),
    )
    node.close()
    return found


def read_setting(node: Node, cites: Cites) -> Setting:
    """An open question with its cautious default."""
    code, title, options = node.code("code"), node.texts("title"), node.words("options")
    if len(options) < 2:
        node.fail("options", N_("At least two options are expected here."))
    found = Setting(
        code=code,
        title=title,
        default=node.choice("default", options),
        options=options,
        text=node.texts("text"),
        citation=cite(node, cites),
    )
    node.close()
    return found


def read_holidays(node: Node, cites: Cites) -> Iterator[Holiday]:
    """The days of one holiday, written `MM-DD`."""
    code, (since, until) = node.code("code"), node.span()
    moves, title, citation = node.flag("moves", True), node.texts("title"), cite(node, cites)
    days = node.words("days")
    if not days:
        node.fail("days", N_("At least one entry is expected here."))
    node.close()
    for position, words in enumerate(days, start=1):
        try:
            day = date.fromisoformat(f"2027-{words}")
        except ValueError:
            node.fail(
                f"days[{position}]", N_("“{given}” is not a day of the year, written as 12-16."), given=words
            )
        yield Holiday(code, since, until, day.month, day.day, moves, title, citation)


def read_special_day(node: Node, cites: Cites) -> SpecialDay:
    """A single day off, or a working day in spite of the weekend."""
    found = SpecialDay(node.day("on"), not node.flag("works"), node.texts("title"), cite(node, cites))
    node.close()
    return found
