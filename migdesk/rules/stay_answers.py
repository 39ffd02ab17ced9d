"""What follows from the judgement of a stay: the step of the code an overstay meets, and the dates of other readings.

The step is that of the pack `fines` by the days over, on the day that is judged; its source says how far it was
checked. The other readings are those of the two open settings of the pack `stay`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from migdesk.domain.dates import show_day
from migdesk.domain.errors import NotFound
from migdesk.domain.finding import Finding, Severity
from migdesk.domain.money import grouped
from migdesk.i18n import N_, Worded
from migdesk.rules.amounts import Amount
from migdesk.rules.law import Law
from migdesk.rules.stay import judge_stay
from migdesk.rules.stay_count import ENTRY_DAY, WINDOW_METHOD
from migdesk.rules.stay_question import Overstay, Reading, StayJudgement, StayQuestion

FINE = "fine.overstay"


def answer_stay(law: Law, question: StayQuestion, on: date) -> StayJudgement:
    """The judgement of a stay with all that follows from it.

    Raises:
        NotFound: the packs lack one of the two settings this check needs.
    """
    found = with_step(law, judge_stay(law, question, on), judged_on(question, on))
    return with_readings(law, question, found, on)


def judged_on(question: StayQuestion, on: date) -> date:
    """The day that is judged: the departure from the last visit, or the day asked about."""
    visits = [one for one in question.crossings if one.entered <= on]
    last = max(visits, key=lambda one: (one.entered, one.left or date.max), default=None)
    return last.left if last and last.left and last.entered <= last.left <= on else on


def with_step(law: Law, found: StayJudgement, judged: date) -> StayJudgement:
    """The judgement with the days over and the step of the code they meet, of a stay that is not lawful."""
    last = found.last_lawful_day
    if found.lawful is not False or last is None or last >= judged:
        return found
    days = (judged - last).days
    try:
        step = law.amount(FINE, judged, {"days": days})
    except NotFound:
        return replace(found, overstay=Overstay(days))
    return replace(found, overstay=Overstay(days, step), why=(*found.why, _step_told(days, step)))


def _step_told(days: int, step: Amount) -> Finding:
    note = Worded(step.note) if step.note else ""
    values = {"days": days, "n": step.as_json()["mrp_count"], "tenge": grouped(step.tenge)}
    if not step.tenge:
        message = N_("Days over: {days}. By the code: {label}.")
        return Finding(Severity.NOTE, "stay.step", message, None, {"days": days, "label": note}, step.source)
    message = N_("Days over: {days}. By the code: {n} MRP, {tenge} tenge.")
    if note:
        message = N_("Days over: {days}. By the code: {n} MRP, {tenge} tenge; {label}.")
        values["label"] = note
    return Finding(Severity.NOTE, "stay.step", message, None, values, step.source)


def with_readings(law: Law, question: StayQuestion, found: StayJudgement, on: date) -> StayJudgement:
    """The judgement with the last lawful days that other answers to open questions would give."""
    readings = tuple(_readings(law, question, found, on))
    return replace(found, readings=readings, why=(*found.why, *map(_reading_told, readings)))


def _readings(law: Law, question: StayQuestion, found: StayJudgement, on: date) -> Iterator[Reading]:
    if found.per_entry is None and found.window is None:
        return
    for setting in law.settings():
        if setting.code not in (ENTRY_DAY, WINDOW_METHOD):
            continue
        chosen = law.setting(setting.code)
        for option, words in setting.options.items():
            if option == chosen:
                continue
            other = judge_stay(law.choosing(setting.code, option), question, on)
            if other.last_lawful_day != found.last_lawful_day and other.last_lawful_day is not None:
                yield Reading(setting.code, option, setting.title, words, other.last_lawful_day)


def _reading_told(one: Reading) -> Finding:
    message = N_("“{setting}”: by the other reading ({option}) the last lawful day is {day}.")
    values = {
        "setting": Worded(one.title),
        "option": Worded(one.words),
        "day": show_day(one.last_lawful_day),
    }
    return Finding(Severity.NOTE, "stay.reading", message, None, values)
