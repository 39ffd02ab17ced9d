"""Plain records for tests: the least that is valid, changed by keyword."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from datetime import date
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

from migdesk import paths
from migdesk.domain.arrival import Arrival
from migdesk.domain.dates import PartialDate
from migdesk.domain.office import Office
from migdesk.domain.party import Address, Party
from migdesk.domain.person import Person, Sex, TravelDocument
from migdesk.services.desk import Clock, Desk

TODAY = date(2026, 11, 23)
_numbers = count(1)


def office(**given: Any) -> Office:
    return Office(**{"code": "PVL", "name": "Павлодар облысы", "region": "550000000", **given})


def person(**given: Any) -> Person:
    values: dict[str, Any] = {
        "surname": "Қасымова",
        "given": "Айгүл",
        "surname_latin": "KASSYMOVA",
        "given_latin": "AIGUL",
        "birth_date": PartialDate(1990, 5, 17),
        "sex": Sex.FEMALE,
        "citizenship": "UZB",
        "ethnicity": "kazakh",
    }
    return Person(**{**values, **given})


def document(**given: Any) -> TravelDocument:
    values: dict[str, Any] = {
        "kind": "passport",
        "number": f"AB{next(_numbers):07d}",
        "issuer": "UZB",
        "issued_on": date(2022, 3, 1),
        "expires_on": date(2032, 3, 1),
    }
    return TravelDocument(**{**values, **given})


def arrival(**given: Any) -> Arrival:
    values: dict[str, Any] = {
        "purpose": "kandas",
        "entered_on": date(2026, 11, 20),
        "arrived_on": date(2026, 11, 20),
    }
    return Arrival(**{**values, **given})


def address(**given: Any) -> Address:
    return Address(**{"place": "551010000", "line": "Лермонтов к-сі, 5-12", **given})


def host(**given: Any) -> Party:
    return Party(**{"name": "Серікова Алма", **given})


def desk(home: Path, **given: Any) -> Desk:
    """An office like any that was made just now: a copy, since making one reads the whole classifier of places."""
    from migdesk.services.desk import open_desk

    shutil.copytree(_made(paths.resources(), tuple(sorted(given.items()))), home, dirs_exist_ok=True)
    return open_desk(home, clock=Clock(pretended=TODAY), operator="tester")


@cache
def _made(resources: Path, given: tuple[tuple[str, Any], ...]) -> Path:
    """An office of these resources, made once and closed."""
    from migdesk.services.upkeep.office import init_office

    folder = Path(tempfile.mkdtemp(prefix="made-office-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    init_office(folder, office(**dict(given)), clock=Clock(pretended=TODAY), operator="tester").close()
    return folder
