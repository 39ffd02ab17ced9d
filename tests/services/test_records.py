"""Records with everything around them, and why an open term ends on its day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from migdesk.domain.arrival import Arrival
from migdesk.domain.case import Case
from migdesk.domain.change import Op
from migdesk.domain.errors import NotFound
from migdesk.domain.finding import Confidence
from migdesk.domain.permit import Permit, PermitState
from migdesk.domain.photo import Cut, Shape
from migdesk.domain.terms import TermKind
from migdesk.i18n import language
from migdesk.services import day, records
from migdesk.services.arrivals import arrivals, hosts
from migdesk.services.arrivals.arrivals import ArrivalDraft, Member
from migdesk.services.cases import cases
from migdesk.services.people import people, photos
from migdesk.services.people.attachments import look_at
from migdesk.services.permits import permits
from migdesk.services.upkeep import journal
from tests import make, scans

FRIDAY = date(2026, 11, 20)


@pytest.fixture
def family(desk):
    """A head with a spouse, arrived on a Friday at an address with a host."""
    draft = ArrivalDraft(
        members=(
            Member(make.person(), (make.document(),)),
            Member(make.person(given="Болат", given_latin="BOLAT"), (make.document(),), relation="spouse"),
        ),
        arrival=make.arrival(arrived_on=FRIDAY, entered_on=FRIDAY),
        address=make.address(),
        host=make.host(),
    )
    return arrivals.register_arrival(desk, draft, duplicates=False).value


def test_an_arrival_comes_with_host_address_companions_and_what_lacks(desk, family):
    file = records.open_arrival(desk, family.arrivals[0].uid)
    assert file.person == family.people[0]
    assert file.host.name == "Серікова Алма"
    assert file.address.place == "551010000"
    assert [person.given for _arrival, person in file.companions] == ["Болат"]
    assert file.at_address == 2
    assert file.lacking == ()
    assert {term.kind for term in file.terms} == {TermKind.NOTICE, TermKind.REGISTRATION, TermKind.STAY}


def test_those_who_left_are_not_counted_at_the_address(desk, family):
    other = family.arrivals[1]
    with desk.write(Op.CORRECT_ARRIVAL) as tx:
        tx.put(replace(desk.store.get(Arrival, other.uid), left_on=desk.today))
    assert records.open_arrival(desk, family.arrivals[0].uid).at_address == 1


def test_a_host_shows_who_is_registered_there(desk, family):
    host = records.open_arrival(desk, family.arrivals[0].uid).host
    file = hosts.open_host(desk, host.uid)
    assert {person.uid for _arrival, person in file.here} == {one.uid for one in family.people}
    assert file.counts == (2, 0)


def permit_of(desk, person, **given) -> Permit:
    values = {"kind": "rvp", "valid_from": date(2026, 1, 1), "valid_until": date(2026, 12, 1), **given}
    return permits.issue(desk, Permit(person=person.uid, **values)).value


def test_a_permit_names_what_came_before_and_after(desk, family):
    first = permit_of(desk, family.people[0])
    second = permits.extend(desk, first.uid, date(2027, 12, 1)).value
    assert records.open_permit(desk, first.uid).after == second
    file = records.open_permit(desk, second.uid)
    assert (file.before.state, file.before.uid) == (PermitState.EXTENDED, first.uid)
    assert file.person == family.people[0]
    assert (file.unit, file.pot, file.case) == (None, None, None)


def test_a_case_has_the_law_behind_its_grounds(desk, family):
    case = cases.open_case(
        desk, Case(service="kandas_status", person=family.people[0].uid, applied_on=desk.today)
    ).value
    view = records.open_case(desk, case.uid)
    assert view.gives_permit
    assert {one.decision for one in view.grounds} >= {"refuse", "refuse_filing"}
    assert all(one.source.act for one in view.grounds)
    assert [term.kind for term in view.terms] == [TermKind.CASE]


def test_an_op_is_told_field_by_field_in_the_readers_language(desk, family):
    person = family.people[0]
    people.save_person(desk, replace(person, citizenship="KGZ"))
    entry = journal.entries(desk)[0]
    with language("ru"):
        file = records.open_op(desk, entry.uid)
    assert file.undoable
    assert [one.name for one in file.changes][:1] == [person.full_name]
    change = file.changes[0].fields[0]
    assert (change.before, change.after) == ("Узбекистан", "Кыргызстан")
    assert not file.changes[0].created


def test_a_long_op_is_told_in_part(desk, family):
    entry = next(one for one in journal.entries(desk) if one.op is Op.REGISTER_ARRIVAL)
    file = records.open_op(desk, entry.uid, limit=3)
    assert len(file.changes) == 3
    assert file.more == entry.changes - 3


@pytest.mark.parametrize(
    "read", [records.open_arrival, records.open_permit, hosts.open_host, records.open_op]
)
def test_what_is_not_there_is_not_found(desk, read):
    with pytest.raises(NotFound):
        read(desk, "nothing")


def test_the_photo_of_a_person(desk, family):
    person = family.people[0]
    assert photos.photo_of(desk, person) is None
    person = photos.save_photo(
        desk, person.uid, look_at(scans.picture(), "p.jpg"), Cut(Shape.SMALL, 4 / 3)
    ).value
    assert photos.photo_of(desk, person).startswith(b"\xff\xd8\xff")


# --- why a term ends on its day


def term_of(desk, kind, uid):
    found = day.list_terms(desk, until=date(2028, 1, 1))
    return next(one for one in found if one.kind is kind and one.record_uid == uid)


def test_a_notice_is_explained_with_the_days_that_do_not_count(desk, family):
    term = term_of(desk, TermKind.NOTICE, family.arrivals[0].uid)
    why = day.explain_term(desk, term)
    assert why.start == FRIDAY
    assert why.deadline.due == term.due == date(2026, 11, 25)
    assert [skipped.on for skipped in why.deadline.skipped] == [date(2026, 11, 21), date(2026, 11, 22)]
    assert "No. 83" in why.source.act
    assert why.moved_to is None
    assert day.source_of(desk, term) == why.source


def test_a_day_that_newer_rules_of_the_program_would_move_is_told(desk, family):
    """The office's own changes move it at once; those that come with a newer program are seen here."""
    from migdesk.domain.change import Op
    from migdesk.domain.office import CalendarDay

    with desk.write(Op.SAVE_CALENDAR) as tx:
        tx.put(CalendarDay(day=date(2026, 11, 24), works=False, reason="жылжытылды"))
    why = day.explain_term(desk, term_of(desk, TermKind.NOTICE, family.arrivals[0].uid))
    assert why.term.due == date(2026, 11, 25)
    assert why.moved_to == date(2026, 11, 26)


