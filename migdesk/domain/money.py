"""How whole numbers and sums of money are written: one grouping in the window, on the command line and on paper."""

from __future__ import annotations

from decimal import Decimal

APART = "\u00a0"
"""The space between thousands: no number breaks over two lines, and every font of the program has it."""


class Tenge(int):
    """A sum in whole tenge, which a message writes with its thousands apart."""

    __slots__ = ()

    def __format__(self, how: str) -> str:
        """Grouped, unless a message asks for another way."""
        return int(self).__format__(how) if how else grouped(int(self))


def grouped(value: int | Decimal) -> str:
    """A number as people read it: `1 234 567`."""
    return f"{value:,}".replace(",", APART)


def signed(value: int) -> str:
    """A difference as people read it: `+5 250`."""
    return f"{value:+,}".replace(",", APART)


def grouped_text(stored: str) -> str:
    """A number that is kept as text, such as the MRP of a payment, as people read it; other text as it is."""
    return grouped(Decimal(stored)) if stored.replace(".", "", 1).isdecimal() else stored
