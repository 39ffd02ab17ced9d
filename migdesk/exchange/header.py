"""Find the header: below title lines, of one row or two, with merged cells; and know a row of column numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from migdesk.exchange.book import Cell, Sheet, Span
from migdesk.exchange.recognise import Heading, Recognition, recognise
from migdesk.exchange.sheet import SheetSpec

SEARCHED_ROWS = 40
"""A header stands in one of the first so many rows."""

_LONGEST_HEADER = 300


@dataclass(frozen=True, slots=True)
class Header:
    """Where the header stands (rows counted from 1) and what it means."""

    first_row: int
    last_row: int
    recognition: Recognition


@dataclass(frozen=True, slots=True)
class KnownColumns:
    """What is known before the words are looked at: machine keys, the operator's mapping and header row."""

    written: Mapping[str, Mapping[int, str]]
    given: Mapping[int, str | None]
    row: int = 0


def find_header(sheet: Sheet, specs: Sequence[SheetSpec], known: KnownColumns) -> Header | None:
    """The row, or two rows, whose words a spec knows best; the higher one of equals; `None` when none fits."""
    top = [cells for _number, cells in takewhile(lambda row: row[0] <= SEARCHED_ROWS + 1, sheet.rows())]
    texts = [[_text(cell) for cell in cells] for cells in top]
    filled = _fill_merged(texts, sheet.merged)
    best: Header | None = None
    for at, row in enumerate(texts[:SEARCHED_ROWS]):
        if not any(row) or known.row not in (0, at + 1):
            continue
        two_rows = _two_rows(texts, filled, at, sheet.merged)
        for headings, last_row in ((_one_row(filled[at]), at + 1), (two_rows, at + 2)):
            found = recognise(headings, specs, known.written, known.given)
            if not found or not (found.fits or (known.given and found.columns)):
                continue
            if best is None or _rank(found) > _rank(best.recognition):
                best = Header(at + 1, last_row, found)
    return best


def _rank(found: Recognition) -> tuple[int, tuple[int, int, int]]:
    """Words count before machine keys: these would make a header of any row."""
    return found.spoken, found.score


def _text(cell: Cell) -> str:
    text = " ".join(str(cell).split()) if isinstance(cell, str) else ""
    return text if len(text) <= _LONGEST_HEADER else ""


def _fill_merged(texts: list[list[str]], merged: Iterable[Span]) -> list[list[str]]:
    """Every cell of a merged range gets the text of its first one."""
    filled = [list(row) for row in texts]
    for (top, left), (bottom, right) in merged:
        if top >= len(filled) or left >= len(filled[top]):
            continue
        for row in filled[top : bottom + 1]:
            row[left : right + 1] = [filled[top][left]] * len(row[left : right + 1])
    return filled


def _one_row(row: list[str]) -> list[Heading]:
    return [(text,) if text else () for text in row]


def _two_rows(
    texts: list[list[str]], filled: list[list[str]], at: int, merged: Iterable[Span]
) -> list[Heading]:
    if at + 1 >= len(texts):
        return []
    above = filled[at]
    if not any(top == at and right > left for (top, left), (_bottom, right) in merged):
        above = _carried(above, texts[at + 1])
    width = max(len(above), len(filled[at + 1]))
    pairs = zip(_padded(above, width), _padded(filled[at + 1], width), strict=True)
    return [tuple(text for text in pair if text) for pair in pairs]


def _carried(above: list[str], below: list[str]) -> list[str]:
    """Group words stand over their first column only when nobody merged the cells: carry them to the right."""
    carried, group = [], ""
    # rows of a text file differ in length: a title line is shorter than the header under it
    width = max(len(above), len(below))
    for text, under in zip(_padded(above, width), _padded(below, width), strict=True):
        group = text or (group if under else "")
        carried.append(group)
    return carried


def _padded(row: list[str], width: int) -> list[str]:
    return row + [""] * (width - len(row))


def is_numbering(cells: Sequence[Cell]) -> bool:
    """Whether a row only numbers the columns: 1, 2, 3 …, as official forms have below the header."""
    found = [str(cell).strip().removesuffix(".0") for cell in cells if cell not in ("", None)]
    return len(found) >= 3 and found == [str(n) for n in range(1, len(found) + 1)]
