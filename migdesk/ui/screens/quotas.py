"""Quota: a ledger. Pots with their gauges, the entries of the chosen one below, how it burns down at the side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSplitter, QVBoxLayout, QWidget

from migdesk.domain.fields import choice_label
from migdesk.domain.listing import Filter, Listing, Query, Test
from migdesk.domain.quota import Allotment, Reservation, Waiting
from migdesk.i18n import N_
from migdesk.services import listing
from migdesk.services.desk import Desk
from migdesk.services.quotas import quotas
from migdesk.services.quotas.quotas import Pot, PotState
from migdesk.ui.charts import draw
from migdesk.ui.charts.chart_view import ChartView
from migdesk.ui.charts.draw import Chart, Series
from migdesk.ui.charts.pot_line import PotLine, forecast_words, pot_name
from migdesk.ui.files.pieces.why_date import source_view
from migdesk.ui.lists.filters import MenuFilter, Option
from migdesk.ui.lists.office_reading import Arranged, Front, hide_at_first
from migdesk.ui.lists.table_view import ListPart, RecordView
from migdesk.ui.look import theme
from migdesk.ui.look.flow import FlowRow
from migdesk.ui.look.labels import Label
from migdesk.ui.look.words import number, said
from migdesk.ui.parts.blocks import card, clear, column, text
from migdesk.ui.parts.facts import Fact, Facts
from migdesk.ui.parts.findings_view import FindingsView
from migdesk.ui.parts.frame import PageFrame, Scrolled
from migdesk.ui.parts.fresh import FreshView
from migdesk.ui.parts.lazy_tabs import LazyTabs, Tab
from migdesk.ui.parts.panel import Panel, Words
from migdesk.ui.screens.page_actions import add_common
from migdesk.ui.screens.quota_acts import QuotaActs
from migdesk.ui.workplace import Kind, Workplace

_YEARS = 3
_SIDE = 350
_NARROW, _HIGH = 720, 480
_ANY = 16_777_215
_LIMIT, _ALLOTTED, _USED = N_("Limit of the region"), N_("Allotted to this office"), N_("Used")
_RESERVED, _FREE, _PACE, _ACT = N_("Reserved"), N_("Free"), N_("Forecast"), N_("Act of the limit")
_UNKNOWN = N_("not published in the rules of this program")
_LEFT, _EVEN = N_("Free"), N_("Even pace")
_BURN, _POT = N_("How it burns down"), N_("The pot")
_GIVEN, _TAKEN, _LINE = N_("Given"), N_("Taken"), N_("Waiting list")
_LIGHT, _EXPIRED, _PARTNERS = N_("May be given"), N_("Went back by themselves"), N_("With other offices")
_OUT_IN = N_("{name}: {out} handed over, {back} received")
_YEAR = N_("Year")
_NO_POTS = Words(
    "quota",
    N_("No quota in this year"),
    N_("Enter the units allotted to this office with “Allot…”."),
)
_FRONTS = {
    "allotments": (Front("given_on", 100), Front("kind", 130), Front("units", 80), Front("act", 360)),
    "reservations": (
        Front("name", 220, N_("Person")),
        Front("units", 80),
        Front("state", 120),
        Front("reserved_on", 110),
        Front("held_until", 110),
        Front("used_on", 110),
    ),
    "waiting": (
        Front("number", 160),
        Front("entered_at", 130),
        Front("name", 220, N_("Person")),
        Front("units", 80),
        Front("state", 110),
        Front("skipped", 100),
    ),
}
WATCHES = frozenset(
    {"quota", "allotment", "reservation", "permit", "cases", "waiting", "waiting_skip", "law_pack"}
)


@dataclass(frozen=True, slots=True)
class PotShown:
    """A pot with the way its free units went down."""

    state: PotState
    used: tuple[tuple[date, int], ...]
    partners: tuple[tuple[str, str, int, int], ...] = ()


def load_pots(desk: Desk, year: int) -> list[PotState]:
    """The pots of a year."""
    return quotas.list_pots(desk, year)


def load_pot(desk: Desk, pot: Pot) -> PotShown:
    """One pot with its weeks."""
    weeks, partners = tuple(quotas.burn_down(desk, pot)), tuple(quotas.partners(desk, pot))
    return PotShown(quotas.check_pot(desk, pot), weeks, partners)


class QuotaPage(FreshView):
    """The body of the page."""

    def __init__(self, work: Workplace, frame: PageFrame) -> None:
        super().__init__()
        self._work = work
        self._pot: Pot | None = None
        today = work.desk.today
        years = [str(today.year - back) for back in range(_YEARS)]
        self.year = MenuFilter("year", _YEAR, [_year(one) for one in years], optional=False)
        self.year.choose(years[0])
        self.year.changed.connect(self.refresh)
        self.lines: list[PotLine] = []
        self._pots = QVBoxLayout()
        self._pots.setSpacing(2)
        self._facts = QVBoxLayout()
        self._facts.setSpacing(theme.M)
        self.chart = ChartView(_BURN)
        self.chart.setMinimumHeight(170)
        self._lists: dict[str, RecordView] = {}
        self._rows: dict[str, str] = {}
        tabs = (("given", _GIVEN, self._given), ("taken", _TAKEN, self._taken), ("line", _LINE, self._line))
        self.entries = LazyTabs([Tab(key, title, build) for key, title, build in tabs])
        self._lay_out()
        acts = QuotaActs(work, lambda: self._pot, self.entries, self._rows)
        frame.set_actions(*acts.actions())
        add_common(work, frame, self.refresh)
        self.keep_fresh(work.changed, work.day_changed, WATCHES)

    def _lay_out(self) -> None:
        pots = card(FlowRow(self.year), Scrolled(column(self._pots, stretch=True)), gap=theme.S)
        left = QSplitter(Qt.Orientation.Vertical)
        left.addWidget(pots)
        left.addWidget(self.entries)
        left.setHandleWidth(theme.M)
        left.setSizes([320, 260])
        self._side = column(
            card(self._facts, title=_POT),
            card(self.chart, title=_BURN),
            gap=theme.M,
            stretch=True,
        )
        self._inner = QWidget()
        self._whole = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._inner)
        self._whole.setContentsMargins(0, 0, 0, 0)
        self._whole.setSpacing(theme.L)
        self._whole.addWidget(left, 1)
        self._whole.addWidget(self._side)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(Scrolled(self._inner))
        self._turn(narrow=False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the side goes below the entries, and the page scrolls."""
        super().resizeEvent(event)
        self._turn(narrow=self.width() < _NARROW)

    def _turn(self, *, narrow: bool) -> None:
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._whole.setDirection(down if narrow else across)
        self._side.setMinimumWidth(0 if narrow else _SIDE)
        self._side.setMaximumWidth(_ANY if narrow else _SIDE)
        self._inner.setMinimumHeight(_HIGH * (2 if narrow else 1))

    def refresh(self) -> None:
        """Ask again."""
        self.is_stale = False
        year = int(self.year.value() or self._work.desk.today.year)
        self._work.tasks.read(load_pots, self._work.desk, year, done=self._show_pots, patience=0)

    def retranslate(self) -> None:
        """Pots and figures in the current language."""
        if not self.is_stale:
            self.refresh()

    def choose(self, pot: Pot) -> None:
        """Show the entries and the weeks of a pot."""
        self._pot = pot
        for view in self._lists.values():
            view.show_list(Query(view.query().name, _filters(pot)))
        self._work.tasks.read(load_pot, self._work.desk, pot, done=self._show_pot)

    def _show_pots(self, states: Sequence[PotState]) -> None:
        had_focus = any(line.hasFocus() for line in self.lines)
        clear(self._pots)
        self.lines = [PotLine(self._work.desk, state) for state in states]
        for line in self.lines:
            self._pots.addWidget(line)
            line.toggled.connect(lambda on, line=line: self.choose(line.state.pot) if on else None)
        if not self.lines:
            self._pots.addWidget(Panel(_NO_POTS))
            self._pot = None
            return
        chosen = next((line for line in self.lines if line.state.pot == self._pot), self.lines[0])
        chosen.setChecked(True)
        if had_focus:
            chosen.setFocus()

    def _show_pot(self, shown: PotShown) -> None:
        if shown.state.pot != self._pot:
            return
        state = shown.state
        balance = state.balance
        clear(self._facts)
        name = f"{pot_name(self._work.desk, state)}, {state.pot.year}"
        self._facts.addWidget(text(name, "strong"))
        limit = said(_UNKNOWN) if balance.limit is None else number(balance.limit)
        facts = [
            Fact(_LIMIT, limit),
            Fact(_ALLOTTED, number(balance.allotted)),
            Fact(_USED, number(balance.used)),
            Fact(_RESERVED, number(balance.reserved)),
            Fact(_FREE, number(balance.free)),
            Fact(_PACE, forecast_words(state)),
            Fact(_LIGHT, choice_label(state.light)),
            *([Fact(_EXPIRED, number(balance.expired))] if balance.expired else []),
        ]
        self._facts.addWidget(Facts(facts, most=1))
        light = FindingsView()
        light.asked.connect(self._work.source_wanted)
        self._facts.addWidget(light)  # first: a part without a parent would be a window of its own
        light.show_findings(state.reasons)
        if shown.partners:
            self._facts.addWidget(Label(_PARTNERS, "muted"))
        for name, _kind, out, back in shown.partners:
            self._facts.addWidget(text(said(_OUT_IN, name=name, out=number(out), back=number(back))))
        if state.source:
            self._facts.addWidget(Label(_ACT, "muted"))
            self._facts.addWidget(source_view(state.source))
        self.chart.show_chart(_burn_chart(shown))

    def _given(self) -> QWidget:
        return self._list("allotments", Words("inbox", N_("No units were given")))

    def _taken(self) -> QWidget:
        return self._list("reservations", Words("inbox", N_("No units were taken")))

    def _line(self) -> QWidget:
        return self._list("waiting", Words("people", N_("Nobody waits")))

    def _open_person(self, name: str, uid: str) -> None:
        """Enter on a line opens the file of its person."""
        cls: type[Reservation | Waiting | Allotment] = _RECORDS[name]
        found = self._work.desk.store.find(cls, uid)
        self._work.open(Kind.PERSON, getattr(found, "person", None) or "")

    def _list(self, name: str, empty: Words) -> RecordView:
        title = listing.TITLES[name]
        work = self._work

        fronts = _FRONTS[name]
        keys = {front.key for front in fronts}
        others = [one.key for one in listing.columns_of(name) if one.key not in keys]
        hide_at_first(work.memory, name, others)

        def opener(query: Query) -> Listing:
            return Arranged(listing.open_list(work.desk, query), fronts)

        view = RecordView(ListPart(title, work.tasks, work.reading, opener, work.memory, empty))
        self._lists[name] = view
        view.current_changed.connect(lambda uid: self._rows.update({name: uid}))
        view.opened.connect(lambda uid: self._open_person(name, uid))
        view.show_list(Query(name, _filters(self._pot) if self._pot else (Filter("year", Test.IS, 0),)))
        return view


