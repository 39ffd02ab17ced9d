"""The shipped forms: every sample prints in every language, nothing collides, golden pages hold."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest
from PIL import Image, ImageChops, ImageStat

from migdesk import paths
from migdesk.domain.dates import PartialDate
from migdesk.domain.person import Person
from migdesk.paper.draw import draw_form
from migdesk.paper.layout import Filled, lay_out
from migdesk.paper.marks import Code, Run
from migdesk.paper.template import list_codes
from tests.paper.forms import CODES, check_form, every_sample, samples
from tests.paper.golden import CASES, FOLDER, picture_of, words_of
from tests.paper.words import page_text

Box = tuple[float, float, float, float, str]


def _source(code: str) -> str:
    """The newest revision of a form as it is written."""
    newest = max((paths.forms() / code).glob("2*.toml"))
    return newest.read_text(encoding="utf-8")


def _boxes(filled: Filled) -> list[list[Box]]:
    """Left, top, right, bottom and text of every piece of text and code, page by page."""
    pages = []
    for page in lay_out(filled).pages:
        boxes: list[Box] = []
        for y, strip in page.strips:
            for mark in strip.marks:
                if isinstance(mark, Run) and mark.text.strip() and not unicodedata.combining(mark.text[0]):
                    width = mark.face.width(mark.text) * mark.size + mark.stretch * mark.text.count(" ")
                    top = y + mark.y - mark.size * 0.6
                    boxes.append((mark.x, top, mark.x + width, y + mark.y, mark.text))
                elif isinstance(mark, Code):
                    boxes.append((mark.x, y + mark.y, mark.x + mark.width, y + mark.y + mark.height, "QR"))
        pages.append(boxes)
    return pages


def test_the_list_of_forms_is_complete() -> None:
    assert tuple(list_codes(paths.forms())) == CODES


def out_of_margins(filled: Filled) -> list[str]:
    """Texts that reach over an edge."""
    page = filled.template.page
    return [
        text
        for boxes in _boxes(filled)
        for left, top, right, bottom, text in boxes
        if left < page.left - 0.1 or right > page.width - page.right + 0.6 or top < 0 or bottom > page.height
    ]


def collisions(filled: Filled) -> list[tuple[str, str]]:
    """Pairs of texts of which one lies on the other."""
    found = []
    for boxes in _boxes(filled):
        for n, (left, top, right, bottom, text) in enumerate(boxes):
            for other_left, other_top, other_right, other_bottom, other in boxes[n + 1 :]:
                apart = right <= other_left + 0.3 or other_right <= left + 0.3
                if not (apart or bottom <= other_top + 0.3 or other_bottom <= top + 0.3):
                    found.append((text, other))
    return found


@pytest.mark.parametrize(("code", "key", "language"), every_sample())
def test_every_sample_prints_within_its_margins(code: str, key: str, language: str) -> None:
    filled = samples(code).filled(key, language)
    assert check_form(filled) == []
    assert out_of_margins(filled) == []


@pytest.mark.parametrize(("code", "key", "language"), every_sample())
def test_no_text_lies_on_another(code: str, key: str, language: str) -> None:
    assert collisions(samples(code).filled(key, language)) == []


@pytest.mark.parametrize("code", CODES)
def test_a_form_says_how_far_it_is_official(code: str) -> None:
    provenance = samples(code).template.provenance
    assert provenance.layout != "official", "no annex was compared with adilet.zan.kz yet"
    assert provenance.mark
    assert provenance.sources
    drawn = draw_form(samples(code).filled("ordinary", "kk"))
    honest = "Ақпараттық үзінді" if provenance.extract else "Ішкі нысан"
    assert honest in page_text(drawn.content, 1)
    assert "қосымша" not in page_text(drawn.content, 1), "an annex number nobody has checked"


def test_kazakh_letters_come_back_whole() -> None:
    drawn = draw_form(samples("kandas_decision").filled("worst", "kk"))
    text = " ".join(page_text(drawn.content, n) for n in range(1, drawn.pages + 1)).replace("\r\n", " ")
    assert "СОЛТҮСТІК ҚАЗАҚСТАН ОБЛЫСЫ ҒАБИТ МҮСІРЕПОВ АТЫНДАҒЫ АУДАН" in text
    assert "2026 жылғы «21» желтоқсан" in text
    assert set("ӘҒҚҢӨҰҮҺІәғқңөұүі") - set(text) <= set("ҢӨҺ")


def test_a_decision_prints_its_own_kind() -> None:
    texts = {
        key: page_text(draw_form(samples("kandas_decision").filled(key, "ru")).content, 1)
        for key in ("ordinary", "extension", "refusal")
    }
    assert "Присвоить статус" in texts["ordinary"]
    assert "обжаловано" not in texts["ordinary"]
    assert "Продлить статус" in texts["extension"]
    assert "Отказать" in texts["refusal"]
    assert "обжаловано" in texts["refusal"]
    assert "(пункт 2 протокола)" in texts["refusal"]


def test_a_family_of_twelve_goes_on_under_the_same_head() -> None:
    filled = samples("kandas_application").filled("worst", "kk")
    drawn = draw_form(filled)
    pages = [page_text(drawn.content, n) for n in range(1, drawn.pages + 1)]
    holding = [text for text in pages if "Туыстық" in text]
    assert len(holding) == 2
    everything = "".join("".join(pages).split())
    for row in filled.facts["family"]:  # type: ignore[attr-defined]
        assert "".join(row.name.split()) in everything


def test_qr_of_the_slip_names_number_day_and_passport() -> None:
    filled = samples("registration_slip").filled("ordinary", "kk")
    payloads = [
        mark.payload
        for page in lay_out(filled).pages
        for _y, strip in page.strips
        for mark in strip.marks
        if isinstance(mark, Code)
    ]
    assert payloads == ["MIGDESK|PVL-T-2026-000418|2026-11-23|FA1234567"]


@pytest.mark.parametrize("code", [code for code in CODES if 'value = "person.birth_date"' in _source(code)])
def test_an_estimated_birth_date_says_so_and_fits(code: str) -> None:
    filled = samples(code).filled("worst", "en")
    person = filled.facts["person"]
    assert isinstance(person, Person)
    born = replace(person, birth_date=PartialDate(1987, 12, 28), birth_estimated=True)
    marked = replace(filled, facts={**filled.facts, "person": born})
    assert check_form(marked) == []
    assert out_of_margins(marked) == []
    assert collisions(marked) == []
    drawn = draw_form(marked)
    text = " ".join(page_text(drawn.content, page) for page in range(1, drawn.pages + 1))
    assert "(est.)" in text


@pytest.mark.parametrize(("code", "key", "language"), CASES)
def test_golden_words_stay_in_their_places(code: str, key: str, language: str) -> None:
    drawn = draw_form(samples(code).filled(key, language))
    for page in range(1, drawn.pages + 1):
        lines = (FOLDER / f"{code}-{key}-{language}-{page}.tsv").read_text(encoding="utf-8").splitlines()
        golden = [(text, float(x), float(y)) for text, x, y in (line.split("\t") for line in lines)]
        found = words_of(drawn.content, page)
        assert [word[0] for word in found] == [word[0] for word in golden]
        for (text, x, y), (_text, golden_x, golden_y) in zip(found, golden, strict=True):
            assert abs(x - golden_x) <= 0.3, text
            assert abs(y - golden_y) <= 0.3, text


@pytest.mark.parametrize(("code", "key", "language"), CASES)
def test_golden_pictures_look_the_same(code: str, key: str, language: str) -> None:
    drawn = draw_form(samples(code).filled(key, language))
    for page in range(1, drawn.pages + 1):
        with Image.open(FOLDER / f"{code}-{key}-{language}-{page}.png") as golden:
            difference = ImageChops.difference(golden, picture_of(drawn.content, page))
        assert ImageStat.Stat(difference).mean[0] < 1.5
