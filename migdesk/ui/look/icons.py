"""Our own line icons, drawn in the colour of the words they stand beside.

The drawings are in `resources/icons`, on a grid of 18 px, with `currentColor` as their only colour.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from migdesk import paths
from migdesk.ui.look import theme


def icon(name: str, ink: str = "text") -> QIcon:
    """An icon that follows the theme: `ink` names the token of its colour.

    Raises:
        FileNotFoundError: no such drawing.
    """
    _drawing(name)
    return QIcon(_Engine(name, ink))


def pixmap(name: str, colour: str, size: int, ratio: float = 1.0) -> QPixmap:
    """A drawing in a colour `#RRGGBB`; `size` in pixels at 100 %, `ratio` of the screen."""
    return _pixmap(name, colour, size, round(ratio * 100))


def paint(painter: QPainter, name: str, rect: QRectF, colour: str) -> None:
    """Draw straight onto a painter, sharp at any scale and on paper."""
    _renderer(name, colour).render(painter, rect)


def names() -> list[str]:
    """All drawings there are."""
    return sorted(path.stem for path in _folder().glob("*.svg"))


def _folder() -> Path:
    return paths.resources() / "icons"


@cache
def _drawing(name: str) -> str:
    return (_folder() / f"{name}.svg").read_text(encoding="utf-8")


@cache
def _renderer(name: str, colour: str) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(_drawing(name).replace("currentColor", colour).encode()))


@cache
def _pixmap(name: str, colour: str, size: int, percent: int) -> QPixmap:
    side = round(size * percent / 100)
    picture = QPixmap(side, side)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    paint(painter, name, QRectF(0, 0, side, side), colour)
    painter.end()
    picture.setDevicePixelRatio(percent / 100)
    return picture


class _Engine(QIconEngine):
    """Draws in the theme of the moment, so that a switch of theme needs no new icons."""

    def __init__(self, name: str, ink: str) -> None:
        super().__init__()
        self._name = name
        self._ink = ink

    def _colour(self, mode: QIcon.Mode) -> str:
        ink = "muted" if mode is QIcon.Mode.Disabled else self._ink
        return theme.tokens(theme.current())[ink]

    def paint(self, painter: QPainter, rect: object, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Qt asks for a drawing in a rectangle."""
        paint(painter, self._name, QRectF(rect), self._colour(mode))  # type: ignore[call-overload]

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        """Qt asks for a picture; `size` in pixels at 100 %, `scale` of the screen."""
        return pixmap(self._name, self._colour(mode), min(size.width(), size.height()), scale)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """The same, for callers that know no scale."""
        return self.scaledPixmap(size, mode, state, 1.0)

    def clone(self) -> QIconEngine:
        """Qt copies icons."""
        return _Engine(self._name, self._ink)
