"""A permit in the place of another one: re-issued with corrected particulars, or for another worker."""

from __future__ import annotations

from dataclasses import replace

from migdesk.domain.permit import Permit, PermitState
from migdesk.services.desk import Desk
from migdesk.services.permits.permits import permit_number
from migdesk.store.writer import Tx

REPLACED = "replaced:"
"""What stands among the grounds of a permit that another one took the place of, before its number."""


def write_replaced(desk: Desk, tx: Tx, old: Permit, new: Permit) -> Permit:
    """Put a permit in the place of a granted one from the day it is granted, inside an op that is being written.

    The old one ends on that day; its quota unit goes on under the new one.
    """
    number = permit_number(desk, tx, old.kind)
    made = tx.put(
        replace(
            new,
            uid="",
            rev=0,
            number=number,
            state=PermitState.GRANTED,
            valid_from=new.granted_on,
            reservation=old.reservation,
            extends=old.uid,
        )
    )
    ended = replace(old, state=PermitState.REVOKED, revoked_on=new.granted_on, grounds=f"{REPLACED} {number}")
    tx.put(ended)
    return made
