"""Taking a workbook in: the file, its columns, its rows, and only then one operation that can be undone."""

from __future__ import annotations

import functools
import hashlib
import json
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from migdesk.domain.batch import Batch
from migdesk.domain.change import Done
from migdesk.domain.errors import Cancelled, MigDeskError
from migdesk.i18n import N_
from migdesk.services.workbooks import importing, workbooks
from migdesk.services.workbooks.importing import Preview
from migdesk.services.workbooks.workbooks import Answers, Grid
from migdesk.ui import errors
from migdesk.ui.look import fonts, theme
from migdesk.ui.look.labels import ElidedLabel
from migdesk.ui.look.style import mark
from migdesk.ui.look.theme import Tone
from migdesk.ui.look.words import number, said
from migdesk.ui.parts.actions import Action
from migdesk.ui.parts.clickable import PushButton
from migdesk.ui.parts.file_dialogs import ask_open, ask_save
from migdesk.ui.parts.frame import PageFrame
from migdesk.ui.parts.messages import Notice
from migdesk.ui.parts.panel import Panel, Words
from migdesk.ui.parts.progress_panel import ProgressPanel, Watched
from migdesk.ui.parts.steps_bar import StepsBar
from migdesk.ui.workbooks.import_columns import ColumnsStep
from migdesk.ui.workbooks.import_file import DropZone, read_file, save_marks
from migdesk.ui.workbooks.import_rows import RowsStep
from migdesk.ui.workplace import Workplace

TITLE = N_("Take from Excel")
FILE, COLUMNS, ROWS, DONE = range(4)
_LOW = 320
_STEPS = (N_("File"), N_("Columns"), N_("Rows"), N_("Done"))
PATTERNS = "*.xlsx *.xlsm *.xls *.ods *.csv *.tsv *.txt"
_CHOOSE, _TEMPLATE = N_("Choose a file"), N_("Save an empty template")
_READING, _WRITING = N_("Reading the file"), N_("Taking the rows")
_BACK, _NEXT = N_("Back"), N_("Next: the rows")
_TAKE, _TAKE_NONE = N_("Take {n} rows"), N_("There is no row to take.")
_GIVE_BACK, _ANOTHER = N_("Hand the marked file back"), N_("Take another file")
_MARKED = N_("Marked cells: {n}. The file lies where you chose.")
_NOT_MARKABLE = N_("Only .xlsx files can be handed back with marks.")
_CANNOT = N_("This file cannot be taken")
_FOLDER = N_("Open its folder")
_TAKEN, _TAKEN_TEXT = (
    N_("Import {number}: {n} rows taken"),
    N_("The whole import is one operation; it can be undone."),
)


