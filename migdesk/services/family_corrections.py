"""A wrong word about somebody's place in a family is corrected or annulled; what was said stays in the journal.

A place lasts from joining to leaving. When another comes to head the family it goes on under him as a new row: such
rows together are a stretch, whose first row has the joining and whose last one the leaving.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any

from migdesk.domain.case import CaseState
from migdesk.domain.change import Done, Op
from migdesk.domain.dates import show_day
from migdesk.domain.errors import refuse_if_blocked
from migdesk.domain.finding import Finding, Severity, block, note, warn
from migdesk.domain.kin import HEAD, Began, Ended, LeaveReason
from migdesk.domain.person import Family, Membership, Person
from migdesk.i18n import N_
from migdesk.services.arrivals import departures
from migdesk.services.checked_ops import checked_op
from migdesk.services.desk import Desk
from migdesk.services.families.family_checks import FIRST, NOT_MEMBER, TWICE, check_day
from migdesk.services.people import kinship
from migdesk.services.reasons import reason

Stretch = Sequence[Membership]
_SEVERAL = N_(
    "On {day} {name} came or went together with others, by “{what}”: that is not corrected for one alone."
)


@dataclass(frozen=True, slots=True)
class Correcting:
    """What was said wrongly of somebody's place: only what is given changes.

    `relation` is that of the place on the day `on`, today when there is none; `stayed`: he did not leave after all.
    """

    family: str
    person: str
    relation: str = ""
    since: date | None = None
    until: date | None = None
    stayed: bool = False
    on: date | None = None


def check_correction(desk: Desk, given: Correcting) -> list[Finding]:
    """What stands against a correction, field by field, and what it brings along; writes nothing.

    Raises:
        NotFound: no such person.
    """
    person = desk.store.get(Person, given.person)
    stretch = find_stretch(desk, given.family, given.person, given.on)
    if not stretch:
        return [block("not_member", NOT_MEMBER, "person")]
    if not (given.relation or given.since or given.until or given.stayed):
        message = N_("Say what is corrected: the relation, the day of joining or that of leaving.")
        return [block("missing", message, "relation")]
    found = [*_check_relation(desk, given, stretch, person)]
    found += _check_joining(desk, given, stretch, person) if given.since else ()
    found += _check_leaving(desk, given, stretch, person) if given.until or given.stayed else ()
    return [*found, *(_counted(desk, person) if given.relation else ())]


def correct_place(desk: Desk, given: Correcting) -> Done[Membership]:
    """Another relation, another day of joining or leaving; or nobody left after all.

    Raises:
        NotFound: no such person.
        Invalid: what is wrong, field by field.
    """
    with checked_op(desk, Op.CORRECT_FAMILY, partial(check_correction, desk, given)) as (tx, findings):
        stretch = find_stretch(desk, given.family, given.person, given.on)
        wanted: dict[str, dict[str, Any]] = {one.uid: {} for one in stretch}
        if given.relation:
            wanted[_on_day(stretch, given.on or desk.today).uid]["relation"] = given.relation
        if given.since:
            wanted[stretch[0].uid]["since"] = given.since
            head, begins = _beginning(desk, stretch, given.since)
            if head and begins:
                tx.put(head, since=begins)
                family = desk.store.get(Family, given.family)
                tx.put(family, formed_on=begins if family.formed_on == head.since else family.formed_on)
        if given.until or given.stayed:
            ended = {} if given.until else {"ended": None}
            for one in _left_at_once(desk, stretch[-1]):
                wanted[one.uid] = {**wanted.get(one.uid, {}), "until": given.until, **ended}
        saved = {uid: tx.put(desk.store.get(Membership, uid), **new) for uid, new in wanted.items()}
        refuse_if_blocked(_kin(desk, given, saved[_on_day(stretch, given.on or desk.today).uid]))
    return Done(saved[stretch[-1].uid], tx.changes, tuple(findings))


def check_annulment(desk: Desk, family: str, person: str, on: date | None = None) -> list[Finding]:
    """What stands against annulling somebody's place, and what it brings along; writes nothing.

    Raises:
        NotFound: no such person.
    """
    who = desk.store.get(Person, person)
    stretch = find_stretch(desk, family, person, on)
    if not stretch:
        return [block("not_member", NOT_MEMBER, "person")]
    if any(one.relation == HEAD for one in stretch):
        message = N_("{name} heads or headed this family: name another head first, and let him leave.")
        return [block("head_leaves", message, "person", name=who.full_name)]
    alone = [*_came_alone(stretch, who, "person"), *_went_alone(stretch, who, "person")]
    return alone or _counted(desk, who)


def annul_place(
    desk: Desk, family: str, person: str, why: str, on: date | None = None
) -> Done[tuple[Membership, ...]]:
    """Somebody was never in a family: neither the joining nor the leaving happened.

    Raises:
        NotFound: no such person.
        Invalid: no reason is given, he heads the family, or came or went together with others.
    """
    why = reason(why)
    check = partial(check_annulment, desk, family, person, on)
    with checked_op(desk, Op.ANNUL_EVENT, check) as (tx, findings):
        gone = tuple(tx.annul(one, why) for one in find_stretch(desk, family, person, on))
    return Done(gone, tx.changes, tuple(findings))


def ever_in(desk: Desk, family: str) -> list[Person]:
    """Everybody who was ever in a family, as they came."""
    places = desk.store.live(Membership, family=family, order="since, id")
    return [desk.store.get(Person, uid) for uid in dict.fromkeys(one.person or "" for one in places)]


def find_stretch(desk: Desk, family: str, person: str, on: date | None = None) -> Stretch:
    """The stretch of somebody in a family on a day, else his last one; empty for one who was never in it."""
    known = _stretches(desk, family, person)
    day = on or desk.today
    held = [one for one in known if any(place.holds_on(day) for place in one)]
    found = held or known
    return found[-1] if found else ()


def _stretches(desk: Desk, family: str, person: str) -> list[list[Membership]]:
    found: list[list[Membership]] = []
    for one in desk.store.live(Membership, family=family, person=person, order="since, id"):
        if found and one.began is Began.NEW_HEAD and found[-1][-1].ended is Ended.NEW_HEAD:
            found[-1].append(one)
        else:
            found.append([one])
    return found


def _on_day(stretch: Stretch, day: date) -> Membership:
    return next((one for one in stretch if one.holds_on(day)), stretch[-1])


def _check_relation(desk: Desk, given: Correcting, stretch: Stretch, person: Person) -> Iterator[Finding]:
    place = _on_day(stretch, given.on or desk.today)
    if given.relation and place.relation == HEAD:
        message = N_("{name} heads the family: others are something to him. Name another head instead.")
        yield block("head_leaves", message, "relation", name=person.full_name)
    elif given.relation:
        yield from (one for one in _kin(desk, given, place) if one.severity is not Severity.BLOCK)


def _kin(desk: Desk, given: Correcting, place: Membership) -> list[Finding]:
    """What is wrong with the new relation, asked when the wrong one is gone: it would contradict the right one."""
    head = _head_over(desk, place)
    if not given.relation or head is None:
        return []
    member, over = (desk.store.get(Person, one.person or "") for one in (place, head))
    return kinship.check_kin(desk, member, over, given.relation, place.since)


def _head_over(desk: Desk, place: Membership) -> Membership | None:
    """The head's own place to which a place of another is related."""
    heads = desk.store.live(Membership, family=place.family, relation=HEAD, order="since, id")
    day = place.since or place.until or desk.today
    return next((one for one in heads if one.holds_on(day)), heads[0] if heads else None)


