"""What happened to the person? The events that may come next; each asks a small question of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QVBoxLayout

from migdesk.i18n import N_
from migdesk.services.arrivals import events
from migdesk.services.arrivals.events import Next
from migdesk.services.people import people
from migdesk.services.people.people import PersonFile
from migdesk.ui.files.events.event_questions import QUESTIONS
from migdesk.ui.look import theme
from migdesk.ui.look.labels import Label
from migdesk.ui.look.words import said
from migdesk.ui.parts.answer_line import answer_line
from migdesk.ui.parts.choice_button import ChoiceButton, ChoiceColumn
from migdesk.ui.parts.clickable import PushButton
from migdesk.ui.workplace import Workplace

_TITLE, _GO = N_("What happened: {name}"), N_("Go on")
_HINT = N_("A digit or the arrows choose, Enter goes on.")
_WIDE = 420
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class EventDialog(QDialog):
    """One of the next events is chosen by an arrow, a digit or the mouse; Enter goes on."""

    def __init__(self, work: Workplace, file: PersonFile, offered: Sequence[Next]) -> None:
        super().__init__(work.window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._work = work
        self._file = file
        title = said(_TITLE, name=file.person.full_name)
        self.setWindowTitle(title)
        self.choices = ChoiceColumn()
        words = [f"{at}. {said(events.title_of(one, file))}" for at, one in enumerate(offered, start=1)]
        self.choices.show_choices([(one.value, line) for one, line in zip(offered, words, strict=True)])
        self.choices.choose(offered[0].value)
        work.add_help_key(self)
        self._lay_out(title)
        for button in self.choices.findChildren(ChoiceButton):
            button.installEventFilter(self)
        self.choices.findChildren(ChoiceButton)[0].setFocus()

    def _lay_out(self, title: str) -> None:
        self.go = PushButton(said(_GO))
        self.go.setDefault(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.L, theme.L, theme.L, theme.L)
        column.setSpacing(theme.M)
        column.addWidget(Label(title, "section").wrapped())
        column.addWidget(Label(_HINT, "muted").wrapped())
        column.addWidget(self.choices)
        column.addStretch(1)
        column.addLayout(answer_line(self, self.go, self.accept))
        self.setMinimumWidth(_WIDE)
        self.adjustSize()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter on a line goes on with it; a line by itself would only choose."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in _ENTER:
            self.accept()
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit takes its line at once."""
        at = int(event.text()) - 1 if event.text().isdecimal() else -1
        keys = self.choices.keys()
        if 0 <= at < len(keys):
            self.choices.choose(keys[at])
            self.accept()
        else:
            super().keyPressEvent(event)

    def accept(self) -> None:
        """Ask what the chosen event needs to know."""
        run: Callable[[Workplace, PersonFile], object] = QUESTIONS[Next(self.choices.key())]
        super().accept()
        run(self._work, self._file)


def ask_event(work: Workplace, person: str) -> None:
    """Read the file, then offer what may come next."""
    work.tasks.read(people.open_file, work.desk, person, done=partial(_offer, work))


def _offer(work: Workplace, file: PersonFile) -> None:
    EventDialog(work, file, events.possible(file)).open()
