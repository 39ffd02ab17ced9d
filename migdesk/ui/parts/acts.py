"""The name of an act, short enough for a cell: its kind and number; the whole stays in the explanation."""

from __future__ import annotations

import re

from migdesk.domain.finding import Source
from migdesk.i18n import N_
from migdesk.services.day import TermWhy
from migdesk.ui.look.words import said

_NUMBER = re.compile(r"(?:No\.|№)\s*([\w/–-]+)")
_KINDS = (
    (re.compile(r"\b(resolution|PP)\b", re.IGNORECASE), N_("Resolution No. {number}")),
    (re.compile(r"\blaw\b", re.IGNORECASE), N_("Law No. {number}")),
    (re.compile(r"\bcode\b", re.IGNORECASE), N_("Code No. {number}")),
    (re.compile(r"\border\b", re.IGNORECASE), N_("Order No. {number}")),
)
_LENGTH = {
    "working_days": N_("{n} working days"),
    "calendar_days": N_("{n} days"),
    "months": N_("{n} months"),
}
_COUNTED = N_("{act}, {length}")


def short_act(source: Source) -> str:
    """`Order No. 83`; an act without a number is said whole."""
    number = _NUMBER.search(source.in_english)
    if number is None:
        return source.act
    found = [
        (match.start(), message) for kind, message in _KINDS if (match := kind.search(source.in_english))
    ]
    return said(min(found)[1], number=number[1]) if found else source.act


def short_ground(why: TermWhy) -> str:
    """`Order No. 83, 3 working days`: on what a due day rests."""
    if why.source is None:
        return why.rule
    act = short_act(why.source)
    if why.deadline is None:
        return act
    length = said(_LENGTH[why.deadline.unit.value], n=why.deadline.length)
    return said(_COUNTED, act=act, length=length)
