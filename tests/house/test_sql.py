"""SQL names columns so that an unknown one is an error.

`SELECT "nope"` is the text `nope` to SQLite where no such column is, and our engine's binding cannot switch that
off. `[nope]` is always a name. Definitions of tables and indexes may use quotes: there the indexes are looked at.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import migdesk
from migdesk.domain.errors import StoreProblem
from migdesk.domain.person import Person
from migdesk.store import migrations
from migdesk.store.engine import dbapi
from migdesk.store.rows import quoted
from tests import make

STORE = sorted((Path(migdesk.__file__).parent / "store").glob("*.py"))
_DEFINES = re.compile(r"\s*(CREATE|ALTER)\b|\s*REFERENCES\b|\s*\"x\" (x|TEXT)\b")
_QUOTED = re.compile(r'"\w')


def texts(tree: ast.AST) -> Iterator[str]:
    """Every text of a module but its docstrings; what is filled in stands as `x`."""
    parts = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield "".join(str(one.value) if isinstance(one, ast.Constant) else "x" for one in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in parts | told:
            yield node.value


def fallible(text: str) -> list[str]:
    """Statements of a text that name something in double quotes and define nothing."""
    return [one for one in text.split(";") if _QUOTED.search(one) and not _DEFINES.match(one)]


@pytest.mark.parametrize("module", STORE, ids=lambda path: path.stem)
def test_no_sql_names_a_column_in_double_quotes(module):
    tree = ast.parse(module.read_text(encoding="utf-8"))
    assert [one for text in texts(tree) for one in fallible(text)] == []


def test_the_guard_sees_the_fault():
    module = "def f(n):\n    'a \"docstring\"'\n    return g(f'SELECT \"{n}\" FROM t'), 'WHERE \"x\" = 1'"
    found = {one for text in texts(ast.parse(module)) for one in fallible(text)}
    assert found == {'SELECT "x" FROM t', 'WHERE "x" = 1'}


def test_an_unknown_column_is_an_error_and_no_text(tmp_path):
    opened = make.desk(tmp_path)
    try:
        with pytest.raises(StoreProblem):
            opened.store.rows(f"SELECT {quoted(['nope'])} FROM person")
        with pytest.raises(StoreProblem):
            opened.store.select(Person, "uid = ?", ("",), order=quoted(["nope"]))
    finally:
        opened.close()


def test_every_index_is_over_columns_that_are_there():
    connection = dbapi.connect(":memory:", isolation_level=None)
    migrations.grow(connection)
    names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'index'")]
    expressions = [
        name
        for name in names
        if any(row[1] == -2 for row in connection.execute(f"PRAGMA index_xinfo([{name}])").fetchall())
    ]
    connection.close()
    assert len(names) > 50
    assert expressions == []
