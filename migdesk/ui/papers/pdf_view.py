"""Pages of a paper as they will print, and their thumbnails at the side."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from migdesk.i18n import N_
from migdesk.ui.look import fonts, theme
from migdesk.ui.look.style import mark
from migdesk.ui.look.words import said
from migdesk.ui.parts.blocks import clear
from migdesk.ui.parts.clickable import Clickable

DPI = 110
"""Dots per inch of the pictures on screen: a page of A4 is then a little wider than its room."""

_WIDEST = 900
_THUMB = 92
_PAGE, _PAGES = N_("Page {n} of {all}"), N_("Pages as they will print")


class _Page(QWidget):
    """One page on its sheet of paper, as wide as there is room."""

    def __init__(self, image: QImage, words: str) -> None:
        super().__init__()
        self._image = image
        self.setAccessibleName(words)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        """The shape of the paper."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Never wider than it was drawn."""
        return self._paper(width).height() + 2

    def sizeHint(self) -> QSize:
        """As drawn."""
        return QSize(min(self._image.width(), _WIDEST), self.heightForWidth(_WIDEST))

    def minimumSizeHint(self) -> QSize:
        """Small enough for a narrow window."""
        return QSize(120, 100)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the paper."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        paper = self._paper(self.width())
        paper.moveLeft((self.width() - paper.width()) // 2)
        painter.fillRect(paper.adjusted(-1, -1, 1, 1), QColor(theme.current().line))
        painter.drawImage(paper, self._image)

    def _paper(self, width: int) -> QRect:
        wide = max(min(width - 2, self._image.width(), _WIDEST), 1)
        return QRect(1, 1, wide, round(wide * self._image.height() / max(self._image.width(), 1)))


class _Thumbnail(Clickable):
    """A small page that brings the large one into sight."""

    def __init__(self, image: QImage, words: str, number: int) -> None:
        super().__init__()
        self._image = image.scaledToWidth(_THUMB, Qt.TransformationMode.SmoothTransformation)
        self._number = str(number)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.setFixedSize(_THUMB + 12, self._image.height() + 30)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the page, its number, and where we are."""
        colours = theme.current()
        painter = QPainter(self)
        paper = QRect(6, 6, self._image.width(), self._image.height())
        edge = colours.accent if self.isChecked() or self.hasFocus() else colours.line
        thick = 2 if self.isChecked() or self.hasFocus() else 1
        painter.fillRect(paper.adjusted(-thick, -thick, thick, thick), QColor(edge))
        painter.drawImage(paper.topLeft(), self._image)
        painter.setFont(fonts.font(theme.SMALL, fonts.SEMIBOLD if self.isChecked() else fonts.REGULAR))
        painter.setPen(QColor(colours.accent if self.isChecked() else colours.muted))
        below = QRect(0, paper.bottom() + 4, self.width(), 18)
        painter.drawText(below, int(Qt.AlignmentFlag.AlignCenter), self._number)


class Thumbnails(QScrollArea):
    """The pages in small; `chosen` carries the place of one."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        inner = QWidget()
        mark(inner, look="scrolled")
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.XS)
        self._buttons: list[_Thumbnail] = []
        self.setWidget(inner)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_pages(self, images: Sequence[QImage]) -> None:
        """Show these."""
        clear(self._column)
        self._buttons = []
        for at, image in enumerate(images):
            button = _Thumbnail(image, said(_PAGE, n=at + 1, all=len(images)), at + 1)
            button.clicked.connect(lambda _on=False, at=at: self.chosen.emit(at))
            self._buttons.append(button)
            self._column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        self._column.addStretch(1)
        self.mark_current(0)

    def mark_current(self, at: int) -> None:
        """The page that is in sight."""
        if 0 <= at < len(self._buttons):
            self._buttons[at].setChecked(True)


class PagesView(QScrollArea):
    """The pages below each other; `moved` carries the place of the one in sight."""

    moved = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        inner = QWidget()
        mark(inner, look="scrolled")
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(theme.S, theme.S, theme.S, theme.S)
        self._column.setSpacing(theme.L)
        self._pages: list[_Page] = []
        self.setWidget(inner)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().valueChanged.connect(self._tell)
        self.retranslate()

    def show_pages(self, images: Sequence[QImage]) -> None:
        """Show these, from the first."""
        clear(self._column)
        self._pages = [
            _Page(image, said(_PAGE, n=at + 1, all=len(images))) for at, image in enumerate(images)
        ]
        for page in self._pages:
            self._column.addWidget(page)
        self._column.addStretch(1)
        self.verticalScrollBar().setValue(0)

    def count(self) -> int:
        """How many pages there are."""
        return len(self._pages)

    def go_to(self, at: int) -> None:
        """Bring a page into sight."""
        if 0 <= at < len(self._pages):
            self.verticalScrollBar().setValue(self._pages[at].y() - theme.S)

    def retranslate(self) -> None:
        """Say the name in the current language."""
        self.setAccessibleName(said(_PAGES))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Pages follow the room there is."""
        super().resizeEvent(event)
        self._tell()

    def _tell(self) -> None:
        middle = self.verticalScrollBar().value() + self.viewport().height() // 3
        seen = [at for at, page in enumerate(self._pages) if page.y() <= middle and (page.y() or not at)]
        self.moved.emit(seen[-1] if seen else 0)
