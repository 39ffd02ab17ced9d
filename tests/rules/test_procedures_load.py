"""Public services as data: the shipped ones, the service of a day, and refusals by file and key."""

from __future__ import annotations

import json
from datetime import date

import pytest

from migdesk import paths
from migdesk.domain.errors import BadFile
from migdesk.rules.pack import Kind
from migdesk.rules.procedure import in_force, load_procedure, load_procedures

FOLDER = paths.resources() / "procedures"
FILES = sorted(FOLDER.rglob("*.toml"))
T = 'title = { kk = "а", ru = "б", en = "c" }\n'
WHOLE = (
    f'code = "p"\nversion = "1"\n{T}from = 2021-01-01\napplicant = "person"\ncited = "s"\n'
    '[[source]]\nid = "s"\nact = "Act"\nread = 2026-11-01\nconfidence = "reported"\nmark = "V2"\n'
    f'[[paper]]\ncode = "photo"\n{T}until = 2022-12-31\n'
    f'[[paper]]\ncode = "photo"\n{T}from = 2024-01-01\nrequired = false\n'
    f'[[step]]\ncode = "filing"\n{T}by = "applicant"\n'
    f'[[step]]\ncode = "decision"\n{T}by = "office"\nterm = "a.b"\nafter = "filing"\n'
    f'[[decision]]\ncode = "grant"\n{T}forms = ["F-06"]\n[[decision]]\ncode = "refuse"\n{T}'
    f'[[ground]]\ncode = "late"\ndecision = "refuse"\n{T}'
    f'clause = {{ kk = "9-т.", ru = "п. 9", en = "p. 9" }}\n[[sign]]\ncode = "head"\n{T}'
)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_shipped_service_is_read_and_its_terms_are_known(law, path):
    procedure = load_procedure(path.name, path.read_text(encoding="utf-8"))
    assert procedure.code == path.stem
    terms = {entry.code for entry in law.entries() if entry.kind is Kind.TERM}
    assert procedure.terms() - terms == set()
    assert json.dumps(procedure.as_json())


def test_the_service_of_a_day_has_the_papers_of_that_day():
    whole = load_procedure("p.toml", WHOLE)
    assert in_force(whole, date(2020, 12, 31)) is None
    assert [paper.required for paper in in_force(whole, date(2022, 12, 31)).papers] == [True]
    assert in_force(whole, date(2023, 6, 1)).papers == ()
    assert [paper.required for paper in in_force(whole, date(2026, 1, 1)).papers] == [False]


def test_a_service_is_shown():
    shown = load_procedure("p.toml", WHOLE).as_json()
    assert shown["steps"][1] == {"code": "decision", "title": "c", "by": "office", "term": "a.b"}
    assert shown["decisions"][1]["grounds"] == [{"code": "late", "title": "c", "clause": "p. 9"}]
    assert (shown["signs"], shown["source"]["act"]) == (["c"], "Act")


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ('applicant = "person"', 'applicant = "cat"', "applicant"),
        ('cited = "s"', 'cited = "z"', "cited"),
        ('cited = "s"\n', "", "cited"),
        ('version = "1"', 'version = "1"\nprice = 5', "price"),
        ('version = "1"', 'version = "1"\nquota = "cats"', "quota"),
        ("until = 2022-12-31", "until = 2024-12-31", "paper[2].code"),
        ("until = 2022-12-31", "until = 2020-12-31", "paper[1].until"),
        ('by = "office"', 'by = "cat"', "step[2].by"),
        ('after = "filing"', 'after = "lunch"', "step[2].after"),
        ('after = "filing"', 'after = "decision"', "step[2].after"),
        ('code = "grant"', 'code = "maybe"', "decision[1].code"),
        ('decision = "refuse"', 'decision = "extend"', "ground[1].decision"),
        ("clause = { kk", "clause = 9 #{ kk", "ground[1].clause"),
    ],
)
def test_a_mistake_is_refused_by_file_and_key(old, new, place):
    assert old in WHOLE
    with pytest.raises(BadFile) as problem:
        load_procedure("p.toml", WHOLE.replace(old, new, 1))
    assert (problem.value.path, problem.value.place) == ("p.toml", place)


def test_two_files_may_not_be_one_service():
    with pytest.raises(BadFile) as problem:
        load_procedures([("p.toml", WHOLE), ("q.toml", WHOLE)])
    assert (problem.value.path, problem.value.place) == ("q.toml", "code")
