"""Everybody sees that a child came alone; guardian and tracing only those with the right, and it is journalled."""

from __future__ import annotations

from dataclasses import replace

import pytest

from migdesk.domain.arrival import Arrival
from migdesk.domain.change import Op
from migdesk.domain.dates import PartialDate
from migdesk.domain.errors import NotFound, Refused
from migdesk.domain.listing import Filter, Query, Test
from migdesk.domain.person import Person, Sex
from migdesk.domain.protection import NoteViewing, Unaccompanied
from migdesk.services import listing, records
from migdesk.services.desk import Clock, open_desk
from migdesk.services.families import family_events, minors, tracing
from migdesk.services.families.family_events import Joining
from migdesk.services.laws import explaining
from migdesk.services.people import attachments, merging, people, shielded
from migdesk.services.upkeep import journal, rights
from migdesk.services.workbooks import exporting
from tests import make, scans

DAY = make.TODAY
SECRET = "қамқорлық-шешімі-77"
KEEPER = "Қамқорова"


@pytest.fixture
def desk(tmp_path):
    opened = make.desk(tmp_path)
    yield opened
    opened.close()


def child(desk, **given) -> str:
    values = {"given": "Нұрлан", "surname": "Серіков", "patronymic": "Болатұлы", "sex": Sex.MALE}
    born = {"birth_date": PartialDate(2014, 4, 4), "surname_latin": "", "given_latin": ""}
    return people.save_person(desk, make.person(**{**values, **born, **given})).value.uid


@pytest.fixture
def guarded(desk) -> dict[str, str]:
    """A child with a guardian, written by somebody who may not read it; only `protector` may."""
    rights.give_right(desk, "protector")
    guardian = people.save_person(desk, make.person(surname=KEEPER)).value.uid
    uid = child(desk)
    entry = Unaccompanied(person=uid, since=DAY, guardian=guardian, basis=SECRET)
    return {"child": uid, "guardian": guardian, "entry": minors.say(desk, entry).value.uid}


@pytest.fixture
def protector(desk, guarded):
    opened = open_desk(desk.home, clock=Clock(DAY), operator="protector")
    yield opened
    opened.close()


def test_everybody_sees_that_the_child_is_alone_and_who_may_open_the_rest(desk, guarded):
    seen = minors.look(desk, guarded["child"])
    assert seen and not seen.may_open
    assert [one.login for one in seen.readers] == ["protector"]
    assert minors.look(desk, guarded["guardian"]) is None


@pytest.mark.parametrize("door", [minors.open_details, tracing.trace])
def test_without_the_right_guardian_and_tracing_stay_closed(desk, guarded, door):
    before = len(journal.entries(desk))
    with pytest.raises(Refused) as refused:
        door(desk, guarded["child"])
    assert "protector" in refused.value.words() and KEEPER not in refused.value.words()
    assert len(journal.entries(desk)) == before


def test_with_the_right_it_is_opened_and_the_journal_says_so(protector, guarded):
    found = minors.open_details(protector, guarded["child"]).value
    assert (found.entry.basis, found.guardian) == (SECRET, f"{KEEPER} Айгүл")
    assert [one.login for one in protector.store.live(NoteViewing, person=guarded["child"])] == ["protector"]
    assert journal.entries(protector)[0].op is Op.VIEW_NOTES
    assert tracing.trace(protector, guarded["child"]) == []


def test_who_is_not_alone_has_nothing_to_open(protector, guarded):
    with pytest.raises(NotFound):
        minors.open_details(protector, guarded["guardian"])


def test_tracing_for_anybody_else_needs_no_right(desk, guarded):
    other = child(desk, given="Асан", birth_date=PartialDate(2010, 1, 1))
    assert guarded["child"] in [one.person.uid for one in tracing.trace(desk, other)]


@pytest.mark.parametrize("name", listing.NAMES)
def test_lists_and_exports_say_only_that_it_is_restricted(desk, guarded, tmp_path, name):
    target = tmp_path / f"{name}.json"
    exporting.export_list(desk, Query(name), target)
    written = target.read_text(encoding="utf-8")
    assert SECRET not in written
    rows = [line for line in written.splitlines() if KEEPER in line]
    assert not any("Серіков" in line for line in rows)


def test_the_list_of_people_shows_the_flag(desk, guarded):
    opened = listing.open_list(desk, Query("people"))
    at = [one.key for one in opened.columns].index("protection")
    shown = {row[at] for row in opened.rows(opened.first(10))}
    assert shown == {"minor", None}


def test_the_search_does_not_find_the_act(desk, guarded):
    assert people.find_people(desk, SECRET) == []
    assert [one.person.uid for one in people.find_people(desk, KEEPER)] == [guarded["guardian"]]


