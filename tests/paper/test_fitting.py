"""Fitting never loses a letter and never runs over."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migdesk.paper.fitting import SMALLEST, fit, flow, line_height, wrap
from migdesk.paper.fonts import clean, face, spelled

TEXT = st.text(alphabet="АӘҒҚңөұүһі-, /@abcW7", max_size=120)
WORST = "Ғабдулғұмаровтаңқыбайнияздархановкөлбайсұлтанмұхамедярғазин"


@given(TEXT, st.floats(12, 400), st.floats(4, 14))
def test_wrapped_lines_hold_every_letter_and_fit(text: str, width: float, size: float) -> None:
    serif = face("serif")
    lines = wrap(text, serif, size, width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    for line in lines:
        assert serif.width(line) * size <= width + 0.001 or len(line) == 1


@given(TEXT, st.floats(30, 400))
def test_flowing_text_shrinks_to_seven_tenths_at_most(text: str, width: float) -> None:
    fitted = flow(text, face("serif"), 10, width)
    assert 10 * SMALLEST - 0.01 <= fitted.size <= 10
    assert "".join("".join(fitted.lines).split()) == "".join(text.split())


@given(TEXT, st.floats(20, 200), st.floats(8, 60), st.booleans())
def test_a_fitted_text_is_whole_or_nothing(text: str, width: float, height: float, shrink: bool) -> None:
    fitted = fit(text, face("serif"), 10, (width, height), shrink=shrink)
    if fitted is None:
        return
    assert "".join("".join(fitted.lines).split()) == "".join(text.split())
    assert len(fitted.lines) * line_height(fitted.size) <= height + 0.1 or len(fitted.lines) == 1
    assert shrink or fitted.size == 10


def test_a_long_surname_shrinks_before_it_breaks() -> None:
    serif = face("serif")
    width = serif.width(WORST) * 10 * 0.8
    fitted = flow(f"{WORST} Айсұлу", serif, 10, width)
    assert fitted.lines == (WORST, "Айсұлу")
    assert fitted.size < 10


def test_a_line_that_nearly_fits_is_shrunk_rather_than_broken() -> None:
    serif = face("serif")
    text = "Павлодар облысы, Ломов к-сі, 40-үй"
    assert flow(text, serif, 10, serif.width(text) * 9.5).lines == (text,)
    assert len(flow(text, serif, 10, serif.width(text) * 8).lines) == 2


def test_a_hyphen_is_a_better_place_to_break_than_a_letter() -> None:
    serif = face("serif")
    assert wrap("Мұхаммед-Әлиасқар", serif, 10, serif.width("Мұхаммед-Әли") * 10) == ("Мұхаммед-", "Әлиасқар")


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("И\u0306", "Й"),
        ("a\u200bb\ufeffc", "abc"),
        ("5\u202f000", "5\u00a0000"),
        ("к\u2011сі", "к-сі"),
        ("a\tb", "a b"),
        ("a\r\nb", "a\nb"),
    ],
)
def test_invisible_signs_and_composed_letters(raw: str, cleaned: str) -> None:
    assert clean(raw) == cleaned


def test_the_faces_have_the_letters_of_the_region() -> None:
    letters = "ӘҒҚҢӨҰҮҺІәғқңөұүһіЁёЎўҚқҒғҲҳҶҷӢӣӮӯŞşĞğİıÖöÜüÇçƏə№«»—…"
    for name in ("serif", "serif-medium", "serif-bold", "sans", "sans-bold"):
        assert face(name).lacks(letters) == "", name
    assert face("serif").lacks("5 000 ₸ ✓") == ""
    assert face("sans").lacks("5 000 ₸ ✓") == "₸✓"
    assert face("serif").lacks("汉\a") == "汉\a"
    assert spelled("汉\a") == "汉 U+0007"
