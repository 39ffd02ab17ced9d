"""What a case makes due: its fee and the support of its decision, with the facts that the case knows.

A fee that is paid before the decision falls due with the filing; any other, and the support, with the decision, in
the same op. A sum to each person, or once to the family (`for_family`), for so many months; a fee by regions is paid
to the budget of each (order 30.06.2023 No. 279 [V]), a row for each. What neither the case nor
its answers, people, employer or address tell is asked for by its name; a sum up to a ceiling that is not known yet is
entered later.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from migdesk.domain.arrival import Arrival
from migdesk.domain.case import Case
from migdesk.domain.finding import Finding, Severity, block, blocking, note, warn
from migdesk.domain.money import grouped
from migdesk.domain.party import Address
from migdesk.domain.payment import PaidBy, Payment, PaymentState
from migdesk.domain.permit import Permit
from migdesk.domain.person import Person
from migdesk.i18n import N_, pick
from migdesk.rules.law import NotInForce
from migdesk.rules.pack import AmountRule
from migdesk.rules.procedure import DECISION, FAVOURABLE, Procedure
from migdesk.services import work_regions
from migdesk.services.desk import Desk
from migdesk.services.facts import case_answers
from migdesk.services.facts.members import persons_of
from migdesk.services.laws.law_book import Book
from migdesk.services.laws.law_words import asked_name, asked_value
from migdesk.services.matter import Matter, Verdict
from migdesk.services.payments import fees, granted, payments
from migdesk.services.payments.payments import Demand
from migdesk.store.writer import Tx

REGIONS = "regions"
"""What a sum asks for that is paid to the budget of each region: a permit for several makes a row for each."""

SUM = "sum"
"""The name under which the actual sum of a rule that is a ceiling is given."""

PLACE = "given"
"""Where findings about what is missing point to."""

_OKED = "oked"
_URBAN, _RURAL = ("city", "city_rep"), ("village", "rural_okrug")


@dataclass(frozen=True, slots=True)
class Owed:
    """One sum that a case makes due: what to put into the register, and the names of what is not known."""

    demand: Demand
    rule: AmountRule
    missing: tuple[str, ...] = ()
    is_of_region: bool = False
    """One of the rows of several regions: words name which."""

    @property
    def title(self) -> str:
        """What the sum is for, in the current language."""
        return pick(self.rule.title)

    @property
    def is_open(self) -> bool:
        """Whether only the actual sum is unknown: it may be entered when it is."""
        return self.missing == (SUM,)


def by_decision(matter: Matter) -> list[Owed]:
    """What a decision in somebody's favour makes due."""
    decision, service = matter.decision, matter.service
    if decision.does not in FAVOURABLE:
        return []
    codes = list(decision.payments)
    if decision.fee and service.fee_before != DECISION:
        codes.append(decision.fee)
    return _owed(matter.desk, matter.case, service, codes, matter.day, matter.verdict.given)


def by_filing(desk: Desk, case: Case, service: Procedure) -> list[Owed]:
    """The fee that is paid before the decision."""
    if service.fee is None or service.fee_before != DECISION:
        return []
    return _owed(desk, case, service, [service.fee], case.applied_on or desk.today, {})


def asked(desk: Desk, case: Case, service: Procedure) -> dict[str, tuple[str, ...]]:
    """What the sums of decisions in favour ask for and the case does not tell: names with the words allowed."""
    found: dict[str, tuple[str, ...]] = {}
    for decision in service.decisions:
        matter = Matter(desk, case, service, decision, Verdict(decision.code))
        for one in by_decision(matter):
            found |= {name: one.rule.asks.get(name, ()) for name in one.missing}
    return found


