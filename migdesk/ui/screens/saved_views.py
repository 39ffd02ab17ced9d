"""Views a clerk keeps for himself: which rows, by which filters and words; one button with a menu."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QMenu, QToolButton

from migdesk.i18n import N_
from migdesk.ui.look import icons, theme
from migdesk.ui.look.style import mark
from migdesk.ui.look.words import said
from migdesk.ui.memory import Memory
from migdesk.ui.parts.clickable import ToolButton

_NAME, _KEEP = N_("Saved views"), N_("Save what is shown")
_FORGET, _NONE = N_("Forget"), N_("Nothing saved yet")


@dataclass(frozen=True, slots=True)
class Saved:
    """A kept view: its words, the ready view it starts from, typed words, and each filter's choice."""

    title: str
    view: str
    words: str = ""
    values: dict[str, str] = field(default_factory=dict)


class SavedViews(ToolButton):
    """`chosen` carries a `Saved`; `now` tells what would be kept."""

    chosen = Signal(object)

    def __init__(self, memory: Memory, name: str, now: Callable[[], Saved]) -> None:
        super().__init__()
        self._memory = memory
        self._place = f"views/{name}"
        self._now = now
        mark(self, look="icon")
        self.setIcon(icons.icon("star", "muted"))
        self.setIconSize(QSize(theme.ICON, theme.ICON))
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self.fill)
        self.setMenu(self._menu)
        self.retranslate()

    def kept(self) -> list[Saved]:
        """The kept views; a damaged memory keeps none."""
        try:
            found = json.loads(self._memory.recall(self._place) or "[]")
            return [_read(one) for one in found]
        except (ValueError, TypeError, KeyError):
            return []

    def keep(self) -> None:
        """Keep what is shown; the same words replace what they named before."""
        now = self._now()
        self._write([*(one for one in self.kept() if one.title != now.title), now])

    def forget(self, title: str) -> None:
        """Take a view out of the menu."""
        self._write([one for one in self.kept() if one.title != title])

    def fill(self) -> QMenu:
        """The menu as it stands now."""
        self._menu.clear()
        kept = self.kept()
        for one in kept:
            self._menu.addAction(one.title).triggered.connect(
                lambda _on=False, one=one: self.chosen.emit(one)
            )
        if not kept:
            self._menu.addAction(said(_NONE)).setEnabled(False)
        self._menu.addSeparator()
        self._menu.addAction(said(_KEEP)).triggered.connect(lambda _on=False: self.keep())
        if kept:
            forget = self._menu.addMenu(said(_FORGET))
            for one in kept:
                forget.addAction(one.title).triggered.connect(
                    lambda _on=False, title=one.title: self.forget(title)
                )
        return self._menu

    def retranslate(self) -> None:
        """Name the button in the current language."""
        self.setToolTip(said(_NAME))
        self.setAccessibleName(said(_NAME))

    def _write(self, views: list[Saved]) -> None:
        self._memory.keep(self._place, json.dumps([asdict(one) for one in views], ensure_ascii=False))


def _read(raw: dict[str, Any]) -> Saved:
    values = {str(key): str(value) for key, value in dict(raw["values"]).items()}
    return Saved(str(raw["title"]), str(raw["view"]), str(raw["words"]), values)
