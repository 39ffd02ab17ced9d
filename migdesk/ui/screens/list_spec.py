"""What a list page is declared from: which list, ready views, filters, columns at first, the file of a row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from PySide6.QtWidgets import QWidget

from migdesk.domain.fields import Code, spec
from migdesk.domain.listing import Filter, Query, Test
from migdesk.domain.record import Record
from migdesk.services.desk import Desk
from migdesk.ui.files.pieces.file_view import FileSpec
from migdesk.ui.lists.filters import Filters, Option, View, code_options
from migdesk.ui.lists.office_reading import Front, Settle
from migdesk.ui.lists.table_view import RecordView
from migdesk.ui.parts.actions import Action
from migdesk.ui.parts.panel import Words
from migdesk.ui.workplace import Workplace


@dataclass(frozen=True, slots=True)
class MenuSpec:
    """A filter with a few values: English label, and its values in an office."""

    key: str
    label: str
    options: Callable[[Desk], Sequence[Option]]


@dataclass(frozen=True, slots=True)
class PickSpec:
    """A filter on a long list, typed: the field, and what a picked code asks of the rows."""

    key: str
    field: Code
    make: Callable[[str], Filters]


def pick(
    cls: type[Record], name: str, make: Callable[[str], Filters] | None = None, label: str = ""
) -> PickSpec:
    """A typed filter on a code of a record; without `make` the column must have the code itself."""
    field = spec(cls, name).field
    assert isinstance(field, Code)
    field = replace(field, label=label or field.label)
    return PickSpec(name, field, make or (lambda code: (Filter(name, Test.IS, code),)))


def lists(key: str, label: str, name: str) -> MenuSpec:
    """A menu with every value of a short closed list."""
    return MenuSpec(
        key, label, lambda desk: code_options(key, name, desk.lists.items(name), desk.lists.label)
    )


@dataclass(frozen=True, slots=True)
class ListSpec:
    """What a list page is.

    `fronts` are the columns shown at first, the others wait in the menu of columns; `settle` names due days
    that no longer run; `words` makes filters of typed words for lists without a word index; `acts` are
    more actions of the page, `many` those on its rows, which get the list and what is asked of it; `beside`
    chips of its own beside the ready views; `detailed` lists can be exported with the details of purposes;
    `total` says the sums of all rows.
    """

    name: str
    title: str
    file: FileSpec
    views: tuple[View, ...]
    watches: frozenset[str]
    empty: Words
    filters: tuple[MenuSpec | PickSpec, ...] = ()
    fronts: tuple[Front, ...] = ()
    order: str = ""
    settle: Settle | None = None
    words: Callable[[str], Filters] | None = None
    base: Filters = ()
    arrival_first: bool = False
    acts: Callable[[Workplace], Sequence[Action]] = lambda _work: ()
    many: Callable[[Workplace, RecordView, Callable[[], Query]], Sequence[Action]] = lambda *_page: ()
    beside: Callable[[Workplace], Sequence[QWidget]] = lambda _work: ()
    detailed: bool = False
    total: Callable[[Desk, Query], str] | None = None
