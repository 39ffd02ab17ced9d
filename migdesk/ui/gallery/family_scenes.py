"""Pictures of families: the file of one that parted and was reunited, its questions, its paper."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from PySide6.QtWidgets import QApplication, QDialog, QWidget

from migdesk.domain.kin import HEAD, Ended
from migdesk.domain.permit import Permit, PermitState
from migdesk.domain.protection import NoteKind, PersonNote, Unaccompanied, Visibility
from migdesk.services.desk import Desk
from migdesk.services.families import families, family_events, minors
from migdesk.services.families.family_events import Parting
from migdesk.services.people import notes, people
from migdesk.services.permits import dependants
from migdesk.services.upkeep import rights
from migdesk.ui.files.closed_child import ClosedChild
from migdesk.ui.files.minor_part import MinorPart
from migdesk.ui.files.people.notes_part import NotesPart
from migdesk.ui.files.people.person_file import PersonContent
from migdesk.ui.files.permit_file import ask_revocation
from migdesk.ui.gallery.scenes import asked_over, file_content, full_life, window_over
from migdesk.ui.parts.actions import Action
from migdesk.ui.workplace import Kind, Target

Scene = Callable[[], QWidget]
_ACTS = (
    *("family.join", "family.leave", "family.part", "family.head", "family.reunite"),
    *("family.correct", "family.annul"),
)


def typed(desk: Desk) -> dict[str, Scene]:
    """All of them, over a sample office in which a family parts; all is written before a window is open."""
    _child(desk)
    scenes: dict[str, Scene] = {"file-family": functools.partial(_file, desk)}
    scenes["print-family"] = functools.partial(_print, desk)
    scenes["ask-permit-dependants"] = functools.partial(_asked_of_permit, desk)
    scenes["person-minor"] = functools.partial(_of_child, desk, "family")
    scenes["person-notes"] = functools.partial(_of_child, desk, "notes")
    scenes["ask-note"] = functools.partial(_asked_of_child, desk, "notes", "write")
    scenes["ask-minor"] = functools.partial(_asked_of_child, desk, "family", "mark")
    for key in _ACTS:
        scenes[f"ask-{key.replace('.', '-')}"] = functools.partial(_asked, desk, key)
    return scenes


@functools.cache
def _parted(desk: Desk) -> str:
    """The family of somebody with a full life; one of its children lives apart since a week."""
    family = families.get_family(desk, full_life(desk)).uid
    others = [
        person.uid for one, person in families.members_on(desk, family, desk.today) if one.relation != HEAD
    ]
    if len(others) > 2:
        day = desk.today - timedelta(7)
        family_events.part(desk, Parting(family, others[-1:], others[-1], day, Ended.OWN_HOUSEHOLD))
    return family


def _file(desk: Desk) -> QWidget:
    window = window_over(desk)
    window.work.open(Kind.FAMILY, _parted(desk))
    return window


@functools.cache
def _child(desk: Desk) -> str:
    """A child of the family that parted: alone, with a guardian and notes, of which one is restricted."""
    family = _parted(desk)
    parted = families.open_family(desk, family).parted
    uid = parted[0][1].uid if parted else families.members_on(desk, family, desk.today)[-1][1].uid
    child = people.get_person(desk, uid)
    if minors.of_person(desk, uid) is None and child.birth_date and child.birth_date.age_on(desk.today) < 18:
        guardian = families.members_on(desk, family, desk.today)[0][1].uid
        minors.say(desk, Unaccompanied(person=uid, since=desk.today, guardian=guardian))
    _let_read(desk)
    said = PersonNote(person=uid, written_on=desk.today, matter=NoteKind.PROTECTION, text="№ 1")
    notes.write(desk, said)
    said = replace(said, matter=NoteKind.GENERAL, visibility=Visibility.OFFICE, text="№ 2")
    notes.write(desk, said)
    return uid


def _let_read(desk: Desk) -> None:
    """The right to restricted notes, by way of a colleague: nobody gives it to himself."""
    head, colleague = (
        Desk(desk.home, desk.store, clock=desk.clock, operator=login)
        for login in (desk.heads[0].login, "colleague")
    )
    rights.give_right(head, colleague.operator)
    rights.give_right(colleague, desk.operator)


def _of_child(desk: Desk, tab: str) -> QWidget:
    window = window_over(desk)
    window.show()
    window.work.open(Kind.PERSON, _child(desk))
    closed = file_content(window)
    assert isinstance(closed, ClosedChild)
    closed.open()
    content = file_content(window)
    assert isinstance(content, PersonContent) and content.tabs
    content.tabs.open(tab)
    for part in content.findChildren(MinorPart):
        part.open_details()
        part.ask_trace()
    return window


def _asked_of_child(desk: Desk, tab: str, button: str) -> QWidget:
    window = _of_child(desk, tab)
    part = window.findChildren(MinorPart if tab == "family" else NotesPart)[-1]
    getattr(part, button).click()
    QApplication.processEvents()
    dialog = window.findChildren(QDialog)[-1]
    return asked_over(window, dialog)


def _print(desk: Desk) -> QWidget:
    window = window_over(desk)
    window.show()
    window.work.print_wanted.emit(Target(Kind.FAMILY, _parted(desk)))
    QApplication.processEvents()
    return window


def _asked_of_permit(desk: Desk) -> QWidget:
    """The question of a permit on which others of the family rest."""
    granted = desk.store.live(Permit, state=PermitState.GRANTED)
    touching = next((one for one in granted if dependants.of_permit(desk, one)), granted[0])
    window = window_over(desk)
    window.show()
    ask_revocation(window.work, touching)
    QApplication.processEvents()
    dialog = window.findChildren(QDialog)[-1]
    return asked_over(window, dialog)


def _asked(desk: Desk, key: str) -> QWidget:
    window = window_over(desk)
    window.show()
    window.work.open(Kind.FAMILY, _parted(desk))
    content = file_content(window)
    acts: list[Action] = content.acts() if content else []  # type: ignore[attr-defined]
    next(one for one in acts if one.key == key).run()
    QApplication.processEvents()
    dialog = window.findChildren(QDialog)[-1]
    return asked_over(window, dialog)
