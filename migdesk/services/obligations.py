"""Obligations to stay: who took support to settle in a region is bound to it for some years, or gives it back.

The text on the obligation was not read: its length is a dated value of the packs, marked unverified, and an office
that has no such rule begins none.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from migdesk.domain.change import Done, Op
from migdesk.domain.dates import show_day
from migdesk.domain.errors import Invalid, Refused, refuse_if_blocked
from migdesk.domain.finding import Finding, block, note, warn
from migdesk.domain.payment import Obligation, ObligationState, PaidBy, Payment, PaymentState
from migdesk.domain.record import faults
from migdesk.i18n import N_
from migdesk.services import checks
from migdesk.services.desk import Desk
from migdesk.store.writer import Tx

TERM = "support.obligation"
"""Code of the term in the packs of law: how long support obliges to stay."""


def begin(
    desk: Desk, person: str, *, region: str = "", case: str | None = None, on: date | None = None
) -> Done[Obligation]:
    """Bind somebody to a region from a day on, for as long as the law of that day says.

    Raises:
        Refused: the law had no such term on that day, or he is bound already.
        Invalid: the region is none.
    """
    began = on or desk.today
    ends = checks.find_due(desk, TERM, began)
    if ends is None:
        message = N_("The rules of this program know no obligation to stay on {day}.")
        raise Refused([block("obligation.no_term", message, "on", day=show_day(began))])
    wanted = Obligation(
        person=person, case=case, region=region or desk.office.region, began_on=began, ends_on=ends
    )
    refuse_if_blocked(faults(wanted))
    if not desk.lists.has("kato", wanted.region):
        unknown = N_("“{code}” is not the code of a region.")
        raise Invalid([block("unknown_region", unknown, "region", code=wanted.region)])
    if held := holding(desk, person, began):
        message = N_("An obligation to stay holds already, until {day}.")
        raise Refused([block("obligation.holds", message, "person", day=show_day(held.ends_on))])
    with desk.write(Op.BEGIN_OBLIGATION) as tx:
        bound = write_begun(desk, tx, wanted)
    return Done(bound, tx.changes)


def write_begun(desk: Desk, tx: Tx, wanted: Obligation) -> Obligation:
    """Begin a checked obligation inside an op that is being written: that of the first receipt, too."""
    return tx.put(wanted, ends_on=checks.find_due(desk, TERM, wanted.began_on or desk.today))


def of_payment(desk: Desk, payment: Payment) -> Obligation:
    """The obligation that begins with a support payment, from its day, in the region that pays."""
    began = payment.paid_on or desk.today
    region = payment.region or desk.office.region
    return Obligation(person=payment.person, case=payment.case, region=region, began_on=began)


def check_begun_by(desk: Desk, payment: Payment, *, asked: bool) -> list[Finding]:
    """Whether a payment obliges its person to stay: said when it does, refused when it was asked for and does not."""
    began = payment.paid_on or desk.today
    rule = desk.law.amount_rule(payment.rule, payment.counted_on or began)
    ends = checks.find_due(desk, TERM, began) if rule.obliges else None
    if ends is None:
        message = N_("This sum obliges to no stay.")
        return [block("obligation.none", message, "oblige")] if asked else []
    if held := holding(desk, payment.person or "", began):
        if not asked:
            return []
        message = N_("An obligation to stay holds already, until {day}.")
        return [block("obligation.holds", message, "oblige", day=show_day(held.ends_on))]
    if asked:
        message = N_("The obligation to stay in the region begins with it and holds until {day}.")
        return [note("obligation.begins", message, "oblige", day=show_day(ends))]
    if payment.case is None:
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
    """What the state paid the person from the day he was bound, in tenge."""
    paid = desk.store.live(Payment, person=obligation.person, paid_by=PaidBy.STATE, state=PaymentState.PAID)
    since = obligation.began_on or date.min
    return sum(one.paid or 0 for one in paid if one.paid_on and one.paid_on >= since)


def check_leaving(desk: Desk, person: str, on: date, region: str = "") -> list[Finding]:
    """A warning when somebody who leaves, or moves to another region, is still bound to stay."""
    held = holding(desk, person, on)
    if held is None or (region and region[:2] == held.region[:2]):
        return []
    message = N_(
        "There is an obligation to stay in the region until {day}. Support received so far, "
        "which may have to be repaid: {tenge} ₸."
    )
    values = {"day": show_day(held.ends_on), "tenge": to_repay(desk, held)}
    return [warn("obligation.leaves", message, "day", **values)]


def end(desk: Desk, uid: str, why: str, *, broken: bool, on: date | None = None) -> Done[Obligation]:
    """End an obligation before its time: broken, with the sum to be repaid, or released from for a good reason.

    Raises:
        NotFound: no such obligation.
        Refused: it was ended already, or ran to its end before that day.
        Invalid: no reason is given, or the day is before it began or in the future.
    """
    obligation, day = desk.store.get(Obligation, uid), on or desk.today
    if not why.strip():
        raise Invalid([block("missing", N_("Say why it ends."), "why")])
    if day > desk.today or (obligation.began_on and day < obligation.began_on):
        message = N_("An obligation ends between its first day and today.")
        raise Invalid([block("bad_day", message, "on")])
    if obligation.state is not ObligationState.OPEN or not obligation.holds_on(day):
        raise Refused([block("obligation.ended", N_("This obligation holds no more."), "state")])
    state = ObligationState.BROKEN if broken else ObligationState.RELEASED
    repay = to_repay(desk, obligation) if broken else None
    with desk.write(Op.END_OBLIGATION) as tx:
        ended = tx.put(replace(obligation, state=state, ended_on=day, to_repay=repay, why=why.strip()))
    return Done(ended, tx.changes)