def test_a_permit_ends_on_the_day_written_in_it(desk, family):
    permit = permit_of(desk, family.people[0])
    why = day.explain_term(desk, term_of(desk, TermKind.PERMIT, permit.uid))
    assert why.deadline is None
    assert why.start == desk.today
    assert "477-IV" in why.source.act
    assert why.source.confidence is Confidence.VERIFIED


def test_a_stay_is_explained_by_the_regime_of_the_day_of_entry(desk, family):
    arrival = desk.store.get(Arrival, family.arrivals[0].uid)
    arrivals.correct_arrival(desk, replace(arrival, stay_until=date(2026, 12, 20)))
    why = day.explain_term(desk, term_of(desk, TermKind.STAY, arrival.uid))
    assert why.start == FRIDAY
    assert why.rule
    assert "Uzbekistan" in why.source.act


def test_a_stay_counted_from_the_entry_is_not_called_written(desk, family):
    """“The day is written in the register; nothing was counted” stood below the 30 days of a visit without a visa."""
    arrival = desk.store.get(Arrival, family.arrivals[0].uid)
    assert day.explain_term(desk, term_of(desk, TermKind.STAY, arrival.uid)).counted_from_entry


def test_a_case_is_explained_by_the_term_of_its_service(desk, family):
    case = cases.open_case(
        desk, Case(service="kandas_status", person=family.people[0].uid, applied_on=FRIDAY)
    ).value
    why = day.explain_term(desk, term_of(desk, TermKind.CASE, case.uid))
    assert why.start == FRIDAY
    assert why.deadline.due == case.due_on
    assert "329" in why.source.act


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("kk", "Павлодар облысы, Павлодар Қ.Ә., Павлодар қ."),
        ("ru", "Павлодарская область, Павлодар Г.А., г.Павлодар"),
        ("en", "Pavlodar Region, Pavlodar city"),
    ],
)
def test_a_town_and_its_territory_of_one_name_are_said_once(desk, lang, words):
    with language(lang):
        assert desk.lists.place_text("551010000") == words
