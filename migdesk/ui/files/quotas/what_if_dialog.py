"""What if these applications were granted: a small window that reckons and writes nothing."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

import shiboken6
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from migdesk.domain.dates import show_day
from migdesk.domain.errors import MigDeskError
from migdesk.domain.fields import Choice, Spec, Whole, choice_label
from migdesk.domain.finding import block
from migdesk.domain.report import ColumnKind, ReportColumn, Section
from migdesk.i18n import LANGUAGES, N_, current_language
from migdesk.services.desk import Desk
from migdesk.services.quotas import quotas, what_if
from migdesk.services.quotas.quotas import Pot
from migdesk.services.quotas.what_if import Outcome, Supposed, Wanted
from migdesk.ui.charts.pot_line import pot_name
from migdesk.ui.entry import editor
from migdesk.ui.entry.editor import Form
from migdesk.ui.files.questions.people_ticks import PeopleTicks, Relative
from migdesk.ui.lists.report_table import ReportTable, shared_widths
from migdesk.ui.look import theme
from migdesk.ui.look.labels import Label
from migdesk.ui.look.words import number, said
from migdesk.ui.parts.answer_line import answer_line
from migdesk.ui.parts.blocks import clear
from migdesk.ui.parts.clickable import PushButton
from migdesk.ui.parts.findings_view import FindingsView
from migdesk.ui.parts.frame import Scrolled
from migdesk.ui.workplace import Workplace


class Source(StrEnum):
    """Which applications are supposed."""

    CASES = "cases"
    LINE = "line"
    COUNT = "count"

    @classmethod
    def labels(cls) -> dict[Source, str]:
        """What a person reads."""
        return {
            cls.CASES: N_("open cases, in the order of filing"),
            cls.LINE: N_("the waiting list"),
            cls.COUNT: N_("so many applications"),
        }


_WHAT = Spec("source", Choice(N_("Which applications"), required=True, options=Source), True)
_COUNT = Spec("count", Whole(N_("How many"), min=1, max=100_000), True)
_TITLE, _LEAD = N_("What if…"), N_("Nothing is written: this only reckons.")
_RECKON, _FORM = N_("Reckon"), 110
_CHOOSE, _UNITS, _MOST_TICKS = N_("Which of them"), N_("Units: {n}"), 300
_HEADINGS = N_("Application"), N_("Units"), N_("What would become of it"), N_("Free then")
_SUM = N_("{n} units would be included, {left} left out. Free: {before} now, {after} then.")
_ENDS, _LASTS = N_("The units would end on {day}."), N_("The units would last to the end of the year.")
_OUT = N_("Nothing would be left.")
_NOBODY = N_("There are no such applications.")


def reckon(
    desk: Desk, pot: Pot, values: dict[str, Any], left_out: frozenset[str] = frozenset()
) -> tuple[list[Wanted], Supposed | None]:
    """All applications of a source, and what would come of them but for those left out; nothing of none."""
    source = values["source"]
    if source is Source.CASES:
        wanted = what_if.of_cases(desk, pot)
    elif source is Source.LINE:
        wanted = what_if.of_line(desk, pot)
    else:
        wanted = what_if.of_count(values["count"] or 0)
    chosen = [one for one in wanted if one.uid not in left_out]
    return wanted, what_if.suppose(desk, pot, chosen) if chosen else None


class WhatIfDialog(QDialog):
    """Applications against the free units of a pot, line by line."""

    def __init__(self, work: Workplace, pot: Pot, name: str) -> None:
        super().__init__(work.window)
        self._work, self._pot = work, pot
        self.setWindowTitle(said(_TITLE))
        self.form = Form((_WHAT, _COUNT), (editor.Section("", (("source", "count"),)),), work.sources())
        self.form.set_values({"source": Source.CASES, "count": None})
        self.form.save_wanted.connect(self.show_answer)
        self.table: ReportTable | None = None
        self.ticks: PeopleTicks | None = None
        self._of: Source | None = None
        self._room, self._choice = QVBoxLayout(), QVBoxLayout()
        self._choice.setContentsMargins(0, 0, 0, 0)
        self._chosen = QWidget()
        self._chosen.setLayout(self._choice)
        beside = QHBoxLayout()
        beside.setSpacing(theme.L)
        beside.addWidget(self._chosen, 2)
        beside.addLayout(self._room, 5)
        self.summary = Label(_LEAD, "muted").wrapped()
        self._problems = FindingsView()
        work.add_help_key(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.L, theme.L, theme.L, theme.L)
        column.setSpacing(theme.M)
        column.addWidget(Label(name, "section").wrapped())
        self.form.setFixedHeight(_FORM)
        column.addWidget(self.form)
        column.addLayout(beside, 1)
        column.addWidget(self.summary)
        column.addWidget(self._problems)
        self.button = PushButton(said(_RECKON))
        self.button.setDefault(True)
        column.addLayout(answer_line(self, self.button, self.show_answer))
        self.resize(940, 520)
        self.show_answer()

    def show_answer(self) -> None:
        """Reckon with what is chosen."""
        if problems := self.form.problems():
            self.form.show_findings(problems)
            return
        values = self.form.values()
        if values["source"] is not self._of:
            self._of, self.ticks = values["source"], None
        lines = self.ticks.lines.items() if self.ticks else ()
        left_out = frozenset(uid for uid, line in lines if not line.isChecked())
        self._work.tasks.read(
            reckon, self._work.desk, self._pot, values, left_out, done=self._show, failed=self._show_error
        )

    def _show_error(self, error: Exception) -> None:
        if not isinstance(error, MigDeskError):
            self._work.tell_error(error)
            return
        findings = getattr(error, "findings", None) or [block(error.code, error.words())]
        self._problems.show_findings(findings)

    def _show(self, answer: tuple[list[Wanted], Supposed | None]) -> None:
        if not shiboken6.isValid(self):
            return
        wanted, found = answer
        self._problems.show_findings(())
        if self.ticks is None:
            self._offer(wanted)
        clear(self._room)
        self.table = None
        if found is None:
            self._room.addStretch(1)
            self.summary.say(_NOBODY)
            return
        section, language = _section(found), current_language()
        self.table = ReportTable(section, language, shared_widths([section], language)[0], fills=True)
        self._room.addWidget(self.table)
        self.summary.say("{words}", words=_sum_words(found))

    def _offer(self, wanted: list[Wanted]) -> None:
        """The applications to choose from; of more than anybody looks through, and of mere counts, none."""
        clear(self._choice)
        named = [one for one in wanted if one.uid]
        self._chosen.setVisible(1 < len(named) <= _MOST_TICKS)
        if self._chosen.isHidden():
            return
        people = [Relative(one.uid, one.label, said(_UNITS, n=number(one.units))) for one in named]
        uids = [one.uid for one in named]
        self.ticks = PeopleTicks(people, uids, title_words=_CHOOSE, first_applies=False)
        self.ticks.chosen.connect(self.show_answer)
        self._choice.addWidget(Scrolled(self.ticks))


def _section(found: Supposed) -> Section:
    """The applications in their order."""
    kinds = (ColumnKind.TEXT, ColumnKind.WHOLE, ColumnKind.TEXT, ColumnKind.WHOLE)
    columns = tuple(
        ReportColumn(title, dict.fromkeys(LANGUAGES, said(title)), kind)
        for title, kind in zip(_HEADINGS, kinds, strict=True)
    )
    rows = tuple(
        (one.wanted.label, one.wanted.units, choice_label(one.outcome), one.free) for one in found.lines
    )
    return Section(said(_TITLE), columns, rows)


def _sum_words(found: Supposed) -> str:
    included, left = found.units(Outcome.INCLUDED, Outcome.PAST_OTHERS), found.units(Outcome.LEFT_OUT)
    before, after = found.before.balance.free, found.after.balance.free
    sums = {"n": included, "left": left, "before": before, "after": after}
    told = said(_SUM, **{key: number(units) for key, units in sums.items()})
    if after <= 0:
        return f"{told} {said(_OUT)}"
    ends = said(_ENDS, day=show_day(found.after.forecast)) if found.after.forecast else said(_LASTS)
    return f"{told} {ends}"


def ask_what_if(work: Workplace, pot: Pot | None) -> WhatIfDialog | None:
    """Open the window on a pot; nothing where none is chosen."""
    if pot is None:
        return None
    name = f"{pot_name(work.desk, quotas.check_pot(work.desk, pot))}, {pot.year}"
    dialog = WhatIfDialog(work, pot, name)
    dialog.open()
    return dialog
