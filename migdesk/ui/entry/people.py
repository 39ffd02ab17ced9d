"""People to choose from: name, birth date, and what tells apart those who share both."""

from __future__ import annotations

from dataclasses import replace

from migdesk.domain.person import Person
from migdesk.services.desk import Desk
from migdesk.services.people import told_apart
from migdesk.ui.entry.choice_list import Choices
from migdesk.ui.entry.picking import Sources


def with_people(desk: Desk, sources: Sources) -> Sources:
    """What a window offers, and anybody of the register where a person is asked for: by name, IIN or number."""

    def find(table: str, text: str) -> Choices:
        return told_apart.lines(desk, text) if table == Person.table else sources.find(table, text)

    def title(table: str, uid: str) -> str:
        return told_apart.line_of_uid(desk, uid) if table == Person.table else sources.titles(table, uid)

    return replace(sources, find=find, titles=title)
