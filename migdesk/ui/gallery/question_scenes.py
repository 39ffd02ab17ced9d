"""Pictures of the small windows that ask before an act: each is opened by the action a clerk would press."""

from __future__ import annotations

import functools
from collections.abc import Callable

from PySide6.QtWidgets import QApplication, QDialog, QWidget

from migdesk.domain.listing import Filter, Query, Test
from migdesk.services import listing
from migdesk.services.desk import Desk
from migdesk.services.quotas import quotas
from migdesk.services.quotas.quotas import Pot
from migdesk.ui.files.quotas import quota_questions, quota_taking
from migdesk.ui.files.quotas.what_if_dialog import Source, ask_what_if
from migdesk.ui.gallery.scenes import asked_over, file_content, full_life, window_over
from migdesk.ui.parts.actions import Action
from migdesk.ui.workplace import Kind, Workplace

Scene = Callable[[], QWidget]

_HERE = (Filter("left_on", Test.EMPTY),)
_GRANTED = (Filter("state", Test.IS, "granted"), Filter("valid_until", Test.FILLED))
_ASKED: dict[str, tuple[Kind, str, tuple[Filter, ...]]] = {
    "arrival.leave": (Kind.ARRIVAL, "arrivals", _HERE),
    "arrival.edit": (Kind.ARRIVAL, "arrivals", _HERE),
    "arrival.annul": (Kind.ARRIVAL, "arrivals", _HERE),
    "party.edit": (Kind.PARTY, "parties", ()),
    "permit.extend": (Kind.PERMIT, "permits", _GRANTED),
    "permit.revoke": (Kind.PERMIT, "permits", _GRANTED),
}


def _what_if(work: Workplace, _pot: Pot | None) -> QDialog:
    """Ten applications more than the first pot of the year has free units for."""
    state = quotas.list_pots(work.desk, work.desk.today.year)[0]
    dialog = ask_what_if(work, state.pot)
    assert dialog is not None
    dialog.form.set_values({"source": Source.COUNT, "count": state.balance.free + 10})
    dialog.show_answer()
    return dialog


_QUOTA: dict[str, Callable[[Workplace, Pot | None], QDialog]] = {
    "what-if": _what_if,
    "allot": quota_questions.ask_allot,
    "adjust": quota_questions.ask_adjust,
    "transfer": quota_questions.ask_transfer,
    "return": quota_questions.ask_give_back,
    "reserve": quota_taking.ask_reserve,
    "wait": quota_taking.ask_wait,
}


def shown(desk: Desk) -> dict[str, Scene]:
    """All of them; nothing is written."""
    scenes: dict[str, Scene] = {
        f"ask-{key.replace('.', '-')}": functools.partial(_asked, desk, key) for key in _ASKED
    }
    for key in ("person.edit", "person.case"):
        scenes[f"ask-{key.replace('.', '-')}"] = functools.partial(_of_person, desk, key)
    for name, ask in _QUOTA.items():
        scenes[f"ask-quota-{name}"] = functools.partial(_quota, desk, ask)
    return scenes


def _asked(desk: Desk, key: str) -> QWidget:
    kind, name, filters = _ASKED[key]
    opened = listing.open_list(desk, Query(name, filters))
    return _press(desk, kind, opened.uid(opened.first(1)[0]), key)


def _of_person(desk: Desk, key: str) -> QWidget:
    return _press(desk, Kind.PERSON, full_life(desk), key)


def _press(desk: Desk, kind: Kind, uid: str, key: str) -> QWidget:
    """Open a file, press its action, and answer with the window that came."""

    def press(work: Workplace) -> QDialog:
        work.open(kind, uid)
        content = file_content(window)
        acts: list[Action] = content.acts() if content else []  # type: ignore[attr-defined]
        next(one for one in acts if one.key == key).run()
        QApplication.processEvents()
        return window.findChildren(QDialog)[-1]

    window = window_over(desk)
    window.show()
    return asked_over(window, press(window.work))


def _quota(desk: Desk, ask: Callable[[Workplace, Pot | None], QDialog]) -> QWidget:
    window = window_over(desk)
    window.show()
    return asked_over(window, ask(window.work, None))
