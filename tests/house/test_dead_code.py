"""Nothing in the program is there for the tests alone, and nothing is kept that nobody reads."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator

from tests.house.repository import PACKAGE, modules, tree

CALLED_FROM_OUTSIDE = {
    "add_usage",  # argparse calls it
    "parse_known_args",  # argparse calls it
    "clone",  # reportlab calls it
    "invalidate",  # Qt calls it
    "fingerprint",  # what the released schemas are frozen by
}


def named(top: ast.AST) -> Iterator[str]:
    """Names that a piece of the program speaks of, those in texts (`room.module:Name`) too."""
    for node in ast.walk(top):
        if isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.alias):
            yield node.name
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value.rpartition(":")[2].rpartition(".")[2]


def test_every_function_and_class_is_used_by_the_program():
    """Functions stood in the program that only tests called."""
    spoken, by_itself = Counter[str](), Counter[str]()
    for path in modules(PACKAGE):
        spoken.update(named(tree(path)))
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                own = [name for name in named(node) if name == node.name]
                by_itself[node.name] += len(own)
    ours = {
        name
        for name in by_itself
        if name[0].isupper() or (name == name.lower() and not name.startswith("__"))
    }
    unused = {name for name in ours if spoken[name] <= by_itself[name]}
    assert len(ours) > 1000
    assert unused == CALLED_FROM_OUTSIDE


def test_every_attribute_that_is_kept_is_read():
    """Attributes were set that nothing ever read."""
    kept, read = set[str](), set[str]()
    for path in modules(PACKAGE):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Attribute) and node.attr.startswith("_"):
                (kept if isinstance(node.ctx, ast.Store) else read).add(f"{path.stem}.{node.attr}")
    assert len(kept) > 300
    assert sorted(kept - read) == []


def test_every_constant_is_used():
    """Words of a screen that is gone, and numbers of what is done otherwise, stood in the program."""
    set_in, used = dict[str, str](), set[str]()
    for path in modules(PACKAGE):
        top = tree(path)
        spoken = {node.id for node in ast.walk(top) if _is_read(node)}
        used |= {name for name in named(top) if name not in set_of(top)} | spoken
        set_in |= {name: path.stem for name in set_of(top) if name.startswith("_") and name not in spoken}
        set_in |= {name: path.stem for name in set_of(top) if not name.startswith("_")}
    assert len(set_in) > 300
    assert {name for name in set_in if name not in used or name.startswith("_")} == set()


def _is_read(node: ast.AST) -> bool:
    return isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)


def set_of(top: ast.Module) -> set[str]:
    """Constants of a module."""
    found = (
        node for one in top.body if isinstance(one, ast.Assign | ast.AnnAssign) for node in ast.walk(one)
    )
    names = {node.id for node in found if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    return {name for name in names if name.isupper()}
