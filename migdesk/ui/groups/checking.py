"""Asks about the rows of a group in the background, some at a time, and shows the newest answers."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from migdesk.domain.change import ChangeSet
from migdesk.domain.finding import Finding
from migdesk.services.arrivals.groups import GroupChecks, GroupDraft, GroupLook, RowLook
from migdesk.ui.groups.model import GroupModel
from migdesk.ui.groups.rows import Row
from migdesk.ui.workplace import Workplace

_REST_MS = 150
_WHO = frozenset({"person", "document", "arrival", "membership"})


class GroupChecking(QObject):
    """`looked` comes when there is more to show; one question at a time, so that typing never waits for many."""

    looked = Signal()

    def __init__(self, work: Workplace, model: GroupModel, parent: QObject) -> None:
        super().__init__(parent)
        self._work = work
        self._model = model
        self._checks = GroupChecks(work.desk)
        self._is_asking = False
        self._is_due = False
        self._is_resting = False
        self.shared: tuple[Finding, ...] = ()
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self.ask)
        work.changed.connect(self._hear)

    def later(self) -> None:
        """Something was typed: ask at the next pause."""
        if not self._is_resting:
            self._rest.start()

    def rest(self) -> None:
        """Nobody sees the rows: nothing is asked until they come back."""
        self._is_resting = True
        self._rest.stop()

    def wake(self) -> None:
        """The rows are to be seen again."""
        self._is_resting = False
        self.later()

    @property
    def is_whole(self) -> bool:
        """Whether everything that is typed was looked at."""
        rows = self._model.book.rows
        return not self._is_asking and not self._is_due and all(one.look or one.is_blank for one in rows)

    def ask(self) -> None:
        """Check what is typed now, away from the window."""
        self._rest.stop()
        if self._is_resting:
            return
        if self._is_asking:
            self._is_due = True
            return
        self._is_asking, self._is_due = True, False
        book = self._model.book
        places = book.filled()
        rows = [book.rows[at] for at in places]
        draft = book.draft(places)
        self._work.tasks.read(
            self._checks.look,
            draft,
            done=functools.partial(self._take, rows, draft),
            failed=self._fail,
            patience=0,
        )

    def take_refusal(self, findings: Sequence[Finding], rows: Sequence[Row]) -> None:
        """What the service said when it refused to save these rows: it knows more than was asked before."""
        by_row: dict[int, list[Finding]] = {}
        above = []
        for one in findings:
            first, _dot, rest = (one.field or "").partition(".")
            at, _dot, name = rest.partition(".")
            if first == "rows" and at.isdecimal():
                by_row.setdefault(int(at), []).append(replace(one, field=name or None))
            else:
                above.append(one)
        for place, row in enumerate(rows):
            likely = row.look.likely if row.look else ()
            row.look = RowLook(tuple(by_row.get(place, ())), likely)
        self.shared = tuple(above)
        self._checks.forget()
        self._model.show_looks()
        self.looked.emit()

    def _take(self, rows: Sequence[Row], draft: GroupDraft, found: GroupLook) -> None:
        self._is_asking = False
        for row, asked, look in zip(rows, draft.rows, found.rows, strict=True):
            if row.was_asked(asked):
                row.look = look
        self.shared = found.shared
        self._model.show_looks()
        if self._is_due or not found.is_whole:
            self._is_due = False
            QTimer.singleShot(0, self, self.ask)
        self.looked.emit()

    def _fail(self, error: Exception) -> None:
        self._is_asking = self._is_due = False
        self._work.tell_error(error)

    def _hear(self, changes: ChangeSet) -> None:
        """Somebody registered people: who is in the register is another question now."""
        if changes.tables & _WHO:
            self._checks.forget()
            self.later()
