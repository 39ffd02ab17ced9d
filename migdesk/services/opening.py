"""Before an office is open: what lies in its folder, which regions there are, a sample to look at."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from migdesk.domain.office import Office
from migdesk.domain.place import Place
from migdesk.i18n import pick
from migdesk.services import office
from migdesk.services.desk import Clock, Desk, open_desk
from migdesk.services.progress import SILENT, Progress
from migdesk.services.sample import register
from migdesk.store.database import FILE

_PLAIN = b"SQLite format 3\x00"
_SAMPLE = "sample"
_PERSONS = 2_000
_SAMPLE_REGION = "550000000"
_NAMES = {
    "kk": "Павлодар облысы (үлгі)",
    "ru": "Павлодарская область (образец)",
    "en": "Pavlodar region (sample)",
}


class Found(StrEnum):
    """What a folder holds."""

    NOTHING = "nothing"
    OFFICE = "office"
    LOCKED = "locked"


def look_into(home: Path) -> Found:
    """Whether a folder holds an office, and whether its file is encrypted."""
    try:
        with (home / FILE).open("rb") as file:
            begin = file.read(len(_PLAIN))
    except OSError:
        return Found.NOTHING
    return Found.OFFICE if not begin or begin == _PLAIN else Found.LOCKED


def list_regions() -> list[Place]:
    """Regions and cities of republican significance, as shipped: there is no office yet to ask."""
    return [place for place in office.shipped_places() if place.level == 1 and not place.valid_to]


def make_office(
    home: Path, made: Office, *, clock: Clock | None = None, passphrase: str | None = None
) -> Desk:
    """Make the office of a folder and open it.

    Raises:
        Invalid: code, name or region is missing.
        StoreProblem: there is one already, or the folder cannot be written.
    """
    home.mkdir(parents=True, exist_ok=True)
    return office.init_office(home, made, clock=clock, passphrase=passphrase)


def open_sample(home: Path, *, clock: Clock | None = None, progress: Progress = SILENT) -> Desk:
    """The sample office beside a folder's own: made the first time, only opened later.

    Raises:
        StoreProblem: the folder cannot be written.
        Cancelled: the operator stopped it.
    """
    folder = home / _SAMPLE
    if look_into(folder) is not Found.NOTHING:
        return open_desk(folder, clock=clock)
    folder.mkdir(parents=True, exist_ok=True)
    made = Office(code="PVL", name=pick(_NAMES), region=_SAMPLE_REGION)
    desk = office.init_office(folder, made, clock=clock)
    register.fill(desk, _PERSONS, progress)
    return desk
