"""The permit a certificate is printed for, and the children it names."""

from __future__ import annotations

from dataclasses import replace

from migdesk import paths
from migdesk.domain.arrival import Arrival
from migdesk.domain.case import Case
from migdesk.domain.errors import Refused
from migdesk.domain.finding import Finding, block, note
from migdesk.domain.permit import Permit, PermitState
from migdesk.domain.person import Person
from migdesk.i18n import N_
from migdesk.paper.template import list_codes, load_revisions
from migdesk.rules.stay import OWN_CITIZEN
from migdesk.services.desk import Desk
from migdesk.services.facts.members import persons_of
from migdesk.services.facts.permit_service import KINDS
from migdesk.services.people import people

_GROWN_UP = 18
"""Members below this age are included in the certificate, of which no layout was found [U]."""


def kinds_of(desk: Desk, form: str) -> set[str]:
    """Kinds of permit a form is the certificate of: those of the services that print it."""
    return {one.permit for one in desk.procedures if one.permit and form in one.all_forms()}


def lacking_of(desk: Desk, kind: str) -> Finding | None:
    """What is said where a permit would be printed of which the program has no paper; nothing where it has one."""
    codes = list_codes(paths.forms())
    forms = [
        one for one in codes if any("permit" in form.roots for form in load_revisions(paths.forms() / one))
    ]
    if not kind or any(kind in kinds_of(desk, one) for one in forms):
        return None
    message = N_(
        "The program has no paper of this permit ({kind}): the act that sets its layout was not read. "
        "Its data stand in its file; the permit itself comes from the state system."
    )
    return note("no_paper", message, "kind", kind=desk.lists.label(KINDS, kind))


def find_permit(desk: Desk, form: str, key: str) -> Permit:
    """The permit a certificate is for: given itself, by its case (the applicant's), or by its holder (the newest).

    Raises:
        NotFound: nothing has this key.
        Refused: there is no such permit yet, it was revoked, or it is of another kind.
    """
    store, kinds = desk.store, kinds_of(desk, form)
    permit = store.named(Permit, key)
    if permit is None:
        case = store.named(Case, key)
        holder = (case.person or "") if case else people.get_person(desk, key).uid
        found = store.live(Permit, person=holder, kind=kinds, order="id DESC")
        found = [one for one in found if case is None or one.case == case.uid]
        if not found:
            message = N_("There is no permit yet that this paper certifies: it comes with a grant.")
            raise Refused([block("no_permit", message, "kind")])
        permit = found[0]
    if permit.kind not in kinds:
        other = block("other_kind", N_("This paper is not for a permit of this kind."), "kind")
        lacking = lacking_of(desk, permit.kind)
        raise Refused([other, lacking] if lacking else [other])
    if permit.is_annulled or permit.state not in (PermitState.GRANTED, PermitState.EXTENDED):
        raise Refused([block("permit.state", N_("This permit is not in force any more."), "state")])
    return permit


def included(desk: Desk, permit: Permit) -> list[Person]:
    """Children of the case who stand in the applicant's certificate; nobody in that of another."""
    case = desk.store.find(Case, permit.case or "")
    if case is None or permit.principal or case.person != permit.person:
        return []
    day = permit.granted_on or permit.valid_from or desk.today
    return [
        one
        for one in persons_of(desk, case)
        if one.uid != permit.person and one.birth_date and one.birth_date.age_on(day) < _GROWN_UP
    ]


def with_exit(desk: Desk, person: Person, arrival: Arrival | None) -> Person:
    """A person as a paper shows him: the country of exit, if not given, is that of his last arrival from abroad."""
    if person.exit_country:
        return person
    arrived = (
        [arrival]
        if arrival
        else desk.store.live(Arrival, person=person.uid, order="arrived_on DESC, id DESC")
    )
    countries = (one.from_country for one in arrived)
    return replace(person, exit_country=next((one for one in countries if one not in ("", OWN_CITIZEN)), ""))
