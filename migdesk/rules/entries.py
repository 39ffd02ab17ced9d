"""One entry of a pack from its table: terms, regimes, values, quotas, rules, settings, days off."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import pairwise

from migdesk.domain.arrival import StayBasis
from migdesk.domain.datafile import Keys
from migdesk.domain.datasound import LAST_YEAR
from migdesk.domain.finding import Severity
from migdesk.domain.quota import Stream
from migdesk.i18n import N_, placeholders
from migdesk.rules.conditions import Question, facts_of, names_of, read_condition
from migdesk.rules.facts import FACTS
from migdesk.rules.kinds import (
    FIGURES,
    LONGEST_DAYS,
    LONGEST_MONTHS,
    LONGEST_WINDOW,
    MOST_FIGURE,
    MOST_UNITS,
)
from migdesk.rules.pack import (
    REMIND,
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
from migdesk.rules.sources import Cites, cite

_KATO = re.compile(r"\d{9}")
_COUNTRY = re.compile(r"[A-Z]{3}")
ENDS = ("days", "document", "never", "unknown")
QUOTA_UNITS = ("persons", "families", "permits")


def read_value(keys: Keys, cites: Cites) -> DatedValue:
    """A dated value; its entries stand in order of their first day, each of a `yearly` one for its own year."""
    code, unit, title = keys.code("code"), keys.text("unit"), keys.texts("title")
    yearly, (least, most) = keys.flag("yearly"), FIGURES.get(unit, (0, MOST_FIGURE))
    rows = []
    for inner in keys.tables("entries"):
        rows.append((inner.day("from"), inner.exact("is", least=least, most=most), cite(inner, cites)))
        inner.end()
    if not rows:
        raise keys.bad("entries", N_("At least one entry is expected here."))
    for position, (one, following) in enumerate(pairwise(rows), start=2):
        if following[0] <= one[0]:
            raise keys.bad(f"entries[{position}].from", N_("Entries must stand in order of their first day."))
    ends: list[date | None] = [row[0] - timedelta(days=1) for row in rows[1:]]
    entries = tuple(
        ValueEntry(since, until, amount, citation, date(since.year, 12, 31) if yearly else None)
        for (since, amount, citation), until in zip(rows, [*ends, None], strict=True)
    )
    keys.end()
    return DatedValue(code, unit, title, entries)


def read_term(keys: Keys, cites: Cites) -> Term:
    """One period of a term."""
    code, (since, until) = keys.code("code"), keys.span()
    unit = keys.one_of("unit", Unit)
    roll = keys.one_of("roll", Roll, Roll.NONE)
    if unit is Unit.WORKING_DAYS and roll is not Roll.NONE:
        raise keys.bad("roll", N_("A term in working days always ends on a working day: leave this out."))
    found = Term(
        code=code,
        since=since,
        until=until,
        starts=keys.code("starts"),
        length=keys.whole("length", most=LONGEST_MONTHS if unit is Unit.MONTHS else LONGEST_DAYS),
        unit=unit,
        roll=roll,
        before=keys.flag("before"),
        title=keys.texts("title"),
        citation=cite(keys, cites),
        remark=keys.texts("remark", None),
        remind=_remind(keys),
    )
    keys.end()
    return found


def _remind(keys: Keys) -> tuple[int, ...]:
    """How many days ahead a term is announced, the farthest first; the usual steps when nothing is said."""
    given = keys.raw("remind", list(REMIND))
    days = given if isinstance(given, list) else []
    falling = all(one > after for one, after in pairwise(days)) if _are_days(days) else False
    if not days or not falling:
        message = N_("Days ahead are expected here, the farthest first, such as [30, 7, 3, 1].")
        raise keys.bad("remind", message)
    return tuple(days)


def _are_days(days: list[object]) -> bool:
    return all(isinstance(one, int) and not isinstance(one, bool) and 1 <= one <= 366 for one in days)


def read_regime(keys: Keys, cites: Cites) -> Regime:
    """One period of a stay regime."""
    code, (since, until) = keys.code("code"), keys.span()
    citation = cite(keys, cites)
    citizens = keys.strings("citizens")
    refuse_no_countries(keys, citizens)
    found = Regime(
        code=code,
        since=since,
        until=until,
        basis=keys.one_of("basis", StayBasis),
        citizens=frozenset(citizens),
        ends=keys.one_of("ends", ENDS, "days"),
        per_entry=keys.whole("per_entry", None, least=1, most=LONGEST_DAYS),
        window=_window(keys.table("window"), cites, keys) if "window" in keys else None,
        count_from=keys.day("count_from", since),
        only_if=_only_if(keys.table("only_if")) if "only_if" in keys else None,
        title=keys.texts("title"),
        citation=citation,
        remark=keys.texts("remark", None),
        remind=_remind(keys),
    )
    if found.ends == "days" and found.per_entry is None and found.window is None:
        raise keys.bad("per_entry", N_("A regime in days needs a limit per entry or a window."))
    if found.ends == "unknown" and found.remark is None:
        raise keys.bad("remark", N_("Say what the sources leave open."))
    keys.end()
    return found


def refuse_no_countries(keys: Keys, citizens: Iterable[str]) -> None:
    """Refuse what is no country code among `citizens`.

    Raises:
        BadFile: names the place of the first.
    """
    for position, one in enumerate(citizens, start=1):
        if not _COUNTRY.fullmatch(one):
            wrong = N_("“{given}” is not a country code of three letters.")
            raise keys.bad(f"citizens[{position}]", wrong, given=one)


def _window(keys: Keys, cites: Cites, regime: Keys) -> Window:
    limit, days = (keys.whole(key, least=1, most=LONGEST_WINDOW) for key in ("limit", "days"))
    if limit > days:
        raise keys.bad("limit", N_("The limit is longer than the window."))
    citation = cite(keys if "source" in keys else regime, cites)
    keys.end()
    return Window(limit, days, citation)


def _only_if(keys: Keys) -> OnlyIf:
    found = OnlyIf(keys.code("setting"), keys.text("is"))
    keys.end()
    return found


def read_quota(keys: Keys, cites: Cites) -> QuotaTable:
    """The units one order gave, by region."""
    regions = keys.table("regions")
    for code in regions:
        if not _KATO.fullmatch(code):
            raise regions.bad(code, N_("“{given}” is not a KATO code of nine digits."), given=code)
    found = QuotaTable(
        stream=keys.one_of("stream", Stream),
        year=keys.whole("year", least=1991, most=LAST_YEAR),
        category=keys.text("category", None),
        since=keys.day("from"),
        unit=keys.one_of("unit", QUOTA_UNITS, QUOTA_UNITS[0]),
        regions={code: regions.whole(code, most=MOST_UNITS) for code in regions},
        citation=cite(keys, cites),
        activity=keys.text("activity", ""),
        origin=keys.text("country", ""),
    )
    if not found.regions:
        raise keys.bad("regions", N_("At least one entry is expected here."))
    keys.end()
    return found


def read_rule(keys: Keys, cites: Cites) -> Rule:
    """One period of a rule; its texts may name in braces facts and the figures its condition looks up."""
    code, (since, until) = keys.code("code"), keys.span()
    text, when = keys.texts("text"), read_condition(keys.table("when"))
    asks = _question(keys.table("asks")) if "asks" in keys else None
    known = {*FACTS, *(name.placeholder for name in names_of(when))}
    for name in sorted(placeholders(text["en"]) | placeholders(asks.text["en"] if asks else "")):
        if name not in known:
            raise keys.bad("text", N_("There is no fact “{fact}”."), fact=name)
    for name in sorted(asks.facts - facts_of(when) if asks else ()):
        raise keys.bad("asks.facts", N_("There is no fact “{fact}”."), fact=name)
    found = Rule(
        code=code,
        since=since,
        until=until,
        judged_on=keys.one_of("judged_on", JudgedOn),
        severity=keys.one_of("severity", Severity),
        when=when,
        text=text,
        field=keys.code("field", None),
        citation=cite(keys, cites),
        asks=asks,
    )
    keys.end()
    return found


def _question(keys: Keys) -> Question:
    found = Question(frozenset(keys.strings("facts")), keys.texts("text"))
    keys.end()
    return found


def read_setting(keys: Keys, cites: Cites) -> Setting:
    """An open question with its cautious default."""
    code, title, inner = keys.code("code"), keys.texts("title"), keys.table("options")
    options = {option: inner.texts(option) for option in inner}
    if len(options) < 2:
        raise keys.bad("options", N_("At least two options are expected here."))
    found = Setting(
        code=code,
        title=title,
        default=keys.one_of("default", options),
        options=options,
        text=keys.texts("text"),
        citation=cite(keys, cites),
    )
    keys.end()
    return found


def read_holidays(keys: Keys, cites: Cites) -> Iterator[Holiday]:
    """The days of one holiday, written `MM-DD`."""
    code, (since, until) = keys.code("code"), keys.span()
    moves, title, citation = keys.flag("moves", True), keys.texts("title"), cite(keys, cites)
    days, works = keys.strings("days"), keys.flag("works")
    if not days:
        raise keys.bad("days", N_("At least one entry is expected here."))
    keys.end()
    for position, words in enumerate(days, start=1):
        try:
            day = date.fromisoformat(f"2027-{words}")
        except ValueError:
            wrong = N_("“{given}” is not a day of the year, written as 12-16.")
            raise keys.bad(f"days[{position}]", wrong, given=words) from None
        yield Holiday(code, since, until, day.month, day.day, moves, title, citation, not works)


def read_special_day(keys: Keys, cites: Cites) -> SpecialDay:
    """A single day off, or a working day in spite of the weekend."""
    found = SpecialDay(keys.day("on"), not keys.flag("works"), keys.texts("title"), cite(keys, cites))
    keys.end()
    return found
