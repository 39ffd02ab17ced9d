"""What the checks say about the intake, below its fields; what is still missing, in its footer."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from migdesk.domain.earlier import EarlierWay
from migdesk.domain.finding import Finding, blocking
from migdesk.i18n import N_
from migdesk.services.arrivals.earlier import STILL_HERE
from migdesk.services.people import growth
from migdesk.services.people.people import KNOWN_PERSON
from migdesk.ui.intake.answers import Look, look
from migdesk.ui.intake.beside import Beside
from migdesk.ui.intake.footer import IntakeFooter, Lack
from migdesk.ui.intake.form import IntakeForm
from migdesk.ui.intake.likely_rail import LikelyRail
from migdesk.ui.intake.sheet import MEMBER, RELATION, WAY, Sheet, by_cell
from migdesk.ui.intake.typing import IntakeTyping
from migdesk.ui.look.theme import Tone
from migdesk.ui.look.words import said
from migdesk.ui.parts.messages import Notice
from migdesk.ui.workplace import Workplace

Findings = dict[tuple[int, str], list[Finding]]
"""By member (-1: what all share) and cell; the cell is empty for what is about a member as a whole."""

_NOTHING = Look((), None, None, None)
_WRONG, _APART = N_("Not saved yet. To be corrected: {n}"), N_("It is another person: save")
_MOVED = N_("Record it as a move")


class IntakeChecking(QObject):
    """Asks in the background, shows the newest answer. Empty fields are no matter until somebody saves.

    `mended` comes when nothing keeps the record from being saved any more.
    """

    mended = Signal()

    def __init__(self, work: Workplace, form: IntakeForm, typing: IntakeTyping, beside: Beside) -> None:
        super().__init__(form)
        self._work = work
        self._form = form
        self._typing = typing
        self._beside = beside
        self._look = _NOTHING
        self._turn = 0
        self._is_strict = False
        beside.compared.connect(self.show)

    def begin(self) -> None:
        """Another record: nothing was said yet."""
        self._look, self._is_strict = _NOTHING, False
        self._turn += 1

    def ask(self, rail: LikelyRail) -> None:
        """Check what is typed now, away from the window."""
        self._turn += 1
        done = functools.partial(self._take, self._turn, rail)
        self._work.tasks.read(look, self._work.desk, self._typing.book.draft(), done=done)

    def be_strict(self, findings: Sequence[Finding] = ()) -> None:
        """Somebody saves: from now on empty fields count; `findings` are those of the refusal."""
        self._is_strict = True
        if findings:
            self._look = replace(self._look, findings=tuple(findings))
            self._ask_earlier()
        self.show()

    def show(self) -> None:
        """Put everything below its field."""
        self._form.show_cells(self.findings(), self._typing.book)
        if self._is_strict and not self.to_correct():
            self.mended.emit()

    def findings(self) -> Findings:
        """All that is said now."""
        told = tuple(
            replace(one, field=WAY) if one.code == STILL_HERE else one for one in self._look.findings
        )
        if not self._is_strict:
            told = tuple(one for one in told if not one.code.startswith("missing"))
        found = by_cell(told)
        members = self._typing.book.members
        if not self._is_strict:
            found = {
                place: all_
                for place, all_ in found.items()
                if place[0] < 0 or not _is_blank(members, place[0])
            }
        for place, differing in self._beside.differences().items():
            found.setdefault(place, []).extend(differing)
        return {place: all_ for place, all_ in found.items() if not self._is_unreadable(*place)}

    def _is_unreadable(self, at: int, name: str) -> bool:
        """Such a cell says itself why it cannot be read; nobody says it again."""
        form, book = self._form, self._typing.book
        if name in form.boxes and at in (-1, book.current):
            return form.boxes[name].input.problem() is not None
        is_in_grid = name in form.family.names() and 0 < at < len(book.members)
        return is_in_grid and form.family.editor(at, name).problem() is not None

    def unreadable(self) -> int:
        """Fields whose words cannot be read."""
        family = self._form.family
        cells = [
            family.editor(at, name).problem()
            for at in range(1, len(self._typing.book.members))
            for name in family.names()
        ]
        return len(self._form.problems()) + sum(1 for one in cells if one)

    def to_correct(self) -> int:
        """How many things keep the record from being saved."""
        return self.unreadable() + len(blocking(one for found in self.findings().values() for one in found))

    def refusal(self, save: Callable[..., object]) -> Notice:
        """What is told when nothing was saved; `save` may be tried again with `apart`: nobody is in the register."""
        lines = [said(_WRONG, n=self.to_correct()), *self.elsewhere()]
        notice = Notice(Tone.BAD, "\n".join(lines))
        if any(one.code == KNOWN_PERSON for one in self._look.findings):
            notice = replace(notice, link=said(_APART), act=functools.partial(save, apart=True))
        if self._is_elsewhere():
            notice = replace(notice, also=((said(_MOVED), functools.partial(self._move, save)),))
        return notice

    def _move(self, save: Callable[..., object]) -> None:
        """Whoever lives elsewhere by the register has moved: the earlier arrival ends with this one."""
        self._typing.fill(-1, WAY, EarlierWay.MOVE)
        save()

    def _is_elsewhere(self) -> bool:
        return any(one.code == STILL_HERE for one in self._look.findings)

    def _ask_earlier(self) -> None:
        self._typing.ask_earlier(is_elsewhere=self._is_elsewhere())

    def elsewhere(self) -> list[str]:
        """Blocks that belong to no field, in words."""
        return [
            one.words()
            for (_at, name), found in self.findings().items()
            for one in blocking(found)
            if name not in self._form.boxes and name not in self._form.family.names()
        ]

    def show_lacks(self, footer: IntakeFooter) -> None:
        """Say in the footer, and at each member's line, what an official paper would still lack."""
        book = self._typing.book
        draft = book.draft()
        arrival = replace(
            draft.arrival,
            address="typed" if draft.address and draft.address.place else None,
            host=draft.arrival.host or ("typed" if draft.host and draft.host.name else None),
        )
        lacks: dict[Lack, None] = {}
        asked = 0
        for at, member in enumerate(draft.members):
            grown = growth.of_arrival(member.person, member.documents, arrival, draft.details)
            own = [one.label for one in grown.lacking if one.place in MEMBER]
            asked += growth.of_person(member.person, member.documents).asked + 1 if at else grown.asked
            if at and not member.relation:
                own.append(MEMBER[RELATION].field.label)
                lacks[Lack(own[-1], at, self._form.place_of(at, RELATION, book))] = None
            self._form.family.show_lacking(at, [said(label) for label in own])
            for one in grown.lacking:
                if one.place in MEMBER:
                    lacks[Lack(one.label, at, self._form.place_of(at, one.place, book))] = None
                else:
                    lacks[Lack(one.label, -1, one.place)] = None
        footer.show_lacks(list(lacks), asked)

    def _take(self, turn: int, rail: LikelyRail, found: Look) -> None:
        if turn == self._turn:
            self._look = found
            self._typing.use_basis(found.basis)
            self._ask_earlier()
            rail.show_terms(found.notice_due, found.registration_due)
            self.show()


def _is_blank(members: Sequence[Sheet], at: int) -> bool:
    """A member of whom nothing is typed yet, or who was taken off meanwhile."""
    return at >= len(members) or members[at].is_blank
