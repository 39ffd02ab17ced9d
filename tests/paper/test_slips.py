"""Slips: every language says everything, every page holds, nothing passes for checked that is not."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from functools import cache
from typing import Any

import pytest

from migdesk import paths
from migdesk.domain.errors import BadFile
from migdesk.domain.person import Person
from migdesk.i18n import LANGUAGES, language, pick
from migdesk.paper.blocks import ChecklistBlock, SpokenBlock
from migdesk.paper.draw import draw_form
from migdesk.paper.layout import Filled, lay_out
from migdesk.paper.marks import Run, Tick
from migdesk.paper.pagewords import UNCHECKED
from migdesk.paper.shaping import set_line
from migdesk.paper.tongues import NONE, known_tongues, proposed, read_tongue
from migdesk.rules.procedure import in_force
from migdesk.rules.procedure_file import load_procedure
from tests.paper.forms import SLIPS, check_form, samples, slip
from tests.paper.test_forms import collisions, out_of_margins
from tests.paper.words import page_text

TONGUES = tuple(known_tongues())
SERVICES = ("rvp", "kandas_status", "kandas_quota", "labour_immigrant_permit")
TODAY = date(2026, 11, 23)


def spoken_blocks(code: str) -> list[SpokenBlock]:
    return [one.block for one in samples(code).template.flow if isinstance(one.block, SpokenBlock)]


@cache
def everything() -> list[tuple[str, str, str]]:
    """Language, key and text of everything slips can say."""
    return [(code, key, text) for code, one in known_tongues().items() for key, text in one.texts.items()]


def test_the_languages_that_were_asked_for_are_there() -> None:
    assert set(TONGUES) == {"uz", "ky", "tg", "zh", "mn", "tr", "fa", "kk_arab"}
    assert [one.code for one in known_tongues().values() if one.is_rtl] == ["fa", "kk_arab"]


def test_every_language_says_the_same_things_with_the_same_values() -> None:
    slots = {
        code: {key: set(re.findall(r"{(.*?)}", text)) for key, text in one.texts.items()}
        for code, one in known_tongues().items()
    }
    first = slots[TONGUES[0]]
    assert all(one == first for one in slots.values())


def test_everything_that_a_slip_says_has_its_words_and_values() -> None:
    said = [
        (code, block, tongue)
        for code in SLIPS
        for block in spoken_blocks(code)
        if block.of is None
        for tongue in known_tongues().values()
    ]
    assert {code for code, _block, _tongue in said} == set(SLIPS)
    for code, block, tongue in said:
        wanted = set(re.findall(r"{(.*?)}", tongue.texts[f"text.{block.say}"]))
        assert wanted == set(block.values), (code, block.say)


def test_every_paper_a_migrant_is_asked_for_has_a_name_in_every_language() -> None:
    wanted = {f"service.{code}" for code in SERVICES}
    for code in SERVICES:
        file = paths.resources() / "procedures" / f"{code}.toml"
        service = in_force(load_procedure(code, file.read_text(encoding="utf-8")), TODAY)
        assert service is not None
        wanted |= {f"paper.{code}.{paper.code}" for paper in service.papers}
    for code, tongue in known_tongues().items():
        own = {key for key in tongue.texts if not key.startswith("text.")}
        assert wanted <= own, code
        reused = {key: tongue.texts[key] for key in own - wanted}
        assert set(reused.values()) <= {tongue.texts[key] for key in wanted}, code
        assert (
            set(reused) == {key for key in known_tongues()["uz"].texts if key.startswith("paper.")} - wanted
        )


def test_words_that_are_used_again_name_papers_of_their_services() -> None:
    for key in known_tongues()["uz"].texts:
        kind, service, *paper = key.split(".")
        if kind == "paper":
            file = paths.resources() / "procedures" / f"{service}.toml"
            codes = {one.code for one in load_procedure(service, file.read_text(encoding="utf-8")).papers}
            assert paper[0] in codes, key


def test_every_letter_of_every_language_can_be_printed() -> None:
    assert {code for code, _key, _text in everything()} == set(known_tongues())
    for code, key, text in everything():
        script = known_tongues()[code].script
        for bold in (False, True):
            assert set_line(text, script, bold).lacking == "", (code, key)


def test_no_text_from_right_to_left_nests_its_brackets() -> None:
    brackets = {
        (code, key): "".join(letter for letter in text if letter in "()")
        for code, key, text in everything()
        if known_tongues()[code].is_rtl
    }
    assert any(brackets.values())
    assert [where for where, found in brackets.items() if found != "()" * (len(found) // 2)] == []


@pytest.mark.parametrize("tongue", [*TONGUES, NONE])
@pytest.mark.parametrize("key", ["ordinary", "worst"])
@pytest.mark.parametrize("code", SLIPS)
def test_every_slip_prints_in_every_language(code: str, key: str, tongue: str) -> None:
    for lang in LANGUAGES:
        filled = slip(code, key, lang, tongue)
        assert check_form(filled) == []
        assert out_of_margins(filled) == []
        assert collisions(filled) == []


@pytest.mark.parametrize("tongue", TONGUES)
@pytest.mark.parametrize("code", SLIPS)
def test_the_officer_reads_everything_that_the_slip_says(code: str, tongue: str) -> None:
    filled = slip(code, "ordinary", "ru", tongue)
    drawn = draw_form(filled)
    text = "".join("".join(page_text(drawn.content, n) for n in range(1, drawn.pages + 1)).split())
    with language("ru"):
        title = pick(filled.template.title)
        for block in spoken_blocks(code):
            if block.of is None and not block.values:
                assert "".join(str(block.words["ru"].pieces[0]).split()) in text, (title, block.say)


@pytest.mark.parametrize("code", SLIPS)
def test_one_language_alone_is_said_once_and_in_full_size(code: str) -> None:
    filled = slip(code, "ordinary", "ru", NONE)
    sizes = {run.size for run in _runs(filled) if run.grey == 0.3}
    assert sizes == set()


def test_papers_handed_in_are_ticked_and_those_to_bring_are_not() -> None:
    handed = [one for one in _marks(slip("slip_case", "ordinary", "kk", "fa")) if isinstance(one, Tick)]
    to_bring = [one for one in _marks(slip("slip_bring", "ordinary", "kk", "fa")) if isinstance(one, Tick)]
    assert (len(handed), len(to_bring)) == (3, 0)


def test_a_paper_without_words_in_the_language_stands_in_the_language_of_the_slip() -> None:
    filled = slip("slip_case", "ordinary", "ru", "fa")
    (row, *_rest) = filled.facts["papers"]  # type: ignore[misc]
    strange = {**filled.facts, "papers": [type(row)(n=1, name="Справка о составе семьи", code="other.one")]}
    text = page_text(draw_form(Filled(filled.template, "ru", strange, filled.names)).content, 1)
    assert "Справка о составе семьи" in text


@pytest.mark.parametrize("tongue", TONGUES)
def test_a_slip_says_that_its_translation_was_not_checked(tongue: str) -> None:
    content = draw_form(slip("slip_arrival", "ordinary", "ru", tongue)).content
    with language("ru"):
        warning = pick(UNCHECKED).format(language=pick(known_tongues()[tongue].name))
    assert known_tongues()[tongue].checked == (), "tell who read it, and where"
    assert warning in page_text(content, 1)


def test_a_text_that_a_native_reader_confirmed_is_no_longer_doubted() -> None:
    file = (paths.resources() / "slips" / "uz.toml").read_text(encoding="utf-8")
    some = read_tongue(file.replace("checked = []", 'checked = ["text.keep"]'), "uz.toml")
    assert not some.unchecked(["text.keep"])
    assert some.unchecked(["text.keep", "text.name"])
    with pytest.raises(BadFile) as problem:
        read_tongue(file.replace("checked = []", 'checked = ["text.nothing"]'), "uz.toml")
    assert problem.value.place == "checked"


def test_letters_that_cannot_be_printed_are_refused_in_a_slip_too() -> None:
    filled = slip("slip_arrival", "ordinary", "kk", "fa")
    for name, given in (("Юсупов 😀", "Жасур"), ("يوسف", ""), ("张", "伟")):
        facts = {**filled.facts, "person": Person(surname=name, given=given)}
        findings = check_form(Filled(filled.template, "kk", facts, filled.names))
        assert {one.code for one in findings} == {"form_letters"}, name


def test_the_same_slip_gives_the_same_bytes_whatever_was_drawn_before() -> None:
    first = draw_form(slip("slip_case", "ordinary", "kk", "fa")).content
    draw_form(slip("slip_case", "worst", "ru", "kk_arab"))
    assert draw_form(slip("slip_case", "ordinary", "kk", "fa")).content == first


@pytest.mark.parametrize(
    ("citizenship", "ethnicity", "tongue"),
    [
        ("CHN", "kazakh", "kk_arab"),
        ("CHN", "chinese", "zh"),
        ("CHN", "", "zh"),
        ("UZB", "kazakh", "uz"),
        ("MNG", "kazakh", "mn"),
        ("AFG", "", "fa"),
        ("IRN", "", "fa"),
        ("KGZ", "", "ky"),
        ("TJK", "", "tg"),
        ("TUR", "", "tr"),
        ("RUS", "", NONE),
        ("", "", NONE),
    ],
)
def test_a_language_is_proposed_by_citizenship(citizenship: str, ethnicity: str, tongue: str) -> None:
    assert proposed(citizenship, ethnicity) == tongue


def test_every_slip_asks_for_the_language_and_lists_papers_by_data() -> None:
    for code in SLIPS:
        form = samples(code).template
        asked = {ask.key: ask for ask in form.asks}
        assert set(asked["tongue"].options) == {*TONGUES, NONE}
        raw: dict[str, Any] = tomllib.loads((paths.forms() / code / "2026-1.toml").read_text("utf-8"))
        assert raw["provenance"]["layout"] == "working"
    assert isinstance(samples("slip_bring").template.flow[-3].block, ChecklistBlock)


def _marks(filled: Filled) -> list[object]:
    return [mark for page in lay_out(filled).pages for _y, strip in page.strips for mark in strip.marks]


def _runs(filled: Filled) -> list[Run]:
    return [mark for mark in _marks(filled) if isinstance(mark, Run)]
