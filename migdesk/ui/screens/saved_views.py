"""Views that are kept under a name: one button with a menu, and chips for those that are always in sight."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QMenu, QToolButton

from migdesk.domain.change import Done
from migdesk.domain.fields import spec
from migdesk.domain.saved_view import Audience, SavedView
from migdesk.i18n import N_
from migdesk.services import views
from migdesk.services.desk import Desk
from migdesk.services.views import Asked
from migdesk.ui.entry.editor import Section
from migdesk.ui.files.questions.form_dialog import NARROW, FormDialog, Question, ask
from migdesk.ui.lists.filters import View, ViewChip
from migdesk.ui.look import icons, theme
from migdesk.ui.look.style import mark
from migdesk.ui.look.words import said
from migdesk.ui.parts.clickable import ToolButton
from migdesk.ui.workplace import Workplace

_NAME, _KEEP = N_("Saved views"), N_("Save what is shown…")
_FORGET, _NONE = N_("Forget"), N_("Nothing saved yet")
_PINNED = N_("Pinned to the side bar")
_NOW_PINNED, _UNPINNED = N_("On the side bar: {name}"), N_("No longer on the side bar: {name}")
_TITLE, _BUTTON = N_("Save what is shown"), N_("Save")
_LEAD = N_("The same name replaces what you kept under it. Dates such as “this month” move with the day.")
_KEPT, _FORGOTTEN = N_("View kept: {name}"), N_("View forgotten: {name}")
_ASKED = ("name", "audience", "pinned")
MOST_PINNED = 6
"""So many kept views stand as chips; more are in the menu."""


class PinnedChip(ViewChip):
    """A kept view that is always in sight; `chosen` carries it."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__(View("", ""))
        self.setCheckable(False)
        self.setIcon(icons.icon("star", "muted"))
        self.kept: SavedView | None = None
        self.clicked.connect(lambda _on=False: self.chosen.emit(self.kept))
        self.hide()

    def show_view(self, kept: SavedView | None) -> None:
        """Stand for another view; for none it goes out of sight."""
        self.kept = kept
        self.show_words(kept.name if kept else "")
        self.setVisible(kept is not None)


class SavedViews(ToolButton):
    """`chosen` carries a `SavedView`; `now` tells what would be kept, `title` under which words."""

    chosen = Signal(object)

    def __init__(
        self, work: Workplace, name: str, now: Callable[[], Asked], title: Callable[[], str]
    ) -> None:
        super().__init__()
        self._work, self._name = work, name
        self._now, self._title = now, title
        self.chips = [PinnedChip() for _one in range(MOST_PINNED)]
        for chip in self.chips:
            chip.chosen.connect(self.chosen)
        mark(self, look="icon")
        self.setIcon(icons.icon("star", "muted"))
        self.setIconSize(QSize(theme.ICON, theme.ICON))
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self.fill)
        self.setMenu(self._menu)
        self.retranslate()

    def kept(self) -> list[SavedView]:
        """The kept views this operator sees."""
        return views.list_views(self._work.desk, self._name)

    def show_pinned(self) -> None:
        """Bring the chips up to date; their counts come later."""
        pinned: list[SavedView | None] = [one for one in self.kept() if one.pinned]
        missing = [None] * MOST_PINNED
        for chip, one in zip(self.chips, (*pinned, *missing), strict=False):
            if chip.kept != one:
                chip.show_view(one)

    def show_counts(self, counts: dict[str, int]) -> None:
        """Say how many rows the pinned views have, by their uid."""
        for chip in self.chips:
            if chip.kept and chip.kept.uid in counts:
                chip.show_count(counts[chip.kept.uid])

    def keep(self) -> FormDialog:
        """Ask for a name, and keep what is shown."""
        asked = self._now()

        def save(desk: Desk, values: dict[str, Any]) -> Done[SavedView]:
            view = SavedView(of_list=self._name, content=views.written(asked), **values)
            return views.keep_view(desk, view)

        question = Question(
            key=f"view.{self._name}",
            title=_TITLE,
            button=_BUTTON,
            specs=[spec(SavedView, name) for name in _ASKED],
            sections=(Section("", tuple((name,) for name in _ASKED)),),
            save=save,
            words=lambda done: said(_KEPT, name=done.value.name),
            values={"name": self._title(), "audience": Audience.MINE, "pinned": False},
            lead=_LEAD,
            width=NARROW,
        )
        return ask(self._work, question)

    def forget(self, view: SavedView) -> None:
        """Take a view out of the menu."""
        self._work.do(views.forget_view, view.uid, words=lambda done: said(_FORGOTTEN, name=done.value.name))

    def pin(self, view: SavedView, pinned: bool) -> None:
        """Put a view on the side bar and among the chips, or take it away from there."""
        words = _NOW_PINNED if pinned else _UNPINNED
        pin = functools.partial(views.pin_view, pinned=pinned)
        self._work.do(pin, view.uid, words=lambda _done: said(words, name=view.name))

    def fill(self) -> QMenu:
        """The menu as it stands now; a view of another operator says whose it is."""
        self._menu.clear()
        kept = self.kept()
        mine = self._work.desk.signer.login
        for one in kept:
            words = one.name if one.operator == mine else f"{one.name}  ({one.operator})"
            line = self._menu.addAction(words.replace("&", "&&"))
            line.triggered.connect(lambda _on=False, one=one: self.chosen.emit(one))
        if not kept:
            self._menu.addAction(said(_NONE)).setEnabled(False)
        self._menu.addSeparator()
        self._menu.addAction(said(_KEEP)).triggered.connect(lambda _on=False: self.keep())
        own = [one for one in kept if one.operator == mine]
        if own:
            pins = self._menu.addMenu(said(_PINNED))
            for one in own:
                line = pins.addAction(one.name.replace("&", "&&"))
                line.setCheckable(True)
                line.setChecked(one.pinned)
                line.toggled.connect(lambda on, one=one: self.pin(one, on))
            forget = self._menu.addMenu(said(_FORGET))
            for one in own:
                line = forget.addAction(one.name.replace("&", "&&"))
                line.triggered.connect(lambda _on=False, one=one: self.forget(one))
        return self._menu

    def retranslate(self) -> None:
        """Name the button in the current language."""
        self.setToolTip(said(_NAME))
        self.setAccessibleName(said(_NAME))
