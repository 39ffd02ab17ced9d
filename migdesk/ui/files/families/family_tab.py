"""The tab of the family in a person's file: each household with the way to its file, and a child who came alone."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from migdesk.domain.person import Membership, Person
from migdesk.i18n import N_
from migdesk.ui.files.families.family_questions import ask_join
from migdesk.ui.files.families.household_part import picture
from migdesk.ui.files.minor_part import MinorPart
from migdesk.ui.files.person_data import PersonData
from migdesk.ui.look.words import said
from migdesk.ui.parts.actions import Action
from migdesk.ui.parts.blocks import card, column, link, row
from migdesk.ui.parts.findings_view import FindingsView
from migdesk.ui.parts.frame import Scrolled
from migdesk.ui.parts.panel import Panel, Words
from migdesk.ui.workplace import Kind, Workplace

_BEGIN, _OPEN = N_("Begin a family…"), N_("Open the family's file")
_NONE = N_("No family in the register")
_HOW = N_("A family is made when its members arrive together, or begun here with its first member.")


def build(work: Workplace, data: PersonData) -> QWidget:
    """Every household of the person with the way to its file, or words when the person is alone."""
    person = data.file.person
    if len(data.file.family) < 2:
        begin = Action("person.family", _BEGIN, lambda: ask_join(work, person), "add")
        alone = Panel(Words("people", _NONE, _HOW, begin))
        return Scrolled(column(alone, *_minor(work, data), stretch=True))
    told = FindingsView()
    told.show_findings(data.families)
    homes = households(work, data, _family_link)
    return Scrolled(column(told, *homes, *_minor(work, data), stretch=True))


def households(
    work: Workplace, data: PersonData, more: Callable[[Workplace, str], QWidget] | None = None
) -> list[QWidget]:
    """A picture of each household today, with what `more` makes of the family below it."""
    homes: dict[str, list[tuple[Membership, Person]]] = {}
    for one in data.file.family:
        homes.setdefault(one[0].family or "", []).append(one)
    own, today = data.file.person.uid, work.desk.today
    return [
        card(picture(work, members, today, own), *([more(work, uid)] if more else ()))
        for uid, members in homes.items()
    ]


def _minor(work: Workplace, data: PersonData) -> list[QWidget]:
    """What concerns a child who came alone; nothing for a grown person."""
    known = data.minor.may_be or data.minor.known
    return [MinorPart(work, data.file.person, data.minor)] if known else []


def _family_link(work: Workplace, uid: str) -> QWidget:
    opens = link(said(_OPEN))
    opens.clicked.connect(lambda _on=False: work.open(Kind.FAMILY, uid))
    return row(opens)
