"""The strip of tabs above the pages: first the page of the side bar, then every open file."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QTabBar, QToolButton, QWidget

from migdesk.i18n import N_
from migdesk.ui.look import icons, theme
from migdesk.ui.look.style import mark
from migdesk.ui.look.words import said
from migdesk.ui.parts.clickable import ToolButton
from migdesk.ui.parts.tab_bar import TabBar

_CLOSE = N_("Close the tab (Esc)")
_TABS = N_("Open files")
_WIDEST = 230


class _Bar(TabBar):
    """Tabs as wide as their words, but never wider than a name needs."""

    closed = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setElideMode(Qt.TextElideMode.ElideRight)
        self.setIconSize(QSize(theme.ICON, theme.ICON))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def tabSizeHint(self, index: int) -> QSize:
        """Its words, at most so wide."""
        size = super().tabSizeHint(index)
        return QSize(min(size.width(), _WIDEST), size.height())

    def minimumTabSizeHint(self, index: int) -> QSize:
        """The same: tabs scroll rather than shrink."""
        return self.tabSizeHint(index)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The middle button closes."""
        super().mouseReleaseEvent(event)
        at = self.tabAt(event.position().toPoint())
        if event.button() is Qt.MouseButton.MiddleButton and at > 0:
            self.closed.emit(at)


class TabStrip(QWidget):
    """Hidden until a file is open. `chosen` and `closed` carry the key of a tab; the page's own is empty."""

    chosen = Signal(str)
    closed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        mark(self, look="top")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._page = ("", "")
        self._bar = _Bar()
        self._bar.addTab("")
        self._keys = [""]
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.M, 0, theme.M, 0)
        row.addWidget(self._bar)
        self._bar.currentChanged.connect(lambda at: self.chosen.emit(self._keys[at]))
        self._bar.closed.connect(lambda at: self.closed.emit(self._keys[at]))
        self.retranslate()
        self.hide()

    def names(self) -> list[str]:
        """Tabs from left to right, the page's own first."""
        return list(self._keys)

    def current(self) -> str:
        """The tab in front."""
        return self._keys[self._bar.currentIndex()]

    def show_page(self, icon: str, title: str) -> None:
        """The first tab is now this page (an English message); it comes to the front."""
        self._page = (icon, title)
        self._bar.setTabIcon(0, icons.icon(icon, "muted"))
        self.retranslate()
        self._bring(0)

    def add(self, key: str, icon: str, words: str) -> None:
        """A new tab behind the one in front; `words` are data, such as a name."""
        at = self._bar.count()
        self._keys.append(key)
        self._bar.blockSignals(True)
        self._bar.addTab(icons.icon(icon, "muted"), words)
        self._bar.setTabButton(at, QTabBar.ButtonPosition.RightSide, self._closer(key))
        self._bar.blockSignals(False)
        self.show()

    def rename(self, key: str, words: str) -> None:
        """Say its name, known only when the file was read."""
        at = self._keys.index(key)
        self._bar.setTabText(at, words.replace("&", "&&"))
        self._bar.setTabToolTip(at, words)

    def bring(self, key: str) -> None:
        """Put a tab in front."""
        self._bring(self._keys.index(key))

    def remove(self, key: str) -> str:
        """Take a tab away; the answer is the one now in front."""
        at = self._keys.index(key)
        self._bar.blockSignals(True)
        self._keys.pop(at)
        self._bar.removeTab(at)
        self._bar.blockSignals(False)
        self.setVisible(len(self._keys) > 1)
        return self.current()

    def step(self, steps: int) -> None:
        """Go to the next tab or the one before, round and round."""
        self._bar.setCurrentIndex((self._bar.currentIndex() + steps) % self._bar.count())

    def retranslate(self) -> None:
        """Say the page's tab in the current language."""
        self._bar.setTabText(0, said(self._page[1]))
        self._bar.setAccessibleName(said(_TABS))
        for at in range(1, self._bar.count()):
            button = self._bar.tabButton(at, QTabBar.ButtonPosition.RightSide)
            button.setToolTip(said(_CLOSE))
            button.setAccessibleName(said(_CLOSE))

    def _bring(self, at: int) -> None:
        self._bar.blockSignals(True)
        self._bar.setCurrentIndex(at)
        self._bar.blockSignals(False)

    def _closer(self, key: str) -> QToolButton:
        button = ToolButton()
        mark(button, look="tiny")
        button.setIcon(icons.icon("close", "muted"))
        button.setIconSize(QSize(12, 12))
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setToolTip(said(_CLOSE))
        button.setAccessibleName(said(_CLOSE))
        button.clicked.connect(lambda _checked=False: self.closed.emit(key))
        return button
