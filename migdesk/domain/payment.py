"""Money of a matter: fees, duties and taxes to be paid, support to be granted, and the stay it obliges to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated, ClassVar

from migdesk.domain.fields import Choice, Code, Day, Note, Ref, Text, Whole
from migdesk.domain.record import Record, record
from migdesk.i18n import N_

AMOUNTS = "amounts"
"""The list of the sums that the packs of law know."""
ANSWERS = "sum_answers"
"""What a sum was worked out for, `persons=3 settlement=rural`: every such text has words, none can be chosen."""


class PaidBy(StrEnum):
    """From whose pocket a sum comes."""

    APPLICANT = "applicant"
    EMPLOYER = "employer"
    STATE = "state"

    @classmethod
    def labels(cls) -> dict[PaidBy, str]:
        """What a person reads."""
        return {
            cls.APPLICANT: N_("the applicant"),
            cls.EMPLOYER: N_("the employer"),
            cls.STATE: N_("the state"),
        }


class PaymentState(StrEnum):
    """Where a payment stands; only one that is due may change."""

    DUE = "due"
    PAID = "paid"
    WAIVED = "waived"
    CANCELLED = "cancelled"

    @classmethod
    def labels(cls) -> dict[PaymentState, str]:
        """What a person reads."""
        return {
            cls.DUE: N_("to be paid"),
            cls.PAID: N_("paid"),
            cls.WAIVED: N_("not levied"),
            cls.CANCELLED: N_("cancelled"),
        }


@record
class Payment(Record):
    """One sum by a rule of law, with the MRP it was worked out by: that of the day `counted_on`.

    `given` are the answers the rule asked for, as `persons=3 settlement=rural`; `tenge` is the sum that is due and
    `paid` what was paid so far. It stays due until all is paid. What was worked out is kept, since the law and the
    MRP go on changing.
    """

    table: ClassVar[str] = "payment"
    title: ClassVar[str] = N_("Payment")

    number: Annotated[str, Text(N_("Number"), max=30, series=True)] = ""
    rule: Annotated[str, Code(N_("Sum by the rule"), required=True, list=AMOUNTS)] = ""
    given: Annotated[str, Code(N_("Worked out for"), list=ANSWERS)] = ""
    paid_by: Annotated[PaidBy | None, Choice(N_("Paid by"), required=True, options=PaidBy)] = PaidBy.APPLICANT
    person: Annotated[str | None, Ref(N_("Person"), required=True, to="person")] = None
    party: Annotated[str | None, Ref(N_("Employer"), to="party")] = None
    case: Annotated[str | None, Ref(N_("Case"), to="cases")] = None
    permit: Annotated[str | None, Ref(N_("Permit"), to="permit")] = None
    region: Annotated[str, Code(N_("Region"), list="kato")] = ""
    counted_on: Annotated[date | None, Day(N_("MRP of the day"), required=True)] = None
    mrp_count: Annotated[str, Text(N_("MRP, how many"), max=20)] = ""
    mrp: Annotated[str, Text(N_("MRP, tenge"), max=20)] = ""
    tenge: Annotated[int | None, Whole(N_("Sum, tenge"), required=True)] = None
    due_on: Annotated[date | None, Day(N_("To be paid by"))] = None
    state: Annotated[PaymentState | None, Choice(N_("State"), required=True, options=PaymentState)] = (
        PaymentState.DUE
    )
    paid_on: Annotated[date | None, Day(N_("Paid on"))] = None
    paid: Annotated[int | None, Whole(N_("Paid, tenge"))] = None
    receipt: Annotated[str, Text(N_("Receipt number"), max=60)] = ""
    why: Annotated[str, Text(N_("Reason"), max=300)] = ""
    note: Annotated[str, Note(N_("Note"))] = ""

    @property
    def rest(self) -> int:
        """What is still to be paid, in tenge; nothing of what is settled."""
        return max(0, (self.tenge or 0) - (self.paid or 0)) if self.state is PaymentState.DUE else 0

    @property
    def overpaid(self) -> int:
        """What was paid beyond the sum, in tenge: by a receipt over more, or since a law brought the sum down."""
        return max(0, (self.paid or 0) - (self.tenge or 0)) if self.state is PaymentState.PAID else 0

    @property
    def answers(self) -> dict[str, str]:
        """What the sum was worked out for, by name."""
        return answers_in(self.given)


def answers_in(given: str) -> dict[str, str]:
    """Answers that stand in one text, as `Payment.given` keeps them, by name."""
    return dict(part.split("=", 1) for part in given.split())


def answers_text(answers: Mapping[str, object]) -> str:
    """Answers as one text, by which two payments can be compared."""
    return " ".join(f"{name}={value}" for name, value in sorted(answers.items()))


@record
class PaymentPart(Record):
    """A receipt over less than the sum that was due: the last one, which settles it, stands in the payment."""

    table: ClassVar[str] = "payment_part"
    title: ClassVar[str] = N_("Part of a payment")

    payment: Annotated[str | None, Ref(N_("Payment"), required=True, to="payment")] = None
    receipt: Annotated[str, Text(N_("Receipt number"), required=True, max=60)] = ""
    paid_on: Annotated[date | None, Day(N_("Paid on"), required=True)] = None
    tenge: Annotated[int | None, Whole(N_("Paid, tenge"), required=True, min=1)] = None


class ObligationState(StrEnum):
    """Where an obligation stands; one that ran to its end is kept without anybody's act."""

    OPEN = "open"
    BROKEN = "broken"
    RELEASED = "released"

    @classmethod
    def labels(cls) -> dict[ObligationState, str]:
        """What a person reads."""
        return {cls.OPEN: N_("holds"), cls.BROKEN: N_("broken"), cls.RELEASED: N_("released from")}


@record
class Obligation(Record):
    """To live in a region for as long as the support granted obliges to, or to give the support back.

    `to_repay` is worked out when it is broken: what the state had paid the person since it began.
    """

    table: ClassVar[str] = "obligation"
    title: ClassVar[str] = N_("Obligation to stay")

    person: Annotated[str | None, Ref(N_("Person"), required=True, to="person")] = None
    case: Annotated[str | None, Ref(N_("Case"), to="cases")] = None
    region: Annotated[str, Code(N_("Region"), required=True, list="kato")] = ""
    began_on: Annotated[date | None, Day(N_("Since"), required=True)] = None
    ends_on: Annotated[date | None, Day(N_("Until"), required=True)] = None
    state: Annotated[ObligationState | None, Choice(N_("State"), required=True, options=ObligationState)] = (
        ObligationState.OPEN
    )
    ended_on: Annotated[date | None, Day(N_("Ended on"))] = None
    to_repay: Annotated[int | None, Whole(N_("To be repaid, tenge"))] = None
    why: Annotated[str, Text(N_("Reason"), max=300)] = ""

    def holds_on(self, day: date) -> bool:
        """Whether somebody is bound on a day."""
        begun = self.began_on is not None and self.began_on <= day
        ended = (self.ended_on is not None and self.ended_on <= day) or (
            self.ends_on is not None and self.ends_on < day
        )
        return begun and not ended and not self.is_annulled
