"""Arrivals: who came, where to, what is due; the chosen arrival's file at the right."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from migdesk.domain.listing import Filter, Query, Test
from migdesk.domain.party import Address
from migdesk.domain.person import Person
from migdesk.i18n import N_
from migdesk.ui.files.events import arrival_file
from migdesk.ui.later import Later
from migdesk.ui.lists.filters import (
    View,
    by_growth,
    inside_place,
    past_periods,
)
from migdesk.ui.lists.office_reading import Front
from migdesk.ui.lists.table_view import RecordView
from migdesk.ui.parts.actions import Action
from migdesk.ui.parts.frame import PageFrame
from migdesk.ui.parts.panel import Words
from migdesk.ui.screens.drafts import DraftsChip
from migdesk.ui.screens.list_page import ListPage
from migdesk.ui.screens.list_spec import ListSpec, MenuSpec, lists, pick
from migdesk.ui.workplace import Workplace

_HERE = Filter("left_on", Test.EMPTY)
_LIGHTS = Later("screens.many_lights:of_list")
_CASES = Later("files.cases.many_cases:of_list")


def _settled(row: Mapping[str, Any]) -> Collection[str]:
    """A notice that was given, and everything of those who left, is not due any more."""
    if row["left_on"]:
        return ("notice_due", "stay_ends_on", "stay_until")
    return ("notice_due",) if row["notified_on"] else ()


_NOTICE_DUE = (Filter("notice_due", Test.FILLED), Filter("notified_on", Test.EMPTY), _HERE)
_STAY_ENDS = (Filter("stay_ends_on", Test.UNTIL, "today+30"), _HERE)


def _acts(work: Workplace) -> Sequence[Action]:
    """A bus, a flight, a class list; its key is that of the window."""
    if not work.listens(work.group_wanted):
        return ()
    return (
        Action("arrivals.group", N_("Group…"), work.group_wanted.emit, "people"),
        Action("arrivals.departures", N_("Departures"), work.departures_wanted.emit, "right"),
    )


def _drafts(work: Workplace) -> Sequence[QWidget]:
    """What was begun and not saved."""
    return (DraftsChip(work),)


def _many(work: Workplace, view: RecordView, query: Callable[[], Query]) -> list[Action]:
    """What is done with many rows at once."""
    return [_LIGHTS(work, SPEC.title, view, query), _CASES(work, view, query)]


SPEC = ListSpec(
    name="arrivals",
    title=N_("Arrivals"),
    file=arrival_file.SPEC,
    watches=frozenset({"arrival", "departure", "person", "address", "party"}),
    empty=Words("arrivals", N_("No arrivals here"), N_("Take away a filter, or register one with F7.")),
    views=(
        View("here", N_("Here now"), (_HERE,)),
        View("notice", N_("Notice due"), _NOTICE_DUE),
        View("ends", N_("Stay ends"), _STAY_ENDS),
        *by_growth(_HERE),
        View("left", N_("Left"), (Filter("left_on", Test.FILLED),)),
        View("all", N_("All")),
    ),
    filters=(
        MenuSpec("arrived_on", N_("Arrived"), lambda _desk: past_periods("arrived_on")),
        lists("purpose", N_("Purpose"), "purposes"),
        pick(Person, "citizenship"),
        pick(Address, "place", lambda code: inside_place("place", code), N_("Place")),
    ),
    fronts=(
        Front("name", 200, N_("Person")),
        Front("notice_due", 114, N_("Notice due")),
        Front("arrived_on", 92, N_("Arrived")),
        Front("purpose", 150, N_("Purpose")),
    ),
    settle=_settled,
    arrival_first=True,
    acts=_acts,
    beside=_drafts,
    detailed=True,
    many=_many,
)


def body(work: Workplace, frame: PageFrame) -> QWidget:
    """The page of the side bar."""
    return ListPage(work, frame, SPEC)
