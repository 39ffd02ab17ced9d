"""Copying a part of a list: with headings, and so that a spreadsheet keeps types and leading zeros."""

from __future__ import annotations

import html
from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QApplication

from migdesk.domain.fields import Whole
from migdesk.domain.listing import Column
from migdesk.ui.lists.table import Reading, Row
from migdesk.ui.look.words import said

MOST = 5000
"""Rows that may be copied; more is a matter for export."""

_AS_TEXT, _AS_DAY, _AS_NUMBER = r"\@", r"dd\.mm\.yyyy", "0"


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
    data.setHtml("<table>" + "".join(f"<tr>{row}</tr>" for row in table) + "</table>")
    QApplication.clipboard().setMimeData(data)


def _words(column: Column, value: Any, reading: Reading) -> str:
    """Numbers without their thin spaces, all else as it is read."""
    if isinstance(column.field, Whole):
        return "" if value is None else str(value)
    return reading.words(column, value)


def _cell(words: str, value: Any) -> str:
    kind = _AS_DAY if isinstance(value, date) else _AS_NUMBER if isinstance(value, int) else _AS_TEXT
    return f"<td style='mso-number-format:\"{kind}\"'>{html.escape(words)}</td>"
