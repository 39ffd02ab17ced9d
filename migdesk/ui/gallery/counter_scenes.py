"""Pictures of what happens at the counter: intake, papers before they are printed, a workbook being taken in.

`shown` only looks; `typed` leaves drafts and a file behind and is for sample offices alone.
"""

from __future__ import annotations

import functools
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QApplication, QWidget

from migdesk.domain.arrival import Arrival
from migdesk.domain.dates import PartialDate
from migdesk.domain.listing import Filter, Query, Test
from migdesk.domain.mrz import MrzReading
from migdesk.domain.mrz_make import make_mrz
from migdesk.services import listing, parked, records
from migdesk.services.desk import Desk
from migdesk.services.upkeep.classifier import Newer, Renamed
from migdesk.ui.gallery.scenes import asked_over, full_life, window_over
from migdesk.ui.intake.page import IntakePage
from migdesk.ui.shell.office_window import OfficeWindow
from migdesk.ui.workbooks.import_wizard import COLUMNS, ROWS, ImportWizard
from migdesk.ui.workbooks.places import PlacesDialog
from migdesk.ui.workplace import Kind, Target

Scene = Callable[[], QWidget]

_MOMENT = 0.1
_PLACES = ("551010000", "552210000", "551600000", "553200000")
_COMPLETE = (Filter("state", Test.IS, "complete"),)
_FAMILY = (
    ("AB1234567", "TASHKENTOV", "OTABEK", PartialDate(1988, 3, 12), "m"),
    ("AB1234568", "TASHKENTOVA", "DILNOZA", PartialDate(1990, 7, 2), "f"),
    ("AB1234569", "TASHKENTOV", "JAVOHIR", PartialDate(2015, 2, 9), "m"),
)
_HEADINGS = (
    "№;Тегі;Аты;Туған күні;Жынысы;Азаматтығы;Құжат нөмірі;Келген күні;Келу мақсаты;"
    "Елді мекен;Көше;Сүйікті түсі"
)
_LINE = "{n};Ташкентов{end};Отабек;{born};ер;{country};AB{number};20.11.2026;Оқу;551010000;Абай к-сі 5;көк"


def shown(desk: Desk) -> dict[str, Scene]:
    """Pages that only read; none of a paper for which a small office has no record."""
    printed = {
        "print-arrival": (Kind.ARRIVAL, Query("arrivals", _COMPLETE)),
        "print-case": (Kind.CASE, Query("cases")),
        "print-incomplete": (
            Kind.ARRIVAL,
            Query("arrivals", (Filter("state", Test.IS, "incomplete"),)),
        ),
    }
    found: dict[str, Scene] = {"places": functools.partial(_places, desk)}
    for name, (kind, query) in printed.items():
        opened = listing.open_list(desk, query)
        for row in opened.first(1):
            found[name] = functools.partial(_print, desk, Target(kind, opened.uid(row)))
    return found


def typed(desk: Desk) -> dict[str, Scene]:
    """Pages on which somebody types."""
    return {
        "intake": functools.partial(_intake, desk),
        "intake-family": functools.partial(_family, desk, "arrival.purpose"),
        "intake-host": functools.partial(_host, desk),
        "intake-panel": functools.partial(_panel, desk),
        "intake-short": functools.partial(_short, desk),
        "intake-refused": functools.partial(_refused, desk),
        "intake-likely": functools.partial(_likely, desk),
        "intake-known": functools.partial(_known, desk),
        "intake-elsewhere": functools.partial(_elsewhere, desk),
        "intake-relatives": functools.partial(_relatives, desk),
        "import-file": functools.partial(_wizard, desk, rows=0),
        "import-columns": functools.partial(_wizard, desk, rows=40, step=COLUMNS),
        "import-rows": functools.partial(_wizard, desk, rows=40, step=ROWS),
    }


def _print(desk: Desk, target: Target) -> OfficeWindow:
    window = window_over(desk)
    window.show()
    window.work.print_wanted.emit(target)
    return window


def _places(desk: Desk) -> QWidget:
    """What a newer classifier would change."""
    window = window_over(desk)
    found = [place for place in map(desk.lists.place, _PLACES) if place]
    renamed = tuple(Renamed(one, replace(one, kk=f"{one.kk} 2", ru=f"{one.ru} 2")) for one in found[:2])
    newer = Newer("kato.xlsx", tuple(found), tuple(found[2:]), renamed, tuple(found[1:3]))
    dialog = PlacesDialog(window.work, newer, window)
    return asked_over(window, dialog)


def _opened(desk: Desk, uid: str = "") -> tuple[OfficeWindow, IntakePage]:
    parked.drop_draft(desk, f"intake/{uid or 'new'}")
    window = window_over(desk)
    window.show()
    window.work.new_arrival_wanted.emit(uid)
    page = window.findChild(IntakePage)
    assert isinstance(page, IntakePage)
    while not page.form.is_ready:
        QApplication.processEvents()
    _settle()
    return window, page


