"""Tabs inside a file: each is built when it is first shown; those without room are in a menu at the end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from migdesk.i18n import N_
from migdesk.ui.look import theme
from migdesk.ui.look.words import number, said
from migdesk.ui.parts.clickable import ToolButton
from migdesk.ui.parts.tab_bar import TabBar

_NAME, _MORE = N_("Parts of the page"), N_("More parts of the page")


@dataclass(frozen=True, slots=True)
class Tab:
    """Key, English title, how many there are (nothing for no number), and what builds it."""

    key: str
    title: str
    build: Callable[[], QWidget]
    count: int | None = None


class LazyTabs(QWidget):
    """Tabs over their contents; `shown` carries the key of the one that came to the front."""

    shown = Signal(str)

    def __init__(self, tabs: Sequence[Tab], current: str = "") -> None:
        super().__init__()
        self._tabs = list(tabs)
        self._built: dict[str, QWidget] = {}
        self._bar = TabBar()
        self._stack = QStackedWidget()
        self._more = ToolButton()
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._more.setMenu(QMenu(self._more))
        self._more.hide()
        for tab in self._tabs:
            self._bar.addTab(_words(tab))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.S)
        top = QHBoxLayout()
        top.setSpacing(0)
        top.addWidget(self._bar, 1)
        top.addWidget(self._more)
        column.addLayout(top)
        column.addWidget(self._stack, 1)
        self._bar.currentChanged.connect(self._show)
        self._name_bars()
        self.open(current or self._tabs[0].key)

    def open(self, key: str) -> QWidget:
        """Bring a tab to the front.

        Raises:
            ValueError: there is none of this key.
        """
        at = [tab.key for tab in self._tabs].index(key)
        self._bar.setTabVisible(at, True)
        self._bar.setCurrentIndex(at)
        self._show(at)
        return self._built[key]

    def current(self) -> str:
        """Key of the tab in front."""
        return self._tabs[self._bar.currentIndex()].key

    def names(self) -> list[str]:
        """All tabs."""
        return [tab.key for tab in self._tabs]

    def retranslate(self) -> None:
        """Name the tabs in the current language."""
        self._name_bars()
        for at, tab in enumerate(self._tabs):
            self._bar.setTabText(at, _words(tab))
        self._share_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width has room for more tabs, or for fewer."""
        super().resizeEvent(event)
        self._share_room()

    def _name_bars(self) -> None:
        self._bar.setAccessibleName(said(_NAME))
        self._more.setAccessibleName(said(_MORE))
        self._more.setToolTip(said(_MORE))

    def _share_room(self) -> None:
        """Tabs stay from the first on, and the current one always; the rest is in the menu."""
        widths, current = self._bar.least_widths(), self._bar.currentIndex()
        away: list[int] = []
        if sum(widths) > self.width():
            left = self.width() - self._more.sizeHint().width() - widths[current]
            for at, width in enumerate(widths):
                if at == current:
                    continue
                left -= width
                if left < 0:
                    away.append(at)
        for at in range(len(widths)):
            self._bar.setTabVisible(at, at not in away)
        self._more.setText(f"+{number(len(away))}")
        self._more.setVisible(bool(away))
        self._more.menu().clear()
        for at in away:
            self._more.menu().addAction(_words(self._tabs[at]), partial(self.open, self._tabs[at].key))

    def _show(self, at: int) -> None:
        tab = self._tabs[at]
        if tab.key not in self._built:
            self._built[tab.key] = tab.build()
            self._stack.addWidget(self._built[tab.key])
        self._stack.setCurrentWidget(self._built[tab.key])
        self._share_room()
        self.shown.emit(tab.key)


def _words(tab: Tab) -> str:
    return f"{said(tab.title)}\u2002{number(tab.count)}" if tab.count else said(tab.title)
