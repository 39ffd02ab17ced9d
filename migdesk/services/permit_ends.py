"""The day to which special regimes prolong a permit, kept beside the day that is written in it.

The day of the paper is never changed. What a regime makes of it is kept in a field of its own, and the later of the
two in a column with an index (`ends_on`): the terms of the day are counted every minute, and the list of permits is
narrowed and ordered by the day that counts. Over 300 000 permits that takes 2 ms by the index, and 60 to 220 ms
worked out row by row. The field is empty where no regime moves the day. It is settled in the op that writes a permit
or a citizenship, and by `law_counted` in one that changes the law. Documents stand in no list by their day: theirs is
worked out where they are shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from migdesk.domain.change import Op
from migdesk.domain.permit import Permit
from migdesk.rules.law import Law
from migdesk.rules.specials import Lasting, Specials
from migdesk.services import stay_ends
from migdesk.services.stay_ends import Office
from migdesk.store.database import Store
from migdesk.store.writer import Tx

FIELD, RULE = "lasts_until", "special"
"""The kept day of a permit, and what gives it is called among the effects of another law."""
_AT_ONCE = 400

_ROWS = """
SELECT t.uid, t.person, p.citizenship, t.kind, t.valid_until, t.lasts_until,
  t.state IN ('granted', 'extended') AND t.revoked_on IS NULL
FROM permit t JOIN person p ON p.uid = t.person
WHERE t.annulled_on IS NULL AND t.valid_until IS NOT NULL
"""


@dataclass(frozen=True, slots=True)
class Moved:
    """A permit that lasts to another day than the one kept; nothing is the day written in it."""

    uid: str
    person: str
    written: date
    before: date | None
    after: date | None


def settle(desk: Office, tx: Tx) -> None:
    """Give the permits of everybody whom an op touched the day to which regimes prolong them by now."""
    if not tx.stays_of or desk.law.specials.reach() is None:
        return
    people = sorted(tx.stays_of)
    for start in range(0, len(people), _AT_ONCE):
        for one in list(stale(desk.store, desk.law.specials, people[start : start + _AT_ONCE])):
            tx.settle(Permit, one.uid, FIELD, _iso(one.before), _iso(one.after))


def recount(desk: Office) -> int:
    """Count every kept day anew, as one op; how many changed. For an office that missed an op."""
    found = list(stale(desk.store, desk.law.specials))
    if found:
        with desk.write(Op.RECOUNT_STAYS) as tx:
            for one in found:
                tx.settle(Permit, one.uid, FIELD, _iso(one.before), _iso(one.after))
    return len(found)


def stale(store: Store, specials: Specials, people: Sequence[str] | None = None) -> Iterator[Moved]:
    """The permits, of some people or of all, whose kept day is not what these regimes make it."""
    first, last = specials.reach() or (date.max, date.min)
    in_reach = "(t.valid_until BETWEEN ? AND ? OR t.lasts_until IS NOT NULL)"
    args: list[object] = [_iso(first), _iso(last)]
    if people is None:
        rows = store.each(f"{_ROWS} AND {in_reach}", args)
    else:
        marks = ", ".join("?" * len(people))
        rows = iter(store.rows(f"{_ROWS} AND t.person IN ({marks}) AND {in_reach}", [*people, *args]))
    known: dict[tuple[str, str, str], date | None] = {}
    while some := list(islice(rows, _AT_ONCE)):
        for uid, person, citizenship, kind, until, kept, runs in some:
            written, before = date.fromisoformat(until), date.fromisoformat(kept) if kept else None
            key = (kind, citizenship, until)
            if key not in known:
                known[key] = _lasts(specials, kind, citizenship, written)
            after = known[key] if runs else None
            if after != before:
                yield Moved(uid, person, written, before, after)


def of_permit(kind: str, citizenship: str) -> Lasting:
    """What a regime is asked about a permit of a kind."""
    return Lasting(ground=stay_ends.basis_of(kind), permit=kind, citizenship=citizenship)


def of_law(law: Law, permit: Permit, citizenship: str) -> date | None:
    """The day to which the regimes of a law prolong a permit; nothing when they do not."""
    if permit.valid_until is None or not permit.runs or permit.revoked_on:
        return None
    return _lasts(law.specials, permit.kind, citizenship, permit.valid_until)


def _lasts(specials: Specials, kind: str, citizenship: str, written: date) -> date | None:
    last, used = specials.lasts(of_permit(kind, citizenship), written)
    return last if used else None


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
