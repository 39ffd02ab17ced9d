"""What a form is made of: blocks that follow one another, and marks at fixed places. All lengths in points."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from migdesk.paper.values import Value

MM = 72 / 25.4
"""Points in a millimetre: data files speak in millimetres, pages in points."""

Words = Mapping[str, Value]
"""A value per language."""


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How a piece of fixed text is set; `size` is a share of the form's base size."""

    face: str = "serif"
    size: float = 1.0
    align: str = "left"
    indent: float = 0
    bar: bool = False
    space: float = 0


STYLES: dict[str, TextStyle] = {
    "annex": TextStyle(size=0.85, align="right"),
    "title": TextStyle(face="serif-bold", size=1.2, align="center", space=2 * MM),
    "subtitle": TextStyle(size=1.0, align="center", space=0.8 * MM),
    "heading": TextStyle(face="serif-bold", size=0.95, bar=True, space=1.4 * MM),
    "body": TextStyle(align="justify", indent=10 * MM, space=1.2 * MM),
    "plain": TextStyle(space=0.8 * MM),
    "strong": TextStyle(face="serif-bold", space=0.8 * MM),
    "center": TextStyle(face="serif-bold", align="center", space=1.6 * MM),
    "small": TextStyle(size=0.8, space=0.6 * MM),
}
"""Kinds of text blocks by the word that data files use."""


@dataclass(frozen=True, slots=True, eq=False)
class TextBlock:
    """Fixed words, which may hold values in braces."""

    words: Words
    style: TextStyle


@dataclass(frozen=True, slots=True)
class Option:
    """A box to tick and its words; ticked when the value is not empty."""

    words: Words
    value: Value


@dataclass(frozen=True, slots=True)
class Cell:
    """A place to write on: a dotted line, a comb of boxes, or boxes to tick."""

    style: str
    value: Value | None
    share: float
    label: Words = field(default_factory=dict)
    caption: Words = field(default_factory=dict)
    count: int = 0
    options: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True)
class RowBlock:
    """A numbered line of a form: label at the left, cells beside it or, with `above`, under it."""

    number: str
    label: Words
    cells: tuple[Cell, ...]
    label_width: float
    above: bool = False


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column of a family or paper table; widths are shares of the table's width."""

    title: Words
    value: Value | None
    width: float
    align: str = "left"


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A ruled table; `rows` is the root with the rows; the head stands again on every further page."""

    rows: str
    columns: tuple[TableColumn, ...]
    size: float
    row_height: float
    min_rows: int = 0
    numbered: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class SpokenBlock:
    """Words in the person's language by the key `say`, and small in the paper's; with a value, its label.

    With `of` the key ends in a code that the record holds, as the name of a service does.
    """

    say: str
    words: Words
    values: Mapping[str, Value]
    style: TextStyle
    value: Value | None
    of: Value | None
    label_width: float


@dataclass(frozen=True, slots=True)
class ChecklistBlock:
    """Papers with a box before each; `rows` is the root with the papers."""

    rows: str


@dataclass(frozen=True, slots=True)
class HouseholdBlock:
    """The picture of a household: a box a member, generations below each other; `rows` is the root of members."""

    rows: str
    name: Value


@dataclass(frozen=True, slots=True)
class SideBlock:
    """A code or a photo at the right edge beside the blocks that follow; takes no height itself."""

    style: str
    value: Value
    size: tuple[float, float]
    caption: Words = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CutBlock:
    """A dashed line with scissors."""


@dataclass(frozen=True, slots=True)
class GapBlock:
    """Empty height."""

    height: float


@dataclass(frozen=True, slots=True)
class PageBlock:
    """What follows begins on a new page."""


Block = (
    TextBlock
    | RowBlock
    | TableBlock
    | SpokenBlock
    | ChecklistBlock
    | HouseholdBlock
    | SideBlock
    | CutBlock
    | GapBlock
    | PageBlock
)


@dataclass(frozen=True, slots=True)
class Flow:
    """A block in its place: on which condition it is printed, what it stays with, its inner margins.

    Blocks with the same `keep` stay on one page; with `bottom` they stand at the foot of it.
    """

    block: Block
    when: Value | None = None
    unless: Value | None = None
    keep: str = ""
    bottom: bool = False
    left: float = 0
    right: float = 0
    space: float = 0


@dataclass(frozen=True, slots=True)
class FixedText:
    """Words at a fixed place, top left corner of the first line; `page` 0 means every page."""

    page: int
    at: tuple[float, float]
    width: float
    words: Words
    size: float
    face: str
    align: str


@dataclass(frozen=True, slots=True)
class FixedSlot:
    """A value in a rectangle; `overflow` says what happens to a text that is too long for it."""

    page: int
    at: tuple[float, float]
    size: tuple[float, float]
    value: Value
    style: str
    overflow: str
    font: float
    count: int = 0
    label: Words = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FixedLine:
    """A rule from one point to another; `dotted` for a line to write on."""

    page: int
    start: tuple[float, float]
    end: tuple[float, float]
    width: float
    dotted: bool


@dataclass(frozen=True, slots=True)
class FixedBox:
    """A rectangle, filled with a grey of 0 to 1 or only drawn."""

    page: int
    at: tuple[float, float]
    size: tuple[float, float]
    grey: float | None


@dataclass(frozen=True, slots=True)
class FixedTable:
    """A table at a fixed place: `max_rows` rows here, the others on a continuation page."""

    page: int
    at: tuple[float, float]
    width: float
    max_rows: int
    table: TableBlock
    title: Words = field(default_factory=dict)


Fixed = FixedText | FixedSlot | FixedLine | FixedBox | FixedTable
