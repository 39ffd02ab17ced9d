"""Law: what the program applies, entry by entry, with its source and whom it touched; and the office's own packs."""

from __future__ import annotations

import functools
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from migdesk.domain.fields import Choice, Day, Text, choice_label
from migdesk.domain.finding import Confidence
from migdesk.domain.listing import Column, Look, Query
from migdesk.i18n import N_
from migdesk.services.laws import law_reading, law_words
from migdesk.services.laws.law_book import Book
from migdesk.services.laws.law_copies import Copy
from migdesk.services.laws.law_reading import Kind as EntryKind
from migdesk.services.laws.law_reading import Line, Wanted
from migdesk.ui.entry.inputs import LineInput
from migdesk.ui.lists.filters import MenuFilter, Option, WordsFilter
from migdesk.ui.lists.given import Given
from migdesk.ui.lists.office_reading import hide_at_first
from migdesk.ui.lists.table_view import ListPart, RecordView
from migdesk.ui.look import theme
from migdesk.ui.look.flow import FlowRow
from migdesk.ui.look.labels import Label
from migdesk.ui.look.words import number, said
from migdesk.ui.parts.actions import Action
from migdesk.ui.parts.frame import PageFrame
from migdesk.ui.parts.fresh import FreshView
from migdesk.ui.parts.lazy_tabs import LazyTabs, Tab
from migdesk.ui.parts.panel import Words
from migdesk.ui.screens.law_amend import ask_amend, load_copy
from migdesk.ui.screens.law_entry import EntryView
from migdesk.ui.screens.law_own import OwnPacks
from migdesk.ui.screens.law_regimes import RegimesPart
from migdesk.ui.screens.law_services import Checked, ServicesPart
from migdesk.ui.screens.law_strip import LawStrip
from migdesk.ui.screens.page_actions import add_common, words_action
from migdesk.ui.workplace import ListWanted, Workplace

TITLE = N_("Law")
_READ, _OWN, _REGIMES = N_("What holds"), N_("Packs of the office"), N_("Special regimes")
_SERVICES = N_("Public services")
_CHANGE = N_("Change by an act…")
_KIND, _CONFIDENCE, _DAY = N_("Kind"), N_("How far checked"), N_("On the day")
_ENTRIES = N_("Entries: {n}")
_EMPTY = Words("law", N_("No entry of the law fits"), N_("Take away a filter."))


_COLUMNS = (
    Column("title", Text(N_("Title")), 216),
    Column("figure", Text(N_("Figure")), 112),
    Column("kind", Choice(N_("Kind"), options=EntryKind), 116),
    Column("since", Day(N_("From")), 88),
    Column("until", Day(N_("Until")), 88),
    Column("confidence", Choice(N_("Checked"), options=Checked), 120, look=Look.STATE),
    Column("pack", Text(N_("Pack")), 100),
    Column("code", Text(N_("Code")), 150),
)
WATCHES = frozenset({"law_pack", "setting", "calendar_day"})


