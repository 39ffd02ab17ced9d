"""Workbooks for tests: a small one that reads without a remark, and ways to spoil it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl

from migdesk.exchange.read import Answers, Row, SheetReading, read_workbook
from migdesk.exchange.sheet import load_specs

SPECS = load_specs()
TODAY = date(2026, 11, 23)

HEADER = (
    "Фамилия",
    "Имя",
    "Дата рождения",
    "Гражданство",
    "Номер паспорта",
    "Дата прибытия",
    "Цель прибытия",
    "Населённый пункт",
    "ИИН",
)
ROW = (
    "Әбдірахманов",
    "Қуаныш",
    date(1987, 3, 5),
    "UZB",
    "AB1234567",
    date(2026, 11, 21),
    "работа",
    "551010000",
    "870305301234",
)
ARRIVED = HEADER.index("Дата прибытия") + 1
IIN = HEADER.index("ИИН") + 1


def save(path: Path, *rows: Sequence[Any], spoil: Callable[[Any, Any], None] | None = None) -> Path:
    """A workbook of one sheet with these rows; `spoil(book, sheet)` may do worse to it."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = "Прибытие"
    for row in rows:
        sheet.append(list(row))
    if spoil:
        spoil(book, sheet)
    book.save(path)
    return path


def changed(column: str, value: Any) -> tuple[Any, ...]:
    """The good row with another value under a header."""
    at = HEADER.index(column)
    return (*ROW[:at], value, *ROW[at + 1 :])


def read(path: Path, **answers: Any) -> SheetReading:
    """Read with the shipped specs on the day of the tests."""
    return read_workbook(path, SPECS, today=TODAY, answers=Answers(**answers))


def one_row(path: Path, **answers: Any) -> Row:
    """The only row of a workbook."""
    (row,) = read(path, **answers).rows()
    return row


def codes(problems: Sequence[Any]) -> list[str]:
    """Codes of problems with their cells, in order of the cells."""
    return sorted(f"{problem.cell}:{problem.code}" for problem in problems)
