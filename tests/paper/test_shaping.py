"""Lines in Arabic letters and in Chinese: joined, in reading order, with foreign words and digits standing right."""

from __future__ import annotations

import unicodedata

import pytest

from migdesk.paper.shaping import isolated, set_line, set_paragraph


def seen(text: str, script: str = "arabic") -> str:
    """The line as the eye meets it from left to right, shapes of Arabic letters taken back to the letters."""
    line = set_line(text, script)
    assert not line.lacking
    pieces = sorted(line.pieces, key=lambda piece: piece.x)
    return unicodedata.normalize("NFKC", "".join(piece.text for piece in pieces)).replace("\u00a0", " ")


def test_a_date_stands_right_between_arabic_words() -> None:
    assert seen(f"تا {isolated('21.12.2026')} بیاورید") == "دیروایب 21.12.2026 ات"


def test_a_telephone_number_keeps_the_order_of_its_groups() -> None:
    assert "+7 701 123 45 67" in seen(f"تلفن {isolated('+7 701 123 45 67')} است")
    assert "+7 701 123 45 67" not in seen("تلفن +7 701 123 45 67 است"), "then a value need not be isolated"


@pytest.mark.parametrize("name", ["Yusupov Jasur", "Юсупов Жасур", "PVL-2026-000418", "FA1234567 (2)"])
def test_a_foreign_value_reads_from_left_to_right(name: str) -> None:
    assert name in seen(f"نام {isolated(name)} ثبت شد")


def test_brackets_open_towards_what_they_hold() -> None:
    assert seen("اب (جد) ه") == "ه (دج) با"
    assert seen("اب (3x4) ه") == "ه (3x4) با"
    assert seen("اب «جد»") == "«دج» با"


def test_half_a_pair_of_brackets_is_turned_as_well() -> None:
    assert seen("اب (جد") == "دج) با"
    assert seen("اب) جد") == "دج (با"


def test_arabic_letters_are_joined() -> None:
    alone, joined = set_line("ب", "arabic"), set_line("ببب", "arabic")
    shapes = [letter for piece in joined.pieces for letter in piece.text]
    assert len(set(shapes)) == 3
    assert joined.width < 3 * alone.width


def test_kazakh_letters_of_china_are_joined_too() -> None:
    for word in ("ٴوتىنىش", "جەكە", "تۇرۋعا", "ۆيزا", "ەڭبەك", "كۋالىك"):
        line = set_line(word, "arabic", True)
        assert not line.lacking
        drawn = sum(len(piece.text) for piece in line.pieces)
        assert drawn == len(word), word


def test_what_keeps_letters_apart_is_not_drawn() -> None:
    parted = set_line("می\u200cشود", "arabic")
    assert not parted.lacking
    assert sum(len(piece.text) for piece in parted.pieces) == 5
    assert parted.width > set_line("میشود", "arabic").width


def test_a_word_is_as_wide_as_its_letters() -> None:
    for piece in set_line("قۇجاتتارىڭىز قابىلداندى", "arabic").pieces:
        assert piece.face.width(piece.text) > 0
    line = set_line("قۇجات", "arabic")
    last = max(line.pieces, key=lambda piece: piece.x)
    assert line.width == pytest.approx(last.x + last.face.width(last.text), abs=0.02)


def test_chinese_breaks_between_letters_but_no_sign_begins_a_line() -> None:
    text = "括号内写有条件的材料，只有该条件适合您时才需要（身份证件上没有写明民族时）。请于21.12.2026再来。"
    for width in range(4, 20):
        lines = set_paragraph(text, "han", width)
        shown = ["".join(piece.text for piece in line.pieces) for line in lines]
        assert "".join(shown) == text
        assert all(line[0] not in "，。）" for line in shown)
        assert all(line[-1] != "（" for line in shown)
        assert any("21.12.2026" in line for line in shown)


def test_letters_that_no_face_has_are_named() -> None:
    assert set_line("龘", "han").lacking == "龘"
    assert set_line("اب 好", "arabic").lacking == "好"
    assert set_line("Ok 😀", "latin").lacking == "😀"
    assert set_line("اب \ue123", "arabic").lacking == "\ue123", "a private code is a glyph, not a letter"
