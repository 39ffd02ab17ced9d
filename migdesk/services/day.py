"""The day: what is due, overdue and coming, the quota at a glance, arrivals of the last weeks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from migdesk.domain.arrival import Arrival, StayBasis
from migdesk.domain.case import Case, CaseAppeal, CaseStep
from migdesk.domain.errors import NotFound
from migdesk.domain.finding import Source
from migdesk.domain.permit import Permit
from migdesk.domain.person import Person
from migdesk.domain.terms import NEAR, SOON, OpenTerm, TermKind
from migdesk.i18n import N_, Worded, _, pick
from migdesk.rules.pack import REMIND
from migdesk.rules.workdays import Deadline
from migdesk.services import shortened, stay_ends
from migdesk.services.desk import Desk
from migdesk.services.facts import case_answers
from migdesk.services.facts.appeal_terms import is_entered
from migdesk.services.families import coming_of_age
from migdesk.services.payments import money_terms
from migdesk.services.quotas import quotas
from migdesk.services.quotas.quotas import PotState
from migdesk.services.stays import prolonged
from migdesk.services.stays.prolonged import Prolonged
from migdesk.services.terms import further_terms
from migdesk.services.terms.arrival_terms import begun_by
from migdesk.store import arrivals as homes
from migdesk.store import reports, terms

LONG_AGO = date(2000, 1, 1)
_LINES = 200
_WEEKS = 12


@dataclass(frozen=True, slots=True)
class Counters:
    """How many open terms are overdue, due today, and due within 7 and 30 days; and unfinished files."""

    overdue: int
    today: int
    week: int
    month: int
    unfinished: int


@dataclass(frozen=True, slots=True)
class Day:
    """What the first page shows."""

    on: date
    counters: Counters
    terms: tuple[OpenTerm, ...]
    pots: tuple[PotState, ...]
    weeks: tuple[tuple[date, int], ...]


def count_day(desk: Desk) -> Counters:
    """The counters alone, for the status bar."""
    on, store = desk.today, desk.store
    further = [one.due for one in further_terms.find(desk, LONG_AGO, on + SOON)]

    def count(since: date, until: date) -> int:
        own = sum(since <= due <= until for due in further)
        return own + terms.count_terms(store, since, until, today=on)

    tomorrow = on + timedelta(days=1)
    return Counters(
        overdue=count(LONG_AGO, on - timedelta(days=1)),
        today=count(on, on),
        week=count(tomorrow, on + NEAR),
        month=count(tomorrow, on + SOON),
        unfinished=homes.count_unfinished(store),
    )


def open_day(desk: Desk) -> Day:
    """Everything the first page shows, in a handful of index reads."""
    on = desk.today
    return Day(
        on=on,
        counters=count_day(desk),
        terms=tuple(list_terms(desk)),
        pots=tuple(quotas.list_pots(desk, on.year)),
        weeks=tuple(reports.arrivals_by_week(desk.store, on, _WEEKS)),
    )


def list_terms(
    desk: Desk, *, since: date = LONG_AGO, until: date | None = None, limit: int = _LINES
) -> list[OpenTerm]:
    """Open terms, overdue first; up to 30 days ahead when no end is given.

    A list without an end, or one that looks further, also has the reminders of children who come of age.
    """
    last = until or desk.today + SOON
    found = terms.open_terms(desk.store, since, last, limit=limit, today=desk.today)
    found += further_terms.find(desk, since, last)
    if until is None or until >= coming_of_age.horizon(desk):
        found += coming_of_age.reminders(desk, limit=limit)
    return sorted(found, key=lambda one: one.due)[:limit]


def code_of(desk: Desk, term: OpenTerm) -> str | None:
    """The code of an arrival's term in the law; the others end on a day written in a record."""
    arrival = desk.store.find(Arrival, term.record_uid)
    begun = begun_by(arrival) if arrival else ()
    return next((one.code for one in begun if one.field == f"{term.kind}_due"), None)


