"""Children who came without parents: since when, who answers for them, what the law says of them.

Everybody sees that a child is alone and that the entry is restricted. Who the guardian is, by which act, and who may
be of the family is opened by those with the right to restricted notes, and the journal says who opened it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from migdesk.domain.change import Done, Op
from migdesk.domain.dates import show_day
from migdesk.domain.errors import NotFound, Refused
from migdesk.domain.finding import Finding, block, warn
from migdesk.domain.office import Operator
from migdesk.domain.party import Party
from migdesk.domain.person import Person
from migdesk.domain.protection import NoteViewing, Unaccompanied
from migdesk.domain.record import faults, tidied
from migdesk.i18n import N_
from migdesk.services.checked_ops import prepared_op
from migdesk.services.desk import Desk
from migdesk.services.facts import facts
from migdesk.services.families import families
from migdesk.services.people import notes


@dataclass(frozen=True, slots=True)
class Alone:
    """What everybody sees of a child who is alone: that it is so, whether this desk may open the rest, who may."""

    may_open: bool
    readers: tuple[Operator, ...]


@dataclass(frozen=True, slots=True)
class Guarded:
    """What is restricted: the entry, and the name of the guardian, a person or an organisation."""

    entry: Unaccompanied
    guardian: str


def look(desk: Desk, person: str) -> Alone | None:
    """What everybody sees; nothing when nobody said that the child is alone, or it is over."""
    if of_person(desk, person) is None:
        return None
    return Alone(notes.may_read(desk), tuple(notes.readers(desk)))


def open_details(desk: Desk, person: str) -> Done[Guarded]:
    """Who answers for a child who is alone; the journal says who opened it.

    Raises:
        NotFound: nobody said of this person that he is alone.
        Refused: the operator has no right to restricted entries.
    """
    known = of_person(desk, person)
    if known is None:
        raise NotFound(person)
    refuse_without_right(desk, person)
    with desk.write(Op.VIEW_NOTES) as tx:
        tx.put(NoteViewing(person=person, login=desk.operator, at=desk.clock.now()))
    name = ""
    if known.guardian:
        name = desk.store.get(Person, known.guardian).full_name
    elif known.body:
        name = desk.store.get(Party, known.body).name
    return Done(Guarded(known, name), tx.changes)


def refuse_without_right(desk: Desk, person: str) -> None:
    """What is restricted of a child who is alone is not for everybody.

    Raises:
        Refused: the child is alone, and the operator has no right to restricted entries.
    """
    alone = look(desk, person)
    if alone and not alone.may_open:
        message = N_(
            "The guardian and the family of this child are restricted. Those who may open them: {names}."
        )
        names = ", ".join(one.name for one in alone.readers) or "—"
        raise Refused([block("no_right", message, names=names)])


def of_person(desk: Desk, person: str) -> Unaccompanied | None:
    """The entry of a child who is alone now, for services that write; nothing when nobody said so, or it is over."""
    found = desk.store.live(Unaccompanied, person=person, until=None)
    return found[-1] if found else None


def said_by_law(desk: Desk, person: Person) -> list[Finding]:
    """Remarks of the law on a child who is alone."""
    return facts.ask_about_minor(desk, person, desk.today)


def say(desk: Desk, given: Unaccompanied) -> Done[Unaccompanied]:
    """Say that a child is alone and who answers for him, from a day; or, with `until`, that it ended on a day.

    Another guardian begins on the day given and ends the row of the one before, so that every day keeps its own.
    An end names nothing anew: it ends what is known.

    Raises:
        NotFound: no such person, guardian or organisation.
        Invalid: what is wrong, field by field.
    """
    asked = tidied(given)

    def prepare() -> tuple[Unaccompanied | None, list[Finding]]:
        known = of_person(desk, asked.person or "")
        return known, _check(desk, _row(asked, known), known)

    with prepared_op(desk, Op.SAVE_GUARDIAN, prepare) as (tx, known, findings):
        if known and not asked.until:
            tx.put(known, until=asked.since)
        saved = tx.put(_row(asked, known))
    return Done(saved, tx.changes, tuple([*findings, *_no_reader(desk)]))


def _row(asked: Unaccompanied, known: Unaccompanied | None) -> Unaccompanied:
    return replace(known, until=asked.until) if known and asked.until else asked


def _no_reader(desk: Desk) -> list[Finding]:
    if notes.readers(desk):
        return []
    message = N_("Nobody in this office may open restricted entries yet: the head gives somebody the right.")
    return [warn("no_reader", message, "guardian")]


def _check(desk: Desk, given: Unaccompanied, known: Unaccompanied | None) -> list[Finding]:
    found = faults(given)
    if given.person is None:
        return found
    person = desk.store.get(Person, given.person)
    since, until = given.since, given.until
    if since and since > desk.today:
        found.append(block("in_future", N_("This day has not come yet."), "since"))
    if since and until and until < since:
        found.append(block("before_start", N_("It would end before it began."), "until"))
    found += _check_age(desk, person, since)
    found += _check_guardian(desk, given, person, since)
    if until is None and since and known and known.since and known.since > since:
        message = N_("Another guardian is known only since {day}: take a later day.")
        found.append(block("before_joining", message, "since", day=show_day(known.since)))
    return found


def _check_age(desk: Desk, person: Person, since: date | None) -> list[Finding]:
    comes = families.of_age_on(desk, person, since or desk.today)
    if since is None or comes is None or since < comes:
        return []
    message = N_("{name} was of age on this day.")
    return [block("of_age", message, "since", name=person.full_name)]


def _check_guardian(desk: Desk, given: Unaccompanied, person: Person, since: date | None) -> list[Finding]:
    if given.guardian and given.body:
        message = N_("Name a person or an organisation as the guardian, not both.")
        return [block("two_guardians", message, "body")]
    if not given.guardian and not given.body:
        return [warn("no_guardian", N_("No guardian is named yet."), "guardian")]
    if not given.guardian:
        return []
    guardian = desk.store.get(Person, given.guardian)
    if guardian.uid == person.uid:
        return [block("own_guardian", N_("Nobody is his own guardian."), "guardian")]
    comes = families.of_age_on(desk, guardian, since or desk.today)
    if comes and comes > (since or desk.today):
        message = N_("{name} is under age and cannot be a guardian.")
        return [block("under_age", message, "guardian", name=guardian.full_name)]
    return []
