"""Pictures of status work: a person as known on a day, the lights of many, a bulk extension before it is done."""

from __future__ import annotations

import functools
from collections.abc import Callable
from datetime import timedelta

from PySide6.QtWidgets import QApplication, QWidget

from migdesk.domain.finding import Finding
from migdesk.domain.listing import Query
from migdesk.services import bulk_status, listing
from migdesk.services.bulk_status import Standing
from migdesk.services.desk import Desk
from migdesk.services.permits import bulk_extension
from migdesk.services.workbooks import number_column
from migdesk.services.workbooks.number_column import NumberCell
from migdesk.ui.files.people.person_file import PersonContent
from migdesk.ui.files.people.standing_part import StandingPart
from migdesk.ui.gallery.scenes import asked_over, file_content, full_life, window_over
from migdesk.ui.look.words import said
from migdesk.ui.screens.many_lights import TITLE, ask_lights
from migdesk.ui.screens.many_permits import ask_extension
from migdesk.ui.workplace import Kind

Scene = Callable[[], QWidget]
_SOME = 40


def typed(desk: Desk) -> dict[str, Scene]:
    """All of them; nothing is written."""
    return {
        "person-standing": functools.partial(_standing, desk),
        "many-lights": functools.partial(_lights, desk),
        "many-permits": functools.partial(_permits, desk),
    }


def _standing(desk: Desk) -> QWidget:
    window = window_over(desk)
    window.show()
    window.work.open(Kind.PERSON, full_life(desk))
    content = file_content(window)
    assert isinstance(content, PersonContent)
    assert content.tabs
    content.tabs.open("standing")
    QApplication.processEvents()
    part = content.tabs.findChild(StandingPart)
    assert part
    part.on.set_value(desk.today - timedelta(1))
    part.known_on.set_value(desk.clock.now().date())
    part.ask()
    return window


def _lights(desk: Desk) -> QWidget:
    window = window_over(desk)
    window.show()
    opened = listing.open_list(desk, Query("people"))
    cells = [NumberCell(row[0], f"ЖСН!B{at}") for at, row in enumerate(_iins(desk), start=2)]

    def load(office: Desk) -> list[Standing]:
        uids = [opened.uid(row) for row in opened.first(_SOME)]
        unknown = bulk_status.of_numbers(office, [*cells[:2], NumberCell("900517400016", "ЖСН!B4")])
        return [*unknown, *bulk_status.of_people(office, uids)]

    return asked_over(window, ask_lights(window.work, said(TITLE), load))


def _iins(desk: Desk) -> list[tuple[str, ...]]:
    return desk.store.rows("SELECT iin FROM person WHERE iin <> '' ORDER BY id LIMIT 2")


def _permits(desk: Desk) -> QWidget:
    window = window_over(desk)
    window.show()
    query = Query("permits", listing.IN_FORCE)

    def load(office: Desk) -> list[bulk_extension.Named]:
        unknown = bulk_extension.Named("", _trouble(office), "900517400016", "ЖСН!B4")
        return [unknown, *bulk_extension.in_list(office, query)[:_SOME]]

    return asked_over(window, ask_extension(window.work, load))


def _trouble(desk: Desk) -> Finding:
    found = number_column.find_people(desk, ["900517400016"])[0]
    assert not isinstance(found, str)
    return found
