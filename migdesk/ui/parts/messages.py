"""Messages: a strip that slides over the top edge of a page, with a link such as “undo”.

The page makes room for it, so that it hides neither heading nor buttons; no key is taken away, and a refusal
stays until it is read.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEasingCurve, QEvent, QPoint, QPropertyAnimation, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QEnterEvent,
    QHideEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from migdesk.i18n import N_
from migdesk.ui.look import icons, sound, theme
from migdesk.ui.look.labels import Label
from migdesk.ui.look.style import mark
from migdesk.ui.look.theme import Tone
from migdesk.ui.look.words import said
from migdesk.ui.parts.clickable import PushButton, ToolButton
from migdesk.ui.parts.pills import SYMBOLS

_CLOSE = N_("Close the message")
_READING_MS = 8000


@dataclass(frozen=True, slots=True)
class Notice:
    """What to tell: tone, words in the reader's language, a link with what it does, and `also` others."""

    tone: Tone
    words: str
    link: str = ""
    act: Callable[[], object] | None = None
    also: tuple[tuple[str, Callable[[], object]], ...] = ()

    @property
    def stays(self) -> bool:
        """Bad news waits until somebody closes it."""
        return self.tone in (Tone.BAD, Tone.WARN)


class MessageStrip(QWidget):
    """Lies at the top edge of its parent; hidden until there is something to tell.

    `room_wanted` carries the height that it covers there, in pixels.
    """

    room_wanted = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._page = parent
        self._notice = Notice(Tone.PLAIN, "")
        self._words = Label().wrapped()
        self._link = PushButton()
        mark(self._link, look="link")
        self._link.clicked.connect(self._follow)
        self._others: list[PushButton] = []
        self._close = ToolButton()
        mark(self._close, look="icon")
        self._close.setIcon(icons.icon("close"))
        self._close.clicked.connect(self.hide)
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(theme.XL + theme.ICON + theme.S, theme.S, theme.M, theme.S)
        row.setSpacing(theme.M)
        row.addWidget(self._words, 1)
        row.addWidget(self._link)
        row.addWidget(self._close)
        self._timer = QTimer(self, singleShot=True, interval=_READING_MS)
        self._timer.timeout.connect(self.hide)
        self._slide = QPropertyAnimation(self, b"pos", self)
        self._slide.setDuration(theme.SLIDE_MS)
        self._slide.setEasingCurve(QEasingCurve.Type.OutCubic)
        parent.installEventFilter(self)
        self.retranslate()
        self.hide()

    def tell(self, notice: Notice) -> None:
        """Show a notice in place of the one before; an error may be heard, too."""
        if notice.tone is Tone.BAD:
            sound.error()
        self._notice = notice
        self._words.show_text(notice.words)
        self._link.setText(notice.link)
        self._link.setVisible(bool(notice.link))
        self._show_others(notice)
        self.setAccessibleName(notice.words)
        self._place()
        self.raise_()
        self.show()
        self._come_in()
        self.room_wanted.emit(self.height())
        self._timer.stop()
        if not notice.stays:
            self._timer.start()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, notice.words))

    def take_back(self, tone: Tone) -> None:
        """What a notice of this tone told is over."""
        if self._notice.tone is tone:
            self.hide()

    def told(self) -> Notice | None:
        """The notice on show, if any."""
        return self._notice if self.isVisible() else None

    def retranslate(self) -> None:
        """Say the closing button in the current language; a notice keeps the words it came with."""
        self._close.setAccessibleName(said(_CLOSE))
        self._close.setToolTip(said(_CLOSE))

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Stay as wide as the page."""
        if event.type() is QEvent.Type.Resize:
            self._place()
            if self.isVisible():
                self.room_wanted.emit(self.height())
        return False

    def hideEvent(self, event: QHideEvent) -> None:
        """Give the room back; not when the whole page goes out of sight."""
        if self.isHidden():
            self.room_wanted.emit(0)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Somebody is reading: do not go."""
        self._timer.stop()

    def leaveEvent(self, event: QEvent) -> None:
        """Go when read."""
        if not self._notice.stays:
            self._timer.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground, lower edge, symbol."""
        colours = theme.current()
        tone = self._notice.tone
        ink = colours.ink(tone)
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(colours.surface))
        painter.fillRect(self.rect(), QColor(colours.ground(tone)))
        painter.fillRect(0, self.height() - 2, self.width(), 2, QColor(ink))
        if tone is not Tone.PLAIN:
            top = (self.height() - theme.ICON) / 2
            icons.paint(painter, SYMBOLS[tone], QRectF(theme.XL, top, theme.ICON, theme.ICON), ink)

    def _follow(self) -> None:
        self.hide()
        if self._notice.act:
            self._notice.act()

    def _show_others(self, notice: Notice) -> None:
        """A link for each other thing to do, before the closing button."""
        for button in self._others:
            button.hide()
            button.deleteLater()
        self._others = []
        for words, act in notice.also:
            button = PushButton(words)
            mark(button, look="link")
            button.clicked.connect(self.hide)
            button.clicked.connect(lambda _on=False, act=act: act())
            self._row.insertWidget(self._row.count() - 1, button)
            self._others.append(button)

    def _place(self) -> None:
        wide = self._page.width()
        self.setGeometry(0, 0, wide, max(self.heightForWidth(wide), self.sizeHint().height()))

    def _come_in(self) -> None:
        if not QApplication.isEffectEnabled(Qt.UIEffect.UI_General):
            return
        self._slide.stop()
        self._slide.setStartValue(QPoint(0, -self.height()))
        self._slide.setEndValue(QPoint(0, 0))
        self._slide.start()
