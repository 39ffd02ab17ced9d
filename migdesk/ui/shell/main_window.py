"""The window: side bar, top bar, one page at a time, status bar; nothing of the office's business."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QMenu, QStackedWidget, QVBoxLayout, QWidget

from migdesk.i18n import N_
from migdesk.ui.look import theme
from migdesk.ui.parts.actions import Action, Command
from migdesk.ui.parts.frame import PageFrame
from migdesk.ui.parts.messages import Notice
from migdesk.ui.shell.side_bar import Place, SideBar
from migdesk.ui.shell.status_bar import Counter, StatusBar
from migdesk.ui.shell.top_bar import SearchBox, TopBar


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its key, icon and English title, what builds its body when it is first opened, its page of help."""

    key: str
    icon: str
    title: str
    build: Callable[..., QWidget]
    help: str = ""


@dataclass(frozen=True, slots=True)
class Session:
    """What stands around every page: office, operator, the day, and whether it is pretended by `--on`."""

    office: str
    operator: str
    today: date
    pretended: bool = False


class MainWindow(QMainWindow):
    """Shows the pages it is given; pages are built when first opened and then kept.

    `opened` carries the key of a page, `view_wanted` that of a pinned view; `language_wanted` kk, ru or en;
    `theme_wanted` light or dark.
    """

    opened = Signal(str)
    view_wanted = Signal(str)
    language_wanted = Signal(str)
    theme_wanted = Signal(str)

    def __init__(
        self, pages: Sequence[Page], session: Session, keymap: Mapping[str, str] | None = None
    ) -> None:
        super().__init__()
        self._pages = {page.key: page for page in pages}
        self._frames: dict[str, PageFrame] = {}
        self._keymap = keymap or {}
        self._commands: list[Command] = []
        self._side = SideBar([Place(page.key, page.icon, page.title) for page in pages])
        self._top = TopBar()
        self._stack = QStackedWidget()
        self._status = StatusBar()
        self._menu = QMenu(self)
        self._top.set_menu(self._menu)
        self._lay_out()
        self._connect()
        self.setWindowTitle("MigDesk")
        self.setMinimumSize(640, 360)
        self.resize(1366, 768)
        self.show_session(session.office, session.operator)
        self._top.show_date(session.today, pretended=session.pretended)
        self._add_own_commands()
        if pages:
            self.open(pages[0].key)

    def show_session(self, office: str, operator: str) -> None:
        """Name the office and who works in it."""
        self._side.show_session(office, operator)

    def _lay_out(self) -> None:
        self._column = QVBoxLayout()
        self._column.setSpacing(0)
        for part in (self._top, self._stack, self._status):
            self._column.addWidget(part)
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._side)
        row.addLayout(self._column, 1)
        self.setCentralWidget(whole)

    def _connect(self) -> None:
        self._side.chosen.connect(self.open)
        self._side.view_chosen.connect(self.view_wanted)
        self._top.language.chosen.connect(self.language_wanted)
        self._top.theme_wanted.connect(self.theme_wanted)
        for at, key in enumerate(list(self._pages)[:10]):
            shortcut = QShortcut(QKeySequence(f"Ctrl+{(at + 1) % 10}"), self)
            shortcut.activated.connect(lambda key=key: self.open(key))

    def _add_own_commands(self) -> None:
        self.add_commands(
            Action("window.search", N_("Search"), self.focus_search, "search", "F3; Ctrl+K"),
            Action(
                "window.area", N_("Next part of the window"), self.focus_next_area, keys="F6", in_bar=False
            ),
            Action("window.menu", N_("Menu"), self._top.open_menu, "menu", "F10"),
        )

    @property
    def search(self) -> SearchBox:
        """The search box: what is typed comes by its signals `asked` and `sent`."""
        return self._top.search

    def open(self, key: str) -> PageFrame:
        """Open a page, building it the first time.

        Raises:
            KeyError: there is no such page.
        """
        page = self._pages[key]
        if key not in self._frames:
            frame = PageFrame(page.title, self._keymap)
            frame.topic = page.help
            frame.counted.connect(lambda count: self._side.show_count(key, count))
            self._frames[key] = frame
            self._stack.addWidget(frame)
            frame.set_body(page.build(frame))
        frame = self._frames[key]
        self._stack.setCurrentWidget(frame)
        self._side.mark_current(key)
        self._show_commands(frame)
        if not self._side.holds_focus():
            frame.focus_body()
        self.opened.emit(key)
        return frame

    def current(self) -> str:
        """Key of the open page."""
        shown = self._stack.currentWidget()
        return next((key for key, frame in self._frames.items() if frame is shown), "")

    def topic(self) -> str:
        """The page of help that fits what is open."""
        return self._frames[self.current()].topic

    def frame(self, key: str) -> PageFrame | None:
        """The frame of a page, if it was ever opened."""
        return self._frames.get(key)

    def add_commands(self, *actions: Action) -> list[Command]:
        """Actions that work on every page: in the menu, and by their keys."""
        made = [Command(one, self, self._keymap) for one in actions]
        self._commands.extend(made)
        if self.current():
            self._show_commands(self._frames[self.current()])
        return made

    def menu(self) -> QMenu:
        """All that can be done here, for the keyboard (F10)."""
        return self._menu

    def focus_search(self) -> None:
        """Go to the search box with all its words selected."""
        self._top.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._top.search.selectAll()

    def focus_next_area(self) -> None:
        """From the side bar to the page and back (F6)."""
        if self._side.holds_focus():
            self._frames[self.current()].return_to_body()
        else:
            self._side.focus_current()

    def tell(self, notice: Notice) -> None:
        """Show a message over the open page."""
        self._frames[self.current()].tell(notice)

    def show_count(self, key: str, count: int) -> None:
        """Put a number beside a page in the side bar."""
        self._side.show_count(key, count)

    def show_views(self, views: Sequence[tuple[Place, int]]) -> None:
        """Show the pinned views with their counts below the pages of the side bar."""
        self._side.show_views(views)

    def show_counters(self, counters: Sequence[Counter]) -> None:
        """Show how many terms run out, at the bottom."""
        self._status.show_counters(counters)

    def show_saved(self, at: time) -> None:
        """Say at the bottom when the last save was."""
        self._status.show_saved(at)

    def show_date(self, today: date, *, pretended: bool) -> None:
        """The day changed: midnight passed."""
        self._top.show_date(today, pretended=pretended)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow window keeps only the icons of the side bar."""
        super().resizeEvent(event)
        self._side.set_narrow(self.width() < theme.NARROW_WINDOW)

    def _show_commands(self, frame: PageFrame) -> None:
        """Keys at the bottom and the menu: first what this page does, then what works everywhere."""
        self._menu.clear()
        self._menu.addActions(frame.commands)
        self._menu.addSeparator()
        self._menu.addActions(self._commands)
        self._status.show_keys(sorted([*self._commands, *frame.commands], key=_key_order))


def _key_order(command: Command) -> tuple[int, int, bool]:
    """F1 … F12 in order, each before the same with Shift, other keys after them."""
    shift, _plus, name = command.shortcut().toString().rpartition("+")
    is_function = shift in ("", "Shift") and name[:1] == "F" and name[1:].isdigit()
    return (0, int(name[1:]), bool(shift)) if is_function else (1, 0, False)
