"""Slips in the person's language: proposed by citizenship, chosen by the clerk, filled from the register."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest

from migdesk.domain.case import Case
from migdesk.domain.errors import NotFound, Refused
from migdesk.paper.pages import count_pages
from migdesk.paper.tongues import known_tongues
from migdesk.services.arrivals import arrivals
from migdesk.services.cases import case_file, cases
from migdesk.services.papers import printing
from migdesk.services.papers.slips import asked_papers, lacking_papers
from tests.paper.words import page_text
from tests.services.test_arrivals import family

TODAY = date(2026, 11, 23)


@pytest.fixture
def arrived(desk):
    return arrivals.register_arrival(desk, family()).value


@pytest.fixture
def opened(desk, arrived):
    application = Case(service="kandas_status", person=arrived.people[0].uid, applied_on=TODAY)
    case = cases.open_case(desk, application).value
    return case_file.get_case(desk, case.uid)


def words(content):
    text = " ".join(page_text(content, number) for number in range(1, count_pages(content) + 1))
    return " ".join(unicodedata.normalize("NFKC", text).split())


def test_an_arrival_from_uzbekistan_is_told_in_uzbek(desk, arrived, tmp_path):
    uid = arrived.arrivals[0].uid
    done = printing.print_form(
        desk, "slip_arrival", uid, tmp_path / "p.pdf", lang="kk", answers={"come_on": date(2026, 12, 7)}
    )
    text = words((tmp_path / "p.pdf").read_bytes())
    assert "Kelganingiz ro‘yxatga olindi" in text
    assert "Келгеніңіз тіркелді" in text
    assert "07.12.2026 kuni qayta keling." in text
    assert "Келесі келетін күніңіз: 07.12.2026." in text
    assert arrived.arrivals[0].number in text
    assert done.value.printout.form == "slip_arrival"
    assert done.value.printout.number.startswith("PVL-SA")


def test_the_clerk_chooses_another_language_or_none(desk, arrived):
    uid = arrived.arrivals[0].uid
    turkish = words(printing.preview(desk, "slip_arrival", uid, lang="ru", answers={"tongue": "tr"}))
    assert "Gelişiniz kaydedildi" in turkish
    alone = words(printing.preview(desk, "slip_arrival", uid, lang="ru", answers={"tongue": "none"}))
    assert "Ваше прибытие зарегистрировано" in alone
    assert "носителем" not in alone


def test_a_day_that_nobody_named_is_not_spoken_of(desk, arrived):
    text = words(printing.preview(desk, "slip_arrival", arrived.arrivals[0].uid, lang="ru"))
    assert "Приходите снова" not in text


def test_the_receipt_lists_what_was_handed_in_and_until_when_the_answer_is_due(desk, opened):
    cases.receive_paper(desk, opened.uid, "application", pages=2)
    cases.receive_paper(desk, opened.uid, "identity", pages=12)
    text = words(printing.preview(desk, "slip_case", opened.number, lang="ru", answers={"tongue": "ky"}))
    assert "Заявление (приложение 1) — 2 л." in text
    assert "Копии документов, удостоверяющих личность заявителя и членов семьи — 12 л." in text
    assert "Автобиография" not in text
    assert f"Решение принимается до {opened.due_on:%d.%m.%Y}." in text
    assert f"Чечим {opened.due_on:%d.%m.%Y} күнүнө чейин кабыл алынат." in text


def test_what_is_missing_is_what_did_not_come_in(desk, opened):
    before = [row.code for row in lacking_papers(desk, opened)]
    cases.receive_paper(desk, opened.uid, "autobiography")
    after = [row.code for row in lacking_papers(desk, opened)]
    assert set(before) - set(after) == {"kandas_status.autobiography"}
    text = words(printing.preview(desk, "slip_lacking", opened.uid, lang="kk"))
    assert "Өмірбаян" not in text
    assert "Өтініш (1-қосымша)" in text


def test_a_case_is_found_by_its_person_for_a_slip(desk, opened):
    assert words(printing.preview(desk, "slip_case", opened.person, lang="en"))
    with pytest.raises(NotFound):
        printing.preview(desk, "slip_case", "nobody", lang="en")


def test_the_papers_of_the_chosen_service_are_listed(desk, arrived):
    uid = arrived.arrivals[0].uid
    usual = words(printing.preview(desk, "slip_bring", uid, lang="ru"))
    assert "Копия медицинской страховки (не требуется от граждан ЕАЭС)" in usual
    answers = {"service": "labour_immigrant_permit", "tongue": "zh", "bring_by": date(2026, 12, 1)}
    chosen = words(printing.preview(desk, "slip_bring", uid, lang="ru", answers=answers))
    assert "Сведения о присвоении ИИН" in chosen
    assert "请在01.12.2026前带来这些材料。" in chosen
    with pytest.raises(NotFound):
        asked_papers(desk, None, {"service": "no_such"})


def test_a_list_of_papers_is_given_before_the_file_is_complete(desk):
    made = arrivals.register_arrival(desk, family(host=None)).value
    uid = made.arrivals[0].uid
    assert words(printing.preview(desk, "slip_bring", uid, lang="ru"))
    with pytest.raises(Refused):
        printing.preview(desk, "slip_arrival", uid, lang="ru")


def test_a_paper_that_other_services_ask_for_too_has_its_words_there(desk, arrived):
    """The application and the passport are named in Chinese; what has no words stands in the slip's own language."""
    uid = arrived.people[0].uid
    given = Case(service="self_employment_certificate", person=uid, applied_on=TODAY, channel="paper")
    case = cases.open_case(desk, given).value
    text = words(printing.preview(desk, "slip_lacking", case.uid, lang="ru", answers={"tongue": "zh"}))
    tongue = known_tongues()["zh"].texts
    assert tongue["paper.self_employment_certificate.passport"] in text
    assert tongue["paper.self_employment_certificate.application"] in text
