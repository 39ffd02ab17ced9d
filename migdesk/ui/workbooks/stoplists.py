"""Lists of other bodies: which editions there are and how old, one more taken in from a file, one removed."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from migdesk.domain.change import Done
from migdesk.domain.dates import show_day
from migdesk.domain.fields import Spec, Text, spec
from migdesk.domain.listing import Column
from migdesk.domain.stoplist import StopList
from migdesk.i18n import N_
from migdesk.services.desk import Desk
from migdesk.services.stoplists import stop_taking, stoplists
from migdesk.services.stoplists.stop_taking import StopPreview
from migdesk.services.stoplists.stoplists import Edition
from migdesk.ui.entry.editor import Section
from migdesk.ui.files.pieces.short_list import ShortList, record_rows, show
from migdesk.ui.files.pieces.short_list import column as field_column
from migdesk.ui.files.questions.form_dialog import FormDialog, Question, ask
from migdesk.ui.help.window import add_help_key
from migdesk.ui.lists.table_view import RecordView
from migdesk.ui.look import theme
from migdesk.ui.look.labels import Label
from migdesk.ui.look.style import mark
from migdesk.ui.look.words import number, said
from migdesk.ui.parts.blocks import clear, column, row, text
from migdesk.ui.parts.clickable import PushButton
from migdesk.ui.parts.file_dialogs import ask_open
from migdesk.ui.parts.panel import Words
from migdesk.ui.workbooks.watching import Watching
from migdesk.ui.workplace import Workplace

TITLE = N_("External lists")
_ABOUT = N_(
    "Lists of people that other bodies gave: a stop list, a register of controlled persons. Whoever arrives and "
    "whose file is opened is compared with the latest edition of each. A likely match is shown with its reasons and "
    "refuses nothing."
)
_EMPTY = Words(
    "import",
    N_("No list was taken in yet"),
    N_("Take in the workbook or CSV file that the other body gave."),
)
_TAKE, _DROP, _CLOSE = N_("Take in a list…"), N_("Remove this edition…"), N_("Close")
_READING = N_("Reading the list")
_TAKE_TITLE, _TAKE_BUTTON = N_("Take in an external list"), N_("Take in")
_TAKEN = N_("List taken in: {name}, people: {n}")
_DROP_TITLE, _DROP_BUTTON = N_("Remove “{name}” of {day}"), N_("Remove")
_DROP_LEAD = N_("People are no longer checked by this edition, but by the one before it when there is one.")
_DROPPED = N_("Edition removed: {name}")
_COUNTS = N_("People on it: {n}. Rows not taken: {refused}.")
_COLUMNS_READ = N_("Columns: {columns}")
_PROBLEMS, _MORE = (
    N_("Found in the file; a row is taken without a cell that cannot be read"),
    N_("and {n} more"),
)
_CHECKED, _OLD, _OLDER = N_("checked by"), N_("checked by, out of date"), N_("older edition")
_PATTERNS = "*.xlsx *.xls *.ods *.csv"
_HIDDEN = ("stale_after", "file")
_LINES, _SPARE = 60, 150
_WIDE, _HIGH = 900, 480
_REASON = Spec("why", Text(N_("Reason"), required=True), False)
_STATE = Column("state", Text(N_("State")), 180)
_COLUMNS = (
    field_column(StopList, "name", 200),
    field_column(StopList, "source", 180),
    field_column(StopList, "listed_on", 100),
    _STATE,
    field_column(StopList, "people", 110),
    field_column(StopList, "taken_on", 110),
    field_column(StopList, "stale_after", 130),
    field_column(StopList, "file", 180),
)


class StopListsDialog(QDialog):
    """The editions, list by list, and what can be done with them."""

    def __init__(self, work: Workplace) -> None:
        super().__init__(work.window)
        self._work = work
        self._editions: dict[str, Edition] = {}
        self.view: RecordView | None = None
        self.setWindowTitle(said(TITLE))
        self.resize(_WIDE, _HIGH)
        self.take, self.drop, self.close_button = (PushButton(said(one)) for one in (_TAKE, _DROP, _CLOSE))
        mark(self.take, look="primary")
        self.take.clicked.connect(lambda _on=False: self.ask_file())
        self.drop.clicked.connect(lambda _on=False: self.ask_drop())
        self.close_button.clicked.connect(lambda _on=False: self.accept())
        self._list = QVBoxLayout()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(theme.L, theme.L, theme.L, theme.L)
        whole.setSpacing(theme.M)
        whole.addWidget(Label(TITLE, "section"))
        whole.addWidget(Label(_ABOUT, "muted").wrapped())
        whole.addLayout(self._list, 1)
        whole.addWidget(row(QWidget(), self.close_button, self.drop, self.take, stretch=0))
        QShortcut(QKeySequence("Del"), self).activated.connect(self.ask_drop)
        add_help_key(self, "external_lists")
        self.refresh()

    def refresh(self) -> None:
        """What there is now."""
        self._work.tasks.read(stoplists.editions, self._work.desk, done=self._show)

    def chosen(self) -> StopList | None:
        """The edition of the line in front."""
        found = self._editions.get(self.view.current_uid()) if self.view else None
        return found.stop_list if found else None

    def ask_file(self) -> None:
        """Which file is taken in."""
        path = ask_open(self, _TAKE_TITLE, _PATTERNS, self._work.memory)
        if path:
            self.read(path)

    def read(self, path: Path) -> None:
        """Look at a file away from the window, then ask of which list and day it is."""
        watching = Watching(self, _READING)
        service = functools.partial(stop_taking.preview, progress=watching.progress)
        self._work.tasks.read(
            service,
            self._work.desk,
            path,
            done=watching.end(self.ask_edition),
            failed=watching.end(self._work.tell_error),
        )

    def ask_edition(self, plan: StopPreview) -> FormDialog:
        """Name, source and day; an edition of the chosen list has its name and source."""
        dialog = ask(self._work, take_question(self._work.desk, plan, self.chosen()))
        dialog.accepted.connect(self.refresh)
        dialog.resize(dialog.width(), dialog.height() - _SPARE)
        return dialog

    def ask_drop(self) -> FormDialog | None:
        """Why the edition in front is removed."""
        chosen = self.chosen()
        if chosen is None:
            return None
        dialog = ask(self._work, drop_question(chosen))
        dialog.accepted.connect(self.refresh)
        return dialog

    def _show(self, found: list[Edition]) -> None:
        clear(self._list)
        self._editions = {one.stop_list.uid: one for one in found}
        plain = [one for one in _COLUMNS if one is not _STATE]
        at = _COLUMNS.index(_STATE)
        rows = [
            (*line[:at], said(_state(one)), *line[at:])
            for one, line in zip(found, record_rows(plain, [one.stop_list for one in found]), strict=True)
        ]
        what = ShortList("exchange.stoplists", TITLE, _COLUMNS, rows, list(self._editions), _EMPTY, _HIDDEN)
        self.view = show(self._work, what)
        self._list.addWidget(self.view)
        self.drop.setEnabled(bool(found))
        (self.view.rows if found else self.take).setFocus()


def _state(one: Edition) -> str:
    if not one.in_force:
        return _OLDER
    return _OLD if one.stale else _CHECKED


class _Read(QWidget):
    """What was read of the file: columns, counts, and what was said of its cells; it asks nothing."""

    def __init__(self, plan: StopPreview) -> None:
        super().__init__()
        columns = ", ".join(f"{letter} {header} → {field}" for letter, header, field in plan.columns)
        counts = said(_COUNTS, n=number(len(plan.rows)), refused=number(plan.refused))
        lines: list[QWidget] = [text(counts, "strong"), text(said(_COLUMNS_READ, columns=columns), "muted")]
        if plan.problems:
            lines.append(Label(_PROBLEMS, "strong"))
        lines += [text(f"{one.cell} {one.words()}".strip(), "small") for one in plan.problems[:_LINES]]
        if (rest := len(plan.problems) - _LINES) > 0:
            lines.append(text(said(_MORE, n=number(rest)), "muted"))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(column(*lines, gap=theme.XS))

    def values(self) -> dict[str, object]:
        """Nothing is asked here."""
        return {}


def take_question(desk: Desk, plan: StopPreview, like: StopList | None = None) -> Question:
    """Of which list, body and day a file is; what is odd is said before it is taken."""

    def edition(values: dict[str, Any]) -> StopList:
        return StopList(**values)

    fields = ("name", "source", "listed_on", "stale_after")
    days = int(desk.law.value(stoplists.STALE_AFTER, desk.today))
    known = {"name": like.name, "source": like.source} if like else {}
    return Question(
        key="stoplist.take",
        title=_TAKE_TITLE,
        button=_TAKE_BUTTON,
        specs=[spec(StopList, one) for one in fields],
        sections=(Section("", (("name", "source"), ("listed_on", "stale_after"))),),
        save=lambda desk, values: stop_taking.take(desk, plan, edition(values)),
        foretell=lambda desk, values: stop_taking.check_edition(desk, plan, edition(values)),
        words=lambda done: said(_TAKEN, name=done.value.name, n=number(done.value.people or 0)),
        values={**known, "stale_after": like.stale_after if like else days},
        more=_Read(plan),
        width=720,
        start="listed_on" if like else "name",
    )


def drop_question(chosen: StopList) -> Question:
    """Why an edition is removed."""

    def save(desk: Desk, values: dict[str, Any]) -> Done[StopList]:
        return stoplists.drop(desk, chosen.uid, values["why"])

    return Question(
        key=f"stoplist.drop/{chosen.uid}",
        title=said(_DROP_TITLE, name=chosen.name, day=show_day(chosen.listed_on)),
        button=_DROP_BUTTON,
        lead=_DROP_LEAD,
        specs=[_REASON],
        sections=(Section("", (("why",),)),),
        save=save,
        words=lambda done: said(_DROPPED, name=done.value.name),
        values={},
    )


def open_lists(work: Workplace) -> StopListsDialog:
    """Open the window over its page."""
    dialog = StopListsDialog(work)
    dialog.open()
    dialog.finished.connect(lambda _code: dialog.deleteLater())
    return dialog