class LawPage(FreshView):
    """The body of the page."""

    def __init__(self, work: Workplace, frame: PageFrame) -> None:
        super().__init__()
        self._work = work
        self.lines: dict[str, Line] = {}
        self.words = WordsFilter()
        self.kinds = MenuFilter("kind", _KIND, [_option(one) for one in EntryKind])
        self.confidences = MenuFilter("confidence", _CONFIDENCE, [_option(one) for one in Confidence])
        self.day = LineInput(Day(_DAY), lambda: work.desk.today)
        self._day_label, self._count = Label(_DAY, "muted"), Label("", "muted")
        part = ListPart(TITLE, work.tasks, work.reading, self._open_lines, work.memory, _EMPTY)
        hide_at_first(work.memory, "law", ("until", "pack", "code"))
        self.list = RecordView(part)
        self.entry = EntryView(work)
        self.own: OwnPacks | None = None
        self.regimes: RegimesPart | None = None
        self.services: ServicesPart | None = None
        self.tabs = LazyTabs(
            [
                Tab("read", _READ, self._reading),
                Tab("services", _SERVICES, self._all_services),
                Tab("own", _OWN, self._packs),
                Tab("regimes", _REGIMES, self._special),
            ]
        )
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        self.strip = LawStrip(work)
        whole.addWidget(self.strip)
        whole.addWidget(self.tabs, 1)
        self._connect()
        frame.set_actions(Action("law.change", _CHANGE, self.change, "edit", "F2"))
        add_common(work, frame, self.refresh)
        frame.add_command(words_action("law", self._to_words))
        self.keep_fresh(work.changed, work.day_changed, WATCHES)

    def _connect(self) -> None:
        self.words.asked.connect(lambda _text: self.refresh())
        self.words.left_down.connect(lambda: self.list.rows.setFocus())
        self.list.rows.typed.connect(self.words.begin)
        self.kinds.changed.connect(self.refresh)
        self.confidences.changed.connect(self.refresh)
        self.day.setAccessibleName(said(_DAY))
        self.day.left.connect(self.refresh)
        self.day.entered.connect(self.refresh)
        self.list.current_changed.connect(lambda uid: self.entry.show_line(self.lines.get(uid)))
        self.list.opened.connect(lambda _uid: self.change())
        self.entry.change_wanted.connect(self._change)

    def _reading(self) -> QWidget:
        made = QWidget()
        parts = QSplitter(Qt.Orientation.Horizontal)
        parts.addWidget(self.list)
        parts.addWidget(self.entry)
        parts.setHandleWidth(theme.M)
        parts.setStretchFactor(0, 1)
        parts.setSizes([704, 394])
        parts.setChildrenCollapsible(False)
        self.entry.setMinimumWidth(250)
        whole = QVBoxLayout(made)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.M)
        whole.addWidget(
            FlowRow(
                *(self.words, self.kinds, self.confidences, self._day_label, self.day, self._count),
                gap=theme.S,
            )
        )
        whole.addWidget(parts, 1)
        return made

    def _packs(self) -> QWidget:
        self.own = OwnPacks(self._work)
        return self.own

    def _special(self) -> QWidget:
        self.regimes = RegimesPart(self._work)
        return self.regimes

    def _all_services(self) -> QWidget:
        self.services = ServicesPart(self._work)
        return self.services

    def wanted(self) -> Wanted:
        """What the filters ask for."""
        kind, confidence = self.kinds.value(), self.confidences.value()
        return Wanted(
            self.words.text(),
            EntryKind(kind) if kind else None,
            Confidence(confidence) if confidence else None,
            self.day.value(),
        )

    def refresh(self) -> None:
        """Ask again."""
        self.is_stale = False
        self.strip.look()
        self._work.tasks.read(law_reading.read_law, self._work.desk, self.wanted(), done=self._show)
        for part in (self.own, self.regimes, self.services):
            if part:
                part.refresh()

    def retranslate(self) -> None:
        """Everything in the current language."""
        self.day.setAccessibleName(said(_DAY))
        self._count.say(_ENTRIES, n=number(len(self.lines)))
        if not self.is_stale:
            self.refresh()

    def begin(self) -> None:
        """The keyboard goes to the rows."""
        seen = self.regimes.view if self.regimes and self.regimes.isVisible() else None
        (seen or self.list).rows.setFocus(Qt.FocusReason.OtherFocusReason)

    def _to_words(self) -> None:
        self.tabs.open("read")
        self.words.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_wanted(self, wanted: ListWanted) -> None:
        """One of the tabs, by its name."""
        if wanted.view:
            self.tabs.open(wanted.view)

    def change(self) -> None:
        """Copy the chosen entry and change it; from the packs of the office the entries come to the front first."""
        if self.regimes and self.regimes.isVisible():
            self.regimes.ask_correction()
            return
        if self.services and self.services.isVisible():
            self.services.give_file()
            return
        if self.own and self.own.isVisible():
            self.tabs.open("read")
            self.begin()
            return
        if line := self.lines.get(self.list.current_uid()):
            self._change(line)

    def _change(self, line: Line) -> None:
        self._work.tasks.read(
            load_copy,
            self._work.desk,
            line,
            done=functools.partial(self._ask, line),
            failed=self._work.tell_error,
        )

    def _ask(self, line: Line, copy: Copy) -> None:
        dialog = ask_amend(self._work, line, copy)
        dialog.accepted.connect(lambda: self.tabs.open("own"))

    def _show(self, lines: list[Line]) -> None:
        in_order = law_reading.newest_first(lines, self._work.desk.today)
        self.lines = {line.key: line for line in in_order}
        self._count.say(_ENTRIES, n=number(len(lines)))
        order = self.list.query().order if self.list.query().name else ""
        self.list.show_list(Query("law", order=order))
        self.entry.show_line(self.lines.get(self.list.current_uid()))

    def _open_lines(self, query: Query) -> Given:
        book = Book.of(self._work.desk)
        rows = [
            (
                book.text(line.entry),
                law_words.brief(book, line.entry),
                line.entry.kind,
                line.entry.since if line.entry.since > date.min else None,
                line.entry.until,
                Checked(line.entry.citation.confidence.value),
                line.entry.pack,
                line.entry.code,
            )
            for line in self.lines.values()
        ]
        return Given(_COLUMNS, rows, list(self.lines)).sorted_by(query.order)


def _option(one: EntryKind | Confidence) -> Option:
    return Option(one.value, lambda: choice_label(one), ())
