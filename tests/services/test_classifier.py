"""A newer classifier of places: read from the official workbook, looked at, then in force."""

from __future__ import annotations

import openpyxl
import pytest

from migdesk.domain.errors import BadFile, Cancelled
from migdesk.services.progress import Progress
from migdesk.services.upkeep import classifier, office

HEADS = ("te", "ab", "cd", "ef", "hij", "k", "name_kaz", "name_rus", "nn")
GONE, RENAMED, NEW = "551010000", "552210000", "551010100"


@pytest.fixture
def rows():
    """The places of today as the Bureau writes them, one gone, one renamed, one new."""
    found = {one.code: (one.kk, one.ru) for one in office.shipped_places() if not one.valid_to}
    del found[GONE]
    found[RENAMED] = ("Жаңа қ.", "г.Новый")
    found[NEW] = ("Бейбіт а.", "с.Бейбит")
    return found


@pytest.fixture
def workbook(tmp_path):
    def write(rows, heads=HEADS):
        book = openpyxl.Workbook(write_only=True)
        sheet = book.create_sheet("KATO")
        sheet.append(("Классификатор",))
        sheet.append(heads)
        for code, (kk, ru) in rows.items():
            sheet.append((int(code), 0, 0, 0, 0, 0, kk, ru, ""))
        book.save(tmp_path / "kato.xlsx")
        return tmp_path / "kato.xlsx"

    return write


def test_the_official_workbook_is_compared_and_put_in_force(desk, rows, workbook):
    desk.lists.label("kato", RENAMED)
    newer = classifier.preview(desk, workbook(rows))
    assert [(one.code, one.level, one.parent, one.kind) for one in newer.added] == [
        (NEW, 4, "551000000", "village")
    ]
    assert [(one.before.code, one.after.ru) for one in newer.renamed] == [(RENAMED, "г.Новый")]
    assert [one.code for one in newer.closed] == [GONE]
    assert desk.lists.place(GONE).valid_to == ""
    classifier.take(desk, newer)
    assert desk.lists.place(GONE).valid_to == desk.today.isoformat()
    assert desk.lists.place(RENAMED).kk == "Жаңа қ."
    assert NEW in [code for code, _words in desk.lists.find("kato", "бейбіт")]
    assert classifier.preview(desk, workbook(rows)).changes == 0


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda rows: rows | {"1234567890": ("а", "б")}, "1234567890"),
        (lambda rows: dict(list(rows.items())[:9000]), "9000"),
        (lambda rows: rows | {"551010200": ("", "б")}, "551010200"),
    ],
    ids=["long code", "half a country", "no name"],
)
def test_a_workbook_that_would_harm_is_refused_with_its_place(desk, rows, workbook, spoil, said):
    with pytest.raises(BadFile) as refused:
        classifier.preview(desk, workbook(spoil(rows)))
    assert said in refused.value.words()


def test_another_workbook_is_named_as_such(desk, workbook):
    with pytest.raises(BadFile) as refused:
        classifier.preview(desk, workbook({}, heads=("№", "ФИО")))
    assert "name_kaz" in refused.value.words()


def test_reading_stops_when_somebody_stops_it(desk, rows, workbook):
    progress = Progress()
    progress.cancelled = True
    with pytest.raises(Cancelled):
        classifier.preview(desk, workbook(rows), progress=progress)
