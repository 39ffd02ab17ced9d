"""The first step of taking a workbook in: the place a file is dropped, and the reading and marking of it."""

from __future__ import annotations

import gc
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from migdesk.i18n import N_
from migdesk.services.bulk import without_collector
from migdesk.services.desk import Desk
from migdesk.services.progress import Progress
from migdesk.services.workbooks import importing, workbooks
from migdesk.services.workbooks.importing import Preview
from migdesk.services.workbooks.workbooks import Answers, Grid
from migdesk.ui.look import theme
from migdesk.ui.look.labels import Label
from migdesk.ui.look.theme import Tone
from migdesk.ui.parts.actions import Button, Command
from migdesk.ui.parts.panel import Drawing

_DROP = N_("Drop a workbook here, or choose it")
_DROP_TEXT = N_(
    "Nothing is written before you have seen every row. The template has the columns, lists and formats."
)


def read_file(desk: Desk, path: Path, answers: Answers, *, progress: Progress) -> tuple[Preview, Grid]:
    """A preview and its rows as the wizard shows them; run in a reader's thread.

    A pass of Python's collector over 3 000 rows stops the window for 0.1 s, so none looks at them: they hold
    no circles, and go by themselves when the wizard lets go of them.

    Raises:
        BadFile: no workbook, or no known header.
        Cancelled: the operator stopped it.
    """
    with without_collector():
        plan = importing.preview(desk, path, answers=answers, progress=progress)
        grid = workbooks.grid_of(plan)
        gc.freeze()
    return plan, grid


def save_marks(plan: Preview, target: Path, lang: str) -> int:
    """The marked workbook; how many cells were marked."""
    return importing.save_marked(plan, target, lang=lang)


class DropZone(QWidget):
    """Takes a dropped file; `dropped` carries its path."""

    dropped = Signal(object)

    def __init__(self, choose: Command, template: Command) -> None:
        super().__init__()
        self.setAcceptDrops(True)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(Button(choose, "primary"))
        buttons.addWidget(Button(template))
        buttons.addStretch(1)
        words = Label(_DROP_TEXT, "muted").wrapped()
        words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        title = Label(_DROP, "section").wrapped()
        title.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column = QVBoxLayout(self)
        column.setSpacing(theme.M)
        column.addStretch(1)
        column.addWidget(Drawing("import", Tone.PLAIN), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(title)
        column.addWidget(words)
        column.addLayout(buttons)
        column.addStretch(2)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A file may be dropped."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """The first file counts."""
        files = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            self.dropped.emit(Path(files[0]))
