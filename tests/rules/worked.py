"""Worked cases of a pack: what the law gives for an example, written down and tried at every change.

The format of `<pack>.cases.toml` (`?` may be left out); a list for each kind of entry::

    [[value]]   code, on, is
    [[term]]    code, from, due
    [[amount]]  code, on, with = {}?, times? (so many of them), and mrp_count, tenge — or refused = "code of the
                finding"
    [[quota]]   stream, year, region, category?, on?, and units — or absent = true
    [[regime]]  citizenship, basis, on, settings = {}?, and is, per_entry? — or absent = true
    [[special]] ground?, permit?, term?, document?, citizenship?, last, known_on?, and is = [codes], until — or
                closes, citizenship?, on, is — or eases, on, is
    [[rule]]    code, on, facts = {}, found = true | false
    [[month]]   year, working_days = [twelve numbers]
    [[day]]     on, works = true | false
    [[setting]] code, is = "the default"
    [[stay]]    citizenship, basis, crossings = [{entered, left?}], on, valid_until?, settings = {}?, and
                what is expected: lawful (or "unknown"), regime?, last_lawful_day?, entry_used?,
                entry_last_day?, used?, remaining?, light?, finding? (a code among the findings)

A `[[value]]`, `[[term]]` or `[[amount]]` with `absent = true` instead of a result says that nothing is in
force on that day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from migdesk.domain.datafile import Keys
from migdesk.domain.errors import Invalid
from migdesk.domain.quota import Stream
from migdesk.rules.facts import check_facts
from migdesk.rules.law import Law, NotInForce
from migdesk.rules.pack import JudgedOn, Pack
from migdesk.rules.specials import Lasting
from migdesk.rules.stay import judge_stay
from migdesk.rules.stay_question import StayJudgement, read_question


def answered(law: Law, settings: Mapping[str, str]) -> Law:
    """The same law with an office's answers to some open questions."""
    return Law(law.packs, law.calendar, settings)


@dataclass(frozen=True, slots=True)
class Case:
    """One worked example: where it stands, which code it tries on which day, and how to try it.

    `attempt` gives what the law says, in the same shape as `expected`.
    """

    file: str
    place: str
    kind: str
    code: str
    on: date | None
    expected: Any
    attempt: Callable[[Law], Any]

    def problem(self, law: Law) -> str | None:
        """Nothing when the law gives what is expected, else both in one line."""
        try:
            found = self.attempt(law)
        except NotInForce:
            found = None
        if found == self.expected:
            return None
        return f"{self.file}: {self.place}: {self.code}: expected {self.expected}, found {found}"


def load_cases(name: str, text: str) -> list[Case]:
    """The worked cases of one file.

    Raises:
        BadFile: names the key and what is wrong with it.
    """
    top = Keys.parse(text, name)
    found = [_case(one, kind, read) for kind, read in _READERS.items() for one in top.tables(kind)]
    top.end()
    return found


def uncovered(pack: Pack, cases: Iterable[Case]) -> list[str]:
    """Entries of a pack that no case tries, as `kind code`: the loader of an office refuses such a pack."""
    tried = {(case.kind, case.code) for case in cases}
    wanted = [
        *(("value", value.code) for value in pack.values),
        *(("term", term.code) for term in pack.terms),
        *(("amount", amount.code) for amount in pack.amounts),
        *(("quota", quota.stream) for quota in pack.quotas),
        *(("regime", regime.code) for regime in pack.regimes),
        *(("special", one.code) for one in pack.specials),
        *(("rule", rule.code) for rule in pack.rules),
        *(("setting", setting.code) for setting in pack.settings),
    ]
    if pack.holidays:
        wanted.append(("month", ""))
    return list(dict.fromkeys(f"{kind} {code}".strip() for kind, code in wanted if (kind, code) not in tried))


def _case(keys: Keys, kind: str, read: Callable[[Keys], _Try]) -> Case:
    code, expected, attempt = read(keys)
    on = next((keys.day(key) for key in ("from", "on") if key in keys), None)
    keys.end()
    return Case(keys.file, keys.place, kind, code, on, expected, attempt)


_Try = tuple[str, Any, Callable[[Law], Any]]


def _value(keys: Keys) -> _Try:
    code, on = keys.code("code"), keys.day("on")
    expected = None if keys.flag("absent") else keys.exact("is")
    return code, expected, lambda law: law.value(code, on)


def _term(keys: Keys) -> _Try:
    code, start = keys.code("code"), keys.day("from")
    expected = None if keys.flag("absent") else keys.day("due")
    return code, expected, lambda law: law.deadline(code, start).due


def _amount(keys: Keys) -> _Try:
    code, on = keys.code("code"), keys.day("on")
    given, times = _plain(keys, "with"), keys.whole("times", 1)
    refused = keys.text("refused", None)
    expected: Any = refused
    if refused is None and not keys.flag("absent"):
        expected = (keys.exact("mrp_count"), keys.whole("tenge"))

    def attempt(law: Law) -> Any:
        try:
            found = law.amount(code, on, given)
        except Invalid as problem:
            return problem.findings[0].code
        return found.mrp_count * times, found.tenge * times

    return code, expected, attempt


