"""Whom of the external lists a person may be: both side by side with the reasons, and the word that it is another."""

from __future__ import annotations

import functools
from datetime import datetime
from typing import Any

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from migdesk.domain.change import Done
from migdesk.domain.dates import show_day
from migdesk.domain.fields import spec
from migdesk.domain.person import Person
from migdesk.domain.stoplist import StopJudgement, StopRow
from migdesk.i18n import N_
from migdesk.services.desk import Desk
from migdesk.services.people import people
from migdesk.services.stoplists import stop_checks
from migdesk.services.stoplists.stop_checks import Judged, StopMatch
from migdesk.ui.entry.editor import Section
from migdesk.ui.files.questions.form_dialog import FormDialog, Question, ask
from migdesk.ui.help.window import add_help_key
from migdesk.ui.look import theme
from migdesk.ui.look.labels import Label
from migdesk.ui.look.words import said
from migdesk.ui.parts.blocks import card, clear, column, link, text, title
from migdesk.ui.parts.clickable import PushButton
from migdesk.ui.parts.facts import Fact, Facts
from migdesk.ui.parts.frame import Scrolled
from migdesk.ui.workplace import Workplace

_MAY_BE = N_("May be on an external list: {n}. Compare…")
_TITLE, _CLOSE = N_("External lists: who it may be"), N_("Close")
_LEAD = N_("Compare the entry with the papers of {name}. A list alone refuses nothing.")
_NONE = N_("On no list in force.")
_OF = N_("{list}, {source}, of {day}")
_WHY = N_("{score} of 100: {reasons}")
_ANOTHER, _AGAIN = N_("Not the same person…"), N_("Take that back")
_JUDGED = N_("Not the same person: {why} ({who}, {day})")
_ASK, _ASK_BUTTON = N_("Not the one of “{list}”"), N_("Remember")
_ASK_LEAD = N_(
    "It is remembered with your name and holds for later editions, until a name, date or number of the file or of "
    "the entry changes."
)
_SAID, _TAKEN_BACK = N_("Remembered: not the one of the list"), N_("The match is told again")
_WIDE, _HIGH, _NOTE = 620, 520, 60


def lines(work: Workplace, person: Person, found: tuple[StopMatch, ...]) -> list[QWidget]:
    """The way from a file to its matches; nothing when there is none, judged or not."""
    open_ones = [one for one in found if one.judged is None]
    if not open_ones:
        return []
    way = link(said(_MAY_BE, n=len(open_ones)))
    way.clicked.connect(lambda _on=False: open_matches(work, person.uid))
    return [way]


def judged_lines(work: Workplace, person: Person, found: tuple[StopMatch, ...]) -> list[QWidget]:
    """What was found out of a person and the lists, each a way to the entry."""
    made: list[QWidget] = []
    for one in found:
        if one.judged:
            way = link(f"{one.stop_list.name}: {_judged_words(one.judged)}")
            way.clicked.connect(lambda _on=False: open_matches(work, person.uid))
            made.append(way)
    return made


def open_matches(work: Workplace, uid: str) -> StopMatchesDialog:
    """Open the window over the file."""
    dialog = StopMatchesDialog(work, uid)
    dialog.open()
    dialog.finished.connect(lambda _code: dialog.deleteLater())
    return dialog


