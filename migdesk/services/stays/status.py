"""Status: is everything in order with a person on a day? A light with its reasons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from migdesk.domain.arrival import StayBasis
from migdesk.domain.current_document import current_of
from migdesk.domain.dates import show_day
from migdesk.domain.finding import Finding, Severity, block, note, warn
from migdesk.domain.permit import Permit
from migdesk.domain.person import Person
from migdesk.domain.stay_facts import SHORTENED
from migdesk.domain.terms import NEAR, SOON, ClosedTerm, OpenTerm, TermKind
from migdesk.i18n import N_, _
from migdesk.rules import stay_answers
from migdesk.rules.law import Law
from migdesk.rules.pack import Special
from migdesk.rules.presence import Crossing
from migdesk.rules.specials import Lasting, bears_on
from migdesk.rules.stay import OWN_CITIZEN, judge_stay
from migdesk.rules.stay_end import carry_on
from migdesk.rules.stay_question import StayJudgement, StayQuestion
from migdesk.services import permit_ends, shortened, stay_ends
from migdesk.services.desk import Desk
from migdesk.services.facts import bans
from migdesk.services.families import coming_of_age
from migdesk.services.payments import fees
from migdesk.services.people import people
from migdesk.services.people.people import PersonFile
from migdesk.services.stays import pending_stays, prolonged
from migdesk.services.stays.prolonged import Prolonged
from migdesk.services.stays.whereabouts import left_country_on
from migdesk.services.stoplists import stop_checks
from migdesk.services.terms import ended_terms, monitoring


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
    """A person's standing on a day: the light, the stay, the permits in force, the open terms, and why.

    `left_on` is the day since which he is out of the country: then the stay is the last one, which is over.
    """

    person: Person
    on: date
    light: Light
    stay: StayJudgement
    permits: tuple[Permit, ...]
    terms: tuple[OpenTerm, ...]
    findings: tuple[Finding, ...]
    left_on: date | None = None
    closed: tuple[ClosedTerm, ...] = ()
    reminder: OpenTerm | None = None
    regimes: tuple[Special, ...] = ()
    """The special regimes of the day that bear on the person, and those that moved the end of his stay or permit."""


KINDS = stay_ends.KINDS
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
    file = _by_law(desk.law, file)
    held = tuple(permit for permit in file.permits if permit.in_force_on(day))
    judgement = judge_file(desk, file, day)
    left = left_country_on(file, day)
    open_terms = tuple(
        term
        for term in file.terms
        if (term.due >= day or day >= desk.today) and not (left and term.kind in _OF_PRESENCE)
    )
    closed = tuple(one for one in ended_terms.of_file(file) if one.closed_on <= day)
    findings = _about_absence(judgement, left) if left else _about_presence(desk, file, judgement, held, day)
    findings += [*_about_terms(open_terms, day), *_about_missed(closed)]
    reminder = coming_of_age.find_reminder(desk, file.person, in_family=len(file.family) > 1)
    reminder = None if left or day != desk.today else reminder
    findings += _about_age(desk, reminder) if reminder else []
    findings += judgement.why if left is None or judgement.lawful is False else ()
    findings += bans.about(desk, file.person.uid, day, here=left is None)
    if left is None and day == desk.today:
        findings += stop_checks.about(desk, file.person, file.documents)
    if day == desk.today:
        findings += monitoring.about(desk, file.cases)
    light = _light(findings)
    found = Status(file.person, day, light, judgement, held, open_terms, tuple(findings))
    regimes = _regimes(desk.law, file, judgement, held, day)
    return replace(found, left_on=left, closed=closed, reminder=reminder, regimes=regimes)


def _regimes(
    law: Law, file: PersonFile, judgement: StayJudgement, held: Iterable[Permit], day: date
) -> tuple[Special, ...]:
    moved = (prolonged.of_permit(law, one, file.person.citizenship) for one in held)
    codes = {*judgement.extended_by, *(one.code for longer in moved if longer for one in longer.by)}
    citizenship, things = file.person.citizenship, list(_things(file, held, day))
    return tuple(
        one
        for one in law.specials.about(day, codes)
        if one.code in codes or bears_on(one, citizenship, things)
    )


def _things(file: PersonFile, held: Iterable[Permit], day: date) -> Iterator[Lasting]:
    """What a person has that a regime may prolong: the ground of his last entry, his permits and documents."""
    citizenship = file.person.citizenship
    bases = [one.basis for one in stay_ends.entries_of(file.stays) if one.entered <= day][-1:]
    if not bases and file.last:
        bases = [file.last.basis]
    if citizenship != OWN_CITIZEN:
        yield from (Lasting(ground=one or StayBasis.VISA_FREE, citizenship=citizenship) for one in bases)
    yield from (permit_ends.of_permit(one.kind, citizenship) for one in held)
    if file.documents:
        yield Lasting(document=True, citizenship=citizenship)


def _by_law(law: Law, file: PersonFile) -> PersonFile:
    """A person's file with the days of its permits as a law prolongs them: what was known or announced may differ."""
    citizenship = file.person.citizenship
    permits = tuple(
        one if one.lasts_until == day else replace(one, lasts_until=day)
        for one in file.permits
        for day in [permit_ends.of_law(law, one, citizenship)]
    )
    return replace(file, permits=permits)