def check(matter: Matter) -> list[Finding]:
    """What becomes due by a decision, and what is missing to work it out."""
    found, told, codes = list[Finding](), list[str](), list[str]()
    for one in by_decision(matter):
        codes.append(one.rule.code)
        if one.missing:
            found += [_asked(matter.desk, one, name) for name in one.missing]
            told.append(one.title)
            continue
        if _is_written(matter, one):
            message = N_("{title}: in the register of payments already.")
            found.append(note("owed.written", message, None, title=one.title))
            continue
        wrong = payments.check_demand(matter.desk, one.demand)
        found += [each for each in wrong if each not in found]
        told.append(one.title if blocking(wrong) else _words(matter.desk, one))
    if told:
        titles, all_codes = "; ".join(dict.fromkeys(told)), " ".join(dict.fromkeys(codes))
        message = N_("Becomes due: {titles}.")
        found.append(note("payments_due", message, None, titles=titles, codes=all_codes))
    return [one for at, one in enumerate(found) if one not in found[:at]]


def write(matter: Matter, tx: Tx) -> list[Payment]:
    """Put what a decision makes due into the register, inside its op; each fee names its permit.

    A decision against somebody, or the withdrawal, cancels a fee that nobody paid.
    """
    desk, case = matter.desk, matter.case
    if matter.decision.does not in FAVOURABLE:
        why = pick(matter.decision.title)
        unpaid = fees.unpaid_of(desk, case, matter.service)
        return [tx.put(one, state=PaymentState.CANCELLED, why=why) for one in unpaid]
    made: list[Payment] = []
    permits = {one.person: one.uid for one in tx.live(Permit, case=case.uid, order="id")} if case.uid else {}
    for one in by_decision(matter):
        if one.missing or _is_written(matter, one):
            continue
        permit = None if one.rule.for_family else permits.get(one.demand.person)
        made += payments.write_demand(desk, tx, replace(one.demand, permit=permit))
    return made


def _is_written(matter: Matter, one: Owed) -> bool:
    """Whether somebody put the sum of a case into the register by hand before its decision."""
    rule, person = one.rule, one.demand.person
    known = granted.of_kind(matter.desk, rule, person) if rule.paid_by == PaidBy.STATE else []
    return any(each.case == matter.case.uid for each in known)


def write_filed(desk: Desk, tx: Tx, case: Case, service: Procedure) -> None:
    """Put the fee of an application into the register, or correct what is still due when the answers change."""
    for one in by_filing(desk, case, service):
        known = tx.live(Payment, case=case.uid, rule=one.rule.code, person=one.demand.person)
        known = [each for each in known if not one.is_of_region or each.region == one.demand.region]
        due = [each for each in known if each.state is PaymentState.DUE]
        if one.missing or blocking(payments.check_demand(desk, one.demand)):
            continue
        if due:
            now = payments.worked_out(desk, one.demand)[0]
            if now.given != due[0].given:
                tx.put(fees.corrected(due[0], now))
        elif not known:
            payments.write_demand(desk, tx, one.demand)


def known_of(desk: Desk, case: Case, service: Procedure, rule: AmountRule) -> dict[str, object]:
    """What a case tells of what a sum asks for, by name."""
    answers = case_answers.answers_of(desk.store, case, service)
    people = persons_of(desk, case)
    facts: dict[str, Any] = {
        "persons": len(people),
        "category": case.category,
        REGIONS: 1,
        "activity": _section(desk, work_regions.particulars(desk, case, service)[work_regions.ACTIVITY]),
        "settlement": _settlement(desk, people[0]) if people else "",
    }
    facts |= {key: value for key, value in answers.items() if key not in facts}
    found = {name: facts[name] for name in rule.asks if facts.get(name) not in (None, "")}
    return {name: value for name, value in found.items() if not rule.asks[name] or value in rule.asks[name]}


