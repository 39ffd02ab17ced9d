"""Details of a purpose in workbooks that come in: columns, checks at the cell, and there and back again."""

from __future__ import annotations

from datetime import date

import openpyxl
import pytest

from migdesk.domain.arrival import Arrival
from migdesk.domain.errors import NotFound
from migdesk.domain.fields import Flag
from migdesk.domain.listing import Query
from migdesk.exchange.read import read_workbook
from migdesk.i18n import LANGUAGES, language
from migdesk.services import panels
from migdesk.services.law import load_panels
from migdesk.services.workbooks import exporting, importing
from tests.services.test_importing import GOOD, HEADERS, book

STUDY = [*GOOD[:6], "оқу", GOOD[7]]
MORE = ["Учебное заведение", "Номер справки о зачислении", "Оқу мерзімі (дейін)"]


def study(tmp_path, *details, headers=None):
    return book(tmp_path, [*STUDY, *details], headers=[*HEADERS, *(headers or headings())])


def headings():
    """Words of three languages for details of those who come to study."""
    fields = {one.key: one.field.label.texts for one in panels.fields_of("study")}
    return [fields["school_name"]["ru"], fields["enrolment_number"]["en"], fields["studies_until"]["kk"]]


def details_of_all(desk):
    return [panels.details_of(desk.store, one) for one in desk.store.live(Arrival)]


def test_details_of_the_purpose_are_taken_in_whatever_the_language_of_the_header(desk, tmp_path):
    """The columns were unknown and not read."""
    plan = importing.preview(desk, study(tmp_path, "Торайғыров университеті", "007", "30.06.2029"))
    assert plan.counts["added"] == 1
    assert plan.reading.recognition.unknown == ()
    importing.apply(desk, plan)
    assert details_of_all(desk) == [
        {
            "school_name": "Торайғыров университеті",
            "enrolment_number": "007",
            "studies_until": date(2029, 6, 30),
        }
    ]


@pytest.mark.parametrize(
    ("details", "code", "cell"),
    [
        (("Мектеп", "7", "31.02.2029"), "not_a_date", "K2"),
        (("М" * 600, "7", None), "too_long", "I2"),
    ],
)
def test_what_is_wrong_with_a_detail_stands_at_its_cell(desk, tmp_path, details, code, cell):
    plan = importing.preview(desk, study(tmp_path, *details))
    assert plan.counts["failed"] == 1
    assert (code, cell) in {(one.code, one.cell) for one in plan.problems}


def test_a_detail_of_another_purpose_stops_the_row_at_its_cell(desk, tmp_path):
    work = panels.fields_of("work")[0]
    path = study(tmp_path, "7", headers=[work.field.label.texts["kk"]])
    plan = importing.preview(desk, path)
    assert [one.code for one in plan.problems if one.cell == "I2"] == ["unknown_field"]
    assert plan.counts["failed"] == 1


def test_words_of_a_list_and_of_yes_and_no_are_read_in_details(desk, tmp_path):
    fields = {one.key: one.field for one in panels.fields_of("business")}
    row = [*GOOD[:6], "бизнес", GOOD[7], "«Ертіс» ЖШС", "01.11.2026"]
    headers = [*HEADERS, fields["company_name"].label.texts["kk"], fields["petition_on"].label.texts["ru"]]
    importing.apply(desk, importing.preview(desk, book(tmp_path, row, headers=headers)))
    assert details_of_all(desk) == [{"company_name": "«Ертіс» ЖШС", "petition_on": date(2026, 11, 1)}]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_template_offers_the_details_and_is_understood(desk, tmp_path, lang):
    with language(lang):
        path = importing.save_template(desk, tmp_path / "t.xlsx", lang=lang)
        reading = read_workbook(path, importing.import_specs(desk)[:1], today=desk.today)
    offered = {f"details.{one.key}" for panel in load_panels().values() for one in panel.fields}
    assert offered <= set(reading.keys)
    assert (reading.recognition.unknown, reading.recognition.unclear) == ((), ())


def test_the_template_of_one_purpose_offers_its_details_only(desk, tmp_path):
    importing.save_template(desk, tmp_path / "t.xlsx", purpose="study", lang="en")
    cells = [cell.value for cell in openpyxl.load_workbook(tmp_path / "t.xlsx").worksheets[0][1]]
    told = [text for text in cells if ": " in text]
    assert len(told) == len(panels.fields_of("study"))
    with pytest.raises(NotFound):
        importing.save_template(desk, tmp_path / "t.xlsx", purpose="holiday")


def test_every_word_of_the_base_workbook_means_what_it_meant(desk):
    plain = importing.sheet_specs()[0]
    wide = importing.import_specs(desk)[0]
    for column in plain.columns:
        for word in (*column.title.values(), *column.aliases):
            assert wide.keys_for((word,)) == plain.keys_for((word,)), word


def full_details(purpose):
    """A value for every field of a purpose, as a cell has it."""
    said = {"Day": date(2026, 11, 2), "Whole": 3, "Flag": "иә", "Text": "Бір нәрсе"}
    codes = {"kato": "551010000", "oked": "02", "countries": "UZB", "relations": "spouse"}
    cells = {}
    for one in panels.fields_of(purpose):
        of_list = getattr(one.field, "list", "")
        cells[one.key] = codes.get(of_list, "work") if of_list else said[type(one.field).__name__]
    return cells


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_export_with_details_is_read_as_it_was_written(desk, tmp_path, lang):
    """Header and cells of the export say the same to the import, in each language."""
    path = study(tmp_path, "Торайғыров университеті", "007", "30.06.2029")
    importing.apply(desk, importing.preview(desk, path))
    out = tmp_path / "out.xlsx"
    with language(lang):
        exporting.export_list(desk, Query("arrivals", detailed=True), out)
        reading = read_workbook(out, importing.import_specs(desk)[:1], today=desk.today)
        [row] = list(reading.rows())
    read = {key: value for key, value in row.values.items() if key.startswith("details.")}
    values, findings = panels.read_given(
        "study", {key.partition(".")[2]: value for key, value in read.items()}, today=desk.today
    )
    assert findings == []
    assert [values] == details_of_all(desk)


@pytest.mark.parametrize("purpose", ["work", "study", "business", "kandas", "transit", "return", "family"])
def test_every_field_of_a_purpose_can_come_in(desk, tmp_path, purpose):
    cells = full_details(purpose)
    spec = importing.import_specs(desk)[0]
    headers = [*HEADERS, *(spec.by_key[f"details.{key}"].title["ru"] for key in cells)]
    row = [*GOOD[:6], desk.lists.label("purposes", purpose), GOOD[7], *cells.values()]
    plan = importing.preview(desk, book(tmp_path, row, headers=headers))
    assert [one.words() for one in plan.problems if one.cell >= "I"] == []
    [draft] = [one.draft for one in plan.rows]
    assert set(draft.details) == set(cells)
    fields = panels.fields_of(purpose)
    flags = [draft.details[one.key] for one in fields if isinstance(one.field, Flag)]
    assert flags == [True] * len(flags)
