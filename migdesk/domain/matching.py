"""Whether two files may be one person: a score, a verdict, and the reasons in words.

A verdict never merges anything: `same` and `possible` put two files side by side before a person. Names
alone never make two people one, nor does one number alone: a number with another name beside it is a
mistake in somebody's file, and it is shown as such.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from migdesk.domain.dates import PartialDate
from migdesk.domain.finding import Finding, note, warn
from migdesk.domain.identity import Identity, blocks, born_of, names_of, numbers_of, written
from migdesk.domain.ids import read_number
from migdesk.domain.likeness import OTHER, VARIANT
from migdesk.domain.namematch import NameMatch, match_names, may_reach
from migdesk.domain.nameparts import Role, free_name, told_sex
from migdesk.i18n import N_

__all__ = ["Identity", "Match", "blocks", "can_match", "compare", "compare_names", "is_one_slip"]

SAME, POSSIBLE = 85, 65
_UNSURE = SAME - 1
_COUSINS = 78
_SAME_SOUND = 78
_SLIPS = (4, 5)
"""Points for a document number, and for an IIN, that differs in one digit."""
_LEAST = (POSSIBLE - 0.5 - sum(_SLIPS)) / 100
"""The least likeness of names that may end as `possible` without a number of both."""
_CHINESE = re.compile("[\u3400-\u9fff\uf900-\ufaff]")


@dataclass(frozen=True, slots=True)
class Match:
    """The result of a comparison: 0-100, `same`, `possible` or `different`, and why."""

    score: int
    verdict: str
    why: tuple[Finding, ...] = ()

    @property
    def reasons(self) -> tuple[str, ...]:
        """The reasons in the current language, those that speak for it first."""
        return tuple(reason.words() for reason in self.why)

    def as_json(self) -> dict[str, object]:
        """The keys of the public contract for `check names`."""
        return {"score": self.score, "verdict": self.verdict, "reasons": list(self.reasons)}


def compare(one: Identity, other: Identity) -> Match:
    """Compare everything known of two people."""
    names, birth = _best_names(one, other), _births(born_of(one), born_of(other))
    weighing = _Weighing(names, birth)
    if names_of(one) and names_of(other):
        weighing.weigh_names(written_alike=bool(written(one) & written(other)))
    else:
        weighing.miss_a_name()
    if names.worst >= OTHER:
        weighing.weigh_characters(_signs(one), _signs(other))
    weighing.weigh_birth(names_only=False)
    weighing.weigh_sex(one.sex, other.sex)
    weighing.weigh_citizenship(one.citizenship, other.citizenship)
    weighing.weigh_changed_surname({one.sex, other.sex})
    weighing.weigh_documents(one, other)
    weighing.weigh_iin(one.iin, other.iin)
    return weighing.result()


def can_match(one: Identity, other: Identity) -> bool:
    """A cheap test before `compare`: false only when the answer of that is `different`.

    Without a number of both, other birth dates keep the score under the limit, and so do names that cannot be alike
    enough even with all that a likeness of numbers adds.
    """
    if share_number(one, other):
        return True
    return _births(born_of(one), born_of(other)) != "other" and any(
        may_reach(mine, theirs, _LEAST) for mine in names_of(one) for theirs in names_of(other)
    )


def share_number(one: Identity, other: Identity) -> bool:
    """Whether a document or the IIN of one is that of the other; children stand in their parents' passports."""
    return bool(numbers_of(one.documents) & numbers_of(other.documents)) or _is_one_iin(one.iin, other.iin)


def _is_one_iin(one: str, other: str) -> bool:
    """Whether two IINs are one, as they are written or as they are read."""
    if not one or not other:
        return False
    return one == other or (
        (read_number(one, date.max).read_as or one) == (read_number(other, date.max).read_as or other)
    )


def compare_names(
    a: str, b: str, birth_a: PartialDate | None = None, birth_b: PartialDate | None = None
) -> Match:
    """Compare two full names as strings, for `check names`; without birth dates only the names count."""
    names = match_names(free_name(a), free_name(b))
    weighing = _Weighing(names, _births(birth_a, birth_b))
    weighing.weigh_names(written_alike=sorted(a.casefold().split()) == sorted(b.casefold().split()))
    weighing.weigh_characters(_CHINESE.findall(a), _CHINESE.findall(b))
    weighing.weigh_birth(names_only=True)
    weighing.weigh_sex(told_sex(a), told_sex(b))
    weighing.weigh_changed_surname(set())
    return weighing.result()


def _signs(identity: Identity) -> list[str]:
    return _CHINESE.findall(identity.surname + identity.given + identity.name)


def _best_names(one: Identity, other: Identity) -> NameMatch:
    matches = [match_names(a, b) for a in names_of(one) for b in names_of(other)]
    return max(matches, key=lambda match: match.score, default=NameMatch(0.0, single=True))


