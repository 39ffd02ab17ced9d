"""Obligations to stay: who took support to settle in a region is bound to it for some years, or gives it back.

The text on the obligation was not read: its length is a dated value of the packs, marked unverified, and an office
that has no such rule begins none.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from migdesk.domain.arrival import Departure, DepartureKind
from migdesk.domain.case import CaseMember
from migdesk.domain.change import Done, Op
from migdesk.domain.dates import show_day
from migdesk.domain.errors import Invalid, Refused
from migdesk.domain.finding import Finding, block, blocking, note, warn
from migdesk.domain.money import Tenge
from migdesk.domain.payment import Obligation, ObligationState, PaidBy, Payment, PaymentState
from migdesk.domain.person import Person
from migdesk.domain.record import faults
from migdesk.i18n import N_
from migdesk.rules.law import NotInForce
from migdesk.services import checks
from migdesk.services.checked_ops import checked_op
from migdesk.services.desk import Desk
from migdesk.services.payments.granted import family_people
from migdesk.services.payments.paid_parts import parts_of
from migdesk.services.reasons import reason
from migdesk.store.writer import Tx

TERM = "support.obligation"
"""Code of the term in the packs of law: how long support obliges to stay."""


def begin(
    desk: Desk, person: str, *, region: str = "", case: str | None = None, on: date | None = None
) -> Done[Obligation]:
    """Bind somebody to a region from a day on, for as long as the law of that day says.

    Raises:
        Refused: the law had no such term on that day, or he, or somebody on the same ground, is bound already.
        Invalid: the region is none, or the day is in the future.
    """
    began = on or desk.today
    wanted = Obligation(person=person, case=case, region=region or desk.office.region, began_on=began)

    def check() -> list[Finding]:
        findings = check_begin(desk, wanted)
        if stops := [one for one in blocking(findings) if one.code in _REFUSED]:
            raise Refused(stops)
        return findings

    with checked_op(desk, Op.BEGIN_OBLIGATION, check) as (tx, findings):
        bound = write_begun(desk, tx, wanted)
    return Done(bound, tx.changes, tuple(findings))


_REFUSED = ("obligation.no_term", "obligation.holds")


def check_begin(desk: Desk, wanted: Obligation) -> list[Finding]:
    """What is wrong or odd about an obligation that is to begin; writes nothing."""
    began = wanted.began_on or desk.today
    if began > desk.today:
        message = N_("It begins with support that was received: {day} is in the future.")
        return [block("in_future", message, "began_on", day=show_day(began))]
    ends = checks.find_due(desk, TERM, began)
    if ends is None:
        message = N_("The rules of this program know no obligation to stay on {day}.")
        return [block("obligation.no_term", message, "began_on", day=show_day(began))]
    found = faults(replace(wanted, ends_on=ends))
    if not found and not desk.lists.has("kato", wanted.region):
        unknown = N_("“{code}” is not the code of a region.")
        found = [block("unknown_region", unknown, "region", code=wanted.region)]
    return found or _check_bound(desk, replace(wanted, ends_on=ends), "began_on")


def _check_bound(desk: Desk, wanted: Obligation, place: str) -> list[Finding]:
    """Whom of the family an obligation binds on the same days: himself or on one ground stops it, others are told."""
    for one in overlapping(desk, wanted):
        same = one.person == wanted.person or (one.case is not None and one.case == wanted.case)
        message = N_("{name} is bound to stay already: {region}, from {since} to {day}.")
        values = {
            "name": desk.store.get(Person, one.person or "").full_name,
            "region": desk.lists.label("kato", one.region),
            "since": show_day(one.began_on),
            "day": show_day(one.ends_on),
        }
        if same:
            return [block("obligation.holds", message, place, **values)]
        return [warn("obligation.family", message, place, **values)]
    return []


def overlapping(desk: Desk, wanted: Obligation) -> list[Obligation]:
    """Obligations of a person and his family that hold on a day of another one; his own come first."""
    first, last = wanted.began_on or desk.today, wanted.ends_on or date.max
    people = family_people(desk, wanted.person or "")
    found = [
        one
        for one in desk.store.live(Obligation, person=people, order="began_on, id")
        if (one.began_on or date.min) <= last and _end_of(one) > first and one.uid != wanted.uid
    ]
    return sorted(found, key=lambda one: one.person != wanted.person)


def _end_of(bound: Obligation) -> date:
    """The first day on which it holds no more."""
    ended, last = bound.ended_on or date.max, bound.ends_on
    return min(ended, last + timedelta(days=1)) if last else ended


def write_begun(desk: Desk, tx: Tx, wanted: Obligation) -> Obligation:
    """Begin a checked obligation inside an op that is being written: that of the first receipt, too."""
    return tx.put(wanted, ends_on=checks.find_due(desk, TERM, wanted.began_on or desk.today))


def of_payment(desk: Desk, payment: Payment) -> Obligation:
    """The obligation that begins with a support payment, from its day, in the region that pays."""
    began = payment.paid_on or desk.today
    region = payment.region or desk.office.region
    return Obligation(person=payment.person, case=payment.case, region=region, began_on=began)


def begins_with(desk: Desk, payment: Payment) -> bool:
    """Whether the obligation is to be expected with a receipt: the first of a case that began none before."""
    return payment.case is not None and not desk.store.live(Obligation, case=payment.case)


def check_begun_by(desk: Desk, payment: Payment, *, asked: bool) -> list[Finding]:
    """Whether a payment obliges its person to stay: said when it does, refused when it was asked for and does not."""
    began = payment.paid_on or desk.today
    rule = desk.law.amount_rule(payment.rule, payment.counted_on or began)
    ends = checks.find_due(desk, TERM, began) if rule.obliges else None
    if ends is None:
        message = N_("This sum obliges to no stay.")
        return [block("obligation.none", message, "oblige")] if asked else []
    held = _check_bound(desk, replace(of_payment(desk, payment), began_on=began, ends_on=ends), "oblige")
    if blocking(held):
        return held if asked else []
    if asked:
        message = N_("The obligation to stay in the region begins with it and holds until {day}.")
        return [*held, note("obligation.begins", message, "oblige", day=show_day(ends))]
    if not begins_with(desk, payment):
        return []
    message = N_("This support obliges to stay in the region until {day}: no obligation is begun with it.")
    return [warn("obligation.not_begun", message, "oblige", day=show_day(ends))]


def holding(desk: Desk, person: str, on: date | None = None) -> Obligation | None:
    """The obligation that holds a person on a day."""
    day = on or desk.today
    return next((one for one in desk.store.live(Obligation, person=person) if one.holds_on(day)), None)


def listed(desk: Desk, person: str | None = None) -> list[Obligation]:
    """Every obligation of a person, or all that hold today; those that end first come first."""
    if person:
        return desk.store.live(Obligation, person=person, order="ends_on, id")
    found = desk.store.live(Obligation, state=ObligationState.OPEN, order="ends_on, id")
    return [one for one in found if one.holds_on(desk.today)]


def to_repay(desk: Desk, obligation: Obligation) -> int:
    """What the state paid the person of support that obliges to stay, of its case or since it began, in tenge."""
    found = desk.store.live(Payment, person=obligation.person, paid_by=PaidBy.STATE)
    mine = [one for one in found if one.paid and _obliges(desk, one)]
    whole = sum(one.paid or 0 for one in mine if obligation.case and one.case == obligation.case)
    since = obligation.began_on or date.min
    return whole + sum(
        part.tenge or 0
        for one in mine
        if not (obligation.case and one.case == obligation.case)
        for part in parts_of(desk, one)
        if part.paid_on and part.paid_on >= since
    )


def _obliges(desk: Desk, payment: Payment) -> bool:
    try:
        return desk.law.amount_rule(payment.rule, payment.counted_on or desk.today).obliges
    except NotInForce:
        return False


def check_leaving(desk: Desk, person: str, on: date, region: str = "") -> list[Finding]:
    """A warning when somebody who leaves, or moves to another region, is still bound to stay.

    Who got the support with the head of a family is told with the head's obligation: whether it binds him too was not
    found [U].
    """
    held = holding(desk, person, on)
    if held is None:
        return _check_kin_leaving(desk, person, on, region)
    if not _is_away(held, region):
        return []
    message = N_(
        "There is an obligation to stay in the region until {day}. Support received so far, "
        "which may have to be repaid: {tenge} ₸."
    )
    values = {"day": show_day(held.ends_on), "tenge": Tenge(to_repay(desk, held))}
    return [warn("obligation.leaves", message, "day", **values), *_still_due(desk, person)]


def _still_due(desk: Desk, person: str) -> list[Finding]:
    """That support granted to somebody who leaves is still to be paid."""
    due = desk.store.live(Payment, person=person, paid_by=PaidBy.STATE, state=PaymentState.DUE)
    left = [one.rest for one in due if _obliges(desk, one)]
    if not left:
        return []
    message = N_("Support still to be paid: {n} payments, {tenge} ₸. Cancel what is not due any more.")
    return [note("obligation.still_due", message, "day", n=len(left), tenge=Tenge(sum(left)))]


def _is_away(held: Obligation, region: str) -> bool:
    return not region or region[:2] != held.region[:2]


def _check_kin_leaving(desk: Desk, person: str, on: date, region: str) -> list[Finding]:
    cases = [one.case for one in desk.store.live(CaseMember, person=person)]
    found = desk.store.live(Obligation, case=cases, state=ObligationState.OPEN) if cases else []
    held = next((one for one in found if one.holds_on(on) and _is_away(one, region)), None)
    if held is None:
        return []
    message = N_(
        "The support was granted for this person too: {name} is bound to stay in the region until {day}, support "
        "received so far: {tenge} ₸. Whether a member of the family is bound was not found in the texts read."
    )
    name = desk.store.get(Person, held.person or "").full_name
    values = {"name": name, "day": show_day(held.ends_on), "tenge": Tenge(to_repay(desk, held))}
    return [note("obligation.kin_leaves", message, "day", **values)]


def left_region(desk: Desk, obligation: Obligation) -> Departure | None:
    """The departure, for good or to another region, of somebody who is still held as bound; nothing without one."""
    if obligation.state is not ObligationState.OPEN:
        return None
    gone = desk.store.live(Departure, person=obligation.person, order="left_on DESC, id DESC")
    since = obligation.began_on or date.min
    for one in gone:
        moved = one.kind is DepartureKind.ADDRESS and one.to_place and _is_away(obligation, one.to_place)
        if (one.kind is DepartureKind.FOR_GOOD or moved) and one.left_on and one.left_on >= since:
            return one
    return None


def check_left(desk: Desk, obligation: Obligation) -> list[Finding]:
    """That somebody who is bound went away, with what he may have to repay and what is to be done."""
    gone = left_region(desk, obligation)
    if gone is None or not obligation.holds_on(gone.left_on or desk.today):
        return []
    message = N_(
        "Left on {day}. Support received: {tenge} ₸. Say whether the obligation is broken, and the support to be "
        "repaid, or released from for a good reason."
    )
    values = {"day": show_day(gone.left_on), "tenge": Tenge(to_repay(desk, obligation))}
    return [warn("obligation.left", message, "state", **values)]


def end(desk: Desk, uid: str, why: str, *, broken: bool, on: date | None = None) -> Done[Obligation]:
    """End an obligation before its time: broken, with the sum to be repaid, or released from for a good reason.

    Raises:
        NotFound: no such obligation.
        Refused: it was ended already, or ran to its end before that day.
        Invalid: no reason is given, or the day is before it began or in the future.
    """
    obligation, day = desk.store.get(Obligation, uid), on or desk.today
    why = reason(why, N_("Say why it ends."), of=Obligation, name="why")
    if day > desk.today or (obligation.began_on and day < obligation.began_on):
        message = N_("An obligation ends between its first day, {since}, and today, {today}.")
        days = {"since": show_day(obligation.began_on), "today": show_day(desk.today)}
        raise Invalid([block("bad_day", message, "ended_on", **days)])
    if obligation.state is not ObligationState.OPEN:
        message = N_("This obligation was ended on {day}: {label}.")
        label = ObligationState.labels()[obligation.state or ObligationState.RELEASED]
        values = {"day": show_day(obligation.ended_on), "label": label}
        raise Refused([block("obligation.ended", message, "state", **values)])
    if not obligation.holds_on(day):
        message = N_("This obligation ran to its end on {day}: nothing is left to be ended.")
        raise Refused([block("obligation.ended", message, "state", day=show_day(obligation.ends_on))])
    state = ObligationState.BROKEN if broken else ObligationState.RELEASED
    repay = to_repay(desk, obligation) if broken else None
    with desk.write(Op.END_OBLIGATION) as tx:
        ended = tx.put(replace(obligation, state=state, ended_on=day, to_repay=repay, why=why))
    return Done(ended, tx.changes)
