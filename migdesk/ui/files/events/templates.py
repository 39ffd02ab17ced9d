"""Templates of arrivals in the window: one menu to use, keep, rename and forget them, and the questions it asks."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QMenu

from migdesk.domain.change import Done
from migdesk.domain.fields import Spec, Text
from migdesk.i18n import N_
from migdesk.services.arrivals import arrival_templates
from migdesk.services.arrivals.arrival_templates import Template
from migdesk.services.desk import Desk
from migdesk.ui.entry.editor import Section
from migdesk.ui.files.questions.form_dialog import NARROW, FormDialog, Question, ask
from migdesk.ui.look.words import said
from migdesk.ui.parts.actions import Action
from migdesk.ui.workplace import Workplace

TITLE, KEEP = N_("Templates…"), N_("Keep as template…")
_NONE, _OTHERS = N_("No template kept here yet"), N_("Of other receiving persons")
_RENAME, _FORGET = N_("Rename"), N_("Forget")
_KEEP_TITLE, _KEEP_BUTTON = N_("Keep as template"), N_("Save")
_LEAD = N_(
    "For the next arrivals there: purpose, ground, channel, route, address. Nothing of the person is kept."
)
_KEPT, _CALLED = N_("Template kept: {name}"), N_("The template is called now: {name}")
_FORGOTTEN = N_("Template forgotten: {name}")
_NAME = Spec("name", Text(N_("Name of the template"), required=True, max=80), False)

Use = Callable[[Template], object]


@dataclass(frozen=True, slots=True)
class Asked:
    """How a name is asked for: key of the question, its title, what is said afterwards, what is said first."""

    key: str
    title: str
    told: str
    lead: str = ""
    name: str = ""


def keep_action(work: Workplace, arrival: str) -> Action:
    """The command that keeps a template from an arrival."""
    return Action("arrival.template", KEEP, functools.partial(ask_keep, work, arrival), "star")


def ask_keep(work: Workplace, arrival: str) -> FormDialog:
    """Ask for a name, and keep what an arrival has in common with the next ones there."""

    def save(desk: Desk, values: dict[str, Any]) -> Done[Template]:
        return arrival_templates.keep(desk, arrival, values["name"])

    asked = Asked(f"template.keep/{arrival}", _KEEP_TITLE, _KEPT, _LEAD)
    return _ask_name(work, save, asked)


def ask_name(work: Workplace, one: Template) -> FormDialog:
    """Ask how a template is to be called."""

    def save(desk: Desk, values: dict[str, Any]) -> Done[Template]:
        return arrival_templates.rename(desk, one.uid, values["name"])

    return _ask_name(work, save, Asked(f"template.rename/{one.uid}", _RENAME, _CALLED, name=one.name))


def forget(work: Workplace, one: Template) -> None:
    """Take a template away; the journal can bring it back."""
    work.do(arrival_templates.forget, one.uid, words=lambda done: said(_FORGOTTEN, name=done.value.name))


def menu_of(work: Workplace, host: str, use: Use, *, newest: str = "", others: bool = False) -> QMenu:
    """The templates of a receiving person, as they stand now; `newest` is the arrival a new one is kept from.

    With `others` those of all other receiving persons can be used, too.
    """
    own = arrival_templates.of_host(work.desk, host) if host else []
    menu = QMenu(work.window)
    for one in own:
        _line(menu, one.name, functools.partial(use, one))
    if not own:
        menu.addAction(said(_NONE)).setEnabled(False)
    far = arrival_templates.of_others(work.desk, host) if others else []
    if far:
        more = menu.addMenu(said(_OTHERS))
        for name, one in far:
            _line(more, f"{name}: {one.name}", functools.partial(use, one))
    menu.addSeparator()
    if newest:
        _line(menu, said(KEEP), functools.partial(ask_keep, work, newest))
    for title, run in ((_RENAME, ask_name), (_FORGET, forget)) if own else ():
        below = menu.addMenu(said(title))
        for one in own:
            _line(below, one.name, functools.partial(run, work, one))
    return menu


def _line(menu: QMenu, words: str, run: Callable[[], object]) -> None:
    menu.addAction(words.replace("&", "&&")).triggered.connect(lambda _on=False: run())


def _ask_name(work: Workplace, save: Callable[..., Done[Template]], asked: Asked) -> FormDialog:
    question = Question(
        title=asked.title,
        button=_KEEP_BUTTON,
        specs=[_NAME],
        sections=(Section("", (("name",),)),),
        save=save,
        words=lambda done: said(asked.told, name=done.value.name),
        values={"name": asked.name},
        key=asked.key,
        lead=asked.lead,
        width=NARROW,
    )
    return ask(work, question)
