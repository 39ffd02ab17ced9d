"""The place of a photo: the picture, or a drawing that says that there is none yet."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from migdesk.i18n import N_
from migdesk.ui.look import icons, theme
from migdesk.ui.look.words import said

WIDE, HIGH = 84, 108
_NONE, _PHOTO = N_("No photo yet"), N_("Photo")


class Photo(QWidget):
    """A passport photo, 35:45."""

    def __init__(self, content: bytes | None, *, small: bool = False) -> None:
        super().__init__()
        self._picture = QPixmap()
        if content:
            self._picture.loadFromData(content)
        self.setFixedSize(QSize(60, 78) if small else QSize(WIDE, HIGH))
        words = said(_NONE if self._picture.isNull() else _PHOTO)
        self.setToolTip(words)
        self.setAccessibleName(words)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the picture, cut to its place, or a silhouette."""
        colours = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(self.rect()), theme.RADIUS, theme.RADIUS)
        painter.setClipPath(shape)
        painter.fillRect(self.rect(), QColor(colours.sunken))
        if self._picture.isNull():
            side = self.width() * 0.5
            place = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
            icons.paint(painter, "person", place, colours.edge)
            return
        source = QRectF(self._picture.rect())
        scale = max(self.width() / source.width(), self.height() / source.height())
        room = QRectF(0, 0, source.width() * scale, source.height() * scale)
        room.moveCenter(QRectF(self.rect()).center())
        painter.drawPixmap(room, self._picture, source)
