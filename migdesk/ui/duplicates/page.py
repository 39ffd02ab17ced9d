"""The work list of possible duplicates: pairs left, two files right; every pair is decided by keys alone."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QSplitter, QStackedLayout, QStackedWidget, QVBoxLayout, QWidget

from migdesk import crash
from migdesk.domain.change import ChangeSet, Done, Op
from migdesk.domain.errors import Cancelled, MigDeskError, NotFound, Stale
from migdesk.domain.fields import spec
from migdesk.domain.person import Distinct, Person
from migdesk.i18n import N_
from migdesk.services.desk import Desk
from migdesk.services.people import duplicates, merging
from migdesk.services.people.duplicates import Pair
from migdesk.services.people.merging import SideBySide
from migdesk.services.progress import Progress
from migdesk.ui.duplicates.compare import CompareView
from migdesk.ui.duplicates.pair_list import PairList
from migdesk.ui.entry.editor import Section
from migdesk.ui.files.questions.form_dialog import NARROW, FormDialog, Question, ask
from migdesk.ui.look import theme
from migdesk.ui.look.flow import FlowRow
from migdesk.ui.look.labels import Label
from migdesk.ui.look.style import mark
from migdesk.ui.look.theme import Tone
from migdesk.ui.look.words import number, said
from migdesk.ui.parts.actions import Action, Button
from migdesk.ui.parts.blocks import column
from migdesk.ui.parts.frame import PageFrame
from migdesk.ui.parts.messages import Notice
from migdesk.ui.parts.panel import Panel, Words
from migdesk.ui.parts.progress_panel import ProgressPanel, Watched
from migdesk.ui.workplace import Workplace

TITLE = N_("Possible duplicates")
_COMPARING, _PAIRS, _PAIR = N_("Comparing all files…"), N_("{n} pairs to decide"), N_("1 pair to decide")
_NOBODY, _NOBODY_TEXT = N_("No pairs to decide"), N_("No two files are alike enough to be one person.")
_ALONE = N_("Nobody else in the register looks like this person.")
_DONE, _DONE_TEXT = N_("All pairs are decided"), N_("F5 compares all files again.")
_STOPPED, _STOPPED_TEXT = N_("The comparison was stopped"), N_("Nothing was changed. F5 begins again.")
_FAILED, _BUG = N_("The files could not be compared"), N_("Something went wrong in the program.")
_SETTLED, _SETTLED_TEXT = (
    N_("This pair is settled already"),
    N_("One of the two files was merged or taken out in the meantime. F9 goes to the next pair."),
)
_AGAIN = N_("Compare again")
_MERGE, _SWAP, _APART = N_("Merge"), N_("Keep the other"), N_("Two people")
_NEXT, _BACK = N_("Next pair"), N_("Pair before")
_MERGED = N_("Merged into the file of {name}. Rows moved: {n}.")
_TOLD = N_("Remembered: these are two people.")
_APART_LEAD = N_("These two files are never proposed as one person again.")
_CHANGED = N_("One of the files was changed in the meantime. Look at both again.")
_EMPTY_SIDE = N_("This value is empty, so the other one stays. To clear it, edit the file after the merge.")
_HINDERED = N_("The two files cannot be merged as they are.")
_WATCHED = frozenset({"person", "document", "distinct_pair", "arrival", "stay", "membership"})
_MOST = 1_000
_LEFT, _RIGHT = 320, 750


class DuplicatesPage(QWidget):
    """The body of the tab; with a `uid` only the likely partners of that person."""

    def __init__(self, work: Workplace, frame: PageFrame, uid: str = "") -> None:
        super().__init__()
        self._work, self._frame, self._uid = work, frame, uid
        self._turn = 0
        self._watched: Watched | None = None
        self._decided: list[Pair] = []
        self.list = PairList()
        self.compare = CompareView(work)
        self.progress = ProgressPanel()
        self._count = Label("", "muted")
        self._add_actions()
        self._lay_out()
        self.list.current_changed.connect(self._read_pair)
        self.list.entered.connect(self.compare.table.setFocus)
        self.compare.table.refused.connect(lambda: self._tell(_EMPTY_SIDE))
        work.changed.connect(self._take_changes)
        self.scan()

    def _add_actions(self) -> None:
        add = self._frame.add_command
        self.merge_command = add(
            Action("duplicates.merge", _MERGE, self.merge, "ok", "Ctrl+Enter; Ctrl+Return")
        )
        self.others = [
            add(Action("duplicates.swap", _SWAP, self.swap, "exchange", "Ctrl+R")),
            add(Action("duplicates.apart", _APART, self.say_distinct, "people", "Ctrl+N")),
            add(Action("duplicates.next", _NEXT, functools.partial(self.step, 1), "down", "F9")),
            add(
                Action(
                    "duplicates.back", _BACK, functools.partial(self.step, -1), "up", "Shift+F9", in_bar=False
                )
            ),
        ]
        add(Action("page.refresh", _AGAIN, self.scan, "refresh", "F5"))

    def _lay_out(self) -> None:
        again = Action("duplicates.again", _AGAIN, self.scan, "refresh")
        alone = _ALONE if self._uid else _NOBODY_TEXT
        self.nobody = Panel(Words("ok", _NOBODY, alone, again, Tone.OK))
        self.finished = Panel(Words("ok", _DONE, _DONE_TEXT, again, Tone.OK))
        self.stopped = Panel(Words("annul", _STOPPED, _STOPPED_TEXT, again))
        self.failed = Panel(Words("bad", _FAILED, _BUG, again, Tone.BAD))
        self.settled = Panel(Words("info", _SETTLED, _SETTLED_TEXT, None, Tone.INFO))
        self._sides = QStackedWidget()
        for page in (self.compare, self.settled):
            self._sides.addWidget(page)
        right = QVBoxLayout()
        right.setSpacing(theme.M)
        right.addWidget(self._sides, 1)
        right.addWidget(
            FlowRow(Button(self.merge_command, "primary"), *(Button(command) for command in self.others[:3]))
        )
        beside = column(right)
        left = column(self._count, self.list)
        mark(self.list, look="card")
        self.lists = QSplitter(Qt.Orientation.Horizontal)
        self.lists.setHandleWidth(theme.L)
        for side, wide in ((left, 280), (beside, 420)):
            side.setMinimumWidth(wide)
            self.lists.addWidget(side)
        self.lists.setSizes([_LEFT, _RIGHT])
        self.lists.setStretchFactor(1, 1)
        self._stack = QStackedLayout(self)
        for widget in (self.progress, self.lists, self.nobody, self.finished, self.stopped, self.failed):
            self._stack.addWidget(widget)

    def begin(self) -> None:
        """The keyboard goes to the fields, or to the button of what is shown."""
        if self._stack.currentWidget() is self.lists:
            (self.compare.table if self.compare.table.isVisible() else self.list).setFocus()
        elif self._stack.currentWidget() is self.progress:
            self.progress.stop.setFocus()

    def scan(self) -> None:
        """Compare all files, away from the window; what is shown stays until it is done for one person."""
        self.stop()
        self._turn += 1
        self._decided.clear()
        done, failed = functools.partial(self._show, self._turn), functools.partial(self._fail, self._turn)
        if self._uid:
            self._work.tasks.read(duplicates.pairs_of, self._work.desk, self._uid, done=done, failed=failed)
            return
        self._watched = Watched(self)
        self._watched.stepped.connect(self.progress.show_step)
        self.progress.begin(_COMPARING, self._watched.cancel)
        self._stack.setCurrentWidget(self.progress)
        self.progress.stop.setFocus()
        self.destroyed.connect(functools.partial(_cancel, self._watched.progress))
        service = functools.partial(duplicates.find_pairs, limit=_MOST, progress=self._watched.progress)
        self._work.tasks.read(service, self._work.desk, done=done, failed=failed, patience=0)

    def stop(self) -> None:
        """End the comparison that runs, if any."""
        if self._watched:
            self._watched.cancel()

    def merge(self) -> None:
        """Make the two files one, as is shown."""
        pair, seen = self.list.current(), self.compare.seen
        if pair is None or seen is None or self._sides.currentWidget() is not self.compare:
            return
        if seen.hindrances:
            self._tell(_HINDERED)
            return
        kept, gone = self.compare.kept, self.compare.gone()
        moved = seen.rows[0 if seen.one.uid == gone else 1].total()
        self._work.do(
            merging.merge,
            kept,
            gone,
            self.compare.take(),
            self.compare.stays_open(),
            words=lambda done: said(_MERGED, name=done.value.full_name, n=number(moved)),
            failed=self._refuse,
            done=functools.partial(self._take_merged, pair, gone),
        )

    def swap(self) -> None:
        """Keep the other file."""
        self.compare.swap()

    def say_distinct(self) -> FormDialog | None:
        """Ask how it was found out that these are two people."""
        pair = self.list.current()
        if pair is None:
            return None
        one, other = pair.one.uid, pair.other.uid

        def save(desk: Desk, values: dict[str, Any]) -> Done[Distinct]:
            return merging.say_distinct(desk, one, other, values["why"])

        question = Question(
            key=f"person.distinct/{one}~{other}",
            title=_APART,
            button=_APART,
            specs=[spec(Distinct, "why")],
            sections=(Section("", (("why",),)),),
            save=save,
            words=lambda _done: said(_TOLD),
            values={},
            lead=_APART_LEAD,
            width=NARROW,
        )
        dialog = ask(self._work, question)
        dialog.accepted.connect(functools.partial(self._drop, pair))
        return dialog

    def step(self, by: int) -> None:
        """Look at another pair; this one stays in the list."""
        self.list.go(self.list.row() + by)
        self.begin()

    def retranslate(self) -> None:
        """The count in the current language."""
        self._say_count()

    def _show(self, turn: int, pairs: Sequence[Pair]) -> None:
        if turn != self._turn:
            return
        self._watched = None
        focused = self._has_keyboard()
        self.list.show_pairs(pairs)
        self._stack.setCurrentWidget(self.lists if pairs else self.nobody)
        self._say_count()
        if focused:
            self.begin()

    def _fail(self, turn: int, error: Exception) -> None:
        if turn != self._turn:
            return
        self._watched = None
        self._stack.setCurrentWidget(self.stopped if isinstance(error, Cancelled) else self.failed)
        if isinstance(error, MigDeskError):
            self.failed.text.show_text(error.words())
        else:
            self.failed.text.say(_BUG)
            crash.write(error, self._work.desk.home)

    def _read_pair(self) -> None:
        pair = self.list.current()
        if pair:
            self._work.tasks.read(
                merging.put_side_by_side,
                self._work.desk,
                pair.one.uid,
                pair.other.uid,
                done=functools.partial(self._show_pair, pair),
                failed=functools.partial(self._miss_pair, pair),
            )

    def _show_pair(self, pair: Pair, seen: SideBySide) -> None:
        if pair is self.list.current():
            self.compare.show_files(seen)
            self._sides.setCurrentWidget(self.compare)
            self._lock(locked=bool(seen.hindrances))

    def _miss_pair(self, pair: Pair, error: Exception) -> None:
        if pair is not self.list.current():
            return
        if isinstance(error, NotFound):
            self._sides.setCurrentWidget(self.settled)
            self._lock(locked=True)
        else:
            self._work.tell_error(error)

    def _lock(self, *, locked: bool) -> None:
        if locked:
            self.merge_command.lock(_HINDERED)
        else:
            self.merge_command.unlock()

    def _take_merged(self, pair: Pair, gone: str, done: Done[Person]) -> None:
        """Other pairs of the file that went are now pairs of the one that stayed."""
        known = {other.uids for other in self.list.pairs if other is not pair}
        pairs = []
        for other in self.list.pairs:
            now = _renamed(other, gone, done.value)
            if other is not pair and len(now.uids) == 2 and (now is other or now.uids not in known):
                pairs.append(now)
        self._go_on(pair, pairs)

    def _drop(self, pair: Pair) -> None:
        self._go_on(pair, [other for other in self.list.pairs if other is not pair])

    def _go_on(self, pair: Pair, pairs: Sequence[Pair]) -> None:
        self._decided.append(pair)
        self.list.show_pairs(pairs, max(self.list.row(), 0))
        self._say_count()
        if pairs:
            self.begin()
        else:
            self._stack.setCurrentWidget(self.finished)

    def _take_changes(self, changes: ChangeSet) -> None:
        if changes.op is Op.UNDO and self._decided:
            last = self._decided[-1]
            back = functools.partial(self._bring_back, last)
            self._work.tasks.read(duplicates.is_open, self._work.desk, last, done=back)
        if changes.tables & _WATCHED:
            self._read_pair()

    def _bring_back(self, pair: Pair, still: bool) -> None:
        """A decision was undone: its pair is first again."""
        if still and pair in self._decided:
            self._decided.remove(pair)
            self.list.show_pairs([pair, *self.list.pairs])
            self._stack.setCurrentWidget(self.lists)
            self._say_count()
            self.begin()

    def _refuse(self, error: Exception) -> None:
        if isinstance(error, Stale):
            self._tell(_CHANGED)
        else:
            self._work.tell_error(error)
        self._read_pair()

    def _tell(self, message: str) -> None:
        self._frame.tell(Notice(Tone.WARN, said(message)))

    def _say_count(self) -> None:
        count = len(self.list.pairs)
        self._count.say(_PAIR if count == 1 else _PAIRS, n=number(count))

    def _has_keyboard(self) -> bool:
        focused = QApplication.focusWidget()
        return focused is None or focused is self or self.isAncestorOf(focused)


def _cancel(progress: Progress, _gone: object = None) -> None:
    """The tab was closed."""
    progress.cancelled = True


def _renamed(pair: Pair, gone: str, kept: Person) -> Pair:
    """The pair with the file that was kept in place of the one that went."""
    one, other = (kept if person.uid in (gone, kept.uid) else person for person in (pair.one, pair.other))
    return pair if gone not in pair.uids else Pair(one, other, pair.match)
