"""Public services as files that the head of an office edits: which hold, and the text of one to change.

The text is that of the shipped file, or of the office's own over it, with its remarks and sources; only its version
is raised, and with a day its period begins there. Changed, it is taken in, tried and switched on as a pack of law.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from migdesk.domain.case import CaseState
from migdesk.domain.errors import NotFound
from migdesk.domain.law_pack import PERIOD, LawPack, version_order
from migdesk.i18n import pick
from migdesk.rules.law import Law, NotInForce
from migdesk.rules.pack import Citation
from migdesk.rules.pack import in_force as holds_on
from migdesk.rules.procedure import Procedure
from migdesk.services import law
from migdesk.services.desk import Desk

_HEADER = re.compile(r"^\[\[", re.MULTILINE)
_VERSION = re.compile(r'^version\s*=\s*"([^"\n]+)"', re.MULTILINE)
_UNTIL = re.compile(r"^until\s*=\s*(\d{4}-\d\d-\d\d)[^\n]*\n?", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """A service in one of its periods; `pack` is the office's own file it stands in, `cases` how many are open."""

    code: str
    title: str
    since: date
    until: date | None
    citation: Citation
    version: str
    pack: str
    cases: int

    @property
    def key(self) -> str:
        """Names the period among all."""
        return f"{self.code}{PERIOD}{self.since.isoformat()}"


_CASES = "SELECT service, applied_on FROM cases WHERE state = ? AND annulled_on IS NULL"


def list_services(desk: Desk) -> list[ServiceLine]:
    """Every period of every service, with the open cases that are judged by it."""
    found, judged = desk.procedures, Counter[str]()
    for code, applied in desk.store.rows(_CASES, (CaseState.OPEN.value,)):
        whole = _whole(found, code, date.fromisoformat(applied) if applied else desk.today)
        if whole:
            judged[_key(whole)] += 1
    own = own_packs(desk.law, desk.store.live(LawPack, in_use=True))
    lines = [
        ServiceLine(
            *(one.code, pick(one.title), one.since, one.until, one.citation, one.version),
            *(pack_of(one, own), judged[_key(one)]),
        )
        for one in found
    ]
    return sorted(lines, key=lambda one: (one.title, one.since))


def _whole(services: Iterable[Procedure], code: str, on: date) -> Procedure | None:
    """The period of a service that holds on a day, with all its parts."""
    return next((one for one in services if one.code == code and holds_on(one, on)), None)


def _key(service: Procedure) -> str:
    return f"{service.code}{PERIOD}{service.since.isoformat()}"


def own_packs(held: Law, packs: Iterable[LawPack]) -> list[LawPack]:
    """The office's files of services that count, the latest first."""
    found = [one for one in packs if one.code in held.own_services]
    return sorted(found, key=lambda one: one.code, reverse=True)


def pack_of(service: Procedure, own: Iterable[LawPack]) -> str:
    """The code of the office's file that a period of a service comes from; nothing for a shipped one."""
    for one in own:
        code, _sign, first = one.code.partition(PERIOD)
        is_of_it = (code, one.version) == (service.code, service.version)
        if is_of_it and date.fromisoformat(first) <= service.since:
            return one.code
    return ""


def text_of(held: Law, packs: Iterable[LawPack], code: str, on: date) -> str:
    """The text of the file by which a service holds on a day.

    Raises:
        NotFound: no such service.
        NotInForce: it does not exist on that day.
    """
    if code not in {one.code for one in held.services()}:
        raise NotFound(code)
    service = _whole(held.services(), code, on)
    if service is None:
        raise NotInForce(code, on)
    own = own_packs(held, packs)
    contents = {one.code: one.content for one in own}
    return contents.get(pack_of(service, own)) or dict(law.shipped_texts("procedures"))[f"{code}.toml"]


def editable(text: str, today: date, since: date | None = None) -> str:
    """The text of a service to be changed: of a later version and, where a day is given, with that first day.

    Parts that ended before the day are left out: the file does not speak of the time in which they held.
    """
    starts = [found.start() for found in _HEADER.finditer(text)] or [len(text)]
    head = text[: starts[0]]
    blocks = [text[start:end] for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]
    if version := _VERSION.search(head):
        head = _line(head, "version", f'"{_later(version[1], today)}"')
    if since is None:
        return head + "".join(blocks)
    head = _line(head, "from", since.isoformat())
    if _ended(head, since):
        head = _UNTIL.sub("", head)
    return head + "".join(one for one in blocks if not _ended(one, since))


def _later(version: str, today: date) -> str:
    """Today's day as a version, or one behind the version there is when that is later."""
    found = f"{today:%Y.%m.%d}"
    return found if version_order(found) > version_order(version) else f"{version}.1"


def _ended(block: str, since: date) -> bool:
    found = _UNTIL.search(block)
    return found is not None and date.fromisoformat(found[1]) < since


def _line(head: str, key: str, value: str) -> str:
    return re.sub(rf"^{key}\s*=\s*[^\s#]+", f"{key} = {value}", head, count=1, flags=re.MULTILINE)
