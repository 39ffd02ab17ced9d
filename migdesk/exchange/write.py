"""Write any list: .xlsx, .csv or .json. The file appears whole or not at all; cancelling leaves nothing.

A list that goes out with uid and rev can come back edited: columns are known by defined names (.xlsx), by
their headers in any of the three languages, or by key (.json).
"""

from __future__ import annotations

import csv
import json
import tempfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from migdesk.domain.errors import BadFile, Refused
from migdesk.domain.finding import block
from migdesk.domain.listing import Column
from migdesk.exchange.outcells import OutCell, check_text, needs_check, out_cell
from migdesk.exchange.plaintext import guard
from migdesk.exchange.read import STEP, Step
from migdesk.exchange.sheet import REV, UID
from migdesk.exchange.tables import Head, LargeSink, Sink, SmallSink, Table, heads
from migdesk.exchange.wholefile import whole_file
from migdesk.i18n import N_, _, current_language, language

SUFFIXES = (".xlsx", ".csv", ".json")
"""The kinds of file a list can be written as."""

SMALL_ROWS = 5_000
"""Up to so many rows openpyxl writes; above, XlsxWriter."""

MOST_ROWS = 1_048_575
"""Rows below the header that an Excel sheet can hold."""


def write_table(path: Path, table: Table, *, lang: str = "", step: Step | None = None) -> int:
    """Write a list as the suffix of the path says; how many rows were written.

    `lang` is the language of headers and words; the current one when empty.

    Raises:
        BadFile: unknown suffix, or the file cannot be written.
        Refused: more rows than a sheet can hold.
        Invalid: a text that no file can hold: names row and column.
        Cancelled: `step` raised it; nothing was written.
    """
    writers = dict(zip(SUFFIXES, (_write_xlsx, _write_csv, _write_json), strict=True))
    writer = writers.get(path.suffix.lower())
    if writer is None:
        raise BadFile(path, "", N_("Lists are written as .xlsx, .csv or .json."))
    with language(lang or current_language()), whole_file(path) as file:
        return writer(file, table, step)


def _labels(table: Table) -> list[Head]:
    columns = table.all_columns()
    return heads(columns, [_(one.field.label) for one in columns])


def _cells(table: Table) -> Iterator[list[OutCell]]:
    makers = [out_cell(one.field, table.show) for one in table.all_columns()]
    for values in table.rows:
        yield [make(value) for make, value in zip(makers, values, strict=True)]


def _refuse_too_many(rows: int) -> None:
    if rows > MOST_ROWS:
        text = N_("An Excel sheet holds {max} rows. Choose .csv or .json, or narrow the list.")
        raise Refused([block("too_many_rows", text, None, max=MOST_ROWS)])


def _write_xlsx(file: Path, table: Table, step: Step | None) -> int:
    _refuse_too_many(table.total)
    columns = _labels(table)
    if table.total <= SMALL_ROWS:
        return _pour(SmallSink(file, table, columns), table, step)
    # the stream's own scratch file lies in a folder that goes with it, never in the system's
    with tempfile.TemporaryDirectory(prefix=".", dir=file.parent) as scratch:
        return _pour(LargeSink(file, Path(scratch), table, columns), table, step)


def _pour(sink: Sink, table: Table, step: Step | None) -> int:
    row = 1
    try:
        for row, cells in enumerate(_cells(table), 2):
            sink.write(row, cells)
            if step and not (row - 1) % STEP:
                step(row - 1, table.total)
        _refuse_too_many(row - 1)
        sink.finish(row)
    except BaseException:
        sink.abandon()
        raise
    if step:
        step(row - 1, row - 1)
    return row - 1


def _write_csv(file: Path, table: Table, step: Step | None) -> int:
    """UTF-8 with a mark (Excel then reads the letters right), commas, CRLF, ISO dates (RFC 4180)."""
    columns, row = _labels(table), 0
    with file.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow([guard(head.label) for head in columns])
        for row, cells in enumerate(_cells(table), 1):
            writer.writerow([_csv_cell(cell, row, head) for cell, head in zip(cells, columns, strict=True)])
            if step and not row % STEP:
                step(row, table.total)
    return row


def _csv_cell(cell: OutCell, row: int, head: Head) -> str:
    if isinstance(cell, str):
        if needs_check(cell):
            check_text(cell, row + 1, head.label)
        return guard(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "seconds")
    return cell.isoformat() if isinstance(cell, date) else "" if cell is None else str(cell)


def _write_json(file: Path, table: Table, step: Step | None) -> int:
    """One object: what it is, its columns, its rows by key with codes and ISO dates as the register has them."""
    columns, row = table.all_columns(), 0
    head = {
        "list": table.code,
        "title": table.title,
        "columns": [
            {"key": one.key, "label": _(one.field.label), "kind": type(one.field).__name__.lower()}
            for one in columns
        ],
    }
    start = json.dumps(head, ensure_ascii=False, indent=1).removesuffix("\n}")
    with file.open("w", encoding="utf-8", newline="\n") as stream:
        stream.write(f'{start},\n "rows": [')
        for row, values in enumerate(table.rows, 1):
            found = {one.key: _plain(one, value, row) for one, value in zip(columns, values, strict=True)}
            stream.write(("," if row > 1 else "") + "\n  " + json.dumps(found, ensure_ascii=False))
            if step and not row % STEP:
                step(row, table.total)
        stream.write("\n ]\n}\n")
    return row


def _plain(column: Column, value: Any, row: int) -> Any:
    """A value as the register keeps it: code, ISO date, whole number, yes or no."""
    if value is None or isinstance(value, bool) or column.key in (UID, REV):
        return value
    stored = column.field.to_sql(value)
    if isinstance(stored, str) and needs_check(stored):
        check_text(stored, row, column.field.label)
    return None if isinstance(stored, bytes) else stored
