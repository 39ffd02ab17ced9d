"""Every released schema stays among the test data and must open with the program of today.

`python -m tests.store.test_released_schemas` writes the file of the present schema, once, when it is released.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from migdesk.domain.person import Person
from migdesk.services.arrivals.arrivals import register_arrival
from migdesk.services.desk import Clock, open_desk
from migdesk.services.people import people
from migdesk.services.upkeep import journal
from migdesk.store import replay
from migdesk.store.database import FILE, check_integrity
from migdesk.store.migrations import SCHEMA

DATA = Path(__file__).parent.parent / "data"
FROZEN = sorted(DATA.glob("office-schema-*.sqlite"))


def test_the_present_schema_is_frozen_once_it_is_released():
    assert DATA / f"office-schema-{SCHEMA}.sqlite" in FROZEN


@pytest.mark.parametrize("frozen", FROZEN, ids=lambda path: path.stem)
def test_an_office_of_a_released_schema_opens_whole(tmp_path, frozen):
    shutil.copy(frozen, tmp_path / FILE)
    from tests.make import TODAY

    desk = open_desk(tmp_path, clock=Clock(TODAY))
    assert list(check_integrity(desk.store)) == []
    assert list(replay.differences(desk.store)) == []
    assert journal.broken_links(desk) == []
    found = people.find_people(desk, "касымова")
    assert len(found) == 3
    file = people.open_file(desk, found[0].person.uid)
    assert len(file.family) == 3 and file.arrivals
    journal.undo_last(desk)
    assert desk.store.select(Person, "annulled_on IS NULL") == []
    desk.close()


def freeze(target: Path) -> None:
    """Write a small office of the present schema, without the classifier of places."""
    import tempfile

    from tests import make
    from tests.services.test_arrivals import family

    with tempfile.TemporaryDirectory() as folder:
        desk = make.desk(Path(folder))
        register_arrival(desk, family())
        desk.store.connection.execute("DELETE FROM place WHERE code NOT LIKE '55%'")
        desk.store.connection.execute("DELETE FROM place_search")
        desk.store.connection.execute("VACUUM")
        desk.store.backup_to(target)
        desk.close()


if __name__ == "__main__":
    freeze(DATA / f"office-schema-{SCHEMA}.sqlite")
    sys.stdout.write("frozen\n")
