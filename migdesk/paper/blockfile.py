"""Blocks and fixed marks of a form from its TOML tables: millimetres to points, words and values checked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from migdesk.domain.datafile import Keys
from migdesk.domain.errors import BadFile
from migdesk.i18n import N_
from migdesk.paper.blocks import (
    MM,
    STYLES,
    Block,
    Cell,
    ChecklistBlock,
    CutBlock,
    Fixed,
    FixedBox,
    FixedLine,
    FixedSlot,
    FixedTable,
    FixedText,
    Flow,
    GapBlock,
    HouseholdBlock,
    Option,
    PageBlock,
    RowBlock,
    SideBlock,
    SpokenBlock,
    TableBlock,
    TableColumn,
    TextBlock,
    Words,
)
from migdesk.paper.values import Ask, BadValue, Root, Slot, Value, fixed, read_value

KINDS = (*STYLES, "row", "table", "spoken", "checklist", "household", "code", "photo", "cut", "gap", "page")
SLOT_STYLES = ("plain", "comb", "tick", "code", "bars", "photo")


@dataclass(frozen=True, slots=True)
class FormKeys:
    """What all tables of one form are read against; `slots` gathers what they show, without the rows of lists."""

    languages: tuple[str, ...]
    roots: Mapping[str, Root]
    asks: Mapping[str, Ask]
    size: float
    label_width: float
    slots: dict[str, Slot] = field(default_factory=dict)

    def value(self, keys: Keys, key: str, rows: str = "") -> Value:
        """The value under a key; `rows` is the root that a table goes through.

        Raises:
            BadFile: the value shows something that does not exist.
        """
        return self._checked(keys, key, keys.text(key), rows)

    def maybe(self, keys: Keys, key: str, rows: str = "") -> Value | None:
        """The value under a key that may be missing."""
        return self.value(keys, key, rows) if key in keys else None

    def words(self, keys: Keys, key: str, *, optional: bool = False, slots: bool = False) -> Words:
        """Words in every language of the form; with `slots` they may hold values in braces."""
        if optional and key not in keys:
            return {}
        texts = keys.texts(key, languages=self.languages, slots=slots)
        if not slots:
            return {code: fixed(text) for code, text in texts.items()}
        return {
            code: self._checked(keys, f"{key}.{code}", text, "") if "{" in text else fixed(text)
            for code, text in texts.items()
        }

    def _checked(self, keys: Keys, key: str, text: str, rows: str) -> Value:
        usable = {name: root for name, root in self.roots.items() if not root.many or name == rows}
        try:
            value = read_value(text, usable, self.asks)
        except BadValue as problem:
            raise BadFile(keys.file, keys.at(key), problem.text, hint="", **problem.values) from None
        shown = (one for one in value.pieces if isinstance(one, Slot) and one.root != rows)
        self.slots.update((one.given, one) for one in shown)
        return value


def read_flow(keys: Keys, form: FormKeys) -> Flow:
    """One `[[flow]]` table.

    Raises:
        BadFile: names the file and the key.
    """
    kind = keys.one_of("kind", KINDS)
    block = _read_block(kind, keys, form)
    style_space = block.style.space if isinstance(block, TextBlock | SpokenBlock) else 0
    flow = Flow(
        block=block,
        when=form.maybe(keys, "when"),
        unless=form.maybe(keys, "unless"),
        keep=keys.text("keep", ""),
        bottom=keys.flag("bottom"),
        left=keys.number("left", 0) * MM,
        right=keys.number("right", 0) * MM,
        space=keys.number("space", style_space / MM) * MM,
    )
    keys.end()
    return flow


def _read_block(kind: str, keys: Keys, form: FormKeys) -> Block:
    if kind in STYLES:
        return _read_text(kind, keys, form)
    if kind == "row":
        return _read_row(keys, form)
    if kind == "table":
        return _read_table(keys, form)
    if kind == "spoken":
        return _read_spoken(keys, form)
    if kind == "checklist":
        return ChecklistBlock(_read_rows(keys, form))
    if kind == "household":
        rows = _read_rows(keys, form)
        return HouseholdBlock(rows, read_value(f"{rows}.name", {rows: form.roots[rows]}, {}))
    if kind in ("code", "photo"):
        side = keys.numbers("size", 2, (26, 26) if kind == "code" else (30, 40))
        words = form.words(keys, "caption", optional=True)
        return SideBlock(kind, form.value(keys, "value"), (side[0] * MM, side[1] * MM), words)
    if kind == "cut":
        return CutBlock()
    return GapBlock(keys.number("height", 3) * MM) if kind == "gap" else PageBlock()


def _read_text(kind: str, keys: Keys, form: FormKeys) -> TextBlock:
    style = STYLES[kind]
    style = replace(
        style,
        size=keys.number("size", style.size),
        align=keys.one_of("align", ("left", "center", "right", "justify"), style.align),
        indent=keys.number("indent", style.indent / MM) * MM,
    )
    return TextBlock(form.words(keys, "text", slots=True), style)


def _read_row(keys: Keys, form: FormKeys) -> RowBlock:
    cells = tuple(_read_cell(one, form) for one in keys.tables("cell"))
    if not cells:
        cells = (_read_cell(keys, form, inline=True),)
    label = form.words(keys, "label", optional=True)
    return RowBlock(
        number=keys.text("n", ""),
        label=label,
        cells=cells,
        label_width=keys.number("label_width", form.label_width / MM) * MM if label else 0,
        above=keys.flag("above"),
    )


def _read_cell(keys: Keys, form: FormKeys, *, inline: bool = False) -> Cell:
    """A cell of a row; a row with a single cell may write its keys beside its own."""
    style = keys.one_of("style", ("plain", "comb", "ticks"), "plain")
    options = tuple(_read_option(one, form) for one in keys.tables("option"))
    cell = Cell(
        style=style,
        value=form.maybe(keys, "value"),
        share=keys.number("share", 1),
        label={} if inline else form.words(keys, "label", optional=True),
        caption=form.words(keys, "caption", optional=True),
        count=keys.whole("count", 12 if style == "comb" else 0),
        options=options,
    )
    if bool(options) != (style == "ticks"):
        raise keys.bad("option", N_("Options belong to boxes to tick, and these need them."))
    if not inline:
        keys.end()
    return cell


def _read_option(keys: Keys, form: FormKeys) -> Option:
    option = Option(form.words(keys, "text"), form.value(keys, "value"))
    keys.end()
    return option


def _read_spoken(keys: Keys, form: FormKeys) -> SpokenBlock:
    given = keys.table("with")
    return SpokenBlock(
        say=keys.code("say"),
        words=form.words(keys, "text", slots=True),
        values={name: form.value(given, name) for name in given},
        style=STYLES[keys.one_of("style", STYLES, "plain")],
        value=form.maybe(keys, "value"),
        of=form.maybe(keys, "of"),
        label_width=keys.number("label_width", form.label_width / MM) * MM,
    )


def _read_rows(keys: Keys, form: FormKeys) -> str:
    rows = keys.text("rows")
    root = form.roots.get(rows)
    if root is None or not root.many:
        known = ", ".join(name for name, one in form.roots.items() if one.many) or "-"
        raise keys.bad("rows", N_("Expected one of: {known}."), known=known)
    return rows


def _read_table(keys: Keys, form: FormKeys) -> TableBlock:
    rows = _read_rows(keys, form)
    columns = tuple(_read_column(one, form, rows) for one in keys.tables("column"))
    if not columns:
        raise keys.bad("column", N_("This key is missing."))
    return TableBlock(
        rows=rows,
        columns=columns,
        size=keys.number("size", form.size * 0.85),
        row_height=keys.number("row_height", 5.6) * MM,
        min_rows=keys.whole("min_rows", 0),
        numbered=keys.flag("numbered"),
    )


def _read_column(keys: Keys, form: FormKeys, rows: str) -> TableColumn:
    column = TableColumn(
        title=form.words(keys, "title"),
        value=form.maybe(keys, "value", rows),
        width=keys.number("width"),
        align=keys.one_of("align", ("left", "center", "right"), "left"),
    )
    keys.end()
    if column.width <= 0:
        raise keys.bad("width", N_("Expected a number above zero."))
    return column


def read_fixed(keys: Keys, form: FormKeys) -> tuple[Fixed, ...]:
    """The tables `[[text]]`, `[[slot]]`, `[[line]]`, `[[box]]`, `[[table]]`: marks at fixed places.

    Raises:
        BadFile: names the file and the key.
    """
    readers: dict[str, Callable[[Keys, FormKeys], Fixed]] = {
        "box": _read_fixed_box,
        "line": _read_fixed_line,
        "text": _read_fixed_text,
        "slot": _read_fixed_slot,
        "table": _read_fixed_table,
    }
    found: list[Fixed] = []
    for name, read in readers.items():
        for one in keys.tables(name):
            found.append(read(one, form))
            one.end()
    return tuple(found)


def _pair(keys: Keys, key: str) -> tuple[float, float]:
    across, down = keys.numbers(key, 2)
    return across * MM, down * MM


def _read_fixed_text(keys: Keys, form: FormKeys) -> FixedText:
    return FixedText(
        page=keys.whole("page", 1, least=1),
        at=_pair(keys, "at"),
        width=keys.number("width", 0) * MM,
        words=form.words(keys, "text", slots=True),
        size=keys.number("size", form.size),
        face="serif-bold" if keys.flag("bold") else "serif",
        align=keys.one_of("align", ("left", "center", "right", "justify"), "left"),
    )


def _read_fixed_slot(keys: Keys, form: FormKeys) -> FixedSlot:
    style = keys.one_of("style", SLOT_STYLES, "plain")
    return FixedSlot(
        page=keys.whole("page", 1, least=1),
        at=_pair(keys, "at"),
        size=_pair(keys, "size"),
        value=form.value(keys, "value"),
        style=style,
        overflow=keys.one_of("overflow", ("refuse", "shrink", "continue"), "refuse"),
        font=keys.number("font", form.size),
        count=keys.whole("count", 12 if style == "comb" else 0),
        label=form.words(keys, "label", optional=True),
    )


def _read_fixed_line(keys: Keys, form: FormKeys) -> FixedLine:
    return FixedLine(
        page=keys.whole("page", 1, least=1),
        start=_pair(keys, "from"),
        end=_pair(keys, "to"),
        width=keys.number("width", 0.5),
        dotted=keys.flag("dotted"),
    )


def _read_fixed_box(keys: Keys, form: FormKeys) -> FixedBox:
    grey = keys.number("grey", 2)
    return FixedBox(
        keys.whole("page", 1, least=1), _pair(keys, "at"), _pair(keys, "size"), grey if grey <= 1 else None
    )


def _read_fixed_table(keys: Keys, form: FormKeys) -> FixedTable:
    return FixedTable(
        page=keys.whole("page", 1, least=1),
        at=_pair(keys, "at"),
        width=keys.number("width") * MM,
        max_rows=keys.whole("max_rows"),
        table=_read_table(keys, form),
        title=form.words(keys, "title", optional=True),
    )
