"""What a small window asks: its fields, how it is saved, under which name it is kept until then."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from migdesk.domain.change import Done
from migdesk.domain.fields import Spec
from migdesk.domain.finding import Finding
from migdesk.services.desk import Desk
from migdesk.ui.entry.editor import Section
from migdesk.ui.entry.picking import Sources

NARROW, WIDE = 480, 720
"""Widths in pixels at 100 %: one column of fields, or two wide ones."""


class Extra(Protocol):
    """A part below the fields with values of its own."""

    def values(self) -> dict[str, object]:
        """Its values by name."""


@dataclass(frozen=True, slots=True)
class Fresh:
    """A record read again: its values, how it is saved now, and how the part below the fields is laid anew."""

    values: Mapping[str, Any]
    save: Callable[..., Done[Any]]
    more: Callable[[], object] | None = None


def laid(record: Any, names: Iterable[str], run: Callable[..., Done[Any]]) -> Fresh:
    """Fields of a record as they stand; `run` saves it with what is typed in them."""
    return Fresh(
        {name: getattr(record, name) for name in names},
        lambda desk, values: run(desk, replace(record, **values)),
    )


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: English title, lead and word of the button; fields, their order, first values.

    `save` is given the values and does the act; `words` say what was done. `more` is asked below the fields.
    `foretell` says before the act what it will bring along; it is asked again with every change, and writes nothing.
    `key` names the question and the record it is about (`person.edit/UID`): under it what is typed is kept until
    it is saved, and F8 repeats what was saved last under the part before the stroke. Without a key, or while
    `secret` says so of the values, nothing is kept. `again` reads the record once more when it was changed
    meanwhile; a question that has it shows the values of a record.
    """

    title: str
    button: str
    specs: Sequence[Spec]
    sections: Sequence[Section]
    save: Callable[..., Done[Any]]
    words: Callable[[Done[Any]], str]
    values: Mapping[str, Any]
    key: str
    lead: str = ""
    sources: Sources | None = None
    more: Extra | None = None
    foretell: Callable[..., Sequence[Finding]] | None = None
    width: int = 560
    start: str = ""
    """Name of the field in which the cursor begins; the first when empty."""
    secret: Callable[[Mapping[str, Any]], bool] | None = None
    again: Callable[[Desk], Fresh] | None = None

    @property
    def code(self) -> str:
        """Which question it is, of whatever record."""
        return self.key.partition("/")[0]
