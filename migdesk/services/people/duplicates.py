"""Duplicates of the whole register: every pair of files that shares enough to be worth comparing."""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from migdesk.domain.identity import Identity, blocks, identity_of
from migdesk.domain.matching import Match, can_match, compare
from migdesk.domain.person import Person, TravelDocument
from migdesk.services.desk import Desk
from migdesk.services.people import people
from migdesk.services.people.merging import distinct_pairs
from migdesk.services.progress import SILENT, Progress
from migdesk.store import people as shelf

_STEP = 500
_NUMBERS = frozenset("in")
"""Kinds of keys that suffice alone: IIN and document number."""
_CROWD = 2_000
"""A key that more files share says nothing."""
_BEST = 5
"""So many likely partners of one file are shown; the rest come up when these are decided."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two files that may be one person."""

    one: Person
    other: Person
    match: Match

    @property
    def uids(self) -> frozenset[str]:
        """Both files."""
        return frozenset((self.one.uid, self.other.uid))


def find_pairs(desk: Desk, *, limit: int = 50, progress: Progress = SILENT) -> list[Pair]:
    """The likeliest pairs of living files, best first, each pair once; not those said to be two people.

    Two files are compared when they share a number, or keys of two kinds: names alone, or a birth date
    alone, are shared by too many. A pair is left out when both its files have five better ones.

    Raises:
        Cancelled: the operator stopped it.
    """
    persons = desk.store.live(Person)
    steps = _Steps(progress, 2 * len(persons))
    identities = _identities(desk, persons)
    told = distinct_pairs(desk)
    found: list[Pair] = []
    for number, others in enumerate(_near(identities, steps)):
        steps.step()
        for other in others:
            if not can_match(identities[number], identities[other]):
                continue
            match = compare(identities[number], identities[other])
            pair = Pair(persons[number], persons[other], match)
            if match.verdict != "different" and pair.uids not in told:
                found.append(pair)
    return _best(sorted(found, key=lambda pair: -pair.match.score))[:limit]


def pairs_of(desk: Desk, uid: str) -> list[Pair]:
    """The likeliest partners of one file, best first.

    Raises:
        NotFound: nobody has this uid.
    """
    person = people.get_person(desk, uid)
    documents = tuple(shelf.documents_of(desk.store, person.uid, desk.today))
    return [Pair(person, one.person, one.match) for one in people.likely_same(desk, person, documents)]


def is_open(desk: Desk, pair: Pair) -> bool:
    """Whether a pair is still to be decided: both files are there, and nobody said they are two people."""
    living = desk.store.live(Person, uid=pair.uids)
    return len(living) == len(pair.uids) and pair.uids not in distinct_pairs(desk)


class _Steps:
    """Counts steps and passes on every five hundredth."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress, self._total, self._done = progress, total, 0

    def step(self) -> None:
        if self._done % _STEP == 0:
            self._progress.step(self._done, self._total)
        self._done += 1


def _best(pairs: Iterable[Pair]) -> list[Pair]:
    """Pairs in their order, without those whose files both have enough better ones."""
    shown: Counter[str] = Counter()
    found = []
    for pair in pairs:
        if min(shown[uid] for uid in pair.uids) < _BEST:
            shown.update(pair.uids)
            found.append(pair)
    return found


def _near(identities: list[Identity], steps: _Steps) -> Iterator[list[int]]:
    """For each file the later ones worth comparing with it."""
    groups = list(_groups(identities, steps))
    keys: list[array[int]] = [array("i") for _identity in identities]
    for at, (_kind, group) in enumerate(groups):
        for number in group:
            keys[number].append(at)
    for number, own in enumerate(keys):
        shared: dict[int, set[str]] = defaultdict(set)
        for at in own:
            kind, group = groups[at]
            for other in reversed(group):
                if other <= number:
                    break
                shared[other].add(kind)
        yield sorted(other for other, kinds in shared.items() if len(kinds) > 1 or kinds <= _NUMBERS)


def _groups(identities: list[Identity], steps: _Steps) -> Iterator[tuple[str, array[int]]]:
    """Files that share a key, with its kind, in the order of the register.

    Most keys belong to one file, so a group is made for the second. Keys are held by their hash to keep the
    memory small; two keys with one hash cost a comparison more and nothing else.
    """
    holders: dict[int, int | tuple[str, array[int]]] = {}
    for number, identity in enumerate(identities):
        steps.step()
        for key in blocks(identity):
            mark = hash(key)
            held = holders.setdefault(mark, number)
            if isinstance(held, tuple):
                held[1].append(number)
            elif held != number:
                holders[mark] = (key[0], array("i", (held, number)))
    for held in holders.values():
        if isinstance(held, tuple) and len(held[1]) <= _CROWD:
            yield held


def _identities(desk: Desk, persons: list[Person]) -> list[Identity]:
    numbers: dict[str | None, list[str]] = defaultdict(list)
    for document in desk.store.live(TravelDocument):
        numbers[document.person].append(document.number)
    return [identity_of(person, tuple(numbers[person.uid])) for person in persons]
