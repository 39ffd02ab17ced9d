"""The people an employer or a school applies for: those it has are offered, anybody else is found by typing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from migdesk.domain.case import Case, CaseState
from migdesk.domain.change import Done
from migdesk.domain.fields import Ref, Spec
from migdesk.domain.person import Membership
from migdesk.i18n import N_
from migdesk.services.cases import cases
from migdesk.services.cases.case_file import CaseFile
from migdesk.services.desk import Desk
from migdesk.services.facts.members import household, is_of_party
from migdesk.services.people import people
from migdesk.services.records import CaseView
from migdesk.ui.entry.editor import Section
from migdesk.ui.entry.fields import FieldBox
from migdesk.ui.entry.people import with_people
from migdesk.ui.entry.picking import Sources
from migdesk.ui.files.questions.form_dialog import FormDialog, Question, ask
from migdesk.ui.files.questions.people_ticks import WHO_APPLIES, PeopleTicks, relatives
from migdesk.ui.look import theme
from migdesk.ui.look.words import said
from migdesk.ui.parts.actions import Action
from migdesk.ui.workplace import Workplace

FOR_WHOM = N_("For whom")
_ADD, _WORKER = N_("Add a person…"), N_("Name, IIN or document")
_TITLE, _BUTTON = N_("One more person of the case {number}"), N_("Add to the case")
_ADDED = N_("The case is for {n} people now.")
_SPEC = Spec("worker", Ref(_WORKER, to="person"), False)


class WorkerTicks(QWidget):
    """The people of an employer to tick, with a line to add one who is not among them; `chosen` as of the ticks."""

    chosen = Signal()

    def __init__(self, desk: Desk, case: Case, sources: Sources) -> None:
        super().__init__()
        self._desk = desk
        offered = relatives(desk, household(desk, case), applicant=False)
        self.ticks = PeopleTicks(offered, (), title_words=FOR_WHOM)
        self.box = FieldBox(_SPEC, with_people(desk, sources), wrapped=True)
        self.box.changed.connect(self._take)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.S)
        column.addWidget(self.ticks)
        column.addWidget(self.box)

    def values(self) -> dict[str, object]:
        """Whom the case is for, the applicant first."""
        return self.ticks.values()

    def typed(self) -> str:
        """Who is ticked, for a draft."""
        return self.ticks.typed()

    def set_typed(self, text: str) -> None:
        """Tick those of a draft; who was added by typing is added again."""
        for uid in text.split():
            if uid not in self.ticks.lines:
                self._add(uid)
        self.ticks.set_typed(text)

    def _take(self, _name: str) -> None:
        uid = self.box.value()
        if uid:
            self._add(uid)
            self.box.set_value(None)

    def _add(self, uid: str) -> None:
        person = people.get_person(self._desk, uid)
        [one] = relatives(self._desk, [(Membership(), person)], applicant=False)
        self.ticks.add(one)


def ticks_of(work: Workplace, view: CaseView) -> tuple[PeopleTicks, str]:
    """The people of a case as lines to tick, and the title of the card they stand in."""
    by_party = is_of_party(work.desk, view.file.case)
    offered = relatives(work.desk, view.relatives, applicant=not by_party)
    ticks = PeopleTicks(offered, [one.uid for one in view.file.people], title=False)
    return ticks, FOR_WHOM if by_party else WHO_APPLIES


def worker_actions(work: Workplace, file: CaseFile) -> list[Action]:
    """To add somebody to an open case of an employer or a school."""
    if file.case.state is not CaseState.OPEN or not is_of_party(work.desk, file.case):
        return []
    return [Action("case.worker", _ADD, lambda: ask_worker(work, file), "people")]


def ask_worker(work: Workplace, file: CaseFile) -> FormDialog:
    """Ask for one more person of a case."""
    case, members = file.case, [one.uid for one in file.people]

    def save(desk: Desk, values: dict[str, Any]) -> Done[Case]:
        return cases.choose_members(desk, case.uid, [*members, values["worker"]])

    return ask(
        work,
        Question(
            key=f"case.worker/{case.uid}",
            title=said(_TITLE, number=case.number),
            button=_BUTTON,
            specs=[replace(_SPEC, field=replace(_SPEC.field, required=True))],
            sections=(Section("", (("worker",),)),),
            save=save,
            words=lambda done: said(_ADDED, n=done.value.persons),
            values={},
            sources=with_people(work.desk, work.sources()),
        ),
    )
