"""`demo`: a sample office and its day, never where a real office may be."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

import pytest

from migdesk import app


def test_the_day_leaves_its_papers(ask, tmp_path, monkeypatch):
    """Pictures of the window take as long as all else: the installed program makes them in its own test."""
    monkeypatch.setattr(app, "_take_pictures", lambda *_given: None)
    out = tmp_path / "out"
    said = ask("--on", "2026-11-23", "demo", "--persons", "20", "--out", out)
    assert said.code == 0
    assert Path(said.document["home"]) == out / "office"
    assert said.document["done"]
    endings = {Path(file).suffix for file in said.document["files"]}
    assert {".pdf", ".xlsx", ".png"} <= endings
    assert all(Path(file).stat().st_size for file in said.document["files"])
    assert ask("--home", out / "office", "journal", "verify").code == 0
    again = ask("--on", "2026-11-23", "demo", "--persons", "5", "--out", out)
    assert Path(again.document["home"]) == out / "office-2"


def test_a_real_office_is_not_touched(ask, home, tmp_path):
    said = ask("--home", home, "demo", "--persons", "5", "--out", tmp_path / "out")
    assert said.code == 4
    assert [entry["op"] for entry in ask("--home", home, "journal").document] == ["init_office"]


@pytest.mark.parametrize("words", [("--persons", "0"), ("--persons", "many"), ("--out", "-"), ("extra",)])
def test_wrong_usage(ask, tmp_path, monkeypatch, words):
    monkeypatch.chdir(tmp_path)
    assert ask("demo", *words).code == 2
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("asked", "environment", "expected"),
    [
        ({}, {"DISPLAY": ":0"}, True),
        ({"json": True}, {"DISPLAY": ":0"}, False),
        ({"no_window": True}, {"DISPLAY": ":0"}, False),
        ({}, {"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen"}, False),
        ({}, {}, False),
    ],
)
def test_who_watches(monkeypatch, asked, environment, expected):
    monkeypatch.setattr(app.sys, "platform", "linux")
    assert (
        app.somebody_watches(Namespace(**{"json": False, "no_window": False, **asked}), environment)
        is expected
    )
