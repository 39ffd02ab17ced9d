"""Terms: every open term of a span of days, in a tab of its own; the numbers of Today open it."""

from __future__ import annotations

import functools
from datetime import date, timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout

from migdesk.domain.fields import choice_label
from migdesk.domain.terms import TermKind
from migdesk.i18n import N_
from migdesk.services.day import LONG_AGO, Counters, count_day
from migdesk.services.desk import Desk
from migdesk.ui.files.pieces.terms_list import TITLE, TermLine, TermsList, load_terms
from migdesk.ui.lists.filters import MenuFilter, Option, View, ViewChip, WordsFilter, gap
from migdesk.ui.look import theme
from migdesk.ui.look.flow import FlowRow
from migdesk.ui.look.labels import Label
from migdesk.ui.look.words import number
from migdesk.ui.parts.frame import PageFrame
from migdesk.ui.parts.fresh import FreshView
from migdesk.ui.parts.panel import Words
from migdesk.ui.screens.page_actions import add_common, words_action
from migdesk.ui.shell.main_window import Page
from migdesk.ui.workplace import Kind, Target, Workplace

_MOST = 2000
_FAR = date(2100, 1, 1)
_ROWS = N_("{n} rows")
WATCHES = frozenset(
    {"arrival", "departure", "permit", "cases", "person", "reservation", "setting", "calendar_day"}
)


VIEWS = (
    View("overdue", N_("Overdue")),
    View("today", N_("Due today")),
    View("week", N_("Due in 7 days")),
    View("month", N_("Due in 30 days")),
    View("all", N_("All")),
)


def span(view: str, today: date) -> tuple[date, date]:
    """First and last day of a view, both included."""
    tomorrow = today + timedelta(days=1)
    return {
        "overdue": (LONG_AGO, today - timedelta(days=1)),
        "today": (today, today),
        "week": (tomorrow, today + timedelta(days=7)),
        "month": (tomorrow, today + timedelta(days=30)),
        "all": (LONG_AGO, _FAR),
    }[view]


def load(desk: Desk, view: str) -> tuple[list[TermLine], Counters]:
    """The terms of a view, at most two thousand; and how many there are in each."""
    return load_terms(desk, *span(view, desk.today), _MOST), count_day(desk)


class TermsPage(FreshView):
    """The body of the tab."""

    def __init__(self, work: Workplace, view: str, frame: PageFrame) -> None:
        super().__init__()
        self._work = work
        self._lines: list[TermLine] = []
        self.list = TermsList(work, "terms", Words("ok", N_("Nothing is due in this time")))
        self.views = {one.key: ViewChip(one) for one in VIEWS}
        self.kinds = MenuFilter("kind", N_("Kind of term"), [_option(kind) for kind in TermKind])
        self.words = WordsFilter()
        self._count = Label("", "muted")
        self._lay_out(view)
        add_common(work, frame, self.refresh)
        frame.add_command(words_action("terms", self.words.setFocus))
        frame.add_command(self.list.why_action())
        self.keep_fresh(work.changed, work.day_changed, WATCHES)

    def _lay_out(self, view: str) -> None:
        group = QButtonGroup(self)
        for chip in self.views.values():
            group.addButton(chip)
            chip.clicked.connect(lambda _on=False: self.refresh())
        self.views[view].setChecked(True)
        self.kinds.changed.connect(self._show)
        self.words.asked.connect(lambda _text: self._show())
        self.words.left_down.connect(lambda: self.list.rows.setFocus())
        self.list.rows.typed.connect(self.words.begin)
        line = FlowRow(*self.views.values(), gap(), self.words, self.kinds, self._count, gap=theme.XS)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.M)
        column.addWidget(line)
        column.addWidget(self.list, 1)

    def view(self) -> str:
        """Which terms are shown."""
        return next(key for key, chip in self.views.items() if chip.isChecked())

    def refresh(self) -> None:
        """Ask again."""
        self.is_stale = False
        self._work.tasks.read(load, self._work.desk, self.view(), done=self._take)

    def begin(self) -> None:
        """The keyboard goes to the rows."""
        self.list.rows.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        """The count in the current language."""
        self._count.say(_ROWS, n=number(len(self.list.lines())))

    def _take(self, answer: tuple[list[TermLine], Counters]) -> None:
        self._lines, counters = answer
        for key in ("overdue", "today", "week", "month"):
            self.views[key].show_count(getattr(counters, key))
        self._show()

    def _show(self) -> None:
        kind, words = self.kinds.value(), self.words.text().casefold().split()
        self.list.show_lines(
            [
                line
                for line in self._lines
                if (not kind or line.term.kind.value == kind)
                and all(word in line.term.name.casefold() for word in words)
            ]
        )
        self.retranslate()


def _option(kind: TermKind) -> Option:
    return Option(kind.value, lambda: choice_label(kind), ())


def tab(work: Workplace, view: str) -> Page:
    """The tab with the terms of a view."""
    return Page(
        Target(Kind.TERMS, view).key, "clock", TITLE, functools.partial(TermsPage, work, view), help="stay"
    )
