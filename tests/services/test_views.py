"""Kept views: whose they are, who sees them, what they ask."""

from __future__ import annotations

from dataclasses import replace

import pytest

from migdesk.domain.errors import Invalid, NotFound, Refused
from migdesk.domain.listing import Filter, Group, Test
from migdesk.domain.office import Role
from migdesk.domain.saved_view import Audience, SavedView
from migdesk.services import listing, views
from migdesk.services.desk import Desk
from migdesk.services.upkeep import journal, rights
from tests import make

ASKED = views.Asked(
    ready="here",
    words="асан",
    choices={"purpose": "work"},
    own=(Group((Filter("arrived_on", Test.WITHIN, "last 7 days"),), True),),
    whole=(Filter("left_on", Test.EMPTY), Group((Filter("arrived_on", Test.WITHIN, "last 7 days"),), True)),
    order="-arrived_on",
)


@pytest.fixture
def office(tmp_path):
    desk = make.desk(tmp_path)
    yield desk
    desk.close()


def as_(desk: Desk, login: str, role: Role) -> Desk:
    """The same office, another operator at it."""
    rights.set_role(desk, login, role)
    return Desk(desk.home, desk.store, clock=desk.clock, operator=login)


def keep(desk, name="Жаңа келгендер", audience=Audience.MINE, **more):
    view = SavedView(of_list="arrivals", name=name, audience=audience, content=views.written(ASKED), **more)
    return views.keep_view(desk, view).value


def names(desk):
    return [one.name for one in views.list_views(desk, "arrivals")]


def test_what_is_asked_comes_back_whole(office):
    kept = keep(office)
    assert views.read(office.store.get(SavedView, kept.uid)) == ASKED
    opened = listing.open_list(office, views.read(kept).query("arrivals"))
    assert opened.count() == len(opened.ids()) == 0


def test_the_same_name_replaces_and_undo_brings_the_first_back(office):
    first = keep(office)
    second = keep(office, pinned=True)
    assert first.uid == second.uid
    assert [one.pinned for one in views.list_views(office, "arrivals")] == [True]
    journal.undo_last(office)
    assert [one.pinned for one in views.list_views(office, "arrivals")] == [False]


@pytest.mark.parametrize(
    ("audience", "clerk", "head"),
    [(Audience.MINE, [], []), (Audience.ROLE, ["Ортақ"], []), (Audience.ALL, ["Ортақ"], ["Ортақ"])],
)
def test_who_sees_a_view(office, audience, clerk, head):
    keep(as_(office, "asem", Role.CLERK), "Ортақ", audience)
    assert names(as_(office, "bolat", Role.CLERK)) == clerk
    assert names(as_(office, "head", Role.HEAD)) == head


def test_his_own_view_comes_before_a_shared_one_of_that_name(office):
    asem, bolat = as_(office, "asem", Role.CLERK), as_(office, "bolat", Role.CLERK)
    keep(asem, "Ортақ", Audience.ALL)
    mine = keep(bolat, "Ортақ")
    assert views.get_view(bolat, "arrivals", "ортақ") == mine
    assert names(bolat) == ["Ортақ", "Ортақ"]


def test_only_its_owner_changes_or_forgets_a_view(office):
    asem, bolat = as_(office, "asem", Role.CLERK), as_(office, "bolat", Role.CLERK)
    shared = keep(asem, "Ортақ", Audience.ALL)
    with pytest.raises(Refused):
        views.keep_view(bolat, replace(shared, name="Менікі"))
    with pytest.raises(Refused):
        views.forget_view(bolat, shared.uid)
    views.forget_view(asem, shared.uid)
    assert names(bolat) == []
    with pytest.raises(NotFound):
        views.get_view(bolat, "arrivals", "Ортақ")


def test_a_view_has_a_name(office):
    with pytest.raises(Invalid):
        keep(office, "  ")


@pytest.mark.parametrize("content", ["", "[]", '{"ready": 1}', '{"own": [{"key": "gone", "test": "is"}]}'])
def test_a_damaged_view_asks_nothing(office, content):
    kept = keep(office)
    assert views.read(replace(kept, content=content)) == views.Asked()


def test_pinned_views_are_counted_with_their_rows_his_own_first(office):
    keep(office, "Менікі", pinned=True)
    keep(office, "Жасырын")
    other = as_(office, "aliya", Role.CLERK)
    views.keep_view(
        other, SavedView(of_list="people", name="Бәрі", audience=Audience.ALL, content="", pinned=True)
    )
    found = views.count_pinned(office, 5)
    assert [(one.view.name, one.view.operator) for one in found] == [
        ("Менікі", office.operator),
        ("Бәрі", "aliya"),
    ]
    assert [one.view.name for one in views.count_pinned(office, 1)] == ["Менікі"]


def test_a_view_is_pinned_and_unpinned_by_whom_it_belongs_to(office):
    kept = keep(office, audience=Audience.ALL)
    assert views.pin_view(office, kept.uid, pinned=True).value.pinned
    with pytest.raises(Refused):
        views.pin_view(as_(office, "aliya", Role.CLERK), kept.uid, pinned=False)
    views.pin_view(office, kept.uid, pinned=False)
    assert views.count_pinned(office, 5) == []


def test_a_view_is_found_by_uid_or_by_a_name_that_is_his_alone(office):
    kept = keep(office, "Жаңа")
    assert views.find_seen(office, kept.uid) == views.find_seen(office, " жаңа ") == kept
    views.keep_view(office, SavedView(of_list="people", name="Жаңа", content=""))
    for unclear in ("Жаңа", "nothing"):
        with pytest.raises(NotFound):
            views.find_seen(office, unclear)
