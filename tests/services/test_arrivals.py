"""A family at the counter: one op, terms that begin, departures that close."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from migdesk.domain.arrival import Arrival, Departure, DepartureKind, Stay
from migdesk.domain.change import Op
from migdesk.domain.dates import PartialDate
from migdesk.domain.earlier import Earlier, EarlierWay
from migdesk.domain.errors import Invalid, Stale
from migdesk.domain.party import Address, Party
from migdesk.domain.person import Completeness, Person, Sex
from migdesk.services.arrivals import arrivals, departures
from migdesk.services.arrivals.arrivals import ArrivalDraft, Member
from migdesk.services.people import people
from migdesk.services.upkeep import journal
from tests import make

BOTH = Earlier(EarlierWay.BOTH, why="екі үй")


def family(**given):
    members = (
        Member(make.person(), (make.document(),), apart=True),
        Member(
            make.person(
                given="Нұрлан", given_latin="NURLAN", sex=Sex.MALE, birth_date=PartialDate(1988, 1, 2)
            ),
            (make.document(),),
            "spouse",
            apart=True,
        ),
        Member(
            make.person(given="Әли", given_latin="ALI", sex=Sex.MALE, birth_date=PartialDate(2018)),
            (),
            "son",
            apart=True,
        ),
    )
    values = {"members": members, "arrival": make.arrival(), "address": make.address(), "host": make.host()}
    return ArrivalDraft(**{**values, **given})


def codes(findings):
    return {(one.code, one.field) for one in findings}


def test_a_family_is_registered_in_one_op(desk):
    done = arrivals.register_arrival(desk, family())
    assert [one.number for one in done.value.arrivals] == [f"PVL-2026-{n:06d}" for n in (1, 2, 3)]
    assert len({one.address for one in done.value.arrivals}) == 1
    assert len(journal.entries(desk)) == 2
    file = people.open_file(desk, done.value.people[0].uid)
    assert [(one.relation, person.given) for one, person in file.family] == [
        ("head", "Айгүл"),
        ("spouse", "Нұрлан"),
        ("son", "Әли"),
    ]
    assert file.stays[0].entered_on == date(2026, 11, 20)


def test_the_notice_is_due_three_working_days_after_the_day_of_arrival(desk):
    """Arrived on Friday the 20th: Monday, Tuesday, Wednesday."""
    arrival = arrivals.register_arrival(desk, family()).value.arrivals[0]
    assert arrival.notice_due == date(2026, 11, 25)
    assert arrival.registration_due == date(2026, 12, 20)


def test_a_late_notice_is_a_warning_with_its_law(desk):
    done = arrivals.register_arrival(
        desk, family(arrival=make.arrival(arrived_on=date(2026, 11, 2), entered_on=None))
    )
    late = [one for one in done.findings if one.code == "notice.late"]
    assert len(late) == 1
    assert late[0].field == "arrival.notified_on"
    assert "518" in late[0].source.article + late[0].source.act


def test_an_incomplete_file_is_kept_and_marked(desk):
    made = arrivals.register_arrival(desk, family(host=None)).value
    assert {one.state for one in made.arrivals} == {Completeness.INCOMPLETE}
    full = arrivals.register_arrival(
        desk, family(members=(Member(make.person(given="Сәуле", given_latin="SAULE"), (make.document(),)),))
    )
    assert full.value.arrivals[0].state is Completeness.COMPLETE


@pytest.mark.parametrize(
    ("wrong", "finding"),
    [
        ({"arrival": make.arrival(arrived_on=date(2026, 11, 24))}, ("in_future", "arrival.arrived_on")),
        ({"arrival": make.arrival(entered_on=date(2026, 11, 21))}, ("before_start", "arrival.entered_on")),
        ({"arrival": make.arrival(stay_until=date(2026, 11, 1))}, ("before_start", "arrival.stay_until")),
        ({"arrival": make.arrival(purpose="holiday")}, ("unknown_code", "arrival.purpose")),
        ({"address": make.address(place="999999999")}, ("unknown_code", "address.place")),
        ({"host": make.host(number="123")}, ("bad_number", "host.number")),
        ({"members": ()}, ("missing", "members")),
        ({"members": (Member(make.person(citizenship="")),)}, ("missing", "members.0.citizenship")),
        (
            {"members": (Member(make.person(birth_date=PartialDate(2027))),)},
            ("in_future", "members.0.birth_date"),
        ),
        ({"members": (Member(make.person(iin="900101300018")),)}, ("iin.checksum", "members.0.iin")),
        (
            {"members": (Member(make.person()), Member(make.person(given="Б")))},
            ("missing", "members.1.relation"),
        ),
    ],
)
def test_what_is_wrong_is_named_by_field_and_nothing_is_written(desk, wrong, finding):
    with pytest.raises(Invalid) as refused:
        arrivals.register_arrival(desk, family(**wrong))
    assert finding in codes(refused.value.findings)
    assert desk.store.select(Person, "1") == []
    assert desk.store.select(Party, "1") == []


def test_somebody_who_is_here_already_is_noticed(desk):
    arrivals.register_arrival(desk, family())
    latin_only = make.person(surname="", given="", document_name="", patronymic="")
    found = arrivals.check_draft(desk, family(members=(Member(latin_only, (make.document(),)),)))
    assert ("known_person", "members.0") in codes(found)
    apart = (Member(latin_only, (make.document(),), apart=True),)
    assert ("duplicate", "members.0") in codes(arrivals.check_draft(desk, family(members=apart)))
    other = make.person(
        surname="Иванов",
        given="Пётр",
        surname_latin="IVANOV",
        given_latin="PETR",
        birth_date=PartialDate(1960, 2, 3),
    )
    found = arrivals.check_draft(desk, family(members=(Member(other, (make.document(),)),)))
    assert "duplicate" not in {one.code for one in found}


def test_a_known_person_arrives_again_under_the_same_file(desk):
    first = arrivals.register_arrival(desk, family()).value
    file = people.open_file(desk, first.people[0].uid)
    again = ArrivalDraft(
        (Member(file.person, file.documents),), make.arrival(entered_on=None), make.address()
    )
    second = arrivals.register_arrival(desk, again).value
    assert second.people[0].uid == first.people[0].uid
    assert len(people.open_file(desk, first.people[0].uid).arrivals) == 2
    assert len(people.open_file(desk, first.people[0].uid).documents) == 1


def test_a_departure_abroad_closes_the_arrival_and_the_stay(desk):
    made = arrivals.register_arrival(desk, family()).value
    arrival = made.arrivals[0]
    departure = Departure(
        person=arrival.person,
        arrival=arrival.uid,
        kind=DepartureKind.ABROAD,
        left_on=date(2026, 11, 22),
        to_country="UZB",
    )
    departures.register_departure(desk, departure)
    assert desk.store.get(Arrival, arrival.uid).left_on == date(2026, 11, 22)
    assert desk.store.select(Stay, "person = ?", (arrival.person,))[0].left_on == date(2026, 11, 22)
    assert people.open_file(desk, arrival.person).terms == ()
    with pytest.raises(Invalid):
        departures.register_departure(desk, replace(departure, left_on=date(2026, 11, 1)))


def test_a_correction_computes_the_terms_again(desk):
    arrival = arrivals.register_arrival(desk, family()).value.arrivals[0]
    corrected = arrivals.correct_arrival(desk, replace(arrival, arrived_on=date(2026, 11, 23))).value
    assert corrected.notice_due == date(2026, 11, 26)
    with pytest.raises(Stale):
        arrivals.correct_arrival(desk, replace(arrival, note="old copy"))


def test_a_corrected_address_is_that_of_all_who_came_along(desk):
    draft = family(address=make.address(place="551000000"))
    made = arrivals.register_arrival(desk, draft).value.arrivals
    corrected = arrivals.correct_arrival(desk, made[1], make.address(line="Абай к-сі, 7")).value
    now = [desk.store.get(Arrival, one.uid) for one in made]
    assert {one.address for one in now} == {corrected.address}
    assert desk.store.get(Address, corrected.address).line == "Абай к-сі, 7"
    journal.undo_last(desk)
    assert [desk.store.get(Arrival, one.uid).address for one in made] == [one.address for one in made]
    with pytest.raises(Invalid) as refused:
        arrivals.correct_arrival(desk, desk.store.get(Arrival, made[1].uid), make.address(place=""))
    assert "address.place" in [one.field for one in refused.value.findings]


def test_undo_takes_the_whole_family_back(desk):
    made = arrivals.register_arrival(desk, family()).value
    journal.undo_last(desk)
    assert all(desk.store.get(Person, one.uid).is_annulled for one in made.people)
    assert people.find_people(desk, "касымова") == []
    assert (
        arrivals.register_arrival(desk, family(), duplicates=False).value.arrivals[0].number
        == "PVL-2026-000004"
    )


def test_what_was_missing_and_is_added_completes_the_arrival(desk):
    """The list of unfinished arrivals kept those that had been finished."""
    registered = arrivals.register_arrival(desk, family(host=None)).value.arrivals[0]
    assert registered.state is Completeness.INCOMPLETE
    with desk.write(Op.SAVE_PARTY) as tx:
        host = tx.put(make.host())
    corrected = arrivals.correct_arrival(desk, replace(registered, host=host.uid)).value
    assert corrected.state is Completeness.COMPLETE


def left(one, **given):
    values = {"kind": DepartureKind.ABROAD, "left_on": make.TODAY, "to_country": "UZB"}
    return Departure(**{"person": one.person, "arrival": one.uid, **values, **given})


@pytest.mark.parametrize("kind", DepartureKind)
def test_nobody_leaves_twice(desk, kind):
    """The same departure was written again and again; the second one closed nothing."""
    arrival = arrivals.register_arrival(desk, family()).value.arrivals[0]
    first = departures.register_departure(desk, left(arrival, kind=kind)).value
    for again in (left(arrival), left(arrival, kind=kind, arrival=None)):
        with pytest.raises(Invalid) as refused:
            departures.register_departure(desk, again)
        (finding,) = refused.value.findings
        assert finding.code == "left_already"
        assert first.number in finding.words() and "23.11.2026" in finding.words()
    assert len(people.open_file(desk, arrival.person).departures) == 1
    journal.undo_last(desk)
    departures.register_departure(desk, left(arrival, kind=kind))


def test_nobody_leaves_who_is_not_here(desk):
    made = arrivals.register_arrival(desk, family()).value
    one, other = made.arrivals[:2]
    stranger = people.save_person(desk, make.person(given="Әсел", citizenship="KAZ")).value
    for wrong in (
        left(one, person=stranger.uid, arrival=None),
        left(one, person=stranger.uid),
        left(one, arrival=other.uid),
        left(one, arrival="nothing"),
    ):
        with pytest.raises(Invalid) as refused:
            departures.register_departure(desk, wrong)
        assert [finding.code for finding in refused.value.findings] == ["not_here"]
    with pytest.raises(Invalid) as refused:
        departures.register_departure(desk, left(one, left_on=date(2026, 11, 1)))
    assert [finding.code for finding in refused.value.findings] == ["before_start"]


def moved(desk, arrival, **given):
    """The same person at another address."""
    person = desk.store.get(Person, arrival.person)
    member, elsewhere = Member(person, earlier=BOTH), make.address(line="Абай к-сі, 1")
    draft = ArrivalDraft((member,), make.arrival(**given), elsewhere)
    return arrivals.register_arrival(desk, draft).value.arrivals[0]


def test_who_leaves_the_country_leaves_every_address(desk):
    """The other address went on as lived in, and its terms came due."""
    first = arrivals.register_arrival(desk, family()).value.arrivals[0]
    second = moved(desk, first, entered_on=None, arrived_on=date(2026, 11, 22))
    departures.register_departure(desk, left(second))
    assert [desk.store.get(Arrival, one.uid).left_on for one in (first, second)] == [make.TODAY] * 2
    assert people.open_file(desk, first.person).terms == ()


def test_who_leaves_an_address_stays_at_the_other(desk):
    first = arrivals.register_arrival(desk, family()).value.arrivals[0]
    second = moved(desk, first, entered_on=None, arrived_on=date(2026, 11, 22))
    departures.register_departure(desk, left(first, kind=DepartureKind.ADDRESS))
    assert desk.store.get(Arrival, first.uid).left_on == make.TODAY
    assert desk.store.get(Arrival, second.uid).left_on is None
    assert [stay.left_on for stay in desk.store.live(Stay, person=first.person)] == [None]


def test_who_left_his_address_may_leave_the_country_once(desk):
    arrival = arrivals.register_arrival(desk, family()).value.arrivals[0]
    departures.register_departure(desk, left(arrival, kind=DepartureKind.ADDRESS, left_on=date(2026, 11, 22)))
    departures.register_departure(desk, left(arrival, arrival=None))
    assert [stay.left_on for stay in desk.store.live(Stay, person=arrival.person)] == [make.TODAY]
    with pytest.raises(Invalid):
        departures.register_departure(desk, left(arrival, arrival=None))


def test_a_departure_entered_late_leaves_the_return_alone(desk):
    """It was refused: the person had "left before entering", and the old arrival could not be closed."""
    first = arrivals.register_arrival(desk, family()).value.arrivals[0]
    back = moved(desk, first, entered_on=make.TODAY, arrived_on=make.TODAY)
    departures.register_departure(desk, left(first, left_on=date(2026, 11, 21)))
    assert desk.store.get(Arrival, first.uid).left_on == date(2026, 11, 21)
    assert desk.store.get(Arrival, back.uid).left_on is None
    ends = {stay.entered_on: stay.left_on for stay in desk.store.live(Stay, person=first.person)}
    assert ends == {date(2026, 11, 20): date(2026, 11, 21), make.TODAY: None}


def again(desk, people, *relations):
    """The same people arrive again, the first as the head."""
    members = tuple(Member(one, (), relation) for one, relation in zip(people, ("", *relations), strict=True))
    draft = family(members=members, host=None)
    return arrivals.register_arrival(desk, draft, duplicates=False).value


def relations(desk, person):
    return [one.relation for one, _person in people.open_file(desk, person.uid).family]


@pytest.mark.parametrize("order", [(0, 1, 2), (1, 0, 2)], ids=["as before", "the spouse first"])
def test_a_family_that_arrives_again_stays_one_family(desk, order):
    first = arrivals.register_arrival(desk, family()).value
    second = again(desk, [first.people[at] for at in order], "spouse", "son")
    assert [one.family for one in second.arrivals] == [first.family.uid] * 3
    assert relations(desk, first.people[0]) == ["head", "spouse", "son"]


def test_who_is_new_joins_the_family_of_the_head(desk):
    first = arrivals.register_arrival(desk, family()).value
    child = make.person(surname="Тест", given="Сәби", birth_date=PartialDate(2026, 10, 1))
    second = again(desk, (first.people[0], child), "daughter")
    assert second.family.uid == first.family.uid
    assert relations(desk, first.people[0]) == ["head", "spouse", "son", "daughter"]


def test_somebody_new_under_another_head_makes_a_family_of_their_own(desk):
    first = arrivals.register_arrival(desk, family()).value
    child = make.person(surname="Тест", given="Сәби", birth_date=PartialDate(2026, 10, 1))
    assert again(desk, (first.people[1], child), "son").family.uid != first.family.uid
    assert relations(desk, first.people[0]) == ["head", "spouse", "son"]


@pytest.mark.parametrize("relation", ["spouse", "father", "mother"])
def test_two_of_whom_somebody_has_one_are_refused_before_they_are_saved(desk, relation):
    sex, born = (Sex.FEMALE if relation == "mother" else Sex.MALE), PartialDate(1950, 3, 1)
    two = (
        make.person(given=given, given_latin="", sex=sex, birth_date=born) for given in ("Бекзат", "Серік")
    )
    members = (Member(make.person()), *(Member(one, (), relation) for one in two))
    with pytest.raises(Invalid) as refused:
        arrivals.register_arrival(desk, family(members=members))
    told = [one for one in refused.value.findings if one.code == "kin.twice"]
    assert [one.field for one in told] == ["members.2.relation"]
    assert desk.store.live(Person) == []


def test_one_document_on_two_members_is_a_slip(desk):
    draft = family()
    head, wife, _son = draft.members
    twice = replace(draft, members=(head, replace(wife, documents=head.documents)))
    assert ("same_twice", "members.1") in {(one.code, one.field) for one in arrivals.check_draft(desk, twice)}


def test_a_corrected_address_is_not_that_of_who_came_another_day(desk):
    made = arrivals.register_arrival(desk, family(address=make.address(place="551000000"))).value.arrivals
    with desk.write(Op.CORRECT_ARRIVAL) as tx:
        tx.put(made[2], arrived_on=date(2026, 11, 23))
    corrected = arrivals.correct_arrival(desk, made[1], make.address(line="Абай к-сі, 7")).value
    now = [desk.store.get(Arrival, one.uid).address for one in made]
    assert now == [corrected.address, corrected.address, made[2].address]


HOTEL = Party(name="Гостиница Сарыарка")


@pytest.mark.parametrize("own", [True, False])
def test_the_same_host_at_the_same_address_is_written_once(desk, own):
    """`register` of six guests wrote six hotels of one name; the address is its own, or that of the arrival."""
    for at, name in enumerate(("Гостиница Сарыарка", "гостиница  САРЫАРКА")):
        member = Member(make.person(given=f"Айгүл{'аб'[at]}", birth_date=PartialDate(1980 + at, 1, 2)))
        host = replace(HOTEL, name=name)
        own_place = make.address(line="Сатпаева, 1") if own else None
        draft = ArrivalDraft((member,), make.arrival(), make.address(), host, own_place)
        arrivals.register_arrival(desk, draft)
    assert len(desk.store.live(Party)) == 1


def test_a_host_of_the_same_name_elsewhere_is_another(desk):
    for at, line in enumerate(("Сатпаева, 1", "Сатпаева, 2")):
        member = Member(make.person(given=f"Айгүл{'аб'[at]}", birth_date=PartialDate(1980 + at, 1, 2)))
        draft = ArrivalDraft((member,), make.arrival(), make.address(line=line), HOTEL)
        arrivals.register_arrival(desk, draft)
    assert len(desk.store.live(Party)) == 2
