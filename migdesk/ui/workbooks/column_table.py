"""Which column of a table is which: one line for each, and for each a field to choose."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from migdesk.domain.fields import Code, choice_label
from migdesk.i18n import N_
from migdesk.services.workbooks.workbooks import ColumnView, Meaning
from migdesk.ui.entry.choice_list import Choices
from migdesk.ui.entry.picking import PickInput, Sources
from migdesk.ui.look import theme
from migdesk.ui.look.labels import Label
from migdesk.ui.look.theme import Tone
from migdesk.ui.look.words import said
from migdesk.ui.parts.blocks import text
from migdesk.ui.parts.pills import Pill, PillLabel
from migdesk.ui.tasks import Tasks

_READ_AS, _IN_FILE = N_("Read as"), N_("In the file")
_ASIDE_CODE = "-"
_AT_ONCE = 3
_ASIDE = N_("Do not read this column")
_TONE = {
    Meaning.READ: Tone.OK,
    Meaning.UNKNOWN: Tone.WARN,
    Meaning.UNCLEAR: Tone.WARN,
    Meaning.IGNORED: Tone.PLAIN,
    Meaning.CONTRADICTED: Tone.BAD,
}


class ColumnTable(QWidget):
    """`mapped` carries the place of a column and the key of its field, or nothing for one not to be read.

    `fields` are keys and labels of what may be chosen.
    """

    mapped = Signal(int, str)

    def __init__(self, tasks: Tasks, columns: Sequence[ColumnView], fields: Mapping[str, str]) -> None:
        super().__init__()
        self._tasks, self._fields = tasks, fields
        self.pickers: dict[int, PickInput] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.M)
        self._grid.setVerticalSpacing(theme.XS)
        for at, message in enumerate(("", _IN_FILE, _READ_AS, "")):
            self._grid.addWidget(Label(message, "caption"), 0, at)
        self._grid.setColumnStretch(1, 3)
        self._grid.setColumnStretch(2, 3)
        self._grid.setColumnStretch(3, 2)
        self._coming = list(enumerate(columns, start=1))
        self._add_some()

    def _add_some(self) -> None:
        """A few columns at a time: editors take a while to make, and the window must not stand still."""
        now, self._coming = self._coming[:_AT_ONCE], self._coming[_AT_ONCE:]
        for row, one in now:
            self._grid.addWidget(text(one.letter, "muted", wrapped=False), row, 0)
            self._grid.addWidget(text(one.heading, wrapped=True), row, 1)
            self._grid.addWidget(self._picker(one), row, 2)
            pill = PillLabel(Pill(_TONE[one.meaning], choice_label(one.meaning)))
            self._grid.addWidget(pill, row, 3, Qt.AlignmentFlag.AlignLeft)
        if self._coming:
            QTimer.singleShot(0, self, self._add_some)

    def _picker(self, one: ColumnView) -> PickInput:
        sources = Sources(
            today=lambda: date.min,
            tasks=self._tasks,
            choices=self._choices,
            names=lambda _list, key: self._name(key),
        )
        picker = PickInput(Code(_READ_AS, list="columns"), sources)
        picker.set_value(_ASIDE_CODE if one.meaning is Meaning.IGNORED else one.key)
        picker.setAccessibleName(" ".join([f"{said(_READ_AS)}:", one.letter, one.heading]))
        picker.changed.connect(functools.partial(self._map, one.at, one.key))
        picker.entered.connect(picker.focusNextChild)
        self.pickers[one.at] = picker
        return picker

    def _map(self, at: int, before: str) -> None:
        key = self.pickers[at].value()
        if key and key != before and not self.pickers[at].problem():
            self.mapped.emit(at, "" if key == _ASIDE_CODE else key)

    def _choices(self, _list: str, words: str) -> Choices:
        wanted = words.strip().casefold()
        every = [*self._fields.items(), (_ASIDE_CODE, said(_ASIDE))]
        return [one for one in every if wanted in one[1].casefold() or wanted == one[0]]

    def _name(self, key: str) -> str:
        return said(_ASIDE) if key == _ASIDE_CODE else self._fields.get(key, "")
