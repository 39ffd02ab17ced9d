"""Special regimes: which there are and what each says; a new one, a correction, and switching with who is touched."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from migdesk.domain.change import Op
from migdesk.domain.dates import show_day
from migdesk.domain.fields import Choice, Day, Text, choice_label
from migdesk.domain.listing import Column, Look
from migdesk.i18n import N_, pick
from migdesk.services.desk import Desk
from migdesk.services.laws import special_regimes
from migdesk.services.laws.law_book import Book
from migdesk.services.laws.law_copies import Copy
from migdesk.services.laws.regime_words import regime_rows
from migdesk.services.laws.special_regimes import Regime, Standing
from migdesk.ui.files.pieces.short_list import ShortList
from migdesk.ui.look import theme
from migdesk.ui.look.words import LANGUAGE_NAMES, said
from migdesk.ui.parts.blocks import card, clear, column, text
from migdesk.ui.parts.clickable import PushButton
from migdesk.ui.parts.facts import Fact, Facts
from migdesk.ui.parts.frame import Scrolled
from migdesk.ui.parts.panel import Words
from migdesk.ui.parts.reasons import confidence_pill
from migdesk.ui.screens.law_part import Act, LawPart
from migdesk.ui.screens.regime_dialogs import ask_regime, ask_switch_regime
from migdesk.ui.workplace import Workplace

_TITLE = N_("Special regimes")
_ABOUT = N_(
    "A quarantine, an amnesty, a closed border: whom it covers and what it does, by an act. The day written in a "
    "document or a permit never changes; the day that counts is worked out."
)
_EMPTY = Words("law", N_("There is no special regime"), N_("Write the first one down by its act."))
_NEW, _CORRECT = N_("New regime…"), N_("Correct…")
_ON, _OFF = N_("Switch on…"), N_("Switch off…")
_SAYS, _SOURCE, _LANGUAGES, _OPEN = (
    N_("What it says"),
    N_("Source"),
    N_("In three languages"),
    N_("What is open"),
)
_OWN, _SHIPPED = N_("pack of the office"), N_("pack of the program")
_COLUMNS = (
    Column("title", Text(N_("Title")), 300),
    Column("standing", Choice(N_("Standing"), options=Standing), 120, look=Look.STATE),
    Column("since", Day(N_("From")), 92),
    Column("until", Day(N_("Until")), 92),
    Column("announced", Day(N_("Announced on")), 104),
    Column("code", Text(N_("Code")), 170),
)


@dataclass(frozen=True, slots=True)
class RegimeShown:
    """A regime with what it says in words."""

    regime: Regime
    rows: list[tuple[str, str]]


def load_regimes(desk: Desk) -> list[RegimeShown]:
    """Every regime with its words."""
    book = Book.of(desk)
    return [RegimeShown(one, regime_rows(book, one.special)) for one in special_regimes.list_regimes(desk)]


def load_blank(desk: Desk) -> Copy:
    """What is asked of a new regime.

    Raises:
        Refused: who works here is not the head of the office.
    """
    desk.refuse_beyond_role(Op.TAKE_LAW)
    return special_regimes.blank()


class RegimesPart(LawPart):
    """The list at the left, what the chosen regime says at the right, what may be done above."""

    def __init__(self, work: Workplace) -> None:
        self.shown: dict[str, RegimeShown] = {}
        self.new, self.correct = PushButton(), PushButton()
        self.switch_on, self.switch_off = PushButton(), PushButton()
        self._parts = QVBoxLayout()
        self._parts.setSpacing(theme.M)
        inner = column(self._parts, stretch=True)
        inner.setContentsMargins(0, 0, theme.S, 0)
        words = Scrolled(inner)
        words.setMinimumWidth(250)
        acts = (
            Act(self.new, _NEW, self.ask_new),
            Act(self.correct, _CORRECT, self.ask_correction),
            Act(self.switch_on, _ON, lambda: self.ask_switch(on=True)),
            Act(self.switch_off, _OFF, lambda: self.ask_switch(on=False)),
        )
        super().__init__(work, _ABOUT, acts, words)
        self._split.setOrientation(Qt.Orientation.Horizontal)
        self._split.setStretchFactor(0, 1)
        self._split.setSizes([700, 380])
        self._split.setChildrenCollapsible(False)
        self.refresh()

    def refresh(self) -> None:
        """Ask again."""
        self.say_acts()
        self._work.tasks.read(load_regimes, self._work.desk, done=self._show)

    def chosen(self) -> Regime | None:
        """The regime of the line in front."""
        found = self.shown.get(self.uid())
        return found.regime if found else None

    def choose(self, code: str) -> None:
        """Put a regime in front."""
        places = (at for at, one in enumerate(self.shown.values()) if one.regime.code == code)
        self.select(next(places, None))

    def ask_new(self) -> None:
        """What a new regime says."""
        self._load(load_blank, lambda copy: ask_regime(self._work, copy))

    def ask_correction(self) -> None:
        """What the chosen regime should say."""
        if found := self.chosen():
            load = functools.partial(_load_copy, code=found.code)
            self._load(load, lambda copy: ask_regime(self._work, copy, found))

    def _load(self, load: Callable[[Desk], Copy], ask: Callable[[Copy], Any]) -> None:
        self._work.tasks.read(load, self._work.desk, done=ask, failed=self._work.tell_error)

    def ask_switch(self, *, on: bool) -> None:
        """Switch the pack of the chosen regime."""
        if found := self.chosen():
            ask_switch_regime(self._work, found, on=on)

    def _show(self, found: Sequence[RegimeShown]) -> None:
        before = self.chosen()
        self.shown = {f"{one.regime.pack}|{one.regime.code}|{at}": one for at, one in enumerate(found)}
        rows = [
            (
                pick(one.regime.special.title),
                one.regime.standing,
                one.regime.special.since,
                one.regime.special.until,
                one.regime.special.announced,
                one.regime.code,
            )
            for one in found
        ]
        self.show_list(
            ShortList("law.regimes", _TITLE, _COLUMNS, rows, list(self.shown), _EMPTY, ("announced", "code"))
        )
        if found:
            self.choose(before.code if before else found[0].regime.code)
        self.show_chosen()

    def show_chosen(self) -> None:
        """What the regime in front says."""
        super().show_chosen()
        clear(self._parts)
        found, desk = self.shown.get(self.uid()), self._work.desk
        own = bool(found and found.regime.is_own)
        is_off = bool(found and found.regime.standing is Standing.OFF)
        self.new.setEnabled(desk.is_head)
        self.correct.setEnabled(desk.is_head and bool(found))
        self.switch_on.setEnabled(desk.is_head and own and is_off)
        self.switch_off.setEnabled(desk.is_head and own and not is_off)
        if found:
            for part in _cards(found):
                self._parts.addWidget(part)


def _load_copy(desk: Desk, code: str) -> Copy:
    return special_regimes.copy_of(desk, code)


def _cards(found: RegimeShown) -> list[QWidget]:
    """What a regime says, on whose word, what is open, and its title in three languages."""
    one, cited = found.regime.special, found.regime.special.citation
    source = cited.source
    head = [
        Fact(_COLUMNS[1].field.label, choice_label(found.regime.standing)),
        Fact(_COLUMNS[2].field.label, show_day(one.since)),
        Fact(_COLUMNS[3].field.label, show_day(one.until) if one.until else "…"),
        Fact(_COLUMNS[4].field.label, show_day(one.announced)),
        Fact(_COLUMNS[5].field.label, one.code),
        Fact(N_("Pack"), said(_OWN if found.regime.is_own else _SHIPPED)),
    ]
    cards = [
        card(text(pick(one.title), "strong"), Facts(head, most=1)),
        card(Facts([Fact(label, words) for label, words in found.rows], most=1), title=_SAYS),
        card(
            *(text(words, "small") for words in (source.act, source.article, source.address) if words),
            confidence_pill(source),
            title=_SOURCE,
        ),
    ]
    if one.remark:
        cards.append(card(text(pick(one.remark), "small"), title=_OPEN))
    texts = [Fact(LANGUAGE_NAMES[code], words) for code, words in one.title.items()]
    return [*cards, card(Facts(texts, most=1), title=_LANGUAGES)]
