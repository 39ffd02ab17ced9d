"""The list of payments."""

from __future__ import annotations

from migdesk.domain.case import Case
from migdesk.domain.fields import Text
from migdesk.domain.listing import Look
from migdesk.domain.party import Party
from migdesk.domain.payment import Payment
from migdesk.domain.person import Person
from migdesk.i18n import N_
from migdesk.store.list_cells import PERSON, PERSON_WORDS, ListSpec, cell, name

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
    "t.id DESC",
    words=PERSON_WORDS,
    asked={"person_uid": "t.person", "case_uid": "t.[case]", "party_uid": "t.party"},
)
"""Sums that are due and paid."""
