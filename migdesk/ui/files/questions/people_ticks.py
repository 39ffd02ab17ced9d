"""The people of a case as lines to tick: the applicant always, who else of the family applies."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from migdesk.domain.person import Membership, Person
from migdesk.i18n import N_
from migdesk.services.desk import Desk
from migdesk.ui.look.labels import Label
from migdesk.ui.look.words import said
from migdesk.ui.parts.tick_line import LineWords, Shape, TickLine, tick, ticked

WHO_APPLIES = N_("Who applies")
_APPLICANT = N_("applicant")


@dataclass(frozen=True, slots=True)
class Relative:
    """One of the people that may be ticked: who, and how he stands to the head of the family."""

    uid: str
    name: str
    detail: str


def relatives(
    desk: Desk, people: Iterable[tuple[Membership, Person]], *, applicant: bool = True
) -> list[Relative]:
    """People with their words in the language of the window; the first is the applicant, unless nobody is."""
    return [
        Relative(
            one.uid, one.full_name, _detail(desk, one, membership.relation if n else "", applicant and not n)
        )
        for n, (membership, one) in enumerate(people)
    ]


def _detail(desk: Desk, person: Person, relation: str, applies: bool) -> str:
    words = desk.lists.label("relations", relation) if relation else said(_APPLICANT) if applies else ""
    born = person.born_words
    return ", ".join(part for part in (words, born) if part)


class PeopleTicks(QWidget):
    """`chosen` comes with every tick; the first line is the applicant and stays ticked, if there is one."""

    chosen = Signal()

    def __init__(
        self,
        people: Sequence[Relative],
        ticked: Collection[str],
        *,
        title: bool = True,
        title_words: str = WHO_APPLIES,
        first_applies: bool = True,
    ) -> None:
        super().__init__()
        self.lines: dict[str, TickLine] = {}
        self._touched = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        if title:
            self._column.addWidget(Label(title_words, "strong"))
        for n, one in enumerate(people):
            applies = n == 0 and first_applies
            line = self._line(one, ticked=applies or one.uid in ticked)
            if applies:
                line.lock()

    def _line(self, one: Relative, *, ticked: bool) -> TickLine:
        line = TickLine(Shape.TICK, LineWords(one.name, one.detail))
        line.setChecked(ticked)
        line.clicked.connect(lambda _on=False: self._tick())
        self.lines[one.uid] = line
        self._column.addWidget(line)
        return line

    def add(self, one: Relative) -> None:
        """One more line, ticked; somebody who stands here already is ticked."""
        if known := self.lines.get(one.uid):
            known.setChecked(True)
        else:
            self._line(one, ticked=True)
        self._tick()

    def members(self) -> list[str]:
        """Who is ticked, the applicant first."""
        return [uid for uid, line in self.lines.items() if line.isChecked()]

    def values(self) -> dict[str, object]:
        """What a dialog saves of it."""
        return {"members": self.members()}

    def typed(self) -> str:
        """Which are ticked, for a draft."""
        return ticked(self.lines)

    def set_typed(self, text: str) -> None:
        """Tick those of a draft."""
        tick(self.lines, text)
        self._tick()

    def propose(self, together: bool) -> None:
        """Tick the whole family or the applicant alone, until somebody ticked by hand."""
        if not self._touched:
            for line in list(self.lines.values())[1:]:
                line.setChecked(together)

    def lock(self) -> None:
        """Only to be looked at."""
        for line in self.lines.values():
            line.lock()

    def _tick(self) -> None:
        self._touched = True
        self.chosen.emit()
