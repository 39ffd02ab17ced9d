"""Why a record is what it is: the rule behind each day and sum, of one record and of a person's whole file."""

from __future__ import annotations

from datetime import date

from migdesk.domain.change import Op
from migdesk.domain.party import Address
from migdesk.domain.permit import Permit, PermitState
from migdesk.services.arrivals import arrivals
from migdesk.services.arrivals.arrivals import ArrivalDraft, Member
from migdesk.services.laws import explaining
from migdesk.services.payments import obligations, payments
from migdesk.services.payments.payments import Demand
from tests import make

SINCE = date(2026, 11, 20)


def register(desk, citizenship="DEU"):
    head = Member(make.person(citizenship=citizenship), (make.document(),), apart=True)
    arrival = make.arrival(entered_on=SINCE, arrived_on=SINCE)
    draft = ArrivalDraft((head,), arrival, Address(place="551010000", line="Абай к-сі, 1"), make.host())
    return arrivals.register_arrival(desk, draft).value.arrivals[0]


def test_the_end_of_a_stay_names_its_regime(desk):
    here = register(desk)
    told = {one["field"]: one for one in explaining.explain(desk, here.uid)["rules"]}
    end = told["stay_ends_on"]
    assert (end["rule"], end["value"], end["from"]) == ("unilateral", "2026-12-19", "2026-11-20")
    assert end["source"]["confidence"] == "reported"
    assert told["notice_due"]["rule"] == "notice.arrival"


def test_a_permit_names_the_longest_term_of_its_service(desk):
    here = register(desk)
    with desk.write(Op.SAVE_PERSON) as tx:
        since, until = date(2026, 11, 1), date(2027, 5, 1)
        given = {"valid_from": since, "granted_on": since, "valid_until": until, "state": PermitState.GRANTED}
        permit = tx.put(Permit(person=here.person, kind="rvp", number="R-1", **given))
    [told] = explaining.explain(desk, permit.uid)["rules"]
    assert (told["field"], told["value"], told["rule"]) == ("valid_until", "2027-05-01", "rvp.longest")
    assert (told["due"], told["service"]) == ("2027-11-01", "rvp")


def test_a_person_is_explained_by_everything_in_the_file(desk):
    """The uid that `register` prints was answered without one rule."""
    here = register(desk)
    demand = Demand("support.relocation", here.person, given={"persons": "3"}, on=date(2026, 3, 1))
    [due] = payments.demand_payment(desk, demand).value
    told = {one["field"]: one for one in explaining.explain(desk, here.person)["rules"]}
    assert {told[field]["number"] for field in ("notice_due", "stay_ends_on")} == {here.number}
    assert (told["tenge"]["number"], told["tenge"]["rule"]) == (due.number, "support.relocation")
    assert (told["tenge"]["mrp_count"], told["tenge"]["mrp"], told["tenge"]["value"]) == (
        "210",
        "4325",
        908_250,
    )


def test_the_end_of_an_obligation_names_its_term(desk):
    here = register(desk)
    bound = obligations.begin(desk, here.person).value
    [told] = explaining.explain(desk, bound.uid)["rules"]
    assert (told["field"], told["rule"], told["value"]) == (
        "ends_on",
        obligations.TERM,
        bound.ends_on.isoformat(),
    )
    assert told["due"] == bound.ends_on.isoformat()