class ImportWizard(QWidget):
    """The body of the tab; `finished` carries the batch that was written."""

    finished = Signal(object)

    def __init__(self, work: Workplace, frame: PageFrame) -> None:
        super().__init__()
        self._work = work
        self._frame = frame
        self._path: Path | None = None
        self._answers = Answers()
        self._plan: Preview | None = None
        self._watched: Watched | None = None
        choose = frame.add_command(Action("import.choose", _CHOOSE, self.choose_file, "folder", "Ctrl+O"))
        template = frame.add_command(Action("import.template", _TEMPLATE, self.save_template, "save"))
        self.bar = StepsBar(_STEPS)
        self._file = ElidedLabel("", "muted")
        self.zone = DropZone(choose, template)
        self.zone.dropped.connect(self.open_file)
        self.columns = ColumnsStep(work.tasks)
        self.columns.answered.connect(self._answer)
        self.rows = RowsStep(work.tasks, work.memory, work.desk.today)
        self.rows.moved.connect(self._answer_moves)
        self.progress = ProgressPanel()
        self._done = QWidget()
        self._back, self._next, self._give_back, self._take = (PushButton() for _button in range(4))
        self._lay_out()
        self._connect()
        self.retranslate()
        self.go_to(FILE)

    def _lay_out(self) -> None:
        self._stack = QStackedWidget()
        for page in (self.zone, self.columns, self.rows, self.progress, self._done):
            self._stack.addWidget(page)
        top = QHBoxLayout()
        top.setSpacing(theme.L)
        top.addWidget(self.bar, 1)
        top.addWidget(self._file)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.S)
        for button in (self._back, self._give_back):
            buttons.addWidget(button)
        buttons.addStretch(1)
        for button in (self._next, self._take):
            mark(button, look="primary")
            button.setFont(fonts.font(theme.BODY, fonts.SEMIBOLD))
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.M)
        column.addLayout(top)
        column.addWidget(self._stack, 1)
        column.addLayout(buttons)

    def _connect(self) -> None:
        for button, run in (
            (self._back, lambda: self.go_to(self.bar.at() - 1)),
            (self._next, lambda: self.go_to(ROWS)),
            (self._give_back, self.give_back),
            (self._take, self.take),
        ):
            button.clicked.connect(lambda _on=False, run=run: run())

    def choose_file(self) -> None:
        """Ask for a file."""
        path = ask_open(self, TITLE, PATTERNS, self._work.memory)
        if path:
            self.open_file(path)

    def save_template(self) -> None:
        """Write our own empty workbook."""
        path = ask_save(self, _TEMPLATE, "arrivals.xlsx", (".xlsx",), self._work.memory)
        if path:
            self._work.tasks.read(
                importing.save_template,
                self._work.desk,
                path,
                done=self._tell_folder,
                failed=self._work.tell_error,
            )

    def open_file(self, path: Path) -> None:
        """Read a file; how its columns were mapped last is remembered."""
        self._path, self._answers = path, Answers()
        self.rows.moves.set_value(False)
        self._file.show_text(path.name)
        self._read(is_first=True)

    def take(self) -> None:
        """Write every row that can be taken, as one operation."""
        if self._plan is None:
            return
        self._show(self.progress)
        running = self._work.tasks.run(
            importing.apply,
            self._work.desk,
            self._plan,
            done=self._taken,
            failed=self._not_taken,
            progress=self.progress.show_step,
        )
        self.progress.begin(_WRITING, running.cancel)

    def give_back(self) -> None:
        """Write the same workbook with every problem cell coloured and commented."""
        plan = self._plan
        if plan is None:
            return
        name = f"{plan.path.stem}-marked.xlsx"
        path = ask_save(self, _GIVE_BACK, name, (".xlsx",), self._work.memory)
        if path:
            self._work.tasks.read(
                save_marks,
                plan,
                path,
                "",
                done=functools.partial(self._tell_marked, path),
                failed=self._work.tell_error,
            )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A low window keeps what has to be seen and pressed."""
        super().resizeEvent(event)
        self.bar.setVisible(self.height() >= _LOW)

    def retranslate(self) -> None:
        """Say the buttons in the current language."""
        count = self._plan.counts["added"] if self._plan else 0
        for button, words in (
            (self._back, said(_BACK)),
            (self._next, said(_NEXT)),
            (self._give_back, said(_GIVE_BACK)),
            (self._take, said(_TAKE, n=number(count))),
        ):
            button.setText(words)
            button.setAccessibleName(words)
        self._take.setEnabled(count > 0)
        self._take.setToolTip("" if count else said(_TAKE_NONE))
        markable = self._path is not None and self._path.suffix.lower() == ".xlsx"
        self._give_back.setEnabled(markable)
        self._give_back.setToolTip("" if markable else said(_NOT_MARKABLE))

    def _read(self, *, is_first: bool = False, is_mapped: bool = False, step: int = COLUMNS) -> None:
        """Read anew, for a step; `is_first` for a file just chosen, `is_mapped` once its kept mapping is in the
        answers.
        """
        if self._path is None:
            return
        self._watched = Watched(self)
        self._watched.stepped.connect(self.progress.show_step)
        self.progress.begin(_READING, self._watched.cancel)
        self._show(self.progress)
        reading = functools.partial(read_file, progress=self._watched.progress)
        self._work.tasks.read(
            reading,
            self._work.desk,
            self._path,
            self._answers,
            done=functools.partial(self._take_preview, is_first, is_mapped, step),
            failed=self._cannot,
        )

    def _take_preview(self, is_first: bool, is_mapped: bool, step: int, found: tuple[Preview, Grid]) -> None:
        plan, grid = found
        kept = {} if is_mapped or not is_first else self._kept_mapping(plan)
        if kept:
            self._answers = Answers(mapping=kept)
            self._read(is_first=True, is_mapped=True)
            return
        self._plan = plan
        self.columns.show_preview(plan, self._answers, self._work.desk.today.year % 100)
        self.retranslate()
        is_unclear = any(one.meaning is workbooks.Meaning.UNCLEAR for one in workbooks.columns_of(plan))
        doubtful = is_unclear or bool(workbooks.questions_of(plan) or workbooks.missing_of(plan))
        self.go_to(ROWS if is_first and not doubtful else step)
        QTimer.singleShot(0, self, lambda: self._show_rows(plan, grid))

    def _show_rows(self, plan: Preview, grid: Grid) -> None:
        """In a turn of its own: two steps at once would hold the window up."""
        if plan is self._plan:
            self.rows.show_grid(grid, plan.counts)

    def _answer(self, answers: Answers) -> None:
        self._answers = answers
        self._read()

    def _answer_moves(self) -> None:
        self._answers = replace(self._answers, moves=self.rows.moves.isChecked())
        self._read(step=ROWS)

    def _cannot(self, error: Exception) -> None:
        """A file that cannot be read: what is wrong, and the way on."""
        self.go_to(FILE)
        if isinstance(error, Cancelled):
            self._frame.tell(Notice(Tone.INFO, error.words()))
        elif isinstance(error, MigDeskError):
            self._frame.tell(Notice(Tone.BAD, f"{said(_CANNOT)}. {error.words()}"))
        else:
            self._work.tell_error(error)

    def _taken(self, done: Done[Batch]) -> None:
        batch = done.value
        self._keep_mapping()
        words = said(_TAKEN, number=batch.number, n=number(batch.added or 0))
        panel = Panel(
            Words("ok", "", _TAKEN_TEXT, Action("import.another", _ANOTHER, self.begin_again), Tone.OK)
        )
        panel.title.show_text(words)
        self._stack.removeWidget(self._done)
        self._done.deleteLater()
        self._done = panel
        self._stack.addWidget(panel)
        self.go_to(DONE)
        self._work.tell_done(words, done.changes.op)
        self.finished.emit(batch)

    def begin_again(self) -> None:
        """Another file; the rows of the one before are let go elsewhere, there may be many."""
        self._work.tasks.read(_let_go, [self._plan], done=_nothing)
        self._plan, self._path = None, None
        self._file.show_text("")
        self.go_to(FILE)

    def _not_taken(self, error: Exception) -> None:
        self.go_to(ROWS)
        self._work.tell_error(error)

    def go_to(self, step: int) -> None:
        """Show a step."""
        self.bar.go_to(step)
        self._show({FILE: self.zone, COLUMNS: self.columns, ROWS: self.rows}.get(step, self._done))

    def _show(self, page: QWidget) -> None:
        self._stack.setCurrentWidget(page)
        self._back.setVisible(page in (self.columns, self.rows))
        self._next.setVisible(page is self.columns)
        self._give_back.setVisible(page is self.rows)
        self._take.setVisible(page is self.rows)
        if page is self.rows:
            self.rows.list.setFocus(Qt.FocusReason.OtherFocusReason)
        elif page is self._done:
            page.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell_marked(self, path: Path, cells: int) -> None:
        show = functools.partial(errors.open_folder, path.parent)
        self._frame.tell(Notice(Tone.OK, said(_MARKED, n=number(cells)), said(_FOLDER), show))

    def _tell_folder(self, path: Path) -> None:
        show = functools.partial(errors.open_folder, path.parent)
        self._frame.tell(Notice(Tone.OK, path.name, said(_FOLDER), show))

    def _shape_key(self, plan: Preview) -> str:
        return "mapping/" + hashlib.sha256(plan.reading.shape.encode()).hexdigest()[:20]

    def _kept_mapping(self, plan: Preview) -> dict[int, str | None]:
        try:
            raw = json.loads(self._work.memory.recall(self._shape_key(plan)) or "{}")
        except ValueError:
            return {}
        return {int(at): key for at, key in raw.items()} if isinstance(raw, dict) else {}

    def _keep_mapping(self) -> None:
        """Files of the same shape are mapped the same way next time."""
        if self._plan and self._answers.mapping:
            given = {str(at): key for at, key in self._answers.mapping.items()}
            self._work.memory.keep(self._shape_key(self._plan), json.dumps(given))


def _let_go(held: list[Preview | None]) -> None:
    held.clear()


def _nothing(_answer: None) -> None:
    """Nothing is to be done with nothing."""
