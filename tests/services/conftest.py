from __future__ import annotations

import pytest

from tests import make


@pytest.fixture
def desk(tmp_path):
    opened = make.desk(tmp_path / "office")
    yield opened
    opened.close()
