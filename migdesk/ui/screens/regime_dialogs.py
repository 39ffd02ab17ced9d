"""The small windows of special regimes: what a new or corrected one says, and switching with everybody it touches."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from migdesk.domain.change import Done
from migdesk.domain.fields import Choice, Text, choice_label
from migdesk.domain.finding import Finding
from migdesk.domain.law_pack import LawPack
from migdesk.domain.listing import Column
from migdesk.i18n import N_, pick
from migdesk.services.desk import Desk
from migdesk.services.laws import regime_effects, regime_form, special_regimes
from migdesk.services.laws.law_copies import ACT, Copy
from migdesk.services.laws.law_outlook import told_limits
from migdesk.services.laws.regime_effects import Preview, Sort
from migdesk.services.laws.special_regimes import Regime, Standing
from migdesk.ui.entry.editor import Section
from migdesk.ui.files.pieces.short_list import ShortList, show
from migdesk.ui.files.questions.form_dialog import WIDE, FormDialog, Question, ask
from migdesk.ui.look.labels import Label
from migdesk.ui.look.words import number, said
from migdesk.ui.parts.blocks import text
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

_NEW, _CORRECT = N_("New special regime"), N_("Correct a special regime: {title}")
_WRITE, _PUT = N_("Write it down"), N_("Correct")
_NEW_LEAD = N_(
    "It is written into a pack of the office. Nothing counts yet: switch it on afterwards, when you have seen whom "
    "it touches. Grounds, permits, countries and services may be given by their words, with commas between."
)
_COUNTS_LEAD = N_("It counts already: the correction takes its place in the same step, and can be undone.")
_WRITTEN, _CORRECTED = N_("Written down, not switched on yet: {pack}"), N_("Corrected: {pack}")
_WHEN, _WHOM, _WHAT = N_("Which and when"), N_("Whom it covers"), N_("What it does")
_TITLES, _PAPER, _BY = N_("What it is called"), N_("One more paper"), N_("By which act")
_SECTIONS = {
    _WHEN: (("code", "announced"), ("since", "until")),
    _TITLES: (("title.kk",), ("title.ru",), ("title.en",)),
    _WHOM: (
        ("covers.grounds", "covers.permits"),
        ("covers.citizens", "covers.documents"),
        ("covers.ends.from", "covers.ends.until"),
    ),
    _WHAT: (
        ("to", "days"),
        ("covers.terms", "suspends"),
        ("waives", "closes"),
        ("eases",),
    ),
    _PAPER: (("paper.services",), ("paper.kk",), ("paper.ru", "paper.en")),
}
_ON, _OFF = N_("Switch the regime on: {title}"), N_("Switch the regime off: {title}")
_IS_ON, _IS_OFF = N_("The regime counts from now on: {pack}"), N_("The regime counts no longer: {pack}")
_LEAD = N_("Every stay, permit and open due day follows in the same step, and can be undone.")
_TOUCHED, _NAMES = N_("Who is touched and how"), N_("The first of them by name")
_NOBODY = Words("ok", N_("Nobody in this office"))
_HIGH = 245
_COUNT_COLUMNS = (
    Column("region", Text(N_("Region")), 210),
    Column("touched", Text(_TOUCHED), 430),
)
_NAME_COLUMNS = (
    Column("what", Choice(N_("What"), options=Sort), 150),
    Column("person", Text(N_("Person")), 210),
    Column("before", Text(N_("Now")), 110),
    Column("after", Text(N_("Then")), 110),
)


def ask_regime(work: Workplace, copy: Copy, found: Regime | None = None) -> FormDialog:
    """What a regime says: a new one, or the correction of one that is there."""
    counts = found is not None and found.is_own and found.standing is not Standing.OFF

    def save(desk: Desk, values: dict[str, Any]) -> Done[LawPack]:
        return regime_form.write_down(desk, copy, values)

    def foretell(desk: Desk, values: dict[str, Any]) -> Sequence[Finding]:
        return tried(lambda: _foretold(desk, copy, values, counts=counts))

    sections = [Section(title, rows) for title, rows in _SECTIONS.items()]
    acts = tuple((one.name,) for one in ACT)
    title = said(_CORRECT, title=short(pick(found.special.title))) if found else said(_NEW)
    question = Question(
        key=f"law.regime/{found.code if found else ''}",
        title=title,
        button=_PUT if found else _WRITE,
        lead=_COUNTS_LEAD if counts else _NEW_LEAD,
        specs=copy.specs,
        sections=(*sections, Section(_BY, acts)),
        save=save,
        foretell=foretell,
        words=lambda done: said(_CORRECTED if counts else _WRITTEN, pack=done.value.code),
        values=copy.values,
        width=WIDE,
    )
    return ask(work, question)


def _foretold(desk: Desk, copy: Copy, values: dict[str, Any], *, counts: bool) -> list[Finding]:
    """What is wrong with what is typed; of what counts at once also whom it touches: that reads every stay."""
    law = regime_form.law_then(desk, copy, values)
    return regime_form.foretell(desk, law) if counts else []


def _draw(work: Workplace, found: Preview) -> list[QWidget]:
    """How many stays, permits, documents, terms and fines are touched in each region, and the first by name."""
    desk = work.desk
    parts = (f"{choice_label(one)}: {number(found.counts.get(one, 0))}" for one in Sort)
    limits = (one.words() for one in told_limits(found.limits))
    counted = [
        (regime_form.region_words(desk, code), regime_form.counts_words(counts))
        for code, counts in found.regions.items()
    ]
    made: list[QWidget] = [
        text("\n".join([" · ".join(parts), *limits]), "small"),
        show(work, _listed("law.regime_regions", _TOUCHED, _COUNT_COLUMNS, counted), whole=True),
    ]
    if found.named:
        named = [
            (one.touch.sort, one.name, before_or_after(one.touch.before), before_or_after(one.touch.after))
            for one in found.named
        ]
        made.append(Label(_NAMES, "strong"))
        made.append(show(work, _listed("law.regime_names", _NAMES, _NAME_COLUMNS, named)))
    return made


def _listed(name: str, title: str, columns: tuple[Column, ...], rows: list[tuple[Any, ...]]) -> ShortList:
    return ShortList(name, title, columns, rows, [str(at) for at in range(len(rows))], _NOBODY)


def ask_switch_regime(work: Workplace, found: Regime, *, on: bool) -> FormDialog:
    """Why a regime is switched on or off, with everybody it touches."""

    def load(desk: Desk) -> Preview:
        return regime_effects.preview(desk, special_regimes.law_then(desk, found.code, on=on))

    def write(desk: Desk, reason: str) -> Done[LawPack]:
        return special_regimes.switch(desk, found.code, on=on, why=reason)

    switch = Switch(
        key=f"law.switch_regime/{found.code}",
        title=said(_ON if on else _OFF, title=short(pick(found.special.title))),
        button=DO_ON if on else DO_OFF,
        lead=_LEAD,
        done=_IS_ON if on else _IS_OFF,
        write=write,
        why=found.special.citation.source.act if on else "",
    )
    return ask_why(work, switch, Sight(_TOUCHED, load, functools.partial(_draw, work), _HIGH))
