"""The intake as a clerk uses it: keys in, records of the desk out."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from migdesk.domain.arrival import Arrival
from migdesk.domain.dates import PartialDate
from migdesk.domain.finding import blocking
from migdesk.domain.ids import make_iin
from migdesk.domain.mrz import MrzReading
from migdesk.domain.mrz_make import make_mrz
from migdesk.domain.party import Address, Party, PartyKind
from migdesk.domain.person import Membership, Person, Sex, TravelDocument
from migdesk.services import parked
from migdesk.services.arrivals import arrivals
from migdesk.services.arrivals.arrivals import ArrivalDraft, Member
from migdesk.services.people import people
from migdesk.services.upkeep import journal, office
from migdesk.ui.gallery.pictures import settle
from migdesk.ui.look.theme import Tone
from migdesk.ui.parts.messages import MessageStrip
from tests import make
from tests.ui import counter
from tests.ui.counter import ALT, CONTROL, FAMILY, SHIFT, Clerk, differing, zone


@pytest.fixture
def desk(new_desk):
    return new_desk


FAMILY_STROKES, KNOWN_STROKES, SCANNED_STROKES, ANSWER_STROKES = 111, 19, 21, 3
"""What these journeys take now, a scan counted as one: it may become less and never more."""


def all_of(desk, cls):
    return desk.store.select(cls, "annulled_on IS NULL")


def host(desk, name="Серікова Алма", number=""):
    with desk.write(office.Op.SAVE_PARTY) as tx:
        return tx.put(Party(name=name, number=number))


def shared_part(clerk):
    """Purpose, country, dates, address, receiving person: typed once for all."""
    clerk.type("work\n")
    clerk.enter(len(clerk.page.form.panel.boxes))
    clerk.enter()
    clerk.type("20112026\n")
    clerk.enter()
    clerk.enter()
    clerk.enter()
    clerk.enter()
    clerk.type(".\n")
    clerk.type("қағаз\n")
    clerk.enter()
    clerk.type("551010000\n")
    clerk.type("Лермонтов 5-12\n")
    clerk.type("серік\n")


def test_a_family_of_four_with_scanned_passports_takes_under_180_strokes(clerk, desk):
    host(desk)
    clerk.open()
    for one in FAMILY:
        clerk.scan(one)
    assert clerk.place() == "document.issued_by"
    clerk.enter()
    clerk.type("01032022\n")
    clerk.enter()
    while clerk.place() != "family/1/relation":
        clerk.enter()
    while clerk.place() != "arrival.purpose":
        clerk.enter()
    shared_part(clerk)
    clerk.press(Qt.Key.Key_Return, CONTROL)
    assert [one.full_name for one in all_of(desk, Person)] == [
        "Ташкентов Отабек",
        "Ташкентова Дилноза",
        "Ташкентов Жавохир",
        "Ташкентова Мадина",
    ]
    assert [one.relation for one in all_of(desk, Membership)] == ["head", "spouse", "son", "daughter"]
    assert {one.arrived_on for one in all_of(desk, Arrival)} == {date(2026, 11, 20)}
    assert {one.notified_on for one in all_of(desk, Arrival)} == {make.TODAY}
    assert len(all_of(desk, Arrival)) == 4
    assert len(all_of(desk, Address)) == 1
    assert len({one.host for one in all_of(desk, Arrival)}) == 1
    numbers = [one.number for one in all_of(desk, TravelDocument)]
    assert numbers == ["AB1234567", "AB1234568", "AB1234569", "AB1234570"]
    assert all_of(desk, TravelDocument)[0].mrz == FAMILY[0]
    assert clerk.strokes <= FAMILY_STROKES < 180


def to_entry(clerk):
    """Purpose, its panel and the country are taken as proposed."""
    while clerk.place() != "arrival.entered_on":
        clerk.enter()


def known_person(desk):
    """Somebody who came before, with an address, a host and a passport."""
    draft = ArrivalDraft(
        (Member(make.person(), (make.document(number="AB7654321"),)),),
        make.arrival(
            purpose="work", entered_on=date(2026, 3, 2), arrived_on=date(2026, 3, 2), channel="paper"
        ),
        make.address(),
        make.host(number="900101300017"),
    )
    return arrivals.register_arrival(desk, draft).value.people[0]


def test_a_known_person_arrives_again_in_under_25_strokes(clerk, desk):
    person = known_person(desk)
    clerk.open(person.uid)
    assert clerk.place() == "arrival.purpose"
    to_entry(clerk)
    clerk.type(".\n")
    while clerk.place() != "arrival.host":
        clerk.enter()
    clerk.enter()
    clerk.press(Qt.Key.Key_Return, CONTROL)
    file = people.open_file(desk, person.uid)
    newest, first = file.arrivals
    assert (newest.entered_on, newest.arrived_on, newest.notified_on) == (make.TODAY, make.TODAY, None), (
        "a notice that nobody gave must not be taken by walking past its field"
    )
    assert (newest.purpose, newest.host, newest.channel) == ("work", first.host, "paper")
    assert desk.store.get(Address, newest.address).line == "Лермонтов к-сі, 5-12"
    assert len(file.documents) == 1
    assert clerk.strokes <= KNOWN_STROKES < 25


def elsewhere(clerk, desk):
    """Somebody who lives elsewhere by the register comes with another address; the clerk tries to save."""
    person = known_person(desk)
    page = clerk.open(person.uid)
    to_entry(clerk)
    clerk.enter(2)
    clerk.type(".\n")
    while clerk.place() != "address.line":
        clerk.enter()
    clerk.type("Абай 1\n")
    clerk.press(Qt.Key.Key_Return, CONTROL)
    assert len(people.open_file(desk, person.uid).arrivals) == 1
    return person, page


def test_who_lives_elsewhere_is_asked_about_before_he_is_saved_and_a_move_takes_a_few_strokes(clerk, desk):
    person, _page = elsewhere(clerk, desk)
    before = clerk.strokes
    assert clerk.place() == "earlier.way"
    clerk.type("m\n")
    clerk.press(Qt.Key.Key_Return, CONTROL)
    new, old = people.open_file(desk, person.uid).arrivals
    assert (new.moved_from, old.left_on) == (old.uid, make.TODAY)
    assert clerk.strokes - before <= ANSWER_STROKES


def test_the_strip_offers_to_record_the_arrival_as_a_move(clerk, desk):
    person, page = elsewhere(clerk, desk)
    strip = page._frame.findChild(MessageStrip)
    ((words, _act),) = strip.told().also
    next(one for one in strip.findChildren(QPushButton) if one.text() == words).click()
    settle()
    assert people.open_file(desk, person.uid).arrivals[0].moved_from
    assert page


def test_the_remark_below_the_cursor_is_seen_to_its_last_line_whatever_else_takes_room(
    clerk, desk, application, qtbot
):
    application.speak("ru")
    _person, page = elsewhere(clerk, desk)
    box = page.form.boxes["earlier.way"]
    page.form.go_to("person.surname")
    clerk.press(Qt.Key.Key_Return, CONTROL)

    def is_whole():
        end = box.mapTo(page.form.viewport(), box.rect().bottomLeft()).y()
        assert box.findings() and 0 < end < page.form.viewport().height()

    qtbot.waitUntil(is_whole, timeout=2000)
    clerk.window.resize(1366, 620)
    qtbot.wait(100)
    is_whole()
    box.show_findings([*box.findings(), *box.findings()])
    qtbot.wait(100)
    is_whole()


@pytest.mark.parametrize(
    ("key", "name", "typed", "kept"),
    [
        ("h", "earlier.left_on", "01.11.2026", (date(2026, 11, 1), "")),
        ("live", "earlier.why", "вахта", (None, "вахта")),
    ],
)
def test_the_day_of_leaving_or_the_reason_is_asked_below(clerk, desk, key, name, typed, kept):
    person, _page = elsewhere(clerk, desk)
    clerk.type(f"{key}\n")
    assert clerk.place() == name
    clerk.type(f"{typed}\n")
    clerk.press(Qt.Key.Key_Return, CONTROL)
    new, old = people.open_file(desk, person.uid).arrivals
    assert (old.left_on, new.second_home) == kept


def known_family(desk):
    """Husband, wife and child who came before."""
    persons = (
        make.person(surname="Отажонов", given="Илхом", sex=Sex.MALE),
        make.person(surname="Отажонова", given="Севара", birth_date=PartialDate(1992, 4, 1)),
        make.person(surname="Отажонов", given="Бекзод", birth_date=PartialDate(2018), sex=Sex.MALE),
    )
    members = tuple(
        Member(person, (make.document(number=f"AB100000{at}"),), ("", "spouse", "son")[at])
        for at, person in enumerate(persons)
    )
    draft = ArrivalDraft(members, make.arrival(purpose="work"), make.address())
    return arrivals.register_arrival(desk, draft, duplicates=False).value


def test_the_family_of_a_known_head_is_ticked_by_key_and_stays_one_family(clerk, desk):
    first = known_family(desk)
    page = clerk.open(first.people[0].uid)
    clerk.press(Qt.Key.Key_1, ALT)
    clerk.press(Qt.Key.Key_2, ALT)
    clerk.press(Qt.Key.Key_1, ALT)
    assert clerk.place() == "arrival.purpose"
    assert [line.isChecked() for line in page.rail.family.lines.values()] == [False, True]
    assert [one.title() for one in page.book.members] == ["Отажонов Илхом", "Отажонов Бекзод"]
    assert page.book.members[1].value("relation") == "son"
    to_entry(clerk)
    clerk.type(".\n")
    while clerk.place() != "arrival.host":
        clerk.enter()
    clerk.press(Qt.Key.Key_Return, CONTROL)
    newest = all_of(desk, Arrival)[3:]
    assert {one.person for one in newest} == {first.people[0].uid, first.people[2].uid}
    assert {one.family for one in newest} == {first.family.uid}
    assert len(all_of(desk, Membership)) == 3


@pytest.mark.parametrize(("head", "told"), [(1, ["spouse", "son"]), (2, ["father", ""])])
def test_relations_are_turned_to_the_one_who_stands_first(clerk, desk, head, told):
    """Kept are the relations to the head of the family; a mother to a son is not said by them."""
    first = known_family(desk)
    page = clerk.open(first.people[head].uid)
    assert [one.relation for one in page.book.members[0].relatives] == told


def test_who_is_older_than_his_fathers_wife_is_not_offered_as_her_child(clerk, desk):
    persons = (
        make.person(surname="Отажонов", given="Илхом", sex=Sex.MALE, birth_date=PartialDate(1955, 3, 2)),
        make.person(surname="Отажонова", given="Севара", birth_date=PartialDate(1992, 4, 1)),
        make.person(surname="Отажонов", given="Бекзод", sex=Sex.MALE, birth_date=PartialDate(1980, 7, 9)),
        make.person(surname="Отажонов", given="Аббос", sex=Sex.MALE, birth_date=PartialDate(2015, 7, 9)),
    )
    relations = ("", "spouse", "son", "son")
    members = tuple(Member(*pair) for pair in zip(persons, ((),) * 4, relations, strict=True))
    arrival = make.arrival(arrived_on=date(2026, 11, 1), entered_on=date(2026, 11, 1))
    family = arrivals.register_arrival(desk, ArrivalDraft(members, arrival, make.address())).value
    page = clerk.open(family.people[1].uid)
    told = [one.relation for one in page.book.members[0].relatives]
    assert told == ["spouse", "stepchild", "son"]


def test_a_relative_is_ticked_in_the_rail_by_space_and_a_new_file_has_none(clerk, desk):
    first = known_family(desk)
    page = clerk.open(first.people[0].uid)
    line = page.rail.family.lines[first.people[1].uid]
    line.setFocus()
    clerk.press(Qt.Key.Key_Space)
    assert page.book.members[1].known.uid == first.people[1].uid
    assert page.rail.family.lines[first.people[1].uid].hasFocus()
    page.beside.set_apart()
    assert not page.rail.family.isVisible()


def test_what_is_corrected_in_a_known_passport_is_written(clerk, desk):
    person = known_person(desk)
    page = clerk.open(person.uid)
    page.form.go_to("document.expires_on")
    clerk.press(Qt.Key.Key_A, CONTROL)
    clerk.type("01032033\n")
    for name, text in (("arrival.purpose", "work"), ("arrival.arrived_on", ".")):
        page.form.go_to(name)
        clerk.type(f"{text}\n")
    clerk.press(Qt.Key.Key_Return, CONTROL)
    (document,) = people.open_file(desk, person.uid).documents
    assert (document.number, document.expires_on) == ("AB7654321", date(2033, 3, 1))


def test_a_scanned_passport_of_a_known_person_is_taken_over_with_alt_1(clerk, desk):
    person = known_person(desk)
    clerk.open()
    clerk.scan(zone("AB7654321", "KASSYMOVA", "AIGUL", PartialDate(1990, 5, 17), "f"))
    assert [one.person.uid for one in clerk.page.rail.likely()] == [person.uid]
    clerk.press(Qt.Key.Key_1, ALT)
    assert clerk.page.book.members[0].known.uid == person.uid
    to_entry(clerk)
    clerk.type(".\n")
    while clerk.place() != "arrival.host":
        clerk.enter()
    clerk.enter()
    clerk.press(Qt.Key.Key_Return, CONTROL)
    assert len(people.open_file(desk, person.uid).arrivals) == 2
    assert len(all_of(desk, Person)) == 1
    assert clerk.strokes <= SCANNED_STROKES < 25


def test_the_next_visitors_passport_at_a_known_head_begins_a_new_arrival(clerk, desk):
    """F7 in the file of the one before, then the next passport: he was written as the spouse of the one before."""
    person = known_person(desk)
    page = clerk.open(person.uid)
    clerk.scan(FAMILY[0])
    (head,) = page.book.members
    assert head.known is None
    assert head.zone
    assert person.full_name in page._frame.told().words
    page._frame.told().act()
    settle()
    assert page.book.members[0].known.uid == person.uid
    assert [bool(one.zone) for one in page.book.members] == [False, True]


def test_a_passport_scanned_after_something_was_typed_is_a_members(clerk, desk):
    page = clerk.open(known_person(desk).uid)
    clerk.type("work\n")
    clerk.scan(FAMILY[0])
    assert len(page.book.members) == 2


def test_the_red_line_goes_with_the_fault(clerk, desk):
    page = clerk.open(known_person(desk).uid)
    clerk.press(Qt.Key.Key_Return, CONTROL)
    assert page._frame.told().tone is Tone.BAD
    for name, text in (("arrival.purpose", "work"), ("arrival.entered_on", "."), ("arrival.arrived_on", ".")):
        page.form.go_to(name)
        clerk.type(f"{text}\n")
    settle()
    assert page.checking.to_correct() == 0
    assert page._frame.told() is None


def test_a_new_host_with_the_form_of_a_company_is_proposed_as_an_organisation(clerk):
    page = clerk.open()
    for name in ("ТОО Алюминстрой", "«Сарыарқа» ЖШС"):
        page.typing.fill(-1, "host.kind", PartyKind.INDIVIDUAL)
        page.form.show_rows(("host.kind", "host.name"), shown=True)
        page.form.boxes["host.name"].set_value(name)
        page.typing._left("host.name")
        assert page.book.value("host.kind") is PartyKind.ORGANISATION


def test_somebody_who_is_here_already_is_not_written_twice_unasked(clerk, desk):
    """One Enter past the rail that named him made a second file of one passport."""
    known_person(desk)
    clerk.open()
    clerk.scan(zone("AB7654321", "KASSYMOVA", "AIGUL", PartialDate(1990, 5, 17), "f"))
    clerk.page.form.go_to("arrival.purpose")
    clerk.type("work\n")
    clerk.page.form.go_to("arrival.arrived_on")
    clerk.type("20112026\n")
    clerk.press(Qt.Key.Key_Return, CONTROL)
    assert len(all_of(desk, Person)) == 1
    notice = clerk.window.frame("intake/new").told()
    assert "already" in notice.words
    notice.act()
    assert len(all_of(desk, Person)) == 2


def test_a_scan_leaves_the_field_with_the_cursor_as_it_was(clerk):
    page = clerk.open()
    page.form.go_to("arrival.border_point")
    clerk.type("Қорғас")
    clerk.scan(zone())
    assert page.form.boxes["arrival.border_point"].input.typed() == "Қорғас"
    assert clerk.place() == "arrival.border_point"
    assert page.form.boxes["document.number"].value() == "AB1234567"
    assert page.book.members[0].value("person.birth_date") == PartialDate(1988, 3, 12)
    assert "check digits hold" in [one.accessibleName() for one in page.findChildren(counter.QWidget)]


def test_a_scan_into_a_list_field_leaves_what_was_chosen(clerk):
    page = clerk.open()
    page.form.go_to("arrival.purpose")
    clerk.type("work\n")
    page.form.go_to("arrival.purpose")
    clerk.scan(zone())
    assert page.form.boxes["arrival.purpose"].value() == "work"
    assert page.book.value("arrival.purpose") == "work"
    assert page.book.members[0].value("document.number") == "AB1234567"


def test_a_second_passport_adds_a_member_and_the_same_one_again_does_not(clerk):
    page = clerk.open()
    for one in (*FAMILY[:2], FAMILY[0]):
        clerk.scan(one)
    assert [one.value("document.number") for one in page.book.members] == ["AB1234567", "AB1234568"]
    assert differing(page) == []


def test_what_was_read_never_overwrites_what_is_typed(clerk):
    page = clerk.open()
    page.form.go_to("document.number")
    clerk.type("ab 1234567\n")
    page.form.go_to("person.surname_latin")
    clerk.type("TASHKENTOF\n")
    clerk.scan(zone())
    assert page.form.boxes["document.number"].value() == "AB1234567"
    assert page.form.boxes["person.surname_latin"].value() == "TASHKENTOF"
    (other,) = differing(page)
    assert (other.typed, other.read) == ("TASHKENTOF", "TASHKENTOV")
    words = [one.words() for one in page.form.boxes["person.surname_latin"].findings()]
    assert words == ["The document says “TASHKENTOV”."]
    other.take()
    assert page.form.boxes["person.surname_latin"].value() == "TASHKENTOV"
    assert differing(page) == []


def test_a_zone_is_taken_when_it_is_pasted_anywhere(clerk):
    page = clerk.open()
    page.form.go_to("person.given")
    QApplication.clipboard().setText(zone())
    clerk.press(Qt.Key.Key_V, CONTROL)
    assert page.form.boxes["person.given"].input.typed() == ""
    assert page.form.boxes["person.given_latin"].value() == "OTABEK"


def test_other_words_are_pasted_as_ever(clerk):
    page = clerk.open()
    page.form.go_to("person.given")
    QApplication.clipboard().setText("Отабек")
    clerk.press(Qt.Key.Key_V, CONTROL)
    assert page.form.boxes["person.given"].value() == "Отабек"


def test_a_scanner_behind_a_russian_keyboard_is_understood(clerk):
    keys = dict(zip("QWERTYUIOPASDFGHJKLZXCVBNM<", "ЙЦУКЕНГШЩЗФЫВАПРОЛДЯЧСМИТЬБ", strict=True))
    page = clerk.open()
    clerk.scan("".join(keys.get(char, char) for char in zone()))
    assert page.form.boxes["document.number"].value() == "AB1234567"
    assert page.form.boxes["person.surname_latin"].value() == "TASHKENTOV"


def test_a_damaged_zone_stays_in_its_line_with_the_reason(clerk):
    page = clerk.open()
    broken = zone()[:-12]
    type_fast(clerk, broken)
    assert page.form.scan_box.line.text() == " ".join(broken.split())
    assert page.book.members[0].is_blank
    assert "line" in page.form.scan_box._view.words()


def type_fast(clerk, text):
    """A scanner that sends no line end: the silence after it ends the zone."""
    from PySide6.QtTest import QTest

    from tests.ui.keys import type_text

    type_text(QApplication.focusWidget(), text)
    QTest.qWait(250)
    settle()


def test_fast_letters_that_are_no_zone_come_back(clerk):
    page = clerk.open()
    page.form.go_to("person.birth_place")
    type_fast(clerk, "PAVLODARPAVLODARPAVLODARPAVLODAR")
    assert page.form.boxes["person.birth_place"].value() == "PAVLODAR" * 4


def test_a_visa_fills_the_visa_of_the_arrival(clerk):
    page = clerk.open()
    clerk.scan(zone())
    visa = zone()
    visa = "V" + visa[1:]
    clerk.scan(visa)
    assert page.book.value("arrival.visa_number") == "AB1234567"
    assert not page.form.boxes["arrival.visa_number"].isHidden()
    assert len(page.book.members) == 1


def test_a_visa_is_compared_field_by_field_with_what_is_typed(clerk):
    page = clerk.open()
    clerk.scan(zone())
    visa = make_mrz(
        MrzReading(
            format="MRVA",
            document_code="V",
            issuer="KAZ",
            number="KZ7654321",
            surname="TASHKENTOV",
            given_names="OTABEG",
            birth_date=PartialDate(1988, 3, 13),
            sex="f",
            nationality="KGZ",
            expires_on=date(2027, 5, 1),
        )
    )
    clerk.scan(visa)
    differing = page.beside.differences()
    assert differing == {}, "what the passport says goes before the visa"
    assert page.book.value("arrival.visa_number") == "KZ7654321"
    page.typing.fill(-1, "arrival.visa_number", "KZ7654322")
    (told,) = page.beside.differences()[-1, "arrival.visa_number"]
    assert "KZ7654321" in told.words()


def test_a_visa_without_a_passport_is_compared_with_what_was_typed(clerk):
    page = clerk.open()
    for name, value in (
        ("person.surname_latin", "TASHKENTOV"),
        ("person.given_latin", "OTABEK"),
        ("person.birth_date", PartialDate(1988, 3, 13)),
        ("person.sex", Sex.FEMALE),
        ("person.citizenship", "KGZ"),
    ):
        page.typing.fill(0, name, value)
    visa = zone()
    clerk.scan("V" + visa[1:])
    said = {name for at, name in page.beside.differences() if at == 0}
    assert said == {"person.birth_date", "person.sex", "person.citizenship"}


def test_an_iin_typed_beside_a_file_without_one_is_offered_and_linked(clerk):
    desk = clerk.window.work.desk
    known = people.save_person(desk, make.person(iin=""), make.document(number="LK1234567")).value
    page = clerk.open()
    iin = make_iin(date(1990, 5, 17), "f", 7)
    page.typing.fill(0, "document.number", "LK1234567")
    page.typing.fill(0, "person.surname", "Касимова")
    page.typing.fill(0, "person.given", "Айгуль")
    page.typing.fill(0, "person.iin", iin)
    page.beside.ask()
    settle()
    (likely,) = page.rail.likely()
    assert likely.person.uid == known.uid
    assert any("IIN yet" in reason for reason in likely.match.reasons)
    clerk.press(Qt.Key.Key_1, ALT)
    person = page.book.draft().members[0].person
    assert (person.uid, person.iin) == (known.uid, iin)


def test_the_iin_tells_birth_date_and_sex_of_empty_fields_only(clerk):
    page = clerk.open()
    page.form.go_to("person.sex")
    clerk.type("female\n")
    page.form.go_to("person.iin")
    clerk.type("9001 0130 0017\n")
    sheet = page.book.members[0]
    assert sheet.value("person.iin") == "900101300017"
    assert sheet.value("person.birth_date") == PartialDate(1990, 1, 1)
    assert sheet.value("person.sex") is Sex.FEMALE
    said = [one.words() for one in page.form.boxes["person.iin"].findings()]
    assert any("man" in words for words in said)


def test_the_other_script_is_proposed_and_enter_takes_it(clerk):
    page = clerk.open()
    page.form.go_to("person.surname")
    clerk.type("Ташкентов\n")
    page.form.go_to("person.surname_latin")
    assert page.form.boxes["person.surname_latin"].value() == ""
    assert "TASHKENTOV" in page.footer.says()
    clerk.enter()
    assert page.form.boxes["person.surname_latin"].value() == "TASHKENTOV"
    assert page.book.members[0].value("person.surname_latin") == "TASHKENTOV"


def test_a_proposal_is_not_taken_by_tab(clerk):
    page = clerk.open()
    page.form.go_to("person.surname")
    clerk.type("Ташкентов\n")
    page.form.go_to("person.surname_latin")
    clerk.press(Qt.Key.Key_Tab)
    assert page.book.members[0].value("person.surname_latin") == ""


def test_enter_walks_from_the_first_field_to_the_button_and_shift_tab_back(clerk):
    page = clerk.open()
    seen = [clerk.place()]
    for _step in range(80):
        clerk.enter()
        if page.footer.save.hasFocus():
            break
        seen.append(clerk.place())
    assert page.footer.save.hasFocus()
    assert seen[0] == "zone"
    assert seen.index("person.phone") < seen.index("family/1/relation") < seen.index("arrival.purpose")
    assert seen[-1] == "arrival.host"
    assert len(seen) == len(set(seen))
    for _step in range(len(seen) + 12):
        clerk.press(Qt.Key.Key_Backtab, SHIFT)
        if clerk.place() == "zone":
            break
    assert clerk.place() == "zone"


def test_the_family_is_typed_line_by_line(clerk, desk):
    page = clerk.open()
    page.form.go_to("document.number")
    clerk.type("AB1\n")
    page.form.go_to("person.surname")
    clerk.type("Ташкентов\nОтабек\n")
    page.form.go_to("person.birth_date")
    clerk.type("12031988\nmale\nUZB\n")
    page.form.family.enter()
    clerk.type("daughter\n")
    clerk.type("Ташкентова\nМадина\n5.6.2015\n\nAB2\n")
    assert clerk.place() == "family/2/relation"
    clerk.enter()
    assert clerk.place() == "arrival.purpose"
    clerk.type("family\n")
    page.form.go_to("arrival.arrived_on")
    clerk.type("201126\n")
    page.form.family.go_to(1)
    page.typing.show_member(1)
    page.form.go_to("person.citizenship")
    clerk.enter()
    clerk.press(Qt.Key.Key_Return, CONTROL)
    daughter = all_of(desk, Person)[1]
    assert (daughter.given, daughter.birth_date, daughter.sex) == (
        "Мадина",
        PartialDate(2015, 6, 5),
        Sex.FEMALE,
    )
    assert daughter.citizenship == "UZB"


def test_a_member_is_taken_off_and_brought_back(clerk):
    page = clerk.open()
    for one in FAMILY[:3]:
        clerk.scan(one)
    page.form.family.go_to(1)
    clerk.press(Qt.Key.Key_Delete, CONTROL)
    assert [one.value("document.number") for one in page.book.members] == ["AB1234567", "AB1234569"]
    clerk.window.frame("intake/new").told().act()
    assert [one.value("document.number") for one in page.book.members] == [
        "AB1234567",
        "AB1234568",
        "AB1234569",
    ]


def test_a_scan_fills_the_cell_of_the_family_that_has_the_cursor(clerk):
    """Its number was lost: whoever is read is written whole, wherever the cursor stands."""
    page = clerk.open()
    clerk.scan(FAMILY[0])
    page.form.family.go_to(1, "document.number")
    clerk.scan(FAMILY[1])
    assert page.form.family.cell(1, "document.number").text == "AB1234568"
    assert [one.value("document.number") for one in page.book.members] == ["AB1234567", "AB1234568"]


def test_a_removed_last_line_leaves_nothing_behind(clerk):
    page = clerk.open()
    clerk.scan(FAMILY[0])
    clerk.scan(FAMILY[1])
    page.form.family.go_to(1, "document.number")
    clerk.press(Qt.Key.Key_Delete, CONTROL)
    assert page.form.family.cell(1, "document.number").text == ""
    assert len(page.book.members) == 1


def fill_by_hand(clerk):
    """The least an arrival needs, typed."""
    page = clerk.page
    for name, text in (
        ("document.number", "AB1234567"),
        ("person.surname", "Қасымова"),
        ("person.given", "Айгүл"),
        ("person.birth_date", "17051990"),
        ("person.citizenship", "UZB"),
        ("arrival.purpose", "work"),
        ("arrival.arrived_on", "20112026"),
        ("address.place", "551010000"),
    ):
        page.form.go_to(name)
        clerk.type(f"{text}\n")


def test_a_save_that_is_refused_loses_nothing_and_goes_to_the_first_fault(clerk, desk):
    page = clerk.open()
    fill_by_hand(clerk)
    page.form.go_to("person.iin")
    clerk.type("900101300018\n")
    clerk.press(Qt.Key.Key_Return, CONTROL)
    assert all_of(desk, Person) == []
    assert clerk.place() == "person.iin"
    assert page.form.boxes["person.iin"].input.typed() == "900101300018"
    assert len(blocking(page.form.boxes["person.iin"].findings())) == 1
    notice = clerk.window.frame("intake/new").told()
    assert notice.tone is Tone.BAD
    assert parked.find_draft(desk, "intake/new") is not None
    page.form.boxes["person.iin"].input.set_typed("")
    page.form.changed.emit("person.iin")
    clerk.press(Qt.Key.Key_Return, CONTROL)
    assert len(all_of(desk, Person)) == 1


def test_words_that_cannot_be_read_are_named_and_nothing_is_saved(clerk, desk):
    page = clerk.open()
    fill_by_hand(clerk)
    page.form.go_to("person.birth_date")
    clerk.press(Qt.Key.Key_A, CONTROL)
    clerk.type("31022020\n")
    clerk.press(Qt.Key.Key_Return, CONTROL)
    assert all_of(desk, Person) == []
    assert page.form.boxes["person.birth_date"].input.typed() == "31022020"
    assert clerk.place() == "person.birth_date"


def test_after_a_save_the_file_is_asked_for_and_undo_takes_it_back(clerk, desk):
    wanted = []
    clerk.window.work.target_wanted.connect(wanted.append)
    undone = []
    clerk.window.work.undo_wanted.connect(lambda: undone.append(journal.undo_last(desk)))
    clerk.open()
    fill_by_hand(clerk)
    clerk.press(Qt.Key.Key_Return, CONTROL)
    (person,) = all_of(desk, Person)
    assert [one.uid for one in wanted] == [person.uid]
    assert clerk.window.tabs() == []
    assert parked.find_draft(desk, "intake/new") is None
    notice = clerk.window.frame("today").told()
    assert "PVL-2026-000001" in notice.words
    notice.act()
    assert len(undone) == 1
    assert all_of(desk, Person) == []


def test_f9_begins_the_next_with_pinned_values_and_f8_repeats_the_others(clerk, desk):
    page = clerk.open()
    fill_by_hand(clerk)
    page.form.go_to("arrival.purpose")
    clerk.press(Qt.Key.Key_F8, SHIFT)
    clerk.press(Qt.Key.Key_F9)
    assert len(all_of(desk, Person)) == 1
    assert clerk.place() == "zone"
    assert page.form.boxes["arrival.purpose"].value() == "work"
    assert page.form.boxes["person.surname"].input.typed() == ""
    assert page.form.boxes["arrival.arrived_on"].input.typed() == ""
    page.form.go_to("arrival.arrived_on")
    clerk.press(Qt.Key.Key_F8)
    assert page.book.value("arrival.arrived_on") == date(2026, 11, 20)
    page.form.go_to("person.surname")
    clerk.press(Qt.Key.Key_F8)
    assert page.book.members[0].value("person.surname") == "Қасымова"
    assert clerk.place() == "person.given"


def test_the_record_before_and_the_pins_outlive_the_window(application, desk, tasks, qtbot):
    from migdesk.ui.memory import Forgetful

    memory = Forgetful()
    for turn in range(2):
        window = counter.window_of(desk, tasks, memory)
        qtbot.addWidget(window)
        clerk = Clerk(window)
        page = clerk.open()
        if turn == 0:
            fill_by_hand(clerk)
            page.form.boxes["arrival.purpose"].set_pinned(True)
            clerk.press(Qt.Key.Key_Return, CONTROL)
            window.close()
        else:
            assert page.form.boxes["arrival.purpose"].is_pinned()
            page.form.go_to("person.surname")
            clerk.press(Qt.Key.Key_F8)
            assert page.book.members[0].value("person.surname") == "Қасымова"


def test_a_new_receiving_person_is_typed_on_the_way(clerk, desk):
    page = clerk.open()
    fill_by_hand(clerk)
    page.form.go_to("arrival.host")
    clerk.type("Жұмабаев Ерлан\n")
    assert clerk.place() == "host.kind"
    clerk.enter()
    clerk.type("900101300017\n")
    assert page.form.boxes["host.name"].value() == "Жұмабаев Ерлан"
    clerk.press(Qt.Key.Key_Return, CONTROL)
    (party,) = all_of(desk, Party)
    assert (party.name, party.number, party.kind) == ("Жұмабаев Ерлан", "900101300017", PartyKind.INDIVIDUAL)
    assert all_of(desk, Arrival)[0].host == party.uid


def test_a_known_receiving_person_is_found_by_some_letters(clerk, desk):
    known = host(desk, "ЖШС Ертіс Құрылыс", "120440011111")
    page = clerk.open()
    page.form.go_to("arrival.host")
    clerk.type("құрыл\n")
    assert page.book.value("arrival.host") == known.uid
    assert page.form.boxes["host.name"].isHidden()


def test_places_of_the_own_region_come_first(clerk, desk):
    page = clerk.open()
    page.form.go_to("address.place")
    clerk.type("ақсу")
    found = page._offers.choices("kato", "ақсу")
    assert found[0][0].startswith("55")
    clerk.enter()
    assert desk.lists.place(page.book.value("address.place")).code.startswith("55")


def test_values_used_last_come_first(clerk, desk):
    page = clerk.open()
    fill_by_hand(clerk)
    clerk.press(Qt.Key.Key_Return, CONTROL)
    page = clerk.open()
    assert page._offers.choices("kato", "")[0][0] == "551010000"
    assert page._offers.choices("countries", "")[0][0] == "UZB"


def test_people_who_may_be_the_same_appear_and_taking_over_keeps_what_is_typed(clerk, desk):
    person = known_person(desk)
    page = clerk.open()
    page.form.go_to("person.surname")
    clerk.type("Касымова\n")
    assert page.rail.likely() == []
    clerk.type("Айгуль\n")
    page.beside.ask()
    assert [one.person.uid for one in page.rail.likely()] == [person.uid]
    page.rail.take_wanted.emit(person.uid)
    settle()
    assert page.form.boxes["person.surname"].value() == "Касымова"
    assert page.form.boxes["person.birth_date"].value() == PartialDate(1990, 5, 17)
    assert [(one.typed, one.read) for one in differing(page)] == [
        ("Касымова", "Қасымова"),
        ("Айгуль", "Айгүл"),
    ]
    page.rail.apart_wanted.emit()
    assert page.book.members[0].known is None
    assert page.form.boxes["person.surname"].value() == "Касымова"


def test_opening_the_file_of_a_likely_person_leaves_the_intake_as_it_is(clerk, desk):
    person = known_person(desk)
    wanted = []
    clerk.window.work.target_wanted.connect(wanted.append)
    page = clerk.open()
    page.form.go_to("person.surname")
    clerk.type("Касымова\nАйгуль\n")
    page.rail.open_wanted.emit(person.uid)
    assert [one.uid for one in wanted] == [person.uid]
    assert page.form.boxes["person.given"].value() == "Айгуль"


def test_a_file_changed_meanwhile_is_read_again_and_compared(clerk, desk):
    person = known_person(desk)
    page = clerk.open(person.uid)
    people.save_person(desk, desk.store.get(Person, person.uid).__class__(**with_phone(desk, person)))
    to_entry(clerk)
    clerk.type(".\n")
    while clerk.place() != "arrival.host":
        clerk.enter()
    clerk.press(Qt.Key.Key_Return, CONTROL)
    assert len(people.open_file(desk, person.uid).arrivals) == 1
    assert page.book.members[0].known.phone == "+77010000000"
    clerk.press(Qt.Key.Key_Return, CONTROL)
    assert len(people.open_file(desk, person.uid).arrivals) == 2


def with_phone(desk, person):
    import dataclasses

    known = desk.store.get(Person, person.uid)
    return {one.name: getattr(known, one.name) for one in dataclasses.fields(known)} | {
        "phone": "+77010000000"
    }


def test_a_late_notice_is_said_below_its_field_with_the_law_behind_a_link(clerk):
    page = clerk.open()
    page.form.go_to("arrival.arrived_on")
    clerk.type("02112026\n")
    found = [one for one in page.form.boxes["arrival.notified_on"].findings() if one.code == "notice.late"]
    assert len(found) == 1
    assert found[0].source.act
    asked = []
    clerk.window.work.source_wanted.connect(asked.append)
    why = next(one for one in page.findChildren(QPushButton) if "518" in one.accessibleName())
    why.click()
    assert asked == [found[0].source]


def test_the_footer_names_what_is_missing_and_leads_there(clerk):
    page = clerk.open()
    clerk.scan(FAMILY[0])
    clerk.scan(FAMILY[1])
    labels = [(one.label, one.member) for one in page.footer.lacks()]
    assert ("Purpose of arrival", -1) in labels
    assert ("Sex", 0) not in labels
    assert ("Relation to the head", 1) in labels
    page.footer.wanted.emit("arrival.purpose")
    assert clerk.place() == "arrival.purpose"
    page.footer.wanted.emit("member/1/person.citizenship")
    assert page.book.current == 1
    assert page.form.boxes["document.number"].value() == "AB1234568"


def test_a_name_of_two_alphabets_is_told_below_it_with_the_right_spelling(clerk):
    page = clerk.open()
    page.form.go_to("person.surname")
    clerk.type("Петpов\n")
    settle()
    told = [one for one in page.form.boxes["person.surname"].findings() if one.code == "mixed_scripts"]
    assert ["Петров" in one.words() for one in told] == [True]
