"""The services on the page of the law: given as a file, changed, taken in and tried, switched off again."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from migdesk.services.laws import law_packs
from migdesk.ui.files.questions.form_dialog import FormDialog
from migdesk.ui.gallery.pictures import settle
from migdesk.ui.screens import law_services
from migdesk.ui.screens.law import LawPage
from migdesk.ui.screens.law_services import ServicesPart
from tests.ui.seen import assert_nothing_clipped

PAPER = """
[[paper]]
code = "health"
title = { kk = "Денсаулық туралы анықтама", ru = "Справка о здоровье", en = "Certificate of health" }
"""


@pytest.fixture
def part(eye) -> ServicesPart:
    eye.press(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    settle()
    page = eye.window.findChildren(LawPage)[-1]
    page.tabs.open("services")
    settle()
    assert page.services is not None
    return page.services


def test_a_service_is_given_changed_taken_in_tried_and_left_again(eye, part, tmp_path, monkeypatch):
    file = tmp_path / "kandas_status.toml"
    (line,) = [one for one in part.lines.values() if one.code == "kandas_status"]
    part.choose(line.key)
    assert line.cases and not part.off_button.isEnabled()
    monkeypatch.setattr(law_services, "ask_save", lambda *_given: file)
    part.give_button.click()
    file.write_text(file.read_text(encoding="utf-8") + PAPER, encoding="utf-8")
    monkeypatch.setattr(law_services, "ask_open", lambda *_given: file)
    part.take_button.click()
    settle()
    dialog = eye.window.findChildren(FormDialog)[-1]
    assert_nothing_clipped(dialog)
    dialog.form.boxes["reason"].set_value("order 10")
    dialog.save()
    settle()
    (pack,) = law_packs.list_packs(eye.desk)
    assert (pack.code, pack.in_use) == (line.key, True)
    part.choose(line.key)
    assert part.lines[line.key].pack == pack.code
    part.off_button.click()
    settle()
    left = eye.window.findChildren(FormDialog)[-1]
    left.save()
    settle()
    assert not law_packs.list_packs(eye.desk)[0].in_use
