"""What an entry of the law says in words, line by line, in the window and on the command line.

The words for single codes and figures are in `law_book`, those of a condition in `law_conditions`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from migdesk.domain.arrival import StayBasis
from migdesk.domain.dates import show_day
from migdesk.domain.daywords import day_of_year
from migdesk.domain.fields import choice_label
from migdesk.domain.finding import Severity
from migdesk.domain.payment import PaidBy
from migdesk.i18n import N_, _, current_language, pick
from migdesk.rules.catalogue import Entry
from migdesk.rules.pack import COUNTRY, JudgedOn, Kind, Roll, Setting
from migdesk.rules.procedure import APPEAL
from migdesk.services.laws.law_book import ASKED, STARTS, Book
from migdesk.services.laws.law_conditions import condition_lines
from migdesk.services.laws.regime_words import lasts_words, regime_rows
from migdesk.services.lists import read_list

Row = tuple[str, str]
"""A label (an English message, or words as they are) and what stands beside it."""

_WORKING, _OFF = N_("working day"), N_("day off")
_MRP, _BACK = N_("{n} MRP"), N_("counted back from this day")
_WINDOW, _PER_ENTRY = N_("{limit} days of presence in {days}"), N_("{n} days per entry")
_COUNTED_ON = {"event": N_("the day of the event"), "payment": N_("the day of the payment")}
_ENDS = {
    "document": N_("with the term of the visa or permit"),
    "never": N_("has no end"),
    "unknown": N_("the sources do not say"),
}
_FROM_TO, _AND_MORE, _WHOLE = N_("{first} to {last}"), N_("{first} and more"), N_("a whole number")
_OPEN_END = 1_000
"""From here on the end of a range of an amount means that there is none."""
_YES = N_("yes")
_MOST_REGIONS = 25


def shown_values(book: Book, entry: Entry) -> list[Row]:
    """Label and words, line by line; what says nothing is left out. Words of several lines have line breaks."""
    return [(label, words) for label, words in _ROWS[entry.kind](book, entry) if words]


def brief(book: Book, entry: Entry) -> str:
    """The figure of an entry in a word or two: a sum, a length, a limit, the units of the office's region."""
    values: Mapping[str, Any] = entry.values
    match entry.kind:
        case Kind.VALUE:
            return book.unit(values["unit"], values["is"])
        case Kind.TERM:
            return _length(book, entry)
        case Kind.QUOTA:
            units = values["regions"]
            own = next((code for code in (book.region, COUNTRY) if code in units), "")
            return book.unit(values["unit"], units[own]) if own else ""
        case Kind.SETTING:
            return _answer(book, entry, book.law.setting(entry.code))
        case Kind.RULE:
            return choice_label(Severity(values["severity"]))
        case Kind.HOLIDAY:
            return _day(entry)
        case Kind.SPECIAL:
            return (
                show_day(date.fromisoformat(values["to"]))
                if values["to"]
                else lasts_words(None, values["days"])
            )
        case Kind.REGIME:
            return _limit(values)
        case _:
            counts = [row["mrp"] for row in values["rows"]]
            return _(_MRP).format(n=_range(min(counts), max(counts)))


def _rule(book: Book, entry: Entry) -> Iterator[Row]:
    values: Mapping[str, Any] = entry.values
    on = book.day_of(entry)
    yield N_("How grave"), choice_label(Severity(values["severity"]))
    yield N_("Judged on the day of"), choice_label(JudgedOn(values["judged_on"]))
    yield N_("Condition"), "\n".join(condition_lines(book, values["when"], on))
    if asks := values["asks"]:
        yield N_("Asks the clerk"), book.filled(asks["text"], on)


def _length(book: Book, entry: Entry) -> str:
    """How long a term is; that of an appeal has no days while nobody entered them."""
    values: Mapping[str, Any] = entry.values
    if entry.code == APPEAL and not values["length"]:
        return _(N_("not known"))
    return book.unit(values["unit"], values["length"])


def _term(book: Book, entry: Entry) -> Iterator[Row]:
    values: Mapping[str, Any] = entry.values
    yield N_("Length"), _length(book, entry)
    yield N_("Begins with"), book.label(STARTS, values["starts"])
    yield N_("Way of counting"), _(_BACK) if values["before"] else ""
    roll = Roll(values["roll"])
    yield N_("On a day off"), choice_label(roll) if roll is not Roll.NONE else ""
    yield N_("What is open"), _texts(values["remark"])


def _amount(book: Book, entry: Entry) -> Iterator[Row]:
    values: Mapping[str, Any] = entry.values
    for name, options in values["asks"].items():
        words = (
            _(_WHOLE) if options == "whole" else ", ".join(asked_value(book, name, one) for one in options)
        )
        yield N_("Asks for"), f"{asked_name(name)}: {words}"
    yield N_("Multiplied by"), asked_name(values["per"]) if values["per"] else ""
    yield N_("Paid by"), choice_label(PaidBy(values["paid_by"]))
    yield N_("MRP of the day"), _(_COUNTED_ON[values["counted_on"]])
    yield N_("The most that is paid"), _(_YES) if values["ceiling"] else ""
    yield N_("Per cent of the price"), str(values["share"] or "")
    yield N_("Once for the family"), _(_YES) if values["for_family"] else ""
    yield N_("Payments a month apart"), str(values["months"]) if values["months"] > 1 else ""
    yield N_("Obliges to stay in the region"), _(_YES) if values["obliges"] else ""
    for row in values["rows"]:
        yield _amount_row(book, row)