def _beginning(desk: Desk, stretch: Stretch, since: date) -> tuple[Membership | None, date | None]:
    """The head's place when the family began with it, and the day on which it begins by a corrected joining."""
    first, head = stretch[0], _head_over(desk, stretch[0])
    if head is None or head.began is not None or head.since is None or head.uid == first.uid:
        return head, None
    others = [
        one.since
        for one in desk.store.live(Membership, family=first.family)
        if one.since and one.person != head.person and one.uid != first.uid
    ]
    begins = min([since, *others])
    moves = begins < head.since or (head.since == first.since and begins != head.since)
    return head, begins if moves and (head.until is None or begins < head.until) else None


def _check_joining(desk: Desk, given: Correcting, stretch: Stretch, person: Person) -> Iterator[Finding]:
    since, first = given.since, stretch[0]
    assert since
    yield from (replace(one, field="since") for one in check_day(desk, since))
    yield from _came_alone(stretch, person, "since")
    if person.birth_date and person.birth_date.earliest() > since:
        message = N_("{name} was born after this day.")
        yield block("before_birth", message, "since", name=person.full_name)
    if first.until and since > first.until:
        message = N_("This is after {day}: until then {name} had this place.")
        yield block("after_end", message, "since", day=show_day(first.until), name=person.full_name)
    head, begins = _beginning(desk, stretch, since)
    if begins:
        yield note("family.begins", N_("The family begins on {day} then."), None, day=show_day(begins))
    elif head and head.uid == first.uid:
        yield from _others_before(desk, first, since)
    elif head and head.since and since < head.since:
        name = desk.store.get(Person, head.person or "").full_name
        yield block("before_joining", FIRST, "since", name=name, day=show_day(head.since))
    yield from _twice(desk, stretch, person, since, stretch[-1].until)


