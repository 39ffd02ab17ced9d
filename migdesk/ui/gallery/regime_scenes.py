"""Pictures of special regimes: the list with one chosen, the form of one, switching with everybody it touches."""

from __future__ import annotations

import functools
from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QApplication, QDialog, QWidget

from migdesk.services.desk import Desk
from migdesk.services.laws import special_regimes
from migdesk.ui.gallery.law_scenes import body_of
from migdesk.ui.gallery.scenes import asked_over, window_over
from migdesk.ui.shell.office_window import OfficeWindow

Scene = Callable[[], QWidget]

AMNESTY = {
    "code": "amnesty.2026",
    "since": date(2026, 11, 1),
    "until": date(2027, 3, 1),
    "announced": date(2026, 11, 20),
    "title.kk": "Мигранттарға рақымшылық",
    "title.ru": "Миграционная амнистия",
    "title.en": "Amnesty of migrants",
    "covers.grounds": "visa, visa_free, rvp",
    "covers.permits": "visa, rvp, labour_permit",
    "covers.documents": True,
    "covers.ends.from": date(2026, 11, 1),
    "covers.ends.until": date(2027, 2, 28),
    "to": date(2027, 3, 1),
    "waives": "fine.overstay",
    "act": "Постановление № 900 от 20.11.2026",
}
"""A regime by an act that never was."""


def typed(desk: Desk) -> dict[str, Scene]:
    """All of them; the regime is written down and not switched on."""
    return {
        "law-regimes": functools.partial(_regimes, desk),
        "ask-regime-correct": functools.partial(_regime_asked, desk, "correct"),
        "ask-regime-on": functools.partial(_regime_asked, desk, "on"),
    }


def _regimes(desk: Desk) -> OfficeWindow:
    copy = special_regimes.blank()
    if not any(one.is_own for one in special_regimes.list_regimes(desk)):
        special_regimes.write_down(desk, copy, {**copy.values, **AMNESTY})
    window = window_over(desk)
    window.show()
    body_of(window).tabs.open("regimes")
    QApplication.processEvents()
    return window


def _regime_asked(desk: Desk, which: str) -> QWidget:
    window = _regimes(desk)
    part = body_of(window).regimes
    assert part is not None
    QApplication.processEvents()
    part.choose("amnesty.2026")
    if which == "correct":
        part.ask_correction()
    else:
        part.ask_switch(on=True)
    QApplication.processEvents()
    dialog = window.findChildren(QDialog)[-1]
    return asked_over(window, dialog)
