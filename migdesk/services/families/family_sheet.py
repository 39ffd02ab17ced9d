"""What papers show of a family: as it was on the day the paper is about."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from migdesk.domain.dates import show_day
from migdesk.domain.fields import choice_label
from migdesk.domain.papertext import FamilyRow
from migdesk.domain.person import Family, Membership, Person
from migdesk.i18n import N_, _
from migdesk.services.desk import Desk
from migdesk.services.families.families import get_family
from migdesk.store import families as shelf
from migdesk.store import people

HOUSEHOLD = "household"
"""The root of a paper about a family, and the question for which day it is."""
DAY = "on"


def relatives(desk: Desk, family: str, day: date | None, *, whole: bool) -> list[tuple[Membership, Person]]:
    """The family on a day; with `whole` also those who came to it only later, with the place they have today."""
    then = shelf.members_on(desk.store, family, day or desk.today)
    if then and not whole:
        return then
    known = {person.uid for _one, person in then}
    later = shelf.members_on(desk.store, family, desk.today)
    return [*then, *(one for one in later if one[1].uid not in known)]


def family_row(
    desk: Desk, n: int, membership: Membership, person: Person, on: date | None = None
) -> FamilyRow:
    """One member in the language of the paper."""
    lists, born = desk.lists, person.born
    documents = people.documents_of(desk.store, person.uid, desk.today)
    document = documents[0].number if documents else ""
    return FamilyRow(
        n=n,
        name=person.full_name,
        relation=lists.label("relations", membership.relation),
        birth=person.born_words,
        sex=choice_label(person.sex) if person.sex else "",
        ethnicity=lists.label("ethnicities", person.ethnicity),
        citizenship=lists.label("countries", person.citizenship),
        number=person.iin or document,
        document=document,
        education=lists.label("education", person.education),
        speciality=person.speciality,
        together=_(N_("yes")),
        place=membership.relation,
        age=_(N_("{n} years")).format(n=born.age_on(on)) if born and on else "",
        since=show_day(membership.since),
    )


def find_subject(desk: Desk, key: str) -> tuple[Family, Person]:
    """A family by its uid or anybody of it, and its head, who is the last one when nobody is left.

    Raises:
        NotFound: no such family.
    """
    family = get_family(desk, key)
    return family, desk.store.get(Person, family.head or "")


def household(desk: Desk, family: Family, answers: Mapping[str, object]) -> list[FamilyRow]:
    """Everybody of a family on the day asked for, the head first."""
    asked = answers.get(DAY)
    day = asked if isinstance(asked, date) else desk.today
    members = shelf.members_on(desk.store, family.uid, day)
    return [family_row(desk, n, *one, day) for n, one in enumerate(members, start=1)]
