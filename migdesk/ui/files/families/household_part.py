"""The picture of a household on a day, from the members that a service found."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from migdesk.domain.person import Membership, Person
from migdesk.i18n import N_
from migdesk.ui.look.words import said
from migdesk.ui.parts.household import Household, Member
from migdesk.ui.workplace import Kind, Workplace

_YEARS = N_("{n} years")


def picture(
    work: Workplace, members: Iterable[tuple[Membership, Person]], on: date, own: str = ""
) -> Household:
    """Everybody with relation and age on the day; `own` stands on tinted ground. A click opens the person."""
    made = Household(
        [
            Member(
                uid=person.uid,
                name=person.full_name,
                relation=membership.relation,
                relation_words=work.desk.lists.label("relations", membership.relation),
                age=said(_YEARS, n=person.birth_date.age_on(on)) if person.birth_date else "",
                is_own=person.uid == own,
            )
            for membership, person in members
        ]
    )
    made.opened.connect(lambda uid: work.open(Kind.PERSON, uid))
    return made
