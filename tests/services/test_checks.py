"""What stops a save, and what only asks to look again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from migdesk.domain.arrival import StayBasis
from migdesk.domain.case import Case
from migdesk.domain.dates import PartialDate
from migdesk.domain.errors import Invalid
from migdesk.domain.ids import make_bin
from migdesk.domain.office import Office, check_office
from migdesk.services import checks
from migdesk.services.arrivals import arrivals
from migdesk.services.arrivals.arrivals import Member
from migdesk.services.cases import cases
from tests import make
from tests.services.test_arrivals import family


def told(findings):
    return {(one.severity.value, one.code, one.field) for one in findings}


def test_nobody_came_before_he_was_born(desk):
    baby = Member(make.person(birth_date=PartialDate(2026, 11, 21)), (make.document(),))
    with pytest.raises(Invalid) as refused:
        arrivals.register_arrival(desk, family(members=(baby,)))
    assert ("block", "born_later", "members.0.birth_date") in told(refused.value.findings)
    made = arrivals.register_arrival(desk, family()).value
    child = replace(make.arrival(), person=made.people[2].uid, arrived_on=date(2016, 1, 1), entered_on=None)
    with pytest.raises(Invalid):
        arrivals.correct_arrival(desk, replace(made.arrivals[2], entered_on=child.arrived_on))
    same_day = make.person(birth_date=PartialDate(2026, 11, 20))
    assert checks.check_birth(same_day, make.arrival()) == []
    assert checks.check_birth(make.person(birth_date=PartialDate(2026)), make.arrival()) == []


@pytest.mark.parametrize(
    ("names", "severity", "code", "field"),
    [
        ({"surname": "12345"}, "block", "no_letter", "surname"),
        ({"given": "---"}, "block", "no_letter", "given"),
        ({"surname": "Ким\x07"}, "block", "control", "surname"),
        ({"given_latin": "ALI\nVALI"}, "block", "control", "given_latin"),
        ({"phone": "8 701 \ud83d"}, "block", "control", "phone"),
        ({"surname": "Ким2"}, "warn", "odd_name", "surname"),
        ({"given_latin": "ALI <VALI>"}, "warn", "odd_name", "given_latin"),
        ({"surname": "А" * 81}, "block", "too_long", "surname"),
    ],
)
def test_odd_names(desk, names, severity, code, field):
    assert (severity, code, field) in told(checks.check_person(desk, make.person(**names)))


@pytest.mark.parametrize(
    "name",
    [
        "О’Коннор",
        "O'Connor",
        "Ким Жон-Ын",
        "Ахметов (Сериков)",
        "عبد الرحمن",
        "張偉",
        "Nguyễn",
        "Ә. Бөкейхан",
    ],
)
def test_names_as_people_have_them_need_no_remark(desk, name):
    codes = {one.code for one in checks.check_person(desk, make.person(surname=name))}
    assert not codes & {"odd_name", "no_letter", "control"}


def test_a_person_has_no_bin(desk):
    found = checks.check_person(desk, make.person(iin=make_bin(2022, 6, 4, 0, 123)))
    assert ("block", "kind_of_number", "iin") in told(found)


def test_a_finding_about_a_document_names_the_document(desk):
    paper = make.document(expires_on=date(2026, 1, 1))
    found = told(checks.check_person(desk, make.person(), (paper,)))
    assert ("warn", "document_expired", "document.expires_on") in found
    early = make.document(issued_on=date(1980, 1, 1))
    assert ("warn", "before_birth", "document.issued_on") in told(
        checks.check_person(desk, make.person(), (early,))
    )
    visa = make.arrival(basis=StayBasis.VISA, stay_until=date(2027, 1, 1))
    draft = family(
        members=(Member(make.person(), (make.document(expires_on=date(2027, 1, 2)),)),), arrival=visa
    )
    legal = {(one.code, one.field) for one in arrivals.check_draft(desk, draft)}
    assert ("visa.passport_short", "members.0.document.expires_on") in legal


@pytest.mark.parametrize("code", ["", "P V L", "А" * 500, "PVL\x00", "PVL/1", "-", "PVL\n"])
def test_an_absurd_office_code_is_refused(code):
    found = check_office(Office(code=code, name="Office", region="550000000"))
    assert [one.field for one in found] == ["code"]


@pytest.mark.parametrize("code", ["PVL", "ПВЛ-2", "Өскемен1"])
def test_a_plain_office_code_is_taken(code):
    assert check_office(Office(code=code, name="Office", region="550000000")) == []


@pytest.mark.parametrize("persons", [0, -1, 51, 10**9])
def test_an_absurd_count_of_persons_is_refused(desk, persons):
    person = arrivals.register_arrival(desk, family()).value.people[0]
    case = Case(service="kandas_status", person=person.uid, applied_on=desk.today, persons=persons)
    assert ("block", "out_of_range", "persons") in told(cases.check_case(desk, case))
