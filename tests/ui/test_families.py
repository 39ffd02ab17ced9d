"""The window of families: the file on any day, its events as acts, notes, children who came alone, dependants."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from migdesk.domain.change import Change, ChangeSet, Op
from migdesk.domain.dates import PartialDate
from migdesk.domain.kin import Ended, LeaveReason, PartReason
from migdesk.domain.permit import Permit
from migdesk.domain.person import Membership, Sex
from migdesk.domain.protection import NoteKind, NoteViewing, PersonNote, Unaccompanied, Visibility
from migdesk.services.desk import Clock, Desk, open_desk
from migdesk.services.families import families, family_events, minors
from migdesk.services.families.family_events import Joining
from migdesk.services.people import merging, notes, people
from migdesk.services.people.referrals import ReferredTo
from migdesk.services.permits import permits
from migdesk.services.upkeep import rights
from migdesk.ui.files.closed_child import ClosedChild
from migdesk.ui.files.families.family_file import FamilyContent
from migdesk.ui.files.minor_part import MinorPart
from migdesk.ui.files.people.notes_part import NotesPart
from migdesk.ui.files.people.person_file import PersonContent
from migdesk.ui.files.permit_file import ask_extension, ask_revocation
from migdesk.ui.files.questions.form_dialog import FormDialog
from migdesk.ui.parts.blocks import Link
from migdesk.ui.parts.household import Household
from migdesk.ui.parts.panel import Panel
from migdesk.ui.parts.pills import PillLabel
from migdesk.ui.shell.search_popup import find_anything
from migdesk.ui.workplace import Kind, Target
from tests import make
from tests.ui.seen import assert_all_named, assert_nothing_clipped

DAY = make.TODAY
SINCE = date(2020, 1, 10)


def words_in(widget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def person(desk, given: str, born: PartialDate, sex: Sex = Sex.MALE, **more) -> str:
    values = {
        "given": given,
        "given_latin": given.upper(),
        "surname": "Тоқсанбай",
        "surname_latin": "TOQSANBAI",
    }
    return people.save_person(desk, make.person(birth_date=born, sex=sex, **{**values, **more})).value.uid


@pytest.fixture
def home(eye):
    """Father, mother, a grown son and a daughter."""
    desk = eye.desk
    uids = {
        "father": person(desk, "Болат", PartialDate(1980, 2, 1)),
        "wife": person(desk, "Сауле", PartialDate(1982, 5, 3), Sex.FEMALE),
        "son": person(desk, "Ерлан", PartialDate(2008, 6, 10)),
        "daughter": person(desk, "Аяла", PartialDate(2012, 7, 4), Sex.FEMALE),
    }
    first = Joining(uids["wife"], "spouse", SINCE, head=uids["father"])
    uids["family"] = family_events.join(desk, first).value.family
    for who in ("son", "daughter"):
        family_events.join(desk, Joining(uids[who], who, SINCE, uids["family"]))
    return uids


def open_family(eye, home) -> FamilyContent:
    content = eye.file(Kind.FAMILY, home["family"])
    assert isinstance(content, FamilyContent)
    return content


def run(content, key: str) -> None:
    next(one for one in content.acts() if one.key == key).run()


def fill(eye, **values):
    dialog = eye.dialog()
    for name, value in values.items():
        dialog.form.boxes[name].set_value(value)
    dialog.save()
    return dialog


def shown(content) -> list[str]:
    return [box.member.uid for box in content.findChild(Household).boxes()]


def test_the_file_shows_head_members_and_events(eye, home):
    content = open_family(eye, home)
    assert "Тоқсанбай Болат" in words_in(content)
    assert set(shown(content)) == {home[who] for who in ("father", "wife", "son", "daughter")}
    assert "04.07.2030" in words_in(content)
    assert_nothing_clipped(eye.window)
    assert_all_named(eye.window)


def test_another_day_shows_the_family_of_that_day(eye, home):
    family_events.part(
        eye.desk,
        family_events.Parting(home["family"], [home["wife"]], home["wife"], date(2025, 3, 1), Ended.DIVORCED),
    )
    content = open_family(eye, home)
    assert home["wife"] not in shown(content)
    content.day.set_value(date(2024, 1, 1))
    content.day.entered.emit()
    content = eye.content()
    assert home["wife"] in shown(content)
    eye.window.work.language_changed.emit()
    assert content.carry() == {"on": date(2024, 1, 1)}


def test_a_person_joins_through_the_window(eye, home):
    other = person(eye.desk, "Мәди", PartialDate(1955, 1, 1))
    run(open_family(eye, home), "family.join")
    fill(eye, person=other, relation="father")
    assert other in shown(eye.content())


def test_an_impossible_relation_is_told_below_its_field(eye, home):
    other = person(eye.desk, "Мәди", PartialDate(1990, 1, 1))
    run(open_family(eye, home), "family.join")
    dialog = fill(eye, person=other, relation="father")
    assert dialog.isVisible()
    assert [one.code for one in dialog.form.boxes["relation"].findings()] == ["kin.older"]


def test_somebody_leaves_and_the_head_hands_over(eye, home):
    run(open_family(eye, home), "family.leave")
    dialog = fill(eye, person=home["father"], why=LeaveReason.DIED)
    assert [one.code for one in dialog.form.boxes["next_head"].findings()] == ["head_leaves"]
    fill(eye, next_head=home["wife"])
    file = families.open_family(eye.desk, home["family"])
    assert file.head and file.head.uid == home["wife"]


def test_a_grown_son_gets_a_family_of_his_own(eye, home):
    content = open_family(eye, home)
    own = next(one for one in content.findChildren(Link) if "Ерлан" in one.accessibleName())
    own.click()
    dialog = eye.dialog()
    assert dialog.form.values()["why"] == PartReason.OF_AGE
    dialog.save()
    eye.content()
    place = eye.desk.store.live(Membership, person=home["son"], until=None)[0]
    assert place.family != home["family"]
    assert eye.window.current() == f"{Kind.FAMILY}/{place.family}"


def test_ticked_members_go_with_the_new_head(eye, home):
    run(open_family(eye, home), "family.part")
    dialog = eye.dialog()
    dialog._question.more.lines[home["daughter"]].click()
    fill(eye, head=home["wife"], why=PartReason.DIVORCED)
    left = {one.uid for _place, one in families.members_on(eye.desk, home["family"], DAY)}
    assert left == {home["father"], home["son"]}


def test_another_head_and_a_given_relation(eye, home):
    run(open_family(eye, home), "family.head")
    fill(eye, head=home["wife"], **{f"relation.{home['son']}": "stepchild"})
    found = {one.uid: place.relation for place, one in families.members_on(eye.desk, home["family"], DAY)}
    assert (found[home["wife"]], found[home["son"]], found[home["daughter"]]) == (
        "head",
        "stepchild",
        "daughter",
    )


def test_two_families_are_reunited(eye, home):
    others = [
        person(eye.desk, "Мәди", PartialDate(1975, 1, 1)),
        person(eye.desk, "Дана", PartialDate(2015, 1, 1)),
    ]
    family_events.join(eye.desk, Joining(others[1], "other", SINCE, head=others[0]))
    run(open_family(eye, home), "family.reunite")
    fill(eye, other=others[1], relation="brother")
    assert set(others) <= set(shown(eye.content()))


def test_a_family_begins_in_the_file_of_a_person(eye):
    one = person(eye.desk, "Мәди", PartialDate(1975, 1, 1))
    child = person(eye.desk, "Дана", PartialDate(2015, 1, 1), Sex.FEMALE)
    content = eye.file(Kind.PERSON, one)
    assert isinstance(content, PersonContent) and content.tabs
    content.tabs.open("family")
    content.findChild(Panel).focusProxy().click()
    fill(eye, person=child, relation="daughter")
    content = eye.content()
    assert eye.window.current().startswith(f"{Kind.FAMILY}/")
    assert set(shown(content)) == {one, child}


def test_the_search_finds_the_family_of_a_head(eye, home):
    hits = find_anything(eye.desk, "тоқсанбай болат")
    assert home["family"] in [hit.target.uid for hit in hits if hit.target.kind is Kind.FAMILY]


def test_the_files_of_person_and_arrival_lead_to_the_family(eye, home):
    content = eye.file(Kind.PERSON, home["father"])
    content.tabs.open("family")
    eye.content()
    next(one for one in content.findChildren(Link) if "family" in one.text().lower()).click()
    eye.content()
    assert eye.window.current() == f"{Kind.FAMILY}/{home['family']}"


def test_the_paper_of_a_family_opens_with_ctrl_p(eye, home):
    open_family(eye, home)
    eye.press(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert eye.window.current() == f"print/{Kind.FAMILY}/{home['family']}"


# --- notes -------------------------------------------------------------------------------------------

SECRET = "қорғалған-сөз"


def notes_of(eye, uid: str) -> NotesPart:
    content = eye.file(Kind.PERSON, uid)
    assert isinstance(content, PersonContent) and content.tabs
    content.tabs.open("notes")
    return content.findChild(NotesPart)


def restrict(desk, uid: str) -> None:
    notes.write(desk, PersonNote(person=uid, written_on=DAY, matter=NoteKind.VICTIM, text=SECRET))


def let_read(desk) -> None:
    """By way of a colleague: nobody gives the right to himself."""
    rights.give_right(desk, "colleague")
    colleague = Desk(desk.home, desk.store, clock=desk.clock, operator="colleague")
    rights.give_right(colleague, desk.operator)
    desk.announce(ChangeSet(Op.GIVE_RIGHT, "", (Change("operator", "", {}, {}),)))


def test_without_the_right_the_file_says_only_that_there_are_notes(eye, home):
    rights.give_right(eye.desk, "protector")
    restrict(eye.desk, home["wife"])
    part = notes_of(eye, home["wife"])
    seen = words_in(eye.content())
    assert "protector" in seen and SECRET not in seen
    assert part.open.isHidden() and part.right.isHidden()


def test_with_the_right_they_open_and_it_is_written_down(eye, home):
    let_read(eye.desk)
    restrict(eye.desk, home["wife"])
    part = notes_of(eye, home["wife"])
    assert SECRET not in words_in(part)
    part.open.click()
    assert SECRET in words_in(part)
    assert len(eye.desk.store.live(NoteViewing)) == 1


def test_a_note_is_written_in_the_window(eye, home):
    notes_of(eye, home["wife"]).write.click()
    fill(eye, text="Қоңырау шалды", visibility=Visibility.OFFICE)
    assert "Қоңырау шалды" in words_in(eye.content())


def test_a_victim_is_referred_in_the_window_and_nobody_else_reads_it(eye, home):
    notes_of(eye, home["wife"]).refer.click()
    fill(eye, detected_by="инспектор", signs=SECRET, referred_to=ReferredTo.SOCIAL)
    (note,) = eye.desk.store.live(PersonNote, person=home["wife"])
    assert (note.matter, note.visibility) == (NoteKind.VICTIM, Visibility.RESTRICTED)
    assert SECRET in note.text and SECRET not in words_in(eye.content())


def test_the_right_is_given_in_the_window(eye, home):
    notes_of(eye, home["wife"]).right.click()
    fill(eye, login="protector")
    assert [one.login for one in notes.readers(eye.desk)] == ["protector"]


# --- children who came alone -------------------------------------------------------------------------


def minor_of(eye, uid: str) -> MinorPart:
    content = eye.file(Kind.PERSON, uid)
    if isinstance(content, ClosedChild):
        content.open()
        content = eye.content()
    content.tabs.open("family")
    return content.findChild(MinorPart)


def test_a_child_is_marked_gets_a_guardian_and_is_traced(eye):
    rights.give_right(eye.desk, "protector")
    protector = open_desk(eye.desk.home, clock=Clock(DAY), operator="protector")
    rights.give_right(protector, eye.desk.operator)
    protector.close()
    child = person(eye.desk, "Дана", PartialDate(2015, 1, 1), Sex.FEMALE, patronymic="Мәдиқызы")
    kin = person(eye.desk, "Мәди", PartialDate(1985, 1, 1))
    minor_of(eye, child).mark.click()
    fill(eye, guardian=kin)
    found = minors.of_person(eye.desk, child)
    assert found and found.guardian == kin
    part = minor_of(eye, child)
    assert "Мәди" not in words_in(part)
    part.open.click()
    assert "Мәди" in words_in(part) + " ".join(one.text() for one in part.findChildren(Link))
    assert [one.person for one in eye.desk.store.live(NoteViewing)] == [child, child]
    part.trace.click()
    assert "Мәди" in " ".join(one.text() for one in part.findChildren(Link))
    part.end.click()
    fill(eye, until=DAY)
    assert minors.of_person(eye.desk, child) is None


def test_without_the_right_only_the_flag_is_seen_and_who_may_open_the_rest(eye):
    rights.give_right(eye.desk, "protector")
    child = person(eye.desk, "Дана", PartialDate(2015, 1, 1), Sex.FEMALE, patronymic="Мәдиқызы")
    kin = person(eye.desk, "Мәди", PartialDate(1985, 1, 1))
    minors.say(eye.desk, Unaccompanied(person=child, since=DAY, guardian=kin, basis="№ 77"))
    content = eye.file(Kind.PERSON, child)
    assert isinstance(content, ClosedChild)
    seen = words_in(eye.content()) + " ".join(one.text() for one in eye.content().findChildren(Link))
    assert "protector" in seen and "Дана" in seen and "№ 77" not in seen and "Мәди\n" not in seen
    eye.window.work.edit_wanted.emit(Target(Kind.PERSON, child))
    assert not eye.window.findChildren(FormDialog)
    assert_all_named(eye.content())
    assert_nothing_clipped(eye.content())


def test_nothing_is_said_of_a_grown_person(eye, home):
    content = eye.file(Kind.PERSON, home["father"])
    content.tabs.open("family")
    assert content.findChild(MinorPart) is None


def test_the_band_says_that_a_child_is_alone(eye):
    child = person(eye.desk, "Дана", PartialDate(2015, 1, 1), Sex.FEMALE)
    minors.say(eye.desk, Unaccompanied(person=child, since=DAY))
    pills = eye.file(Kind.PERSON, child).band.findChildren(PillLabel)
    assert "minor, restricted" in [one.accessibleName() for one in pills]


# --- dependants --------------------------------------------------------------------------------------


def test_the_question_names_whom_a_change_of_a_permit_touches(eye, home):
    made = []
    for who in ("father", "wife"):
        draft = Permit(kind="rvp", person=home[who], valid_from=DAY, valid_until=DAY + timedelta(300))
        made.append(permits.issue(eye.desk, draft).value)
    eye.file(Kind.PERMIT, made[0].uid)
    ask_revocation(eye.window.work, made[0])
    dialog = eye.dialog()
    assert made[1].number in "".join(dialog._question.more.lines)
    assert_nothing_clipped(dialog)


def test_those_ticked_are_extended_along(eye, home):
    made = []
    for who in ("father", "wife", "son"):
        draft = Permit(kind="rvp", person=home[who], valid_from=DAY, valid_until=DAY + timedelta(300))
        made.append(permits.issue(eye.desk, draft).value)
    eye.file(Kind.PERMIT, made[0].uid)
    ask_extension(eye.window.work, made[0])
    dialog = eye.dialog()
    ticks = dialog._question.more.ticks
    assert [tick.isChecked() for tick in ticks.values()] == [False, False]
    ticks[made[1].uid].setChecked(True)
    assert_all_named(dialog)
    until = DAY + timedelta(600)
    fill(eye, until=until)
    granted = eye.desk.store.live(Permit, valid_until=until)
    assert {one.person for one in granted} == {home["father"], home["wife"]}
    assert "Extended along" in eye.told() and "Тоқсанбай Сауле" in eye.told()


def test_a_second_spouse_is_told_before_the_save_and_may_be_saved(eye, home):
    other = person(eye.desk, "Айша", PartialDate(1984, 1, 1), Sex.FEMALE)
    run(open_family(eye, home), "family.join")
    dialog = eye.dialog()
    dialog.form.set_values({"person": other, "relation": "spouse", "on": DAY})
    dialog._foretell()
    eye.dialog()
    assert "has a spouse already" in dialog.foretold.words()
    fill(eye, person=other, relation="spouse")
    assert len(families.members_on(eye.desk, home["family"], DAY)) == 5


def test_a_person_in_two_families_is_shown_both_and_asked_to_choose(eye, home):
    mother = person(eye.desk, "Айша", PartialDate(1960, 1, 1), Sex.FEMALE)
    twin = person(eye.desk, "Болат", PartialDate(1980, 2, 1))
    family_events.join(eye.desk, Joining(mother, "mother", DAY, head=twin))
    merging.merge(eye.desk, home["father"], twin)
    content = eye.file(Kind.PERSON, home["father"])
    content.tabs.open("family")
    assert len(content.findChildren(Household)) == 2
    assert "heads 2 families" in words_in(content)
    family = open_family(eye, home)
    assert "heads 2 families" in words_in(family) and "Айша" in words_in(family)
    assert_nothing_clipped(family)


def test_nobody_is_named_where_nobody_is_touched(eye, home):
    draft = Permit(kind="rvp", person=home["father"], valid_from=DAY, valid_until=DAY + timedelta(300))
    alone = permits.issue(eye.desk, draft).value
    eye.file(Kind.PERMIT, alone.uid)
    ask_revocation(eye.window.work, alone)
    assert eye.dialog()._question.more is None


def test_a_wrong_relation_and_a_wrong_day_are_corrected_in_the_window(eye, home, qtbot):
    """The window had no way: a second joining was refused, and leaving wrote a false event."""
    run(open_family(eye, home), "family.correct")
    question = eye.dialog()
    question.form.set_values({"person": home["son"], "relation": "ward", "since": date(2021, 3, 4)})
    question.save()
    qtbot.waitUntil(lambda: eye.desk.store.live(Membership, person=home["son"])[0].relation == "ward")
    place = eye.desk.store.live(Membership, person=home["son"])[0]
    assert (place.since, place.until) == (date(2021, 3, 4), None)


def test_who_was_never_in_the_family_is_annulled_in_the_window(eye, home, qtbot):
    run(open_family(eye, home), "family.annul")
    question = eye.dialog()
    question.form.set_values({"person": home["daughter"], "annulled_why": "Аттас"})
    question.save()
    qtbot.waitUntil(lambda: not eye.desk.store.live(Membership, person=home["daughter"]))
    assert len(families.open_family(eye.desk, home["family"]).members) == 3
