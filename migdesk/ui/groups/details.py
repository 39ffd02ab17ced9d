"""Below the grid: what is said of the row under the cursor, who it may be, and the rows that stop the save."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from migdesk.i18n import N_
from migdesk.services.people.people import Likely
from migdesk.ui.entry.inputs import ENTER
from migdesk.ui.groups.cells import HIGH as ROW
from migdesk.ui.groups.folded import Folding
from migdesk.ui.groups.rows import COLUMNS, Row, field_at
from migdesk.ui.look import theme
from migdesk.ui.look.labels import Label
from migdesk.ui.look.style import mark
from migdesk.ui.look.words import said
from migdesk.ui.parts.blocks import clear, link, row
from migdesk.ui.parts.findings_view import FindingsView
from migdesk.ui.parts.frame import Scrolled

_HIGH, _MOST_ROWS, _AROUND = 132, 10, 96
"""Pixels; `_AROUND` are the head of the grid, its bar, the foot of the page and the gaps."""
_ROW, _FREE = N_("Row {n}: {name}"), N_("Row {n}: nobody yet")
_CLEAN = N_("Nothing is wrong with this row.")
_HINT = N_(
    "Type, scan a passport, or paste rows of a spreadsheet with Ctrl+V. "
    "Rows with the same family mark are one family; its first row is the head."
)
_TAKE, _APART = N_("Take this file"), N_("It is another person")
_TAKE_KEYS, _APART_KEYS = N_("{words} (Alt+{n})"), N_("{words} (Alt+0)")
_KNOWN, _BACK = N_("Registered under the file of {name}."), N_("New file instead")
_IS_APART = N_("Said to be another person than those of the register.")
_STOPS = N_("To correct before saving: {n}")
_STOP = N_("Row {n} {name}: {words}")
MOST = 9


@dataclass(frozen=True, slots=True)
class Stop:
    """Something that keeps the group from being saved: the row (-1 the part above), the cell, and why."""

    at: int
    name: str
    words: str


class RowDetails(QFrame):
    """`take_wanted` carries the place of a likely person; `apart_wanted` whether the row is somebody else;
    `back_wanted` gives a taken file back."""

    take_wanted = Signal(int)
    apart_wanted = Signal()
    back_wanted = Signal()
    source_asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        mark(self, look="card")
        self._at = 0
        self._row: Row | None = None
        self._title = Label("", "strong")
        self._why = FindingsView()
        self._why.asked.connect(self.source_asked)
        self._clean = Label("", "muted").wrapped()
        self._people = QVBoxLayout()
        self._people.setSpacing(theme.XS)
        inner = QWidget()
        mark(inner, look="scrolled")
        lines = QVBoxLayout(inner)
        lines.setContentsMargins(theme.L, theme.S, theme.L, theme.S)
        lines.setSpacing(theme.XS)
        lines.addWidget(self._title)
        lines.addWidget(self._clean)
        lines.addWidget(self._why)
        lines.addLayout(self._people)
        lines.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.addWidget(Scrolled(inner))

    def show_row(self, at: int, shown: Row | None) -> None:
        """Explain a row; nothing for the free one."""
        self._at, self._row = at, shown
        self.retranslate()

    def likely(self) -> Sequence[Likely]:
        """Who is offered now."""
        look = self._row.look if self._row else None
        return look.likely[:MOST] if look else ()

    def retranslate(self) -> None:
        """Say it in the current language."""
        shown = self._row
        is_free = shown is None or shown.is_blank
        if is_free or shown is None:
            self._title.say(_FREE, n=self._at + 1)
        else:
            self._title.say(_ROW, n=self._at + 1, name=shown.sheet.title() or "…")
        found = [one for _name, one in shown.findings()] if shown and not is_free else []
        self._why.show_findings(found)
        self._clean.setVisible(not found)
        self._clean.say(_HINT if is_free else _CLEAN)
        clear(self._people)
        if shown is not None and not is_free:
            self._show_people(shown)

    def words(self) -> str:
        """What is said, for tests and screen readers."""
        return f"{self._title.text()} {self._why.words()}"

    def _show_people(self, shown: Row) -> None:
        if shown.sheet.known:
            taken = Label("", "body")
            taken.say(_KNOWN, name=shown.sheet.known.full_name)
            back = link(said(_BACK))
            back.clicked.connect(lambda _on=False: self.back_wanted.emit())
            self._people.addWidget(row(taken, back))
            return
        likely = self.likely()
        for at, one in enumerate(likely):
            words = " · ".join(
                part
                for part in (
                    one.person.full_name,
                    one.person.born_words,
                    one.person.iin,
                    "; ".join(one.match.reasons),
                )
                if part
            )
            label = Label("", "body").wrapped()
            label.show_text(words)
            take = link(said(_TAKE_KEYS, words=said(_TAKE), n=at + 1))
            take.setAccessibleName(f"{said(_TAKE)}: {one.person.full_name}")
            take.clicked.connect(functools.partial(self._take, at))
            self._people.addWidget(row(take, label, stretch=1))
        if shown.apart:
            self._people.addWidget(Label(_IS_APART, "muted"))
        elif likely:
            apart = link(said(_APART_KEYS, words=said(_APART)))
            apart.clicked.connect(lambda _on=False: self.apart_wanted.emit())
            self._people.addWidget(row(apart))

    def _take(self, at: int, _on: bool = False) -> None:
        self.take_wanted.emit(at)


class StopsList(QFrame):
    """`wanted` carries the row and the cell of the stop that was chosen."""

    wanted = Signal(int, str)

    def __init__(self) -> None:
        super().__init__()
        mark(self, look="card")
        self._stops: tuple[Stop, ...] = ()
        self._title = Label("", "strong")
        self.list = QListWidget()
        self.list.itemClicked.connect(lambda _item: self._choose())
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.L, theme.S, theme.S, theme.S)
        column.setSpacing(theme.XS)
        column.addWidget(self._title)
        column.addWidget(self.list)
        self.hide()

    def show_stops(self, stops: Sequence[Stop], names: Sequence[str]) -> None:
        """Show what stops the save, with the names of the rows; nothing hides the list."""
        at = self.list.currentRow()
        self._stops = tuple(stops)
        self.list.clear()
        for one in stops:
            place = said(_STOP, n=one.at + 1, name=names[one.at], words=one.words)
            item = QListWidgetItem(one.words if one.at < 0 else place)
            item.setToolTip(item.text())
            self.list.addItem(item)
        self.list.setCurrentRow(min(max(at, 0), len(stops) - 1))
        self._title.say(_STOPS, n=len(stops))
        self.list.setAccessibleName(self._title.text())
        self.setVisible(bool(stops))

    def stops(self) -> tuple[Stop, ...]:
        """What is listed."""
        return self._stops

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the row."""
        if event.key() in ENTER and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._choose()
        else:
            super().keyPressEvent(event)

    def _choose(self) -> None:
        at = self.list.currentRow()
        if 0 <= at < len(self._stops):
            self.wanted.emit(self._stops[at].at, self._stops[at].name)


def stops_of(rows: Sequence[Row], places: Sequence[int]) -> list[Stop]:
    """Everything that stops rows from being saved, from the top."""
    found = []
    for at in places:
        for name, one in rows[at].findings():
            if one.severity.value == "block":
                label = f"{said(field_at(name).label)}: " if name in COLUMNS else ""
                found.append(Stop(at, name, f"{label}{one.words()}"))
    return found


class Below(QWidget):
    """Both below the grid, of one height: as much as the rows leave them in a low window."""

    def __init__(self, page: QWidget, above: Folding, details: RowDetails, stops: StopsList) -> None:
        super().__init__()
        self._page, self._above, self._rows = page, above, 1
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.M)
        line.addWidget(details, 3)
        line.addWidget(stops, 2)
        self.setFixedHeight(_HIGH)
        for part in (page, above):
            part.installEventFilter(self)

    def fit(self, rows: int) -> None:
        """So many rows, but ten at most, are to be seen above."""
        self._rows = rows
        high = self._page.height() - self._above.wanted() - _AROUND - min(rows, _MOST_ROWS) * ROW
        self.setFixedHeight(max(_HIGH // 2, min(_HIGH, high)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The page became lower, or the part above it folded."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self.fit(self._rows)
        return False
