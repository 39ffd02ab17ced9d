"""Where the cursor of a group is, in words that a draft can keep, and the way back there."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from migdesk.ui.entry.inputs import type_on
from migdesk.ui.groups.above import AbovePart
from migdesk.ui.groups.folded import Folding
from migdesk.ui.groups.grid import GroupGrid

FIRST = "above/arrival.purpose"


class Places:
    """Whoever comes back to the page finds the cursor where he left it, and types on."""

    def __init__(self, page: QWidget, above: AbovePart, folding: Folding, grid: GroupGrid) -> None:
        self._page, self._above, self._folding, self._grid = page, above, folding, grid
        self._was_away = False
        self.last = FIRST

    def place(self) -> str:
        """Where it is now."""
        if self._above.focused():
            return f"above/{self._above.focused()}"
        widget = self._page.focusWidget()
        if self._page.isVisible() and widget and (widget is self._grid or self._grid.isAncestorOf(widget)):
            at, name = self._grid.place()
            return f"cell/{at}/{name}"
        return self.last

    def begin(self) -> None:
        """Go where it was last."""
        first, _slash, rest = self.last.partition("/")
        if first == "cell":
            at, _slash, name = rest.partition("/")
            self._grid.go_to(int(at or 0), name)
        else:
            self._folding.show_fields()
            self._above.go_to(rest)

    def leave(self) -> None:
        """The page goes out of sight."""
        self.last, self._was_away = self.place(), True

    def come_back(self) -> None:
        """The page is to be seen again."""
        self.begin()
        if self._was_away:
            type_on(self._page.focusWidget())
