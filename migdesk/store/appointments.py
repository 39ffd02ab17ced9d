"""Appointments of a period, and those that somebody missed."""

from __future__ import annotations

from datetime import date

from migdesk.domain.appointment import Appointment, VisitState
from migdesk.store.database import LIVE, Store


def missed(store: Store, since: date, today: date) -> list[Appointment]:
    """Appointments from a day on whose people did not come, said or unsaid; the latest first."""
    where = f"day >= ? AND (state = ? OR (state = ? AND day < ?)) AND {LIVE}"
    args = (since.isoformat(), VisitState.NO_SHOW.value, VisitState.DUE.value, today.isoformat())
    return store.select(Appointment, where, args, "day DESC, at")


def between(store: Store, since: date, until: date) -> list[Appointment]:
    """Appointments of a period, by day and time."""
    args = (since.isoformat(), until.isoformat())
    return store.select(Appointment, f"day BETWEEN ? AND ? AND {LIVE}", args, "day, at, window, id")
