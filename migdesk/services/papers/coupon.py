"""What the address leaf and the statistical coupon say of an arrival or of a departure, for the papers.

A coupon of arrival is made for every registration at a permanent place of residence, one of departure only for
those who leave Kazakhstan for good (Bureau of National Statistics, bala.stat.gov.kz); its lines were not read.
"""

from __future__ import annotations

from dataclasses import replace

from migdesk.domain.arrival import Arrival, Departure, DepartureKind
from migdesk.domain.errors import NotFound, Refused
from migdesk.domain.finding import block
from migdesk.domain.papertext import CouponFacts
from migdesk.domain.party import Address
from migdesk.i18n import N_, _
from migdesk.services import panels
from migdesk.services.desk import Desk
from migdesk.services.people import people

COUPON = "coupon_departure"
_URBAN = frozenset({"city", "city_rep", "settlement"})
_REASONS = "move_reasons"


def find_departure(desk: Desk, form: str, key: str) -> Departure:
    """The departure that a key names: its uid or number, or the last one of a person.

    Raises:
        NotFound: there is none.
        Refused: the paper is a coupon, and the person did not leave for good.
    """
    found = desk.store.named(Departure, key)
    if found is None or found.is_annulled:
        person = people.get_person(desk, key)
        gone = desk.store.live(Departure, person=person.uid, order="left_on DESC, id DESC", limit=1)
        found = gone[0] if gone else None
    if found is None:
        raise NotFound(key)
    if form == COUPON and found.kind is not DepartureKind.FOR_GOOD:
        message = N_("A coupon of departure is made only for who leaves the country for good.")
        raise Refused([block("not_for_good", message, "kind")])
    return found


def arrival_of(desk: Desk, departure: Departure) -> Arrival | None:
    """The arrival that a departure ended: the one it names, else the newest that ended on its day."""
    named = desk.store.find(Arrival, departure.arrival or "")
    if named:
        return named
    newest = "arrived_on DESC, id DESC"
    ended = desk.store.live(Arrival, person=departure.person, left_on=departure.left_on, order=newest)
    return ended[0] if ended else None


def facts_of(desk: Desk, arrival: Arrival | None, departure: Departure | None) -> CouponFacts:
    """The lines of leaf and coupon in the language of the paper."""
    address = desk.store.find(Address, (arrival and arrival.address) or "")
    place = desk.lists.place(address.place) if address else None
    own = CouponFacts(
        on=departure.left_on if departure else arrival.arrived_on if arrival else None,
        place=", ".join(desk.lists.place_names(address.place)) if address else "",
        place_code=address.place if address else "",
        settlement_code=("1" if place.kind in _URBAN else "2") if place else "",
        address=_line(desk, address),
    )
    return _left(desk, own, departure) if departure else _came(desk, own, arrival or Arrival())


def _came(desk: Desk, own: CouponFacts, arrival: Arrival) -> CouponFacts:
    details = panels.details_of(desk.store, arrival)
    place = str(details.get("previous_place") or "")
    reason = str(details.get("move_reason") or "")
    where = ", ".join(desk.lists.place_names(place)) if place else ""
    country = arrival.from_country
    words = [where or desk.lists.label("countries", country), arrival.previous_address]
    return replace(
        own,
        other_place=", ".join(part for part in words if part),
        other_code=place or country,
        other_since=str(details.get("previous_since") or ""),
        reason=desk.lists.label(_REASONS, reason),
        reason_code=_number(desk, reason),
        occupation=str(details.get("occupation") or ""),
        children=_count(details.get("children_along")),
        temporary_until=details.get("temporary_until"),
        area=_count(details.get("housing_area")),
        owner=str(details.get("owner_name") or ""),
        owner_consent=_(N_("yes")) if details.get("owner_consent") else "",
        state_rent=_(N_("yes")) if details.get("state_rent") else "",
    )


def _left(desk: Desk, own: CouponFacts, departure: Departure) -> CouponFacts:
    place, country = departure.to_place, departure.to_country
    where = ", ".join(desk.lists.place_names(place)) if place else ""
    return replace(
        own,
        other_place=where or desk.lists.label("countries", country),
        other_code=place or country,
        reason=desk.lists.label(_REASONS, departure.move_reason),
        reason_code=_number(desk, departure.move_reason),
    )


def _number(desk: Desk, reason: str) -> str:
    known = desk.lists.items(_REASONS).get(reason)
    return known.more.get("number", "") if known else ""


def _count(value: object) -> str:
    return "" if value is None else str(value)


def _line(desk: Desk, address: Address | None) -> str:
    if address is None:
        return ""
    names = desk.lists.place_names(address.place)
    return ", ".join([*names, address.line] if address.line else names)
