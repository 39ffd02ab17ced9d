"""Below the fields of a new case: who may apply for the service, whom it is for, and the questions of the service."""

from __future__ import annotations

import json
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from migdesk.domain.finding import Finding
from migdesk.i18n import N_, pick
from migdesk.services.law import Procedure
from migdesk.ui.entry.fields import FieldBox
from migdesk.ui.entry.picking import Sources
from migdesk.ui.files.cases.case_questions import QUESTIONS, answers_typed, question_hints, question_specs
from migdesk.ui.files.questions.people_ticks import PeopleTicks
from migdesk.ui.files.questions.workers import WorkerTicks
from migdesk.ui.look import theme
from migdesk.ui.look.labels import Label
from migdesk.ui.parts.blocks import clear

_WHO, _CHOOSE = N_("Who may apply"), N_("Choose a service: who may apply and what it asks stands here.")
_LEAST = 230
"""Pixels of height, so that the window does not jump when a service is chosen."""


class ServicePart(QWidget):
    """Follows the service that is chosen above.

    `changed` comes when an answer is typed; `ended` with Enter in the last question, or where there is none.
    """

    changed = Signal()
    ended = Signal()

    def __init__(self, sources: Sources, people: PeopleTicks | WorkerTicks | None) -> None:
        super().__init__()
        self._sources = sources
        self._people = people
        self._shown: tuple[str, tuple[str, ...]] = ("", ())
        self.boxes: dict[str, FieldBox] = {}
        self.who = Label(_CHOOSE, "muted").wrapped()
        self._heading = Label(QUESTIONS, "strong")
        self._heading.hide()
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.L)
        self._grid.setVerticalSpacing(theme.S)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.S)
        column.addWidget(Label(_WHO, "strong"))
        column.addWidget(self.who)
        self._whom = QVBoxLayout()
        column.addLayout(self._whom)
        if people:
            self._whom.addWidget(people)
        column.addWidget(self._heading)
        column.addLayout(self._grid)
        column.addStretch(1)

    def sizeHint(self) -> QSize:
        """Room for what the service will bring."""
        hint = super().sizeHint()
        return QSize(hint.width(), max(hint.height(), _LEAST))

    @property
    def people(self) -> PeopleTicks | WorkerTicks | None:
        """Whom the case is for."""
        return self._people

    def show_people(self, people: PeopleTicks | WorkerTicks | None) -> None:
        """Others to choose from; those shown before go."""
        if self._people is people:
            return
        if self._people:
            self._whom.removeWidget(self._people)
            self._people.setParent(None)
        self._people = people
        if people:
            self._whom.addWidget(people)
            people.show()

    def show_service(self, service: Procedure | None) -> None:
        """Say who may apply and ask what the service asks; answers to questions it shares stay."""
        keys = tuple(one.code for one in service.fields) if service else ()
        if (service.code if service else "", keys) == self._shown:
            return
        self._shown = (service.code if service else "", keys)
        typed = {name: box.input.typed() for name, box in self.boxes.items()}
        clear(self._grid)
        self.boxes = {}
        if service is None:
            self.who.say(_CHOOSE)
            self._heading.hide()
            return
        self.who.show_text("\n".join(pick(one.title) for one in service.who))
        hints = question_hints(service)
        for at, one in enumerate(question_specs(service, marked=True)):
            box = FieldBox(one, self._sources, wrapped=True)
            box.changed.connect(lambda _name: self.changed.emit())
            box.entered.connect(self._go_on)
            box.setToolTip(hints[one.name])
            if one.name in typed:
                box.input.set_typed(typed[one.name])
            self.boxes[one.name] = box
            self._grid.addWidget(box, at // 2, at % 2)
        self._heading.setVisible(bool(self.boxes))

    def begin(self) -> None:
        """Put the cursor into the first question."""
        self._go_on("")

    def _go_on(self, name: str) -> None:
        """The question after one that was answered; after the last one the part has ended."""
        names = list(self.boxes)
        later = names[names.index(name) + 1 :] if name in names else names
        if not later:
            self.ended.emit()
            return
        self.boxes[later[0]].input.widget().setFocus(Qt.FocusReason.OtherFocusReason)

    def typed(self) -> str:
        """Whom it is for and the answers, for a draft."""
        answers = {name: text for name, box in self.boxes.items() if (text := box.input.typed())}
        return json.dumps([self._people.typed() if self._people else "", answers], ensure_ascii=False)

    def set_typed(self, text: str) -> None:
        """Bring a draft back; the service above is chosen already."""
        people, answers = json.loads(text)
        if self._people:
            self._people.set_typed(people)
        for name, box in self.boxes.items():
            box.input.set_typed(answers.get(name, ""))

    def values(self) -> dict[str, object]:
        """Whom it is for, the answers, and what of them cannot be read."""
        members = self._people.values() if self._people else {}
        answers: dict[str, Any] = {name: box.value() for name, box in self.boxes.items()}
        return {**members, "answers": answers_typed(answers), "problems": self._problems()}

    def _problems(self) -> list[Finding]:
        found = []
        for name, box in self.boxes.items():
            if problem := box.input.problem():
                found.append(Finding(problem.severity, problem.code, problem.text, name, problem.values))
        return found
