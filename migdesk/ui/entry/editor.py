"""A form made from fields: sections, at most two columns, and a keyboard that never gets stuck.

Enter goes to the next field, Ctrl+Enter asks to save, F8 repeats the value of the record before. What is
typed is never lost: unreadable words stay where they are, with the reason below them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from migdesk.domain.fields import Choice, Code, Note, Ref, Spec
from migdesk.domain.finding import Finding, blocking
from migdesk.ui.entry.fields import FieldBox
from migdesk.ui.entry.inputs import ENTER
from migdesk.ui.entry.lookup import Lookup
from migdesk.ui.entry.picking import Sources
from migdesk.ui.look import sound, theme
from migdesk.ui.look.labels import Label
from migdesk.ui.look.style import mark
from migdesk.ui.look.words import shown

_TWO_COLUMNS_FROM = 520
_WIDEST = 960
_LONG_LISTS = ("procedures",)
_SETTLED_MS = 40
"""After so long the remarks below a field have their room."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading (English message, may be empty) and its rows of one or two field names."""

    title: str
    rows: tuple[tuple[str, ...], ...]


class Form(QScrollArea):
    """Edits the fields it is given.

    `changed` and `left` carry the name of a field; `save_wanted` comes with Ctrl+Enter; `ended` when Enter
    is pressed in the last field; `source_asked` carries a `Source`.
    """

    changed = Signal(str)
    left = Signal(str)
    save_wanted = Signal()
    ended = Signal()
    source_asked = Signal(object)

    def __init__(self, specs: Iterable[Spec], sections: Sequence[Section], sources: Sources) -> None:
        super().__init__()
        self._sources = sources
        known = {spec.name: spec for spec in specs}
        self.boxes: dict[str, FieldBox] = {}
        self._grids: list[tuple[QGridLayout, Section]] = []
        self._columns = 0
        inner = QWidget()
        inner.setMaximumWidth(_WIDEST)
        mark(inner, look="scrolled")
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(theme.L, theme.M, theme.L, theme.M)
        self._column.setSpacing(theme.M)
        for section in sections:
            self._add_section(section, known)
        self._column.addStretch(1)
        self.setWidget(inner)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._lay_out(2)

    def _add_section(self, section: Section, known: Mapping[str, Spec]) -> None:
        if section.title:
            self._column.addWidget(Label(section.title, "section"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.XL)
        grid.setVerticalSpacing(theme.M)
        self._column.addLayout(grid)
        self._column.addSpacing(theme.S)
        self._grids.append((grid, section))
        for name in (name for row in section.rows for name in row):
            box = FieldBox(known[name], self._sources)
            box.changed.connect(self.changed)
            box.left.connect(self.left)
            box.entered.connect(self._go_on)
            box.source_asked.connect(self.source_asked)
            box.lookup_wanted.connect(self._look_up)
            self.follow(box)
            self.boxes[name] = box

    def follow(self, box: FieldBox) -> None:
        """A field comes into sight with the cursor, and stays there when remarks below it need more room."""
        box.installEventFilter(self)
        box.input.widget().installEventFilter(self)

    def values(self) -> dict[str, Any]:
        """What is typed, read; empty where it cannot be read, see `problems`."""
        return {name: box.value() for name, box in self.boxes.items()}

    def set_values(self, values: Mapping[str, Any]) -> None:
        """Show these values; fields not named stay as they are."""
        for name, value in values.items():
            if name in self.boxes:
                self.boxes[name].set_value(value)

    def typed(self) -> dict[str, str]:
        """Exactly what is on the screen, for a draft."""
        return {name: box.input.typed() for name, box in self.boxes.items()}

    def set_typed(self, draft: Mapping[str, str]) -> None:
        """Bring a draft back."""
        for name, text in draft.items():
            if name in self.boxes:
                self.boxes[name].input.set_typed(text)

    def words_of(self, name: str, value: Any) -> str:
        """What a person reads for a value of a field."""
        kind = self.boxes[name].spec.field
        is_chosen = isinstance(kind, Choice | Code | Ref)
        return self._sources.name(kind, value) if is_chosen else shown(kind, value)

    def clear(self) -> None:
        """Empty every field that is not pinned, for the next record."""
        for box in self.boxes.values():
            if not box.is_pinned():
                box.set_value(box.spec.field.empty)

    def propose(self, name: str, value: Any) -> None:
        """Offer a value in grey; Enter takes it."""
        self.boxes[name].input.propose(value)

    def problems(self) -> list[Finding]:
        """Findings about what cannot be read, each with the name of its field."""
        found = []
        for name, box in self.boxes.items():
            if problem := box.input.problem():
                found.append(Finding(problem.severity, problem.code, problem.text, name, problem.values))
        return found

    def missing(self) -> list[FieldBox]:
        """Required fields that are empty."""
        return [
            box
            for box in self.boxes.values()
            if box.spec.field.required and box.value() in (None, "") and not box.input.problem()
        ]

    def show_findings(self, findings: Iterable[Finding]) -> list[Finding]:
        """Put each finding below its field and go to the first that blocks; returns those of no field here."""
        by_field: dict[str, list[Finding]] = {name: [] for name in self.boxes}
        others: list[Finding] = []
        for finding in findings:
            by_field.get(finding.field or "", others).append(finding)
        for name, box in self.boxes.items():
            box.show_findings(by_field[name])
        first = next((name for name, box in self.boxes.items() if blocking(box.findings())), None)
        if first:
            sound.error()
            self.go_to(first)
        return others

    def go_to(self, name: str) -> None:
        """Put the cursor into a field and bring it into sight."""
        widget = self.boxes[name].input.widget()
        widget.setFocus(Qt.FocusReason.OtherFocusReason)
        self.ensureWidgetVisible(self.boxes[name], 0, theme.XL)

    def focused(self) -> str:
        """Name of the field with the cursor, or nothing."""
        return next((name for name, box in self.boxes.items() if box.input.widget().hasFocus()), "")

    def repeat(self, name: str) -> None:
        """Take the value of the record before (F8)."""
        value = self._sources.before(name)
        if value not in (None, ""):
            self.boxes[name].set_value(value)
            self.changed.emit(name)
            self._go_on(name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter saves, F8 repeats."""
        if event.key() in ENTER and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.save_wanted.emit()
        elif event.key() == Qt.Key.Key_F8 and self.focused():
            self.repeat(self.focused())
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A field that gets the cursor comes into sight; one that has it stays in sight as it grows."""
        if event.type() is QEvent.Type.Resize and isinstance(watched, FieldBox):
            if watched.input.widget().hasFocus():
                self.show_later(watched)
        elif event.type() is QEvent.Type.FocusIn:
            name = next((name for name, box in self.boxes.items() if box.input.widget() is watched), None)
            if name:
                self.ensureWidgetVisible(self.boxes[name], 0, theme.L)
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow form has one column; whoever makes it smaller still sees where the cursor is."""
        super().resizeEvent(event)
        self._lay_out(2 if self.viewport().width() >= _TWO_COLUMNS_FROM else 1)
        self.keep_in_sight()

    def keep_in_sight(self) -> None:
        """What has the cursor is seen, a field with the remarks below it, when something else needs its room."""
        focused = self.focusWidget()
        if focused and focused.hasFocus() and self.isAncestorOf(focused):
            name = self.focused()
            self.show_later(self.boxes[name] if name else focused)

    def show_later(self, widget: QWidget) -> None:
        """Bring something into sight once everything has its room."""
        QTimer.singleShot(_SETTLED_MS, widget, lambda: self.ensureWidgetVisible(widget, 0, theme.XL))

    def _lay_out(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for grid, section in self._grids:
            line = 0
            for row in section.rows:
                for at, name in enumerate(row):
                    alone = len(row) == 1 and (columns == 1 or self._is_long(name))
                    grid.addWidget(self.boxes[name], line, at % columns, 1, columns if alone else 1)
                    line += 1 if columns == 1 else 0
                line += 1 if columns == 2 else 0
            for at in range(2):
                grid.setColumnStretch(at, 1 if at < columns else 0)

    def _is_long(self, name: str) -> bool:
        """Whether a field that stands alone in its row takes all of it: long words, and names of services."""
        field = self.boxes[name].spec.field
        return isinstance(field, Note) or (isinstance(field, Code) and field.list in _LONG_LISTS)

    def _look_up(self, name: str) -> None:
        """F4 on another record: find it in a window of its own."""
        box = self.boxes[name]
        if isinstance(box.spec.field, Ref):
            uid = Lookup.choose(self, box.spec.field, self._sources)
            if uid:
                box.set_value(uid)
                self.changed.emit(name)
                self._go_on(name)

    def _go_on(self, name: str) -> None:
        """The next field that can be edited; after the last one the form has ended."""
        names = list(self.boxes)
        for later in names[names.index(name) + 1 :]:
            widget = self.boxes[later].input.widget()
            if widget.isEnabled() and not self.boxes[later].isHidden():
                self.go_to(later)
                return
        self.ended.emit()
