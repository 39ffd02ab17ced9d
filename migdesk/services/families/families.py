"""The file of a family: who was in it on a day, what each is to the head and back, what happened, what is due."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from migdesk.domain.errors import Refused
from migdesk.domain.finding import Finding, block, note, warn
from migdesk.domain.kin import HEAD, OF_AGE, Began, Ended, birthday
from migdesk.domain.person import Family, Membership, Person
from migdesk.i18n import N_
from migdesk.services.desk import Desk
from migdesk.services.facts.members import family_of
from migdesk.services.people import people
from migdesk.store import families as shelf

_NONE_YET = N_(
    "{name} has no family yet. It begins with its first member: “Begin a family…” in the file of the person, or "
    "“family join”."
)
_HEADS = N_(
    "{name} heads {n} families: {families}. Choose one and reunite the other with it, or name it another head."
)
_ALSO_IN = N_("{name} is also in another family: {families}.")


@dataclass(frozen=True, slots=True)
class FamilyEvent:
    """Something that happened to a family on a day, and to whom; `other` is the family they went to.

    `what` is nothing for those with whom the family began.
    """

    on: date | None
    what: Began | Ended | None
    people: tuple[Person, ...]
    other: str | None = None


@dataclass(frozen=True, slots=True)
class ComingOfAge:
    """A member under age, and the day on which that ends."""

    person: Person
    on: date


@dataclass(frozen=True, slots=True)
class FamilyFile:
    """A family with its head and members on a day, its events from the oldest, and the families beside it."""

    family: Family
    on: date
    members: tuple[tuple[Membership, Person], ...]
    events: tuple[FamilyEvent, ...]
    of_age: tuple[ComingOfAge, ...]
    origin: Family | None
    parted: tuple[tuple[Family, Person], ...]
    also: tuple[Family, ...] = ()
    """Other families, today, of the person asked for; of the head when a family was asked for."""
    findings: tuple[Finding, ...] = ()

    @property
    def head(self) -> Person | None:
        """The head on that day."""
        return next((person for one, person in self.members if one.relation == HEAD), None)


def members_on(desk: Desk, family: str, day: date) -> list[tuple[Membership, Person]]:
    """Who was in a family on a day, the head first: as everything written since then leaves it."""
    return shelf.members_on(desk.store, family, day)


def get_family(desk: Desk, key: str) -> Family:
    """A family by its uid, or that of a person by uid, IIN or document number; the last one he was in.

    Raises:
        NotFound: nothing has it.
        Refused: the person was in no family.
    """
    found = desk.store.find(Family, key)
    if found and not found.is_annulled:
        return found
    person = people.get_person(desk, key)
    now = family_of(desk, person.uid)
    places = desk.store.live(Membership, person=person.uid, order="since, id")
    last = now or (places[-1].family if places else None)
    if last is None:
        raise Refused([block("no_family", _NONE_YET, "family", name=person.full_name)])
    return desk.store.get(Family, last)


def families_of(desk: Desk, person: str) -> list[Family]:
    """All families a person is in today, the one he came to last first."""
    uids = (one.family or "" for one in reversed(shelf.memberships_on(desk.store, person, desk.today)))
    return [desk.store.get(Family, uid) for uid in dict.fromkeys(uids)]


def check_several(desk: Desk, person: Person) -> list[Finding]:
    """What is said of somebody in more than one family: of two that he heads, one has to be chosen."""
    places = shelf.memberships_on(desk.store, person.uid, desk.today)
    headed = list(dict.fromkeys(one.family or "" for one in places if one.relation == HEAD))
    if len(headed) > 1:
        words = "; ".join(_called(desk, uid, person.uid) for uid in headed)
        values = {"name": person.full_name, "n": len(headed), "families": words}
        return [warn("family.heads_several", _HEADS, "family", **values)]
    others = list(dict.fromkeys(one.family or "" for one in places))[:-1]
    if not others:
        return []
    words = "; ".join(_called(desk, uid, person.uid) for uid in others)
    return [note("family.also_in", _ALSO_IN, "family", name=person.full_name, families=words)]


def _called(desk: Desk, family: str, but: str) -> str:
    """A family by the names of its members, without one of them, the head first."""
    names = [one.full_name for _place, one in members_on(desk, family, desk.today) if one.uid != but]
    return ", ".join(names) or "—"


def open_family(desk: Desk, key: str, on: date | None = None) -> FamilyFile:
    """The file of a family as it was on a day; today when none is named.

    Raises:
        NotFound: no such family.
        Refused: the person was in no family.
    """
    family, day = get_family(desk, key), on or desk.today
    asked = desk.store.find(Person, family.head or "") if key == family.uid else people.get_person(desk, key)
    parted = [
        (one, person)
        for one in shelf.formed_out_of(desk.store, family.uid)
        if (person := desk.store.find(Person, one.head or ""))
    ]
    members = tuple(members_on(desk, family.uid, day))
    return FamilyFile(
        family=family,
        on=day,
        members=members,
        events=tuple(_events(desk, family)),
        of_age=tuple(_under_age(desk, members, day)),
        origin=desk.store.find(Family, family.origin) if family.origin else None,
        parted=tuple(parted),
        also=tuple(one for one in families_of(desk, asked.uid) if one.uid != family.uid) if asked else (),
        findings=tuple(check_several(desk, asked)) if asked else (),
    )


def headed_by(desk: Desk, persons: Sequence[str]) -> Iterator[FamilyFile]:
    """The files of the families that some persons head today."""
    for uid in persons:
        for place in shelf.memberships_on(desk.store, uid, desk.today):
            if place.relation == HEAD and place.family:
                yield open_family(desk, place.family)


def of_age_on(desk: Desk, person: Person, day: date) -> date | None:
    """The day on which a person comes of age by the law of a day; nothing without a birth date."""
    if person.birth_date is None:
        return None
    return birthday(person.birth_date, int(desk.law.value(OF_AGE, day)))


def _under_age(
    desk: Desk, members: tuple[tuple[Membership, Person], ...], day: date
) -> Iterator[ComingOfAge]:
    for _one, person in members:
        comes = of_age_on(desk, person, day)
        if comes and comes > day:
            yield ComingOfAge(person, comes)


def _events(desk: Desk, family: Family) -> list[FamilyEvent]:
    """What the places begun and ended tell, those of one day and kind together; and birthdays of full age."""
    told: dict[tuple[date | None, Began | Ended | None], dict[str, Person]] = {}
    for one in shelf.all_places(desk.store, family.uid):
        person = desk.store.get(Person, one.person or "")
        for on, what in _told_by(desk, one, person):
            told.setdefault((on, what), {})[person.uid] = person
    events = [
        FamilyEvent(on, what, tuple(found.values()), _went_to(desk, family, on, found))
        for (on, what), found in told.items()
    ]
    return sorted(events, key=lambda event: event.on or date.min)


def _told_by(
    desk: Desk, place: Membership, person: Person
) -> Iterator[tuple[date | None, Began | Ended | None]]:
    """Events that one place tells of; of a new head only his own place tells."""
    if place.began is not Began.NEW_HEAD or place.relation == HEAD:
        yield place.since, place.began
    if place.until and place.ended is not Ended.NEW_HEAD:
        yield place.until, place.ended
    comes = of_age_on(desk, person, desk.today)
    if comes and place.since and place.since < comes <= desk.today and place.holds_on(comes):
        yield comes, Ended.OF_AGE


def _went_to(desk: Desk, family: Family, on: date | None, found: dict[str, Person]) -> str | None:
    """The family that those who went formed, or came to, on the same day."""
    if on is None:
        return None
    for uid in found:
        for place in desk.store.live(Membership, person=uid, since=on):
            if place.family != family.uid and place.began in (Began.APART, Began.REUNITED):
                return place.family
    return None
