"""Special regimes in the window: written from a form, tried, switched on with who is touched, corrected, undone."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QSize, Qt

from migdesk.domain.arrival import Arrival
from migdesk.domain.office import Role
from migdesk.domain.permit import Permit
from migdesk.services.laws import law_packs, special_regimes
from migdesk.services.laws.special_regimes import Standing
from migdesk.services.upkeep import journal, rights
from migdesk.ui.dialogs.settings import SettingsDialog
from migdesk.ui.files.questions.form_dialog import FormDialog
from migdesk.ui.gallery import regime_scenes
from migdesk.ui.gallery.pictures import settle
from migdesk.ui.gallery.regime_scenes import AMNESTY
from migdesk.ui.screens.law import LawPage
from migdesk.ui.screens.law_regimes import RegimesPart
from migdesk.ui.screens.law_touches import Touches
from tests.ui.seen import assert_all_named, assert_nothing_clipped

CODE = "amnesty.2026"


@pytest.fixture
def part(eye) -> RegimesPart:
    eye.press(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    settle()
    made = eye.window.findChildren(LawPage)[-1].tabs.open("regimes")
    settle()
    assert isinstance(made, RegimesPart)
    return made


def dialog_of(eye) -> FormDialog:
    settle()
    return eye.window.findChildren(FormDialog)[-1]


def fill(dialog: FormDialog, values) -> None:
    for name, value in values.items():
        dialog.form.boxes[name].set_value(value)


def written(eye, part) -> None:
    part.new.click()
    dialog = dialog_of(eye)
    fill(dialog, AMNESTY)
    dialog.save()
    settle()
    part.choose(CODE)


def days(desk) -> dict[str, tuple[date | None, ...]]:
    found = {one.uid: (one.stay_ends_on, one.notice_due) for one in desk.store.live(Arrival)}
    return found | {one.uid: (one.valid_until, one.lasts_until) for one in desk.store.live(Permit)}


def test_a_regime_is_written_tried_switched_on_corrected_and_undone(eye, part):
    before = days(eye.desk)
    written(eye, part)
    chosen = part.chosen()
    assert chosen is not None and (chosen.code, chosen.standing) == (CODE, Standing.OFF)
    assert days(eye.desk) == before
    part.switch_on.click()
    dialog = dialog_of(eye)
    told = dialog.findChildren(Touches)[-1].found
    assert told is not None and told.counts
    assert dialog.form.boxes["reason"].value() == AMNESTY["act"]
    dialog.save()
    settle()
    after = days(eye.desk)
    differ = [uid for uid in before if before[uid] != after[uid]]
    assert len(differ) == sum(
        count for sort, count in told.counts.items() if sort.value in ("stay", "permit")
    )
    assert all(before[uid][1] == after[uid][1] or before[uid][0] == after[uid][0] for uid in differ)
    part.choose(CODE)
    part.correct.click()
    dialog = dialog_of(eye)
    assert dialog.form.boxes["to"].value() == AMNESTY["to"]
    fill(dialog, {"to": date(2027, 2, 28), "act": "Act 901"})
    dialog.save()
    settle()
    found = special_regimes.get_regime(eye.desk, CODE)
    assert (found.special.to, found.standing) == (date(2027, 2, 28), Standing.ACTS)
    journal.undo_last(eye.desk)
    assert days(eye.desk) == after
    journal.undo_last(eye.desk)
    assert days(eye.desk) == before


def test_a_slip_in_a_code_is_said_before_and_nothing_is_written(eye, part):
    part.new.click()
    dialog = dialog_of(eye)
    fill(dialog, {**AMNESTY, "covers.permits": "nonsense"})
    dialog.save()
    settle()
    assert dialog.isVisible()
    assert law_packs.list_packs(eye.desk) == []
    dialog.reject()


def test_a_clerk_reads_and_changes_nothing(eye, part):
    rights.set_role(eye.desk, "other", Role.HEAD)
    rights.set_role(eye.desk, "tester", Role.CLERK)
    part.refresh()
    settle()
    buttons = (part.new, part.correct, part.switch_on, part.switch_off)
    assert not any(one.isEnabled() for one in buttons)
    assert len(part.shown) == len(list(eye.desk.law.specials))


def test_the_settings_lead_to_the_regimes(eye):
    settings = SettingsDialog(eye.window.work)
    settings.show()
    settings.regimes.click()
    settle()
    page = eye.window.findChildren(LawPage)[-1]
    assert page.regimes is not None and page.regimes.isVisible()


@pytest.mark.parametrize("size", [(1366, 768), (1024, 640)])
def test_nothing_is_clipped_and_everything_named(application, desk, size, qtbot):
    application.speak("ru")
    for name, scene in regime_scenes.typed(desk).items():
        window = scene()
        if not isinstance(window, FormDialog):
            window.resize(QSize(*size))
        window.show()
        settle()
        try:
            assert_nothing_clipped(window)
            assert_all_named(window)
        except AssertionError as complaint:
            raise AssertionError(f"{name}: {complaint}") from None
        finally:
            window.close()
            settle()
