"""Says in the footer what Enter does where the cursor is."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget

from migdesk.i18n import N_
from migdesk.ui.intake.footer import IntakeFooter
from migdesk.ui.intake.form import IntakeForm
from migdesk.ui.intake.parts import ZONE
from migdesk.ui.intake.typing import IntakeTyping

_ENTER = N_("Enter: next field · Shift+Tab: back · F8: as before · Ctrl+Enter: save")
_ENTER_TAKES = N_("Enter: take “{value}” and go on")
_ENTER_ZONE = N_("Enter: to the first field")
_ENTER_CELL = N_("Enter: next cell · F2: all fields · F8: as the member before · Ctrl+Del: take off")
_ENTER_LAST, _ENTER_SAVE = N_("Enter: to the button that saves"), N_("Enter: save")


class EnterHints(QObject):
    """`moved` carries the place of the cursor, and the member whose line in the grid it is in (-1 for none)."""

    moved = Signal(str, int)

    def __init__(self, form: IntakeForm, typing: IntakeTyping, footer: IntakeFooter) -> None:
        super().__init__(form)
        self._form = form
        self._typing = typing
        self._footer = footer
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow)

    def _follow(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is self._footer.save:
            self._footer.say_enter(_ENTER_SAVE)
            return
        if new is None or not self._form.isAncestorOf(new):
            return
        place, cell = self._form.place(), self._form.family.focused()
        self.moved.emit(place, cell[0] if cell else -1)
        if cell:
            self._footer.say_enter(_ENTER_CELL)
        elif place == ZONE:
            self._footer.say_enter(_ENTER_ZONE)
        elif place:
            self._say(place)

    def _say(self, place: str) -> None:
        words = self._typing.offered_words(place)
        if words and not self._form.boxes[place].input.typed():
            self._footer.say_enter(_ENTER_TAKES, value=words)
        elif place == self._form.last_field():
            self._footer.say_enter(_ENTER_LAST)
        else:
            self._footer.say_enter(_ENTER)
