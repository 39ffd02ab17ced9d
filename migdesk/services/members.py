"""The people of a case: who of a family applies, chosen when the case is opened and until it is decided.

The quota is counted in persons (kandas.md 2.1, reported), so each person of a case takes a unit; that a member of
the family who is not Kazakh takes none was not found, and the rule `kandas.quota_counts` says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from migdesk.domain.case import Case, CaseMember, CaseState
from migdesk.domain.change import Done, Op
from migdesk.domain.errors import Refused, refuse_if_blocked
from migdesk.domain.finding import Finding, block
from migdesk.domain.person import Membership, Person
from migdesk.i18n import N_
from migdesk.services import facts
from migdesk.services.desk import Desk
from migdesk.store import families as shelf
from migdesk.store.writer import Tx

FAMILY = "family"
"""What a service says whose applicant comes with a family."""


def persons_of(desk: Desk, case: Case) -> list[Person]:
    """Whom a case is about, the applicant first."""
    chosen = (
        [one.person for one in desk.store.live(CaseMember, case=case.uid, order="id")] if case.uid else []
    )
    order = dict.fromkeys(uid for uid in (case.person, *chosen) if uid)
    return [desk.store.get(Person, uid) for uid in order]


def household(desk: Desk, case: Case) -> list[tuple[Membership, Person]]:
    """The applicant's family, from whom the people of a case are chosen; the applicant alone when he has none."""
    family = case.family or family_of(desk, case.person or "")
    found = shelf.members_on(desk.store, family, desk.today) if family else []
    applicant = [one for one in found if one[1].uid == case.person]
    alone = [(Membership(), desk.store.get(Person, case.person or ""))]
    return [*(applicant or alone), *(one for one in found if one[1].uid != case.person)]


def family_of(desk: Desk, person: str, on: date | None = None) -> str | None:
    """The family a person belongs to on a day, today when none is named; of several the newest."""
    found = shelf.memberships_on(desk.store, person, on or desk.today)
    return found[-1].family if found else None


def usual(desk: Desk, case: Case) -> list[str]:
    """Who applies when nobody was chosen: the family where it is named or the service is for families."""
    service = desk.find_procedure(case.service, case.applied_on or desk.today)
    together = case.family or (service and service.applicant == FAMILY)
    return [person.uid for _one, person in household(desk, case)] if together else [case.person or ""]


def check_members(desk: Desk, case: Case, members: Sequence[str]) -> list[Finding]:
    """What is wrong or odd about the people of a case: strangers, and what the law says of each."""
    known = {person.uid: person for _one, person in household(desk, case)}
    strangers = [uid for uid in members if uid not in known]
    if strangers:
        message = N_("Not of the applicant's family: {uids}. Add them to the family first.")
        return [block("not_of_family", message, "members", uids=", ".join(strangers))]
    if case.person not in members:
        return [block("no_applicant", N_("The applicant is one of the people of the case."), "members")]
    return facts.ask_about_members(desk, case, [known[uid] for uid in members if uid != case.person])


def with_members(desk: Desk, case: Case, members: Sequence[str]) -> Case:
    """The case as its people make it: how many they are, and of which family."""
    family = case.family or (family_of(desk, case.person or "") if len(members) > 1 else None)
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
        Invalid: somebody is not of the applicant's family, or the law refuses somebody.
    """
    if case.state is not CaseState.OPEN or case.is_annulled:
        raise Refused([block("case.closed", N_("This case is decided already."), "state")])
    chosen = list(dict.fromkeys(members))
    findings = check_members(desk, case, chosen)
    refuse_if_blocked(findings)
    with desk.write(Op.CHOOSE_MEMBERS) as tx:
        write_members(tx, case, chosen)
        changed = tx.put(with_members(desk, case, chosen))
    return Done(changed, tx.changes, tuple(findings))
