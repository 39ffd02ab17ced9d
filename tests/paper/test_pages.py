"""Pages as pictures and as words."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from migdesk.domain.person import Person
from migdesk.paper.draw import draw_form
from migdesk.paper.pages import count_pages, page_image
from tests.paper.forms import fill, tiny
from tests.paper.words import page_words


def _paper() -> bytes:
    form = tiny('[[text]]\nat = [50, 100]\ntext = { kk = "Қала", ru = "Город", en = "City" }\n')
    return draw_form(fill(form, person=Person())).content


def test_a_page_comes_in_tight_rgb_and_as_png() -> None:
    page = page_image(_paper(), 1, 50.8)
    assert (page.width, page.height) == (420, 595)
    assert len(page.rgb) == page.width * page.height * 3
    assert page.png().startswith(b"\x89PNG")
    assert page.rgb[:3] == b"\xff\xff\xff"


def test_words_come_with_their_places_in_millimetres() -> None:
    word = page_words(_paper(), 1)[0]
    assert word.text == "Қала"
    assert abs(word.x - 50) < 0.5
    assert abs(word.y - 100) < 1.5


def test_a_page_that_is_not_there() -> None:
    content = _paper()
    assert count_pages(content) == 1
    for number in (0, 2):
        with pytest.raises(IndexError):
            page_image(content, number)


def test_threads_take_turns() -> None:
    content = _paper()
    with ThreadPoolExecutor(4) as pool:
        shown = list(pool.map(lambda _n: page_image(content, 1, 40).rgb, range(12)))
    assert len(set(shown)) == 1
