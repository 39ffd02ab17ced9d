"""Duplicates of the whole register: every file against those that share a key with it."""

from __future__ import annotations

from dataclasses import dataclass

from migdesk.domain.listing import Query
from migdesk.domain.matching import Match
from migdesk.domain.person import Person
from migdesk.services import listing, people
from migdesk.services.desk import Desk
from migdesk.services.progress import SILENT, Progress
from migdesk.store import people as shelf

_STEP = 200


@dataclass(frozen=True, slots=True)
class Pair:
    """Two files that may be one person."""

    one: Person
    other: Person
    match: Match


def find_pairs(desk: Desk, *, limit: int = 50, progress: Progress = SILENT) -> list[Pair]:
    """The likeliest pairs, best first; each pair once. Looks at every living file of the register.

    Raises:
        Cancelled: the operator stopped it.
    """
    opened = listing.open_list(desk, Query("people", order="name"))
    ids = opened.ids()
    found: dict[frozenset[str], Pair] = {}
    for number, row_id in enumerate(ids):
        if number % _STEP == 0:
            progress.step(number, len(ids))
        person = people.get_person(desk, opened.uid(row_id))
        documents = tuple(shelf.documents_of(desk.store, person.uid))
        for likely in people.likely_same(desk, person, documents):
            pair = frozenset((person.uid, likely.person.uid))
            if pair not in found:
                found[pair] = Pair(person, likely.person, likely.match)
    return sorted(found.values(), key=lambda pair: -pair.match.score)[:limit]
