"""Record: a frozen row of the register with an identity. Edited only by making a new one."""

from __future__ import annotations

import dataclasses
import re
from datetime import date
from functools import cache
from typing import Annotated, Any, ClassVar, TypeVar, dataclass_transform

from migdesk.domain.field import DROPPED, has_invisible, plain_text
from migdesk.domain.fields import OUT_OF_RANGE, TOO_LONG, Day, Note, Spec, Text, Unreadable, Whole, specs
from migdesk.domain.finding import Finding, block, note
from migdesk.i18n import N_

R = TypeVar("R")
A = TypeVar("A", bound="Record")


@dataclass_transform(frozen_default=True, kw_only_default=True)
def record(cls: type[R]) -> type[R]:
    """Make a frozen, slotted, keyword-only dataclass that keeps `Record`'s discreet repr."""
    return dataclasses.dataclass(frozen=True, slots=True, kw_only=True, repr=False)(cls)


@record
class Record:
    """What every row has: `uid` (made by the desk), `rev` (guards stale edits), and annulment.

    Nothing is deleted: a record is annulled on a day for a reason.
    """

    table: ClassVar[str] = ""
    title: ClassVar[str] = ""

    uid: str = ""
    rev: int = 0
    annulled_on: Annotated[date | None, Day(N_("Annulled on"))] = None
    annulled_why: Annotated[str, Text(N_("Reason of annulment"))] = ""

    def __repr__(self) -> str:
        """Type and uid only, so that logs and tracebacks hold no personal data."""
        return f"<{type(self).__name__} {self.uid or 'new'}>"

    @property
    def is_annulled(self) -> bool:
        """Whether the record no longer counts."""
        return self.annulled_on is not None


def missing(rec: Record) -> list[Finding]:
    """A blocking finding for each required field that is empty."""
    cls: Any = type(rec)
    return [
        block("missing", N_("“{label}” is empty."), one.name, label=one.field.label)
        for one in _required(cls)
        if getattr(rec, one.name) in (None, "")
    ]


def unfit(rec: Record) -> list[Finding]:
    """A blocking finding for each value its field cannot hold: too long, out of range, with control characters."""
    cls: Any = type(rec)
    found: list[Finding] = []
    for name, kind in _limited(cls):
        value = getattr(rec, name)
        if value is None or value == "":
            continue
        if isinstance(kind, Whole):
            if not kind.min <= value <= kind.max:
                found.append(
                    block("out_of_range", OUT_OF_RANGE, name, number=value, min=kind.min, max=kind.max)
                )
        elif _CONTROL.search(value if isinstance(kind, Text) else _BREAKS.sub(" ", value)):
            message = N_("“{label}” holds signs that cannot be printed.")
            found.append(block("control", message, name, label=kind.label))
        elif len(value) > kind.max:
            found.append(block("too_long", TOO_LONG, name, max=kind.max, n=len(value)))
    return found


@cache
def _required(cls: Any) -> tuple[Spec, ...]:
    return tuple(one for one in specs(cls) if one.field.required)


@cache
def _limited(cls: Any) -> tuple[tuple[str, Text | Note | Whole], ...]:
    """The fields that cannot hold everything: looked up once, an import asks four hundred thousand times."""
    return tuple((one.name, one.field) for one in specs(cls) if isinstance(one.field, Text | Note | Whole))


_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufff9-\uffff]")
"""What no line may hold; among it halves of a character, which a paste that was cut leaves and no file can keep."""
_BREAKS = re.compile(r"[\n\r\t\u2028\u2029]")


def tidied(rec: A) -> A:
    """A record whose lines of text have no outer blanks and no unseen signs, as typed and imported ones have none."""
    cls: Any = type(rec)
    texts: dict[str, Any] = {
        one.name: plain_text(getattr(rec, one.name)) for one in specs(cls) if isinstance(one.field, Text)
    }
    return dataclasses.replace(rec, **texts)


def faults(rec: Record) -> list[Finding]:
    """What no record may have: required fields that are empty, values that their fields cannot hold."""
    return [*missing(rec), *unfit(rec)]


def read_fields(cls: type, raw: dict[str, object], *, today: date) -> tuple[dict[str, Any], list[Finding]]:
    """Typed or imported values → values of the class; each that cannot be read becomes a finding.

    Unknown names are findings too: nothing given disappears silently.
    """
    known = {one.name: one.field for one in specs(cls)}
    values: dict[str, Any] = {}
    findings: list[Finding] = []
    for name, given in raw.items():
        if name not in known:
            findings.append(block("unknown_field", N_("There is no field “{name}”."), name, name=name))
            continue
        if has_invisible(given) and not isinstance(known[name], Note):
            findings.append(note("invisible_characters", DROPPED, name))
        try:
            values[name] = known[name].read(given, today=today)
        except Unreadable as problem:
            findings.append(block(problem.code, problem.text, name, **problem.values))
    return values, findings
