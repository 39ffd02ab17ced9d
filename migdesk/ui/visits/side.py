"""Beside the board: who is at the cursor and what can be done, the next free time, who did not come."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from migdesk.domain.appointment import Appointment
from migdesk.domain.dates import show_day
from migdesk.i18n import N_
from migdesk.services.terms.appointments import Slot
from migdesk.ui.look import theme
from migdesk.ui.look.flow import FlowRow
from migdesk.ui.look.labels import Label
from migdesk.ui.look.style import mark
from migdesk.ui.look.words import said
from migdesk.ui.parts.actions import Button, Command
from migdesk.ui.parts.blocks import card, clear, link
from migdesk.ui.parts.frame import Scrolled
from migdesk.ui.parts.pills import PillLabel
from migdesk.ui.visits.board import pill_of

WIDTH = 300
_NOBODY, _FREE_HERE = N_("Nobody is booked here."), N_("{at}, window {window}")
_NEXT, _NONE_FREE = N_("Next free time"), N_("No time is free in the next four months.")
_FREE = N_("{day} at {at}, window {window}")
_MISSED, _ALL_CAME = N_("Did not come"), N_("Nobody of the last 30 days.")
_OTHERS = N_("Not on the board")
_LINE = N_("{day} {at} {name}")
_AT = N_("{at} {name}: {state}")
_MOST = 8
_MORE = N_("and {n} more")


class VisitSide(QWidget):
    """`free_wanted` goes to the next free time, `visit_wanted` carries an appointment."""

    free_wanted = Signal()
    visit_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(WIDTH)
        self._here, self._lists = QVBoxLayout(), QVBoxLayout()
        self._buttons: list[Button] = []
        self._acts = FlowRow(gap=theme.XS, lines=theme.XS)
        inner = QWidget()
        mark(inner, look="scrolled")
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.M)
        self._here.setSpacing(theme.XS)
        self._lists.setSpacing(theme.M)
        column.addWidget(card(self._here, self._acts))
        column.addLayout(self._lists)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        self._scroll: QScrollArea = Scrolled(inner)
        whole.addWidget(self._scroll)

    def show_commands(self, commands: Sequence[Command]) -> None:
        """What can be done with who is booked; called once."""
        for one in commands:
            button = Button(one, "quiet")
            self._buttons.append(button)
            self._acts.flow.addWidget(button)

    def show_slot(self, slot: Slot | None, service: str) -> None:
        """Who is at the cursor; what cannot be done with him is not offered."""
        clear(self._here)
        visit = slot.visit if slot else None
        title = Label("", "strong").wrapped()
        if visit is None:
            title.say(_FREE_HERE, at=slot.at, window=slot.window) if slot else title.say(_NOBODY)
            self._here.addWidget(title)
            if slot:
                self._here.addWidget(Label(_NOBODY, "muted"))
        else:
            title.show_text(visit.name)
            self._here.addWidget(title)
            self._here.addWidget(PillLabel(pill_of(visit)))
            for words in (f"{visit.at} · {visit.number}", visit.phone, service, visit.purpose, visit.note):
                if words:
                    line = Label("", "body").wrapped()
                    line.show_text(words)
                    self._here.addWidget(line)
        for button in self._buttons:
            button.setVisible(visit is not None and button.isEnabled())

    def show_lists(
        self, free: tuple[date, Slot] | None, missed: Sequence[Appointment], others: Sequence[Appointment]
    ) -> None:
        """The next free time, who did not come, who stands in no time of the board."""
        clear(self._lists)
        if free:
            day, slot = free
            wanted = link(said(_FREE, day=show_day(day), at=slot.at, window=slot.window))
            wanted.clicked.connect(lambda _on=False: self.free_wanted.emit())
            self._lists.addWidget(card(wanted, title=_NEXT))
        else:
            self._lists.addWidget(card(Label(_NONE_FREE, "muted").wrapped(), title=_NEXT))
        lines: list[QWidget] = [
            self._link(one, said(_LINE, day=show_day(one.day), at=one.at, name=one.name))
            for one in missed[:_MOST]
        ]
        if len(missed) > _MOST:
            more = Label("", "muted")
            more.say(_MORE, n=len(missed) - _MOST)
            lines.append(more)
        self._lists.addWidget(card(*(lines or [Label(_ALL_CAME, "muted")]), title=_MISSED))
        if others:
            words = [self._said(one) for one in others[:_MOST]]
            self._lists.addWidget(card(*words, title=_OTHERS))

    def _said(self, visit: Appointment) -> Label:
        line = Label("", "body").wrapped()
        line.show_text(said(_AT, at=visit.at, name=visit.name, state=pill_of(visit).words))
        return line

    def _link(self, visit: Appointment, words: str) -> QWidget:
        made = link(words)
        made.clicked.connect(functools.partial(self._tell, visit))
        return made

    def _tell(self, visit: Appointment, _on: bool = False) -> None:
        self.visit_wanted.emit(visit)
