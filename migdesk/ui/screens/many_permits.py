"""Many permits are extended: until when, who follows, what becomes of each line, then one act for all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QDialog, QVBoxLayout

from migdesk.domain.change import Done
from migdesk.domain.fields import Code, Day, Text
from migdesk.domain.listing import Column, Query
from migdesk.domain.permit import Permit
from migdesk.i18n import N_
from migdesk.services.desk import Desk
from migdesk.services.permits import bulk_extension
from migdesk.services.permits.bulk_extension import How, Line, Named
from migdesk.services.workbooks import number_column
from migdesk.ui.entry.inputs import LineInput
from migdesk.ui.files.pieces.short_list import ShortList, show
from migdesk.ui.help.window import add_help_key
from migdesk.ui.lists.table_view import RecordView
from migdesk.ui.look import theme
from migdesk.ui.look.flow import FlowRow
from migdesk.ui.look.labels import Label
from migdesk.ui.look.theme import Tone
from migdesk.ui.look.words import number, said
from migdesk.ui.parts.actions import Action
from migdesk.ui.parts.answer_line import answer_line
from migdesk.ui.parts.clickable import PushButton
from migdesk.ui.parts.file_dialogs import ask_open
from migdesk.ui.parts.one_at_a_time import OneAtATime
from migdesk.ui.parts.panel import Panel, Words
from migdesk.ui.parts.status_light import NoteView
from migdesk.ui.parts.tick_line import LineWords, Shape, TickLine
from migdesk.ui.screens.many_lights import HELP, PATTERNS
from migdesk.ui.workplace import Workplace

Load = Callable[[Desk], list[Named]]

TITLE, _ACT = N_("Extend many permits"), N_("Extend many…")
_LEAD = N_(
    "Each permit gets a new one that begins the day after it ends. All are one act, which one undo takes back."
)
_UNTIL = N_("Until")
_UNTIL_HINT = N_("left empty: each by the term of its kind")
_FOLLOW = N_("Permits of dependants follow")
_BOOK, _BUTTON, _WAIT = N_("From a workbook…"), N_("Extend: {n}"), N_("One moment…")
_COUNT = N_("Extended would be {n}, not extended {refused}.")
_NOTHING = N_("No permits here")
_NOT = N_("not extended")
_DONE = N_("Permits extended: {n}.")
_DETAIL_HIGH = 40
_WIDE, _HIGH = 1180, 660
_COLUMNS = (
    Column("number", Text(N_("Permit")), 170),
    Column("name", Text(N_("Person")), 210),
    Column("kind", Code(N_("Kind of permit"), list="permit_kinds"), 190),
    Column("ends", Day(N_("Ends")), 100),
    Column("until", Text(N_("New end")), 120),
    Column("remarks", Text(N_("Remarks")), 420),
)


class ExtensionDialog(QDialog):
    """What would happen is shown anew with every change of the question; nothing is written before the button."""

    def __init__(self, work: Workplace, load: Load) -> None:
        super().__init__(work.window)
        self._work, self._load = work, load
        self.lines: list[Line] = []
        self.table: RecordView | None = None
        self.setWindowTitle(said(TITLE))
        self.until = LineInput(Day(_UNTIL), lambda: work.desk.today)
        self.until.setAccessibleName(said(_UNTIL))
        self.until.entered.connect(self.look)
        self.until.left.connect(self.look)
        self.follow = TickLine(Shape.TICK, LineWords(said(_FOLLOW)))
        self.follow.setChecked(True)
        self.follow.clicked.connect(lambda _on=False: self.look())
        self.book = PushButton(said(_BOOK))
        self.book.clicked.connect(lambda _on=False: self.ask_book())
        self.button = PushButton()
        self._count = Label("", "muted")
        self._middle = OneAtATime()
        self.detail = Label("", "body").wrapped()
        self.detail.setMinimumHeight(_DETAIL_HIGH)
        self._asked: How | None = None
        add_help_key(self, HELP)
        self._lay_out()
        self.look()

    def _lay_out(self) -> None:
        name = Label(_UNTIL)
        name.setBuddy(self.until)
        row = FlowRow(name, self.until, Label(_UNTIL_HINT, "muted"), self.follow, self.book)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(theme.L, theme.L, theme.L, theme.L)
        whole.setSpacing(theme.M)
        whole.addWidget(Label(TITLE, "section"))
        whole.addWidget(Label(_LEAD, "muted").wrapped())
        whole.addWidget(row)
        whole.addLayout(self._middle, 1)
        whole.addWidget(self.detail)
        whole.addWidget(self._count)
        whole.addLayout(answer_line(self, self.button, self.extend))
        self.button.setDefault(False)
        self.button.setAutoDefault(False)
        self.resize(_WIDE, _HIGH)

    def look(self) -> None:
        """Work out what would happen, when the question is another than before."""
        how = How(self.until.value(), self.follow.isChecked())
        if how == self._asked or self.until.problem():
            return
        self._asked = how
        self.detail.show_text("")
        self._say_button(0)
        self._middle.show_only(Panel(Words("clock", _WAIT)))
        self._work.tasks.read(_plan, self._work.desk, self._load, how, done=self._take, failed=self._fail)

    def ask_book(self) -> None:
        """Choose a workbook with permits or people in a column."""
        if path := ask_open(self, _BOOK, PATTERNS, self._work.memory):
            self.read_book(path)

    def read_book(self, path: Path) -> None:
        """Take the permits that a workbook names instead."""
        self._load, self._asked = lambda desk: _of_book(desk, path), None
        self.look()

    def extend(self) -> None:
        """Do it, in one op."""
        if not self.button.isEnabled():
            return
        self.button.setEnabled(False)
        self._work.do(
            bulk_extension.apply,
            self.lines,
            words=_done_words,
            failed=self._fail,
            done=lambda _done: self.accept(),
        )

    def _take(self, lines: list[Line]) -> None:
        self.lines = lines
        good = sum(not one.refused for one in lines)
        self._say_button(good)
        self._count.show_text(said(_COUNT, n=number(good), refused=number(len(lines) - good)))
        self.table = _table(self._work, lines)
        self.table.current_changed.connect(self._say_detail)
        self._middle.show_only(self.table)

    def _say_detail(self, key: str) -> None:
        """All remarks on the row under the cursor: in the table their end is left out."""
        self.detail.show_text(self.lines[int(key)].words if key else "")

    def _fail(self, error: Exception) -> None:
        words = error.words() if hasattr(error, "words") else ""
        if not words:
            self.reject()
            self._work.tell_error(error)
            return
        self._say_button(0)
        self._count.show_text("")
        self._middle.show_only(NoteView(Tone.BAD, words))

    def _say_button(self, count: int) -> None:
        words = said(_BUTTON, n=number(count))
        self.button.setText(words)
        self.button.setAccessibleName(words)
        self.button.setEnabled(bool(count))


def _plan(desk: Desk, load: Load, how: How) -> list[Line]:
    return bulk_extension.plan(desk, load(desk), how)


def _of_book(desk: Desk, path: Path) -> list[Named]:
    return bulk_extension.by_numbers(desk, number_column.read_column(desk, path, of_permits=True))


def _done_words(done: Done[list[Permit]]) -> str:
    return said(_DONE, n=number(len(done.value)))


def _table(work: Workplace, lines: Sequence[Line]) -> RecordView:
    day = Day("")
    rows: list[tuple[Any, ...]] = []
    for one in lines:
        permit = one.permit
        until = said(_NOT) if one.refused else day.show(one.until)
        rows.append(
            (
                permit.number if permit else one.asked,
                one.person.full_name if one.person else "",
                permit.kind if permit else "",
                permit.valid_until if permit else None,
                until,
                one.words,
            )
        )
    what = ShortList(
        "many.permits",
        TITLE,
        _COLUMNS,
        rows,
        [str(at) for at in range(len(rows))],
        Words("permits", _NOTHING),
    )
    return show(work, what)


def ask_extension(work: Workplace, load: Load) -> ExtensionDialog:
    """Open the window over some permits."""
    dialog = ExtensionDialog(work, load)
    dialog.finished.connect(lambda _code: dialog.deleteLater())
    dialog.open()
    return dialog


def of_list(work: Workplace, view: RecordView, query: Callable[[], Query]) -> Action:
    """The permits that are selected, or the whole list when it is one row or none."""

    def run() -> None:
        chosen = view.chosen()
        asked = replace(query(), columns=())

        def load(desk: Desk) -> list[Named]:
            return [Named(uid) for uid in chosen] if chosen else bulk_extension.in_list(desk, asked)

        ask_extension(work, load)

    return Action("permits.extend_many", _ACT, run, "right")
