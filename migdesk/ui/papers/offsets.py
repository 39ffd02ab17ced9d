"""How far a printer prints beside its place: millimetres to the right and down, by printer and form.

Kept in the memory of whoever works here, as the printer is his: what is printed on blanks must meet their lines.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from PySide6.QtWidgets import QVBoxLayout, QWidget

from migdesk.domain.field import Field, Unreadable, plain_text
from migdesk.i18n import N_
from migdesk.ui.entry.inputs import LineInput, show_state
from migdesk.ui.look import theme
from migdesk.ui.look.labels import Label
from migdesk.ui.look.words import said
from migdesk.ui.memory import Memory
from migdesk.ui.parts.blocks import row

Offset = tuple[float, float]
"""To the right and down, in millimetres."""

NONE: Offset = (0.0, 0.0)
MOST = 30.0
"""Farther off, it is the wrong paper and not the wrong place."""

_KEPT = "print/offsets"
_RIGHT, _DOWN = N_("To the right, mm"), N_("Down, mm")
_TITLE = N_("Place on this printer")
_WORDS = N_("Print the test page, measure how far it is off, and enter it here; minus is left or up.")
_NUMBER = re.compile(r"[-−+]?\d{1,2}([.,]\d)?")
_WIDE = 72


@dataclass(frozen=True, slots=True)
class Millimetres(Field):
    """A length with a tenth, also below nought; nothing is nought."""

    empty: ClassVar[Any] = 0.0

    def read(self, raw: object, *, today: date) -> float:
        text = plain_text(raw).replace(" ", "")
        if not text:
            return 0.0
        found = _NUMBER.fullmatch(text)
        length = float(text.replace("−", "-").replace(",", ".")) if found else MOST + 1
        if abs(length) > MOST:
            message = N_("“{given}” is no offset: millimetres with a tenth, up to {most} either way.")
            raise Unreadable("not_an_offset", message, given=text, most=int(MOST))
        return length

    def show(self, value: Any) -> str:
        return f"{value:.1f}".removesuffix(".0").replace(".", ",") if value else ""


def recall(memory: Memory, printer: str, form: str) -> Offset:
    """The offset of a form on a printer; none where nobody entered one."""
    kept = _all(memory).get(_key(printer, form), NONE)
    return (kept[0], kept[1])


def keep(memory: Memory, printer: str, form: str, offset: Offset) -> None:
    """Keep the offset of a form on a printer in place of the one before."""
    kept = {name: list(one) for name, one in _all(memory).items() if name != _key(printer, form)}
    if offset != NONE:
        kept[_key(printer, form)] = list(offset)
    memory.keep(_KEPT, json.dumps(kept))


def _key(printer: str, form: str) -> str:
    return f"{form}@{printer}"


def _all(memory: Memory) -> dict[str, Offset]:
    """What is kept; nothing of what another program spoiled."""
    try:
        raw = json.loads(memory.recall(_KEPT) or "{}")
        found = {str(name): (float(right), float(down)) for name, (right, down) in raw.items()}
    except (ValueError, TypeError, AttributeError):
        return {}
    return {name: one for name, one in found.items() if max(map(abs, one)) <= MOST}


class OffsetPart(QWidget):
    """Two short fields beneath the copies; what is typed is kept at once, for the printer and form they show."""

    def __init__(self, memory: Memory, today: Callable[[], date]) -> None:
        super().__init__()
        self._memory = memory
        self._for = ("", "")
        self.right = LineInput(Millimetres(_RIGHT), today)
        self.down = LineInput(Millimetres(_DOWN), today)
        for box in (self.right, self.down):
            box.setFixedWidth(_WIDE)
            box.changed.connect(self._typed)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(theme.XS)
        inside.addWidget(Label(_TITLE, "muted"))
        inside.addWidget(row(self.right, Label(_RIGHT, "muted")))
        inside.addWidget(row(self.down, Label(_DOWN, "muted")))
        inside.addWidget(Label(_WORDS, "muted").wrapped())
        self.retranslate()

    def offset(self) -> Offset:
        """What is typed; what cannot be read counts as nothing, and is marked."""
        return (self._length(self.right), self._length(self.down))

    def show_for(self, printer: str, form: str) -> None:
        """Show what is kept for another printer or form."""
        self._for = (printer, form)
        for box, value in zip((self.right, self.down), recall(self._memory, printer, form), strict=True):
            box.set_value(value)
            show_state(box, [])

    def retranslate(self) -> None:
        """Names of the fields for those who hear them."""
        self.right.setAccessibleName(said(_RIGHT))
        self.down.setAccessibleName(said(_DOWN))

    def _length(self, box: LineInput) -> float:
        return 0.0 if box.problem() else float(box.value() or 0.0)

    def _typed(self) -> None:
        for box in (self.right, self.down):
            problem = box.problem()
            show_state(box, [problem] if problem else [])
        keep(self._memory, *self._for, self.offset())