def _quota(keys: Keys) -> _Try:
    stream = keys.one_of("stream", Stream)
    year, region = keys.whole("year"), keys.text("region")
    category = keys.text("category", None)
    on = keys.day("on", None)
    expected = None if keys.flag("absent") else keys.whole("units")

    def attempt(law: Law) -> Any:
        limit = law.quota_limit(stream, region, year, category, on)
        return limit.units if limit else None

    return stream, expected, attempt


def _regime(keys: Keys) -> _Try:
    citizenship, basis, on = keys.text("citizenship"), keys.text("basis"), keys.day("on")
    settings = _answers(keys)
    absent = keys.flag("absent")
    code = "" if absent else keys.code("is")
    per_entry = keys.whole("per_entry", None)

    def attempt(law: Law) -> Any:
        found = answered(law, settings).regime(citizenship, basis, on)
        return (found.code, found.per_entry if per_entry else None) if found else None

    return code, None if absent else (code, per_entry), attempt


def _special(keys: Keys) -> _Try:
    if "closes" in keys:
        closed, on, closing = keys.text("closes"), keys.day("on"), keys.code("is")
        citizen = keys.text("citizenship", "")
        return closing, closing, lambda law: getattr(law.specials.closes(closed, on, citizen), "code", None)
    if "eases" in keys:
        rule, on, easing = keys.text("eases"), keys.day("on"), keys.code("is")
        return easing, easing, lambda law: getattr(law.specials.eased(rule, on), "code", None)
    thing = Lasting(
        ground=keys.text("ground", None),
        permit=keys.text("permit", None),
        term=keys.text("term", None),
        document=keys.flag("document"),
        citizenship=keys.text("citizenship", ""),
    )
    last, known_on = keys.day("last"), keys.day("known_on", None)
    codes, until = keys.strings("is"), keys.day("until")

    def attempt(law: Law) -> Any:
        found, used = law.specials.lasts(thing, last, known_on)
        return tuple(one.code for one in used), found

    return codes[-1] if codes else "", (codes, until), attempt


def _rule(keys: Keys) -> _Try:
    code, on = keys.code("code"), keys.day("on")
    facts, expected = _plain(keys, "facts"), keys.flag("found", True)
    try:
        check_facts(facts)
    except ValueError as problem:
        raise keys.bad("facts", "A fact is wrong: {problem}.", problem=str(problem)) from None

    def attempt(law: Law) -> bool:
        return code in [finding.code for finding in law.check(facts, dict.fromkeys(JudgedOn, on))]

    return code, expected, attempt


def _month(keys: Keys) -> _Try:
    year, expected = keys.whole("year", least=1), keys.raw("working_days")
    return "", expected, lambda law: [law.calendar.working_days(year, month) for month in range(1, 13)]


def _day(keys: Keys) -> _Try:
    on = keys.day("on")
    return "", keys.flag("works"), lambda law: law.calendar.is_working_day(on)


def _setting(keys: Keys) -> _Try:
    code, expected = keys.code("code"), keys.text("is")
    return code, expected, lambda law: answered(law, {code: ""}).setting(code)


def _stay(keys: Keys) -> _Try:
    on, settings = keys.day("on"), _answers(keys)
    asked = {
        key: keys.raw(key) for key in ("citizenship", "basis", "crossings", "valid_until") if key in keys
    }
    expected = {key: keys.raw(key) for key in _STAY_KEYS if key in keys}
    try:
        question = read_question(asked)
    except Invalid as problem:
        wrong = "The stay of this case cannot be read: {problem}."
        raise keys.bad("", wrong, problem=problem.words()) from None

    def attempt(law: Law) -> dict[str, object]:
        found = judge_stay(answered(law, settings), question, on)
        return {key: _stay_part(found, key, expected[key]) for key in expected}

    return "", expected, attempt


_STAY_KEYS = (
    *("lawful", "regime", "last_lawful_day", "entry_used", "entry_last_day"),
    *("used", "remaining", "finding", "light"),
)


def _stay_part(found: StayJudgement, key: str, expected: object) -> object:
    match key:
        case "entry_used":
            return found.per_entry.used if found.per_entry else None
        case "entry_last_day":
            return found.per_entry.last_day if found.per_entry else None
        case "used":
            return found.window.used if found.window else None
        case "remaining":
            return found.window.remaining if found.window else None
        case "lawful":
            return "unknown" if found.lawful is None else found.lawful
        case "finding":
            codes = [finding.code for finding in found.why]
            return expected if expected in codes else codes
        case _:
            return getattr(found, key)


def _plain(keys: Keys, key: str) -> dict[str, Any]:
    inner = keys.table(key)
    return {name: inner.raw(name) for name in inner}


def _answers(keys: Keys) -> dict[str, str]:
    inner = keys.table("settings")
    return {name: inner.text(name) for name in inner}


_READERS: dict[str, Callable[[Keys], _Try]] = {
    "value": _value,
    "term": _term,
    "amount": _amount,
    "quota": _quota,
    "regime": _regime,
    "special": _special,
    "rule": _rule,
    "month": _month,
    "day": _day,
    "setting": _setting,
    "stay": _stay,
}
