"""The filter window of a list: conditions in groups, each group and all of them joined by "all" or "any".

The keyboard suffices: Enter walks on, Insert adds a condition, Ctrl+Insert a group, Ctrl+Del takes a
condition away, Ctrl+Enter shows the rows. How many rows fit is counted meanwhile, away from the window.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from migdesk.domain.fields import Field
from migdesk.domain.listing import Condition, Filter, Group
from migdesk.i18n import N_
from migdesk.ui.entry.picking import Sources
from migdesk.ui.lists.filter_line import ConditionLine
from migdesk.ui.lists.filters import MenuFilter, Option
from migdesk.ui.look import theme
from migdesk.ui.look.labels import Label
from migdesk.ui.look.style import mark
from migdesk.ui.look.words import number, said
from migdesk.ui.parts.clickable import PushButton
from migdesk.ui.parts.frame import Scrolled
from migdesk.ui.tasks import Tasks

_TITLE = N_("Filter")
_JOINED, _BETWEEN = N_("Conditions"), N_("Groups")
_ALL, _ANY = N_("all of them"), N_("any of them")
_ADD, _ADD_GROUP = N_("Add a condition"), N_("Add a group")
_CLEAR, _CANCEL, _SHOW = N_("Clear"), N_("Cancel"), N_("Show the rows")
_FIT = N_("Rows that fit: {n}")
_PAUSE_MS = 250
_WIDTH, _HEIGHT = 800, 560

Conditions = tuple[Condition, ...]


def _joining(label: str) -> MenuFilter:
    options = [Option("all", lambda: said(_ALL), ()), Option("any", lambda: said(_ANY), ())]
    made = MenuFilter("joined", label, options, optional=False)
    made.choose("all")
    return made


class GroupCard(QFrame):
    """Conditions that count together; `emptied` comes when the last one is taken away."""

    changed = Signal()
    emptied = Signal()

    def __init__(self, fields: Mapping[str, Field], sources: Sources) -> None:
        super().__init__()
        mark(self, look="card")
        self._fields, self._sources = fields, sources
        self.lines: list[ConditionLine] = []
        self.joined = _joining(_JOINED)
        self.joined.changed.connect(self.changed)
        add = PushButton(said(_ADD))
        add.setToolTip(f"{said(_ADD)} (Insert)")
        add.clicked.connect(lambda _on=False: self.add().begin())
        head = QHBoxLayout()
        head.addWidget(self.joined)
        head.addStretch(1)
        head.addWidget(add)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(theme.M, theme.M, theme.M, theme.M)
        self._column.setSpacing(theme.S)
        self._column.addLayout(head)

    def add(self, one: Filter | None = None) -> ConditionLine:
        """A line more, blank or of a condition."""
        line = ConditionLine(self._fields, self._sources)
        line.changed.connect(self.changed)
        line.removed.connect(lambda: self._remove(line))
        line.entered.connect(lambda: self._next(line))
        self.lines.append(line)
        self._column.addWidget(line)
        if one:
            line.show_filter(one)
        return line

    def group(self) -> Group:
        """What is whole of it."""
        parts = tuple(found for line in self.lines if (found := line.filter()))
        return Group(parts, self.joined.value() == "any")

    def _next(self, line: ConditionLine) -> None:
        """Enter in the last box: to the next line, which is made when there is none."""
        at = self.lines.index(line) + 1
        if at < len(self.lines):
            self.lines[at].begin()
        elif line.filter():
            self.add().begin()

    def _remove(self, line: ConditionLine) -> None:
        at = self.lines.index(line)
        self.lines.remove(line)
        self._column.removeWidget(line)
        line.hide()
        line.deleteLater()
        if self.lines:
            self.lines[max(at - 1, 0)].begin()
        else:
            self.emptied.emit()
        self.changed.emit()


class FilterWindow(QDialog):
    """`wanted` carries the conditions; `count` says how many rows fit some, from any thread."""

    wanted = Signal(object)

    def __init__(
        self,
        parent: QWidget | None,
        fields: Mapping[str, Field],
        sources: Sources,
        tasks: Tasks,
        count: Callable[[Conditions], int],
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(said(_TITLE))
        self._fields, self._sources, self._tasks, self._count = fields, sources, tasks, count
        self._turn = 0
        self.groups: list[GroupCard] = []
        self.joined = _joining(_BETWEEN)
        self.joined.changed.connect(self._changed)
        self._fit = Label("", "muted")
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._ask_count)
        self._lay_out()
        self._add_keys()
        self.resize(_WIDTH, _HEIGHT)

    def _lay_out(self) -> None:
        inner = QWidget()
        mark(inner, look="scrolled")
        self._cards = QVBoxLayout(inner)
        self._cards.setContentsMargins(0, 0, 0, 0)
        self._cards.setSpacing(theme.M)
        self._cards.addStretch(1)
        more = PushButton(said(_ADD_GROUP))
        more.setToolTip(f"{said(_ADD_GROUP)} (Ctrl+Insert)")
        more.clicked.connect(lambda _on=False: self.add_group())
        head = QHBoxLayout()
        for part in (Label(_TITLE, "section"), self.joined):
            head.addWidget(part)
        head.addStretch(1)
        head.addWidget(more)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.L, theme.L, theme.L, theme.L)
        column.setSpacing(theme.M)
        column.addLayout(head)
        column.addWidget(Scrolled(inner), 1)
        column.addLayout(self._foot())

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        clear, cancel, self.button = (PushButton(said(one)) for one in (_CLEAR, _CANCEL, _SHOW))
        mark(self.button, look="primary")
        self.button.setDefault(True)
        self.button.setToolTip(f"{said(_SHOW)} (Ctrl+Enter)")
        clear.clicked.connect(lambda _on=False: self.show_conditions(()))
        cancel.clicked.connect(lambda _on=False: self.reject())
        self.button.clicked.connect(lambda _on=False: self.take())
        foot.addWidget(self._fit)
        foot.addStretch(1)
        for one in (clear, cancel, self.button):
            foot.addWidget(one)
        return foot

    def _add_keys(self) -> None:
        keys: dict[str, Callable[[], object]] = {
            "Ctrl+Return": self.take,
            "Ctrl+Enter": self.take,
            "Insert": lambda: self._here().add().begin(),
            "Ctrl+Insert": self.add_group,
        }
        for key, act in keys.items():
            QShortcut(QKeySequence(key), self).activated.connect(act)

    def show_conditions(self, conditions: Conditions) -> None:
        """Show conditions as this window made them; none is one blank line."""
        for card in tuple(self.groups):
            self._drop(card)
        whole = conditions[0] if conditions else Group()
        outer = whole if isinstance(whole, Group) else Group(conditions)
        self.joined.choose("any" if outer.either else "all")
        for part in outer.parts:
            group = part if isinstance(part, Group) else Group((part,))
            card = self._new_card(group.either)
            for one in group.parts:
                card.add(one if isinstance(one, Filter) else None)
        if not self.groups:
            self._new_card(either=False).add()
        self.groups[0].lines[0].begin()
        self._changed()

    def conditions(self) -> Conditions:
        """What is asked; nothing when no line is whole."""
        parts = tuple(group for card in self.groups if (group := card.group()).parts)
        return (Group(parts, self.joined.value() == "any"),) if parts else ()

    def add_group(self) -> None:
        """A group more, with a blank line."""
        self._new_card(either=False).add().begin()
        self._changed()

    def take(self) -> None:
        """Show the rows that fit."""
        self.wanted.emit(self.conditions())
        self.accept()

    def _new_card(self, either: bool) -> GroupCard:
        card = GroupCard(self._fields, self._sources)
        card.joined.choose("any" if either else "all")
        card.changed.connect(self._changed)
        card.emptied.connect(lambda: self._emptied(card))
        self.groups.append(card)
        self._cards.insertWidget(self._cards.count() - 1, card)
        return card

    def _emptied(self, card: GroupCard) -> None:
        """A group without a line goes; the last one keeps a blank line."""
        if len(self.groups) > 1:
            self._drop(card)
            self.groups[-1].lines[-1].begin()
        else:
            card.add().begin()

    def _drop(self, card: GroupCard) -> None:
        self.groups.remove(card)
        self._cards.removeWidget(card)
        card.hide()
        card.deleteLater()

    def _here(self) -> GroupCard:
        """The group in which the keyboard is, else the last."""
        focus = self.focusWidget()
        return next((card for card in self.groups if focus and card.isAncestorOf(focus)), self.groups[-1])

    def _changed(self) -> None:
        self.joined.setVisible(len(self.groups) > 1)
        self._turn += 1
        self._pause.start()

    def _ask_count(self) -> None:
        turn = self._turn
        self._tasks.read(self._count, self.conditions(), done=lambda count: self._show_count(turn, count))

    def _show_count(self, turn: int, count: int) -> None:
        if turn == self._turn:
            self._fit.say(_FIT, n=number(count))
