"""Gather what the rules may ask about, and ask them: every remark that rests on law comes from a pack."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from migdesk.domain.arrival import Arrival, Stay
from migdesk.domain.case import Case
from migdesk.domain.finding import Finding, Severity
from migdesk.domain.party import Party, PartySize
from migdesk.domain.permit import Permit, PermitState
from migdesk.domain.person import Person, TravelDocument
from migdesk.rules.pack import JudgedOn
from migdesk.rules.procedure import EXTEND, GRANT, Procedure
from migdesk.services.desk import Desk
from migdesk.services.facts import (
    bans,
    case_answers,
    closings,
    filing_days,
    local_content,
    permit_chain,
    quota_history,
    session_outcomes,
    solvency,
)
from migdesk.store import people as shelf

PETITION, QUOTA = "asylum_petition", "kandas_quota"
"""Services of which rules ask more: a petition runs from the arrival, a quota is for who has the status."""

LABOUR_IMMIGRANT, ASYLUM, VISA = "labour_immigrant", "asylum_seeker", "visa"
"""Kinds of permit of which rules ask more: workers of a household, those who petition for refuge, visas."""


def ask_about_arrival(
    desk: Desk, arrival: Arrival, person: Person, documents: Sequence[TravelDocument]
) -> list[Finding]:
    """What the law says of one person's arrival, judged on the day of entry or arrival."""
    on = arrival.entered_on or arrival.arrived_on
    if on is None:
        return []
    facts = _person_facts(person, on) | {
        "arrival_purpose": arrival.purpose or None,
        "arrival_entered_on": arrival.entered_on,
        "stay_basis": arrival.basis.value if arrival.basis else None,
        "stay_entered_on": arrival.entered_on,
        "notice_days_late": _late(arrival.notice_due, arrival.notified_on, desk.today),
        "registration_days_late": _late(arrival.registration_due, arrival.registered_on, desk.today),
    }
    if arrival.basis:
        regime = desk.law.regime(person.citizenship, arrival.basis.value, on)
        facts["stay_regime"] = regime.code if regime else None
    if arrival.entered_on and arrival.stay_until:
        facts["stay_planned_days"] = (arrival.stay_until - arrival.entered_on).days + 1
    for document in documents:
        facts |= _document_facts(document, on, arrival.stay_until)
    if not arrival.rev:
        facts |= bans.facts_of(desk, person, documents, on)
    return [
        *desk.law.check(facts, {JudgedOn.EVENT: on}),
        *closings.of_arrival(desk, arrival, person.citizenship),
    ]


def ask_about_case(desk: Desk, case: Case, answers: Mapping[str, Any] | None = None) -> list[Finding]:
    """What the law says of an application, judged on the day of filing; without `answers` by those it has."""
    on = case.applied_on
    if on is None:
        return []
    dates = {JudgedOn.FILING: on, JudgedOn.EVENT: on}
    return [*_ask_of_case(desk, case, answers, dates), *closings.of_case(desk, case)]


def ask_at_decision(desk: Desk, case: Case, day: date) -> list[Finding]:
    """What the law says of an application that is granted on a day: as it was filed, and as it is decided.

    What was only worth knowing was told when it was filed.
    """
    decided = _ask_of_case(desk, case, None, {JudgedOn.DECISION: day})
    return [one for one in (*ask_about_case(desk, case), *decided) if one.severity is not Severity.NOTE]


def _ask_of_case(
    desk: Desk, case: Case, answers: Mapping[str, Any] | None, dates: Mapping[JudgedOn, date]
) -> list[Finding]:
    person = desk.store.find(Person, case.person) if case.person else None
    if person is None:
        return []
    on = next(iter(dates.values()))
    service = desk.find_procedure(case.service, case.applied_on or on)
    facts = _asked_for(desk, case, person, on)
    facts |= _employer_facts(desk, case.party, service.permit if service else None, on)
    facts |= session_outcomes.facts_of(desk, case)
    answered = _answered(desk, case, answers, on)
    facts |= permit_chain.run_on(desk, case, service, answered, on)
    return _with_held(desk, service, person, _with_answered(answered, facts), dates)


