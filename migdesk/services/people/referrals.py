"""Referral of a victim of trafficking: a restricted note with the lines of the referral sheet.

Rules of referral: joint order MIA No. 844 and MLSP No. 406 of 22.10.2024 (reg. 35289), Law 05.07.2024 No. 110-VIII,
art. 18(2). The lines are those of the internal sheet (reconstructed [RECON]); no paper of it is made,
since the register of papers is open to everybody in the office.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, ClassVar

from migdesk.domain.change import Done
from migdesk.domain.errors import refuse_if_blocked
from migdesk.domain.fields import Choice, Day, Flag, Text, specs
from migdesk.domain.finding import Finding, warn
from migdesk.domain.protection import NoteKind, PersonNote, Visibility
from migdesk.domain.record import Record, faults, record
from migdesk.i18n import N_, _
from migdesk.services.desk import Desk
from migdesk.services.people import notes


class ReferredTo(StrEnum):
    """Who takes over."""

    POLICE = "police"
    SOCIAL = "social"
    NGO = "ngo"

    @classmethod
    def labels(cls) -> dict[ReferredTo, str]:
        """What a person reads."""
        return {
            cls.POLICE: N_("police"),
            cls.SOCIAL: N_("social service"),
            cls.NGO: N_("non-governmental organisation"),
        }


@record
class Referral(Record):
    """The sheet as it is asked; it is kept as the text of a restricted note and never as a row of its own."""

    table: ClassVar[str] = "referral"
    title: ClassVar[str] = N_("Referral of a victim")

    detected_on: Annotated[date | None, Day(N_("Detected on"), required=True)] = None
    detected_by: Annotated[str, Text(N_("Detected by"), required=True, max=200)] = ""
    signs: Annotated[str, Text(N_("Signs"), required=True, max=1000)] = ""
    needs: Annotated[str, Text(N_("Urgent needs"), max=500)] = ""
    consent: Annotated[bool, Flag(N_("The person consents to the referral"))] = False
    referred_to: Annotated[
        ReferredTo | None, Choice(N_("Referred to"), required=True, options=ReferredTo)
    ] = None
    body: Annotated[str, Text(N_("Name of the body"), max=300)] = ""
    accepted: Annotated[str, Text(N_("Accepted (date, name)"), max=300)] = ""


def check_referral(desk: Desk, person: str, referral: Referral) -> list[Finding]:
    """What is wrong or odd about a referral before it is written."""
    found = faults(referral)
    if found:
        return found
    if not referral.consent:
        message = N_(
            "The person has not consented to the referral: look whether it may be made all the same."
        )
        found.append(warn("no_consent", message, "consent"))
    return [*found, *notes.check_note(desk, _note(person, referral))]


def refer(desk: Desk, person: str, referral: Referral) -> Done[PersonNote]:
    """Write a referral as a restricted note on the person.

    Raises:
        NotFound: no such person.
        Invalid: what is wrong, field by field.
    """
    findings = check_referral(desk, person, referral)
    refuse_if_blocked(findings)
    done = notes.write(desk, _note(person, referral))
    return Done(done.value, done.changes, tuple(findings))


def _note(person: str, referral: Referral) -> PersonNote:
    return PersonNote(
        person=person,
        written_on=referral.detected_on,
        matter=NoteKind.VICTIM,
        visibility=Visibility.RESTRICTED,
        text="\n".join([_(Referral.title), *_lines(referral)]),
    )


def _lines(referral: Referral) -> list[str]:
    shown = [(one.field, getattr(referral, one.name)) for one in specs(Referral) if one.name in ASKED]
    return [
        f"{_(str(field.label))}: {field.show(value)}" for field, value in shown if value not in (None, "")
    ]


ASKED = ("detected_on", "detected_by", "signs", "needs", "consent", "referred_to", "body", "accepted")
"""The fields of the sheet in their order."""
