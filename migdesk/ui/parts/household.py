"""A small picture of a household: generations in rows, the head first; every box opens its person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from migdesk.domain.kin import generation
from migdesk.i18n import N_
from migdesk.ui.look import fonts, icons, theme
from migdesk.ui.look.words import said
from migdesk.ui.parts.clickable import Clickable

_HIGH, _GAP, _FALL = 58, 12, 28
_WIDEST, _NARROWEST = 250, 120
_NAME = N_("Household")
_BY_MARRIAGE = ("spouse", "sibling_in_law")


@dataclass(frozen=True, slots=True, repr=False)
class Member:
    """One person of the picture: uid, name, relation to the head (code and words), age in words."""

    uid: str
    name: str
    relation: str
    relation_words: str
    age: str
    is_own: bool

    @property
    def generation(self) -> int:
        """Row of the picture, from the top."""
        return generation(self.relation)


class MemberBox(Clickable):
    """One person; the one whose file this is stands on tinted ground."""

    def __init__(self, member: Member, parent: QWidget) -> None:
        super().__init__(parent)
        self.member = member
        below = ", ".join(part for part in (member.relation_words, member.age) if part)
        self._below = below
        self.setText(member.name)
        self.setAccessibleName(f"{member.name}, {below}")
        self.setToolTip(f"{member.name}\n{below}")

    def is_elided(self) -> bool:
        """The name may end in …; the tooltip has all of it."""
        return self.sizeHint().width() > self.width()

    def sizeHint(self) -> QSize:
        """As wide as the name."""
        return QSize(min(fonts.width(self.text(), theme.BODY, fonts.SEMIBOLD) + 52, _WIDEST), _HIGH)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw box, symbol, name, relation."""
        colours = theme.current()
        painter = QPainter(self)
        own = self.member.is_own
        edge = colours.accent if own else colours.edge if self.underMouse() else colours.line
        self.paint_ground(painter, colours.tint if own else colours.surface, edge)
        icons.paint(painter, "person", QRectF(10, self.height() / 2 - 9, 18, 18), colours.muted)
        room = QRect(36, 9, self.width() - 44, 20)
        fonts.write(painter, room, self.text(), fonts.font(theme.BODY, fonts.SEMIBOLD), colours.text)
        room.moveTop(29)
        fonts.write(painter, room, self._below, fonts.font(theme.SMALL), colours.muted)


class Household(QWidget):
    """The picture; `opened` carries the uid of a person."""

    opened = Signal(str)

    def __init__(self, members: Sequence[Member]) -> None:
        super().__init__()
        self._rows: list[list[MemberBox]] = []
        for number in range(4):
            row = [MemberBox(one, self) for one in members if one.generation == number]
            row.sort(key=lambda box: (box.member.relation != "head", box.member.relation != "spouse"))
            if row:
                self._rows.append(row)
        for box in self.boxes():
            box.clicked.connect(lambda _on=False, uid=box.member.uid: self.opened.emit(uid))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(said(_NAME))

    def boxes(self) -> list[MemberBox]:
        """Everybody, from the eldest row."""
        return [box for row in self._rows for box in row]

    def heightForWidth(self, width: int) -> int:
        """As high as its rows at a width."""
        lines = sum(-(-len(row) // self._per_line(row, width)) for row in self._rows)
        falls = max(len(self._rows) - 1, 0)
        return lines * _HIGH + max(lines - 1 - falls, 0) * _GAP + falls * _FALL + 4

    def hasHeightForWidth(self) -> bool:
        """A narrow picture is higher."""
        return True

    def sizeHint(self) -> QSize:
        """Room for the longest row."""
        wide = max((sum(box.sizeHint().width() + _GAP for box in row) for row in self._rows), default=0)
        return QSize(min(wide, 900), self.heightForWidth(min(wide, 900)))

    def minimumSizeHint(self) -> QSize:
        """One box wide."""
        return QSize(_NARROWEST, self.heightForWidth(max(self.width(), _NARROWEST)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the boxes in their rows."""
        super().resizeEvent(event)
        y = 2
        for row in self._rows:
            per_line = self._per_line(row, self.width())
            wide = min((self.width() - _GAP * (per_line - 1)) // per_line, _WIDEST)
            for at, box in enumerate(row):
                if at and at % per_line == 0:
                    y += _HIGH + _GAP
                box.setGeometry((at % per_line) * (wide + _GAP), y, wide, _HIGH)
            y += _HIGH + _FALL

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the lines between generations and between head and spouse."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.current().edge), 1.5))
        for above, below in zip(self._rows, self._rows[1:], strict=False):
            _join(painter, above, below)
        for row in self._rows:
            pair = [box for box in row if box.member.relation in ("head", "spouse")]
            if len(pair) == 2 and pair[0].y() == pair[1].y():
                middle = pair[0].geometry().center().y()
                painter.drawLine(
                    QPointF(pair[0].geometry().right(), middle), QPointF(pair[1].geometry().left(), middle)
                )

    def _per_line(self, row: Sequence[MemberBox], width: int) -> int:
        return max(1, min(len(row), (width + _GAP) // (_NARROWEST + 30 + _GAP)))


def _join(painter: QPainter, above: Sequence[MemberBox], below: Sequence[MemberBox]) -> None:
    """From the elder row's first pair down to every box of the first line below."""
    parents = above[:2] if len(above) > 1 and above[0].y() == above[1].y() else above[:1]
    start = QPointF(
        sum(box.geometry().center().x() for box in parents) / len(parents),
        parents[0].geometry().center().y() if len(parents) > 1 else parents[0].geometry().bottom() + 1,
    )
    top = below[0].geometry().top()
    bend = top - _FALL / 2
    painter.drawLine(start, QPointF(start.x(), bend))
    for box in below:
        if box.geometry().top() == top and box.member.relation not in _BY_MARRIAGE:
            middle = box.geometry().center().x()
            painter.drawLine(QPointF(start.x(), bend), QPointF(middle, bend))
            painter.drawLine(QPointF(middle, bend), QPointF(middle, top))
