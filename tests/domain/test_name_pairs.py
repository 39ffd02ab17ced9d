"""Pairs of names that are known to be one person's or two people's: `tests/data/name_pairs.tsv`.

Made up from the name pools of the sample office and from published facts of transliteration: one person as the papers
of two states write the name, with the slips of birth dates that clerks make; two people as alike as twins, cousins,
fathers and sons, and the commonest names of a country are.
"""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from migdesk.domain.dates import PartialDate
from migdesk.domain.matching import Identity, Match, can_match, compare, compare_names

PAIRS = Path(__file__).parents[1] / "data" / "name_pairs.tsv"


def judged() -> list[tuple[dict[str, str], Match]]:
    with PAIRS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [(row, compare_names(row["a"], row["b"], born(row, "a"), born(row, "b"))) for row in rows]


def born(row: dict[str, str], side: str) -> PartialDate | None:
    told = row[f"birth_date_{side}"]
    return PartialDate.parse(told) if told else None


@pytest.fixture(scope="module")
def pairs():
    return judged()


def verdicts(pairs, persons):
    return Counter(match.verdict for row, match in pairs if row["persons"] == persons)


def wrong(pairs, persons, verdict):
    kind = (persons, verdict)
    return "; ".join(
        f"{row['a']} / {row['b']}" for row, match in pairs if (row["persons"], match.verdict) == kind
    )


def test_the_set_is_large_and_has_both_kinds(pairs):
    assert verdicts(pairs, "one").total() >= 300
    assert verdicts(pairs, "two").total() >= 250


def test_two_people_are_never_called_the_same(pairs):
    """Precision: every pair called the same is one person."""
    assert verdicts(pairs, "two")["same"] == 0, wrong(pairs, "two", "same")


def test_one_person_is_nearly_always_seen(pairs):
    """Recall: same or possible, so that a clerk is shown the other file."""
    found = verdicts(pairs, "one")
    assert (found["same"] + found["possible"]) / found.total() >= 0.995, wrong(pairs, "one", "different")


def test_one_person_is_mostly_called_so(pairs):
    found = verdicts(pairs, "one")
    assert found["same"] / found.total() >= 0.8, wrong(pairs, "one", "possible")


def test_two_people_are_mostly_left_alone(pairs):
    """A work list of chance likenesses is not read; half the pairs of two are the most alike that could be found."""
    found = verdicts(pairs, "two")
    assert found["different"] / found.total() >= 0.7, wrong(pairs, "two", "possible")


def test_order_of_a_pair_does_not_matter(pairs):
    for row, match in pairs:
        back = compare_names(row["b"], row["a"], born(row, "b"), born(row, "a"))
        assert (back.score, back.verdict) == (match.score, match.verdict), row


def test_the_cheap_test_before_a_comparison_changes_no_answer():
    """Every labelled pair, and each name beside others near it in the alphabet: as files with the same birth date.

    What the cheap test drops is `different` by the whole comparison too, whatever else the two files say.
    """
    with PAIRS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    born_then = PartialDate(1990, 5, 17)
    labelled = [
        (Identity(name=row["a"], birth=born(row, "a")), Identity(name=row["b"], birth=born(row, "b")))
        for row in rows
    ]
    names = sorted({row[side] for row in rows for side in "ab"}, key=lambda name: (name.split()[0], name))
    files = [_file(name, born_then) for name in names]
    near = [(files[at], files[at + step]) for step in (1, 2, 5, 11, 30) for at in range(len(files) - step)]
    found = {True: 0, False: 0}
    for one, other in (*labelled, *near):
        for two in ((one, other), (_numbered(one, "N1234567"), _numbered(other, "N1234568"))):
            passed = can_match(*two)
            found[passed] += 1
            assert passed or compare(*two).verdict == "different", two
    assert min(found.values()) > 1000


def _file(name: str, birth: PartialDate) -> Identity:
    """A name as a file has it: surname, given name, patronymic."""
    surname, given, patronymic = [*name.split(maxsplit=2), "", "", ""][:3]
    return Identity(surname=surname, given=given, patronymic=patronymic, birth=birth, sex="f")


def _numbered(one: Identity, number: str) -> Identity:
    return replace(one, documents=(number,), iin="")
