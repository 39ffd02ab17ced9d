"""Permit: what a person is allowed, from a day to a day, and how it may change."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, ClassVar

from migdesk.domain.fields import Choice, Code, Day, Note, Ref, Text
from migdesk.domain.record import Record, record
from migdesk.i18n import N_


class PermitState(StrEnum):
    """Stored states; whether a granted permit has expired depends on the day and is computed."""

    APPLIED = "applied"
    GRANTED = "granted"
    REFUSED = "refused"
    EXTENDED = "extended"
    REVOKED = "revoked"

    @classmethod
    def labels(cls) -> dict[PermitState, str]:
        """What a person reads."""
        return {
            cls.APPLIED: N_("applied for"),
            cls.GRANTED: N_("granted"),
            cls.REFUSED: N_("refused"),
            cls.EXTENDED: N_("replaced by an extension"),
            cls.REVOKED: N_("revoked"),
        }


TRANSITIONS: dict[PermitState, frozenset[PermitState]] = {
    PermitState.APPLIED: frozenset({PermitState.GRANTED, PermitState.REFUSED}),
    PermitState.GRANTED: frozenset({PermitState.EXTENDED, PermitState.REVOKED}),
    PermitState.REFUSED: frozenset(),
    PermitState.EXTENDED: frozenset({PermitState.REVOKED}),
    PermitState.REVOKED: frozenset(),
}


@record
class Permit(Record):
    """A visa, residence permit, labour permit or status; an extension is a new permit that names this one.

    `valid_until` is the day written in it; `lasts_until` the later day to which special regimes prolong it, if any.
    """

    table: ClassVar[str] = "permit"
    title: ClassVar[str] = N_("Permit")

    number: Annotated[str, Text(N_("Number"), max=40, series=True)] = ""
    person: Annotated[str | None, Ref(N_("Person"), required=True, to="person")] = None
    kind: Annotated[str, Code(N_("Kind of permit"), required=True, list="permit_kinds")] = ""
    category: Annotated[str, Text(N_("Category"), max=20)] = ""
    employer: Annotated[str | None, Ref(N_("Employer"), to="party")] = None
    position: Annotated[str, Text(N_("Position"))] = ""
    activity: Annotated[str, Code(N_("Activity (OKED)"), list="oked")] = ""
    region: Annotated[str, Code(N_("Region"), list="kato")] = ""
    applied_on: Annotated[date | None, Day(N_("Applied on"))] = None
    granted_on: Annotated[date | None, Day(N_("Granted on"))] = None
    valid_from: Annotated[date | None, Day(N_("Valid from"))] = None
    valid_until: Annotated[date | None, Day(N_("Valid until"))] = None
    lasts_until: Annotated[date | None, Day(N_("By a regime until"), computed=True)] = None
    state: Annotated[PermitState | None, Choice(N_("State"), required=True, options=PermitState)] = (
        PermitState.APPLIED
    )
    principal: Annotated[str | None, Ref(N_("With the permit of the applicant"), to="permit")] = None
    extends: Annotated[str | None, Ref(N_("Extension of"), to="permit")] = None
    case: Annotated[str | None, Ref(N_("Case"), to="cases")] = None
    reservation: Annotated[str | None, Ref(N_("Quota unit"), to="reservation")] = None
    revoked_on: Annotated[date | None, Day(N_("Revoked on"))] = None
    grounds: Annotated[str, Text(N_("Grounds"), max=400)] = ""
    note: Annotated[str, Note(N_("Note"))] = ""

    def in_force_on(self, day: date) -> bool:
        """Whether the permit covers a day: granted (or since extended), begun, not ended, not yet revoked."""
        if not self.runs and self.state is not PermitState.REVOKED:
            return False
        if self.revoked_on and day >= self.revoked_on:
            return False
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.ends_on is None or day <= self.ends_on) and not self.is_annulled

    @property
    def runs(self) -> bool:
        """Whether it was granted, and nothing took it back."""
        return self.state in (PermitState.GRANTED, PermitState.EXTENDED)

    @property
    def ends_on(self) -> date | None:
        """The last day that counts: the one written in it, or the later one to which special regimes prolong it."""
        return self.lasts_until or self.valid_until
