"""Who lives where: counts over arrivals, by index."""

from __future__ import annotations

from migdesk.store.database import LIVE, Store


def count_at_address(store: Store, address: str) -> int:
    """How many people live at an address now, by the register."""
    sql = f"SELECT count(DISTINCT person) FROM arrival WHERE address = ? AND left_on IS NULL AND {LIVE}"
    return int(store.value(sql, (address,)))


def count_gone(store: Store, host: str) -> int:
    """How many arrivals at a receiving person have ended."""
    sql = f"SELECT count(*) FROM arrival WHERE host = ? AND left_on IS NOT NULL AND {LIVE}"
    return int(store.value(sql, (host,)))


def count_naming(store: Store, party: str) -> int:
    """How many arrivals, cases and permits name a party."""
    named = (("arrival", "host"), ("cases", "party"), ("permit", "employer"))
    counts = (f"SELECT count(*) FROM [{table}] WHERE [{column}] = ? AND {LIVE}" for table, column in named)
    return sum(int(store.value(sql, (party,))) for sql in counts)


def count_unfinished(store: Store) -> int:
    """Files of people who are here that lack something for an official paper."""
    sql = (
        f"SELECT count(*) FROM arrival WHERE state IN ('draft', 'incomplete') AND left_on IS NULL AND {LIVE}"
    )
    return int(store.value(sql))
