"""Whether a foreigner may be here on a day, until when, and why.

Law: Government resolution 21.01.2012 No. 148 as amended by No. 1146 of 31.12.2022 (90 days in 180 from
27.01.2023). Two questions are open in the sources and answered by settings of the pack `stay`:
`stay.entry_day` (whether the day of entry is the first day of a stay) and `stay.window_method` (how 180 days
are cut). The cautious answer is the default and the other date is always named.

What is judged is the visit of the day or, after a departure, the last visit before it. The count is
advisory: the border service counts with its own software.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from migdesk.domain.arrival import StayBasis
from migdesk.domain.dates import show_day
from migdesk.domain.finding import Confidence, Finding, Severity, Source, note, warn
from migdesk.i18n import N_
from migdesk.rules.law import Law
from migdesk.rules.pack import JudgedOn, Regime, Window
from migdesk.rules.presence import Crossing, Span, Visit, WindowCount, days_of, plus, unite, without
from migdesk.rules.stay_question import PerEntry, StayJudgement, StayQuestion, WindowUse

ENTRY_DAY = "stay.entry_day"
WINDOW_METHOD = "stay.window_method"
OWN_CITIZEN = "KAZ"


def judge_stay(law: Law, question: StayQuestion, on: date) -> StayJudgement:
    """Judge presence on a day by the regime of the day of entry; odd crossings become findings.

    Raises:
        NotFound: the packs lack one of the two settings this check needs.
    """
    crossings, refused = _usable(question.crossings, on)
    visits = unite(crossings)
    visit = visits[-1] if visits else None
    entered = visit.entered if visit else on
    why = [*question.refused, *refused, *_contradictions(visits)]
    basis = StayBasis.CITIZEN if question.citizenship == OWN_CITIZEN else question.basis
    regime = law.regime(question.citizenship, basis, entered)
    if regime is None:
        return StayJudgement(None, None, None, why=(*why, _unknown(question, entered)))
    why += _about(law, regime, question, entered)
    if visit is None:
        why.append(note("stay.no_entry", N_("No entry before this day is known: there is no stay to judge.")))
    elif visit.left is not None and visit.left < on:
        message = N_("Left on {day}: the last stay is judged.")
        why.append(note("stay.left", message, day=show_day(visit.left)))
    if regime.ends != "days":
        return _by_document(regime, question, visit.last_day(on) if visit else on, why)
    return _Count(law, regime, question, visits, on).judgement(why)


def _usable(crossings: Sequence[Crossing], on: date) -> tuple[list[Crossing], list[Finding]]:
    """Crossings that can be counted; a departure before its entry or an entry after the day is left out."""
    usable, findings = [], []
    for position, one in enumerate(crossings, start=1):
        place = f"crossings[{position}]"
        if one.left is not None and one.left < one.entered:
            message = N_("Left on {left} before entering on {entered}: this crossing is not counted.")
            days = {"left": show_day(one.left), "entered": show_day(one.entered)}
            findings.append(warn("crossing.reversed", message, f"{place}.left", **days))
        elif one.entered > on:
            message = N_("Entered on {entered}, after the day of judgement: this crossing is not counted.")
            findings.append(
                warn("crossing.future", message, f"{place}.entered", entered=show_day(one.entered))
            )
        elif one.left is not None and one.left > on:
            message = N_("The departure of {left} has not come yet: the stay is counted as going on.")
            findings.append(warn("crossing.left_later", message, f"{place}.left", left=show_day(one.left)))
            usable.append(Crossing(one.entered))
        else:
            usable.append(one)
    return usable, findings


def _contradictions(visits: Sequence[Visit]) -> list[Finding]:
    message = N_(
        "Entered again on {again} without having left: a departure is missing or wrong."
        " The days from {entered} are counted as one stay."
    )
    return [
        warn("crossing.overlap", message, "crossings", again=show_day(again), entered=show_day(visit.entered))
        for visit in visits
        for again in sorted(set(visit.merged))
    ]


def _unknown(question: StayQuestion, entered: date) -> Finding:
    message = N_(
        "The program does not know how long a citizen of {country} may stay on this ground from {day}."
    )
    return warn(
        "stay.unknown_regime", message, "citizenship", country=question.citizenship, day=show_day(entered)
    )


def _about(law: Law, regime: Regime, question: StayQuestion, entered: date) -> list[Finding]:
    """What the regime is, on what it rests, and what is open about it."""
    source = regime.citation.source
    found = [Finding(Severity.NOTE, "stay.regime", source=source, texts=regime.title)]
    if regime.remark:
        found.append(Finding(Severity.NOTE, "stay.open", source=source, texts=regime.remark))
    if source.confidence is Confidence.UNVERIFIED:
        message = N_("This regime is from memory: compare it with the act before relying on it.")
        found.append(Finding(Severity.WARN, "stay.unverified", message, source=source))
    for other in law.other_regimes(question.citizenship, regime.basis, entered):
        found.append(
            Finding(
                Severity.WARN,
                "stay.other_regime",
                source=other.citation.source,
                texts=other.remark or other.title,
            )
        )
    facts = {
        "person_citizenship": question.citizenship,
        "stay_basis": regime.basis,
        "stay_regime": regime.code,
        "stay_entered_on": entered,
    }
    return [*found, *law.check(facts, {JudgedOn.EVENT: entered})]


def _by_document(regime: Regime, question: StayQuestion, judged: date, why: list[Finding]) -> StayJudgement:
    """A stay that ends with the term written in a document, or never."""
    until = question.valid_until
    if regime.ends == "never":
        if until is not None and until < judged:
            message = N_("The document of this status ended on {day}: it has to be renewed.")
            why.append(warn("stay.document_ended", message, "valid_until", day=show_day(until)))
        return StayJudgement(True, regime.code, None, why=tuple(why))
    if until is None:
        message = N_("The stay lasts as long as the document says: give the day until which it is valid.")
        why.append(warn("stay.no_term", message, "valid_until"))
        return StayJudgement(None, regime.code, None, why=tuple(why))
    if until < judged:
        why.append(_over(until, judged, regime.citation.source))
    return StayJudgement(judged <= until, regime.code, until, why=tuple(why))


def _over(last: date, judged: date, source: Source) -> Finding:
    message = N_("The last lawful day was {last}: {days} days over on {day}.")
    values = {"last": show_day(last), "days": (judged - last).days, "day": show_day(judged)}
    return Finding(Severity.BLOCK, "stay.over", message, None, values, source)


class _Count:
    """One stay counted in days: by its entry, by the window, and both for the visits before it."""

    def __init__(
        self, law: Law, regime: Regime, question: StayQuestion, visits: Sequence[Visit], on: date
    ) -> None:
        self._law = law
        self._regime = regime
        self._question = question
        self._visits = visits
        self._on = on
        self._method = law.setting(WINDOW_METHOD)
        self._counts_entry_day = law.setting(ENTRY_DAY) == "day_1"

    def judgement(self, why: list[Finding]) -> StayJudgement:
        """The answer, with every count explained in `why`."""
        window = self._window_use(why)
        if not self._visits:
            return StayJudgement(None, self._regime.code, None, None, window, why=tuple(why))
        visit = self._visits[-1]
        judged = visit.last_day(self._on)
        per_entry = self._per_entry(visit, judged, why)
        by_window = self._window_end(visit, per_entry)
        ends = [day for day in (per_entry.last_day if per_entry else None, by_window) if day is not None]
        last = min(ends, default=None)
        lawful = last is None or judged <= last
        if not lawful and last is not None:
            why.append(self._told(visit, judged, last, per_entry))
        why += self._earlier()
        shown = last if last is None or last >= visit.entered else None
        return StayJudgement(lawful, self._regime.code, shown, per_entry, window, why=tuple(why))

    def _per_entry(self, visit: Visit, judged: date, why: list[Finding]) -> PerEntry | None:
        limit = self._regime.per_entry
        if limit is None:
            return None
        earlier, later = plus(visit.entered, limit - 1), plus(visit.entered, limit)
        message = (
            N_(
                "{limit} days for this entry: the last day is {earlier} when the day of entry is counted,"
                " {later} when it is not. The earlier date is used."
            )
            if self._counts_entry_day
            else N_(
                "{limit} days for this entry: the last day is {earlier} when the day of entry is counted,"
                " {later} when it is not. By the office's setting the later date is used."
            )
        )
        values = {"limit": limit, "earlier": show_day(earlier), "later": show_day(later)}
        source = self._regime.citation.source
        why.append(Finding(Severity.NOTE, "stay.per_entry", message, None, values, source))
        used = (judged - visit.entered).days + int(self._counts_entry_day)
        return PerEntry(limit, used, earlier if self._counts_entry_day else later)

    def _count(self, window: Window, spans: Sequence[Span]) -> WindowCount:
        counted = without(spans, self._question.covered)
        return WindowCount(window, self._regime.count_from, self._method, counted)

    def _window_use(self, why: list[Finding]) -> WindowUse | None:
        window = self._regime.window
        if window is None or self._on < self._regime.count_from:
            return None
        used = self._count(window, days_of(self._visits, self._on)).used(self._on)
        found = WindowUse(window.limit, window.days, used, max(0, window.limit - used), self._method)
        message = (
            N_(
                "{used} of {limit} days used in the last {days} days, {remaining} remain. The count is advisory."
            )
            if self._method == "rolling"
            else N_(
                "{used} of {limit} days used in the {days} days that began with an entry, {remaining} remain."
                " The count is advisory."
            )
        )
        values = {"used": used, "limit": window.limit, "days": window.days, "remaining": found.remaining}
        why.append(Finding(Severity.NOTE, "stay.window", message, None, values, window.citation.source))
        return found

    def _window_end(self, visit: Visit, per_entry: PerEntry | None) -> date | None:
        """The last day the window allows if the person stays on; nothing when the entry's limit ends it first."""
        window = self._regime.window
        if window is None:
            return None
        staying = [*self._visits[:-1], Visit(visit.entered, None)]
        since = max(visit.entered, self._regime.count_from)
        until = per_entry.last_day if per_entry else plus(max(since, self._on), 2 * window.days)
        over = self._count(window, days_of(staying, date.max)).first_over(since, until)
        return plus(over, -1) if over else None

    def _told(self, visit: Visit, judged: date, last: date, per_entry: PerEntry | None) -> Finding:
        if last < visit.entered and self._regime.window:
            message = N_("All {limit} days were used before the entry of {entered}.")
            values = {"limit": self._regime.window.limit, "entered": show_day(visit.entered)}
            return Finding(
                Severity.BLOCK, "stay.used_up", message, None, values, self._regime.window.citation.source
            )
        disputed = per_entry is not None and self._counts_entry_day and last == per_entry.last_day
        if disputed and judged == last + timedelta(days=1):
            message = N_(
                "The last day was {last} if the day of entry is counted; this day is lawful only if it is not."
            )
            values = {"last": show_day(last)}
            return Finding(
                Severity.WARN, "stay.over_disputed", message, None, values, self._regime.citation.source
            )
        return _over(last, judged, self._regime.citation.source)

    def _earlier(self) -> list[Finding]:
        """A warning for each visit before the judged one that lasted longer than it might."""
        found = []
        message = N_(
            "The stay from {entered} to {left} was longer than allowed: the last lawful day was {last}."
        )
        for position, visit in enumerate(self._visits[:-1]):
            last = self._earlier_end(position)
            if visit.left is not None and last is not None and last < visit.left:
                days = {"entered": show_day(visit.entered), "left": show_day(visit.left)}
                found.append(warn("stay.earlier_over", message, "crossings", last=show_day(last), **days))
        return found

    def _earlier_end(self, position: int) -> date | None:
        visit = self._visits[position]
        regime = self._law.regime(self._question.citizenship, self._regime.basis, visit.entered)
        left = visit.last_day(self._on)
        if regime is None or any(
            start <= left and visit.entered <= end for start, end in self._question.covered
        ):
            return None
        end = None
        if regime.per_entry is not None:
            end = plus(visit.entered, regime.per_entry - int(self._counts_entry_day))
        if regime.window is None:
            return end
        count = self._count(regime.window, days_of(self._visits[: position + 1], self._on))
        since = max(visit.entered, regime.count_from)
        over = count.first_over(since, min(left, end) if end else left)
        return plus(over, -1) if over else end
