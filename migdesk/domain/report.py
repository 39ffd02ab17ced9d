"""Report: what is asked (`ReportSpec`, from data) and what came back (`ReportResult`), for PDF and Excel.

A spec has sections; each names a query of the store and its columns. The query gives tuples in the order
of the columns that are neither percentages nor numbers; `report_fill` adds names, order and sums.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from migdesk.domain.datafile import Keys, Texts
from migdesk.domain.dates import show_day
from migdesk.domain.daywords import as_of_words
from migdesk.domain.money import grouped
from migdesk.i18n import N_, _

Names = Callable[[str, str], str]
"""(list, code) → the name in the current language; the list is one of `resources/lists`."""

REST = "rest"
"""Code of the row that holds what `top` left out; it stands last."""


class ColumnKind(StrEnum):
    """What the values of a column are; `percent` and `number` are computed, the others asked."""

    TEXT = "text"
    DAY = "day"
    WHOLE = "whole"
    PERCENT = "percent"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class ReportColumn:
    """A column: `width` is its share of the line, `total` says whether the last row sums it.

    A text column may hold codes: of a list (`list`), or of a few fixed ones with their words (`labels`).
    A percent column is the share of each row in the sum of column `of`; a number column counts rows 1, 2, 3.
    """

    key: str
    title: Texts
    kind: ColumnKind = ColumnKind.TEXT
    width: float = 10
    total: bool = False
    of: str = ""
    list: str = ""
    labels: Mapping[str, Texts] = field(default_factory=dict)

    @property
    def is_asked(self) -> bool:
        """Whether the query gives it."""
        return self.kind not in (ColumnKind.PERCENT, ColumnKind.NUMBER)

    @property
    def is_number(self) -> bool:
        """Whether it stands at the right edge of its cell."""
        return self.kind not in (ColumnKind.TEXT, ColumnKind.DAY)


@dataclass(frozen=True, slots=True)
class SectionSpec:
    """One table of a report: its query, columns, order, grouping, and the column its bars are drawn from.

    `falling` names the column the rows fall by; `top` keeps so many and sums up the others as `rest`;
    `group` names the column whose values head the groups, each with its own totals.
    """

    key: str
    title: Texts
    query: str
    columns: tuple[ReportColumn, ...]
    group: str = ""
    falling: str = ""
    top: int = 0
    chart: str = ""
    totals: bool = True

    def place(self, key: str) -> int:
        """Position of a column."""
        return next(n for n, column in enumerate(self.columns) if column.key == key)


@dataclass(frozen=True, slots=True)
class ReportSpec:
    """A report as data: title, sections, and the remark and source its footer names.

    The one that `leads` stands above the others and is what the page of reports opens with.
    """

    code: str
    title: Texts
    sections: tuple[SectionSpec, ...]
    leads: bool = False
    landscape: bool = False
    text: Texts = field(default_factory=dict)
    source: Texts = field(default_factory=dict)

    @property
    def queries(self) -> tuple[str, ...]:
        """The store queries it needs, in order."""
        return tuple(section.query for section in self.sections)


@dataclass(frozen=True, slots=True, repr=False)
class Section:
    """One table with its values in column order: text, `date`, `int`, `float` or `None`.

    `totals` has a value or `None` per column; `joined` says that the table goes on from the section before
    (a group: no head of its own); `chart` is the key of the column to draw, or empty.
    """

    title: str
    columns: tuple[ReportColumn, ...]
    rows: tuple[tuple[object, ...], ...]
    totals: tuple[object, ...] | None = None
    joined: bool = False
    chart: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class ReportResult:
    """A filled report in one language, ready for PDF, Excel, CSV or JSON."""

    spec: ReportSpec
    title: str
    subtitle: str
    as_of: date
    sections: tuple[Section, ...]
    language: str = "en"
    office: str = ""
    executor: str = ""
    head: str = ""

    @property
    def as_of_text(self) -> str:
        """The line every report ends with: “as of …”."""
        return as_of_words(self.as_of, self.language)

    @property
    def row_count(self) -> int:
        """Rows of all sections, without totals."""
        return sum(len(section.rows) for section in self.sections)


def show_cell(column: ReportColumn, value: object, language: str) -> str:
    """A value as a report prints it: 23.11.2026, 12 345, 12,5."""
    if value is None:
        return ""
    if isinstance(value, date):
        return show_day(value)
    if isinstance(value, bool):
        return _(N_("yes")) if value else _(N_("no"))
    if isinstance(value, int):
        return grouped(value)
    if isinstance(value, float):
        text = f"{value:.1f}"
        return text if language == "en" else text.replace(".", ",")
    return str(value)


def read_report(text: str, file: str) -> ReportSpec:
    """A report from the text of `resources/reports/<code>.toml`; `file` is the name that messages use.

    Raises:
        BadFile: names the file and the key.
    """
    keys = Keys.parse(text, file)
    spec = ReportSpec(
        code=keys.text("code"),
        title=keys.texts("title"),
        sections=tuple(_read_section(one) for one in keys.tables("section")),
        leads=keys.flag("leads"),
        landscape=keys.flag("landscape"),
        text=keys.texts("text", {}),
        source=keys.texts("source", {}),
    )
    keys.end()
    if not spec.sections:
        raise keys.bad("section", N_("This key is missing."))
    if len({section.key for section in spec.sections}) != len(spec.sections):
        raise keys.bad("section", N_("Two sections have the same key."))
    return spec


def _read_section(keys: Keys) -> SectionSpec:
    section = SectionSpec(
        key=keys.text("key"),
        title=keys.texts("title", {}),
        query=keys.text("query"),
        columns=tuple(_read_column(one) for one in keys.tables("column")),
        group=keys.text("group", ""),
        falling=keys.text("falling", ""),
        top=keys.whole("top", 0),
        chart=keys.text("chart", ""),
        totals=keys.flag("totals", True),
    )
    keys.end()
    asked = {column.key for column in section.columns if column.is_asked}
    wanted = [("group", section.group), ("falling", section.falling), ("chart", section.chart)]
    wanted += [("column.of", c.of) for c in section.columns if c.kind is ColumnKind.PERCENT]
    for key, name in wanted:
        if (name or key == "column.of") and name not in asked:
            raise keys.bad(key, N_("There is no column “{name}”."), name=name)
    if not asked:
        raise keys.bad("column", N_("This key is missing."))
    return section


def _read_column(keys: Keys) -> ReportColumn:
    labels = keys.table("labels")
    column = ReportColumn(
        key=keys.text("key"),
        title=keys.texts("title"),
        kind=keys.one_of("kind", ColumnKind, ColumnKind.TEXT),
        width=keys.number("width", 10),
        total=keys.flag("total"),
        of=keys.text("of", ""),
        list=keys.text("list", ""),
        labels={code: labels.texts(code) for code in labels},
    )
    keys.end()
    return column
