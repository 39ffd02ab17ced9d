"""What must be said about a sheet as a whole: its columns, hidden parts, other sheets, the kind of file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from migdesk.domain.finding import Finding, block, note, warn
from migdesk.exchange.book import Book, Sheet
from migdesk.exchange.header import Header
from migdesk.exchange.problem import Problem, address, letters
from migdesk.exchange.recognise import Recognition, Unclear
from migdesk.exchange.sheet import REV, UID
from migdesk.exchange.survey import Census
from migdesk.i18n import N_, pick

_NAMED = 20
"""Rows and ranges that are named one by one; the rest are only counted."""


@dataclass(frozen=True, slots=True)
class OtherSheet:
    """A sheet that was not read: empty, or of the same kind (`fits`), or of no known kind."""

    name: str
    is_empty: bool
    fits: bool


def other_sheet_problems(others: Iterable[OtherSheet]) -> tuple[Problem, ...]:
    """A remark for each sheet with content that was not read."""
    found = []
    for one in others:
        if one.fits:
            text = N_("This sheet has a known header too and was not read. Import it separately.")
            found.append(Problem(one.name, "", warn("other_sheet", text)))
        elif not one.is_empty:
            text = N_("This sheet was not read: its header is not known.")
            found.append(Problem(one.name, "", note("other_sheet", text)))
    return tuple(found)


def sheet_problems(book: Book, sheet: Sheet, header: Header, census: Census) -> tuple[Problem, ...]:
    """Remarks about one sheet and its columns."""
    found = [Problem(sheet.name, "", finding) for finding in _about_file(book, sheet, header)]
    found += [Problem(sheet.name, cell, finding) for cell, finding in _about_columns(sheet, header)]
    found += [Problem(sheet.name, cell, finding) for cell, finding in _about_rows(sheet, header)]
    found += [Problem(sheet.name, cell, finding) for cell, finding in _about_contents(book, census)]
    return tuple(found)


def _about_file(book: Book, sheet: Sheet, header: Header) -> Iterator[Finding]:
    if book.outline.from_1904:
        yield note("date1904", N_("The workbook counts its dates from 1904, as old Macintosh programs did."))
    if book.kind == "xls":
        text = N_("In this old kind of file hidden rows and formulas without a value cannot be seen.")
        yield note("old_format", text)
    if sheet.name in book.hidden:
        yield warn("hidden_sheet", N_("This sheet is hidden; it was read nevertheless."))
    if header.first_row > 1:
        yield note("header_not_first", N_("The header was found in row {row}."), None, row=header.first_row)
    for other in header.recognition.rivals:
        yield note("other_kind", N_("The header fits “{other}” as well."), None, other=pick(other.title))


def _about_columns(sheet: Sheet, header: Header) -> Iterator[tuple[str, Finding]]:
    known = header.recognition
    at_header = {at: address(header.last_row, at) for at in range(len(known.headings))}
    for at in known.unknown:
        text = N_("The column “{header}” is not known and was not read.")
        yield at_header[at], warn("unknown_column", text, None, header=_words(known, at))
    for unclear in known.unclear:
        for at in unclear.columns:
            yield at_header[at], _unclear(known, at, unclear)
    for at, (wrote, says) in known.contradicted.items():
        text = N_("This column left as “{wrote}”; now its header says “{says}”. It was not read.")
        values = {"wrote": _label(known, wrote), "says": _label(known, says)}
        yield at_header[at], block("contradicted_column", text, wrote, **values)
    if people_only := _people_only(known):
        yield str(header.last_row), people_only
    for key in known.missing:
        text = N_("The required column “{label}” is missing.")
        yield str(header.last_row), block("missing_column", text, key, label=_label(known, key))
    for at, key in known.columns.items():
        if at in sheet.marks.hidden_columns and key not in (UID, REV):
            text = N_("The column “{label}” is hidden; it was read nevertheless.")
            yield letters(at), warn("hidden_column", text, key, label=_label(known, key))


def _people_only(known: Recognition) -> Finding | None:
    """What to do with a workbook of people in which no column tells of an arrival."""
    columns = known.spec.by_key.values()
    wanted = [one for one in columns if one.required and one.target.startswith(("arrival.", "address."))]
    if not wanted or any(one.key not in known.missing for one in wanted):
        return None
    text = N_(
        "This is a list of people without arrivals: nobody is taken in without one. Add the columns {columns} and "
        "fill them in each row, or copy the people into our own workbook (Template; migdesk template FILE)."
    )
    labels = ", ".join(f"“{_label(known, one.key)}”" for one in wanted)
    return block("no_arrivals", text, wanted[0].key, columns=labels)


def _unclear(known: Recognition, at: int, unclear: Unclear) -> Finding:
    labels = ", ".join(_label(known, key) for key in unclear.keys)
    if len(unclear.keys) == 1:
        return duplicate_column(unclear, labels)
    wanted = (known.spec.by_key.get(key) for key in unclear.keys)
    makes = block if any(one and one.required for one in wanted) else warn
    text = N_("“{header}” may mean {labels}: the column was not read. Tell which is meant.")
    return makes("unclear_column", text, None, header=_words(known, at), labels=labels)


def duplicate_column(unclear: Unclear, label: str) -> Finding:
    """Several columns say one key: nothing that stands in them is taken in until one of them is chosen."""
    text = N_(
        "Columns {columns} are all headed “{label}”: say which one is meant, or leave one of them in the file."
    )
    columns = ", ".join(letters(at) for at in unclear.columns)
    return block("duplicate_column", text, unclear.keys[0], columns=columns, label=label)


def _words(known: Recognition, at: int) -> str:
    return " / ".join(known.headings[at])


def _label(known: Recognition, key: str) -> str:
    column = known.spec.by_key.get(key)
    return column.label if column else key


def _about_rows(sheet: Sheet, header: Header) -> Iterator[tuple[str, Finding]]:
    last = sheet.height or max(sheet.marks.hidden_rows, default=0)
    rows = sorted(row for row in sheet.marks.hidden_rows if header.last_row < row <= last)
    if rows:
        named = ", ".join(map(str, rows[:_NAMED])) + (" …" if len(rows) > _NAMED else "")
        text = N_("Hidden rows were read too: {rows} ({count} in all).")
        yield str(rows[0]), warn("hidden_rows", text, None, count=len(rows), rows=named)
    merged = [
        f"{address(top + 1, left)}:{address(bottom + 1, right)}"
        for (top, left), (bottom, right) in sheet.merged
        if top >= header.last_row and any(left <= at <= right for at in header.recognition.columns)
    ]
    for place in merged[:_NAMED]:
        text = N_("These cells are merged: only the first one has the value.")
        yield place.partition(":")[0], warn("merged_cells", text)
    if len(merged) > _NAMED:
        text = N_("Merged ranges of cells: {count}. Only the first cell of each has the value.")
        yield "", warn("merged_cells", text, None, count=len(merged))


def _about_contents(book: Book, census: Census) -> Iterator[tuple[str, Finding]]:
    if book.kind == "csv":
        return
    for key, column in census.columns.items():
        if column.forms and not column.partial:
            text = N_("Dates typed as text in this column: {count} ({forms}).")
            values = {"count": column.forms.total(), "forms": ", ".join(column.forms)}
            yield letters(column.at), note("text_dates", text, key, **values)
        if column.numbers:
            text = N_("Cells of this column kept as numbers: {count}. Zeros at the beginning may be missing.")
            yield letters(column.at), note("numbers_as_text", text, key, count=column.numbers)
