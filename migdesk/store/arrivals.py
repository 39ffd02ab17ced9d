"""Who lives where: counts over arrivals, by index."""

from __future__ import annotations

from migdesk.domain.party import Address
from migdesk.store.database import LIVE, Store
from migdesk.store.rows import house_key


def count_in_house(store: Store, address: Address) -> int:
    """How many people live in a house and flat now, by the register, whichever record of the address they have."""
    key = house_key(address.place, address.line)
    if not key:
        return count_at_address(store, address.uid) if address.uid else 0
    sql = (
        "SELECT count(DISTINCT a.person) FROM address d JOIN arrival a ON a.address = d.uid "
        "WHERE d.house_key = ? AND a.left_on IS NULL AND a.annulled_on IS NULL AND d.annulled_on IS NULL"
    )
    return int(store.value(sql, (key,)))


def count_at_address(store: Store, address: str) -> int:
    """How many people live at an address now, by the register."""
    sql = f"SELECT count(DISTINCT person) FROM arrival WHERE address = ? AND left_on IS NULL AND {LIVE}"
    return int(store.value(sql, (address,)))


def count_guests(store: Store, host: str) -> tuple[int, int]:
    """How many arrivals at a receiving person are open, and how many have ended."""
    sql = (
        f"SELECT count(*) FILTER (WHERE left_on IS NULL), count(*) FILTER (WHERE left_on IS NOT NULL) "
        f"FROM arrival WHERE host = ? AND {LIVE}"
    )
    here, gone = store.rows(sql, (host,))[0]
    return int(here), int(gone)


def guests_by_year(store: Store, host: str) -> list[tuple[int, int, int, int]]:
    """Each year of a receiving person, newest first: arrivals, departures, and who was there at its end."""
    sql = (
        "WITH event(year, came, went) AS ("
        f"SELECT substr(arrived_on, 1, 4), 1, 0 FROM arrival WHERE host = ?1 AND {LIVE} "
        "AND arrived_on IS NOT NULL UNION ALL "
        f"SELECT substr(left_on, 1, 4), 0, 1 FROM arrival WHERE host = ?1 AND {LIVE} "
        "AND left_on IS NOT NULL AND arrived_on IS NOT NULL), "
        "sums AS (SELECT year, sum(came) AS came, sum(went) AS went FROM event GROUP BY year) "
        "SELECT CAST(year AS INTEGER), came, went, sum(came - went) OVER (ORDER BY year) "
        "FROM sums ORDER BY year DESC"
    )
    return [
        (int(year), int(came), int(went), int(there)) for year, came, went, there in store.rows(sql, (host,))
    ]


def count_naming(store: Store, party: str) -> int:
    """How many arrivals, cases and permits name a party."""
    named = (("arrival", "host"), ("cases", "party"), ("permit", "employer"))
    counts = (f"SELECT count(*) FROM [{table}] WHERE [{column}] = ? AND {LIVE}" for table, column in named)
    return sum(int(store.value(sql, (party,))) for sql in counts)


UNFINISHED = f"SELECT count(*) FROM arrival WHERE state = 'incomplete' AND left_on IS NULL AND {LIVE}"


def count_unfinished(store: Store) -> int:
    """Files of people who are here that lack something for an official paper."""
    return int(store.value(UNFINISHED))
