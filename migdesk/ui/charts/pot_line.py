"""One quota pot as a line to choose: name, what is free, the gauge, and until when it lasts at this pace."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from migdesk.domain.dates import show_day
from migdesk.domain.fields import choice_label
from migdesk.domain.quota import Stream
from migdesk.i18n import N_
from migdesk.services.desk import Desk
from migdesk.services.quotas.quotas import PotState
from migdesk.ui.charts import gauges
from migdesk.ui.charts.gauges import Level
from migdesk.ui.look import fonts, icons, theme
from migdesk.ui.look.theme import Tone
from migdesk.ui.look.words import number, said
from migdesk.ui.parts.clickable import Clickable
from migdesk.ui.parts.pills import SYMBOLS

_HIGH = 58
_CATEGORY = N_("{stream}, category {category}")
_SHORT = N_("Foreign labour, category {category}")
_LASTS, _OUT = N_("lasts until {day} at this pace"), N_("used up")
_BACK = N_("went back by themselves: {n}; hold longer or release")
_YEAR, _NO_PACE = N_("lasts to the end of the year at this pace"), N_("nothing used yet")


def level_of(state: PotState) -> Level:
    """Where a pot stands for this office."""
    return Level(state.balance.used, state.balance.reserved, state.balance.allotted)


def pot_name(desk: Desk, state: PotState, *, short: bool = False) -> str:
    """Stream, category, activity and country in the current language; `short` for narrow places."""
    is_divided = state.pot.activity or state.pot.country
    if (
        short
        and state.pot.stream is Stream.FOREIGN_LABOUR
        and state.pot.category.isdigit()
        and not is_divided
    ):
        return said(_SHORT, category=state.pot.category)
    stream, pot = choice_label(state.pot.stream), state.pot
    if pot.category.isdigit():
        stream = said(_CATEGORY, stream=stream, category=pot.category)
    elif pot.category:
        stream = desk.lists.label("labour_categories", pot.category)
    divided = (desk.lists.label("oked", pot.activity), desk.lists.label("countries", pot.country))
    return ", ".join(part for part in (stream, *divided) if part)


def forecast_words(state: PotState) -> str:
    """Until when the free units last at the pace of the last three months."""
    if state.balance.free <= 0:
        return said(_OUT)
    if state.forecast:
        return said(_LASTS, day=show_day(state.forecast))
    return said(_YEAR if state.balance.used else _NO_PACE)


def line_words(state: PotState) -> str:
    """What is to be done about a pot, if anything; else until when it lasts."""
    if state.balance.expired:
        return said(_BACK, n=number(state.balance.expired))
    return forecast_words(state)


class PotLine(Clickable):
    """Chosen like one of several: arrows walk, Space and Enter choose."""

    def __init__(self, desk: Desk, state: PotState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        name = pot_name(desk, state)
        self.state = state
        self._short = pot_name(desk, state, short=True)
        self._level = level_of(state)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setText(name)
        words = f"{name}, {self._level.words()}, {line_words(state)}"
        self.setAccessibleName(words)
        self.setToolTip(words)

    def is_elided(self) -> bool:
        """The name may be said shortly, and end in …; the tooltip has all of it."""
        return fonts.width(self.text(), theme.BODY, fonts.SEMIBOLD) > self._name_room()

    def sizeHint(self) -> QSize:
        """Name, gauge, forecast."""
        return QSize(fonts.width(self.text()) + fonts.width(self._level.words()) + 72, _HIGH)

    def minimumSizeHint(self) -> QSize:
        """The figures stay."""
        return QSize(fonts.width(self._level.words()) + 120, _HIGH)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground, words, gauge."""
        colours = theme.current()
        painter = QPainter(self)
        ground = colours.tint if self.isChecked() else colours.surface
        self.paint_ground(painter, ground, colours.line if self.underMouse() else ground)
        tone = self._level.tone
        top = QRect(theme.M, 6, self.width() - 2 * theme.M, 20)
        painter.setFont(fonts.font())
        painter.setPen(QColor(colours.muted if tone is Tone.PLAIN else colours.ink(tone)))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(top, int(middle | Qt.AlignmentFlag.AlignRight), self._level.words())
        if tone is not Tone.PLAIN:
            right = top.right() - fonts.width(self._level.words()) - 20
            icons.paint(painter, SYMBOLS[tone], QRectF(right, 9, 14, 14), colours.ink(tone))
        painter.setFont(fonts.font(theme.BODY, fonts.SEMIBOLD))
        painter.setPen(QColor(colours.text))
        said_now = self._short if self.is_elided() else self.text()
        name = painter.fontMetrics().elidedText(said_now, Qt.TextElideMode.ElideRight, self._name_room())
        painter.drawText(top, int(middle | Qt.AlignmentFlag.AlignLeft), name)
        gauges.paint(
            painter, QRectF(theme.M, 28, self.width() - 2 * theme.M, gauges.BAR), self._level, colours
        )
        painter.setFont(fonts.font(theme.CAPTION))
        painter.setPen(QColor(colours.muted))
        below = QRect(theme.M, 38, self.width() - 2 * theme.M, 16)
        painter.drawText(below, int(middle | Qt.AlignmentFlag.AlignLeft), line_words(self.state))

    def _name_room(self) -> int:
        return self.width() - 2 * theme.M - fonts.width(self._level.words()) - 28
