"""Charts, gauges, cards and pills: numbers drawn so that they can be read, also in grey, also by a screen reader."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QTest

from migdesk.i18n import N_
from migdesk.ui.charts import draw as charts
from migdesk.ui.charts import gauges
from migdesk.ui.charts.cards import NumberCard
from migdesk.ui.charts.chart_view import ChartView
from migdesk.ui.charts.draw import Chart, Kind, Series
from migdesk.ui.charts.gauges import Level, QuotaGauge
from migdesk.ui.look import theme
from migdesk.ui.look.theme import DARK, LIGHT, Tone
from migdesk.ui.parts.pills import SYMBOLS, Pill
from migdesk.ui.parts.states import state_pill
from tests.ui.keys import press
from tests.ui.lists import COLUMNS, STATES

WEEKS = Chart(("36", "37", "38"), (Series("a", (31, 0, 64)),))
SEVERAL = Chart(("36", "37"), (Series("a", (1, 2)), Series("b", (3, 4))), Kind.STACKED)


def picture(paint, width=400, height=240) -> QImage:
    made = QImage(width, height, QImage.Format.Format_RGB32)
    made.fill(Qt.GlobalColor.white)
    painter = QPainter(made)
    paint(painter, QRectF(0, 0, width, height))
    painter.end()
    return made


def colour(image: QImage, x: float, y: float) -> str:
    return image.pixelColor(round(x), round(y)).name().upper()


@pytest.mark.parametrize(
    ("top", "most", "steps"),
    [
        (0, 5, (1, 2)),
        (3, 5, (1, 3)),
        (71, 5, (20, 4)),
        (102, 5, (50, 3)),
        (977, 5, (200, 5)),
        (64, 3, (50, 2)),
    ],
)
def test_the_scale_has_even_steps_just_over_the_top(top, most, steps):
    assert charts.even_steps(top, most) == steps


@pytest.mark.parametrize("top", [*range(0, 300, 7), 10**6, 123_456_789])
@pytest.mark.parametrize("most", [3, 5])
def test_the_scale_reaches_over_every_top(top, most):
    tick, ticks = charts.even_steps(top, most)
    assert tick * ticks >= top
    assert 2 <= ticks <= most


def test_bars_are_as_high_as_their_values(application):
    image = picture(lambda painter, room: charts.paint(painter, room, WEEKS, LIGHT))
    plot = charts.plan(QRectF(0, 0, 400, 240), WEEKS)
    for at, value in enumerate((31, 0, 64)):
        x = plot.column(at).center().x()
        top = plot.field.bottom() - plot.height(value)
        assert (colour(image, x, top + 4) == LIGHT.accent) == (value > 0)
        assert colour(image, x, top - 6) != LIGHT.accent


def test_series_differ_by_pattern_when_printed_grey(application):
    styles = [charts.brush_of(at, LIGHT).style() for at in range(4)]
    lines = [charts.pen_of(at, LIGHT).style() for at in range(4)]
    assert len(set(styles)) == len(set(lines)) == 4


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=lambda one: one.name)
def test_every_kind_is_drawn_on_any_paper(application, kind, colours):
    chart = Chart(SEVERAL.labels, SEVERAL.series, kind)
    image = picture(lambda painter, room: charts.paint(painter, room, chart, colours, 1))
    colours_used = {image.pixelColor(x, y).name() for x in range(0, 400, 2) for y in range(0, 240, 2)}
    assert colours.accent.lower() in colours_used
    assert len(colours_used) > 4


def test_a_stack_is_as_high_as_its_sum():
    assert SEVERAL.top == 6
    assert Chart(SEVERAL.labels, SEVERAL.series).top == 4
    assert Chart((), ()).top == 0


def test_steps_are_said_in_words():
    assert WEEKS.words(0) == "36: 31"
    assert SEVERAL.words(1) == "37: a 2, b 4"


@pytest.fixture
def view(application, qtbot) -> ChartView:
    made = ChartView(N_("Menu"))
    qtbot.addWidget(made)
    made.resize(400, 240)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.show_chart(WEEKS)
    return made


def test_arrows_choose_and_enter_opens(view):
    opened: list[int] = []
    view.opened.connect(opened.append)
    view.setFocus()
    assert (view.chosen(), view.accessibleDescription()) == (2, "38: 64")
    press(view, Qt.Key.Key_Left)
    press(view, Qt.Key.Key_Home)
    press(view, Qt.Key.Key_Left)
    assert view.accessibleDescription() == "36: 31"
    press(view, Qt.Key.Key_Return)
    assert opened == [0]
    press(view, Qt.Key.Key_End)
    press(view, Qt.Key.Key_Right)
    assert view.chosen() == 2


def test_the_pointer_shows_a_value_and_a_click_opens(view):
    opened: list[int] = []
    view.opened.connect(opened.append)
    x = charts.plan(view._room(), WEEKS).column(1).center().x()
    QTest.mouseMove(view, QPointF(x, 100).toPoint())
    assert view.toolTip() == "37: 0"
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPointF(x, 100).toPoint())
    assert opened == [1]


def test_an_empty_chart_says_so_and_takes_no_keys(view):
    view.show_chart(Chart((), ()))
    press(view, Qt.Key.Key_Right)
    assert view.chosen() == -1
    assert not view.grab().isNull()


@pytest.mark.parametrize(
    ("level", "tone", "words"),
    [
        (Level(860, 13, 977), Tone.PLAIN, "free 104 of 977"),
        (Level(110, 17, 131), Tone.WARN, "free 4 of 131"),
        (Level(50, 60, 100), Tone.BAD, "over by 10, limit 100"),
        (Level(0, 0, 0), Tone.PLAIN, "free 0 of 0"),
    ],
)
def test_a_gauge_says_how_much_is_free(application, level, tone, words):
    assert (level.tone, level.words()) == (tone, words)


def test_a_gauge_is_solid_hatched_empty_and_red(application):
    room = QRectF(0, 0, 200, 8)
    half = picture(lambda painter, _room: gauges.paint(painter, room, Level(50, 25, 100), LIGHT), 200, 8)
    assert colour(half, 60, 4) == LIGHT.accent
    assert colour(half, 190, 4) == LIGHT.line
    hatched = {colour(half, x, 4) for x in range(102, 148)}
    assert LIGHT.surface in hatched
    assert len(hatched) > 2
    over = picture(lambda painter, _room: gauges.paint(painter, room, Level(80, 40, 100), LIGHT), 200, 8)
    assert colour(over, 190, 4) == LIGHT.bad


def test_a_gauge_tells_a_screen_reader_everything(application, qtbot):
    gauge = QuotaGauge("Kandas", Level(1860, 13, 1977))
    qtbot.addWidget(gauge)
    assert gauge.accessibleDescription() == "Kandas: used 1\u00a0860, reserved 13, limit 1\u00a0977"


def test_a_card_opens_its_list_by_every_means(application, qtbot):
    card = NumberCard(N_("due today"), Tone.WARN)
    qtbot.addWidget(card)
    card.show()
    clicks: list[int] = []
    card.clicked.connect(lambda: clicks.append(1))
    card.show_count(1200)
    assert card.accessibleName() == "1\u00a0200 due today"
    press(card, Qt.Key.Key_Return)
    press(card, Qt.Key.Key_Space)
    QTest.mouseClick(card, Qt.MouseButton.LeftButton)
    assert len(clicks) == 3


def test_a_card_that_is_still_counting_says_so(application, qtbot):
    card = NumberCard(N_("due today"))
    qtbot.addWidget(card)
    assert card.figure() == "…"
    card.show_count(0)
    assert card.figure() == "0"


@pytest.mark.parametrize("tone", Tone)
def test_every_tone_has_a_symbol_of_its_own(tone):
    assert Pill(tone, "x").drawing == SYMBOLS[tone]
    assert len(set(SYMBOLS.values())) == len(Tone)


@pytest.mark.parametrize("state", STATES)
def test_every_state_has_words(application, state):
    pill = state_pill(COLUMNS[4].field, state)
    assert pill.words
    assert state_pill(COLUMNS[4].field, None) is None


def test_movement_and_sizes_keep_the_limits_of_the_design():
    assert theme.SLIDE_MS <= 150
    assert (theme.ROW, theme.ROW_COMPACT) == (36, 28)
