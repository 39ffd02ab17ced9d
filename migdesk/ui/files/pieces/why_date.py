"""Open terms, each with “why this date?”: the rule, what began it, the days that were skipped, the act."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from migdesk.domain.dates import show_day
from migdesk.domain.finding import Finding, Source
from migdesk.domain.terms import ClosedTerm, OpenTerm
from migdesk.i18n import N_
from migdesk.services.day import TermWhy, explain_term
from migdesk.services.desk import Desk
from migdesk.ui.files.pieces.terms_list import WHY
from migdesk.ui.look import theme
from migdesk.ui.look.labels import Label
from migdesk.ui.look.style import mark
from migdesk.ui.look.words import said
from migdesk.ui.parts.blocks import clear, link, plain, text
from migdesk.ui.parts.findings_view import FindingsView
from migdesk.ui.parts.pills import PillLabel
from migdesk.ui.parts.reasons import confidence_pill
from migdesk.ui.parts.states import due_pill
from migdesk.ui.workplace import Workplace

_WIDE = 460
_CLOSE = N_("Hide the explanation")
_RULE = N_("Rule {rule}")
_EVENT = N_("{day}: {event}")
_COUNT = {
    "working_days": N_("{n} working days, counted from the next day"),
    "calendar_days": N_("{n} calendar days, counted from the next day"),
    "months": N_("{n} months"),
}
_WRITTEN = N_("The day is written in the register; nothing was counted.")
_FROM_ENTRY = N_("Counted from the day of entry by this regime of stay; no paper has this day.")
_SKIPPED = N_("Not counted:")
_EXTENDED = N_("Moved by a special regime: {names}")
_DUE = N_("So the last day is {day}.")
_MOVED = N_("By the calendar of today it would be {day}.")
_NONE = N_("No open terms")
_TERMS = N_("Open terms")
_ENDED, _MISSED = N_("Terms that run no longer"), N_("Missed")
_ENDED_LINE = N_("{what}, due on {day}, {how}")


def source_view(source: Source) -> QWidget:
    """Act and article as the source has them, and how far they were checked."""
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    column.addWidget(text(source.act, "small"))
    if source.article:
        column.addWidget(text(source.article, "small"))
    column.addWidget(confidence_pill(source), 0, Qt.AlignmentFlag.AlignLeft)
    return box


def explanation(why: TermWhy) -> list[QWidget]:
    """The lines that explain a day, in the order a clerk would tell them."""
    lines: list[QWidget] = []
    if why.rule:
        lines.append(text(why.rule, "strong"))
    if why.version:
        lines.append(plain(_RULE, "small", rule=why.version))
    if why.start:
        lines.append(plain(_EVENT, "small", day=show_day(why.start), event=said(why.event)))
    lines += _counted(why)
    if why.prolonged:
        lines.append(text(f"{why.prolonged.words[:1].upper()}{why.prolonged.words[1:]}.", "small"))
        lines.append(source_view(why.prolonged.by[-1].citation.source))
    if why.moved_to:
        moved = plain(_MOVED, "small", day=show_day(why.moved_to))
        mark(moved, ink="warn")
        lines.append(moved)
    if why.source:
        lines.append(source_view(why.source))
    return lines


def _counted(why: TermWhy) -> list[QWidget]:
    """How the day came about: counted with the days that do not count, by the regime of stay, or written."""
    if why.counted_from_entry:
        return [plain(_FROM_ENTRY, "small"), plain(_DUE, "small", day=show_day(why.term.due))]
    if why.deadline is None:
        return [plain(_WRITTEN, "small")]
    lines: list[QWidget] = [
        plain(_COUNT[why.deadline.unit.value], "small", n=why.deadline.length),
        *_skipped(why),
    ]
    if why.deadline.extended_by:
        lines.append(plain(_EXTENDED, "small", names=", ".join(why.deadline.extended_by)))
    lines.append(plain(_DUE, "small", day=show_day(why.deadline.due)))
    if why.deadline.notes:
        lines.append(_notes(why.deadline.notes))
    return lines


def _notes(findings: Sequence[Finding]) -> QWidget:
    """What is open about the rule, whose act stands below anyway.

    Inside a holder: a view without one would be a window of its own.
    """
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    view = FindingsView(holder)
    column.addWidget(view)
    view.show_findings([replace(one, source=None) for one in findings])
    return holder


def _skipped(why: TermWhy) -> list[QWidget]:
    """Days off, gathered by their reason."""
    assert why.deadline is not None
    reasons: dict[str, list[date]] = {}
    for day in why.deadline.skipped:
        reasons.setdefault(day.reason(), []).append(day.on)
    if not reasons:
        return []
    lines: list[QWidget] = [plain(_SKIPPED, "small")]
    for reason, days in reasons.items():
        words = ", ".join(f"{day:%d.%m}" for day in days)
        lines.append(text(f"·  {words} — {reason}", "small"))
    return lines


class WhyLink(QWidget):
    """“Why this date?” with what is told below it, read when somebody asks."""

    def __init__(self, work: Workplace, ask: Callable[[Desk], TermWhy]) -> None:
        super().__init__()
        self._work = work
        self._ask = ask
        self.is_open = False
        """Whether the explanation is in sight."""
        self.link = link(said(WHY))
        self.link.clicked.connect(self.toggle)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(theme.XS)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.link, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(self._lines)

    def toggle(self) -> None:
        """Open or close the explanation."""
        self.is_open = not self.is_open
        self.link.say(said(_CLOSE if self.is_open else WHY))
        if self.is_open:
            self._work.tasks.read(self._ask, self._work.desk, done=self._show)
        else:
            clear(self._lines)

    def _show(self, why: TermWhy) -> None:
        clear(self._lines)
        if self.is_open:
            for line in explanation(why):
                self._lines.addWidget(line)


class WhyDialog(QDialog):
    """Why a term ends on its day, over a list of terms; Esc closes."""

    def __init__(self, why: TermWhy, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(said(WHY))
        self.setMinimumWidth(_WIDE)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.XL, theme.L, theme.XL, theme.L)
        column.setSpacing(theme.S)
        top = [text(why.term.name, "strong")] if why.term.name else []
        due = text(f"{said(why.term.title)}: {show_day(why.term.due)}", "body")
        for line in (*top, due, *explanation(why)):
            column.addWidget(line)
        column.addSpacing(theme.S)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)


class TermCard(QFrame):
    """One open term; the explanation opens below it."""

    def __init__(self, work: Workplace, term: OpenTerm) -> None:
        super().__init__()
        self.term = term
        title = text(said(term.title), "strong")
        pill = due_pill(term.due, work.desk.today)
        assert pill is not None
        top = QHBoxLayout()
        top.setSpacing(theme.S)
        day = Label("", "body")
        day.show_text(show_day(term.due))
        top.addWidget(day)
        top.addWidget(PillLabel(pill))
        top.addStretch(1)
        self._why = WhyLink(work, lambda desk: explain_term(desk, term))
        self.why = self._why.link
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.XS, 0, theme.XS)
        column.setSpacing(2)
        column.addWidget(title)
        column.addLayout(top)
        column.addWidget(self._why)
        self.setAccessibleName(f"{said(term.title)}, {show_day(term.due)}, {pill.words}")

    @property
    def is_open(self) -> bool:
        """Whether the explanation is in sight."""
        return self._why.is_open

    def toggle(self) -> None:
        """Open or close the explanation."""
        self._why.toggle()


class TermsRail(QFrame):
    """The open terms of a person or a record, the most urgent first."""

    def __init__(
        self,
        work: Workplace,
        terms: Sequence[OpenTerm],
        opened: Sequence[str] = (),
        closed: Sequence[ClosedTerm] = (),
    ) -> None:
        super().__init__()
        mark(self, look="card")
        self.cards = [TermCard(work, term) for term in terms]
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.L, theme.M, theme.L, theme.M)
        column.setSpacing(theme.XS)
        column.addWidget(Label(_TERMS, "section"))
        for at, one in enumerate(self.cards):
            if at:
                line = QFrame()
                mark(line, look="rule")
                line.setFixedHeight(1)
                column.addWidget(line)
            column.addWidget(one)
            if _name(one.term) in opened:
                one.toggle()
        if not self.cards:
            column.addWidget(Label(_NONE, "muted"))
        if closed:
            column.addSpacing(theme.S)
            column.addWidget(Label(_ENDED, "strong"))
        for term in closed:
            column.addWidget(_ended_line(term))

    def opened(self) -> list[str]:
        """Which explanations are in sight."""
        return [_name(one.term) for one in self.cards if one.is_open]


def _ended_line(term: ClosedTerm) -> QWidget:
    """A term that runs no longer: what it was, when it was due, what closed it, and whether too late."""
    words = said(_ENDED_LINE, what=said(term.title), day=show_day(term.due), how=term.how())
    line = text(f"{said(_MISSED)}: {words}" if term.is_missed else words, "small")
    if term.is_missed:
        mark(line, ink="bad")
    return line


def _name(term: OpenTerm) -> str:
    return f"{term.kind}/{term.record_uid}"
