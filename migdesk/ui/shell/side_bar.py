"""The side bar: the pages by icon and word with their counters, the pinned views, the office and the operator."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from migdesk.i18n import N_
from migdesk.ui.look import fonts, icons, theme
from migdesk.ui.look.labels import ElidedLabel, Label
from migdesk.ui.look.style import mark
from migdesk.ui.look.words import number, said
from migdesk.ui.parts.clickable import Clickable

_ITEM, _LOW_ITEM, _GAP = 36, 28, 2
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_NAVIGATION, _VIEWS = N_("Parts of the program"), N_("Pinned views")


@dataclass(frozen=True, slots=True)
class Place:
    """A page as the side bar shows it: key, icon, English message; of a pinned view the name it was given."""

    key: str
    icon: str
    title: str
    named: bool = False

    def words(self) -> str:
        """What stands beside the icon."""
        return self.title if self.named else said(self.title)


class SideItem(Clickable):
    """One page: icon and word at the left, counter at the right; only the icon when the bar is narrow.

    `walked` carries a step of the keyboard, down 1 or up -1.
    """

    walked = Signal(int)

    def __init__(self, place: Place, keys: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._place = place
        self._keys = keys
        self._count = 0
        self._narrow = False
        self._height = _ITEM
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.retranslate()

    def show_count(self, count: int) -> None:
        """Put a number beside the word; 0 shows none."""
        self._count = count
        self.retranslate()

    @property
    def place(self) -> Place:
        """What it opens."""
        return self._place

    def set_narrow(self, narrow: bool) -> None:
        """Only the icon, or icon and word."""
        self._narrow = narrow
        self.retranslate()

    def retranslate(self) -> None:
        """Say the page in the current language."""
        words = self._place.words()
        self.setText(words)
        self.setAccessibleName(f"{words}, {number(self._count)}" if self._count else words)
        keys = f" ({self._keys})" if self._keys else ""
        self.setToolTip(words + keys if self._narrow or self.is_elided() else "")
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down are the bar's: Qt's own walk would end with the last page, above the pinned views."""
        if event.key() in _STEPS:
            self.walked.emit(_STEPS[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(40, self._height)

    def set_height(self, height: int) -> None:
        """Lower when the window is low."""
        self._height = height
        self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground, icon, word, counter."""
        colours = theme.current()
        painter = QPainter(self)
        self.paint_ground(
            painter, colours.tint if self.isChecked() else colours.hover if self.underMouse() else ""
        )
        ink = colours.accent if self.isChecked() else colours.text
        left = (self.width() - theme.ICON) / 2 if self._narrow else 12
        icon_room = QRectF(left, (self.height() - theme.ICON) / 2, theme.ICON, theme.ICON)
        icons.paint(painter, self._place.icon, icon_room, ink)
        if not self._narrow:
            self._paint_words(painter, ink, colours.accent if self.isChecked() else colours.muted)
        elif self._count:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.accent))
            painter.drawEllipse(QRectF(icon_room.right() - 2, icon_room.top() - 4, 7, 7))

    def _paint_words(self, painter: QPainter, ink: str, quiet: str) -> None:
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(fonts.font(theme.BODY, self._weight()))
        painter.setPen(QColor(ink))
        room = self._words_room()
        words = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(middle | Qt.AlignmentFlag.AlignLeft), words)
        if self._count:
            painter.setFont(fonts.font(theme.SMALL))
            painter.setPen(QColor(quiet))
            painter.drawText(
                self.rect().adjusted(0, 0, -12, 0),
                int(middle | Qt.AlignmentFlag.AlignRight),
                number(self._count),
            )

    def _weight(self) -> int:
        return fonts.SEMIBOLD if self.isChecked() else fonts.REGULAR

    def _words_room(self) -> QRect:
        counter = fonts.width(number(self._count), theme.SMALL) + theme.S if self._count else 0
        return QRect(40, 0, self.width() - 40 - 12 - counter, self.height())

    def is_elided(self) -> bool:
        """Whether the end of the word is left out; a narrow bar leaves out all of it."""
        return (
            self._narrow or fonts.width(self.text(), theme.BODY, fonts.SEMIBOLD) > self._words_room().width()
        )


class SideBar(QWidget):
    """All pages; `chosen` carries the key of the one to open, `view_chosen` that of a pinned view."""

    chosen = Signal(str)
    view_chosen = Signal(str)

    def __init__(self, places: Sequence[Place], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        mark(self, look="side")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._items: dict[str, SideItem] = {}
        self._views: list[SideItem] = []
        self._is_narrow = False
        self._group = QButtonGroup(self)
        self._brand = Label("", "brand")
        self._brand.show_text("MigDesk")
        self._office = ElidedLabel("", "small")
        self._operator = ElidedLabel("", "small")
        for at, place in enumerate(places):
            item = SideItem(place, f"Ctrl+{(at + 1) % 10}" if at < 10 else "")
            item.clicked.connect(lambda _checked=False, key=place.key: self.chosen.emit(key))
            item.walked.connect(functools.partial(self._walk, item))
            self._group.addButton(item)
            self._items[place.key] = item
        self._lay_out()
        self.set_narrow(False)
        self.retranslate()

    def _lay_out(self) -> None:
        inner = QWidget()
        mark(inner, look="scrolled")
        items = QVBoxLayout(inner)
        items.setContentsMargins(0, 0, 0, 0)
        items.setSpacing(_GAP)
        for item in self._items.values():
            items.addWidget(item)
        self._views_title = Label(_VIEWS, "small")
        self._views_title.setContentsMargins(12, theme.M, theme.XS, 0)
        self._views_title.hide()
        items.addWidget(self._views_title)
        self._view_lines = QVBoxLayout()
        self._view_lines.setSpacing(_GAP)
        items.addLayout(self._view_lines)
        items.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(inner)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.S, theme.L, theme.S, theme.M)
        column.setSpacing(theme.XS)
        self._brand.setContentsMargins(12, 0, 0, theme.M)
        column.addWidget(self._brand)
        column.addWidget(self._scroll, 1)
        for words in (self._office, self._operator):
            words.setContentsMargins(12, 0, theme.XS, 0)
            column.addWidget(words)

    def show_session(self, office: str, operator: str) -> None:
        """Name the office and who works; data, not messages."""
        self._office.show_text(office)
        self._operator.show_text(operator)

    def mark_current(self, key: str) -> None:
        """Show which page is open."""
        self._items[key].setChecked(True)

    def show_count(self, key: str, count: int) -> None:
        """Put a number beside a page."""
        self._items[key].show_count(count)

    def show_views(self, views: Sequence[tuple[Place, int]]) -> None:
        """The pinned views with their counts; those that are there already keep the keyboard."""
        if [place for place, _count in views] != [item.place for item in self._views]:
            for item in self._views:
                self._view_lines.removeWidget(item)
                item.deleteLater()
            self._views = [self._view_item(place) for place, _count in views]
        for item, (_place, count) in zip(self._views, views, strict=True):
            item.show_count(count)
        self._show_views()
        self._set_heights()

    def _view_item(self, place: Place) -> SideItem:
        item = SideItem(place, "")
        item.setCheckable(False)
        item.set_height(_LOW_ITEM)
        item.clicked.connect(lambda _checked=False: self.view_chosen.emit(place.key))
        item.walked.connect(functools.partial(self._walk, item))
        self._view_lines.addWidget(item)
        return item

    def _show_views(self) -> None:
        """A narrow bar has no room for their names, which alone tell them apart."""
        self._views_title.setVisible(bool(self._views) and not self._is_narrow)
        for item in self._views:
            item.setVisible(not self._is_narrow)

    def set_narrow(self, narrow: bool) -> None:
        """Icons only, for windows under 1100 px."""
        self._is_narrow = narrow
        self._show_views()
        self.setFixedWidth(theme.SIDE_BAR_NARROW if narrow else theme.SIDE_BAR)
        for item in self._items.values():
            item.set_narrow(narrow)
        for words in (self._office, self._operator):
            words.setVisible(not narrow)
        self._brand.show_text("M" if narrow else "MigDesk")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A low window has low lines, so that all pages stay in sight."""
        super().resizeEvent(event)
        self._set_heights()

    def _set_heights(self) -> None:
        views = len(self._views) * (_LOW_ITEM + _GAP) + (_LOW_ITEM if self._views else 0)
        room = self._scroll.height() - views
        height = _ITEM if room >= len(self._items) * (_ITEM + _GAP) else _LOW_ITEM
        for item in self._items.values():
            item.set_height(height)

    def holds_focus(self) -> bool:
        """Whether the keyboard is in the bar."""
        return any(item.hasFocus() for item in (*self._items.values(), *self._views))

    def focus_current(self) -> None:
        """Bring the keyboard to the open page's word."""
        for item in self._items.values():
            if item.isChecked():
                item.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _walk(self, item: SideItem, step: int) -> None:
        """Up and Down walk through the pages and the pinned views, round and round."""
        items = [*self._items.values(), *(one for one in self._views if not one.isHidden())]
        to = items[(items.index(item) + step) % len(items)]
        to.setFocus(Qt.FocusReason.TabFocusReason)
        self._scroll.ensureWidgetVisible(to)

    def retranslate(self) -> None:
        """Name the bar for a screen reader."""
        self.setAccessibleName(said(_NAVIGATION))
