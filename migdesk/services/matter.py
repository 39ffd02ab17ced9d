"""A case as it lies on the table when it is decided, and the decision as the clerk gives it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from migdesk.domain.case import Case
from migdesk.rules.procedure import Decision, Procedure
from migdesk.services.desk import Desk


@dataclass(frozen=True, slots=True)
class Verdict:
    """A decision as the clerk gives it: code, day, protocol of the commission and its day, codes of grounds.

    `words` are the circumstances, beside the grounds and never instead of them; `given` are answers to what sums
    that become due ask for and the case does not tell.
    """

    code: str
    on: date | None = None
    protocol: str = ""
    protocol_on: date | None = None
    grounds: tuple[str, ...] = ()
    valid_until: date | None = None
    words: str = ""
    appeal_until: date | None = None
    """The last day of an appeal as the act says it; left out, it is counted by the term of the law."""
    given: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Matter:
    """A case that is decided: its service on the day of filing, the decision of the service, and what was said."""

    desk: Desk
    case: Case
    service: Procedure
    decision: Decision
    verdict: Verdict

    @property
    def day(self) -> date:
        """The day of the decision."""
        return self.verdict.on or self.desk.today
