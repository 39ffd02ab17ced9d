"""Panels of purposes: each shipped one is sound, and a slip in one is told by file and key."""

from __future__ import annotations

import pytest

from migdesk.domain.errors import BadFile
from migdesk.domain.fields import Code, Day
from migdesk.rules.purposes import load_panel, load_panels
from migdesk.services import law
from migdesk.services.lists import read_list

PURPOSES = {
    "work",
    "study",
    "kandas",
    "family",
    "treatment",
    "missionary",
    "business",
    "transit",
    "refuge",
    "internal_migrant",
    "return",
}
TEXTS = '{ kk = "а", ru = "б", en = "c" }'
WHOLE = f"""
purpose = "study"
terms = ["notice.arrival"]
cited = "own"
[[source]]
id = "own"
act = "List"
read = 2026-11-23
confidence = "unverified"
mark = "U"
[[field]]
key = "school_name"
kind = "text"
label = {TEXTS}
[[paper]]
code = "ticket"
title = {TEXTS}
[[papers_of]]
service = "rvp"
papers = ["enrolment"]
"""


def test_every_purpose_of_the_desk_has_a_panel():
    assert set(law.load_panels()) == PURPOSES
    assert set(read_list("purposes")) >= PURPOSES


@pytest.mark.parametrize("purpose", sorted(PURPOSES))
def test_a_shipped_panel_names_only_what_there_is(purpose):
    panel = law.load_panels()[purpose]
    procedures = {one.code: one for one in law.load_procedures()}
    assert panel.fields and panel.terms
    assert set(panel.terms) <= {entry.code for entry in law.load().entries()}
    assert set(panel.next) <= set(procedures)
    for service, papers in panel.borrowed:
        assert set(papers) <= {one.code for one in procedures[service].papers}
    for one in panel.fields:
        if isinstance(one.field, Code):
            assert one.field.list == "kato" or read_list(one.field.list)
        assert set(one.field.label.texts) == {"kk", "ru", "en"}


def test_a_panel_is_read_whole():
    panel = load_panel("study.toml", WHOLE)
    assert [one.key for one in panel.fields] == ["school_name"]
    assert [one.code for one in panel.papers] == ["ticket"]
    assert panel.borrowed == (("rvp", ("enrolment",)),)
    assert panel.find("school_name").citation.id == "own"


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ('kind = "text"', 'kind = "colour"', "field[1].kind"),
        ('kind = "text"', 'kind = "code"', "field[1].list"),
        ('key = "school_name"', 'key = "School"', "field[1].key"),
        ('key = "school_name"', 'key = "school.name"', "field[1].key"),
        ('key = "school_name"\n', "", "field[1].key"),
        ('kind = "text"', 'kind = "text"\nwide = 3', "field[1].wide"),
        ('kind = "text"', 'kind = "text"\nsource = "order"', "field[1].source"),
        ('cited = "own"', 'cited = "order"', "cited"),
        ('papers = ["enrolment"]', "papers = []", "papers_of[1].papers"),
        ('code = "ticket"\n', "", "paper[1].code"),
        ('terms = ["notice.arrival"]', 'terms = ["a", "a"]', "terms[2]"),
        ("[[papers_of]]", "[[papers]]", "papers"),
    ],
)
def test_a_slip_is_named_by_file_and_key(old, new, place):
    assert old in WHOLE
    with pytest.raises(BadFile) as refused:
        load_panel("study.toml", WHOLE.replace(old, new))
    assert (str(refused.value.path), refused.value.place) == ("study.toml", place)


def test_a_key_stands_once_in_a_panel():
    field = WHOLE[WHOLE.index("[[field]]") : WHOLE.index("[[paper]]")]
    with pytest.raises(BadFile) as refused:
        load_panel("study.toml", WHOLE + field)
    assert refused.value.place == "field[2].key"


def test_a_purpose_has_one_panel_and_a_key_one_kind():
    with pytest.raises(BadFile) as twice:
        load_panels([("study.toml", WHOLE), ("other.toml", WHOLE)])
    assert twice.value.place == "purpose"
    other = WHOLE.replace('purpose = "study"', 'purpose = "work"').replace('kind = "text"', 'kind = "day"')
    with pytest.raises(BadFile) as unlike:
        load_panels([("study.toml", WHOLE), ("work.toml", other)])
    assert (str(unlike.value.path), unlike.value.place) == ("work.toml", "field[1].kind")


def test_a_day_of_a_panel_is_a_day():
    panel = load_panel("study.toml", WHOLE.replace('kind = "text"', 'kind = "day"'))
    assert isinstance(panel.fields[0].field, Day)
