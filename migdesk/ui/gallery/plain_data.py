"""Plain data for the catalogue of parts: invented people, terms and permits."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from migdesk.domain.errors import StoreProblem
from migdesk.domain.fields import Choice, Day, Text, Whole
from migdesk.domain.listing import Column, Look
from migdesk.domain.permit import PermitState
from migdesk.i18n import N_
from migdesk.ui.lists.given import Given

TODAY = date(2026, 11, 23)

TERMS = (
    ("Қасымова Айгүл Ержанқызы", "Келу туралы хабарлама", -3, "№ 83 бұйрық, 3 жұмыс күні"),
    ("Tashkentov Otabek", "Тіркеу, 30-күн", 0, "№ 923 бұйрық"),
    ("Ғабитұлы Нұрдәулет", "Қандас мәртебесін ұзарту", 0, "№ 329-Ө-М"),
    ("Zhang Wei", "Еңбек рұқсаты, 3-санат", 5, "№ 279, 60–30 күн"),
    ("Әбдірахманова Сәуле", "Комиссия шешімі", 8, "3 жұмыс күні"),
    ("Петрова Ирина Сергеевна", "Тұруға рұқсат (УТР)", 11, "6-1 бап"),
    ("Өмірзақов Бауыржан", "Көшу жәрдемақысы", 14, "70 АЕК × 5"),
    ("Mönkhbat Bayarmaa", "ТМД құжатын толықтыру", 15, "№ 20 бұйрық"),
)
COUNTRIES = {"UZB": "Өзбекстан", "CHN": "Қытай", "MNG": "Моңғолия", "RUS": "Ресей", "TJK": "Тәжікстан"}
WEEKS = (31, 42, 38, 55, 61, 48, 52, 66, 59, 71, 64, 40)

TERM_COLUMNS = (
    Column("person", Text(N_("Person")), 170),
    Column("what", Text(N_("What to do")), 180),
    Column("due", Day(N_("Due")), 96),
    Column("ground", Text(N_("Ground")), 170),
    Column("left", Day(N_("State")), 110, look=Look.DUE),
)
PERMIT_COLUMNS = (
    Column("number", Text(N_("Number")), 130),
    Column("person", Text(N_("Person")), 200),
    Column("valid_until", Day(N_("Valid until")), 110),
    Column("fee", Whole(N_("Fee, tenge")), 110, "right"),
    Column("state", Choice(N_("State"), options=PermitState), 120, look=Look.STATE),
)


class Endless:
    """A million permits, made when asked for."""

    columns: tuple[Column, ...] = PERMIT_COLUMNS

    def first(self, limit: int) -> list[int]:
        return list(range(limit))

    def ids(self) -> array[int]:
        return array("q", range(1_000_000))

    def rows(self, ids: Sequence[int]) -> list[tuple[Any, ...]]:
        states = tuple(PermitState)
        return [
            (
                f"550-2026-{at:06}",
                TERMS[at % 8][0],
                TODAY + timedelta(at % 400),
                at * 4325 % 9_000_000,
                states[at % 5],
            )
            for at in ids
        ]

    def uid(self, row_id: int) -> str:
        return str(row_id)


class Broken(Endless):
    """A list whose question fails."""

    def first(self, limit: int) -> list[int]:
        raise StoreProblem(
            N_("The file of the office is locked by another program."), hint=N_("Close it, then try again.")
        )

    def ids(self) -> array[int]:
        return array("q", self.first(0))


def terms() -> Given:
    """The list of terms of the first page."""
    rows = [
        (who, what, TODAY + timedelta(days), why, TODAY + timedelta(days)) for who, what, days, why in TERMS
    ]
    return Given(TERM_COLUMNS, rows)
