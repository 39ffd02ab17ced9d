"""The panel of an arrival's purpose: its details, the papers people bring, its terms, what usually comes next."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from migdesk.domain.dates import show_day
from migdesk.i18n import N_, pick
from migdesk.services import panels
from migdesk.services.records import ArrivalFile
from migdesk.ui.look.labels import Label
from migdesk.ui.look.words import said
from migdesk.ui.parts.blocks import card
from migdesk.ui.parts.facts import Fact, Facts
from migdesk.ui.workplace import Workplace

_TITLE = N_("Purpose: {name}")
_BRING, _TERMS, _NEXT = N_("Papers to bring"), N_("Terms"), N_("Usually follows")
_IF_NEEDED = N_("{title} (when needed)")
_OWN = N_("Fields and papers of this panel were not compared with an act.")


def panel_card(work: Workplace, file: ArrivalFile) -> list[QWidget]:
    """The card; nothing for a purpose without a panel."""
    desk, arrival = work.desk, file.arrival
    code = panels.code_of(arrival)
    panel = panels.find_panel(code)
    if panel is None:
        return []
    day = arrival.arrived_on or desk.today
    papers = [
        one.title if one.required else said(_IF_NEEDED, title=one.title)
        for one in panels.papers_of(desk.procedures, code, day)
    ]
    terms = [f"{title}: {show_day(due)}" if due else title for title, due in panels.terms_of(desk, arrival)]
    services = [desk.find_procedure(code, day) for code in panel.next]
    facts = [
        *(Fact(label, words) for label, words in panels.shown(desk, code, file.details)),
        Fact(_BRING, "\n".join(papers)),
        Fact(_TERMS, "\n".join(terms)),
        Fact(_NEXT, "\n".join(pick(one.title) for one in services if one)),
    ]
    parts: list[QWidget] = [Facts(facts, most=1)]
    if not panel.citation.confidence.is_sure:
        parts.append(Label(_OWN, "small").wrapped())
    title = said(_TITLE, name=desk.lists.label("purposes", code))
    return [card(*parts, title=title)]
