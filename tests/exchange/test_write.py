from datetime import UTC, date, datetime
from enum import StrEnum

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from migdesk.domain.dates import PartialDate
from migdesk.domain.errors import BadFile, Cancelled, Invalid, Refused
from migdesk.domain.fields import Choice, Code, Day, Flag, Moment, Note, PartialDay, Text, Whole
from migdesk.domain.listing import Column
from migdesk.exchange import write
from migdesk.exchange.outcells import escaped
from migdesk.exchange.plaintext import guard, unguard
from migdesk.exchange.read import read_workbook
from migdesk.exchange.sheet import SheetColumn, SheetSpec
from migdesk.exchange.tables import Table, sheet_name
from migdesk.exchange.write import write_table
from migdesk.i18n import LANGUAGES
from tests.exchange.books import TODAY


class Colour(StrEnum):
    RED = "r"
    GREEN = "g"


COLUMNS = (
    Column("name", Text("Name", max=300)),
    Column("iin", Text("IIN", max=12)),
    Column("born", PartialDay("Born")),
    Column("came", Day("Came")),
    Column("seen", Moment("Seen")),
    Column("count", Whole("Count", min=-(10**9))),
    Column("colour", Choice("Colour", options=Colour)),
    Column("good", Flag("Good")),
    Column("land", Code("Land", list="countries")),
    Column("note", Note("Note")),
)
SPEC = SheetSpec(
    "things",
    dict.fromkeys(LANGUAGES, "things"),
    tuple(
        SheetColumn(
            one.key,
            one.key,
            one.field,
            dict.fromkeys(LANGUAGES, one.field.label),
            width=max(6, one.width // 7),
            digits=12 if one.key == "iin" else 0,
        )
        for one in COLUMNS
    ),
)
ROW = (
    "=1+1",
    "000000000001",
    PartialDate(1987, 3),
    date(2026, 11, 21),
    datetime(2026, 11, 21, 9, 30, 5, tzinfo=UTC),
    -5,
    Colour.RED,
    True,
    "UZB",
    "a\nb",
)


def table(rows, identified=False, **more):
    rows = list(rows)
    return Table("things", "Вещи: все", COLUMNS, rows, len(rows), identified, **more)


def back(path):
    """What comes back, read through the fields as a service does."""
    fields = {column.key: column.field for column in COLUMNS}
    return [
        {
            key: fields[key].read(value, today=TODAY) if key in fields else value
            for key, value in row.values.items()
        }
        for row in read_workbook(path, [SPEC], today=TODAY).rows()
    ]


def expected(row):
    return {column.key: value for column, value in zip(COLUMNS, row, strict=True) if value not in (None, "")}


@pytest.fixture(params=["small.xlsx", "large.xlsx", "text.csv"])
def path(request, tmp_path, monkeypatch):
    """A path of every kind that can come back; `large` goes through the streaming writer."""
    if request.param.startswith("large"):
        monkeypatch.setattr(write, "SMALL_ROWS", 0)
    return tmp_path / request.param


def test_what_goes_out_comes_back(path):
    assert write_table(path, table([ROW])) == 1
    assert back(path) == [expected(ROW)]


def test_blank_values_are_blank_cells(path):
    blank = ("x", "", None, None, None, None, None, False, "", "")
    write_table(path, table([blank]))
    assert back(path) == [{"name": "x", "good": False}]


def test_uid_and_rev_go_hidden_and_come_back(path):
    write_table(path, table([("u-1", 7, *ROW)], identified=True))
    (row,) = read_workbook(path, [SPEC], today=TODAY).rows()
    assert (row.uid, row.rev) == ("u-1", 7)
    if path.suffix == ".xlsx":
        sheet = openpyxl.load_workbook(path).active
        assert [sheet.column_dimensions[name].hidden for name in "ABC"] == [True, True, False]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r=", "'", "'=", "''@", "="])
def test_no_text_becomes_a_formula_and_no_text_is_changed(path, start):
    text = f"{start}HYPERLINK(1)"
    write_table(path, table([(text, *ROW[1:])]))
    assert back(path)[0]["name"] == text.strip()
    if path.suffix == ".xlsx":
        cell = openpyxl.load_workbook(path).active["A2"]
        assert cell.data_type == "s"
        assert cell.quotePrefix == text.startswith(("=", "+", "-", "@", "\t", "\r"))
    else:
        assert (
            not path.read_text(encoding="utf-8-sig")
            .splitlines()[1]
            .strip('"')
            .startswith(("=", "+", "-", "@"))
        )


TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff"), max_size=40)
HARMLESS = TEXTS.map(lambda text: "".join(c for c in text if c.isprintable() or c == "\u200c"))
KAZAKH = st.text("әғқңөұүһіӘҒҚҢӨҰҮҺІ =+-@'\"<>&,;_x0041", min_size=1, max_size=40)
ROWS = st.tuples(
    st.one_of(HARMLESS, KAZAKH, st.just("<ClEaR"), st.just("_x0041_"), st.just("_x005F_")).map(
        lambda t: " ".join(t.split())
    ),
    st.text("0123456789", min_size=12, max_size=12),
    st.one_of(
        st.none(),
        st.dates(date(1871, 1, 1), date(2198, 1, 1)).map(PartialDate.of),
        st.builds(PartialDate, st.integers(1900, 2100), st.integers(1, 12)),
        st.builds(PartialDate, st.integers(1900, 2100)),
    ),
    st.one_of(st.none(), st.dates(date(1871, 1, 1), date(2198, 1, 1))),
    st.one_of(
        st.none(),
        st.integers(10**9, 4 * 10**9).map(lambda seconds: datetime.fromtimestamp(seconds, UTC)),
    ),
    st.one_of(st.none(), st.integers(-(10**9), 10**9)),
    st.sampled_from([None, *Colour]),
    st.booleans(),
    st.sampled_from(["", "UZB", "XXA"]),
    st.text("абв\nқ", max_size=30).map(str.strip),
)


@given(rows=st.lists(ROWS, max_size=5), suffix=st.sampled_from([".xlsx", ".csv"]), large=st.booleans())
def test_any_values_come_back_equal(tmp_path_factory, rows, suffix, large):
    path = tmp_path_factory.mktemp("round") / f"a{suffix}"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(write, "SMALL_ROWS", -1 if large else 5_000)
        write_table(path, table(rows))
    assert back(path) == [expected(row) for row in rows]


@given(text=TEXTS)
def test_the_guard_of_csv_is_taken_away_exactly(text):
    assert unguard(guard(text)) == text
    assert not guard(text).startswith(("=", "+", "-", "@", "\t", "\r"))


@given(text=TEXTS)
def test_any_text_survives_a_workbook_letter_by_letter(tmp_path_factory, text):
    from python_calamine import load_workbook

    path = tmp_path_factory.mktemp("text") / "a.xlsx"
    for small in (5_000, -1):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(write, "SMALL_ROWS", small)
            write_table(path, table([(f"{text}.", *ROW[1:])]))
        (_header, row) = load_workbook(path).get_sheet_by_index(0).iter_rows()
        assert row[0] == f"{text}."


def test_control_characters_are_escaped_as_the_format_says(path):
    write_table(path, table([("a\0b\x01c", *ROW[1:])]))
    assert back(path)[0]["name"] == "a\0b\x01c"
    assert escaped("a\0_x0041_\r\n") == "a_x0000__x005F_x0041__x000D_\n"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("x" * 32_768, "cell_too_long"),
        ("a\ud800", "impossible_character"),
        ("a\uffff", "impossible_character"),
    ],
)
def test_what_no_file_can_hold_is_refused_by_row_and_column(path, text, code):
    with pytest.raises(Invalid) as caught:
        write_table(path, table([ROW, (text, *ROW[1:])]))
    (finding,) = caught.value.findings
    assert (finding.code, finding.values["row"], finding.values["label"]) == (code, 3, "Name")
    assert list(path.parent.iterdir()) == []


