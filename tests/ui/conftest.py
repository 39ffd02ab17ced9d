"""The application as clerks see it, dressed once; each test begins in English and in light colours."""

from __future__ import annotations

import pytest

from migdesk.ui.application import Application
from migdesk.ui.tasks import Tasks


@pytest.fixture(scope="session")
def dressed(qapp) -> Application:
    return Application()


@pytest.fixture
def application(dressed, english) -> Application:
    dressed.show_theme("light")
    dressed.speak("en")
    return dressed


@pytest.fixture
def tasks(application) -> Tasks:
    """Tasks that run at once."""
    made = Tasks.inline()
    failures: list[Exception] = []
    made.fell.connect(failures.append)
    yield made
    assert not failures


@pytest.fixture
def threads(application) -> Tasks:
    """Tasks with real threads."""
    made = Tasks()
    yield made
    made.close()