def _with_held(
    desk: Desk,
    service: Procedure | None,
    person: Person,
    facts: Mapping[str, object],
    dates: Mapping[JudgedOn, date],
) -> list[Finding]:
    """What the law says, of a service that only extends also of the permit that is to be extended.

    An extension asked for too early or too late is taken, and told: it is refused by a decision, on its ground.
    """
    found = desk.law.check(facts, dates)
    does = {one.does: one for one in service.decisions} if service else {}
    if EXTEND not in does or GRANT in does:
        return found
    kind, on = does[EXTEND].permit, next(iter(dates.values()))
    order = "valid_until DESC, id DESC"
    held = desk.store.live(Permit, person=person.uid, kind=kind, state=PermitState.GRANTED, order=order)
    if not held or held[0].valid_until is None:
        return found
    of_permit = {
        "permit_category": held[0].category or None,
        "permit_days_left": (held[0].valid_until - on).days,
        "permit_extensions": permit_chain.extensions(desk, held[0]),
        **filing_days.of_end(desk, service.code if service else "", held[0].valid_until, on),
    }
    known = {one.code for one in found}
    told = desk.law.check({**facts, **of_permit}, dates)
    return [one if one.code in known else _told(one) for one in told]


def _told(finding: Finding) -> Finding:
    return replace(finding, severity=Severity.WARN) if finding.severity is Severity.BLOCK else finding


def _answered(desk: Desk, case: Case, answers: Mapping[str, Any] | None, on: date) -> dict[str, object]:
    """The facts that the answers of a case give, with what follows from them."""
    service = desk.find_procedure(case.service, case.applied_on or on)
    if service is None:
        return {}
    held = case_answers.answers_of(desk.store, case, service) if answers is None else answers
    facts = case_answers.facts_of(service, held, on)
    return {
        **facts,
        **local_content.facts_of(desk, case, facts, on),
        **solvency.facts_of(desk, case, facts, on),
        **filing_days.of_answers(desk, case.service, held, on),
    }


def _with_answered(answered: Mapping[str, object], gathered: Mapping[str, object]) -> dict[str, object]:
    """What the register knows goes before what was answered."""
    return {**answered, **{name: value for name, value in gathered.items() if value is not None}}


def ask_about_members(desk: Desk, case: Case, others: Iterable[Person]) -> list[Finding]:
    """What the law says of those who apply with the applicant, each named; what holds for any case is left out."""
    on = case.applied_on
    if on is None:
        return []
    dates = {JudgedOn.FILING: on, JudgedOn.EVENT: on}
    of_case = {"case_service": case.service, "permit_category": case.category or None}
    anyway = desk.law.check({**of_case, "case_channel": case.channel or None}, dates)
    known = {one.code for one in anyway}
    service = desk.find_procedure(case.service, on)
    return [
        replace(
            one,
            field="members",
            texts={lang: "{member}: " + words for lang, words in one.texts.items()},
            values={**one.values, "member": person.full_name},
        )
        for person in others
        for one in _with_held(desk, service, person, _asked_for(desk, case, person, on), dates)
        if one.code not in known
    ]


def ask_about_permit(
    desk: Desk, permit: Permit, service: str, *, extends: Permit | None = None
) -> list[Finding]:
    """What the law says of a permit that is asked for or extended, judged on the day of filing."""
    on = permit.applied_on or desk.today
    facts = _holder_facts(desk, permit, on) | {
        "case_service": service or permit.kind,
        "permit_kind": permit.kind,
        "permit_category": permit.category or None,
        "permit_is_extension": extends is not None,
    }
    if extends and extends.valid_until:
        facts["permit_days_left"] = (extends.valid_until - on).days
        facts["permit_extensions"] = permit_chain.extensions(desk, extends)
        facts |= filing_days.of_end(desk, service, extends.valid_until, on)
    since = permit_chain.begin(desk, permit, extends)
    if since and permit.valid_until:
        facts["permit_months"] = permit_chain.months(desk, since, permit.valid_until)
    if permit.valid_from and permit.valid_until:
        facts["permit_days"] = (permit.valid_until - permit.valid_from).days
    facts |= _employer_facts(desk, permit.employer, permit.kind, on)
    if permit.kind == ASYLUM and permit.person:
        facts["asylum_days_since_arrival"] = _days_here(desk, permit.person, on)
    last = permit_chain.last_ended(desk, permit)
    if last and permit.valid_from:
        facts["days_since_last_permit"] = (permit.valid_from - last).days
    case = desk.store.find(Case, permit.case) if permit.case else None
    if case and case.service == service:
        facts = _with_answered(_answered(desk, case, None, on), facts)
    return desk.law.check(facts, {JudgedOn.FILING: on, JudgedOn.EVENT: on})


