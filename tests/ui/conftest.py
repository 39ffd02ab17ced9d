"""The application as clerks see it, dressed once; each test begins in English and in light colours."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from migdesk.services.desk import Desk
from migdesk.services.terms import appointments
from migdesk.ui.application import Application
from migdesk.ui.gallery.pictures import put_away, settle
from migdesk.ui.tasks import Tasks
from tests.ui import counter, offices


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The offscreen plugin says this of every window it shows, raises or lets grab keys; it means nothing."""
    for item in items:
        item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support", extend=True))


@pytest.fixture(autouse=True)
def morning(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock on the wall stands at midnight, should the day of the tests be the one on the wall."""
    monkeypatch.setattr(appointments, "minute_now", lambda _desk: 0)


@pytest.fixture(scope="session")
def dressed(qapp) -> Application:
    return Application()


@pytest.fixture
def application(dressed, english) -> Iterator[Application]:
    """What a test leaves open is gone before the next: dressing a window that nobody sees takes as long."""
    settle()
    dressed.show_theme("light")
    dressed.speak("en")
    yield dressed
    put_away()


@pytest.fixture
def tasks(application) -> Iterator[Tasks]:
    """Tasks that run at once."""
    made = Tasks.inline()
    failures: list[Exception] = []
    made.fell.connect(failures.append)
    yield made
    assert not failures


@pytest.fixture
def threads(application) -> Iterator[Tasks]:
    """Tasks with real threads."""
    made = Tasks()
    yield made
    made.close()


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed sample office of 300 persons."""
    return offices.fill(tmp_path_factory.mktemp("filled") / "office", 300)


@pytest.fixture
def desk(filled: Path, tmp_path: Path) -> Iterator[Desk]:
    """A copy of the filled office, open."""
    opened = offices.copy_of(filled, tmp_path / "office")
    yield opened
    opened.close()


@pytest.fixture
def new_desk(tmp_path: Path) -> Iterator[Desk]:
    """A new office with nothing in it, open."""
    opened = counter.office_in(tmp_path / "office")
    yield opened
    opened.close()


@pytest.fixture
def clerk(application: Application, desk: Desk, tasks: Tasks, qtbot) -> counter.Clerk:
    """Somebody who types into the intake."""
    window = counter.window_of(desk, tasks)
    qtbot.addWidget(window)
    return counter.Clerk(window)


@pytest.fixture
def eye(application: Application, desk: Desk, tasks: Tasks, qtbot) -> offices.Eye:
    """A clerk in front of its window."""
    made = offices.Eye(desk, tasks)
    qtbot.addWidget(made.window)
    return made
