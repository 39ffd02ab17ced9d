"""Who is touched by a change of the law: while it is unknown the window says why, and changes nothing."""

from __future__ import annotations

import pytest

from migdesk.domain.errors import StoreProblem
from migdesk.services.laws import law_packs, regime_effects, special_regimes
from migdesk.services.laws.special_regimes import Standing
from migdesk.ui.gallery.regime_scenes import AMNESTY
from migdesk.ui.screens import law_strip
from migdesk.ui.screens.law_amend import ask_switch
from migdesk.ui.screens.law_strip import LawStrip
from migdesk.ui.screens.law_touches import Touches
from migdesk.ui.screens.regime_dialogs import ask_switch_regime

BUSY = "Another program keeps the office."


def locked(*_args, **_named):
    raise StoreProblem(BUSY)


@pytest.fixture
def regime(desk):
    """A regime of the office, written down and not switched on."""
    blank = special_regimes.blank()
    special_regimes.write_down(desk, blank, {**blank.values, **AMNESTY})
    return next(one for one in special_regimes.list_regimes(desk) if one.is_own)


def standing(desk) -> Standing:
    return next(one.standing for one in special_regimes.list_regimes(desk) if one.is_own)


def test_a_regime_is_not_switched_while_nobody_knows_who_is_touched(eye, regime, monkeypatch):
    monkeypatch.setattr(regime_effects, "preview", locked)
    dialog = ask_switch_regime(eye.window.work, regime, on=True)
    part = dialog.findChildren(Touches)[-1]
    assert BUSY in part.words.text() and not dialog.button.isEnabled()
    dialog.save()
    assert standing(eye.desk) is Standing.OFF and dialog.isVisible()
    monkeypatch.undo()
    part.again.click()
    assert part.words.isHidden() and part.again.isHidden() and part.found.counts
    dialog.button.click()
    assert standing(eye.desk) is not Standing.OFF


def test_a_pack_is_not_switched_either(eye, regime, monkeypatch):
    [pack] = law_packs.list_packs(eye.desk)
    monkeypatch.setattr("migdesk.services.laws.law_outlook.named", locked)
    dialog = ask_switch(eye.window.work, pack, on=True)
    assert BUSY in dialog.findChildren(Touches)[-1].words.text()
    dialog.save()
    assert not law_packs.list_packs(eye.desk)[-1].in_use


def test_the_strip_says_that_the_law_could_not_be_looked_at(eye, monkeypatch):
    strip = LawStrip(eye.window.work)
    monkeypatch.setattr(law_strip, "load", locked)
    strip.look()
    assert BUSY in strip.words.text() and not strip.isHidden()
    monkeypatch.undo()
    strip.look()
    assert strip.isHidden()
