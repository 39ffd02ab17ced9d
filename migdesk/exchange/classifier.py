"""The official classifier of places (KATO) as the Bureau of National Statistics gives it out: a workbook.

Its columns: `te` the code, `ab cd ef hij` its parts, `k`, `name_kaz`, `name_rus`, `nn`. Other columns and
their order do not matter; a workbook with headings of the shipped list is read too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from migdesk.domain.errors import BadFile
from migdesk.exchange.book import Book, Cell, Sheet, open_book
from migdesk.i18n import N_

_CODE = ("te", "code", "код", "код като", "като коды")
_KK = ("name_kaz", "kaz_name", "name_kk", "kk")
_RU = ("name_rus", "rus_name", "name_ru", "ru")
_LOOKED_AT, _DIGITS = 20, 9
_EVERY = 500

Row = tuple[str, str, str]
"""Code of nine digits, Kazakh name, Russian name."""


def read_classifier(path: Path, step: Callable[[int, int], None]) -> list[Row]:
    """Every place of the workbook, in its order; `step` is told rows read and rows there are.

    Raises:
        BadFile: no sheet has the columns, or a row has no code of nine digits, no name, or a code again.
    """
    book = open_book(path)
    try:
        sheet, number, columns = _find_table(book)
        return list(_rows(path, sheet, number, columns, step))
    finally:
        book.close()


def _find_table(book: Book) -> tuple[Sheet, int, tuple[int, int, int]]:
    for name in book.names:
        sheet = book.sheet(name)
        for number, cells in sheet.rows():
            if number > _LOOKED_AT:
                break
            heads = [str(cell).strip().casefold() for cell in cells]
            code, kk, ru = (_column(heads, names) for names in (_CODE, _KK, _RU))
            if code >= 0 and kk >= 0 and ru >= 0:
                return sheet, number, (code, kk, ru)
    raise BadFile(
        book.path,
        "",
        N_("This is not the classifier of places: no sheet has the columns te, name_kaz and name_rus."),
        hint=N_("Take the workbook from stat.gov.kz, and leave its first line as it is."),
    )


def _column(heads: Sequence[str], names: Sequence[str]) -> int:
    return next((heads.index(name) for name in names if name in heads), -1)


def _rows(
    path: Path, sheet: Sheet, head: int, columns: tuple[int, int, int], step: Callable[[int, int], None]
) -> Iterator[Row]:
    seen = set[str]()
    for number, cells in sheet.rows():
        if number <= head or not any(str(cell).strip() for cell in cells):
            continue
        if number % _EVERY == 0:
            step(number, max(sheet.height, number))
        code, kk, ru = (_text(cells[at]) if at < len(cells) else "" for at in columns)
        code = code.zfill(_DIGITS)
        where = f"{sheet.name}!{number}"
        if len(code) != _DIGITS or not code.isdecimal():
            raise BadFile(path, where, N_("“{given}” is no code of nine digits."), given=code)
        if not kk or not ru:
            raise BadFile(path, where, N_("The place {code} has no name in Kazakh or in Russian."), code=code)
        if code in seen:
            raise BadFile(path, where, N_("The code {code} stands there twice."), code=code)
        seen.add(code)
        yield code, kk, ru


def _text(cell: Cell) -> str:
    """Codes come as numbers or as text."""
    whole = isinstance(cell, float) and cell.is_integer()
    return str(int(cell)) if whole and isinstance(cell, float) else " ".join(str(cell).split())
