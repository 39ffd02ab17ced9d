"""Two files become one and two again; no linked row is lost on either way."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from migdesk.domain.change import Op
from migdesk.domain.dates import PartialDate
from migdesk.domain.errors import Cancelled, Invalid, NotFound, Refused
from migdesk.domain.person import Distinct, Family, Membership, Person, TravelDocument
from migdesk.domain.scan import Attachment
from migdesk.services.arrivals import arrivals
from migdesk.services.arrivals.arrivals import ArrivalDraft, Member
from migdesk.services.people import duplicates, merging, people
from migdesk.services.progress import Progress
from migdesk.services.sample import register
from migdesk.services.upkeep import journal
from migdesk.store.links import linked
from tests import make


@pytest.fixture
def desk(tmp_path):
    opened = make.desk(tmp_path)
    yield opened
    opened.close()


def _arrive(desk, person, document=None) -> str:
    member = Member(person, (document or make.document(),), apart=True)
    draft = ArrivalDraft(members=(member,), arrival=make.arrival(), address=make.address(), host=make.host())
    arrivals.register_arrival(desk, draft)
    found = duplicates_of(desk, person.surname_latin)
    return found[-1]


def duplicates_of(desk, surname) -> list[str]:
    return [one.uid for one in desk.store.live(Person) if one.surname_latin == surname]


@pytest.fixture
def two(desk) -> tuple[str, str]:
    """The same woman twice: once with her patronymic and phone, once as another reader wrote her."""
    keep = _arrive(desk, make.person(patronymic="Болатқызы"))
    other = _arrive(
        desk,
        make.person(
            surname="Касимова", surname_latin="KASIMOVA", phone="+7 700 000 00 02", iin="900517400015"
        ),
    )
    return keep, other


def _rows(desk, uid) -> Counter[str]:
    return Counter(row.table for row in linked(desk.store, "person", uid))


def test_every_row_of_both_files_hangs_on_the_one_that_stays(desk, two):
    keep, other = two
    before = _rows(desk, keep) + _rows(desk, other)
    merging.merge(desk, keep, other)
    after = _rows(desk, keep)
    after["person"] -= 1
    assert +after == before
    assert not _rows(desk, other)


def test_the_file_takes_what_it_lacks_and_what_is_chosen(desk, two):
    keep, other = two
    joined = merging.merge(desk, keep, other, {"surname_latin"}).value
    assert (joined.phone, joined.iin, joined.patronymic) == ("+7 700 000 00 02", "900517400015", "Болатқызы")
    assert (joined.surname, joined.surname_latin) == ("Қасымова", "KASIMOVA")


@pytest.mark.parametrize("typed", ["Касимова", "KASSYMOVA", "Қасымова", "900517400015"])
def test_the_search_finds_it_by_either_spelling_and_once(desk, two, typed):
    keep, other = two
    merging.merge(desk, keep, other, {"surname_latin"})
    assert [one.person.uid for one in people.find_people(desk, typed)] == [keep]


def test_the_old_uid_still_opens_the_file(desk, two):
    keep, other = two
    merging.merge(desk, keep, other)
    assert people.get_person(desk, other).uid == keep


def test_two_numbers_are_two_people(desk, two):
    keep, other = two
    desk_person = desk.store.get(Person, keep)
    people.save_person(desk, replace(desk_person, iin="900517400025"))
    with pytest.raises(Refused):
        merging.merge(desk, keep, other)
    with pytest.raises(Refused):
        merging.merge(desk, keep, keep)


def test_a_merge_is_taken_back_as_one_op(desk, two):
    keep, other = two
    before = _rows(desk, keep), _rows(desk, other), desk.store.live(Person)
    merging.merge(desk, keep, other)
    journal.undo_last(desk)
    assert (_rows(desk, keep), _rows(desk, other)) == before[:2]
    assert [replace(one, rev=0) for one in desk.store.live(Person)] == [
        replace(one, rev=0) for one in before[2]
    ]


def test_much_later_two_files_again_and_what_came_since_is_shared_out(desk, two):
    keep, other = two
    rows = _rows(desk, keep), _rows(desk, other)
    merging.merge(desk, keep, other, {"surname_latin"})
    _edit(desk, keep, phone="+7 700 000 00 99")
    family = _edit_family(desk, keep)
    for_other = make.document(number="ZZ7777777")
    people.save_person(desk, desk.store.get(Person, keep), for_other)

    seen = merging.look_apart(desk, other)
    assert {row.table for row in seen.later} == {"family", "membership", "document"}
    assert [(edit.spec.name, edit.was, edit.now) for edit in seen.edits] == [
        ("phone", "+7 700 000 00 02", "+7 700 000 00 99")
    ]

    paper = next(row for row in seen.later if row.table == "document")
    merging.separate(desk, other, {paper.uid})
    kept, back = desk.store.get(Person, keep), desk.store.get(Person, other)
    assert (kept.surname_latin, kept.iin, kept.phone) == ("KASSYMOVA", "", "+7 700 000 00 99")
    assert (back.surname_latin, back.iin, back.is_annulled) == ("KASIMOVA", "900517400015", False)
    assert desk.store.get(Family, family).head == keep
    assert _rows(desk, other) == rows[1] + Counter(document=1)
    assert people.get_person(desk, other).uid == other
    with pytest.raises(NotFound):
        merging.look_apart(desk, other)


def test_an_edit_since_may_go_to_the_file_that_comes_back(desk, two):
    keep, other = two
    merging.merge(desk, keep, other)
    _edit(desk, keep, phone="+7 700 000 00 99", email="a@example.org", job="teacher")
    assert {edit.spec.name for edit in merging.look_apart(desk, other).edits} == {"phone", "email", "job"}
    merging.separate(desk, other, fields={"phone", "email"})
    kept, back = desk.store.get(Person, keep), desk.store.get(Person, other)
    assert (kept.phone, kept.email, kept.job) == ("", "", "teacher")
    assert (back.phone, back.email, back.job) == ("+7 700 000 00 99", "a@example.org", "")


def test_an_edit_of_the_other_names_is_not_lost(desk, two):
    keep, other = two
    merging.merge(desk, keep, other)
    _edit(desk, keep, other_names="Сапарова")
    merging.separate(desk, other)
    assert desk.store.get(Person, keep).other_names == "Сапарова"


@pytest.mark.parametrize("given", [{"give": {"nobody"}}, {"fields": {"phone"}}])
def test_only_what_came_since_can_be_given_back(desk, two, given):
    keep, other = two
    merging.merge(desk, keep, other)
    with pytest.raises(NotFound):
        merging.separate(desk, other, **given)
    assert desk.store.get(Person, other).merged_into == keep


@pytest.mark.parametrize("first_back", ["middle", "first"])
def test_a_file_merged_twice_over_gets_its_own_rows_back(desk, two, first_back):
    """A into B, B into C: whoever comes back first, everybody has what was his."""
    middle, first = two
    last = _arrive(desk, make.person(birth_date=PartialDate(1990, 5, 18)))
    persons = [desk.store.get(Person, uid) for uid in (first, middle, last)]
    before = [_rows(desk, uid) for uid in (first, middle, last)]
    merging.merge(desk, middle, first)
    merging.merge(desk, last, middle)
    assert {one.gone.uid for one in merging.list_merged(desk, last)} == {first, middle}
    order = (middle, first) if first_back == "middle" else (first, middle)
    for uid in order:
        merging.separate(desk, uid)
    assert [_rows(desk, uid) for uid in (first, middle, last)] == before
    now = [desk.store.get(Person, uid) for uid in (first, middle, last)]
    assert [replace(one, rev=0) for one in now] == [replace(one, rev=0) for one in persons]


def test_who_merged_what_and_when_is_told(desk, two):
    keep, other = two
    assert merging.list_merged(desk, keep) == []
    merging.merge(desk, keep, other)
    (told,) = merging.list_merged(desk, keep)
    assert (told.gone.uid, told.entry.operator) == (other, "tester")
    assert told.entry.at == journal.entries(desk)[0].at


def test_side_by_side_counts_the_rows_and_says_what_stands_against_it(desk, two):
    keep, other = two
    seen = merging.put_side_by_side(desk, keep, other)
    assert {cls.table: number for cls, number in seen.rows[0].items()} == _rows(desk, keep)
    assert (seen.richer, seen.hindrances) == (min(two), ())
    assert [len(papers) for papers in seen.documents] == [1, 1]
    _edit(desk, keep, iin="900517400025")
    people.save_person(desk, desk.store.get(Person, other), make.document(number="XX1231231"))
    seen = merging.put_side_by_side(desk, keep, other)
    assert [one.code for one in seen.hindrances] == ["two_iins"]
    assert seen.richer == other


def _edit(desk, uid, **given) -> None:
    people.save_person(desk, replace(desk.store.get(Person, uid), **given))


def _edit_family(desk, head) -> str:
    with desk.write(Op.REGISTER_ARRIVAL) as tx:
        family = tx.put(Family(head=head))
        tx.put(Membership(family=family.uid, person=head, relation="head"))
    return family.uid


def test_the_same_passport_in_both_files_is_there_once(desk):
    passport = {"number": "N1234567", "issuer": "UZB"}
    keep = _arrive(desk, make.person(), make.document(**passport))
    other = _arrive(desk, make.person(surname_latin="KASIMOVA"), make.document(**passport))
    merging.merge(desk, keep, other)
    assert [one.number for one in desk.store.live(TravelDocument, person=keep)] == ["N1234567"]
    merging.separate(desk, other)
    assert [one.number for one in desk.store.live(TravelDocument, person=other)] == ["N1234567"]


def test_one_family_and_one_photo_in_both_files_are_there_once(desk, two):
    keep, other = two
    family = _edit_family(desk, keep)
    with desk.write(Op.SAVE_PERSON) as tx:
        tx.put(Membership(family=family, person=other, relation="head"))
        for uid in two:
            photo = Attachment(person=uid, name="photo.png", media="image/png", digest="d")
            tx.put(desk.store.get(Person, uid), photo=tx.put(photo).uid)
    before = _rows(desk, keep), _rows(desk, other)
    merging.merge(desk, keep, other)
    assert len(desk.store.live(Attachment, person=keep)) == 1
    assert len(desk.store.live(Membership, person=keep)) == 1
    merging.separate(desk, other)
    assert (_rows(desk, keep), _rows(desk, other)) == before
    assert len(desk.store.live(Attachment, person=other)) == 1


def test_two_people_alike_are_not_proposed_again(desk):
    one = _arrive(desk, make.person())
    other = _arrive(desk, make.person(birth_date=PartialDate(1990, 5, 18)))
    one, other = duplicates_of(desk, "KASSYMOVA")
    assert [{pair.one.uid, pair.other.uid} for pair in duplicates.find_pairs(desk)] == [{one, other}]
    merging.say_distinct(desk, other, one, "Сестры: свидетельства о рождении")
    assert duplicates.find_pairs(desk) == []
    assert people.likely_same(desk, desk.store.get(Person, one)) == []


def test_it_is_said_how_it_was_found_out(desk, two):
    with pytest.raises(Invalid):
        merging.say_distinct(desk, *two, " ")


def test_nobody_is_another_than_himself(desk, two):
    keep, other = two
    with pytest.raises(Refused):
        merging.say_distinct(desk, keep, keep, "Сестры")
    merging.say_distinct(desk, keep, other, "Сестры")
    merging.merge(desk, keep, other)
    assert desk.store.live(Distinct) == []
    merging.separate(desk, other)
    (said,) = desk.store.live(Distinct)
    assert {said.one, said.other} == {keep, other}


def test_a_crowd_of_files_alike_does_not_crowd_out_the_others(desk):
    for _time in range(9):
        _arrive(desk, make.person(birth_date=PartialDate(1990, 5, 17)))
    _arrive(desk, make.person(surname="Оспанов", surname_latin="OSPANOV", given="Болат", given_latin="BOLAT"))
    _arrive(desk, make.person(surname="Оспанов", surname_latin="OSPANOV", given="Болат", given_latin="BOLAT"))
    pairs = duplicates.find_pairs(desk, limit=100)
    named = Counter(pair.one.surname for pair in pairs)
    assert named["Оспанов"] == 1
    assert named["Қасымова"] < 36
    partners = Counter(uid for pair in pairs for uid in pair.uids)
    assert min(partners[uid] for uid in duplicates_of(desk, "KASSYMOVA")) >= 5


def test_the_quick_look_leaves_no_pair_out(desk, monkeypatch):
    register.fill(desk, 1500)
    for person in desk.store.live(Person)[:40]:
        people.save_person(
            desk, replace(person, uid="", rev=0, iin="", photo=None, surname=person.surname + "а")
        )
    quick = {(pair.uids, pair.match.score) for pair in duplicates.find_pairs(desk, limit=10_000)}
    monkeypatch.setattr(duplicates, "can_match", lambda _one, _other: True)
    assert len(quick) >= 40
    assert {(pair.uids, pair.match.score) for pair in duplicates.find_pairs(desk, limit=10_000)} == quick


def test_the_quick_look_changes_nothing_for_a_person_being_typed(desk, monkeypatch):
    register.fill(desk, 600)
    typed = [
        (replace(person, uid="", rev=0, iin="", given=person.given[:-1] or person.given), papers)
        for person in desk.store.live(Person)[::12]
        for papers in ((), (make.document(),))
    ]
    quick = [people.likely_same(desk, *one) for one in typed]
    monkeypatch.setattr(people, "can_match", lambda _one, _other: True)
    assert [people.likely_same(desk, *one) for one in typed] == quick
    assert sum(map(len, quick)) >= 50


def test_a_scan_tells_its_steps_and_stops_when_told(desk, two):
    steps = []
    duplicates.find_pairs(desk, progress=Progress(lambda *step: steps.append(step[:2])))
    assert steps == [(0, 4)]
    stopped = Progress()
    stopped.cancelled = True
    with pytest.raises(Cancelled):
        duplicates.find_pairs(desk, progress=stopped)


def test_the_likely_partners_of_one_file(desk, two):
    keep, other = two
    (pair,) = duplicates.pairs_of(desk, keep)
    assert (pair.one.uid, pair.other.uid) == (keep, other)
    assert duplicates.is_open(desk, pair)
    merging.say_distinct(desk, keep, other, "Сестры")
    assert not duplicates.is_open(desk, pair)
    assert duplicates.pairs_of(desk, keep) == []
