"""What every test gets: no display, no noise, English, a fixed day, a home of its own, our own fonts."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from datetime import date

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from hypothesis import HealthCheck, settings

from migdesk import i18n, paths

# No deadlines: the machine is shared. In CI the same examples every time, so that a failure is ours.
_QUICK = {"max_examples": 60, "deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("quick", **_QUICK)
settings.register_profile("ci", derandomize=True, database=None, **_QUICK)
settings.register_profile("long", settings.get_profile("quick"), max_examples=2_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if os.environ.get("CI") else "quick"))


class QuietLog(logging.Handler):
    """Collects warnings of the log; those no test announced with `expect` fail it."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []
        self.expected: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.levelname} {record.name}: {record.getMessage()}")

    def expect(self, words: str) -> None:
        """The test must bring a line with these words, and is allowed to."""
        self.expected.append(words)

    def complaints(self) -> list[str]:
        """Lines nobody announced, and announcements nothing came of."""
        silent = [words for words in self.expected if not any(words in line for line in self.lines)]
        loud = [line for line in self.lines if not any(words in line for words in self.expected)]
        return [f"logged: {line}" for line in loud] + [f"never logged: {words}" for words in silent]


@pytest.fixture(autouse=True)
def quiet_log() -> Iterator[QuietLog]:
    """Silence is the norm: a warning of the log fails the test unless `quiet_log.expect(words)` was said."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    log = QuietLog()
    root.addHandler(log)
    yield log
    for handler in root.handlers[:]:
        if handler not in handlers:
            handler.close()
    root.handlers[:], root.level = handlers, level
    if complaints := log.complaints():
        pytest.fail("\n".join(complaints), pytrace=False)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Each test begins in English without catalogues, whatever the one before it chose."""
    i18n.set_language("en")
    yield
    i18n.set_language("en")
    i18n._folder.clear()
    i18n._catalogues.clear()


@pytest.fixture
def catalogues() -> None:
    """The real Kazakh and Russian words, for tests that read them."""
    i18n.load_catalogues(paths.resources() / "locale")


@pytest.fixture(autouse=True, scope="session")
def foreign_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Nothing is written to the folders of the person who runs the tests, here or in started programs."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
            patch.setenv(name, str(home / name))
        yield


@pytest.fixture
def today() -> date:
    """The day it is in tests."""
    return date(2026, 11, 23)


@pytest.fixture(scope="session")
def qapp(qapp):
    """The application in our own fonts and the plain style: pictures do not depend on the machine."""
    from migdesk.ui.look import fonts

    fonts.load()
    qapp.setStyle("Fusion")
    qapp.setFont(fonts.font())
    return qapp