_RECORDS: dict[str, type[Reservation | Waiting | Allotment]] = {
    "reservations": Reservation,
    "waiting": Waiting,
    "allotments": Allotment,
}


def _year(year: str) -> Option:
    return Option(year, lambda: year, ())


def _filters(pot: Pot) -> tuple[Filter, ...]:
    return (
        Filter("stream", Test.IS, pot.stream.value),
        Filter("year", Test.IS, pot.year),
        Filter("region", Test.IS, pot.region),
        Filter("category", Test.IS, pot.category),
        Filter("activity", Test.IS, pot.activity),
        Filter("country", Test.IS, pot.country),
    )


def _burn_chart(shown: PotShown) -> Chart:
    """Free units by the end of each week, beside an even pace over the year."""
    allotted = shown.state.balance.allotted
    year = shown.state.pot.year
    start, days = date(year, 1, 1), (date(year + 1, 1, 1) - date(year, 1, 1)).days
    labels = tuple(f"{day:%d.%m}" for day, _used in shown.used)
    left = tuple(max(allotted - used, 0) for _day, used in shown.used)
    even = tuple(
        round(allotted * (days - (day - start + timedelta(days=1)).days) / days) for day, _used in shown.used
    )
    return Chart(labels, (Series(said(_LEFT), left), Series(said(_EVEN), even)), draw.Kind.LINE)
