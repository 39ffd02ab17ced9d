"""The waiting list of a pot: who came first is served first, and what was done otherwise has its reason.

No act on the order was found: the queue goes by number and moment of entry, which is the cautious default [U]. The
number, the moment and the journal's entry with its hash prove it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from migdesk.domain.case import Case, CaseState
from migdesk.domain.change import Done, Op
from migdesk.domain.errors import NotFound, Refused, refuse_if_blocked
from migdesk.domain.finding import Finding, Severity, block
from migdesk.domain.person import Person
from migdesk.domain.quota import (
    Quota,
    Reservation,
    ReservationState,
    Skip,
    Stream,
    Waiting,
    WaitingState,
)
from migdesk.i18n import N_
from migdesk.services.checked_ops import checked_op
from migdesk.services.desk import Desk
from migdesk.services.facts import facts
from migdesk.services.facts.members import persons_of
from migdesk.services.quotas import quotas, turns
from migdesk.services.quotas.pots import Pot, pot_of, refuse_unknown
from migdesk.services.reasons import reason
from migdesk.store import families as shelf
from migdesk.store import quotas as ledger
from migdesk.store import waiting as entries

REASONS = "skip_reasons"
"""The list of reasons for which somebody may be passed over."""

_LETTERS = "W"
_ONCE = (Stream.KANDAS, Stream.RESETTLER)
"""Streams into which people are included, once in a lifetime; the others give permits."""


@dataclass(frozen=True, slots=True)
class Wish:
    """Who asks for units of a pot: a person, for himself or a family, with a case if one is open."""

    pot: Pot
    person: str
    units: int = 1
    family: str | None = None
    case: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """An entry with its place in line, its person, how often it was passed over, and the proof of its order.

    `place` is nothing for one that waits no more; `behind` says that it was passed over for the next turn.
    """

    entry: Waiting
    pot: Pot
    name: str
    place: int | None
    behind: bool
    skipped: int
    op: str
    hash: str


def wish_of_case(desk: Desk, uid: str) -> Wish:
    """What an open case asks of the quota.

    Raises:
        NotFound: no such case.
        Refused: it is decided, or its service takes no quota.
    """
    case = desk.store.get(Case, uid)
    if case.state is not CaseState.OPEN:
        raise Refused([block("case.closed", N_("This case is decided already."), "case")])
    pot = pot_of_case(desk, case)
    if pot is None:
        raise Refused([block("quota.none", N_("This service takes nothing of a quota."), "case")])
    return Wish(pot, case.person or "", len(persons_of(desk, case)), case.family, case.uid)


def wish_of_person(desk: Desk, pot: Pot, person: str, units: int) -> Wish:
    """What a person asks of a pot, with the open case there is for it."""
    found = desk.store.live(Case, person=person, state=CaseState.OPEN)
    case = next((one for one in found if pot_of_case(desk, one) == pot), None)
    return Wish(pot, person, units, case.family if case else None, case.uid if case else None)


def pot_of_case(desk: Desk, case: Case) -> Pot | None:
    """The pot of which a case would take units if it were granted today; nothing for a service without quota."""
    service = desk.find_procedure(case.service, case.applied_on or desk.today)
    if service is None or service.quota is None:
        return None
    region = case.region or desk.office.region
    return Pot(Stream(service.quota), region, desk.today.year, case.category)


def check_wish(desk: Desk, wish: Wish) -> list[Finding]:
    """What stands against an entry: the person was included before, holds units, or waits already."""
    if desk.store.find(Person, wish.person) is None:
        return [block("not_found", N_("There is no such person."), "person")]
    if wish.units < 1:
        return [block("no_units", N_("Say how many units."), "units")]
    found = ledger.find_pot(desk.store, wish.pot.key)
    line = ledger.waiting(desk.store, found) if found else []
    twice = next((one for one in line if one.person == wish.person), None)
    findings = []
    if twice:
        message = N_("Waits in this list already under {number}.")
        findings.append(block("waiting.twice", message, "person", number=twice.number))
    return [*findings, *_once(desk, wish)]


def _once(desk: Desk, wish: Wish) -> list[Finding]:
    """Nobody is included twice: by the law of the service, and by the units the register knows of."""
    if wish.pot.stream not in _ONCE:
        return []
    findings = []
    for person in _people(desk, wish):
        if _has_unit(desk, person, wish):
            message = N_("{name} holds units of this quota or used them before: nobody is included twice.")
            findings.append(block("waiting.included", message, "person", name=person.full_name))
    service = next((one for one in desk.procedures if one.quota == wish.pot.stream and not one.permit), None)
    if service is None:
        return findings
    asked = Case(
        uid=wish.case or "",
        service=service.code,
        person=wish.person,
        applied_on=desk.today,
        family=wish.family,
    )
    others = [one for one in _people(desk, wish) if one.uid != wish.person]
    told = [*facts.ask_about_case(desk, asked, {}), *facts.ask_about_members(desk, asked, others)]
    return [*findings, *(one for one in told if one.severity is Severity.BLOCK and "once" in one.code)]


def _people(desk: Desk, wish: Wish) -> list[Person]:
    if wish.case:
        return persons_of(desk, desk.store.get(Case, wish.case))
    family = shelf.members_on(desk.store, wish.family, desk.today) if wish.family else []
    return [desk.store.get(Person, wish.person), *(one for _m, one in family if one.uid != wish.person)]


def _has_unit(desk: Desk, person: Person, wish: Wish) -> bool:
    own = wish.case and desk.store.get(Case, wish.case).reservation
    taken = desk.store.live(
        Reservation, person=person.uid, state=(ReservationState.HELD, ReservationState.USED)
    )
    pots = (desk.store.find(Quota, one.quota or "") for one in taken if one.uid != own)
    return any(pot is not None and pot.stream in _ONCE for pot in pots)


def enter(desk: Desk, wish: Wish) -> Done[Waiting]:
    """Enter somebody at the end of the line, with the next number and this moment.

    Raises:
        Invalid: the pot cannot be, no such person, waits already, or was included before.
    """
    refuse_unknown(desk, wish.pot)
    with checked_op(desk, Op.ENTER_WAITING, partial(check_wish, desk, wish)) as (tx, _findings):
        found = quotas.find_or_make(desk, tx, wish.pot)
        entered = tx.put(
            Waiting(
                number=desk.next_number(tx, _LETTERS, 5),
                quota=found.uid,
                person=wish.person,
                family=wish.family,
                case=wish.case,
                units=wish.units,
                entered_at=desk.clock.now().replace(microsecond=0),
            )
        )
    return Done(entered, tx.changes)


def next_of(desk: Desk, pot: Pot) -> Waiting | None:
    """Whose turn it is in a pot; nobody where nobody waits."""
    refuse_unknown(desk, pot)
    found = ledger.find_pot(desk.store, pot.key)
    return turns.first_of(desk, found) if found else None


def get(desk: Desk, key: str) -> Waiting:
    """An entry by its number or uid.

    Raises:
        NotFound: there is none.
    """
    found = desk.store.live(Waiting, number=key.strip()) or desk.store.live(Waiting, uid=key.strip())
    if not found:
        raise NotFound(key)
    return found[0]


def skip(desk: Desk, uid: str, reason: str, words: str) -> Done[Skip]:
    """Pass over who is next, for one turn; after somebody else was taken the entry is first again.

    Raises:
        Invalid: the reason is not in the list, or the circumstances are not told.
        Refused: it is not this entry's turn, or nobody stands behind it.
    """
    refuse_if_blocked(_check_skip(desk, reason, words))
    with desk.write(Op.SKIP_WAITING) as tx:
        entry = desk.store.get(Waiting, uid)
        found = _turn_of(desk, entry)
        behind = {one.waiting for one in ledger.pending_skips(desk.store, found)} | {entry.uid}
        if all(one.uid in behind for one in ledger.waiting(desk.store, found)):
            message = N_("Nobody stands behind {number}: there is nobody to take instead.")
            raise Refused([block("waiting.alone", message, "number", number=entry.number)])
        passed = tx.put(Skip(waiting=entry.uid, skipped_on=desk.today, reason=reason, words=words.strip()))
    return Done(passed, tx.changes)


def _check_skip(desk: Desk, reason: str, words: str) -> list[Finding]:
    findings = []
    if not desk.lists.has(REASONS, reason):
        known = ", ".join(desk.lists.items(REASONS))
        message = N_("“{code}” is none of: {known}.")
        findings.append(block("unknown_reason", message, "reason", code=reason, known=known))
    if not words.strip():
        findings.append(block("missing", N_("Say in words why somebody is passed over."), "words"))
    return findings


def _turn_of(desk: Desk, entry: Waiting) -> Quota:
    """The pot of an entry whose turn it is.

    Raises:
        Refused: it waits no more, or somebody else is next.
    """
    if entry.state is not WaitingState.WAITING or entry.is_annulled:
        raise Refused([block("waiting.over", N_("{number} waits no more."), "number", number=entry.number)])
    found = desk.store.get(Quota, entry.quota or "")
    first = turns.first_of(desk, found)
    if first is None or first.uid != entry.uid:
        values = {"number": entry.number, "first": first.number if first else "—"}
        message = N_("It is not the turn of {number}: {first} is next.")
        raise Refused([block("waiting.turn", message, "number", **values)])
    return found


def include(desk: Desk, uid: str) -> Done[Waiting]:
    """Take who is next: units are held for him, and for his case, in the same op.

    Raises:
        Refused: it is not this entry's turn, the case is decided, or fewer units are free.
        Invalid: he was included elsewhere meanwhile.
    """
    with desk.write(Op.INCLUDE_WAITING) as tx:
        entry = desk.store.get(Waiting, uid)
        pot = pot_of(_turn_of(desk, entry))
        wish = Wish(pot, entry.person or "", entry.units or 1, entry.family, entry.case)
        refuse_if_blocked(_once(desk, wish))
        unit = quotas.hold(desk, tx, quotas.Hold(pot, wish.units, person=wish.person, reason=entry.number))
        case = desk.store.find(Case, entry.case or "")
        if case and case.state is CaseState.OPEN:
            tx.put(replace(case, reservation=unit.uid))
    return Done(desk.store.get(Waiting, uid), tx.changes)


def strike(desk: Desk, uid: str, why: str) -> Done[Waiting]:
    """Take an entry off the list: called off by the person, or what it was for is gone.

    Raises:
        Invalid: no reason is given.
        Refused: it waits no more.
    """
    why = reason(why, N_("Say why the entry is struck off."), of=Waiting, name="why")
    entry = desk.store.get(Waiting, uid)
    if entry.state is not WaitingState.WAITING:
        raise Refused([block("waiting.over", N_("{number} waits no more."), "number", number=entry.number)])
    with desk.write(Op.STRIKE_WAITING) as tx:
        struck = replace(entry, state=WaitingState.STRUCK, ended_on=desk.today, why=why)
        saved = tx.put(struck)
    return Done(saved, tx.changes)


def line(desk: Desk, pot: Pot | None = None, *, ever: bool = False) -> list[Place]:
    """Everybody in line, pot by pot in the order of entry; with `ever` those too who wait no more."""
    found = ledger.find_pot(desk.store, pot.key) if pot else None
    if pot and found is None:
        return []
    rows = entries.in_order(desk.store, found.uid if found else None, ever=ever)
    known: dict[str, Pot] = {}
    counts: dict[str, int] = {}
    places = []
    for row in rows:
        entry = desk.store.get(Waiting, row.uid)
        uid = entry.quota or ""
        known.setdefault(uid, pot_of(desk.store.get(Quota, uid)))
        place = None
        if entry.state is WaitingState.WAITING:
            place = counts[uid] = counts.get(uid, 0) + 1
        places.append(Place(entry, known[uid], row.name, place, row.behind, row.skipped, row.op, row.hash))
    return places


def skips_of(desk: Desk, uid: str) -> Sequence[Skip]:
    """When, why and for whom an entry was passed over, the first time first."""
    return desk.store.live(Skip, waiting=uid)
