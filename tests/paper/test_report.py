"""Reports: specs from data, filling, and their PDF."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migdesk import paths
from migdesk.domain.daywords import as_of_words
from migdesk.domain.errors import BadFile, Invalid
from migdesk.domain.report import REST, ReportResult, read_report, show_cell
from migdesk.domain.report_fill import ReportFrame, fill_report, percent
from migdesk.i18n import language
from migdesk.paper.report import draw_report
from tests.paper.words import page_text

FRAME = ReportFrame(
    date(2026, 11, 1), date(2026, 11, 30), date(2026, 12, 1), "Басқарма", "Сәрсенбаева Г.", "Қ. Жұмабеков"
)
NAMES = {"UZB": "Өзбекстан", "CHN": "Қытай"}

SMALL = """
code = "small"
title = { kk = "Есеп", ru = "Отчёт", en = "Report" }
[[section]]
key = "country"
title = { kk = "Ел бойынша", ru = "По странам", en = "By country" }
query = "q"
KEYS
[[section.column]]
key = "country"
title = { kk = "Ел", ru = "Страна", en = "Country" }
list = "countries"
[[section.column]]
key = "kind"
title = { kk = "Түрі", ru = "Вид", en = "Kind" }
[section.column.labels]
a = { kk = "бірінші", ru = "первый", en = "first" }
[[section.column]]
key = "persons"
title = { kk = "Адам", ru = "Человек", en = "Persons" }
kind = "whole"
total = true
[[section.column]]
key = "share"
title = { kk = "%", ru = "%", en = "%" }
kind = "percent"
of = "persons"
total = true
"""


def _filled(rows: list[tuple[object, ...]], keys: str = "", code: str = "kk") -> ReportResult:
    with language(code):
        spec = read_report(SMALL.replace("KEYS", keys), "small.toml")
        return fill_report(spec, {"country": rows}, lambda _list, given: NAMES.get(given, given), FRAME)


@pytest.mark.parametrize("name", ["monthly_summary", "arrivals_journal"])
def test_shipped_reports_load(name: str) -> None:
    path = paths.resources() / "reports" / f"{name}.toml"
    spec = read_report(path.read_text(encoding="utf-8"), path.name)
    assert spec.code == name
    assert all(spec.queries)


def test_the_journal_has_the_columns_of_the_register() -> None:
    path = paths.resources() / "reports" / "arrivals_journal.toml"
    spec = read_report(path.read_text(encoding="utf-8"), path.name)
    keys = "n received channel host host_number foreigner citizenship passport entered address until"
    keys += " days_late official"
    assert " ".join(column.key for column in spec.sections[0].columns) == keys


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("KEYS", 'falling = "people"', "section[1].falling"),
        ("KEYS", "colour = 5", "section[1].colour"),
        ('of = "persons"', 'of = "share"', "section[1].column.of"),
        ('kind = "whole"', 'kind = "heap"', "section[1].column[3].kind"),
        ('ru = "По странам", ', "", "section[1].title.ru"),
        ('query = "q"', "", "section[1].query"),
    ],
)
def test_a_slip_in_a_report_is_named(old: str, new: str, place: str) -> None:
    with pytest.raises(BadFile) as refused:
        read_report(SMALL.replace(old, new).replace("KEYS", ""), "small.toml")
    assert (refused.value.path, refused.value.place) == ("small.toml", place)


def test_names_shares_and_totals() -> None:
    section = _filled([("UZB", "a", 2), ("CHN", "b", 1)]).sections[0]
    assert section.rows == (("Өзбекстан", "бірінші", 2, 66.7), ("Қытай", "b", 1, 33.3))
    assert section.totals == ("Total", None, 3, 100.0)


def test_what_is_over_the_top_is_summed_and_stands_last() -> None:
    rows = [("A", "", 1), ("B", "", 5), (REST, "", 2), ("C", "", 3), ("D", "", 1)]
    section = _filled(rows, 'falling = "persons"\ntop = 2').sections[0]
    assert [(row[0], row[2]) for row in section.rows] == [("B", 5), ("C", 3), ("others", 4)]
    assert section.totals is not None
    assert section.totals[2] == 12


def test_groups_have_their_own_totals_and_one_of_all() -> None:
    rows = [("UZB", "a", 2), ("UZB", "b", 3), ("CHN", "a", 4)]
    sections = _filled(rows, 'group = "country"').sections
    assert [section.title for section in sections] == ["Ел бойынша", "Өзбекстан", "Қытай", ""]
    assert [section.joined for section in sections] == [False, True, True, True]
    assert [section.totals[1] if section.totals else None for section in sections] == [None, 5, 4, 9]
    assert [column.key for column in sections[1].columns] == ["kind", "persons", "share"]
    text = page_text(draw_report(_filled(rows, 'group = "country"')).content, 1)
    assert text.index("Өзбекстан") < text.index("Қытай")


def test_no_rows_are_said_to_be_none() -> None:
    result = _filled([])
    assert result.sections[0].totals is None
    assert result.row_count == 0
    assert "No rows in this period." in page_text(draw_report(result).content, 1)
    assert "No rows" in page_text(draw_report(_filled([], 'group = "country"')).content, 1)


def test_the_head_signs_under_the_last_table() -> None:
    text = page_text(draw_report(_filled([("UZB", "a", 1)])).content, 1)
    assert text.index("Қ. Жұмабеков") > text.index("Өзбекстан")


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=8))
def test_shares_are_within_a_twentieth_of_the_truth(parts: list[int]) -> None:
    whole = sum(parts)
    for part in parts:
        share = percent(part, whole)
        assert share is None if not whole else abs(share - 100 * part / whole) <= 0.05 + 1e-9  # type: ignore[operator]


def test_cells_read_as_the_language_has_it() -> None:
    column = _filled([]).sections[0].columns[2]
    assert show_cell(column, 1234567, "kk") == "1\u00a0234\u00a0567"
    assert show_cell(column, 12.5, "ru") == "12,5"
    assert show_cell(column, 12.5, "en") == "12.5"
    assert show_cell(column, 40.0, "kk") == "40,0"
    assert show_cell(column, date(2026, 11, 23), "kk") == "23.11.2026"
    assert show_cell(column, None, "kk") == ""


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("kk", "2026 жылғы 1 желтоқсандағы жағдай бойынша"),
        ("ru", "по состоянию на 1 декабря 2026 года"),
        ("en", "as of 1 December 2026"),
    ],
)
def test_every_report_ends_with_its_day(code: str, words: str) -> None:
    assert as_of_words(date(2026, 12, 1), code) == words
    drawn = draw_report(_filled([("UZB", "a", 1)], code=code))
    assert words in page_text(drawn.content, 1).replace("\r\n", " ")


def test_a_long_report_repeats_its_head_and_counts_its_pages() -> None:
    drawn = draw_report(_filled([(f"Ел {n}", "a", n) for n in range(200)], 'chart = "persons"'))
    assert drawn.pages > 3
    for page in range(1, drawn.pages + 1):
        text = page_text(drawn.content, page)
        assert f"{page} /" in text
        assert str(drawn.pages) in text
    assert "Адам" in page_text(drawn.content, 2)
    assert draw_report(_filled([(f"Ел {n}", "a", n) for n in range(200)], 'chart = "persons"')).content == (
        drawn.content
    )


def test_signs_the_sans_lacks_come_from_the_serif() -> None:
    text = page_text(draw_report(_filled([("5 000 ₸ ✓", "a", 1)], 'chart = "persons"')).content, 1)
    assert text.count("5 000 ₸ ✓") == 2


def test_letters_no_face_has_are_named_by_column_and_row() -> None:
    with pytest.raises(Invalid) as refused, language("kk"):
        draw_report(_filled([("UZB", "a", 1), ("UZB", "李", 1)]))
    words = refused.value.words()
    assert "李" in words
    assert "Түрі" in words
    assert "2" in words


def test_a_row_taller_than_a_page_is_refused() -> None:
    with pytest.raises(Invalid) as refused:
        draw_report(_filled([("UZB", "сөз " * 4000, 1)]))
    assert refused.value.findings[0].code == "report_too_tall"


@given(st.text(max_size=80), st.text(max_size=80))
def test_hostile_cells_are_printed_or_refused(country: str, kind: str) -> None:
    result = _filled([(country, kind, 1)], 'chart = "persons"')
    try:
        drawn = draw_report(result)
    except Invalid as refused:
        assert {finding.code for finding in refused.findings} <= {"report_letters", "report_too_tall"}
        return
    assert drawn.pages >= 1
