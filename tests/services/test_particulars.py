"""What papers say of the office and its people."""

from __future__ import annotations

from dataclasses import replace

import pytest

from migdesk.domain.change import Op
from migdesk.domain.errors import Invalid
from migdesk.i18n import language
from migdesk.services import particulars, reporting
from migdesk.services.upkeep import journal
from tests import make


@pytest.fixture
def desk(tmp_path):
    opened = make.desk(tmp_path)
    yield opened
    opened.close()


def test_the_code_and_the_region_of_an_office_stay(desk):
    code, region = desk.office.code, desk.office.region
    wanted = replace(desk.office, code="XXX", region="710000000", head="Әлия", name_ru="Управление")
    particulars.save_office(desk, wanted)
    assert (desk.office.code, desk.office.region, desk.office.head) == (code, region, "Әлия")


def test_papers_show_the_name_of_the_operator_and_the_russian_name_of_the_office(desk):
    particulars.save_office(desk, replace(desk.office, name_ru="Управление миграции"))
    particulars.save_signer(desk, replace(desk.signer, name="С. Қ. Ғабитова", login="somebody else"))
    with language("ru"):
        report = reporting.run(desk, "monthly_summary", desk.today, desk.today)
    assert (report.office, report.executor) == ("Управление миграции", "С. Қ. Ғабитова")


def test_naming_is_journalled_and_undone(desk):
    before = desk.signer
    particulars.save_signer(desk, replace(before, name="С. Қ. Ғабитова"))
    assert journal.undo_last(desk).changes.op is Op.UNDO
    assert desk.signer.name == before.name


def test_an_office_without_a_name_is_refused(desk):
    with pytest.raises(Invalid) as refused:
        particulars.save_office(desk, replace(desk.office, name=""))
    assert [one.field for one in refused.value.findings] == ["name"]
