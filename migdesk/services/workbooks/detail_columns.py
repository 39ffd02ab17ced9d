"""The details of purposes as columns of workbooks: of an export of arrivals, and of what comes in.

An export has those that any arrival has a value of; the template of arrivals offers all, or those of one purpose.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from typing import Any

from migdesk.domain.arrival import Arrival
from migdesk.domain.datafile import Texts
from migdesk.domain.detail import Detail
from migdesk.domain.errors import NotFound
from migdesk.domain.fields import Code, Field
from migdesk.domain.listing import Column
from migdesk.domain.protection import Unaccompanied
from migdesk.exchange.sheet import SheetColumn, SheetSpec
from migdesk.i18n import LANGUAGES, Worded
from migdesk.rules.asked import AskedField
from migdesk.services.asked_values import PLACE, value_of
from migdesk.services.desk import Desk
from migdesk.services.law import load_panels
from migdesk.services.people import shielded

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


def _closed(desk: Desk) -> set[str]:
    """The arrivals of children who came alone, where they are closed: where one studies is where he is found."""
    if not shielded.any_closed(desk):
        return set()
    children = [one.person or "" for one in desk.store.live(Unaccompanied, until=None)]
    return {one.uid for one in desk.store.live(Arrival, person=children)}


def _extended(
    desk: Desk, rows: Iterable[tuple[Any, ...]], fields: dict[str, Field]
) -> Iterator[tuple[Any, ...]]:
    closed = _closed(desk)
    left = iter(rows)
    while chunk := list(islice(left, _CHUNK)):
        uids = [row[0] for row in chunk if row[0] not in closed]
        held: dict[tuple[str, str], str] = {
            (str(one.arrival), one.key): one.value for one in desk.store.live(Detail, arrival=uids)
        }
        for row in chunk:
            yield (*row, *(_value(field, held.get((row[0], key), "")) for key, field in fields.items()))


def _value(field: Field, text: str) -> Any:
    return value_of(field, text) if text else field.empty


def taking_details(desk: Desk, spec: SheetSpec, purpose: str = "") -> SheetSpec:
    """A workbook of arrivals with a column for each detail of all purposes, or of one.

    A column is headed by its purpose and its label. Other words mean it too, but for those that mean a column of
    the workbook already.

    Raises:
        NotFound: no such purpose adds details.
    """
    panels = load_panels()
    if purpose and purpose not in panels:
        raise NotFound(purpose)
    names = desk.lists.items("purposes")
    made: dict[str, SheetColumn] = {}
    for one in panels.values():
        for asked in one.fields if purpose in ("", one.purpose) else ():
            made.setdefault(asked.key, _column(spec, asked, names[one.purpose].texts))
    return replace(spec, columns=(*spec.columns, *made.values()))


def _column(spec: SheetSpec, asked: AskedField, purpose: Texts) -> SheetColumn:
    label = asked.field.label
    texts = label.texts if isinstance(label, Worded) else dict.fromkeys(LANGUAGES, label)
    words = dict.fromkeys((*texts.values(), *asked.aliases))
    target = f"{PLACE}.{asked.key}"
    return SheetColumn(
        key=target,
        target=target,
        field=asked.field,
        title={code: f"{purpose[code]}: {text}" for code, text in texts.items()},
        aliases=tuple(one for one in words if not spec.keys_for((one,))),
        width=22,
        list=asked.field.list if isinstance(asked.field, Code) else "",
        as_text=asked.key.endswith("_number"),
    )
