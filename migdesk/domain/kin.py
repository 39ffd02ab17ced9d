"""Kinship: how a place in a family began and ended, and what members are to a new head.

Relations are those of the list `relations`, each to the head of a family.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from migdesk.domain.dates import PartialDate
from migdesk.i18n import N_

OF_AGE = "family.of_age"
"""The value that says with how many full years somebody comes of age."""


HEAD, SPOUSE, OTHER = "head", "spouse", "other"


class Began(StrEnum):
    """Why somebody's place in a family began; empty for those who arrived with it."""

    JOINED = "joined"
    NEW_HEAD = "new_head"
    APART = "apart"
    REUNITED = "reunited"

    @classmethod
    def labels(cls) -> dict[Began, str]:
        """What a person reads."""
        return {
            cls.JOINED: N_("joined the family"),
            cls.NEW_HEAD: N_("new head of the family"),
            cls.APART: N_("a family of its own formed"),
            cls.REUNITED: N_("families reunited"),
        }


class Ended(StrEnum):
    """Why somebody's place in a family ended."""

    LEFT = "left"
    DIVORCED = "divorced"
    OWN_HOUSEHOLD = "own_household"
    OF_AGE = "of_age"
    DIED = "died"
    NEW_HEAD = "new_head"
    REUNITED = "reunited"

    @classmethod
    def labels(cls) -> dict[Ended, str]:
        """What a person reads."""
        return {
            cls.LEFT: N_("left the family"),
            cls.DIVORCED: N_("divorce"),
            cls.OWN_HOUSEHOLD: N_("own household"),
            cls.OF_AGE: N_("came of age"),
            cls.DIED: N_("death"),
            cls.NEW_HEAD: N_("new head of the family"),
            cls.REUNITED: N_("families reunited"),
        }


class LeaveReason(StrEnum):
    """Why one person may leave: some of `Ended`."""

    LEFT = Ended.LEFT.value
    DIVORCED = Ended.DIVORCED.value
    OWN_HOUSEHOLD = Ended.OWN_HOUSEHOLD.value
    DIED = Ended.DIED.value

    @classmethod
    def labels(cls) -> dict[LeaveReason, str]:
        """What a person reads."""
        return {one: Ended.labels()[Ended(one.value)] for one in cls}


class PartReason(StrEnum):
    """Why a family may part in two: some of `Ended`."""

    DIVORCED = Ended.DIVORCED.value
    OWN_HOUSEHOLD = Ended.OWN_HOUSEHOLD.value
    OF_AGE = Ended.OF_AGE.value

    @classmethod
    def labels(cls) -> dict[PartReason, str]:
        """What a person reads."""
        return {one: Ended.labels()[Ended(one.value)] for one in cls}


ELDERS = frozenset(
    {"father", "mother", "grandparent", "step_parent", "parent_in_law", "uncle_aunt", "guardian"}
)
CHILDREN = frozenset({"son", "daughter", "stepchild", "child_in_law", "nephew_niece", "ward"})
GRANDCHILDREN = frozenset({"grandchild"})


def generation(relation: str) -> int:
    """The row of a relation in the picture of a household, from the top; the head stands in the second."""
    if relation in ELDERS:
        return 0
    if relation in CHILDREN:
        return 2
    return 3 if relation in GRANDCHILDREN else 1


_WORDS: dict[str, tuple[str, str]] = {
    "child": ("son", "daughter"),
    "parent": ("father", "mother"),
    "sibling": ("brother", "sister"),
}
"""Kinds of kin whose word tells the sex: of a man, of a woman."""
_KIND = {word: kind for kind, words in _WORDS.items() for word in words}

_SEEN_BY: dict[str, dict[str, str]] = {
    SPOUSE: {
        HEAD: SPOUSE,
        "child": "child",
        "stepchild": "child",
        "parent": "parent_in_law",
        "parent_in_law": "parent",
        "sibling": "sibling_in_law",
        "sibling_in_law": "sibling",
        "grandchild": "grandchild",
        "child_in_law": "child_in_law",
        "ward": "ward",
    },
    "child": {
        HEAD: "parent",
        SPOUSE: "parent",
        "child": "sibling",
        "parent": "grandparent",
        "parent_in_law": "grandparent",
        "sibling": "uncle_aunt",
        "sibling_in_law": "uncle_aunt",
    },
    "parent": {
        HEAD: "child",
        SPOUSE: "child_in_law",
        "child": "grandchild",
        "parent": SPOUSE,
        "sibling": "child",
        "nephew_niece": "grandchild",
    },
    "sibling": {
        HEAD: "sibling",
        SPOUSE: "sibling_in_law",
        "child": "nephew_niece",
        "parent": "parent",
        "sibling": "sibling",
        "grandparent": "grandparent",
        "uncle_aunt": "uncle_aunt",
    },
    "stepchild": {HEAD: "step_parent", SPOUSE: "parent"},
    "step_parent": {HEAD: "stepchild", "parent": SPOUSE},
    "grandchild": {HEAD: "grandparent", SPOUSE: "grandparent"},
    "grandparent": {HEAD: "grandchild", "sibling": "grandchild", "grandparent": SPOUSE},
    "parent_in_law": {HEAD: "child_in_law", SPOUSE: "child", "child": "grandchild", "parent_in_law": SPOUSE},
    "child_in_law": {HEAD: "parent_in_law", SPOUSE: "parent_in_law"},
    "sibling_in_law": {HEAD: "sibling_in_law", SPOUSE: "sibling", "child": "nephew_niece"},
    "nephew_niece": {HEAD: "uncle_aunt"},
    "uncle_aunt": {HEAD: "nephew_niece"},
    "ward": {HEAD: "guardian"},
    "guardian": {HEAD: "ward"},
}
"""By the kind of kin the new head is to the old one: what those who were something to the old head are to him.

What does not follow for sure, such as a grandchild's place beside a child who may be an uncle or the father, is
left to the clerk as another relative.
"""


def seen_by(new_head: str, relation: str, sex: str | None) -> str:
    """What a member is to a new head, by what both were to the old one; the sex chooses the word.

    `other` where it does not follow.
    """
    kind = _SEEN_BY.get(_KIND.get(new_head, new_head), {}).get(_KIND.get(relation, relation), OTHER)
    return worded(kind, sex)


def worded(kind: str, sex: str | None) -> str:
    """The relation of a kind of kin for somebody of a sex; `other` when the word needs a sex nobody knows."""
    words = _WORDS.get(kind)
    if words is None:
        return kind
    return {"m": words[0], "f": words[1]}.get(sex or "", OTHER)


def most_years_between(elder: PartialDate, younger: PartialDate) -> int:
    """The most full years that can lie between two births; negative when the elder is surely the younger."""
    first, last = elder.earliest(), younger.latest()
    return last.year - first.year - ((last.month, last.day) < (first.month, first.day))


def is_surely_before(one: PartialDate, other: PartialDate) -> bool:
    """Whether one birth was before another, or on the same day, whatever an unknown month or day hides."""
    return one.latest() <= other.earliest()


def birthday(born: PartialDate, years: int) -> date:
    """The day on which somebody has so many full years, the latest it can be; 29 February falls on 1 March."""
    day = born.latest()
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
