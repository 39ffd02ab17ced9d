"""One condition of the filter window: a column, how it is asked, and the answer; all chosen by typing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from migdesk.domain.fields import Code, Field
from migdesk.domain.listing import Filter
from migdesk.domain.relative_days import PERIODS
from migdesk.i18n import N_
from migdesk.ui.entry.choice_list import Choices
from migdesk.ui.entry.fields import editor_for
from migdesk.ui.entry.inputs import Input
from migdesk.ui.entry.picking import PickInput, Sources
from migdesk.ui.lists.filter_ways import PERIOD_LIST, Asks, Way, asked_field, way_of, ways_of
from migdesk.ui.look import icons, theme
from migdesk.ui.look.flow import FlowRow
from migdesk.ui.look.style import mark
from migdesk.ui.look.words import said
from migdesk.ui.parts.clickable import PushButton, ToolButton

_COLUMN, _HOW, _ANSWER = N_("Column"), N_("How it is asked"), N_("Answer")
_REMOVE = N_("Take this condition away")
_COLUMNS, _WAYS = "columns", "ways"
_COLUMN_WIDTH, _WAY_WIDTH = 210, 200


def sources_for(sources: Sources, words: Mapping[str, Mapping[str, str]]) -> Sources:
    """The sources of an office, and short lists of the window's own: English messages by code."""

    def find(name: str, text: str) -> Choices:
        if name not in words:
            return sources.choices(name, text)
        wanted = text.strip().casefold()
        told = [(code, said(label)) for code, label in words[name].items()]
        begin = [one for one in told if one[1].casefold().startswith(wanted)]
        return [*begin, *(one for one in told if wanted in one[1].casefold() and one not in begin)]

    def say(name: str, code: str) -> str:
        return said(words[name][code]) if name in words else sources.names(name, code)

    return replace(sources, choices=find, names=say)


class SeveralInput(QWidget):
    """Several values of a list: each is picked by typing, and stands below until it is taken off.

    `entered` comes with Enter in the empty box: the Enter that picks a value waits for the next one.
    """

    changed = Signal()
    entered = Signal()

    def __init__(self, field: Field, sources: Sources) -> None:
        super().__init__()
        self._field, self._sources = field, sources
        self._values: list[Any] = []
        self._has_just_picked = False
        self.pick = PickInput(field, sources)
        self.pick.changed.connect(self._take)
        self.pick.entered.connect(self._enter)
        self._chips = FlowRow(gap=theme.XS, lines=theme.XS)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.XS)
        column.addWidget(self.pick)
        column.addWidget(self._chips)
        self.setFocusProxy(self.pick)
        self._show()

    def value(self) -> tuple[Any, ...]:
        """What was picked, in the order of picking."""
        return tuple(self._values)

    def set_value(self, values: tuple[Any, ...]) -> None:
        """Show other values."""
        self._values = list(values)
        self._show()

    def _take(self) -> None:
        value = self.pick.value()
        if value in (None, ""):
            return
        self.pick.set_value(None)
        self._has_just_picked = True
        QTimer.singleShot(0, self, self._picked)
        if value not in self._values:
            self._values.append(value)
            self._show()
        self.changed.emit()

    def _enter(self) -> None:
        if not self._has_just_picked:
            self.entered.emit()

    def _picked(self) -> None:
        self._has_just_picked = False

    def _drop(self, value: Any) -> None:
        self._values.remove(value)
        self._show()
        self.pick.setFocus()
        self.changed.emit()

    def _show(self) -> None:
        flow = self._chips.flow
        while item := flow.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for value in self._values:
            chip = PushButton(f"{self._sources.name(self._field, value)}  \u00d7".replace("&", "&&"))
            mark(chip, look="quiet")
            chip.clicked.connect(lambda _on=False, value=value: self._drop(value))
            flow.addWidget(chip)
        self._chips.setVisible(bool(self._values))


