"""The daily checks of a watched case in its window: what was found on which day, which days have none, the next."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from PySide6.QtWidgets import QFrame

from migdesk.domain.case import CaseState
from migdesk.domain.case_check import CaseCheck, CheckOutcome
from migdesk.domain.change import Done
from migdesk.domain.dates import show_day
from migdesk.domain.fields import Choice, Day, Spec, Text, choice_label, spec
from migdesk.domain.finding import Finding
from migdesk.domain.listing import Column
from migdesk.i18n import N_
from migdesk.services.cases.case_file import CaseFile
from migdesk.services.desk import Desk
from migdesk.services.terms import monitoring
from migdesk.services.terms.monitoring import Watch
from migdesk.ui.entry.editor import Section
from migdesk.ui.files.pieces.short_list import ShortList, show
from migdesk.ui.files.questions.form_dialog import NARROW, FormDialog, Fresh, Question, ask, laid
from migdesk.ui.look.labels import Label
from migdesk.ui.look.words import said
from migdesk.ui.parts.actions import Action
from migdesk.ui.parts.blocks import card
from migdesk.ui.parts.facts import Fact, Facts
from migdesk.ui.parts.panel import Words
from migdesk.ui.workplace import Workplace

_TITLE, _DAYS, _MISSING = N_("Daily checks"), N_("Days of checks"), N_("Days without a check: {days}.")
_ENTER, _PROLONG = N_("Enter a check…"), N_("Prolong the checks…")
_TODAY = N_("Enter today's check…")
_ENTER_TITLE, _CORRECT_TITLE = N_("Check in the case {number}"), N_("Correct the check of {day}")
_SAVE, _SAVED = N_("Save the check"), N_("Check of {day}: {outcome}.")
_LONGER_TITLE, _LONGER = N_("Prolong the checks of the case {number}"), N_("Prolong")
_LONGER_DONE = N_("Days of checks prolonged: {words}.")
_NONE, _NONE_HINT = N_("No check yet"), N_("Enter writes the first one.")
_SHOWN = 7
"""Days without a check that are named; of more only the newest."""
_COLUMNS = (
    Column("day", Day(N_("Day of the check")), 96),
    Column("outcome", Choice(N_("Outcome of the check"), options=CheckOutcome), 170),
    Column("note", Text(N_("Remark")), 220),
    Column("by", Text(N_("Who checked")), 130),
)
_FIELDS = ("day", "outcome", "by", "note")


def lacks_today(file: CaseFile, today: date) -> bool:
    """Whether today's check of an open case is not entered yet."""
    return file.watch is not None and _is_open(file) and today in file.watch.missing


def _is_open(file: CaseFile) -> bool:
    return file.case.state is CaseState.OPEN


def today_action(work: Workplace, file: CaseFile) -> Action:
    """The next thing to do with a watched case: today's check."""
    return Action("case.next", _TODAY, partial(ask_check, work, file), "ok")


def watch_actions(work: Workplace, file: CaseFile) -> list[Action]:
    """A check, and a later last day; nothing where nobody is checked."""
    if file.watch is None or not _is_open(file):
        return []
    more = [] if lacks_today(file, work.desk.today) else [_ENTER]
    return [
        *(Action("case.check", words, partial(ask_check, work, file), "ok") for words in more),
        Action("case.prolong", _PROLONG, partial(ask_longer, work, file.watch), "right"),
    ]


def watch_card(work: Workplace, file: CaseFile) -> list[QFrame]:
    """The days with what was found; Enter on a row corrects it."""
    watch = file.watch
    if watch is None:
        return []
    days = f"{show_day(watch.since)} – {show_day(watch.until)}"
    parts: list[Any] = [Facts([Fact(_DAYS, days)], most=1)]
    if watch.missing:
        named = [show_day(one) for one in watch.missing[-_SHOWN:]]
        more = ["…"] if len(watch.missing) > _SHOWN else []
        parts.append(Label(said(_MISSING, days=", ".join([*more, *named])), "small").wrapped())
    newest = watch.checks[::-1]
    rows = [tuple(getattr(one, column.key) for column in _COLUMNS) for one in newest]
    uids = [one.uid for one in newest]
    what = ShortList("file.checks", _TITLE, _COLUMNS, rows, uids, Words("ok", _NONE, _NONE_HINT))
    known = {one.uid: one for one in newest}
    parts.append(show(work, what, lambda uid: _correct(work, file, known[uid])))
    return [card(*parts, title=_TITLE)]


def _correct(work: Workplace, file: CaseFile, check: CaseCheck) -> None:
    if _is_open(file) and check.outcome is not CheckOutcome.PROLONGED:
        ask_check(work, file, check)


def ask_check(work: Workplace, file: CaseFile, held: CaseCheck | None = None) -> FormDialog:
    """Ask what was found, or correct what was entered."""
    case = file.case

    def save(desk: Desk, values: dict[str, Any]) -> Done[CaseCheck]:
        return monitoring.record_check(desk, case.uid, CaseCheck(**values))

    def again(desk: Desk) -> Fresh:
        return laid(desk.store.get(CaseCheck, held.uid if held else ""), _FIELDS, monitoring.correct_check)

    def words(done: Done[CaseCheck]) -> str:
        outcome = choice_label(done.value.outcome) if done.value.outcome else ""
        return said(_SAVED, day=show_day(done.value.day), outcome=outcome)

    found = laid(held, _FIELDS, monitoring.correct_check) if held else None
    if held and found:
        values = {**found.values}
        title = said(_CORRECT_TITLE, day=show_day(held.day))
    else:
        values = {"day": _next_day(file.watch, work.desk.today), "by": work.desk.signer.name}
        values["outcome"] = CheckOutcome.PRESENT
        title = said(_ENTER_TITLE, number=case.number)
    question = Question(
        key=f"case.check/{case.uid}~{held.uid if held else ''}",
        title=title,
        button=_SAVE,
        specs=[spec(CaseCheck, name) for name in _FIELDS],
        sections=(Section("", (("day",), ("outcome",), ("by",), ("note",))),),
        save=found.save if found else save,
        words=words,
        values=values,
        width=NARROW,
        start="outcome",
        again=again if held else None,
    )
    return ask(work, question)


def _next_day(watch: Watch | None, today: date) -> date:
    """Today, while it has no check; else the newest day that has none."""
    if watch is None or not watch.missing:
        return today
    return watch.missing[-1]


def ask_longer(work: Workplace, watch: Watch) -> FormDialog:
    """Ask for a later last day and the act that says so."""

    def save(desk: Desk, values: dict[str, Any]) -> Done[CaseCheck]:
        return monitoring.prolong(desk, watch.case.uid, values["until"], values["words"])

    def foretell(desk: Desk, values: dict[str, Any]) -> list[Finding]:
        until = values["until"]
        return monitoring.check_longer(desk, watch.case.uid, until) if until else []

    question = Question(
        key=f"case.longer/{watch.case.uid}",
        title=said(_LONGER_TITLE, number=watch.case.number),
        button=_LONGER,
        specs=(
            Spec("until", Day(N_("New last day"), required=True), True),
            Spec("words", Text(N_("Act: body, number, day"), max=400), False),
        ),
        sections=(Section("", (("until",), ("words",))),),
        save=save,
        words=lambda done: said(_LONGER_DONE, words=done.value.note),
        values={},
        foretell=foretell,
        width=NARROW,
    )
    return ask(work, question)
