"""A row of tabs that scrolls when there is no room, with our own arrows."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QTabBar, QToolButton, QWidget

from migdesk.ui.look import icons
from migdesk.ui.look.style import mark

_ARROW = 12
_AROUND, _AROUND_TIGHT = 22, 10
"""Pixels around the words of a tab, as the style sheet has them."""


class TabBar(QTabBar):
    """Tabs as wide as their words, closer in little room; Qt draws its arrows blank under a style sheet."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setExpanding(False)
        self.setDrawBase(False)
        self.setUsesScrollButtons(True)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        buttons = self.findChildren(QToolButton, options=Qt.FindChildOption.FindDirectChildrenOnly)
        for name, button in zip(("left", "right"), buttons, strict=False):
            button.setArrowType(Qt.ArrowType.NoArrow)
            button.setIcon(icons.icon(name))
            button.setIconSize(QSize(_ARROW, _ARROW))
            mark(button, look="arrow")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may need tighter tabs."""
        super().resizeEvent(event)
        self._fit()

    def tabLayoutChange(self) -> None:
        """Other words, in another language, may need tighter tabs."""
        super().tabLayoutChange()
        self._fit()

    def least_widths(self) -> list[int]:
        """Pixels that each tab needs when they stand close."""
        return [width + _AROUND_TIGHT for width in self._words()]

    def _words(self) -> list[int]:
        return [self.fontMetrics().horizontalAdvance(self.tabText(at)) for at in range(self.count())]

    def _fit(self) -> None:
        """Tabs stand closer when their words need it; only then do they scroll."""
        need = sum(width + _AROUND for at, width in enumerate(self._words()) if self.isTabVisible(at))
        look = "tight" if need > self.width() else ""
        if look != (self.property("look") or ""):
            self.setProperty("look", look)
            self.style().unpolish(self)
            self.style().polish(self)
            QApplication.sendEvent(self, QEvent(QEvent.Type.StyleChange))  # measure the tabs anew
