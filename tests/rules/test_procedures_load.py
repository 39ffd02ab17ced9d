"""Public services as data: the shipped ones, the service of a day, and refusals by file and key."""

from __future__ import annotations

import json
from datetime import date

import pytest

from migdesk import paths
from migdesk.domain.errors import BadFile
from migdesk.rules.pack import Kind
from migdesk.rules.procedure import GRANT, WITHDRAW, in_force
from migdesk.rules.procedure_file import Known, load_procedure, load_procedures
from migdesk.rules.procedure_words import as_json
from migdesk.services import law as shipped

FOLDER = paths.resources() / "procedures"
FILES = sorted(FOLDER.rglob("*.toml"))
T = 'title = { kk = "а", ru = "б", en = "c" }\n'
L = 'label = { kk = "а", ru = "б", en = "c" }\n'
WHOLE = (
    f'code = "p"\nversion = "1"\n{T}from = 2021-01-01\napplicant = "person"\ncited = "s"\n'
    'permit = "rvp"\nappeal = "a.appeal"\ncaps = ["document", "contract"]\n'
    '[[source]]\nid = "s"\nact = "Act"\nread = 2026-11-01\nconfidence = "reported"\nmark = "V2"\n'
    f'[[who]]\ncode = "anybody"\n{T}'
    f'[[field]]\nkey = "purpose"\nkind = "choice"\n{L}required = true\n'
    f'options = [{{ code = "work", {T[:-1]} }}, {{ code = "study", {T[:-1]} }}]\n'
    f'[[field]]\nkey = "contract_until"\nkind = "day"\n{L}'
    f'[[field]]\nkey = "vacancy_on"\nkind = "day"\n{L}fact = "vacancy_published_days"\ndays = "since"\n'
    f'[[field]]\nkey = "is_branch"\nkind = "flag"\n{L}fact = "employer_is_branch"\nrequired = true\n'
    f'[[field]]\nkey = "trade"\nkind = "code"\nlist = "oked"\n{L}required = true\n'
    f'[[paper]]\ncode = "photo"\n{T}until = 2022-12-31\n'
    f'[[paper]]\ncode = "photo"\n{T}from = 2024-01-01\nrequired = false\nvalid_days = 180\n'
    f'[[paper]]\ncode = "contract"\n{T}when = {{ field = "purpose", is = ["work"] }}\n'
    f'[[step]]\ncode = "filing"\n{T}by = "applicant"\n'
    f'[[step]]\ncode = "decision"\n{T}by = "office"\nterm = "a.b"\nafter = "filing"\n'
    f'[[step]]\ncode = "branch"\n{T}by = "office"\nwhen = {{ field = "is_branch", is = ["no"] }}\n'
    f'[[decision]]\ncode = "grant"\n{T}forms = ["F-06"]\npayments = ["s.money"]\n'
    f'[[decision]]\ncode = "reissue"\ndoes = "replace"\n{T}'
    f'[[decision]]\ncode = "refuse"\n{T}'
    f'[[ground]]\ncode = "late"\ndecision = "refuse"\n{T}'
    f'clause = {{ kk = "9-т.", ru = "п. 9", en = "p. 9" }}\n[[sign]]\ncode = "head"\n{T}'
)
LISTS = {"permit_kinds": ("rvp",), "channels": ("paper",), "oked": ("41",), "kato": ()}
KNOWN = Known({"a.b", "a.appeal"}, {"s.money"}, {"F-06"}, LISTS.get)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_shipped_service_is_read_and_its_terms_are_known(law, path):
    procedure = load_procedure(path.name, path.read_text(encoding="utf-8"))
    assert procedure.code == path.stem
    terms = {entry.code for entry in law.entries() if entry.kind is Kind.TERM}
    assert procedure.terms() - terms == set()
    assert json.dumps(as_json(procedure))


def test_the_shipped_services_name_only_what_there_is():
    assert {one.code for one in shipped.load_procedures()} == {path.stem for path in FILES}


def test_the_service_of_a_day_has_the_papers_of_that_day():
    whole = load_procedure("p.toml", WHOLE, KNOWN)
    assert in_force(whole, date(2020, 12, 31)) is None
    photos = {
        year: [one.required for one in in_force(whole, date(year, 6, 1)).papers if one.code == "photo"]
        for year in (2022, 2023, 2026)
    }
    assert photos == {2022: [True], 2023: [], 2026: [False]}


