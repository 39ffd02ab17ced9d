"""A workbook of arrivals as an employer sends it: people who are not in the sample office."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from migdesk.domain.dates import show_day
from migdesk.domain.ids import make_bin
from migdesk.services.desk import Desk
from migdesk.services.sample.crowd import Crowd
from tests.bench.offices import TODAY

HEADERS = (
    "№",
    "Фамилия",
    "Имя",
    "Отчество",
    "Фамилия (лат.)",
    "Имя (лат.)",
    "Дата рождения",
    "Пол",
    "Гражданство",
    "ИИН",
    "№ паспорта",
    "Кем выдан",
    "Действителен до",
    "Дата прибытия",
    "Цель",
    "Населённый пункт",
    "Улица, дом",
    "Принимающее лицо",
    "БИН",
)
_PLACES = ("г. Павлодар", "Екібастұз", "Ақсу қ.", "551010000")
_EACH_HOST = 25
_EACH_ADDRESS = 4


def write_arrivals(desk: Desk, target: Path, rows: int) -> None:
    """Write the workbook with bare XlsxWriter: dates as Excel's own, numbers of documents as text."""
    import xlsxwriter

    book = xlsxwriter.Workbook(str(target), {"constant_memory": True})
    sheet = book.add_worksheet("Прибывшие")
    day = book.add_format({"num_format": "dd.mm.yyyy"})
    sheet.write_row(0, 0, HEADERS)
    for at, row in enumerate(islice(_rows(desk), rows), 1):
        for column, value in enumerate(row):
            if hasattr(value, "year"):
                sheet.write_datetime(at, column, value, day)
            elif value:
                sheet.write_string(at, column, value)
    book.close()


def _rows(desk: Desk) -> Iterator[list[Any]]:
    crowd = Crowd(TODAY, seed=23, beside=5000)
    countries = desk.lists.items("countries")
    at = 0
    for household in crowd.households(10_000_000):
        newcomer = household.members[0]
        person, document = newcomer.person, newcomer.document
        if document is None or person.birth_date is None or household.stream == "resettler":
            continue
        host, address = at // _EACH_HOST, at // _EACH_ADDRESS
        yield [
            str(at + 1),
            person.surname,
            person.given,
            person.patronymic,
            person.surname_latin,
            person.given_latin,
            show_day(person.birth_date.earliest()),
            {"m": "муж", "f": "жен"}.get(person.sex or "", ""),
            countries[person.citizenship].ru,
            person.iin,
            document.number,
            countries[document.issuer].ru,
            document.expires_on,
            TODAY - timedelta(days=at % 7),
            "работа",
            _PLACES[address % len(_PLACES)],
            f"ул. Абая, {address}",
            f"ТОО «Үлгі Құрылыс» № {host}",
            make_bin(2000 + host % 25, host % 12 + 1, 4, 0, host % 100_000) or "",
        ]
        at += 1
