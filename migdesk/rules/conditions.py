"""The ten condition words of a rule: is, is_not, in, over, under, present, missing, all, any, none.

A comparison names one `fact` and one word: `{fact = "person_age", under = 16}`. The operand is a plain
value, `{value = "code"}` (the figure in force on the date that counts), `{term = "code"}` (the length of the
term in force then) or `{fact = "name"}`. A missing fact makes every comparison false except `missing`. `over`
and `under` are strict.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from migdesk.domain.datafile import Keys, Texts
from migdesk.i18n import N_
from migdesk.rules.facts import DAY, FACTS, WHOLE, fits

GROUPS = ("all", "any", "none")
COMPARISONS = ("is", "is_not", "in", "over", "under", "present", "missing")


@dataclass(frozen=True, slots=True)
class Condition:
    """One node of a rule's condition: a comparison of a fact, or a combination of conditions.

    `word` is one of the ten condition words; `operand` is a plain value, a tuple for `in`, or a `Name`.
    """

    word: str
    fact: str = ""
    operand: object = None
    parts: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Name:
    """An operand that is looked up: another `fact`, a dated `value`, or the length of a `term`."""

    kind: str
    code: str

    @property
    def placeholder(self) -> str:
        """How a text names the figure: `{labour_vacancy}` for the term `labour.vacancy`."""
        return self.code.replace(".", "_")


@dataclass(frozen=True, slots=True)
class Question:
    """What a clerk has to look up because the register does not hold it: facts, and the question in words."""

    facts: frozenset[str]
    text: Texts


Figure = Callable[[Name], Decimal | None]
"""Looks up a value or a term: its figure in force on the date that counts, or nothing."""

LOOKED_UP = ("value", "term")
"""Kinds of operands that a pack holds."""


def read_condition(keys: Keys) -> Condition:
    """A condition from its table.

    Raises:
        BadFile: an unknown word or fact, or an operand that the fact cannot have.
    """
    words = [word for word in (*GROUPS, *COMPARISONS) if word in keys]
    if len(words) != 1:
        raise keys.bad("", N_("Exactly one condition word is expected: {known}."), known=", ".join(_words()))
    word = words[0]
    found = _read_group(keys, word) if word in GROUPS else _read_comparison(keys, word)
    keys.end()
    return found


def _words() -> tuple[str, ...]:
    return (*COMPARISONS, *GROUPS)


def _read_group(keys: Keys, word: str) -> Condition:
    parts = tuple(read_condition(part) for part in keys.tables(word))
    if not parts:
        raise keys.bad(word, N_("At least one condition is expected here."))
    return Condition(word, parts=parts)


def _read_comparison(keys: Keys, word: str) -> Condition:
    fact = keys.one_of("fact", FACTS)
    if word in ("present", "missing"):
        if not keys.flag(word):
            raise keys.bad(word, N_("Expected one of: {known}."), known="true")
        return Condition(word, fact)
    if word in ("over", "under") and FACTS[fact] not in (WHOLE, DAY):
        raise keys.bad(word, N_("“{fact}” is neither a number nor a date."), fact=fact)
    raw = keys.raw(word)
    if word == "in":
        if not isinstance(raw, list) or not raw or not all(fits(fact, one) for one in raw):
            raise keys.bad(word, N_("A list of values of “{fact}” is expected here."), fact=fact)
        return Condition(word, fact, tuple(raw))
    return Condition(word, fact, _read_operand(keys, word, fact, raw))


def _read_operand(keys: Keys, word: str, fact: str, raw: object) -> object:
    if isinstance(raw, dict):
        inner = keys.table(word)
        kind = next((one for one in LOOKED_UP if one in inner), "fact")
        code = inner.one_of("fact", FACTS) if kind == "fact" else inner.text(kind)
        inner.end()
        if (FACTS[fact] if kind == "fact" else WHOLE) != FACTS[code if kind == "fact" else fact]:
            raise keys.bad(word, N_("“{fact}” cannot be compared with this."), fact=fact)
        return Name(kind, code)
    if not fits(fact, raw):
        raise keys.bad(word, N_("“{fact}” cannot be compared with this."), fact=fact)
    return raw


def names_of(condition: Condition) -> set[Name]:
    """The operands that are looked up anywhere in a condition."""
    own = {condition.operand} if isinstance(condition.operand, Name) else set[Name]()
    return own.union(*(names_of(part) for part in condition.parts))


def facts_of(condition: Condition) -> set[str]:
    """The facts that a condition asks about."""
    own = {condition.fact} if condition.fact else set[str]()
    return own.union(*(facts_of(part) for part in condition.parts))


def may_hold(
    condition: Condition, facts: Mapping[str, object], figure: Figure, asked: Collection[str]
) -> bool:
    """Whether a condition could hold for some answer about the facts that are asked for and not given."""
    return _bounds(condition, facts, figure, asked)[1]


def _bounds(
    condition: Condition, facts: Mapping[str, object], figure: Figure, asked: Collection[str]
) -> tuple[bool, bool]:
    """Whether a condition holds whatever is answered, and whether it can hold at all."""
    if condition.parts:
        parts = [_bounds(part, facts, figure, asked) for part in condition.parts]
        surely, perhaps = [one[0] for one in parts], [one[1] for one in parts]
        if condition.word == "none":
            return not any(perhaps), not any(surely)
        every = all if condition.word == "all" else any
        return every(surely), every(perhaps)
    if facts.get(condition.fact) is None and condition.fact in asked:
        return False, True
    known = holds(condition, facts, figure)
    return known, known


def holds(condition: Condition, facts: Mapping[str, object], figure: Figure) -> bool:
    """Whether a condition holds for facts; an operand that cannot be looked up makes it false."""
    if condition.word == "all":
        return all(holds(part, facts, figure) for part in condition.parts)
    if condition.word == "any":
        return any(holds(part, facts, figure) for part in condition.parts)
    if condition.word == "none":
        return not any(holds(part, facts, figure) for part in condition.parts)
    value = facts.get(condition.fact)
    if condition.word == "missing":
        return value is None
    if value is None:
        return False
    return condition.word == "present" or _compare(condition, value, facts, figure)


def _compare(condition: Condition, value: object, facts: Mapping[str, object], figure: Figure) -> bool:
    operand = condition.operand
    if isinstance(operand, Name):
        operand = facts.get(operand.code) if operand.kind == "fact" else figure(operand)
    if operand is None:
        return False
    match condition.word:
        case "is":
            return value == operand
        case "is_not":
            return value != operand
        case "in":
            return isinstance(operand, tuple) and value in operand
        case _:
            return _ordered(condition.word, value, operand)


def _ordered(word: str, value: object, operand: object) -> bool:
    if isinstance(value, date) and isinstance(operand, date):
        return value > operand if word == "over" else value < operand
    if isinstance(value, int | Decimal) and isinstance(operand, int | Decimal):
        return value > operand if word == "over" else value < operand
    return False
