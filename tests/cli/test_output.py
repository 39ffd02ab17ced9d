"""Tables and JSON: widths of wide and marked letters, nothing dangerous on a terminal, exact values."""

from __future__ import annotations

import json
import sys
from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest

from migdesk.cli import main, output
from migdesk.domain.dates import PartialDate
from migdesk.domain.finding import Finding, Severity, Source
from tests import make


@pytest.mark.parametrize(
    ("text", "wide"), [("", 0), ("Қасымова", 8), ("张伟", 4), ("e\u0301", 1), ("㍿a", 3), ("\u200dx", 1)]
)
def test_cells(text, wide):
    assert output.cells(text) == wide


def test_columns_stand_under_each_other():
    lines = list(output.table(["Name", "N"], [["张伟", 1], ["Қасымова", 200], [None, 3]], right={1}))
    assert lines == ["Name        N", "────────  ───", "张伟        1", "Қасымова  200", "            3"]


def test_an_empty_table_says_so():
    assert list(output.table(["Name"], [])) == ["Nothing."]


def test_in_a_file_nothing_is_cut_on_a_terminal_the_widest_column_is(monkeypatch):
    rows = [["a" * 60, "b" * 10]]
    assert "a" * 60 in "".join(output.table(["A", "B"], rows))
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    monkeypatch.setenv("COLUMNS", "40")
    lines = list(output.table(["A", "B"], rows))
    assert max(map(output.cells, lines)) <= 40
    assert "…" in lines[2]
    assert "b" * 10 in lines[2]


def test_nothing_dangerous_reaches_a_terminal():
    assert output.clean("a\x1b[2Jb\nc\u202ed") == "a [2Jb c d"
    assert output.clean("\ud800") == "\ufffd"


def test_words_of_a_file_somebody_brought_do_not_steer_the_terminal(capsys):
    """Whichever verb puts them in its lines: of a pack of law they come as they are written there."""
    args = SimpleNamespace(
        run=lambda _call: output.Answer({}, ["Title\x1b[2J\nof\x9b two lines"]), json=False
    )
    assert main._answer(SimpleNamespace(args=args, notes=())) == main.DONE
    assert capsys.readouterr().out == "Title [2J\nof  two lines\n"


def test_cut_keeps_to_cells():
    assert output.cut("张伟张伟", 5) == "张伟…"
    assert output.cut("Қасымова", 8) == "Қасымова"


def test_values_in_json():
    document = {
        "day": date(2026, 11, 23),
        "moment": datetime(2026, 11, 23, 7, 0, tzinfo=UTC),
        "part": PartialDate(1990, 5),
        "whole": Decimal("10.0"),
        "half": Decimal("0.5"),
        "rows": (1, 2),
    }
    assert json.loads(output.as_text(document)) == {
        "day": "2026-11-23",
        "moment": "2026-11-23T07:00:00Z",
        "part": "1990-05",
        "whole": 10,
        "half": 0.5,
        "rows": [1, 2],
    }
    assert "\n" not in output.as_text(document, compact=True)
    with pytest.raises(TypeError):
        output.as_text({"thing": object()})


def test_a_record_has_all_its_fields_and_no_empty_texts():
    document = output.record_document(make.person())
    assert document["surname"] == "Қасымова"
    assert document["patronymic"] is None
    assert json.loads(output.as_text(document))["birth_date"] == "1990-05-17"


def test_a_finding_on_one_line():
    finding = Finding(Severity.BLOCK, "x", "Line\n{n}", "person.iin", {"n": 5}, Source("Act", "art. 1"))
    assert list(output.finding_lines([finding])) == ["  [stop] (person.iin) Line 5 — Act, art. 1"]