class ConditionLine(QWidget):
    """`changed` comes with every answer, `entered` with Enter in the last box, `removed` when it is taken away."""

    changed = Signal()
    entered = Signal()
    removed = Signal()

    def __init__(self, fields: Mapping[str, Field], sources: Sources) -> None:
        super().__init__()
        self._fields = fields
        self._sources = sources
        self._way_words: dict[str, str] = {}
        own = sources_for(
            sources,
            {
                _COLUMNS: {key: one.label for key, one in fields.items()},
                _WAYS: self._way_words,
                PERIOD_LIST: PERIODS,
            },
        )
        self._own = own
        self.column = PickInput(Code(_COLUMN, list=_COLUMNS), own)
        self.way = PickInput(Code(_HOW, list=_WAYS), own)
        self.answer: Input | SeveralInput | None = None
        self._shown: QWidget = QLabel()
        self._line = QHBoxLayout(self)
        self._lay_out()
        self.column.changed.connect(self._offer_ways)
        self.way.changed.connect(self._ask)
        self.column.entered.connect(lambda: self._on(self.way))
        self.way.entered.connect(self._to_answer)

    def _lay_out(self) -> None:
        for box, label, width in ((self.column, _COLUMN, _COLUMN_WIDTH), (self.way, _HOW, _WAY_WIDTH)):
            box.setFixedWidth(width)
            box.setAccessibleName(said(label))
            box.set_label(said(label))
            box.installEventFilter(self)
        remove = ToolButton()
        mark(remove, look="icon")
        remove.setIcon(icons.icon("close", "muted"))
        remove.setIconSize(QSize(theme.ICON, theme.ICON))
        remove.setToolTip(f"{said(_REMOVE)} (Ctrl+Del)")
        remove.setAccessibleName(said(_REMOVE))
        remove.clicked.connect(lambda _on=False: self.removed.emit())
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(theme.S)
        top = Qt.AlignmentFlag.AlignTop
        self._line.addWidget(self.column, 0, top)
        self._line.addWidget(self.way, 0, top)
        self._line.addWidget(self._shown, 1, top)
        self._line.addWidget(remove, 0, top)

    def show_filter(self, one: Filter) -> None:
        """Bring a condition back; one about a column that is no more is left blank."""
        field = self._fields.get(one.key)
        found = way_of(one, field) if field else None
        if found is None:
            return
        way, value = found
        self.column.set_value(one.key)
        self._offer_ways()
        self.way.set_value(way.code)
        self._ask()
        if self.answer:
            self.answer.set_value(value)

    def filter(self) -> Filter | None:
        """The condition; nothing while it is not whole."""
        key, way = self.column.value(), self._way()
        if not key or way is None:
            return None
        value = self.answer.value() if self.answer else None
        return way.make(key, self._fields[key], value)

    def begin(self) -> None:
        """The keyboard goes to the first box."""
        self.column.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ctrl+Del in any of the boxes takes the condition away."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            is_delete = event.key() == Qt.Key.Key_Delete
            if is_delete and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.removed.emit()
                return True
        return super().eventFilter(watched, event)

    def _way(self) -> Way | None:
        key, code = self.column.value(), self.way.value()
        return ways_of(self._fields[key]).get(code) if key and code else None

    def _offer_ways(self) -> None:
        key = self.column.value()
        self._way_words.clear()
        if key:
            self._way_words |= {code: way.label for code, way in ways_of(self._fields[key]).items()}
            self.way.set_value(next(iter(self._way_words)))
        else:
            self.way.set_value("")
        self._ask()

    def _ask(self) -> None:
        """Put the editor there that the way is answered in."""
        way = self._way()
        field = asked_field(way, self._fields[self.column.value()]) if way else None
        made: Input | SeveralInput | None = None
        if field and way:
            several = way.asks is Asks.SEVERAL
            made = SeveralInput(field, self._own) if several else editor_for(field, self._own)
        self.answer = made
        self._put(made if isinstance(made, SeveralInput) else made.widget() if made else QLabel())
        if made:
            box = made.pick if isinstance(made, SeveralInput) else made
            box.widget().setAccessibleName(said(_ANSWER))
            box.widget().installEventFilter(self)
            made.entered.connect(self.entered)
            made.changed.connect(self.changed)
        self.changed.emit()

    def _put(self, shown: QWidget) -> None:
        """In the place of the answer before."""
        self._line.replaceWidget(self._shown, shown)
        self._line.setStretch(2, 1)
        self._shown.hide()
        self._shown.deleteLater()
        self._shown = shown

    def _to_answer(self) -> None:
        if isinstance(self.answer, SeveralInput):
            self._on(self.answer.pick)
        elif self.answer:
            self._on(self.answer.widget())
        else:
            self.entered.emit()

    def _on(self, box: QWidget) -> None:
        box.setFocus(Qt.FocusReason.TabFocusReason)
