from __future__ import annotations

import pytest

from migdesk.services.desk import Clock, open_desk
from tests import make


@pytest.fixture
def desk(tmp_path):
    opened = make.desk(tmp_path / "office")
    yield opened
    opened.close()


@pytest.fixture
def other(desk):
    """Another window at the same office."""
    opened = open_desk(desk.home, clock=Clock(make.TODAY), operator="neighbour")
    yield opened
    opened.close()
