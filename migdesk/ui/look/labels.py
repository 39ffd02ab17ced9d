"""Words on the window: labels that keep their message and say it again when the language changes."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from migdesk.ui.look import fonts, theme
from migdesk.ui.look.style import mark
from migdesk.ui.look.words import said

KINDS = {
    "body": (theme.BODY, fonts.REGULAR, "text"),
    "strong": (theme.BODY, fonts.SEMIBOLD, "text"),
    "muted": (theme.BODY, fonts.REGULAR, "muted"),
    "small": (theme.SMALL, fonts.REGULAR, "muted"),
    "caption": (theme.CAPTION, fonts.REGULAR, "muted"),
    "section": (theme.SECTION, fonts.SEMIBOLD, "text"),
    "title": (theme.TITLE, fonts.BOLD, "text"),
    "figure": (theme.FIGURE, fonts.BOLD, "text"),
    "brand": (theme.SECTION, fonts.BOLD, "accent"),
}
"""The type scale: size, weight, ink."""


class Label(QLabel):
    """A message, or plain text such as a name; never read as markup."""

    def __init__(self, message: str = "", kind: str = "body", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._message = message
        self._values: dict[str, object] = {}
        size, weight, ink = KINDS[kind]
        self.setFont(fonts.font(size, weight))
        self.setTextFormat(Qt.TextFormat.PlainText)
        mark(self, ink=ink)
        self.retranslate()

    def say(self, message: str, **values: object) -> None:
        """Say a message with these values, in this and every later language."""
        self._message, self._values = message, values
        self.retranslate()

    def show_text(self, text: str) -> None:
        """Show data, such as a name, that no language changes."""
        self._message, self._values = "", {}
        self.setText(text)

    def retranslate(self) -> None:
        """Say the message in the current language."""
        if self._message:
            self.setText(said(self._message, **self._values))

    def wrapped(self) -> Label:
        """The same label, over as many lines as it needs."""
        self.setWordWrap(True)
        return self


class ElidedLabel(Label):
    """One line that ends in … when there is no room; the whole text is then its tooltip."""

    def __init__(self, message: str = "", kind: str = "body", parent: QWidget | None = None) -> None:
        super().__init__(message, kind, parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def setText(self, text: str) -> None:
        """Set the text and its tooltip."""
        super().setText(text)
        self._tell()

    def is_elided(self) -> bool:
        """Whether the end of the text is left out now."""
        return self.fontMetrics().horizontalAdvance(self.text()) > self.contentsRect().width()

    def minimumSizeHint(self) -> QSize:
        """It may become narrow."""
        full = super().minimumSizeHint()
        return QSize(min(full.width(), 48), full.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The tooltip follows the room there is."""
        super().resizeEvent(event)
        self._tell()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what fits."""
        painter = QPainter(self)
        room = self.contentsRect()
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        self.style().drawItemText(
            painter,
            room,
            int(self.alignment()),
            self.palette(),
            self.isEnabled(),
            text,
            self.foregroundRole(),
        )

    def _tell(self) -> None:
        self.setToolTip(self.text() if self.is_elided() else "")
