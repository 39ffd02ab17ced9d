"""The small windows that change the law of the office: an entry changed by an act, a pack switched on or off."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any

from PySide6.QtWidgets import QSizePolicy, QWidget

from migdesk.domain.change import Done, Op
from migdesk.domain.fields import Spec, Text
from migdesk.domain.finding import Finding
from migdesk.domain.law_pack import LawPack
from migdesk.domain.listing import Column
from migdesk.i18n import N_
from migdesk.services.desk import Desk
from migdesk.services.law import Law
from migdesk.services.laws import law_copies, law_editing, law_outlook, law_packs
from migdesk.services.laws.law_book import Book
from migdesk.services.laws.law_copies import ACT, Copy
from migdesk.services.laws.law_outlook import EffectLine
from migdesk.services.laws.law_reading import Line
from migdesk.ui.entry.editor import Section
from migdesk.ui.files.pieces.short_list import ShortList, show
from migdesk.ui.files.questions.form_dialog import WIDE, FormDialog, Question, ask
from migdesk.ui.look.words import said
from migdesk.ui.parts.panel import Words
from migdesk.ui.screens.law_touches import (
    DO_OFF,
    DO_ON,
    Sight,
    Switch,
    ask_why,
    before_or_after,
    short,
    tried,
)
from migdesk.ui.workplace import Workplace

_AMEND, _TAKE = N_("Change by an act: {title}"), N_("Write it down")
_AMEND_LEAD = N_(
    "The entry is copied into a pack of the office and changed there. Nothing counts yet: switch the pack on "
    "afterwards, under “Packs of the office”."
)
_ENTRY, _ACT = N_("What changes"), N_("By which act")
_WRITTEN = N_("Written down, not switched on yet: {pack}")
_ON, _OFF = N_("Switch the pack on: {pack}"), N_("Switch the pack off: {pack}")
_IS_ON, _IS_OFF = N_("The pack counts from now on: {pack}"), N_("The pack counts no longer: {pack}")
_IN_PLACE = N_("A new version in the place of the pack that counts: {pack}")
_DO_REPLACE, _REPLACED = N_("Put in its place"), N_("The new version counts from now on: {pack}")
_LEAD = N_("Every open due day and every sum to be paid follows in the same step, and can be undone.")
_CHANGES = N_("Who is touched")
_NONE = Words("ok", N_("Nobody in this office"))
_LIST, _SPARE = 220, 114
"""Pixels of the list of who is touched, and those that are over where one line foretells."""
_COLUMNS = (
    Column("person", Text(N_("Person")), 190),
    Column("what", Text(N_("What changes")), 190),
    Column("before", Text(N_("Now")), 110),
    Column("after", Text(N_("Then")), 110),
)


def ask_amend(work: Workplace, line: Line, copy: Copy) -> FormDialog:
    """What changes in an entry, and by which act; what that would bring along is said while it is typed."""

    def save(desk: Desk, values: dict[str, Any]) -> Done[LawPack]:
        return law_editing.amend(desk, copy, values)

    def foretell(desk: Desk, values: dict[str, Any]) -> Sequence[Finding]:
        return _foretold(functools.partial(law_editing.try_it, desk, copy, values))

    asked = [one for one in copy.specs if one not in ACT]
    question = Question(
        key=f"law.amend/{line.key}",
        title=said(_AMEND, title=short(Book.of(work.desk).text(line.entry))),
        button=_TAKE,
        lead=_AMEND_LEAD,
        specs=copy.specs,
        sections=(Section(_ENTRY, _rows(asked)), Section(_ACT, _rows(ACT))),
        save=save,
        foretell=foretell,
        words=lambda done: said(_WRITTEN, pack=done.value.code),
        values=copy.values,
        width=WIDE,
    )
    return ask(work, question)


def load_copy(desk: Desk, line: Line) -> Copy:
    """The entry as it may be changed.

    Raises:
        Refused: who works here is not the head of the office, or the entry follows another.
    """
    desk.refuse_beyond_role(Op.TAKE_LAW)
    return law_copies.copy_of(desk, line)


def _rows(asked: Sequence[Spec]) -> tuple[tuple[str, ...], ...]:
    """Two fields in a line."""
    names = [one.name for one in asked]
    return tuple(tuple(names[at : at + 2]) for at in range(0, len(names), 2))


def _foretold(run: Callable[[], law_outlook.Foretold]) -> list[Finding]:
    """What would change."""
    return tried(lambda: law_outlook.told(run()))


def once(foresee: Callable[[Desk], law_outlook.Foretold]) -> Callable[[Desk], law_outlook.Foretold]:
    """The same, asked once however many parts of a window want it: it goes through every open due day."""
    turn, kept = Lock(), list[law_outlook.Foretold]()

    def ask_once(desk: Desk) -> law_outlook.Foretold:
        with turn:
            if not kept:
                kept.append(foresee(desk))
            return kept[0]

    return ask_once


def sight_of(work: Workplace, foresee: Callable[[Desk], law_outlook.Foretold]) -> Sight:
    """Whose due days and sums would change, by name."""

    def load(desk: Desk) -> list[EffectLine]:
        return law_outlook.named(desk, foresee(desk)[0])

    def draw(lines: list[EffectLine]) -> list[QWidget]:
        rows = [
            (one.name, said(one.what), before_or_after(one.before), before_or_after(one.after))
            for one in lines
        ]
        uids = [str(at) for at in range(len(rows))]
        made = show(work, ShortList("law.touches", _CHANGES, _COLUMNS, rows, uids, _NONE))
        made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        return [made]

    return Sight(_CHANGES, load, draw, _LIST)


@dataclass(frozen=True, slots=True)
class _Change:
    """A change of the packs that count: its name and words, the law that would hold then, and how it is written."""

    code: str
    title: str
    button: str
    done: str
    law: Callable[[Desk], Law]
    write: Callable[[Desk, str], Done[LawPack]]
    why: str = ""


def ask_switch(work: Workplace, pack: LawPack, *, on: bool, why: str = "") -> FormDialog:
    """Why a pack is switched on or off, with everybody it touches."""

    def write(desk: Desk, reason: str) -> Done[LawPack]:
        return law_packs.switch_pack(desk, pack.code, on=on, why=reason)

    if on:
        found = _Change("on", _ON, DO_ON, _IS_ON, lambda desk: law_packs.law_with(desk, pack), write, why)
    else:
        found = _Change(
            "off", _OFF, DO_OFF, _IS_OFF, lambda desk: law_packs.law_without(desk, pack.code), write, why
        )
    return _ask(work, pack, found)


def ask_replace(work: Workplace, pack: LawPack) -> FormDialog:
    """Why a later version of a pack takes the place of the one that counts, with everybody it touches."""

    def write(desk: Desk, reason: str) -> Done[LawPack]:
        return law_packs.replace_pack(desk, pack, reason)

    words = "replace", _IN_PLACE, _DO_REPLACE, _REPLACED
    return _ask(work, pack, _Change(*words, lambda desk: law_packs.law_with(desk, pack), write))


def _ask(work: Workplace, pack: LawPack, change: _Change) -> FormDialog:
    foresee = once(lambda desk: law_outlook.outlook(desk, change.law(desk)))

    def foretell(desk: Desk, _values: dict[str, Any]) -> Sequence[Finding]:
        return _foretold(lambda: foresee(desk))

    switch = Switch(
        key=f"law.{change.code}/{pack.code}",
        title=said(change.title, pack=pack.code),
        button=change.button,
        lead=_LEAD,
        done=change.done,
        write=change.write,
        why=change.why,
        foretell=foretell,
    )
    dialog = ask_why(work, switch, sight_of(work, foresee))
    dialog.resize(dialog.width(), dialog.height() - _SPARE)
    return dialog
