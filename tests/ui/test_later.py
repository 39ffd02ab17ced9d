"""What the window loads only when somebody goes there: every name holds, and the start loads none of it."""

import ast
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QObject

from migdesk.services.papers import printing
from migdesk.ui import assembly, workplace
from migdesk.ui.files.families import family_file
from migdesk.ui.files.parties import party_file
from migdesk.ui.files.pieces.file_view import FileSpec
from migdesk.ui.later import Later, Warmer
from migdesk.ui.memory import Forgetful
from migdesk.ui.screens import arrivals, people, permits
from migdesk.ui.workplace import Kind, Workplace
from tests.house.repository import PACKAGE, calls, modules, tree

WITH_LATER = (family_file, party_file, arrivals, people, permits)
"""Modules that are themselves loaded late and name others."""

AWAY = [
    *("migdesk.cli.verbs", "migdesk.exchange", "migdesk.paper", "migdesk.services.papers.printing"),
    *("migdesk.services.sample", "migdesk.ui.dialogs.first_run", "migdesk.ui.files.people.person_file"),
    *("migdesk.ui.help.window", "migdesk.ui.intake.page", "migdesk.ui.screens.list_page", "fontpkg"),
    *("importlib.metadata", "polib", "migdesk.services.people.people", "migdesk.domain.matching"),
]
"""What a window that shows its first page has no use for."""


@pytest.mark.parametrize("later", Later.known, ids=lambda later: later.path)
def test_every_name_is_one_of_the_window(later):
    assert later.get().__module__.startswith("migdesk.ui.")


def test_every_name_stands_in_the_room_that_it_tells():
    """A name that a room only borrows resolves too, and would load a second room for nothing."""
    told = {
        call.args[0].value
        for path in modules(PACKAGE / "ui")
        for name, call in calls(path)
        if name == "Later" and call.args and isinstance(call.args[0], ast.Constant)
    }
    assert all(WITH_LATER)
    assert told == {later.path for later in Later.known}
    rooms = {path: path.partition(":") for path in told}
    stray = [
        path
        for path, (room, _colon, name) in rooms.items()
        if name not in made_in(PACKAGE.joinpath("ui", *room.split(".")).with_suffix(".py"))
    ]
    assert stray == []


def made_in(module: Path) -> set[str]:
    """What a module defines itself."""
    found = set[str]()
    for node in tree(module).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            found |= {target.id for target in targets if isinstance(target, ast.Name)}
    return found


def test_every_kind_of_file_has_its_declaration():
    assert (
        {kind for kind, later in assembly.FILES.items() if later.get().kind is kind}
        == set(assembly.FILES)
        == set(Kind) - {Kind.TERMS, Kind.VISIT}
    )
    assert all(isinstance(later.get(), FileSpec) for later in assembly.FILES.values())


def test_the_start_loads_neither_other_pages_nor_papers_nor_workbooks():
    code = "import sys; from migdesk import app; from migdesk.ui import start; from migdesk.ui.screens import home"
    code += "; print(*sys.modules)"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert set(AWAY) & set(told.stdout.split()) == set()


def test_idle_time_loads_all_of_it_one_by_one(qtbot, monkeypatch):
    loaded = []
    monkeypatch.setattr(Later, "get", lambda later: loaded.append(later.path))
    monkeypatch.setattr("migdesk.ui.later._QUIET_MS", 1)
    monkeypatch.setattr("migdesk.ui.later._PAUSE_MS", 0)
    monkeypatch.setattr("migdesk.ui.later.gc.freeze", lambda: loaded.append("frozen"))
    parent = QObject()
    Warmer(parent, lambda: loaded.append("first"))
    qtbot.waitUntil(lambda: "frozen" in loaded, timeout=5000)
    assert loaded == ["first", *(later.path for later in Later.known), "frozen"]


def test_the_official_forms_are_read_away_from_the_window(desk, threads, qtbot, monkeypatch):
    """The first printed row read all of them where the window is drawn, and it stood still for as long."""
    read_in = []

    def list_forms(_on):
        read_in.append(threading.current_thread())
        return []

    monkeypatch.setattr(printing, "list_forms", list_forms)
    workplace.form_titles.cache_clear()
    work = Workplace(desk, threads, Forgetful())
    work.warm()
    qtbot.waitUntil(lambda: workplace.form_titles.cache_info().currsize == 1)
    assert work.reading.form("decision") == "decision"
    workplace.form_titles.cache_clear()
    assert len(read_in) == 1 and read_in[0] is not threading.main_thread()