class StopMatchesDialog(QDialog):
    """The entries, likeliest first; `buttons` do what each entry offers."""

    def __init__(self, work: Workplace, uid: str) -> None:
        super().__init__(work.window)
        self._work, self._uid = work, uid
        self.buttons: list[PushButton] = []
        self.setWindowTitle(said(_TITLE))
        self.resize(_WIDE, _HIGH)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(theme.M)
        self._lead = Label("", "muted").wrapped()
        close = PushButton(said(_CLOSE))
        close.clicked.connect(lambda _on=False: self.accept())
        below = QHBoxLayout()
        below.addStretch(1)
        below.addWidget(close)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(theme.L, theme.L, theme.L, theme.L)
        whole.setSpacing(theme.M)
        whole.addWidget(Label(_TITLE, "section"))
        whole.addWidget(self._lead)
        whole.addWidget(Scrolled(column(self._lines, stretch=True)), 1)
        whole.addLayout(below)
        add_help_key(self, "external_lists")
        self.refresh()

    def refresh(self) -> None:
        """What the lists say now."""
        self._work.tasks.read(
            _load, self._work.desk, self._uid, done=self._show, failed=self._work.tell_error
        )

    def _show(self, answer: tuple[Person, list[StopMatch]]) -> None:
        person, found = answer
        self._lead.show_text(said(_LEAD if found else _NONE, name=person.full_name))
        clear(self._lines)
        self.buttons = []
        for one in found:
            self._lines.addWidget(self._card(person, one))
        if self.buttons:
            self.buttons[0].setFocus()

    def _card(self, person: Person, one: StopMatch) -> QWidget:
        of, desk = one.stop_list, self._work.desk
        heading = said(_OF, list=of.name, source=of.source, day=show_day(of.listed_on))
        why = said(_WHY, score=one.match.score, reasons="; ".join(one.match.reasons))
        button = PushButton(said(_AGAIN if one.judged else _ANOTHER))
        act = self._take_back if one.judged else self.ask_why
        button.clicked.connect(functools.partial(_run, act, person, one))
        self.buttons.append(button)
        below = QHBoxLayout()
        below.addStretch(1)
        below.addWidget(button)
        judged = [text(_judged_words(one.judged), "strong")] if one.judged else []
        return card(title(heading, "strong"), *judged, Facts(_facts(desk, one.row), most=1), text(why), below)

    def ask_why(self, person: Person, one: StopMatch) -> FormDialog:
        """How it was found out that it is another person."""

        def save(desk: Desk, values: dict[str, Any]) -> Done[StopJudgement]:
            return stop_checks.judge(desk, person, one.row.uid, values["why"])

        question = Question(
            key=f"person.not_listed/{person.uid}~{one.row.uid}",
            title=said(_ASK, list=one.stop_list.name),
            button=_ASK_BUTTON,
            lead=_ASK_LEAD,
            specs=[spec(StopJudgement, "why")],
            sections=(Section("", (("why",),)),),
            save=save,
            words=lambda _done: said(_SAID),
            values={},
        )
        dialog = ask(self._work, question)
        dialog.accepted.connect(self.refresh)
        dialog.resize(dialog.width(), dialog.height() + _NOTE)
        return dialog

    def _take_back(self, person: Person, one: StopMatch) -> None:
        self._work.do(
            stop_checks.judge_again,
            person,
            one.row.uid,
            words=lambda _done: said(_TAKEN_BACK),
            done=lambda _done: self.refresh(),
        )


def _run(act: Any, person: Person, one: StopMatch, _on: bool = False) -> None:
    act(person, one)


def _load(desk: Desk, uid: str) -> tuple[Person, list[StopMatch]]:
    person = people.get_person(desk, uid)
    return person, stop_checks.matches(desk, person)


def _judged_words(judged: Judged) -> str:
    day = show_day(datetime.fromisoformat(judged.at).astimezone().date())
    return said(_JUDGED, why=judged.why, who=judged.operator, day=day)


def _facts(desk: Desk, row: StopRow) -> list[Fact]:
    born = row.birth_date.show() if row.birth_date else ""
    named = (
        ("name", row.name),
        ("other_names", row.other_names),
        ("birth_date", born),
        ("citizenship", _country(desk, row.citizenship)),
        ("document", row.document),
        ("iin", row.iin),
        ("reason", row.reason),
    )
    return [Fact(spec(StopRow, name).field.label, words) for name, words in named if words]


def _country(desk: Desk, code: str) -> str:
    return desk.lists.label("countries", code) if desk.lists.has("countries", code) else code
