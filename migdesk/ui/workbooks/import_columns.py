"""The second step of an import: which column is which, what is doubtful about its dates, what is missing."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from migdesk.i18n import N_
from migdesk.services.workbooks import workbooks
from migdesk.services.workbooks.importing import Preview
from migdesk.services.workbooks.workbooks import Answers, Doubt, Question
from migdesk.ui.entry.picking import PickInput
from migdesk.ui.look import fonts, theme
from migdesk.ui.look.labels import Label
from migdesk.ui.look.style import mark
from migdesk.ui.look.words import said
from migdesk.ui.parts.blocks import card, column
from migdesk.ui.parts.clickable import PushButton
from migdesk.ui.parts.findings_view import FindingsView
from migdesk.ui.parts.frame import Scrolled
from migdesk.ui.tasks import Tasks
from migdesk.ui.workbooks.column_table import ColumnTable

_COLUMNS, _DATES, _SHEET = N_("Columns"), N_("Questions about dates"), N_("About the file")
_MISSING = N_("Required, but not in the file: {labels}")
_ORDER = N_("“{example}” in {cell}: which comes first in the column “{label}”? It decides {n} cells.")
_DAY, _MONTH = N_("The day comes first"), N_("The month comes first")
_CENTURY = N_("“{example}” in {cell}: which century has the column “{label}”? It decides {n} cells.")
_LAST, _THIS = N_("Years above {year} are of the last century"), N_("All are of this century")


class ColumnsStep(QWidget):
    """`answered` carries the `Answers` after the operator decided something."""

    answered = Signal(object)

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._answers = Answers()
        self._waiting: tuple[Preview, Answers, int] | None = None
        self.pickers: dict[int, PickInput] = {}
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._body = QWidget()
        self._line.addWidget(self._body)

    def show_preview(self, preview: Preview, answers: Answers, year: int) -> None:
        """Show what was recognised, when the step is in sight; `year` is the present one of two digits."""
        self._waiting = (preview, answers, year)
        if self.isVisible():
            self._build()

    def showEvent(self, event: QShowEvent) -> None:
        """The step came into sight."""
        super().showEvent(event)
        self._build()

    def _build(self) -> None:
        if self._waiting is None:
            return
        preview, answers, year = self._waiting
        self._waiting = None
        self._answers = answers
        parts: list[QWidget] = []
        missing = workbooks.missing_of(preview)
        if missing:
            words = Label("", "body").wrapped()
            words.say(_MISSING, labels=", ".join(missing))
            mark(words, ink="bad")
            parts.append(words)
        questions = workbooks.questions_of(preview)
        if questions:
            parts.append(card(*(self._question(one, year) for one in questions), title=_DATES, gap=theme.M))
        parts.append(card(self._table(preview), title=_COLUMNS))
        about = [one.finding for one in preview.reading.problems if not one.code.endswith("_column")]
        if about:
            view = FindingsView()
            parts.append(card(view, title=_SHEET))
            view.show_findings(about)
        body = Scrolled(column(*parts, gap=theme.M, stretch=True))
        self._line.replaceWidget(self._body, body)
        self._body.hide()
        self._body.deleteLater()
        self._body = body

    def _table(self, preview: Preview) -> QWidget:
        table = ColumnTable(self._tasks, workbooks.columns_of(preview), dict(workbooks.fields_of(preview)))
        table.mapped.connect(self._map)
        self.pickers = table.pickers
        return table

    def _map(self, at: int, key: str) -> None:
        self.answered.emit(workbooks.with_mapping(self._answers, at, key or None))

    def _question(self, one: Question, year: int) -> QWidget:
        message = _ORDER if one.doubt is Doubt.DAY_MONTH else _CENTURY
        words = Label("", "body").wrapped()
        words.say(message, example=one.example, cell=one.cell, label=one.label, n=one.count)
        said_now = self._answers.days.get(one.key)
        line = QHBoxLayout()
        line.setSpacing(theme.S)
        if one.doubt is Doubt.DAY_MONTH:
            chosen = said_now.month_first if said_now else None
            for label, value in ((_DAY, False), (_MONTH, True)):
                answer = workbooks.with_days(self._answers, one.key, month_first=value)
                line.addWidget(self._answer(said(label), answer, is_chosen=chosen is value))
        else:
            pivot = said_now.pivot if said_now else None
            for label, years in ((said(_LAST, year=f"{year:02}"), year), (said(_THIS), 99)):
                answer = workbooks.with_days(self._answers, one.key, pivot=years)
                line.addWidget(self._answer(label, answer, is_chosen=pivot == years))
        line.addStretch(1)
        return column(words, line)

    def _answer(self, words: str, answers: Answers, *, is_chosen: bool) -> QPushButton:
        button = PushButton(words)
        mark(button, look="plain")
        button.setFont(fonts.font())
        button.setCheckable(True)
        button.setChecked(is_chosen)
        button.setAccessibleName(words)
        button.clicked.connect(lambda _on=False: self.answered.emit(answers))
        return button
