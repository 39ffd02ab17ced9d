"""What the search box found, below it: people, receiving persons, cases, permits, arrivals; Enter opens.

Typing never waits: the question goes out when the typing pauses for a moment, and an answer that comes late
is dropped.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
)

from migdesk.domain.fields import choice_label
from migdesk.domain.listing import Filter, Query, Test
from migdesk.i18n import N_
from migdesk.services import listing
from migdesk.services.desk import Desk
from migdesk.ui.look import fonts, icons, theme
from migdesk.ui.look.style import mark
from migdesk.ui.look.words import said
from migdesk.ui.parts.drop_list import DropList, Index, paint_ground
from migdesk.ui.shell.top_bar import SearchBox
from migdesk.ui.tasks import Tasks
from migdesk.ui.workplace import FILED, OF_TABLE, Kind, Target

if TYPE_CHECKING:
    from migdesk.services.people.people import Found

PAUSE_MS = 50
_ROW, _MOST_ROWS, _WIDE = 46, 9, 560
_PEOPLE, _PARTIES, _NUMBERS, _FAMILIES = 8, 3, 3, 3
_FAMILY, _MEMBERS = N_("Family of {name}"), N_("members: {n}")
_NOTHING = N_("Nothing found for “{text}”")
_FOUND = N_("What was found")
_BY = N_("by {what}")
_NUMBERED = (("cases", Kind.CASE), ("permits", Kind.PERMIT), ("arrivals", Kind.ARRIVAL))
"""Lists in which a part of a number is looked for; a whole one is found wherever it stands."""
_SHORTEST_NUMBER = 3


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found: what opens, its icon, its name, and a quiet line that tells it from others."""

    target: Target
    icon: str
    title: str
    detail: str


def find_anything(desk: Desk, text: str) -> list[Hit]:
    """What has exactly the number typed, then people, receiving persons, and what has it as a part."""
    # what likens people to each other is loaded when somebody is looked for, not before the window is painted
    from migdesk.services.arrivals import parties  # noqa: PLC0415
    from migdesk.services.people import people  # noqa: PLC0415

    found = [_person(desk, one) for one in people.find_people(desk, text, limit=_PEOPLE)]
    found += _families(desk, [hit.target.uid for hit in found][:_FAMILIES])
    for party in parties.find_parties(desk, text, limit=_PARTIES):
        role = choice_label(party.role) if party.role else ""
        detail = " · ".join(part for part in (role, party.number) if part)
        found.append(Hit(Target(Kind.PARTY, party.uid), "people", party.name, detail))
    if sum(letter.isdigit() for letter in text) < _SHORTEST_NUMBER:
        return found
    hits: dict[Target, Hit] = {}
    for hit in (*_of_number(desk, text), *found, *_by_number(desk, text.strip().upper())):
        hits.setdefault(hit.target, hit)
    return list(hits.values())


def _person(desk: Desk, one: Found) -> Hit:
    person = one.person
    born = person.born_words
    country = desk.lists.label("countries", person.citizenship)
    parts = (country, born, person.iin, said(_BY, what=one.matched))
    return Hit(
        Target(Kind.PERSON, person.uid),
        "person",
        person.full_name,
        " · ".join(part for part in parts if part),
    )


def _families(desk: Desk, heads: Sequence[str]) -> list[Hit]:
    """Families that those who were found first are the heads of."""
    from migdesk.services.families import families  # noqa: PLC0415 - as with people

    return [
        Hit(
            Target(Kind.FAMILY, file.family.uid),
            "people",
            said(_FAMILY, name=file.head.full_name),
            said(_MEMBERS, n=len(file.members)),
        )
        for file in families.headed_by(desk, heads)
        if file.head and len(file.members) > 1
    ]


def _of_number(desk: Desk, text: str) -> list[Hit]:
    """What has exactly the number typed; a place in a waiting list has no file: its person does."""
    from migdesk.services import numbered  # noqa: PLC0415 - as with people

    found = []
    for one in numbered.find_numbered(desk, text):
        kind = OF_TABLE.get(one.record.table, Kind.PERSON)
        uid = one.record.uid if one.record.table in OF_TABLE else one.person
        detail = " · ".join(part for part in (said(one.record.title), one.name) if part)
        if uid:
            found.append(Hit(Target(kind, uid), FILED[kind].icon, one.number, detail))
    return found


def _by_number(desk: Desk, number: str) -> list[Hit]:
    found: list[Hit] = []
    for name, kind in _NUMBERED:
        opened = listing.open_list(desk, Query(name, (Filter("number", Test.CONTAINS, number),)))
        ids = opened.first(_NUMBERS)
        keys = [column.key for column in opened.columns]
        at_number, at_name = keys.index("number"), keys.index("name")
        for row_id, row in zip(ids, opened.rows(ids), strict=False):
            target = Target(kind, opened.uid(row_id))
            found.append(Hit(target, FILED[kind].icon, str(row[at_number]), str(row[at_name])))
    return found


