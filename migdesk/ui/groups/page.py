"""A group (Ctrl+G): a bus, a flight, a class list in a grid, kept as a draft until it is registered."""

from __future__ import annotations

import functools

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from migdesk.i18n import N_
from migdesk.services.people import spellings
from migdesk.services.workbooks.pasting import CellReader
from migdesk.ui.entry.pinning import pin_action
from migdesk.ui.groups.above import AbovePart
from migdesk.ui.groups.beside import Beside
from migdesk.ui.groups.checking import GroupChecking
from migdesk.ui.groups.details import Below, RowDetails, StopsList
from migdesk.ui.groups.draft import Kept
from migdesk.ui.groups.folded import Folding
from migdesk.ui.groups.foot import Foot
from migdesk.ui.groups.grid import GroupGrid, is_step
from migdesk.ui.groups.keeper import GroupKeeper
from migdesk.ui.groups.model import GroupModel
from migdesk.ui.groups.places import FIRST, Places
from migdesk.ui.groups.rows import GroupBook, Row, codes
from migdesk.ui.groups.saving import GroupSaving
from migdesk.ui.intake.answers import Offers
from migdesk.ui.intake.sheet import Cell
from migdesk.ui.look import theme
from migdesk.ui.look.style import mark
from migdesk.ui.look.theme import Tone
from migdesk.ui.look.words import said
from migdesk.ui.parts.actions import Action
from migdesk.ui.parts.frame import PageFrame
from migdesk.ui.parts.messages import Notice
from migdesk.ui.workplace import Workplace

TITLE = N_("Group")
_SAVE, _SAVE_GOOD = N_("Save the group"), N_("Save the good rows")
_BEFORE, _DOWN, _REMOVE = N_("As above"), N_("Fill down"), N_("Take the row off")
_NEXT_STOP, _UP = N_("Next to correct"), N_("What all of them share")
_ASIDE, _BRING = N_("The draft was set aside."), N_("Bring it back")
_COLUMNS, _REMOVED = N_("Fields of the purpose in each row"), N_("Rows taken off the list: {n}")
_LOWEST = 300


