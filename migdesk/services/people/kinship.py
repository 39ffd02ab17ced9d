"""Whether a kinship can be: ages, sexes, circles. Every door that writes a relation asks here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from migdesk.domain.finding import Finding, Severity, block, blocking, warn
from migdesk.domain.kin import HEAD, OTHER, SPOUSE, is_surely_before, most_years_between, seen_by
from migdesk.domain.person import Person, Sex
from migdesk.i18n import N_
from migdesk.services.desk import Desk
from migdesk.store import families as shelf

RELATIONS = "relations"
"""The list that says what each relation asks of ages and sexes, and what its inverse is."""
SETTING = "family.parent_age"

_OLDER = N_("{elder} was not born before {younger}: this relation cannot be.")
_TOO_CLOSE = N_(
    "Between {elder} and {younger} lie at most {n} years; for this relation it takes {least}. "
    "The limit is a setting of the office."
)


def inverse(desk: Desk, relation: str, sex: Sex | None) -> str:
    """What the head is to a member who is this to him; `other` when the list does not know the relation.

    Of a head whose sex is not given the word of a man is taken.
    """
    row = desk.lists.items(RELATIONS).get(relation)
    return row.more.get(f"inverse_{sex.value if sex else 'm'}", OTHER) if row else OTHER


def inverse_words(desk: Desk, relation: str, sex: Sex | None) -> str:
    """What the head is to a member, in words; both words when the sex of the head is not given."""
    sexes = (sex,) if sex else tuple(Sex)
    words = (desk.lists.label(RELATIONS, inverse(desk, relation, one)) for one in sexes)
    return " / ".join(dict.fromkeys(words))


def check_kin(
    desk: Desk, member: Person, head: Person, relation: str, on: date | None = None
) -> list[Finding]:
    """What is wrong or odd about a member being this to a head; `on` is the day from which he is in the family."""
    row = desk.lists.items(RELATIONS).get(relation)
    if not relation:
        return [block("missing", N_("The relation to the head is not given."), "relation")]
    if row is None:
        return [block("unknown_code", N_("“{code}” is not in the list."), "relation", code=relation)]
    if relation == HEAD:
        return [
            block("two_heads", N_("A family has one head: choose what the person is to him."), "relation")
        ]
    found = [*_check_sex(member, row.more), *_check_age(member, row.more, on)]
    found += _check_generations(desk, member, head, row.more)
    if not blocking(found):
        found += _check_circle(desk, member, head, row.more)
    return [*found, *_check_once(desk, member, head, relation, row.more)]


def check_alike(desk: Desk, relations: Sequence[str]) -> list[tuple[int, Finding]]:
    """Of those who arrive together: places of a second spouse, father or mother of one head, each with a block."""
    rows = desk.lists.items(RELATIONS)
    found = []
    for place, relation in enumerate(relations):
        row = rows.get(relation)
        if row and row.more.get("once") and relation in relations[:place]:
            message = N_(
                "Two people here have this relation to the head: {relation}. Somebody has one at a time."
            )
            words = desk.lists.label(RELATIONS, relation)
            found.append((place, block("kin.twice", message, "relation", relation=words)))
    return found


def spouses(desk: Desk, person: str) -> list[Person]:
    """Who is a person's spouse today by any family: as a member of his, or as the head of one he is in."""
    found: dict[str, Person] = {}
    for place in shelf.memberships_on(desk.store, person, desk.today) if person else ():
        wanted = {HEAD: SPOUSE, SPOUSE: HEAD}.get(place.relation)
        for one, other in shelf.members_on(desk.store, place.family or "", desk.today) if wanted else ():
            if one.relation == wanted:
                found[other.uid] = other
    return list(found.values())


def _check_sex(member: Person, row: Mapping[str, str]) -> list[Finding]:
    wanted = row.get("sex")
    if not wanted or member.sex is None or member.sex == wanted:
        return []
    message = N_("This relation is that of a man, and {name} is a woman.")
    if wanted == Sex.FEMALE:
        message = N_("This relation is that of a woman, and {name} is a man.")
    return [warn("kin.sex", message, "relation", name=member.full_name)]


def _check_age(member: Person, row: Mapping[str, str], on: date | None) -> list[Finding]:
    least, born = int(row.get("min_age", 0)), member.birth_date
    if not least or born is None or on is None or born.age_on(on) >= least:
        return []
    message = N_("{name} would be under {least} for this relation.")
    return [warn("kin.young", message, "relation", name=member.full_name, least=least)]


