"""One entry of the law beside its list: what it says, since when, on whose word, and whom it touched."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from migdesk.domain.dates import show_day
from migdesk.domain.fields import choice_label
from migdesk.i18n import N_
from migdesk.services.desk import Desk
from migdesk.services.laws import law_reading, law_words
from migdesk.services.laws.law_book import Book
from migdesk.services.laws.law_reading import Line, Touch, Touched
from migdesk.ui.look import theme
from migdesk.ui.look.labels import Label
from migdesk.ui.look.words import LANGUAGE_NAMES, said
from migdesk.ui.parts.blocks import card, clear, column, link, text
from migdesk.ui.parts.clickable import PushButton
from migdesk.ui.parts.facts import Fact, Facts
from migdesk.ui.parts.frame import Scrolled
from migdesk.ui.parts.reasons import confidence_pill
from migdesk.ui.workplace import Kind, Target, Workplace

_OWN, _SHIPPED = N_("pack of the office"), N_("pack of the program")
_KIND, _CODE, _PACK, _HOLDS = N_("Kind"), N_("Code"), N_("Pack"), N_("Holds")
_SAYS, _LANGUAGES, _SOURCE, _TOUCHED = (
    N_("What it says"),
    N_("In three languages"),
    N_("Source"),
    N_("Whom it touched"),
)
_READ = N_("Read on {day}, mark {mark}")
_COUNTS = N_("Decisions: {decisions} · payments: {payments} · open due days: {running}")
_NOBODY = N_("Nobody in this office yet.")
_AND_MORE = N_("… and {n} more")
_CHANGE = N_("Change by an act…")
_SHOWN = 12
_BESIDE = 90
"""So many characters fit beside a label; longer words stand below it."""
_BLANK = 4
"""Pixels for each blank before a line."""
_KINDS = {"cases": Kind.CASE, "permit": Kind.PERMIT, "arrival": Kind.ARRIVAL}


@dataclass(frozen=True, slots=True)
class EntryShown:
    """An entry with what it says in words."""

    line: Line
    title: str
    texts: dict[str, str]
    values: list[tuple[str, str]]


def load_entry(desk: Desk, line: Line) -> EntryShown:
    """What an entry says today."""
    book, entry = Book.of(desk), line.entry
    return EntryShown(line, book.text(entry), book.in_languages(entry), law_words.shown_values(book, entry))


class EntryView(QWidget):
    """Shows an entry; `change_wanted` asks to change it."""

    change_wanted = Signal(object)

    def __init__(self, work: Workplace) -> None:
        super().__init__()
        self._work = work
        self._line: Line | None = None
        self._parts = QVBoxLayout()
        self._parts.setSpacing(theme.M)
        self._touched = QVBoxLayout()
        self._touched.setSpacing(2)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        inner = column(self._parts, stretch=True)
        inner.setContentsMargins(0, 0, theme.S, 0)
        whole.addWidget(Scrolled(inner))
        self.button: PushButton | None = None

    def show_line(self, line: Line | None) -> None:
        """Show another entry, or nothing."""
        self._line = line
        if line is None:
            clear(self._parts)
            return
        self._work.tasks.read(load_entry, self._work.desk, line, done=self._show)
        self._work.tasks.read(law_reading.touched_by, self._work.desk, line.entry, done=self._show_touched)

    def _show(self, shown: EntryShown) -> None:
        if shown.line is not self._line:
            return
        clear(self._parts)
        self._touched = QVBoxLayout()
        self._touched.setSpacing(2)
        entry = shown.line.entry
        self.button = PushButton(said(_CHANGE))
        self.button.clicked.connect(lambda _on=False: self.change_wanted.emit(self._line))
        where = f"{entry.pack} {entry.version} ({said(_OWN if shown.line.is_own else _SHIPPED)})"
        facts = [
            Fact(_KIND, choice_label(entry.kind)),
            Fact(_HOLDS, law_reading.period(entry)),
            Fact(_PACK, where),
        ]
        self._parts.addWidget(
            card(
                text(shown.title, "strong"),
                text(f"{said(_CODE)}: {entry.code}", "small"),
                Facts(facts, most=1),
                self.button,
            )
        )
        if shown.values:
            self._parts.addWidget(card(*_says(shown.values), title=_SAYS))
        self._parts.addWidget(self._source())
        self._parts.addWidget(card(self._touched, title=_TOUCHED))
        texts = [Fact(LANGUAGE_NAMES[code], words) for code, words in shown.texts.items()]
        self._parts.addWidget(card(Facts(texts, most=1), title=_LANGUAGES))

    def _source(self) -> QWidget:
        assert self._line is not None
        cited = self._line.entry.citation
        source = cited.source
        made = card(text(source.act), title=_SOURCE)
        layout = made.layout()
        assert layout is not None
        for words in (source.article, source.address):
            if words:
                layout.addWidget(text(words, "small"))
        layout.addWidget(text(said(_READ, day=show_day(cited.read), mark=cited.mark), "small"))
        layout.addWidget(confidence_pill(source))
        return made

    def _show_touched(self, found: Touched) -> None:
        if self._line is None:
            return
        clear(self._touched)
        if not found.total:
            self._touched.addWidget(Label(_NOBODY, "muted"))
            return
        counts = {"decisions": found.decisions, "payments": found.payments, "running": found.running}
        self._touched.addWidget(text(said(_COUNTS, **counts), "small"))
        for one in found.named[:_SHOWN]:
            self._touched.addWidget(self._touch(one), 0, Qt.AlignmentFlag.AlignLeft)
        if found.total > _SHOWN:
            self._touched.addWidget(text(said(_AND_MORE, n=found.total - _SHOWN), "small"))

    def _touch(self, one: Touch) -> QWidget:
        day = show_day(one.on) if one.on else ""
        words = " · ".join(part for part in (said(one.table.title), one.number, one.name, day) if part)
        kind = _KINDS.get(one.table.table)
        if kind is None:
            return text(words, "small")
        made = link(words)
        open_it: Callable[[], object] = lambda: self._work.target_wanted.emit(Target(kind, one.uid))  # noqa: E731
        made.clicked.connect(lambda _on=False: open_it())
        return made


def _says(values: list[tuple[str, str]]) -> list[QWidget]:
    """What an entry says: facts beside their labels; longer words over the whole width below theirs."""
    facts = [Fact(label, words) for label, words in values if not _is_long(words)]
    made: list[QWidget] = [Facts(facts, most=1)] if facts else []
    for label, words in values:
        if _is_long(words):
            made += [Label(label, "muted"), *(_line(one) for one in words.split("\n"))]
    return made


def _is_long(words: str) -> bool:
    return "\n" in words or len(words) > _BESIDE


def _line(words: str) -> Label:
    """A line as far to the right as blanks stand before it, on each of its rows."""
    told = words.lstrip()
    made = text(told)
    made.setContentsMargins((len(words) - len(told)) * _BLANK, 0, 0, 0)
    return made
