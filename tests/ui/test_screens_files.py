"""Files and what is done in them: every act is looked up in the desk afterwards."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from migdesk.domain.arrival import Arrival, Departure
from migdesk.domain.case import Case, CasePaper, CaseState, CaseStep
from migdesk.domain.change import Op
from migdesk.domain.dates import show_day
from migdesk.domain.fields import choice_label
from migdesk.domain.listing import Filter, Test
from migdesk.domain.party import Address, Party
from migdesk.domain.permit import Permit, PermitState
from migdesk.domain.person import Membership, Person, TravelDocument
from migdesk.domain.printout import Printout
from migdesk.domain.terms import TermKind
from migdesk.services import day
from migdesk.services.arrivals import arrivals, parties
from migdesk.services.cases import case_file, cases
from migdesk.services.matter import Verdict
from migdesk.services.people import people
from migdesk.services.upkeep import journal
from migdesk.ui.files.cases.case_file import CaseContent
from migdesk.ui.files.documents_part import DocumentsPart
from migdesk.ui.files.events.arrival_file import ArrivalContent
from migdesk.ui.files.people.person_file import PersonContent, names_of
from migdesk.ui.files.permit_file import PermitContent, ask_extension, ask_revocation
from migdesk.ui.files.pieces.timeline import Timeline
from migdesk.ui.files.questions.people_ticks import PeopleTicks
from migdesk.ui.parts.blocks import Link
from migdesk.ui.parts.growth_bar import GrowthBar
from migdesk.ui.parts.household import Household
from migdesk.ui.parts.pills import PillLabel
from migdesk.ui.workplace import Kind, Target
from tests.ui.keys import press, type_text

CONTROL = Qt.KeyboardModifier.ControlModifier
OPEN = Filter("state", Test.IS, "open")


def words_in(widget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def open_case(eye, *, papers: int = 0) -> CaseContent:
    """The newest open case, with nothing or some papers in."""
    person = eye.desk.store.get(Arrival, eye.first("arrivals", Filter("purpose", Test.IS, "kandas"))).person
    case = cases.open_case(
        eye.desk, Case(service="kandas_status", person=person, applied_on=eye.desk.today)
    ).value
    for paper in case_file.open_file(eye.desk, case.uid).papers[:papers]:
        cases.receive_paper(eye.desk, case.uid, paper.code)
    content = eye.file(Kind.CASE, case.uid)
    assert isinstance(content, CaseContent)
    return content


def uid_of(content) -> str:
    return content._opened.target.uid


# --- person


def full_life(eye) -> PersonContent:
    """Somebody with a family, a permit and a case."""
    for at in range(40):
        case = eye.desk.store.get(Case, eye.first("cases", at=at))
        file = people.open_file(eye.desk, case.person)
        if len(file.family) > 1 and file.permits:
            content = eye.file(Kind.PERSON, case.person)
            assert isinstance(content, PersonContent)
            return content
    raise AssertionError("the sample has nobody with a family and a permit")


def test_every_tab_of_a_person_is_built_when_it_is_shown(eye):
    content = full_life(eye)
    for key in content.tabs.names():
        assert content.tabs.open(key).isVisible()
        assert content.tabs.current() == key


def test_the_band_has_the_name_in_the_script_of_the_reader(application, eye):
    content = full_life(eye)
    person = eye.desk.store.get(Person, uid_of(content))
    assert names_of(person)[0] == person.latin_name
    application.speak("kk")
    assert names_of(person)[0] == person.full_name
    assert person.latin_name in names_of(person)[1]
    assert person.full_name in words_in(eye.content())


def test_the_family_is_a_picture_whose_boxes_open_their_persons(eye):
    content = full_life(eye)
    content.tabs.open("family")
    picture = content.findChild(Household)
    other = next(box for box in picture.boxes() if not box.member.is_own)
    other.setFocus()
    press(other, Qt.Key.Key_Return)
    assert eye.window.current() == f"{Kind.PERSON}/{other.member.uid}"


def test_enter_on_the_timeline_opens_what_happened(eye):
    content = full_life(eye)
    line = content.findChild(Timeline)
    row = next(at for at, event in enumerate(line._events.rows) if event and event.target)
    line.setCurrentIndex(line._events.index(row, 0))
    press(line, Qt.Key.Key_Return)
    assert eye.window.current() == line._events.rows[row].target.key


def test_why_this_date_tells_rule_event_skipped_days_and_act(eye):
    uid = eye.first("arrivals", Filter("left_on", Test.EMPTY), Filter("notice_due", Test.FILLED))
    arrival = eye.desk.store.get(Arrival, uid)
    arrivals.correct_arrival(
        eye.desk, replace(arrival, entered_on=None, arrived_on=date(2026, 11, 20), notified_on=None)
    )
    content = eye.file(Kind.ARRIVAL, uid)
    assert isinstance(content, ArrivalContent)
    notice = next(card for card in content.rail.cards if card.term.kind is TermKind.NOTICE)
    notice.why.click()
    content = eye.content()
    said = words_in(content)
    why = day.explain_term(eye.desk, notice.term)
    assert "20.11.2026: arrived at the address" in said
    assert "3 working days" in said
    assert "21.11, 22.11" in said
    assert why.source.act in said
    assert show_day(why.deadline.due) in said


def test_an_open_explanation_stays_open_when_the_file_is_read_again(eye):
    uid = eye.first(
        "arrivals",
        Filter("left_on", Test.EMPTY),
        Filter("notified_on", Test.EMPTY),
        Filter("notice_due", Test.FILLED),
    )
    content = eye.file(Kind.ARRIVAL, uid)
    content.rail.cards[0].why.click()
    arrival = eye.desk.store.get(Arrival, uid)
    arrivals.correct_arrival(eye.desk, replace(arrival, note="x"))
    again = eye.content()
    assert again is not content
    assert again.rail.cards[0].is_open


def test_a_person_is_edited_with_f2_and_undone_with_control_z(eye):
    content = full_life(eye)
    uid = uid_of(content)
    before = eye.desk.store.get(Person, uid).phone
    eye.press(Qt.Key.Key_F2)
    window = eye.dialog()
    window.form.boxes["phone"].input.set_typed("+7 701 555 44 33")
    window.save()
    eye.content()
    assert eye.desk.store.get(Person, uid).phone == "+7 701 555 44 33"
    assert "Saved" in eye.told()
    eye.back()
    eye.press(Qt.Key.Key_Z, CONTROL)
    assert eye.desk.store.get(Person, uid).phone == before


def test_what_a_check_refuses_stays_in_the_window_below_its_field(eye):
    content = full_life(eye)
    uid = uid_of(content)
    eye.window.work.edit_wanted.emit(Target(Kind.PERSON, uid))
    window = eye.dialog()
    window.form.boxes["iin"].input.set_typed("123456789012")
    window.save()
    assert window.isVisible()
    assert window.form.boxes["iin"].findings()
    assert eye.desk.store.get(Person, uid).iin != "123456789012"


def documents_of(eye, content) -> DocumentsPart:
    """The tab of documents, with the keyboard on its first row."""
    tab = content.tabs.open("documents")
    assert isinstance(tab, DocumentsPart)
    tab.view.rows.setCurrentIndex(tab.view.model.index(0, 0))
    tab.view.rows.setFocus()
    return tab


@pytest.mark.parametrize("key", [Qt.Key.Key_F2, Qt.Key.Key_Return])
def test_a_mistyped_document_is_corrected_where_it_stands(eye, key):
    content = full_life(eye)
    held = documents_of(eye, content).view.current_uid()
    eye.press(key)
    window = eye.dialog()
    assert window.form.boxes["number"].value() == eye.desk.store.get(TravelDocument, held).number
    window.form.boxes["number"].set_value("AB7654321")
    window.save()
    eye.content()
    assert eye.desk.store.get(TravelDocument, held).number == "AB7654321"
    assert "AB7654321" in eye.told()


def test_a_wrong_document_is_refused_below_its_field(eye):
    content = full_life(eye)
    documents_of(eye, content).buttons["edit"].click()
    window = eye.dialog()
    window.form.boxes["issued_on"].set_value(eye.desk.today + timedelta(days=1))
    window.save()
    assert window.isVisible()
    assert window.form.boxes["issued_on"].findings()


def test_a_document_written_by_mistake_is_annulled_with_its_reason(eye):
    content = full_life(eye)
    part = documents_of(eye, content)
    held = part.view.current_uid()
    part.buttons["annul"].click()
    window = eye.dialog()
    window.save()
    assert window.isVisible()
    window.form.boxes["annulled_why"].set_value("басқа адамның паспорты")
    window.save()
    eye.content()
    assert eye.desk.store.get(TravelDocument, held).annulled_why == "басқа адамның паспорты"


def test_a_document_is_added_to_a_person(eye):
    content = full_life(eye)
    uid = uid_of(content)
    documents_of(eye, content).buttons["new"].click()
    window = eye.dialog()
    window.form.boxes["number"].set_value("N0000007")
    window.save()
    eye.content()
    assert "N0000007" in [one.number for one in people.open_file(eye.desk, uid).documents]


def test_what_a_file_lacks_is_said_in_it(eye):
    content = full_life(eye)
    uid = uid_of(content)
    assert "Still missing" not in words_in(content)
    people.save_person(eye.desk, replace(eye.desk.store.get(Person, uid), sex=None))
    content = eye.content()
    (lack,) = [one for one in content.findChildren(Link) if one.accessibleName() == "Fill in: Sex"]
    assert content.findChild(GrowthBar).accessibleName() == "The file is complete to 90 %"
    assert "Still missing for an official paper:" in words_in(content)
    lack.setFocus()
    press(lack, Qt.Key.Key_Return)
    dialog = eye.dialog()
    assert dialog.form.focused() == "sex"
    dialog.reject()
    assert "incomplete" in [label.accessibleName() for label in content.findChildren(PillLabel)]


def test_an_estimated_birth_date_is_said(eye):
    content = full_life(eye)
    person = eye.desk.store.get(Person, uid_of(content))
    people.save_person(eye.desk, replace(person, birth_estimated=True))
    assert "years), estimated" in words_in(eye.content())


def test_a_new_case_is_opened_from_a_person(eye):
    uid = eye.first("people")
    content = eye.file(Kind.PERSON, uid)
    action = next(one for one in content.acts() if one.key == "person.case")
    action.run()
    window = eye.dialog()
    window.form.boxes["service"].set_value("kandas_status")
    window.save()
    eye.content()
    opened = eye.desk.store.select(Case, "person = ? AND state = 'open'", (uid,))
    assert [one.service for one in opened] == ["kandas_status"]
    assert eye.window.current() == f"{Kind.CASE}/{opened[0].uid}"


@pytest.mark.parametrize(
    ("service", "unticked", "left_out"),
    [("kandas_status", (), 0), ("kandas_status", (1,), 1), ("rvp", (), -1)],
)
def test_who_of_the_family_applies_is_ticked_in_a_new_case(eye, service, unticked, left_out):
    member = next(one for one in eye.desk.store.live(Membership) if one.relation == "head")
    size = len(eye.desk.store.live(Membership, family=member.family))
    content = eye.file(Kind.PERSON, member.person)
    next(one for one in content.acts() if one.key == "person.case").run()
    window = eye.dialog()
    window.form.boxes["service"].set_value(service)
    window.form.changed.emit("service")
    lines = list(window.findChild(PeopleTicks).lines.values())
    for n in unticked:
        lines[n].click()
    assert sum(line.isChecked() for line in lines) == (1 if left_out < 0 else size - left_out)
    window.form.boxes["party"].set_value(eye.desk.store.live(Party)[0].uid)
    window.save()
    eye.content()
    (opened,) = eye.desk.store.select(Case, "person = ? AND state = 'open'", (member.person,))
    assert opened.persons == (1 if left_out < 0 else size - left_out)
    assert opened.party


def test_who_applies_may_be_changed_in_the_file_until_the_decision(eye):
    member = next(one for one in eye.desk.store.live(Membership) if one.relation == "head")
    case = Case(service="kandas_status", person=member.person, applied_on=eye.desk.today)
    uid = cases.open_case(eye.desk, case).value.uid
    content = eye.file(Kind.CASE, uid)
    list(content.people.lines.values())[-1].click()
    content = eye.content()
    assert len(content.people.members()) == eye.desk.store.get(Case, uid).persons
    assert len(content.people.lines) == len(content.people.members()) + 1
    left_out = set(content.people.lines) - set(content.people.members())
    cases.decide(eye.desk, uid, Verdict("refuse_filing", grounds=("incomplete",)))
    again = eye.content()
    assert again.people is None or not left_out & set(again.people.lines)
    assert again.decision is None


def test_what_is_odd_about_a_decision_is_seen_when_it_is_chosen(eye):
    """A case was decided with no step done, without a word."""
    content = open_case(eye, papers=20)
    content.decision.choices["grant"].click()
    assert "nobody marked as done" in content.decision.findings.words()
    assert "protocol is not named" in content.decision.findings.words()


# --- arrival


def test_the_notice_is_marked_as_given_today(eye):
    uid = eye.first(
        "arrivals",
        Filter("left_on", Test.EMPTY),
        Filter("notified_on", Test.EMPTY),
        Filter("notice_due", Test.FILLED),
    )
    content = eye.file(Kind.ARRIVAL, uid)
    assert content.acts()[0].key == "arrival.notice"
    content.acts()[0].run()
    eye.content()
    assert eye.desk.store.get(Arrival, uid).notified_on == eye.desk.today
    assert not [
        one for one in day.list_terms(eye.desk) if one.record_uid == uid and one.kind is TermKind.NOTICE
    ]


def test_a_wrong_address_and_host_are_corrected_with_f2(eye):
    uid = eye.first("arrivals", Filter("left_on", Test.EMPTY))
    other = eye.desk.store.live(Party)[-1]
    eye.file(Kind.ARRIVAL, uid)
    eye.press(Qt.Key.Key_F2)
    window = eye.dialog()
    window.form.boxes["address.line"].set_value("Абай к-сі, 7")
    window.form.boxes["host"].set_value(other.uid)
    window.save()
    eye.content()
    arrival = eye.desk.store.get(Arrival, uid)
    assert eye.desk.store.get(Address, arrival.address).line == "Абай к-сі, 7"
    assert arrival.host == other.uid


def test_the_code_of_an_address_goes_with_the_house(eye):
    uid = eye.first("arrivals", Filter("left_on", Test.EMPTY))
    eye.file(Kind.ARRIVAL, uid)
    for typed in ({"address.rka": "2201300123456789"}, {"address.line": "Абай к-сі, 7"}):
        eye.back()
        eye.window.work.edit_wanted.emit(Target(Kind.ARRIVAL, uid))
        window = eye.dialog()
        for name, value in typed.items():
            window.form.boxes[name].set_value(value)
        window.save()
        shown = words_in(eye.content())
        address = eye.desk.store.get(Address, eye.desk.store.get(Arrival, uid).address)
        assert (address.rka, "2201300123456789" in shown) == (
            typed.get("address.rka", ""),
            "address.rka" in typed,
        )


def test_a_host_is_edited_from_the_arrival_and_the_others_are_told_of(eye):
    uid = eye.first("arrivals", Filter("left_on", Test.EMPTY), Filter("host", Test.FILLED))
    host = eye.desk.store.get(Arrival, uid).host
    named = parties.count_naming(eye.desk, host)
    content = eye.file(Kind.ARRIVAL, uid)
    next(one for one in content.acts() if one.key == "arrival.host").run()
    window = eye.dialog()
    assert f": {named}." in words_in(window)
    window.form.boxes["phone"].set_value("+7 718 255 44 33")
    window.form.boxes["address.line"].set_value("Абай к-сі, 7")
    window.form.boxes["address.place"].set_value("551010000")
    window.save()
    eye.content()
    party = eye.desk.store.get(Party, host)
    assert party.phone == "+7 718 255 44 33"
    assert eye.desk.store.get(Address, party.address).line == "Абай к-сі, 7"
    assert journal.entries(eye.desk)[0].op is Op.SAVE_PARTY


def test_a_host_is_edited_with_f2_in_its_own_file(eye):
    party = eye.desk.store.live(Party)[0]
    eye.file(Kind.PARTY, party.uid)
    eye.press(Qt.Key.Key_F2)
    window = eye.dialog()
    window.form.boxes["name"].set_value("«Ромашка» ЖШС")
    window.save()
    assert eye.desk.store.get(Party, party.uid).name == "«Ромашка» ЖШС"
    assert "«Ромашка» ЖШС" in words_in(eye.content())


def test_a_departure_closes_the_arrival(eye):
    uid = eye.first("arrivals", Filter("left_on", Test.EMPTY))
    content = eye.file(Kind.ARRIVAL, uid)
    content.ask_departure()
    window = eye.dialog()
    window.save()
    eye.content()
    assert eye.desk.store.get(Arrival, uid).left_on == eye.desk.today
    assert eye.desk.store.select(Departure, "arrival = ?", (uid,))
    assert "arrival.leave" not in [one.key for one in eye.content().acts()]


# --- case


def test_a_ticked_paper_is_received(eye):
    content = open_case(eye)
    line = content.papers[0]
    line.setFocus()
    press(line, Qt.Key.Key_Space)
    eye.content()
    received = eye.desk.store.select(CasePaper, '"case" = ?', (uid_of(content),))
    assert [one.code for one in received] == [content._view.file.papers[0].code]
    assert eye.content().papers[0].isChecked()
    assert not eye.content().papers[0].isEnabled()


def test_the_next_action_is_the_first_step_and_then_the_second(eye):
    content = open_case(eye)
    first, second = content._view.file.steps[:2]
    assert first.title in content.acts()[0].title
    content.acts()[0].run()
    again = eye.content()
    assert [one.code for one in eye.desk.store.select(CaseStep, '"case" = ?', (uid_of(content),))] == [
        first.code
    ]
    assert again.next_step().code == second.code


def test_a_grant_without_papers_is_refused_where_it_is_asked(eye):
    content = open_case(eye)
    content.decision.choices["grant"].click()
    content.decision.decide()
    assert "Papers are missing" in content.decision.findings.words()
    assert eye.desk.store.get(Case, uid_of(content)).state is CaseState.OPEN


def test_a_refusal_needs_a_legal_ground_and_then_is_written(eye):
    content = open_case(eye)
    content.decision.choices["refuse"].click()
    content.decision.decide()
    assert "legal ground" in content.decision.findings.words()
    code, line = next(iter(content.decision.grounds.items()))
    line.click()
    type_text(content.decision.form.boxes["protocol"].input.widget(), "12")
    content.decision.decide()
    result = eye.content()
    case = eye.desk.store.get(Case, uid_of(content))
    assert (case.state, case.grounds, case.protocol) == (CaseState.REFUSED, code, "12")
    assert result.decision is None
    assert choice_label(CaseState.REFUSED) in _pills(result)


def _pills(content):
    return [label.accessibleName() for label in content.findChildren(PillLabel)]


def test_a_grant_makes_the_permit_and_links_to_it(eye):
    content = open_case(eye, papers=20)
    content.decision.choices["grant"].click()
    content.decision.decide()
    result = eye.content()
    permits = eye.desk.store.select(Permit, '"case" = ?', (uid_of(content),))
    assert permits
    assert any(permits[0].number in link.accessibleName() for link in result.findChildren(Link))


def test_what_is_typed_in_the_decision_survives_a_change_elsewhere(eye):
    content = open_case(eye)
    content.decision.choices["refuse"].click()
    next(iter(content.decision.grounds.values())).click()
    type_text(content.decision.form.boxes["protocol"].input.widget(), "№ 7")
    cases.receive_paper(eye.desk, uid_of(content), content._view.file.papers[0].code)
    again = eye.content()
    assert again is not content
    assert again.decision.choice() == "refuse"
    assert next(iter(again.decision.grounds.values())).isChecked()
    assert again.decision.form.boxes["protocol"].value() == "№ 7"


def test_a_decided_case_cannot_be_ticked(eye):
    uid = eye.first("cases", Filter("state", Test.IS, "granted"))
    content = eye.file(Kind.CASE, uid)
    assert content.decision is None
    behind = [one.after_decision for one in content._view.file.steps]
    assert not any(line.isEnabled() for line in content.papers)
    ticked = [line.isEnabled() for line in content.steps]
    assert ticked == behind


# --- permit


def granted(eye) -> Permit:
    later = (eye.desk.today + timedelta(days=5)).isoformat()
    uid = eye.first("permits", Filter("state", Test.IS, "granted"), Filter("valid_until", Test.FROM, later))
    return eye.desk.store.get(Permit, uid)


def test_a_permit_is_extended(eye):
    permit = granted(eye)
    content = eye.file(Kind.PERMIT, permit.uid)
    assert isinstance(content, PermitContent)
    ask_extension(eye.window.work, permit)
    window = eye.dialog()
    window.form.boxes["until"].set_value(permit.valid_until + timedelta(days=90))
    window.save()
    eye.content()
    assert eye.desk.store.get(Permit, permit.uid).state is PermitState.EXTENDED
    new = eye.desk.store.select(Permit, "extends = ?", (permit.uid,))[0]
    assert new.valid_until == permit.valid_until + timedelta(days=90)
    assert eye.window.current() == f"{Kind.PERMIT}/{new.uid}"


def test_a_permit_that_is_not_handed_out_yet_says_so(eye):
    """Its file looked like that of one in the hands of its holder."""
    permit, filed = granted(eye), eye.desk.today
    asked = Case(service="foreign_labour_permit", person=permit.person, applied_on=filed, decided_on=filed)
    with eye.desk.write(Op.DECIDE_CASE) as tx:
        case = tx.put(replace(asked, state=CaseState.GRANTED, decision="grant"))
        tx.put(replace(permit, case=case.uid))
    told = [one.text() for one in eye.file(Kind.PERMIT, permit.uid).band.findChildren(QLabel)]
    assert [one for one in told if "decided, not issued" in one]


def test_an_extension_into_the_past_is_refused_below_its_field(eye):
    permit = granted(eye)
    eye.file(Kind.PERMIT, permit.uid)
    ask_extension(eye.window.work, permit)
    window = eye.dialog()
    window.form.boxes["until"].set_value(permit.valid_until - timedelta(days=1))
    window.save()
    assert window.form.boxes["until"].findings()
    assert eye.desk.store.get(Permit, permit.uid).state is PermitState.GRANTED


def test_a_revocation_needs_its_grounds(eye):
    permit = granted(eye)
    eye.file(Kind.PERMIT, permit.uid)
    ask_revocation(eye.window.work, permit)
    window = eye.dialog()
    window.save()
    assert window.isVisible()
    type_text(window.form.boxes["grounds"].input.widget(), "Өтініші бойынша")
    window.save()
    eye.content()
    saved = eye.desk.store.get(Permit, permit.uid)
    assert (saved.state, saved.grounds) == (PermitState.REVOKED, "Өтініші бойынша")


# --- journal


def test_the_journal_tells_each_field_from_what_to_what(eye):
    uid = eye.first("people")
    person = eye.desk.store.get(Person, uid)
    people.save_person(eye.desk, replace(person, phone="+77010001122"))
    content = eye.file(Kind.OP, eye.first("journal"))
    said = words_in(content)
    assert "+77010001122" in said
    assert "→" in said or not person.phone
    assert content.acts()[0].key == "op.undo"
    content.acts()[0].run()
    assert eye.desk.store.get(Person, uid).phone == person.phone


def test_the_journal_says_a_printed_paper_in_words_and_never_wider_than_its_place(eye):
    """A digest of 64 letters without a break pushed the card out of the page; codes stood for words."""
    printout = Printout(number="PVL-1", form="registration_slip", revision="2026-1", language="kk", about="x")
    with eye.desk.write(Op.PRINT_FORM) as tx:
        tx.put(replace(printout, digest="0123456789abcdef" * 4))
    content = eye.file(Kind.OP, eye.first("journal"))
    words = [label.text() for label in content.findChildren(QLabel)]
    assert "Қазақша" in words
    assert "registration_slip" not in words
    assert "x" not in words
    assert all(len(part) < 40 for text in words for part in text.split())
