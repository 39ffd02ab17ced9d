"""The steps of a wizard along its top: done, here, to come."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from migdesk.i18n import N_
from migdesk.ui.look import fonts, icons, theme
from migdesk.ui.look.words import said

_HEIGHT, _CIRCLE = 36, 24
_STEP = N_("Step {n} of {all}: {name}")


class StepsBar(QWidget):
    """Shows where a wizard is; names are English messages."""

    def __init__(self, names: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names = tuple(names)
        self._at = 0
        self.setFixedHeight(_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.retranslate()

    def go_to(self, at: int) -> None:
        """Mark a step as the one we are at."""
        self._at = at
        self.retranslate()

    def at(self) -> int:
        """The step we are at, from 0."""
        return self._at

    def sizeHint(self) -> QSize:
        """Room for every name."""
        wide = sum(fonts.width(said(name), theme.BODY, fonts.SEMIBOLD) + _CIRCLE + 48 for name in self._names)
        return QSize(wide, _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Only the circles, when there is no room for names."""
        return QSize((_CIRCLE + theme.M) * len(self._names), _HEIGHT)

    def retranslate(self) -> None:
        """Say the step for a screen reader, draw it for the eye."""
        name = said(self._names[self._at])
        self.setAccessibleName(said(_STEP, n=self._at + 1, all=len(self._names), name=name))
        self.updateGeometry()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Circles with numbers or ticks, names beside them, a line between."""
        colours = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        named = self.width() >= self.sizeHint().width() - 60
        x = 1.0
        for at, name in enumerate(self._names):
            x = self._paint_step(painter, x, at, said(name) if named or at == self._at else "", colours)
            if at + 1 < len(self._names):
                painter.setPen(QPen(QColor(colours.line), 1))
                middle = _HEIGHT / 2
                painter.drawLine(QPointF(x + theme.S, middle), QPointF(x + theme.S + theme.L, middle))
                x += theme.L + 2 * theme.S

    def _paint_step(self, painter: QPainter, x: float, at: int, name: str, colours: theme.Theme) -> float:
        circle = QRectF(x, (_HEIGHT - _CIRCLE) / 2, _CIRCLE, _CIRCLE)
        here, done = at == self._at, at < self._at
        painter.setPen(QPen(QColor(colours.accent if here or done else colours.edge), 1.5))
        painter.setBrush(QColor(colours.accent if here else colours.tint if done else colours.surface))
        painter.drawEllipse(circle)
        if done:
            icons.paint(painter, "ok", circle.adjusted(4, 4, -4, -4), colours.accent)
        else:
            painter.setPen(QColor(colours.on_accent if here else colours.muted))
            painter.setFont(fonts.font(theme.SMALL, fonts.SEMIBOLD))
            painter.drawText(circle, int(Qt.AlignmentFlag.AlignCenter), str(at + 1))
        if not name:
            return circle.right()
        weight = fonts.SEMIBOLD if here else fonts.REGULAR
        painter.setFont(fonts.font(theme.BODY, weight))
        painter.setPen(QColor(colours.text if here else colours.muted))
        wide = fonts.width(name, theme.BODY, weight) + 2
        room = QRectF(circle.right() + theme.S, 0, wide, _HEIGHT)
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), name)
        return room.right()
