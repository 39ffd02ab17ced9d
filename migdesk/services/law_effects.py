"""What another law would change: due days and sums of what is still open, before it is switched on and when it is.

Due days are kept beside what they belong to, so that a list of a hundred thousand opens at once. They are worked
out when an event is written, and all anew, in the same op, whenever the office changes its law: a pack, a day of
the calendar, an answer to an open question. So are the sums that are to be paid. What was fulfilled, left, decided
or paid keeps the day and the sum it had. Limits of quotas are asked of the law itself and written nowhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as made_by
from datetime import date
from functools import lru_cache

from migdesk.domain.arrival import Arrival, StayBasis
from migdesk.domain.case import Case, CaseState
from migdesk.domain.errors import Invalid, NotFound
from migdesk.domain.payment import Payment, PaymentState, answers_in
from migdesk.domain.permit import Permit
from migdesk.domain.record import Record
from migdesk.rules.amounts import Amount
from migdesk.rules.law import Law
from migdesk.rules.procedure import Procedure, in_force
from migdesk.services import fees, permit_ends, stay_ends, stays_moved
from migdesk.services.arrival_terms import begun_by
from migdesk.services.checks import last_day
from migdesk.services.desk import Desk


@dataclass(frozen=True, slots=True)
class Effect:
    """One due day or sum that a law gives anew: the record and field it stands in, whose it is, the rule, the two.

    `along` are the values that are written together with it: how many MRP, and of which size.
    """

    table: type[Record]
    uid: str
    field: str
    person: str
    code: str
    before: date | int | None
    after: date | int | None
    along: Mapping[str, object] = made_by(default_factory=dict)


def effects(
    desk: Desk, law: Law, *, held: Law | None = None, services: Sequence[Procedure] | None = None
) -> Iterator[Effect]:
    """Every open due day, and every sum that is due, to which a law gives another value than the law that holds.

    What stands in the register otherwise than by the law that holds, because somebody brought it so, stays. `held`
    and `services` are another law and its services that count as those that held, such as those of an older program.
    """
    known = desk.law if held is None else held
    yield from due_days(desk, law, held=known, services=services)
    yield from sums(desk, law, held=known)
    yield from stays(desk, law, held=known)
    yield from _of_permits(desk, law, known)
    yield from _of_fees(desk, law, known)


def due_days(
    desk: Desk, law: Law, *, held: Law, services: Sequence[Procedure] | None = None
) -> Iterator[Effect]:
    """Every open due day of a notice, a registration or a case to which a law gives another value."""
    known = desk.procedures if services is None else services
    if law.counts_like(held) and known == desk.procedures:
        return
    yield from _of_arrivals(desk, law, held)
    yield from _of_cases(desk, law, held, known)


_OPEN_ARRIVALS = """
SELECT uid, person, basis, moved_from IS NOT NULL, arrived_on, entered_on,
  notified_on IS NULL, registered_on IS NULL, notice_due, registration_due
