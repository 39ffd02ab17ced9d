"""The people of a case: who of a family applies, or for which workers an employer does, until it is decided.

The quota is counted in persons (orders of the Minister of Labour for 2022-2026 [V-news]), so each person of a case
takes a unit; that a member of the family who is not Kazakh takes none was not found, and the rule
`kandas.quota_counts` says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from migdesk.domain.arrival import Arrival
from migdesk.domain.case import Case, CaseMember, CaseState
from migdesk.domain.change import Done, Op
from migdesk.domain.errors import Refused
from migdesk.domain.finding import Finding, block
from migdesk.domain.permit import Permit
from migdesk.domain.person import Membership, Person
from migdesk.i18n import N_
from migdesk.services.checked_ops import prepared_op
from migdesk.services.desk import Desk
from migdesk.services.facts import facts
from migdesk.store import families as shelf
from migdesk.store.writer import Tx

FAMILY = "family"
"""What a service says whose applicant comes with a family."""

OF_PARTY = ("employer", "school")
"""What services say that an employer or a school asks for: their people need not be of one family."""

MOST, _OFFERED = 50, 30
"""The most people of one application, and the most who are offered to be chosen from."""


def persons_of(desk: Desk, case: Case) -> list[Person]:
    """Whom a case is about, the applicant first."""
    chosen = (
        [one.person for one in desk.store.live(CaseMember, case=case.uid, order="id")] if case.uid else []
    )
    order = dict.fromkeys(uid for uid in (case.person, *chosen) if uid)
    return [desk.store.get(Person, uid) for uid in order]


def is_of_party(desk: Desk, case: Case) -> bool:
    """Whether an employer or a school applies: each of the people then stands for himself."""
    service = desk.find_procedure(case.service, case.applied_on or desk.today) if case.service else None
    return service is not None and service.applicant in OF_PARTY


def household(desk: Desk, case: Case) -> list[tuple[Membership, Person]]:
    """From whom the people of a case are chosen: the applicant's family, the applicant alone when he has none.

    Where an employer or a school applies they are the people of the case, and those who live there or hold a permit
    for it.
    """
    if is_of_party(desk, case):
        return [(Membership(), one) for one in _people_of_party(desk, case)]
    family = case.family or family_of(desk, case.person or "")
    found = shelf.members_on(desk.store, family, desk.today) if family else []
    applicant = [one for one in found if one[1].uid == case.person]
    alone = [(Membership(), desk.store.get(Person, case.person or ""))]
    return [*(applicant or alone), *(one for one in found if one[1].uid != case.person)]


def _people_of_party(desk: Desk, case: Case) -> list[Person]:
    store, found = desk.store, {one.uid: one for one in persons_of(desk, case)}
    if not case.party:
        return list(found.values())
    here = store.live(
        Arrival, host=case.party, left_on=None, order="arrived_on DESC, id DESC", limit=_OFFERED
    )
    held = store.live(Permit, employer=case.party, order="valid_until DESC, id DESC", limit=_OFFERED)
    uids = dict.fromkeys([*(one.person for one in here), *(one.person for one in held)])
    for uid in list(uids)[:_OFFERED]:
        if uid and uid not in found:
            found[uid] = store.get(Person, uid)
    return list(found.values())


def family_of(desk: Desk, person: str, on: date | None = None) -> str | None:
    """The family a person belongs to on a day, today when none is named; of several the newest."""
    return shelf.family_on(desk.store, person, on or desk.today)


def usual(desk: Desk, case: Case) -> list[str]:
    """Who applies when nobody was chosen: the family where it is named or the service is for families."""
    service = desk.find_procedure(case.service, case.applied_on or desk.today)
    by_party = service and service.applicant in OF_PARTY
    together = not by_party and (case.family or (service and service.applicant == FAMILY))
    return [person.uid for _one, person in household(desk, case)] if together else [case.person or ""]


def check_members(desk: Desk, case: Case, members: Sequence[str]) -> list[Finding]:
    """What is wrong or odd about the people of a case: strangers, and what the law says of each."""
    if is_of_party(desk, case):
        known = {uid: one for uid in members for one in desk.store.live(Person, uid=uid)}
        message = N_("There is no such person: {uids}.")
    else:
        known = {person.uid: person for _one, person in household(desk, case)}
        message = N_("Not of the applicant's family: {uids}. Add them to the family first.")
    strangers = [uid for uid in members if uid not in known]
    if strangers:
        return [block("not_of_family", message, "members", uids=", ".join(strangers))]
    if case.person not in members:
        return [block("no_applicant", N_("The applicant is one of the people of the case."), "members")]
    if len(members) > MOST:
        return [block("too_many", N_("One application names at most {most} people."), "members", most=MOST)]
    return facts.ask_about_members(desk, case, [known[uid] for uid in members if uid != case.person])


def with_members(desk: Desk, case: Case, members: Sequence[str]) -> Case:
    """The case as its people make it: how many they are, and of which family."""
    together = len(members) > 1 and not is_of_party(desk, case)
    family = case.family or (family_of(desk, case.person or "") if together else None)
    return replace(case, persons=len(members), family=family)


def write_members(tx: Tx, case: Case, members: Iterable[str]) -> None:
    """Name the people of a case, the applicant first, inside an op that is being written."""
    wanted = dict.fromkeys([case.person, *members])
    for old in tx.live(CaseMember, case=case.uid):
        if old.person in wanted:
            del wanted[old.person]
        else:
            tx.annul(old, "replaced")
    for uid in wanted:
        tx.put(CaseMember(case=case.uid, person=uid))


def choose_members(desk: Desk, case: Case, members: Iterable[str]) -> Done[Case]:
    """Say anew who of the family applies, while the case is open.

    Raises:
        Refused: the case is decided.
        Invalid: somebody is a stranger to the applicant, or the law refuses somebody.
    """
    chosen = list(dict.fromkeys(members))

    def prepare() -> tuple[Case, list[Finding]]:
        now = desk.store.get(Case, case.uid)
        if now.state is not CaseState.OPEN or now.is_annulled:
            raise Refused([block("case.closed", N_("This case is decided already."), "state")])
        return now, check_members(desk, now, chosen)

    with prepared_op(desk, Op.CHOOSE_MEMBERS, prepare) as (tx, now, findings):
        write_members(tx, now, chosen)
        changed = tx.put(with_members(desk, now, chosen))
    return Done(changed, tx.changes, tuple(findings))
