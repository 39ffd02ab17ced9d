"""Pictures of forms in which something was typed and not saved: the draft that came back, and what others changed."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QApplication, QDialog, QWidget

from migdesk.domain.case import Case, CaseState
from migdesk.services.desk import Desk
from migdesk.services.people import people
from migdesk.ui.files.people.edit_record import ask_edit
from migdesk.ui.files.people.notes_part import ask_note
from migdesk.ui.files.questions.form_dialog import FormDialog
from migdesk.ui.gallery.scenes import asked_over, file_content, full_life, window_over
from migdesk.ui.workplace import Kind, Target, Workplace

Scene = Callable[[], QWidget]
_MINE, _OTHER, _THIRD = "+7 701 111 22 33", "+7 777 555 66 77", "+7 777 888 99 00"


def typed(desk: Desk) -> dict[str, Scene]:
    """All of them; they leave drafts behind."""
    return {
        "draft-changed": functools.partial(_changed, desk),
        "draft-restricted": functools.partial(_restricted, desk),
        "draft-decision": functools.partial(_decision, desk),
    }


def _changed(desk: Desk) -> QWidget:
    """A draft of a person whose telephone somebody else changed, too."""
    uid = full_life(desk)
    asked = functools.partial(ask_edit, target=Target(Kind.PERSON, uid, "phone"))
    first = _over(desk, asked)
    assert isinstance(first, FormDialog)
    first.form.boxes["phone"].set_value(_MINE)
    first.reject()
    person = people.get_person(desk, uid)
    is_changed = person.phone == _OTHER
    phone, job = (_THIRD, "Повар") if is_changed else (_OTHER, "Пекарь")
    people.save_person(desk, replace(person, phone=phone, job=job))
    return _over(desk, asked)


def _restricted(desk: Desk) -> QWidget:
    person = people.get_person(desk, full_life(desk))
    return _over(desk, lambda work: ask_note(work, person.uid, person.full_name))


def _decision(desk: Desk) -> QWidget:
    """A decision begun, in a file that is opened again."""
    for case in desk.store.live(Case, state=CaseState.OPEN, order="id"):
        panel = getattr(_file(desk, case.uid), "decision", None)
        if panel and "refuse" in panel.choices:
            panel.choices["refuse"].click()
            panel.form.boxes["words"].set_value("Нет жилья")
            panel.keeper.keep()
            break
    window = window_over(desk)
    window.show()
    window.work.open(Kind.CASE, case.uid)
    _rest()
    return window


def _file(desk: Desk, uid: str) -> QWidget | None:
    window = window_over(desk)
    window.work.open(Kind.CASE, uid)
    _rest()
    return file_content(window)


def _over(desk: Desk, ask: Callable[[Workplace], object]) -> QWidget:
    window = window_over(desk)
    window.show()
    ask(window.work)
    _rest()
    dialog: QDialog = window.findChildren(QDialog)[-1]
    return asked_over(window, dialog)


def _rest() -> None:
    for _turn in range(30):
        QApplication.processEvents()
