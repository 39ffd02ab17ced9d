"""The law and the public services as shipped: files of `resources` read once, then answered from memory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from migdesk import paths
from migdesk.domain.errors import BadFile
from migdesk.domain.office import CalendarDay
from migdesk.i18n import N_
from migdesk.rules.law import Law as Law
from migdesk.rules.load import load_packs
from migdesk.rules.pack import Pack
from migdesk.rules.procedure import Procedure as Procedure
from migdesk.rules.procedure import load_procedures as read_procedures
from migdesk.rules.purposes import Panel
from migdesk.rules.purposes import load_panels as read_panels

_CASES = ".cases.toml"
"""Worked examples lie beside their pack and are read by tests only."""


def load(own_days: Iterable[CalendarDay] = (), choices: Mapping[str, str] | None = None) -> Law:
    """The law with an office's calendar days over the shipped ones, and its answers to open questions.

    Raises:
        BadFile: a shipped pack is damaged; names the file and the key.
    """
    return Law.of(packs(), own_days, choices)


@cache
def packs() -> tuple[Pack, ...]:
    """Every shipped pack; reading them takes a tenth of a second, so it is done once.

    Raises:
        BadFile: names the file and the key.
    """
    return tuple(load_packs(_texts("rules")))


@cache
def load_procedures() -> tuple[Procedure, ...]:
    """Every shipped public service with all its periods.

    Raises:
        BadFile: names the file and the key.
    """
    return tuple(read_procedures(_texts("procedures")))


@cache
def load_panels() -> Mapping[str, Panel]:
    """What every purpose of arrival adds, by its code.

    Raises:
        BadFile: names the file and the key.
    """
    return read_panels(_texts("purposes"))


def _texts(folder: str) -> list[tuple[str, str]]:
    root = paths.resources() / folder
    files = (path for path in root.rglob("*.toml") if not path.name.endswith(_CASES))
    return [(path.relative_to(root).as_posix(), _text(path)) for path in sorted(files)]


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise BadFile(path, "", N_("The file is not text in UTF-8.")) from None
