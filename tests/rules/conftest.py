"""The shipped packs, read once."""

from __future__ import annotations

import pytest

from migdesk import paths
from migdesk.rules.law import Law
from migdesk.rules.load import load_packs

FOLDER = paths.resources() / "rules"


@pytest.fixture(scope="session")
def law() -> Law:
    files = [path for path in sorted(FOLDER.rglob("*.toml")) if not path.name.endswith(".cases.toml")]
    return Law.of(load_packs([(path.name, path.read_text(encoding="utf-8")) for path in files]))
