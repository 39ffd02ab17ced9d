"""The journal: what was done, whether its chain holds, and taking back the last op as a new one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from migdesk.domain.change import NOT_UNDOABLE, Change, Done, Entry, Op
from migdesk.domain.errors import Refused, Stale
from migdesk.domain.fields import Moment
from migdesk.domain.finding import Finding, block
from migdesk.i18n import N_, _
from migdesk.services.desk import Desk
from migdesk.services.laws import law_counted
from migdesk.store import journal as book

NOT_MEANT = "undo_not_meant"
"""Code of the refusal to take back another op than the one that is meant."""
_BEGINNINGS = frozenset({Op.INIT_OFFICE, Op.MAKE_SAMPLE})
_OF_THE_LAW = frozenset(
    {
        Op.SAVE_SETTING,
        Op.SAVE_CALENDAR,
        Op.TAKE_LAW,
        Op.SWITCH_LAW,
        Op.SWITCH_LAW_ON,
        Op.SWITCH_LAW_OFF,
        Op.CORRECT_LAW,
    }
)
"""Ops after which days and sums are counted anew; offices of before have switches that do not say which way."""
_NUMBERED = N_("It numbered something official and has its own way back.")
_PERMIT = N_("A permit is revoked, not undone: in its file, or with: migdesk permit revoke.")
_RIGHT = N_("Rights and roles are given and withdrawn by those who may, never undone.")
_WHY = {
    Op.PRINT_FORM: N_(
        "A printed paper left the office, so neither it nor what was done before it is undone: correct or strike the "
        "record in its file, or with: migdesk event correct, migdesk event annul; then print the paper anew."
    ),
    Op.DECIDE_CASE: N_(
        "A decision was given out under its number, so neither it nor what led to it is undone."
    ),
    Op.ISSUE_PERMIT: _PERMIT,
    Op.EXTEND_PERMIT: _PERMIT,
    Op.TAKE_PLACES: N_("Places are not taken out again: old codes stay readable."),
    Op.SET_ROLE: _RIGHT,
    Op.GIVE_RIGHT: _RIGHT,
    Op.TAKE_RIGHT: _RIGHT,
}
"""Why an op is not undone, and what is done instead."""


@dataclass(frozen=True, slots=True)
class Coming:
    """What undo comes to now: the op, and why it cannot be taken back, if it cannot."""

    entry: Entry | None
    why_not: Finding | None

    @property
    def words(self) -> str:
        """What would be taken back, of whom and when; or why nothing would."""
        if self.why_not or self.entry is None:
            return self.why_not.words() if self.why_not else ""
        return told(self.entry)


def told(entry: Entry) -> str:
    """A line of the journal in one sentence: what was done, to whom, when, by whom."""
    return f"{entry.words} · {signed(entry)}"


def signed(entry: Entry) -> str:
    """When and by whom, where it is not to be said what: the op may be about somebody else."""
    return f"{when(entry)} · {entry.operator}"


def when(entry: Entry) -> str:
    """The moment of an op as the clock of the office had it."""
    return Moment("").show(datetime.fromisoformat(entry.at))


def coming(desk: Desk) -> Coming:
    """What undo would take back now, or at which op it stops, and why."""
    entry = book.last_standing(desk.store)
    if entry is None or entry.op in _BEGINNINGS:
        return Coming(None, block("nothing_to_undo", N_("There is nothing that can be undone.")))
    if entry.op in NOT_UNDOABLE:
        message = N_("Undo stops at: {what} · {at} · {operator}. {why}")
        why = _(_WHY.get(entry.op, _NUMBERED))
        said = {"what": entry.words, "at": when(entry), "operator": entry.operator, "why": why}
        return Coming(entry, block("cannot_be_undone", message, None, **said))
    return Coming(entry, _beyond_role(desk, entry))


def find_undoable(desk: Desk) -> Entry | None:
    """The op that undo would take back now; an op that numbered or printed something official is a wall."""
    return book.last_undoable(desk.store)


def undo_last(desk: Desk, *, meant: str = "") -> Done[Entry]:
    """Take back the newest undoable op; when its asker means one (`meant`, its uid), that one or none.

    Raises:
        Refused: there is nothing to take back, or at which op undo stops and why; or another op is newer than the
            one that is meant: somebody may have written it at this moment, and there is no way back from an undo.
        Stale: a later op changed one of its fields, or another window takes it back at this moment.
    """
    entry = find_undoable(desk)
    why_not = coming(desk).why_not if entry is None else _beyond_role(desk, entry)
    if entry is None or why_not:
        raise Refused([why_not] if why_not else [])
    if meant and entry.uid != meant:
        message = N_("The newest operation is another one by now: {what}. Undo once more takes that back.")
        raise Refused([block(NOT_MEANT, message, None, what=told(entry))])
    with desk.write(Op.UNDO) as tx:
        if find_undoable(desk) != entry:
            raise Stale
        tx.undo(entry.uid, book.changes_backwards(desk.store, entry.uid))
        if entry.op in _OF_THE_LAW:
            law_counted.write_effects(desk, tx)  # days that are worked out are not put back with the rest
    return Done(entry, tx.changes)


def _beyond_role(desk: Desk, entry: Entry) -> Finding | None:
    """Taking back asks for the same right as doing: of the head, or of those who read restricted notes.

    A change of the law is not taken back while days are not counted by the law of the program.
    """
    try:
        desk.refuse_beyond_role(entry.op)
    except Refused as refused:
        return refused.findings[0]
    if entry.op in _OF_THE_LAW and (uncounted := law_counted.not_counted(desk)):
        return uncounted
    if entry.op is Op.SAVE_OPERATOR and any(map(_gives_rights, book.changes_of(desk.store, entry.uid))):
        return block("no_right", _RIGHT)
    return None


def _gives_rights(change: Change) -> bool:
    before, after = change.before, change.after
    right = "reads_restricted"
    return bool(before.get(right)) != bool(after.get(right)) or ("role" in before and "role" in after)


def entries(desk: Desk, *, limit: int = 100) -> list[Entry]:
    """The newest journal entries."""
    return book.entries(desk.store, limit)


def operators(desk: Desk) -> list[str]:
    """Logins of everybody who works here."""
    return book.operators(desk.store)


def changes_of(desk: Desk, op_uid: str) -> list[Change]:
    """What one op changed."""
    return book.changes_of(desk.store, op_uid)


def broken_links(desk: Desk) -> list[str]:
    """Ops whose place in the hash chain no longer holds; empty when the journal is whole."""
    return list(dict.fromkeys(book.broken_links(desk.store)))
