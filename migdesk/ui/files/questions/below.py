"""The part below the fields of a small window."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QWidget

from migdesk.ui.look import theme
from migdesk.ui.parts.frame import Scrolled

HIGHEST = 280
"""Pixels it takes at most."""


class Below(Scrolled):
    """The part below a form: as high as it is, so that the form keeps the rest, and scrolls when it is long."""

    def __init__(self, inner: QWidget) -> None:
        super().__init__(inner)
        self._inner = inner
        self._fit()
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._follow)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What grows or shrinks is followed."""
        if event.type() is QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words that wrap need another height in another width."""
        super().resizeEvent(event)
        self._fit()

    def _follow(self, _old: QWidget | None, now: QWidget | None) -> None:
        """The keyboard goes on to a field below the edge: it comes into sight."""
        if now and self._inner.isAncestorOf(now):
            self.ensureWidgetVisible(now, 0, theme.XL)

    def _fit(self) -> None:
        need = max(self._inner.heightForWidth(self.viewport().width()), self._inner.sizeHint().height())
        self.setFixedHeight(min(need, HIGHEST))
