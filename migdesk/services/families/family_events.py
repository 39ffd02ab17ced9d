"""What happens to families: somebody joins or leaves, a family parts or is reunited, another heads it.

Each event is dated. It ends places and begins others and overwrites none, so the composition of any day stays
known. Events are written down when they have happened, in their order.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from migdesk.domain.change import Done, Op
from migdesk.domain.errors import refuse_if_blocked
from migdesk.domain.kin import HEAD, Began, Ended
from migdesk.domain.person import Family, Membership
from migdesk.services.desk import Desk
from migdesk.services.families import family_checks as checks
from migdesk.services.people import kinship
from migdesk.store import families as shelf
from migdesk.store.writer import Tx


@dataclass(frozen=True, slots=True)
class Joining:
    """Somebody joins: the `family`, or the person whose family begins with him as its `head`."""

    person: str
    relation: str
    on: date | None
    family: str = ""
    head: str = ""


@dataclass(frozen=True, slots=True)
class Leaving:
    """One person leaves, and why; a head names who heads the family next."""

    family: str
    person: str
    on: date | None
    why: Ended | None = Ended.LEFT
    next_head: str = ""


@dataclass(frozen=True, slots=True)
class Parting:
    """Some members go together under a head of their own: a divorce, an own household, coming of age."""

    family: str
    members: Sequence[str]
    head: str
    on: date | None
    why: Ended | None = Ended.OWN_HOUSEHOLD
    relations: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Heading:
    """Another member becomes the head; `relations` say by uid what others are to him where it does not follow."""

    family: str
    head: str
    on: date | None
    relations: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reuniting:
    """The members of another family come to this one; `relation` is that of their head to the head here.

    One who heads both has none.
    """

    family: str
    other: str
    relation: str
    on: date | None
    relations: Mapping[str, str] = field(default_factory=dict)


def join(desk: Desk, given: Joining) -> Done[Membership]:
    """Take a person into a family, or begin one with its first member.

    Raises:
        NotFound: no such family or person.
        Invalid: what is wrong, field by field: the kinship cannot be, he is in it already, the day is wrong.
    """
    findings = checks.check_joining(desk, given.person, given.relation, given.on, given.family, given.head)
    refuse_if_blocked(findings)
    with desk.write(Op.JOIN_FAMILY) as tx:
        family = given.family or _begin(tx, given.head, given.on)
        place = _place(family, given.person, given.relation, given.on, Began.JOINED)
        made = tx.put(place)
    return Done(made, tx.changes, tuple(findings))


def leave(desk: Desk, given: Leaving) -> Done[Family]:
    """Let a person leave: the place ends, and another head is named where the head left.

    A death ends the person's places in other families too.

    Raises:
        NotFound: no such family or person.
        Invalid: what is wrong, field by field: not in it, left before he joined, no head is left.
    """
    findings = checks.check_leaving(desk, given.family, given.person, given.on, given.why, given.next_head)
    refuse_if_blocked(findings)
    with desk.write(Op.LEAVE_FAMILY) as tx:
        family = desk.store.get(Family, given.family)
        if given.next_head:
            family = _hand_over(desk, tx, Heading(given.family, given.next_head, given.on), given.person)
        ends = tx.live(Membership, person=given.person, until=None)
        for place in ends:
            if place.family == given.family or (given.why is Ended.DIED and place.relation != HEAD):
                tx.put(place, until=given.on, ended=given.why)
    return Done(family, tx.changes, tuple(findings))


def change_head(desk: Desk, given: Heading) -> Done[Family]:
    """Let another member head the family; what the others are to him follows where kinship tells.

    Raises:
        NotFound: no such family.
        Invalid: what is wrong, field by field.
    """
    findings = checks.check_heading(desk, given.family, given.head, given.on, given.relations)
    refuse_if_blocked(findings)
    with desk.write(Op.CHANGE_HEAD) as tx:
        family = _hand_over(desk, tx, given)
    return Done(family, tx.changes, tuple(findings))


def part(desk: Desk, given: Parting) -> Done[Family]:
    """Let some members form a family of their own; the answer is the new one.

    Raises:
        NotFound: no such family.
        Invalid: what is wrong, field by field.
    """
    findings = checks.check_parting(desk, given.family, given.members, given.head, given.on, given.why)
    refuse_if_blocked(findings)
    wanted = relations_to(desk, given.family, given.head, given.on, given.relations)
    with desk.write(Op.PART_FAMILY) as tx:
        new = tx.put(Family(head=given.head, formed_on=given.on, origin=given.family))
        for place in tx.live(Membership, family=given.family, until=None):
            if place.person in given.members:
                tx.put(place, until=given.on, ended=given.why)
                tx.put(_place(new.uid, place.person, wanted[place.person or ""], given.on, Began.APART))
    return Done(new, tx.changes, tuple(findings))


def reunite(desk: Desk, given: Reuniting) -> Done[Family]:
    """Bring the members of another family into this one; the other has nobody left.

    Raises:
        NotFound: no such family.
        Invalid: what is wrong, field by field.
    """
    findings = checks.check_reuniting(desk, given.family, given.other, given.relation, given.on)
    refuse_if_blocked(findings)
    wanted = _relations_here(desk, given)
    with desk.write(Op.REUNITE_FAMILIES) as tx:
        here = {one.person for one in tx.live(Membership, family=given.family, until=None)}
        for place in tx.live(Membership, family=given.other, until=None):
            tx.put(place, until=given.on, ended=Ended.REUNITED)
            if place.person not in here:
                relation = wanted[place.person or ""]
                tx.put(_place(given.family, place.person, relation, given.on, Began.REUNITED))
        family = desk.store.get(Family, given.family)
    return Done(family, tx.changes, tuple(findings))


def relations_to(
    desk: Desk, family: str, head: str, on: date | None, given: Mapping[str, str] | None = None
) -> dict[str, str]:
    """By uid what each member of a family would be to another member as head, unless it is given."""
    members = shelf.members_on(desk.store, family, on or desk.today)
    mine = next((one.relation for one, person in members if person.uid == head), "")
    new = next((person for _one, person in members if person.uid == head), None)
    found = {head: HEAD}
    for one, person in members:
        if new and person.uid != head:
            told = (given or {}).get(person.uid)
            found[person.uid] = told or kinship.turned(desk, person, one.relation, new, mine)
    return found


def _relations_here(desk: Desk, given: Reuniting) -> dict[str, str]:
    """What those who come are to the head here: as they were before under the same head, or as kinship tells."""
    day = given.on or desk.today
    here, there = (shelf.members_on(desk.store, one, day) for one in (given.family, given.other))
    head, their_head = here[0][1], there[0][1]
    if head.uid == their_head.uid:
        return {person.uid: given.relations.get(person.uid) or one.relation for one, person in there}
    before = {
        one.person: one.relation
        for one in shelf.all_places(desk.store, given.family)
        if one.relation != HEAD and shelf.is_head_of(desk.store, one, head.uid)
    }
    back = kinship.inverse(desk, given.relation, head.sex)
    found = {their_head.uid: given.relation}
    for one, person in there[1:]:
        follows = kinship.turned(desk, person, one.relation, head, back)
        found[person.uid] = given.relations.get(person.uid) or before.get(person.uid) or follows
    return found


def _hand_over(desk: Desk, tx: Tx, given: Heading, leaves: str = "") -> Family:
    """End every place under the old head and begin one under the new; whoever leaves has ended his himself."""
    wanted = relations_to(desk, given.family, given.head, given.on, given.relations)
    for place in tx.live(Membership, family=given.family, until=None):
        if place.person != leaves:
            tx.put(place, until=given.on, ended=Ended.NEW_HEAD)
            relation = wanted[place.person or ""]
            tx.put(_place(given.family, place.person, relation, given.on, Began.NEW_HEAD))
    return tx.put(desk.store.get(Family, given.family), head=given.head)


def _begin(tx: Tx, head: str, on: date | None) -> str:
    """A family of one, which its first member joins."""
    family = tx.put(Family(head=head, formed_on=on))
    tx.put(_place(family.uid, head, HEAD, on, None))
    return family.uid


def _place(
    family: str, person: str | None, relation: str, on: date | None, began: Began | None
) -> Membership:
    return Membership(family=family, person=person, relation=relation, since=on, began=began)
