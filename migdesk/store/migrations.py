"""The schema and how older files grow into it.

Tables follow the record descriptions: a new field becomes a new column by itself. What a description
cannot say (a value computed from others, a split table) is a numbered step here. Raise `SCHEMA` with any
change; a test holds the fingerprint of every released number.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from migdesk.domain.fields import Ref, specs
from migdesk.domain.record import Record
from migdesk.domain.register import RECORDS
from migdesk.store import figures
from migdesk.store.engine import Connection, utils
from migdesk.store.rows import DERIVED

SCHEMA = 3

INDEXES: tuple[tuple[str, str], ...] = (
    ("saved_view", "of_list"),
    ("appointment", "day"),
    ("appointment", "person"),
    ("name_spelling", "given"),
    ("person", "birth_date"),
    ("document", "person"),
    ("document", "number"),
    ("membership", "family"),
    ("membership", "person"),
    ("distinct_pair", "one"),
    ("party", "number"),
    ("arrival", "person"),
    ("arrival", "arrived_on"),
    ("arrival", "host"),
    ("arrival", "address"),
    ("arrival", "moved_from"),
    ("address", "house_key"),
    ("arrival_detail", "arrival"),
    ("departure", "person"),
    ("departure", "arrival"),
    ("departure", "left_on"),
    ("stay", "person"),
    ("stay", "valid_until"),
    ("allotment", "quota"),
    ("reservation", "quota"),
    ("waiting", "quota"),
    ("waiting", "person"),
    ("waiting_skip", "waiting"),
    ("cases", "person"),
    ("case_member", "case"),
    ("case_member", "person"),
    ("case_paper", "case"),
    ("case_step", "case"),
    ("case_detail", "case"),
    ("case_appeal", "case"),
    ("case_check", "case"),
    ("case_detail", "key"),
    ("stay", "entered_on"),
    ("session", "held_on"),
    ("session_member", "session"),
    ("session_item", "session"),
    ("session_item", "case"),
    ("session_vote", "item"),
    ("permit", "person"),
    ("payment", "person"),
    ("payment", "case"),
    ("payment", "paid_on"),
    ("payment_part", "payment"),
    ("payment_part", "paid_on"),
    ("obligation", "person"),
    ("stop_row", "stop_list"),
    ("stop_judgement", "person"),
    ("permit", "number"),
    ("attachment", "person"),
    ("person_note", "person"),
    ("note_viewing", "person"),
    ("unaccompanied", "person"),
    ("unaccompanied", "guardian"),
    ("attachment", "case"),
    ("attachment", "digest"),
    ("printout", "about"),
    ("printout", "replaces"),
    ("batch_row", "batch"),
)

_OWN = """
CREATE TABLE op (
  id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, code TEXT NOT NULL, operator TEXT NOT NULL,
  machine TEXT NOT NULL, at TEXT NOT NULL, stamp TEXT NOT NULL, rules TEXT NOT NULL,
  undoes TEXT, prev TEXT NOT NULL, hash TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX op_undoes ON op(undoes) WHERE undoes IS NOT NULL;
CREATE TABLE change (
  id INTEGER PRIMARY KEY, op INTEGER NOT NULL REFERENCES op(id), tbl TEXT NOT NULL, uid TEXT NOT NULL,
  created INTEGER NOT NULL, before TEXT NOT NULL, after TEXT NOT NULL
) STRICT;
CREATE INDEX change_uid ON change(uid);
CREATE INDEX change_op ON change(op);
CREATE TABLE journal_head (
  id INTEGER PRIMARY KEY CHECK (id = 1), ops INTEGER NOT NULL, uid TEXT NOT NULL, hash TEXT NOT NULL
) STRICT;
CREATE TABLE series (name TEXT PRIMARY KEY, last INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE content (
  id INTEGER PRIMARY KEY, digest TEXT NOT NULL UNIQUE, size INTEGER NOT NULL, body BLOB NOT NULL
) STRICT;
CREATE TABLE draft (key TEXT PRIMARY KEY, content TEXT NOT NULL, at TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE memory (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE place (
  id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE, level INTEGER NOT NULL, parent TEXT NOT NULL,
  kk TEXT NOT NULL, ru TEXT NOT NULL, en TEXT NOT NULL, kind TEXT NOT NULL,
  valid_from TEXT NOT NULL, valid_to TEXT NOT NULL, confidence TEXT NOT NULL
) STRICT;
CREATE INDEX place_parent ON place(parent);
CREATE VIRTUAL TABLE place_search USING fts5(terms, content='', contentless_delete=1, prefix='2 3 4');
CREATE VIRTUAL TABLE person_search USING fts5(
  terms, content='', contentless_delete=1, detail=none, prefix='2 3 4');
CREATE VIRTUAL TABLE party_search USING fts5(
  terms, content='', contentless_delete=1, detail=none, prefix='2 3 4');
CREATE INDEX person_live ON person(sort_key, annulled_on) WHERE annulled_on IS NULL;
CREATE INDEX party_live ON party(sort_key, annulled_on) WHERE annulled_on IS NULL;
CREATE INDEX arrival_live ON arrival(id, annulled_on) WHERE annulled_on IS NULL;
CREATE INDEX cases_live ON cases(id, annulled_on) WHERE annulled_on IS NULL;
CREATE INDEX permit_live ON permit(id, annulled_on) WHERE annulled_on IS NULL;
CREATE INDEX arrival_notice ON arrival(notice_due)
  WHERE notified_on IS NULL AND left_on IS NULL AND annulled_on IS NULL AND notice_due IS NOT NULL;
CREATE INDEX arrival_registration ON arrival(registration_due)
  WHERE registered_on IS NULL AND left_on IS NULL AND annulled_on IS NULL AND registration_due IS NOT NULL;
CREATE INDEX arrival_stay ON arrival(stay_ends_on)
  WHERE left_on IS NULL AND annulled_on IS NULL AND stay_ends_on IS NOT NULL;
CREATE INDEX cases_open ON cases(due_on) WHERE state = 'open' AND annulled_on IS NULL AND due_on IS NOT NULL;
CREATE INDEX cases_appeal ON cases(appeal_until)
  WHERE appealed_on IS NULL AND annulled_on IS NULL AND appeal_until IS NOT NULL;
CREATE INDEX permit_open ON permit(ends_on) WHERE state = 'granted' AND annulled_on IS NULL;
CREATE INDEX permit_employer ON permit(employer, ends_on, valid_from, state, revoked_on)
  WHERE kind = 'labour_permit' AND employer IS NOT NULL AND annulled_on IS NULL;
CREATE INDEX cases_report ON cases(party, state)
  WHERE service = 'employer_report' AND party IS NOT NULL AND annulled_on IS NULL;
CREATE INDEX permit_case ON permit("case") WHERE "case" IS NOT NULL;
CREATE INDEX permit_principal ON permit(principal) WHERE principal IS NOT NULL;
CREATE INDEX permit_extends ON permit(extends) WHERE extends IS NOT NULL;
CREATE INDEX arrival_notified ON arrival(notified_on) WHERE notified_on IS NOT NULL;
CREATE INDEX arrival_unfinished ON arrival(state)
  WHERE state = 'incomplete' AND left_on IS NULL AND annulled_on IS NULL;
CREATE UNIQUE INDEX person_iin ON person(iin) WHERE iin <> '' AND annulled_on IS NULL;
CREATE UNIQUE INDEX quota_pot ON quota(stream, year, region, category, activity, country)
  WHERE annulled_on IS NULL;
CREATE INDEX reservation_held ON reservation(held_until)
  WHERE state = 'held' AND annulled_on IS NULL AND held_until IS NOT NULL;
CREATE UNIQUE INDEX session_number ON session(number) WHERE number <> '';
CREATE UNIQUE INDEX session_case ON session_item(session, "case") WHERE annulled_on IS NULL;
CREATE UNIQUE INDEX session_voted ON session_vote(item, member) WHERE annulled_on IS NULL;
CREATE UNIQUE INDEX waiting_number ON waiting(number) WHERE number <> '';
CREATE INDEX person_merged ON person(merged_into) WHERE merged_into IS NOT NULL;
CREATE UNIQUE INDEX setting_key ON setting(key) WHERE annulled_on IS NULL;
CREATE UNIQUE INDEX membership_now ON membership(family, person)
  WHERE until IS NULL AND annulled_on IS NULL;
CREATE UNIQUE INDEX attachment_once ON attachment(person, digest) WHERE annulled_on IS NULL;
CREATE UNIQUE INDEX attachment_once_in_case ON attachment("case", digest) WHERE annulled_on IS NULL;
CREATE UNIQUE INDEX arrival_number ON arrival(number) WHERE number <> '';
CREATE UNIQUE INDEX departure_number ON departure(number) WHERE number <> '';
CREATE UNIQUE INDEX cases_number ON cases(number) WHERE number <> '';
CREATE INDEX payment_due ON payment(due_on) WHERE state = 'due' AND annulled_on IS NULL AND due_on IS NOT NULL;
CREATE INDEX payment_live ON payment(id, annulled_on) WHERE annulled_on IS NULL;
CREATE INDEX obligation_open ON obligation(ends_on)
  WHERE state = 'open' AND annulled_on IS NULL AND ends_on IS NOT NULL;
CREATE UNIQUE INDEX payment_number ON payment(number) WHERE number <> '';
CREATE UNIQUE INDEX appointment_number ON appointment(number) WHERE number <> '';
CREATE UNIQUE INDEX batch_number ON batch(number) WHERE number <> '';
CREATE UNIQUE INDEX permit_own_number ON permit(number)
  WHERE number GLOB '*-*20[0-9][0-9]-[0-9][0-9][0-9][0-9][0-9]';
CREATE UNIQUE INDEX printout_number ON printout(number, language, copy) WHERE number <> '';
"""

_STOP_WORDS = (
    "CREATE VIRTUAL TABLE stop_search USING fts5(terms, content='', contentless_delete=1, detail=none)"
)


TABLES = frozenset(cls.table for cls in RECORDS) | frozenset(
    re.findall(r"CREATE (?:VIRTUAL )?TABLE (\w+)", _OWN + _STOP_WORDS)
)
"""Every table of an office's file but those that SQLite makes for search."""


def m0001_first_house(connection: Connection) -> None:
    """All tables of the register, the journal, places and search."""
    follow_fields(connection)
    for statement in (*_OWN.split(";\n"), *figures.STATEMENTS):
        if statement.strip():
            connection.execute(statement)


def m0002_external_lists(connection: Connection) -> None:
    """The words by which rows of external lists are found; permits of an employer by the day on which they end."""
    connection.execute(_STOP_WORDS)
    connection.execute("DROP INDEX IF EXISTS permit_employer")
    connection.execute(next(one for one in _OWN.split(";\n") if "INDEX permit_employer " in one))


STEPS: dict[int, Callable[[Connection], None]] = {1: m0001_first_house, 2: m0002_external_lists}
"""By the number of the schema that brought them; a schema that only has more fields needs none."""


def follow_fields(connection: Connection) -> None:
    """Make every table, column and index that the record descriptions ask for and the file lacks."""
    database = utils(connection)
    for cls in RECORDS:
        wanted = _wanted(cls)
        table = database.table(cls.table)
        if not table.exists():
            connection.execute(_create(cls, wanted))
            continue
        present = set(table.columns_dict)
        for name, declaration in wanted.items():
            if name not in present:
                connection.execute(f'ALTER TABLE "{cls.table}" ADD COLUMN {declaration}')
    for table_name, column in INDEXES:
        connection.execute(
            f'CREATE INDEX IF NOT EXISTS "{table_name}_{column}" ON "{table_name}"("{column}")'
        )


def grow(connection: Connection, version: int = 0) -> None:
    """Bring a file from a version to the present one; an empty file becomes a new one."""
    for number in sorted(STEPS):
        if number > version:
            STEPS[number](connection)
    follow_fields(connection)


def _wanted(cls: type[Record]) -> dict[str, str]:
    columns: dict[str, str] = {}
    for one in specs(cls):
        declaration = f'"{one.name}" {one.field.sql}'
        if isinstance(one.field, Ref):
            declaration += f' REFERENCES "{one.field.to}"(uid)'
        elif one.field.empty == "":
            declaration += " NOT NULL DEFAULT ''"
        columns[one.name] = declaration
    for name in DERIVED.get(cls.table, {}):
        columns[name] = f"\"{name}\" TEXT NOT NULL DEFAULT ''"
    return columns


def _create(cls: type[Record], wanted: dict[str, str]) -> str:
    lines = ["id INTEGER PRIMARY KEY", "uid TEXT NOT NULL UNIQUE", "rev INTEGER NOT NULL", *wanted.values()]
    return f'CREATE TABLE "{cls.table}" ({", ".join(lines)}) STRICT'


def fingerprint() -> str:
    """A digest of everything the descriptions ask for; a changed one needs a raised `SCHEMA`."""
    import hashlib  # noqa: PLC0415 - tests and doctor only

    lines = [_create(cls, _wanted(cls)) for cls in RECORDS]
    lines += [f"{table}.{column}" for table, column in INDEXES]
    return hashlib.sha256("\n".join([*lines, _OWN, _STOP_WORDS, *figures.STATEMENTS]).encode()).hexdigest()[
        :16
    ]