def _others_before(desk: Desk, first: Membership, since: date) -> Iterator[Finding]:
    """A family does not begin after somebody is in it."""
    for one in desk.store.live(Membership, family=first.family, order="since, id"):
        if one.person != first.person and one.since and one.since < since:
            name = desk.store.get(Person, one.person or "").full_name
            message = N_("{name} is in this family since {day} already: it began by then.")
            yield block("others_before", message, "since", name=name, day=show_day(one.since))
            return


def _check_leaving(desk: Desk, given: Correcting, stretch: Stretch, person: Person) -> Iterator[Finding]:
    last, until = stretch[-1], given.until
    if last.until is None:
        message = N_("{name} did not leave this family yet: write that down as a new event.")
        yield block("not_said", message, "until", name=person.full_name)
        return
    yield from _went_alone(stretch, person, "until")
    if last.relation == HEAD:
        message = N_("{name} headed the family, and another heads it since {day}: that stays.")
        yield block("head_leaves", message, "until", name=person.full_name, day=show_day(last.until))
    if until:
        yield from (replace(one, field="until") for one in check_day(desk, until))
        if last.since and until < last.since:
            yield block("before_joining", FIRST, "until", name=person.full_name, day=show_day(last.since))
    head = _head_over(desk, last)
    if head and head.until and (until is None or until > head.until):
        message = N_("Another heads the family since {day}: what {name} is to him is not known.")
        yield block("another_head", message, "until", day=show_day(head.until), name=person.full_name)
    yield from _twice(desk, stretch, person, stretch[0].since, until)


def _left_at_once(desk: Desk, last: Membership) -> list[Membership]:
    """The place that somebody left, and of one who died his places in other families too."""
    if last.ended is not Ended.DIED:
        return [last]
    died = desk.store.live(Membership, person=last.person, until=last.until, ended=Ended.DIED)
    return [one for one in died if one.relation != HEAD]


def _came_alone(stretch: Stretch, person: Person, field: str) -> Iterator[Finding]:
    first = stretch[0]
    if first.began and first.began is not Began.JOINED:
        what = Began.labels()[first.began]
        values = {"day": show_day(first.since), "name": person.full_name, "what": what}
        yield block("of_several", _SEVERAL, field, **values)


def _went_alone(stretch: Stretch, person: Person, field: str) -> Iterator[Finding]:
    last = stretch[-1]
    if last.ended and last.ended.value not in {one.value for one in LeaveReason}:
        what = Ended.labels()[last.ended]
        values = {"day": show_day(last.until), "name": person.full_name, "what": what}
        yield block("of_several", _SEVERAL, field, **values)


def _twice(
    desk: Desk, stretch: Stretch, person: Person, since: date | None, until: date | None
) -> Iterator[Finding]:
    """Nobody is in a family twice on one day."""
    first = stretch[0]
    for other in _stretches(desk, first.family or "", person.uid):
        begins, ends = other[0].since or date.min, other[-1].until or date.max
        if other[0].uid != first.uid and (since or date.min) < ends and begins < (until or date.max):
            field = "since" if begins < (first.since or date.min) else "until"
            yield block("twice", TWICE, field, name=person.full_name, day=show_day(other[0].since))


def _counted(desk: Desk, person: Person) -> list[Finding]:
    """Open cases of another that count him in with the family."""
    message = N_("The case {number} is open, and {name} is counted in it: look at it.")
    return [
        warn("keeps.case", message, None, number=one.number, name=person.full_name)
        for one in departures.cases_of(desk, person.uid, CaseState.OPEN)
        if one.person != person.uid
    ]