class GroupPage(QWidget):
    """`finished` comes once everybody is registered."""

    finished = Signal()

    def __init__(self, work: Workplace, frame: PageFrame) -> None:
        super().__init__()
        self._work, self._frame = work, frame
        self._has_columns = False
        self._offers = Offers(work.desk, work.memory)
        reader = CellReader(work.desk)
        self.model = GroupModel(
            reader,
            self._offers.name,
            lambda: work.desk.today,
            functools.partial(spellings.propose, work.desk.store),
        )
        self.model.setParent(self)
        sources = self._offers.sources(work)
        self.above = AbovePart(sources, self._offers)
        self.folding = Folding(self.above)
        self.grid = GroupGrid(self.model, sources)
        self.places = Places(self, self.above, self.folding, self.grid)
        self.details, self.stops = RowDetails(), StopsList()
        self.foot = Foot()
        self.checking = GroupChecking(work, self.model, self)
        self.keeper = GroupKeeper(work, reader, self._content, self)
        self.saving = GroupSaving(work, self.model, self.above, self.checking, self.keeper)
        self.beside = Beside(work, self.model, self.grid, self.above, self)
        self._make_commands()
        self._lay_out()
        self._connect()
        self._connect_saving()
        self.above.set_pinned(self.keeper.pins())
        self.keeper.find()

    @property
    def book(self) -> GroupBook:
        """What is typed."""
        return self.model.book

    def _make_commands(self) -> None:
        frame = self._frame
        frame.set_actions(
            Action("group.save", _SAVE, self.save, "save", "Ctrl+Enter; Ctrl+Return"),
            Action("group.good", _SAVE_GOOD, self.save_good, "save", "Ctrl+Shift+Enter; Ctrl+Shift+Return"),
            Action("group.before", _BEFORE, self._repeat, "copy", "F8"),
            Action("group.down", _DOWN, self.grid.fill_down, "down", "Ctrl+D"),
            Action("group.remove", _REMOVE, self.grid.remove_rows, "close", "Ctrl+Del"),
        )
        frame.add_command(pin_action("group.pin", lambda: self.above.boxes, frame.tell))
        frame.add_command(Action("group.stop", _NEXT_STOP, self.next_stop, "warn", "Alt+Down"))
        columns = functools.partial(self._show_columns, everything=True)
        frame.add_command(Action("group.columns", _COLUMNS, columns, "open", "Alt+Right", in_bar=False))
        frame.add_command(Action("group.above", _UP, self.folding.unfold, "up", "Alt+Up", in_bar=False))

    def _lay_out(self) -> None:
        top, table = QFrame(), QFrame()
        mark(top, look="card")
        mark(table, look="table")
        for frame, inner in ((top, self.folding), (table, self.grid)):
            lines = QVBoxLayout(frame)
            lines.setContentsMargins(1, 1, 1, 1)
            lines.addWidget(inner)
        self._below = Below(self, self.folding, self.details, self.stops)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.S)
        column.addWidget(top)
        column.addWidget(table, 1)
        column.addWidget(self._below)
        column.addWidget(self.foot)

    def _connect(self) -> None:
        self.above.changed.connect(lambda _name: self._take_above())
        self.above.left.connect(lambda _name: self._settled())
        self.above.pasted.connect(self.beside.paste_from_above)
        self.foot.empty_wanted.connect(self.begin_empty)
        self.above.passed.connect(lambda: self.grid.go_to(self.grid.place()[0]))
        for part in (self.above, self.details):
            part.source_asked.connect(self._work.source_wanted)
        self.model.typed.connect(lambda _at, _name: self.checking.later())
        self.grid.cell_left.connect(self._settled)
        self.grid.moved.connect(lambda _at: self._explain())
        self.grid.came.connect(self.folding.fold)
        self.grid.removed.connect(self._tell_removed)
        self.beside.told.connect(self._frame.tell)
        self.beside.settled.connect(self._settled)
        self.details.take_wanted.connect(self.beside.take_likely)
        self.details.apart_wanted.connect(self.beside.say_apart)
        self.details.back_wanted.connect(self.beside.give_back)
        self.stops.wanted.connect(self._go_to)
        self.checking.looked.connect(self._show)
        self.keeper.back.connect(self._bring_back)
        self.keeper.nothing.connect(self._show)

    def _connect_saving(self) -> None:
        self.saving.told.connect(self._frame.tell)
        self.saving.refused.connect(self.next_stop)
        self.saving.saved.connect(self._saved)
        self.saving.waiting.connect(self._wait)

    def save(self) -> None:
        """Register everybody (Ctrl+Enter), or show what stops it."""
        self._leave_field()
        self.saving.save(only_good=False)

    def save_good(self) -> None:
        """Register the rows that nothing stops; the others stay here."""
        self._leave_field()
        self.saving.save(only_good=True)

    def next_stop(self) -> None:
        """The next thing to correct after the cursor; from the last one the first again."""
        stops = self.saving.stops()
        here = self.grid.place() if not self.above.focused() else (-1, "")
        places = [(one.at, one.name) for one in stops]
        first = next((n for n, place in enumerate(places) if place[0] >= here[0]), 0)
        wanted = places.index(here) + 1 if here in places else first
        if places:
            self._go_to(*places[wanted % len(places)])

    def _saved(self) -> None:
        for name, code in set(codes(self.book)):
            self._offers.use(name, code)
        self.keeper.keep_pins(self.above.pinned())
        self.model.history.forget()
        self.foot.say_restored("")
        self.stops.hide()
        if self.book.filled():
            self.grid.go_to(0)
            self._settled()
            return
        self.model.show_book(GroupBook([], self._pinned_cells()))
        self.above.show_cells(self.book.shared)
        self.places.last = FIRST
        self.finished.emit()

    def _pinned_cells(self) -> dict[str, Cell]:
        """What stays above for the next group."""
        return {name: self.book.shared.get(name, Cell()) for name in self.above.pinned()}

    def _go_to(self, at: int, name: str) -> None:
        if at < 0:
            self.folding.show_fields()
            self.above.go_to(name)
        else:
            self.grid.go_to(at, name)

    def _show(self) -> None:
        """Everything that is said now; empty fields are no matter until somebody saves."""
        found = self.checking.shared
        if not self.saving.is_strict:
            found = tuple(one for one in found if not one.code.startswith("missing"))
        self.above.show_findings(found)
        if self.saving.is_strict:
            self.stops.show_stops(self.saving.stops(), [one.sheet.title() for one in self.book.rows])
        self.folding.say(self.book.shared)
        self._explain()
        self.foot.count(self.book)

    def _explain(self) -> None:
        self.details.show_row(at := self.grid.place()[0], self.model.row(at))
        self._below.fit(len(self.book.rows) + 1)

    def _settled(self) -> None:
        """A field or a cell was left: keep the draft, check."""
        self._take_above()
        self._show_columns()
        self.keeper.keep()
        self.checking.later()
        self._explain()
        self.foot.count(self.book)

    def _take_above(self) -> None:
        """What is typed above; another arrival is another question about every row."""
        before = self.book.draft([]).arrival
        self.book.shared = self.above.cells()
        self.folding.say(self.book.shared)
        if self.book.draft([]).arrival != before:
            for one in self.book.rows:
                one.look = None
            self.checking.later()
        self._offer()

    def _show_columns(self, *, everything: bool = False) -> None:
        """Cells for what some row has of its own; the values of all stand above."""
        self._has_columns = self._has_columns or everything
        self.above.show_panel(self.book.panel())
        self.grid.show_details(self.book.columns(everything=self._has_columns))
        self.above.say_dropped(self.book.dropped())

    def _offer(self) -> None:
        entered = self.book.shared.get("arrival.entered_on")
        is_open = "arrival.arrived_on" not in self.book.shared
        self.above.offer({"arrival.arrived_on": entered.value} if entered and is_open else {})

    def _content(self) -> tuple[GroupBook, str]:
        return self.book, self.places.place()

    def _bring_back(self, kept: Kept) -> None:
        self.model.show_book(kept.book)
        self.above.show_cells(kept.book.shared)
        for at, uid in kept.known.items():
            self.beside.take_file(uid, kept.book.rows[at])
        self.places.last = kept.place
        self.places.begin()
        if not self.book.has_only(self.above.pinned()):
            self.foot.say_restored(kept.at)
        self._offer()
        self._show_columns()
        self.checking.ask()

    def begin_empty(self) -> None:
        """Put the draft aside and begin anew; a link brings it back."""
        self.keeper.set_aside(self._start_over)

    def _start_over(self) -> None:
        kept = self._pinned_cells()
        self.foot.say_restored("")
        self.saving.is_strict = False
        self.stops.hide()
        self.model.show_book(GroupBook([], kept))
        self.above.show_cells(kept)
        self.keeper.keep()
        self.places.last = FIRST
        self.places.begin()
        self._frame.tell(Notice(Tone.INFO, said(_ASIDE), said(_BRING), self.keeper.bring_back))
        self._show()

    def _tell_removed(self, removed: list[tuple[int, Row]]) -> None:
        self._settled()

        def back() -> None:
            self.model.remember()
            self.model.put_back(removed)
            self._settled()

        self._frame.tell(Notice(Tone.INFO, said(_REMOVED, n=len(removed)), said(_BRING), back))

    def _repeat(self) -> None:
        if self.above.focused():
            self.above.repeat()
        else:
            self.grid.repeat()

    def _leave_field(self) -> None:
        """What is being typed counts as typed."""
        widget = self.focusWidget()
        if self.above.focused() and widget:
            widget.clearFocus()
            widget.setFocus()
        else:
            self.grid.commit()
        self._take_above()

    def _wait(self, waiting: bool) -> None:
        for part in (self.above, self.grid):
            part.setEnabled(not waiting)

    def event(self, event: QEvent) -> bool:
        """Ctrl+Z is not for operations saved before: whoever fills rows means the rows."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and is_step(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Z takes back the last act in the rows; Ctrl+Shift+Z or Ctrl+Y does it again."""
        if is_step(event):
            self.beside.step_back(forward=event.matches(QKeySequence.StandardKey.Redo))
        else:
            super().keyPressEvent(event)

    def retranslate(self) -> None:
        """Say everything anew."""
        self._show()

    def showEvent(self, event: QShowEvent) -> None:
        """The cursor comes back with the page."""
        super().showEvent(event)
        QTimer.singleShot(0, self, self.places.come_back)
        self.checking.wake()

    def hideEvent(self, event: QHideEvent) -> None:
        """Esc, another tab, the end of the program: what is typed is kept."""
        self.places.leave()
        super().hideEvent(event)
        self.grid.commit()
        self.book.shared = self.above.cells()
        self.keeper.keep()
        self.checking.rest()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A low window keeps the rows."""
        super().resizeEvent(event)
        for part in (self._below, self.foot):
            part.setVisible(self.height() >= _LOWEST)
        self.folding.set_room(self.height() // 2)
