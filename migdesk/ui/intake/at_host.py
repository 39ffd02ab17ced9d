"""A new arrival at a receiving person: filled with what the last arrival there had in common with it."""

from __future__ import annotations

from collections.abc import Callable

from migdesk.domain.party import Address
from migdesk.services.hosts import Template, template_of
from migdesk.ui.intake.sheet import ADDRESS, Book, Cell, from_record
from migdesk.ui.workplace import Workplace

_TAKEN = ("purpose", "basis", "channel", "host")


def begin_at(work: Workplace, party: str, show: Callable[[Book], None]) -> None:
    """Read the template of a receiving person and show it in the empty form; the clerk may change all of it."""

    def fill(template: Template) -> None:
        show(Book(shared=cells_of(template)))

    work.tasks.read(template_of, work.desk, party, done=fill)


def cells_of(template: Template) -> dict[str, Cell]:
    """What a template puts into the fields that all who arrive together share."""
    values = {f"arrival.{name}": getattr(template.arrival, name) for name in _TAKEN}
    values |= from_record(ADDRESS, template.address or Address())
    return {name: Cell(value=value) for name, value in values.items() if value not in (None, "")}
