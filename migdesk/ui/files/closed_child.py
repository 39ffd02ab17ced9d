"""The file of a child who came alone, before it is opened: name, birth date, and who may open the rest."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from migdesk.domain.fields import choice_label
from migdesk.domain.person import Person
from migdesk.domain.protection import Shield
from migdesk.i18n import N_
from migdesk.services.families import minors
from migdesk.services.families.minors import Alone
from migdesk.services.people import shielded
from migdesk.ui.files.pieces.file_view import FileView, Opened
from migdesk.ui.look import theme
from migdesk.ui.look.theme import Tone
from migdesk.ui.look.words import said
from migdesk.ui.parts.actions import Action
from migdesk.ui.parts.band import Band
from migdesk.ui.parts.blocks import column
from migdesk.ui.parts.facts import Fact
from migdesk.ui.parts.pills import Pill

_KEPT = "child"
"""Under this name a content hands over that who may has opened the file."""
_BORN = N_("Born")
_OPEN, _OPENED = N_("Open the restricted file"), N_("File opened: {name}. The journal says who did.")
_MAY = N_("Restricted: a child who came alone. Opening is written into the journal.")


def closed(opened: Opened, person: Person) -> ClosedChild | None:
    """What is shown instead of a file on a child who came alone; nothing for anybody else, or once it is open."""
    known = minors.look(opened.work.desk, person.uid)
    if known is None or (known.may_open and opened.carried.get(_KEPT)):
        return None
    return ClosedChild(opened, person, known)


def carried(opened: Opened) -> dict[str, bool]:
    """What an open file hands over: it stays open while it is in sight."""
    return {_KEPT: bool(opened.carried.get(_KEPT))}


class ClosedChild(QWidget):
    """What everybody sees; a button for those with the right."""

    def __init__(self, opened: Opened, person: Person, known: Alone) -> None:
        super().__init__()
        self._work, self._person = opened.work, person
        self._is_open = False
        pill = Pill(Tone.WARN, choice_label(Shield.MINOR))
        self.band = Band(person.full_name, [pill], kind="title" if opened.wide else "section")
        born = person.birth_date
        self.band.add_facts([Fact(_BORN, born.show() if born else "—")])
        self.band.add_line(said(_MAY) if known.may_open else shielded.told(opened.work.desk).words())
        if known.may_open:
            self.band.add_actions(Action("person.open_child", _OPEN, self.open, "open"), [])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(column(self.band, gap=theme.M, stretch=True))

    def carry(self) -> dict[str, Any]:
        """Whether the file was opened."""
        return {_KEPT: self._is_open}

    def open(self) -> None:
        """Open the file; the journal says who did."""
        name = self._person.full_name
        self._work.do(
            shielded.open_child,
            self._person.uid,
            words=lambda _done: said(_OPENED, name=name),
            done=self._show,
        )

    def _show(self, _done: object) -> None:
        self._is_open = True
        view = self.parentWidget()
        if isinstance(view, FileView):
            view.refresh()
