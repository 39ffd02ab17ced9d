"""What the office or somebody it knows must do by a day, beside the terms of arrivals, permits and cases.

The monthly report of an employer with permits for foreigners, units of a quota that are held to a day, and the
application for a residence permit by who turned sixteen here. They stand in no record: they are asked when a list of
terms is opened, by index, and are over when what is due was done.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from migdesk.domain.case import Case
from migdesk.domain.errors import NotFound
from migdesk.domain.finding import Source
from migdesk.domain.kin import birthday
from migdesk.domain.person import Person
from migdesk.domain.quota import Quota, Reservation
from migdesk.domain.terms import OpenTerm, TermKind
from migdesk.i18n import N_, pick
from migdesk.rules.workdays import Deadline
from migdesk.services.desk import Desk
from migdesk.services.facts import case_answers
from migdesk.services.quotas import quotas
from migdesk.services.terms import employer_reports, monitoring
from migdesk.store import births
from migdesk.store import further_terms as shelf

OWN_FROM, RVP_TERM = "rvp.own_from", "rvp.after_16"
"""The age from which somebody needs a permit of his own, and the term that runs from that birthday: in the packs."""
OF_CASES = frozenset({TermKind.CHECK, TermKind.RELEASE})
"""Terms of watched cases."""
KINDS = frozenset({TermKind.REPORT, TermKind.RESERVED, TermKind.SIXTEEN}) | OF_CASES
_BEHIND = timedelta(days=120)
"""How long after it is still looked for who turned sixteen."""
_MOST = 2000


@dataclass(frozen=True, slots=True)
class Ground:
    """Why such a term ends on its day: its rule, the event (an English message) with its day, and the source."""

    rule: str
    event: str
    start: date | None = None
    deadline: Deadline | None = None
    source: Source | None = None
    version: str = ""


def find(desk: Desk, since: date, until: date) -> list[OpenTerm]:
    """The terms due between two days, the earliest first."""
    found = [*_reports(desk, since, until), *_reserved(desk, since, until), *_sixteen(desk, since, until)]
    found += monitoring.terms(desk, since, until)
    return sorted(found, key=lambda one: one.due)


def explain(desk: Desk, term: OpenTerm) -> Ground:
    """The rule and the event behind a term.

    Raises:
        NotFound: its record is gone.
    """
    if term.kind is TermKind.REPORT:
        month = term.due.replace(day=1)
        entry = desk.law.value_entry(employer_reports.DAY, term.due)
        service = desk.find_procedure(employer_reports.SERVICE, term.due)
        title = pick(service.title) if service else ""
        return Ground(title, N_("month of the report"), month, source=entry.citation.source)
    if term.kind is TermKind.RESERVED:
        held = desk.store.get(Reservation, term.record_uid)
        return Ground(_pot(desk, held), N_("units reserved"), held.reserved_on)
    if term.kind in OF_CASES:
        return _of_watch(desk, desk.store.get(Case, term.record_uid))
    person = desk.store.get(Person, term.record_uid)
    if person.birth_date is None:
        raise NotFound(person.uid)
    start = birthday(person.birth_date, _age(desk))
    rule, deadline = desk.law.term(RVP_TERM, start), desk.law.deadline(RVP_TERM, start)
    told = desk.law.quote(RVP_TERM, start)
    version = f"{RVP_TERM}, {told['pack']} {told['version']}"
    return Ground(pick(rule.title), N_("turned sixteen"), start, deadline, deadline.source, version)


def _of_watch(desk: Desk, case: Case) -> Ground:
    """A watched case is checked daily from its first day, by the act that it names."""
    watch, service = monitoring.watch_of(desk, case), case_answers.service_of(desk, case)
    began = watch.since if watch else None
    return Ground(pick(service.title), N_("daily checks begun"), began, source=service.citation.source)


def _pot(desk: Desk, held: Reservation) -> str:
    pot = quotas.pot_of(desk.store.get(Quota, held.quota or ""))
    return " · ".join(
        part for part in (desk.lists.label("kato", pot.region), pot.category, str(pot.year)) if part
    )


def _reports(desk: Desk, since: date, until: date) -> Iterator[OpenTerm]:
    """Of each employer the earliest report that is missing, of the last months and this one."""
    months = _months(desk.today)
    due = {month: employer_reports.due_day(desk, month) for month in months}
    wanted = [month for month in months if (day := due[month]) and since <= day <= until]
    if not wanted:
        return
    owed: dict[str, date] = {}
    filed = shelf.reports_since(desk.store, months[0])
    for month in months:
        last = employer_reports.last_day_of(month)
        for party in shelf.permits_between(desk.store, month, last):
            if due[month] and (party, month.isoformat()[:7]) not in filed:
                owed.setdefault(party, month)
    names = shelf.names_of_parties(desk.store, list(owed))
    for party, month in owed.items():
        if (day := due[month]) and month in wanted:
            yield OpenTerm(TermKind.REPORT, day, party, "", names.get(party, ""))


def _months(today: date) -> list[date]:
    """The first days of the months that are looked at, the earliest first."""
    found = [today.replace(day=1)]
    while len(found) < employer_reports.MONTHS:
        found.append((found[-1] - timedelta(days=1)).replace(day=1))
    return found[::-1]


def _reserved(desk: Desk, since: date, until: date) -> Iterator[OpenTerm]:
    """Units held to a day: to be used, renewed or released; after it they went back and wait for a word."""
    for held in shelf.held_until(desk.store, since, until, _MOST):
        person = desk.store.find(Person, held.person or "")
        name = person.full_name if person else held.reason
        assert held.held_until
        yield OpenTerm(TermKind.RESERVED, held.held_until, held.uid, held.person or "", name)


def _sixteen(desk: Desk, since: date, until: date) -> Iterator[OpenTerm]:
    """Foreigners here without a visa and a permit who turned sixteen: the application for a residence permit."""
    first = max(since, desk.today - _BEHIND) - timedelta(days=30)
    try:
        age = _age(desk)
    except NotFound:
        return
    for person in births.without_residence(desk.store, age, first, min(until, desk.today + _BEHIND)):
        assert person.birth_date
        try:
            due = desk.law.deadline(RVP_TERM, birthday(person.birth_date, age)).due
        except NotFound:
            continue
        if since <= due <= until:
            yield OpenTerm(TermKind.SIXTEEN, due, person.uid, person.uid, person.full_name)


def _age(desk: Desk) -> int:
    """The age in full years from which somebody needs a permit of his own.

    Raises:
        NotFound: the law of today knows none.
    """
    return int(desk.law.value(OWN_FROM, desk.today))
