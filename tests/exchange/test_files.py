"""Files that are not what they seem: each is refused with its reason, or read with a remark."""

import os
import struct
import zipfile
import zlib

import pytest

from migdesk.domain.errors import BadFile, Cancelled
from migdesk.exchange import book
from migdesk.exchange.book import open_book
from migdesk.exchange.peek import read_outline
from migdesk.exchange.wholefile import whole_file
from tests.exchange.books import HEADER, ROW, changed, codes, one_row, read, save

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
TEXT_ROW = [value.strftime("%d.%m.%Y") if hasattr(value, "strftime") else value for value in ROW]


def refusal(path):
    with pytest.raises(BadFile) as caught:
        read(path)
    assert caught.value.path == str(path)
    assert "{" not in caught.value.words()
    return caught.value


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.xlsx", b"", "empty"),
        ("a.xlsx", b"hello", "not a workbook"),
        ("a.xlsx", b"PK\x03\x04 cut off", "damaged"),
        ("a.xls", OLE + b"\0" * 600, "not a workbook"),
        ("a.xls", OLE + "Workbook".encode("utf-16-le") + b"\0" * 600, "damaged"),
        ("a.xlsx", OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "password"),
        ("a.xls", b"<html><table><tr><td>1</td></tr></table></html>", "web page"),
        ("a.xls", b'\xef\xbb\xbf<?xml version="1.0"?><Workbook/>', "web page"),
        ("a.xlsx", b"%PDF-1.7", "PDF"),
        ("a.csv", b"\x00\x01\x02,", "not a workbook"),
        ("a.csv", b"one column only\nand nothing else", "No columns"),
        ("~$a.xlsx", b"\x05owner", "trace"),
    ],
)
def test_what_is_no_workbook_is_refused_with_its_reason(tmp_path, name, content, said):
    path = tmp_path / name
    path.write_bytes(content)
    assert said in refusal(path).words()


@pytest.mark.parametrize(
    ("member", "said"),
    [("xl/workbook.bin", ".xlsb"), ("word/document.xml", "Word"), ("a.txt", "not a workbook")],
)
def test_other_archives_are_refused(tmp_path, member, said):
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(member, "x")
    assert said in refusal(path).words()


def test_a_file_that_is_not_there_or_is_a_folder(tmp_path):
    assert "no such file" in refusal(tmp_path / "none.xlsx").words()
    assert "a folder" in refusal(tmp_path).words()


def test_a_workbook_cut_in_the_middle_is_damaged(tmp_path):
    path = save(tmp_path / "a.xlsx", HEADER, ROW)
    path.write_bytes(path.read_bytes()[:-400])
    assert "damaged" in refusal(path).words()


