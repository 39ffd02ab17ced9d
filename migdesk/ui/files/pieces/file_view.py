"""A file: one record with everything around it, beside its list or in a tab of its own.

The file is read away from the window and built anew when what it shows changed, or the language; what a
person chose or typed in it is carried over.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, runtime_checkable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QStackedLayout, QVBoxLayout, QWidget

from migdesk import crash
from migdesk.domain.errors import MigDeskError
from migdesk.i18n import N_
from migdesk.services.desk import Desk
from migdesk.ui.entry.inputs import ENTER
from migdesk.ui.files.pieces.focus_place import place_in
from migdesk.ui.look.theme import Tone
from migdesk.ui.look.words import said
from migdesk.ui.parts.actions import Action
from migdesk.ui.parts.fresh import FreshView
from migdesk.ui.parts.panel import Panel, Words
from migdesk.ui.workplace import Kind, Target, Workplace

_NOTHING = Words("open", N_("Choose a row to see its file here"))
_LOADING = Words("clock", N_("One moment…"))
_FAILED, _BUG, _AGAIN = (
    N_("The file cannot be shown"),
    N_("Something went wrong in the program."),
    N_("Try again"),
)
_PATIENCE_MS = 150
_ROOMY = (780, 440)
"""Pixels a file needs to be laid out in columns; smaller windows scroll it as one column."""
_TURNS = 3
"""Turns of the event loop in which a new content grows before it takes the place of the old one."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What the content of a file is built from.

    `wide` is false beside a list and in a small window; `tab` is true in a tab of its own; `carried` is what
    the content before it handed over.
    """

    work: Workplace
    target: Target
    data: Any
    wide: bool
    tab: bool = False
    carried: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FileSpec:
    """One kind of file: how it is read, named and built, whose changes matter to it, its page of help."""

    kind: Kind
    icon: str
    title: str
    load: Callable[[Desk, str], Any]
    build: Callable[[Opened], QWidget]
    name: Callable[[Any], str]
    watches: frozenset[str]
    help: str


@runtime_checkable
class Goes(Protocol):
    """A content whose first action Enter does, wherever nothing else takes it."""

    def enter(self) -> None:
        """Do what the first button says."""


@runtime_checkable
class Pastes(Protocol):
    """A content that takes a picture or files from the clipboard, wherever the cursor is in it."""

    def paste(self) -> None:
        """Take what lies in the clipboard."""


@runtime_checkable
class Carries(Protocol):
    """A content that hands over what a person chose or typed, before it is built anew."""

    def carry(self) -> dict[str, Any]:
        """What the next content gets."""


class FileView(FreshView):
    """Shows the file of one record; `named` carries its name when it was read."""

    named = Signal(str)

    def __init__(self, work: Workplace, spec: FileSpec, *, wide: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.spec = spec
        self._work = work
        self._wide = wide
        self._uid = ""
        self._turn = 0
        self.is_stale = False
        self._is_roomy = True
        self.content: QWidget | None = None
        self._coming: QWidget | None = None
        self._shown = ""
        self._nothing = Panel(_NOTHING)
        self._loading = Panel(_LOADING)
        self._failed = Panel(
            Words("bad", _FAILED, _BUG, Action("file.again", _AGAIN, self.refresh, "refresh"), Tone.BAD)
        )
        self._stack = QStackedLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._stack)
        for page in (self._nothing, self._loading, self._failed):
            self._stack.addWidget(page)
        self._slow = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._slow.timeout.connect(lambda: self._stack.setCurrentWidget(self._loading))
        if wide:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(said(spec.title))
        self.keep_fresh(work.changed, work.day_changed, self.spec.watches)

    @property
    def target(self) -> Target:
        """What is shown."""
        return Target(self.spec.kind, self._uid)

    def show_uid(self, uid: str) -> None:
        """Show another record; nothing for an empty uid."""
        if uid == self._uid and self.content is not None and not self.is_stale:
            return
        self._uid = uid
        if uid:
            self.refresh()
        else:
            self._turn += 1
            self._slow.stop()
            self._drop()
            self._stack.setCurrentWidget(self._nothing)

    def refresh(self) -> None:
        """Read the file again."""
        if not self._uid:
            return
        self._turn += 1
        turn = self._turn
        self.is_stale = False
        if self._shown != self._uid:
            self._slow.start()
        self._work.tasks.read(
            self.spec.load,
            self._work.desk,
            self._uid,
            done=functools.partial(self._show, turn),
            failed=functools.partial(self._fail, turn),
            patience=0,
        )

    def retranslate(self) -> None:
        """Everything is said anew: titles of services come in the language in which they were read."""
        self.become_stale()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A window that became small, or large, needs the file laid out otherwise."""
        super().resizeEvent(event)
        if self._wide and self.content and self._has_room() != self._is_roomy:
            self.become_stale()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter does the first action of the content; with Ctrl it is the page's. Ctrl+V takes in a scan."""
        plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() in ENTER and plain and isinstance(self.content, Goes):
            self.content.enter()
        elif event.matches(QKeySequence.StandardKey.Paste) and isinstance(self.content, Pastes):
            self.content.paste()
        else:
            super().keyPressEvent(event)

    def _has_room(self) -> bool:
        return self.width() >= _ROOMY[0] and self.height() >= _ROOMY[1]

    def _show(self, turn: int, data: Any) -> None:
        if turn != self._turn:
            return
        self._slow.stop()
        self._forget_coming()
        carried = self._carried()
        self._is_roomy = self._has_room()
        wide = self._wide and self._is_roomy
        new = self.spec.build(Opened(self._work, self.target, data, wide, self._wide, carried))
        self._stack.addWidget(new)
        if self.content is None:
            self.content, self._shown = new, self._uid
            self._stack.setCurrentWidget(new)
        else:
            self._coming = new
            self._switch_later(turn, carried, _TURNS)
        self.named.emit(self.spec.name(data))

    def _switch_later(self, turn: int, carried: dict[str, Any], turns: int) -> None:
        """The old content stays in sight until the new one has grown: nothing jumps under the pointer."""
        if turn != self._turn or self._coming is None:
            return
        if turns:
            QTimer.singleShot(0, self, lambda: self._switch_later(turn, carried, turns - 1))
            return
        if self._carried() != carried:
            self._forget_coming()
            self.refresh()
            return
        old, self.content, self._coming = self.content, self._coming, None
        assert old is not None
        same, self._shown = self._shown == self._uid, self._uid
        focused, scrolled = (place_in(old), _scrolled(old)) if same else (None, [])
        self.setUpdatesEnabled(False)
        self._stack.setCurrentWidget(self.content)
        self._stack.removeWidget(old)
        old.hide()
        old.deleteLater()
        if focused:
            focused.bring_back(self.content)
        QTimer.singleShot(0, self, lambda: self._scroll_back(scrolled))

    def _scroll_back(self, scrolled: Sequence[int]) -> None:
        if self.content:
            for area, value in zip(self.content.findChildren(QScrollArea), scrolled, strict=False):
                area.verticalScrollBar().setValue(value)
        self.setUpdatesEnabled(True)

    def _carried(self) -> dict[str, Any]:
        """What the content in sight hands over; nothing when it is that of another record."""
        if self._shown == self._uid and isinstance(self.content, Carries):
            return self.content.carry()
        return {}

    def _forget_coming(self) -> None:
        if self._coming:
            self._stack.removeWidget(self._coming)
            self._coming.deleteLater()
            self._coming = None

    def _fail(self, turn: int, error: Exception) -> None:
        if turn != self._turn:
            return
        self._slow.stop()
        self._drop()
        if isinstance(error, MigDeskError):
            self._failed.text.show_text(error.words())
        else:
            self._failed.text.say(_BUG)
            crash.write(error, self._work.desk.home)
        self._stack.setCurrentWidget(self._failed)

    def _drop(self) -> None:
        self._forget_coming()
        if self.content:
            self._stack.removeWidget(self.content)
            self.content.hide()
            self.content.deleteLater()
            self.content, self._shown = None, ""


def _scrolled(content: QWidget) -> list[int]:
    return [area.verticalScrollBar().value() for area in content.findChildren(QScrollArea)]
