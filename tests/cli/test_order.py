"""Options and what a verb takes stand in any order, in every verb."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

import pytest

from migdesk.cli.main import parser
from migdesk.cli.parser import WrongUsage

_WORDS = ("550000000", "2026-11-20", "2026-11", "1", "A=B")
DAY = ["--on", "2026-11-23"]
TREE = parser()


def leaves(
    made: argparse.ArgumentParser, words: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], argparse.ArgumentParser]]:
    """Every verb that does something, with its words."""
    groups = [one for one in made._actions if isinstance(one, argparse._SubParsersAction)]
    for group in groups:
        for name, inner in group.choices.items():
            yield from leaves(inner, (*words, name))
    if not groups:
        yield words, made


def word_for(action: argparse.Action) -> str:
    """A word that an argument takes."""
    if action.choices:
        return str(next(iter(action.choices)))
    return next(word for word in _WORDS if _takes(action, word))


def _takes(action: argparse.Action, word: str) -> bool:
    try:
        action.type(word) if action.type else word
    except (ValueError, argparse.ArgumentTypeError):
        return False
    return True


VERBS = [
    (words, made)
    for words, made in leaves(TREE)
    if any(not one.option_strings and one.nargs != argparse.REMAINDER for one in made._actions)
]


def parts(made: argparse.ArgumentParser) -> tuple[list[str], list[str]]:
    """What a verb takes, and the options it cannot do without."""
    taken = [word_for(one) for one in made._actions if not one.option_strings]
    needed = [one for one in made._actions if one.option_strings and one.required]
    options = [
        word
        for one in needed
        for word in (one.option_strings[0], *([] if one.nargs == 0 else [word_for(one)]))
    ]
    for group in made._mutually_exclusive_groups:
        if group.required and (one := group._group_actions[0]).option_strings:
            options += [one.option_strings[0], *([] if one.nargs == 0 else [word_for(one)])]
    return taken, options


@pytest.mark.parametrize(("words", "made"), VERBS, ids=[" ".join(words) for words, _made in VERBS])
def test_options_stand_before_behind_and_between_what_a_verb_takes(words, made):
    taken, options = parts(made)
    expected = vars(TREE.parse_args([*words, *options, *DAY, *taken]))
    assert vars(TREE.parse_args([*words, *taken, *options, *DAY])) == expected
    assert vars(TREE.parse_args([*words, taken[0], *options, *DAY, *taken[1:]])) == expected
    assert vars(TREE.parse_args([*words, *options, *taken, "--json", *DAY])) == expected | {"json": True}


@pytest.mark.parametrize(
    ("words", "files"),
    [
        (["P", "--kind", "passport", "a.jpg", "b.jpg"], ["a.jpg", "b.jpg"]),
        (["P", "a.jpg", "--kind=passport", "b.jpg"], ["a.jpg", "b.jpg"]),
        (["--kind", "passport", "P", "--", "-a.jpg"], ["-a.jpg"]),
        (["P", "--kind", "passport", "-"], ["-"]),
    ],
)
def test_several_files_stand_around_an_option(words, files):
    read = TREE.parse_args(["attach", *words])
    assert (read.owner, read.kind, read.files) == ("P", "passport", files)


def test_a_value_below_zero_belongs_to_its_option():
    read = TREE.parse_args(["quota", "adjust", "--units", "-5", "kandas", "--act", "1"])
    assert read.units == -5


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["attach", "P", "--kind", "passport", "--bad", "a.jpg"], "--bad"),
        (["depart"], "PERSON"),
        (["attach", "P", "--kind"], "--kind"),
        (["depart", "P", "Q"], "Q"),
    ],
)
def test_what_is_not_understood_is_named_as_before(words, named):
    with pytest.raises(WrongUsage) as refusal:
        TREE.parse_args(words)
    assert named in refusal.value.words()
