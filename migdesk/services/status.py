"""Status: is everything in order with a person on a day? A light with its reasons."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from migdesk.domain.arrival import Stay, StayBasis
from migdesk.domain.current_document import current_of
from migdesk.domain.dates import show_day
from migdesk.domain.fields import choice_label
from migdesk.domain.finding import Finding, Severity, block, note, warn
from migdesk.domain.permit import Permit
from migdesk.domain.person import Person
from migdesk.domain.terms import NEAR, SOON, OpenTerm
from migdesk.i18n import N_
from migdesk.rules.presence import Crossing, Span
from migdesk.rules.stay import OWN_CITIZEN, judge_stay
from migdesk.rules.stay_question import StayJudgement, StayQuestion
from migdesk.services import people
from migdesk.services.desk import Desk
from migdesk.services.people import PersonFile


class Light(StrEnum):
    """Green: in order. Amber: something is due, ends soon or is doubtful. Red: overdue or unlawful."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"

    @classmethod
    def labels(cls) -> dict[Light, str]:
        """What a person reads."""
        return {cls.GREEN: N_("in order"), cls.AMBER: N_("look here"), cls.RED: N_("not in order")}


@dataclass(frozen=True, slots=True)
class Status:
    """A person's standing on a day: the light, the stay, the permits in force, the open terms, and why."""

    person: Person
    on: date
    light: Light
    stay: StayJudgement
    permits: tuple[Permit, ...]
    terms: tuple[OpenTerm, ...]
    findings: tuple[Finding, ...]


KINDS = "permit_kinds"
"""The list that says which kinds of permit are a ground of stay, and which days no window counts."""


def person_status(desk: Desk, key: str, on: date | None = None) -> Status:
    """The standing of a person given by uid, IIN or document number, today or on any day.

    Raises:
        NotFound: nobody has it.
    """
    return file_status(desk, people.open_file(desk, people.get_person(desk, key).uid), on)


def file_status(desk: Desk, file: PersonFile, on: date | None = None) -> Status:
    """The standing of a person whose file is open."""
    day = on or desk.today
    held = tuple(permit for permit in file.permits if permit.in_force_on(day))
    judgement = judge_stay(desk.law, stay_question(desk, file, held, day), day)
    open_terms = tuple(term for term in file.terms if term.due >= day or day >= desk.today)
    findings = [
        *_about_stay(judgement, day),
        *_about_permits(held, day),
        *_about_document(file, day),
        *_about_terms(open_terms, day),
        *judgement.why,
    ]
    return Status(file.person, day, _light(findings), judgement, held, open_terms, tuple(findings))


def stay_question(desk: Desk, file: PersonFile, held: Iterable[Permit], day: date) -> StayQuestion:
    """What the law is asked about a person's stay: his crossings, and the strongest ground he has."""
    crossings = tuple(
        Crossing(stay.entered_on, stay.left_on) for stay in reversed(file.stays) if stay.entered_on
    )
    basis, until = _ground(desk, file, list(held), day)
    return StayQuestion(
        citizenship=file.person.citizenship,
        basis=basis,
        crossings=crossings,
        valid_until=until,
        covered=tuple(_covered(desk, file)),
    )


def _ground(desk: Desk, file: PersonFile, held: list[Permit], day: date) -> tuple[StayBasis, date | None]:
    if file.person.citizenship == OWN_CITIZEN:
        return StayBasis.CITIZEN, None
    kinds = desk.lists.items(KINDS)
    grounds = [
        (kinds[one.kind].more, one) for one in held if one.kind in kinds and kinds[one.kind].more.get("stay")
    ]
    if grounds:
        said, permit = min(grounds, key=lambda ground: int(ground[0]["stay_rank"]))
        return StayBasis(said["stay"]), permit.valid_until
    last = next((stay for stay in file.stays if stay.entered_on and stay.entered_on <= day), None)
    return (last.basis or StayBasis.VISA_FREE, _term_of(last)) if last else (StayBasis.VISA_FREE, None)


def _term_of(stay: Stay) -> date | None:
    return stay.valid_until if stay.basis is not StayBasis.VISA_FREE else None


def _covered(desk: Desk, file: PersonFile) -> Iterable[Span]:
    kinds = desk.lists.items(KINDS)
    outside = {code for code, kind in kinds.items() if kind.more.get("outside_window")}
    for permit in file.permits:
        if permit.kind in outside and permit.valid_from and permit.granted_on:
            yield permit.valid_from, permit.revoked_on or permit.valid_until or date.max


def _about_stay(judgement: StayJudgement, day: date) -> list[Finding]:
    last = judgement.last_lawful_day
    if judgement.lawful is None:
        return [warn("status.stay_unknown", N_("The lawfulness of the stay cannot be judged."), "stay")]
    if not judgement.lawful:
        return [block("status.overstay", N_("The stay is not lawful."), "stay")]
    if last and timedelta(0) <= last - day <= SOON:
        message = N_("The stay ends on {day}. Days left: {n}.")
        return [warn("status.stay_ends", message, "stay", day=show_day(last), n=(last - day).days)]
    return [note("status.stay_lawful", N_("The stay is lawful."), "stay")]


def _about_permits(held: Iterable[Permit], day: date) -> list[Finding]:
    message = N_("The permit {number} ends on {day}.")
    return [
        warn("status.permit_ends", message, "permits", number=permit.number, day=show_day(permit.valid_until))
        for permit in held
        if permit.valid_until and permit.valid_until - day <= SOON
    ]


def _about_document(file: PersonFile, day: date) -> list[Finding]:
    document = current_of(file.documents, day)
    if document is None:
        return [warn("status.no_document", N_("There is no travel document in the file."), "documents")]
    if document.expires_on and document.expires_on < day:
        message = N_("The document {number} expired on {day}.")
        values = {"number": document.number, "day": show_day(document.expires_on)}
        return [warn("status.document_expired", message, "documents", **values)]
    return []


def _about_terms(terms: Iterable[OpenTerm], day: date) -> list[Finding]:
    findings = []
    for term in terms:
        label = choice_label(term.kind)
        if term.due < day:
            message = N_("{what} was due on {day}.")
            findings.append(block("status.overdue", message, "deadlines", what=label, day=show_day(term.due)))
        elif term.due - day <= NEAR:
            message = N_("{what} is due on {day}.")
            findings.append(warn("status.due", message, "deadlines", what=label, day=show_day(term.due)))
    return findings


def _light(findings: Iterable[Finding]) -> Light:
    grave = {finding.severity for finding in findings}
    if Severity.BLOCK in grave:
        return Light.RED
    return Light.AMBER if Severity.WARN in grave else Light.GREEN
