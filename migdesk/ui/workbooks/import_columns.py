"""The second step of an import: which column is which, what is doubtful about its dates, what is missing."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QWidget

from migdesk.domain.fields import Code, choice_label
from migdesk.i18n import N_
from migdesk.services import workbooks
from migdesk.services.importing import Preview
from migdesk.services.workbooks import Answers, ColumnView, Doubt, Meaning, Question
from migdesk.ui.entry.choice_list import Choices
from migdesk.ui.entry.picking import PickInput, Sources
from migdesk.ui.look import fonts, theme
from migdesk.ui.look.labels import Label
from migdesk.ui.look.style import mark
from migdesk.ui.look.theme import Tone
from migdesk.ui.look.words import said
from migdesk.ui.parts.blocks import card, column, text
from migdesk.ui.parts.clickable import PushButton
from migdesk.ui.parts.findings_view import FindingsView
from migdesk.ui.parts.frame import Scrolled
from migdesk.ui.parts.pills import Pill, PillLabel
from migdesk.ui.tasks import Tasks

_COLUMNS, _DATES, _SHEET = N_("Columns"), N_("Questions about dates"), N_("About the file")
_READ_AS, _IN_FILE = N_("Read as"), N_("In the file")
_ASIDE_CODE = "-"
_AT_ONCE = 3
_ASIDE = N_("Do not read this column")
_MISSING = N_("Required, but not in the file: {labels}")
_ORDER = N_("“{example}” in {cell}: which comes first in the column “{label}”? It decides {n} cells.")
_DAY, _MONTH = N_("The day comes first"), N_("The month comes first")
_CENTURY = N_("“{example}” in {cell}: which century has the column “{label}”? It decides {n} cells.")
_LAST, _THIS = N_("Years above {year} are of the last century"), N_("All are of this century")
_TONE = {
    Meaning.READ: Tone.OK,
    Meaning.UNKNOWN: Tone.WARN,
    Meaning.UNCLEAR: Tone.WARN,
    Meaning.IGNORED: Tone.PLAIN,
    Meaning.CONTRADICTED: Tone.BAD,
}


class ColumnsStep(QWidget):
    """`answered` carries the `Answers` after the operator decided something."""

    answered = Signal(object)

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._answers = Answers()
        self._fields: dict[str, str] = {}
        self._waiting: tuple[Preview, Answers, int] | None = None
        self._coming: list[tuple[int, ColumnView]] = []
        self._turn = 0
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
        self._fields = dict(workbooks.fields_of(preview))
        columns = workbooks.columns_of(preview)
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
        parts.append(card(self._columns(columns), title=_COLUMNS))
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

    def _columns(self, columns: Sequence[ColumnView]) -> QWidget:
        table = QWidget()
        grid = QGridLayout(table)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.M)
        grid.setVerticalSpacing(theme.XS)
        for at, message in enumerate(("", _IN_FILE, _READ_AS, "")):
            grid.addWidget(Label(message, "caption"), 0, at)
        grid.setColumnStretch(1, 3)
        grid.setColumnStretch(2, 3)
        grid.setColumnStretch(3, 2)
        self.pickers = {}
        self._turn += 1
        self._coming = list(enumerate(columns, start=1))
        self._add_some(grid, table, self._turn)
        return table

    def _add_some(self, grid: QGridLayout, table: QWidget, turn: int) -> None:
        """A few columns at a time: editors take a while to make, and the window must not stand still."""
        if turn != self._turn:
            return
        now, self._coming = self._coming[:_AT_ONCE], self._coming[_AT_ONCE:]
        for row, one in now:
            grid.addWidget(text(one.letter, "muted", wrapped=False), row, 0)
            grid.addWidget(text(one.heading, wrapped=True), row, 1)
            grid.addWidget(self._picker(one), row, 2)
            pill = PillLabel(Pill(_TONE[one.meaning], choice_label(one.meaning)))
            grid.addWidget(pill, row, 3, Qt.AlignmentFlag.AlignLeft)
        if self._coming:
            QTimer.singleShot(0, table, lambda: self._add_some(grid, table, turn))

    def _picker(self, one: ColumnView) -> PickInput:
        sources = Sources(
            today=lambda: date.min,
            tasks=self._tasks,
            choices=self._choices,
            names=lambda _list, key: self._name(key),
        )
        picker = PickInput(Code(_READ_AS, list="columns"), sources)
        picker.set_value(_ASIDE_CODE if one.meaning is Meaning.IGNORED else one.key)
        picker.setAccessibleName(f"{said(_READ_AS)}: {one.letter} {one.heading}")
        picker.changed.connect(functools.partial(self._map, one.at, one.key))
        picker.entered.connect(picker.focusNextChild)
        self.pickers[one.at] = picker
        return picker

    def _map(self, at: int, before: str) -> None:
        key = self.pickers[at].value()
        if key and key != before and not self.pickers[at].problem():
            self.answered.emit(workbooks.with_mapping(self._answers, at, None if key == _ASIDE_CODE else key))

    def _choices(self, _list: str, words: str) -> Choices:
        wanted = words.strip().casefold()
        every = [*self._fields.items(), (_ASIDE_CODE, said(_ASIDE))]
        return [one for one in every if wanted in one[1].casefold() or wanted == one[0]]

    def _name(self, key: str) -> str:
        return said(_ASIDE) if key == _ASIDE_CODE else self._fields.get(key, "")

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
