"""The place of a photo: the picture, or a drawing that says that there is none yet."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from migdesk.i18n import N_
from migdesk.ui.look import icons, theme
from migdesk.ui.look.words import said
from migdesk.ui.parts.clickable import Clickable

_LARGE, _SMALL = QSize(84, 108), QSize(60, 78)
_NONE, _PHOTO, _CHANGE = N_("No photo yet"), N_("Photo"), N_("Choose the photo…")


class Photo(QWidget):
    """A passport photo, 35:45."""

    def __init__(self) -> None:
        super().__init__()
        self._picture = QPixmap()
        self.setFixedSize(_LARGE)
        self.show_image(QImage())

    def show_image(self, image: QImage) -> None:
        """Another picture; nothing for an empty one."""
        self._picture = QPixmap.fromImage(image)
        words = said(_NONE if self._picture.isNull() else _PHOTO)
        self.setToolTip(words)
        self.setAccessibleName(words)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the picture, or a silhouette."""
        _paint(QPainter(self), self.rect(), self._picture)


class PhotoButton(Clickable):
    """The photo in a file; a click or Enter chooses another."""

    def __init__(self, content: bytes | None, *, small: bool = False) -> None:
        super().__init__()
        self._picture = QPixmap()
        if content:
            self._picture.loadFromData(content)
        self.setFixedSize(_SMALL if small else _LARGE)
        words = f"{said(_NONE if self._picture.isNull() else _PHOTO)}. {said(_CHANGE)}"
        self.setToolTip(words)
        self.setAccessibleName(words)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the picture, or a silhouette, and the ring where the keyboard is."""
        painter = QPainter(self)
        _paint(painter, self.rect(), self._picture)
        painter.setClipping(False)
        self.paint_ground(painter, edge=theme.current().edge if self.underMouse() else "")


def _paint(painter: QPainter, place: QRect, picture: QPixmap) -> None:
    """A picture cut to its place."""
    colours, room = theme.current(), QRectF(place)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    shape = QPainterPath()
    shape.addRoundedRect(room, theme.RADIUS, theme.RADIUS)
    painter.setClipPath(shape)
    painter.fillRect(place, QColor(colours.sunken))
    if picture.isNull():
        side = room.width() * 0.5
        middle = QRectF((room.width() - side) / 2, (room.height() - side) / 2, side, side)
        icons.paint(painter, "person", middle, colours.edge)
        return
    source = QRectF(picture.rect())
    scale = max(room.width() / source.width(), room.height() / source.height())
    whole = QRectF(0, 0, source.width() * scale, source.height() * scale)
    whole.moveCenter(room.center())
    painter.drawPixmap(whole, picture, source)
