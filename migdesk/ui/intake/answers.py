"""What the intake asks the office while somebody types: run in a reader's thread, answered at once."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from migdesk.domain.arrival import StayBasis
from migdesk.domain.change import Done
from migdesk.domain.errors import NotFound
from migdesk.domain.finding import Finding
from migdesk.domain.kin import OTHER, SPOUSE
from migdesk.domain.mrz import MrzReading, read_mrz
from migdesk.domain.party import Address, Party
from migdesk.i18n import N_
from migdesk.services import asked_values, panels, parked
from migdesk.services.arrivals import arrivals, parties
from migdesk.services.arrivals.arrivals import HEAD, ArrivalDraft, Registered
from migdesk.services.desk import Desk
from migdesk.services.people import kinship, people
from migdesk.services.people.people import PersonFile
from migdesk.services.terms.arrival_terms import grounded, with_terms
from migdesk.ui.entry.choice_list import Choices
from migdesk.ui.entry.picking import Sources
from migdesk.ui.intake.sheet import NEW_HOST, Relative
from migdesk.ui.look.words import said
from migdesk.ui.memory import Memory
from migdesk.ui.workplace import Workplace

_NEW = N_("New receiving person: {name}")
_SAVED = N_("Arrival registered: {name}, No. {number}")
_SAVED_MANY = N_("{n} arrivals registered: {name} and family")
_RECENT = 6
_PLACES = "kato"
_CHILDREN = ("son", "daughter")


@dataclass(frozen=True, slots=True, repr=False)
class Look:
    """What the checks say about a draft, when its terms end, and what may be offered."""

    findings: tuple[Finding, ...]
    notice_due: date | None
    registration_due: date | None
    basis: StayBasis | None


@dataclass(frozen=True, slots=True, repr=False)
class Known:
    """A file that is taken over, where its person lived last, his family, and the details of his last purpose."""

    file: PersonFile
    address: Address | None
    relatives: tuple[Relative, ...]
    details: dict[str, Any]


def look(desk: Desk, draft: ArrivalDraft) -> Look:
    """Check a draft as it is now; who may be in the register already is asked apart."""
    findings = arrivals.check_draft(desk, draft, duplicates=False)
    citizenship = draft.members[0].person.citizenship if draft.members else ""
    grounds = grounded(draft.arrival, citizenship)
    terms = with_terms(desk, grounds)
    on = draft.arrival.entered_on or desk.today
    free = citizenship and desk.law.regime(citizenship, StayBasis.VISA_FREE.value, on)
    basis = StayBasis.VISA_FREE if free else grounds.basis
    return Look(tuple(findings), terms.notice_due, terms.registration_due, basis)


def fetch(desk: Desk, uid: str) -> Known:
    """The file of a person, the address of his last arrival, his present family.

    Raises:
        NotFound: nobody has this uid.
    """
    file = people.open_file(desk, uid)
    last = file.arrivals[0].address if file.arrivals else None
    address = parties.get_address(desk, last) if last else None
    held = panels.details_of(desk.store, file.arrivals[0]) if file.arrivals else {}
    details = {f"{asked_values.PLACE}.{key}": value for key, value in held.items()}
    return Known(file, address, tuple(_relatives(desk, file)), details)


def _relatives(desk: Desk, file: PersonFile) -> Iterator[Relative]:
    """The present family of a person; relations kept to its head are turned round to him where that is sure, and
    can be by the years of both."""
    own = {one.family: one.relation for one, person in file.family if person.uid == file.person.uid}
    seen = {file.person.uid}
    for one, person in file.family:
        if person.uid in seen:
            continue
        seen.add(person.uid)
        mine, relation = own.get(one.family, ""), one.relation
        if mine != HEAD:
            is_sure = relation == HEAD or (mine == SPOUSE and relation in _CHILDREN)
            turned = kinship.turned(desk, person, relation, file.person, mine) if is_sure else OTHER
            relation = "" if turned == OTHER else turned
        yield Relative(person, relation)


def read_scan(desk: Desk, text: str) -> MrzReading:
    """Read a zone with the countries of the office's list."""
    return read_mrz(text, desk.today, desk.lists.items("countries"))


def register(desk: Desk, key: str, draft: ArrivalDraft) -> Done[Registered]:
    """Register, then forget the draft of the screen; one task, so that no crash falls between two others.

    Raises:
        Invalid: what is wrong, field by field; nothing was written and the draft is kept.
    """
    done = arrivals.register_arrival(desk, draft)
    parked.drop_draft(desk, key)
    return done


def party_words(party: Party) -> str:
    """How a receiving person stands in a list: name and number."""
    return f"{party.name} · {party.number}" if party.number else party.name


def done_words(done: Done[Registered]) -> str:
    """What is said once a family, or one person, is registered."""
    name = done.value.people[0].full_name
    if len(done.value.arrivals) > 1:
        return said(_SAVED_MANY, n=len(done.value.arrivals), name=name)
    return said(_SAVED, name=name, number=done.value.arrivals[0].number)


class Offers:
    """What the fields of the intake offer: lists with the values used last on top, receiving persons, F8."""

    def __init__(self, desk: Desk, memory: Memory) -> None:
        self._desk = desk
        self._memory = memory
        self._guard = threading.Lock()
        self._recent: dict[str, tuple[str, ...]] = {}
        self.host_text = ""
        self.before: dict[str, Any] = {}

    def sources(self, work: Workplace) -> Sources:
        """For the editors."""
        return Sources(
            today=lambda: self._desk.today,
            tasks=work.tasks,
            choices=self.choices,
            names=self.name,
            find=self.find,
            titles=self.title,
            before=self.before.get,
        )

    def choices(self, name: str, text: str) -> Choices:
        """Codes of a list that fit, those used last first."""
        found: Choices = self._desk.lists.find(name, text)
        if name == _PLACES:
            found = [(code, self.name(name, code)) for code, _words in found]
        recent = self._recent_of(name)
        if not text.strip():
            known = [(code, self.name(name, code)) for code in recent if self._desk.lists.has(name, code)]
            return [*known, *(one for one in found if one[0] not in recent)]
        return sorted(found, key=lambda one: one[0] not in recent)

    def name(self, name: str, code: str) -> str:
        """What a code is called; a place is named first, then its district and region, so that no end is lost."""
        if name != _PLACES:
            return self._desk.lists.label(name, code)
        return ", ".join(reversed(self._desk.lists.place_names(code))) or code

    def find(self, table: str, text: str) -> Choices:
        """Known receiving persons, and the way to a new one."""
        if table != Party.table:
            return ()
        found = [(one.uid, party_words(one)) for one in parties.find_parties(self._desk, text)]
        if text.strip():
            self.host_text = " ".join(text.split())
            found.append((NEW_HOST, said(_NEW, name=self.host_text)))
        return found

    def title(self, table: str, uid: str) -> str:
        """What a receiving person is called."""
        if uid == NEW_HOST:
            return said(_NEW, name=self.host_text)
        try:
            return party_words(parties.get_party(self._desk, uid)) if table == Party.table else uid
        except NotFound:
            return ""

    def use(self, name: str, code: str) -> None:
        """A code was used: it comes first from now on."""
        recent = (code, *(one for one in self._recent_of(name) if one != code))[:_RECENT]
        self._recent[name] = recent
        self._memory.keep(f"recent/{name}", " ".join(recent))

    def _recent_of(self, name: str) -> tuple[str, ...]:
        with self._guard:
            if name not in self._recent:
                self._recent[name] = tuple(self._memory.recall(f"recent/{name}").split())
            return self._recent[name]