def _check_generations(desk: Desk, member: Person, head: Person, row: Mapping[str, str]) -> list[Finding]:
    """A parent is born before the child, and by the office's limit of years; an estimated birth only warns."""
    rises, falls = int(row.get("older_by", 0)), int(row.get("younger_by", 0))
    if not rises and not falls:
        return []
    elder, younger = (member, head) if rises else (head, member)
    if elder.birth_date is None or younger.birth_date is None:
        return []
    say = warn if elder.birth_estimated or younger.birth_estimated else block
    names = {"elder": elder.full_name, "younger": younger.full_name}
    if is_surely_before(younger.birth_date, elder.birth_date):
        return [say("kin.older", _OLDER, "relation", **names)]
    least = least_years(desk) * max(rises, falls)
    between = most_years_between(elder.birth_date, younger.birth_date)
    if between >= least:
        return []
    return [say("kin.too_close", _TOO_CLOSE, "relation", n=max(between, 0), least=least, **names)]


def least_years(desk: Desk) -> int:
    """Full years between parent and child below which the office believes no kinship."""
    return int(desk.law.setting(SETTING).rpartition("_")[2])


def _check_circle(desk: Desk, member: Person, head: Person, row: Mapping[str, str]) -> list[Finding]:
    elder, younger = (member, head) if "older_by" in row else (head, member)
    if not ("older_by" in row or "younger_by" in row) or not (member.uid and head.uid):
        return []
    if younger.uid not in shelf.ancestors_of(desk.store, elder.uid):
        return []
    message = N_("The register says the contrary: {younger} is a parent or grandparent of {elder}.")
    return [block("kin.circle", message, "relation", elder=elder.full_name, younger=younger.full_name)]


def _check_once(
    desk: Desk, member: Person, head: Person, relation: str, row: Mapping[str, str]
) -> list[Finding]:
    """Somebody has one spouse, one father, one mother: a second one is worth a look, and may be saved."""
    if not row.get("once"):
        return []
    if relation == SPOUSE:
        message = N_("{name} has a spouse already: {spouse}. End that first if the marriage is over.")
        pairs = [(one, other) for one in (head, member) for other in spouses(desk, one.uid)]
        return [
            warn("kin.second_spouse", message, "relation", name=one.full_name, spouse=other.full_name)
            for one, other in pairs
            if other.uid not in (head.uid, member.uid)
        ]
    message = N_("{head} has this relative already: {relation} {name}.")
    words = desk.lists.label(RELATIONS, relation)
    return [
        warn("kin.twice", message, "relation", head=head.full_name, relation=words, name=other.full_name)
        for other in _others_called(desk, head.uid, relation)
        if other.uid != member.uid
    ]


def _others_called(desk: Desk, head: str, relation: str) -> list[Person]:
    """Who has a relation to a head today, in any family he heads."""
    places = shelf.memberships_on(desk.store, head, desk.today) if head else []
    return [
        other
        for place in places
        if place.relation == HEAD
        for one, other in shelf.members_on(desk.store, place.family or "", desk.today)
        if one.relation == relation
    ]


def check_relatives(desk: Desk, person: Person) -> list[Finding]:
    """What a corrected birth date contradicts in the families of a person; the other date may be the wrong one."""
    found: list[Finding] = []
    for place in shelf.memberships_on(desk.store, person.uid, desk.today):
        for one, other in shelf.members_on(desk.store, place.family or "", desk.today):
            row = desk.lists.items(RELATIONS).get(place.relation if one.relation == HEAD else one.relation)
            if row is None or other.uid == person.uid or HEAD not in (place.relation, one.relation):
                continue
            member, head = (person, other) if one.relation == HEAD else (other, person)
            told = _check_generations(desk, member, head, row.more)
            found += [replace(finding, severity=Severity.WARN, field="birth_date") for finding in told]
    return found


def turned(desk: Desk, member: Person, relation: str, head: Person, new: str) -> str:
    """What a member is to a new head who was `new` to the old one; another relative where that cannot be."""
    found = seen_by(new, relation, member.sex.value if member.sex else None)
    for one in (found, "stepchild") if found in ("son", "daughter") else (found,):
        if not blocking(check_kin(desk, member, head, one)):
            return one
    return OTHER