def test_the_journal_of_the_window_and_the_uid_do_not_say_it(desk, protector, guarded):
    entry = next(one for one in journal.entries(desk) if one.op is Op.SAVE_GUARDIAN)
    assert [one.fields for one in records.open_op(desk, entry.uid).changes] == [()]
    assert KEEPER not in entry.words
    with pytest.raises(NotFound):
        explaining.explain(desk, guarded["entry"])
    told = records.open_op(protector, entry.uid).changes[0].fields
    assert KEEPER in str([one.after for one in told])


def test_the_file_of_the_guardian_does_not_say_whom_he_answers_for(desk, protector, guarded):
    told = [one.op for one in explaining.entries_about(desk, guarded["guardian"])]
    assert Op.SAVE_GUARDIAN not in told
    twin = people.save_person(desk, make.person(surname="Камкорова")).value.uid
    rows = merging.put_side_by_side(desk, guarded["guardian"], twin).rows[0]
    assert Unaccompanied not in rows
    assert Unaccompanied in merging.put_side_by_side(protector, guarded["guardian"], twin).rows[0]
    merging.merge(desk, twin, guarded["guardian"])
    assert minors.open_details(protector, guarded["child"]).value.entry.guardian == twin
    merging.separate(desk, guarded["guardian"])
    assert minors.open_details(protector, guarded["child"]).value.entry.guardian == guarded["guardian"]


def test_a_note_that_nobody_could_open_it_is_told(desk):
    done = minors.say(desk, Unaccompanied(person=child(desk), since=DAY))
    assert [one.code for one in done.findings] == ["no_guardian", "no_reader"]


def test_the_end_of_it_opens_the_file_again(desk, guarded):
    minors.say(desk, Unaccompanied(person=guarded["child"], since=DAY, until=DAY))
    assert minors.look(desk, guarded["child"]) is None
    father = child(desk, given="Болат", patronymic="", birth_date=PartialDate(1985, 1, 1))
    family_events.join(desk, Joining(guarded["child"], "son", DAY, head=father))
    assert tracing.trace(desk, guarded["child"]) == []
    assert desk.store.get(Person, guarded["child"]).uid == guarded["child"]


def masked_cells(desk, name: str) -> dict[str, object]:
    opened = listing.open_list(desk, Query(name))
    rows = opened.rows(opened.first(10))
    at = [one.key for one in opened.columns]
    [row] = [row for row in rows if "Серіков" in str(row[at.index("name")])]
    return dict(zip(at, row, strict=True))


def test_lists_do_not_say_where_the_child_is_and_its_row_stays(desk, protector, guarded):
    """Address, host and phone are masked, and cannot be guessed by a filter or the guests of a host."""
    known = desk.store.get(Person, guarded["child"])
    people.save_person(desk, replace(known, phone="+7 701 000 11 22"))
    host, home = make.host(), make.address()
    with desk.write(Op.SAVE_PERSON) as tx:
        host, home = tx.put(host), tx.put(home)
        tx.put(
            Arrival(
                person=guarded["child"], host=host.uid, address=home.uid, arrived_on=DAY, purpose="private"
            )
        )
    assert masked_cells(desk, "people")["phone"] == "***"
    assert [masked_cells(desk, "arrivals")[one] for one in ("place", "host")] == ["***", "***"]
    assert masked_cells(protector, "people")["phone"] == "+7 701 000 11 22"
    assert masked_cells(protector, "arrivals")["host"] == host.name
    for asked in (
        Query("arrivals", (Filter("host_uid", Test.IS, host.uid),)),
        Query("people", (Filter("phone", Test.CONTAINS, "000 11"),)),
    ):
        assert [listing.open_list(one, asked).count() for one in (desk, protector)] == [0, 1]


def test_the_file_is_opened_by_who_has_the_right_and_the_journal_says_so(desk, protector, guarded):
    with pytest.raises(Refused) as refused:
        shielded.open_child(desk, guarded["child"])
    assert "protector" in refused.value.words()
    shielded.open_child(protector, guarded["child"])
    assert [one.login for one in protector.store.live(NoteViewing, person=guarded["child"])] == ["protector"]


def test_scans_and_changes_of_the_child_are_closed(desk, protector, guarded, tmp_path):
    scan = attachments.look_at(scans.picture(), "page.jpg")
    [kept] = attachments.attach(desk, guarded["child"], [scan], "other").value
    assert attachments.list_of(desk, guarded["child"]) == []
    with pytest.raises(Refused):
        attachments.save_to(desk, kept.uid, tmp_path / "page.jpg")
    assert attachments.list_of(protector, guarded["child"]) == [kept]
    made = next(one for one in journal.entries(desk) if one.op is Op.ATTACH)
    assert [one.fields for one in records.open_op(desk, made.uid).changes] == [()]
    assert records.open_op(protector, made.uid).changes[0].fields
