"""Drafts: which there are, whose they are, and which of them a window may go on with."""

from __future__ import annotations

import json
import re

import pytest

from migdesk.domain.errors import NotFound, Refused
from migdesk.domain.person import Completeness
from migdesk.services import parked
from migdesk.store import drafts
from migdesk.store.arrivals import UNFINISHED

BODY = json.dumps(
    {
        "members": [
            {"cells": {"person.surname": {"text": "Ким"}, "person.given": {"text": "Лена"}}},
            {"cells": {}},
        ]
    }
)


def left(desk, key, at="2026-11-23T09:00:00+00:00"):
    drafts.keep_draft(desk.store, key, BODY, at)


def test_drafts_are_no_state_of_a_record():
    """No record ever was one: a list of them stayed empty."""
    assert "draft" not in {one.value for one in Completeness}


def test_no_index_and_no_count_asks_for_a_state_that_no_file_has(desk):
    sql = "SELECT sql FROM sqlite_master WHERE tbl_name = 'arrival' AND sql LIKE '%state%' AND type = 'index'"
    indexes = [row[0] for row in desk.store.rows(sql)]
    known = {one.value for one in Completeness}
    asked = [word for text in indexes for word in re.findall(r"state (?:=|IN) \(?'(\w+)'", text)]
    assert asked and known.issuperset(asked)
    plan = desk.store.rows(f"EXPLAIN QUERY PLAN {UNFINISHED}")
    assert "arrival_unfinished" in str([tuple(row) for row in plan])


def test_all_drafts_of_the_intake_are_listed_the_newest_first(desk):
    parked.keep_draft(desk, "intake/new", BODY)
    left(desk, "intake/someone@gone:1", "2026-11-20T09:00:00+00:00")
    parked.keep_draft(desk, "group", BODY)
    found = parked.list_parked(desk)
    assert [(one.about, one.names) for one in found] == [("new", ("Ким Лена",)), ("someone", ("Ким Лена",))]
    assert [one.is_open_elsewhere for one in found] == [False, False]


def test_a_draft_of_a_window_that_is_no_more_becomes_this_ones(desk):
    left(desk, "intake/new@elsewhere:1", "2026-11-01T09:00:00+00:00")
    assert parked.take(desk, "intake/new@elsewhere:1").about == "new"
    assert parked.find_draft(desk, "intake/new") == BODY
    assert len(parked.list_parked(desk)) == 1


def test_one_that_was_set_aside_opens_as_a_new_arrival(desk):
    parked.keep_draft(desk, "intake.aside", BODY)
    key = parked.list_parked(desk)[0].key
    assert parked.take(desk, key).about == "new"
    assert parked.find_draft(desk, "intake/new") == BODY


def test_a_draft_that_is_open_elsewhere_or_gone_is_refused_in_words(desk):
    now = desk.clock.now().isoformat()
    left(desk, "intake/new@elsewhere:77", now)
    assert parked.list_parked(desk)[0].is_open_elsewhere
    with pytest.raises(Refused) as refused:
        parked.take(desk, "intake/new@elsewhere:77")
    assert refused.value.findings[0].code == "typed_elsewhere"
    with pytest.raises(NotFound):
        parked.take(desk, "intake/new@elsewhere:78")


def test_a_draft_of_ones_own_comes_first(desk):
    parked.keep_draft(desk, "intake/new", "{}")
    left(desk, "intake/new@elsewhere:1", "2026-11-01T09:00:00+00:00")
    with pytest.raises(Refused) as refused:
        parked.take(desk, "intake/new@elsewhere:1")
    assert refused.value.findings[0].code == "draft_open"
    assert parked.find_draft(desk, "intake/new") == "{}"


GROUP = json.dumps({"rows": [{"cells": {"person.surname": ["Ли", "Ли"], "person.given": ["Анна", "Анна"]}}]})


def test_groups_and_forms_stand_in_the_same_list(desk):
    parked.keep_draft(desk, "group/new", GROUP)
    parked.keep_draft(desk, "form/person.edit/01AB", json.dumps({"title": "Edit: Ким Лена", "typed": {}}))
    found = {one.kind.value: one for one in parked.list_parked(desk)}
    assert (found["group"].names, found["group"].about) == (("Ли Анна",), "new")
    assert (found["form"].title, found["form"].code) == ("Edit: Ким Лена", "person.edit")
    assert found["form"].about == "01AB"


def test_a_group_of_a_window_that_is_no_more_is_gone_on_with(desk):
    drafts.keep_draft(desk.store, "group/aside@elsewhere:1", GROUP, "2026-11-01T09:00:00+00:00")
    assert parked.take(desk, "group/aside@elsewhere:1").kind is parked.DraftKind.GROUP
    assert parked.find_draft(desk, "group/new") == GROUP


def test_a_draft_is_thrown_away_unless_another_window_types_in_it(desk):
    left(desk, "intake/new@elsewhere:1", "2026-11-01T09:00:00+00:00")
    assert parked.drop(desk, "intake/new@elsewhere:1").names == ("Ким Лена",)
    assert parked.list_parked(desk) == []
    left(desk, "intake/new@elsewhere:77", desk.clock.now().isoformat())
    with pytest.raises(Refused):
        parked.drop(desk, "intake/new@elsewhere:77")
    with pytest.raises(NotFound):
        parked.drop(desk, "intake/new@elsewhere:1")


def test_what_no_program_wrote_is_listed_without_names(desk):
    parked.keep_draft(desk, "form/person.note/01AB", "[]")
    parked.keep_draft(desk, "group/new", '{"rows": [1]}')
    assert [one.names for one in parked.list_parked(desk)] == [(), ()]
