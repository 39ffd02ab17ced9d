"""Series of numbers: what was given of each and what is missing, and an own start number, which only a head sets."""

from __future__ import annotations

import re
from itertools import pairwise

from migdesk.domain.change import Done, Op
from migdesk.domain.errors import NotFound, Refused
from migdesk.domain.finding import block
from migdesk.domain.number_series import Block, NumberSeries, between
from migdesk.domain.office import Setting
from migdesk.domain.register import BY_TABLE
from migdesk.i18n import N_
from migdesk.services.desk import Desk
from migdesk.store import series as counters
from migdesk.store.series import STARTS, SetBack, numbered

_DIGITS = {"": 6, "D": 6, "B": 4}
"""Digits of the series of arrivals, departures and imports; all others have five."""
_NAME = re.compile(r"([A-Z]*)(\d{4})-")
_HIGHEST = 999_999_999


def list_series(desk: Desk) -> list[NumberSeries]:
    """Every series of this office that gave a number or has an own start, the newest year first."""
    names = {*counters.counters(desk.store, desk.office.code), *counters.own_starts(desk.store)}
    known = {name: found for name in names if (found := _parts(desk, name))}
    return [_read(desk, name) for name in sorted(known, key=lambda one: (-int(known[one][1]), known[one][0]))]


def get_series(desk: Desk, name: str) -> NumberSeries:
    """A series by what its numbers begin with; the last hyphen may be left out.

    Raises:
        NotFound: it is no series of this office.
    """
    return _read(desk, _checked(desk, name))


def start_from(desk: Desk, name: str, first: int) -> Done[NumberSeries]:
    """Let a series, also one of a coming year, go on with a higher number: that of a book begun on paper.

    Never with a lower one than comes anyway: no number is given twice.

    Raises:
        NotFound: it is no series of this office.
        Refused: not by a head; the number was given already, or is too high.
    """
    series = _checked(desk, name)
    with desk.write(Op.RAISE_SERIES) as tx:
        last = _last(desk, series, counters.blocks(desk.store, series))
        if not last < first <= _HIGHEST:
            message = N_(
                "The series {name} goes on with {next}: an own start is that number or a higher one, up to {most}."
            )
            values = {"name": series, "next": last + 1, "most": _HIGHEST}
            raise Refused([block("series_start", message, "first", **values)])
        counters.bring_forward(tx.connection, SetBack(series, last, first - 1))
        kept = tx.live(Setting, key=STARTS + series)
        starts = ",".join([*(kept[0].value.split(",")[-20:] if kept else ()), str(first)])
        tx.put(kept[0] if kept else Setting(key=STARTS + series), value=starts)
    return Done(_read(desk, series), tx.changes)


def _parts(desk: Desk, name: str) -> tuple[str, str] | None:
    """Letters and year of a series of this office."""
    code, found = f"{desk.office.code}-", None
    if name.startswith(code):
        found = _NAME.fullmatch(name.removeprefix(code))
    return (found[1], found[2]) if found else None


def _checked(desk: Desk, name: str) -> str:
    series = name.strip().rstrip("-") + "-"
    if _parts(desk, series) is None:
        raise NotFound(name)
    return series


def _last(desk: Desk, series: str, standing: list[tuple[int, int, str]]) -> int:
    """The last number that counts as given: by the counter, and by what stands in the records."""
    highest = max((last for _first, last, _of in standing), default=0)
    return max(counters.counters(desk.store, desk.office.code).get(series, 0), highest)


def _read(desk: Desk, name: str) -> NumberSeries:
    rows = counters.blocks(desk.store, name)
    voided = counters.blocks(desk.store, name, voided=True)
    last = _last(desk, name, rows)
    letters, _year = _parts(desk, name) or ("", "")
    given = tuple(Block(first, after) for first, after, _of in rows)
    starts = counters.own_starts(desk.store).get(name, [])
    missing = [part for one in between(given, last) for part in _at_starts(one, starts)]
    skipped = tuple(one for one in missing if one.last + 1 in starts)
    return NumberSeries(
        name=name,
        of=BY_TABLE[rows[0][2]].title if rows else "",
        coming=numbered(name, last + 1, _DIGITS.get(letters, 5)),
        last=last,
        given=given,
        gaps=tuple(one for one in missing if one not in skipped),
        skipped=skipped,
        voided=tuple(Block(first, after) for first, after, _of in voided),
    )


def _at_starts(one: Block, starts: list[int]) -> list[Block]:
    """A missing block, cut before each own start within it."""
    cuts = [one.first, *sorted(cut for cut in set(starts) if one.first < cut <= one.last), one.last + 1]
    return [Block(first, after - 1) for first, after in pairwise(cuts)]
