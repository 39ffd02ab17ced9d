"""The repository as material for tests: its files, and its Python as syntax trees."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "migdesk"
TESTS = ROOT / "tests"

_MADE = {".git", ".venv", "out", "build", "dist", "__pycache__"}


def files(top: Path = ROOT) -> Iterator[Path]:
    """Files that belong to the repository: not those that tools make, nor an environment."""
    for path in sorted(top.iterdir()):
        if path.name in _MADE or path.name.endswith(("_cache", ".egg-info")) or path.name == ".hypothesis":
            continue
        if path.is_dir():
            yield from files(path)
        else:
            yield path


def text_files() -> Iterator[Path]:
    """Files of the repository that a person can read."""
    return (path for path in files() if b"\0" not in path.read_bytes()[:4096])


def modules(top: Path = PACKAGE) -> list[Path]:
    """Python files under a folder."""
    return [path for path in files(top) if path.suffix == ".py"]


def place(path: Path) -> str:
    """How a file is called in a message: its place in the repository."""
    return path.relative_to(ROOT).as_posix()


@cache
def source(path: Path) -> str:
    """A text file of the repository."""
    return path.read_text(encoding="utf-8")


@cache
def tree(path: Path) -> ast.Module:
    """The syntax tree of a Python file."""
    return ast.parse(source(path), filename=str(path))


def calls(path: Path) -> Iterator[tuple[str, ast.Call]]:
    """Every call in a file with the last name of what is called: `open`, `read_text`, `N_`."""
    return calls_in(tree(path))


def calls_in(top: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    """Every call under a node with the last name of what is called."""
    for node in ast.walk(top):
        if isinstance(node, ast.Call):
            yield last_name(node.func), node


def last_name(node: ast.AST) -> str:
    """`c` of `a.b.c`; nothing for what has no name."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


@cache
def project() -> dict[str, Any]:
    """The tables of pyproject.toml."""
    return tomllib.loads(source(ROOT / "pyproject.toml"))
