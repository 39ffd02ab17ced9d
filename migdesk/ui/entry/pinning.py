"""The key of the pins: the value of the field with the cursor stays for the next record, or no longer."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from migdesk.i18n import N_
from migdesk.ui.entry.fields import PIN_KEY, FieldBox
from migdesk.ui.look.theme import Tone
from migdesk.ui.look.words import said
from migdesk.ui.parts.actions import Action
from migdesk.ui.parts.messages import Notice

_KEEP = N_("Keep the value")
_KEEPS_NOT = N_("This field cannot keep its value for the next record.")


def pin_action(
    key: str, boxes: Callable[[], Mapping[str, FieldBox]], tell: Callable[[Notice], object]
) -> Action:
    """Shift+F8 turns the pin of the field with the cursor; where there is none, `tell` says so."""

    def turn() -> None:
        here = next((box for box in boxes().values() if box.input.widget().hasFocus()), None)
        if here is None or not here.turn_pin():
            tell(Notice(Tone.INFO, said(_KEEPS_NOT)))

    return Action(key, _KEEP, turn, "pin", PIN_KEY, in_bar=False)
