"""A chart on the window: the pointer or the arrow keys choose a step, Enter opens what is behind it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from migdesk.i18n import N_
from migdesk.ui.charts import draw as charts
from migdesk.ui.charts.draw import Chart
from migdesk.ui.look import fonts, theme
from migdesk.ui.look.words import said

_NOTHING = N_("Nothing to count yet")


class ChartView(QWidget):
    """Shows a `Chart`; `opened` carries the place of the step a person wants to see in detail."""

    opened = Signal(int)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._chart = Chart((), ())
        self._chosen = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.retranslate()

    def show_chart(self, chart: Chart) -> None:
        """Show other numbers."""
        self._chart = chart
        self._choose(len(chart.labels) - 1 if self.hasFocus() else -1)
        self.retranslate()

    def retranslate(self) -> None:
        """Say the name (an English message) in the current language."""
        self.setAccessibleName(said(self._name))
        self._choose(self._chosen)

    def chosen(self) -> int:
        """The step with the focus or the pointer; -1 for none."""
        return self._chosen

    def sizeHint(self) -> QSize:
        """A calm size."""
        return QSize(300, 220)

    def minimumSizeHint(self) -> QSize:
        """Below this a chart says nothing."""
        return QSize(160, 120)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The step under the pointer shows its value."""
        self._choose(self._step_at(event.position().x()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click opens."""
        at = self._step_at(event.position().x())
        if at >= 0 and event.button() is Qt.MouseButton.LeftButton:
            self.opened.emit(at)

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer left."""
        if not self.hasFocus():
            self._choose(-1)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The newest step first."""
        super().focusInEvent(event)
        if self._chosen < 0:
            self._choose(len(self._chart.labels) - 1)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Nothing is chosen without focus."""
        super().focusOutEvent(event)
        self._choose(-1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows, Home and End choose; Enter opens."""
        last = len(self._chart.labels) - 1
        moves = {
            Qt.Key.Key_Left: max(self._chosen - 1, 0),
            Qt.Key.Key_Right: min(self._chosen + 1, last),
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        if event.key() in moves and last >= 0:
            self._choose(moves[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._chosen >= 0:
            self.opened.emit(self._chosen)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the chart, or say that there is nothing."""
        colours = theme.current()
        painter = QPainter(self)
        if not self._chart.labels:
            painter.setFont(fonts.font())
            painter.setPen(QColor(colours.muted))
            painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), said(_NOTHING))
            return
        charts.paint(painter, self._room(), self._chart, colours, self._chosen)
        if self.hasFocus():
            painter.setPen(QColor(colours.accent))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            body = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
            painter.drawRoundedRect(body, theme.RADIUS, theme.RADIUS)

    def _room(self) -> QRectF:
        return QRectF(self.rect()).adjusted(theme.XS, theme.XS, -theme.XS, -theme.XS)

    def _step_at(self, x: float) -> int:
        plot = charts.plan(self._room(), self._chart)
        if not self._chart.labels or not plot.field.left() <= x < plot.field.right():
            return -1
        return min(int((x - plot.field.left()) / plot.step), len(self._chart.labels) - 1)

    def _choose(self, at: int) -> None:
        self._chosen = at if at < len(self._chart.labels) else -1
        words = self._chart.words(self._chosen) if self._chosen >= 0 else ""
        self.setAccessibleDescription(words)
        self.setToolTip(words)
        self.update()
