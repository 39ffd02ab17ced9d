"""Sources of law: named in the language of whoever reads, short where there is little room."""

from __future__ import annotations

import re
import tomllib

import pytest

from migdesk import paths
from migdesk.domain.datafile import Keys
from migdesk.domain.errors import BadFile
from migdesk.i18n import LANGUAGES, language
from migdesk.rules.sources import read_citations

HEAD = '[[source]]\nid = "s"\nread = 2026-11-01\nconfidence = "reported"\nmark = "V2"\n'
THREE = '{ kk = "№ 83 бұйрық", ru = "Приказ № 83", en = "Order No. 83" }'


def read(text: str):
    return read_citations(Keys.parse(HEAD + text, "pack.toml"))["s"].source


def test_an_act_is_named_in_the_language_of_the_moment():
    source = read(f'act = {THREE}\narticle = {{ kk = "3-бап", ru = "ст. 3", en = "art. 3" }}\n')
    for code, act, article in (
        ("kk", "№ 83 бұйрық", "3-бап"),
        ("ru", "Приказ № 83", "ст. 3"),
        ("en", "Order No. 83", "art. 3"),
    ):
        with language(code):
            assert (source.act, source.article) == (act, article)
            assert source.as_json() == {"act": act, "article": article, "confidence": "reported"}
            assert source.in_english == "Order No. 83"


def test_plain_words_are_the_same_in_every_language():
    source = read('act = "V2300032983"\n')
    for code in LANGUAGES:
        with language(code):
            assert (source.act, source.article, source.in_english) == ("V2300032983", "", "V2300032983")


@pytest.mark.parametrize("act", ['{ kk = "а", ru = "б" }', "5", '""'])
def test_an_act_without_one_of_the_languages_is_refused(act):
    with pytest.raises(BadFile):
        read(f"act = {act}\n")


FILES = [
    file
    for room in ("rules", "procedures")
    for file in sorted((paths.resources() / room).glob("*.toml"))
    if not file.name.endswith(".cases.toml")
]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_act_and_article_with_words_in_it_stands_in_three_languages(file):
    """English acts stood between Kazakh words on the screen."""
    plain = [
        one[key]
        for one in tomllib.loads(file.read_text(encoding="utf-8"))["source"]
        for key in ("act", "article")
        if isinstance(one.get(key), str) and re.search(r"[A-Za-z]{3}", one[key]) and " " in one[key]
    ]
    assert plain == []
