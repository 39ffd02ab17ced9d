"""Help: every verb explains itself in every language, and knows every argument it takes."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

import pytest

from migdesk.app import main
from migdesk.cli.main import parser
from migdesk.i18n import LANGUAGES


def leaves(
    made: argparse.ArgumentParser, words: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], argparse.ArgumentParser]]:
    groups = [action for action in made._actions if isinstance(action, argparse._SubParsersAction)]
    if not groups:
        yield words, made
    for group in groups:
        for name, child in group.choices.items():
            yield from leaves(child, (*words, name))


VERBS = [words for words, _made in leaves(parser())]


def test_every_verb_of_the_contract_is_there():
    named = {" ".join(words) for words in VERBS}
    assert named >= {
        *(
            f"check {one}"
            for one in (
                "iin",
                "mrz",
                "names",
                "transliterate",
                "workdays",
                "deadline",
                "stay",
                "amount",
                "quota",
            )
        ),
        *("rules list", "rules show", "procedures list", "procedures show", "find", "status", "duplicates"),
        *(
            "explain",
            "doctor",
            "init",
            "demo",
            "register",
            "import",
            "export",
            "undo",
            "journal",
            "backup",
            "restore",
        ),
        *(f"case {one}" for one in ("open", "paper", "step", "decide")),
        *(f"permit {one}" for one in ("issue", "extend", "revoke")),
        *(f"quota {one}" for one in ("allot", "reserve", "release", "transfer")),
        *("form list", "form print", "form proof", "report list", "report run", "package", "conflicts"),
    }


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("words", [(), ("check",), ("case",), *VERBS], ids=" ".join)
def test_help(capsys, words, language):
    assert main(["--lang", language, *words, "--help"]) == 0
    said = capsys.readouterr()
    assert said.err == ""
    assert "--help" in said.out
    english = {"usage:", "positional arguments", "show this help message and exit"}
    assert not any(word in said.out for word in english)


@pytest.mark.parametrize(
    ("words", "made"), list(leaves(parser())), ids=lambda one: " ".join(one) if isinstance(one, tuple) else ""
)
def test_every_argument_is_explained(words, made):
    for action in made._actions:
        assert action.help, f"{' '.join(words)} {action.dest}"


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_mistakes_are_told_in_the_language_asked_for(capsys, language):
    assert main(["--lang", language, "case", "open"]) == 2
    assert "Still to be given" not in capsys.readouterr().err
