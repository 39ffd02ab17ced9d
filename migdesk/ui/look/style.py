"""The one style sheet of the window, made from the tokens of a theme.

Widgets choose a look by `mark(widget, look="card")`; no other module writes style strings.
"""

from __future__ import annotations

from string import Template

from PySide6.QtWidgets import QWidget

from migdesk.ui.look import theme
from migdesk.ui.look.theme import Theme

_GROUNDS = """
QMainWindow, QDialog, QWidget[look="page"] { background: $window; }
QWidget[look="side"] { background: $sunken; border-right: 1px solid $line; }
QWidget[look="top"] { background: $surface; border-bottom: 1px solid $line; }
QWidget[look="status"] { background: $surface; border-top: 1px solid $line; }
QFrame[look="card"], QFrame[look="table"] {
    background: $surface; border: 1px solid $line; border-radius: ${card_radius}px;
}
QFrame[look="popup"] { background: $surface; border: 1px solid $edge; border-radius: ${radius}px; }
QFrame[look="rule"] { background: $line; border: none; }
QScrollArea, QScrollArea > QWidget > QWidget[look="scrolled"] { background: transparent; border: none; }
QToolTip { background: $text; color: $surface; border: none; padding: 5px 8px; }
QSplitter::handle { background: transparent; }
QSplitter::handle:hover { background: $line; }
"""

_WORDS = """
QLabel { background: transparent; color: $text; }
QLabel[ink="muted"] { color: $muted; }
QLabel[ink="accent"] { color: $accent; }
QLabel[ink="ok"] { color: $ok; }
QLabel[ink="warn"] { color: $warn; }
QLabel[ink="bad"] { color: $bad; }
QLabel[ink="info"] { color: $info; }
"""

_BUTTONS = """
QPushButton, QToolButton {
    background: $surface; color: $text; border: 1px solid $line; border-radius: ${radius}px;
    padding: 0 13px; min-height: 30px;
}
QPushButton:hover, QToolButton:hover { background: $hover; border-color: $edge; }
QPushButton:pressed, QToolButton:pressed { background: $tint; }
QPushButton:focus, QToolButton:focus { border: 2px solid $accent; padding: 0 12px; min-height: 28px; }
QPushButton:disabled, QToolButton:disabled { color: $muted; background: $window; }
QToolButton::menu-indicator { image: none; }
QPushButton[look="primary"] { background: $accent; color: $on_accent; border: 1px solid $accent; }
QPushButton[look="primary"]:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[look="primary"]:focus { border: 2px solid $text; }
QPushButton[look="primary"]:disabled { background: $sunken; color: $muted; border-color: $line; }
QPushButton[look="plain"]:checked { background: $tint; color: $accent; border-color: $accent; }
QPushButton[look="quiet"], QToolButton[look="quiet"] {
    background: transparent; color: $muted; border: 1px solid transparent; padding: 0 7px;
}
QPushButton[look="quiet"]:hover, QToolButton[look="quiet"]:hover { background: $hover; color: $text; }
QPushButton[look="quiet"]:focus, QToolButton[look="quiet"]:focus {
    border: 2px solid $accent; padding: 0 6px; color: $text;
}
QPushButton[look="quiet"]:checked, QToolButton[look="quiet"]:checked { background: $tint; color: $accent; }
QToolButton[look="filter"] { color: $muted; border-color: $edge; padding: 0 9px; min-height: 28px; }
QToolButton[look="filter"]:focus { border: 2px solid $accent; padding: 0 8px; min-height: 26px; }
QToolButton[look="filter"]:checked { background: $tint; color: $accent; border-color: $accent; }
QToolButton[look="icon"] {
    background: transparent; border: 1px solid transparent; padding: 0; min-height: 26px; min-width: 26px;
}
QToolButton[look="icon"]:hover { background: $hover; border-color: $line; }
QToolButton[look="icon"]:focus { border: 2px solid $accent; min-height: 24px; min-width: 24px; }
QToolButton[look="tiny"] {
    background: transparent; border: none; padding: 0; min-height: 20px; min-width: 20px;
}
QToolButton[look="tiny"]:hover { background: $hover; }
QPushButton[look="link"] {
    background: transparent; color: $accent; border: 1px solid transparent; padding: 0 3px 0 1px; min-height: 18px;
}
QPushButton[look="link"]:hover { color: $text; }
QPushButton[look="link"]:focus { border: 2px solid $accent; padding: 0 2px 0 0; min-height: 16px; }
QPushButton[look="key"] {
    background: transparent; color: $muted; border: 1px solid transparent; padding: 0 5px; min-height: 22px;
}
QPushButton[look="key"]:hover { color: $text; background: $hover; }
QPushButton[look="key"]:focus { border: 2px solid $accent; padding: 0 4px; min-height: 20px; color: $text; }
"""

