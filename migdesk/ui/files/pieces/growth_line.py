"""What a file still lacks for an official paper: a bar, and a link for each thing to the field where it is typed."""

from __future__ import annotations

import functools

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from migdesk.i18n import N_
from migdesk.services.people.growth import Growth, Lack
from migdesk.ui.look import theme
from migdesk.ui.look.flow import Flow
from migdesk.ui.look.labels import Label
from migdesk.ui.look.words import said
from migdesk.ui.parts.blocks import link
from migdesk.ui.parts.growth_bar import GrowthBar
from migdesk.ui.workplace import Kind, Target, Workplace

_MISSING = N_("Still missing for an official paper:")
_WHOLE = N_("Nothing is missing for an official paper.")
_ADD = N_("Fill in: {label}")


class GrowthLine(QWidget):
    """Of a person's file, or of an arrival with its person's; without an editor the things are only named."""

    def __init__(self, work: Workplace, growth: Growth, person: str, arrival: str = "") -> None:
        super().__init__()
        self._work = work
        self._person = person
        self._arrival = arrival
        line = Flow(self, gap=theme.S, lines=0)
        bar = GrowthBar()
        bar.show_growth(len(growth.lacking), growth.asked)
        line.addWidget(bar)
        line.addWidget(Label(_MISSING if growth.lacking else _WHOLE, "muted"))
        for lack in growth.lacking:
            line.addWidget(self._named(lack))

    def minimumSizeHint(self) -> QSize:
        """It may become narrow: the links go on in a next line."""
        return QSize(120, super().minimumSizeHint().height())

    def _named(self, lack: Lack) -> QWidget:
        if not self._work.listens(self._work.edit_wanted):
            return Label(lack.label, "body")
        made = link(said(lack.label))
        made.setAccessibleName(said(_ADD, label=said(lack.label)))
        made.clicked.connect(functools.partial(self._go, lack))
        return made

    def _go(self, lack: Lack, _on: bool = False) -> None:
        """Edit, beginning in the field that is missing."""
        prefix, _dot, name = lack.place.partition(".")
        own = prefix in ("person", "document")
        target = Target(
            Kind.PERSON if own else Kind.ARRIVAL,
            self._person if own else self._arrival,
            name if prefix in ("person", "arrival") else lack.place,
        )
        self._work.edit_wanted.emit(target)
