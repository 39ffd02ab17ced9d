"""Drafts: arrivals and groups begun and not registered, forms filled in and not saved; and habits of the window.

A window keeps its own draft of each form; one that a window left behind which is no more waits for the next.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from migdesk.domain.errors import NotFound, Refused, StoreProblem
from migdesk.domain.finding import block
from migdesk.i18n import N_
from migdesk.services.desk import Desk
from migdesk.store import drafts
from migdesk.store.running import is_running

INTAKE, ASIDE = "intake/", "intake.aside"
GROUP, FORM = "group/", "form/"
NEW = "new"
"""What stands behind `INTAKE` for somebody new; the uid of a person or of a receiving person stands there else."""
_NAMES = (
    "person.surname",
    "person.given",
    "person.surname_latin",
    "person.given_latin",
    "person.document_name",
)


class DraftKind(StrEnum):
    """Where something was typed."""

    INTAKE = "intake"
    GROUP = "group"
    FORM = "form"


@dataclass(frozen=True, slots=True, repr=False)
class Parked:
    """One draft: its key, who is in it as far as typed, when it was kept, and whether a window still types in it.

    `title` is that of the form it was typed in, as the form said it.
    """

    key: str
    names: tuple[str, ...]
    at: datetime
    is_open_elsewhere: bool
    title: str = ""

    @property
    def kind(self) -> DraftKind:
        """An arrival, a group, or a form."""
        first = self.key.partition("/")[0]
        return DraftKind(first) if first in tuple(DraftKind) else DraftKind.INTAKE

    @property
    def name(self) -> str:
        """The draft without the window that keeps it."""
        return self.key.partition(drafts.OWNED)[0]

    @property
    def code(self) -> str:
        """Of a form: which question it is, such as `person.edit`."""
        return self.name.removeprefix(FORM).partition("/")[0] if self.kind is DraftKind.FORM else ""

    @property
    def about(self) -> str:
        """For whom the intake or the form was opened: `NEW`, or a uid; nothing for a form about nobody."""
        if self.kind is DraftKind.FORM:
            return self.name.removeprefix(FORM).partition("/")[2].partition("~")[0]
        return self.name.removeprefix(INTAKE) if self.name.startswith(INTAKE) else NEW


def list_parked(desk: Desk) -> list[Parked]:
    """All drafts, the newest first."""
    rows = [row for begin in (INTAKE, ASIDE, GROUP, FORM) for row in drafts.kept_of(desk.store, begin)]
    found = [_parked(desk, *row) for row in rows]
    return sorted(found, key=lambda one: one.at, reverse=True)


def take(desk: Desk, key: str) -> Parked:
    """Make a draft this window's; the answer says what it is, and for whom its form opens.

    Raises:
        NotFound: it was registered or thrown away meanwhile.
        Refused: another window types in it, or this window has a draft of the same kind that comes first.
    """
    one = _at_rest(desk, key)
    kept_as = {DraftKind.INTAKE: f"{INTAKE}{one.about}", DraftKind.GROUP: f"{GROUP}{NEW}"}
    if not take_draft(desk, key, kept_as.get(one.kind, one.name)):
        message = N_("Another draft is open in this window: register it or begin an empty one first.")
        raise Refused([block("draft_open", message)])
    return one


def drop(desk: Desk, key: str) -> Parked:
    """Throw a draft away for good; it can not be brought back.

    Raises:
        NotFound: it was registered or thrown away meanwhile.
        Refused: another window types in it.
    """
    one = _at_rest(desk, key)
    drafts.drop_draft(desk.store, key)
    return one


def _at_rest(desk: Desk, key: str) -> Parked:
    one = next((one for one in list_parked(desk) if one.key == key), None)
    if one is None:
        raise NotFound(key)
    if one.is_open_elsewhere:
        raise Refused([block("typed_elsewhere", N_("Another window is open with this draft: go on there."))])
    return one


def _parked(desk: Desk, key: str, content: str, at: str) -> Parked:
    raw = _read(content)
    elsewhere = is_typed_elsewhere(desk, key)
    return Parked(key, tuple(_names(raw)), datetime.fromisoformat(at), elsewhere, str(raw.get("title", "")))


def _read(content: str) -> Mapping[str, Any]:
    try:
        raw = json.loads(content)
    except ValueError:
        return {}
    return raw if isinstance(raw, dict) else {}


def _names(raw: Mapping[str, Any]) -> Iterator[str]:
    """Who is in an intake or in the rows of a group, as far as typed."""
    try:
        cells = [one["cells"] for one in raw.get("members") or raw.get("rows") or ()]
        for one in cells:
            texts = [_text(one[name]) if name in one else "" for name in _NAMES]
            surname, given, latin, latin_given, whole = texts
            if words := f"{surname} {given}".strip() or f"{latin} {latin_given}".strip() or whole:
                yield words
    except (KeyError, TypeError, AttributeError, IndexError):
        return


def _text(cell: Any) -> str:
    """What is typed in a cell: the grid of a group keeps it beside its value, the intake by name."""
    return str(cell[0] if isinstance(cell, list) else cell.get("text", "")).strip()


def keep_draft(desk: Desk, name: str, content: str) -> None:
    """Keep what is typed so far in this window; other windows keep their own draft of the same form."""
    drafts.keep_draft(desk.store, _own(desk, name), content, desk.clock.now().isoformat())


def find_draft(desk: Desk, name: str) -> str | None:
    """What was typed and not yet saved: here, or else in a window that is no more, whose draft becomes this one's."""
    own = _own(desk, name)
    found = drafts.find_draft(desk.store, own)
    if found is None:
        for key in _left_behind(desk, name, own):
            # a disk that may only be read, or a neighbour at work: it is shown, and goes on waiting
            with suppress(StoreProblem):
                if not drafts.take_over(desk.store, key, own):
                    continue
            return drafts.find_draft(desk.store, own) or drafts.find_draft(desk.store, key)
    return found