def _births(one: PartialDate | None, other: PartialDate | None) -> str:
    """How two birth dates compare, as a key of `_BIRTH`."""
    if one is None or other is None:
        return "unknown"
    if one == other:
        return "equal" if one.is_full else "compatible"
    if not (one.is_full and other.is_full):
        if one.earliest() <= other.latest() and other.earliest() <= one.latest():
            return "compatible"
        return "near" if abs(one.year - other.year) <= 1 else "other"
    if one.year == other.year and (one.month, one.day) == (other.day, other.month):
        return "swapped"
    if is_one_slip(f"{one.day:02}{one.month:02}{one.year}", f"{other.day:02}{other.month:02}{other.year}"):
        return "digit"
    estimated = (1, 1) in ((one.month, one.day), (other.month, other.day))
    return "near" if estimated and abs(one.year - other.year) <= 1 else "other"


def is_one_slip(one: str, other: str) -> bool:
    """Whether two numbers of one length differ in one character, or in two neighbours swapped."""
    if len(one) != len(other) or one == other:
        return False
    places = [place for place, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    if len(places) == 1:
        return True
    first, last = places[0], places[-1]
    return len(places) == 2 and last == first + 1 and one[first] == other[last] and one[last] == other[first]


# points off, and what the clerk reads
_BIRTH = {
    "equal": (0, note("birth.same", N_("same birth date"))),
    "compatible": (3, note("birth.compatible", N_("birth dates agree as far as they are known"))),
    "swapped": (6, note("birth.swapped", N_("day and month of birth are swapped"))),
    "digit": (8, note("birth.digit", N_("birth date differs in one digit"))),
    "near": (12, note("birth.near", N_("birth dates are close; one may be estimated"))),
    "unknown": (0, warn("birth.unknown", N_("birth date of one is not known"))),
    "other": (0, warn("birth.other", N_("different birth dates"))),
}


class _Weighing:
    """One comparison under way: a score with a ceiling, raised and lowered by what is seen."""

    def __init__(self, names: NameMatch, birth: str) -> None:
        self.names = names
        self.birth = birth
        self.score = 100 * names.score
        self.ceiling = 100
        self.floor = 0
        self.nameless = False
        self.why: list[Finding] = []

    def result(self) -> Match:
        score = round(max(min(self.score, self.ceiling), self.floor, 0))
        verdict = "same" if score >= SAME else "possible" if score >= POSSIBLE else "different"
        return Match(score, verdict, tuple(sorted(self.why, key=lambda reason: reason.severity != "note")))

    def limit(self, ceiling: int) -> None:
        self.ceiling = min(self.ceiling, ceiling)

    def say(self, *reasons: Finding) -> None:
        self.why += reasons

    def weigh_names(self, *, written_alike: bool) -> None:
        names = self.names
        if names.worst == 1:
            self.say(_WRITTEN[written_alike])
        else:
            self.say(_likeness_reason(names, twins=self.birth in ("equal", "compatible")))
        self.say(*_name_remarks(names))
        # one letter may be a slip, or another name: Нұржан and Нұрлан, Хасан and Хусан
        if names.single or names.worst < VARIANT or (names.extra > 0 and self.birth == "unknown"):
            self.limit(_UNSURE)
        if names.father is not None and names.father < OTHER:
            # cousins of one name; with one birth date a clerk should see both
            self.limit(_COUSINS if self.birth in ("equal", "compatible") else POSSIBLE - 1)

    def miss_a_name(self) -> None:
        """One of them is known by a number alone."""
        self.nameless = True
        self.say(note("name.none", N_("the name of one is not known")))
        self.limit(_UNSURE)

    def weigh_birth(self, *, names_only: bool) -> None:
        off, reason = _BIRTH[self.birth]
        self.score -= off
        if self.birth == "unknown" and names_only:
            return
        self.say(reason)
        if self.birth == "other":
            self.limit(55)
        elif self.birth == "unknown" or (
            self.birth in ("digit", "near") and not (self.names.father or 0) > VARIANT
        ):
            self.limit(_UNSURE)

    def weigh_characters(self, one: list[str], other: list[str]) -> None:
        """张伟 and 张玮 are both Zhang Wei, and two people; old and new forms of a character look as different."""
        if one and other and set(one) != set(other):
            self.say(
                warn("name.characters", N_("the names sound alike, but are written in other characters"))
            )
            self.limit(_SAME_SOUND)

    def weigh_sex(self, one: str | None, other: str | None) -> None:
        if one and other and one != other:
            self.say(warn("sex.other", N_("different sex")))
            self.limit(75)

    def weigh_citizenship(self, one: str, other: str) -> None:
        if one and other and one != other:
            self.say(warn("citizenship.other", N_("different citizenship")))
            self.score -= 3

    def weigh_changed_surname(self, sexes: set[str | None]) -> None:
        """A woman's surname changes with marriage; given name, father's name and birth date stay."""
        names = self.names
        stays = (
            names.best > VARIANT
            and (names.father or 0) > VARIANT
            and self.birth == "equal"
            and "m" not in sexes
        )
        if stays and names.differing is Role.SURNAME:
            self.say(note("surname.changed", N_("the surname may have changed, for example by marriage")))
            self.score = max(self.score, 70)

    def weigh_documents(self, one: Identity, other: Identity) -> None:
        """The same number counts within one citizenship; children stand in their parents' passports."""
        mine, theirs = numbers_of(one.documents), numbers_of(other.documents)
        abroad = one.citizenship and other.citizenship and one.citizenship != other.citizenship
        if mine & theirs:
            self.say(note("document.same", N_("same document number")))
            self._same_paper(weak=bool(abroad))
        elif any(is_one_slip(a, b) for a in mine for b in theirs if len(a) > 6):
            self.say(note("document.digit", N_("document number differs in one digit")))
            self.score += _SLIPS[0]
            # twins get passports with neighbouring numbers
            if self.names.worst >= VARIANT and not self.names.single and self.birth != "other":
                self.ceiling = 100

    def _same_paper(self, *, weak: bool) -> None:
        if self.names.score >= 0.6 and self.birth != "other" and not weak:
            self.ceiling, self.floor = 100, 95
        elif self.birth == "equal" or ((self.nameless or self.names.score >= 0.8) and not weak):
            self.ceiling = max(self.ceiling, 75)
            self.floor = max(self.floor, 75)

    def weigh_iin(self, one: str, other: str) -> None:
        if not one or not other:
            return
        mine, theirs = read_number(one, date.max), read_number(other, date.max)
        if _is_one_iin(one, other):
            self._same_iin()
        elif is_one_slip(one, other):
            self.say(note("iin.digit", N_("IIN differs in one digit")))
            self.score += _SLIPS[1]
            self.limit(_UNSURE if mine.valid and theirs.valid else self.ceiling)
        elif mine.valid and theirs.valid:
            self.say(warn("iin.other", N_("two different valid IINs")))
            self.limit(80 if self.floor else 50)
            self.floor = min(self.floor, self.ceiling)

    def _same_iin(self) -> None:
        self.say(note("iin.same", N_("same IIN")))
        agrees = self.names.score >= 0.6 or self.names.best > VARIANT or self.birth in ("swapped", "digit")
        self.ceiling = 100
        self.floor = max(self.floor, 97 if agrees else 70)


_WRITTEN = {
    True: note("name.same", N_("same name")),
    False: note("name.script", N_("the same name in another script or spelling")),
}


def _name_remarks(names: NameMatch) -> list[Finding]:
    """What is odd about two names beside their likeness."""
    remarks = []
    if names.score > 0.6:
        if names.reordered:
            remarks.append(note("name.order", N_("parts of the name in another order")))
        if names.extra > 0:
            remarks.append(warn("name.more", N_("one has more names than the other")))
        if names.pinyin:
            remarks.append(
                note("name.pinyin", N_("one may be spelled as Chinese passports spell Kazakh names"))
            )
        if names.father_missing:
            remarks.append(note("name.no_father", N_("patronymic in one only")))
        if names.father_as_surname:
            remarks.append(note("name.father_surname", N_("the father's name stands as surname in one")))
    if names.father is not None and names.father < OTHER:
        remarks.append(warn("name.other_father", N_("different patronymics")))
    if names.parent and names.worst < OTHER:
        remarks.append(
            warn(
                "name.parent",
                N_("the given name of one is the father's name of the other: parent and child?"),
            )
        )
    if names.single and names.score:
        remarks.append(warn("name.single", N_("only one name is known: too little to be sure")))
    return remarks


def _likeness_reason(names: NameMatch, *, twins: bool) -> Finding:
    if names.half:
        return note("name.half", N_("one has a double surname, the other one half of it"))
    if names.worst >= 0.85:
        return note("name.spelling", N_("names differ as spellings of one name do"))
    if names.worst >= OTHER:
        return note("name.close", N_("names differ in a letter or two"))
    if names.best > VARIANT and not names.single:
        if twins and names.differing in (Role.GIVEN, Role.UNKNOWN):
            return warn("name.twins", N_("one name agrees, another does not: twins or other relatives?"))
        if names.differing is Role.GIVEN:
            return warn("name.other_given", N_("same surname, another given name"))
        return warn("name.one_differs", N_("one name agrees, another does not"))
    return warn("name.other", N_("different names"))
