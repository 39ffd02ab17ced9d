"""A change of a permit names whom it touches beside its holder; those that are ticked are changed along."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from migdesk.domain.case import Case
from migdesk.domain.change import Op
from migdesk.domain.errors import Invalid
from migdesk.domain.permit import Permit, PermitState
from migdesk.domain.quota import Stream
from migdesk.services.arrivals.arrivals import register_arrival
from migdesk.services.cases import cases
from migdesk.services.matter import Verdict
from migdesk.services.people import people
from migdesk.services.permits import dependants, permits
from migdesk.services.quotas import quotas
from migdesk.services.upkeep import journal
from tests import make
from tests.services.test_arrivals import family as arriving


@pytest.fixture
def desk(tmp_path):
    opened = make.desk(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def granted(desk) -> dict[str, Permit]:
    """A family of three: the head, his wife whose permit rests on his, and a child with one of its own."""
    people = register_arrival(desk, arriving()).value.people
    found: dict[str, Permit] = {}
    for name, person in zip(("head", "wife", "child"), people, strict=True):
        draft = Permit(
            kind="rvp",
            person=person.uid,
            valid_from=date(2026, 11, 1),
            valid_until=date(2027, 10, 31),
            principal=found["head"].uid if name == "wife" else None,
        )
        found[name] = permits.issue(desk, draft).value
    return found


def told(found) -> dict[str, bool]:
    return {one.permit.uid: one.rests for one in found}


def test_what_rests_on_a_permit_is_told_apart_from_the_family(desk, granted):
    found = dependants.of_permit(desk, granted["head"])
    assert told(found) == {granted["wife"].uid: True, granted["child"].uid: False}


def test_an_extension_names_them_and_leaves_them_as_they_are(desk, granted):
    done = permits.extend(desk, granted["head"].uid, date(2028, 10, 31))
    assert [one.code for one in done.findings if one.code == "permit.dependant"] == ["permit.dependant"] * 2
    assert granted["wife"].number in " ".join(one.words() for one in done.findings)
    for name in ("wife", "child"):
        assert desk.store.get(Permit, granted[name].uid) == granted[name]


def test_what_rested_on_the_permit_before_the_extension_rests_on_it_still(desk, granted):
    longer = permits.extend(desk, granted["head"].uid, date(2028, 10, 31)).value
    assert told(dependants.of_permit(desk, longer))[granted["wife"].uid] is True


def test_a_revocation_names_them(desk, granted):
    done = permits.revoke(desk, granted["head"].uid, "left")
    assert {one.code for one in done.findings} == {"permit.dependant"}
    assert desk.store.get(Permit, granted["wife"].uid).state is PermitState.GRANTED


def test_who_is_alone_touches_nobody(desk, granted):
    permits.revoke(desk, granted["wife"].uid, "left")
    permits.revoke(desk, granted["child"].uid, "left")
    assert dependants.of_permit(desk, granted["head"]) == []


def test_ending_a_status_names_those_who_are_not_of_the_case(desk):
    quotas.allot(desk, quotas.Pot(Stream.KANDAS, desk.office.region, 2026), 10, "№ 1")
    people = register_arrival(desk, arriving()).value.people
    held = {}
    for person in people[:2]:
        until = {"valid_from": date(2026, 11, 1), "valid_until": date(2027, 10, 31)}
        held[person.uid] = permits.issue(desk, Permit(kind="kandas", person=person.uid, **until)).value
    case = Case(service="kandas_status", person=people[0].uid, applied_on=make.TODAY)
    case = cases.open_case(desk, case, [people[0].uid]).value
    verdict = Verdict("terminate", make.TODAY)
    told_before = cases.check_decision(desk, case.uid, verdict)
    found = [one for one in told_before if one.code == "permit.dependant"]
    assert [held[people[1].uid].number in one.words() for one in found] == [True]


# --- changed along -----------------------------------------------------------------------------------


def live(desk, person: str) -> list[tuple[str, date | None]]:
    found = desk.store.live(Permit, person=person, order="id")
    return [(one.state.value, one.valid_until) for one in found]


def test_those_ticked_are_extended_to_the_same_day_in_one_op(desk, granted):
    until = date(2028, 10, 31)
    along = [granted["wife"].uid, granted["child"].number]
    before = len(journal.entries(desk))
    done = permits.extend(desk, granted["head"].uid, until, along)
    assert len(journal.entries(desk)) == before + 1
    for name in ("wife", "child"):
        assert live(desk, granted[name].person) == [("extended", date(2027, 10, 31)), ("granted", until)]
    longer = {one.person: one for one in desk.store.live(Permit, valid_until=until)}
    assert longer[granted["wife"].person].principal == done.value.uid
    assert longer[granted["child"].person].principal is None
    told = [one.words() for one in done.findings if one.code == "permit.along"]
    assert all(
        longer[granted[who].person].number in line for who, line in zip(("wife", "child"), told, strict=True)
    )
    assert "permit.dependant" not in {one.code for one in done.findings}


def test_who_was_not_ticked_is_still_named(desk, granted):
    done = permits.extend(desk, granted["head"].uid, date(2028, 10, 31), [granted["wife"].uid])
    (left,) = [one.words() for one in done.findings if one.code == "permit.dependant"]
    assert granted["child"].number in left


def test_those_ticked_are_revoked_along_and_one_undo_takes_it_back(desk, granted):
    done = permits.revoke(desk, granted["head"].uid, "бап 1", [granted["wife"].uid])
    wife = desk.store.get(Permit, granted["wife"].uid)
    assert (wife.state, wife.grounds, wife.revoked_on) == (PermitState.REVOKED, "бап 1", make.TODAY)
    assert granted["wife"].number in next(one.words() for one in done.findings if one.code == "permit.along")
    journal.undo_last(desk)
    assert {one.state for one in desk.store.live(Permit)} == {PermitState.GRANTED}


@pytest.mark.parametrize(
    ("until", "code", "word"),
    [(None, "no_end", "no end"), (date(2029, 1, 1), "before_start", "01.01.2029")],
)
def test_one_that_cannot_be_extended_along_stops_all_and_is_named(desk, granted, until, code, word):
    with desk.write(Op.ISSUE_PERMIT) as tx:
        tx.put(granted["wife"], valid_until=until)
    with pytest.raises(Invalid) as wrong:
        permits.extend(desk, granted["head"].uid, date(2028, 10, 31), [granted["wife"].uid])
    (told,) = [one for one in wrong.value.findings if one.severity == "block"]
    assert (told.code, told.field) == (code, "along")
    assert granted["wife"].number in told.words() and word in told.words()
    assert desk.store.get(Permit, granted["head"].uid).state is PermitState.GRANTED


def test_only_a_dependant_of_a_kind_given_to_families_follows(desk, granted):
    head = granted["head"]
    stranger = people.save_person(desk, make.person(surname="Бөтен")).value
    other = permits.issue(desk, replace(head, uid="", rev=0, number="", person=stranger.uid)).value
    until = {"valid_from": date(2026, 11, 1), "valid_until": date(2027, 1, 31)}
    work = Permit(kind="self_employment", person=granted["wife"].person, principal=head.uid, **until)
    own = permits.issue(desk, work).value
    assert {one.permit.uid: one.may_follow for one in dependants.of_permit(desk, head)}[own.uid] is False
    for uid in (other.uid, own.uid):
        with pytest.raises(Invalid) as wrong:
            permits.revoke(desk, head.uid, "бап 1", [uid])
        assert [one.code for one in wrong.value.findings] == ["permit.not_along"]
