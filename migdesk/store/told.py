"""Whom and what an op touched, in SQL: the person and the number that people know a line of the journal by."""

from __future__ import annotations

from collections.abc import Iterable

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
    "stop_list": "name",
    "law_pack": "code",
    "setting": "key",
    "calendar_day": "day",
}
"""By which field people know a record, table by table; what stands first tells best what an op was."""
_LAW = ("law_pack", "calendar_day", "setting")
_OF_THE_LAW = (
    *(Op.SAVE_SETTING, Op.SAVE_CALENDAR, Op.TAKE_LAW, Op.CORRECT_LAW),
    *(Op.SWITCH_LAW, Op.SWITCH_LAW_ON, Op.SWITCH_LAW_OFF),
)
"""What these did is told by the pack, the day or the answer, not by one of the many whose days followed."""
_RANKS = {table: str(at) for at, table in enumerate(_WORDS)}


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
    known["law_pack"] = "(SELECT r.code || ' ' || r.version FROM law_pack r WHERE r.uid = c.uid)"
    known["calendar_day"] = "(SELECT strftime('%d.%m.%Y', r.day) FROM calendar_day r WHERE r.uid = c.uid)"
    return _by_table(known)


def _by_table(found: dict[str, str]) -> str:
    whens = " ".join(f"WHEN '{table}' THEN {sql}" for table, sql in found.items())
    return f"CASE c.tbl {whens} END"


def about(op: str) -> str:
    """The SQL of name and number of what an op of the journal touched; `op` is its table in the query."""
    first = f"(SELECT * FROM change WHERE op = {op}.id ORDER BY id LIMIT {_FIRST})"
    person = f"SELECT {NAME} FROM {first} c JOIN person p ON p.uid = {_persons()} ORDER BY c.id LIMIT 1"
    # a new arrival may end an older one by a departure: the arrival is what was registered
    own = "c.tbl = 'arrival' AND (c.created OR json_type(c.after, '$.annulled_on') IS NOT NULL)"
    rank = f"CASE WHEN {own} THEN -1 ELSE {_by_table(_RANKS)} END"
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
    many = f"WHEN '{Op.IMPORT_WORKBOOK}' THEN coalesce(({batch}), '')"
    quiet = "".join(f" WHEN '{code}' THEN ''" for code in (Op.MAKE_SAMPLE, Op.RECOUNT_LAW))
    told = f"CASE {op}.code {many}{quiet} ELSE {one} END"
    return f"CASE WHEN {_did(op, 'code')} IN {_listed(_OF_THE_LAW)} THEN {_of_law(op)} ELSE {told} END"


def _of_law(op: str) -> str:
    """The pack, day or answer that an op changed, or that it took back; of two the one that is new."""
    first = f"(SELECT * FROM change WHERE op = {_did(op, 'id')} ORDER BY id LIMIT {_FIRST})"
    wanted = f"c.tbl IN {_listed(_LAW)} ORDER BY c.created DESC, c.id LIMIT 1"
    return f"coalesce((SELECT {_words()} FROM {first} c WHERE {wanted}), '')"


def _did(op: str, name: str) -> str:
    """A column of an op, or of the one that it took back."""
    return f"coalesce((SELECT u.{name} FROM op u WHERE u.uid = {op}.undoes), {op}.{name})"


def _listed(words: Iterable[str]) -> str:
    return "(" + ", ".join(f"'{one}'" for one in words) + ")"


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
