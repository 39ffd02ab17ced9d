"""The command line inside the process: words in, exit code, what was printed, and the document."""

from __future__ import annotations

import io
import json
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from migdesk.app import main
from migdesk.services import account
from tests import make
from tests.cli.documents import arrival

DAY = "2026-11-23"


@dataclass(frozen=True)
class Said:
    """What one call said."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """The one JSON document of stdout; anything else there fails."""
        return json.loads(self.out)

    @property
    def lines(self) -> list[Any]:
        """The JSON lines of stdout."""
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def codes(self) -> list[str]:
        """Codes of the findings."""
        return [one["code"] for one in self.document["findings"]]

    @property
    def fields(self) -> set[str]:
        """Fields that findings name."""
        return {one["field"] for one in self.document["findings"]}


@pytest.fixture(autouse=True)
def working_as(monkeypatch):
    """Who works at the computer: who made the office of these tests, until a test says somebody else."""

    def become(login: str) -> None:
        monkeypatch.setattr(account, "login", lambda: login)

    become("tester")
    return become


@pytest.fixture
def call(capsys, monkeypatch):
    """Run the program; a text, bytes or document as `given` is its standard input."""

    def run(*argv: object, given: Any = b"", json_out: bool = False) -> Said:
        if isinstance(given, dict | list):
            given = json.dumps(given)
        data = given.encode() if isinstance(given, str) else given
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))
        words = ["--lang", "en", *(["--json"] if json_out else []), *map(str, argv)]
        capsys.readouterr()
        code = main(words)
        said = capsys.readouterr()
        assert "Traceback" not in said.err + said.out
        return Said(code, said.out, said.err)

    return run


@pytest.fixture
def ask(call):
    """Run the program with `--json`."""

    def run(*argv: object, given: Any = b"") -> Said:
        return call(*argv, given=given, json_out=True)

    return run


@pytest.fixture(scope="session")
def made_office(tmp_path_factory) -> Path:
    """An office that every test copies: making one reads the whole classifier of places."""
    folder = tmp_path_factory.mktemp("made") / "office"
    make.desk(folder).close()
    return folder


@pytest.fixture
def home(tmp_path, made_office) -> Path:
    """A folder with an office in it."""
    return Path(shutil.copytree(made_office, tmp_path / "office"))


@pytest.fixture
def office(ask, home):
    """Run a verb of the office on the day of tests."""

    def run(*argv: object, given: Any = b"") -> Said:
        return ask("--home", home, "--on", DAY, *argv, given=given)

    return run


@pytest.fixture
def registered(office):
    """Register one person; the answer of `register`."""
    said = office("register", "-", given=arrival())
    assert said.code == 0
    return said.document


@pytest.fixture
def pot(office):
    """Ten units of the kandas quota of the office's region."""
    said = office("quota", "allot", "kandas", "--units", "10", "--act", "№ 1")
    assert said.code == 0
    return said.document
