"""Duplicates of the whole register: every pair of files that shares enough to be worth comparing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from migdesk.domain.identity import Identity, blocks, identity_of
from migdesk.domain.matching import Match, compare
from migdesk.domain.person import Person, TravelDocument
from migdesk.services.desk import Desk
from migdesk.services.progress import SILENT, Progress

_STEP = 500
_LIVE = "annulled_on IS NULL"
_NUMBERS = "in"
"""Kinds of keys that suffice alone: IIN and document number."""
_CROWD = 2_000
"""A key that more files share says nothing."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two files that may be one person."""

    one: Person
    other: Person
    match: Match


def find_pairs(desk: Desk, *, limit: int = 50, progress: Progress = SILENT) -> list[Pair]:
    """The likeliest pairs of living files, best first, each pair once.

    Two files are compared when they share a number, or keys of two kinds: names alone, or a birth date
    alone, are shared by too many.

    Raises:
        Cancelled: the operator stopped it.
    """
    persons = desk.store.select(Person, _LIVE)
    identities = _identities(desk, persons)
    found: list[Pair] = []
    for number, others in enumerate(_near(identities)):
        if number % _STEP == 0:
            progress.step(number, len(persons))
        for other in others:
            match = compare(identities[number], identities[other])
            if match.verdict != "different":
                found.append(Pair(persons[number], persons[other], match))
    return sorted(found, key=lambda pair: -pair.match.score)[:limit]


def _near(identities: list[Identity]) -> Iterator[list[int]]:
    """For each file the later ones worth comparing with it."""
    keys = [blocks(identity) for identity in identities]
    groups: dict[str, list[int]] = defaultdict(list)
    for number, own in enumerate(keys):
        for key in own:
            groups[key].append(number)
    for number, own in enumerate(keys):
        shared: dict[int, set[str]] = defaultdict(set)
        for key in own:
            group = groups[key]
            if 1 < len(group) <= _CROWD:
                for other in reversed(group):
                    if other <= number:
                        break
                    shared[other].add(key[0])
        yield [other for other, kinds in shared.items() if len(kinds) > 1 or kinds <= set(_NUMBERS)]


def _identities(desk: Desk, persons: list[Person]) -> list[Identity]:
    numbers: dict[str | None, list[str]] = defaultdict(list)
    for document in desk.store.select(TravelDocument, _LIVE):
        numbers[document.person].append(document.number)
    return [identity_of(person, tuple(numbers[person.uid])) for person in persons]
