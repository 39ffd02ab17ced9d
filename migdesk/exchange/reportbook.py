"""A filled report as .xlsx (ready to print), .csv or .json."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from migdesk.domain.errors import BadFile
from migdesk.domain.report import ColumnKind, ReportColumn, ReportResult, Section
from migdesk.exchange.plaintext import guard
from migdesk.exchange.problem import letters
from migdesk.exchange.tables import HEADER_FILL, HEADER_LINE, set_text, sheet_name
from migdesk.exchange.wholefile import whole_file
from migdesk.i18n import N_, _, language, pick

_FORMATS = {
    ColumnKind.DAY: "dd.mm.yyyy",
    ColumnKind.WHOLE: "#,##0",
    ColumnKind.NUMBER: "0",
    ColumnKind.PERCENT: "0.0",
    ColumnKind.TEXT: "@",
}
_CHARACTERS_A_LINE = 110


def write_report(path: Path, result: ReportResult) -> None:
    """Write a report as the suffix of the path says, in the report's own language.

    Raises:
        BadFile: unknown suffix, or the file cannot be written.
    """
    writers: dict[str, Callable[[Path, ReportResult], None]]
    writers = {".xlsx": _write_xlsx, ".csv": _write_csv, ".json": _write_json}
    writer = writers.get(path.suffix.lower())
    if writer is None:
        raise BadFile(path, "", N_("Reports are written as .xlsx, .csv or .json here."))
    with language(result.language), whole_file(path) as file:
        writer(file, result)


def _write_xlsx(file: Path, result: ReportResult) -> None:
    import openpyxl  # noqa: PLC0415 - 0.1 s, only when a workbook is written

    book = openpyxl.Workbook()
    book.properties.title = result.title
    sheet: Any = book.active
    sheet.title = sheet_name(result.title)
    row = _write_top(sheet, result)
    for section in result.sections:
        row = _write_section(sheet, row, section)
    _write_foot(sheet, row + 1, result)
    _set_widths(sheet, result.sections)
    sheet.page_setup.orientation = "landscape" if result.spec.landscape else "portrait"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddFooter.right.text = "&P / &N"
    book.save(file)


def _write_top(sheet: Any, result: ReportResult) -> int:
    from openpyxl.styles import Font  # noqa: PLC0415 - with openpyxl

    lines = [text for text in (result.office, result.title, result.subtitle) if text]
    for row, text in enumerate(lines, 1):
        cell = sheet.cell(row, 1)
        set_text(cell, text)
        if text == result.title:
            cell.font = Font(bold=True, size=14)
    return len(lines) + 2


def _write_section(sheet: Any, row: int, section: Section) -> int:
    """Title, head, rows, totals; the row after them. A joined section has no head of its own."""
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side  # noqa: PLC0415 - with openpyxl

    if section.title:
        set_text(sheet.cell(row, 1), section.title)
        sheet.cell(row, 1).font = Font(bold=True, size=11 if section.joined else 12)
        row += 1
    if not section.joined:
        for at, column in enumerate(section.columns, 1):
            cell = sheet.cell(row, at)
            set_text(cell, pick(column.title))
            cell.font, cell.fill = Font(bold=True), PatternFill("solid", HEADER_FILL)
            cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center")
            cell.border = Border(bottom=Side("thin", HEADER_LINE))
        row += 1
    for values in section.rows:
        _write_values(sheet, row, section.columns, values)
        row += 1
    if section.totals is not None:
        _write_values(sheet, row, section.columns, section.totals)
        for at in range(1, len(section.columns) + 1):
            sheet.cell(row, at).font = Font(bold=True)
            sheet.cell(row, at).border = Border(top=Side("thin", HEADER_LINE))
        row += 1
    return row if section.joined or not section.rows else row + 1


def _write_values(sheet: Any, row: int, columns: Sequence[ReportColumn], values: Sequence[object]) -> None:
    from openpyxl.styles import Alignment  # noqa: PLC0415 - with openpyxl

    for at, (column, value) in enumerate(zip(columns, values, strict=True), 1):
        if value is None:
            continue
        cell = sheet.cell(row, at)
        if isinstance(value, str):
            set_text(cell, value)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        else:
            cell.value = value
            cell.number_format = _FORMATS[column.kind]
            cell.alignment = Alignment(vertical="top")


def _foot(result: ReportResult) -> list[str]:
    source = pick(result.spec.source)
    return [
        pick(result.spec.text),
        _(N_("Source: {source}")).format(source=source) if source else "",
        _(N_("Prepared by: {name}")).format(name=result.executor) if result.executor else "",
        result.as_of_text,
    ]


def _write_foot(sheet: Any, row: int, result: ReportResult) -> None:
    from openpyxl.styles import Font  # noqa: PLC0415 - with openpyxl

    for text in filter(None, _foot(result)):
        set_text(sheet.cell(row, 1), text)
        sheet.cell(row, 1).font = Font(italic=True, size=9)
        row += 1


def _set_widths(sheet: Any, sections: Sequence[Section]) -> None:
    """The columns share a line as on paper; of several sections the widest share counts."""
    shares: dict[int, float] = {}
    for section in sections:
        whole = sum(column.width for column in section.columns) or 1
        for at, column in enumerate(section.columns):
            shares[at] = max(shares.get(at, 0.0), column.width / whole)
    for at, share in shares.items():
        sheet.column_dimensions[letters(at)].width = max(8, round(share * _CHARACTERS_A_LINE))


def _write_csv(file: Path, result: ReportResult) -> None:
    """Each section with its header; several are told apart by their titles and a blank line."""
    with file.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        for number, section in enumerate(result.sections):
            if number and not section.joined:
                writer.writerow([])
            if section.title and len(result.sections) > 1:
                writer.writerow([guard(section.title)])
            if not section.joined:
                writer.writerow([guard(pick(column.title)) for column in section.columns])
            for values in section.rows:
                writer.writerow([_csv_value(value) for value in values])
            if section.totals is not None:
                writer.writerow([_csv_value(value) for value in section.totals])


def _csv_value(value: object) -> str:
    if isinstance(value, str):
        return guard(value)
    return "" if value is None else str(_plain(value))


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _write_json(file: Path, result: ReportResult) -> None:
    document = {
        "report": result.spec.code,
        "title": result.title,
        "subtitle": result.subtitle,
        "as_of": result.as_of.isoformat(),
        "office": result.office,
        "sections": [_section_json(section) for section in result.sections],
    }
    file.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")


def _section_json(section: Section) -> dict[str, object]:
    keys = [column.key for column in section.columns]

    def by_key(values: Sequence[object]) -> dict[str, object]:
        return {key: _plain(value) for key, value in zip(keys, values, strict=True)}

    return {
        "title": section.title,
        "columns": [
            {"key": column.key, "title": pick(column.title), "kind": column.kind.value}
            for column in section.columns
        ],
        "rows": [by_key(values) for values in section.rows],
        "totals": by_key(section.totals) if section.totals is not None else None,
    }
