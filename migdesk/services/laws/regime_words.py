"""What a special regime says, line by line in words: whom it covers, what it does, what it asks for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from migdesk.domain.arrival import StayBasis
from migdesk.domain.dates import show_day
from migdesk.domain.fields import choice_label
from migdesk.i18n import N_, Worded, _, pick
from migdesk.rules.pack import Kind, Special
from migdesk.services.laws.law_book import Book

_TO, _LONGER = N_("to {day}"), N_("{n} days longer")
_FROM_TO = N_("from {first} to {last}")
_ASKED_BY = N_("{what} ({services})")


def regime_rows(book: Book, one: Special) -> list[tuple[str, str]]:
    """Label (an English message) and words; what the regime does not say is left out."""
    return [(label, words) for label, words in _rows(book, one) if words]


def lasts_words(to: date | None, days: int | None) -> str:
    """To which day, or by how many days longer, what a regime covers lasts; nothing when it prolongs nothing."""
    if to:
        return _(_TO).format(day=show_day(to))
    return _(_LONGER).format(n=days) if days else ""


def _rows(book: Book, one: Special) -> Iterator[tuple[str, str]]:
    covers, label = one.covers, book.label
    yield N_("Grounds of stay"), _joined(choice_label(StayBasis(code)) for code in sorted(covers.grounds))
    yield N_("Kinds of permit"), _joined(label("permit_kinds", code) for code in sorted(covers.permits))
    yield N_("Travel documents"), _(N_("yes")) if covers.documents else ""
    yield (
        N_("Terms it prolongs"),
        _joined(book.title(Kind.TERM, code, one.since) for code in sorted(covers.terms)),
    )
    yield N_("Citizens"), _joined(label("countries", code) for code in sorted(covers.citizens))
    if one.to or one.days:
        first, last = covers.ends
        span = {"first": show_day(first), "last": show_day(last) if last < date.max else "…"}
        yield N_("Of what ends"), _(_FROM_TO).format(**span)
        yield N_("Lasts"), lasts_words(one.to, one.days)
    yield (
        N_("Terms that stand still"),
        _joined(book.title(Kind.TERM, code, one.since) for code in sorted(one.suspends)),
    )
    yield (
        N_("Sums not levied"),
        _joined(book.title(Kind.AMOUNT, code, one.since) for code in sorted(one.waives)),
    )
    yield N_("What it closes"), _joined(_closed(book, code) for code in sorted(one.closes))
    yield (
        N_("Rules that only warn"),
        _joined(book.title(Kind.RULE, code, one.since) for code in sorted(one.eases)),
    )
    for paper in one.papers:
        yield N_("Paper to bring"), _asked(book, pick(paper.title), paper.services)
    for field in one.fields:
        words = field.field.label
        told = pick(words.texts) if isinstance(words, Worded) else words
        yield N_("Question to put"), _asked(book, told, field.services)


def _joined(words: Iterable[str]) -> str:
    return ", ".join(words)


def _closed(book: Book, code: str) -> str:
    return choice_label(StayBasis(code)) if code in set(StayBasis) else book.label("channels", code)


def _asked(book: Book, what: str, services: Iterable[str]) -> str:
    named = _joined(book.label("procedures", code) for code in sorted(services))
    return _(_ASKED_BY).format(what=what, services=named)
