"""Sums of payments by direction: what people and employers pay the state, and what the state pays them.

The two are never added up: a fee that is owed and support that is granted are no one sum.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from migdesk.domain.listing import Filter, Query, Test
from migdesk.domain.money import grouped
from migdesk.domain.payment import PaidBy, Payment
from migdesk.i18n import N_, _
from migdesk.services import listing
from migdesk.services.desk import Desk

_WORDS = {
    False: N_("To the state: {rest} ₸ due, {paid} ₸ paid"),
    True: N_("From the state: {rest} ₸ due, {paid} ₸ paid"),
}


@dataclass(frozen=True, slots=True)
class DirectionSum:
    """Whether the state pays, what is still to be paid and what was paid, in tenge."""

    by_state: bool
    rest: int
    paid: int

    def words(self) -> str:
        """As a person reads it, in the current language."""
        return _(_WORDS[self.by_state]).format(rest=grouped(self.rest), paid=grouped(self.paid))


def of_list(desk: Desk, query: Query) -> list[DirectionSum]:
    """The sums of all rows of a list of payments; a direction without any row is left out."""
    found = []
    for by_state in (False, True):
        one_way = Filter("paid_by", Test.IS, PaidBy.STATE.value, negated=not by_state)
        opened = listing.open_list(desk, replace(query, filters=(*query.filters, one_way)))
        if opened.count():
            found.append(DirectionSum(by_state, opened.total("rest"), opened.total("paid")))
    return found


def of_payments(payments: Iterable[Payment]) -> list[DirectionSum]:
    """The sums of some payments; a direction without any is left out."""
    known, found = list(payments), []
    for by_state in (False, True):
        mine = [one for one in known if (one.paid_by is PaidBy.STATE) is by_state]
        if mine:
            rest, paid = sum(one.rest for one in mine), sum(one.paid or 0 for one in mine)
            found.append(DirectionSum(by_state, rest, paid))
    return found


def words_of(sums: Iterable[DirectionSum]) -> str:
    """Both directions in one line; nothing where there are no payments."""
    return " · ".join(one.words() for one in sums)
