"""Whatever is typed, a paper is whole or refused by name."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from migdesk.domain.person import Person
from migdesk.paper.draw import draw_form
from migdesk.paper.fonts import clean
from migdesk.paper.layout import Filled, lay_out
from migdesk.paper.marks import Run
from tests.paper.forms import CODES, samples

LETTERS = st.sampled_from("АӘғҚңөұүһі ЪыWij'’-.,/\n\t\u00a0\u200b\u0306 汉ع\x00\ud800🙂{}|%\\()")
PRINTABLE = st.sampled_from("АӘғҚңөұүһіЪыWijİş'’-.,/\\(){}|%@&;:№«»—₸ \n\t\u00a0\u200b")
HOSTILE = st.one_of(
    st.text(PRINTABLE, max_size=200),
    st.text(PRINTABLE, max_size=60),
    st.text(LETTERS, max_size=90),
    st.text(max_size=60),
    st.text("Щ", max_size=1500),
)
KNOWN = {"form_letters", "form_too_long", "form_too_tall"}


def _with(code: str, **texts: str) -> Filled:
    filled = samples(code).filled("ordinary", "kk")
    facts = dict(filled.facts)
    person = facts.get("person")
    if person is not None:
        assert isinstance(person, Person)
        facts["person"] = replace(person, **texts)
    for root in ("family", "household"):
        rows = facts.get(root)
        if isinstance(rows, list):
            facts[root] = [replace(row, name=texts["surname"], number=texts["given"]) for row in rows]
    return Filled(filled.template, "kk", facts, filled.names)


@pytest.mark.parametrize("code", [one for one in CODES if "person" in samples(one).template.roots])
@given(surname=HOSTILE, given=HOSTILE, surname_latin=HOSTILE, birth_place=HOSTILE)
@settings(max_examples=60)
def test_hostile_names_are_printed_whole_or_refused(
    code: str, surname: str, given: str, surname_latin: str, birth_place: str
) -> None:
    filled = _with(code, surname=surname, given=given, surname_latin=surname_latin, birth_place=birth_place)
    laid = lay_out(filled)
    if laid.findings:
        assert {finding.code for finding in laid.findings} <= KNOWN
        assert all(finding.field or finding.code == "form_too_tall" for finding in laid.findings)
        return
    runs = [mark for page in laid.pages for _y, strip in page.strips for mark in strip.marks]
    texts = [mark.text for mark in runs if isinstance(mark, Run)]
    printed = "".join("".join(texts).split())
    shown = "".join(clean(surname if code != "registration_slip" else surname_latin.upper()).split())
    assert shown in printed
    page = filled.template.page
    for mark in runs:
        if isinstance(mark, Run):
            assert mark.x >= page.left - 0.1
            assert mark.x + mark.face.width(mark.text) * mark.size <= page.width - page.right + 1
    assert draw_form(filled).pages == len(laid.pages)


def test_a_name_of_a_thousand_letters_goes_over_several_pages_or_is_refused() -> None:
    laid = lay_out(
        _with("kandas_application", surname="Щ" * 20_000, given="", surname_latin="", birth_place="")
    )
    assert {finding.code for finding in laid.findings} == {"form_too_tall"}
