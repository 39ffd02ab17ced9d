"""Who came and who left, day by day in one list: the report of a day, and of any period."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from migdesk.domain.arrival import DepartureKind, EventSource
from migdesk.domain.fields import choice_label
from migdesk.i18n import _
from migdesk.services.arrivals import happened
from migdesk.services.desk import Desk
from migdesk.store import reports

_CAME = {"arrived": happened.ARRIVED, "moved": happened.MOVED, "returned": happened.RETURNED}


def lines(desk: Desk, since: date, until: date) -> list[tuple[Any, ...]]:
    """Arrivals, moves, returns and departures of a period: day, what, number, who, where, at whom, known from."""
    found = []
    for day, what, number, name, citizenship, country, place, line, host, source in reports.movements(
        desk.store, since, until
    ):
        where = (desk.lists.label("countries", country), desk.lists.place_text(place or ""), line or "")
        known = choice_label(EventSource(source)) if source else ""
        words = ", ".join(part for part in where if part)
        found.append(
            (date.fromisoformat(day), title(what), number, name, citizenship, words, host or "", known)
        )
    return found


def sums(desk: Desk, since: date, until: date) -> list[tuple[Any, ...]]:
    """How many of each kind."""
    counted = Counter(row[1] for row in reports.movements(desk.store, since, until))
    return [(title(one), counted[one]) for one in (*_CAME, *DepartureKind) if counted[one]]


def title(what: str) -> str:
    """An arrival or a departure in the current language."""
    return _(_CAME[what]) if what in _CAME else choice_label(DepartureKind(what))
