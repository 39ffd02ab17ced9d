"""Numbers from a column of a workbook, and whom or which permit each of them names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

from migdesk.domain.errors import MigDeskError
from migdesk.domain.finding import Finding, Severity, block
from migdesk.domain.ids import read_number
from migdesk.domain.permit import Permit
from migdesk.domain.person import Person, TravelDocument
from migdesk.exchange.number_column import NumberCell as NumberCell
from migdesk.exchange.number_column import Wanted, read_numbers
from migdesk.exchange.sheet import SheetSpec, fold_header, load_specs
from migdesk.i18n import LANGUAGES, N_, _, language
from migdesk.services.desk import Desk
from migdesk.services.people import people

_PART = 500
_IIN = 12
_NAMES = ("iin", "document_number")
"""Columns of the workbook of arrivals whose words head a column of people."""
_PERMIT = (N_("Permit"), N_("Number of the permit"), N_("Permit number"), N_("Number"))
"""What heads a column of permits."""

_NOBODY = N_("Nobody here has this number.")
_SEVERAL = N_("Several people have this number: {n}.")


def read_column(desk: Desk, path: Path, column: str = "", *, of_permits: bool = False) -> list[NumberCell]:
    """The numbers of a column: that which is named, by heading or letter, or that which looks like one of numbers.

    Raises:
        BadFile: the file cannot be read, or has no such column.
    """

    def is_number(text: str) -> bool:
        if of_permits and desk.store.live(Permit, number=text):
            return True
        return bool(_iins(desk, text)) or bool(
            desk.store.live(TravelDocument, number=_compact(text), limit=1)
        )

    def is_heading(text: str) -> bool:
        if of_permits and fold_header(text) in _permit_words():
            return True
        return any(set(one.keys_for((text,))) & set(_NAMES) for one in _specs())

    return read_numbers(path, Wanted(column.strip(), is_heading, is_number))


@cache
def _specs() -> tuple[SheetSpec, ...]:
    return tuple(one for one in load_specs() if one.code == "arrivals")


@cache
def _permit_words() -> frozenset[str]:
    found = set[str]()
    for one in LANGUAGES:
        with language(one):
            found |= {fold_header(_(words)) for words in _PERMIT}
    return frozenset(found)


def _compact(text: str) -> str:
    return "".join(text.split()).upper()


def _iins(desk: Desk, text: str) -> list[str]:
    """The IIN that a text is, also one of which Excel dropped the zeros in front."""
    read = read_number(text, desk.today)
    if read.read_as:
        return [read.read_as]
    padded = text.rjust(_IIN, "0") if text.isdecimal() and 8 <= len(text) < _IIN else ""
    return [padded] if padded and read_number(padded, desk.today).valid else []


def find_people(desk: Desk, numbers: Sequence[str]) -> list[str | Finding]:
    """Who is meant by each number, in their order: the uid of a person, or why nobody can be said."""
    parts = (numbers[start : start + _PART] for start in range(0, len(numbers), _PART))
    return [one for part in parts for one in _find_part(desk, part)]


def _find_part(desk: Desk, numbers: Sequence[str]) -> Iterator[str | Finding]:
    iins = {number: _iins(desk, number) for number in numbers}
    keys = sorted({one for some in iins.values() for one in some})
    by_iin = {one.iin: one.uid for one in desk.store.live(Person, iin=keys)} if keys else {}
    wanted = sorted({_compact(number) for number in numbers if _compact(number)})
    holders = defaultdict[str, set[str]](set)
    for document in desk.store.live(TravelDocument, number=wanted) if wanted else ():
        holders[document.number].add(document.person or "")
    living = _living(desk, {uid for some in holders.values() for uid in some})
    for number in numbers:
        known = {by_iin[one] for one in iins[number] if one in by_iin}
        yield _told(desk, number, known or holders[_compact(number)] & living, iins[number])


def _living(desk: Desk, uids: Iterable[str]) -> set[str]:
    given = sorted(uids)
    return {one.uid for one in desk.store.live(Person, uid=given)} if given else set()


def _told(desk: Desk, number: str, found: set[str], iins: Sequence[str]) -> str | Finding:
    if len(found) == 1:
        return next(iter(found))
    if found:
        return block("number.several", _SEVERAL, "number", n=len(found))
    if iins:
        return _why_nobody(desk, number)
    try:
        return people.get_person(desk, number).uid
    except MigDeskError:
        return _why_nobody(desk, number)


def _why_nobody(desk: Desk, number: str) -> Finding:
    """Nobody has it; of twelve digits that are no IIN it is said what is wrong with them."""
    digits = "".join(filter(str.isdigit, number))
    if len(digits) == _IIN and not any(map(str.isalpha, number)):
        wrong = [one for one in read_number(number, desk.today).findings if one.severity is Severity.BLOCK]
        if wrong:
            return wrong[0]
    return block("number.nobody", _NOBODY, "number")
