"""People: find them by anything, keep their file, notice that somebody is here already."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from migdesk.domain.arrival import Arrival, Departure, Stay
from migdesk.domain.case import Case
from migdesk.domain.change import Done, Op
from migdesk.domain.errors import NotFound, refuse_if_blocked
from migdesk.domain.finding import Finding, block, note, warn
from migdesk.domain.identity import identity_of
from migdesk.domain.letters import search_terms
from migdesk.domain.matching import Match, can_match, compare
from migdesk.domain.other_names import plain
from migdesk.domain.permit import Permit
from migdesk.domain.person import Membership, Person, TravelDocument
from migdesk.domain.printout import Printout
from migdesk.domain.spelling_pairs import alike_keys
from migdesk.domain.terms import OpenTerm
from migdesk.i18n import N_, _
from migdesk.services import checks, panels
from migdesk.services.checked_ops import checked_op
from migdesk.services.desk import Desk
from migdesk.services.people import growth, kinship, labels, merging, spellings
from migdesk.services.people.growth import Growth
from migdesk.store import families, search, terms
from migdesk.store import people as shelf
from migdesk.store.writer import Tx

_BEST = 5
DUPLICATE, KNOWN_PERSON = "duplicate", "known_person"
"""Codes of the warnings that somebody may be, or is, in the register already."""
SAME = "same"
"""The verdict on two files that are surely of one person."""
_UNASKED = Growth((), 0)


@dataclass(frozen=True, slots=True)
class Found:
    """A person found by the search box, and by which of his words."""

    person: Person
    matched: str


@dataclass(frozen=True, slots=True)
class Likely:
    """Somebody who may be the same person, with the comparison."""

    person: Person
    match: Match


@dataclass(frozen=True, slots=True)
class PersonFile:
    """Everything the office holds about one person."""

    person: Person
    documents: tuple[TravelDocument, ...]
    family: tuple[tuple[Membership, Person], ...]
    arrivals: tuple[Arrival, ...]
    departures: tuple[Departure, ...]
    stays: tuple[Stay, ...]
    permits: tuple[Permit, ...]
    cases: tuple[Case, ...]
    printouts: tuple[Printout, ...]
    terms: tuple[OpenTerm, ...]
    growth: Growth = _UNASKED
    """What the file lacks for an official paper."""
    last: Arrival | None = None
    """The arrival by which the person is here, or was here last: the file's growth counts it in."""

    @property
    def lacking(self) -> tuple[str, ...]:
        """The English labels of what the file lacks."""
        return self.growth.labels

    @property
    def document(self) -> TravelDocument | None:
        """The current document: the first by the rule of `current_document`."""
        return self.documents[0] if self.documents else None


def find_people(desk: Desk, text: str, *, limit: int = 50) -> list[Found]:
    """People whose names, numbers or documents have words that begin as typed; any script.

    Who has the label that was typed comes first.
    """
    holder = labels.find_holder(desk, text)
    first = [Found(holder, _(N_("label of the file")))] if holder else []
    ids = search.find_ids(desk.store, "person_search", text, limit)
    found = (Found(person, _matched(person, text)) for person in shelf.by_rowids(desk.store, ids))
    return [*first, *(one for one in found if holder is None or one.person.uid != holder.uid)]


def get_person(desk: Desk, key: str) -> Person:
    """A person by uid, IIN, document number or label; the uid of a merged file leads to the one it is in now.

    Raises:
        NotFound: none, or several, have it.
    """
    found = desk.store.find(Person, key) or shelf.by_iin(desk.store, key)
    while found and found.merged_into:
        found = desk.store.find(Person, found.merged_into)
    if found and not found.is_annulled:
        return found
    holders = shelf.by_document(desk.store, key.replace(" ", "").upper())
    if not holders and (holder := labels.find_holder(desk, key)):
        return holder
    if len(holders) != 1:
        raise NotFound(key) if holders else labels.nobody(key)
    return holders[0]


def open_file(desk: Desk, uid: str) -> PersonFile:
    """The whole file of a person.

    Raises:
        NotFound: nobody has this uid.
    """
    store = desk.store
    person = store.get(Person, uid)
    ever = store.select(Arrival, "person = ?", (uid,), "arrived_on DESC, id DESC")
    arrivals = [one for one in ever if not one.is_annulled]
    permits = store.live(Permit, person=uid, order="id DESC")
    cases = shelf.cases_of(store, uid)
    about = [
        uid,
        *(one.uid for one in (*ever, *permits, *cases)),
    ]  # a paper stays when its arrival is annulled
    documents = tuple(shelf.documents_of(store, uid, desk.today))
    last = next((one for one in arrivals if one.left_on is None), arrivals[0] if arrivals else None)
    details = panels.details_of(store, last) if last else None
    return PersonFile(
        person=growth.with_state(person, documents, arrival=last, details=details),
        documents=documents,
        family=tuple(_relatives(desk, uid)),
        arrivals=tuple(arrivals),
        departures=tuple(store.live(Departure, person=uid, order="left_on DESC")),
        stays=tuple(store.live(Stay, person=uid, order="entered_on DESC")),
        permits=tuple(permits),
        cases=tuple(cases),
        printouts=tuple(store.live(Printout, about=about, order="id DESC")),
        terms=tuple(terms.terms_of(store, uid, desk.today)),
        growth=growth.of_file(person, documents, last, details),
        last=last,
    )


