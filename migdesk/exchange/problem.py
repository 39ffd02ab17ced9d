"""Problem: a finding in its place in a workbook."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from migdesk.domain.finding import Finding


@dataclass(frozen=True, slots=True, repr=False)
class Problem:
    """A remark about a cell (`D17`), a row (`17`), a column (`D`) or, with an empty `cell`, a whole sheet."""

    sheet: str
    cell: str
    finding: Finding

    def __repr__(self) -> str:
        """Code and place only: the words may hold personal data."""
        return f"<Problem {self.code} at {self.cell or 'sheet'}>"

    @property
    def code(self) -> str:
        """Which problem it is."""
        return self.finding.code

    def words(self) -> str:
        """The remark in the current language."""
        return self.finding.words()

    def as_json(self) -> dict[str, str]:
        """The keys of the public contract."""
        return {"sheet": self.sheet, "cell": self.cell, "code": self.code, "text": self.words()}


@cache
def letters(column: int) -> str:
    """Name of a column counted from 0: 0 is A, 27 is AB."""
    name = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(65 + rest) + name
    return name


def column_number(name: str) -> int:
    """Column counted from 0 by its name: A is 0."""
    number = 0
    for letter in name.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def address(row: int, column: int) -> str:
    """Address of a cell: row counted from 1, column from 0."""
    return f"{letters(column)}{row}"