def test_a_broken_sheet_is_named(tmp_path):
    path = save(tmp_path / "a.xlsx", HEADER, ROW)
    rewrite(path, "xl/worksheets/sheet1.xml", lambda xml: xml[: len(xml) // 2])
    assert refusal(path).place == "Прибытие"


def test_an_error_no_reader_knows_names_its_cell(tmp_path):
    def spoil(_book, sheet):
        sheet["B2"].value, sheet["B2"].data_type = "#БУДЕТ!", "e"

    assert refusal(save(tmp_path / "a.xlsx", HEADER, ROW, spoil=spoil)).place == "Прибытие!B2"


def test_an_empty_sheet(tmp_path):
    assert "empty" in refusal(save(tmp_path / "a.xlsx")).words()


def test_no_known_header_names_the_sheets_and_tells_what_to_do(tmp_path):
    found = refusal(save(tmp_path / "a.xlsx", ["apples", "pears"], [1, 2]))
    assert found.place == "Прибытие"
    assert "template" in found.words()


def test_a_wanted_sheet_that_is_not_there(tmp_path):
    path = save(tmp_path / "a.xlsx", HEADER, ROW)
    with pytest.raises(BadFile) as caught:
        read(path, sheet="Март")
    assert caught.value.place == "Март"


def rewrite(path, member, change):
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[member] = change(parts[member])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def test_an_archive_that_unfolds_to_too_much_is_refused_unopened(tmp_path, monkeypatch):
    monkeypatch.setattr(book, "UNZIPPED_LIMIT", 2_000_000)
    path = save(tmp_path / "a.xlsx", HEADER, ROW)
    rewrite(path, "docProps/app.xml", lambda _xml: b" " * 3_000_000)
    assert "too large" in refusal(path).words()


def test_an_archive_that_lies_about_its_size_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(book, "UNZIPPED_LIMIT", 2_000_000)
    path = save(tmp_path / "a.xlsx", HEADER, ROW)
    rewrite(path, "docProps/app.xml", lambda _xml: b" " * 3_000_000)
    content = path.read_bytes()
    true = struct.pack("<L", 3_000_000)
    assert content.count(true) == 2
    path.write_bytes(content.replace(true, struct.pack("<L", 9_000)))
    assert "too large" in refusal(path).words()


def test_a_stray_cell_at_the_end_of_the_world_is_named_before_it_takes_the_memory(tmp_path):
    def spoil(_book, sheet):
        sheet["XFD1000000"] = "x"

    assert refusal(save(tmp_path / "a.xlsx", HEADER, ROW, spoil=spoil)).place == "Прибытие!XFD1000000"


@pytest.mark.parametrize(
    ("wrong", "cell"),
    [
        (b'r="XFD9999999"', "XFD9999999"),
        (b'r="A9999999999"', "A9999999999"),
        (b"r='A4294967295'", "A4294967295"),
        (b'r = "ZZZZZZ5"', "ZZZZZZ5"),
        (b'r="A0"', "A0"),
        (b'r="A-5"', "A-5"),
    ],
)
def test_an_address_that_no_sheet_has_is_named_before_it_takes_the_program_with_it(tmp_path, wrong, cell):
    path = save(tmp_path / "a.xlsx", HEADER, ROW)
    rewrite(path, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b'r="A2"', wrong))
    found = refusal(path)
    assert (found.place, "no cell of this address" in found.text) == (f"Прибытие!{cell}", True)


@pytest.mark.parametrize("wrong", [b'r="ABC1048576"', b'r="ALL99999"'])
def test_a_cell_far_below_the_row_it_stands_in_is_a_stray_one(tmp_path, wrong):
    path = save(tmp_path / "a.xlsx", HEADER, ROW)
    rewrite(path, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b'r="A2"', wrong))
    found = refusal(path)
    assert (found.place, "stands so far" in found.text) == (f"Прибытие!{wrong[3:-1].decode()}", True)


def test_a_sheet_whose_addresses_cannot_be_looked_at_is_refused(tmp_path):
    path = save(tmp_path / "a.xlsx", HEADER, ROW)
    rewrite(path, "xl/worksheets/sheet1.xml", lambda xml: xml.decode().encode("utf-16"))
    assert "damaged" in refusal(path).words()


@pytest.mark.parametrize("formula", ['=IF(r="A-5",1,2)', '=IF(A2&" r="="",1,2)'])
def test_an_address_in_a_formula_is_none(tmp_path, formula):
    def spoil(_book, sheet):
        sheet["L2"] = formula

    assert [row.number for row in read(save(tmp_path / "a.xlsx", HEADER, ROW, spoil=spoil)).rows()] == [2]


@pytest.mark.parametrize("name", ["a.xls", "a.ods", "a.xlsb", "a.csv", "a"])
def test_a_workbook_is_known_by_its_content_whatever_it_is_called(tmp_path, name):
    path = save(tmp_path / "a.xlsx", HEADER, ROW).replace(tmp_path / name)
    assert (read(path).kind, one_row(path).values["surname"]) == ("xlsx", ROW[0])


def test_formatted_blank_cells_far_away_do_no_harm(tmp_path):
    def spoil(_book, sheet):
        sheet["XFD1000000"].number_format = "@"

    assert len(list(read(save(tmp_path / "a.xlsx", HEADER, ROW, spoil=spoil)).rows())) == 1


def test_tags_with_a_prefix_are_understood(tmp_path):
    def spoil(_book, sheet):
        sheet.row_dimensions[2].hidden = True
        sheet["B2"].value, sheet["B2"].data_type = "#N/A", "e"

    def prefixed(xml):
        for tag in (b"worksheet", b"sheetData", b"row", b"c", b"v", b"is", b"t", b"f"):
            for a, b in (
                (b"<%s ", b"<x:%s "),
                (b"<%s>", b"<x:%s>"),
                (b"</%s>", b"</x:%s>"),
                (b"<%s/>", b"<x:%s/>"),
            ):
                xml = xml.replace(a % tag, b % tag)
        return xml.replace(b"xmlns=", b"xmlns:x=")

    path = save(tmp_path / "a.xlsx", HEADER, ROW, spoil=spoil)
    rewrite(path, "xl/worksheets/sheet1.xml", prefixed)
    marks = open_book(path).sheet("Прибытие").marks
    assert (marks.hidden_rows, marks.errors) == ({2}, {(2, 1): "#N/A"})


