"""A merge names what it leaves double before it is done, settles what it can, and everything comes back."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from migdesk.domain.arrival import Arrival, Stay
from migdesk.domain.dates import PartialDate
from migdesk.domain.errors import Invalid, Refused
from migdesk.domain.permit import Permit
from migdesk.domain.person import Membership, Person, Sex
from migdesk.rules.presence import days_of, unite
from migdesk.services.arrivals.arrivals import ArrivalDraft, Member, register_arrival
from migdesk.services.families import families, family_events
from migdesk.services.families.family_events import Joining, Leaving, Reuniting
from migdesk.services.people import merging, people
from migdesk.services.permits import permits
from migdesk.services.stays import crossings, status
from migdesk.services.upkeep import journal
from migdesk.store import terms
from migdesk.store.links import linked
from tests import make

DAY = make.TODAY


@pytest.fixture
def desk(tmp_path):
    opened = make.desk(tmp_path)
    yield opened
    opened.close()


def arrive(desk, given: dict | None = None, document: dict | None = None, **arrival) -> str:
    member = Member(make.person(**(given or {})), (make.document(**(document or {})),))
    line = arrival.pop("line", "Абай 1")
    draft = ArrivalDraft((member,), make.arrival(**arrival), make.address(line=line))
    return register_arrival(desk, draft, duplicates=False).value.people[0].uid


def alone(desk, name: str, born: int = 1990, sex: Sex = Sex.FEMALE, **more) -> str:
    given = {"given": name, "given_latin": "", "surname": "Оспан", "surname_latin": "", "sex": sex, **more}
    return people.save_person(desk, make.person(birth_date=PartialDate(born, 1, 1), **given)).value.uid


@pytest.fixture
def two(desk) -> tuple[str, str]:
    """One woman twice: at one address since the 20th, at another since the 22nd."""
    return arrive(desk), arrive(
        desk, arrived_on=date(2026, 11, 22), entered_on=date(2026, 11, 21), line="Абай 2"
    )


def open_of(desk, person: str) -> list[Arrival]:
    return desk.store.live(Arrival, person=person, left_on=None)


def rows(desk, uid: str) -> Counter:
    return Counter((row.table, row.is_annulled) for row in linked(desk.store, "person", uid))


def told(desk, *two: str) -> dict[str, str]:
    return {one.code: one.words() for one in merging.check_merge(desk, *two)}


# --- open arrivals -----------------------------------------------------------------------------------


def test_two_open_arrivals_are_settled_first(desk, two):
    numbers = [open_of(desk, uid)[0].number for uid in two]
    with pytest.raises(Invalid) as asked:
        merging.merge(desk, *two)
    (finding,) = asked.value.findings
    assert (finding.code, finding.field) == ("merge.open_arrivals", "stays_open")
    assert all(number in finding.words() for number in numbers)
    assert "20.11.2026" in finding.words() and "22.11.2026" in finding.words()
    assert not desk.store.get(Person, two[1]).is_annulled


@pytest.mark.parametrize("chosen", [0, 1])
@pytest.mark.parametrize("named", ["uid", "number"])
def test_one_stays_open_and_its_terms_are_not_doubled(desk, two, chosen, named):
    both = [open_of(desk, uid)[0] for uid in two]
    done = merging.merge(desk, *two, stays_open=getattr(both[chosen], named))
    assert [one.uid for one in open_of(desk, two[0])] == [both[chosen].uid]
    assert {one.record_uid for one in terms.terms_of(desk.store, two[0])} == {both[chosen].uid}
    other = desk.store.get(Arrival, both[1 - chosen].uid)
    assert (other.annulled_why, other.person, other.left_on) == ("same_stay", two[0], None)
    words = next(one.words() for one in done.findings if one.code == "merge.open_arrivals")
    assert f"{both[chosen].number} stays open" in words


def test_one_arrival_entered_twice_needs_no_choice_and_the_fuller_stays(desk):
    keep, other = arrive(desk), arrive(desk, notified_on=date(2026, 11, 22))
    full = open_of(desk, other)[0]
    merging.merge(desk, keep, other)
    assert [one.uid for one in open_of(desk, keep)] == [full.uid]


def test_what_is_none_of_the_open_arrivals_is_refused(desk, two):
    with pytest.raises(Invalid) as wrong:
        merging.merge(desk, *two, stays_open="PVL-2026-999999")
    assert [one.code for one in wrong.value.findings] == ["merge.not_offered"]


@pytest.mark.parametrize("back", ["separate", "undo"])
def test_everything_comes_back(desk, two, back):
    before = [rows(desk, uid) for uid in two]
    people_before = [replace(desk.store.get(Person, uid), rev=0) for uid in two]
    merging.merge(desk, *two, stays_open=open_of(desk, two[0])[0].uid)
    if back == "undo":
        journal.undo_last(desk)
    else:
        merging.separate(desk, two[1])
    assert [rows(desk, uid) for uid in two] == before
    assert [replace(desk.store.get(Person, uid), rev=0) for uid in two] == people_before
    assert [len(open_of(desk, uid)) for uid in two] == [1, 1]


# --- crossings ---------------------------------------------------------------------------------------


def test_a_crossing_in_both_files_is_kept_once_and_one_over_another_is_told(desk):
    keep, other = alone(desk, "Ана"), alone(desk, "Анна")
    for uid in (keep, other):
        crossings.register_crossing(
            desk, Stay(person=uid, entered_on=date(2026, 8, 1), left_on=date(2026, 8, 10))
        )
    crossings.register_crossing(
        desk, Stay(person=keep, entered_on=date(2026, 9, 1), left_on=date(2026, 9, 20))
    )
    crossings.register_crossing(
        desk, Stay(person=other, entered_on=date(2026, 9, 10), left_on=date(2026, 9, 25))
    )
    found = told(desk, keep, other)
    assert "01.08.2026–10.08.2026" in found["merge.same_crossing"]
    assert "01.09.2026–20.09.2026" in found["merge.crossings"]
    assert "10.09.2026–25.09.2026" in found["merge.crossings"]
    merging.merge(desk, keep, other)
    stays = desk.store.live(Stay, person=keep, order="entered_on")
    assert [one.entered_on for one in stays] == [date(2026, 8, 1), date(2026, 9, 1), date(2026, 9, 10)]
    question = status.stay_question(desk, people.open_file(desk, keep), (), DAY)
    days = days_of(unite(question.crossings), DAY)
    assert sum((last - first).days + 1 for first, last in days) == 10 + 25
    wrong = next(one for one in stays if one.entered_on == date(2026, 9, 10))
    crossings.annul_crossing(desk, wrong.uid, "жазу қатесі")
    crossings.correct_crossing(desk, replace(stays[0], left_on=date(2026, 8, 12)))
    merging.separate(desk, other)
    assert [one.entered_on for one in desk.store.live(Stay, person=other)] == [date(2026, 8, 1)]


def test_the_crossing_of_the_arrival_that_stays_open_is_the_one_kept(desk):
    keep, other = arrive(desk), arrive(desk, line="Абай 2")
    chosen = open_of(desk, other)[0]
    merging.merge(desk, keep, other, stays_open=chosen.uid)
    assert [one.arrival for one in desk.store.live(Stay, person=keep)] == [chosen.uid]


# --- families ----------------------------------------------------------------------------------------


@pytest.fixture
def headed(desk) -> dict[str, str]:
    """One man twice, each time the head of a family with a wife."""
    names = {
        "keep": alone(desk, "Ерлан", 1980, Sex.MALE),
        "other": alone(desk, "Ерлан", 1980, Sex.MALE),
        "wife": alone(desk, "Сауле", 1982),
        "second": alone(desk, "Айша", 1984),
        "child": alone(desk, "Аяла", 2012),
    }
    family_events.join(desk, Joining(names["wife"], "spouse", DAY, head=names["keep"]))
    made = family_events.join(desk, Joining(names["second"], "spouse", DAY, head=names["other"])).value
    family_events.join(desk, Joining(names["child"], "daughter", DAY, made.family or ""))
    return names


def test_two_families_and_two_spouses_are_told_and_both_stay_in_reach(desk, headed):
    found = told(desk, headed["keep"], headed["other"])
    assert "Оспан Сауле" in found["merge.families"] and "Оспан Аяла" in found["merge.families"]
    assert "Оспан Сауле" in found["merge.spouses"] and "Оспан Айша" in found["merge.spouses"]
    merging.merge(desk, headed["keep"], headed["other"])
    file = families.open_family(desk, headed["keep"])
    reached = {file.family.uid, *(one.uid for one in file.also)}
    assert len(reached) == 2
    assert [one.code for one in file.findings] == ["family.heads_several"]
    for uid in reached:
        assert len(families.open_family(desk, uid).also) == 1


def test_two_families_of_one_head_become_one(desk, headed):
    merging.merge(desk, headed["keep"], headed["other"])
    first, second = (one.uid for one in families.families_of(desk, headed["keep"]))
    done = family_events.reunite(desk, Reuniting(first, second, "", DAY))
    assert "kin.second_spouse" in {one.code for one in done.findings}
    file = families.open_family(desk, first)
    assert sorted(place.relation for place, _one in file.members) == ["daughter", "head", "spouse", "spouse"]
    assert (file.also, file.findings) == ((), ())
    family_events.leave(desk, Leaving(first, headed["wife"], DAY))
    journal.undo_last(desk)
    journal.undo_last(desk)
    journal.undo_last(desk)
    assert len(families.open_family(desk, headed["keep"]).members) == 2


def test_husband_and_wife_in_one_family_are_asked_about(desk, headed):
    assert "spouse" in told(desk, headed["keep"], headed["wife"])["merge.one_family"]


def test_a_parent_is_not_merged_into_the_child(desk, headed):
    with pytest.raises(Refused) as refused:
        merging.merge(desk, headed["child"], headed["other"])
    assert [one.code for one in refused.value.findings] == ["merge.own_parent"]
    assert len(desk.store.live(Membership, person=headed["child"])) == 1


# --- documents, permits ------------------------------------------------------------------------------


def test_another_main_document_is_told_with_the_reason(desk):
    keep = arrive(desk, document={"number": "AA1111111", "issued_on": date(2019, 1, 1)})
    other = arrive(desk, document={"number": "BB2222222", "issued_on": date(2024, 1, 1)})
    words = told(desk, keep, other)["merge.document"]
    assert "BB2222222" in words and "AA1111111" in words and "01.01.2024" in words
    assert "merge.document" not in told(desk, other, keep)
    merging.merge(desk, keep, other)
    document = people.open_file(desk, keep).document
    assert document and document.number == "BB2222222"


def test_permits_of_one_kind_are_told(desk, two):
    dates = {"valid_from": date(2026, 11, 1), "valid_until": date(2027, 10, 31)}
    numbers = [permits.issue(desk, Permit(kind="rvp", person=uid, **dates)).value.number for uid in two]
    words = next(one.words() for one in merging.check_merge(desk, *two) if one.code == "merge.permits")
    assert all(number in words for number in numbers)


def test_two_files_with_nothing_double_are_merged_without_a_word(desk):
    keep, other = arrive(desk), alone(desk, "Айгүл")
    assert merging.check_merge(desk, keep, other) == []
    assert merging.merge(desk, keep, other).findings == ()
