"""The list of payments."""

from __future__ import annotations

from migdesk.domain.case import Case
from migdesk.domain.fields import Text, Whole
from migdesk.domain.listing import Look
from migdesk.domain.party import Party
from migdesk.domain.payment import Payment
from migdesk.domain.person import Person
from migdesk.i18n import N_
from migdesk.store.list_cells import PERSON, PERSON_WORDS, ListSpec, cell, made, name

REST = Whole(N_("Left to pay, tenge"))
_REST = "CASE t.state WHEN 'due' THEN max(0, t.tenge - coalesce(t.paid, 0)) END"
_ORDER = (
    "t.state <> 'due', CASE t.state WHEN 'due' THEN coalesce(t.due_on, '9999-12-31') END, "
    "CASE t.state WHEN 'due' THEN '' ELSE coalesce(t.paid_on, t.counted_on) END DESC, t.id"
)
"""What is to be paid comes first, the nearest last day above; then what is settled, the latest first."""
ORDER_ALONE = _ORDER.replace("t.", "")
"""The same of the table alone."""

PAYMENTS = ListSpec(
    "payment",
    f"{PERSON} LEFT JOIN party h ON h.uid = t.party LEFT JOIN cases c ON c.uid = t.[case]",
    (
        cell(Payment, "number", 140),
        name(),
        cell(Person, "citizenship", 120, "p.citizenship"),
        cell(Payment, "rule", 240),
        cell(Payment, "given", 160),
        cell(Payment, "tenge", 110),
        made("rest", REST, 110, _REST, joined=False),
        cell(Payment, "paid_by", 120),
        cell(Party, "name", 180, "h.name", key="employer", field=Text(N_("Employer"))),
        cell(Payment, "due_on", 120, look=Look.DUE),
        cell(Payment, "state", 110, look=Look.STATE),
        cell(Payment, "paid_on", 100),
        cell(Payment, "paid", 110),
        cell(Payment, "receipt", 140),
        cell(Payment, "counted_on", 110),
        cell(Payment, "mrp_count", 90),
        cell(Payment, "mrp", 90),
        cell(Payment, "region", 160),
        cell(Case, "number", 130, "c.number", key="case", field=Text(N_("Case"))),
        cell(Payment, "why", 200),
    ),
    _ORDER,
    words=PERSON_WORDS,
    asked={"person_uid": "t.person", "case_uid": "t.[case]", "party_uid": "t.party"},
)
"""Sums that are due and paid."""
