"""One of a few, each in as many lines as its words need: which paper, which language, which report."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QSizePolicy, QVBoxLayout, QWidget

from migdesk.ui.look import fonts, theme
from migdesk.ui.parts.clickable import Clickable

_SIDE, _ABOVE, _MARK = 12, 7, 14


class ChoiceButton(Clickable):
    """A line that can be chosen; words are data or already said."""

    def __init__(self, key: str, words: str) -> None:
        super().__init__()
        self.key = key
        self.setText(words)
        self.setAccessibleName(words)
        self.setCheckable(True)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        """Narrower means higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """All its words in their lines."""
        return self._words_room(width).height() + 2 * _ABOVE

    def sizeHint(self) -> QSize:
        """A calm width."""
        return QSize(200, self.heightForWidth(200))

    def minimumSizeHint(self) -> QSize:
        """Narrow, but whole words."""
        return QSize(120, self.heightForWidth(max(self.width(), 120)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, round mark, words, focus."""
        colours = theme.current()
        painter = QPainter(self)
        ground = colours.tint if self.isChecked() else colours.hover if self.underMouse() else colours.surface
        self.paint_ground(painter, ground)
        self._paint_mark(painter, colours)
        painter.setFont(fonts.font(theme.BODY, fonts.SEMIBOLD if self.isChecked() else fonts.REGULAR))
        painter.setPen(QColor(colours.accent if self.isChecked() else colours.text))
        room = self._words_room(self.width())
        painter.drawText(room, int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft), self.text())

    def _paint_mark(self, painter: QPainter, colours: theme.Theme) -> None:
        line = fonts.height()
        room = QRectF(_SIDE, _ABOVE + (line - _MARK) / 2, _MARK, _MARK)
        painter.setPen(QColor(colours.accent if self.isChecked() else colours.edge))
        painter.setBrush(QColor(colours.surface))
        painter.drawEllipse(room)
        if self.isChecked():
            painter.setBrush(QColor(colours.accent))
            painter.drawEllipse(room.adjusted(4, 4, -4, -4))

    def _words_room(self, width: int) -> QRect:
        left = _SIDE + _MARK + theme.S
        wide = max(width - left - _SIDE, 40)
        metrics = QFontMetrics(fonts.font(theme.BODY, fonts.SEMIBOLD))
        asked = metrics.boundingRect(
            QRect(0, 0, wide, 10_000), int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft), self.text()
        )
        return QRect(left, _ABOVE, wide, asked.height())


class ChoiceColumn(QWidget):
    """Several of which one is chosen; `chosen` carries its key. Arrows walk, as in any such group."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, ChoiceButton] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)

    def show_choices(self, choices: Sequence[tuple[str, str]]) -> None:
        """Offer these, by key and words; the chosen one stays chosen when it is still there."""
        before = self.key()
        for old in self._buttons.values():
            self._group.removeButton(old)
            self._column.removeWidget(old)
            old.deleteLater()
        self._buttons = {key: ChoiceButton(key, words) for key, words in choices}
        for key, button in self._buttons.items():
            button.clicked.connect(lambda _on=False, key=key: self.chosen.emit(key))
            self._group.addButton(button)
            self._column.addWidget(button)
        if before in self._buttons:
            self.choose(before)

    def choose(self, key: str) -> None:
        """Mark one as chosen, without telling."""
        if key in self._buttons:
            self._buttons[key].setChecked(True)

    def take_focus(self) -> None:
        """Bring the keyboard to the chosen one, else to the first."""
        for button in (self._buttons.get(self.key()), *self._buttons.values()):
            if button:
                button.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def key(self) -> str:
        """The chosen one; nothing while none is."""
        return next((key for key, button in self._buttons.items() if button.isChecked()), "")

    def keys(self) -> list[str]:
        """What is offered."""
        return list(self._buttons)
