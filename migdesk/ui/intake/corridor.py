"""Short intake: the ten fields of a corridor, or all of them; which of the two is remembered."""

from __future__ import annotations

from migdesk.i18n import N_
from migdesk.ui.intake.form import IntakeForm
from migdesk.ui.intake.parts import ZONE
from migdesk.ui.look.theme import Tone
from migdesk.ui.look.words import said
from migdesk.ui.memory import Memory
from migdesk.ui.parts.actions import Action
from migdesk.ui.parts.frame import PageFrame
from migdesk.ui.parts.messages import Notice

_TITLE = N_("Short or full intake")
_SHORT = N_("Short intake: ten fields now, the file is kept as incomplete and is filled later.")
_FULL = N_("Full intake: all fields.")
_KEPT = "intake/short"


class Corridor:
    """Switches the form of one intake page."""

    def __init__(self, memory: Memory, form: IntakeForm, frame: PageFrame) -> None:
        self._memory = memory
        self._form = form
        self._frame = frame
        self.action = Action("intake.short", _TITLE, self.toggle, "menu", "F11")

    def recall(self) -> None:
        """Begin as it was last."""
        self._form.show_short(short=self._memory.recall(_KEPT) == "1")

    def toggle(self) -> None:
        """The other one (F11); what is typed stays, the cursor goes on where it can."""
        form = self._form
        if not form.is_ready:
            return
        place = form.place()
        form.show_short(short=not form.is_short)
        self._memory.keep(_KEPT, "1" if form.is_short else "")
        if place in form.boxes and form.boxes[place].isHidden():
            form.go_to(form.next_shown(place))
        else:
            form.go_to_place(place or ZONE)
        self._frame.tell(Notice(Tone.INFO, said(_SHORT if form.is_short else _FULL)))
