"""The file of a child who came alone: closed to those without the right to restricted entries, as such notes are.

Without the right name and birth date are shown, and who may open the rest; lists and exports mask where the child
lives. With it the file opens, and the journal says who opened it.
"""

from __future__ import annotations

from migdesk.domain.case import Case
from migdesk.domain.change import Done, Op
from migdesk.domain.errors import Refused
from migdesk.domain.finding import Finding, block
from migdesk.domain.person import Person
from migdesk.domain.protection import NoteViewing, Unaccompanied
from migdesk.domain.record import Record
from migdesk.i18n import N_
from migdesk.services.desk import Desk
from migdesk.services.people import notes


def any_closed(desk: Desk) -> bool:
    """Whether there is a child whose file who works at this desk may not open."""
    return not notes.may_read(desk) and bool(desk.store.live(Unaccompanied, until=None, limit=1))


def is_closed(desk: Desk, person: str | None) -> bool:
    """Whether a file may not be opened at this desk."""
    if not person or notes.may_read(desk):
        return False
    return bool(desk.store.live(Unaccompanied, person=person, until=None, limit=1))


def hides(desk: Desk, rec: Record | None) -> bool:
    """Whether a record is a closed file, or lies in one."""
    person = rec.uid if isinstance(rec, Person) else getattr(rec, "person", None)
    return is_closed(desk, person)


def hides_owner(desk: Desk, owner: str) -> bool:
    """The same of a person or a case, by uid."""
    if not any_closed(desk):
        return False
    case = desk.store.find(Case, owner)
    return is_closed(desk, case.person if case else owner)


def told(desk: Desk) -> Finding:
    """That a file is closed, and who may open it."""
    message = N_("Restricted: a child who came alone. Ask those who may open the file: {names}.")
    names = ", ".join(one.name for one in notes.readers(desk)) or "—"
    return block("no_right", message, names=names)


def refuse(desk: Desk, owner: str) -> None:
    """Let nobody without the right look into the file, or a case, of a child who came alone.

    Raises:
        Refused: it is closed at this desk.
    """
    if hides_owner(desk, owner):
        raise Refused([told(desk)])


def open_child(desk: Desk, person: str) -> Done[NoteViewing]:
    """Open the file of a child who came alone; the journal says who did.

    Raises:
        NotFound: no such person.
        Refused: it is closed at this desk.
    """
    desk.store.get(Person, person)
    refuse(desk, person)
    with desk.write(Op.VIEW_NOTES) as tx:
        seen = tx.put(NoteViewing(person=person, login=desk.operator, at=desk.clock.now()))
    return Done(seen, tx.changes)
