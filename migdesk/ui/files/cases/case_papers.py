"""The papers of a case: what came in, what is missing or too old; one whose age counts asks for its day."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from migdesk.domain.case import Case, CasePaper, CaseState
from migdesk.domain.change import Done
from migdesk.domain.dates import show_day
from migdesk.domain.fields import Day, Spec
from migdesk.i18n import N_
from migdesk.services.cases import cases
from migdesk.services.cases.case_file import CaseFile, PaperState
from migdesk.services.desk import Desk
from migdesk.ui.entry.editor import Section
from migdesk.ui.files.questions.form_dialog import NARROW, FormDialog, Question, ask
from migdesk.ui.look.labels import Label
from migdesk.ui.look.theme import Tone
from migdesk.ui.look.words import said
from migdesk.ui.parts.blocks import card
from migdesk.ui.parts.pills import Pill
from migdesk.ui.parts.tick_line import LineWords, Shape, TickLine
from migdesk.ui.workplace import Workplace

_PAPERS = N_("Papers")
_COME, _MISSING = N_("{n} of {all} required papers came in"), N_("Still missing: {papers}")
_NO_PAPERS = N_("This service asks for no papers.")
_RECEIVED, _OF = N_("received {day}"), N_("of {day}")
_OPTIONAL, _MOST = N_("when it applies"), N_("at most {n} days old")
_TOO_OLD = N_("too old at filing: of {day}")
_CAME = N_("Paper received: {paper}")
_TITLE, _BUTTON = N_("Day of the paper: {paper}"), N_("Received")
_LEAD = N_("On the day of filing it may be at most {n} days old.")
_LONGEST = 60


class PapersList(QWidget):
    """The checklist; `received` is asked with the paper that was clicked."""

    def __init__(self, file: CaseFile, received: Callable[[PaperState], None]) -> None:
        super().__init__()
        self._file = file
        self.lines: list[TickLine] = []
        self.missing = Label("", "small").wrapped()
        rows: list[QWidget] = list(self._head())
        for paper in file.papers:
            line = TickLine(Shape.TICK, _words(paper))
            line.setChecked(_is_in(paper))
            if _is_in(paper) or not _may_come(paper, file.case):
                line.lock()
            line.clicked.connect(lambda _on=False, paper=paper: received(paper))
            self.lines.append(line)
            rows.append(line)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card(*rows, title=_PAPERS, gap=2))

    def reset(self) -> None:
        """Ticks as the register has them."""
        for line, paper in zip(self.lines, self._file.papers, strict=True):
            line.setChecked(_is_in(paper))

    def _head(self) -> list[QWidget]:
        """How many came in, and the names of those that are missing."""
        if not self._file.papers:
            return [Label(_NO_PAPERS, "muted").wrapped()]
        required = [one for one in self._file.papers if one.required]
        lacking = self._file.lacking
        count = Label("", "muted").wrapped()
        count.say(_COME, n=len(required) - len(lacking), all=len(required))
        if not lacking or self._file.case.state is not CaseState.OPEN:
            return [count]
        names = "; ".join(_short(one.title) for one in lacking)
        self.missing.say(_MISSING, papers=names)
        return [count, self.missing]


def _may_come(paper: PaperState, case: Case) -> bool:
    return case.state is CaseState.OPEN or (paper.later and case.state is CaseState.GRANTED)


def _is_in(paper: PaperState) -> bool:
    return paper.received_on is not None and paper.old is None


def _short(words: str) -> str:
    return words if len(words) <= _LONGEST else words[:_LONGEST].rstrip() + "…"


def _words(paper: PaperState) -> LineWords:
    if paper.old:
        pill = Pill(Tone.BAD, said(_TOO_OLD, day=show_day(paper.issued_on)))
        return LineWords(paper.title, pill=pill, required=paper.required)
    if paper.received_on:
        parts = [said(_RECEIVED, day=show_day(paper.received_on))]
        parts += [said(_OF, day=show_day(paper.issued_on))] if paper.issued_on else []
    else:
        parts = [] if paper.required else [said(_OPTIONAL)]
        parts += [said(_MOST, n=paper.valid_days)] if paper.valid_days else []
    return LineWords(paper.title, " · ".join(parts), required=paper.required)


def ask_day(work: Workplace, uid: str, paper: PaperState) -> FormDialog:
    """Ask for the day of a paper whose age counts, then take it in."""

    def save(desk: Desk, values: dict[str, Any]) -> Done[CasePaper]:
        return cases.receive_paper(desk, uid, paper.code, issued_on=values["issued_on"])

    question = Question(
        key=f"case.paper/{uid}~{paper.code}",
        title=said(_TITLE, paper=_short(paper.title)),
        button=_BUTTON,
        specs=[Spec("issued_on", Day(N_("Day of the paper"), required=True), True)],
        sections=(Section("", (("issued_on",),)),),
        save=save,
        words=lambda _done: said(_CAME, paper=paper.title),
        values={},
        lead=said(_LEAD, n=paper.valid_days or 0),
        width=NARROW,
    )
    return ask(work, question)
