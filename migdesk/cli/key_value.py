"""Words such as `persons=3`: one reading of them for every verb."""

from __future__ import annotations

from collections.abc import Iterable

from migdesk.cli.parser import WrongUsage
from migdesk.i18n import N_


def key_value(word: str) -> tuple[str, str]:
    """The key and the value of a word.

    Raises:
        WrongUsage: a value without its key.
    """
    key, equals, value = word.partition("=")
    if not equals or not key.strip():
        raise WrongUsage(N_("“{word}” is not KEY=VALUE."), word=word)
    return key.strip(), value.strip()


def answers(words: Iterable[str]) -> dict[str, str]:
    """The values of words, by key.

    Raises:
        WrongUsage: a value without its key, or a key twice.
    """
    given: dict[str, str] = {}
    for word in words:
        key, value = key_value(word)
        if key in given:
            raise WrongUsage(N_("“{name}” is given twice."), name=key)
        given[key] = value
    return given