@dataclass(frozen=True, slots=True)
class TermWhy:
    """Why an open term ends on its day.

    `rule` is the title of what sets it, in the current language; `event` an English message that says what
    `start` was; `deadline` is the count of days when the law counts them, nothing for a day written in a paper.
    """

    term: OpenTerm
    rule: str
    event: str
    start: date | None = None
    deadline: Deadline | None = None
    source: Source | None = None
    version: str = ""
    """Code of the rule that was counted by, its pack and version; nothing for a day written in a paper."""
    remind: tuple[int, ...] = REMIND
    """How many days before its last day the term is announced, the farthest first."""
    prolonged: Prolonged | None = None
    """The day that is written and the one that counts, where special regimes moved it."""
    counted_from_entry: bool = False
    """The regime of stay gives so many days from the entry: no paper has this day."""

    def step(self, today: date) -> int | None:
        """The step of announcing that has been reached; nothing before the first, or when it is overdue."""
        left = (self.term.due - today).days
        return min((one for one in self.remind if one >= left), default=None) if left >= 0 else None

    @property
    def moved_to(self) -> date | None:
        """The day by the calendar of now, when it is another than the one that was kept."""
        due = self.deadline.due if self.deadline else self.term.due
        return due if due != self.term.due else None


def explain_term(desk: Desk, term: OpenTerm) -> TermWhy:
    """The rule, the event and the days behind a term, by the law of the day on which it began.

    Raises:
        NotFound: its record is gone.
    """
    if term.kind is TermKind.OF_AGE:
        return _why_of_age(desk, term)
    if term.kind in further_terms.KINDS | money_terms.KINDS:
        told = further_terms if term.kind in further_terms.KINDS else money_terms
        why = told.explain(desk, term)
        return TermWhy(term, why.rule, why.event, why.start, why.deadline, why.source, why.version)
    if term.kind is TermKind.CASE:
        return _why_case(desk, term, desk.store.get(Case, term.record_uid))
    if term.kind is TermKind.APPEAL:
        return _why_appeal(desk, term, desk.store.get(Case, term.record_uid))
    if term.kind is TermKind.PERMIT:
        return _why_permit(desk, term, desk.store.get(Permit, term.record_uid))
    arrival = desk.store.get(Arrival, term.record_uid)
    if term.kind is TermKind.STAY:
        return _why_stay(desk, term, arrival)
    began = next((one for one in begun_by(arrival) if one.field == f"{term.kind}_due"), None)
    if began is None:
        return TermWhy(term, "", N_("arrived at the address"), arrival.arrived_on)
    return _counted(desk, term, began.code, began.event, began.start)


def source_of(desk: Desk, term: OpenTerm) -> Source | None:
    """The law behind a term: of its rule on the day the term began."""
    return explain_term(desk, term).source


def _counted(desk: Desk, term: OpenTerm, code: str, event: str, start: date | None) -> TermWhy:
    """A term that the law counts from an event; one it did not know on that day is told without a count."""
    if start is None:
        return TermWhy(term, "", event)
    try:
        rule, deadline = desk.law.term(code, start), desk.law.deadline(code, start)
    except NotFound:
        return TermWhy(term, "", event, start)
    version = _version(desk, code, start)
    return TermWhy(term, pick(rule.title), event, start, deadline, deadline.source, version, rule.remind)


def _version(desk: Desk, code: str, on: date) -> str:
    """Code, pack and version of the rule that was counted by."""
    told = desk.law.quote(code, on)
    return f"{code}, {told['pack']} {told['version']}"


def _why_case(desk: Desk, term: OpenTerm, case: Case) -> TermWhy:
    start, event = case.applied_on, N_("application taken")
    service = desk.find_procedure(case.service, start) if start else None
    ruled = [one.outcome_on for one in desk.store.live(CaseAppeal, case=case.uid) if one.outcome_on]
    if ruled and service:
        return TermWhy(term, pick(service.title), N_("an appeal reversed the decision"), ruled[-1])
    if service is None:
        return TermWhy(term, "", event, start)
    if service.term is None:
        return TermWhy(term, pick(service.title), event, start, None, service.citation.source)
    return _counted(desk, term, service.term, event, start)


