"""Windows of an employer's application: its workers are ticked, others are added by typing."""

from __future__ import annotations

import pytest

from migdesk.domain.arrival import Arrival
from migdesk.domain.case import Case, CaseState
from migdesk.domain.party import Party
from migdesk.domain.permit import Permit
from migdesk.domain.person import Person
from migdesk.services.cases import case_file, cases
from migdesk.services.people import people
from migdesk.ui.files.cases.new_case import ask_new_case
from migdesk.ui.files.questions.workers import WorkerTicks, ask_worker
from migdesk.ui.workplace import Kind
from tests.ui.test_screens_files import words_in

SERVICE = "foreign_labour_permit"


@pytest.fixture
def party(eye):
    """A receiving person with at least one guest."""
    here = next(one for one in eye.desk.store.live(Arrival, left_on=None) if one.host)
    return eye.desk.store.get(Party, here.host or "")


def foreigners(eye, count):
    found = eye.desk.store.live(Person, citizenship="UZB", order="id")
    return found[:count]


def test_a_new_case_of_an_employer_offers_its_people_and_takes_others(eye, party):
    worker, other = foreigners(eye, 2)
    window = ask_new_case(eye.window.work, worker)
    part = window._question.more
    window.form.set_values({"service": SERVICE, "party": party.uid, "category": "3"})
    window.form.changed.emit("service")
    assert isinstance(part.people, WorkerTicks)
    ticks = part.people.ticks
    guests = {one.person for one in eye.desk.store.live(Arrival, host=party.uid, left_on=None)}
    assert guests <= set(ticks.lines)
    assert ticks.members() == [worker.uid]
    part.people.box.set_value(other.uid)
    part.people.box.changed.emit("worker")
    assert ticks.members() == [worker.uid, other.uid]
    assert not part.people.box.value()
    window.save()
    (case,) = eye.desk.store.live(Case, person=worker.uid, service=SERVICE, state=CaseState.OPEN)
    assert [one.uid for one in case_file.open_file(eye.desk, case.uid).people] == [worker.uid, other.uid]


def test_the_family_comes_back_with_another_service(eye, party):
    [worker] = foreigners(eye, 1)
    window = ask_new_case(eye.window.work, worker)
    part = window._question.more
    before = part.people
    window.form.set_values({"service": SERVICE})
    window.form.changed.emit("service")
    window.form.set_values({"service": "rvp"})
    window.form.changed.emit("service")
    assert part.people is before


def test_one_more_worker_is_added_in_the_file_of_the_case(eye, party):
    worker, other = foreigners(eye, 2)
    case = Case(service=SERVICE, person=worker.uid, party=party.uid, category="3", applied_on=eye.desk.today)
    uid = cases.open_case(eye.desk, case).value.uid
    content = eye.file(Kind.CASE, uid)
    next(one for one in content.acts() if one.key == "case.worker").run()
    window = eye.dialog()
    window.form.boxes["worker"].set_value(other.uid)
    window.save()
    assert [one.uid for one in case_file.open_file(eye.desk, uid).people] == [worker.uid, other.uid]
    assert other.full_name in [one.full_name for one in eye.content().file.people]


def test_a_person_is_found_by_typing(eye):
    [worker] = foreigners(eye, 1)
    case = Case(service=SERVICE, person=worker.uid, applied_on=eye.desk.today)
    uid = cases.open_case(eye.desk, case).value.uid
    window = ask_worker(eye.window.work, case_file.open_file(eye.desk, uid))
    box = window.form.boxes["worker"]
    found = box.input._offers(worker.surname)
    assert worker.uid in [one for one, _words in found]
    assert people.get_person(eye.desk, worker.uid).full_name in dict(found)[worker.uid]


def test_the_file_of_an_employer_shows_its_reports_and_takes_one_in(eye):
    permit = next(one for one in eye.desk.store.live(Permit, kind="labour_permit") if one.employer)
    content = eye.file(Kind.PARTY, permit.employer)
    acts = {one.key: one for one in content.acts()}
    assert "Monthly reports on foreign labour" in words_in(content)
    assert {"party.report", "party.need"} <= set(acts)
    acts["party.report"].run()
    window = eye.dialog()
    values = window.form.values()
    assert (values["service"], values["party"]) == ("employer_report", permit.employer)
    boxes = window._question.more.boxes
    for key in ("foreigners", "trained", "replaced", "citizens", "jobs"):
        boxes[f"details.{key}"].set_value(1)
    boxes["details.month"].set_value(eye.desk.today)
    window.save()
    (case,) = eye.desk.store.live(Case, service="employer_report", party=permit.employer)
    assert case.number
