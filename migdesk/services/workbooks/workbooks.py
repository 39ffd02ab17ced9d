"""A previewed workbook as its wizard shows it: what each column means, what is doubtful, each row cell by cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from migdesk.domain.batch import RowFate
from migdesk.domain.dates import PartialDate, show_day
from migdesk.domain.finding import Finding, Severity
from migdesk.exchange.daytext import DayAnswers
from migdesk.exchange.problem import Problem, letters
from migdesk.exchange.read import Answers as Answers
from migdesk.exchange.read import Row
from migdesk.exchange.sheet import REV, UID
from migdesk.exchange.survey import Doubt as Doubt
from migdesk.i18n import N_
from migdesk.services.workbooks.importing import Preview


class Meaning(StrEnum):
    """What becomes of a column."""

    READ = "read"
    UNKNOWN = "unknown"
    UNCLEAR = "unclear"
    IGNORED = "ignored"
    CONTRADICTED = "contradicted"

    @classmethod
    def labels(cls) -> dict[Meaning, str]:
        """What a person reads."""
        return {
            cls.READ: N_("read"),
            cls.UNKNOWN: N_("not known, not read"),
            cls.UNCLEAR: N_("doubtful, not read"),
            cls.IGNORED: N_("set aside"),
            cls.CONTRADICTED: N_("contradicts itself, not read"),
        }


@dataclass(frozen=True, slots=True)
class ColumnView:
    """One column of the file: its place from 0, letter, heading, what it is read as, what becomes of it."""

    at: int
    letter: str
    heading: str
    key: str
    label: str
    meaning: Meaning


@dataclass(frozen=True, slots=True)
class Question:
    """A doubt about the text dates of a column: asked once for all its cells."""

    doubt: Doubt
    key: str
    label: str
    count: int
    cell: str
    example: str
    month_first: bool


@dataclass(frozen=True, slots=True, repr=False)
class Marked:
    """A cell with a problem: what stands in it, how grave, and why in words."""

    text: str
    severity: Severity
    findings: tuple[Finding, ...]

    def __str__(self) -> str:
        """What stands in the cell."""
        return self.text


@dataclass(frozen=True, slots=True, repr=False)
class GridRow:
    """A row of the preview: its number in the file, its fate, its cells in column order, all its problems."""

    number: int
    fate: RowFate
    cells: tuple[str | Marked, ...]
    problems: tuple[Problem, ...]

    @property
    def codes(self) -> frozenset[str]:
        """Kinds of its problems."""
        return frozenset(one.code for one in self.problems)


@dataclass(frozen=True, slots=True, repr=False)
class Grid:
    """The rows, the labels of their columns, and what is said about the sheet as a whole."""

    labels: tuple[str, ...]
    rows: tuple[GridRow, ...]
    sheet: tuple[Problem, ...]

    def kinds(self) -> list[tuple[Finding, int]]:
        """Kinds of problems with one example each, and how many rows have them, the gravest first."""
        examples: dict[str, Finding] = {}
        counts: dict[str, int] = {}
        for row in self.rows:
            for one in row.problems:
                examples.setdefault(one.code, one.finding)
            for code in row.codes:
                counts[code] = counts.get(code, 0) + 1
        order = list(Severity)
        found = [(examples[code], count) for code, count in counts.items()]
        return sorted(found, key=lambda one: (order.index(one[0].severity), -one[1]))


def columns_of(preview: Preview) -> list[ColumnView]:
    """Every column of the sheet that has a heading, in its place."""
    known, spec = preview.reading.recognition, preview.reading.spec
    unclear = {at: one.keys for one in known.unclear for at in one.columns}
    found = []
    for at, heading in enumerate(known.headings):
        key, meaning = known.columns.get(at, ""), Meaning.READ
        if at not in known.columns:
            meaning = _why_not(at, known.ignored, unclear, known.contradicted)
            if not heading and meaning is Meaning.UNKNOWN:
                continue
        column = spec.by_key.get(key)
        label = column.label if column else key
        if key not in (UID, REV):
            found.append(ColumnView(at, letters(at), " / ".join(heading), key, label, meaning))
    return found


def _why_not(
    at: int, ignored: Sequence[int], unclear: Mapping[int, object], contradicted: Mapping[int, object]
) -> Meaning:
    if at in ignored:
        return Meaning.IGNORED
    if at in unclear:
        return Meaning.UNCLEAR
    return Meaning.CONTRADICTED if at in contradicted else Meaning.UNKNOWN


def fields_of(preview: Preview) -> list[tuple[str, str]]:
    """What a column may be read as: keys and labels."""
    return [(one.key, one.label) for one in preview.reading.spec.columns]


def missing_of(preview: Preview) -> list[str]:
    """Labels of required columns that the file lacks."""
    spec = preview.reading.spec
    return [spec.by_key[key].label for key in preview.reading.recognition.missing]


def questions_of(preview: Preview) -> list[Question]:
    """What should be asked about the dates before the rows are taken."""
    spec = preview.reading.spec
    return [
        Question(
            one.doubt,
            one.key,
            spec.by_key[one.key].label,
            one.count,
            one.cell,
            one.example,
            one.month_first,
        )
        for one in preview.reading.doubts
        if one.key in spec.by_key
    ]


def with_mapping(answers: Answers, at: int, key: str | None) -> Answers:
    """Read a column as a key; `None` sets it aside."""
    return replace(answers, mapping={**answers.mapping, at: key})


def with_days(
    answers: Answers, key: str, *, month_first: bool | None = None, pivot: int | None = None
) -> Answers:
    """Say how the text dates of a column are to be read."""
    before = answers.days.get(key, DayAnswers())
    said = replace(
        before,
        month_first=before.month_first if month_first is None else month_first,
        pivot=before.pivot if pivot is None else pivot,
    )
    return replace(answers, days={**answers.days, key: said})


def grid_of(preview: Preview) -> Grid:
    """Every row with its cells as a person reads them, problem cells marked; run away from the window."""
    keys = [key for key in preview.reading.keys if key not in (UID, REV)]
    spec = preview.reading.spec
    labels = tuple(spec.by_key[key].label if key in spec.by_key else key for key in keys)
    rows = tuple(
        GridRow(plan.number, plan.fate, _cells(row, keys, plan.problems), plan.problems)
        for row, plan in zip(preview.reading.rows(), preview.rows, strict=True)
    )
    return Grid(labels, rows, tuple(preview.reading.problems))


def _cells(row: Row, keys: Sequence[str], problems: Iterable[Problem]) -> tuple[str | Marked, ...]:
    by_cell: dict[str, list[Finding]] = {}
    for one in problems:
        by_cell.setdefault(one.cell, []).append(one.finding)
    order = list(Severity)
    cells: list[str | Marked] = []
    for key in keys:
        text = _text(row.raw(key))
        found = by_cell.get(row.address(key), [])
        if found:
            gravest = min((one.severity for one in found), key=order.index)
            cells.append(Marked(text, gravest, tuple(found)))
        else:
            cells.append(text)
    return tuple(cells)


def _text(value: object) -> str:
    if isinstance(value, date):
        return show_day(value)
    if isinstance(value, PartialDate):
        return value.show()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else " ".join(str(value).split())
