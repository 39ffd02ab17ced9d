"""Drafts beside the ready views of arrivals: how many there are, which, the way back into one, and out of it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QVBoxLayout

from migdesk.domain.dates import show_moment
from migdesk.domain.party import Party
from migdesk.i18n import N_
from migdesk.services import parked
from migdesk.services.desk import Desk
from migdesk.services.parked import NEW, DraftKind, Parked
from migdesk.ui.look import fonts, theme
from migdesk.ui.look.labels import Label
from migdesk.ui.look.style import mark
from migdesk.ui.look.theme import Tone
from migdesk.ui.look.words import number, said
from migdesk.ui.parts.answer_line import answer_line
from migdesk.ui.parts.choice_button import ChoiceButton, ChoiceColumn
from migdesk.ui.parts.clickable import PushButton
from migdesk.ui.parts.frame import Scrolled
from migdesk.ui.parts.messages import Notice
from migdesk.ui.workplace import EDITABLE, Kind, Target, Workplace

_DRAFTS, _GO = N_("Drafts"), N_("Go on")
_HINT = N_("Begun and not saved yet. The arrows choose, Enter goes on with the draft, Del throws it away.")
_DROP, _DROPPED = N_("Throw away"), N_("The draft was thrown away.")
_GROUP = N_("Group: {names}")
_AGAIN = N_("Open “{title}” again: the draft stands in it.")
_NOBODY, _MORE = N_("nobody named yet"), N_("{name} and {n} more")
_ELSEWHERE = N_("open in another window")
_WIDE, _HIGHEST = 460, 420
_EDIT = "edit"
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
        work.drafts_changed.connect(self.refresh)
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
    """One of the drafts is chosen by an arrow or the mouse; Enter opens what it was typed in.

    Del only goes to the button that throws away, so that a slip of the hand costs nothing.
    """

    def __init__(self, work: Workplace, found: Sequence[Parked]) -> None:
        super().__init__(work.window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._work = work
        self.setWindowTitle(said(_DRAFTS))
        self.choices = ChoiceColumn()
        self.choices.show_choices([(one.key, draft_words(one)) for one in found])
        self.choices.choose(found[0].key)
        work.add_help_key(self)
        self.go = PushButton(said(_GO))
        self.go.setDefault(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.L, theme.L, theme.L, theme.L)
        column.setSpacing(theme.M)
        column.addWidget(Label(_DRAFTS, "section").wrapped())
        column.addWidget(Label(_HINT, "muted").wrapped())
        column.addWidget(Scrolled(self.choices), 1)
        self.drop = PushButton(said(_DROP))
        self.drop.clicked.connect(lambda _on=False: self.throw_away())
        answers = answer_line(self, self.go, self.accept)
        answers.insertWidget(0, self.drop)
        column.addLayout(answers)
        high = 180 + self.choices.sizeHint().height()
        self.resize(_WIDE, min(high, _HIGHEST))
        for button in self.choices.findChildren(ChoiceButton):
            button.installEventFilter(self)
        self.choices.findChildren(ChoiceButton)[0].setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter on a line goes on with it; Del goes to the button that throws it away."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in _ENTER:
                self.accept()
                return True
            if event.key() == Qt.Key.Key_Delete:
                self.drop.setFocus(Qt.FocusReason.OtherFocusReason)
                return True
        return super().eventFilter(watched, event)

    def accept(self) -> None:
        """Go on with the chosen draft, in the tab of its intake or in its form."""
        work = self._work
        work.tasks.run(_take, work.desk, self.choices.key(), done=partial(_go, work), failed=work.tell_error)
        super().accept()

    def throw_away(self) -> None:
        """Forget the chosen draft for good."""
        work = self._work
        work.tasks.run(
            parked.drop, work.desk, self.choices.key(), done=partial(_dropped, work), failed=work.tell_error
        )
        self.reject()


def ask_draft(work: Workplace, found: Sequence[Parked]) -> None:
    """Offer the drafts there are."""
    if found:
        DraftsDialog(work, found).open()


def draft_words(one: Parked) -> str:
    """Who is in a draft or what was asked, when it was kept, and whether another window has it."""
    names = one.names[0] if one.names else said(_NOBODY)
    if len(one.names) > 1:
        names = said(_MORE, name=names, n=len(one.names) - 1)
    if one.kind is DraftKind.GROUP:
        names = said(_GROUP, names=names)
    names = one.title or names
    at = show_moment(one.at)
    return " · ".join([names, at, *([said(_ELSEWHERE)] if one.is_open_elsewhere else [])])


def _take(desk: Desk, key: str) -> tuple[Parked, bool]:
    """What goes on, and whether its intake is that of a receiving person."""
    one = parked.take(desk, key)
    return one, one.kind is DraftKind.INTAKE and desk.store.find(Party, one.about) is not None


def _go(work: Workplace, answer: tuple[Parked, bool]) -> None:
    one, is_host = answer
    if one.kind is DraftKind.FORM:
        _go_to_form(work, one)
    elif one.kind is DraftKind.GROUP:
        work.group_wanted.emit()
    elif is_host:
        work.arrival_at_wanted.emit(one.about)
    else:
        work.new_arrival_wanted.emit("" if one.about == NEW else one.about)


def _go_to_form(work: Workplace, one: Parked) -> None:
    """The form itself where it edits a file; else the file, in which the question is asked again."""
    of, _dot, act = one.code.partition(".")
    kind = Kind(of) if of in tuple(Kind) else None
    if kind in EDITABLE and act == _EDIT:
        work.edit_wanted.emit(Target(kind, one.about))
        return
    if kind:
        work.open(kind, one.about)
    work.noticed.emit(Notice(Tone.INFO, said(_AGAIN, title=one.title)))


def _dropped(work: Workplace, _one: Parked) -> None:
    work.noticed.emit(Notice(Tone.OK, said(_DROPPED)))
    work.drafts_changed.emit()