def _amount_row(book: Book, row: Mapping[str, Any]) -> Row:
    asked = {name: given for name, given in row.items() if name not in ("mrp", "note", "source")}
    label = "; ".join(f"{asked_name(name)}: {_given(book, name, given)}" for name, given in asked.items())
    words, note = _(_MRP).format(n=row["mrp"]), _texts(row["note"])
    return label or N_("Sum"), f"{words} · {note}" if note else words


def _given(book: Book, name: str, given: list[Any]) -> str:
    """What a line of a table of sums is for: words of a list, or an inclusive range of numbers."""
    if isinstance(given[0], str):
        return ", ".join(one if one.isdigit() else asked_value(book, name, one) for one in given)
    first, last = given
    if last >= _OPEN_END:
        return _(_AND_MORE).format(first=first)
    return _range(first, last)


def _range(first: float, last: float) -> str:
    return str(first) if first == last else _(_FROM_TO).format(first=first, last=last)


def asked_name(name: str) -> str:
    """What a key that a sum asks for is called."""
    item = read_list(ASKED).get(name)
    return item.label if item else name


def asked_value(book: Book, name: str, value: str) -> str:
    """An answer to what a sum asks for."""
    known = read_list(ASKED)
    if own := known.get(f"{name}.{value}"):
        return own.label
    of_list = known[name].more.get("list", "") if name in known else ""
    return book.numbered(of_list, value) if of_list else value


def _regime(book: Book, entry: Entry) -> Iterator[Row]:
    values: Mapping[str, Any] = entry.values
    yield N_("Ground of stay"), choice_label(StayBasis(values["basis"]))
    yield N_("Citizens"), ", ".join(sorted(book.label("countries", code) for code in values["citizens"]))
    yield N_("How long"), _limit(values)
    if chosen := values["only_if"]:
        code, option = next(iter(chosen.items()))
        answers = {one.code: one for one in book.law.settings()}
        words = _option(answers[code], option) if code in answers else option
        yield N_("Only while the office answers"), f"{book.title(Kind.SETTING, code, book.on)}: {words}"
    yield N_("What is open"), _texts(values["remark"])


def _limit(values: Mapping[str, Any]) -> str:
    """How long somebody may stay by a regime."""
    if values["ends"] in _ENDS:
        return _(_ENDS[values["ends"]])
    parts = [_(_PER_ENTRY).format(n=values["per_entry"])] if values["per_entry"] else []
    parts += [_(_WINDOW).format(**values["window"])] if values["window"] else []
    return ", ".join(parts)


def _special(book: Book, entry: Entry) -> Iterator[Row]:
    wanted = (entry.code, entry.since, entry.until)
    for one in book.law.specials:
        if (one.code, one.since, one.until) == wanted:
            yield N_("Announced on"), show_day(one.announced)
            yield from regime_rows(book, one)
            yield N_("What is open"), pick(one.remark) if one.remark else ""
            return


def _value(book: Book, entry: Entry) -> Iterator[Row]:
    yield N_("Figure"), brief(book, entry)


def _quota(book: Book, entry: Entry) -> Iterator[Row]:
    values: Mapping[str, Any] = entry.values
    units = values["regions"]
    order = sorted(units, key=lambda code: (code != book.region, code != COUNTRY, code))
    for code in order[:_MOST_REGIONS]:
        yield book.label("regions", code), book.unit(values["unit"], units[code])


def _holiday(_book: Book, entry: Entry) -> Iterator[Row]:
    yield N_("Day"), _day(entry)
    yield N_("How it is worked"), _(_WORKING if entry.values["works"] else _OFF)


def _day(entry: Entry) -> str:
    """A day of every year, or one day."""
    written = entry.values.get("day")
    if not isinstance(written, str):
        return show_day(entry.since)
    month, day = written.split("-")
    return day_of_year(int(month), int(day), current_language())


def _setting(book: Book, entry: Entry) -> Iterator[Row]:
    values: Mapping[str, Any] = entry.values
    yield N_("Answer of the office"), brief(book, entry)
    yield N_("Cautious answer"), _answer(book, entry, values["default"])
    yield N_("Answers"), "\n".join(_answer(book, entry, one) for one in values["options"])
    yield N_("What is open"), _texts(values["open"])


def _answer(book: Book, entry: Entry, option: str) -> str:
    known = next((one for one in book.law.settings() if one.code == entry.code), None)
    return _option(known, option) if known else option


def _option(setting: Setting, option: str) -> str:
    return pick(setting.options[option]) if option in setting.options else option


def _texts(value: object) -> str:
    return pick(value) if isinstance(value, Mapping) else ""


_ROWS: Mapping[Kind, Callable[[Book, Entry], Iterator[Row]]] = {
    Kind.RULE: _rule,
    Kind.TERM: _term,
    Kind.AMOUNT: _amount,
    Kind.REGIME: _regime,
    Kind.SPECIAL: _special,
    Kind.VALUE: _value,
    Kind.QUOTA: _quota,
    Kind.HOLIDAY: _holiday,
    Kind.SETTING: _setting,
}
