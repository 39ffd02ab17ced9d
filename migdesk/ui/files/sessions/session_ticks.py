"""Lists to tick about a session of a commission: who is there, which cases come on the agenda or off it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from migdesk.domain.change import Done
from migdesk.domain.dates import show_day
from migdesk.domain.errors import Invalid
from migdesk.domain.fields import choice_label
from migdesk.domain.finding import block
from migdesk.domain.session import Session, SessionMember
from migdesk.i18n import N_
from migdesk.services.cases import session_file, sessions
from migdesk.services.cases.session_file import SessionFile
from migdesk.services.desk import Desk
from migdesk.ui.files.questions.form_dialog import FormDialog, Question
from migdesk.ui.files.questions.people_ticks import PeopleTicks, Relative
from migdesk.ui.look.words import said
from migdesk.ui.workplace import Workplace

_PRESENT, _PRESENT_LEAD, _PRESENT_DONE = (
    N_("Who is there"),
    N_("Tick everybody who is present. The quorum is counted of those who vote."),
    N_("{present} of {members} present, {needed} needed"),
)
_CASES, _CASES_LEAD, _CASES_BUTTON = (
    N_("Cases to the agenda"),
    N_("These wait for this commission, due first. Others are of another service, or examined already."),
    N_("Put on the agenda"),
)
_DROP, _DROP_LEAD, _DROP_BUTTON = (
    N_("Take off the agenda"),
    N_("Tick what comes off; votes on it are taken back, and the case waits for another session."),
    N_("Take off"),
)
_GONE, _GONE_LEAD = N_("Take a member out"), N_("Tick who does not belong to this session; who voted stays.")
_NOBODY = N_("No case waits for this commission.")
_NONE_TICKED = N_("Tick at least one line.")
_ADDED = N_("On the agenda: {n}")
_SAVE, _CHANGED = N_("Save"), N_("Session {number} was changed.")


def ask_present(work: Workplace, file: SessionFile) -> FormDialog:
    """Ask who is there."""
    lines = [Relative(one.uid, one.name, _seat_words(one)) for one in file.members]
    here = [one.uid for one in file.members if one.present]
    ticks = PeopleTicks(lines, here, title=False, first_applies=False)

    def save(desk: Desk, _values: dict[str, Any]) -> Done[Session]:
        present = ticks.members()
        absent = [one.uid for one in file.members if one.uid not in present]
        return sessions.attend(desk, file.session.uid, present, absent)

    def words(_done: Done[Session]) -> str:
        now = session_file.open_file(work.desk, file.session.uid)
        counts = {"present": len(now.present), "members": len(now.voting), "needed": now.needed}
        return said(_PRESENT_DONE, **counts)

    return _ask_ticking(
        work,
        _ticking(f"session.present/{file.session.uid}", _PRESENT, _PRESENT_LEAD, _SAVE, ticks, save, words),
    )


def ask_cases(work: Workplace, session: Session) -> FormDialog:
    """Ask which of the waiting cases come on the agenda."""
    found = session_file.waiting(work.desk, session.commission)
    lines = [
        Relative(
            one.case.uid,
            f"{one.case.number} {one.person.full_name}",
            ", ".join(part for part in (one.title, show_day(one.due_on)) if part),
        )
        for one in found
    ]
    ticks = PeopleTicks(lines, [one.uid for one in lines], title=False, first_applies=False)

    def save(desk: Desk, _values: dict[str, Any]) -> Done[Session]:
        chosen = set(ticks.members())
        if not chosen:
            raise Invalid([block("missing", _NONE_TICKED, None)])
        return sessions.add_cases(desk, session.uid, [one.case for one in found if one.case.uid in chosen])

    def words(_done: Done[Session]) -> str:
        return said(_ADDED, n=len(session_file.open_file(work.desk, session.uid).items))

    lead = _CASES_LEAD if found else _NOBODY
    return _ask_ticking(
        work, _ticking(f"session.cases/{session.uid}", _CASES, lead, _CASES_BUTTON, ticks, save, words)
    )


def ask_drop(work: Workplace, file: SessionFile) -> FormDialog:
    """Ask which cases come off the agenda."""
    lines = [
        Relative(one.item.uid, f"{one.case.number} {one.person.full_name}", one.title) for one in file.items
    ]
    return _ask_off(work, file, lines, sessions.drop_cases, (_DROP, _DROP_LEAD, _DROP_BUTTON))


def ask_drop_member(work: Workplace, file: SessionFile) -> FormDialog:
    """Ask who does not belong to this session."""
    lines = [Relative(one.uid, one.name, _seat_words(one)) for one in file.members]
    return _ask_off(work, file, lines, sessions.drop_members, (_GONE, _GONE_LEAD, _DROP_BUTTON))


def _ask_off(
    work: Workplace,
    file: SessionFile,
    lines: Sequence[Relative],
    act: Callable[[Desk, str, Sequence[str]], Done[Session]],
    texts: tuple[str, str, str],
) -> FormDialog:
    ticks = PeopleTicks(lines, (), title=False, first_applies=False)

    def save(desk: Desk, _values: dict[str, Any]) -> Done[Session]:
        if not ticks.members():
            raise Invalid([block("missing", _NONE_TICKED, None)])
        return act(desk, file.session.uid, ticks.members())

    title, lead, button = texts
    number = file.session.number
    key = f"session.{act.__name__}/{file.session.uid}"
    question = _ticking(key, title, lead, button, ticks, save, lambda _done: said(_CHANGED, number=number))
    return _ask_ticking(work, question)


def _ask_ticking(work: Workplace, question: Question) -> FormDialog:
    """A window with lines to tick alone has no fields."""
    dialog = FormDialog(work, question)
    dialog.form.hide()
    dialog.open()
    return dialog


def _ticking(
    key: str,
    title: str,
    lead: str,
    button: str,
    ticks: PeopleTicks,
    save: Callable[..., Done[Any]],
    words: Callable[[Done[Any]], str],
) -> Question:
    return Question(
        key=key,
        title=title,
        button=button,
        lead=lead,
        specs=(),
        sections=(),
        save=save,
        words=words,
        values={},
        more=ticks,
    )


def _seat_words(one: SessionMember) -> str:
    return ", ".join(part for part in (choice_label(one.role) if one.role else "", one.post) if part)
