"""Fill an office with households: addresses, hosts, events, cases, permits, and the quota ledger.

Written in ops of a few thousand persons each, through the same door as everything else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

from migdesk.domain.arrival import Arrival, Departure, DepartureKind, Stay, StayBasis
from migdesk.domain.case import Case, CaseMember, CaseState
from migdesk.domain.change import Op
from migdesk.domain.ids import make_bin
from migdesk.domain.office import Setting
from migdesk.domain.party import Address, Party, PartyKind, PartyRole, PartySize
from migdesk.domain.permit import Permit, PermitState
from migdesk.domain.person import Family, Membership, Person
from migdesk.domain.quota import Reservation, ReservationState, Stream
from migdesk.domain.terms import NOTICE_TERM, REGISTRATION_TERM
from migdesk.services import checks
from migdesk.services.desk import Desk
from migdesk.services.people import growth
from migdesk.services.progress import SILENT, Progress
from migdesk.services.quotas import quotas
from migdesk.services.quotas.quotas import Pot
from migdesk.services.sample import shares
from migdesk.services.sample.crowd import Crowd, Household
from migdesk.services.sample.rows import Rows
from migdesk.store import places
from migdesk.store import quotas as ledger

CHUNK = 3000
KANDAS_UNITS = 977
KANDAS_LEFT = 104
_ALLOTTED = {"1": 40, "2": 150, "3": 320, "4": 110, "seasonal": 240}
_STREETS = ("Абай к-сі", "Лермонтов к-сі", "Торайғыров к-сі", "Нұрсұлтан Назарбаев д-лы", "Ломов к-сі")
_FIRMS = ("Үлгі Құрылыс", "Үлгі Агро", "Үлгі Энерго", "Үлгі Металл", "Үлгі Сервис", "Үлгі Тур")
_SCHOOLS = ("Үлгі университеті", "Үлгі медицина колледжі", "Үлгі политехникалық колледжі")
_GRANT_DAYS = 21


def fill(desk: Desk, persons: int, progress: Progress = SILENT) -> None:
    """Fill an empty office with so many synthetic persons; the same number makes the same office."""
    with desk.write(Op.SAVE_SETTING) as tx:
        tx.put(Setting(key="sample", value=str(persons)))
    writer = _Writer(desk)
    writer.allot()
    crowd = Crowd(desk.today)
    source = crowd.households(persons)
    done = 0
    while chunk := list(_chunk(source)):
        rows = Rows()
        for household in chunk:
            writer.household(rows, household, crowd)
        with desk.write(Op.MAKE_SAMPLE) as tx:
            rows.number(desk, tx)
            rows.write(tx)
        done += len(rows.people)
        progress.step(done, persons)


def _chunk(source: Iterator[Household]) -> Iterator[Household]:
    """Households of together about `CHUNK` persons."""
    count = 0
    for household in source:
        yield household
        count += len(household.members)
        if count >= CHUNK:
            return


class _Writer:
    """Turns households into records; holds what they share: hosts, firms, pots, due dates."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._today = desk.today
        self._count = 0
        self._firms: list[Party] = []
        self._schools: list[Party] = []
        self._places = [place for place in _places(desk)]
        self._pots: dict[str, str] = {}
        self._free: dict[str, int] = {}
        self._due = cache(self._find_due)

    def uid(self) -> str:
        """Ordered uids that are the same in every run."""
        self._count += 1
        return f"{self._count:08x}-0000-7000-8000-{self._count:012x}"

    def allot(self) -> None:
        """Give the office its units of this year."""
        desk, year, region = self._desk, self._today.year, self._desk.office.region
        on = date(year, 1, 1)
        pots = {"kandas": (Pot(Stream.KANDAS, region, year), KANDAS_UNITS)}
        pots["resettler"] = (Pot(Stream.RESETTLER, region, year), 1655)
        for category, units in _ALLOTTED.items():
            pots[category] = (Pot(Stream.FOREIGN_LABOUR, region, year, category), units)
        for key, (pot, units) in pots.items():
            limit = quotas.check_pot(desk, pot).balance.limit
            given = units if limit is None else min(units, limit)
            quotas.allot(desk, pot, given, "үлгі: бөлу туралы хат № 1", on=on)
            found = ledger.find_pot(desk.store, pot.key)
            assert found is not None
            self._pots[key] = found.uid
            self._free[key] = given - (KANDAS_LEFT if key == "kandas" else given // 8)

    def household(self, rows: Rows, household: Household, crowd: Crowd) -> None:
        """All records of one household."""
        rng = crowd.rng
        address = self._address(rows, rng.randrange(1 << 30))
        host = self._host(rows, household, address, crowd)
        people, documents = self._people(rows, household)
        family = self._family(rows, household, people)
        left_on, until = self._end(household, rng.random(), rng.randint(1, 40))
        for person, document, member in zip(people, documents, household.members, strict=True):
            arrival = self._arrival(household, person, address, host, family, rng.random())
            arrival = replace(arrival, document=document, stay_until=until, left_on=left_on)
            held = (member.document,) if member.document else ()
            arrival = replace(arrival, state=growth.of_arrival(person, held, arrival).state)
            rows.people.append(replace(person, state=arrival.state))
            rows.arrivals.append(arrival)
            self._presence(rows, arrival, household)
        self._papers(rows, household, people, family, host, left_on)

    def _find_due(self, term: str, start: date) -> date | None:
        return checks.find_due(self._desk, term, start)

    def _address(self, rows: Rows, dice: int) -> str:
        place = self._places[dice % len(self._places)]
        street = _STREETS[dice // 7 % len(_STREETS)]
        uid = self.uid()
        rows.addresses.append(
            Address(uid=uid, place=place, line=f"{street}, {dice % 180 + 1}-{dice // 180 % 90 + 1}")
        )
        return uid

    def _host(self, rows: Rows, household: Household, address: str, crowd: Crowd) -> str | None:
        rng = crowd.rng
        if household.stream in ("labour", "eaeu", "business"):
            return self._organisation(rows, self._firms, PartyRole.EMPLOYER, address, 60, rng.random()).uid
        if household.stream == "student":
            return self._organisation(rows, self._schools, PartyRole.SCHOOL, address, 8, rng.random()).uid
        if household.stream == "resettler" or rng.random() < 0.02:
            return None
        sex = "m" if rng.random() < 0.5 else "f"
        name = (
            f"{shares.surname(rng, 'kazakh_kz', sex).cyrillic} {shares.given(rng, 'kazakh_kz', sex).cyrillic}"
        )
        party = Party(uid=self.uid(), kind=PartyKind.INDIVIDUAL, name=name, address=address)
        rows.parties.append(party)
        return party.uid

    def _organisation(
        self, rows: Rows, known: list[Party], role: PartyRole, address: str, most: int, dice: float
    ) -> Party:
        if len(known) < most and (not known or dice < 0.2):
            names = _SCHOOLS if role is PartyRole.SCHOOL else _FIRMS
            serial = len(known) + (500 if role is PartyRole.SCHOOL else 0)
            number = make_bin(2008 + serial % 15, serial % 12 + 1, 4, 0, serial * 37 + 11) or ""
            party = Party(
                uid=self.uid(),
                kind=PartyKind.ORGANISATION,
                role=role,
                name=f"«{names[len(known) % len(names)]}» № {len(known) + 1}",
                number=number,
                activity=("F", "A", "B", "C", "H", "P")[len(known) % 6],
                size=(PartySize.SMALL, PartySize.MEDIUM, PartySize.LARGE)[len(known) % 3],
                address=address,
            )
            known.append(party)
            rows.parties.append(party)
            return party
        return known[int(dice * 9973) % len(known)]

    def _people(self, rows: Rows, household: Household) -> tuple[list[Person], list[str | None]]:
        people: list[Person] = []
        documents: list[str | None] = []
        for member in household.members:
            person = replace(member.person, uid=self.uid())
            people.append(person)
            documents.append(self.uid() if member.document else None)
            if member.document:
                rows.documents.append(replace(member.document, uid=documents[-1] or "", person=person.uid))
        return people, documents

    def _family(self, rows: Rows, household: Household, people: list[Person]) -> str | None:
        if len(people) < 2:
            return None
        family = Family(uid=self.uid(), head=people[0].uid, formed_on=household.arrived_on)
        rows.families.append(family)
        for person, member in zip(people, household.members, strict=True):
            rows.memberships.append(
                Membership(
                    uid=self.uid(),
                    family=family.uid,
                    person=person.uid,
                    relation=member.relation,
                    since=household.arrived_on,
                )
            )
        return family.uid

    def _end(self, household: Household, dice: float, days: int) -> tuple[date | None, date | None]:
        """When the household left, and until when it may stay."""
        arrived = household.arrived_on
        length = {
            StayBasis.VISA_FREE: 89 if household.stream == "eaeu" else 29,
            StayBasis.VISA: 364,
            StayBasis.RVP: 364,
            StayBasis.REFUGE: 90,
        }.get(household.basis)
        until = arrived + timedelta(days=length) if length else None
        if until and until < self._today:
            overstays = dice < 0.004
            return (None if overstays else max(arrived, until - timedelta(days=days))), until
        if dice < 0.03 and arrived + timedelta(days=60) < self._today:
            return arrived + timedelta(days=45 + days // 4), until
        return None, until

    def _arrival(
        self,
        household: Household,
        person: Person,
        address: str,
        host: str | None,
        family: str | None,
        dice: float,
    ) -> Arrival:
        arrived = household.arrived_on
        inside = household.stream == "resettler"
        entered = None if inside else arrived - timedelta(days=1 if dice < 0.3 else 0)
        notice = None if inside else self._due(NOTICE_TERM, arrived)
        registration = (
            self._due(REGISTRATION_TERM, entered)
            if entered and household.stream in ("eaeu", "business")
            else None
        )
        return Arrival(
            uid=self.uid(),
            person=person.uid,
            family=family,
            purpose=household.purpose,
            from_country=person.exit_country or person.citizenship,
            entered_on=entered,
            arrived_on=arrived,
            address=address,
            host=host,
            basis=household.basis,
            notice_due=notice,
            notified_on=self._notified(arrived, notice, dice),
            channel="vmp" if dice < 0.6 else "eqonaq" if dice < 0.85 else "paper",
            registration_due=registration,
            registered_on=self._notified(arrived, registration, dice),
        )

    def _notified(self, arrived: date, due: date | None, dice: float) -> date | None:
        if due is None or dice < 0.003:
            return None
        if due >= self._today:
            return arrived if dice < 0.5 else None
        late = timedelta(days=int(dice * 400) % 20) if dice > 0.96 else timedelta(0)
        return min(self._today, max(arrived, due - timedelta(days=int(dice * 100) % 3)) + late)

    def _presence(self, rows: Rows, arrival: Arrival, household: Household) -> None:
        if arrival.entered_on:
            rows.stays.append(
                Stay(
                    uid=self.uid(),
                    person=arrival.person,
                    entered_on=arrival.entered_on,
                    left_on=arrival.left_on,
                    basis=household.basis,
                    valid_until=arrival.stay_until,
                    arrival=arrival.uid,
                )
            )
        if arrival.left_on:
            rows.departures.append(
                Departure(
                    uid=self.uid(),
                    person=arrival.person,
                    arrival=arrival.uid,
                    kind=DepartureKind.ABROAD,
                    left_on=arrival.left_on,
                    to_country=arrival.from_country,
                )
            )

    def _papers(
        self,
        rows: Rows,
        household: Household,
        people: list[Person],
        family: str | None,
        host: str | None,
        left_on: date | None,
    ) -> None:
        if household.stream == "kandas":
            self._kandas(rows, household, people, family)
        elif household.stream == "labour" and left_on is None:
            self._labour(rows, household, people[0], host)
        elif household.basis is StayBasis.RVP:
            for person in people:
                permit = self._permit(person, "rvp", household.arrived_on, 364)
                rows.permits.append(_ended(permit, left_on, "кетті") if left_on else permit)

    def _kandas(self, rows: Rows, household: Household, people: list[Person], family: str | None) -> None:
        applied = household.arrived_on
        decided: date | None = applied + timedelta(days=_GRANT_DAYS)
        if decided and decided >= self._today:
            decided = None
        case = Case(
            uid=self.uid(),
            service="kandas_status",
            person=people[0].uid,
            family=family,
            persons=len(people),
            region=self._desk.office.region,
            applied_on=applied,
            channel="migration_enbek",
            due_on=self._due("kandas.decision", applied),
            state=CaseState.GRANTED if decided else CaseState.OPEN,
            decided_on=decided,
        )
        self._add_case(rows, case, people)
        if decided:
            principal: str | None = None
            for person in people:
                made = self._permit(person, "kandas", decided, 365, case=case.uid)
                permit = replace(made, principal=principal)
                principal = principal or permit.uid
                over = permit.valid_until and permit.valid_until < self._today
                rows.permits.append(_ended(permit, permit.valid_until, "азаматтық алды") if over else permit)
            self._include(rows, case, people, decided)

    def _include(self, rows: Rows, case: Case, people: list[Person], decided: date) -> None:
        """Inclusion in the regional quota of this year while units are left."""
        units = len(people)
        if decided.year != self._today.year or self._free["kandas"] < units:
            return
        self._free["kandas"] -= units
        unit = self._unit("kandas", people[0], units, decided)
        rows.reservations.append(unit)
        included = replace(
            case,
            uid=self.uid(),
            service="kandas_quota",
            applied_on=decided,
            due_on=None,
            reservation=unit.uid,
        )
        self._add_case(rows, included, people)

    def _add_case(self, rows: Rows, case: Case, people: list[Person]) -> None:
        rows.cases.append(case)
        rows.case_members += [CaseMember(uid=self.uid(), case=case.uid, person=one.uid) for one in people]

    def _labour(self, rows: Rows, household: Household, person: Person, host: str | None) -> None:
        category = household.category
        start = household.arrived_on
        unit = None
        if category != "ict" and start.year == self._today.year:
            if self._free[category] < 1:
                return
            self._free[category] -= 1
            unit = self._unit(category, person, 1, start)
            rows.reservations.append(unit)
        permit = self._permit(person, "labour_permit", start, 364)
        rows.permits.append(
            replace(
                permit,
                category=category,
                employer=host,
                activity="F",
                region=self._desk.office.region,
                reservation=unit.uid if unit else None,
            )
        )

    def _unit(self, key: str, person: Person, units: int, on: date) -> Reservation:
        return Reservation(
            uid=self.uid(),
            quota=self._pots[key],
            person=person.uid,
            units=units,
            state=ReservationState.USED,
            reserved_on=on,
            used_on=on,
        )

    def _permit(self, person: Person, kind: str, start: date, days: int, case: str | None = None) -> Permit:
        return Permit(
            uid=self.uid(),
            person=person.uid,
            kind=kind,
            applied_on=start,
            granted_on=start,
            valid_from=start,
            valid_until=start + timedelta(days=days),
            state=PermitState.GRANTED,
            case=case,
        )


def _ended(permit: Permit, on: date | None, grounds: str) -> Permit:
    """A permit that ended before today, as an office closes it."""
    return replace(permit, state=PermitState.REVOKED, revoked_on=on, grounds=grounds)


def _places(desk: Desk) -> Iterator[str]:
    """Settlements of the office's region, the towns many times over: people mostly settle there."""
    towns: list[str] = []
    villages: list[str] = []
    for place in places.settlements(desk.store, desk.office.region):
        (towns if place.kind == "city" else villages).append(place.code)
    yield from towns * max(1, len(villages) // max(1, len(towns)) * 2)
    yield from villages
