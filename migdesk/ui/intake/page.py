"""Intake (F7): a whole family on one screen, typed or scanned, kept as a draft until it is registered."""

from __future__ import annotations

import functools
from collections.abc import Sequence

import shiboken6
from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QVBoxLayout, QWidget

from migdesk.domain.change import Done
from migdesk.domain.errors import Invalid, Stale
from migdesk.domain.finding import Finding
from migdesk.i18n import N_
from migdesk.services.arrivals.arrivals import Registered
from migdesk.ui.entry.inputs import type_on
from migdesk.ui.entry.pinning import pin_action
from migdesk.ui.intake.answers import Offers, done_words, register
from migdesk.ui.intake.at_host import AtHost
from migdesk.ui.intake.beside import Beside
from migdesk.ui.intake.checking import IntakeChecking
from migdesk.ui.intake.corridor import Corridor
from migdesk.ui.intake.draft import Kept
from migdesk.ui.intake.enter import EnterHints
from migdesk.ui.intake.footer import IntakeFooter
from migdesk.ui.intake.form import IntakeForm
from migdesk.ui.intake.keeper import IntakeKeeper
from migdesk.ui.intake.likely_rail import LikelyRail
from migdesk.ui.intake.parts import FIRST_OF_ARRIVAL, ZONE
from migdesk.ui.intake.sheet import Book, Cell
from migdesk.ui.intake.stranger import Stranger
from migdesk.ui.intake.typing import IntakeTyping
from migdesk.ui.look import theme
from migdesk.ui.look.style import mark
from migdesk.ui.look.theme import Tone
from migdesk.ui.look.words import said
from migdesk.ui.parts.actions import Action
from migdesk.ui.parts.frame import PageFrame
from migdesk.ui.parts.messages import Notice
from migdesk.ui.workplace import Workplace

TITLE = N_("New arrival")
_SAVE, _SAVE_NEXT, _BEFORE = N_("Save"), N_("Save and next"), N_("As before")
_BACK, _EMPTY = N_("What you typed on {at} is back; nothing of it was lost."), N_("Begin an empty one")
_WAITING = N_("Other windows left drafts too: {n}. Each comes back with the next new arrival.")
_ASIDE, _BRING = N_("The draft was set aside."), N_("Bring it back")
_REMOVED = N_("Taken off the list: {name}")
_CHANGED = N_("The file of {name} was changed meanwhile. Compare what is marked, then save again.")
_REST_MS, _NARROW, _LOW = 120, 760, 420


