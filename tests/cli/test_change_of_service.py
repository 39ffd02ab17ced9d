"""A public service changed by the head as a file: it changes exactly the cases filed in its period, and goes back."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from migdesk.domain.case import Case
from migdesk.services.cases import cases
from migdesk.services.desk import Clock, open_desk
from tests import make
from tests.cli.test_change_of_law import come, done

FROM = "2026-11-20"
PACK = f"kandas_status@{FROM}"
PAPER = """
[[paper]]
code = "health"
title = { kk = "Денсаулық туралы анықтама", ru = "Справка о здоровье", en = "Certificate of health" }
source = "egov"
"""


@pytest.fixture(scope="module")
def filled(tmp_path_factory, made_office) -> Path:
    """Two cases: filed on the last day of the service as shipped, and on the first day of the changed one."""
    folder = Path(shutil.copytree(made_office, tmp_path_factory.mktemp("services") / "office"))
    desk = open_desk(folder, clock=Clock(make.TODAY), operator="tester")
    for citizenship, day in (("TUR", 19), ("UZB", 20)):
        on = date(2026, 11, day)
        person = come(desk, citizenship, on)
        case = Case(service="kandas_status", person=person, applied_on=on, channel="paper")
        opened = cases.open_case(desk, case).value
        cases.receive_paper(desk, opened.uid, "application")
    desk.close()
    return folder


@pytest.fixture
def home(tmp_path, filled) -> Path:
    return Path(shutil.copytree(filled, tmp_path / "office"))


@pytest.fixture
def file(office, tmp_path) -> Path:
    """The service as it holds from the day on, given to be changed."""
    made = tmp_path / "kandas_status.toml"
    done(office("procedures", "give", "kandas_status", "--from", FROM, "--to", made))
    return made


@pytest.fixture
def filed(home) -> list[Case]:
    """The two cases in the order of their filing."""
    desk = open_desk(home)
    found = desk.store.live(Case, order="applied_on")
    desk.close()
    return found


@pytest.fixture
def shown(office, filed):
    """What the two cases lack and by when they are due."""

    def read() -> list[tuple[set[str], str]]:
        files = [done(office("case", "show", one.uid)) for one in filed]
        return [
            (
                {one["code"] for one in said["papers"] if one["required"] and not one["received_on"]},
                said["due_on"],
            )
            for said in files
        ]

    return read


def write(file: Path, old: str, new: str, *, more: str = "") -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1) + more, encoding="utf-8")


def test_the_file_that_is_given_keeps_its_remarks_and_sources(file):
    text = file.read_text(encoding="utf-8")
    assert text.startswith("# Assignment and extension of kandas status")
    assert f"from = {FROM}" in text and 'id = "egov"' in text


def test_a_new_paper_from_a_day_on_is_missing_in_the_cases_filed_since(office, file, shown):
    before = shown()
    write(file, "", "", more=PAPER)
    foreseen = done(office("rules", "try", file))
    assert [one["asked"] for one in foreseen["cases"]] == [["Certificate of health"]]
    done(office("rules", "take", file))
    assert shown() == before
    done(office("rules", "on", "kandas_status", "--why", "order 10"))
    old, new = shown()
    assert old == before[0]
    assert new == (before[1][0] | {"health"}, before[1][1])
    assert [(one["code"], one["in_use"]) for one in done(office("rules", "own"))] == [(PACK, True)]
    periods = [one for one in done(office("procedures", "list")) if one["code"] == "kandas_status"]
    assert [(one["from"], one["until"]) for one in periods] == [
        ("2021-01-01", "2026-11-19"),
        (FROM, None),
    ]
    done(office("rules", "off", PACK, "--why", "withdrawn"))
    assert shown() == before
    done(office("undo"))
    assert shown() == [old, new]


def test_another_term_moves_the_due_day_of_the_cases_filed_since(office, file, shown):
    before = shown()
    write(file, 'term = "kandas.decision"', 'term = "rvp.decision"')
    foreseen = done(office("rules", "try", file))
    done(office("rules", "take", file))
    done(office("rules", "on", "kandas_status", "--why", "order 10"))
    old, new = shown()
    assert (old, new[0]) == (before[0], before[1][0])
    assert [(one["before"], one["after"]) for one in foreseen["effects"]] == [(before[1][1], new[1])]
    assert new[1] != before[1][1]


def test_what_a_case_has_used_does_not_vanish_without_a_word(office, file):
    write(file, 'code = "application"\n', 'code = "request"\n')
    said = done(office("rules", "try", file))
    (gone,) = [one for one in said["cases"] if one["gone"]]
    assert gone["gone"] == ["Application (annex 1)"]
    assert "law.gone" in [one["code"] for one in said["findings"]]


def test_a_slip_is_named_by_file_key_and_line(office, file):
    write(file, "", "", more='\n[[paper]]\ncode = "health"\ntitle = { kk = "а", en = "c" }\n')
    said = office("rules", "try", file)
    lines = file.read_text(encoding="utf-8").splitlines()
    assert said.code == 3
    assert "kandas_status.toml" in said.out + said.err
    assert str(len(lines)) in said.out + said.err


def test_a_code_that_nothing_knows_is_refused_when_it_is_tried_and_taken(office, file):
    write(file, 'term = "kandas.decision"', 'term = "kandas.decisoin"')
    for verb in ("try", "take"):
        said = office("rules", verb, file)
        assert (said.code, "kandas.decisoin" in said.out + said.err) == (3, True)


def test_a_service_of_the_office_alone_is_not_switched_off_under_its_cases(office, file, filed, tmp_path):
    own = tmp_path / "own_service.toml"
    text = file.read_text(encoding="utf-8").replace('code = "kandas_status"', 'code = "own_service"', 1)
    own.write_text(text, encoding="utf-8")
    done(office("rules", "take", own))
    done(office("rules", "on", "own_service", "--why", "order 10"))
    person = filed[0].person
    done(office("case", "open", "own_service", person))
    said = office("rules", "off", "own_service", "--why", "withdrawn")
    assert said.codes == ["law.orphans"]


def test_the_version_of_the_program_is_not_given_again(office, file):
    text = file.read_text(encoding="utf-8").splitlines(keepends=True)
    again = ['version = "2026.11"\n' if one.startswith("version") else one for one in text]
    file.write_text("".join(again), encoding="utf-8")
    assert office("rules", "take", file).code == 3
