"""Actions: one description of what can be done here, from which buttons, menus and keys are made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from migdesk.ui.look import fonts, icons, theme
from migdesk.ui.look.style import mark
from migdesk.ui.look.words import said
from migdesk.ui.parts.clickable import PushButton, ToolButton

_GAP = "\u2002"
_LINE = 90
"""Characters of what a menu says beside a title."""


@dataclass(frozen=True, slots=True)
class Action:
    """What can be done: a name that never changes, an English message, what runs, an icon, default keys.

    `keys` is written as Qt writes it (`F7`, `Ctrl+P`, `F3; Ctrl+K`, the first of several is shown); an office
    may map other keys to the same name. `in_bar` says whether the status bar names the keys.
    """

    key: str
    title: str
    run: Callable[[], object]
    icon: str = ""
    keys: str = ""
    hint: str = ""
    in_bar: bool = True


class Command(QAction):
    """A live action of one window: knows its keys, may be locked with a reason."""

    def __init__(self, action: Action, parent: QWidget, keymap: Mapping[str, str] | None = None) -> None:
        super().__init__(parent)
        self.spec = action
        self._locked_because = self._details = self._whose = ""
        self.setObjectName(action.key)
        if action.icon:
            self.setIcon(icons.icon(action.icon))
        keys = (keymap or {}).get(action.key, action.keys)
        if keys:
            self.setShortcuts(QKeySequence.listFromString(keys))
        self.triggered.connect(lambda _checked=False: action.run())
        parent.addAction(self)
        self.retranslate()

    def keys(self) -> str:
        """The keys as people read them, or nothing."""
        return self.shortcut().toString(QKeySequence.SequenceFormat.NativeText)

    def lock(self, because: str) -> None:
        """Switch off and say why (an English message), wherever the action is shown."""
        self._locked_because = because
        self.setEnabled(False)
        self.retranslate()

    def unlock(self) -> None:
        """Switch on again."""
        self._locked_because = ""
        self.setEnabled(True)
        self.retranslate()

    def explain(self, details: str) -> None:
        """Say with the title what exactly would be done now; words in the language of the moment."""
        if details != self._details:
            self._details = details
            self.retranslate()

    def name_whose(self, whose: str) -> None:
        """Say in menus, in the hint and to screen readers whom it would be about; a button has no room for it."""
        if whose != self._whose:
            self._whose = whose
            self.retranslate()

    def retranslate(self) -> None:
        """Say title and hint in the current language."""
        title = said(self.spec.title)
        self.setIconText(title)
        if self._whose:
            title = f"{title}: {_shortened(self._whose)}"
        self.setText(f"{title}: {_shortened(self._details)}" if self._details else title)
        hint = said(self._locked_because) or self._details or said(self.spec.hint) or title
        self.setToolTip(f"{hint} ({self.keys()})" if self.keys() else hint)


def _shortened(words: str) -> str:
    """One line of a menu, where a single ampersand would mark a key."""
    return (words if len(words) <= _LINE else words[: _LINE - 1] + "…").replace("&", "&&")


class Button(PushButton):
    """A button of a command: its words, its key in the same line, its lock.

    Looks: `plain`, `primary` (at most one on a page), `quiet`, `link`, `key`.
    """

    def __init__(self, command: Command, look: str = "plain", parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._command = command
        self._look = look
        mark(self, look=look)
        self.setFont(fonts.font(theme.BODY, fonts.SEMIBOLD if look == "primary" else fonts.REGULAR))
        self.setIconSize(QSize(theme.ICON, theme.ICON))
        self.clicked.connect(lambda _checked=False: command.trigger())
        command.changed.connect(self.retranslate)
        self.retranslate()

    def retranslate(self) -> None:
        """Follow the command: words, key, icon, lock."""
        keys = self._command.keys()
        title = self._command.iconText()
        drawn = bool(self._command.spec.icon) and self._look not in ("key", "link")
        words = f"{keys} {title}" if self._look == "key" else _GAP.join(filter(None, (title, keys)))
        self.setText(f" {words}" if drawn else words)
        self.setAccessibleName(title)
        self.setToolTip(self._command.toolTip())
        self.setEnabled(self._command.isEnabled())
        if drawn:
            ink = "on_accent" if self._look == "primary" else "text"
            self.setIcon(icons.icon(self._command.spec.icon, ink))


class IconButton(ToolButton):
    """A button with a drawing only; its words are its tooltip and its accessible name."""

    def __init__(self, command: Command, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._command = command
        mark(self, look="icon")
        self.setIconSize(QSize(theme.ICON, theme.ICON))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.clicked.connect(lambda _checked=False: command.trigger())
        command.changed.connect(self.retranslate)
        self.retranslate()

    def retranslate(self) -> None:
        """Follow the command."""
        self.setAccessibleName(self._command.text())
        self.setToolTip(self._command.toolTip())
        self.setEnabled(self._command.isEnabled())
        self.setIcon(icons.icon(self._command.spec.icon))


def menu(commands: Iterable[Command | None], parent: QWidget) -> QMenu:
    """A menu of commands; `None` makes a line between groups."""
    made = QMenu(parent)
    for command in commands:
        if command is None:
            made.addSeparator()
        else:
            made.addAction(command)
    return made
