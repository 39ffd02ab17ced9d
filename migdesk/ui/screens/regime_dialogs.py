"""The small windows of special regimes: what a new or corrected one says, and switching with everybody it touches."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from migdesk.domain.change import Done
from migdesk.domain.dates import show_day
from migdesk.domain.errors import Invalid, MigDeskError
from migdesk.domain.fields import Choice, Text, choice_label, spec
from migdesk.domain.finding import Finding, warn
from migdesk.domain.law_pack import LawPack
from migdesk.domain.listing import Column
from migdesk.i18n import N_, pick
from migdesk.services import regime_effects, regime_form, special_regimes
from migdesk.services.desk import Desk
from migdesk.services.law_copies import ACT, Copy
from migdesk.services.law_outlook import told_limits
from migdesk.services.regime_effects import Preview, Sort
from migdesk.services.special_regimes import Regime, Standing
from migdesk.ui.entry.editor import Section
from migdesk.ui.files.form_dialog import WIDE, FormDialog, Question, ask
from migdesk.ui.files.short_list import ShortList, show
from migdesk.ui.look import theme
from migdesk.ui.look.labels import Label
from migdesk.ui.look.words import number, said
from migdesk.ui.parts.blocks import clear, text
from migdesk.ui.parts.panel import Words
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
_DO_ON, _DO_OFF = N_("Switch on"), N_("Switch off")
_IS_ON, _IS_OFF = N_("The regime counts from now on: {pack}"), N_("The regime counts no longer: {pack}")
_LEAD = N_("Every stay, permit and open due day follows in the same step, and can be undone.")
_TOUCHED, _NAMES = N_("Who is touched and how"), N_("The first of them by name")
_NOBODY = Words("ok", N_("Nobody in this office"))
_LONGEST = 60
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
        return _tried(lambda: _foretold(desk, copy, values, counts=counts))

    sections = [Section(title, rows) for title, rows in _SECTIONS.items()]
    acts = tuple((one.name,) for one in ACT)
    title = said(_CORRECT, title=_short(pick(found.special.title))) if found else said(_NEW)
    question = Question(
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


def _tried(run: Callable[[], list[Finding]]) -> list[Finding]:
    try:
        return run()
    except Invalid:
        return []  # what is missing is said when somebody saves
    except MigDeskError as problem:
        return [warn(problem.code, "{words}", None, words=problem.words())]


def _short(words: str) -> str:
    plain = words.replace("{", "(").replace("}", ")")
    return plain if len(plain) <= _LONGEST else f"{plain[: _LONGEST - 1]}…"


class TouchedPart(QWidget):
    """How many stays, permits, documents, terms and fines are touched in each region, and the first by name."""

    def __init__(self, work: Workplace, load: Callable[[Desk], Preview]) -> None:
        super().__init__()
        self._work = work
        self.found: Preview | None = None
        self._lists = QVBoxLayout()
        self._lists.setSpacing(theme.XS)
        self._told = text("", "small")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.XS)
        whole.addWidget(Label(_TOUCHED, "strong"))
        whole.addWidget(self._told)
        whole.addLayout(self._lists)
        self.setMinimumHeight(270)
        work.tasks.read(load, work.desk, done=self._show, failed=lambda _error: None)

    def values(self) -> dict[str, object]:
        """Nothing is asked here."""
        return {}

    def _show(self, found: Preview) -> None:
        self.found = found
        clear(self._lists)
        desk = self._work.desk
        parts = (f"{choice_label(one)}: {number(found.counts.get(one, 0))}" for one in Sort)
        limits = (one.words() for one in told_limits(found.limits))
        self._told.show_text("\n".join([" · ".join(parts), *limits]))
        rows = [
            (regime_form.region_words(desk, code), regime_form.counts_words(counts))
            for code, counts in found.regions.items()
        ]
        self._add("law.regime_regions", _TOUCHED, _COUNT_COLUMNS, rows, whole=True)
        if found.named:
            named = [
                (one.touch.sort, one.name, _said(one.touch.before), _said(one.touch.after))
                for one in found.named
            ]
            self._lists.addWidget(Label(_NAMES, "strong"))
            self._add("law.regime_names", _NAMES, _NAME_COLUMNS, named)

    def _add(
        self,
        name: str,
        title: str,
        columns: tuple[Column, ...],
        rows: list[tuple[Any, ...]],
        *,
        whole: bool = False,
    ) -> None:
        uids = [str(at) for at in range(len(rows))]
        what = ShortList(name, title, columns, rows, uids, _NOBODY)
        self._lists.addWidget(show(self._work, what, whole=whole))


def _said(value: date | int | None) -> str:
    if value is None:
        return "—"
    return show_day(value) if isinstance(value, date) else f"{number(value)} ₸"


def ask_switch_regime(work: Workplace, found: Regime, *, on: bool) -> FormDialog:
    """Why a regime is switched on or off, with everybody it touches."""
    act = found.special.citation.source.act

    def load(desk: Desk) -> Preview:
        return regime_effects.preview(desk, special_regimes.law_then(desk, found.code, on=on))

    def save(desk: Desk, values: dict[str, Any]) -> Done[LawPack]:
        return special_regimes.switch(desk, found.code, on=on, why=values["reason"])

    title = _short(pick(found.special.title))
    question = Question(
        title=said(_ON if on else _OFF, title=title),
        button=_DO_ON if on else _DO_OFF,
        lead=_LEAD,
        specs=[spec(LawPack, "reason")],
        sections=(Section("", (("reason",),)),),
        save=save,
        words=lambda done: said(_IS_ON if on else _IS_OFF, pack=done.value.code),
        values={"reason": act if on else ""},
        more=TouchedPart(work, load),
        width=WIDE,
    )
    return ask(work, question)