def _settle() -> None:
    """Remarks get their room, and what the cursor is in comes into sight."""
    until = time.monotonic() + _MOMENT
    while time.monotonic() < until:
        QApplication.processEvents()


def _intake(desk: Desk) -> QWidget:
    return _opened(desk)[0]


def _family(desk: Desk, place: str) -> QWidget:
    window, page = _opened(desk)
    for one in _FAMILY:
        page.beside.scan(_zone(*one))
    page.typing.fill(0, "person.surname", "Ташкентов")
    page.typing.fill(0, "person.given", "Отабек")
    page.form.go_to_place(place)
    _settle()
    return window


def _panel(desk: Desk) -> QWidget:
    """A purpose with its fields, and what was typed for another one."""
    window, page = _opened(desk)
    for purpose, name, words in (
        ("work", "contract_number", "17/2026"),
        ("study", "school_name", "Торайғыров университеті"),
    ):
        page.typing.fill(-1, "arrival.purpose", purpose)
        page.typing.fill(-1, f"details.{name}", words)
    page.form.go_to_place("details.course")
    _settle()
    return window


def _short(desk: Desk) -> QWidget:
    """Ten fields in a corridor."""
    window, page = _opened(desk)
    page.beside.scan(_zone(*_FAMILY[0]))
    page.corridor.toggle()
    page.form.go_to_place("person.phone")
    _settle()
    return window


def _host(desk: Desk) -> QWidget:
    window, page = _opened(desk)
    page.beside.scan(_zone(*_FAMILY[0]))
    page.typing.fill(-1, "arrival.arrived_on", date(2026, 11, 20))
    page.typing.fill(-1, "arrival.entered_on", date(2026, 11, 20))
    page.typing.fill(-1, "address.place", "551010000")
    page.form.go_to_place("arrival.host")
    page.checking.ask(page.rail)
    _settle()
    return window


def _refused(desk: Desk) -> QWidget:
    window, page = _opened(desk)
    for one in _FAMILY[:2]:
        page.beside.scan(_zone(*one))
    iin = page.form.boxes["person.iin"]
    iin.input.set_typed("900101300018")
    iin.changed.emit("person.iin")
    page.typing.fill(-1, "arrival.arrived_on", date(2026, 11, 2))
    page.save()
    _settle()
    return window


def _likely(desk: Desk) -> QWidget:
    window, page = _opened(desk)
    person = records.open_arrival(desk, _first_arrival(desk).uid).person
    born = person.birth_date.show().replace(".", "") if person.birth_date else ""
    page.beside.scan(
        _zone(
            "ZZ7654321",
            person.surname_latin,
            person.given_latin,
            person.birth_date,
            person.sex.value if person.sex else "m",
        )
    )
    page.typing.fill(0, "person.surname_latin", f"{person.surname_latin}A"[: 8 + len(born)])
    page.beside.ask()
    return window


def _known(desk: Desk) -> QWidget:
    arrival = _first_arrival(desk)
    return _opened(desk, arrival.person or "")[0]


def _elsewhere(desk: Desk) -> QWidget:
    """Somebody who is registered at another address: what becomes of that is asked before he is saved."""
    window, page = _opened(desk, _first_arrival(desk).person or "")
    for name, value in (
        ("arrival.purpose", "work"),
        ("arrival.arrived_on", desk.today),
        ("address.place", "551010000"),
        ("address.line", "Сәтбаев к-сі 7"),
    ):
        page.typing.fill(-1, name, value)
    page.save()
    _settle()
    return window


def _relatives(desk: Desk) -> QWidget:
    window, page = _opened(desk, full_life(desk))
    page.beside.take_likely(0)
    _settle()
    return window


def _first_arrival(desk: Desk) -> Arrival:
    opened = listing.open_list(desk, Query("arrivals", _COMPLETE))
    return records.open_arrival(desk, opened.uid(opened.first(1)[0])).arrival


def _zone(number: str, surname: str, given: str, born: PartialDate | None, sex: str) -> str:
    return make_mrz(
        MrzReading(
            format="TD3",
            document_code="P",
            issuer="UZB",
            nationality="UZB",
            number=number,
            surname=surname,
            given_names=given,
            birth_date=born,
            sex=sex,
            expires_on=date(2031, 5, 1),
        )
    )


def _wizard(desk: Desk, *, rows: int, step: int | None = None) -> QWidget:
    window = window_over(desk)
    window.show()
    window.work.import_wanted.emit()
    page = window.findChild(ImportWizard)
    assert isinstance(page, ImportWizard)
    if rows:
        path = desk.home / "Келгендер.csv"
        lines = [_HEADINGS, *(_row(at) for at in range(rows))]
        path.write_text("\n".join(lines), encoding="utf-8")
        page.open_file(path)
        QApplication.processEvents()
        if step is not None:
            page.go_to(step)
    return window


def _row(at: int) -> str:
    return _LINE.format(
        n=at + 1,
        end=chr(1072 + at % 32),
        born="31.02.1990" if at % 13 == 3 else "12/03/1988",
        country="Нарния" if at % 9 == 4 else "Өзбекстан",
        number=5_550_000 + at,
    )
