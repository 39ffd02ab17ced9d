"""The facts a rule may ask about: each name with its type, and the check that a given value has it.

A new need of a rule is a new fact here, gathered by `services.facts`; rules hold no expressions. A fact
that was not given, or is `None`, is missing: no comparison with it holds.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

WHOLE, TEXT, FLAG, DAY = "whole", "text", "flag", "day"

_PYTHON: dict[str, type | tuple[type, ...]] = {WHOLE: (int, Decimal), TEXT: str, FLAG: bool, DAY: date}

FACTS: dict[str, str] = {
    # the person
    "person_age": WHOLE,  # full years on the date that counts
    "person_citizenship": TEXT,  # alpha-3 code
    "person_is_ethnic_kazakh": FLAG,
    "person_has_iin": FLAG,
    "person_unaccompanied": FLAG,  # came without parents, and a guardian answers for him
    # the travel document
    "document_kind": TEXT,  # code of the list of document kinds
    "document_days_left": WHOLE,  # days from the date that counts to the expiry; negative when expired
    "document_days_after_visa": WHOLE,  # days the passport outlives the visa
    # arrival, notice, registration
    "arrival_purpose": TEXT,  # code of the list of purposes
    "arrival_entered_on": DAY,
    "notice_days_late": WHOLE,  # days after the last day for the host's notice; 0 in time
    "registration_days_late": WHOLE,  # days after the last day for the immigrant's own registration
    "entry_was_illegal": FLAG,
    # stay
    "stay_basis": TEXT,  # StayBasis
    "stay_regime": TEXT,  # code of the regime
    "stay_entered_on": DAY,
    "stay_planned_days": WHOLE,  # days from entry to the planned departure, both counted
    # permits and cases
    "case_service": TEXT,  # code of the procedure
    "permit_kind": TEXT,  # code of the list of permit kinds
    "permit_category": TEXT,
    "permit_days_left": WHOLE,  # days from filing to the expiry of the permit that is extended
    "permit_months": WHOLE,  # months asked for
    "permit_extensions": WHOLE,  # times it was extended before
    "permit_is_extension": FLAG,
    "days_since_last_permit": WHOLE,  # calendar days since the previous permit ended
    # foreign labour
    "employer_share_12": WHOLE,  # per cent of citizens in categories 1 and 2, the asked worker counted
    "employer_share_34": WHOLE,  # per cent of citizens in categories 3 and 4, the asked worker counted
    "employer_is_small": FLAG,  # small business, state institution or state enterprise
    "employer_branch_staff": WHOLE,  # staff of a branch or representative office
    "employer_is_branch": FLAG,
    "employer_labour_immigrants": WHOLE,  # household workers of one individual, the asked one counted
    "vacancy_published_days": WHOLE,  # calendar days since the vacancy was published
    # kandas and quota
    "quota_was_included": FLAG,  # the person was in a regional quota before
    "asylum_days_since_arrival": WHOLE,
}


def missing(facts: Mapping[str, object], name: str) -> bool:
    """Whether a fact was not given."""
    return facts.get(name) is None


def fits(name: str, value: object) -> bool:
    """Whether a value has the type of the fact; whole numbers are not flags."""
    kind = FACTS[name]
    if isinstance(value, bool):
        return kind == FLAG
    return isinstance(value, _PYTHON[kind])


def check_facts(facts: Mapping[str, object]) -> None:
    """Refuse unknown names and wrong types: whoever gathers facts made a mistake.

    Raises:
        ValueError: names the fact, never its value.
    """
    for name, value in facts.items():
        if name not in FACTS:
            raise ValueError(f"unknown fact: {name}")
        if value is not None and not fits(name, value):
            raise ValueError(f"fact {name} is not of type {FACTS[name]}")
