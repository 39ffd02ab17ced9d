"""Drafts of the intake beside the ready views of arrivals: how many there are, which, and the way back into one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QVBoxLayout

from migdesk.domain.party import Party
from migdesk.i18n import N_
from migdesk.services import parked
from migdesk.services.desk import Desk
from migdesk.services.parked import NEW, Parked
from migdesk.ui.look import fonts, theme
from migdesk.ui.look.labels import Label
from migdesk.ui.look.style import mark
from migdesk.ui.look.words import number, said
from migdesk.ui.parts.answer_line import answer_line
from migdesk.ui.parts.choice_button import ChoiceButton, ChoiceColumn
from migdesk.ui.parts.clickable import PushButton
from migdesk.ui.parts.frame import Scrolled
from migdesk.ui.workplace import Workplace

_DRAFTS, _GO = N_("Drafts"), N_("Go on")
_TITLE = N_("Drafts of arrivals")
_HINT = N_("Begun and not registered yet. The arrows choose, Enter goes on with the draft.")
_NOBODY, _MORE = N_("nobody named yet"), N_("{name} and {n} more")
_ELSEWHERE = N_("open in another window")
_WIDE, _HIGHEST = 460, 420
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class DraftsChip(PushButton):
    """How many drafts there are, counted whenever its page comes in sight; out of sight while there is none."""

    def __init__(self, work: Workplace) -> None:
        super().__init__()
        self._work = work
        self._count = 0
        mark(self, look="quiet")
        self.setFont(fonts.font())
        self.clicked.connect(lambda _on=False: self._open())
        work.changed.connect(lambda *_what: self.refresh())
        self.hide()
        self.retranslate()

    def event(self, event: QEvent) -> bool:
        """The line it stands in tells when its page comes in sight."""
        if event.type() == QEvent.Type.ParentChange and (line := self.parentWidget()):
            line.installEventFilter(self)
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Drafts lie outside the register: nobody says that there is another."""
        if event.type() == QEvent.Type.Show:
            self.refresh()
        return super().eventFilter(watched, event)

    def refresh(self) -> None:
        """Count again."""
        self._work.tasks.read(parked.list_parked, self._work.desk, done=self._show)

    def retranslate(self) -> None:
        """Title and count in the current language."""
        self.setText(f"{said(_DRAFTS)}\u2002{number(self._count)}")
        self.setAccessibleName(f"{said(_DRAFTS)}, {self._count}")

    def _show(self, found: Sequence[Parked]) -> None:
        if shiboken6.isValid(self):
            self._count = len(found)
            self.retranslate()
            self.setVisible(bool(found))

    def _open(self) -> None:
        self._work.tasks.read(parked.list_parked, self._work.desk, done=partial(ask_draft, self._work))


class DraftsDialog(QDialog):
    """One of the drafts is chosen by an arrow or the mouse; Enter opens its intake."""

    def __init__(self, work: Workplace, found: Sequence[Parked]) -> None:
        super().__init__(work.window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._work = work
        self.setWindowTitle(said(_TITLE))
        self.choices = ChoiceColumn()
        self.choices.show_choices([(one.key, draft_words(one)) for one in found])
        self.choices.choose(found[0].key)
        QShortcut(QKeySequence("F1"), self).activated.connect(lambda: work.help_wanted.emit(self))
        self.go = PushButton(said(_GO))
        self.go.setDefault(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.L, theme.L, theme.L, theme.L)
        column.setSpacing(theme.M)
        column.addWidget(Label(_TITLE, "section").wrapped())
        column.addWidget(Label(_HINT, "muted").wrapped())
        column.addWidget(Scrolled(self.choices), 1)
        column.addLayout(answer_line(self, self.go, self.accept))
        high = 180 + self.choices.sizeHint().height()
        self.resize(_WIDE, min(high, _HIGHEST))
        for button in self.choices.findChildren(ChoiceButton):
            button.installEventFilter(self)
        self.choices.findChildren(ChoiceButton)[0].setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter on a line goes on with it."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in _ENTER:
            self.accept()
            return True
        return super().eventFilter(watched, event)

    def accept(self) -> None:
        """Go on with the chosen draft, in the tab of its intake."""
        work = self._work
        work.tasks.run(_take, work.desk, self.choices.key(), done=partial(_go, work), failed=work.tell_error)
        super().accept()


def ask_draft(work: Workplace, found: Sequence[Parked]) -> None:
    """Offer the drafts there are."""
    if found:
        DraftsDialog(work, found).open()


def draft_words(one: Parked) -> str:
    """Who is in a draft, when it was kept, and whether another window has it."""
    names = one.names[0] if one.names else said(_NOBODY)
    if len(one.names) > 1:
        names = said(_MORE, name=names, n=len(one.names) - 1)
    at = one.at.astimezone().strftime("%d.%m.%Y %H:%M")
    return " · ".join([names, at, *([said(_ELSEWHERE)] if one.is_open_elsewhere else [])])


def _take(desk: Desk, key: str) -> tuple[str, bool]:
    """For whom the intake opens, and whether that is a receiving person."""
    about = parked.take(desk, key)
    return about, desk.store.find(Party, about) is not None


def _go(work: Workplace, answer: tuple[str, bool]) -> None:
    about, is_host = answer
    if is_host:
        work.arrival_at_wanted.emit(about)
    else:
        work.new_arrival_wanted.emit("" if about == NEW else about)