def ask_about_minor(desk: Desk, person: Person, on: date) -> list[Finding]:
    """What the law says of a child who came without parents, judged on a day; what holds for anybody is left out."""
    known = _person_facts(person, on)
    facts = {name: known[name] for name in ("person_age", "person_citizenship")} | {
        "person_unaccompanied": True
    }
    return desk.law.check(facts, {JudgedOn.EVENT: on})


def _asked_for(desk: Desk, case: Case, person: Person, on: date) -> dict[str, object]:
    """The service and one of the people it is asked for."""
    facts = _person_facts(person, on) | {
        "case_service": case.service,
        "permit_category": case.category or None,
        "case_channel": case.channel or None,
        "quota_was_included": quota_history.was_included(desk, case, person.uid),
        "visa_category": _visa_category(desk, person.uid, on),
    }
    if case.service == PETITION:
        facts["asylum_days_since_arrival"] = _days_here(desk, person.uid, on)
    if case.service == QUOTA:
        facts["kandas_is_known"] = quota_history.has_status(desk, person.uid)
    if case.service != bans.SERVICE:
        facts |= bans.facts_of(desk, person, (), on)
    for document in shelf.documents_of(desk.store, person.uid, on)[:1]:
        facts |= _document_facts(document, on, None)
    return facts


def _visa_category(desk: Desk, person: str, on: date) -> str | None:
    """The category of the visa a person holds on a day."""
    held = desk.store.live(Permit, person=person, kind=VISA)
    return next((one.category for one in held if one.category and one.in_force_on(on)), None)


def _person_facts(person: Person, on: date) -> dict[str, object]:
    return {
        "person_age": person.birth_date.age_on(on) if person.birth_date else None,
        "person_citizenship": person.citizenship or None,
        "person_is_ethnic_kazakh": person.ethnicity == "kazakh",
        "person_has_iin": bool(person.iin),
    }


def _document_facts(document: TravelDocument, on: date, visa_until: date | None) -> dict[str, object]:
    facts: dict[str, object] = {"document_kind": document.kind or None}
    if document.expires_on:
        facts["document_days_left"] = (document.expires_on - on).days
        if visa_until:
            facts["document_days_after_visa"] = (document.expires_on - visa_until).days
    return facts


def _employer_facts(desk: Desk, party: str | None, kind: str | None, on: date) -> dict[str, object]:
    """What the register knows of an employer; the rest is asked of the clerk by the rules themselves."""
    employer = desk.store.find(Party, party) if party else None
    if employer is None:
        return {}
    small = employer.size in (PartySize.SMALL, PartySize.STATE) if employer.size else None
    facts: dict[str, object] = {"employer_is_small": small}
    if kind == LABOUR_IMMIGRANT:
        others = desk.store.live(Permit, employer=employer.uid, kind=kind)
        facts["employer_labour_immigrants"] = 1 + sum(one.in_force_on(on) for one in others)
    return facts


def _days_here(desk: Desk, person: str, on: date) -> int | None:
    """Calendar days since the last entry."""
    entries = (stay.entered_on for stay in desk.store.live(Stay, person=person))
    last = max((day for day in entries if day and day <= on), default=None)
    return (on - last).days if last else None


def _late(due: date | None, done: date | None, today: date) -> int | None:
    """Days after a due date: of the deed, or until now when it is not done."""
    return max(0, ((done or today) - due).days) if due else None


def _holder_facts(desk: Desk, permit: Permit, on: date) -> dict[str, object]:
    """The person of a permit and the document he shows; that he has no IIN yet was told when he came."""
    person = desk.store.find(Person, permit.person) if permit.person else None
    if person is None:
        return {}
    facts = _person_facts(person, on) | {"person_has_iin": None}
    for document in shelf.documents_of(desk.store, person.uid, on)[:1]:
        facts |= _document_facts(document, on, permit.valid_until if permit.kind == VISA else None)
    return facts
