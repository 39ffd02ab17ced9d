"""What another law would change: due days and sums of what is still open, before it is switched on and when it is.

Due days are kept beside what they belong to, so that a list of a hundred thousand opens at once. They are worked
out when an event is written, and all anew, in the same op, whenever the office changes its law: a pack, a day of
the calendar, an answer to an open question. So are the sums that are to be paid. What was fulfilled, left, decided
or paid keeps the day and the sum it had. Limits of quotas are asked of the law itself and written nowhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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
from migdesk.rules.procedure import APPEAL, of_day
from migdesk.services import permit_ends, stay_ends
from migdesk.services.checks import last_day
from migdesk.services.desk import Desk
from migdesk.services.facts.appeal_terms import appeal_day
from migdesk.services.laws import stays_moved
from migdesk.services.payments import fees
from migdesk.services.terms.arrival_terms import begun_by


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


def effects(desk: Desk, law: Law, *, held: Law | None = None) -> Iterator[Effect]:
    """Every open due day, and every sum that is due, to which a law gives another value than the law that holds.

    What stands in the register otherwise than by the law that holds, because somebody brought it so, stays. `held`
    is another law that counts as the one that held, such as that of an older program.
    """
    known = desk.law if held is None else held
    yield from due_days(desk, law, held=known)
    yield from sums(desk, law, held=known)
    yield from stays(desk, law, held=known)
    yield from _of_permits(desk, law, known)
    yield from _of_fees(desk, law, known)


def due_days(desk: Desk, law: Law, *, held: Law) -> Iterator[Effect]:
    """Every open due day of a notice, a registration or a case to which a law gives another value."""
    if law.counts_like(held) and law.services() == held.services():
        return
    yield from _of_arrivals(desk, law, held)
    yield from _of_cases(desk, law, held)
    yield from _of_appeals(desk, law, held)


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


_APPEALABLE = """
SELECT uid, person, service, applied_on, decision, decided_on, appeal_until FROM cases
WHERE state IN (?, ?) AND appealed_on IS NULL AND decided_on IS NOT NULL AND annulled_on IS NULL
"""


def _of_appeals(desk: Desk, law: Law, known: Law) -> Iterator[Effect]:
    """Last days of appeals that nobody filed yet; one that was given by hand with the decision stays."""
    states = CaseState.REFUSED.value, CaseState.TERMINATED.value
    for uid, person, service, applied, code, decided, kept in desk.store.each(_APPEALABLE, states):
        on, filed = date.fromisoformat(decided), date.fromisoformat(applied or decided)
        before = date.fromisoformat(kept) if kept else None
        held, after = (_appeal(one, service, filed, code, on) for one in (known, law))
        if after != before and held == before:
            yield Effect(Case, uid, "appeal_until", person, APPEAL, before, after)


def _appeal(law: Law, service: str, filed: date, code: str, on: date) -> date | None:
    procedure = of_day(law.services(), service, filed)
    decision = procedure.decision(code) if procedure else None
    return appeal_day(law, decision, on) if decision else None


def _of_cases(desk: Desk, law: Law, known: Law) -> Iterator[Effect]:
    for uid, person, service, applied, due in desk.store.each(_OPEN_CASES, (CaseState.OPEN.value,)):
        filed = date.fromisoformat(applied) if applied else None
        if filed is None:
            continue
        code, after = _due_of(law, service, filed)
        before = date.fromisoformat(due) if due else None
        if code and before != after and _due_of(known, service, filed)[1] in (before, None):
            yield Effect(Case, uid, "due_on", person, code, before, after)


def _due_of(law: Law, service: str, filed: date) -> tuple[str, date | None]:
    """The term of a service on the day of filing, and the due day that a law gives it."""
    procedure = of_day(law.services(), service, filed)
    if procedure is None or procedure.term is None:
        return "", None
    return procedure.term, _last_day(law, procedure.term, filed)


_DUE_PAYMENTS = (
    "SELECT uid, person, rule, given, counted_on, due_on, tenge, paid FROM payment "
    "WHERE state = ? AND annulled_on IS NULL"
)


def sums(desk: Desk, law: Law, *, held: Law) -> Iterator[Effect]:
    """Sums to be paid. One up to a ceiling was told by a person; one without an MRP of its year stays as it is.

    The first receipt settles by the MRP of which day a sum counts, as `receipts` has it: paid in part, it moves to no
    other day, and only what the law says of that very day changes it. Then `along` says what was paid.
    """
    for uid, person, rule, given, counted, due, before, paid in desk.store.each(
        _DUE_PAYMENTS, (PaymentState.DUE.value,)
    ):
        day = date.fromisoformat(counted)
        month = _monthly(law, rule, given, date.fromisoformat(due)) if due and not paid else None
        if (later := month) and later.tenge != before:
            worked = {"mrp_count": f"{later.mrp_count:f}", "mrp": f"{later.mrp:f}"}
            along = {"counted_on": date.fromisoformat(due), **worked}
            yield Effect(Payment, uid, "tenge", person, rule, before, later.tenge, along)
            continue
        then, found = (_sum(one, rule, given, day) for one in (held, law))
        if found and found.tenge != before and (then is None or then.tenge != found.tenge):
            worked = {"mrp_count": f"{found.mrp_count:f}", "mrp": f"{found.mrp:f}"}
            known = worked | ({"paid": paid} if paid else {})
            yield Effect(Payment, uid, "tenge", person, rule, before, found.tenge, known)


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
