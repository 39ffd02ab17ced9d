"""Copying a part of a list: with headings, and so that a spreadsheet keeps types and leading zeros."""

from __future__ import annotations

import html
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QApplication

from migdesk.domain.dates import PartialDate
from migdesk.domain.fields import Whole
from migdesk.domain.listing import Column
from migdesk.ui.lists.table import Reading, Row
from migdesk.ui.look.words import said

MOST = 5000
"""Rows that may be copied; more is a matter for export."""

_AS_TEXT, _AS_DAY, _AS_NUMBER = r"\@", r"dd\.mm\.yyyy", "0"
_FIRST_DAY = date(1899, 12, 30)
"""Day 0 of spreadsheets."""
_SAFE_FROM = date(1900, 3, 1)
"""Spreadsheets disagree about the days before."""
_EXCEL = "<html xmlns:x='urn:schemas-microsoft-com:office:excel'><table>"


def copy(columns: Sequence[tuple[int, Column]], rows: Sequence[Row], reading: Reading) -> None:
    """Put rows on the clipboard: as lines with tabs, and as a table with types for spreadsheets."""
    lines = ["\t".join(said(column.label) for _at, column in columns)]
    table = ["".join(f"<th>{html.escape(said(column.label))}</th>" for _at, column in columns)]
    for row in rows:
        words = [_words(column, row[at], reading) for at, column in columns]
        lines.append("\t".join(" ".join(one.split()) for one in words))
        table.append(
            "".join(_cell(text, row[at]) for text, (at, _column) in zip(words, columns, strict=True))
        )
    data = QMimeData()
    data.setText("\n".join(lines))
    data.setHtml(_EXCEL + "".join(f"<tr>{row}</tr>" for row in table) + "</table></html>")
    QApplication.clipboard().setMimeData(data)


def _words(column: Column, value: Any, reading: Reading) -> str:
    """Numbers without their thin spaces, all else as it is read."""
    if isinstance(column.field, Whole):
        return "" if value is None else str(value)
    return reading.words(column, value)


def _cell(words: str, value: Any) -> str:
    """A cell with its type: days as the numbers that spreadsheets count them by, in any language of theirs.

    `x:num` is Excel's, `sdval` LibreOffice's. Moments and days known in part stay words, IINs keep every digit.
    """
    if isinstance(value, PartialDate) and value.is_full:
        value = value.earliest()
    if isinstance(value, date) and not isinstance(value, datetime) and value > _SAFE_FROM:
        days = (value - _FIRST_DAY).days
        mark = f'x:num="{days}" sdval="{days}" sdnum="1033;0;DD.MM.YYYY" '
        kind = _AS_DAY
    elif isinstance(value, int) and not isinstance(value, bool):
        mark, kind = f'x:num="{value}" sdval="{value}" ', _AS_NUMBER
    else:
        mark, kind = "x:str ", _AS_TEXT
    return f"<td {mark}style='mso-number-format:\"{kind}\"'>{html.escape(words)}</td>"
