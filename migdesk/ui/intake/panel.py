"""The panel of a purpose in the intake: its fields beneath it, and what will not be saved with this purpose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from migdesk.i18n import N_
from migdesk.ui.entry.fields import FieldBox
from migdesk.ui.entry.picking import Sources
from migdesk.ui.intake.sheet import details_of
from migdesk.ui.look import theme
from migdesk.ui.look.labels import Label
from migdesk.ui.look.words import said

_DROPPED = N_("Typed for another purpose and not saved with this one: {labels}")


class PurposePanel(QWidget):
    """`changed`, `left` and `entered` carry the name of a field; `source_asked` a `Source`."""

    changed = Signal(str)
    left = Signal(str)
    entered = Signal(str)
    source_asked = Signal(object)

    def __init__(self, sources: Sources, columns: int = 2) -> None:
        super().__init__()
        self._sources = sources
        self._columns = columns
        self.purpose = ""
        self.boxes: dict[str, FieldBox] = {}
        self._labels: tuple[str, ...] = ()
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.XL)
        self._grid.setVerticalSpacing(theme.M)
        for at in range(columns):
            self._grid.setColumnStretch(at, 1)
        self._dropped = Label("", "small").wrapped()
        self._dropped.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.S)
        column.addLayout(self._grid)
        column.addWidget(self._dropped)
        self.hide()

    def show_purpose(self, purpose: str) -> Mapping[str, FieldBox]:
        """Make the fields of a purpose; those of the one before go."""
        self.purpose = purpose
        for box in self.boxes.values():
            self._grid.removeWidget(box)
            box.hide()
            box.deleteLater()
        self.boxes = {name: FieldBox(one, self._sources) for name, one in details_of(purpose).items()}
        for at, box in enumerate(self.boxes.values()):
            box.changed.connect(self.changed)
            box.left.connect(self.left)
            box.entered.connect(self.entered)
            box.source_asked.connect(self.source_asked)
            box.allow_pin()
            self._grid.addWidget(box, at // self._columns, at % self._columns)
        return self.boxes

    def say_dropped(self, labels: Sequence[str]) -> None:
        """Say what was typed for another purpose and would go with the save."""
        self._labels = tuple(labels)
        self._dropped.setVisible(bool(labels))
        self.retranslate()

    def retranslate(self) -> None:
        """Say it in the current language."""
        self._dropped.show_text(said(_DROPPED, labels=", ".join(map(said, self._labels))))


def put_after(boxes: Mapping[str, FieldBox], name: str, own: Mapping[str, FieldBox]) -> dict[str, FieldBox]:
    """The fields of a panel among those of the form, after the one with this name, for Enter and for Tab."""
    before = list(boxes)[: list(boxes).index(name) + 1]
    after = [one for one in boxes if one not in before]
    placed = {one: boxes[one] for one in before} | dict(own) | {one: boxes[one] for one in after}
    chain = [boxes[name], *own.values(), *(boxes[one] for one in after[:1])]
    for one, other in pairwise(box.input.widget() for box in chain):
        QWidget.setTabOrder(one, other)
    return placed
