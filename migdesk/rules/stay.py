"""Whether a foreigner may be here on a day, until when, and why.

Law: Government resolution 21.01.2012 No. 148 as amended by No. 1146 of 31.12.2022 (90 days in 180 from
27.01.2023). Two questions are open in the sources and answered by settings of the pack `stay`:
`stay.entry_day` (whether the day of entry is the first day of a stay) and `stay.window_method` (how 180 days
are cut). The cautious answer is the default and the other date is always named. The one day that is lawful by the
other reading only is not lawful by the cautious one until the office chooses otherwise; the finding names
both readings.

What is judged is the visit of the day or, after a departure, the last visit before it. The count is
advisory: the border service counts with its own software.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from migdesk.domain.arrival import StayBasis
from migdesk.domain.dates import show_day
from migdesk.domain.finding import Confidence, Finding, Severity, note, warn
from migdesk.i18n import N_
from migdesk.rules.law import Law
from migdesk.rules.pack import JudgedOn
from migdesk.rules.presence import Crossing, Visit, unite
from migdesk.rules.stay_count import DayCount, Visited, disputed, extended, over_stayed
from migdesk.rules.stay_question import StayJudgement, StayQuestion

OWN_CITIZEN = "KAZ"
_REVERSED = "crossing.reversed"
_LEFT_OUT = frozenset({"crossing.unreadable", _REVERSED})


def judge_stay(law: Law, question: StayQuestion, on: date) -> StayJudgement:
    """Judge presence on a day by the regime of the day of entry; odd crossings become findings.

    A crossing that had to be left out makes the answer unknown wherever it could change it: one whose days stand in
    the wrong order is tried with its days exchanged too, and of one that cannot be read nothing is known. So does a
    limit of which the sources are not sure.

    Raises:
        NotFound: the packs lack one of the two settings this check needs.
    """
    crossings, refused = usable(question.crossings, on)
    visits = unite(crossings)
    entered = visits[-1].entered if visits else on
    told = [*question.refused, *refused, *_contradictions(visits)]
    basis = StayBasis.CITIZEN if question.citizenship == OWN_CITIZEN else question.basis
    regime = law.regime(question.citizenship, basis, entered)
    if regime is None:
        return StayJudgement(None, None, None, why=(*told, _unknown(question, entered)))
    stay = Visited(law, regime, question, tuple(visits), on)
    found = _judge(stay, [*told, *_about(stay, entered), *_which_visit(stay)])
    counted_anyway = regime.ends == "never" or (regime.ends == "document" and _lasts(question, on))
    left_out = {one.code for one in told} & _LEFT_OUT
    if counted_anyway or not left_out or (left_out == {_REVERSED} and _same_turned(law, question, on, found)):
        return found
    return _with_gaps(found, stay.visit)


def _same_turned(law: Law, question: StayQuestion, on: date, found: StayJudgement) -> bool:
    """Whether the answer is the same with the days of reversed crossings exchanged."""
    crossings = [
        one if one.left is None or one.left >= one.entered else Crossing(one.left, one.entered)
        for one in question.crossings
    ]
    other = judge_stay(law, replace(question, crossings=tuple(crossings)), on)
    return (other.lawful, other.last_lawful_day) == (found.lawful, found.last_lawful_day)


def _lasts(question: StayQuestion, on: date) -> bool:
    return question.valid_until is not None and question.valid_until >= on


def _which_visit(stay: Visited) -> list[Finding]:
    visit = stay.visit
    if visit is None:
        return [note("stay.no_entry", N_("No entry before this day is known: there is no stay to judge."))]
    if visit.left is not None and visit.left < stay.on:
        message = N_("Left on {day}: the last stay is judged.")
        return [note("stay.left", message, day=show_day(visit.left))]
    return []


def _judge(stay: Visited, why: list[Finding]) -> StayJudgement:
    regime, question = stay.regime, stay.question
    if regime.ends == "unknown":
        return StayJudgement(None, regime.code, None, why=tuple(why))
    if regime.ends != "days":
        return _by_document(stay, why)
    found = DayCount(stay).judgement(why)
    entered = stay.visit.entered if stay.visit else stay.on
    others = stay.law.other_regimes(question.citizenship, regime.basis, entered)
    if found.lawful is False:
        for other in others:
            if DayCount(replace(stay, regime=other)).judgement([]).lawful is not False:
                return disputed(found, other.citation.source)
    return found


def _with_gaps(found: StayJudgement, visit: Visit | None) -> StayJudgement:
    """A crossing that was left out may be the one that counts: only a stay that is over may still be unlawful."""
    ended = visit is not None and visit.left is not None
    if found.lawful is None or (found.lawful is False and ended):
        return found
    message = N_("A crossing is left out, so the stay cannot be judged: correct it and ask again.")
    why = (*found.why, warn("stay.gap", message, "crossings"))
    return replace(found, lawful=None, last_lawful_day=None, why=why)


def usable(crossings: Sequence[Crossing], on: date) -> tuple[list[Crossing], list[Finding]]:
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


def _about(stay: Visited, entered: date) -> list[Finding]:
    """What the regime is, on what it rests, and what is open about it."""
    regime, citizenship = stay.regime, stay.question.citizenship
    source = regime.citation.source
    found = [Finding(Severity.NOTE, "stay.regime", source=source, texts=regime.title)]
    if regime.remark:
        severity = Severity.WARN if regime.ends == "unknown" else Severity.NOTE
        found.append(Finding(severity, "stay.open", source=source, texts=regime.remark))
    if source.confidence is Confidence.UNVERIFIED:
        message = N_("This regime is from memory: compare it with the act before relying on it.")
        found.append(Finding(Severity.WARN, "stay.unverified", message, source=source))
    for other in stay.law.other_regimes(citizenship, regime.basis, entered):
        texts = other.remark or other.title
        found.append(Finding(Severity.WARN, "stay.other_regime", source=other.citation.source, texts=texts))
    facts = {
        "person_citizenship": citizenship,
        "stay_basis": regime.basis,
        "stay_regime": regime.code,
        "stay_entered_on": entered,
    }
    return [*found, *stay.law.check(facts, {JudgedOn.EVENT: entered})]


def _by_document(stay: Visited, why: list[Finding]) -> StayJudgement:
    """A stay that ends with the term written in a document, or never."""
    regime, until, judged = stay.regime, stay.question.valid_until, stay.judged
    if regime.ends == "never":
        if until is not None and until < judged:
            message = N_("The document of this status ended on {day}: it has to be renewed.")
            why.append(warn("stay.document_ended", message, "valid_until", day=show_day(until)))
        return StayJudgement(True, regime.code, None, why=tuple(why))
    if until is None:
        message = N_("The stay lasts as long as the document says: give the day until which it is valid.")
        why.append(warn("stay.no_term", message, "valid_until"))
        return StayJudgement(None, regime.code, None, why=tuple(why))
    last, extended_by = extended(stay, until, why)
    if last < judged:
        why.append(over_stayed(last, judged, regime.citation.source))
    found = StayJudgement(judged <= last, regime.code, last, extended_by=extended_by, why=tuple(why))
    return replace(found, own_last_day=until if extended_by else None)
