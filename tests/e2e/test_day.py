"""The sample office and its working day, as `migdesk demo` does them."""

from __future__ import annotations

import openpyxl
import pytest

from migdesk.domain.case import Case
from migdesk.paper.pages import count_pages
from migdesk.services.desk import Clock, open_desk
from migdesk.services.quotas import quotas
from migdesk.services.sample import day
from migdesk.services.upkeep import doctor
from tests.make import TODAY


@pytest.fixture(scope="module")
def worked(tmp_path_factory):
    home, out = tmp_path_factory.mktemp("demo"), tmp_path_factory.mktemp("out")
    log = day.make(home / "office", out, persons=400, clock=Clock(TODAY))
    desk = open_desk(home / "office", clock=Clock(TODAY))
    yield desk, out, log
    desk.close()


def test_the_day_leaves_its_papers(worked):
    _desk, out, log = worked
    kinds = {path.stem.rsplit("-", 1)[0] for path in out.glob("*-kk.pdf")}
    assert {"notification_arrival", "registration_slip", "kandas_application", "kandas_decision"} <= kinds
    assert all(count_pages(path.read_bytes()) for path in out.glob("*.pdf"))
    assert len(list(out.glob("*.xlsx"))) >= 3
    assert all(path.is_file() for path in log.files)
    assert len(log.lines) >= 9


def test_the_marked_workbook_has_its_comments(worked):
    _desk, out, _log = worked
    sheet = openpyxl.load_workbook(out / "arrivals-marked.xlsx").worksheets[0]
    assert sum(1 for row in sheet.iter_rows() for cell in row if cell.comment) >= 5


def test_the_quota_said_no_and_nothing_was_overdrawn(worked):
    desk, _out, _log = worked
    pots = [one for one in quotas.list_pots(desk, 2026) if one.pot.stream.value == "kandas"]
    assert pots[0].balance.free == 2
    states = {one.state.value for one in desk.store.select(Case, "applied_on = '2026-11-23'")}
    assert {"granted", "refused", "open"} <= states


def test_the_doctor_is_content(worked):
    desk, _out, _log = worked
    assert [one for one in doctor.examine(desk) if not one.ok] == []
