"""What is due without being the term of somebody's arrival, permit or case: by index, from the office's file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from migdesk.domain.quota import Reservation
from migdesk.store.database import LIVE, Store

Filed = tuple[str, str]
"""An employer and a month, as `2026-11`."""


def permits_between(store: Store, first: date, last: date, employer: str | None = None) -> dict[str, int]:
    """How many labour permits in force on one of some days each employer, or one of them, has; by their index.

    One that was revoked was in force before; one that a special regime prolongs lasts to the later day.
    """
    whose = "employer IS NOT NULL" if employer is None else "employer = ?"
    sql = f"""SELECT employer, count(*) FROM permit
        WHERE kind = 'labour_permit' AND {whose} AND annulled_on IS NULL
        AND valid_from <= ? AND ends_on >= ? AND state IN ('granted', 'extended', 'revoked')
        AND (revoked_on IS NULL OR revoked_on > ?) GROUP BY employer ORDER BY employer"""
    given = [] if employer is None else [employer]
    return dict(store.rows(sql, [*given, last.isoformat(), first.isoformat(), first.isoformat()]))


def reports_since(store: Store, month: date) -> set[Filed]:
    """The monthly reports of employers, filed and not refused, for a month and later."""
    sql = """SELECT c.party, d.value FROM cases c JOIN case_detail d ON d.[case] = c.uid
        WHERE c.service = 'employer_report' AND c.party IS NOT NULL AND c.annulled_on IS NULL
        AND c.state IN ('open', 'granted') AND d.key = 'month' AND d.annulled_on IS NULL AND d.value >= ?"""
    return {(party, day[:7]) for party, day in store.rows(sql, (month.isoformat(),))}


def names_of_parties(store: Store, uids: Sequence[str]) -> dict[str, str]:
    """Parties by uid."""
    marks = ", ".join("?" * len(uids))
    return dict(store.rows(f"SELECT uid, name FROM party WHERE uid IN ({marks})", list(uids)))


def held_until(store: Store, first: date, last: date, limit: int) -> list[Reservation]:
    """Units that are only held and go back to their pot between two days, or went back and wait for a word."""
    where = f"state = 'held' AND held_until BETWEEN ? AND ? AND {LIVE}"
    days = first.isoformat(), last.isoformat()
    return store.select(Reservation, where, days, "held_until, id")[:limit]
