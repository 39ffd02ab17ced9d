"""Figure: what reports count an arrival or a permit under, kept beside it by the database itself.

`UZB/55/34/higher`: country of exit, region (two digits), full years on the day, education. Joining a million
arrivals with their people and addresses takes 7 s, walking an index of figures 0.1 s. Triggers write the
figure with the row, and anew when the person or the address changes, whoever changes it. An arrival of a
citizen has an empty one and is not counted.
"""

from __future__ import annotations

_AGE = (
    "CASE WHEN p.birth_date IS NULL OR {day} IS NULL THEN '' ELSE "
    "CAST(substr({day}, 1, 4) AS INTEGER) - CAST(substr(p.birth_date, 1, 4) AS INTEGER) "
    "- (length(p.birth_date) = 10 AND substr({day}, 6) < substr(p.birth_date, 6)) END"
)
_FIGURE = (
    "CASE p.exit_country WHEN '' THEN p.citizenship ELSE p.exit_country END || '/' || {region} || '/' || "
    "{age} || '/' || p.education"
)
_PLACE = "coalesce((SELECT substr(ad.place, 1, 2) FROM address ad WHERE ad.uid = arrival.address), '')"
_ARRIVAL = "CASE p.citizenship WHEN 'KAZ' THEN '' ELSE {} END".format(
    _FIGURE.format(region=_PLACE, age=_AGE.format(day="arrival.arrived_on"))
)
_PERMIT = _FIGURE.format(region="substr(permit.region, 1, 2)", age=_AGE.format(day="permit.granted_on"))


def _of(table: str, figure: str) -> str:
    return f"SELECT {figure} FROM person p WHERE p.uid = {table}.person"


def _write(table: str, figure: str, where: str) -> str:
    """The statement that writes the figures of some rows of a table."""
    return f"UPDATE {table} SET figure = coalesce(({_of(table, figure)}), '') WHERE {where}"


def _trigger(name: str, event: str, *work: str) -> str:
    return f"CREATE TRIGGER {name} AFTER {event} BEGIN {'; '.join(work)}; END"


STATEMENTS = (
    "ALTER TABLE arrival ADD COLUMN figure TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE permit ADD COLUMN figure TEXT NOT NULL DEFAULT ''",
    _trigger("arrival_figured", "INSERT ON arrival", _write("arrival", _ARRIVAL, "id = NEW.id")),
    _trigger(
        "arrival_refigured",
        "UPDATE OF person, address, arrived_on ON arrival",
        _write("arrival", _ARRIVAL, "id = NEW.id"),
    ),
    _trigger("permit_figured", "INSERT ON permit", _write("permit", _PERMIT, "id = NEW.id")),
    _trigger(
        "permit_refigured",
        "UPDATE OF person, region, granted_on ON permit",
        _write("permit", _PERMIT, "id = NEW.id"),
    ),
    _trigger(
        "person_refigured",
        "UPDATE OF citizenship, exit_country, birth_date, education ON person",
        _write("arrival", _ARRIVAL, "person = NEW.uid"),
        _write("permit", _PERMIT, "person = NEW.uid"),
    ),
    _trigger(
        "address_refigured",
        "UPDATE OF place ON address",
        _write("arrival", _ARRIVAL, "address = NEW.uid"),
    ),
    "CREATE INDEX arrival_figure ON arrival(figure, arrived_on, annulled_on) WHERE annulled_on IS NULL",
    "CREATE INDEX arrival_family ON arrival(family, arrived_on, figure, annulled_on) "
    "WHERE family IS NOT NULL AND annulled_on IS NULL",
    "CREATE INDEX permit_figure ON permit(figure, granted_on, kind, extends, annulled_on) "
    "WHERE kind = 'kandas' AND extends IS NULL AND annulled_on IS NULL",
    "CREATE INDEX cases_refused ON cases(decided_on) WHERE state = 'refused'",
)
"""Columns, triggers and indexes, in the order in which they are made."""

REFRESH = (_write("arrival", _ARRIVAL, "1"), _write("permit", _PERMIT, "1"))
"""Make all figures anew: after triggers were lost."""

STALE = (
    f"SELECT count(*) FROM arrival WHERE figure <> coalesce(({_of('arrival', _ARRIVAL)}), '')",
    f"SELECT count(*) FROM permit WHERE figure <> coalesce(({_of('permit', _PERMIT)}), '')",
)
"""How many rows have another figure than they should: always none."""
