"""The law and the public services: shipped files of `resources` read once, with the office's own packs over them."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Protocol, TypeVar

from migdesk import paths
from migdesk.domain.errors import BadFile
from migdesk.domain.law_pack import LawPack
from migdesk.domain.office import CalendarDay, Setting
from migdesk.domain.record import Record
from migdesk.i18n import N_
from migdesk.rules.law import Law as Law
from migdesk.rules.load import lay_pack_over, load_packs
from migdesk.rules.overlay import lay_service_over
from migdesk.rules.pack import Pack
from migdesk.rules.procedure import Procedure as Procedure
from migdesk.rules.procedure_file import Known, load_procedure
from migdesk.rules.procedure_file import load_procedures as read_procedures
from migdesk.rules.purposes import Panel
from migdesk.rules.purposes import load_panels as read_panels
from migdesk.services.known_codes import known_codes

R = TypeVar("R", bound=Record)
Services = Callable[[], tuple[Procedure, ...]]
"""Gives the public services: reading the shipped ones takes a tenth of a second, so it waits until it is asked."""

_CASES = ".cases.toml"
"""Worked examples lie beside their pack and are read by tests only."""


def load(
    own_days: Iterable[CalendarDay] = (),
    choices: Mapping[str, str] | None = None,
    own_packs: Iterable[LawPack] = (),
    shipped: Iterable[Pack] | None = None,
    services: Services | None = None,
) -> Law:
    """The law with an office's calendar days over the shipped ones, its answers to open questions, and its packs.

    `shipped` and `services` are those of another edition of the program, when it is asked what held by that one.

    A pack of the office that this version of the program cannot read does not stop the work: it is left out, and
    `Law.left_out` says which and why, for the doctor and the page of the law.

    Raises:
        BadFile: a shipped pack is damaged; names the file and the key.
    """
    known, left_out = list(packs() if shipped is None else shipped), list[BadFile]()
    own = list(own_packs)
    for one in (one for one in own if not one.is_service):
        try:
            known = lay_pack_over(known, one.file_name, one.content)
        except BadFile as problem:
            left_out.append(problem)
    files = sorted((one for one in own if one.is_service), key=lambda one: one.code)
    read = services or load_procedures
    laid = _laid_over(read(), files, known_codes(known), left_out) if files else ()
    found = Law.of(known, own_days, choices, left_out)
    found.services = (lambda: laid) if files else read
    found.own_services = {one.code: one.version for one in files}
    return found


def _laid_over(
    services: Sequence[Procedure], files: Iterable[LawPack], known: Known, left_out: list[BadFile]
) -> tuple[Procedure, ...]:
    """The services with the files of the office over them, in the order of their first days."""
    found = list(services)
    for one in files:
        try:
            found = lay_service_over(found, load_procedure(one.file_name, one.content, known))
        except BadFile as problem:
            left_out.append(problem)
    return tuple(found)


class Records(Protocol):
    """Where the records of an office are read: its file, or an op that is being written."""

    def live(self, cls: type[R], **given: Any) -> list[R]:
        """Records that count, with the values given."""


def of_office(
    records: Records,
    *,
    days: Iterable[CalendarDay] | None = None,
    own: Iterable[LawPack] | None = None,
    shipped: tuple[Sequence[Pack], Services] | None = None,
) -> Law:
    """The law of an office by its records: its days, its answers, its packs that are switched on, over the shipped.

    What is given takes the place of what the records say, to ask what would hold with it.
    """
    return load(
        own_days=records.live(CalendarDay) if days is None else days,
        choices={one.key: one.value for one in records.live(Setting)},
        own_packs=records.live(LawPack, in_use=True) if own is None else own,
        shipped=shipped[0] if shipped else None,
        services=shipped[1] if shipped else None,
    )


@cache
def packs() -> tuple[Pack, ...]:
    """Every shipped pack; reading them takes a tenth of a second, so it is done once.

    Raises:
        BadFile: names the file and the key.
    """
    return read_packs(_texts("rules"))


def read_packs(texts: Iterable[tuple[str, str]]) -> tuple[Pack, ...]:
    """Packs from the names and texts of their files.

    Raises:
        BadFile: names the file and the key.
    """
    return tuple(load_packs(list(texts)))


@cache
def raw_packs() -> Mapping[str, Mapping[str, Any]]:
    """The tables of every shipped pack just as its file has them, by the id of the pack: to be copied from."""
    read = [tomllib.loads(text, parse_float=Decimal) for _name, text in _texts("rules")]
    return {str(one["id"]): one for one in read}


@cache
def load_procedures() -> tuple[Procedure, ...]:
    """Every shipped public service with all its periods; each code it names is looked for here, once.

    Raises:
        BadFile: names the file and the key.
    """
    return read_services(_texts("procedures"), packs())


def read_services(texts: Iterable[tuple[str, str]], known: Sequence[Pack]) -> tuple[Procedure, ...]:
    """Public services from the names and texts of their files; their codes are looked for in these packs.

    Raises:
        BadFile: names the file and the key.
    """
    return tuple(read_procedures(list(texts), known_codes(known)))


def shipped_texts(folder: str) -> list[tuple[str, str]]:
    """Name and text of every file of law that came with the program."""
    return _texts(folder)


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
