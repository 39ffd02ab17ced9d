"""The condition of a rule in short lines that a clerk reads: each fact by its title, each value by its words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from migdesk.i18n import N_, _
from migdesk.services.laws.law_book import Book

_GROUPS = {
    "all": N_("all of this:"),
    "any": N_("at least one of these:"),
    "none": N_("none of these:"),
}
_TESTS = {
    "is": N_("{fact}: {value}"),
    "is_not": N_("{fact}: not {value}"),
    "in": N_("{fact}: one of: {value}"),
    "over": N_("{fact}: more than {value}"),
    "under": N_("{fact}: less than {value}"),
    "present": N_("{fact}: given"),
    "missing": N_("{fact}: not given"),
}
_MARKS = ("•", "◦", "–")
_INDENT = "   "


def condition_lines(book: Book, when: Mapping[str, Any], on: date) -> list[str]:
    """A condition as `rules show` has it, a line a test, with the figures of a day; parts stand under their group."""
    return list(_lines(book, when, on, 0))


def _lines(book: Book, when: Mapping[str, Any], on: date, deep: int) -> Iterator[str]:
    lead = f"{_INDENT * (deep - 1)}{_MARKS[min(deep, len(_MARKS)) - 1]} " if deep else ""
    group = next((word for word in _GROUPS if word in when), "")
    if not group:
        yield lead + _test(book, when, on)
        return
    yield lead + _(_GROUPS[group])
    for part in when[group]:
        yield from _lines(book, part, on, deep + 1)


def _test(book: Book, when: Mapping[str, Any], on: date) -> str:
    fact = str(when["fact"])
    word = next(one for one in _TESTS if one in when)
    operand = when[word]
    if word == "is_not" and isinstance(operand, bool):
        word, operand = "is", not operand
    return _(_TESTS[word]).format(fact=book.fact(fact), value=_operand(book, fact, operand, on))


def _operand(book: Book, fact: str, operand: object, on: date) -> str:
    if isinstance(operand, Mapping):
        return book.figure(*next(iter(operand.items())), on)
    if isinstance(operand, Sequence) and not isinstance(operand, str):
        return "; ".join(book.value(fact, one) for one in operand)
    return book.value(fact, operand)
