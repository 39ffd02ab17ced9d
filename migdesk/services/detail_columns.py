"""The details of purposes as columns of an export of arrivals: those keys that any arrival has a value of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from migdesk.domain.detail import Detail
from migdesk.domain.fields import Field
from migdesk.domain.listing import Column
from migdesk.services.desk import Desk
from migdesk.services.law import load_panels
from migdesk.services.panels import PLACE, value_of

DETAILED = frozenset({"arrivals"})
"""Lists whose rows have details."""

_CHUNK = 500


def with_details(
    desk: Desk, columns: tuple[Column, ...], rows: Iterable[tuple[Any, ...]]
) -> tuple[tuple[Column, ...], Iterator[tuple[Any, ...]]]:
    """The columns and rows of a list of arrivals, each row beginning with its uid, with a column a detail."""
    fields: dict[str, Field] = {
        one.key: one.field for panel in load_panels().values() for one in panel.fields
    }
    used = {
        row[0] for row in desk.store.rows("SELECT DISTINCT key FROM arrival_detail WHERE annulled_on IS NULL")
    }
    keys = [key for key in fields if key in used]
    more = tuple(Column(f"{PLACE}.{key}", fields[key], 140) for key in keys)
    return (*columns, *more), _extended(desk, rows, {key: fields[key] for key in keys})


def _extended(
    desk: Desk, rows: Iterable[tuple[Any, ...]], fields: dict[str, Field]
) -> Iterator[tuple[Any, ...]]:
    left = iter(rows)
    while chunk := list(islice(left, _CHUNK)):
        uids = [row[0] for row in chunk]
        held: dict[tuple[str, str], str] = {
            (str(one.arrival), one.key): one.value for one in desk.store.live(Detail, arrival=uids)
        }
        for row in chunk:
            yield (*row, *(_value(field, held.get((row[0], key), "")) for key, field in fields.items()))


def _value(field: Field, text: str) -> Any:
    return value_of(field, text) if text else field.empty
