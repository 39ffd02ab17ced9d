"""Special regimes: what they prolong one after the other, which terms stand still, what their data may not say."""

from __future__ import annotations

from datetime import date

import pytest

from migdesk.rules.law import Law
from migdesk.rules.load import load_packs
from migdesk.rules.specials import Lasting
from tests.rules.test_packs_load import HEAD, SOURCE, TERM, T, refusal

VISA = Lasting(ground="visa")


def special(code: str, days: str, *lines: str) -> str:
    since, until = days.split("/")
    ends = f"until = {until}\n" if until else ""
    rest = "\n".join(lines)
    return f'[[special]]\ncode = "{code}"\nfrom = {since}\n{ends}{rest}\nsource = "s"\n{T}'


def law(*parts: str) -> Law:
    return Law.of(load_packs([("p.toml", HEAD + SOURCE + TERM + "".join(parts))]))


FIRST = special("a", "2026-03-01/2026-03-31", 'covers = { grounds = ["visa"] }', "to = 2026-04-10")
NEXT = special("b", "2026-04-01/2026-05-31", 'covers = { grounds = ["visa"] }', "days = 30")


@pytest.mark.parametrize(
    ("last", "until", "by"),
    [
        ("2026-02-28", "2026-02-28", []),
        ("2026-03-01", "2026-05-10", ["a", "b"]),
        ("2026-04-01", "2026-05-01", ["b"]),
        ("2026-06-01", "2026-06-01", []),
    ],
)
def test_what_one_regime_prolongs_the_next_may_prolong_again(last, until, by):
    found, used = law(FIRST, NEXT).specials.lasts(VISA, date.fromisoformat(last))
    assert (found.isoformat(), [one.code for one in used]) == (until, by)


def test_the_latest_day_of_overlapping_regimes_counts():
    other = special("c", "2026-03-01/2026-03-31", 'covers = { grounds = ["visa"] }', "to = 2026-09-01")
    found, used = law(FIRST, other).specials.lasts(VISA, date(2026, 3, 5))
    assert (found, [one.code for one in used]) == (date(2026, 9, 1), ["c"])


def test_a_regime_covers_whom_it_names():
    chinese = special(
        "a", "2026-03-01/2026-03-31", 'covers = { permits = ["rvp"], citizens = ["CHN"] }', "to = 2026-04-10"
    )
    found = law(chinese).specials
    last = date(2026, 3, 5)
    lasts = [
        found.lasts(thing, last)[0] > last
        for thing in (
            Lasting(permit="rvp", citizenship="CHN"),
            Lasting(permit="rvp", citizenship="UZB"),
            Lasting(permit="visa", citizenship="CHN"),
            VISA,
        )
    ]
    assert lasts == [True, False, False, False]


def test_an_act_that_was_announced_later_was_not_known_before():
    late = special(
        "a",
        "2026-03-01/2026-03-31",
        "announced = 2026-09-21",
        'covers = { grounds = ["visa"] }',
        "to = 2026-11-01",
    )
    found = law(late).specials
    last = date(2026, 3, 5)
    assert found.lasts(VISA, last, known_on=date(2026, 9, 20))[0] == last
    assert found.lasts(VISA, last, known_on=date(2026, 9, 21))[0] == date(2026, 11, 1)


@pytest.mark.parametrize(
    ("start", "due"),
    [
        ("2026-11-02", "2026-11-05"),
        ("2026-11-05", "2026-11-17"),
        ("2026-11-10", "2026-11-18"),
        ("2026-11-14", "2026-11-18"),
        ("2026-11-16", "2026-11-19"),
    ],
)
def test_a_term_stands_still_on_the_days_of_a_regime(start, due):
    """Three working days, and the week from Monday 09.11 to Sunday 15.11 in which they do not run."""
    found = law(special("halt", "2026-11-09/2026-11-15", 'suspends = ["t"]')).deadline(
        "t", date.fromisoformat(start)
    )
    assert found.due.isoformat() == due
    touched = date.fromisoformat(start) < date(2026, 11, 15) and found.due > date(2026, 11, 9)
    assert found.extended_by == (("halt",) if touched else ())


def test_a_term_is_prolonged_to_a_day():
    found = law(
        special("a", "2026-11-01/2026-11-30", 'covers = { terms = ["t"] }', "to = 2026-12-15")
    ).deadline("t", date(2026, 11, 5))
    assert (found.due, found.extended_by) == (date(2026, 12, 15), ("a",))


@pytest.mark.parametrize(
    ("text", "key"),
    [
        (special("a", "2026-03-01/", 'covers = { grounds = ["visa"] }'), "special[1].to"),
        (special("a", "2026-03-01/", "to = 2026-05-01"), "special[1].to"),
        (special("a", "2026-03-01/2026-04-01", "x = 1"), "special[1].x"),
        (special("a", "2026-03-01/2026-04-01"), "special[1].covers"),
        (special("a", "2026-03-01/", 'suspends = ["t"]'), "special[1].until"),
        (special("a", "2026-03-01/", 'covers = { grounds = ["visum"] }', "days = 3"), "grounds[1]"),
        (
            special("a", "2026-03-01/", 'covers = { citizens = ["CN"], documents = true }', "days = 3"),
            "citizens[1]",
        ),
        (
            special("a", "2026-03-01/", "covers = { documents = true }", "days = 3", "to = 2026-05-01"),
            "special[1].days",
        ),
        (
            special("a", "2026-03-01/2026-04-01", "covers = { documents = true }", "to = 2026-02-01"),
            "special[1].to",
        ),
    ],
)
def test_a_mistake_is_named_by_its_key(text, key):
    assert key in refusal(HEAD + SOURCE + text).words()
