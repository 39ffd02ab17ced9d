"""The way of a case as a line: done with its day, due with its day and why, overdue in red, the next one in bold."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import partial

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from migdesk.domain.case import CaseState
from migdesk.domain.dates import show_day
from migdesk.i18n import N_
from migdesk.services.cases.case_file import CaseFile, StepState
from migdesk.services.day import TermWhy, explain_step
from migdesk.services.desk import Desk
from migdesk.ui.files.pieces.why_date import WhyLink
from migdesk.ui.look.words import said
from migdesk.ui.parts.blocks import card
from migdesk.ui.parts.states import due_pill
from migdesk.ui.parts.tick_line import LineWords, Shape, TickLine
from migdesk.ui.workplace import Workplace

_STEPS = N_("Steps")
_DONE_ON, _DUE_ON = N_("done {day}"), N_("due on {day}")
_OPTIONAL = N_("when it applies")
_INDENT = 30
"""Pixels under the sign of a step, where its words begin."""


class StepsLine(QWidget):
    """The steps of a case; `done` is asked with the one that was clicked."""

    def __init__(
        self, work: Workplace, file: CaseFile, done: Callable[[StepState], None], opened: Collection[str] = ()
    ) -> None:
        super().__init__()
        self._work = work
        self._file = file
        self._done = done
        self.lines: list[TickLine] = []
        self.whys: dict[str, WhyLink] = {}
        rows: list[QWidget] = []
        for at, step in enumerate(file.steps):
            rows.append(self._line(at, step))
            if step.code in self.whys:
                rows.append(_indented(self.whys[step.code]))
                if step.code in opened:
                    self.whys[step.code].toggle()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.card: QFrame = card(*rows, title=_STEPS, gap=0)
        column.addWidget(self.card)

    def opened(self) -> list[str]:
        """Steps whose day is explained in sight."""
        return [code for code, why in self.whys.items() if why.is_open]

    def reset(self) -> None:
        """Ticks as the register has them."""
        for line, step in zip(self.lines, self._file.steps, strict=True):
            line.setChecked(step.done_on is not None)

    def _line(self, at: int, step: StepState) -> TickLine:
        line = TickLine(Shape.STEP, self._words(step))
        line.above, line.below = at > 0, at < len(self._file.steps) - 1
        line.setChecked(step.done_on is not None)
        if step.done_on or not self._runs(step):
            line.lock()
        line.clicked.connect(lambda _on=False: self._done(step))
        self.lines.append(line)
        if step.due_on and not step.done_on and self._runs(step):
            self.whys[step.code] = WhyLink(self._work, partial(_explain, self._file.case.uid, step.code))
        return line

    def _words(self, step: StepState) -> LineWords:
        if step.done_on:
            return LineWords(step.title, said(_DONE_ON, day=show_day(step.done_on)))
        strong = step is self._file.next_step
        pill = due_pill(step.due_on, self._work.desk.today) if self._runs(step) else None
        if pill:
            return LineWords(step.title, said(_DUE_ON, day=show_day(step.due_on)), pill, strong)
        return LineWords(step.title, "" if step.required else said(_OPTIONAL), strong=strong)

    def _runs(self, step: StepState) -> bool:
        state = self._file.case.state
        return state is CaseState.OPEN or (step.after_decision and state is not CaseState.WITHDRAWN)


def _explain(uid: str, code: str, desk: Desk) -> TermWhy:
    return explain_step(desk, uid, code)


def _indented(part: QWidget) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(_INDENT, 0, 0, 4)
    column.addWidget(part)
    return holder
