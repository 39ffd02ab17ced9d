"""The part above as one line while the rows are typed: what was entered, and the way back to it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from migdesk.i18n import N_
from migdesk.ui.groups.above import AbovePart
from migdesk.ui.intake.sheet import Cell
from migdesk.ui.look import theme
from migdesk.ui.look.labels import ElidedLabel
from migdesk.ui.look.theme import Tone
from migdesk.ui.look.words import said
from migdesk.ui.parts.blocks import link
from migdesk.ui.parts.frame import Scrolled
from migdesk.ui.parts.pills import Pill, PillLabel

_CHANGE, _KEY = N_("Change"), N_("{words} (Alt+Up)")
_STOPS = N_("To correct here: {n}")
_NOTHING = N_("Nothing is entered yet for all of them.")
_LEAST, _LOW, _ANY = 70, 140, 16_777_215
_SHOWN = (
    "arrival.purpose",
    "arrival.arrived_on",
    "address.place",
    "address.line",
    "arrival.host",
    "host.name",
)


class Folding(QWidget):
    """Holds the part above, and folds it to a line so that the rows have room."""

    def __init__(self, above: AbovePart) -> None:
        super().__init__()
        self._above = above
        self._area = Scrolled(above)
        self._room = _ANY
        above.installEventFilter(self)
        above.reached.connect(lambda field: self._area.ensureWidgetVisible(field, 0, theme.XL))
        self._line = QWidget()
        self._words = ElidedLabel("", "body")
        self._stops = PillLabel(Pill(Tone.BAD, ""))
        self._stops.hide()
        self._open = link("")
        self._open.clicked.connect(lambda _on=False: self.unfold())
        line = QHBoxLayout(self._line)
        line.setContentsMargins(theme.L, theme.XS, theme.L, theme.XS)
        line.addWidget(self._words, 1)
        line.addWidget(self._stops)
        line.addWidget(self._open)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._area)
        column.addWidget(self._line)
        self._line.hide()
        self.retranslate()

    def set_room(self, high: int) -> None:
        """The fields may be so high; the rest is scrolled to."""
        self._room = max(high, _LEAST)
        self._fit()

    def wanted(self) -> int:
        """Pixels of height that it takes when there is room."""
        return self._line.sizeHint().height() if self._area.isHidden() else self._area.maximumHeight()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Remarks below the fields need more room, or less."""
        if event.type() is QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        high = min(self._above.minimumSizeHint().height(), self._room)
        self._area.setMaximumHeight(high)
        self._area.setMinimumHeight(high if self._room > _LOW else 0)

    def fold(self) -> None:
        """Show the line only; what is to be corrected above is counted in it."""
        self._turn(folded=True)

    def unfold(self) -> None:
        """Show the fields, with the cursor in the first."""
        self._turn(folded=False)
        self._above.go_to("")

    def show_fields(self) -> None:
        """Show the fields; the cursor stays."""
        self._turn(folded=False)

    def say(self, cells: Mapping[str, Cell]) -> None:
        """What was entered, and how much of it is to be corrected."""
        words = [cells[name].text for name in _SHOWN if name in cells and cells[name].text]
        self._words.show_text(" · ".join(dict.fromkeys(words)) or said(_NOTHING))
        stops = len(self._above.stopped())
        self._stops.setVisible(bool(stops))
        self._stops.show_pill(Pill(Tone.BAD, said(_STOPS, n=stops)))

    def says(self) -> str:
        """What the line says, for tests and screen readers."""
        stops = "" if self._stops.isHidden() else self._stops.accessibleName()
        return f"{self._words.text()} {stops}".strip()

    def retranslate(self) -> None:
        """Name the way back."""
        self._open.say(said(_KEY, words=said(_CHANGE)))

    def _turn(self, *, folded: bool) -> None:
        self._area.setVisible(not folded)
        self._line.setVisible(folded)
