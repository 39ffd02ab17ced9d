"""Who may do what here: roles, which a head sets, and the right to restricted notes, which its holders hand on."""

from __future__ import annotations

from dataclasses import replace

from migdesk.domain.change import Done, Op
from migdesk.domain.errors import Invalid, Refused, refuse_if_blocked
from migdesk.domain.finding import Finding, block, warn
from migdesk.domain.office import Operator, Role
from migdesk.domain.record import faults
from migdesk.i18n import N_
from migdesk.services.desk import Desk
from migdesk.services.people import notes
from migdesk.store import journal
from migdesk.store.writer import Tx


def operators(desk: Desk) -> list[Operator]:
    """Everybody with a name, a role or a right here."""
    return desk.store.live(Operator, order="name, id")


def give_right(desk: Desk, login: str) -> Done[Operator]:
    """Let somebody read restricted notes: a holder gives it on, and the head while there is none.

    Nobody gives it to himself, but a head whose office has nobody else to ask.

    Raises:
        Invalid: no login.
        Refused: by whom it is not given, or not to this one.
    """
    refuse_if_blocked(faults(Operator(login=login, name=login)))
    with desk.write(Op.GIVE_RIGHT) as tx:
        _refuse_giver(desk)
        if login == desk.operator and not _is_alone(desk) and not notes.may_read(desk):
            message = N_(
                "Nobody gives the right to restricted notes to himself: give it to a colleague, "
                "who may then give it to you."
            )
            raise Refused([block("to_oneself", message, "login")])
        saved = tx.put(replace(_known(tx, login), reads_restricted=True))
    return Done(saved, tx.changes, tuple(_unknown(desk, login)))


def withdraw_right(desk: Desk, login: str, *, last: bool = False) -> Done[Operator]:
    """Take the right to restricted notes from somebody, or give up one's own; the last holder says that it is meant.

    Raises:
        Invalid: no login, or nobody of it has the right.
        Refused: only holders withdraw it; the last one has to mean it.
    """
    refuse_if_blocked(faults(Operator(login=login, name=login)))
    with desk.write(Op.TAKE_RIGHT) as tx:
        if not notes.may_read(desk):
            _refuse_giver(desk)
        known = _known(tx, login)
        if not known.reads_restricted:
            raise Invalid(
                [block("has_none", N_("{name} may not read restricted notes."), "login", name=login)]
            )
        if not last and len(notes.readers(desk)) == 1:
            message = N_(
                "You are the last who may read restricted notes: afterwards nobody can, until the head gives the "
                "right again. If that is meant, say so: --last, in the window the last tick."
            )
            raise Refused([block("last_reader", message, "last")])
        saved = tx.put(replace(known, reads_restricted=False))
    return Done(saved, tx.changes)


def set_role(desk: Desk, login: str, role: Role) -> Done[Operator]:
    """Say what somebody is here: a viewer changes nothing, a head also the settings, the calendar, the roles.

    Raises:
        Invalid: no login.
        Refused: not by a head, or the office would have none.
    """
    refuse_if_blocked(faults(Operator(login=login, name=login)))
    with desk.write(Op.SET_ROLE) as tx:
        heads = desk.heads
        if role is not Role.HEAD and [one.login for one in heads] == [login]:
            message = N_("{name} is the only head of the office: name another one first.")
            raise Refused([block("only_head", message, "role", name=heads[0].name)])
        for one in heads:
            tx.put(replace(one, role=Role.HEAD))  # who made the office was its head without being called so
        saved = tx.put(replace(_known(tx, login), role=role))
    return Done(saved, tx.changes, tuple(_unknown(desk, login)))


def names_of_heads(desk: Desk) -> str:
    """The heads of the office, for a sentence."""
    return ", ".join(one.name for one in desk.heads) or "—"


def _refuse_giver(desk: Desk) -> None:
    if notes.may_read(desk):
        return
    if notes.readers(desk):
        message = N_("Only those who may read restricted notes give that right to others, or withdraw it.")
        raise Refused([block("no_right", message)])
    if not desk.is_head:
        message = N_(
            "Nobody may read restricted notes yet: the head of the office gives that right ({names})."
        )
        raise Refused([block("no_right", message, None, names=names_of_heads(desk))])


def _is_alone(desk: Desk) -> bool:
    others = [one for one in operators(desk) if one.login != desk.operator]
    return not others and journal.works_alone(desk.store, desk.operator)


def _known(tx: Tx, login: str) -> Operator:
    known = tx.live(Operator, login=login)
    return known[0] if known else Operator(login=login, name=login)


def _unknown(desk: Desk, login: str) -> list[Finding]:
    """A login written wrong is somebody else's: the right would wait for whoever has it."""
    if login == desk.operator or journal.has_worked(desk.store, login):
        return []
    message = N_(
        "Nobody of the login “{login}” has worked here yet. It is the name of the account on the computer: "
        "look that it is right."
    )
    return [warn("unknown_login", message, "login", login=login)]