def _why_of_age(desk: Desk, term: OpenTerm) -> TermWhy:
    """A reminder of the program: counted from the birth, asked by no act."""
    person = desk.store.get(Person, term.record_uid)
    born = person.birth_date.latest() if person.birth_date else None
    source = desk.law.value_entry(coming_of_age.AHEAD, desk.today).citation.source
    return TermWhy(term, _(TermKind.labels()[term.kind]), N_("born"), born, None, source)


def explain_step(desk: Desk, uid: str, code: str) -> TermWhy:
    """The rule, the event and the days behind the due day of a step of a case.

    Raises:
        NotFound: no such case, or its step has no due day.
    """
    case = desk.store.get(Case, uid)
    service = case_answers.service_of(desk, case)
    step = next((one for one in service.steps if one.code == code and one.term), None)
    if step is None or step.term is None:
        raise NotFound(code)
    start, event = case.applied_on, N_("application taken")
    if step.after:
        done = desk.store.live(CaseStep, case=uid, code=step.after)
        start = done[0].done_on if done else None
        event = next((Worded(one.title) for one in service.steps if one.code == step.after), event)
    due = desk.law.deadline(step.term, start).due if start else desk.today
    term = OpenTerm(TermKind.CASE, due, uid, case.person or "", case.number)
    return _counted(desk, term, step.term, event, start)


def _why_appeal(desk: Desk, term: OpenTerm, case: Case) -> TermWhy:
    """The term of an appeal runs from the decision, by the law; or its last day was given with the decision."""
    service = desk.find_procedure(case.service, case.applied_on or desk.today)
    decision = service.decision(case.decision) if service else None
    event, on, code = N_("decided"), case.decided_on, decision.appeal_term if decision else None
    if not on or not code or not is_entered(desk.law, code, on):
        return TermWhy(term, _(N_("given by hand with the decision")), event, on)
    return _counted(desk, term, code, event, on)


def _why_permit(desk: Desk, term: OpenTerm, permit: Permit) -> TermWhy:
    """A permit ends on the day written in it, or lasts longer by special regimes; the act is that of its kind."""
    kind = desk.lists.items("permit_kinds").get(permit.kind)
    rule, source = (kind.label, kind.source) if kind else (permit.kind, None)
    start, said = permit.granted_on or permit.valid_from, kind.more.get("remind", "") if kind else ""
    remind = tuple(map(int, said.split())) or REMIND
    person = desk.store.find(Person, permit.person or "")
    longer = prolonged.of_permit(desk.law, permit, person.citizenship) if person else None
    event = N_("permit granted")
    return TermWhy(term, rule, event, start, None, source, remind=remind, prolonged=longer)


def _why_stay(desk: Desk, term: OpenTerm, arrival: Arrival) -> TermWhy:
    """A stay ends by the regime of the day of entry, or by that of the permit that carries it on."""
    person = desk.store.get(Person, term.person_uid)
    start, event = arrival.entered_on or arrival.arrived_on, N_("crossed the border")
    basis = arrival.basis or StayBasis.VISA_FREE
    if ground := stay_ends.ground_of(desk, person, term.due):
        basis, start, event = ground.basis, ground.since or start, N_("permit granted")
    regime = desk.law.regime(person.citizenship, basis, start) if start else None
    if regime is None:
        return TermWhy(term, "", event, start)
    source, longer = regime.citation.source, None
    if own := ground.until if ground else arrival.stay_until:
        longer = prolonged.of_stay(
            desk.law, (basis, ground.kind if ground else None), person.citizenship, own
        )
    longer = longer if longer and longer.lasts == term.due else None
    title = pick(regime.title)
    why = TermWhy(term, title, event, start, None, source, remind=regime.remind, prolonged=longer)
    written = ground or longer or term.due == arrival.stay_until or not arrival.entered_on
    is_cut = shortened.cuts_of(desk.store, [person.uid])
    return why if written or is_cut else replace(why, counted_from_entry=True)
