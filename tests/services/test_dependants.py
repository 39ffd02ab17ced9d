"""A change of a permit names whom it touches beside its holder, before it is saved; nothing is done for them."""

from __future__ import annotations

from datetime import date

import pytest

from migdesk.domain.case import Case
from migdesk.domain.permit import Permit, PermitState
from migdesk.domain.quota import Stream
from migdesk.services import cases, dependants, permits, quotas, verdicts
from migdesk.services.arrivals import register_arrival
from migdesk.services.cases import Verdict
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
    procedure = desk.get_procedure("kandas_status", make.TODAY)
    told_before = verdicts.check_verdict(desk, case, procedure, verdict)
    found = [one for one in told_before if one.code == "permit.dependant"]
    assert [held[people[1].uid].number in one.words() for one in found] == [True]
