"""Cases: applications on their way; the chosen case's steps, papers and decision at the right."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from migdesk.domain.case import CaseState
from migdesk.domain.listing import Filter, Test
from migdesk.domain.person import Person
from migdesk.i18n import N_
from migdesk.ui.files.cases import case_file
from migdesk.ui.lists.filters import (
    View,
    choice_options,
    past_periods,
)
from migdesk.ui.lists.office_reading import Front
from migdesk.ui.parts.frame import PageFrame
from migdesk.ui.parts.panel import Words
from migdesk.ui.screens.list_page import ListPage
from migdesk.ui.screens.list_spec import ListSpec, MenuSpec, lists, pick
from migdesk.ui.workplace import Workplace

_OPEN = Filter("state", Test.IS, CaseState.OPEN.value)


def _settled(row: Mapping[str, Any]) -> Collection[str]:
    """A decided case is not due any more."""
    return () if row["state"] is CaseState.OPEN else ("due_on",)


SPEC = ListSpec(
    name="cases",
    title=N_("Cases"),
    file=case_file.SPEC,
    watches=frozenset({"cases", "person"}),
    empty=Words("cases", N_("No cases here"), N_("A case is opened from the file of a person.")),
    views=(
        View("open", N_("Open"), (_OPEN,)),
        View(
            "overdue",
            N_("Overdue"),
            (_OPEN, Filter("due_on", Test.UNTIL, "today-1")),
        ),
        View(
            "week",
            N_("Due in 7 days"),
            (_OPEN, Filter("due_on", Test.FROM, "today"), Filter("due_on", Test.UNTIL, "today+7")),
        ),
        View("all", N_("All")),
    ),
    filters=(
        lists("service", N_("Service"), "procedures"),
        MenuSpec("state", N_("State"), lambda _desk: choice_options("state", CaseState)),
        MenuSpec("applied_on", N_("Applied"), lambda _desk: past_periods("applied_on")),
        pick(Person, "citizenship"),
    ),
    fronts=(
        Front("name", 180, N_("Person")),
        Front("service", 150),
        Front("due_on", 116, N_("Due")),
        Front("number", 130),
    ),
    settle=_settled,
)


def body(work: Workplace, frame: PageFrame) -> QWidget:
    """The page of the side bar."""
    return ListPage(work, frame, SPEC)
