"""How answers look: one JSON document for scripts, aligned tables and lines for people."""

from __future__ import annotations

import json
import shutil
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, TypeVar

from migdesk.domain.change import Done
from migdesk.domain.dates import PartialDate, show_day
from migdesk.domain.fields import choice_label, specs
from migdesk.domain.finding import Confidence, Finding, Severity
from migdesk.domain.record import Record
from migdesk.i18n import N_, _

R = TypeVar("R", bound=Record)

_GAP = "  "
_NARROWEST = 8


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command says: a document for `--json`, lines for people, and whether the answer is yes.

    `lines` may be a generator: it runs only when a person reads it. `to_stderr` keeps standard output for a
    file that was written there.
    """

    document: object
    lines: Iterable[str] = ()
    ok: bool = True
    to_stderr: bool = False

    def __post_init__(self) -> None:
        # a text is an iterable of its letters, and no type tells them apart
        if isinstance(self.lines, str):
            raise TypeError("lines are expected, not one text")


def as_text(document: object, *, compact: bool = False) -> str:
    """A document as JSON text with its letters as they are; compact is one line."""
    if compact:
        return json.dumps(document, ensure_ascii=False, default=plain, separators=(", ", ": "))
    return json.dumps(document, ensure_ascii=False, default=plain, indent=2)


def plain(value: Any) -> object:
    """A value of the program as JSON has it: dates and moments ISO, decimals as numbers.

    Raises:
        TypeError: nothing that a document may hold.
    """
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, PartialDate):
        return str(value)
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, tuple | set | frozenset):
        return list(value)
    raise TypeError(type(value).__name__)


def record_document(rec: Record) -> dict[str, object]:
    """A record by its field names; nothing given is null."""
    named = {one.name: getattr(rec, one.name) for one in specs(type(rec))}
    return {"uid": rec.uid, "rev": rec.rev} | {
        key: None if value == "" else value for key, value in named.items()
    }


def findings_document(findings: Iterable[Finding]) -> list[dict[str, object]]:
    """Findings with the keys of the public contract."""
    return [finding.as_json() for finding in findings]


def yes_no(value: bool) -> str:
    """Yes or no in the current language."""
    return _(N_("yes")) if value else _(N_("no"))


def day_words(day: date | None) -> str:
    """A day as people read it; a dash for none."""
    return show_day(day) or "—"


def source_words(source: Mapping[str, str]) -> str:
    """A source by the keys of the public contract: act, article, and how far it was checked."""
    checked = source.get("confidence")
    words = choice_label(Confidence(checked)) if checked else ""
    return ", ".join(part for part in (source.get("act"), source.get("article"), words) if part)


_SEVERITY = {
    Severity.BLOCK: N_("stop"),
    Severity.WARN: N_("look again"),
    Severity.NOTE: N_("note"),
}


def finding_lines(findings: Iterable[Finding]) -> Iterator[str]:
    """One line a finding: how grave, where, what, on whose authority."""
    for finding in findings:
        where = f" ({finding.field})" if finding.field else ""
        source = finding.source
        law = f" — {', '.join(part for part in (source.act, source.article) if part)}" if source else ""
        yield clean(f"  [{_(_SEVERITY[finding.severity])}]{where} {finding.words()}{law}")


def pairs(rows: Iterable[tuple[str, str]]) -> Iterator[str]:
    """`label: value` lines with the values under each other."""
    known = [(label, clean(value)) for label, value in rows]
    wide = max((cells(label) for label, _value in known), default=0) + 1
    for label, value in known:
        yield f"{padded(label + ':', wide)} {value}".rstrip()


def table(
    headings: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    right: frozenset[int] | set[int] = frozenset(),
) -> Iterator[str]:
    """A table with aligned columns; on a narrow terminal the widest column is cut, in a file nothing is."""
    shown = [[clean("" if cell is None else str(cell)) for cell in row] for row in rows]
    if not shown:
        yield _(N_("Nothing."))
        return
    widths = [max(cells(heading), *(cells(row[n]) for row in shown)) for n, heading in enumerate(headings)]
    _fit(widths)
    for line in (list(headings), ["─" * wide for wide in widths], *shown):
        parts = (
            padded(cut(cell, wide), wide, right=n in right) for n, (cell, wide) in _numbered(line, widths)
        )
        yield _GAP.join(parts).rstrip()


def _numbered(line: Sequence[str], widths: Sequence[int]) -> Iterable[tuple[int, tuple[str, int]]]:
    return enumerate(zip(line, widths, strict=True))


def _fit(widths: list[int]) -> None:
    if not sys.stdout.isatty():
        return
    room = shutil.get_terminal_size().columns - len(_GAP) * (len(widths) - 1)
    while sum(widths) > room and max(widths) > _NARROWEST:
        widths[widths.index(max(widths))] -= 1


def clean(text: str) -> str:
    """A text safe to print on one line: no control or invisible characters, lone surrogates marked."""
    return text if text.isprintable() else "".join(_visible(char) for char in text)


def clean_lines(text: str) -> str:
    """A text safe to print on the lines it has: words of a file that somebody brought do not steer the terminal."""
    return text if text.isprintable() else "\n".join(clean(line) for line in text.split("\n"))


def _visible(char: str) -> str:
    if char.isprintable():
        return char
    return "\ufffd" if unicodedata.category(char) == "Cs" else " "


def cells(text: str) -> int:
    """How many terminal cells a text takes: wide letters two, combining marks none."""
    if text.isascii():
        return len(text)
    return sum(_cell(char) for char in text)


def _cell(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def cut(text: str, wide: int) -> str:
    """A text of at most so many cells, with an ellipsis when something is left out."""
    if cells(text) <= wide:
        return text
    kept, room = "", wide - 1
    for char in text:
        room -= _cell(char)
        if room < 0:
            break
        kept += char
    return kept + "…"


def padded(text: str, wide: int, *, right: bool = False) -> str:
    """A text filled with blanks to so many cells."""
    blanks = " " * max(0, wide - cells(text))
    return blanks + text if right else text + blanks


def changed(done: Done[R], rows: Iterable[tuple[str, str]], **more: object) -> Answer:
    """The answer of a verb that wrote a record: the record, its findings, and what else is worth telling."""
    document = record_document(done.value) | more | {"findings": findings_document(done.findings)}
    return Answer(document, _changed_lines(done, rows))


def _changed_lines(done: Done[R], rows: Iterable[tuple[str, str]]) -> Iterator[str]:
    yield from pairs([*rows, ("uid", done.value.uid)])
    yield from finding_lines(done.findings)
