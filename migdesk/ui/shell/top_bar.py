"""The top bar: search, the date (loud when it is pretended), language, theme, menu."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from migdesk.domain.dates import show_day
from migdesk.i18n import N_, current_language
from migdesk.ui.look import fonts, icons, theme
from migdesk.ui.look.labels import Label
from migdesk.ui.look.style import mark
from migdesk.ui.look.theme import Tone
from migdesk.ui.look.words import LANGUAGE_NAMES, long_date, said
from migdesk.ui.parts.clickable import PushButton, ToolButton
from migdesk.ui.parts.pills import Pill, PillLabel

HEIGHT = 50
_SEARCH = N_("Name, IIN, document, case number…")
_FIND = N_("Search everything")
_PRETENDED = N_("Pretended date: {day}")
_TO_DARK, _TO_LIGHT = N_("Dark colours"), N_("Light colours")
_MENU = N_("Menu")
_LANGUAGE = N_("Language of the window")
_SHORT = {"kk": "ҚАЗ", "ru": "РУС", "en": "ENG"}
_SHORT_DATE_UNDER = 940


class SearchBox(QLineEdit):
    """The one search box; `asked` carries the words as they are typed, `sent` with Enter."""

    asked = Signal(str)
    sent = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        mark(self, look="search")
        self.setMinimumWidth(160)
        self.setMaximumWidth(460)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.addAction(icons.icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        self.textEdited.connect(self.asked)
        self.returnPressed.connect(lambda: self.sent.emit(self.text()))
        self.retranslate()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc empties the box."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            self.asked.emit("")
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The keys are named where there is room."""
        super().resizeEvent(event)
        self.retranslate()

    def retranslate(self) -> None:
        """Say what may be typed."""
        words = f"{said(_SEARCH)}   Ctrl+K"
        fits = fonts.width(words) < self.width() - 2 * theme.XL - theme.ICON
        self.setPlaceholderText(words if fits else said(_SEARCH))
        self.setAccessibleName(said(_FIND))
        self.setToolTip(f"{said(_FIND)} (Ctrl+K)")


class LanguageSwitch(QWidget):
    """Three words, one of them chosen; `chosen` carries kk, ru or en."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        group = QButtonGroup(self)
        self._buttons: dict[str, QPushButton] = {}
        for code, short in _SHORT.items():
            full = LANGUAGE_NAMES[code]
            button = PushButton(short)
            mark(button, look="quiet")
            button.setCheckable(True)
            button.setAccessibleName(full)
            button.setToolTip(full)
            button.clicked.connect(lambda _checked=False, code=code: self.chosen.emit(code))
            group.addButton(button)
            row.addWidget(button)
            self._buttons[code] = button
        self.retranslate()

    def retranslate(self) -> None:
        """Mark the current language."""
        self._buttons[current_language()].setChecked(True)
        self.setAccessibleName(said(_LANGUAGE))


class TopBar(QWidget):
    """Search at the left; date, language, theme and menu at the right."""

    theme_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        mark(self, look="top")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(HEIGHT)
        self._today: date | None = None
        self._pretended = False
        self.search = SearchBox()
        self.language = LanguageSwitch()
        self._date = Label("", "muted")
        self._badge = PillLabel(Pill(Tone.WARN, ""))
        self._theme = _icon_button()
        self._theme.clicked.connect(self._switch_theme)
        self._menu = _icon_button()
        self._menu.setIcon(icons.icon("menu"))
        self._menu.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.XL, 0, theme.L, 0)
        row.setSpacing(theme.S)
        row.addWidget(self.search, 3)
        row.addStretch(1)
        row.addWidget(self._badge)
        row.addWidget(self._date)
        row.addSpacing(theme.S)
        row.addWidget(self.language)
        row.addWidget(self._theme)
        row.addWidget(self._menu)
        self._badge.hide()
        self.retranslate()

    def show_date(self, today: date, *, pretended: bool) -> None:
        """Show the day the program works on; a pretended one is loud."""
        self._today, self._pretended = today, pretended
        self.retranslate()

    def set_menu(self, menu: QMenu) -> None:
        """The menu behind the last button, and F10."""
        self._menu.setMenu(menu)

    def open_menu(self) -> None:
        """Open the menu from the keyboard."""
        self._menu.showMenu()

    def retranslate(self) -> None:
        """Say the date and the buttons in the current language."""
        dark = theme.current().name == "dark"
        words = said(_TO_LIGHT if dark else _TO_DARK)
        self._theme.setIcon(icons.icon("sun" if dark else "moon"))
        self._theme.setAccessibleName(words)
        self._theme.setToolTip(words)
        self._menu.setAccessibleName(said(_MENU))
        self._menu.setToolTip(f"{said(_MENU)} (F10)")
        self._say_date()

    def event(self, event: QEvent) -> bool:
        """A narrow bar writes the date in figures; another palette needs another theme button."""
        answer = super().event(event)
        if event.type() is QEvent.Type.Resize:
            self._say_date()
        elif event.type() is QEvent.Type.PaletteChange:
            self.retranslate()
        return answer

    def _say_date(self) -> None:
        if self._today is None:
            return
        day = show_day(self._today) if self.width() < _SHORT_DATE_UNDER else long_date(self._today)
        self._date.show_text(day)
        self._date.setVisible(not self._pretended)
        self._badge.setVisible(self._pretended)
        if self._pretended:
            self._badge.show_pill(Pill(Tone.WARN, said(_PRETENDED, day=day)))

    def _switch_theme(self) -> None:
        self.theme_wanted.emit("light" if theme.current().name == "dark" else "dark")


def _icon_button() -> QToolButton:
    button = ToolButton()
    mark(button, look="icon")
    button.setIconSize(QSize(theme.ICON, theme.ICON))
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return button
