"""What papers say of the office and of the people who work in it."""

from __future__ import annotations

from dataclasses import replace

from migdesk.domain.change import Done, Op
from migdesk.domain.errors import refuse_if_blocked
from migdesk.domain.office import Office, Operator
from migdesk.domain.record import faults, tidied
from migdesk.services.desk import Desk


def save_office(desk: Desk, office: Office) -> Done[Office]:
    """Change the names, the head, the address; the code and the region stay, since every number begins with them.

    Raises:
        Invalid: what is wrong, field by field.
        Stale: the office was changed since it was read.
    """
    wanted = replace(tidied(office), code=desk.office.code, region=desk.office.region)
    refuse_if_blocked(faults(wanted))
    with desk.write(Op.SAVE_OFFICE) as tx:
        saved = tx.put(wanted)
    return Done(saved, tx.changes)


def save_signer(desk: Desk, operator: Operator) -> Done[Operator]:
    """Name who works at this desk: papers and journals show the name instead of the login.

    Only name and post of one's own record are written: role and right are given by others.

    Raises:
        Invalid: what is wrong, field by field.
        Stale: the operator was changed since he was read.
    """
    own = desk.signer
    rev = operator.rev if operator.uid == own.uid else own.rev
    given = tidied(operator)
    wanted = replace(own, rev=rev, name=given.name, post=given.post)
    refuse_if_blocked(faults(wanted))
    with desk.write(Op.SAVE_OPERATOR) as tx:
        saved = tx.put(wanted)
    return Done(saved, tx.changes)