def _owed(
    desk: Desk, case: Case, service: Procedure, codes: Sequence[str], day: date, given: Mapping[str, object]
) -> list[Owed]:
    found = []
    people = persons_of(desk, case)
    for code in codes:
        try:
            rule = desk.law.amount_rule(code, day)
        except NotInForce:
            continue
        told = {name: value for name, value in given.items() if name in rule.asks and value not in (None, "")}
        answers = {**known_of(desk, case, service, rule), **told}
        missing = [name for name in rule.asks if name not in answers and name not in rule.defaults]
        tenge = given.get(SUM) if rule.ceiling else None
        if rule.ceiling and tenge in (None, ""):
            missing.append(SUM)
        base = Demand(
            rule=code,
            person=case.person or "",
            given=answers,
            on=day,
            party=case.party if rule.paid_by == PaidBy.EMPLOYER or service.applicant == "employer" else None,
            case=case.uid,
            due_on=_due(desk, service, rule, day),
            tenge=int(str(tenge)) if rule.ceiling and str(tenge or "").isdecimal() else None,
            months=rule.months,
            region=case.region,
        )
        whose = [case.person or ""] if rule.for_family else [one.uid for one in people]
        for uid in whose:
            regions = work_regions.regions_of(desk, case, service, uid) if _is_of_each(base, rule) else []
            each = [replace(base, person=uid, region=one) for one in regions] or [replace(base, person=uid)]
            found += [Owed(one, rule, tuple(missing), len(each) > 1) for one in each]
    return found


def _is_of_each(demand: Demand, rule: AmountRule) -> bool:
    """Whether a row is made for each region: not where somebody said by hand how many one row is for."""
    return REGIONS in rule.asks and str(demand.given.get(REGIONS)) == "1"


def _due(desk: Desk, service: Procedure, rule: AmountRule, day: date) -> date | None:
    """By when: a fee by the term of its service; support with the decision, since no term of payment was found."""
    if rule.code == service.fee:
        return fees.due_of(desk, service, day)
    return day if rule.paid_by == PaidBy.STATE else None


def asked_word(desk: Desk, name: str, word: str) -> str:
    """An answer to what a sum asks for, as people read it; sections of activity by letter and title."""
    if name == work_regions.ACTIVITY:
        return f"{word}. {desk.lists.label(_OKED, word)}"
    return asked_value(Book.of(desk), name, word)


def _asked(desk: Desk, one: Owed, name: str) -> Finding:
    """What is missing: a fact stops the decision, the sum of a purchase may come later."""
    words = (f"{asked_word(desk, name, word)} ({word})" for word in one.rule.asks.get(name, ()))
    values = {"title": one.title, "name": f"{asked_name(name)} ({name})", "known": ", ".join(words)}
    if name == SUM:
        message = N_(
            "{title}: give the actual sum, or enter it in the register of payments when it is known."
        )
        return warn("owed.sum", message, f"{PLACE}.{name}", title=one.title)
    if values["known"]:
        message = N_("{title}: give “{name}” as one of: {known}.")
        return Finding(Severity.BLOCK, "owed.missing", message, f"{PLACE}.{name}", values)
    return block("owed.missing", N_("{title}: give “{name}”."), f"{PLACE}.{name}", **values)


def _words(desk: Desk, one: Owed) -> str:
    sums = grouped(payments.worked_out(desk, one.demand)[0].tenge or 0) + "\u00a0₸"
    place = f" ({desk.lists.label('kato', one.demand.region)})" if one.is_of_region else ""
    return f"{one.title}{place} – {sums}" + (f" × {one.demand.months}" if one.demand.months > 1 else "")


def _section(desk: Desk, oked: str) -> str:
    """The section of OKED to which an activity belongs: its letter."""
    items = desk.lists.items(_OKED)
    seen = 0
    while oked and not oked.isalpha() and seen < 9:
        row = items.get(oked)
        oked, seen = (row.more.get("parent", "") if row else ""), seen + 1
    return oked


def _settlement(desk: Desk, person: Person) -> str:
    """Urban or rural, as the classifier of places says of where somebody lives; nothing where it does not say."""
    here = desk.store.live(
        Arrival, person=person.uid, left_on=None, order="arrived_on DESC, id DESC", limit=1
    )
    address = desk.store.find(Address, here[0].address or "") if here else None
    place = desk.lists.place(address.place) if address and address.place else None
    while place:
        if place.kind in _URBAN:
            return "urban"
        if place.kind in _RURAL:
            return "rural"
        if place.kind not in ("other", "district") or place.level < 3:
            return ""
        over = desk.lists.place(place.parent) if place.parent else None
        if over and place.kind == "other" and over.kind in _URBAN:
            return ""
        place = over
    return ""
