"""Drafts of the intake: which there are, whose they are, and which of them a window may go on with."""

from __future__ import annotations

import json
import re

import pytest

from migdesk.domain.errors import NotFound, Refused
from migdesk.domain.person import Completeness
from migdesk.services import office, parked
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
    office.keep_draft(desk, "intake/new", BODY)
    left(desk, "intake/someone@gone:1", "2026-11-20T09:00:00+00:00")
    office.keep_draft(desk, "group", BODY)
    found = parked.list_parked(desk)
    assert [(one.about, one.names) for one in found] == [("new", ("Ким Лена",)), ("someone", ("Ким Лена",))]
    assert [one.is_open_elsewhere for one in found] == [False, False]


def test_a_draft_of_a_window_that_is_no_more_becomes_this_ones(desk):
    left(desk, "intake/new@elsewhere:1", "2026-11-01T09:00:00+00:00")
    assert parked.take(desk, "intake/new@elsewhere:1") == "new"
    assert office.find_draft(desk, "intake/new") == BODY
    assert len(parked.list_parked(desk)) == 1


def test_one_that_was_set_aside_opens_as_a_new_arrival(desk):
    office.keep_draft(desk, "intake.aside", BODY)
    key = parked.list_parked(desk)[0].key
    assert parked.take(desk, key) == "new"
    assert office.find_draft(desk, "intake/new") == BODY


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
    office.keep_draft(desk, "intake/new", "{}")
    left(desk, "intake/new@elsewhere:1", "2026-11-01T09:00:00+00:00")
    with pytest.raises(Refused) as refused:
        parked.take(desk, "intake/new@elsewhere:1")
    assert refused.value.findings[0].code == "draft_open"
    assert office.find_draft(desk, "intake/new") == "{}"
