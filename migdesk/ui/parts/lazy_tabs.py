"""Tabs inside a file: each is built when it is first shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from migdesk.i18n import N_
from migdesk.ui.look import theme
from migdesk.ui.look.words import number, said
from migdesk.ui.parts.tab_bar import TabBar

_NAME = N_("Parts of the page")


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
        for tab in self._tabs:
            self._bar.addTab(_words(tab))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.S)
        column.addWidget(self._bar)
        column.addWidget(self._stack, 1)
        self._bar.currentChanged.connect(self._show)
        self._bar.setAccessibleName(said(_NAME))
        self.open(current or self._tabs[0].key)

    def open(self, key: str) -> QWidget:
        """Bring a tab to the front.

        Raises:
            ValueError: there is none of this key.
        """
        at = [tab.key for tab in self._tabs].index(key)
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
        self._bar.setAccessibleName(said(_NAME))
        for at, tab in enumerate(self._tabs):
            self._bar.setTabText(at, _words(tab))

    def _show(self, at: int) -> None:
        tab = self._tabs[at]
        if tab.key not in self._built:
            self._built[tab.key] = tab.build()
            self._stack.addWidget(self._built[tab.key])
        self._stack.setCurrentWidget(self._built[tab.key])
        self.shown.emit(tab.key)


def _words(tab: Tab) -> str:
    return f"{said(tab.title)}\u2002{number(tab.count)}" if tab.count else said(tab.title)
