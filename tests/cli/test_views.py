"""`view`: kept views through the command line."""

from __future__ import annotations

import pytest

from migdesk.domain.saved_view import Audience, SavedView
from migdesk.services import views
from migdesk.services.desk import open_desk
from tests.cli.documents import arrival


@pytest.fixture
def kept(office, home):
    """A view of all people, and one person."""
    office("register", "-", given=arrival())
    desk = open_desk(home)
    content = views.written(views.Asked())
    view = SavedView(of_list="people", name="Барлығы", audience=Audience.ALL, content=content)
    saved = views.keep_view(desk, view).value
    desk.close()
    return saved


def test_kept_views_are_listed_with_their_rows_pinned_and_forgotten(office, kept):
    (one,) = office("view", "list").document
    assert (one["name"], one["rows"], one["pinned"], one["list"]) == ("Барлығы", 1, False, "people")
    assert office("view", "pin", "барлығы").document["pinned"] is True
    assert office("view", "pin", kept.uid, "--off").document["pinned"] is False
    assert office("view", "pin", "nothing").code == 1
    assert office("view", "forget", kept.uid).code == 0
    assert office("view", "list").document == []
