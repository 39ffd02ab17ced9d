"""Names in the other script: proposed by the letter table, and by what clerks of this office made of it before."""

from __future__ import annotations

from collections.abc import Iterator

from migdesk.domain.change import Done, Op
from migdesk.domain.letters import transliterate
from migdesk.domain.name_spelling import NameSpelling
from migdesk.domain.person import Person
from migdesk.services.desk import Desk
from migdesk.store.database import Store
from migdesk.store.writer import Tx

_KAZAKH = frozenset({"KAZ"})
_PARTS = (("surname", "surname_latin"), ("given", "given_latin"))


def scheme_of(citizenship: str) -> str:
    """The letter table by which names of a country's citizens are proposed."""
    return "kz" if citizenship in _KAZAKH else "icao"


def propose(store: Store, name: str, script: str, citizenship: str) -> str:
    """A surname or given name in the other script: as it was corrected here before, else by the letter table."""
    scheme = scheme_of(citizenship)
    words = name.split()
    made = _by_table(name, script, scheme).split()
    if len(made) != len(words):
        return " ".join(made)
    kept = [_kept(store, word, script, scheme) for word in words]
    return " ".join(one.spelled if one else plain for one, plain in zip(kept, made, strict=True))


def learn(tx: Tx, before: Person | None, person: Person) -> None:
    """Remember what became of the proposals for the names of a person who is being written; nothing else of him.

    Only names that are new in this write teach something, and only where both scripts have as many words.
    """
    scheme = scheme_of(person.citizenship)
    for cyrillic, latin in _PARTS:
        names = getattr(person, cyrillic), getattr(person, latin)
        if before and names == (getattr(before, cyrillic), getattr(before, latin)):
            continue
        _learn_name(tx, names[1], names[0], "cyrillic", scheme)
        _learn_name(tx, names[0], names[1], "latin", scheme)


def list_spellings(desk: Desk) -> list[NameSpelling]:
    """What is remembered, in the order of names."""
    return desk.store.live(NameSpelling, order="given, id")


def forget(desk: Desk, uid: str) -> Done[NameSpelling]:
    """From now on the letter table proposes again.

    Raises:
        NotFound: nothing has this uid.
    """
    spelling = desk.store.get(NameSpelling, uid)
    with desk.write(Op.FORGET_SPELLING) as tx:
        gone = tx.annul(spelling, spelling.spelled)
    return Done(gone, tx.changes)


def _learn_name(tx: Tx, given: str, spelled: str, script: str, scheme: str) -> None:
    for word, became, proposed in _aligned(given, spelled, script, scheme):
        known = _kept(tx, word, script, scheme)
        was = known.spelled if known else proposed
        if was.casefold() == became.casefold():
            continue  # what was proposed was taken: counting that would write at every arrival
        if known:
            tx.put(known, spelled=became)
        else:
            tx.put(NameSpelling(given=word.casefold(), script=script, scheme=scheme, spelled=became))


def _aligned(given: str, spelled: str, script: str, scheme: str) -> Iterator[tuple[str, str, str]]:
    """Word by word: as given, as it is written here, as the table would write it."""
    words, became = given.split(), spelled.split()
    proposed = _by_table(given, script, scheme).split() if words and became else []
    if len(words) == len(became) == len(proposed):
        yield from zip(words, became, proposed, strict=True)


def _by_table(name: str, script: str, scheme: str) -> str:
    if script == "cyrillic":
        return transliterate(name.title(), script, scheme)[0]
    return transliterate(name, script, scheme)[0].upper()


def _kept(source: Store | Tx, word: str, script: str, scheme: str) -> NameSpelling | None:
    found = source.live(NameSpelling, given=word.casefold(), script=script, scheme=scheme)
    return found[0] if found else None
