"""The family as a grid: one line a member, per member only what differs; the last line is always free.

Enter goes from cell to cell and from line to line; in the free line it goes on with the form.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from migdesk.domain.fields import Choice, Code
from migdesk.domain.finding import Finding
from migdesk.i18n import N_
from migdesk.ui.entry.inputs import Input, show_state
from migdesk.ui.entry.line import Line
from migdesk.ui.entry.picking import Sources
from migdesk.ui.entry.scan_watch import ScanWatch
from migdesk.ui.intake.grid_line import CELLS, NARROWEST, GridLine
from migdesk.ui.intake.sheet import MEMBER, RELATION, Cell, Sheet
from migdesk.ui.look import icons, theme
from migdesk.ui.look.labels import ElidedLabel
from migdesk.ui.look.theme import Tone
from migdesk.ui.look.words import said
from migdesk.ui.parts.blocks import clear

_WHOLE_CELLS = ("person.birth_date", "person.sex", "document.number")
"""Dates, numbers and short words are worth nothing without their end."""

_USUAL, _BESIDE = 90, 130
_HEADS = {RELATION: N_("Relation")}
"""Headings shorter than the label of their field."""

_HEAD = N_("head of family")
_CELL = N_("{label}, member {n}")
_DETAILS, _REMOVE = N_("All fields of this member"), N_("Take this member off the list (Ctrl+Del)")
_WHOLE, _LACKS = N_("Nothing is missing"), N_("Missing: {labels}")


class FamilyGrid(QWidget):
    """The members; cells are told by the number of their member and the name of their field.

    `passed` comes when Enter leaves the free line at the end; `details_wanted` asks for all fields of a member.
    """

    changed = Signal(int, str)
    left = Signal(int, str)
    passed = Signal()
    details_wanted = Signal(int)
    remove_wanted = Signal(int)
    source_asked = Signal(object)

    def __init__(self, sources: Sources, watch: ScanWatch, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sources = sources
        self._watch = watch
        self._lines: list[GridLine] = []
        self._heads = [ElidedLabel(_HEADS.get(name, MEMBER[name].field.label), "caption") for name in CELLS]
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.XS)
        self._grid.setVerticalSpacing(theme.XS)
        for column, head in enumerate(self._heads, start=2):
            self._grid.addWidget(head, 0, column)
        self.show_members([Sheet()])

    def show_members(self, sheets: Sequence[Sheet]) -> None:
        """Show these members and a free line below them."""
        while len(self._lines) > len(sheets) + 1:
            self._drop(self._lines.pop())
        while len(self._lines) <= len(sheets):
            self._add()
        for line in self._lines:
            self.show_member(line.at, sheets[line.at] if line.at < len(sheets) else Sheet())
            for button in (line.details, line.remove):
                button.setVisible(line.at < len(sheets) and (line.at > 0 or button is line.details))
            if line.at >= len(sheets):
                line.sign.tell(Tone.PLAIN, "")
                self.show_findings(line.at, {})
        self._share()

    def show_member(self, at: int, sheet: Sheet) -> None:
        """Show what a member's sheet holds."""
        for name in CELLS:
            self.show_cell(at, name, sheet.cell(name))
        if at == 0:
            self._lines[0].labels[RELATION].say(_HEAD)
            if not sheet.value("person.surname") and not sheet.value("person.given"):
                self._lines[0].labels["person.surname"].show_text(sheet.value("person.surname_latin"))
                self._lines[0].labels["person.given"].show_text(sheet.value("person.given_latin"))

    def show_cell(self, at: int, name: str, cell: Cell) -> None:
        """Show a cell as it is on its sheet; one that shows it already keeps its cursor."""
        line = self._lines[at]
        if at == 0:
            kind = MEMBER[name].field
            is_named = isinstance(kind, Choice | Code)
            line.labels[name].show_text(self._sources.name(kind, cell.value) if is_named else cell.text)
        elif self.cell(at, name) != cell:
            put(line.inputs[name], cell)

    def cell(self, at: int, name: str) -> Cell:
        """What stands in a cell now."""
        editor = self._lines[at].inputs[name]
        return Cell(editor.typed(), editor.value())

    def propose(self, at: int, offered: Mapping[str, Any]) -> None:
        """Offer values in grey."""
        for name, editor in self._lines[at].inputs.items():
            editor.propose(offered.get(name))
        self._share()

    def mark_current(self, at: int) -> None:
        """The member whose fields all stand above."""
        for line in self._lines:
            line.details.setIcon(icons.icon("edit", "accent" if line.at == at else "muted"))

    def show_lacking(self, at: int, labels: Sequence[str]) -> None:
        """Say whether something is still missing (labels in the reader's language)."""
        words = said(_LACKS, labels=", ".join(labels)) if labels else said(_WHOLE)
        self._lines[at].sign.tell(Tone.WARN if labels else Tone.OK, words)

    def show_findings(self, at: int, findings: Mapping[str, Sequence[Finding]]) -> None:
        """Remarks about a member, below his line; the edges of their cells are coloured."""
        line = self._lines[at]
        for name, editor in line.inputs.items():
            problem = editor.problem()
            show_state(editor.widget(), [*([problem] if problem else []), *findings.get(name, ())])
        unreadable = [one for one in (editor.problem() for editor in line.inputs.values()) if one]
        line.findings.show_findings([*unreadable, *(one for found in findings.values() for one in found)])

    def go_to(self, at: int, name: str = RELATION) -> None:
        """Put the cursor into a cell."""
        self._lines[at].inputs[name].widget().setFocus(Qt.FocusReason.OtherFocusReason)

    def focused(self) -> tuple[int, str] | None:
        """The cell with the cursor."""
        for line in self._lines[1:]:
            for name, editor in line.inputs.items():
                if editor.widget().hasFocus():
                    return line.at, name
        return None

    def enter(self) -> None:
        """Come into the grid: the first line without a relation, which is the free line when all is said."""
        lines = self._lines[1:]
        first = next((line for line in lines if not line.inputs[RELATION].typed()), lines[-1])
        self.go_to(first.at)

    def names(self) -> tuple[str, ...]:
        """The fields that have a column."""
        return CELLS

    def widgets(self) -> list[QWidget]:
        """Cells in the order of Tab."""
        return [editor.widget() for line in self._lines[1:] for editor in line.inputs.values()]

    def editor(self, at: int, name: str) -> Input:
        """The editor of a cell."""
        return self._lines[at].inputs[name]

    def repeat(self) -> None:
        """F8: the cell of the member before."""
        place = self.focused()
        if place is None or place[0] < 1:
            return
        at, name = place
        above = self._lines[at - 1]
        value = above.inputs[name].value() if at > 1 else None
        if value not in (None, ""):
            self._lines[at].inputs[name].set_value(value)
            self.changed.emit(at, name)
            self._go_on(at, name)

    def retranslate(self) -> None:
        """Say names and hints in the current language."""
        for line in self._lines:
            for name, editor in line.inputs.items():
                label = said(_CELL, label=said(MEMBER[name].field.label), n=line.at + 1)
                editor.widget().setAccessibleName(label)
            for button, words in ((line.details, _DETAILS), (line.remove, _REMOVE)):
                button.setToolTip(said(words))
                button.setAccessibleName(f"{said(words)}: {line.at + 1}")
        self._share()

    def _share(self) -> None:
        """Share the width out by what stands in the columns, so that nobody's words are cut for a blank."""
        needs = {}
        for name in CELLS:
            cells = (line.widget(name) for line in self._lines)
            needs[name] = max([_USUAL, *(cell.needed() for cell in cells if isinstance(cell, Line))])
        short = sum(needs[name] for name in _WHOLE_CELLS)
        has_room = self.width() >= short + (len(CELLS) - len(_WHOLE_CELLS)) * NARROWEST + _BESIDE
        for column, name in enumerate(CELLS, start=2):
            self._grid.setColumnStretch(column, needs[name])
            whole = has_room and name in _WHOLE_CELLS
            self._grid.setColumnMinimumWidth(column, needs[name] if whole else NARROWEST)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width is shared otherwise."""
        super().resizeEvent(event)
        self._share()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ctrl+Del takes a member off, F2 shows all his fields."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            place = self.focused()
            control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if place and event.key() == Qt.Key.Key_Delete and control:
                self.remove_wanted.emit(place[0])
                return True
            if place and event.key() == Qt.Key.Key_F2:
                self.details_wanted.emit(place[0])
                return True
        return super().eventFilter(watched, event)

    def _add(self) -> None:
        line = GridLine(len(self._lines), self._sources)
        self._lines.append(line)
        row = 2 * line.at + 1
        line.number.show_text(str(line.at + 1))
        line.number.setFixedWidth(16)
        self._grid.addWidget(line.number, row, 0)
        self._grid.addWidget(line.sign, row, 1)
        for column, name in enumerate(CELLS, start=2):
            self._grid.addWidget(line.widget(name), row, column)
        buttons = QHBoxLayout()
        buttons.setSpacing(2)
        buttons.addWidget(line.details)
        buttons.addWidget(line.remove)
        self._grid.addLayout(buttons, row, len(CELLS) + 2)
        self._grid.addWidget(line.findings, row + 1, 2, 1, len(CELLS))
        self._connect(line)
        self.retranslate()

    def _connect(self, line: GridLine) -> None:
        at = line.at
        line.details.clicked.connect(lambda: self.details_wanted.emit(at))
        line.remove.clicked.connect(lambda: self.remove_wanted.emit(at))
        line.findings.asked.connect(self.source_asked)
        for name, editor in line.inputs.items():
            editor.changed.connect(lambda name=name: self.changed.emit(at, name))
            editor.left.connect(lambda name=name: self.left.emit(at, name))
            editor.entered.connect(lambda name=name: self._go_on(at, name))
            editor.widget().installEventFilter(self)
            self._watch.watch(editor)

    def _drop(self, line: GridLine) -> None:
        for part in (line.number, line.sign, line.findings, *(line.widget(name) for name in CELLS)):
            part.hide()
            self._grid.removeWidget(part)
            part.deleteLater()
        buttons = self._grid.itemAtPosition(2 * line.at + 1, len(CELLS) + 2)
        layout = buttons.layout() if buttons else None
        if layout:
            clear(layout)
            self._grid.removeItem(layout)

    def _go_on(self, at: int, name: str) -> None:
        line = self._lines[at]
        is_free = at == len(self._lines) - 1 and all(not one.typed() for one in line.inputs.values())
        if is_free:
            self.passed.emit()
            return
        place = CELLS.index(name) + 1
        if place < len(CELLS):
            self.go_to(at, CELLS[place])
        elif at + 1 < len(self._lines):
            self.go_to(at + 1)
        else:
            self.passed.emit()


def put(editor: Input, cell: Cell) -> None:
    """Show a cell in an editor: its value, or the words nobody could read."""
    if cell.value not in (None, ""):
        editor.set_value(cell.value)
    else:
        editor.set_typed(cell.text)