_OF_PRESENCE = (TermKind.STAY, TermKind.PERMIT)
"""Terms that mean nothing to who is not in the country."""


def _about_presence(
    desk: Desk, file: PersonFile, judgement: StayJudgement, held: Iterable[Permit], day: date
) -> list[Finding]:
    return [
        *_about_stay(judgement, day),
        *pending_stays.remarks(file, judgement, day),
        *_about_permits(desk.law, file, held, day),
        *(told for one in held if (told := fees.not_issued(desk, one))),
        *_about_document(desk.law, file, day),
    ]


def _about_absence(judgement: StayJudgement, left: date) -> list[Finding]:
    """Nothing is asked of who left, but that he left too late stays told."""
    if judgement.lawful is not False:
        return [note("status.left", N_("Left the country on {day}."), "stay", day=show_day(left))]
    last = judgement.last_lawful_day
    message = N_("Left the country on {day}, after the last lawful day, {last}.")
    if last is None:
        message = N_("Left the country on {day}; the stay was not lawful.")
    return [block("status.overstay", message, "stay", day=show_day(left), last=show_day(last))]


def _about_age(desk: Desk, reminder: OpenTerm) -> list[Finding]:
    message = N_("Turns {n} on {day}: own papers. A reminder of the program, no term of the law.")
    source = desk.law.value_entry(coming_of_age.AHEAD, desk.today).citation.source
    told = note("status.of_age", message, "deadlines", n=coming_of_age.age(desk), day=show_day(reminder.due))
    return [replace(told, source=source)]


def _about_missed(closed: Iterable[ClosedTerm]) -> list[Finding]:
    message = N_("Missed: {what}, due on {due}, {how}.")
    return [
        note("status.missed", message, "deadlines", what=_(one.title), due=show_day(one.due), how=one.how())
        for one in closed
        if one.is_missed
    ]


def judge_file(desk: Desk, file: PersonFile, day: date) -> StayJudgement:
    """The judgement of a person's stay on a day: by the strongest ground of the day, its end by all grounds.

    A permit that carries the stay on after that ground, or did before it, moves the last lawful day.
    """
    asked = stay_question(desk, file, tuple(one for one in file.permits if one.in_force_on(day)), day)
    found, judged = judge_stay(desk.law, asked, day), stay_answers.judged_on(asked, day)
    entered = max((one.entered for one in asked.crossings if one.entered <= day), default=None)
    if entered is not None and asked.citizenship != OWN_CITIZEN:
        grounds = stay_ends.grounds(stay_ends.held_of(file.permits))
        found = carry_on(desk.law, asked.citizenship, found, grounds, entered, judged)
        found = _shortened(desk, file, found, entered, judged)
    found = stay_answers.with_step(desk.law, found, judged)
    return stay_answers.with_readings(desk.law, asked, found, day)


