"""The window of the help: contents and search at the left, the page at the right; F1 opens it where one stands."""

from __future__ import annotations

from typing import ClassVar

import shiboken6
from PySide6.QtCore import QEvent, QRegularExpression, Qt, QUrl
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QShortcut, QTextCharFormat
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QTextBrowser,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from migdesk.i18n import N_, current_language
from migdesk.ui.help import pages, sheet
from migdesk.ui.help.pages import HelpPage
from migdesk.ui.look import theme
from migdesk.ui.look.labels import Label
from migdesk.ui.look.style import mark
from migdesk.ui.look.words import said

_TITLE, _SEARCH = N_("Help"), N_("Search the help")
_NOTHING = N_("No page has these words.")
_BACK = "Alt+Left"
_SIZE, _CONTENTS = (940, 660), 250
_TOPIC = Qt.ItemDataRole.UserRole


class HelpWindow(QWidget):
    """Stays beside the window it was opened from; Esc closes, Alt+Left goes back to the page before."""

    shown: ClassVar[HelpWindow | None] = None

    def __init__(self, over: QWidget) -> None:
        super().__init__(over, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        mark(self, look="page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._topic = ""
        self._before: list[str] = []
        self._pages: list[HelpPage] = []
        self.words, self.contents, self.page = QLineEdit(), QListWidget(), QTextBrowser()
        self._nothing = Label(_NOTHING, "muted").wrapped()
        self._lay_out()
        self.words.textChanged.connect(lambda _text: self._search())
        self.words.returnPressed.connect(self.page.setFocus)
        self.contents.currentItemChanged.connect(lambda now, _before: self._choose(now))
        self.page.anchorClicked.connect(self._follow)
        QShortcut(QKeySequence(_BACK), self).activated.connect(self.go_back)
        QShortcut(QKeySequence("Ctrl+F"), self).activated.connect(self.words.setFocus)
        self.retranslate()
        self.contents.setFocus()

    def _lay_out(self) -> None:
        mark(self.words, look="search")
        self.words.setClearButtonEnabled(True)
        self.page.setOpenLinks(False)
        self.page.setFrameShape(QFrame.Shape.NoFrame)
        self.contents.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.contents.setWordWrap(True)
        self._nothing.hide()
        left = QVBoxLayout()
        left.setSpacing(theme.S)
        left.addWidget(self.words)
        left.addWidget(self._nothing)
        left.addWidget(self.contents, 1)
        card = QFrame()
        mark(card, look="card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.page)
        for widget in (self.words, self.contents):
            widget.setFixedWidth(_CONTENTS)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(theme.L, theme.L, theme.L, theme.L)
        whole.setSpacing(theme.L)
        whole.addLayout(left)
        whole.addWidget(card, 1)
        self.resize(*_SIZE)

    @property
    def topic(self) -> str:
        """The page on show."""
        return self._topic

    def show_topic(self, topic: str) -> None:
        """Show a page; the first one when there is none of this topic."""
        found = next((page for page in self._pages if page.topic == topic), self._pages[0])
        if self._topic and self._topic != found.topic:
            self._before.append(self._topic)
        self._topic = found.topic
        sheet.lay_out(self.page.document(), found.text)
        self.page.moveCursor(self.page.textCursor().MoveOperation.Start)
        self.page.setAccessibleName(found.title)
        self.setWindowTitle(f"{found.title} · {said(_TITLE)}")
        self._mark_words()
        self._mark_topic()

    def go_back(self) -> None:
        """The page before this one."""
        if self._before:
            topic = self._before.pop()
            self.show_topic(topic)
            self._before.pop()

    def retranslate(self) -> None:
        """The same page in the current language."""
        self._pages = pages.read_pages(current_language())
        self.words.setPlaceholderText(said(_SEARCH))
        self.words.setAccessibleName(said(_SEARCH))
        self.contents.setAccessibleName(said(_TITLE))
        self._list()
        self.show_topic(self._topic)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc empties the search, then closes."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.words.text():
            self.words.clear()
        else:
            self.close()

    def changeEvent(self, event: QEvent) -> None:
        """Other colours: the page is drawn anew."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and self._pages:
            self.show_topic(self._topic)

    def _search(self) -> None:
        self._list()
        found = [self.contents.item(at).data(_TOPIC) for at in range(self.contents.count())]
        self._nothing.setVisible(not found)
        if found and self._topic not in found:
            self.show_topic(found[0])
        else:
            self._mark_words()
            self._mark_topic()

    def _list(self) -> None:
        self.contents.blockSignals(True)
        self.contents.clear()
        for page in pages.search(self._pages, self.words.text()):
            item = QListWidgetItem(page.title)
            item.setData(_TOPIC, page.topic)
            self.contents.addItem(item)
        self.contents.blockSignals(False)

    def _mark_topic(self) -> None:
        for at in range(self.contents.count()):
            if self.contents.item(at).data(_TOPIC) == self._topic:
                self.contents.blockSignals(True)
                self.contents.setCurrentRow(at)
                self.contents.blockSignals(False)

    def _mark_words(self) -> None:
        """What was searched stands out on the page, and the first of it comes into sight."""
        ground = QTextCharFormat()
        ground.setBackground(QColor(theme.current().warn_tint))
        marked = []
        for word in self.words.text().split():
            asked = QRegularExpression(
                QRegularExpression.escape(word), QRegularExpression.PatternOption.CaseInsensitiveOption
            )
            cursor = self.page.document().find(asked)
            while not cursor.isNull():
                selection = QTextEdit.ExtraSelection()
                selection.cursor, selection.format = cursor, ground
                marked.append(selection)
                cursor = self.page.document().find(asked, cursor)
        self.page.setExtraSelections(marked)
        if marked:
            first = min((one.cursor for one in marked), key=lambda cursor: cursor.position())
            first.clearSelection()
            self.page.setTextCursor(first)
            self.page.ensureCursorVisible()

    def _choose(self, item: QListWidgetItem | None) -> None:
        if item:
            self.show_topic(item.data(_TOPIC))

    def _follow(self, address: QUrl) -> None:
        self.show_topic(address.path().removesuffix(".md"))


def open_help(over: QWidget, topic: str) -> HelpWindow:
    """Show a page beside a window; the help that is open over it turns to that page."""
    found, window = HelpWindow.shown, over.window()
    if found is None or not shiboken6.isValid(found) or found.parent() is not window:
        if found is not None and shiboken6.isValid(found):
            found.close()
        found = HelpWindow.shown = HelpWindow(window)
    found.show_topic(topic)
    found.show()
    found.raise_()
    found.activateWindow()
    return found


def add_help_key(window: QWidget, topic: str) -> None:
    """F1 in a window over the window."""
    QShortcut(QKeySequence("F1"), window).activated.connect(lambda: open_help(window, topic))
