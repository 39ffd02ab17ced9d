"""Journal: everything that was done, by whom, on which machine; the chosen line with what it changed."""

from __future__ import annotations

import functools

from PySide6.QtWidgets import QWidget

from migdesk.domain.change import Op
from migdesk.domain.listing import Filter, Test
from migdesk.domain.register import BY_TABLE
from migdesk.i18n import N_
from migdesk.services.desk import Desk
from migdesk.services.upkeep import journal
from migdesk.ui.files.pieces import plain_files
from migdesk.ui.lists.filters import Option, View, choice_options
from migdesk.ui.lists.office_reading import Front
from migdesk.ui.parts.frame import PageFrame
from migdesk.ui.parts.panel import Words
from migdesk.ui.screens.list_page import ListPage
from migdesk.ui.screens.list_spec import ListSpec, MenuSpec
from migdesk.ui.workplace import Workplace


def _operators(desk: Desk) -> list[Option]:
    return [
        Option(login, functools.partial(str, login), (Filter("operator", Test.IS, login),))
        for login in journal.operators(desk)
    ]


SPEC = ListSpec(
    name="journal",
    title=N_("Journal"),
    file=plain_files.OP,
    watches=frozenset(BY_TABLE),
    empty=Words("journal", N_("Nothing was done in this time")),
    views=(
        View("all", N_("All")),
        View("today", N_("Today"), (Filter("at", Test.FROM, "today"),)),
        View(
            "week",
            N_("Last 7 days"),
            (Filter("at", Test.FROM, "today-6"),),
        ),
    ),
    filters=(
        MenuSpec("code", N_("What was done"), lambda _desk: choice_options("code", Op)),
        MenuSpec("operator", N_("Operator"), _operators),
    ),
    fronts=(Front("at", 140), Front("code", 230), Front("about", 260), Front("operator", 140)),
)


def body(work: Workplace, frame: PageFrame) -> QWidget:
    """The page of the side bar."""
    return ListPage(work, frame, SPEC)
