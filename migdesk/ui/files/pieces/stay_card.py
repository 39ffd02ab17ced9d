"""The judgement of a stay: lawful or not, until when, by which regime, and the days used."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from migdesk.domain.dates import show_day
from migdesk.i18n import N_, pick
from migdesk.services.stays.status import Status
from migdesk.ui.charts.gauges import Level, QuotaGauge
from migdesk.ui.look.theme import Tone
from migdesk.ui.look.words import number, said
from migdesk.ui.parts.blocks import card
from migdesk.ui.parts.facts import Fact, Facts
from migdesk.ui.parts.pills import Pill

_TITLE = N_("The stay")
_LAWFUL, _UNLAWFUL, _UNKNOWN = N_("lawful"), N_("not lawful"), N_("cannot be judged")
_JUDGED, _LAST, _REGIME = N_("Judged"), N_("Last lawful day"), N_("Regime")
_OVER, _STEP = N_("Days over the term"), N_("By the code")
_OWN, _BY = N_("Without special regimes"), N_("Moved by")
_LEFT_ON = N_("Left the country")
_NO_END = N_("no end")
_PER_ENTRY = N_("This visit")
_WINDOW = N_("Any {days} days")
_DAYS = N_("{used} of {limit} days, {left} left")
_DAYS_OVER = N_("{used} of {limit} days, {over} over")
_METHOD = N_("How the window is cut")
_METHODS = {
    "rolling": N_("looking back from each day"),
    "fixed_from_first_entry": N_("in blocks from the first entry"),
}


@dataclass(frozen=True, slots=True)
class Days(Level):
    """Days used of a limit, said as days."""

    def words(self) -> str:
        """How many were used and are left."""
        used, limit = number(self.used), number(self.limit)
        if self.free < 0:
            return said(_DAYS_OVER, used=used, limit=limit, over=number(-self.free))
        return said(_DAYS, used=used, limit=limit, left=number(self.free))


def stay_card(status: Status) -> QWidget:
    """One card: the answer first, then the figures it rests on."""
    stay = status.stay
    regime = next((one.words() for one in stay.why if one.code == "stay.regime"), "")
    ends = show_day(stay.last_lawful_day) or (said(_NO_END) if stay.lawful else "")
    step = next((one.words() for one in stay.why if one.code == "stay.step"), "")
    is_over = status.left_on is not None and stay.lawful is not False
    facts = [
        Fact(_JUDGED, "", pill=_pill(stay.lawful)),
        *([Fact(_LEFT_ON, show_day(status.left_on))] if status.left_on else []),
        *([] if is_over else [Fact(_LAST, ends)]),
        *([Fact(_OWN, show_day(stay.own_last_day))] if stay.own_last_day and not is_over else []),
        *(Fact(_BY, pick(one.title)) for one in status.regimes if one.code in stay.extended_by),
        *([Fact(_OVER, number(stay.overstay.days))] if stay.overstay else []),
        *([Fact(_STEP, step)] if step else []),
        Fact(_REGIME, regime),
    ]
    parts: list[QWidget] = [Facts(facts, most=1)]
    if stay.per_entry:
        used, limit = stay.per_entry.used, stay.per_entry.limit
        parts.append(QuotaGauge(said(_PER_ENTRY), Days(used, 0, limit)))
    if stay.window:
        window = stay.window
        parts.append(QuotaGauge(said(_WINDOW, days=window.days), Days(window.used, 0, window.limit)))
        method = _METHODS.get(window.method, "")
        parts.append(Facts([Fact(_METHOD, said(method) or window.method)], most=1))
    return card(*parts, title=_TITLE)


def _pill(lawful: bool | None) -> Pill:
    if lawful is None:
        return Pill(Tone.WARN, said(_UNKNOWN))
    return Pill(Tone.OK, said(_LAWFUL)) if lawful else Pill(Tone.BAD, said(_UNLAWFUL))
