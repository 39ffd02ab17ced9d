"""By which day something is filed and how long it is asked for: remarks at the filing, by the terms of the packs."""

from __future__ import annotations

from datetime import date

import pytest

from migdesk.domain.case import Case
from migdesk.domain.change import Op
from migdesk.domain.finding import Severity
from migdesk.domain.permit import Permit, PermitState
from migdesk.services.arrivals import arrivals
from migdesk.services.cases import case_file, cases
from migdesk.services.permits import permits
from tests.services.test_arrivals import family

TODAY = date(2026, 11, 23)


@pytest.fixture
def person(desk):
    return arrivals.register_arrival(desk, family(members=family().members[:1])).value.people[0]


def told(desk, person, service, answers, on=TODAY, **given):
    case = Case(service=service, person=person.uid, applied_on=on, **given)
    return {one.code: one for one in cases.check_case(desk, case, (), answers)}


def held(desk, person, kind, until, since=date(2026, 1, 12), category="", **given):
    permit = Permit(
        kind=kind,
        person=person.uid,
        valid_from=since,
        valid_until=until,
        category=category,
        region="550000000",
        **given,
    )
    return permits.check_permit(desk, permit), permit


@pytest.mark.parametrize(
    ("year", "on", "last"),
    [
        (2027, TODAY, "01.10.2026"),
        (2027, date(2026, 10, 1), None),
        (2022, date(2021, 10, 1), "30.09.2021"),
        (2020, date(2019, 8, 1), "31.07.2019"),
        (0, TODAY, None),
    ],
)
def test_the_need_of_an_employer_is_filed_by_a_day_of_the_year_before(desk, person, year, on, last):
    found = told(desk, person, "employer_need", {"year": year}, on).get("labour.need_late")
    assert (found.severity if found else None) is (Severity.WARN if last else None)
    assert last is None or last in found.words()


@pytest.mark.parametrize(
    ("graduated", "on", "late"),
    [
        (date(2025, 8, 31), date(2026, 3, 2), False),
        (date(2025, 8, 31), date(2026, 3, 3), True),
        (date(2026, 5, 20), date(2026, 11, 20), False),
    ],
)
def test_a_graduate_has_six_months_of_the_calendar(desk, person, graduated, on, late):
    """28.02.2026 is a Saturday: the term rolls to Monday. A hundred and eighty-four days let a day more pass."""
    found = told(desk, person, "resettler_quota", {"graduated_on": graduated}, on)
    assert ("resettler.graduated_late" in found) is late


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        (date(2026, 12, 6), "invitation.late"),
        (date(2026, 12, 7), None),
        (date(2027, 11, 23), None),
        (date(2027, 11, 24), "invitation.early"),
    ],
)
def test_an_invitation_goes_out_between_a_year_and_two_weeks_before_the_entry(desk, person, entry, code):
    found = told(desk, person, "invitation_reunion", {"entry_on": entry})
    assert {one for one in found if one.startswith("invitation.")} == ({code} if code else set())


def test_an_invitation_is_considered_in_five_working_days(desk, person):
    asked = Case(service="invitation_reunion", person=person.uid, applied_on=TODAY)
    opened = cases.open_case(desk, asked, (), {"invited": "X", "country": "CHN"})
    assert opened.value.due_on == date(2026, 11, 30)


@pytest.mark.parametrize(
    ("months", "on", "codes"),
    [
        (13, TODAY, {"labour_immigrant.too_long", "labour_immigrant.first_too_long"}),
        (12, TODAY, set()),
        (4, date(2024, 3, 1), {"labour_immigrant.first_too_long"}),
        (3, date(2024, 3, 1), set()),
    ],
)
def test_months_that_are_asked_for_are_judged_at_the_filing(desk, person, months, on, codes):
    found = told(desk, person, "labour_immigrant_permit", {"months": months}, on)
    assert {one for one in found if one.endswith("too_long")} == codes


def test_months_of_an_extension_are_added_to_those_of_the_first_permit(desk, person):
    _told, permit = held(desk, person, "labour_immigrant", date(2026, 12, 22), date(2026, 6, 23))
    with desk.write(Op.ISSUE_PERMIT) as tx:
        tx.put(permit, state=PermitState.GRANTED, number="LI-1")
    found = told(desk, person, "labour_immigrant_permit", {"months": 7})
    assert found["labour_immigrant.too_long"].severity is Severity.BLOCK
    found = told(desk, person, "labour_immigrant_permit", {"months": 6})
    assert not {one for one in found if one.endswith("too_long")}


@pytest.mark.parametrize(
    ("category", "until", "codes"),
    [
        ("B9", date(2026, 4, 12), set()),
        ("B9", date(2026, 4, 13), {"visa.b9_too_long"}),
        ("B9-1", date(2027, 1, 13), {"visa.b9_1_too_long"}),
        ("B12-1", date(2027, 1, 13), {"visa.b12_1_too_long"}),
        ("C10", date(2026, 4, 12), set()),
        ("C10", date(2027, 1, 12), {"visa.c10_single_or_multiple"}),
        ("C10", date(2027, 1, 13), {"visa.c10_single_or_multiple", "visa.c10_first_too_long"}),
    ],
)
def test_a_visa_is_no_longer_than_its_category_allows(desk, person, category, until, codes):
    found, _permit = held(desk, person, "visa", until, category=category)
    assert {one.code for one in found if one.code.startswith("visa.")} == codes


@pytest.mark.parametrize(("until", "late"), [(date(2026, 11, 30), False), (date(2026, 11, 27), True)])
def test_a_temporary_permit_is_extended_five_working_days_before_its_end(desk, person, until, late):
    _told, permit = held(desk, person, "rvp", until)
    permits.issue(desk, permit)
    assert ("visa.extension_filed_late" in told(desk, person, "rvp", {})) is late


@pytest.mark.parametrize(
    ("by", "code"),
    [
        (None, "labour.citizen_term.ask"),
        (date(2027, 5, 22), "labour.citizen_term"),
        (date(2027, 5, 23), None),
        (date(2027, 11, 23), None),
        (date(2027, 11, 24), "labour.citizen_term"),
    ],
)
def test_a_citizen_takes_the_position_of_category_four_in_six_to_twelve_months(desk, person, by, code):
    answers = {"citizen_on": by} if by else {}
    found = told(desk, person, "foreign_labour_permit", answers, category="4")
    assert {one for one in found if one.startswith("labour.citizen_term")} == ({code} if code else set())
    assert "labour.citizen_term.ask" not in told(desk, person, "foreign_labour_permit", {}, category="3")


def test_the_income_of_a_neo_nomad_is_asked_for(desk, person):
    _told, visa = held(desk, person, "visa", date(2027, 1, 11), category="B12-1", number="V-1")
    permits.issue(desk, visa)
    assert "neo_nomad.income_low.ask" in told(desk, person, "visa_extension", {"reason": "x"})
    assert "neo_nomad.income_low" in told(desk, person, "visa_extension", {"income": 3000})
    found = told(desk, person, "visa_extension", {"income": 3001})
    assert not {one for one in found if one.startswith("neo_nomad.")}


def test_the_interview_of_the_pilot_is_due_from_the_test(desk, person):
    asked = Case(service="pmzh", person=person.uid, applied_on=TODAY)
    case = cases.open_case(desk, asked, (), {}).value
    cases.do_step(desk, case.uid, "pilot_test", on=date(2026, 11, 23))
    steps = {one.code: one.due_on for one in case_file.open_file(desk, case.uid).steps}
    assert steps["pilot_interview"] == date(2026, 12, 22)
