"""Values: `person.surname | upper` → text. A short fixed list of filters, checked when a form is loaded."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from operator import attrgetter
from typing import Any

from migdesk.domain.datafile import Texts
from migdesk.domain.dates import PartialDate, show_day, show_moment
from migdesk.domain.daywords import day_in_words
from migdesk.domain.fields import Code, Field, choice_label, specs
from migdesk.domain.papertext import (
    AgendaRow,
    CardFacts,
    CouponFacts,
    DecisionFacts,
    FamilyRow,
    PaperRow,
    PhotoFacts,
    PlaceText,
    PrintFacts,
    SeatRow,
    SessionFacts,
)
from migdesk.domain.person import Person
from migdesk.domain.register import BY_TABLE
from migdesk.domain.report import Names
from migdesk.i18n import N_, _, pick

Facts = Mapping[str, object]
"""Root name of a form → record, small paper class, list of them, or nothing."""

ROOTS: dict[str, type] = {
    **BY_TABLE,
    "print": PrintFacts,
    "place": PlaceText,
    "family_row": FamilyRow,
    "paper_row": PaperRow,
    "photo": PhotoFacts,
    "card": CardFacts,
    "coupon": CouponFacts,
    "decision": DecisionFacts,
    "seat_row": SeatRow,
    "agenda_row": AgendaRow,
    "session_facts": SessionFacts,
}
"""What the root of a form may be: every record by its table, and what services prepare for papers."""


class BadValue(ValueError):
    """A value a form may not have: English message with placeholders, and its values."""

    def __init__(self, text: str, /, **values: object) -> None:
        super().__init__(text)
        self.text = text
        self.values = values


@dataclass(frozen=True, slots=True)
class Ask:
    """A thing no record holds and the operator is asked for before printing; empty leaves a blank line.

    A paper is not printed without a `required` one: a blank there would be no order.
    """

    key: str
    kind: str
    label: Texts
    options: Mapping[str, Texts] = field(default_factory=dict)
    required: bool = False


@dataclass(frozen=True, slots=True)
class Root:
    """A root of a form: the class behind the name, and whether it is a list of rows."""

    name: str
    cls: type | None
    many: bool = False


@dataclass(frozen=True, slots=True, repr=False)
class Said:
    """What a record said on a paper that was printed before: the text of each slot by its words in the form."""

    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Slot:
    """One path with its filters, as `given` in the form.

    Messages call it by `label` (an English message) or `texts` (of the form).
    """

    path: str
    root: str
    label: str
    get: Callable[[Any], object]
    show: Callable[[object, Names], str]
    filters: tuple[tuple[str, str], ...]
    given: str
    texts: Texts = field(default_factory=dict)

    def raw(self, facts: Facts) -> object:
        """The value itself, filters aside; nothing when its record is missing."""
        source = facts[self.root]
        return None if source is None else self.get(source)

    def text(self, facts: Facts, names: Names, language: str) -> str:
        """The text in the form's language; empty when the record or the value is missing."""
        source = facts[self.root]
        if isinstance(source, Said):
            return source.texts.get(self.given, "")
        raw = self.raw(facts)
        text: str | None = None
        for name, argument in self.filters:
            if name in _RAW:
                text = _RAW[name](raw, argument, language)
            else:
                text = _TEXT[name](self.show(raw, names) if text is None else text, argument)
        return self.show(raw, names) if text is None else text


@dataclass(frozen=True, slots=True)
class Value:
    """Words and slots in a row: a lone path, or a phrase with paths in braces."""

    pieces: tuple[str | Slot, ...]

    @property
    def is_fixed(self) -> bool:
        """Whether it needs no facts."""
        return all(isinstance(piece, str) for piece in self.pieces)

    @property
    def name(self) -> str:
        """Paths it shows, for proofs and messages."""
        return ", ".join(piece.path for piece in self.pieces if isinstance(piece, Slot))

    @property
    def label(self) -> str:
        """What messages call it, in the current language."""
        slots = [piece for piece in self.pieces if isinstance(piece, Slot)]
        names = ", ".join(dict.fromkeys(pick(one.texts) or _(one.label) for one in slots))
        return names or "".join(str(piece) for piece in self.pieces)[:40]

    def raw(self, facts: Facts) -> object:
        """The value of the first path, as a photo is asked for."""
        return next((piece.raw(facts) for piece in self.pieces if isinstance(piece, Slot)), None)

    def text(self, facts: Facts, names: Names, language: str) -> str:
        """The text in the form's language; a comma that only joined it to an empty slot before it goes.

        Raises:
            KeyError: a root of the form was not given (a bug of the caller).
        """
        if len(self.pieces) == 1:
            piece = self.pieces[0]
            return piece if isinstance(piece, str) else piece.text(facts, names, language)
        parts = [
            piece if isinstance(piece, str) else piece.text(facts, names, language) for piece in self.pieces
        ]
        phrase = "".join(parts)
        return phrase if parts[0] else phrase.removeprefix(", ")


def _words(raw: object, _argument: str, language: str) -> str:
    if isinstance(raw, PartialDate):
        return raw.said(day_in_words(raw.earliest(), language)) if raw.is_full else raw.show()
    return day_in_words(raw, language) if isinstance(raw, date) else ""


def _mark(raw: object, argument: str, _language: str) -> str:
    return "x" if (str(raw) == argument if argument else bool(raw)) else ""


def _iso(raw: object, _argument: str, _language: str) -> str:
    return "" if raw is None else str(raw.date() if isinstance(raw, datetime) else raw)