def test_a_workbook_of_the_strict_kind_is_understood(tmp_path):
    usual = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    strict = b"http://purl.oclc.org/ooxml/officeDocument/relationships"
    path = save(tmp_path / "a.xlsx", HEADER, ROW)
    rewrite(path, "xl/workbook.xml", lambda xml: xml.replace(usual, strict))
    with zipfile.ZipFile(path) as archive:
        assert read_outline(archive).parts == {"Прибытие": "xl/worksheets/sheet1.xml"}


URN = "urn:oasis:names:tc:opendocument:xmlns"
ODS = f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="{URN}:office:1.0" xmlns:table="{URN}:table:1.0" xmlns:text="{URN}:text:1.0"
 xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0" office:version="1.3">
<office:body><office:spreadsheet><table:table table:name="Лист1">{{rows}}</table:table></office:spreadsheet>
</office:body></office:document-content>"""


def ods(path, *rows):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", ODS.format(rows="".join(rows)))
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    return path


def ods_row(values, attributes=""):
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    cells = "".join(cell.format(value) for value in values)
    return f"<table:table-row {attributes}>{cells}</table:table-row>"


def test_an_ods_is_read_with_its_hidden_rows(tmp_path):
    tail = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>'
    hidden = ods_row(TEXT_ROW, 'table:visibility="collapse"')
    reading = read(ods(tmp_path / "a.ods", ods_row(HEADER), ods_row(TEXT_ROW), hidden, tail))
    assert [row.hidden for row in reading.rows()] == [False, True]
    assert "3:hidden_rows" in codes(reading.problems)


def test_an_ods_that_repeats_a_value_a_billion_times_is_refused(tmp_path):
    cell = '<table:table-cell office:value-type="string" table:number-columns-repeated="16000"/>'
    row = f'<table:table-row table:number-rows-repeated="1000000">{cell}</table:table-row>'
    assert refusal(ods(tmp_path / "a.ods", ods_row(HEADER), row)).place == "A2"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_a_csv_in_any_encoding_and_with_any_delimiter(tmp_path, encoding, delimiter):
    path = tmp_path / "a.csv"
    quoted = [f'"{text}"' for text in TEXT_ROW]
    path.write_text(
        f"{delimiter.join(HEADER)}\r\n{delimiter.join(quoted)}\r\n", encoding=encoding, newline=""
    )
    (row,) = read(path).rows()
    assert (row.values["surname"], row.values["arrived_on"].isoformat()) == ("Әбдірахманов", "2026-11-21")
    assert row.problems == ()


@pytest.mark.parametrize(
    ("encoding", "surname"), [("cp1251", "Ўсмонов"), ("kz1048", "Әбдірахманов"), ("kz1048", "Қаңтаров")]
)
def test_a_csv_of_old_windows_russian_or_kazakh(tmp_path, encoding, surname):
    path = tmp_path / "a.csv"
    row = [surname, "Алексей", *TEXT_ROW[2:]]
    header = [text.replace("Қ", "К") for text in HEADER]
    path.write_bytes(f"{';'.join(header)}\r\n{';'.join(row)}\r\n".encode(encoding))
    (found,) = read(path).rows()
    assert found.values["surname"] == surname


@pytest.mark.parametrize(
    ("begin", "row"),
    [
        (";".join(HEADER).encode(), 3),
        (";".join(HEADER).encode("utf-8-sig"), None),
        (";".join(HEADER).encode("cp1251"), 3),
        (";".join(HEADER).replace("И", "").encode(), 3),
    ],
)
def test_a_csv_of_two_encodings_names_the_row_that_is_not_of_the_first(tmp_path, begin, row):
    path = tmp_path / "a.csv"
    path.write_bytes(begin + b"\r\nNAME;B\r\n\xff\xfe;\x98\xd0\r\n")
    found = refusal(path)
    assert (found.place, "letters" in found.text) == ("" if row is None else str(row), True)


def test_a_quotation_mark_that_is_never_closed_is_named_by_its_row(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(";".join(HEADER) + '\n"Ким;' + ";".join(TEXT_ROW[1:]) + "\n", encoding="utf-8")
    assert refusal(path).place == "2"


def test_a_csv_has_scientific_notation_and_lost_zeros_too(tmp_path):
    path = tmp_path / "a.csv"
    lines = [HEADER, [*TEXT_ROW[:8], "8,70305E+11"], [*TEXT_ROW[:8], "10305301234"]]
    path.write_text("\n".join(";".join(line) for line in lines), encoding="utf-8")
    assert [codes(row.problems) for row in read(path).rows()] == [["I2:scientific"], ["I3:lost_zeros"]]


def test_a_workbook_with_unknown_words_is_read_by_the_operators_mapping(tmp_path):
    path = save(tmp_path / "a.xlsx", ["Перечень"], ["a", "b"], ["Ким", "05.03.1987"])
    reading = read(path, header_row=2, mapping={0: "surname", 1: "birth_date"})
    assert [row.values["surname"] for row in reading.rows()] == ["Ким"]


def test_reading_can_be_stopped_and_begun_again(tmp_path):
    path = save(tmp_path / "a.xlsx", HEADER, *([ROW] * 2_500))
    reading, steps = read(path), []

    def stop(done, total):
        steps.append((done, total))
        if done == 2_000:
            raise Cancelled

    with pytest.raises(Cancelled):
        list(reading.rows(stop))
    assert steps == [(1_000, 2_500), (2_000, 2_500)]
    assert len(list(reading.rows())) == 2_500


def test_the_file_is_let_go_when_it_was_read(tmp_path):
    path = save(tmp_path / "a.xlsx", HEADER, ROW)
    reading = read(path)
    path.rename(tmp_path / "b.xlsx")
    assert len(list(reading.rows())) == 1


def test_a_hundred_thousand_rows_are_read_one_by_one(tmp_path):
    import xlsxwriter

    path = tmp_path / "a.xlsx"
    workbook = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = workbook.add_worksheet()
    look = workbook.add_format({"num_format": "dd.mm.yyyy"})
    sheet.write_row(0, 0, HEADER[:6])
    for number in range(1, 100_001):
        sheet.write_string(number, 0, f"Ким{number}")
        sheet.write_datetime(number, 5, ROW[5], look)
    workbook.close()
    reading, count, last = read(path), 0, None
    for row in reading.rows():
        count, last = count + 1, row
    assert (reading.height, count, last.number) == (100_000, 100_000, 100_001)
    assert last.values == {"surname": "Ким100000", "arrived_on": ROW[5]}


def test_unfolding_is_counted_only_as_far_as_needed(tmp_path):
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 5_000_000)
    with zipfile.ZipFile(path) as archive, path.open("rb") as stream:
        part = archive.infolist()[0]
        assert book._unfolded(stream, part, 10_000_000) == 5_000_000
        assert 1_000_000 < book._unfolded(stream, part, 1_000_000) < 3_500_000
    assert zlib.MAX_WBITS == 15


def test_changed_is_what_the_other_tests_think(tmp_path):
    assert changed("Имя", "Х")[1] == "Х"


@pytest.mark.parametrize("above", ["sep=;", "Список прибывших", "Ноябрь;2026", "a;" * 60])
def test_a_csv_whose_rows_differ_in_length(tmp_path, above):
    """A title line shorter than the header made the program fail."""
    path = tmp_path / "a.csv"
    path.write_text(f"{above}\n{';'.join(HEADER)}\n{';'.join(map(str, TEXT_ROW))}\n", encoding="utf-8")
    (row,) = read(path).rows()
    assert row.values["surname"] == ROW[0]


def test_what_a_killed_export_left_goes_with_the_next_one(tmp_path):
    """A hidden file with everybody in it stayed in the folder for ever; one just being written stays."""
    old, new = tmp_path / ".migdesk-old.xlsx", tmp_path / ".migdesk-new.xlsx"
    for file in (old, new):
        file.write_bytes(b"people")
    os.utime(old, (0, 0))
    with whole_file(tmp_path / "out.xlsx") as file:
        file.write_bytes(b"whole")
    assert sorted(one.name for one in tmp_path.iterdir()) == [new.name, "out.xlsx"]
