"""The window of an office: pages from the side bar, and open files as tabs beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol, runtime_checkable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from migdesk.i18n import N_
from migdesk.ui.look import theme
from migdesk.ui.parts.actions import Action
from migdesk.ui.parts.frame import PageFrame
from migdesk.ui.parts.tab_strip import TabStrip
from migdesk.ui.shell.main_window import MainWindow, Page, Session
from migdesk.ui.workplace import Workplace


@runtime_checkable
class Begins(Protocol):
    """A body that says where the keyboard is when its page comes to the front."""

    def begin(self) -> None:
        """Put it there."""


class BareFrame(PageFrame):
    """The frame of a page that says itself what it is, and has its actions in its body."""

    def __init__(
        self, title: str, keymap: Mapping[str, str] | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(title, keymap, parent)
        self._title.hide()
        self._actions.hide()
        self._column.setContentsMargins(theme.XL, theme.M, theme.XL, theme.L)
        self._column.setSpacing(theme.S)
        self.setAccessibleName(title)


class OfficeWindow(MainWindow):
    """`closing` comes before the window is gone; `work` is what its pages work with."""

    closing = Signal()

    def __init__(
        self,
        pages: Sequence[Page],
        session: Session,
        work: Workplace,
        keymap: Mapping[str, str] | None = None,
    ) -> None:
        self.work = work
        self._tabs = TabStrip()
        self._to_build: dict[str, tuple[Page, bool]] = {}
        super().__init__(pages, session, keymap)
        self._tabs.chosen.connect(self._show_tab)
        self._tabs.closed.connect(self.close_tab)
        work.noticed.connect(self.tell)
        for keys, run in (
            ("Ctrl+Tab", lambda: self._tabs.step(1)),
            ("Ctrl+Shift+Tab", lambda: self._tabs.step(-1)),
            ("Ctrl+W", self.close_current),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(run)

    def _lay_out(self) -> None:
        super()._lay_out()
        self._column.insertWidget(1, self._tabs)

    def _add_own_commands(self) -> None:
        super()._add_own_commands()
        (self._undo,) = self.add_commands(
            Action("window.undo", N_("Undo the last operation"), self._ask_undo, "undo", "Ctrl+Z")
        )

    def _ask_undo(self) -> None:
        self.work.undo_wanted.emit("")

    def show_undo(self, words: str) -> None:
        """Say in the menu and beside the pointer what undo would take back, or why it would not."""
        self._undo.explain(words)

    def open(self, key: str) -> PageFrame:
        """Open a page of the side bar, or bring an open tab to the front.

        Raises:
            KeyError: there is no such page.
        """
        if key in self.tabs():
            self._build(key)
            self._tabs.bring(key)
            self._bring(key)
            return self._frames[key]
        page = self._pages[key]
        self._tabs.show_page(page.icon, page.title)
        self._page = key
        frame = super().open(key)
        self._begin(frame)
        return frame

    def open_tab(self, page: Page, words: str = "", *, bare: bool = False) -> PageFrame:
        """Open something in a tab of its own; one that is open already comes to the front.

        `words` name the tab: data such as a person's name, which may also come later by `rename_tab`. A `bare`
        one has no row with a title: its body says itself what it is.
        """
        self.add_tab(page, words, bare=bare)
        return self.open(page.key)

    def add_tab(self, page: Page, words: str = "", *, bare: bool = False) -> None:
        """A tab behind the others, unless it is there; what it shows is made when it first comes to the front."""
        if page.key not in self.tabs():
            self._to_build[page.key] = (page, bare)
            self._tabs.add(page.key, page.icon, words)

    def _build(self, key: str) -> None:
        if key in self._to_build:
            page, bare = self._to_build.pop(key)
            frame = (BareFrame if bare else PageFrame)(page.title, self._keymap)
            frame.topic = page.help
            self._frames[key] = frame
            self._stack.addWidget(frame)
            frame.set_body(page.build(frame))

    def rename_tab(self, key: str, words: str) -> None:
        """Name a tab when its file was read."""
        if key in self._tabs.names():
            self._tabs.rename(key, words)

    def tabs(self) -> list[str]:
        """Keys of the open tabs, without the page of the side bar."""
        return self._tabs.names()[1:]

    def close_tab(self, key: str) -> None:
        """Close a tab; nothing is asked, what was typed is kept as a draft by whoever edits.

        One that a person closed meanwhile, such as an intake that was still being saved, is closed already.
        """
        if key not in self.tabs():
            return
        front = self._tabs.remove(key)
        self._to_build.pop(key, None)
        frame = self._frames.pop(key, None)
        self._show_tab(front)
        if frame:
            self._stack.removeWidget(frame)
            frame.deleteLater()

    def close_current(self) -> None:
        """Close the tab in front, unless it is a page of the side bar."""
        if self._tabs.current():
            self.close_tab(self._tabs.current())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc that nobody else wanted closes the tab in front; from the search box it goes back to the page."""
        if event.key() == Qt.Key.Key_Escape and not event.modifiers():
            if self.search.hasFocus():
                self._frames[self.current()].focus_body()
            else:
                self.close_current()
            event.accept()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Say it first: others keep what is to be kept."""
        self.closing.emit()
        super().closeEvent(event)

    def _show_tab(self, key: str) -> None:
        self.open(key or self._page)

    def _bring(self, key: str) -> None:
        frame = self._frames[key]
        self._stack.setCurrentWidget(frame)
        self._show_commands(frame)
        frame.focus_body()
        self._begin(frame)
        self.opened.emit(key)

    def _begin(self, frame: PageFrame) -> None:
        """A body that knows where the keyboard should be gets its way, unless somebody walks the side bar."""
        if self._side.holds_focus():
            return
        for body in frame.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
            if isinstance(body, Begins):
                body.begin()