def _day(raw: object, _argument: str, _language: str) -> str:
    if isinstance(raw, PartialDate):
        return raw.show()
    return show_day(raw) if isinstance(raw, date) else ""


_RAW: dict[str, Callable[[object, str, str], str]] = {
    "words": _words,
    "day": _day,
    "iso": _iso,
    "mark": _mark,
    "code": lambda raw, _argument, _language: "" if raw is None else str(raw),
    "time": lambda raw, _argument, _language: raw.strftime("%H:%M") if isinstance(raw, datetime) else "",
}
_TEXT: dict[str, Callable[[str, str], str]] = {
    "upper": lambda text, _argument: text.upper(),
    "digits": lambda text, _argument: "".join(one for one in text if one.isdigit()),
    "or": lambda text, argument: text or argument,
    "pre": lambda text, argument: argument + text if text else "",
    "post": lambda text, argument: text + argument if text else "",
}
_YES_NO = {"yes": {"kk": "иә", "ru": "да", "en": "yes"}, "no": {"kk": "жоқ", "ru": "нет", "en": "no"}}
FILTERS = (*_RAW, *_TEXT)

_MARKED: dict[tuple[type, str], str] = {(Person, "birth_date"): "born"}
"""What is shown in place of an attribute: the same value, carrying its mark."""

_FILTER = re.compile(r'\s*([a-z]+)(?::(?:"([^"]*)"|([^"|\s]+)))?\s*')
_BRACES = re.compile(r"\{([^{}]*)\}")


def read_value(text: str, roots: Mapping[str, Root], asks: Mapping[str, Ask]) -> Value:
    """A path with filters, or a phrase with such in braces.

    Raises:
        BadValue: no such root, attribute or filter, or the text is not of this form.
    """
    if "{" not in text and "}" not in text:
        return Value((_read_slot(text, roots, asks),))
    pieces: list[str | Slot] = []
    for n, part in enumerate(_BRACES.split(text)):
        if n % 2:
            pieces.append(_read_slot(part, roots, asks))
        elif "{" in part or "}" in part:
            raise BadValue(N_("A brace is open or stands alone."))
        elif part:
            pieces.append(part)
    return Value(tuple(pieces))


def fixed(text: str) -> Value:
    """Words that are the same on every print."""
    return Value((text,))


def _read_slot(text: str, roots: Mapping[str, Root], asks: Mapping[str, Ask]) -> Slot:
    path, bar, rest = text.partition("|")
    path = path.strip()
    filters = _read_filters(rest) if bar else ()
    name, _dot, attribute = path.partition(".")
    if name == "ask" and attribute in asks:
        return _asked(asks[attribute], filters, text.strip())
    root = roots.get(name)
    if root is None or root.cls is None or not attribute:
        known = ", ".join(roots) or "-"
        raise BadValue(
            N_("“{path}” does not begin with a root of this form: {known}."), path=path, known=known
        )
    mark = _attribute(root.cls, attribute)
    if mark is None:
        raise BadValue(N_("“{cls}” has no “{name}”."), cls=root.cls.__name__, name=attribute)
    label = mark.label if isinstance(mark, Field) else path
    get = attrgetter(_MARKED.get((root.cls, attribute), attribute))
    return Slot(path, name, label, get, _shower(mark), filters, text.strip())


def _read_filters(text: str) -> tuple[tuple[str, str], ...]:
    found: list[tuple[str, str]] = []
    at = 0
    while at < len(text) or not found:
        match = _FILTER.match(text, at)
        if not match or match[1] not in FILTERS:
            given = text[at:].strip()
            raise BadValue(
                N_("“{given}” is no filter. Known are: {known}."), given=given, known=", ".join(FILTERS)
            )
        found.append((match[1], match[2] or match[3] or ""))
        at = match.end()
        if at < len(text) and text[at] != "|":
            raise BadValue(
                N_("“{given}” is no filter. Known are: {known}."), given=text[at:], known=", ".join(FILTERS)
            )
        at += 1
    return tuple(found)


def _attribute(cls: type, name: str) -> Field | bool | None:
    """The field behind an attribute, `True` for a plain one or a property, `None` when there is none."""
    for one in specs(cls):
        if one.name == name:
            return one.field
    plain = name in {one.name for one in fields(cls)} and name not in {"uid", "rev"}
    return True if plain or isinstance(getattr(cls, name, None), property) else None


def _asked(ask: Ask, filters: tuple[tuple[str, str], ...], given: str) -> Slot:
    def get(answers: Any) -> object:
        return answers.get(ask.key)

    def show(raw: object, _names: Names) -> str:
        options = ask.options.get(str(raw)) or (_YES_NO.get(str(raw)) if ask.kind == "yes_no" else None)
        return pick(options) if options else plain(raw)

    return Slot(f"ask.{ask.key}", "ask", ask.key, get, show, filters, given, ask.label)


def _shower(mark: Field | bool) -> Callable[[object, Names], str]:
    if isinstance(mark, Code):
        list_name = mark.list
        return lambda raw, names: names(list_name, str(raw)) if raw else ""
    if isinstance(mark, Field):
        show = mark.show
        return lambda raw, _names: show(raw)
    return lambda raw, _names: plain(raw)


def plain(raw: object) -> str:
    """A value without a field as people read it."""
    if raw is None:
        return ""
    if isinstance(raw, datetime):
        return show_moment(raw)
    if isinstance(raw, date):
        return show_day(raw)
    if isinstance(raw, bool):
        return _(N_("yes")) if raw else _(N_("no"))
    return choice_label(raw) if hasattr(raw, "labels") else str(raw)  # type: ignore[arg-type]
