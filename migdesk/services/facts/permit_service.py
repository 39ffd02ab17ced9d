"""Of which public service a permit is, of which quota it takes a unit, for how long it is: by its case or kind."""

from __future__ import annotations

from datetime import date

from migdesk.domain.case import Case
from migdesk.domain.permit import Permit, PermitState
from migdesk.domain.person import Person
from migdesk.domain.quota import Stream
from migdesk.rules.procedure import GRANT
from migdesk.services.desk import Desk
from migdesk.store.writer import Tx

KINDS = "permit_kinds"
"""The list that says what each kind of permit is: its service, its categories, the letters of its numbers."""


def said_of(desk: Desk, kind: str, key: str) -> str:
    """What the list says of a kind of permit; nothing when it says nothing, or does not know the kind."""
    row = desk.lists.items(KINDS).get(kind)
    return row.more.get(key, "") if row else ""


def entered_number(desk: Desk, tx: Tx, principal: Permit | None, person: Person, day: date) -> str:
    """The number under which somebody stands in the certificate of the principal; nothing for one with his own.

    The list of kinds says from which age a person gets a certificate of his own (`own_from`).
    """
    least = said_of(desk, principal.kind, "own_from") if principal else ""
    if principal is None or not least or person.birth_date is None:
        return ""
    if person.birth_date.age_on(day) >= int(least):
        return ""
    return f"{principal.number}/{len(tx.live(Permit, principal=principal.uid)) + 1}"


def service_of(desk: Desk, permit: Permit) -> str:
    """Code of the service: several may give one kind of permit, and the case says which did."""
    case = desk.store.find(Case, permit.case) if permit.case else None
    return case.service if case else said_of(desk, permit.kind, "service")


def first_of(desk: Desk, permit: Permit) -> Permit:
    """The permit with which a chain of extensions began."""
    first = permit
    while first.extends and (before := desk.store.find(Permit, first.extends)):
        first = before
    return first


def last_granted(desk: Desk, person: str, kind: str) -> Permit | None:
    """The permit of a kind that a person holds by a grant, the latest to end."""
    order = "valid_until DESC, id DESC"
    held = desk.store.live(Permit, person=person, kind=kind, state=PermitState.GRANTED, order=order)
    return held[0] if held else None


def term_of(desk: Desk, kind: str, category: str, *, extends: bool) -> str | None:
    """Code of the term for which permits of a category are given or extended, as the list of kinds has it."""
    said = said_of(desk, kind, "extension_terms" if extends else "terms").split()
    return dict(one.split(":", 1) for one in said).get(category)


def stream_of(desk: Desk, permit: Permit) -> Stream | None:
    """The quota of which a permit takes a unit: that of its service, unless its category is outside it."""
    service = desk.find_procedure(service_of(desk, permit), permit.applied_on or desk.today)
    categories = said_of(desk, permit.kind, "categories")
    category = desk.lists.items(categories).get(permit.category) if categories else None
    if service is None or (category and category.more.get("outside_quota")):
        return None
    grants = (one.quota for one in service.decisions if one.does == GRANT and one.permit == permit.kind)
    quota = next(grants, None)
    return Stream(quota) if quota else None
