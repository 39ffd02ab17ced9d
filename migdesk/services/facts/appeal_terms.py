"""Until when a decision may be appealed: by the term of its service, or by the general one that the head enters.

No source that was read names such a term, so the general one has no days as shipped, and then no day is counted: the
program says that none is known and where to enter it. The day may also be given by hand with the decision.
"""

from __future__ import annotations

from datetime import date

from migdesk.domain.errors import NotFound
from migdesk.i18n import N_
from migdesk.rules.law import Law
from migdesk.rules.procedure import Decision
from migdesk.services.checks import last_day

UNKNOWN = N_(
    "No term of an appeal is known: the sources that were read name none. The head enters it once on the page Law, "
    "“Appeal against a decision”; or give its last day with the decision."
)


def appeal_day(law: Law, decision: Decision, on: date) -> date | None:
    """The last day of an appeal against a decision of a day; nothing where no term is known, or it is in favour."""
    code = decision.appeal_term
    return last_day(law, code, on) if code and is_entered(law, code, on) else None


def is_entered(law: Law, code: str, on: date) -> bool:
    """Whether the term of an appeal has days."""
    try:
        return law.term(code, on).length > 0
    except NotFound:
        return False
