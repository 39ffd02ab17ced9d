"""Packs of law that an office takes in: nothing changes until one is switched on, then exactly what it speaks of."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from migdesk.domain.arrival import Arrival
from migdesk.domain.change import Op
from migdesk.domain.errors import BadFile, Invalid, NotFound, Refused
from migdesk.domain.law_pack import LawPack, digest_of
from migdesk.domain.office import CalendarDay
from migdesk.services.arrivals import arrivals
from migdesk.services.laws import choices, law_packs
from migdesk.services.laws.law_effects import effects
from migdesk.services.upkeep import doctor, journal
from tests import make
from tests.services.test_arrivals import family

WORDS = 'title = { kk = "а", ru = "б", en = "c" }\n'
HEAD = f'id = "own.term"\nversion = "1"\n{WORDS}'
SOURCE = '[[source]]\nid = "s"\nact = "Act"\nread = 2026-11-01\nconfidence = "verified"\nmark = "V"\n'
TERM = f'[[term]]\ncode = "notice.arrival"\nstarts = "arrival"\nunit = "working_days"\nsource = "s"\n{WORDS}'
LONGER = HEAD + SOURCE + TERM + "from = 2026-11-20\nlength = 5\n"
SHORT, LONG = date(2026, 11, 25), date(2026, 11, 27)


def pack(text: str = LONGER) -> LawPack:
    return law_packs.read_pack_file("own.toml", text)


def due(desk, arrived: date) -> date | None:
    return desk.store.live(Arrival, arrived_on=arrived)[0].notice_due


def alone(**given):
    return replace(family(), members=family().members[:1], **given)


@pytest.fixture
def came(desk):
    """Two who arrived, on the last day of the old term and on the first of the new one."""
    for day in (date(2026, 11, 19), date(2026, 11, 20)):
        arrivals.register_arrival(desk, alone(arrival=make.arrival(entered_on=day, arrived_on=day)))
    return desk


def test_a_pack_taken_in_changes_nothing_until_it_is_switched_on(came):
    taken = law_packs.take_pack(came, pack()).value
    assert (taken.in_use, taken.taken_on) == (False, make.TODAY)
    assert due(came, date(2026, 11, 20)) == SHORT
    law_packs.switch_pack(came, "own.term", on=True, why="order 1")
    assert due(came, date(2026, 11, 20)) == LONG
    assert due(came, date(2026, 11, 19)) == date(2026, 11, 24)
    assert came.law.term("notice.arrival", date(2026, 11, 20)).length == 5


def test_a_source_that_is_said_to_be_read_in_the_future_is_remarked(desk):
    done = law_packs.take_pack(desk, pack(LONGER.replace("read = 2026-11-01", "read = 2126-11-01")))
    assert [(one.code, one.field) for one in done.findings] == [("law.read_later", "read")]
    assert "“s” was read on 01.11.2126" in done.findings[0].words()


def test_what_it_would_change_is_shown_and_is_what_it_changes(came):
    shown = list(effects(came, law_packs.law_with(came, pack())))
    assert [(one.field, one.code, one.before, one.after) for one in shown] == [
        ("notice_due", "notice.arrival", SHORT, LONG)
    ]
    assert due(came, date(2026, 11, 20)) == SHORT
    law_packs.take_pack(came, pack())
    switched = law_packs.switch_pack(came, "own.term", on=True, why="order 1")
    touched = {(one.table, one.uid) for one in switched.changes.changes} - {("law_pack", switched.value.uid)}
    assert touched == {(one.table.table, one.uid) for one in shown}


def test_a_day_brought_by_hand_stays_when_its_rule_changes(came):
    """It was moved with the others, although nobody had counted it."""
    of_hand, day = came.store.live(Arrival, arrived_on=date(2026, 11, 20))[0], date(2026, 12, 20)
    with came.write(Op.SAVE_SETTING) as tx:
        tx.put(of_hand, notice_due=day)
    law_packs.take_pack(came, pack())
    law_packs.switch_pack(came, "own.term", on=True, why="order 1")
    assert due(came, date(2026, 11, 20)) == day


def test_switched_off_and_undone_gives_back_every_day(came):
    law_packs.take_pack(came, pack())
    law_packs.switch_pack(came, "own.term", on=True, why="order 1")
    assert [one.after for one in effects(came, law_packs.law_without(came, "own.term"))] == [SHORT]
    law_packs.switch_pack(came, "own.term", on=False, why="withdrawn")
    assert due(came, date(2026, 11, 20)) == SHORT
    journal.undo_last(came)
    assert due(came, date(2026, 11, 20)) == LONG


def test_a_notice_that_was_given_keeps_the_day_it_had(desk):
    arrivals.register_arrival(desk, alone(arrival=make.arrival(notified_on=make.TODAY)))
    law_packs.take_pack(desk, pack())
    law_packs.switch_pack(desk, "own.term", on=True, why="order 1")
    assert due(desk, date(2026, 11, 20)) == SHORT


def test_a_day_declared_off_moves_what_is_open(came):
    choices.save_calendar_day(came, CalendarDay(day=date(2026, 11, 24), works=False, reason="Storm", act="5"))
    assert due(came, date(2026, 11, 20)) == date(2026, 11, 26)
    journal.undo_last(came)
    assert due(came, date(2026, 11, 20)) == SHORT


def test_a_version_stands_for_its_words(desk):
    law_packs.take_pack(desk, pack())
    again = law_packs.take_pack(desk, pack())
    assert [one.code for one in again.findings] == ["law.known"]
    with pytest.raises(Refused) as same:
        law_packs.take_pack(desk, pack(LONGER.replace("length = 5", "length = 6")))
    law_packs.take_pack(desk, pack(LONGER.replace('"1"', '"1.10"')))
    with pytest.raises(Refused) as older:
        law_packs.take_pack(desk, pack(LONGER.replace('"1"', '"1.9"')))
    assert [one.value.findings[0].code for one in (same, older)] == ["law.same_version", "law.older"]
    assert [one.version for one in law_packs.list_packs(desk)] == ["1.10"]


def test_a_later_version_of_what_counts_switches_nothing_off_and_takes_its_place_with_a_reason(came):
    law_packs.take_pack(came, pack())
    law_packs.switch_pack(came, "own.term", on=True, why="order 1")
    later = pack(LONGER.replace('"1"', '"2"').replace("length = 5", "length = 6"))
    with pytest.raises(Refused) as refused:
        law_packs.take_pack(came, later)
    assert "Version 1" in refused.value.words() and "--why" in refused.value.words()
    assert due(came, date(2026, 11, 20)) == LONG
    with pytest.raises(Invalid):
        law_packs.replace_pack(came, later, " ")
    done = law_packs.replace_pack(came, later, "order 2")
    assert (done.changes.op, done.value.version, done.value.reason) == (Op.CORRECT_LAW, "2", "order 2")
    assert [(one.version, one.in_use) for one in law_packs.list_packs(came)] == [("2", True)]
    assert due(came, date(2026, 11, 20)) == date(2026, 11, 30)
    journal.undo_last(came)
    assert due(came, date(2026, 11, 20)) == LONG


def test_the_journal_names_the_pack_or_the_day_and_what_became_of_it(came):
    """Not one of the people whose days followed; a day is written as people write it."""
    law_packs.take_pack(came, pack())
    law_packs.switch_pack(came, "own.term", on=True, why="order 1")
    law_packs.replace_pack(came, pack(LONGER.replace('"1"', '"2"')), "order 2")
    law_packs.switch_pack(came, "own.term", on=False, why="withdrawn")
    journal.undo_last(came)
    choices.save_calendar_day(came, CalendarDay(day=date(2026, 11, 24), works=False, reason="Storm", act="5"))
    choices.drop_calendar_day(came, date(2026, 11, 24))
    assert [one.words for one in reversed(journal.entries(came, limit=7))] == [
        "Pack of law taken in: own.term 1",
        "Pack of law switched on: own.term 1",
        "Pack of law corrected by a new version: own.term 2",
        "Pack of law switched off: own.term 2",
        "Undone: Pack of law switched off: own.term 2",
        "Calendar changed: 24.11.2026",
        "Calendar changed: 24.11.2026",
    ]


def test_a_pack_of_the_program_is_not_replaced():
    with pytest.raises(BadFile) as refused:
        pack(LONGER.replace("own.term", "terms"))
    assert "own.toml: id" in refused.value.words()


def test_a_sealed_file_comes_back_the_same_and_a_changed_one_is_refused():
    text = law_packs.sealed(pack())
    assert law_packs.read_pack_file("f.toml", text.replace("\n", "\r\n")).digest == pack().digest
    with pytest.raises(BadFile) as changed:
        law_packs.read_pack_file("f.toml", text.replace("length = 5", "length = 9"))
    assert "sha256" in changed.value.words()


def test_a_switch_needs_a_reason_and_a_pack(desk):
    with pytest.raises(NotFound):
        law_packs.switch_pack(desk, "own.term", on=True, why="order 1")
    law_packs.take_pack(desk, pack())
    with pytest.raises(Invalid):
        law_packs.switch_pack(desk, "own.term", on=True, why=" ")
    with pytest.raises(Refused):
        law_packs.switch_pack(desk, "own.term", on=False, why="never was")


def test_a_pack_that_cannot_be_read_any_more_is_left_out_and_told(desk):
    spoiled = LONGER.replace("working_days", "working_hours")
    with desk.write(Op.TAKE_LAW) as tx:
        kept = tx.put(replace(pack(), content=spoiled, digest=digest_of(spoiled), taken_on=make.TODAY))
    assert [one.code for one in law_packs.unread(desk)] == ["law.unread_pack"]
    with pytest.raises(BadFile):
        law_packs.switch_pack(desk, "own.term", on=True, why="order 1")
    with desk.write(Op.SWITCH_LAW) as tx:
        tx.put(kept, in_use=True)
    assert desk.law.term("notice.arrival", make.TODAY).length == 3
    told = next(one for one in doctor.examine(desk) if one.name == "rules")
    assert not told.ok
    assert "own.term.toml" in told.detail
    assert "unit" in told.detail
    assert [one.code for one in law_packs.unread(desk)] == ["law.left_out"]
    law_packs.replace_pack(desk, pack(LONGER.replace('"1"', '"2"')), "order 2")
    assert law_packs.unread(desk) == []