def _nothing_words(text: str) -> str:
    """Why nothing was found: of a label that was typed wrongly it is known."""
    from migdesk.services.people import labels  # noqa: PLC0415 - as above

    problem = labels.problem_of(text)
    return problem.words() if problem else said(_NOTHING, text=text.replace("{", "").replace("}", ""))


class _Hits(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.hits: Sequence[Hit] = ()
        self.nothing = ""

    def show_hits(self, hits: Sequence[Hit], nothing: str) -> None:
        """Show others; without any, say so."""
        self.beginResetModel()
        self.hits, self.nothing = hits, nothing
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """One row each, or one that says that there is nothing."""
        return 0 if parent.isValid() else max(len(self.hits), 1)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        """Name and quiet line, as a screen reader says them."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        if not self.hits:
            return self.nothing
        hit = self.hits[index.row()]
        return f"{hit.title}, {hit.detail}"


class _HitPainter(QStyledItemDelegate):
    def __init__(self, hits: _Hits) -> None:
        super().__init__(hits)
        self._hits = hits

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Two lines."""
        return QSize(200, _ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Icon, name, quiet line."""
        colours = theme.current()
        room: QRect = option.rect
        paint_ground(painter, option)
        if not self._hits.hits:
            whole = room.adjusted(theme.M, 0, -theme.M, 0)
            fonts.write(painter, whole, str(index.data()), fonts.font(), colours.muted)
            return
        hit = self._hits.hits[index.row()]
        icons.paint(painter, hit.icon, QRectF(room.left() + 12, room.center().y() - 9, 18, 18), colours.muted)
        above = room.adjusted(40, 4, -theme.M, -room.height() // 2)
        fonts.write(painter, above, hit.title, fonts.font(theme.BODY, fonts.SEMIBOLD), colours.text)
        below = room.adjusted(40, room.height() // 2 - 2, -theme.M, -4)
        fonts.write(painter, below, hit.detail, fonts.font(theme.SMALL), colours.muted)


class SearchPopup(QFrame):
    """Opens under the search box and never takes the keyboard; `opened` carries a `Target`."""

    opened = Signal(object)

    def __init__(self, box: SearchBox, desk: Desk, tasks: Tasks) -> None:
        super().__init__(box.window())
        self._box, self._desk, self._tasks = box, desk, tasks
        self._turn = 0
        self._wants_first = False
        mark(self, look="popup")
        self._hits = _Hits()
        self._view = DropList(self._hits)
        self._view.setItemDelegate(_HitPainter(self._hits))
        self._view.setAccessibleName(said(_FOUND))
        self._view.clicked.connect(lambda _index: self._take())
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 4, 1, 4)
        column.addWidget(self._view)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        box.asked.connect(self._typed)
        box.installEventFilter(self)
        self.hide()

    def hits(self) -> Sequence[Hit]:
        """What is shown."""
        return self._hits.hits

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Walk what was found with the keys of the box; close when the box is left."""
        if event.type() is QEvent.Type.FocusOut:
            self.close_list()
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            return self._press(event)
        return False

    def close_list(self) -> None:
        """Out of sight, and late answers with it."""
        self._turn += 1
        self._pause.stop()
        self.hide()

    def _press(self, event: QKeyEvent) -> bool:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.isVisible() and not self._pause.isActive():
                self._take()
            elif self._box.text().strip():
                self._wants_first = True
                self._pause.stop()
                self._ask()
            return True
        if event.key() in steps and self.isVisible():
            row = self._view.currentIndex().row() + steps[Qt.Key(event.key())]
            self._mark(max(0, min(row, len(self._hits.hits) - 1)))
            return True
        if event.key() == Qt.Key.Key_Escape and self.isVisible():
            self.close_list()
            return True
        return False

    def _typed(self, text: str) -> None:
        self._wants_first = False
        if text.strip():
            self._pause.start()
        else:
            self.close_list()

    def _ask(self) -> None:
        self._turn += 1
        turn, text = self._turn, self._box.text()
        self._tasks.read(
            find_anything, self._desk, text, done=lambda hits: self._show(turn, text, hits), patience=0
        )

    def _show(self, turn: int, text: str, hits: list[Hit]) -> None:
        if turn != self._turn:
            return
        self._hits.show_hits(hits, "" if hits else _nothing_words(text))
        self._place()
        self.show()
        self.raise_()
        self._mark(0)
        if self._wants_first and hits:
            self._wants_first = False
            self._take()

    def _mark(self, row: int) -> None:
        self._view.setCurrentIndex(self._hits.index(row, 0) if self._hits.hits else QModelIndex())

    def _take(self) -> None:
        row = self._view.currentIndex().row()
        if 0 <= row < len(self._hits.hits):
            target = self._hits.hits[row].target
            self.close_list()
            self._box.clear()
            self.opened.emit(target)

    def _place(self) -> None:
        window = self._box.window()
        corner = self._box.mapTo(window, QPoint(0, self._box.height() + 4))
        rows = min(self._hits.rowCount(), _MOST_ROWS)
        wide = min(max(self._box.width(), _WIDE), window.width() - corner.x() - theme.M)
        high = min(rows * _ROW + 10, window.height() - corner.y() - theme.M)
        self.setGeometry(corner.x(), corner.y(), wide, high)
