"""How far a file has grown: a thin bar with its percentage."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from migdesk.i18n import N_
from migdesk.ui.look import fonts, theme
from migdesk.ui.look.words import said

_SAID = N_("The file is complete to {n} %")
_WIDE, _HIGH, _THICK = 56, 18, 6


class GrowthBar(QWidget):
    """Shows how much of what an official paper asks is there; said to a screen reader too."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.percent = 0
        self.setFont(fonts.font(theme.SMALL))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.retranslate()

    def show_growth(self, lacking: int, asked: int) -> None:
        """So many things are missing of so many; a hundred only when nothing is."""
        percent = 100 * max(asked - lacking, 0) // asked if asked else 100
        if percent != self.percent:
            self.percent = percent
            self.retranslate()
            self.update()

    def retranslate(self) -> None:
        """Say the percentage in the current language."""
        self.setAccessibleName(said(_SAID, n=self.percent))
        self.setToolTip(said(_SAID, n=self.percent))

    def sizeHint(self) -> QSize:
        """Bar, gap, percentage."""
        words = self.fontMetrics().horizontalAdvance(_percent(100))
        return QSize(_WIDE + theme.S + words, max(_HIGH, self.fontMetrics().height()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The groove, what is filled of it, the percentage."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        colours = theme.current()
        top = (self.height() - _THICK) / 2
        painter.setBrush(QColor(colours.line))
        painter.drawRoundedRect(QRectF(0, top, _WIDE, _THICK), _THICK / 2, _THICK / 2)
        painter.setBrush(QColor(colours.ok if self.percent == 100 else colours.accent))
        if self.percent:
            wide = max(_WIDE * self.percent / 100, _THICK)
            painter.drawRoundedRect(QRectF(0, top, wide, _THICK), _THICK / 2, _THICK / 2)
        painter.setPen(QColor(colours.muted))
        left = _WIDE + theme.S
        place = QRectF(left, 0, self.width() - left, self.height())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, _percent(self.percent))


def _percent(number: int) -> str:
    return f"{number} %"
