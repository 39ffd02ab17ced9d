"""The catalogue of parts: a window with plain data that shows every part in every state.

For those who build screens and for `pictures`; clerks never see it.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from datetime import time

from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from migdesk.domain.dates import PartialDate
from migdesk.domain.fields import specs
from migdesk.domain.finding import Finding, Severity, Source, note, warn
from migdesk.domain.listing import Listing, Query
from migdesk.domain.person import Person, Sex
from migdesk.i18n import N_, pick
from migdesk.ui.charts.cards import NumberCard
from migdesk.ui.charts.chart_view import ChartView
from migdesk.ui.charts.draw import Chart, Kind, Series
from migdesk.ui.charts.gauges import Level, QuotaGauge
from migdesk.ui.entry.editor import Form, Section
from migdesk.ui.entry.picking import Sources
from migdesk.ui.gallery.plain_data import COUNTRIES, PERMIT_COLUMNS, TODAY, WEEKS, Broken, Endless, terms
from migdesk.ui.lists.given import Given, opener
from migdesk.ui.lists.table import Reading
from migdesk.ui.lists.table_view import ListPart, RecordView
from migdesk.ui.look import theme
from migdesk.ui.look.labels import Label
from migdesk.ui.look.style import mark
from migdesk.ui.look.theme import Tone
from migdesk.ui.memory import Forgetful
from migdesk.ui.parts.actions import Action
from migdesk.ui.parts.frame import PageFrame, Scrolled
from migdesk.ui.parts.messages import Notice
from migdesk.ui.parts.panel import Words
from migdesk.ui.shell.main_window import MainWindow, Page, Session
from migdesk.ui.shell.status_bar import Counter
from migdesk.ui.tasks import Tasks


def _nothing() -> None:
    """A click in the catalogue changes nothing."""


def _card(*widgets: QWidget) -> QFrame:
    card = QFrame()
    mark(card, look="card")
    column = QVBoxLayout(card)
    column.setContentsMargins(theme.L, theme.M, theme.L, theme.M)
    column.setSpacing(theme.M)
    for widget in widgets:
        column.addWidget(widget)
    return card


def _list(listing: Listing | Given, words: Words | None = None) -> RecordView:
    def open_listing(query: Query) -> Listing:
        return opener(listing)(query) if isinstance(listing, Given) else listing

    part = ListPart(
        N_("Terms"),
        Tasks.inline(),
        Reading(TODAY),
        open_listing,
        Forgetful(),
        words or Words("inbox", N_("Nothing here")),
    )
    view = RecordView(part)
    view.model.setObjectName("catalogue")
    return view


def _gauges() -> QFrame:
    names = (
        {"kk": "Қандастар", "ru": "Кандасы", "en": "Kandas"},
        {"kk": "Қоныс аударушылар", "ru": "Переселенцы", "en": "Resettlers"},
        {
            "kk": "Шетел жұмыс күші, 3-санат",
            "ru": "Иностранная рабочая сила, 3 категория",
            "en": "Foreign labour, category 3",
        },
        {"kk": "Маусымдық", "ru": "Сезонные", "en": "Seasonal"},
    )
    levels = (Level(860, 13, 977), Level(1200, 64, 1655), Level(110, 17, 131), Level(40, 16, 50))
    return _card(*(QuotaGauge(pick(name), level) for name, level in zip(names, levels, strict=True)))


def _weeks() -> ChartView:
    view = ChartView(N_("Arrivals by week"))
    view.show_chart(Chart(tuple(str(36 + at) for at in range(12)), (Series("", WEEKS),)))
    return view


def today_page(frame: PageFrame) -> QWidget:
    """Cards, a list of terms, gauges and a chart."""
    frame.set_actions(
        Action("arrival.new", N_("Register an arrival"), _nothing, "add", "F7"),
        Action("import", N_("Take from Excel"), _nothing, "import"),
    )
    page = QWidget()
    grid = QGridLayout(page)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setSpacing(theme.L)
    cards = QHBoxLayout()
    cards.setSpacing(theme.L)
    for message, tone, count in (
        (N_("overdue"), Tone.BAD, 4),
        (N_("due today"), Tone.WARN, 9),
        (N_("due in 7 days"), Tone.INFO, 31),
        (N_("incomplete files"), Tone.PLAIN, 3),
    ):
        card = NumberCard(message, tone)
        card.show_count(count)
        cards.addWidget(card)
    shown = _list(terms())
    shown.show_list(Query("terms", order="due"))
    grid.addLayout(cards, 0, 0, 1, 2)
    for row, column, title, body in ((1, 0, N_("Terms"), shown), (1, 1, N_("Quota 2026"), _side())):
        box = QVBoxLayout()
        box.setSpacing(theme.S)
        box.addWidget(Label(title, "section"))
        box.addWidget(body, 1)
        grid.addLayout(box, row, column)
    grid.setColumnStretch(0, 1)
    grid.setRowStretch(1, 1)
    shown.setMinimumHeight(200)
    return Scrolled(page)


def _side() -> QWidget:
    side = QWidget()
    side.setFixedWidth(320)
    column = QVBoxLayout(side)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.S)
    column.addWidget(_gauges())
    column.addSpacing(theme.S)
    column.addWidget(Label(N_("Arrivals by week"), "section"))
    column.addWidget(_card(_weeks()), 1)
    return side


_SECTIONS = (
    Section(
        N_("Person"),
        (
            ("surname", "given"),
            ("patronymic", "document_name"),
            ("surname_latin", "given_latin"),
            ("birth_date", "birth_estimated"),
            ("sex", "citizenship"),
            ("iin", "phone"),
        ),
    ),
    Section(N_("Place of birth"), (("birth_country", "birth_place"), ("note",))),
)


def form_page(frame: PageFrame) -> QWidget:
    """A form with findings, a proposal, pins."""
    frame.set_actions(
        Action("save", N_("Save and next"), _nothing, "save", "F9"),
        Action("print", N_("Print"), _nothing, "print", "Ctrl+P"),
    )
    sources = Sources(
        today=lambda: TODAY,
        tasks=Tasks.inline(),
        choices=lambda _list, text: [
            one for one in COUNTRIES.items() if text.casefold() in one[1].casefold()
        ],
        names=lambda _list, code: COUNTRIES.get(code, code),
    )
    form = Form(specs(Person), _SECTIONS, sources)
    form.set_values({"surname": "Қасымова", "given": "Айгүл", "sex": Sex.FEMALE, "citizenship": "UZB"})
    form.set_values({"birth_date": PartialDate(1987, 3, 12)})
    form.boxes["iin"].input.set_typed("870312300123")
    form.propose("surname_latin", "QASYMOVA")
    form.boxes["citizenship"].allow_pin()
    form.boxes["citizenship"].set_pinned(True)
    form.show_findings(_findings())
    card = QFrame()
    mark(card, look="card")
    column = QVBoxLayout(card)
    column.setContentsMargins(1, 1, 1, 1)
    column.addWidget(form)
    return card


def _findings() -> list[Finding]:
    """One of each severity, the gravest with a source nobody compared with the act."""
    digits = N_("The last digit of the IIN does not fit the others.")
    return [
        Finding(Severity.BLOCK, "iin", digits, "iin", {}, Source("Әділет", "4-тармақ")),
        warn("latin", N_("The name differs from that in the passport."), "given_latin"),
        note("day", N_("The date is complete."), "birth_date"),
    ]


def list_page(listing: Listing | Given, frame: PageFrame) -> QWidget:
    """A long list, an empty one, one that failed."""
    frame.set_actions(
        Action("permit.new", N_("New permit"), _nothing, "add"),
        Action("export", N_("Export"), _nothing, "export"),
        Action("refresh", N_("Refresh"), _nothing, "refresh", "F5"),
    )
    words = Words(
        "arrivals",
        N_("No arrivals yet"),
        N_("Register the first one with F7, or take a workbook from Excel."),
        Action("first", N_("Register an arrival"), _nothing, "add"),
    )
    view = _list(listing, words)
    view.show_list(Query("permits", order="-valid_until"))
    view.rows.selectRow(2)
    return view


def charts_page(_frame: PageFrame) -> QWidget:
    """Every kind of chart."""
    page = QWidget()
    grid = QGridLayout(page)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setSpacing(theme.L)
    labels = tuple(str(36 + at) for at in range(12))
    names = (N_("Kandas"), N_("Resettlers"), N_("Foreign labour"), N_("Labour immigrants"))
    several = tuple(
        Series(
            pick({"kk": name, "ru": name, "en": name}),
            tuple((31 * at + 17 * week) % 40 + 4 for week in range(12)),
        )
        for at, name in enumerate(names)
    )
    for at, kind in enumerate(Kind):
        view = ChartView(N_("Arrivals by week"))
        view.show_chart(Chart(labels, several[: 2 if kind is Kind.BARS else 4], kind))
        grid.addWidget(_card(view), at // 2, at % 2)
    empty = ChartView(N_("Arrivals by week"))
    grid.addWidget(_card(empty), 1, 1)
    return page


_PAGES = (
    Page("today", "today", N_("Today"), today_page),
    Page("arrivals", "arrivals", N_("Arrivals"), form_page),
    Page("people", "people", N_("People"), functools.partial(list_page, Given(PERMIT_COLUMNS, ()))),
    Page("cases", "cases", N_("Cases"), functools.partial(list_page, Broken())),
    Page("permits", "permits", N_("Permits"), functools.partial(list_page, Endless())),
    Page("quota", "quota", N_("Quota"), charts_page),
    Page("papers", "papers", N_("Papers"), today_page),
    Page("reports", "reports", N_("Reports"), today_page),
    Page("exchange", "exchange", N_("Exchange"), today_page),
    Page("journal", "journal", N_("Journal"), today_page),
)


def window(page: str, *, pretended: bool = False) -> MainWindow:
    """The window with one page of the catalogue open."""
    operator = {
        "kk": "А. Серікова · тіркеуші",
        "ru": "А. Серикова · регистратор",
        "en": "A. Serikova · clerk",
    }
    office = {"kk": "Павлодар облысы", "ru": "Павлодарская область", "en": "Pavlodar region"}
    made = MainWindow(_PAGES, Session(pick(office), pick(operator), TODAY, pretended))
    made.add_commands(
        Action("help", N_("Help"), _nothing, "help", "F1"),
        Action("repeat", N_("As before"), _nothing, "copy", "F8"),
    )
    for key, count in (("arrivals", 12), ("cases", 7), ("permits", 31), ("exchange", 2)):
        made.show_count(key, count)
    made.show_counters(
        [Counter(N_("{n} overdue"), 4, Tone.BAD, _nothing), Counter(N_("{n} today"), 9, Tone.WARN, _nothing)]
    )
    made.show_saved(time(9, 41))
    made.open(page)
    return made


def told_window() -> MainWindow:
    """The window with a message and a pretended date."""
    made = window("today", pretended=True)
    made.tell(
        Notice(
            Tone.OK,
            pick(
                {
                    "kk": "Келу тіркелді: Қасымова Айгүл Ержанқызы, № 550-2026-000147",
                    "ru": "Прибытие зарегистрировано: Қасымова Айгүл Ержанқызы, № 550-2026-000147",
                    "en": "Arrival registered: Қасымова Айгүл Ержанқызы, No. 550-2026-000147",
                }
            ),
            pick({"kk": "Болдырмау", "ru": "Отменить", "en": "Undo"}),
            _nothing,
        )
    )
    return made


SCENES: dict[str, Callable[[], MainWindow]] = {
    "today": functools.partial(window, "today"),
    "told": told_window,
    "form": functools.partial(window, "arrivals"),
    "empty": functools.partial(window, "people"),
    "failed": functools.partial(window, "cases"),
    "list": functools.partial(window, "permits"),
    "charts": functools.partial(window, "quota"),
}
