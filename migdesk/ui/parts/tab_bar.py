"""A row of tabs that scrolls when there is no room, with our own arrows."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QTabBar, QToolButton, QWidget

from migdesk.ui.look import icons
from migdesk.ui.look.style import mark

_ARROW = 12


class TabBar(QTabBar):
    """Tabs as wide as their words; Qt draws its arrows blank under a style sheet."""

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