def _shortened(
    desk: Desk, file: PersonFile, found: StayJudgement, entered: date, judged: date
) -> StayJudgement:
    """The judgement of a stay, ended earlier where a decision shortened it."""
    cut = shortened.in_force(bans.cuts_of(desk, file.person.uid), entered, judged)
    service = desk.find_procedure(SHORTENED, cut.decided) if cut else None
    if cut is None or service is None:
        return found
    held = [one for one in stay_ends.held_of(file.permits) if one.granted and one.granted > cut.decided]
    later = stay_ends.grounds(held)
    citizenship = file.person.citizenship
    end = shortened.shorten(desk.law, citizenship, found.last_lawful_day, cut, later, entered, judged)
    return shortened.judge(found, end, judged, service.citation.source)


def stay_question(desk: Desk, file: PersonFile, held: Sequence[Permit], day: date) -> StayQuestion:
    """What the law is asked about a person's stay: his crossings, and the strongest ground he has."""
    entries = stay_ends.entries_of(file.stays)
    known = [one for one in entries if one.entered <= day]
    asked = stay_ends.question(file.person.citizenship, known, stay_ends.held_of(file.permits))
    asked = replace(asked, crossings=tuple(Crossing(one.entered, one.left) for one in entries))
    kinds = desk.lists.items(KINDS)
    grounds = [
        (kinds[one.kind].more, one) for one in held if one.kind in kinds and kinds[one.kind].more.get("stay")
    ]
    if not grounds or file.person.citizenship == OWN_CITIZEN:
        return asked
    said, permit = min(grounds, key=lambda ground: int(ground[0]["stay_rank"]))
    return replace(asked, basis=StayBasis(said["stay"]), valid_until=permit.valid_until)


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


def _about_permits(law: Law, file: PersonFile, held: Iterable[Permit], day: date) -> list[Finding]:
    message = N_("The permit {number} ends on {day}.")
    found = []
    for permit in held:
        if longer := prolonged.of_permit(law, permit, file.person.citizenship):
            found.append(_prolonged("status.permit_prolonged", "permits", permit.number, longer))
        if permit.ends_on and permit.ends_on - day <= SOON:
            values = {"number": permit.number, "day": show_day(permit.ends_on)}
            found.append(warn("status.permit_ends", message, "permits", **values))
    return found


def _prolonged(code: str, field: str, number: str, longer: Prolonged) -> Finding:
    """Both days of a permit or a document, with the act of the regime that moved it last."""
    told = note(code, N_("{number}: {words}"), field, number=number, words=longer.words)
    return replace(told, source=longer.by[-1].citation.source)


def _about_document(law: Law, file: PersonFile, day: date) -> list[Finding]:
    document = current_of(file.documents, day)
    if document is None:
        return [warn("status.no_document", N_("There is no travel document in the file."), "documents")]
    longer = prolonged.of_document(law, document, file.person.citizenship)
    if longer and day > longer.ends and day <= longer.lasts:
        return [_prolonged("status.document_prolonged", "documents", document.number, longer)]
    if document.expires_on and document.expires_on < day:
        message = N_("The document {number} expired on {day}.")
        values = {"number": document.number, "day": show_day(document.expires_on)}
        return [warn("status.document_expired", message, "documents", **values)]
    return []


def _about_terms(terms: Iterable[OpenTerm], day: date) -> list[Finding]:
    findings = []
    for term in terms:
        if term.kind is TermKind.STAY:
            continue  # the judgement of the stay says it, with its reasons
        label = _(term.title)
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
