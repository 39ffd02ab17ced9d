"""The facts a rule may ask about: each name with its type, and the check that a given value has it.

A new need of a rule is a new fact here, gathered by `services.facts.facts` or fed by a field of a public service
(`rules.procedure_file`); rules hold no expressions. A fact that was not given, or is `None`, is missing: no
comparison with it holds.
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
    "visa_category": TEXT,  # of the visa the person holds, a code of the list of visa categories
    "case_service": TEXT,  # code of the procedure
    "permit_kind": TEXT,  # code of the list of permit kinds
    "permit_category": TEXT,
    "permit_days_left": WHOLE,  # days from filing to the expiry of the permit that is extended
    "permit_months": WHOLE,  # months asked for
    "permit_days": WHOLE,  # calendar days from its first to its last day
    "permit_extensions": WHOLE,  # times it was extended before
    "permit_is_extension": FLAG,
    "days_since_last_permit": WHOLE,  # calendar days since the previous permit ended
    "filing_last_day": DAY,  # to file, by a term of the service: services.filing_days
    "filing_first_day": DAY,
    "filing_days_late": WHOLE,  # calendar days after the last one; 0 in time
    "filing_days_early": WHOLE,  # calendar days before the first one
    "visa_income": WHOLE,  # dollars a month of who asks for a visa
    # foreign labour
    "citizen_on": DAY,  # by the undertaking of category 4 a citizen takes the position
    "citizen_first_day": DAY,  # by law the earliest and the latest such day
    "citizen_last_day": DAY,
    "employer_share_12": WHOLE,  # per cent of citizens in categories 1 and 2, the requested counted
    "employer_share_34": WHOLE,  # per cent of citizens in categories 3 and 4, the requested counted
    "employer_is_small": FLAG,  # small business, state institution or state enterprise
    "employer_citizens_12": WHOLE,  # citizens among the staff of categories 1 and 2
    "employer_foreigners_12": WHOLE,  # foreigners there; in a rule with the requested ones
    "employer_citizens_34": WHOLE,
    "employer_foreigners_34": WHOLE,
    "employer_outstaffed_citizens_12": WHOLE,  # of another employer, working here; counted from 01.07.2023
    "employer_outstaffed_foreigners_12": WHOLE,
    "employer_outstaffed_citizens_34": WHOLE,
    "employer_outstaffed_foreigners_34": WHOLE,
    "employer_exempt_12": WHOLE,  # foreigners who need no permit: of the EAEU, with a residence permit
    "employer_exempt_34": WHOLE,
    "employer_transfer_citizens": WHOLE,  # citizens among managers and specialists
    "employer_transfer_foreigners": WHOLE,  # foreigners there by a transfer inside the company
    "employer_transfer_share": WHOLE,  # per cent of them to those citizens, the requested ones counted
    "labour_exemption": TEXT,  # code of the list of those who need no permit
    "transfer_years": WHOLE,  # full years of work for the sending company
    "case_channel": TEXT,  # code of the list of channels
    "employer_branch_staff": WHOLE,  # staff of a branch or representative office
    "employer_is_branch": FLAG,
    "employer_labour_immigrants": WHOLE,  # household workers of one individual, the asked one counted
    "vacancy_published_days": WHOLE,  # calendar days since the vacancy was published
    # kandas and quota
    "quota_was_included": FLAG,  # the person was in a regional quota before
    "kandas_is_known": FLAG,  # the register has a status of kandas of the person that was not ended
    "quota_basis": TEXT,  # on what ground the person is to be included, an option of the service
    "job_seeker": FLAG,  # registered as seeking work or unemployed
    "region_registered_days": WHOLE,  # calendar days of permanent registration in the region of departure
    "divorced_days": WHOLE,  # calendar days since the divorce
    "graduated_days": WHOLE,  # calendar days since the graduation
    # commissions
    "nationality_shown": TEXT,  # which paper shows the nationality, an option of the service
    "commission_reception": TEXT,  # Recommendation of the commission on reception; missing without a session
    "commission_nationality": TEXT,  # of the commission on belonging to the Kazakh nationality
    "session_commission": TEXT,  # code of the commission that holds a session
    "session_has_video": FLAG,
    "asylum_days_since_arrival": WHOLE,
    "asylum_days_since_danger": WHOLE,  # calendar days since the danger became known
    "petition_interpreter": TEXT,  # how the interpreter signed: signed, from_words, none
    # residence, registration of citizens, return, bans
    "residence_purpose": TEXT,  # of a temporary permit: work, family, study, treatment, missionary, business
    "residence_contract_until": DAY,
    "residence_study_until": DAY,
    "residence_treatment_until": DAY,
    "residence_ground": TEXT,  # on which somebody applies for permanent residence
    "solvency_balance": WHOLE,  # tenge in the bank certificate, of all who must prove it
    "solvency_members": WHOLE,  # members of 16 and older
    "solvency_household": WHOLE,  # members in all
    "solvency_housing_agreement": FLAG,
    "solvency_metre_price": WHOLE,  # tenge for a square metre in the chosen settlement
    "solvency_needed": WHOLE,  # tenge that the certificate must show: services.solvency
    "solvency_short_by": WHOLE,  # tenge that the balance lacks; 0 when it is enough
    "solvency_housing": WHOLE,  # tenge of it for housing
    "knb_approved": FLAG,
    "pilot_listening": WHOLE,  # per cent of the A1 test
    "pilot_reading": WHOLE,
    "pilot_points": WHOLE,  # of the questionnaire
    "applicant_warned": FLAG,  # of the liability for false data
    "owners_consent": FLAG,
    "registration_kind": TEXT,  # permanent, temporary
    "registration_until_days": WHOLE,  # days from the filing to the end of a temporary registration
    "registration_days_here": WHOLE,  # days from the arrival at the address to the filing
    "return_is_voluntary": FLAG,
    "entry_ban": TEXT,  # sure: in the person's own file; likely: in a file that may be his
    "entry_ban_name": TEXT,  # of the file with the ban
    "entry_ban_until": TEXT,  # its last day as people read it
    "entry_ban_act": TEXT,
    "ban_ground": TEXT,  # on which an entry ban rests
    "ban_act_named": TEXT,
    "shortened_until": TEXT,  # last day of a shortened stay as people read it
    "shortened_act": TEXT,
    "shortened_days_over": WHOLE,  # days after it; not over 0 while it runs
    "leave_by": DAY,  # last day of a shortened stay
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
