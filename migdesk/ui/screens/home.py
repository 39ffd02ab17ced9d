"""Today: four numbers, the terms that run out, the quota of the year, arrivals by week; everything opens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from migdesk.domain.listing import Filter, Test
from migdesk.i18n import N_
from migdesk.services import day
from migdesk.services.day import Day
from migdesk.services.desk import Desk
from migdesk.services.payments import payments
from migdesk.services.payments.payments import Unpaid
from migdesk.services.quotas.quotas import PotState
from migdesk.services.stoplists import stoplists
from migdesk.services.terms import appointments
from migdesk.services.terms.appointments import VisitCounts
from migdesk.ui.charts.cards import NumberCard
from migdesk.ui.charts.chart_view import ChartView
from migdesk.ui.charts.draw import Chart, Series
from migdesk.ui.charts.gauges import QuotaGauge
from migdesk.ui.charts.pot_line import level_of, pot_name
from migdesk.ui.files.pieces.terms_list import TermLine, TermsList, explained
from migdesk.ui.later import Later
from migdesk.ui.lists.filters import UNFINISHED
from migdesk.ui.look import theme
from migdesk.ui.look.labels import Label
from migdesk.ui.look.style import mark
from migdesk.ui.look.theme import Tone
from migdesk.ui.look.words import number, said
from migdesk.ui.parts.blocks import card, clear, link
from migdesk.ui.parts.frame import PageFrame, Scrolled
from migdesk.ui.parts.fresh import FreshView
from migdesk.ui.parts.panel import Words
from migdesk.ui.screens.law_strip import LawStrip
from migdesk.ui.screens.page_actions import add_at_counter
from migdesk.ui.workplace import Kind, ListWanted, Workplace

_TERMS, _QUOTA, _WEEKS = N_("Terms"), N_("Quota {year}"), N_("Arrivals by week")
_ALL_POTS, _NO_POTS = N_("All pots ({n})"), N_("No quota was allotted to this office this year.")
_SIDE = 292
_UNPAID = N_("Payments: {n} to be paid, {late} overdue")
_OLD_LISTS = N_("External lists out of date: {n}")
_OPEN_LISTS = Later("workbooks.stoplists:open_lists")
_NARROW, _HIGH, _SIDE_HIGH = 860, 500, 480
_ANY = 16_777_215
_POTS = 5
WATCHES = frozenset(
    {"arrival", "departure", "permit", "cases", "person", "reservation", "allotment", "quota", "setting"}
    | {"calendar_day", "appointment", "payment", "obligation", "stop_list"}
)


@dataclass(frozen=True, slots=True)
class Shown:
    """The day, its terms with their grounds, and who is expected."""

    day: Day
    lines: tuple[TermLine, ...]
    visits: VisitCounts
    unpaid: Unpaid
    old_lists: int = 0


def load(desk: Desk) -> Shown:
    """Everything the page shows."""
    found = day.open_day(desk)
    lines = tuple(explained(desk, term) for term in found.terms)
    old = len(stoplists.stale(desk))
    return Shown(found, lines, appointments.count_visits(desk), payments.count_unpaid(desk), old)


class HomePage(FreshView):
    """The body of the page."""

    def __init__(self, work: Workplace, frame: PageFrame) -> None:
        super().__init__()
        self._work = work
        self._is_first = True
        self._day: Day | None = None
        self._unpaid, self._old_lists = Unpaid(0, 0), 0
        self.cards = self._cards()
        self.visits = NumberCard(N_("expected today"), Tone.INFO)
        self.visits.clicked.connect(lambda _on=False: work.visits_wanted.emit())
        self.visits.setVisible(work.listens(work.visits_wanted))
        self.terms = TermsList(
            work,
            "home.terms",
            Words("ok", N_("Nothing is due in the next 30 days"), N_("New terms appear here by themselves.")),
        )
        self.chart = ChartView(_WEEKS)
        self.chart.opened.connect(self._open_week)
        self._pots = QVBoxLayout()
        self._pots.setSpacing(theme.S)
        self._quota = Label("", "section")
        self._lay_out()
        add_at_counter(work, frame, self.refresh)
        frame.add_command(self.terms.why_action())
        self.keep_fresh(work.changed, work.day_changed, WATCHES)

    def refresh(self) -> None:
        """Ask again."""
        self.is_stale = False
        self.strip.look()
        self._work.tasks.read(load, self._work.desk, done=self._show, patience=0)

    def begin(self) -> None:
        """The keyboard goes to the rows."""
        self.terms.rows.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        """Pots and weeks in the current language."""
        if self._day:
            self._show_side(self._day)

    def _cards(self) -> dict[str, NumberCard]:
        made = {
            "overdue": NumberCard(N_("overdue"), Tone.BAD),
            "today": NumberCard(N_("due today"), Tone.WARN),
            "week": NumberCard(N_("due in 7 days"), Tone.INFO),
            "unfinished": NumberCard(N_("unfinished files"), Tone.PLAIN),
        }
        for key in ("overdue", "today", "week"):
            made[key].clicked.connect(lambda _on=False, key=key: self._work.open(Kind.TERMS, key))
        made["unfinished"].clicked.connect(lambda _on=False: self._list_unfinished())
        return made

    def _list_unfinished(self) -> None:
        """Drafts and incomplete arrivals of those who are here."""
        wanted = ListWanted("arrivals", "here", (UNFINISHED,), said(N_("unfinished files")))
        self._work.list_wanted.emit(wanted)

    def _lay_out(self) -> None:
        numbers = QHBoxLayout()
        numbers.setSpacing(theme.L)
        for one in (*self.cards.values(), self.visits):
            numbers.addWidget(one)
        side = QVBoxLayout()
        side.setSpacing(theme.S)
        side.addWidget(self._quota)
        side.addWidget(card(self._pots))
        self._money = QVBoxLayout()
        side.addLayout(self._money)
        side.addSpacing(theme.XS)
        side.addWidget(Label(_WEEKS, "section"))
        weeks = QFrame()
        mark(weeks, look="card")
        inner = QVBoxLayout(weeks)
        inner.setContentsMargins(theme.S, theme.S, theme.S, theme.S)
        inner.addWidget(self.chart)
        side.addWidget(weeks, 1)
        right = QWidget()
        side.setContentsMargins(0, 0, 0, 0)
        right.setLayout(side)
        left = QVBoxLayout()
        left.setSpacing(theme.S)
        left.addWidget(Label(_TERMS, "section"))
        left.addWidget(self.terms, 1)
        self._inner = QWidget()
        self._right = right
        self._grid = QGridLayout(self._inner)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme.L)
        self._grid.addLayout(numbers, 0, 0, 1, 2)
        self._grid.addLayout(left, 1, 0)
        self._grid.setColumnStretch(0, 1)
        self._grid.setRowStretch(1, 1)
        self._is_narrow: bool | None = None
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        self.strip = LawStrip(self._work)
        whole.addWidget(self.strip)
        whole.addWidget(Scrolled(self._inner), 1)
        self._place_side(narrow=False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the side goes below the terms, and the page scrolls."""
        super().resizeEvent(event)
        self._place_side(narrow=self.width() < _NARROW)

    def _place_side(self, *, narrow: bool) -> None:
        if narrow == self._is_narrow:
            return
        self._is_narrow = narrow
        self._grid.setHorizontalSpacing(0 if narrow else theme.L)
        self._grid.removeWidget(self._right)
        self._right.setMaximumWidth(_ANY if narrow else _SIDE)
        self._right.setMinimumWidth(0 if narrow else _SIDE)
        self._right.setMinimumHeight(_SIDE_HIGH if narrow else 0)
        self._inner.setMinimumHeight(_HIGH if not narrow else _HIGH + _SIDE_HIGH)
        if narrow:
            self._grid.addWidget(self._right, 2, 0, 1, 2)
        else:
            self._grid.addWidget(self._right, 1, 1)

    def _show(self, shown: Shown) -> None:
        self._day = shown.day
        counters = shown.day.counters
        for key in self.cards:
            self.cards[key].show_count(getattr(counters, key))
        self.visits.show_count(shown.visits.expected)
        self._unpaid, self._old_lists = shown.unpaid, shown.old_lists
        self.terms.show_lines(shown.lines)
        self._show_side(shown.day)
        if self._is_first:
            self._is_first = False
            if self.isVisible() and not self._types_elsewhere():
                self.begin()

    def _types_elsewhere(self) -> bool:
        """Whether somebody types outside the page already, in the search box: the keyboard is not taken from him."""
        focus = QApplication.focusWidget()
        return isinstance(focus, QLineEdit) and not self.isAncestorOf(focus)

    def _list_unpaid(self) -> None:
        """Payments that are overdue, else all that are to be paid."""
        view = "overdue" if self._unpaid.overdue else "due"
        self._work.list_wanted.emit(ListWanted("payments", view))

    def _show_side(self, shown: Day) -> None:
        clear(self._money)
        if self._unpaid.number:
            unpaid = said(_UNPAID, n=number(self._unpaid.number), late=number(self._unpaid.overdue))
            self.unpaid = link(unpaid)
            self.unpaid.clicked.connect(lambda _on=False: self._list_unpaid())
            self._money.addWidget(self.unpaid, 0, Qt.AlignmentFlag.AlignLeft)
        if self._old_lists:
            self.old_lists = link(said(_OLD_LISTS, n=number(self._old_lists)))
            self.old_lists.clicked.connect(lambda _on=False: _OPEN_LISTS(self._work))
            self._money.addWidget(self.old_lists, 0, Qt.AlignmentFlag.AlignLeft)
        self._quota.say(_QUOTA, year=shown.on.year)
        clear(self._pots)
        scarce = sorted(shown.pots, key=_share_left)
        for state in scarce[:_POTS]:
            self._pots.addWidget(QuotaGauge(pot_name(self._work.desk, state, short=True), level_of(state)))
        if scarce:
            more = link(said(_ALL_POTS, n=number(len(scarce))))
            more.clicked.connect(lambda _on=False: self._work.list_wanted.emit(ListWanted("quota")))
            self._pots.addWidget(more, 0, Qt.AlignmentFlag.AlignRight)
        else:
            self._pots.addWidget(Label(_NO_POTS, "muted").wrapped())
        labels = tuple(str(monday.isocalendar().week) for monday, _count in shown.weeks)
        values = tuple(count for _monday, count in shown.weeks)
        self.chart.show_chart(Chart(labels, (Series("", values),)))

    def _open_week(self, at: int) -> None:
        if self._day is None:
            return
        monday = self._day.weeks[at][0]
        sunday = monday + timedelta(days=6)
        filters = (
            Filter("arrived_on", Test.FROM, monday.isoformat()),
            Filter("arrived_on", Test.UNTIL, sunday.isoformat()),
        )
        words = f"{monday:%d.%m}–{sunday:%d.%m.%Y}"
        self._work.list_wanted.emit(ListWanted("arrivals", "all", filters, words))


def _share_left(state: PotState) -> float:
    allotted = max(state.balance.allotted, 1)
    return state.balance.free / allotted
