"""Pictures of external lists: the editions, one more taken in, one removed, and a person who may be on one."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from PySide6.QtWidgets import QApplication, QWidget

from migdesk.domain.dates import PartialDate
from migdesk.domain.listing import Query
from migdesk.domain.person import Person
from migdesk.domain.stoplist import StopList
from migdesk.services import listing
from migdesk.services.desk import Desk
from migdesk.services.people import people
from migdesk.services.stoplists import stop_checks, stop_taking, stoplists
from migdesk.ui.files.people.person_file import PersonContent
from migdesk.ui.files.people.stop_matches import StopMatchesDialog
from migdesk.ui.files.questions.form_dialog import ask
from migdesk.ui.gallery.scenes import file_content, window_over
from migdesk.ui.workbooks.stoplists import StopListsDialog, drop_question
from migdesk.ui.workplace import Kind

Scene = Callable[[], QWidget]

_HEADER = "№;ФИО;Дата рождения;Гражданство;Номер паспорта;Основание;Цвет глаз"
_FILLERS = ("Сидоров Пётр;12.03.1970;RUS;4509 123456;", "Ахмедов Карим;31.02.1988;Нарния;AC1234567;")


def typed(desk: Desk) -> dict[str, Scene]:
    """All of them, over two lists: one of yesterday, one that is out of date."""
    opened = listing.open_list(desk, Query("people"))
    known = [people.get_person(desk, opened.uid(row)) for row in opened.first(60)]
    first, second = [one for one in known if one.surname and one.birth_date][:2]
    plan = _write(desk, "stop.csv", first, second)
    fresh = desk.today - timedelta(days=1)
    stop = StopList(name="Стоп-лист", source="ҚР ІІМ Көші-қон комитеті", listed_on=fresh)
    rkl = StopList(name="РКЛ", source="МВД РФ", listed_on=desk.today - timedelta(days=40))
    stop_taking.take(desk, plan, stop)
    stop_taking.take(desk, _write(desk, "rkl.csv", second), rkl)
    earlier = replace(stop, listed_on=fresh - timedelta(days=30))
    stop_taking.take(desk, _write(desk, "stop-1.csv", first), earlier)
    match = next(one for one in stop_checks.matches(desk, second) if one.stop_list.name == "РКЛ")
    stop_checks.judge(desk, second, match.row.uid, "Паспорты салыстырылды: туған жері басқа")
    return {
        "stoplists": functools.partial(_lists, desk),
        "stoplists-take": functools.partial(_ask_take, desk, plan),
        "stoplists-drop": functools.partial(_ask_drop, desk),
        "stoplist-person": functools.partial(_person, desk, first.uid, ""),
        "stoplist-reasons": functools.partial(_person, desk, second.uid, "stay"),
        "stoplist-matches": functools.partial(_matches, desk, second.uid),
        "stoplist-judge": functools.partial(_ask_judge, desk, first.uid),
    }


def _write(desk: Desk, name: str, *persons: Person) -> stop_taking.StopPreview:
    """A file on which some people stand with a birth date that is a digit off."""
    rows = [_HEADER]
    for at, one in enumerate(persons, start=1):
        born = one.birth_date or PartialDate(1990)
        day = f"{born.day or 1:02}.{born.month or 1:02}.{born.year + at % 2}"
        rows.append(f"{at};{one.surname} {one.given};{day};{one.citizenship};;31-бап, 2-тармақ;")
    rows += [f"{at};{words};" for at, words in enumerate(_FILLERS, start=len(rows))]
    path = desk.home / name
    path.write_text("\n".join([*rows, "9;;;;;сот шешімі;"]), encoding="utf-8")
    return stop_taking.preview(desk, path)


def _lists(desk: Desk) -> StopListsDialog:
    return StopListsDialog(window_over(desk).work)


def _ask_take(desk: Desk, plan: stop_taking.StopPreview) -> QWidget:
    dialog = _lists(desk).ask_edition(plan)
    QApplication.processEvents()
    return dialog


def _ask_drop(desk: Desk) -> QWidget:
    return ask(window_over(desk).work, drop_question(stoplists.in_force(desk)[0]))


def _person(desk: Desk, uid: str, tab: str) -> QWidget:
    window = window_over(desk)
    window.show()
    window.work.open(Kind.PERSON, uid)
    content = file_content(window)
    if tab and isinstance(content, PersonContent) and content.tabs:
        content.tabs.open(tab)
        QApplication.processEvents()
    return window


def _matches(desk: Desk, uid: str) -> StopMatchesDialog:
    return StopMatchesDialog(window_over(desk).work, uid)


def _ask_judge(desk: Desk, uid: str) -> QWidget:
    dialog = _matches(desk, uid)
    QApplication.processEvents()
    person = people.get_person(desk, uid)
    return dialog.ask_why(person, stop_checks.matches(desk, person)[0])
