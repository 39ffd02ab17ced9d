"""Papers: numbered once, a reprint says so, nothing incomplete gets out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from migdesk.domain.case import Case
from migdesk.domain.errors import BadFile, Invalid, NotFound, Refused
from migdesk.domain.person import Person
from migdesk.domain.printout import Printout
from migdesk.i18n import LANGUAGES
from migdesk.paper.pages import count_pages
from migdesk.services import particulars
from migdesk.services.arrivals import arrivals
from migdesk.services.cases import cases
from migdesk.services.matter import Verdict
from migdesk.services.papers import kept_papers, printing
from migdesk.services.people import people
from migdesk.services.upkeep import journal
from tests.paper.words import page_text
from tests.services.test_arrivals import family
from tests.services.test_cases import receive_all


@pytest.fixture
def arrived(desk):
    return arrivals.register_arrival(desk, family()).value


@pytest.fixture
def decided(desk, arrived):
    application = Case(
        service="kandas_status",
        person=arrived.people[0].uid,
        family=arrived.family.uid,
        applied_on=date(2026, 11, 23),
    )
    case = cases.open_case(desk, application).value
    receive_all(desk, case)
    return cases.decide(desk, case.uid, Verdict("grant", protocol="7")).value


def words(content):
    return " ".join(
        " ".join(page_text(content, number).split()) for number in range(1, count_pages(content) + 1)
    )


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("code", ["notification_arrival", "registration_slip"])
def test_papers_of_an_arrival_show_its_data(desk, arrived, tmp_path, code, lang):
    done = printing.print_form(desk, code, arrived.arrivals[0].uid, tmp_path / "p.pdf", lang=lang)
    text = words((tmp_path / "p.pdf").read_bytes())
    assert "KASSYMOVA AIGUL" in text
    assert "20.11.2026" in text
    assert done.value.printout.number in text or arrived.arrivals[0].number in text


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("code", ["kandas_application", "kandas_decision"])
def test_papers_of_a_case_show_the_family(desk, decided, tmp_path, code, lang):
    printing.print_form(desk, code, decided.uid, tmp_path / "p.pdf", lang=lang)
    text = words((tmp_path / "p.pdf").read_bytes())
    for name in ("Қасымова Айгүл", "Қасымова Нұрлан", "Қасымова Әли"):
        assert name in text


def test_a_reprint_keeps_the_number_and_says_which_copy(desk, arrived, tmp_path):
    key = arrived.arrivals[0].number
    numbers = [
        printing.print_form(desk, "registration_slip", key, tmp_path / f"{n}.pdf", lang=lang).value.printout
        for n, lang in enumerate(("kk", "kk", "ru"))
    ]
    assert len({one.number for one in numbers}) == 1
    assert [one.copy for one in numbers] == [1, 2, 1]
    assert (tmp_path / "1.pdf").read_bytes() != (tmp_path / "0.pdf").read_bytes()


def test_the_register_holds_the_digest_of_the_file(desk, arrived, tmp_path):
    import hashlib

    printed = printing.print_form(
        desk, "registration_slip", arrived.people[0].uid, tmp_path / "p.pdf", lang="kk"
    )
    assert printed.value.printout.digest == hashlib.sha256((tmp_path / "p.pdf").read_bytes()).hexdigest()
    assert journal.find_undoable(desk) is None


def test_a_preview_writes_nothing_and_has_no_number(desk, arrived):
    content = printing.preview(desk, "registration_slip", arrived.arrivals[0].uid, lang="ru")
    assert count_pages(content) == 1
    assert desk.store.select(Printout, "1") == []


def test_an_incomplete_file_cannot_reach_an_official_paper(desk, tmp_path):
    made = arrivals.register_arrival(desk, family(host=None)).value
    with pytest.raises(Refused) as refused:
        printing.print_form(desk, "notification_arrival", made.arrivals[0].uid, tmp_path / "p.pdf", lang="kk")
    assert "Receiving person" in refused.value.findings[0].words()
    assert not (tmp_path / "p.pdf").exists()


def test_a_decision_is_not_printed_before_it_is_made(desk, arrived, tmp_path):
    application = Case(service="kandas_status", person=arrived.people[0].uid, applied_on=date(2026, 11, 23))
    case = cases.open_case(desk, application).value
    with pytest.raises(Refused):
        printing.print_form(desk, "kandas_decision", case.uid, tmp_path / "p.pdf", lang="kk")


def test_letters_that_cannot_be_printed_are_named(desk, tmp_path):
    from tests import make

    member = arrivals.Member(make.person(given="Айгүл\u4e2d"), (make.document(),))
    made = arrivals.register_arrival(desk, family(members=(member,))).value
    with pytest.raises(Invalid) as refused:
        printing.print_form(desk, "notification_arrival", made.arrivals[0].uid, tmp_path / "p.pdf", lang="kk")
    assert "中" in " ".join(one.words() for one in refused.value.findings)
    assert desk.store.select(Printout, "1") == []


def test_a_file_that_cannot_be_written_gives_its_number_back(desk, arrived, tmp_path):
    with pytest.raises(BadFile):
        printing.print_form(
            desk, "registration_slip", arrived.arrivals[0].uid, tmp_path / "no" / "p.pdf", lang="kk"
        )
    assert desk.store.select(Printout, "1") == []
    done = printing.print_form(
        desk, "registration_slip", arrived.arrivals[0].uid, tmp_path / "p.pdf", lang="kk"
    )
    assert done.value.printout.number.endswith("00001")


def test_unknown_forms_languages_and_records_are_refused(desk, arrived, tmp_path):
    with pytest.raises(NotFound):
        printing.print_form(desk, "passport", arrived.arrivals[0].uid, tmp_path / "p.pdf")
    with pytest.raises(NotFound):
        printing.print_form(desk, "registration_slip", "nobody", tmp_path / "p.pdf", lang="kk")
    with pytest.raises(Invalid):
        printing.print_form(desk, "registration_slip", arrived.arrivals[0].uid, tmp_path / "p.pdf", lang="de")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_form_has_a_proof(desk, lang):
    for card in printing.list_forms(desk.today):
        assert count_pages(printing.proof(card.code, desk.today, lang=lang)) >= 1
        assert len(printing.page_images(printing.proof(card.code, desk.today, lang=lang), 40)) >= 1


def test_the_decision_on_an_extension_says_so(desk, arrived, decided, tmp_path):
    """It was printed as a grant; the case is found by its person, as the newest of a service with this form."""
    application = Case(service="kandas_status", person=decided.person, applied_on=date(2026, 11, 23))
    case = cases.open_case(desk, application).value
    receive_all(desk, case)
    cases.decide(desk, case.uid, Verdict("extend"))
    done = printing.print_form(desk, "kandas_decision", decided.person, tmp_path / "p.pdf", lang="en")
    assert done.value.printout.about == case.uid
    assert "To extend the status of kandas" in words((tmp_path / "p.pdf").read_bytes())


def test_a_decision_names_the_day_of_the_protocol_and_the_post_of_the_head(desk, arrived, tmp_path):
    """Both places of the form stayed blank: no record held them."""
    particulars.save_office(desk, replace(desk.office, head="Б. Ахметов", head_post="Басқарма басшысы"))
    case = cases.open_case(
        desk, Case(service="kandas_status", person=arrived.people[0].uid, applied_on=date(2026, 11, 20))
    ).value
    receive_all(desk, case)
    cases.decide(desk, case.uid, Verdict("grant", protocol="7", protocol_on=date(2026, 11, 21)))
    printing.print_form(desk, "kandas_decision", case.uid, tmp_path / "p.pdf", lang="ru")
    text = words((tmp_path / "p.pdf").read_bytes())
    assert "«21» ноября 2026 года" in text
    assert "Басқарма басшысы" in text


def test_a_decision_for_one_person_does_not_name_the_family(desk, arrived, tmp_path):
    """The spouse and the child who never applied stood in the list of those who get the status."""
    first, *others = arrived.people
    application = Case(service="kandas_status", person=first.uid, applied_on=date(2026, 11, 20))
    case = cases.open_case(desk, application, [first.uid]).value
    receive_all(desk, case)
    cases.decide(desk, case.uid, Verdict("grant"))
    printing.print_form(desk, "kandas_decision", case.uid, tmp_path / "p.pdf", lang="kk")
    text = words((tmp_path / "p.pdf").read_bytes())
    assert first.full_name in text
    assert others
    assert not [one for one in others if one.full_name in text]


def test_an_ended_status_is_not_printed_as_a_grant(desk, decided, tmp_path):
    cases.decide(desk, decided.uid, Verdict("terminate", grounds=("citizenship",)))
    with pytest.raises(Refused) as refused:
        printing.print_form(desk, "kandas_decision", decided.uid, tmp_path / "p.pdf")
    assert refused.value.findings[0].code == "terminated"


FIRST = "registration_slip"


def correct(desk, arrived, **given):
    person = desk.store.get(Person, arrived.people[0].uid)
    people.save_person(desk, replace(person, **given))


def test_a_paper_whose_data_changed_gets_a_number_of_its_own_and_replaces_the_old(desk, arrived, tmp_path):
    """It went out as a copy under the old number, though it said something else."""
    uid = arrived.arrivals[0].uid
    before = printing.print_form(desk, FIRST, uid, tmp_path / "a.pdf", lang="kk").value.printout
    correct(desk, arrived, surname_latin="KASSYMOVA-NEW")
    after = printing.print_form(desk, FIRST, uid, tmp_path / "b.pdf", lang="kk").value.printout
    assert (after.number[-5:], after.copy, after.replaces) == ("00002", 1, before.number)
    assert "KASSYMOVA-NEW" in words((tmp_path / "b.pdf").read_bytes())
    again = printing.print_form(desk, FIRST, uid, tmp_path / "c.pdf", lang="kk").value.printout
    assert (again.number, again.copy, again.replaces) == (after.number, 2, "")
    assert len(desk.store.live(Printout)) == 3


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "code", ["notification_arrival", FIRST, "personal_card", "slip_bring", "leaf_arrival"]
)
def test_a_copy_of_the_old_paper_says_what_it_said(desk, arrived, tmp_path, code, lang):
    uid = arrived.people[0].uid
    before = printing.print_form(desk, code, uid, tmp_path / "a.pdf", lang=lang).value.printout
    correct(desk, arrived, surname="Ахметова", surname_latin="AKHMETOVA")
    copy = printing.print_copy(desk, before.uid, tmp_path / "b.pdf").value.printout
    assert (copy.number, copy.copy, copy.replaces) == (before.number, 2, "")
    old, new = (words((tmp_path / name).read_bytes()) for name in ("a.pdf", "b.pdf"))
    mark = {"kk": "КӨШІРМЕ 2", "ru": "КОПИЯ 2", "en": "COPY 2"}[lang]
    assert mark in new
    assert sorted(new.replace(mark, "").split()) == sorted(old.split())


def test_a_decision_with_its_family_and_answers_is_copied_as_it_was(desk, decided, tmp_path):
    first = printing.print_form(desk, "kandas_decision", decided.uid, tmp_path / "a.pdf", lang="ru")
    same = printing.print_form(desk, "kandas_decision", decided.uid, tmp_path / "b.pdf", lang="ru")
    assert (same.value.printout.number, same.value.printout.copy) == (first.value.printout.number, 2)
    correct_name = desk.store.get(Person, decided.person)
    people.save_person(desk, replace(correct_name, surname="Ахметова"))
    standing = printing.standing_of(desk, "kandas_decision", decided.uid, lang="kk")
    assert standing is not None
    assert (standing.last.number, standing.changed) == (first.value.printout.number, True)
    assert count_pages(printing.preview_copy(desk, standing.last.uid)) == count_pages(first.value.content)


def test_another_language_of_the_same_data_has_the_same_number(desk, arrived, tmp_path):
    uid = arrived.arrivals[0].uid
    assert printing.standing_of(desk, FIRST, uid, lang="kk") is None
    kk = printing.print_form(desk, FIRST, uid, tmp_path / "a.pdf", lang="kk").value.printout
    ru = printing.print_form(desk, FIRST, uid, tmp_path / "b.pdf", lang="ru").value.printout
    assert (ru.number, ru.copy) == (kk.number, 1)
    correct(desk, arrived, surname_latin="KASSYMOVA-NEW")
    en = printing.print_form(desk, FIRST, uid, tmp_path / "c.pdf", lang="en").value.printout
    assert (en.replaces, en.copy) == (kk.number, 1)
    late = printing.print_form(desk, FIRST, uid, tmp_path / "d.pdf", lang="kk").value.printout
    assert (late.number, late.copy) == (en.number, 1)


def test_what_a_paper_does_not_show_leaves_it_a_copy(desk, arrived, tmp_path):
    uid = arrived.arrivals[0].uid
    printing.print_form(desk, FIRST, uid, tmp_path / "a.pdf", lang="kk")
    correct(desk, arrived, phone="+7 701 000 00 00")
    assert printing.print_form(desk, FIRST, uid, tmp_path / "b.pdf", lang="kk").value.printout.copy == 2


def test_a_form_that_is_no_more_cannot_be_copied(desk, arrived, tmp_path):
    line = printing.print_form(
        desk, FIRST, arrived.arrivals[0].uid, tmp_path / "a.pdf", lang="kk"
    ).value.printout
    with pytest.raises(NotFound):
        kept_papers.form_of(replace(line, revision="1999-1"))
