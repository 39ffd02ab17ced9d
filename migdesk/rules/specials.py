"""Special regimes over ordinary law: until when something lasts, which days of a term do not run, what is waived.

A date written in a document is never changed: its effective last day is worked out here, each time. Regimes follow
one another, so what one prolongs may be prolonged again by the next; they overlap, and the latest day wins; they act
backwards, so what was unlawful on a day may have become lawful by a later act. `known_on` asks by what had been
announced on a day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from heapq import heappop, heappush

from migdesk.domain.datasound import LAST_YEAR
from migdesk.domain.fields import Field
from migdesk.domain.finding import Finding, Severity
from migdesk.rules.asked import AskedField
from migdesk.rules.pack import Special, in_force
from migdesk.rules.procedure import Paper, Procedure, ServiceField

LAST_DAY = date(LAST_YEAR, 12, 31)
"""No regime moves anything farther: a law that says more is a slip of the pen."""


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

    def known_on(self, day: date) -> Specials:
        """Those that had been announced by a day."""
        return Specials(one for one in self._all if one.announced <= day)

    def on(self, day: date) -> list[Special]:
        """Those that act on a day."""
        return [one for one in self._all if in_force(one, day)]

    def about(self, day: date, codes: Iterable[str] = ()) -> list[Special]:
        """Those that act on a day, and those of the codes that are named."""
        named = set(codes)
        return [one for one in self._all if in_force(one, day) or one.code in named]

    def moving(self, day: date) -> list[str]:
        """The codes of those that move what ended by a day to that day or beyond."""
        able = (one for one in self._all if one.to or one.days)
        return [one.code for one in able if one.covers.ends[0] <= day <= _farthest(one)]

    def lasts(
        self, thing: Lasting, last: date, known_on: date | None = None
    ) -> tuple[date, tuple[Special, ...]]:
        """The effective last day of what ends on a day, and the regimes that moved it there, one after the other."""
        return prolonged([one for one in self._known(known_on) if _covers(one, thing)], last)

    def pausing(self, term: str, start: date) -> list[Special]:
        """The regimes on whose days after an event a term does not run."""
        return [one for one in self._all if term in one.suspends and (one.until is None or start < one.until)]

    def waives(self, amount: str, on: date) -> Special | None:
        """The regime by which a sum is not levied for what happened on a day."""
        return next((one for one in self.on(on) if amount in one.waives), None)

    def closes(self, what: str, on: date, citizenship: str = "") -> Special | None:
        """The regime by which a ground of entry, or a channel, is closed on a day, to a citizen of a country."""
        return next((one for one in self.on(on) if what in one.closes and _meant(one, citizenship)), None)

    def eased(self, rule: str, on: date, citizenship: str = "") -> Special | None:
        """The regime by which a rule only warns on a day of what it would stop."""
        return next((one for one in self.on(on) if rule in one.eases and _meant(one, citizenship)), None)

    def easing(self, found: Iterable[Finding], days: Iterable[date], citizenship: str) -> list[Finding]:
        """Findings of rules, where a regime of one of the days eases one as a warning with the regime behind it."""
        told, on = [], tuple(days)
        for one in found:
            eased = (self.eased(one.code, day, citizenship) for day in on)
            by = next((each for each in eased if each), None) if one.severity is Severity.BLOCK else None
            if by is None:
                told.append(one)
                continue
            act = Finding(
                Severity.NOTE, "rule.eased", "", one.field, source=by.citation.source, texts=by.title
            )
            told += [replace(one, severity=Severity.WARN), act]
        return told

    def asking(self, service: Procedure, on: date) -> Procedure:
        """A public service as it was on a day, with the papers and questions that regimes add to it on that day."""
        papers = [_paper(one, at) for one in self.on(on) for at in range(len(one.papers))]
        asked = [
            (one, field) for one in self.on(on) for field in one.fields if service.code in field.services
        ]
        known, keys = {one.code for one in service.papers}, {one.code for one in service.fields}
        more = {
            paper.code: paper
            for paper, services in papers
            if service.code in services and paper.code not in known
        }
        put = {
            field.key: _question(one, field.key, field.field) for one, field in asked if field.key not in keys
        }
        if not more and not put:
            return service
        return replace(
            service, papers=(*service.papers, *more.values()), fields=(*service.fields, *put.values())
        )

    def reach(self) -> tuple[date, date] | None:
        """The days from the first to the last on which what ends may be moved, or to which it may be moved."""
        able = [one for one in self._all if one.to or one.days]
        if not able:
            return None
        return min(one.covers.ends[0] for one in able), max(_farthest(one) for one in able)

    def _known(self, on: date | None) -> list[Special]:
        return [one for one in self._all if on is None or one.announced <= on]


def prolonged(able: Iterable[Special], last: date) -> tuple[date, tuple[Special, ...]]:
    """The day to which regimes move a last day: each in turn the farthest of those that cover the day so far.

    A day only moves forward, so a regime is looked at when the day first comes to it, and never after it has passed.
    """
    coming = sorted(able, key=lambda one: one.covers.ends[0], reverse=True)
    rank = {id(one): at for at, one in enumerate(sorted(coming, key=lambda one: one.code, reverse=True))}
    fixed: list[tuple[int, int, Special]] = []
    more: list[tuple[int, int, Special]] = []
    used: list[Special] = []
    while True:
        while coming and coming[-1].covers.ends[0] <= last:
            one = coming.pop()
            key = (-one.to.toordinal(), fixed) if one.to else (-(one.days or 0), more)
            heappush(key[1], (key[0], rank[id(one)], one))
        best = [queue for queue in (fixed, more) if _drop_passed(queue, last)]
        if not best:
            return last, tuple(used)
        queue = max(best, key=lambda queue: (_moved(queue[0][2], last), queue[0][2].code))
        used.append(queue[0][2])
        last = _moved(heappop(queue)[2], last)


def _drop_passed(queue: list[tuple[int, int, Special]], last: date) -> bool:
    """Whether a regime is left at the head of a queue that covers a last day and moves it on."""
    while queue and (queue[0][2].covers.ends[1] < last or _moved(queue[0][2], last) <= last):
        heappop(queue)
    return bool(queue)


def _moved(one: Special, last: date) -> date:
    """To what day a regime moves a last day that it covers."""
    days = one.days or 0
    return one.to or (LAST_DAY if days > (LAST_DAY - last).days else last + timedelta(days=days))


def _covers(one: Special, thing: Lasting) -> bool:
    covers = one.covers
    meant = (
        (thing.document and covers.documents)
        or (thing.ground is not None and thing.ground in covers.grounds)
        or (thing.permit is not None and thing.permit in covers.permits)
        or (thing.term is not None and thing.term in covers.terms)
    )
    return meant and _meant(one, thing.citizenship)


def _meant(one: Special, citizenship: str) -> bool:
    return not one.covers.citizens or citizenship in one.covers.citizens


def bears_on(one: Special, citizenship: str, things: Iterable[Lasting]) -> bool:
    """Whether a regime may do something for a citizen of a country with these things.

    With citizens it covers, closes and eases for them alone; what it suspends, waives and asks for is for everybody.
    """
    if one.suspends or one.waives or one.papers or one.fields or any(_covers(one, thing) for thing in things):
        return True
    return _meant(one, citizenship) and bool(one.closes or one.eases or one.covers.terms)


def _farthest(one: Special) -> date:
    return one.to or _moved(one, min(one.covers.ends[1], LAST_DAY))


def _paper(one: Special, at: int) -> tuple[Paper, frozenset[str]]:
    added = one.papers[at]
    paper = Paper(
        code=added.code,
        title=added.title,
        required=added.required,
        remark=added.remark,
        valid_days=None,
        when=None,
        citation=one.citation,
        since=one.since,
        until=one.until,
    )
    return paper, added.services


def _question(one: Special, key: str, field: Field) -> ServiceField:
    asked = AskedField(key, field, (), one.citation)
    return ServiceField(asked, (), None, None, None, one.since, one.until)
