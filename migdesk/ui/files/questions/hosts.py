"""What small windows offer beyond the lists: receiving persons, and places named from their own end."""

from __future__ import annotations

from dataclasses import replace

from migdesk.services.arrivals import parties
from migdesk.ui.entry.choice_list import Choices
from migdesk.ui.entry.picking import Sources
from migdesk.ui.workplace import Workplace

_PLACES = "kato"


def with_hosts(work: Workplace) -> Sources:
    """What the office offers, and the receiving persons it knows; a place is named from its own end."""

    def find(_table: str, text: str) -> Choices:
        return [(one.uid, one.name) for one in parties.find_parties(work.desk, text)]

    def title(_table: str, uid: str) -> str:
        return parties.get_party(work.desk, uid).name

    def name(where: str, code: str) -> str:
        if where != _PLACES:
            return work.desk.lists.label(where, code)
        return ", ".join(reversed(work.desk.lists.place_names(code)))

    def choices(where: str, text: str) -> Choices:
        return [(code, name(where, code)) for code, _words in work.desk.lists.find(where, text)]

    return replace(work.sources(), choices=choices, names=name, find=find, titles=title)
