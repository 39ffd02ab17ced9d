"""A newer classifier of places (KATO): looked at before it is taken, so that nobody loses half a country."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from migdesk.domain.errors import BadFile
from migdesk.domain.letters import transliterate
from migdesk.domain.place import Place
from migdesk.exchange.classifier import Row, read_classifier
from migdesk.i18n import N_
from migdesk.services.desk import Desk
from migdesk.services.progress import SILENT, Progress
from migdesk.services.upkeep.office import take_places
from migdesk.store import places

_MOST_CLOSED = 10
"""One place in so many may be gone; more means that the workbook is not the whole country."""

_LEVELS = ((2, 1), (4, 2), (6, 3))
"""Significant digits of a code and its level; all nine are level 4."""

_CONFIDENCE = "library"
"""One source says it."""

_KINDS = (
    ("rural_okrug", re.compile(r"\b[са]\.\s?о\.|\bс\.\s?а\.")),
    ("district", re.compile(r"район|р\.\s?а\.")),
    ("city", re.compile(r"\bг\.")),
    ("settlement", re.compile(r"\bп\.|\bк\.")),
    ("village", re.compile(r"\bс\.")),
)
"""What the marks in a Russian name say, the first that is found."""


@dataclass(frozen=True, slots=True)
class Renamed:
    """A place that goes on under another name."""

    before: Place
    after: Place


@dataclass(frozen=True, slots=True)
class Newer:
    """What a workbook would change; nothing is written yet."""

    file: str
    places: tuple[Place, ...]
    added: tuple[Place, ...]
    renamed: tuple[Renamed, ...]
    closed: tuple[Place, ...]

    @property
    def changes(self) -> int:
        """How many places are not as they were."""
        return len(self.added) + len(self.renamed) + len(self.closed)


def preview(desk: Desk, path: Path, *, progress: Progress = SILENT) -> Newer:
    """Read a workbook and compare it with the places of the office.

    Raises:
        BadFile: it is no classifier, or it lacks so many places that it cannot be the whole one.
        Cancelled: the operator stopped it.
    """
    rows = read_classifier(path, progress.step)
    known = {place.code: place for place in places.all_places(desk.store)}
    newer = _places(rows, known)
    codes = {place.code for place in newer}
    present = [place for place in known.values() if not place.valid_to]
    closed = tuple(place for place in present if place.code not in codes)
    if len(closed) * _MOST_CLOSED > len(present):
        message = N_(
            "The workbook has {n} places and lacks {m} that there are: it is not the whole classifier."
        )
        raise BadFile(path, "", message, n=len(newer), m=len(closed))
    before = {place.code: place for place in present}
    return Newer(
        path.name,
        tuple(newer),
        tuple(place for place in newer if place.code not in before),
        tuple(
            Renamed(before[place.code], place)
            for place in newer
            if place.code in before and _names(before[place.code]) != _names(place)
        ),
        closed,
    )


def take(desk: Desk, newer: Newer, *, progress: Progress = SILENT) -> Newer:
    """Put a newer classifier in force from today; what it lacks is closed and stays readable.

    Raises:
        Cancelled: the operator stopped it before it was written.
    """
    progress.step(0, 1)
    take_places(desk, list(newer.places), desk.today)
    desk.lists.forget_places()
    progress.step(1, 1)
    return newer


def _places(rows: Sequence[Row], known: Mapping[str, Place]) -> list[Place]:
    """Level, parent and kind of a known place stay; those of a new one follow from its code and name."""
    codes = {code for code, _kk, _ru in rows}
    return [
        replace(known[code], kk=kk, ru=ru, en=_english(known[code], ru), valid_to="")
        if code in known
        else _new_place((code, kk, ru), codes)
        for code, kk, ru in rows
    ]


def _new_place(row: Row, codes: Iterable[str]) -> Place:
    code, kk, ru = row
    level = next((level for digits, level in _LEVELS if not code[digits:].strip("0")), 4)
    above = (code[:digits].ljust(9, "0") for digits, upper in reversed(_LEVELS) if upper < level)
    parent = next((one for one in above if one in codes), "")
    kind = (
        "region"
        if level == 1
        else next((kind for kind, sign in _KINDS if sign.search(ru.casefold())), "other")
    )
    return Place(code, level, parent, kk, ru, _latin(ru), kind, confidence=_CONFIDENCE)


def _english(before: Place, ru: str) -> str:
    return before.en if before.ru == ru else _latin(ru)


def _latin(ru: str) -> str:
    """The official workbook has no English names: a search aid only."""
    return transliterate(re.sub(r"^\W*\w{1,2}\.\s?", "", ru), "latin", "ru")[0]


def _names(place: Place) -> tuple[str, str]:
    return place.kk, place.ru
