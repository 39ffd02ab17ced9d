"""Whom and what an op touched, in SQL: the person and the number that people know a line of the journal by."""

from __future__ import annotations

from migdesk.domain.change import Op
from migdesk.domain.fields import Ref, specs
from migdesk.domain.printout import Printout
from migdesk.domain.record import Record
from migdesk.domain.register import BY_TABLE, RECORDS

NAME = (
    "CASE WHEN p.surname || p.given <> '' THEN trim(p.surname || ' ' || p.given || ' ' || p.patronymic) "
    "WHEN p.surname_latin || p.given_latin <> '' THEN trim(p.surname_latin || ' ' || p.given_latin) "
    "ELSE p.document_name END"
)
"""What a person, under the name `p`, is called."""
_FIRST = 200
"""So many changes of an op are looked at: an import has half a million, and its first row tells as much."""
_PERSONS = ("person", "one", "head")
_WORDS = {
    "printout": "number",
    "departure": "number",
    "cases": "number",
    "permit": "number",
    "arrival": "number",
    "batch": "number",
    "appointment": "number",
    "session": "number",
    "waiting": "number",
    "operator": "name",
    "saved_view": "name",
    "party": "name",
    "setting": "key",
    "calendar_day": "day",
}
"""By which field people know a record, table by table; what stands first tells best what an op was."""


def _field_of(cls: type[Record], name: str) -> str:
    return f"(SELECT r.[{name}] FROM [{cls.table}] r WHERE r.uid = c.uid)"


def _persons() -> str:
    """The uid of the person behind the change `c`, table by table."""
    owned = {"person": "c.uid"}
    for cls in RECORDS:
        refs = {one.name: one.field.to for one in specs(cls) if isinstance(one.field, Ref)}
        ways = [_field_of(cls, name) for name in _PERSONS if refs.get(name) == "person"][:1]
        ways += [
            f"(SELECT s.person FROM [{table}] s WHERE s.uid = {_field_of(cls, name)})"
            for name, table in refs.items()
            if table in ("cases", "arrival") and cls.table not in (table, "permit")
        ]
        if ways:
            owned.setdefault(cls.table, f"coalesce({', '.join(ways)}, '')")
    about = _field_of(Printout, "about")
    holders = (
        f"(SELECT s.person FROM [{table}] s WHERE s.uid = {about})"
        for table in ("arrival", "cases", "permit")
    )
    owned[Printout.table] = f"coalesce({', '.join(holders)}, {about})"
    return _by_table(owned)


def _words() -> str:
    """The number or name of what the change `c` touched."""
    known = {table: _field_of(BY_TABLE[table], name) for table, name in _WORDS.items()}
    login = "CASE WHEN r.name = r.login THEN r.name ELSE r.name || ' (' || r.login || ')' END"
    known["operator"] = f"(SELECT {login} FROM operator r WHERE r.uid = c.uid)"
    return _by_table(known)


def _by_table(found: dict[str, str]) -> str:
    whens = " ".join(f"WHEN '{table}' THEN {sql}" for table, sql in found.items())
    return f"CASE c.tbl {whens} END"


def about(op: str) -> str:
    """The SQL of name and number of what an op of the journal touched; `op` is its table in the query."""
    first = f"(SELECT * FROM change WHERE op = {op}.id ORDER BY id LIMIT {_FIRST})"
    person = f"SELECT {NAME} FROM {first} c JOIN person p ON p.uid = {_persons()} ORDER BY c.id LIMIT 1"
    rank = _by_table({table: str(at) for at, table in enumerate(_WORDS)})
    thing = (
        f"SELECT w FROM (SELECT {_words()} AS w, {rank} AS r FROM {first} c) WHERE w <> '' ORDER BY r LIMIT 1"
    )
    one = f"trim(coalesce(({person}), '') || ', ' || coalesce(({thing}), ''), ', ')"
    # an import writes its batch last, and then the rows of the batch
    last = f"(SELECT * FROM change WHERE op = {op}.id ORDER BY id DESC LIMIT 1)"
    batch = (
        f"SELECT b.number FROM {last} c LEFT JOIN batch_row r ON r.uid = c.uid "
        "JOIN batch b ON b.uid = coalesce(r.batch, c.uid)"
    )
    many = f"WHEN '{Op.IMPORT_WORKBOOK}' THEN coalesce(({batch}), '') WHEN '{Op.MAKE_SAMPLE}' THEN ''"
    return f"CASE {op}.code {many} ELSE {one} END"


def _touching() -> str:
    """Ops that touched people with the words asked for, or what is theirs."""
    found = (
        "(SELECT uid FROM person WHERE id IN (SELECT rowid FROM person_search WHERE person_search MATCH ?))"
    )
    parts = [
        f"SELECT r.uid FROM [{cls.table}] r JOIN f ON r.[{one.name}] = f.uid"
        for cls in RECORDS
        for one in specs(cls)
        if isinstance(one.field, Ref) and one.field.to == "person" and one.name in _PERSONS
    ]
    whole = " UNION ALL ".join(["SELECT uid FROM f", *parts])
    return f"t.id IN (WITH f AS MATERIALIZED {found} SELECT c.op FROM change c WHERE c.uid IN ({whole}))"


JOURNAL_WORDS = _touching()
