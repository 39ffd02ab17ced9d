"""Synthetic households: who came, from where, in what company, with which papers.

Countries of exit, ages and education of kandas, categories and countries of labour permits, students'
countries follow the published shares. The mix of the streams in one regional office and the sizes of
households are published nowhere: they are working assumptions of the sample.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from migdesk.domain.arrival import StayBasis
from migdesk.domain.dates import PartialDate
from migdesk.domain.ids import make_iin
from migdesk.domain.person import Completeness, Person, Sex, TravelDocument
from migdesk.services.lists import read_list
from migdesk.services.sample import shares
from migdesk.services.sample.shares import Draw, Name

MIX = {
    "kandas": 34.0,
    "resettler": 14.0,
    "labour": 14.0,
    "household": 12.0,
    "student": 9.0,
    "eaeu": 8.0,
    "family": 6.0,
    "business": 2.5,
    "refuge": 0.5,
}
SIZES = {1: 0.34, 2: 0.19, 3: 0.17, 4: 0.16, 5: 0.09, 6: 0.05}
_APART = 4
OTHER_COUNTRIES = {"KGZ": 4.0, "TUR": 2.0, "IRN": 1.5, "AFG": 1.0, "TJK": 1.0}


@dataclass(frozen=True, slots=True)
class Newcomer:
    """One person of a household."""

    person: Person
    document: TravelDocument | None
    relation: str


@dataclass(frozen=True, slots=True)
class Household:
    """People who came together: stream, purpose, ground of stay, day."""

    stream: str
    purpose: str
    basis: StayBasis
    arrived_on: date
    members: tuple[Newcomer, ...]
    category: str = ""


_STREAMS: dict[str, tuple[str, StayBasis]] = {
    "kandas": ("kandas", StayBasis.KANDAS),
    "resettler": ("resettler", StayBasis.CITIZEN),
    "labour": ("work", StayBasis.VISA),
    "household": ("household_work", StayBasis.RVP),
    "student": ("study", StayBasis.VISA),
    "eaeu": ("work", StayBasis.VISA_FREE),
    "family": ("family", StayBasis.RVP),
    "business": ("business", StayBasis.VISA_FREE),
    "refuge": ("refuge", StayBasis.REFUGE),
}


class Crowd:
    """Draws households until a number of persons is reached; the same seed draws the same people."""

    def __init__(self, today: date, seed: int = 2026, *, beside: int = 0) -> None:
        """`beside` keeps the numbers of a second crowd apart from those of the first: serials begin there."""
        self._today = today
        self._rng = random.Random(seed)
        self._stream = Draw(MIX)
        self._size = Draw(SIZES)
        self._education = Draw(shares.newest("kandas.education"))
        self._serials: Counter[tuple[date, str]] = Counter()
        self._first_serial = beside
        self._numbers = beside * 10_000
        self._countries = {
            "kandas": Draw(_spread(shares.newest("kandas.exit_country"))),
            "labour": Draw(
                _spread(shares.newest("labour.country"), {"RUS": 0.2, "SRB": 1, "GBR": 1, "PHL": 1})
            ),
            "household": Draw(_spread(shares.newest("labour_immigrant.country"), {"MDA": 1.0, "GEO": 1.0})),
            "student": Draw(_spread(shares.newest("student.country"), {"MNG": 2, "AFG": 1, "PAK": 2})),
            "eaeu": Draw({"RUS": 70.0, "KGZ": 22.0, "BLR": 4.0, "ARM": 4.0}),
            "family": Draw({"UZB": 45.0, "RUS": 30.0, "KGZ": 10.0, "TUR": 8.0, "CHN": 7.0}),
            "business": Draw({"CHN": 35.0, "TUR": 25.0, "DEU": 10.0, "KOR": 10.0, "ITA": 10.0, "GBR": 10.0}),
            "refuge": Draw({"AFG": 90.0, "XXA": 10.0}),
            "resettler": Draw({"KAZ": 1.0}),
        }
        self._labour = Draw(shares.newest("labour.category"))
        self._days = _days(today)

    @property
    def rng(self) -> random.Random:
        """The one generator, for what is drawn beside the people."""
        return self._rng

    def households(self, persons: int) -> Iterator[Household]:
        """Households with together exactly so many persons."""
        left = persons
        while left > 0:
            household = self._household()
            kept = household.members[:left]
            left -= len(kept)
            yield replace(household, members=kept)

    def _household(self) -> Household:
        rng = self._rng
        stream = self._stream(rng)
        purpose, basis = _STREAMS[stream]
        country = self._countries[stream](rng)
        size = self._size(rng) if stream in ("kandas", "resettler", "family", "refuge") else 1
        arrived = self._days(rng)
        members = self._family(stream, country, size)
        category = str(self._labour(rng)) if stream == "labour" else ""
        return Household(stream, purpose, basis, arrived, tuple(members), category)

    def _family(self, stream: str, country: str, size: int) -> list[Newcomer]:
        rng, origin = self._rng, _origin(stream, country)
        old = size <= 2 and rng.random() < (0.35 if size == 1 else 0.28) and stream in ("kandas", "resettler")
        head_sex = "m" if rng.random() < (0.62 if size > 1 else 0.5) else "f"
        spouse_age = age = (
            rng.randint(63, 82) if old else max(_working_age(rng, stream), _youngest_parent(size - 2))
        )
        father = shares.given(rng, origin, "m")
        family_name = shares.surname(rng, origin, "m")
        members = [
            self._newcomer(stream, country, head_sex, age, "head" if size > 1 else "", family_name, father)
        ]
        if size > 1:
            youngest = 63 if old else max(18, _youngest_parent(size - 2))
            spouse_age = max(youngest, age + rng.randint(-7, 4))
            wife = head_sex == "m"
            own_name = family_name if wife and rng.random() < 0.7 else shares.surname(rng, origin, "m")
            members.append(
                self._newcomer(
                    stream,
                    country,
                    "f" if wife else "m",
                    spouse_age,
                    "spouse",
                    own_name,
                    shares.given(rng, origin, "m"),
                )
            )
        head = members[0].person
        parent = Name(head.given, head.given_latin) if head_sex == "m" else father
        for child_age in _ages_of_children(rng, size - 2, min(age, spouse_age)):
            sex = "m" if rng.random() < 0.51 else "f"
            members.append(
                self._newcomer(
                    stream,
                    country,
                    sex,
                    child_age,
                    "son" if sex == "m" else "daughter",
                    family_name,
                    parent,
                )
            )
        return members

    def _newcomer(
        self, stream: str, country: str, sex: str, age: int, relation: str, surname: Name, father: Name
    ) -> Newcomer:
        rng, origin = self._rng, _origin(stream, country)
        name = (
            surname if sex == "m" or origin in ("chinese", "turkish", "indian") else shares.feminine(surname)
        )
        first = shares.given(rng, origin, sex)
        born = self._birth(age)
        adult = 16 <= age < 63
        person = Person(
            surname=name.cyrillic,
            given=first.cyrillic,
            patronymic=shares.patronymic(rng, origin, sex, father),
            surname_latin=name.latin,
            given_latin=first.latin,
            birth_date=PartialDate.of(born),
            sex=Sex(sex),
            citizenship=country,
            iin=self._iin(stream, born, sex),
            birth_country=country if country != "XXA" else "AFG",
            ethnicity=_ethnicity(stream, origin),
            exit_country="" if stream == "resettler" else country,
            marital=_marital(age, relation, rng),
            education=str(self._education(rng)) if adult else "",
            phone=f"+7705{rng.randint(1_000_000, 9_999_999)}" if age > 15 and rng.random() < 0.8 else "",
            state=Completeness.COMPLETE,
        )
        return Newcomer(self._untidy(person), self._document(stream, country, age, born), relation)

    def _untidy(self, person: Person) -> Person:
        """What real registers have: only one script, no patronymic, a year for a birth date."""
        chance = self._rng.random()
        if chance < 0.05:
            return replace(person, surname="", given="", patronymic="")
        if chance < 0.08:
            return replace(person, patronymic="")
        if chance < 0.095 and person.birth_date and not person.iin:
            return replace(person, birth_date=PartialDate(person.birth_date.year), birth_estimated=True)
        if chance < 0.10:
            return replace(person, sex=None)
        return person

    def _birth(self, age: int) -> date:
        last = self._today.replace(year=self._today.year - age, day=min(28, self._today.day))
        return last - timedelta(days=self._rng.randint(0, 364))

    def _iin(self, stream: str, born: date, sex: str) -> str:
        if stream not in ("resettler", "kandas") and self._rng.random() < 0.45:
            return ""
        if stream == "kandas" and self._rng.random() < 0.1:
            return ""
        while True:
            self._serials[born, sex] += 1
            number = make_iin(born, sex, self._first_serial + self._serials[born, sex])
            if number:
                return number

    def _document(self, stream: str, country: str, age: int, born: date) -> TravelDocument | None:
        rng = self._rng
        if rng.random() < 0.015:
            return None
        self._numbers += 1
        digits = self._numbers * 7_368_787 % 100_000_000
        issued = max(born, self._today - timedelta(days=rng.randint(60, 3000)))
        years = 5 if age < 16 else 10
        expires = issued + timedelta(days=365 * years + 2)
        if stream == "resettler":
            kind, number, issuer = ("id_card", f"{digits:09d}", "KAZ")
        elif age < 1 and country != "CHN":
            kind, number, issuer = ("birth_certificate", f"I-{digits:08d}", country)
        else:
            kind, number, issuer = ("passport", f"{_letters(country)}{digits:08d}", country)
        return TravelDocument(
            kind=kind,
            number=number,
            issuer=issuer,
            issued_on=issued,
            expires_on=None if kind == "birth_certificate" else expires,
        )


_LETTERS = {"UZB": "FA", "CHN": "EJ", "RUS": "75", "MNG": "E", "TKM": "A", "KGZ": "PE", "TJK": "40"}


def _letters(country: str) -> str:
    return _LETTERS.get(country, country[0])


def _spread(published: dict[str, float], rest: dict[str, float] | None = None) -> dict[str, float]:
    """Published shares with what they call other spread over some countries."""
    named = {code: weight for code, weight in published.items() if code != "other"}
    spread = rest or OTHER_COUNTRIES
    left = published.get("other", 0.0)
    total = sum(spread.values())
    for code, weight in spread.items():
        named[code] = named.get(code, 0.0) + left * weight / total
    return named


def _origin(stream: str, country: str) -> str:
    pools = shares.published()["pools"]
    if stream == "kandas":
        return str(pools["kandas"].get(country, pools["kandas"]["other"]))
    return str(pools["citizens"].get(country, "afghan"))


def _ethnicity(stream: str, origin: str) -> str:
    if stream == "kandas" or origin.startswith("kazakh"):
        return "kazakh"
    return origin if origin in read_list("ethnicities") else ""


def _working_age(rng: random.Random, stream: str) -> int:
    if stream == "student":
        return rng.randint(17, 26)
    return min(62, max(18, round(rng.gauss(37, 10))))


def _youngest_parent(children: int) -> int:
    """From which age a parent of the sample can have so many children."""
    return 19 + _APART * (children - 1) if children > 0 else 18


def _ages_of_children(rng: random.Random, children: int, parent: int) -> list[int]:
    """Ages two years apart or more; the oldest was born when its younger parent was 18 or later."""
    ages: list[int] = []
    age = rng.randint(0, min(17, max(0, parent - _youngest_parent(children))))
    for _child in range(children):
        ages.append(age)
        age += rng.randint(2, _APART)
    return ages


def _marital(age: int, relation: str, rng: random.Random) -> str:
    if age < 16:
        return ""
    if relation in ("head", "spouse"):
        return "married"
    return rng.choice(("never_married", "married", "divorced")) if age > 25 else "never_married"


def _days(today: date) -> Draw[date]:
    """Days of the last three years, by the published months; more of late, none in the future."""
    weights, months = {}, shares.month_weights()
    for back in range(3 * 365):
        day = today - timedelta(days=back)
        weekend = 0.25 if day.weekday() > 4 else 1.0
        weights[day] = months[day.month] * weekend * (1.0 - back / (4 * 365))
    return Draw(weights)