def test_dates_are_real_and_the_rest_is_text(path):
    if path.suffix == ".csv":
        write_table(path, table([ROW]))
        assert "2026-11-21" in path.read_text(encoding="utf-8-sig")
        return
    write_table(path, table([ROW]))
    sheet = openpyxl.load_workbook(path).active
    cells = {column.key: sheet.cell(2, at) for at, column in enumerate(COLUMNS, 1)}
    assert (cells["came"].value.date(), cells["came"].number_format) == (date(2026, 11, 21), "dd.mm.yyyy")
    assert (cells["iin"].value, cells["iin"].data_type, cells["iin"].number_format) == (
        "000000000001",
        "s",
        "@",
    )
    assert (cells["count"].value, cells["born"].value) == (-5, "03.1987")
    assert (sheet.freeze_panes, sheet.auto_filter.ref, sheet.title) == ("A2", "A1:J2", "Вещи все")


def test_days_before_excel_can_count_are_text_and_come_back(path):
    old = (*ROW[:2], PartialDate(1899, 12, 31), date(1900, 2, 28), *ROW[4:])
    write_table(path, table([old]))
    assert back(path) == [expected(old)]


def test_names_of_codes_are_shown(path):
    write_table(path, table([ROW], show=lambda _field, value: {"UZB": "Узбекистан"}[value]))
    assert back(path)[0]["land"] == "Узбекистан"


