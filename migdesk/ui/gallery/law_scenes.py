"""Pictures of the law: the page with an entry chosen, the small window that changes it, the office's own packs."""

from __future__ import annotations

import functools
from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QApplication, QDialog, QWidget

from migdesk.domain.finding import block
from migdesk.services.desk import Desk
from migdesk.services.laws import law_copies, law_counted, law_editing, law_packs, law_reading
from migdesk.services.laws.law_reading import Kind, Wanted
from migdesk.ui.files.questions.form_dialog import FormDialog
from migdesk.ui.gallery.scenes import asked_over, window_over
from migdesk.ui.screens.law import LawPage
from migdesk.ui.screens.law_amend import ask_replace
from migdesk.ui.screens.law_strip import Matter
from migdesk.ui.shell.office_window import OfficeWindow

Scene = Callable[[], QWidget]

_CHOSEN = {"value": "mrp", "term": "notice.arrival", "amount": "support.rent", "special": "quarantine"}
_TYPED = {
    "figure": "4600",
    "since": date(2027, 1, 1),
    "act": "Закон о республиканском бюджете на 2027–2029 годы",
}


def typed(desk: Desk) -> dict[str, Scene]:
    """All of them; one pack is written down for those of the office's own."""
    scenes: dict[str, Scene] = {
        f"law-{kind}": functools.partial(_page, desk, kind, words) for kind, words in _CHOSEN.items()
    }
    scenes["law-rule"] = functools.partial(_page, desk, "rule", "labour.local_content_12")
    scenes["law-own"] = functools.partial(_own, desk)
    scenes["law-services"] = functools.partial(_services, desk)
    scenes["law-newer"] = functools.partial(_newer, desk)
    scenes["ask-law-newer"] = functools.partial(_ask_newer, desk)
    scenes["ask-law-switch"] = functools.partial(_switch, desk)
    scenes["ask-law-replace"] = functools.partial(_replace, desk)
    for kind in _CHOSEN:
        scenes[f"ask-law-{kind}"] = functools.partial(_asked, desk, kind)
    return scenes


def _page(desk: Desk, kind: str, words: str) -> OfficeWindow:
    window = window_over(desk)
    window.show()
    page = body_of(window)
    page.kinds.choose(kind)
    page.words.setText(words)
    page.refresh()
    QApplication.processEvents()
    page.list.rows.selectRow(0)
    QApplication.processEvents()
    return window


def body_of(window: OfficeWindow) -> LawPage:
    """The page of the law in a window."""
    page = window.open("law").findChild(LawPage)
    assert isinstance(page, LawPage)
    return page


def _newer(desk: Desk) -> OfficeWindow:
    """As after an older program: the strip stands above the entries, and above Today."""
    window = window_over(desk)
    window.show()
    page = body_of(window)
    QApplication.processEvents()
    brought = block("law.not_counted", law_counted.NEWER)
    page.strip.show_matter(Matter((brought,), may_recount=True))
    return window


def _ask_newer(desk: Desk) -> QWidget:
    window = _newer(desk)
    body_of(window).strip.button.click()
    QApplication.processEvents()
    dialog = window.findChild(FormDialog)
    assert dialog is not None
    return dialog


def _own(desk: Desk) -> OfficeWindow:
    _write_down(desk)
    window = window_over(desk)
    window.show()
    body_of(window).tabs.open("own")
    return window


def _services(desk: Desk) -> OfficeWindow:
    window = window_over(desk)
    window.show()
    body_of(window).tabs.open("services")
    return window


def _write_down(desk: Desk) -> None:
    """A longer notice, by an act that never was."""
    if not law_packs.list_packs(desk):
        lines = law_reading.read_law(desk, Wanted(words="notice.arrival", kind=Kind.TERM))
        copy = law_copies.copy_of(desk, lines[-1])
        given = {"length": 5, "since": date(2026, 11, 1), "act": "Приказ № 10 от 01.11.2026"}
        law_editing.amend(desk, copy, {**copy.values, **given})


def _switch(desk: Desk) -> QWidget:
    window = _own(desk)
    own = body_of(window).own
    assert own is not None
    own.ask(on=True)
    QApplication.processEvents()
    dialog = window.findChildren(QDialog)[-1]
    return asked_over(window, dialog)


def _replace(desk: Desk) -> QWidget:
    """As when somebody takes in a later version of a pack that counts."""
    window = _own(desk)
    pack = law_packs.list_packs(desk)[0]
    ask_replace(window.work, pack)
    QApplication.processEvents()
    return asked_over(window, window.findChildren(QDialog)[-1])


def _asked(desk: Desk, kind: str) -> QWidget:
    window = _page(desk, kind, _CHOSEN[kind])
    body_of(window).change()
    QApplication.processEvents()
    dialog = window.findChildren(QDialog)[-1]
    assert isinstance(dialog, FormDialog)
    for name, value in _TYPED.items():
        if name in dialog.form.boxes:
            dialog.form.boxes[name].set_value(value)
    return asked_over(window, dialog)
