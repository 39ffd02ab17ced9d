"""What comes into the grid from elsewhere: a scanned document, a copied table, a file of the register."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from migdesk.domain.errors import Invalid
from migdesk.domain.mrz import MrzReading, split_documents
from migdesk.i18n import N_
from migdesk.services.workbooks.pasting import CellReader, Pasted
from migdesk.ui.entry.scan_watch import looks_like_zone
from migdesk.ui.groups.above import AbovePart
from migdesk.ui.groups.column_names import ColumnNames, keep_names, kept_names
from migdesk.ui.groups.details import MOST
from migdesk.ui.groups.grid import GroupGrid
from migdesk.ui.groups.model import GroupModel
from migdesk.ui.groups.rows import COLUMNS, Row, new_row
from migdesk.ui.intake import scan
from migdesk.ui.intake.answers import Known, fetch, read_scan
from migdesk.ui.look.theme import Tone
from migdesk.ui.look.words import said
from migdesk.ui.parts.messages import Notice
from migdesk.ui.workplace import Workplace

_PASTED = N_("{n} rows were pasted.")
_EXTRA = N_("Not taken, nobody knows these columns: {names}.")
_SAY = N_("Name the columns…")
_ABOVE = N_("Not taken, since their rows differ; they are entered once above: {names}.")
_MISSING = N_("Columns that are missing: {names}.")
_SKIPPED = N_("Lines above the header that were left out: {n}.")
_FROM_ABOVE = N_("A copied table goes into the rows, not into a field above them.")
_NOTHING_DONE = N_("Nothing more was done in the rows that could be taken back.")
_NOTHING_BACK = N_("Nothing was taken back that could be done again.")
_UNREAD = N_("This could not be read as the zone of a document: {words}")


class Beside(QObject):
    """`told` carries a notice, `settled` comes when the rows changed."""

    told = Signal(object)
    settled = Signal()

    def __init__(
        self, work: Workplace, model: GroupModel, grid: GroupGrid, above: AbovePart, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._work, self._model, self._grid, self._above = work, model, grid, above
        grid.scanned.connect(self.scan)
        grid.pasted.connect(self.paste)
        for at in range(MOST):
            shortcut = QShortcut(QKeySequence(f"Alt+{at + 1}"), parent)
            shortcut.activated.connect(functools.partial(self.take_likely, at))
        QShortcut(QKeySequence("Alt+0"), parent).activated.connect(self.say_apart)

    def scan(self, text: str) -> None:
        """One document or several, as a scanner typed or a clerk pasted them."""
        for document in split_documents(text):
            take = functools.partial(self._take_scan, document)
            self._work.tasks.read(read_scan, self._work.desk, document, done=take)

    def paste(self, text: str, column: int) -> None:
        """A copied table: its columns by their header, or from the cursor on; read away from the window."""
        shown = self._grid.shown_names()
        self._read(text, shown[shown.index(COLUMNS[column - 1]) :], self._grid.place()[0])

    def paste_from_above(self, text: str) -> None:
        """A table, or a zone, that was pasted into a field of one value: below the last row, with a word of it."""
        if looks_like_zone(text):
            self.scan(text)
        else:
            self._read(text, self._grid.shown_names(), len(self._model.book.rows), said(_FROM_ABOVE))

    def _read(self, text: str, names: Sequence[str], at: int, lead: str = "") -> None:
        def take(found: _Read) -> None:
            self._take_paste(at, lead, found, text)

        reader, named = self._model.reader, kept_names(self._work.memory)
        self._work.tasks.read(_read_pasted, reader, text, names, named, done=take, failed=self._refuse)

    def name_columns(self, text: str, headings: Mapping[str, str], rows: Sequence[Row]) -> ColumnNames:
        """Ask which cells the columns are that nobody knows, and fill with them what is blank in the rows.

        `headings` come with the cells that were said before.
        """

        def read(named: dict[str, str]) -> None:
            known = keep_names(self._work.memory, named)
            reader, done = self._model.reader, functools.partial(self._fill_rows, rows)
            self._work.tasks.read(_read_pasted, reader, text, (), known, done=done, failed=self._refuse)

        fields = {name: self._model.reader.label(name) for name in COLUMNS}
        asked = ColumnNames(self._work, headings, fields)
        asked.named.connect(read)
        asked.open()
        return asked

    def _fill_rows(self, rows: Sequence[Row], found: _Read) -> None:
        self._model.remember()
        here = {id(row) for row in self._model.book.rows}
        for row, cells in zip(rows, found.rows, strict=False):
            for name, (text, value, told) in cells.items():
                if id(row) in here and row.cell(name).is_blank:
                    self._model.set_read(row, name, text, value, told)
        self._model.show_looks()
        self.settled.emit()

    def step_back(self, *, forward: bool = False) -> None:
        """Ctrl+Z: the rows as they were before the last act in them; Shift does it again."""
        self._grid.commit()
        place = self._grid.place()
        step = self._model.step_back(forward=forward)
        if step is None:
            self._grid.go_to(*place)
            self.told.emit(Notice(Tone.INFO, said(_NOTHING_BACK if forward else _NOTHING_DONE)))
            return
        for name, value in step.above.items():
            if self._above.boxes[name].value() == value:
                self._above.set_value(name, self._above.boxes[name].spec.field.empty)
        self._grid.go_to(*self._model.history.place)
        self.settled.emit()

    def take_likely(self, place: int) -> None:
        """Register the row under the file of a likely person (Alt+1 …)."""
        row = self._model.row(self._grid.place()[0])
        likely = row.look.likely if row and row.look else ()
        if row and place < len(likely):
            self.take_file(likely[place].person.uid, row)

    def take_file(self, uid: str, row: Row) -> None:
        """Put a file of the register behind a row; what is typed stays."""
        self._work.tasks.read(fetch, self._work.desk, uid, done=functools.partial(self._take_known, row))

    def say_apart(self) -> None:
        """It is nobody of the register, whatever the comparison says; asked twice it is open again."""
        row = self._model.row(self._grid.place()[0])
        if row and not row.is_blank and not row.is_known:
            self._model.remember()
            row.apart = not row.apart
            self._tell(row)

    def give_back(self) -> None:
        """The row becomes a new file after all."""
        row = self._model.row(self._grid.place()[0])
        if row:
            self._model.remember()
            row.sheet.known, row.sheet.held = None, ()
            self._tell(row)

    def _tell(self, row: Row) -> None:
        row.changed()
        self._model.show_looks()
        self.settled.emit()

    def _take_known(self, row: Row, known: Known) -> None:
        rows = self._model.book.rows
        at = next((at for at, one in enumerate(rows) if one is row), -1)
        if at < 0:
            return
        self._model.remember()
        row.sheet.known, row.sheet.held = known.file.person, known.file.documents
        self._model.fill(at, scan.file_cells(known.file.person, known.file.documents))
        self.settled.emit()

    def _take_scan(self, text: str, reading: MrzReading) -> None:
        if reading.format is None:
            words = " ".join(one.words() for one in reading.findings)
            self.told.emit(Notice(Tone.WARN, said(_UNREAD, words=words)))
            return
        self._model.remember()
        values = scan.read_cells(reading, self._work.desk.lists)
        sheets = [one.sheet for one in self._model.book.rows]
        current = self._grid.place()[0]
        at = scan.member_for(sheets, current, values) if current < len(sheets) else len(sheets)
        if at >= len(sheets):
            at = self._model.add_rows([new_row(self._work.desk.lists.label("document_kinds", "passport"))])
        sheet = self._model.book.rows[at].sheet
        if not scan.is_visa(reading):
            sheet.reading, sheet.zone = reading, text
        self._model.fill(at, values)
        self._grid.go_to(at + 1)
        self.settled.emit()

    def _take_paste(self, at: int, lead: str, found: _Read, copied: str) -> None:
        model, pasted = self._model, found.pasted
        model.remember()
        single = len(pasted.rows) == 1 and len(pasted.rows[0]) <= 1 and not pasted.has_header
        start = at if not pasted.has_header else len(model.book.rows)
        label = self._work.desk.lists.label("document_kinds", "passport")
        wanted = start + len(found.rows) - len(model.book.rows)
        if wanted > 0:
            model.add_rows([new_row(label) for _n in range(wanted)])
        for offset, cells in enumerate(found.rows):
            row = model.book.rows[start + offset]
            for name, (text, value, told) in cells.items():
                model.set_read(row, name, text, value, told)
        model.show_looks()
        self._take_shared(pasted)
        if single:
            self._grid.go_to(at, self._grid.place()[1])
        else:
            self._grid.go_to(start)
            notice, rows = _words(pasted, lead), self._model.book.rows[start : start + len(found.rows)]
            headings = {**dict.fromkeys(pasted.extra, ""), **pasted.named}
            if pasted.has_header and headings:
                ask = functools.partial(self.name_columns, copied, headings, rows)
                notice = replace(notice, link=said(_SAY), act=ask)
            self.told.emit(notice)
        self.settled.emit()

    def _take_shared(self, pasted: Pasted) -> None:
        """A column with one value in all rows belongs above, where nothing stands yet."""
        for name, text in pasted.shared.items():
            box = self._above.boxes.get(name)
            if box and box.value() in (None, ""):
                value, told = self._model.reader.read(name, text)
                self._above.set_value(name, value)
                box.show_findings([told] if told else [])
                self._model.history.also_above({name: box.value()})

    def _refuse(self, error: Exception) -> None:
        if isinstance(error, Invalid):
            self.told.emit(Notice(Tone.BAD, " ".join(one.words() for one in error.findings)))
        else:
            self._work.tell_error(error)


class _Read:
    """A paste with the values of its cells: text, value, remark."""

    def __init__(self, pasted: Pasted, reader: CellReader) -> None:
        self.pasted = pasted
        self.rows = [
            {name: (text, *reader.read(name, text)) for name, text in row.items() if name in COLUMNS}
            for row in pasted.rows
        ]


def _read_pasted(reader: CellReader, text: str, names: Sequence[str], named: Mapping[str, str]) -> _Read:
    return _Read(reader.paste(text, names, named), reader)


def _words(pasted: Pasted, lead: str) -> Notice:
    """What was taken, and everything that was not."""
    lines = [*([lead] if lead else []), said(_PASTED, n=len(pasted.rows))]
    for message, names in ((_EXTRA, pasted.extra), (_ABOVE, pasted.above), (_MISSING, pasted.missing)):
        if names:
            lines.append(said(message, names=", ".join(names)))
    if pasted.skipped:
        lines.append(said(_SKIPPED, n=pasted.skipped))
    return Notice(Tone.OK if len(lines) == 1 + bool(lead) else Tone.WARN, " ".join(lines))
