"""Families as they were on a day: who was in which, who was whose parent."""

from __future__ import annotations

from datetime import date

from migdesk.domain.kin import HEAD
from migdesk.domain.person import Family, Membership, Person
from migdesk.store.database import LIVE, Store

_ON = f"(since IS NULL OR since <= ?) AND (until IS NULL OR until > ?) AND {LIVE}"
_TOGETHER = """
  FROM membership h JOIN membership m ON m.family = h.family
  WHERE h.relation = 'head' AND h.annulled_on IS NULL AND m.annulled_on IS NULL
    AND (h.since IS NULL OR m.until IS NULL OR h.since < m.until)
    AND (m.since IS NULL OR h.until IS NULL OR m.since < h.until)
"""
_PARENTS = f"""
SELECT h.person {_TOGETHER} AND m.person = :uid AND m.relation IN ('son', 'daughter', 'grandchild')
UNION
SELECT m.person {_TOGETHER} AND h.person = :uid AND m.relation IN ('father', 'mother', 'grandparent')
"""


def memberships_on(store: Store, person: str, day: date) -> list[Membership]:
    """A person's places in families on a day, the newest last."""
    iso = day.isoformat()
    return store.select(Membership, f"person = ? AND {_ON}", (person, iso, iso), "since, id")


def family_on(store: Store, person: str, day: date) -> str | None:
    """The family a person belongs to on a day; of several the newest."""
    found = memberships_on(store, person, day)
    return found[-1].family if found else None


def members_on(store: Store, family: str, day: date) -> list[tuple[Membership, Person]]:
    """Who is in a family on a day, each once: the head first, the others as they were written."""
    iso = day.isoformat()
    order = f"relation <> '{HEAD}', id"
    found = {
        one.person or "": one
        for one in store.select(Membership, f"family = ? AND {_ON}", (family, iso, iso), order)
    }
    return [(one, store.get(Person, uid)) for uid, one in found.items()]


def all_places(store: Store, family: str) -> list[Membership]:
    """Every place that anybody had in a family, from the oldest."""
    return store.live(Membership, family=family, order="since, id")


def formed_out_of(store: Store, family: str) -> list[Family]:
    """Families that parted from this one."""
    return store.live(Family, origin=family, order="formed_on, id")


def ancestors_of(store: Store, person: str) -> set[str]:
    """Parents and grandparents of a person, theirs too, as any family of any day says."""
    found: set[str] = set()
    asked = [person]
    while asked:
        rows = store.rows(_PARENTS, {"uid": asked.pop()})
        fresh = {str(row[0]) for row in rows} - found
        found |= fresh
        asked += fresh
    return found


def is_head_of(store: Store, place: Membership, head: str) -> bool:
    """Whether a person headed the family of a place when that place began."""
    if place.since is None or place.family is None:
        return False
    return any(
        one.relation == HEAD and one.person == head
        for one in store.live(Membership, family=place.family, person=head)
        if one.holds_on(place.since)
    )


def came_about(store: Store, person: str, days: int, limit: int) -> list[str]:
    """Who arrived within some days of an arrival of a person."""
    sql = f"""
      SELECT DISTINCT other.person FROM arrival mine JOIN arrival other
        ON other.arrived_on BETWEEN date(mine.arrived_on, :before) AND date(mine.arrived_on, :after)
      WHERE mine.person = :person AND mine.{LIVE} AND other.{LIVE} AND other.person <> :person
      LIMIT :limit"""
    given = {"person": person, "before": f"-{days} days", "after": f"+{days} days", "limit": limit}
    return [str(row[0]) for row in store.rows(sql, given)]
