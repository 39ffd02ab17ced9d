"""What calamine does not tell of an .ods: hidden rows and columns, error cells, and stray cells far away."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from xml.parsers import expat

from migdesk.exchange.peek import CELLS_LIMIT, Marks, StrayCell
from migdesk.exchange.problem import letters

_HIDDEN = ("collapse", "filter")


class _Reader:
    """Counts rows and cells of one document; a repeat counts once until something stands behind it."""

    def __init__(self) -> None:
        self.sheets: dict[str, Marks] = {}
        self._marks = Marks()
        self._row = self._column = self._columns_seen = 0
        self._next_row = 0
        self._width = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An opening tag."""
        if name == "table:table":
            self._marks = self.sheets.setdefault(attributes.get("table:name", ""), Marks())
            self._row = self._next_row = self._columns_seen = self._width = 0
        elif name == "table:table-column":
            count = int(attributes.get("table:number-columns-repeated", 1))
            if attributes.get("table:visibility") in _HIDDEN:
                last = min(self._columns_seen + count, 16_384)
                self._marks.hidden_columns.update(range(self._columns_seen, last))
            self._columns_seen += count
        elif name == "table:table-row":
            self._start_row(attributes)
        elif name in ("table:table-cell", "table:covered-table-cell"):
            self._cell(attributes)

    def _start_row(self, attributes: Mapping[str, str]) -> None:
        count = int(attributes.get("table:number-rows-repeated", 1))
        self._row, self._next_row = self._next_row, self._next_row + count
        self._column = 0
        if attributes.get("table:visibility") in _HIDDEN and count < CELLS_LIMIT // 100:
            self._marks.hidden_rows.update(range(self._row + 1, self._next_row + 1))

    def _cell(self, attributes: Mapping[str, str]) -> None:
        first = self._column
        self._column += int(attributes.get("table:number-columns-repeated", 1))
        if "office:value-type" not in attributes:
            return
        if attributes.get("calcext:value-type") == "error":
            self._marks.errors[self._row + 1, first] = "#"
        self._width = max(self._width, self._column)
        if self._next_row * self._width > CELLS_LIMIT:
            raise StrayCell(f"{letters(min(first, 18_277))}{self._row + 1}")


def peek_ods(archive: zipfile.ZipFile) -> dict[str, Marks]:
    """Marks by name of sheet.

    Raises:
        StrayCell: reading the sheet would take more memory than an office's machine has.
        expat.ExpatError, KeyError, ValueError: the document is damaged.
    """
    reader = _Reader()
    parser = expat.ParserCreate()
    parser.StartElementHandler = reader.start
    with archive.open("content.xml") as stream:
        parser.ParseFile(stream)
    return reader.sheets
