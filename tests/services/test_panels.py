"""Details of a purpose: written, read back, searched, corrected, merged along, exported, printed."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from migdesk import paths
from migdesk.domain.arrival import StayBasis
from migdesk.domain.detail import Detail
from migdesk.domain.errors import BadFile, Invalid, Refused
from migdesk.domain.finding import blocking
from migdesk.domain.listing import Query
from migdesk.domain.person import Sex
from migdesk.i18n import language
from migdesk.rules.purposes import load_panel
from migdesk.services import panels, records
from migdesk.services.arrivals import arrivals
from migdesk.services.arrivals.arrivals import ArrivalDraft, Member
from migdesk.services.papers import printing
from migdesk.services.people import merging, people
from migdesk.services.upkeep import journal
from migdesk.services.workbooks import exporting
from migdesk.store import replay, search
from tests import make

STUDY = {"school_name": "Торайғыров университеті", "enrolment_on": date(2026, 8, 20)}


@pytest.fixture
def desk(tmp_path):
    opened = make.desk(tmp_path / "office")
    yield opened
    opened.close()


def register(desk, purpose="study", details=STUDY, **person):
    member = Member(make.person(**person), (make.document(),))
    draft = ArrivalDraft(
        (member,), make.arrival(purpose=purpose), make.address(), make.host(), details=details
    )
    return arrivals.register_arrival(desk, draft, duplicates=False).value


def test_details_come_back_as_they_were_given(desk):
    arrival = register(desk).arrivals[0]
    assert panels.details_of(desk.store, arrival) == STUDY
    assert records.open_arrival(desk, arrival.uid).details == STUDY
    assert {one.value for one in desk.store.live(Detail)} == {"Торайғыров университеті", "2026-08-20"}


def test_each_detail_is_a_line_of_the_journal_and_undo_takes_all_back(desk):
    register(desk)
    tables = [one.table for one in journal.changes_of(desk, journal.entries(desk)[0].uid)]
    assert tables.count("arrival_detail") == 2
    journal.undo_last(desk)
    assert desk.store.live(Detail) == []


def test_the_journal_replays_to_the_same_rows_and_words(desk):
    arrival = register(desk).arrivals[0]
    arrivals.correct_arrival(desk, arrival, details={"course": "3"})
    assert list(replay.differences(desk.store)) == []
    assert list(search.unsound(desk.store)) == []
    assert journal.broken_links(desk) == []


def test_names_and_numbers_of_details_are_found_by_the_search_box(desk):
    made = register(desk)
    assert [one.person.uid for one in people.find_people(desk, "toraigyrov")] == [made.people[0].uid]
    assert people.find_people(desk, "2026-08-20") == []
    arrivals.correct_arrival(desk, made.arrivals[0], details={"school_name": "Назарбаев университеті"})
    assert people.find_people(desk, "Торайғыров") == []
    assert len(people.find_people(desk, "назарбаев")) == 1


@pytest.mark.parametrize(
    ("details", "code", "field"),
    [
        ({"clinic_name": "x"}, "unknown_field", "details.clinic_name"),
        ({"school_name": "x" * 501}, "too_long", "details.school_name"),
        ({"school_name": "a\x07b"}, "control", "details.school_name"),
    ],
)
def test_what_is_wrong_is_said_at_its_detail(desk, details, code, field):
    with pytest.raises(Invalid) as refused:
        register(desk, details=details)
    assert [(one.code, one.field) for one in blocking(refused.value.findings)] == [(code, field)]
    assert desk.store.live(Detail) == []


def test_a_code_that_the_list_lacks_is_refused(desk):
    with pytest.raises(Invalid) as refused:
        register(desk, "transit", {"to_country": "QQQ"})
    assert ("unknown_code", "details.to_country") in {(one.code, one.field) for one in refused.value.findings}


def test_another_purpose_drops_the_details_and_the_same_keeps_them(desk):
    arrival = register(desk).arrivals[0]
    kept = arrivals.correct_arrival(desk, replace(arrival, note="x")).value
    assert panels.details_of(desk.store, kept) == STUDY
    changed = arrivals.correct_arrival(desk, replace(kept, purpose="work")).value
    assert panels.details_of(desk.store, changed) == {}
    assert desk.store.live(Detail) == []


def test_an_official_paper_waits_for_a_required_detail(desk):
    made = register(desk, "transit", {})
    arrival = made.arrivals[0]
    file = records.open_arrival(desk, arrival.uid)
    assert [(one.label, one.place) for one in file.growth.lacking] == [
        ("Country of destination", "details.to_country")
    ]
    with pytest.raises(Refused):
        printing.preview(desk, "notification_arrival", arrival.uid)
    whole = arrivals.correct_arrival(desk, arrival, details={"to_country": "KGZ"}).value
    assert whole.state.value == "complete"
    assert printing.preview(desk, "notification_arrival", arrival.uid).startswith(b"%PDF")


def test_details_go_along_when_two_files_become_one(desk):
    first = register(desk)
    second = register(desk, "work", {"contract_number": "17-к"}, surname="Касымова", sex=Sex.FEMALE)
    stays = second.arrivals[0]
    merging.merge(desk, first.people[0].uid, second.people[0].uid, stays_open=stays.number)
    here = people.open_file(desk, first.people[0].uid).arrivals
    assert [tuple(panels.details_of(desk.store, one)) for one in here] == [("contract_number",)]
    assert tuple(panels.details_of(desk.store, first.arrivals[0])) == ("school_name", "enrolment_on")
    assert [one.person.uid for one in people.find_people(desk, "17-к")] == [first.people[0].uid]


def test_an_export_of_arrivals_has_details_as_columns_when_asked(desk, tmp_path):
    register(desk)
    plain, whole = tmp_path / "plain.json", tmp_path / "whole.json"
    exporting.export_list(desk, Query("arrivals"), plain)
    exporting.export_list(desk, Query("arrivals", detailed=True), whole)
    assert "Торайғыров" not in plain.read_text(encoding="utf-8")
    text = whole.read_text(encoding="utf-8")
    assert "Торайғыров университеті" in text and json.loads(text)


def test_details_are_said_as_people_read_them(desk):
    arrival = register(desk).arrivals[0]
    shown = panels.shown(desk, arrival.purpose, panels.details_of(desk.store, arrival))
    assert shown == [
        ("School or university", "Торайғыров университеті"),
        ("Date of the enrolment order", "20.08.2026"),
    ]


def test_papers_are_those_of_the_panel_and_of_its_services(desk):
    with language("ru"):
        titles = [one.title for one in panels.papers_of(desk.procedures, "study", make.TODAY)]
    assert any("зачислен" in one for one in titles)
    assert panels.papers_of(desk.procedures, "tourism", make.TODAY) == []
    transit = panels.papers_of(desk.procedures, "transit", make.TODAY)
    assert [one.required for one in transit] == [True, False]


def test_terms_of_a_purpose_have_their_last_days(desk):
    arrival = register(desk).arrivals[0]
    terms = dict(panels.terms_of(desk, arrival))
    assert terms["Notice of the receiving person on the arrival of a foreigner"] == arrival.notice_due
    assert None in terms.values()


@pytest.mark.parametrize(
    ("purpose", "basis", "citizenship", "code"),
    [
        ("other", StayBasis.CITIZEN, "KAZ", "internal_migrant"),
        ("resettler", None, "KAZ", "internal_migrant"),
        ("work", StayBasis.CITIZEN, "KAZ", "work"),
        ("other", StayBasis.VISA, "UZB", "other"),
        ("other", None, "UZB", "other"),
    ],
)
def test_a_citizen_who_moves_has_the_panel_of_a_move_unless_his_purpose_has_its_own(
    desk, purpose, basis, citizenship, code
):
    member = Member(make.person(citizenship=citizenship))
    arrival = make.arrival(purpose=purpose, basis=basis, entered_on=None)
    assert arrivals.panel_of(ArrivalDraft((member,), arrival)) == code
    has_panel = code == "internal_migrant"
    given = {"previous_place": "551010000", "housing_area": 54} if has_panel else {}
    made = arrivals.register_arrival(desk, ArrivalDraft((member,), arrival, make.address(), details=given))
    saved = made.value.arrivals[0]
    assert panels.code_of(saved) == code and panels.details_of(desk.store, saved) == given
    assert bool(panels.terms_of(desk, saved)) == (code in ("internal_migrant", "work"))


def test_a_ground_of_stay_that_is_none_is_refused_with_its_key():
    panel = (paths.resources() / "purposes" / "internal_migrant.toml").read_text(encoding="utf-8")
    with pytest.raises(BadFile) as refusal:
        load_panel("move.toml", panel.replace('["citizen"]', '["tea"]'))
    assert "basis" in refusal.value.words()