def save_person(desk: Desk, person: Person, document: TravelDocument | None = None) -> Done[Person]:
    """Write a new or changed person, and a new document of his; says whom he looks like now.

    Raises:
        Invalid: what is wrong, field by field.
        Stale: the person was changed since he was read.
    """
    new = (document,) if document else ()

    def check() -> list[Finding]:
        refuse_if_blocked(findings := checks.check_person(desk, person, new))
        return [
            *findings,
            *warn_of_likely(_newly_like(desk, person, new)),
            *kinship.check_relatives(desk, person),
        ]

    with checked_op(desk, Op.SAVE_PERSON, check) as (tx, findings):
        held = tx.live(TravelDocument, person=person.uid) if person.rev else []
        before = tx.find(Person, person.uid) if person.rev else None
        changed = bool(new) or growth.identity_changed(before, person)
        saved = tx.put(growth.settled(tx, person, (*held, *new), changed=changed))
        spellings.learn(tx, before, saved)
        if document:
            tx.put(document, person=saved.uid)
        settle_arrivals(tx, saved, (*held, *new))
    return Done(saved, tx.changes, tuple(findings))


def settle_arrivals(tx: Tx, person: Person, documents: Iterable[TravelDocument]) -> None:
    """After a change of a person: his arrivals are as complete as that makes them, in the same op."""
    held = tuple(documents)
    for arrival in tx.live(Arrival, person=person.uid):
        details = panels.details_of(tx, arrival)
        tx.put(growth.arrival_with_state(person, held, arrival, details))


def likely_same(
    desk: Desk, person: Person, documents: tuple[TravelDocument, ...] = (), *, limit: int = _BEST
) -> list[Likely]:
    """Who in the register may be this person, best first; the same answer behind every door."""
    numbers = tuple(one.number for one in documents if one.number)
    mine = identity_of(person, numbers)
    told = merging.distinct_pairs(desk) if person.uid else ()
    found = []
    others = shelf.candidates(desk.store, person, numbers)
    held = shelf.numbers_of(desk.store, [one.uid for one in others])
    for other in others:
        theirs = identity_of(other, held.get(other.uid, ()))
        if not can_match(mine, theirs):
            continue
        match = compare(mine, theirs)
        if match.verdict != "different" and frozenset((person.uid, other.uid)) not in told:
            found.append(Likely(other, _with_link(match, person, other)))
    return sorted(found, key=lambda one: -one.match.score)[:limit]


_LINK = note("iin.link", N_("the file has no IIN yet and can get this one"))


def _with_link(match: Match, person: Person, other: Person) -> Match:
    """A file without IIN that is taken over gets the one typed: said, so that no second file is made for it."""
    if person.iin and not other.iin and not person.uid:
        return replace(match, why=(*match.why, _LINK))
    return match


def _newly_like(desk: Desk, person: Person, new: tuple[TravelDocument, ...]) -> list[Likely]:
    """Who may be the same person by what is being saved, and was not by what stands in the register."""
    before = desk.store.find(Person, person.uid) if person.rev else None
    if before and not new and not growth.identity_changed(before, person):
        return []
    held = tuple(shelf.documents_of(desk.store, person.uid, desk.today)) if before else ()
    known = {one.person.uid for one in likely_same(desk, before, held)} if before else set()
    return [one for one in likely_same(desk, person, (*held, *new)) if one.person.uid not in known]


def warn_of_likely(likely: list[Likely]) -> list[Finding]:
    """A warning for each person who may be the same."""
    return [
        warn(
            DUPLICATE,
            N_("{name} may be the same person: {reasons}."),
            None,
            name=one.person.full_name,
            reasons="; ".join(one.match.reasons),
        )
        for one in likely
    ]


def about_likely(likely: Sequence[Likely], *, apart: bool) -> list[Finding]:
    """A warning for each who may be the same; one who surely is stops the work until somebody decides.

    `apart`: somebody said that it is another person.
    """
    sure = [one for one in likely if one.match.verdict == SAME]
    if apart or not sure:
        return warn_of_likely(list(likely))
    message = N_(
        "{name} is in the register already: {reasons}. Take that file, or say that it is another person."
    )
    first = sure[0]
    values = {"name": first.person.full_name, "reasons": "; ".join(first.match.reasons)}
    told = block(KNOWN_PERSON, message, None, **values)
    return [told, *warn_of_likely([one for one in likely if one is not first])]


def _relatives(desk: Desk, uid: str) -> list[tuple[Membership, Person]]:
    store, today = desk.store, desk.today
    places = families.memberships_on(store, uid, today)
    return [one for place in places for one in families.members_on(store, place.family or "", today)]


def _matched(person: Person, text: str) -> str:
    """Which of a person's words fits what was typed, for the line under his name."""
    wanted = [alike_keys(term) for term in search_terms(text)]
    fields = (
        (_(N_("name")), f"{person.surname} {person.given} {person.patronymic}"),
        (_(N_("name in Latin")), person.latin_name),
        (_(N_("IIN")), person.iin),
        (_(N_("name as in the document")), person.document_name),
        (_(N_("other names")), plain(person.other_names)),
    )
    for label, value in fields:
        terms_there = search_terms(value)
        if wanted and all(any(one.startswith(words) for one in terms_there) for words in wanted):
            return label
    return _(N_("number of a document or case"))
