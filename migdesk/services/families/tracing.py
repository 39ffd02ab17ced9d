"""Tracing: who in the register may be of one family with a person, and by which signs.

Meant for children who came alone, whose tracing only those with the right to restricted entries see; nothing is
decided here. A sign alone says little, so two are asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from migdesk.domain.arrival import Arrival
from migdesk.domain.kin import most_years_between
from migdesk.domain.letters import fold
from migdesk.domain.nameparts import Role, full_name
from migdesk.domain.person import Person, Sex
from migdesk.i18n import N_, _
from migdesk.services.desk import Desk
from migdesk.services.facts.members import family_of
from migdesk.services.families import minors
from migdesk.services.people import kinship
from migdesk.store import families as shelf
from migdesk.store import people, search

_ENOUGH, _SIGNS = 4, 2
"""The weight and the number of signs from which a person is named."""
_NAMES, _BEST, _DAYS, _OLDEST = 300, 20, 3, 70
_ENDING = re.compile(r"(?<=..)(?:(?:[oe]v|in)a?|sk(?:ii|i|aia|a)|uli|kizi)$")


@dataclass(frozen=True, slots=True)
class Sign:
    """One thing that speaks for kinship: how much it weighs, and in words."""

    weight: int
    words: str


@dataclass(frozen=True, slots=True)
class Kinsman:
    """Somebody who may be of the family, by which signs, and the family he is in today."""

    person: Person
    signs: tuple[Sign, ...]
    family: str | None

    @property
    def weight(self) -> int:
        """All signs together."""
        return sum(sign.weight for sign in self.signs)


def trace(desk: Desk, uid: str, *, limit: int = _BEST) -> list[Kinsman]:
    """Who may be of one family with a person, the likeliest first; those in his families are left out.

    Raises:
        NotFound: no such person.
        Refused: the person is a child who is alone, and the operator has no right to restricted entries.
    """
    person = desk.store.get(Person, uid)
    minors.refuse_without_right(desk, uid)
    known = {uid} | {
        one.uid
        for place in shelf.memberships_on(desk.store, uid, desk.today)
        for _place, one in shelf.members_on(desk.store, place.family or "", desk.today)
    }
    found = []
    for other in _candidates(desk, person):
        signs = tuple(_signs(desk, person, other)) if other.uid not in known else ()
        if len(signs) >= _SIGNS and sum(one.weight for one in signs) >= _ENOUGH:
            found.append(Kinsman(other, signs, family_of(desk, other.uid)))
    return sorted(found, key=lambda one: (-one.weight, one.person.full_name))[:limit]


def _candidates(desk: Desk, person: Person) -> list[Person]:
    """People with the stem of the surname or the father's name, and those who came on the same days."""
    store = desk.store
    found: dict[str, Person] = {}
    for word in {_stem(person.surname or person.surname_latin), _father(person)} - {""}:
        ids = search.find_ids(store, "person_search", word, _NAMES)
        found |= {one.uid: one for one in people.by_rowids(store, ids)}
    for uid in shelf.came_about(store, person.uid, _DAYS, _NAMES):
        if uid not in found and (one := store.find(Person, uid)):
            found[uid] = one
    return [one for one in found.values() if not one.is_annulled]


def _signs(desk: Desk, person: Person, other: Person) -> Iterator[Sign]:
    mine, theirs = (_stem(one.surname or one.surname_latin) for one in (person, other))
    if mine and mine == theirs:
        yield Sign(2, _(N_("same stem of the surname")))
    yield from _of_fathers(desk, person, other)
    place = fold(person.birth_place)
    if place and place == fold(other.birth_place):
        yield Sign(2, _(N_("same place of birth: {place}")).format(place=other.birth_place))
    if person.exit_country and person.exit_country == other.exit_country:
        country = desk.lists.label("countries", other.exit_country)
        yield Sign(1, _(N_("same country of exit: {country}")).format(country=country))
    days = _days_apart(desk, person, other)
    if days is not None and days <= _DAYS:
        yield Sign(2, _(N_("arrived within days of each other: {n}")).format(n=days))


def _of_fathers(desk: Desk, person: Person, other: Person) -> Iterator[Sign]:
    """The patronymic names this man, or his names this person's father as well."""
    father = _father(person)
    if not father:
        return
    if father == _given(other) and other.sex is not Sex.FEMALE and _may_be_father(desk, person, other):
        yield Sign(3, _(N_("the patronymic is the given name of this man")))
    elif father == _father(other):
        yield Sign(2, _(N_("same patronymic")))


def _may_be_father(desk: Desk, person: Person, other: Person) -> bool:
    if person.birth_date is None or other.birth_date is None:
        return True
    return kinship.least_years(desk) <= most_years_between(other.birth_date, person.birth_date) <= _OLDEST


def _stem(surname: str) -> str:
    """The surname as a search key, without the ending that differs between men and women."""
    return _ENDING.sub("", fold(surname).replace(" ", ""))


def _father(person: Person) -> str:
    parts = full_name(person.surname, person.given, person.patronymic)
    return next((part.key for part in parts if part.role is Role.FATHER), "")


def _given(person: Person) -> str:
    return fold(person.given or person.given_latin)


def _days_apart(desk: Desk, person: Person, other: Person) -> int | None:
    """The fewest days between an arrival of one and an arrival of the other."""
    mine, theirs = (
        [one.arrived_on for one in desk.store.live(Arrival, person=uid) if one.arrived_on]
        for uid in (person.uid, other.uid)
    )
    return min((abs((here - there).days) for here in mine for there in theirs), default=None)