def test_columns_are_known_by_name_wherever_they_were_moved_and_however_they_are_headed(tmp_path):
    path = tmp_path / "a.xlsx"
    write_table(path, table([ROW]))
    book = openpyxl.load_workbook(path)
    book.active["A1"] = "Как зовут"
    book.save(path)
    assert back(path)[0]["name"] == "=1+1"


def test_a_column_overwritten_with_another_is_not_taken_for_the_old_one(tmp_path):
    path = tmp_path / "a.xlsx"
    write_table(path, table([ROW]))
    book = openpyxl.load_workbook(path)
    book.active["A1"] = "IIN"
    book.save(path)
    reading = read_workbook(path, [SPEC], today=TODAY)
    assert "name" not in reading.keys
    assert [problem.code for problem in reading.problems if problem.cell == "A1"] == ["contradicted_column"]


def test_a_new_row_has_no_identity_and_a_spoilt_one_no_revision(tmp_path):
    path = tmp_path / "a.xlsx"
    write_table(path, table([("u-1", 1, *ROW)], identified=True))
    book = openpyxl.load_workbook(path)
    book.active["B2"] = "x"
    book.active["C3"] = "new"
    book.save(path)
    rows = list(read_workbook(path, [SPEC], today=TODAY).rows())
    assert [(row.uid, row.rev) for row in rows] == [("u-1", None), ("", None)]


def test_json_has_codes_keys_and_iso_dates(tmp_path):
    import json

    path = tmp_path / "a.json"
    write_table(path, table([("u-1", 7, *ROW), ("u-2", 1, *ROW)], identified=True))
    found = json.loads(path.read_text(encoding="utf-8"))
    assert (found["list"], found["title"], len(found["rows"])) == ("things", "Вещи: все", 2)
    assert found["columns"][4] == {"key": "born", "label": "Born", "kind": "partialday"}
    assert found["rows"][0] == {
        "_uid": "u-1",
        "_rev": 7,
        "name": "=1+1",
        "iin": "000000000001",
        "born": "1987-03",
        "came": "2026-11-21",
        "seen": "2026-11-21T09:30:05Z",
        "count": -5,
        "colour": "r",
        "good": True,
        "land": "UZB",
        "note": "a\nb",
    }


def test_an_empty_list_is_a_file_with_a_header(tmp_path):
    for suffix in write.SUFFIXES:
        path = tmp_path / f"a{suffix}"
        assert write_table(path, table([])) == 0
        assert path.stat().st_size > 50


@pytest.mark.parametrize("name", ["a.xlsx", "a.csv", "a.json"])
@pytest.mark.parametrize("small", [0, 5_000])
def test_cancelling_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch, name, small):
    monkeypatch.setattr(write, "SMALL_ROWS", small)
    path = tmp_path / name
    path.write_bytes(b"old")

    def stop(done, _total):
        if done == 2_000:
            raise Cancelled

    with pytest.raises(Cancelled):
        write_table(path, table([ROW] * 3_000), step=stop)
    assert [file.name for file in tmp_path.iterdir()] == [name]
    assert path.read_bytes() == b"old"


def test_progress_is_told_every_thousand_rows(tmp_path):
    steps = []
    write_table(
        tmp_path / "a.xlsx", table([ROW] * 2_500), step=lambda done, total: steps.append((done, total))
    )
    assert steps == [(1_000, 2_500), (2_000, 2_500), (2_500, 2_500)]


def test_more_rows_than_a_sheet_holds_are_refused(tmp_path):
    with pytest.raises(Refused) as caught:
        write_table(tmp_path / "a.xlsx", Table("t", "T", COLUMNS, [], 2_000_000))
    assert caught.value.findings[0].code == "too_many_rows"


def test_an_unknown_suffix_or_folder_is_refused(tmp_path):
    for path in (tmp_path / "a.doc", tmp_path / "none" / "a.xlsx"):
        with pytest.raises(BadFile):
            write_table(path, table([ROW]))


def test_headers_are_in_the_language_of_the_export(tmp_path, catalogues_kk):
    path = tmp_path / "a.xlsx"
    write_table(path, table([ROW]), lang="kk")
    assert openpyxl.load_workbook(path).active["A1"].value == "Атауы"
    assert back(path) == [expected(ROW)]


@pytest.fixture
def catalogues_kk(tmp_path):
    from migdesk import i18n

    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    folder = tmp_path / "locale"
    folder.mkdir()
    for code in ("kk", "ru"):
        (folder / f"{code}.po").write_text(f'{head}msgid "Name"\nmsgstr "Атауы"\n', encoding="utf-8")
    i18n.load_catalogues(folder)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Прибытие: 2026/11", "Прибытие 2026 11"),
        ("'a'", "a"),
        ("", "List"),
        ("x" * 40, "x" * 31),
        ("[]", "List"),
    ],
)
def test_a_title_becomes_a_name_excel_takes(title, name):
    assert sheet_name(title) == name
