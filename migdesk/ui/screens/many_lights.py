"""The lights of many at once: of the rows of a list, of a family, of a staff, of the numbers of a workbook."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout

from migdesk.domain.fields import choice_label
from migdesk.domain.listing import Column, Look, Query
from migdesk.domain.party import Party
from migdesk.i18n import N_
from migdesk.services import bulk_status
from migdesk.services.bulk_status import Standing
from migdesk.services.desk import Desk
from migdesk.services.stays.status import Light
from migdesk.services.workbooks import number_column
from migdesk.ui.files.pieces.short_list import ShortList, show
from migdesk.ui.help.window import add_help_key
from migdesk.ui.lists.table_view import RecordView
from migdesk.ui.look import theme
from migdesk.ui.look.labels import Label
from migdesk.ui.look.theme import Tone
from migdesk.ui.look.words import number, said
from migdesk.ui.parts.actions import Action
from migdesk.ui.parts.clickable import PushButton
from migdesk.ui.parts.file_dialogs import ask_open, ask_save
from migdesk.ui.parts.one_at_a_time import OneAtATime
from migdesk.ui.parts.panel import Panel, Words
from migdesk.ui.parts.status_light import NoteView
from migdesk.ui.workplace import Kind, Workplace

Load = Callable[[Desk], list[Standing]]

TITLE = N_("Status of many people")
_ACT = N_("Status of many…")
_BOOK, _EXPORT, _CLOSE = N_("From a workbook…"), N_("Export…"), N_("Close")
_WAIT, _NOBODY = N_("One moment…"), N_("Nobody here")
_UNKNOWN = N_("unknown")
_WRITTEN = N_("Rows written: {n}.")
PATTERNS = "*.xlsx *.xls *.ods *.csv *.txt"
_DETAIL_HIGH = 40
_WIDE, _HIGH = 1180, 640
HELP = "status"
_ORDER = (Light.RED, None, Light.AMBER, Light.GREEN)
_KEYS = ("light", "name", "iin", "reason", "last_lawful_day", "permits")
_ASKED = ("light", "name", "reason", "last_lawful_day", "permits", "asked", "place")
_WIDTHS = {"light": 150, "name": 170, "iin": 120, "reason": 330, "last_lawful_day": 170, "permits": 160}


class LightsDialog(QDialog):
    """A row for each, the gravest first; Enter opens the file. `table` is there once it was read."""

    def __init__(self, work: Workplace, about: str, load: Load) -> None:
        super().__init__(work.window)
        self._work = work
        self._found: list[Standing] = []
        self.table: RecordView | None = None
        self.setWindowTitle(said(TITLE))
        self.about, self.counts = Label("", "section"), Label("", "muted")
        self._middle = OneAtATime()
        self.detail = Label("", "body").wrapped()
        self.detail.setMinimumHeight(_DETAIL_HIGH)
        self.book, self.export, close = (PushButton(said(words)) for words in (_BOOK, _EXPORT, _CLOSE))
        self.book.clicked.connect(lambda _on=False: self.ask_book())
        self.export.clicked.connect(lambda _on=False: self._export())
        close.clicked.connect(lambda _on=False: self.reject())
        add_help_key(self, HELP)
        buttons = QHBoxLayout()
        buttons.addWidget(self.book)
        buttons.addStretch(1)
        buttons.addWidget(self.export)
        buttons.addWidget(close)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(theme.L, theme.L, theme.L, theme.L)
        whole.setSpacing(theme.M)
        whole.addWidget(self.about)
        whole.addWidget(self.counts)
        whole.addLayout(self._middle, 1)
        whole.addWidget(self.detail)
        whole.addLayout(buttons)
        self.resize(_WIDE, _HIGH)
        self.read(about, load)

    def read(self, about: str, load: Load) -> None:
        """Look at others."""
        self.about.show_text(about)
        self.counts.show_text("")
        self.detail.show_text("")
        self.export.setEnabled(False)
        self._middle.show_only(Panel(Words("clock", _WAIT)))
        self._work.tasks.read(load, self._work.desk, done=self._take, failed=self._fail)

    def ask_book(self) -> None:
        """Choose a workbook; its column of numbers is found by heading or content."""
        if path := ask_open(self, _BOOK, PATTERNS, self._work.memory):
            self.read_book(path)

    def read_book(self, path: Path) -> None:
        """Look at whom a workbook names."""
        self.read(path.name, lambda desk: bulk_status.of_numbers(desk, number_column.read_column(desk, path)))

    def _take(self, found: list[Standing]) -> None:
        light = {one: at for at, one in enumerate(_ORDER)}
        self._found = sorted(found, key=lambda one: light[one.status.light if one.status else None])
        counts = bulk_status.count(found)
        words = [f"{choice_label(one)}: {number(counts[one.value])}" for one in Light]
        words += [f"{said(_UNKNOWN)}: {number(counts['unknown'])}"] if counts["unknown"] else []
        self.counts.show_text(" · ".join(words))
        self.export.setEnabled(bool(found))
        self.table = _table(self._work, self._found)
        self.table.opened.connect(self._open)
        self.table.current_changed.connect(self._say_detail)
        self._middle.show_only(self.table)
        self.table.rows.setFocus()

    def _say_detail(self, key: str) -> None:
        """All reasons of the row under the cursor: in the table their end is left out."""
        self.detail.show_text(" ".join(self._found[int(key)].reasons) if key else "")

    def _fail(self, error: Exception) -> None:
        words = error.words() if hasattr(error, "words") else ""
        if not words:
            self.reject()
            self._work.tell_error(error)
            return
        self._middle.show_only(NoteView(Tone.BAD, words))

    def _open(self, key: str) -> None:
        one = self._found[int(key)]
        if one.status:
            self.accept()
            self._work.open(Kind.PERSON, one.status.person.uid)

    def _export(self) -> None:
        name = f"status-{self._work.desk.today.isoformat()}.xlsx"
        path = ask_save(self, _EXPORT, name, (".xlsx", ".csv", ".json"), self._work.memory)
        if path:
            self._work.tasks.read(
                bulk_status.export,
                self._work.desk,
                self._found,
                path,
                done=lambda n: self.counts.show_text(said(_WRITTEN, n=number(n))),
                failed=self._fail,
            )


def _table(work: Workplace, found: Sequence[Standing]) -> RecordView:
    known = {column.key: column for column in bulk_status.COLUMNS}
    keys = _ASKED if any(one.place for one in found) else _KEYS
    columns = tuple(_column(known[key]) for key in keys)
    places = [list(known).index(key) for key in keys]
    rows: list[tuple[Any, ...]] = []
    for one in found:
        values = bulk_status.row(work.desk, one)
        rows.append(tuple(values[at] for at in places))
    what = ShortList(
        f"many.lights.{len(keys)}",
        TITLE,
        columns,
        rows,
        [str(at) for at in range(len(rows))],
        Words("people", _NOBODY),
    )
    return show(work, what)


def _column(one: Column) -> Column:
    look = Look.STATE if one.key == "light" else Look.PLAIN
    return Column(one.key, one.field, _WIDTHS.get(one.key, one.width), look=look)


def ask_lights(work: Workplace, about: str, load: Load) -> LightsDialog:
    """Open the window over some people."""
    dialog = LightsDialog(work, about, load)
    dialog.finished.connect(lambda _code: dialog.deleteLater())
    dialog.open()
    return dialog


def of_list(work: Workplace, title: str, view: RecordView, query: Callable[[], Query]) -> Action:
    """The lights of the rows that are selected, or of the whole list when it is one row or none."""

    def run() -> None:
        chosen = view.chosen()
        asked = query()

        def load(desk: Desk) -> list[Standing]:
            uids = (
                bulk_status.of_rows(desk, asked.name, chosen) if chosen else bulk_status.in_list(desk, asked)
            )
            return bulk_status.of_people(desk, uids)

        ask_lights(work, said(title), load)

    return Action("list.lights", _ACT, run, "ok")


def of_party(work: Workplace, party: Party) -> None:
    """The lights of everybody at a receiving person or employer."""
    ask_lights(
        work,
        party.name,
        lambda desk: bulk_status.of_people(desk, bulk_status.at_party(desk, party.uid, desk.today)),
    )


def of_family(work: Workplace, family: str, title: str) -> None:
    """The lights of a family."""
    ask_lights(
        work,
        title,
        lambda desk: bulk_status.of_people(desk, bulk_status.in_family(desk, family, desk.today)),
    )
