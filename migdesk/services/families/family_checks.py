"""What is wrong or odd about an event of a family, each remark at the field it is about."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date

from migdesk.domain.dates import show_day
from migdesk.domain.finding import Finding, block, warn
from migdesk.domain.kin import HEAD, Ended, LeaveReason, PartReason
from migdesk.domain.person import Family, Membership, Person
from migdesk.i18n import N_
from migdesk.services.desk import Desk
from migdesk.services.families import families
from migdesk.services.people import kinship
from migdesk.store import families as shelf

_EMPTY = N_("“{label}” is empty.")
FIRST = N_("{name} is in this family only since {day}.")
TWICE = N_("{name} is in this family already, since {day}.")
NOT_MEMBER = N_("The person is not in this family.")


def check_joining(
    desk: Desk, person: str, relation: str, on: date | None, family: str = "", head: str = ""
) -> list[Finding]:
    """Whether somebody can join a family, or that of a head which begins with him, on a day."""
    joins = desk.store.get(Person, person)
    found = [*check_day(desk, on), *_check_alive(desk, joins, on)]
    if on and joins.birth_date and joins.birth_date.earliest() > on:
        message = N_("{name} was born after this day.")
        found.append(block("before_birth", message, "on", name=joins.full_name))
    heads = desk.store.get(Person, head) if head and not family else _head_of(desk, family)
    if heads is None:
        return [*found, block("no_head", N_("This family has no head any more."), "family")]
    if heads.uid == person:
        message = N_("The head is in the family already: name somebody else.")
        return [*found, block("twice", message, "person")]
    if family:
        found += [*_check_twice(desk, family, joins, on), *_check_under_head(desk, family, heads, on)]
    found += kinship.check_kin(desk, joins, heads, relation, on)
    return [*found, *_also_elsewhere(desk, joins, family, on)]


def check_leaving(
    desk: Desk, family: str, person: str, on: date | None, why: Ended | None, next_head: str = ""
) -> list[Finding]:
    """Whether somebody can leave a family on a day; a head leaves only when another is named."""
    desk.store.get(Family, family)
    place = _present(desk, family).get(person)
    found = check_day(desk, on)
    if why is None or why.value not in {one.value for one in LeaveReason}:
        found.append(block("unknown_reason", N_("This is no reason to leave alone."), "why"))
    if place is None:
        return [*found, block("not_member", NOT_MEMBER, "person")]
    ends = desk.store.live(Membership, person=person, until=None) if why is Ended.DIED else [place]
    found += _check_since(desk, ends, on)
    others = set(_present(desk, family)) - {person}
    if place.relation == HEAD and others and not next_head:
        message = N_("The head leaves: name who is the head then.")
        found.append(block("head_leaves", message, "next_head"))
    if next_head and (next_head not in others or place.relation != HEAD):
        message = N_("Only a member who stays can be the next head, and only when the head leaves.")
        found.append(block("not_member", message, "next_head"))
    elif next_head:
        found += _check_since(desk, _present(desk, family).values(), on)
    return [*found, *(_heads_elsewhere(desk, person, family) if why is Ended.DIED else ())]


def check_heading(
    desk: Desk, family: str, head: str, on: date | None, relations: Mapping[str, str]
) -> list[Finding]:
    """Whether a member can head the family from a day, and the relations given for the others."""
    desk.store.get(Family, family)
    present, found = _present(desk, family), check_day(desk, on)
    if head not in present:
        return [*found, block("not_member", N_("The head is one of the members."), "head")]
    if present[head].relation == HEAD:
        return [*found, block("same_head", N_("This person is the head already."), "head")]
    found += _check_since(desk, present.values(), on)
    new = desk.store.get(Person, head)
    for uid, relation in relations.items():
        if uid in present and uid != head:
            told = kinship.check_kin(desk, desk.store.get(Person, uid), new, relation, on)
            found += [_at(one, f"relation.{uid}") for one in told]
    return found


def check_parting(
    desk: Desk, family: str, members: Sequence[str], head: str, on: date | None, why: Ended | None
) -> list[Finding]:
    """Whether some members can form a family of their own on a day."""
    desk.store.get(Family, family)
    present, found = _present(desk, family), check_day(desk, on)
    if why is None or why.value not in {one.value for one in PartReason}:
        found.append(block("unknown_reason", N_("This is no reason for a family to part."), "why"))
    if not members or not set(members) <= set(present):
        return [*found, block("not_member", N_("Choose members of this family."), "members")]
    if any(present[uid].relation == HEAD for uid in members):
        message = N_("The head stays with this family: choose the others, or change the head first.")
        found.append(block("head_leaves", message, "members"))
    if head not in members:
        found.append(block("not_member", N_("The head of the new family is one of those who go."), "head"))
    found += _check_since(desk, [present[uid] for uid in members], on)
    if why is Ended.OF_AGE and head in members and on:
        found += _check_of_age(desk, desk.store.get(Person, head), on)
    elif head in members and on:
        found += _young_head(desk, desk.store.get(Person, head), on)
    return found


def check_reuniting(desk: Desk, family: str, other: str, relation: str, on: date | None) -> list[Finding]:
    """Whether the members of another family can come to this one on a day; one head of both needs no relation."""
    desk.store.get(Family, other)
    found = check_day(desk, on)
    if family == other:
        return [*found, block("same_family", N_("This is one family already."), "other")]
    head, their_head = _head_of(desk, family), _head_of(desk, other)
    if head is None or their_head is None:
        return [*found, block("no_head", N_("This family has no head any more."), "other")]
    found += _check_since(desk, _present(desk, other).values(), on)
    found += _check_under_head(desk, family, head, on)
    if their_head.uid != head.uid:
        return [*found, *kinship.check_kin(desk, their_head, head, relation, on)]
    for uid, place in _present(desk, other).items():
        if uid != head.uid and uid not in _present(desk, family):
            told = kinship.check_kin(desk, desk.store.get(Person, uid), head, place.relation, on)
            found += [_at(one, "other") for one in told]
    return found


def _present(desk: Desk, family: str) -> dict[str, Membership]:
    """Places that have not ended, by person."""
    return {one.person or "": one for one in desk.store.live(Membership, family=family, until=None)}


def _head_of(desk: Desk, family: str) -> Person | None:
    desk.store.get(Family, family)
    places = _present(desk, family)
    uid = next((uid for uid, one in places.items() if one.relation == HEAD), None)
    return desk.store.find(Person, uid) if uid else None


def check_day(desk: Desk, on: date | None) -> list[Finding]:
    """An event of a family has a day, and it has come."""
    if on is None:
        return [block("missing", _EMPTY, "on", label=N_("Date"))]
    if on > desk.today:
        message = N_("This day has not come yet: write the event down when it has happened.")
        return [block("in_future", message, "on")]
    return []


def _check_since(desk: Desk, places: Collection[Membership], on: date | None) -> list[Finding]:
    """Nobody leaves a place before it began."""
    late = max((one for one in places if one.since), key=lambda one: one.since or date.min, default=None)
    if on is None or late is None or late.since is None or late.since <= on:
        return []
    name = desk.store.get(Person, late.person or "").full_name
    return [block("before_joining", FIRST, "on", name=name, day=show_day(late.since))]


def _check_under_head(desk: Desk, family: str, head: Person, on: date | None) -> list[Finding]:
    """A relation is to the head, so nobody joins for days on which another was the head."""
    return _check_since(desk, [_present(desk, family)[head.uid]], on)


def _check_twice(desk: Desk, family: str, person: Person, on: date | None) -> list[Finding]:
    places = desk.store.live(Membership, family=family, person=person.uid)
    if not any(one.until is None or (on and one.until > on) for one in places):
        return []
    since = max((one.since for one in places if one.since), default=None)
    return [block("twice", TWICE, "person", name=person.full_name, day=show_day(since) or "—")]


def _check_alive(desk: Desk, person: Person, on: date | None) -> list[Finding]:
    died = [
        one.until for one in desk.store.live(Membership, person=person.uid, ended=Ended.DIED) if one.until
    ]
    if not died or on is None or on < min(died):
        return []
    message = N_("The death of {name} on {day} is in the register.")
    return [block("dead", message, "person", name=person.full_name, day=show_day(min(died)))]


def _also_elsewhere(desk: Desk, person: Person, family: str, on: date | None) -> list[Finding]:
    """One may belong to two families, such as a son with a wife of his own; it is worth a look."""
    for place in shelf.memberships_on(desk.store, person.uid, on or desk.today):
        head = _head_of(desk, place.family or "") if place.family != family else None
        if head:
            message = N_("{name} is also in the family of {head}; end that place if it is over.")
            return [warn("also_in", message, "person", name=person.full_name, head=head.full_name)]
    return []


def _heads_elsewhere(desk: Desk, person: str, family: str) -> list[Finding]:
    places = desk.store.live(Membership, person=person, relation=HEAD, until=None)
    if all(one.family == family for one in places):
        return []
    message = N_("The person also heads another family: name its next head there.")
    return [warn("heads_other", message, "person")]


def _young_head(desk: Desk, head: Person, on: date) -> list[Finding]:
    """A child as head of a family of his own: it happens to orphans, and it is more often a slip."""
    comes = families.of_age_on(desk, head, on)
    if comes is None or comes <= on:
        return []
    message = N_("{name} comes of age on {day}: a child would head this family. Name the guardian.")
    return [warn("young_head", message, "head", name=head.full_name, day=show_day(comes))]


def _check_of_age(desk: Desk, person: Person, on: date) -> list[Finding]:
    comes = families.of_age_on(desk, person, on)
    if comes is None or comes <= on:
        return []
    message = N_("{name} comes of age only on {day}.")
    return [block("under_age", message, "on", name=person.full_name, day=show_day(comes))]


def _at(finding: Finding, field: str) -> Finding:
    return replace(finding, field=field)
