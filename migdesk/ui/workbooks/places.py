"""A newer classifier of places (KATO): which file, what it changes, then in one task into force."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from migdesk.i18n import N_
from migdesk.services.upkeep import classifier
from migdesk.services.upkeep.classifier import Newer
from migdesk.ui.look import theme
from migdesk.ui.look.labels import Label
from migdesk.ui.look.style import mark
from migdesk.ui.look.theme import Tone
from migdesk.ui.look.words import number, said
from migdesk.ui.parts.blocks import card, column, text
from migdesk.ui.parts.clickable import PushButton
from migdesk.ui.parts.facts import Fact, Facts
from migdesk.ui.parts.file_dialogs import ask_open
from migdesk.ui.parts.frame import Scrolled
from migdesk.ui.parts.messages import Notice
from migdesk.ui.workbooks.watching import Watching
from migdesk.ui.workplace import Workplace

TITLE = N_("Take in newer places (KATO)")
_READING, _WRITING = N_("Reading the classifier of places"), N_("Writing the places")
_LEAD = N_("From today these places hold. Closed ones stay readable in what was registered before.")
_SAME = N_("The workbook has the places that there are already; there is nothing to take.")
_FILE, _ALL = N_("File"), N_("Places in the workbook")
_ADDED, _RENAMED, _CLOSED = N_("New"), N_("Renamed"), N_("Closed")
_MORE = N_("and {n} more")
_TAKE, _CANCEL, _CLOSE = N_("Put in force"), N_("Cancel"), N_("Close")
_TAKEN = N_("Places in force: {n}. New {added}, renamed {renamed}, closed {closed}.")
_PATTERNS = "*.xlsx *.xls *.ods *.csv"
_LINES = 40
_WIDE, _HIGH = 620, 540


def ask_and_take(work: Workplace, parent: QWidget) -> None:
    """Ask for the workbook, read it, show what it changes."""
    path = ask_open(parent, TITLE, _PATTERNS, work.memory)
    if path:
        read(work, parent, path)


def read(work: Workplace, parent: QWidget, path: Path) -> None:
    """Read a workbook in a reader's thread and show what it changes."""
    watching = Watching(parent, _READING)

    def show(newer: Newer) -> None:
        PlacesDialog(work, newer, parent).open()

    service = functools.partial(classifier.preview, progress=watching.progress)
    work.tasks.read(service, work.desk, path, done=watching.end(show), failed=watching.end(work.tell_error))


def take(work: Workplace, parent: QWidget, newer: Newer) -> None:
    """Put the places in force in the writer's thread, and say what was done."""
    watching = Watching(parent, _WRITING)

    def tell(taken: Newer) -> None:
        words = said(
            _TAKEN,
            n=number(len(taken.places)),
            added=number(len(taken.added)),
            renamed=number(len(taken.renamed)),
            closed=number(len(taken.closed)),
        )
        work.noticed.emit(Notice(Tone.OK, words))

    service = functools.partial(classifier.take, progress=watching.progress)
    work.tasks.run(service, work.desk, newer, done=watching.end(tell), failed=watching.end(work.tell_error))


class PlacesDialog(QDialog):
    """What a workbook changes; the button puts it in force."""

    def __init__(self, work: Workplace, newer: Newer, parent: QWidget) -> None:
        super().__init__(parent)
        self._newer = newer
        self.setWindowTitle(said(TITLE))
        self.resize(_WIDE, _HIGH)
        counts = (
            (_ALL, len(newer.places)),
            (_ADDED, len(newer.added)),
            (_RENAMED, len(newer.renamed)),
            (_CLOSED, len(newer.closed)),
        )
        facts = [Fact(_FILE, newer.file), *(Fact(label, number(count)) for label, count in counts)]
        self.take = PushButton(said(_TAKE))
        self.take.setVisible(bool(newer.changes))
        mark(self.take, look="primary")
        self.take.clicked.connect(lambda _on=False: self.accept())
        self.accepted.connect(lambda: take(work, parent, newer))
        close = PushButton(said(_CANCEL if newer.changes else _CLOSE))
        close.clicked.connect(lambda _on=False: self.reject())
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(close)
        buttons.addWidget(self.take)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(theme.XL, theme.L, theme.XL, theme.L)
        whole.setSpacing(theme.M)
        whole.addWidget(Label(_LEAD if newer.changes else _SAME, "body").wrapped())
        whole.addWidget(
            Scrolled(column(card(Facts(facts, most=1)), *self._lists(), gap=theme.M, stretch=True))
        )
        whole.addLayout(buttons)
        (self.take if newer.changes else close).setFocus()

    def _lists(self) -> Iterator[QWidget]:
        newer = self._newer
        for title, lines in (
            (_CLOSED, [f"{one.code} {one.name}" for one in newer.closed]),
            (_RENAMED, [f"{one.after.code} {one.before.name} → {one.after.name}" for one in newer.renamed]),
            (_ADDED, [f"{one.code} {one.name}" for one in newer.added]),
        ):
            if lines:
                rest = len(lines) - _LINES
                more = [text(said(_MORE, n=number(rest)), "muted")] if rest > 0 else []
                yield card(*(text(line) for line in lines[:_LINES]), *more, title=title)
