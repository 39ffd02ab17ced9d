"""The frame of one page: title row with actions, a row for filters, the body, and messages on top."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMenu,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from migdesk.i18n import N_
from migdesk.ui.look import icons, theme
from migdesk.ui.look.labels import ElidedLabel
from migdesk.ui.look.style import mark
from migdesk.ui.look.theme import Tone
from migdesk.ui.look.words import said
from migdesk.ui.parts.actions import Action, Button, Command
from migdesk.ui.parts.clickable import ToolButton
from migdesk.ui.parts.messages import MessageStrip, Notice

_MORE = N_("More actions")


class ActionRow(QWidget):
    """Secondary actions, then the primary one; what does not fit goes into a menu."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._secondary: list[tuple[Command, Button]] = []
        self._primary: Button | None = None
        self._room = 0
        self._more = ToolButton(self)
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._more.setMenu(QMenu(self._more))
        self._more.setIcon(icons.icon("more"))
        mark(self._more, look="icon")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.S)
        self._row.addWidget(self._more)
        self._more.hide()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.retranslate()

    def show_commands(self, primary: Command | None, secondary: Sequence[Command]) -> None:
        """Make the buttons; called once for a page."""
        for command in secondary:
            button = Button(command, parent=self)
            self._secondary.append((command, button))
            self._row.addWidget(button)
        if primary:
            self._primary = Button(primary, "primary", self)
            self._row.addWidget(self._primary)

    def fit(self, room: int) -> None:
        """Show as many secondary buttons as `room` pixels hold, first ones first."""
        self._room = room
        room -= self._primary.sizeHint().width() if self._primary else 0
        wide = sum(button.sizeHint().width() + theme.S for _command, button in self._secondary)
        if wide > room:
            room -= self._more.sizeHint().width() + theme.S
        menu = self._more.menu()
        menu.clear()
        for command, button in self._secondary:
            room -= button.sizeHint().width() + theme.S
            button.setVisible(room >= 0)
            if room < 0:
                menu.addAction(command)
        self._more.setVisible(not menu.isEmpty())

    def event(self, event: QEvent) -> bool:
        """Buttons whose words changed need another look at what fits."""
        if event.type() is QEvent.Type.LayoutRequest:
            self.fit(self._room)
        return super().event(event)

    def retranslate(self) -> None:
        """Name the menu button in the current language."""
        self._more.setAccessibleName(said(_MORE))
        self._more.setToolTip(said(_MORE))


class Scrolled(QScrollArea):
    """Lets a page that is higher than the window scroll; never sideways."""

    def __init__(self, inner: QWidget) -> None:
        super().__init__()
        mark(inner, look="scrolled")
        self.setWidget(inner)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)


class PageFrame(QWidget):
    """What every page has around its body.

    `counted` carries the number a page wants beside its word in the side bar; `topic` names its page of help.
    """

    counted = Signal(int)

    def __init__(
        self, title: str, keymap: Mapping[str, str] | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        mark(self, look="page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._keymap = keymap or {}
        self.commands: list[Command] = []
        self.topic = ""
        self._body = QWidget()
        self._title = ElidedLabel(title, "title")
        self._actions = ActionRow()
        title_row = QHBoxLayout()
        title_row.setSpacing(theme.L)
        title_row.addWidget(self._title, 1)
        title_row.addWidget(self._actions)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(theme.XL, theme.L, theme.XL, theme.L)
        self._column.setSpacing(theme.M)
        self._column.addLayout(title_row)
        self._strip = MessageStrip(self)
        self._strip.room_wanted.connect(self._make_room)

    def set_title(self, message: str, **values: object) -> None:
        """Say another title."""
        self._title.say(message, **values)

    def set_actions(self, primary: Action | None, *secondary: Action) -> list[Command]:
        """Make the buttons at the right of the title; returns the live commands, primary first."""
        made = [Command(one, self, self._keymap) for one in (primary, *secondary) if one]
        self._actions.show_commands(made[0] if primary else None, made[1:] if primary else made)
        self.commands.extend(made)
        self._fit()
        return made

    def add_command(self, action: Action) -> Command:
        """An action without a button: only keys and the menu."""
        command = Command(action, self, self._keymap)
        self.commands.append(command)
        return command

    def set_body(self, body: QWidget) -> None:
        """Put the page itself in."""
        self._body = body
        self._column.addWidget(body, 1)
        self._strip.raise_()

    def body(self) -> QWidget | None:
        """The page itself, once it is in."""
        return self._body

    def return_to_body(self) -> None:
        """Bring the keyboard back to where it was in the body."""
        before = self._body.focusWidget()
        if before and self._takes_keys(before):
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.focus_body()

    def focus_body(self) -> None:
        """Bring the keyboard to the first thing in the body that takes it."""
        widget: QWidget | None = self._body
        while widget and (widget is self._body or self._body.isAncestorOf(widget)):
            if self._takes_keys(widget):
                widget.setFocus(Qt.FocusReason.OtherFocusReason)
                return
            widget = widget.nextInFocusChain()

    def _takes_keys(self, widget: QWidget) -> bool:
        takes = widget.isEnabled() and not _is_put_away(widget, self._body)
        return bool(takes and widget.focusPolicy() & Qt.FocusPolicy.TabFocus)

    def tell(self, notice: Notice) -> None:
        """Show a message over the top edge."""
        self._strip.tell(notice)

    def take_back(self, tone: Tone) -> None:
        """What was told in this tone is over."""
        self._strip.take_back(tone)

    def _make_room(self, high: int) -> None:
        self._column.setContentsMargins(theme.XL, theme.L + high, theme.XL, theme.L)

    def told(self) -> Notice | None:
        """The message on show, if any."""
        return self._strip.told()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the actions that fit."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self._actions.fit(self.width() - 2 * theme.XL - theme.L - min(self._title.sizeHint().width(), 240))


def _is_put_away(widget: QWidget, body: QWidget) -> bool:
    """Whether somebody hid a widget or what holds it; of what was not shown yet Qt says that it is hidden, too."""
    at: QWidget | None = widget
    while at and at is not body:
        if at.isHidden() and at.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide):
            return True
        at = at.parentWidget()
    return False
