"""Drafts of the intake: arrivals begun and not yet registered, wherever they were typed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from migdesk.domain.errors import NotFound, Refused
from migdesk.domain.finding import block
from migdesk.i18n import N_
from migdesk.services import office
from migdesk.services.desk import Desk
from migdesk.store import drafts

INTAKE, ASIDE = "intake/", "intake.aside"
NEW = "new"
"""What stands behind `INTAKE` for somebody new; the uid of a person or of a receiving person stands there else."""
_NAMES = (
    "person.surname",
    "person.given",
    "person.surname_latin",
    "person.given_latin",
    "person.document_name",
)


@dataclass(frozen=True, slots=True, repr=False)
class Parked:
    """One draft: its key, who is in it as far as typed, when it was kept, and whether a window still types in it."""

    key: str
    names: tuple[str, ...]
    at: datetime
    is_open_elsewhere: bool

    @property
    def about(self) -> str:
        """For whom the intake was opened: `NEW`, or a uid."""
        name = self.key.partition(drafts.OWNED)[0]
        return NEW if name == ASIDE else name.removeprefix(INTAKE)


def list_parked(desk: Desk) -> list[Parked]:
    """All drafts of the intake, the newest first."""
    rows = [row for begin in (INTAKE, ASIDE) for row in drafts.kept_of(desk.store, begin)]
    found = [
        Parked(key, tuple(_names(content)), datetime.fromisoformat(at), office.is_typed_elsewhere(desk, key))
        for key, content, at in rows
    ]
    return sorted(found, key=lambda one: one.at, reverse=True)


def take(desk: Desk, key: str) -> str:
    """Make a draft this window's; the answer says for whom its intake opens.

    Raises:
        NotFound: it was registered or thrown away meanwhile.
        Refused: another window types in it, or this window has a draft of the same kind that comes first.
    """
    one = next((one for one in list_parked(desk) if one.key == key), None)
    if one is None:
        raise NotFound(key)
    if one.is_open_elsewhere:
        raise Refused([block("typed_elsewhere", N_("Another window is open with this draft: go on there."))])
    if not office.take_draft(desk, key, f"{INTAKE}{one.about}"):
        message = N_("Another draft is open in this window: register it or begin an empty one first.")
        raise Refused([block("draft_open", message)])
    return one.about


def _names(content: str) -> Iterator[str]:
    try:
        raw: Any = json.loads(content)
        cells = [one["cells"] for one in raw["members"]]
    except (ValueError, KeyError, TypeError):
        return
    for one in cells:
        texts = {name: str(one[name].get("text", "")).strip() for name in _NAMES if name in one}
        surname, given, latin, latin_given, whole = (texts.get(name, "") for name in _NAMES)
        words = f"{surname} {given}".strip() or f"{latin} {latin_given}".strip() or whole
        if words:
            yield words
