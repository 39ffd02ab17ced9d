"""The third step of an import: every row with its fate, problem cells marked, counts that add up."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from migdesk.domain.batch import RowFate
from migdesk.domain.fields import Choice, Field, Text, Whole, choice_label
from migdesk.domain.finding import Finding, Severity
from migdesk.domain.listing import Column, Listing, Look, Query
from migdesk.i18n import LANGUAGES, N_, _, pick
from migdesk.services.arrivals.earlier import STILL_HERE
from migdesk.services.workbooks.workbooks import Grid, GridRow, Marked
from migdesk.ui.entry.tick import FlagInput
from migdesk.ui.lists.given import Given
from migdesk.ui.lists.table import Reading
from migdesk.ui.lists.table_view import ListPart, RecordView
from migdesk.ui.look import fonts, theme
from migdesk.ui.look.flow import FlowRow
from migdesk.ui.look.labels import Label
from migdesk.ui.look.style import mark
from migdesk.ui.look.theme import Tone
from migdesk.ui.look.words import number, said
from migdesk.ui.memory import Memory
from migdesk.ui.parts.clickable import PushButton, ToolButton
from migdesk.ui.parts.findings_view import FindingsView
from migdesk.ui.parts.panel import Words
from migdesk.ui.parts.pills import Pill
from migdesk.ui.tasks import Tasks

_ROWS, _ALL, _WITH = N_("Rows of the file"), N_("All"), N_("With remarks")
_KIND, _ANY = N_("Kind of problem: {kind}"), N_("any")
_COUNT = N_("{words} {n}")
_SUM = N_("read {read} = {parts}")
_ROW = N_("Row {n}")
_FATE = N_("Fate")
_CLEAN = N_("Nothing is wrong with this row.")
_MOVED = N_("Who is registered at another address has moved: that arrival ends")
_SEVERITY_TONE = {Severity.BLOCK: Tone.BAD, Severity.WARN: Tone.WARN, Severity.NOTE: Tone.INFO}
_LONGEST, _LOW, _LOWEST = 60, 300, 220
_LOOKED_AT, _PILL, _NARROWEST, _WIDEST = 60, 56, 104, 240


class MarkedReading(Reading):
    """A cell with a problem is a pill: its text, a symbol, a colour."""

    def words(self, column: Column, value: Any) -> str:
        """What stands in the cell."""
        return str(value) if isinstance(value, Marked) else super().words(column, value)

    def pill(self, column: Column, value: Any) -> Pill | None:
        """Marked when something is wrong with it."""
        if isinstance(value, Marked):
            return Pill(_SEVERITY_TONE[value.severity], value.text or "—")
        return super().pill(column, value)


class RowsStep(QWidget):
    """The grid of a preview; chips and the menu of kinds narrow it, the row under the cursor is explained."""

    shown = Signal(int)
    moved = Signal()

    def __init__(self, tasks: Tasks, memory: Memory, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = Grid((), (), ())
        self._rows: list[GridRow] = []
        self._kinds: list[tuple[Finding, int]] = []
        self._counts: Mapping[str, int] = {}
        self._kind = ""
        self._chips: dict[str, QPushButton] = {}
        self._group = QButtonGroup(self)
        self._menu = ToolButton()
        self._menu.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu.setMenu(QMenu(self._menu))
        mark(self._menu, look="quiet")
        self._line = FlowRow(gap=theme.XS, lines=theme.XS)
        part = ListPart(
            _ROWS, tasks, MarkedReading(today), self._open, memory, Words("ok", N_("No such rows"))
        )
        self.list = RecordView(part)
        self.list.current_changed.connect(self._explain)
        self._title, self._clean = Label("", "strong"), Label(_CLEAN, "muted")
        self._why = FindingsView()
        self.sum = QLabel()
        self.sum.setFont(fonts.font())
        self.moves = FlagInput()
        self.moves.changed.connect(self.moved)
        self._lay_out()

    def _lay_out(self) -> None:
        self._about = QFrame()
        mark(self._about, look="card")
        lines = QVBoxLayout(self._about)
        lines.setContentsMargins(theme.L, theme.S, theme.L, theme.S)
        lines.setSpacing(theme.XS)
        for part in (self._title, self._why, self._clean):
            lines.addWidget(part)
        lines.addStretch(1)
        self._about.setMinimumHeight(92)
        below = QHBoxLayout()
        below.addWidget(self.sum)
        below.addStretch(1)
        below.addWidget(self.moves)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.S)
        column.addWidget(self._line)
        column.addWidget(self.list, 1)
        column.addWidget(self._about)
        column.addLayout(below)
        self.setFocusProxy(self.list)

    def show_grid(self, grid: Grid, counts: Mapping[str, int]) -> None:
        """Show the rows of a preview."""
        self._grid, self._counts, self._kind = grid, counts, ""
        self._make_chips()
        self._say_sum()
        self._offer_moves()
        bad = next((key for key in ("failed", "remarks") if key in self._chips), "all")
        self.choose(bad)

    def _offer_moves(self) -> None:
        """Asked only where somebody of the file lives elsewhere by the register."""
        self.moves.setText(said(_MOVED))
        self.moves.setVisible(
            self.moves.isChecked() or any(kind.code == STILL_HERE for kind, _count in self._kinds)
        )

    def choose(self, key: str) -> None:
        """Show only some rows: `all`, a fate, or `remarks`."""
        self._chips[key].setChecked(True)
        self._apply()

    def choose_kind(self, code: str) -> None:
        """Show only rows with one kind of problem; nothing for any."""
        self._kind = code
        self._say_kind()
        self._apply()

    def chips(self) -> list[str]:
        """What the rows can be narrowed to."""
        return list(self._chips)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A low window keeps the rows; what is left out is in the marked workbook."""
        super().resizeEvent(event)
        self._about.setVisible(self.height() >= _LOW)
        self._menu.setVisible(self.height() >= _LOWEST and bool(self._grid.rows))
        self.sum.setVisible(self.height() >= _LOWEST)

    def retranslate(self) -> None:
        """Chips, kinds and sums in the current language."""
        if self._counts:
            chosen = self._chosen()
            self._make_chips()
            self._say_sum()
            self._offer_moves()
            self.choose(chosen)

    def _chosen(self) -> str:
        return next((key for key, chip in self._chips.items() if chip.isChecked()), "all")

    def _make_chips(self) -> None:
        flow = self._line.flow
        while flow.count():
            item = flow.takeAt(0)
            widget = item.widget() if item else None
            if widget and widget is not self._menu:
                widget.hide()
                widget.deleteLater()
        self._chips = {}
        remarks = sum(1 for row in self._grid.rows if row.problems)
        self._add_chip("all", said(_ALL), len(self._grid.rows))
        for fate in RowFate:
            if self._counts.get(fate.value):
                self._add_chip(fate.value, choice_label(fate), self._counts[fate.value])
        if remarks:
            self._add_chip("remarks", said(_WITH), remarks)
        kinds = self._kinds = self._grid.kinds()
        flow.addWidget(self._menu)
        self._menu.setVisible(bool(kinds))
        menu = self._menu.menu()
        menu.clear()
        menu.addAction(said(_ANY)).triggered.connect(lambda _on=False: self.choose_kind(""))
        for finding, count in kinds:
            action = menu.addAction(f"{kind_words(finding)}  {number(count)}".replace("&", "&&"))
            action.triggered.connect(lambda _on=False, code=finding.code: self.choose_kind(code))
        self._say_kind()

    def _add_chip(self, key: str, words: str, count: int) -> None:
        chip = PushButton(said(_COUNT, words=words, n=number(count)))
        mark(chip, look="quiet")
        chip.setFont(fonts.font())
        chip.setCheckable(True)
        chip.setAccessibleName(chip.text())
        chip.clicked.connect(lambda _on=False: self._apply())
        self._group.addButton(chip)
        self._chips[key] = chip
        self._line.flow.addWidget(chip)

    def _say_kind(self) -> None:
        found = next((one for one, _count in self._kinds if one.code == self._kind), None)
        words = said(_KIND, kind=kind_words(found) if found else said(_ANY))
        self._menu.setText(words.replace("&", "&&"))
        self._menu.setAccessibleName(words)
        self._menu.setToolTip(words)

    def _say_sum(self) -> None:
        parts = " + ".join(
            f"{choice_label(fate)} {number(self._counts.get(fate.value, 0))}" for fate in RowFate
        )
        self.sum.setText(said(_SUM, read=number(self._counts.get("read", 0)), parts=parts))

    def _apply(self) -> None:
        chip, kind = self._chosen(), self._kind
        self._rows = [row for row in self._grid.rows if _fits(row, chip) and (not kind or kind in row.codes)]
        self.list.show_list(Query("import"))
        self._explain("0" if self._rows else "")
        self.shown.emit(len(self._rows))

    def _open(self, query: Query) -> Listing:
        columns = (
            Column("row", Whole(N_("Row")), 64, "right"),
            Column("fate", Choice(_FATE, options=RowFate), 116, look=Look.STATE),
            *(self._column(at, label) for at, label in enumerate(self._grid.labels)),
        )
        rows = [(row.number, row.fate, *row.cells) for row in self._rows]
        return Given(columns, rows).sorted_by(query.order)

    def _column(self, at: int, label: str) -> Column:
        """As wide as what stands in it; the first takes what is left over."""
        words = [str(row.cells[at]) for row in self._grid.rows[:_LOOKED_AT]]
        wide = max((fonts.width(text, theme.SMALL, fonts.SEMIBOLD) for text in words), default=0) + _PILL
        field = Field(label) if at else Text(label)
        return Column(f"c{at}", field, min(max(wide, _NARROWEST), _WIDEST), sortable=False)

    def _explain(self, uid: str) -> None:
        row = self._rows[int(uid)] if uid and int(uid) < len(self._rows) else None
        self._title.say(_ROW, n=row.number) if row else self._title.show_text("")
        self._why.show_findings(tuple(in_cell(one.cell, one.finding) for one in row.problems) if row else ())
        self._clean.setVisible(bool(row) and not (row and row.problems))


def _fits(row: GridRow, chip: str) -> bool:
    if chip == "remarks":
        return bool(row.problems)
    return chip in ("all", row.fate.value)


def in_cell(cell: str, finding: Finding) -> Finding:
    """The same remark with the address of its cell in front."""
    words = f"{cell}: {finding.words()}"
    texts = dict.fromkeys(LANGUAGES, words)
    return Finding(finding.severity, finding.code, field=finding.field, source=finding.source, texts=texts)


def kind_words(finding: Finding) -> str:
    """A kind of problem without the values of one row: “…” is not in the list."""
    message = pick(finding.texts) if finding.texts else _(finding.text)
    words = re.sub(r"\{\w*\}", "…", message)
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…"
