"""The work list: each pair with both names, its score and the reasons, drawn in three lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
)

from migdesk.domain.person import Person
from migdesk.i18n import N_
from migdesk.services.people.duplicates import Pair
from migdesk.ui.look import fonts, theme
from migdesk.ui.look.theme import Tone
from migdesk.ui.look.words import said
from migdesk.ui.parts import pills
from migdesk.ui.parts.pills import Pill

Index = QModelIndex | QPersistentModelIndex

_TITLE = N_("Pairs that may be one person")
_SCORE = N_("{score} of 100")
_SIDE, _LINE, _HIGH = 12, 20, 76
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def person_words(person: Person) -> str:
    """Name and birth date in one line."""
    born = person.born_words
    return " · ".join(part for part in (person.full_name, born) if part)


def score_pill(pair: Pair) -> Pill:
    """How likely it is, in a tone that says whether it is nearly sure."""
    tone = Tone.BAD if pair.match.verdict == "same" else Tone.WARN
    return Pill(tone, said(_SCORE, score=pair.match.score), "people")


class PairModel(QAbstractListModel):
    """The pairs still to be decided."""

    def __init__(self) -> None:
        super().__init__()
        self.pairs: list[Pair] = []

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """How many pairs there are."""
        return 0 if parent.isValid() else len(self.pairs)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """All words of a pair in one string; the delegate draws them apart."""
        if not index.isValid() or role not in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.AccessibleTextRole,
        ):
            return None
        pair = self.pairs[index.row()]
        people = f"{person_words(pair.one)} – {person_words(pair.other)}"
        return "; ".join((people, said(_SCORE, score=pair.match.score), *pair.match.reasons))

    def show_pairs(self, pairs: Sequence[Pair]) -> None:
        """Other pairs."""
        self.beginResetModel()
        self.pairs = list(pairs)
        self.endResetModel()


class PairList(QListView):
    """`current_changed` tells that another pair, or none, is looked at; `entered` that Enter went on to it."""

    current_changed = Signal()
    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.model_of_pairs = PairModel()
        self.setModel(self.model_of_pairs)
        self.setItemDelegate(_Drawing(self))
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.selectionModel().currentChanged.connect(lambda *_rows: self.current_changed.emit())
        self.retranslate()

    @property
    def pairs(self) -> list[Pair]:
        """What is shown."""
        return self.model_of_pairs.pairs

    def show_pairs(self, pairs: Sequence[Pair], row: int = 0) -> None:
        """Show these and look at one of them."""
        self.model_of_pairs.show_pairs(pairs)
        self.go(min(row, len(pairs) - 1))
        if not pairs:
            self.current_changed.emit()

    def current(self) -> Pair | None:
        """The pair that is looked at."""
        row = self.row()
        return self.pairs[row] if 0 <= row < len(self.pairs) else None

    def row(self) -> int:
        """Its place in the list; -1 for none."""
        return self.currentIndex().row()

    def go(self, row: int) -> None:
        """Look at a pair; beyond the ends nothing happens."""
        if 0 <= row < len(self.pairs):
            self.setCurrentIndex(self.model_of_pairs.index(row))

    def retranslate(self) -> None:
        """Say scores and reasons in the current language."""
        self.setAccessibleName(said(_TITLE))
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on to the fields; with Ctrl it is the page's."""
        if event.key() in _ENTER and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def viewportEvent(self, event: Any) -> bool:
        """All names and reasons of a pair as its tooltip."""
        if isinstance(event, QHelpEvent):
            words = str(self.indexAt(event.pos()).data() or "")
            QToolTip.showText(event.globalPos(), words.replace("; ", "\n"), self)
            return True
        return super().viewportEvent(event)


class _Drawing(QStyledItemDelegate):
    """Two names below each other, then the score and what speaks for it."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Three lines."""
        return QSize(240, _HIGH)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one pair."""
        colours = theme.current()
        room: QRect = option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(room, QColor(colours.tint))
            wide = 3 if option.state & QStyle.StateFlag.State_HasFocus else 2
            painter.fillRect(room.left(), room.top(), wide, room.height(), QColor(colours.accent))
        painter.fillRect(room.left(), room.bottom(), room.width(), 1, QColor(colours.line))
        model = index.model()
        assert isinstance(model, PairModel)
        pair = model.pairs[index.row()]
        line = QRect(room.left() + _SIDE, room.top() + 7, room.width() - 2 * _SIDE, _LINE)
        for person in (pair.one, pair.other):
            fonts.write(
                painter, line, person_words(person), fonts.font(theme.BODY, fonts.SEMIBOLD), colours.text
            )
            line = line.translated(0, _LINE)
        pill = score_pill(pair)
        pills.paint(painter, line, pill, colours)
        rest = line.adjusted(pills.width(pill) + theme.S, 0, 0, 0)
        fonts.write(painter, rest, "; ".join(pair.match.reasons), fonts.font(theme.SMALL), colours.muted)