def count_waiting(desk: Desk, name: str) -> int:
    """How many more drafts of a form were left by windows that are no more."""
    return len(_left_behind(desk, name, _own(desk, name)))


def is_typed_elsewhere(desk: Desk, key: str) -> bool:
    """Whether another window, as far as this machine can know, still has the draft with this key open."""
    name = key.partition(drafts.OWNED)[0]
    own = _own(desk, name)
    return key != own and key not in _left_behind(desk, name, own)


def take_draft(desk: Desk, key: str, name: str) -> bool:
    """Make a draft this window's own under the name of a form; not when it has one of that form already."""
    own = _own(desk, name)
    if key == own:
        return True
    return drafts.find_draft(desk.store, own) is None and drafts.take_over(desk.store, key, own)


def drop_draft(desk: Desk, name: str) -> None:
    """Forget this window's draft: it was saved, or the clerk threw it away."""
    drafts.drop_draft(desk.store, _own(desk, name))


_SILENT = timedelta(hours=12)
"""After which a draft of another machine, of which nothing else can be known, waits for nobody."""


def _own(desk: Desk, name: str) -> str:
    return f"{name}{drafts.OWNED}{desk.machine}:{os.getpid()}"


def _left_behind(desk: Desk, name: str, own: str) -> list[str]:
    silent_since = (desk.clock.now() - _SILENT).isoformat()
    others = drafts.others_of(desk.store, name, own)
    return [key for key, at in others if at < silent_since or _is_gone(desk.machine, key)]


def _is_gone(machine: str, key: str) -> bool:
    """Whether the window that kept a draft is no more, as far as this machine can know."""
    where, _colon, pid = key.partition(drafts.OWNED)[2].rpartition(":")
    if not pid.isdecimal():
        return True
    return where == machine and not is_running(int(pid))


def remember(desk: Desk, key: str, value: str) -> None:
    """Keep a habit of the window, where the office may be written."""
    if not desk.store.is_read_only:
        drafts.remember(desk.store, key, value)


def recall(desk: Desk, key: str) -> str | None:
    """A kept habit of the window."""
    return drafts.recall(desk.store, key)
