"""Saving a group: all of it, or the rows that nothing stops, while the others stay on the page."""

from __future__ import annotations

from collections.abc import Sequence

import shiboken6
from PySide6.QtCore import QObject, Signal

from migdesk.domain.change import Done
from migdesk.domain.errors import Invalid
from migdesk.domain.finding import Severity
from migdesk.i18n import N_
from migdesk.services.arrivals.groups import GroupLook, RegisteredGroup, good_rows
from migdesk.ui.groups.above import AbovePart
from migdesk.ui.groups.checking import GroupChecking
from migdesk.ui.groups.details import Stop, stops_of
from migdesk.ui.groups.draft import write_draft
from migdesk.ui.groups.keeper import GroupKeeper, register
from migdesk.ui.groups.model import GroupModel
from migdesk.ui.groups.rows import GroupBook, Row
from migdesk.ui.look.theme import Tone
from migdesk.ui.look.words import said
from migdesk.ui.parts.messages import Notice
from migdesk.ui.workplace import Workplace

_WRONG, _SOME = N_("Not saved yet. To be corrected: {n}"), N_("Save {n} good rows, keep the rest here")
_MOVED = N_("Record as a move: {n}")
_NOBODY, _CHECKING = (
    N_("There is nobody to register."),
    N_("The rows are still being checked; then they are saved."),
)
_SAVED = N_("{n} people of a group registered, No. {first} to {last}")


class GroupSaving(QObject):
    """`waiting` says whether it is being written now; `saved` comes with the rows already taken out; `refused`
    when something stops it; `told` carries a notice."""

    waiting = Signal(bool)
    saved = Signal()
    refused = Signal()
    told = Signal(object)

    def __init__(
        self,
        work: Workplace,
        model: GroupModel,
        above: AbovePart,
        checking: GroupChecking,
        keeper: GroupKeeper,
    ) -> None:
        super().__init__(above)
        self._work, self._model, self._above = work, model, above
        self._checking, self._keeper = checking, keeper
        self._is_saving = False
        self._due: bool | None = None
        """Somebody wants to save as soon as the rows are checked: only the good ones, or all."""
        checking.looked.connect(self._save_now)
        model.typed.connect(lambda _at, _name: self._wait_no_more())
        self.is_strict = False
        """Somebody tried to save: from then on empty fields count and what stops is listed."""

    def save(self, *, only_good: bool) -> None:
        """Register everybody, or only the rows that nothing stops."""
        book = self._model.book
        if self._is_saving:
            return
        if not book.filled():
            self.told.emit(Notice(Tone.WARN, said(_NOBODY)))
            return
        if not self._checking.is_whole:
            self._checking.ask()
        if not self._checking.is_whole:
            self._due = only_good
            self.told.emit(Notice(Tone.INFO, said(_CHECKING)))
            return
        self._due = None
        self.is_strict = True
        self._checking.looked.emit()
        places = self.good() if only_good else book.filled()
        if not places or any(one.at < 0 or one.at in places for one in self.stops()):
            self._refuse()
        else:
            self._register(places)

    def _save_now(self) -> None:
        """The rows are checked: what was asked for before can be done."""
        due = self._due
        if due is not None and self._checking.is_whole:
            self._due = None
            self.save(only_good=due)

    def _wait_no_more(self) -> None:
        """Whoever goes on typing asks again."""
        self._due = None

    def good(self) -> list[int]:
        """Places of the rows that can be saved without the others."""
        book = self._model.book
        places = book.filled()
        looks = tuple(None if self._is_stopped(at) else book.rows[at].look for at in places)
        return [places[at] for at in good_rows(book.draft(places), GroupLook(looks, ()))]

    def stops(self) -> list[Stop]:
        """Everything that stops the save, the part above first."""
        above = [
            Stop(-1, name, f"{said(self._above.boxes[name].spec.field.label)}: {one.words()}")
            for name in self._above.stopped()
            for one in self._above.boxes[name].findings()
        ]
        return [*above, *stops_of(self._model.book.rows, self._model.book.filled())]

    def _is_stopped(self, at: int) -> bool:
        return any(one.severity is Severity.BLOCK for _name, one in self._model.book.rows[at].findings())

    def _register(self, places: Sequence[int]) -> None:
        book = self._model.book
        rest = GroupBook([one for at, one in enumerate(book.rows) if at not in {*places}], book.shared)
        text = write_draft(rest, "cell/0/", "") if rest.filled() else ""
        self._keeper.stop()
        self._wait(waiting=True)
        # closures, not methods: somebody may have closed the tab before the answer comes
        self._work.tasks.run(
            register,
            self._work.desk,
            book.draft(places),
            text,
            failed=lambda error: self._failed(error, places),
            done=lambda done: self._registered(done, places),
        )

    def _registered(self, done: Done[RegisteredGroup], places: Sequence[int]) -> None:
        if shiboken6.isValid(self):
            self._wait(waiting=False)
            self.is_strict = False
            self._keeper.go_on()
            self._model.remove(places)
            self.saved.emit()
        made = done.value.arrivals
        words = said(_SAVED, n=len(made), first=made[0].number, last=made[-1].number)
        self._work.tell_done(words, done.changes.op)

    def _failed(self, error: Exception, places: Sequence[int]) -> None:
        if not shiboken6.isValid(self):
            return
        self._wait(waiting=False)
        self._keeper.go_on()
        self._keeper.keep()
        if isinstance(error, Invalid):
            rows = self._model.book.rows
            self._checking.take_refusal(error.findings, [rows[at] for at in places])
            self._refuse()
        else:
            self._work.tell_error(error)

    def _refuse(self) -> None:
        """Say what is to be corrected, and offer to save what is good."""
        good = self.good()
        link = said(_SOME, n=len(good)) if good and not self._above.stopped() else ""
        words = said(_WRONG, n=len(self.stops()))
        act = (lambda: self.save(only_good=True)) if link else None
        elsewhere = [one for one in self._model.book.rows if one.is_elsewhere()]
        moved = ((said(_MOVED, n=len(elsewhere)), lambda: self._move(elsewhere)),) if elsewhere else ()
        self.told.emit(Notice(Tone.BAD, words, link, act, moved))
        self.refused.emit()

    def _move(self, rows: Sequence[Row]) -> None:
        """Whoever is registered elsewhere has moved: what is open there ends with this arrival."""
        for one in rows:
            one.moved = True
            one.changed()
        self._keeper.keep()
        self._checking.ask()
        self.save(only_good=False)

    def _wait(self, *, waiting: bool) -> None:
        self._is_saving = waiting
        self.waiting.emit(waiting)
