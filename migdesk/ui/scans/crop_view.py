"""A picture with the frame that becomes the photo: arrows move it, plus and minus scale it; the mouse may too."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from migdesk.domain.photo import Cut
from migdesk.i18n import N_
from migdesk.ui.look import fonts, theme
from migdesk.ui.look.words import said

_NAME = N_("Part of the picture that becomes the photo")
_EMPTY = N_("Choose a picture, drop it here, or paste it (Ctrl+V).")
_STEP, _LEAP, _SCALE = 0.02, 0.10, 1.05
_MOVES = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_SCALES = {
    Qt.Key.Key_Plus: 1 / _SCALE,
    Qt.Key.Key_Equal: 1 / _SCALE,
    Qt.Key.Key_Minus: _SCALE,
    Qt.Key.Key_Underscore: _SCALE,
}
_SHADE = 150
_EYES, _CHIN = 0.42, 0.82
"""Where eyes and chin lie in a good photo, as shares of its height: quiet lines to aim at."""


class CropView(QWidget):
    """Shows a picture and the frame; `moved` comes after each change by a person."""

    moved = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._image = QImage()
        self.cut: Cut | None = None
        self._held: QPointF | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(said(_NAME))
        self.setMinimumSize(QSize(240, 120))

    def show_picture(self, image: QImage, cut: Cut) -> None:
        """Show a picture with this frame."""
        self._image, self.cut = image, cut
        self.update()

    def part(self) -> QImage:
        """What lies in the frame."""
        if self.cut is None:
            return QImage()
        left, top, right, bottom = self.cut.box(self._image.width(), self._image.height())
        return self._image.copy(QRectF(left, top, right - left, bottom - top).toRect())

    def set_cut(self, cut: Cut) -> None:
        """Another frame."""
        self.cut = cut
        self.update()
        self.moved.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move by small steps, with Shift by large ones; plus brings the face nearer, minus farther."""
        key = Qt.Key(event.key())
        if self.cut and key in _MOVES:
            step = _LEAP if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else _STEP
            right, down = _MOVES[key]
            self.set_cut(self.cut.moved(right * step, down * step))
        elif self.cut and key in _SCALES:
            self.set_cut(self.cut.scaled(_SCALES[key]))
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel scales."""
        if self.cut and event.angleDelta().y():
            self.set_cut(self.cut.scaled(1 / _SCALE if event.angleDelta().y() > 0 else _SCALE))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the frame."""
        self._held = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Draw the frame along."""
        frame = self._frame()
        if self.cut and self._held is not None and not frame.isEmpty():
            way = event.position() - self._held
            self._held = event.position()
            self.set_cut(self.cut.moved(way.x() / frame.width(), way.y() / frame.height()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        self._held = None

    def paintEvent(self, event: QPaintEvent) -> None:
        """The picture, dark outside the frame."""
        colours = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), QColor(colours.sunken))
        if self.cut is None:
            painter.setFont(fonts.font())
            painter.setPen(QColor(colours.muted))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.rect().adjusted(24, 24, -24, -24), int(flags), said(_EMPTY))
        else:
            room, frame = self._room(), self._frame()
            painter.drawImage(room, self._image)
            outside = QPainterPath()
            outside.addRect(room)
            inside = QPainterPath()
            inside.addRect(frame)
            painter.fillPath(outside.subtracted(inside), QColor(0, 0, 0, _SHADE))
            self._paint_frame(painter, frame)
        if self.hasFocus():
            painter.setPen(QPen(QColor(colours.accent), 2))
            painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))

    def _paint_frame(self, painter: QPainter, frame: QRectF) -> None:
        """White beside black is seen on any picture."""
        for colour, width in ((Qt.GlobalColor.black, 3), (Qt.GlobalColor.white, 1)):
            painter.setPen(QPen(QColor(colour), width))
            painter.drawRect(frame)
        painter.setPen(QPen(Qt.GlobalColor.white, 1, Qt.PenStyle.DotLine))
        for share in (_EYES, _CHIN):
            y = frame.top() + frame.height() * share
            painter.drawLine(QPointF(frame.left(), y), QPointF(frame.right(), y))

    def _room(self) -> QRectF:
        """Where the picture lies: as large as it fits, in the middle."""
        size = self._image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        left, top = (self.width() - size.width()) / 2, (self.height() - size.height()) / 2
        return QRectF(left, top, size.width(), size.height())

    def _frame(self) -> QRectF:
        if self.cut is None:
            return QRectF()
        room = self._room()
        left, top, width, height = self.cut.sides
        return QRectF(
            room.left() + left * room.width(),
            room.top() + top * room.height(),
            width * room.width(),
            height * room.height(),
        )
