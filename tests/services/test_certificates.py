"""The kandas certificate, the papers offered where a case stands, and answers that a reprint keeps."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import pytest
from PIL import Image

from migdesk.domain.arrival import Arrival
from migdesk.domain.case import Case
from migdesk.domain.dates import PartialDate
from migdesk.domain.errors import NotFound, Refused
from migdesk.domain.permit import Permit
from migdesk.domain.person import Person
from migdesk.domain.photo import Cut, Shape
from migdesk.i18n import LANGUAGES
from migdesk.paper.pages import count_pages
from migdesk.services.arrivals import arrivals
from migdesk.services.cases import cases
from migdesk.services.certificates import included, with_exit
from migdesk.services.matter import Verdict
from migdesk.services.papers import offering, printing
from migdesk.services.people import photos
from migdesk.services.people.attachments import look_at
from migdesk.services.permits import permits
from tests import make
from tests.paper.words import page_text
from tests.services.test_arrivals import family
from tests.services.test_cases import receive_all

CERTIFICATE = "kandas_certificate"


@pytest.fixture
def case(desk):
    arrived = arrivals.register_arrival(desk, family()).value
    application = Case(service="kandas_status", person=arrived.people[0].uid, applied_on=date(2026, 11, 20))
    return cases.open_case(desk, application).value


@pytest.fixture
def granted(desk, case):
    receive_all(desk, case)
    return cases.decide(desk, case.uid, Verdict("grant", protocol="7")).value


def printed(desk, code, key, tmp_path, **given):
    done = printing.print_form(desk, code, key, tmp_path / "p.pdf", **{"lang": "ru", **given})
    content = (tmp_path / "p.pdf").read_bytes()
    words = " ".join(page_text(content, n) for n in range(1, count_pages(content) + 1))
    return done.value.printout, " ".join(words.split())


def codes(cards):
    return [one.code for one in cards]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_certificate_shows_the_holder_the_validity_and_the_children(desk, granted, tmp_path, lang):
    printout, text = printed(desk, CERTIFICATE, granted.number, tmp_path, lang=lang)
    for words in ("Қасымова Айгүл", granted.certificate, "23.11.2026", "23.11.2027", "Қасымова Әли"):
        assert words in text
    assert "Нұрлан" not in text
    assert printout.about == desk.store.live(Permit, case=granted.uid, person=granted.person)[0].uid


def test_a_country_of_exit_that_was_not_given_is_that_of_the_last_arrival(desk, granted):
    arrival = desk.store.live(Arrival, person=granted.person)[0]
    arrivals.correct_arrival(desk, replace(arrival, from_country="CHN"))
    person = desk.store.get(Person, granted.person)
    assert person.exit_country == ""
    assert with_exit(desk, person, None).exit_country == "CHN"


def test_everybody_of_the_case_has_a_certificate_of_his_own_number(desk, granted, tmp_path):
    made = desk.store.live(Permit, case=granted.uid)
    papers = [printed(desk, CERTIFICATE, one.person, tmp_path)[0] for one in made]
    assert len({one.number for one in papers}) == len(made) == 3
    assert {one.copy for one in papers} == {1}
    assert [one.given for one in included(desk, made[0])] == ["Әли"]
    assert included(desk, made[1]) == []


def test_the_photo_stands_in_the_certificate(desk, granted, tmp_path):
    _paper, _text = printed(desk, CERTIFICATE, granted.uid, tmp_path)
    without = len((tmp_path / "p.pdf").read_bytes())
    picture = io.BytesIO()
    Image.radial_gradient("L").save(picture, "PNG")
    photos.save_photo(desk, granted.person, look_at(picture.getvalue(), "p.png"), Cut(Shape.SMALL, 1.0))
    printed(desk, CERTIFICATE, granted.uid, tmp_path)
    assert len((tmp_path / "p.pdf").read_bytes()) > without + 1_000


def test_no_certificate_without_a_status_in_force(desk, case, tmp_path):
    with pytest.raises(Refused) as refused:
        printed(desk, CERTIFICATE, case.number, tmp_path)
    assert refused.value.findings[0].code == "no_permit"
    with pytest.raises(NotFound):
        printed(desk, CERTIFICATE, "nobody", tmp_path)
    rvp = permits.issue(
        desk,
        Permit(kind="rvp", person=case.person, valid_from=make.TODAY, valid_until=date(2027, 11, 22)),
    ).value
    with pytest.raises(Refused) as refused:
        printed(desk, CERTIFICATE, rvp.uid, tmp_path)
    assert refused.value.findings[0].code == "other_kind"
    receive_all(desk, case)
    decided = cases.decide(desk, case.uid, Verdict("grant")).value
    cases.decide(desk, decided.uid, Verdict("terminate", grounds=("citizenship",)))
    with pytest.raises(Refused) as refused:
        printed(desk, CERTIFICATE, decided.certificate, tmp_path)
    assert refused.value.findings[0].code == "permit.state"


def test_the_next_paper_is_offered_first(desk, case):
    before = codes(offering.for_case(desk, case))
    assert before[0] == "kandas_application"
    assert CERTIFICATE not in before
    receive_all(desk, case)
    decided = cases.decide(desk, case.uid, Verdict("grant")).value
    assert codes(offering.for_case(desk, decided))[:2] == ["kandas_decision", CERTIFICATE]
    permit = desk.store.live(Permit, case=case.uid)[0]
    assert codes(offering.for_permit(desk, permit)) == [CERTIFICATE]
    revoked = permits.revoke(desk, permit.uid, "№ 9").value
    assert offering.for_permit(desk, revoked) == []


def test_a_case_of_another_service_is_not_offered_papers_of_kandas(desk, case):
    """Every case was offered the application and the decision on kandas status."""
    other = Case(service="rvp", person=case.person, applied_on=make.TODAY)
    offered = codes(offering.for_case(desk, cases.open_case(desk, other).value))
    assert offered
    assert not [code for code in offered if code.startswith("kandas")]


def test_a_reprint_keeps_the_answers_of_the_first_print(desk, case, tmp_path):
    """They were forgotten: a copy had blank lines where the first paper had words."""
    given = {
        "was_citizen": "no",
        "region": "Ақсу қаласы",
        "status_until": date(2027, 1, 2),
        "service": "extend",
    }
    first, text = printed(desk, "kandas_application", case.uid, tmp_path, answers=given)
    assert "Ақсу қаласы" in text
    again, copy = printed(desk, "kandas_application", case.uid, tmp_path)
    assert (again.number, again.copy, again.answers) == (first.number, 2, first.answers)
    for words in ("Ақсу қаласы", "02.01.2027"):
        assert (words in copy) == (words in text)
    kept = printing.last_answers(desk, "kandas_application", case.uid)
    assert {key: kept[key] for key in given} == given
    _third, other = printed(desk, "kandas_application", case.uid, tmp_path, answers={"region": "Екібастұз"})
    assert "Екібастұз" in other
    assert "Ақсу" not in other


def test_a_child_turned_eighteen_has_a_certificate_of_his_own_only(desk, tmp_path):
    grown = make.person(given="Ержан", birth_date=PartialDate(2008, 11, 23))
    arrived = arrivals.register_arrival(
        desk,
        family(
            members=(
                arrivals.Member(make.person(), (make.document(),)),
                arrivals.Member(grown, (make.document(),), "son"),
            )
        ),
    ).value
    opened = cases.open_case(
        desk, Case(service="kandas_status", person=arrived.people[0].uid, applied_on=make.TODAY)
    ).value
    receive_all(desk, opened)
    decided = cases.decide(desk, opened.uid, Verdict("grant")).value
    principal = desk.store.live(Permit, case=decided.uid)[0]
    assert included(desk, principal) == []
