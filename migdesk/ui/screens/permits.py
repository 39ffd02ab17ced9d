"""Permits: visas, residence and labour permits, statuses; the chosen one at the right, to be extended or revoked."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from migdesk.domain.listing import Filter, Query, Test
from migdesk.domain.permit import PermitState
from migdesk.domain.person import Person
from migdesk.i18n import N_
from migdesk.services.listing import ENDING, GRANTED
from migdesk.ui.files import permit_file
from migdesk.ui.later import Later
from migdesk.ui.lists.filters import (
    View,
    choice_options,
    coming_periods,
)
from migdesk.ui.lists.office_reading import Front
from migdesk.ui.lists.table_view import RecordView
from migdesk.ui.parts.actions import Action
from migdesk.ui.parts.frame import PageFrame
from migdesk.ui.parts.panel import Words
from migdesk.ui.screens.list_page import ListPage
from migdesk.ui.screens.list_spec import ListSpec, MenuSpec, lists, pick
from migdesk.ui.workplace import Workplace

_LIGHTS = Later("screens.many_lights:of_list")
_EXTEND = Later("screens.many_permits:of_list")


def _settled(row: Mapping[str, Any]) -> Collection[str]:
    """Only a granted permit runs out; one that a regime prolongs by the day to which it does."""
    if row["state"] is not PermitState.GRANTED:
        return ("valid_until", "lasts_until", "ends_on")
    return ("valid_until",) if row["lasts_until"] else ()


_ENDED = (GRANTED, Filter("ends_on", Test.UNTIL, "today-1"))


def _many(work: Workplace, view: RecordView, query: Callable[[], Query]) -> list[Action]:
    """What is done with many rows at once."""
    return [_EXTEND(work, view, query), _LIGHTS(work, SPEC.title, view, query)]


SPEC = ListSpec(
    name="permits",
    title=N_("Permits"),
    file=permit_file.SPEC,
    watches=frozenset({"permit", "person", "party"}),
    empty=Words("permits", N_("No permits here"), N_("A permit comes with the grant of a case.")),
    views=(
        View("granted", N_("Granted"), (GRANTED,)),
        View("ending", N_("End in 30 days"), ENDING),
        View("ended", N_("Ended"), _ENDED),
        View("revoked", N_("Revoked"), (Filter("state", Test.IS, PermitState.REVOKED.value),)),
        View("all", N_("All")),
    ),
    filters=(
        lists("kind", N_("Kind"), "permit_kinds"),
        MenuSpec("state", N_("State"), lambda _desk: choice_options("state", PermitState)),
        MenuSpec("ends_on", N_("Ends"), lambda _desk: coming_periods("ends_on")),
        pick(Person, "citizenship"),
    ),
    fronts=(
        Front("name", 220, N_("Person")),
        Front("kind", 200, N_("Kind")),
        Front("ends_on", 120),
    ),
    settle=_settled,
    many=_many,
)


def body(work: Workplace, frame: PageFrame) -> QWidget:
    """The page of the side bar."""
    return ListPage(work, frame, SPEC)