class IntakePage(QWidget):
    """`named` carries the name for the tab, `finished` the uid of the head once the arrival is registered."""

    named = Signal(str)
    finished = Signal(str)

    def __init__(self, work: Workplace, frame: PageFrame, uid: str = "", host: str = "") -> None:
        super().__init__()
        self._work = work
        self._frame = frame
        self._uid, self._host = uid, host
        self._is_next = self._was_away = False
        self._last_place = ZONE
        self._offers = Offers(work.desk, work.memory)
        self.form = IntakeForm(self._offers.sources(work))
        self.rail = LikelyRail(work.desk)
        self._make_commands()
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._lay_out()
        self.form.ready.connect(self._furnish)

    def _furnish(self) -> None:
        """The form is complete: bring it to life, then the draft or the known person into it."""
        work = self._work
        self.typing = IntakeTyping(work.desk, self.form, self._offers)
        self.beside = Beside(work, self.form, self.typing, self.rail)
        self.checking = IntakeChecking(work, self.form, self.typing, self.beside)
        self.hints = EnterHints(self.form, self.typing, self.footer)
        self.stranger = Stranger(self._frame, self.beside, self.start_over)
        self.keeper = IntakeKeeper(work, f"intake/{self._uid or self._host or 'new'}", self._content, self)
        self._connect()
        for name in self.form.boxes.keys() & self.keeper.pins():
            self.form.boxes[name].set_pinned(True)
        self.keeper.recall(self._offers.before.update)
        self.corridor.recall()
        for command in (self._save, self._save_next):
            command.setEnabled(True)
        self.keeper.find()

    @property
    def book(self) -> Book:
        """What is typed."""
        return self.typing.book

    def _make_commands(self) -> None:
        save = Action("intake.save", _SAVE, self.save, "save", "Ctrl+Enter; Ctrl+Return")
        self._save = self._frame.add_command(save)
        self.corridor = Corridor(self._work.memory, self.form, self._frame)
        self.at_host = AtHost(self._work, self, self._host)
        self._save_next, *_others = self._frame.set_actions(
            None,
            Action("intake.next", _SAVE_NEXT, self.save_and_next, "save", "F9"),
            Action("intake.before", _BEFORE, self._repeat, "copy", "F8"),
            self.at_host.action,
            self.corridor.action,
        )
        self._frame.add_command(pin_action("intake.pin", lambda: self.form.boxes, self._frame.tell))
        for command in (self._save, self._save_next):
            command.setEnabled(False)
        self.footer = IntakeFooter(self._save)

    def _lay_out(self) -> None:
        card = QFrame()
        mark(card, look="card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.form)
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._sides.setSpacing(theme.L)
        self._sides.addWidget(card, 1)
        self._sides.addWidget(self.rail)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.M)
        column.addLayout(self._sides, 1)
        column.addWidget(self.footer)
        self._place_rail()

    def _connect(self) -> None:
        self.typing.touched.connect(lambda *_what: self.keeper.later())
        self.typing.touched.connect(lambda *_what: self._rest.start())
        self.typing.settled.connect(self._settled)
        self.form.save_wanted.connect(self.save)
        self.form.ended.connect(self.footer.save.setFocus)
        self.form.source_asked.connect(self._work.source_wanted)
        self.form.family.remove_wanted.connect(self._remove_member)
        self.footer.wanted.connect(self._go_to)
        self.keeper.back.connect(self._bring_back)
        self.keeper.nothing.connect(self._begin)
        self._rest.timeout.connect(self._show_lacks)
        self.hints.moved.connect(self._remember_place)
        self.checking.mended.connect(functools.partial(self._frame.take_back, Tone.BAD))

    def _begin(self) -> None:
        """Nothing was kept: an empty form, or that of a known person."""
        if self._uid:
            self.beside.take_over(self._uid, 0, then=functools.partial(self._come_to, FIRST_OF_ARRIVAL))
        elif self._host:
            self.at_host.begin()
        self._refresh()

    def _come_to(self, place: str) -> None:
        """Put the cursor there now, or when the page is first shown."""
        self._last_place = place
        if self.isVisible():
            self.form.go_to_place(place)

    def _bring_back(self, kept: Kept) -> None:
        self.typing.show_book(kept.book)
        for at, uid in enumerate(kept.known):
            if uid:
                self.beside.take_over(uid, at, then=lambda: None)
        self.beside.begin()
        self._come_to(kept.place)
        more = f"\n{said(_WAITING, n=self.keeper.waiting)}" if self.keeper.waiting else ""
        self._frame.tell(Notice(Tone.INFO, said(_BACK, at=kept.at) + more, said(_EMPTY), self.begin_empty))
        self._refresh()

    def begin_empty(self) -> None:
        """Put the draft aside and begin anew; a link brings it back."""

        def then() -> None:
            self.start_over(Book())
            self.keeper.drop()
            self._frame.tell(Notice(Tone.INFO, said(_ASIDE), said(_BRING), self.keeper.bring_back))

        self.keeper.set_aside(then)

    def start_over(self, book: Book) -> None:
        """Begin with another book in the same tab."""
        self.checking.begin()
        self.keeper.go_on()
        self.typing.show_book(book)
        self.beside.begin()
        self.form.go_to_place(ZONE)
        self.keeper.keep()
        self._refresh()

    def save_and_next(self) -> None:
        """Register (F9) and begin the next one with what is pinned."""
        self.save(is_next=True)

    def save(self, *, is_next: bool = False, apart: bool = False) -> None:
        """Register (Ctrl+Enter), then close and open the file; `apart`: nobody of them is in the register."""
        if not self._save.isEnabled():
            return
        self._leave_field()
        self._is_next = is_next
        if self.checking.unreadable():
            self._refuse()
            return
        self._last_place = self.form.place() or self._last_place
        self.keeper.keep()
        self.keeper.stop()
        self._wait(waiting=True)
        # closures, not methods: somebody may have closed the tab before the answer comes
        self._work.tasks.run(
            register,
            self._work.desk,
            self.keeper.key,
            self.book.draft(apart=apart),
            failed=lambda error: self._failed(error),
            done=lambda done: self._registered(done),
        )

    def _leave_field(self) -> None:
        """What is being typed counts as typed."""
        widget = self.focusWidget()
        if widget and self.form.isAncestorOf(widget):
            widget.clearFocus()
            widget.setFocus()

    def _registered(self, done: Done[Registered]) -> None:
        if shiboken6.isValid(self):
            self._wait(waiting=False)
            self._remember()
            if self._is_next:
                kept = {name: self.book.shared.get(name, Cell()) for name in self.form.pinned()}
                self.start_over(Book(shared=kept))
            else:
                self.finished.emit(done.value.people[0].uid)
        self._work.tell_done(done_words(done), done.changes.op)

    def _remember(self) -> None:
        """What was used comes first next time, and F8 repeats it."""
        for name, code in set(self.typing.codes()):
            self._offers.use(name, code)
        head = self.book.members[0]
        values = {name: cell.value for name, cell in (*head.cells.items(), *self.book.shared.items())}
        self._offers.before.clear()
        self._offers.before.update(values)
        self.keeper.remember(values)
        self.keeper.keep_pins(self.form.pinned())

    def _failed(self, error: Exception) -> None:
        if not shiboken6.isValid(self):
            return
        self._wait(waiting=False)
        self.keeper.go_on()
        self.keeper.keep()
        if isinstance(error, Invalid):
            self._refuse(error.findings)
        elif isinstance(error, Stale):
            names = ", ".join(self.beside.read_again())
            self._frame.tell(Notice(Tone.WARN, said(_CHANGED, name=names)))
        else:
            self._work.tell_error(error)

    def _wait(self, *, waiting: bool) -> None:
        """While it is being written nothing can be typed that would belong to neither record."""
        for command in (self._save, self._save_next):
            command.setEnabled(not waiting)
        self.form.setEnabled(not waiting)
        if not waiting:
            self.form.go_to_place(self._last_place)

    def _refuse(self, findings: Sequence[Finding] = ()) -> None:
        """Show what is wrong where it is wrong, and go there."""
        self.checking.be_strict(findings)
        self._frame.tell(self.checking.refusal(functools.partial(self.save, is_next=self._is_next)))
        self.form.go_to_first_block(self.checking.findings())

    def _content(self) -> tuple[Book, str]:
        return self.book, self.form.place() or self._last_place

    def _remember_place(self, place: str, member: int) -> None:
        self._last_place = place or self._last_place
        if member >= 0:
            self.beside.turn_to(member)

    def _settled(self) -> None:
        self.keeper.keep()
        self._refresh()

    def _refresh(self) -> None:
        """Say what is missing and what is wrong, as far as it was typed."""
        self._show_lacks()
        self.checking.ask(self.rail)

    def _show_lacks(self) -> None:
        self.checking.show_lacks(self.footer)
        self.form.name_member(self.book)
        self.named.emit(self.book.members[0].title() or said(TITLE))

    def _repeat(self) -> None:
        if self.form.is_ready:
            self.form.repeat_here()

    def _go_to(self, place: str) -> None:
        """Where a link of the footer leads; a member who is not shown above comes there first."""
        first, _slash, rest = place.partition("/")
        if first == "member":
            at, _slash, name = rest.partition("/")
            self.typing.show_member(int(at))
            self.form.go_to(name)
        else:
            self.form.go_to_place(place)

    def _remove_member(self, at: int) -> None:
        removed = self.typing.remove_member(at)
        if removed is None:
            return
        self._settled()
        words = said(_REMOVED, name=removed.title() or str(at + 1))
        back = functools.partial(self.typing.put_back, at, removed)
        self._frame.tell(Notice(Tone.INFO, words, said(_BRING), back))

    def showEvent(self, event: QShowEvent) -> None:
        """Whoever comes back finds the cursor where he left it."""
        super().showEvent(event)
        QTimer.singleShot(0, self, functools.partial(self._come_back, self._last_place))

    def _come_back(self, place: str) -> None:
        self.form.go_to_place(place)
        if self._was_away:
            type_on(self.focusWidget())

    def hideEvent(self, event: QHideEvent) -> None:
        """Esc, another tab, the end of the program: what is typed is kept."""
        super().hideEvent(event)
        self._was_away = True
        if self.form.is_ready:
            self.keeper.keep()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the rail lies below the form."""
        super().resizeEvent(event)
        self._place_rail()

    def _place_rail(self) -> None:
        """Beside the form; below it in a narrow window; away in one that is also low."""
        beside = self.width() >= _NARROW
        directions = QBoxLayout.Direction
        self._sides.setDirection(directions.LeftToRight if beside else directions.TopToBottom)
        self.rail.setVisible(beside or self.height() >= _LOW)
        self.rail.lie(beside=beside)
