"""Special regimes over ordinary law: until when something lasts, which days of a term do not run, what is waived.

A date written in a document is never changed: its effective last day is worked out here, each time. Regimes follow
one another, so what one prolongs may be prolonged again by the next; they overlap, and the latest day wins; they act
backwards, so what was unlawful on a day may have become lawful by a later act. `known_on` asks by what had been
announced on a day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from migdesk.rules.pack import Special, in_force


@dataclass(frozen=True, slots=True)
class Lasting:
    """What ends on a day: a stay on a `ground`, a `permit` of a kind, a `term`, or a document; and whose it is."""

    ground: str | None = None
    permit: str | None = None
    term: str | None = None
    document: bool = False
    citizenship: str = ""


class Specials:
    """The special regimes of the law in force."""

    def __init__(self, regimes: Iterable[Special]) -> None:
        self._all = sorted(regimes, key=lambda one: (one.since, one.announced, one.code))

    def __iter__(self) -> Iterator[Special]:
        return iter(self._all)

    def on(self, day: date) -> list[Special]:
        """Those that act on a day."""
        return [one for one in self._all if in_force(one, day)]

    def lasts(
        self, thing: Lasting, last: date, known_on: date | None = None
    ) -> tuple[date, tuple[Special, ...]]:
        """The effective last day of what ends on a day, and the regimes that moved it there, one after the other."""
        able = [one for one in self._known(known_on) if _covers(one, thing)]
        used: list[Special] = []
        while True:
            moved = [
                (until, one)
                for one in able
                if one not in used and one.covers.ends[0] <= last <= one.covers.ends[1]
                for until in [one.to or last + timedelta(days=one.days or 0)]
                if until > last
            ]
            if not moved:
                return last, tuple(used)
            last, best = max(moved, key=lambda pair: (pair[0], pair[1].code))
            used.append(best)

    def idle_days(self, term: str, start: date, due: date) -> list[Special]:
        """The regimes on whose days a term does not run, where they touch the days between its event and its end."""
        return [
            one
            for one in self._all
            if term in one.suspends and one.since <= due and (one.until is None or start < one.until)
        ]

    def waives(self, amount: str, on: date) -> Special | None:
        """The regime by which a sum is not levied for what happened on a day."""
        return next((one for one in self.on(on) if amount in one.waives), None)

    def closes(self, what: str, on: date) -> Special | None:
        """The regime by which a ground of entry, or a channel, is closed on a day."""
        return next((one for one in self.on(on) if what in one.closes), None)

    def _known(self, on: date | None) -> list[Special]:
        return [one for one in self._all if on is None or one.announced <= on]


def _covers(one: Special, thing: Lasting) -> bool:
    covers = one.covers
    meant = (
        (thing.document and covers.documents)
        or (thing.ground is not None and thing.ground in covers.grounds)
        or (thing.permit is not None and thing.permit in covers.permits)
        or (thing.term is not None and thing.term in covers.terms)
    )
    return meant and (not covers.citizens or thing.citizenship in covers.citizens)