_FIELDS = """
QLineEdit, QPlainTextEdit {
    background: $surface; color: $text; border: 1px solid $edge; border-radius: ${radius}px;
    selection-background-color: $accent; selection-color: $on_accent;
}
QLineEdit { padding: 0 9px; min-height: 30px; }
QPlainTextEdit { padding: 5px; }
QLineEdit:focus { border: 2px solid $accent; padding: 0 8px; min-height: 28px; }
QPlainTextEdit:focus { border: 2px solid $accent; padding: 4px; }
QLineEdit[state="bad"], QPlainTextEdit[state="bad"] { border: 2px solid $bad; }
QLineEdit[state="bad"] { padding: 0 8px; min-height: 28px; }
QPlainTextEdit[state="bad"] { padding: 4px; }
QLineEdit[state="warn"], QPlainTextEdit[state="warn"] { border-color: $warn; }
QLineEdit:read-only, QPlainTextEdit:read-only, QLineEdit:disabled {
    background: $window; color: $text; border-color: $line;
}
QLineEdit QToolButton { background: transparent; border: none; padding: 0; min-height: 0; }
QLineEdit[look="search"] { border-color: $line; background: $window; }
QLineEdit[look="search"]:focus { border-color: $accent; background: $surface; }
QLineEdit[look="proposal"] { background: transparent; color: $muted; border-color: transparent; }
"""

_LISTS = """
QTableView, QListView, QTreeView {
    background: transparent; border: none; outline: 0; color: $text;
    selection-background-color: $tint; selection-color: $text;
}
QHeaderView { background: transparent; border: none; }
QTableCornerButton::section { background: transparent; border: none; }
QListView::item { min-height: 28px; padding: 0 8px; }
QListView::item:hover { background: $hover; }
QListView::item:selected { background: $tint; color: $text; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 2px; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 2px; }
QTableView QScrollBar:vertical { margin-top: 38px; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QScrollBar::handle { background: $edge; border-radius: 4px; }
QScrollBar::handle:vertical { min-height: 36px; }
QScrollBar::handle:horizontal { min-width: 36px; }
QScrollBar::handle:hover { background: $muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QMenu { background: $surface; color: $text; border: 1px solid $edge; padding: 4px; }
QMenu::item { padding: 6px 24px 6px 12px; border-radius: 4px; }
QMenu::item:selected { background: $tint; color: $text; }
QMenu::item:disabled { color: $muted; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }
QMenu::icon { padding-left: 8px; }
QTabBar { background: transparent; border: none; }
QTabBar::tab {
    background: transparent; color: $muted; border: none; border-bottom: 2px solid transparent;
    padding: 6px 9px; margin-right: 2px; min-height: 20px;
}
QTabBar[look="tight"]::tab { padding: 6px 5px; margin-right: 0; }
QToolButton[look="arrow"] {
    background: $window; border: 1px solid $line; border-radius: 4px; padding: 0; min-height: 22px; min-width: 14px;
}
QToolButton[look="arrow"]:disabled { border-color: transparent; }
QTabBar::tab:hover { color: $text; }
QTabBar::tab:selected { color: $accent; border-bottom: 2px solid $accent; }
QTabBar::tab:focus { color: $text; background: $hover; }
QTabWidget::pane { border: none; border-top: 1px solid $line; }
QProgressBar {
    background: $sunken; border: none; border-radius: 4px; max-height: 8px; min-height: 8px; color: transparent;
}
QProgressBar::chunk { background: $accent; border-radius: 4px; }
"""

_SHEET = Template(_GROUNDS + _WORDS + _BUTTONS + _FIELDS + _LISTS)


def sheet(colours: Theme) -> str:
    """The style sheet of a theme."""
    return _SHEET.substitute(
        theme.tokens(colours),
        radius=theme.RADIUS,
        card_radius=theme.CARD_RADIUS,
        pill_radius=theme.PILL_RADIUS,
    )


def mark(widget: QWidget, **marks: str) -> None:
    """Choose a look: `look`, `ink` or `state`; a mark that changes later is drawn at once."""
    changed = False
    for name, value in marks.items():
        if widget.property(name) != value:
            widget.setProperty(name, value)
            changed = True
    if changed and widget.isVisible():
        widget.style().unpolish(widget)
        widget.style().polish(widget)
        widget.update()
