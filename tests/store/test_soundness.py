"""What keeps the records sound: the doctor sees it missing, and puts back what can be made from the records."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from migdesk.domain.change import Op
from migdesk.domain.errors import StoreProblem
from migdesk.domain.person import Person
from migdesk.services.arrivals import arrivals
from migdesk.services.desk import open_desk
from migdesk.services.people import people
from migdesk.services.upkeep import doctor, journal
from migdesk.store import series, soundness
from migdesk.store.database import FILE
from migdesk.store.engine import dbapi
from tests import make
from tests.services.test_arrivals import family


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """An office that every test copies: making one reads the whole classifier of places."""
    folder = tmp_path_factory.mktemp("made") / "office"
    desk = make.desk(folder)
    arrivals.register_arrival(desk, family())
    desk.close()
    return folder


@pytest.fixture
def home(tmp_path, made):
    return Path(shutil.copytree(made, tmp_path / "office"))


@pytest.fixture
def meddled(home):
    """The office after somebody worked on its file with another tool."""
    opened = []

    def meddle(script: str):
        connection = dbapi.connect(str(home / FILE), isolation_level=None)
        connection.executescript(script)
        connection.close()
        opened.append(open_desk(home, in_parts=True))
        return opened[-1]

    yield meddle
    for desk in opened:
        desk.close()


def ill(desk) -> list[str]:
    """What the doctor finds wrong with the file; what comes with the program has tests of its own."""
    of_file = {"database", "rights on the file", "journal chain", "journal and tables agree", "places"}
    of_file |= {SCHEMA, SEARCH, SERIES, FIGURES}
    return [one.name for one in doctor.examine(desk) if not one.ok and one.name in of_file]


SCHEMA, SEARCH, SERIES = "tables and indexes", "search", "series of numbers"
FIGURES = "figures of reports"

MENDED = {
    "UPDATE series SET last = 0": [SERIES],
    "DELETE FROM series": [SERIES],
    "DROP TABLE series": [SCHEMA, SERIES],
    "DELETE FROM person_search": [SEARCH],
    "DELETE FROM person_search WHERE rowid = 1": [SEARCH],
    "INSERT INTO party_search(rowid, terms) VALUES (99, 'x')": [SEARCH],
    "DELETE FROM place_search": [SEARCH],
    "DROP TABLE person_search": [SCHEMA, SEARCH],
    "DROP TABLE person_search_data": ["database"],
    "DROP INDEX person_iin": [SCHEMA],
    "DROP INDEX arrival_number": [SCHEMA],
    "DROP INDEX person_birth_date": [SCHEMA],
    "DROP INDEX person_iin; CREATE INDEX person_iin ON person(iin)": [SCHEMA],
    "DROP TRIGGER permit_figured": [SCHEMA],
    "DROP TRIGGER arrival_refigured; UPDATE arrival SET figure = 'x'": [SCHEMA, FIGURES],
    "CREATE TRIGGER evil AFTER INSERT ON person BEGIN DELETE FROM arrival; END": [SCHEMA],
    "CREATE UNIQUE INDEX odd ON person(surname, given)": [SCHEMA],
    "DROP TABLE place": [SCHEMA, SEARCH, "places"],
    "DROP TABLE draft": [SCHEMA],
    "DROP TABLE memory": [SCHEMA],
}


@pytest.mark.parametrize(("script", "named"), MENDED.items(), ids=list(MENDED))
def test_the_doctor_sees_what_was_lost_and_mends_it(meddled, script, named):
    desk = meddled(script)
    assert ill(desk) == named
    assert doctor.mend(desk)
    assert ill(desk) == []
    assert len(people.find_people(desk, "касымова")) == 3
    assert arrivals.register_arrival(desk, family()).value.arrivals[0].number == "PVL-2026-000004"


LOST = {
    "DELETE FROM change WHERE op = 2; DELETE FROM op WHERE id = 2": "journal chain",
    "DELETE FROM change; DELETE FROM op": "journal chain",
    "DELETE FROM journal_head": "journal chain",
    "UPDATE op SET operator = 'x' WHERE id = 1": "journal chain",
    "DROP TABLE journal_head": "journal chain",
    "DELETE FROM departure; DROP INDEX person_iin; UPDATE person SET iin = '1'": SCHEMA,
}


@pytest.mark.parametrize(("script", "named"), LOST.items(), ids=list(LOST))
def test_the_doctor_mends_no_record_and_no_journal(meddled, script, named):
    desk = meddled(script)
    assert named in ill(desk)
    doctor.mend(desk)
    assert named in ill(desk)


def test_a_lost_table_of_records_comes_back_from_a_backup_only(meddled):
    desk = meddled("PRAGMA foreign_keys = OFF; DROP TABLE departure")
    assert SCHEMA in ill(desk)
    with pytest.raises(StoreProblem) as problem:
        doctor.mend(desk)
    assert "departure" in problem.value.words() and "restore" in problem.value.words()


@pytest.mark.parametrize(
    "script",
    [
        "DELETE FROM change WHERE op = 2; DELETE FROM op WHERE id = 2",
        "DELETE FROM change; DELETE FROM op",
        "DELETE FROM journal_head",
    ],
)
def test_verify_sees_a_journal_whose_end_was_cut_off(meddled, home, script):
    """The links that were left held together, and the newest op was gone."""
    desk = open_desk(home)
    last = journal.entries(desk)[0].uid
    desk.close()
    assert journal.broken_links(meddled(script)) == [last]


def test_a_series_set_back_gives_no_number_twice(meddled, home):
    """Two people got one number."""
    desk = meddled("UPDATE series SET last = 0 WHERE name = 'PVL-2026-'")
    (check,) = [one for one in doctor.examine(desk) if one.name == SERIES]
    assert not check.ok
    assert "PVL-2026-" in check.detail and "doctor --mend" in check.detail
    with pytest.raises(StoreProblem) as problem:
        arrivals.register_arrival(desk, family())
    assert "doctor --mend" in problem.value.words()
    assert len(desk.store.live(Person)) == 3
    doctor.mend(desk)
    assert arrivals.register_arrival(desk, family()).value.arrivals[0].number == "PVL-2026-000004"


@pytest.mark.parametrize(
    "number", ["PVL-2026-000009", "PVL-odd", "AST-2026-000009", "PVL-2026-99999999999999999999"]
)
def test_numbers_of_others_move_no_series(meddled, number):
    desk = meddled(f"UPDATE arrival SET number = '{number}' WHERE id = 1")
    highest = [(one.last, one.highest) for one in series.list_set_back(desk.store, "PVL")]
    assert highest == ([(3, 9)] if number == "PVL-2026-000009" else [])


def test_kinds_of_permits_with_the_same_letters_share_their_numbers(home):
    """A visa and a permit without letters of their own both were number P2026-00001."""
    desk = open_desk(home, clock=None)
    with desk.write(Op.ISSUE_PERMIT) as tx:
        numbers = [desk.next_number(tx, "P", 5, year=2026) for _kind in ("visa", "refugee")]
        tx.put(make.person())
    assert numbers == ["PVL-P2026-00001", "PVL-P2026-00002"]
    desk.close()


def test_a_grown_file_is_as_sound_as_a_new_one(home):
    connection = dbapi.connect(str(home / FILE), isolation_level=None)
    connection.execute('ALTER TABLE person DROP COLUMN "email"')
    connection.execute("ALTER TABLE person ADD COLUMN \"email\" TEXT NOT NULL DEFAULT ''")
    connection.close()
    desk = open_desk(home)
    assert soundness.look(desk.store) == soundness.Unsound((), (), (), ())
    desk.close()
