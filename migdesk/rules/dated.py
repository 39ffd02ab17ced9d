"""What every entry of a pack has: the days on which it holds, and the source that says so."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from migdesk.domain.dates import show_day
from migdesk.domain.errors import MigDeskError, NotFound
from migdesk.domain.finding import Confidence, Source
from migdesk.i18n import N_


@dataclass(frozen=True, slots=True)
class Citation:
    """A source as a pack cites it: the authority, when it was read, and how far: its mark."""

    id: str
    source: Source
    read: date
    mark: str

    def doubted(self) -> Citation:
        """The same source for a day or a year of which it does not speak."""
        return replace(self, source=self.source.doubted())

    @property
    def confidence(self) -> Confidence:
        """How far the fact was checked."""
        return self.source.confidence


class Dated(Protocol):
    """Anything that holds from a day to a day."""

    @property
    def since(self) -> date:
        """First day in force."""

    @property
    def until(self) -> date | None:
        """Last day in force; nothing while still in force."""


def in_force(entry: Dated, on: date) -> bool:
    """Whether an entry holds on a day."""
    return entry.since <= on and (entry.until is None or on <= entry.until)


class NotInForce(NotFound):
    """The packs know the code, and say nothing for this day."""

    code = "not_in_force"

    def __init__(self, what: str, on: date) -> None:
        text = N_("The rules of this program say nothing on “{what}” for {day}.")
        MigDeskError.__init__(self, text, what=what, day=show_day(on))
