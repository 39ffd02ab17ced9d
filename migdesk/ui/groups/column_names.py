"""Columns of a pasted table that nobody knows: which cell of a row each of them is."""

from __future__ import annotations

import json
from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QVBoxLayout

from migdesk.i18n import N_
from migdesk.services.workbooks.workbooks import ColumnView, Meaning
from migdesk.ui.help.window import add_help_key
from migdesk.ui.look import theme
from migdesk.ui.look.labels import Label
from migdesk.ui.look.words import said
from migdesk.ui.memory import Memory
from migdesk.ui.parts.answer_line import answer_line
from migdesk.ui.parts.blocks import column
from migdesk.ui.parts.clickable import PushButton
from migdesk.ui.parts.frame import Scrolled
from migdesk.ui.workbooks.column_table import ColumnTable
from migdesk.ui.workplace import Workplace

TITLE = N_("Columns of the copied table")
_LEAD = N_("What you choose fills the blank cells of the rows and is remembered for the next table.")
_TAKE = N_("Take the columns")
_KEPT, _TOPIC = "group/columns", "group"
_WIDE, _HIGH = 620, 360


class ColumnNames(QDialog):
    """`named` carries the cells of a row by the headings that they stand under; nothing for a heading let go."""

    named = Signal(object)

    def __init__(self, work: Workplace, headings: Mapping[str, str], fields: Mapping[str, str]) -> None:
        super().__init__(work.window)
        add_help_key(self, _TOPIC)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(said(TITLE))
        self.resize(_WIDE, _HIGH)
        self._headings = list(headings)
        self._chosen: dict[str, str] = {}
        columns = [
            ColumnView(at, "", heading, name, "", Meaning.READ if name else Meaning.UNKNOWN)
            for at, (heading, name) in enumerate(headings.items())
        ]
        self.table = ColumnTable(work.tasks, columns, fields)
        self.table.mapped.connect(self._choose)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(theme.XL, theme.L, theme.XL, theme.L)
        whole.setSpacing(theme.M)
        whole.addWidget(Label(_LEAD, "muted").wrapped())
        whole.addWidget(Scrolled(column(self.table, stretch=True)), 1)
        self.button = PushButton(said(_TAKE))
        whole.addLayout(answer_line(self, self.button, self.take))

    def _choose(self, at: int, name: str) -> None:
        self._chosen[self._headings[at]] = name

    def take(self) -> None:
        """Give what was chosen."""
        self.accept()
        self.named.emit(self._chosen)


def kept_names(memory: Memory) -> dict[str, str]:
    """What this operator said of headings before."""
    try:
        kept = json.loads(memory.recall(_KEPT) or "{}")
    except ValueError:
        return {}
    return {str(heading): str(name) for heading, name in kept.items()} if isinstance(kept, dict) else {}


def keep_names(memory: Memory, named: Mapping[str, str]) -> dict[str, str]:
    """Remember more of them; the answer is all."""
    known = kept_names(memory) | {heading.casefold(): name for heading, name in named.items()}
    known = {heading: name for heading, name in known.items() if name}
    memory.keep(_KEPT, json.dumps(known, ensure_ascii=False))
    return known
