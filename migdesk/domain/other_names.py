"""Former names and other spellings of a person: entries of one text, each with what it is.

The register keeps `Omarova; Омарова (maiden); Ким (former)`: an entry without a mark is another spelling.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from migdesk.domain.fields import choice_label
from migdesk.i18n import N_


class NameKind(StrEnum):
    """What another name of a person is."""

    SPELLING = "spelling"
    FORMER = "former"
    MAIDEN = "maiden"

    @classmethod
    def labels(cls) -> dict[NameKind, str]:
        """What a person reads."""
        return {
            cls.SPELLING: N_("other spelling"),
            cls.FORMER: N_("former name"),
            cls.MAIDEN: N_("maiden name"),
        }


MARKED = (NameKind.FORMER, NameKind.MAIDEN)
"""Kinds that are written behind the name, in brackets."""

_MARK = re.compile(rf"\s*\((?P<kind>{'|'.join(MARKED)})\)")
_PARTING = re.compile("[;,]")


@dataclass(frozen=True, slots=True, repr=False)
class OtherName:
    """One entry."""

    name: str
    kind: NameKind = NameKind.SPELLING


def read(text: str) -> tuple[OtherName, ...]:
    """The entries of the text, each name once."""
    found: dict[str, OtherName] = {}
    for part in _PARTING.split(text):
        mark = _MARK.search(part)
        name = " ".join(_MARK.sub("", part).split())
        if name:
            found.setdefault(name.casefold(), OtherName(name, NameKind(mark["kind"] if mark else "spelling")))
    return tuple(found.values())


def written(entries: Iterable[OtherName]) -> str:
    """The text of some entries; signs that part entries are taken out of names."""
    return "; ".join(_entry(one) for one in read_again(entries))


def read_again(entries: Iterable[OtherName]) -> tuple[OtherName, ...]:
    """The entries as they come back: tidy, without blank ones, each name once."""
    tidy = (OtherName(_PARTING.sub(" ", one.name), one.kind) for one in entries if one.name.strip())
    return read("; ".join(_entry(one) for one in tidy))


@lru_cache(maxsize=1 << 12)
def plain(text: str) -> str:
    """The names without their marks, as search and comparison want them."""
    return _MARK.sub("", text)


def words(text: str) -> str:
    """The entries as a person reads them, in the current language."""
    return "; ".join(
        f"{one.name} ({choice_label(one.kind)})" if one.kind in MARKED else one.name for one in read(text)
    )


def _entry(one: OtherName) -> str:
    return f"{one.name} ({one.kind.value})" if one.kind in MARKED else one.name