FROM arrival
WHERE left_on IS NULL AND annulled_on IS NULL AND (notified_on IS NULL OR registered_on IS NULL)
"""


def _of_arrivals(desk: Desk, law: Law, known: Law) -> Iterator[Effect]:
    for uid, person, basis, moved, came, crossed, *rest in desk.store.each(_OPEN_ARRIVALS):
        unnotified, unregistered, notice_due, registration_due = rest
        held, due = (_begun(one, basis, moved, came, crossed) for one in (known, law))
        if held == due:
            continue
        for name, is_open, kept in (
            ("notice_due", unnotified, notice_due),
            ("registration_due", unregistered, registration_due),
        ):
            code, after = due.get(name, ("", None))
            before = date.fromisoformat(kept) if kept else None
            if is_open and before != after and held.get(name, ("", None))[1] in (before, None):
                yield Effect(Arrival, uid, name, person, code, before, after)


@lru_cache(maxsize=4096)
def _begun(
    law: Law, basis: str | None, moved: int, came: str | None, crossed: str | None
) -> dict[str, tuple[str, date | None]]:
    """The due days of all arrivals of one day and ground; few days hold many arrivals."""
    arrival = Arrival(
        basis=StayBasis(basis) if basis else None,
        moved_from="moved" if moved else None,
        arrived_on=date.fromisoformat(came) if came else None,
        entered_on=date.fromisoformat(crossed) if crossed else None,
    )
    return {
        one.field: (one.code, _last_day(law, one.code, one.start) if one.start else None)
        for one in begun_by(arrival)
    }


def _last_day(law: Law, code: str, start: date) -> date | None:
    """The last day of a term by a law; nothing where that law does not know it."""
    try:
        return last_day(law, code, start)
    except NotFound:
        return None


_OPEN_CASES = (
    "SELECT uid, person, service, applied_on, due_on FROM cases WHERE state = ? AND annulled_on IS NULL"
)


def _of_cases(desk: Desk, law: Law, known: Law, held: Sequence[Procedure]) -> Iterator[Effect]:
    now, then = ({one.code: one for one in some} for some in (desk.procedures, held))
    for uid, person, service, applied, due in desk.store.each(_OPEN_CASES, (CaseState.OPEN.value,)):
        filed = date.fromisoformat(applied) if applied else None
        if filed is None:
            continue
        code, after = _due_of(now.get(service), law, filed)
        before = date.fromisoformat(due) if due else None
        if code and before != after and _due_of(then.get(service), known, filed)[1] in (before, None):
            yield Effect(Case, uid, "due_on", person, code, before, after)


def _due_of(service: Procedure | None, law: Law, filed: date) -> tuple[str, date | None]:
    """The term of a service on the day of filing, and the due day that a law gives it."""
    procedure = in_force(service, filed) if service else None
    if procedure is None or procedure.term is None:
        return "", None
    return procedure.term, _last_day(law, procedure.term, filed)


_DUE_PAYMENTS = (
    "SELECT uid, person, rule, given, counted_on, due_on, tenge FROM payment "
    "WHERE state = ? AND annulled_on IS NULL"
)


def sums(desk: Desk, law: Law, *, held: Law) -> Iterator[Effect]:
    """Sums to be paid. One up to a ceiling was told by a person; one without an MRP of its year stays as it is."""
    for uid, person, rule, given, counted, due, before in desk.store.each(
        _DUE_PAYMENTS, (PaymentState.DUE.value,)
    ):
        day = date.fromisoformat(counted)
        if due and (later := _monthly(law, rule, given, date.fromisoformat(due))) and later.tenge != before:
            worked = {"mrp_count": f"{later.mrp_count:f}", "mrp": f"{later.mrp:f}"}
            along = {"counted_on": date.fromisoformat(due), **worked}
            yield Effect(Payment, uid, "tenge", person, rule, before, later.tenge, along)
            continue
        then, found = (_sum(one, rule, given, day) for one in (held, law))
        if found and found.tenge != before and (then is None or then.tenge != found.tenge):
            along = {"mrp_count": f"{found.mrp_count:f}", "mrp": f"{found.mrp:f}"}
            yield Effect(Payment, uid, "tenge", person, rule, before, found.tenge, along)


@lru_cache(maxsize=4096)
def _monthly(law: Law, rule: str, given: str, due: date) -> Amount | None:
    """The sum of a month by the MRP of its own day, where the rule is paid by months and counts on the payment."""
    try:
        known = law.amount_rule(rule, due)
    except NotFound:
        return None
    return _sum(law, rule, given, due) if known.months > 1 and known.counted_on == "payment" else None


@lru_cache(maxsize=4096)
def _sum(law: Law, rule: str, given: str, day: date) -> Amount | None:
    """The sum of a payment by a law; nothing where that law does not give it."""
    try:
        is_ceiling = law.amount_rule(rule, day).ceiling
        found = law.amount(rule, day, answers_in(given))
    except (NotFound, Invalid):
        return None
    is_published = all(one.code != "value.not_published" for one in found.findings)
    return found if is_published and not is_ceiling else None


def stays(desk: Desk, law: Law, *, held: Law) -> Iterator[Effect]:
    """Ends of stay: by the regime of each entry, its settings, and the special regimes over it."""
    found: Iterator[stay_ends.Kept]
    if law.regimes_like(held):
        found = (one for one, _place in stays_moved.moved(desk.store, law, held, desk.today))
    else:
        found = stay_ends.stale(desk.store, law, desk.today)
    for one in found:
        yield Effect(Arrival, one.uid, stay_ends.FIELD, one.person, stay_ends.RULE, one.before, one.after)


def _of_permits(desk: Desk, law: Law, known: Law) -> Iterator[Effect]:
    """Days to which special regimes prolong permits; the day written in a permit stays."""
    if [*law.specials] == [*known.specials]:
        return
    for one in permit_ends.stale(desk.store, law.specials):
        yield Effect(Permit, one.uid, permit_ends.FIELD, one.person, permit_ends.RULE, one.before, one.after)


def _of_fees(desk: Desk, law: Law, known: Law) -> Iterator[Effect]:
    """Days by which the fees of cases are to be paid: by the term of the service, from its notice or before it."""
    if law.counts_like(known):
        return
    for payment in desk.store.live(Payment, state=PaymentState.DUE):
        case, service = fees.filed_with(desk, payment) if payment.due_on else (None, None)
        step = fees.step_of(service) if service else None
        if case is None or step is None or step.term is None:
            continue
        start, _told = fees.start_of(desk, case, step, payment)
        before, after = payment.due_on, _last_day(law, step.term, start) if start else None
        held = _last_day(known, step.term, start) if start else None
        if after not in (None, before) and held in (before, None):
            yield Effect(Payment, payment.uid, "due_on", payment.person or "", step.term, before, after)