def test_papers_and_steps_follow_the_answers():
    whole = load_procedure("p.toml", WHOLE)
    work = whole.with_answers({"purpose": "work", "is_branch": "no"})
    study = whole.with_answers({"purpose": "study", "is_branch": "yes"})
    assert (
        "contract" in [one.code for one in work.papers],
        "branch" in [one.code for one in work.steps],
    ) == (
        True,
        True,
    )
    assert "contract" not in [one.code for one in study.papers]
    assert "branch" not in [one.code for one in study.steps]
    assert "contract" not in [one.code for one in whole.with_answers({}).papers]


def test_a_decision_takes_the_effects_of_the_service():
    whole = load_procedure("p.toml", WHOLE)
    grant, reissue, refuse, withdraw = whole.decisions
    assert (grant.permit, grant.caps) == ("rvp", ("document", "field:contract_until"))
    assert (grant.does, grant.payments, grant.appeal) == (GRANT, ("s.money",), None)
    assert (reissue.does, reissue.permit) == ("replace", "rvp")
    assert (refuse.permit, refuse.caps, refuse.appeal) == (None, (), "a.appeal")
    assert (withdraw.code, withdraw.does, withdraw.appeal) == (WITHDRAW, WITHDRAW, None)


def test_a_service_is_shown():
    shown = as_json(load_procedure("p.toml", WHOLE))
    assert shown["steps"][1]["term"] == "a.b" and shown["steps"][1]["after"] == "filing"
    refusal = next(one for one in shown["decisions"] if one["code"] == "refuse")
    assert [(one["code"], one["clause"]) for one in refusal["grounds"]] == [("late", "p. 9")]
    assert (shown["signs"], shown["source"]["act"], shown["appeal"]) == (["c"], "Act", "a.appeal")
    assert shown["who"][0]["title"] == "c"
    assert [one["kind"] for one in shown["fields"]] == ["choice", "day", "day", "flag", "code"]
    assert shown["papers"][2]["when"] == {"field": "purpose", "is": ["work"]}


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ('applicant = "person"', 'applicant = "cat"', "applicant"),
        ('cited = "s"', 'cited = "z"', "cited"),
        ('cited = "s"\n', "", "cited"),
        ('version = "1"', 'version = "1"\nprice = 5', "price"),
        ('version = "1"', 'version = "1"\nquota = "cats"', "quota"),
        ('caps = ["document", "contract"]', 'caps = ["document", "moon"]', "caps[2]"),
        ('caps = ["document", "contract"]', 'caps = ["study"]', "decision[1].caps"),
        ('caps = ["document", "contract"]', 'caps = ["field:trade"]', "decision[1].caps"),
        ('permit = "rvp"\n', "", "decision[1].caps"),
        (f'[[who]]\ncode = "anybody"\n{T}', "", "who"),
        ("until = 2022-12-31", "until = 2024-12-31", "paper[2].code"),
        ("until = 2022-12-31", "until = 2020-12-31", "paper[1].until"),
        ("valid_days = 180", "valid_days = 0", "paper[2].valid_days"),
        ('field = "purpose"', 'field = "weather"', "paper[3].when.field"),
        ('field = "purpose"', 'field = "contract_until"', "paper[3].when.field"),
        ('is = ["work"]', 'is = ["rest"]', "paper[3].when.is[1]"),
        ('is = ["work"]', "is = []", "paper[3].when.is"),
        ('is = ["no"]', 'is = ["never"]', "step[3].when.is[1]"),
        ('kind = "choice"', 'kind = "song"', "field[1].kind"),
        (f', {{ code = "study", {T[:-1]} }}', "", "field[1].options"),
        ('code = "study"', 'code = "work"', "field[1].options[2].code"),
        ('key = "is_branch"', 'key = "purpose"', "field[4].key"),
        ('key = "is_branch"', 'key = "category"', "field[4].key"),
        ('fact = "employer_is_branch"', 'fact = "moon_phase"', "field[4].fact"),
        ('fact = "employer_is_branch"', 'fact = "person_age"', "field[4].fact"),
        ('fact = "employer_is_branch"\n', 'days = "since"\n', "field[4].days"),
        ('\ndays = "since"', "", "field[3].days"),
        (
            f'key = "contract_until"\nkind = "day"\n{L}',
            f'key = "contract_until"\nkind = "day"\n{L}fact = "vacancy_published_days"\ndays = "until"\n',
            "field[3].fact",
        ),
        ('by = "office"', 'by = "cat"', "step[2].by"),
        ('after = "filing"', 'after = "lunch"', "step[2].after"),
        ('after = "filing"', 'after = "decision"', "step[2].after"),
        ('code = "grant"', 'code = "maybe"', "decision[1].does"),
        ('does = "replace"', 'does = "dance"', "decision[2].does"),
        (f'does = "replace"\n{T}', f'does = "refuse"\n{T}', "decision[2]"),
        (f'code = "refuse"\n{T}', f'code = "refuse"\n{T}payments = ["s.money"]\n', "decision[3].payments"),
        (f'code = "refuse"\n{T}', f'code = "refuse"\n{T}term = "a.b"\n', "decision[3].term"),
        ('forms = ["F-06"]', 'forms = ["F-06"]\nappeal = "a.appeal"', "decision[1].appeal"),
        ('decision = "refuse"', 'decision = "extend"', "ground[1].decision"),
        (f'decision = "refuse"\n{T}', f'decision = "refuse"\n{T}from = 2022-01-01\n', "decision[3]"),
        (f'decision = "refuse"\n{T}', f'decision = "refuse"\n{T}until = 2022-01-01\n', "decision[3]"),
        ("clause = { kk", "clause = 9 #{ kk", "ground[1].clause"),
    ],
)
def test_a_mistake_is_refused_by_file_and_key(old, new, place):
    assert old in WHOLE
    with pytest.raises(BadFile) as problem:
        load_procedure("p.toml", WHOLE.replace(old, new, 1))
    assert (problem.value.path, problem.value.place) == ("p.toml", place)
    assert problem.value.words()


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ('permit = "rvp"', 'permit = "passport"', "permit"),
        ('appeal = "a.appeal"', 'appeal = "a.zzz"', "appeal"),
        ('version = "1"', 'version = "1"\nterm = "a.zzz"', "term"),
        ('version = "1"', 'version = "1"\nfee = "f.zzz"', "fee"),
        ('version = "1"', 'version = "1"\nfee_before = "zzz"', "fee_before"),
        ('version = "1"', 'version = "1"\nforms = ["F-99"]', "forms[1]"),
        ('version = "1"', 'version = "1"\nchannels = ["paper", "dove"]', "channels[2]"),
        ('term = "a.b"', 'term = "a.zzz"', "step[2].term"),
        ('forms = ["F-06"]', 'forms = ["F-99"]', "decision[1].forms[1]"),
        ('payments = ["s.money"]', 'payments = ["s.gold"]', "decision[1].payments[1]"),
        ('forms = ["F-06"]', 'forms = ["F-06"]\nterm = "a.zzz"', "decision[1].term"),
        ('forms = ["F-06"]', 'forms = ["F-06"]\npermit = "passport"', "decision[1].permit"),
        ('list = "oked"', 'list = "stars"', "field[5].list"),
        ('field = "purpose", is = ["work"]', 'field = "trade", is = ["99"]', "paper[3].when.is[1]"),
        ('field = "purpose", is = ["work"]', 'field = "channel", is = ["dove"]', "paper[3].when.is[1]"),
    ],
)
def test_a_code_that_nothing_knows_is_refused_by_file_and_key(old, new, place):
    assert old in WHOLE
    load_procedure("p.toml", WHOLE, KNOWN)
    with pytest.raises(BadFile) as problem:
        load_procedure("p.toml", WHOLE.replace(old, new, 1), KNOWN)
    assert (problem.value.path, problem.value.place) == ("p.toml", place)
    assert problem.value.words()


@pytest.mark.parametrize("second", ["q.toml", "p.toml"])
def test_two_files_may_not_be_one_service(second):
    with pytest.raises(BadFile) as problem:
        load_procedures([("p.toml", WHOLE), (second, WHOLE)])
    assert (problem.value.path, problem.value.place) == (second, "code")
