"""Rows: the records of one op of the sample, gathered table by table, then numbered and written."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from migdesk.domain.arrival import Arrival, Departure, Stay
from migdesk.domain.case import Case, CaseMember
from migdesk.domain.party import Address, Party
from migdesk.domain.permit import Permit
from migdesk.domain.person import Family, Membership, Person, TravelDocument
from migdesk.domain.quota import Reservation
from migdesk.services.desk import Desk
from migdesk.services.permits.permits import number_letters
from migdesk.store.writer import Tx


@dataclass(slots=True)
class Rows:
    """Records of one op, in the order their tables depend on each other."""

    addresses: list[Address] = field(default_factory=list)
    parties: list[Party] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    documents: list[TravelDocument] = field(default_factory=list)
    families: list[Family] = field(default_factory=list)
    memberships: list[Membership] = field(default_factory=list)
    arrivals: list[Arrival] = field(default_factory=list)
    departures: list[Departure] = field(default_factory=list)
    stays: list[Stay] = field(default_factory=list)
    reservations: list[Reservation] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)
    case_members: list[CaseMember] = field(default_factory=list)
    permits: list[Permit] = field(default_factory=list)

    def write(self, tx: Tx) -> None:
        """Put everything, table by table."""
        tx.put_new(self.addresses)
        tx.put_new(self.parties)
        tx.put_new(self.people)
        tx.put_new(self.documents)
        tx.put_new(self.families)
        tx.put_new(self.memberships)
        tx.put_new(self.arrivals)
        tx.put_new(self.departures)
        tx.put_new(self.stays)
        tx.put_new(self.reservations)
        tx.put_new(self.cases)
        tx.put_new(self.case_members)
        tx.put_new(self.permits)

    def number(self, desk: Desk, tx: Tx) -> None:
        """Give arrivals, departures and cases their numbers, year by year, as the office would."""
        self.arrivals.sort(key=lambda one: one.arrived_on or desk.today)
        for position, arrival in enumerate(self.arrivals):
            year = (arrival.arrived_on or desk.today).year
            self.arrivals[position] = replace(arrival, number=desk.next_number(tx, "", 6, year=year))
        for position, departure in enumerate(self.departures):
            year = (departure.left_on or desk.today).year
            self.departures[position] = replace(departure, number=desk.next_number(tx, "D", 6, year=year))
        for position, case in enumerate(self.cases):
            year = (case.applied_on or desk.today).year
            self.cases[position] = replace(case, number=desk.next_number(tx, "C", 5, year=year))
        for position, permit in enumerate(self.permits):
            year = (permit.granted_on or desk.today).year
            letters = number_letters(desk, permit.kind)
            self.permits[position] = replace(permit, number=desk.next_number(tx, letters, 5, year=year))
        numbers = {permit.case: permit.number for permit in reversed(self.permits) if permit.case}
        for position, case in enumerate(self.cases):
            if case.uid in numbers:
                self.cases[position] = replace(case, certificate=numbers[case.uid])
