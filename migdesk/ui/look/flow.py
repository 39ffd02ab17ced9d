"""A row that goes on in a next line when there is no room: chips, filters, facts."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QWidget

from migdesk.ui.look import theme


class Flow(QLayout):
    """Lays its widgets from left to right, then below."""

    def __init__(self, parent: QWidget | None = None, gap: int = theme.S, lines: int = theme.S) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap, self._lines = gap, lines
        self._heights: dict[int, int] = {}
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        """Qt adds what `addWidget` was given."""
        self._items.append(item)
        self._heights.clear()

    def count(self) -> int:
        """How many there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Qt asks for one."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Qt takes one away."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """It grows by its widgets only."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Narrower means higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """How high at a width; holders ask it over and over, so it is remembered."""
        if width not in self._heights:
            self._heights[width] = self._arrange(QRect(0, 0, width, 0), place=False)
        return self._heights[width]

    def invalidate(self) -> None:
        """Something inside changed."""
        self._heights.clear()
        super().invalidate()

    def setGeometry(self, rect: QRect) -> None:
        """Put every widget in its place."""
        super().setGeometry(rect)
        self._arrange(rect, place=True)

    def sizeHint(self) -> QSize:
        """All in one line."""
        seen = [item.sizeHint() for item in self._items if not item.isEmpty()]
        wide = sum(size.width() for size in seen) + self._gap * max(len(seen) - 1, 0)
        return QSize(wide, max((size.height() for size in seen), default=0))

    def minimumSize(self) -> QSize:
        """The widest of them alone."""
        seen = [item.minimumSize() for item in self._items if not item.isEmpty()]
        return QSize(
            max((size.width() for size in seen), default=0), max((size.height() for size in seen), default=0)
        )

    def _arrange(self, rect: QRect, *, place: bool) -> int:
        """Walk the lines; the answer is how high they are together."""
        x, y = rect.x(), rect.y()
        line: list[tuple[QLayoutItem, QRect]] = []
        tall = 0
        for item in self._items:
            if item.isEmpty():
                continue
            size = item.sizeHint()
            wide = min(size.width(), rect.width()) if rect.width() > 0 else size.width()
            if item.hasHeightForWidth():
                size = QSize(wide, item.heightForWidth(wide))
            if line and x + wide > rect.x() + rect.width():
                if place:
                    _settle(line, tall)
                x, y, tall, line = rect.x(), y + tall + self._lines, 0, []
            line.append((item, QRect(QPoint(x, y), QSize(wide, size.height()))))
            x += wide + self._gap
            tall = max(tall, size.height())
        if place:
            _settle(line, tall)
        return y + tall - rect.y()


class FlowRow(QWidget):
    """A widget with a flow inside, as high as it needs to be."""

    def __init__(self, *widgets: QWidget, gap: int = theme.S, lines: int = theme.S) -> None:
        super().__init__()
        self.flow = Flow(self, gap, lines)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        for widget in widgets:
            self.flow.addWidget(widget)


def _settle(line: list[tuple[QLayoutItem, QRect]], tall: int) -> None:
    """All of a line in the middle of its height."""
    for item, room in line:
        item.setGeometry(room.translated(0, (tall - room.height()) // 2))
