"""Reasons: why something is annulled or ended, as the journal keeps it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from migdesk.domain.errors import Invalid
from migdesk.domain.fields import Unreadable, spec
from migdesk.domain.finding import block
from migdesk.domain.record import Record, unfit
from migdesk.i18n import N_

WHY_ANNULLED = N_("Say why it is annulled.")


def reason(
    why: str,
    asked: str = WHY_ANNULLED,
    *,
    of: type[Record] = Record,
    name: str = "annulled_why",
    place: str = "",
) -> str:
    """Why something is done, as the field `name` keeps it; what is wrong is said of `place`, or of that field.

    Raises:
        Invalid: nothing is said, which is told in the words `asked`, or what the field cannot hold.
    """
    try:
        told: str = spec(of, name).field.read(why, today=date.min)
    except Unreadable as refused:
        raise Invalid([block(refused.code, refused.text, place or name, **refused.values)]) from None
    if not told:
        raise Invalid([block("missing", asked, place or name)])
    kept: dict[str, Any] = {name: told}
    if wrong := [replace(one, field=place or name) for one in unfit(of(**kept))]:
        raise Invalid(wrong)
    return told
