"""Published shares, name pools, and drawing from them with a seeded generator."""

from __future__ import annotations

import csv
import random
import tomllib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, pairwise
from typing import Any, Generic, TypeVar

from migdesk import paths

T = TypeVar("T")


class Draw(Generic[T]):
    """Weighted choice; the cumulated weights are made once."""

    def __init__(self, weights: Mapping[T, float]) -> None:
        self._items: Sequence[T] = list(weights)
        self._totals = list(accumulate(weights.values()))

    def __call__(self, rng: random.Random) -> T:
        return rng.choices(self._items, cum_weights=self._totals)[0]


@cache
def published() -> dict[str, Any]:
    """The file of distributions, each with its day and source."""
    return tomllib.loads((paths.resources() / "lists" / "sample.toml").read_text(encoding="utf-8"))


def newest(code: str) -> dict[str, float]:
    """The latest published shares under a code.

    Raises:
        KeyError: nothing is published under it.
    """
    found = [one for one in published()["distribution"] if one["code"] == code]
    if not found:
        raise KeyError(code)
    return dict(max(found, key=lambda one: one["as_of"])["shares"])


def month_weights() -> dict[int, float]:
    """How arrivals of kandas fall on the months, from the year-to-date series: the mean of the known years."""
    known: dict[int, list[float]] = defaultdict(list)
    for series in published()["series"]:
        if not series["code"].startswith("kandas.year_to_date"):
            continue
        points = series["points"]
        for before, after in pairwise(points):
            months = _months(before["on"], after["on"])
            for month in months:
                known[month].append((after["is"] - before["is"]) / len(months))
    mean = sum(sum(values) / len(values) for values in known.values()) / len(known)
    return {month: sum(known[month]) / len(known[month]) if known[month] else mean for month in range(1, 13)}


def _months(since: Any, until: Any) -> list[int]:
    first, last = since.year * 12 + since.month - 1, until.year * 12 + until.month - 1
    return [position % 12 + 1 for position in range(first, last)]


@dataclass(frozen=True, slots=True)
class Name:
    """A name in both scripts, as the passport of its origin spells it."""

    cyrillic: str
    latin: str


@cache
def pools() -> dict[tuple[str, str], Draw[Name]]:
    """Names by origin and kind (surname, given_m, given_f, patronymic_m, patronymic_f)."""
    weights: dict[tuple[str, str], dict[Name, float]] = defaultdict(dict)
    file = paths.resources() / "lists" / "names.csv"
    with file.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            weights[row["origin"], row["kind"]][Name(row["cyrillic"], row["latin"])] = float(row["weight"])
    return {key: Draw(names) for key, names in weights.items()}


_UNCHANGED = {"chinese", "turkish", "indian", "british", "italian", "german", "georgian", "armenian"}


def surname(rng: random.Random, origin: str, sex: str) -> Name:
    """A surname in the form of the sex."""
    name = pools()[origin, "surname"](rng)
    return name if sex == "m" or origin in _UNCHANGED else feminine(name)


def feminine(name: Name) -> Name:
    """The woman's form of a surname in -ов, -ев, -ин, -ский, -ұлы; others do not change."""
    cyrillic, latin = name.cyrillic, name.latin
    if cyrillic.endswith(("ов", "ев", "ёв", "ин", "ын")):
        return Name(cyrillic + "а", latin + "A")
    if cyrillic.endswith("ский"):
        return Name(cyrillic[:-2] + "ая", latin[:-2] + "AYA" if latin.endswith(("IY", "II")) else latin + "A")
    if cyrillic.endswith("ұлы"):
        return Name(cyrillic[:-3] + "қызы", latin[:-3] + "KYZY")
    return name


def given(rng: random.Random, origin: str, sex: str) -> Name:
    """A given name."""
    return pools()[origin, f"given_{sex}"](rng)


def patronymic(rng: random.Random, origin: str, sex: str, father: Name) -> str:
    """A patronymic in Cyrillic, where the origin uses one."""
    pattern = pools().get((origin, f"patronymic_{sex}"))
    return pattern(rng).cyrillic.replace("{F}", father.cyrillic) if pattern else ""
