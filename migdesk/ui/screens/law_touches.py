"""Who is touched by a change of the law, in every window that makes one: nothing is changed while it is unknown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from migdesk.domain.change import Done
from migdesk.domain.dates import show_day
from migdesk.domain.errors import Invalid, MigDeskError
from migdesk.domain.fields import spec
from migdesk.domain.finding import Finding, warn
from migdesk.domain.law_pack import LawPack
from migdesk.i18n import N_
from migdesk.services.desk import Desk
from migdesk.ui.entry.editor import Section
from migdesk.ui.errors import finding_of
from migdesk.ui.files.questions.form_dialog import WIDE, FormDialog, Question, ask
from migdesk.ui.look import theme
from migdesk.ui.look.labels import Label
from migdesk.ui.look.words import number, said
from migdesk.ui.parts.blocks import clear, column, row, text
from migdesk.ui.parts.clickable import PushButton
from migdesk.ui.workplace import Workplace

DO_ON, DO_OFF = N_("Switch on"), N_("Switch off")
_WAIT, _AGAIN = N_("One moment…"), N_("Try again")
_UNKNOWN = N_("Who is touched is not known: {words} Nothing can be changed until it is.")
_LONGEST = 60


def short(words: str) -> str:
    """Words of the law that fit into a title."""
    plain = words.replace("{", "(").replace("}", ")")
    return plain if len(plain) <= _LONGEST else f"{plain[: _LONGEST - 1]}…"


def before_or_after(value: date | int | None) -> str:
    """A day or a sum of money as it is, or would be."""
    if value is None:
        return "—"
    return show_day(value) if isinstance(value, date) else f"{number(value)} ₸"


def tried(run: Callable[[], list[Finding]]) -> list[Finding]:
    """What would change; what cannot be read is told as it will be refused."""
    try:
        return run()
    except Invalid:
        return []  # what is missing is said when somebody saves
    except MigDeskError as problem:
        return [warn(problem.code, "{words}", None, words=problem.words())]


@dataclass(frozen=True, slots=True)
class Sight:
    """What is read of those who are touched, the widgets that show it, and the pixels kept for them."""

    title: str
    load: Callable[[Desk], Any]
    draw: Callable[[Any], Sequence[QWidget]]
    high: int


class Touches(QWidget):
    """Who is touched, read away from the window; it asks nothing, and says why when it cannot be read.

    `told` comes when that is known, or is not.
    """

    told = Signal()

    def __init__(self, work: Workplace, sight: Sight) -> None:
        super().__init__()
        self._work, self._sight = work, sight
        self.found: Any = None
        self.is_known = False
        self.words = text("")
        self.again = PushButton(said(_AGAIN))
        self.again.clicked.connect(lambda _on=False: self.read())
        self._inside = QVBoxLayout()
        self._inside.setSpacing(theme.XS)
        self._room = column(self._inside)
        self._room.setMinimumHeight(sight.high)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.XS)
        whole.addWidget(Label(sight.title, "strong"))
        whole.addWidget(self.words)
        whole.addWidget(row(self.again))
        whole.addWidget(self._room, 1)
        self.read()

    def read(self) -> None:
        """Ask who is touched."""
        self._say(said(_WAIT))
        self._work.tasks.read(self._sight.load, self._work.desk, done=self._show, failed=self._fail)

    def values(self) -> dict[str, object]:
        """Nothing is asked here."""
        return {}

    def _show(self, found: Any) -> None:
        self.found, self.is_known = found, True
        self._say("")
        clear(self._inside)
        for part in self._sight.draw(found):
            self._inside.addWidget(part)
        self.told.emit()

    def _fail(self, error: Exception) -> None:
        self._say(said(_UNKNOWN, words=finding_of(error, self._work.desk.home).words()), again=True)
        self.told.emit()

    def _say(self, words: str, *, again: bool = False) -> None:
        self.words.show_text(words)
        self.words.setVisible(bool(words))
        self.again.setVisible(again)
        self._room.setVisible(not again)


def ask_when_known(work: Workplace, question: Question, part: Touches, *, may: bool = True) -> FormDialog:
    """The question, with the part below it; what it does is offered when it is known who is touched.

    `may`: who works here may do it at all.
    """
    dialog = ask(work, question)

    def offer() -> None:
        dialog.button.setEnabled(may and part.is_known)

    part.told.connect(offer)
    offer()
    return dialog


@dataclass(frozen=True, slots=True)
class Switch:
    """A change of the packs that count: its name for drafts, its words, how it is written, and why by an act."""

    key: str
    title: str
    button: str
    lead: str
    done: str
    write: Callable[[Desk, str], Done[LawPack]]
    why: str = ""
    foretell: Callable[..., Sequence[Finding]] | None = None


def ask_why(work: Workplace, switch: Switch, sight: Sight) -> FormDialog:
    """Why the packs that count are changed, with everybody that touches."""

    def save(desk: Desk, values: dict[str, Any]) -> Done[LawPack]:
        return switch.write(desk, values["reason"])

    part = Touches(work, sight)
    question = Question(
        key=switch.key,
        title=switch.title,
        button=switch.button,
        lead=switch.lead,
        specs=[spec(LawPack, "reason")],
        sections=(Section("", (("reason",),)),),
        save=save,
        foretell=switch.foretell,
        words=lambda done: said(switch.done, pack=done.value.code),
        values={"reason": switch.why},
        more=part,
        width=WIDE,
    )
    return ask_when_known(work, question, part)
