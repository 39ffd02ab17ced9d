"""Tasks: away from the window, in order, in the reader's language, with progress, and stopped when asked."""

from __future__ import annotations

import gc
import threading
import time

import pytest
from PySide6.QtWidgets import QLabel

from migdesk.domain.errors import Cancelled, StoreProblem
from migdesk.i18n import current_language, set_language
from migdesk.ui.tasks import Step, Tasks
from tests.ui.watchdog import assert_stays_alive


def here() -> str:
    return threading.current_thread().name


def test_the_service_runs_elsewhere_and_its_answer_comes_here(threads, qtbot):
    heard: list[tuple[str, str]] = []
    threads.run(here, done=lambda where: heard.append((where, here())))
    qtbot.waitUntil(lambda: bool(heard))
    assert heard[0][0].startswith("migdesk-writer")
    assert heard[0][1] == "MainThread"


def test_writes_run_one_after_another_in_their_order(threads, qtbot):
    order: list[int] = []

    def write(at: int) -> None:
        time.sleep(0.02 * (3 - at))
        order.append(at)

    ended: list[None] = []
    for at in range(3):
        threads.run(write, at, done=ended.append)
    qtbot.waitUntil(lambda: len(ended) == 3)
    assert order == [0, 1, 2]


def test_a_quick_question_is_answered_at_once(threads):
    heard: list[int] = []
    threads.read(lambda: 7, done=heard.append)
    assert heard == [7]


def test_a_slow_question_is_answered_later_and_the_window_lives(threads, qtbot):
    def ask() -> None:
        heard: list[int] = []
        threads.read(lambda: time.sleep(0.2) or 7, done=heard.append)
        assert heard == []
        qtbot.waitUntil(lambda: heard == [7])

    assert_stays_alive(ask)


def test_a_task_speaks_the_language_it_was_asked_in(threads, qtbot):
    heard: list[str] = []
    set_language("kk")
    threads.run(lambda: time.sleep(0.05) or current_language(), done=heard.append)
    set_language("ru")
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == ["kk"]


def test_progress_comes_with_an_estimate(threads, qtbot):
    steps: list[Step] = []
    ended: list[object] = []

    def work(total: int, progress) -> str:
        for at in range(total):
            time.sleep(0.03)
            progress.step(at + 1, total, "rows")
        return "done"

    threads.run(work, 5, done=ended.append, progress=steps.append)
    qtbot.waitUntil(lambda: bool(ended))
    assert (ended, steps[-1].done, steps[-1].total, steps[-1].text) == (["done"], 5, 5, "rows")
    assert steps[-1].left == 0
    assert all(step.left is not None for step in steps)


def test_a_cancelled_task_fails_with_cancelled(threads, qtbot):
    failed: list[Exception] = []

    def work(progress) -> None:
        for at in range(1000):
            progress.step(at, 1000)
            time.sleep(0.01)

    running = threads.run(work, failed=failed.append, progress=lambda _step: None)
    running.cancel()
    qtbot.waitUntil(lambda: bool(failed))
    assert isinstance(failed[0], Cancelled)


def test_an_error_goes_to_who_asked(threads, qtbot):
    failed: list[Exception] = []

    def work() -> None:
        raise StoreProblem("locked")

    threads.run(work, failed=failed.append)
    qtbot.waitUntil(lambda: bool(failed))
    assert isinstance(failed[0], StoreProblem)


def test_an_error_nobody_asked_for_is_told_to_the_window(threads, qtbot):
    def work() -> None:
        raise ZeroDivisionError

    with qtbot.waitSignal(threads.fell) as told:
        threads.run(work)
    assert isinstance(told.args[0], ZeroDivisionError)


def test_an_answer_for_a_window_that_is_gone_is_dropped(threads, qtbot):
    label = QLabel()
    threads.run(lambda: time.sleep(0.1) or "late", done=label.setText)
    label.deleteLater()
    qtbot.wait(200)
    after: list[int] = []
    threads.run(lambda: 1, done=after.append)
    qtbot.waitUntil(lambda: after == [1])


def test_closing_waits_for_what_is_being_written(application):
    written: list[int] = []
    tasks = Tasks()
    tasks.run(lambda: time.sleep(0.1) or written.append(1))
    tasks.close()
    assert written == [1]


def test_inline_tasks_run_at_once(tasks):
    heard: list[object] = []
    tasks.run(lambda progress: progress.step(1, 1) or "w", done=heard.append, progress=heard.append)
    tasks.read(here, done=heard.append)
    assert heard == [Step(1, 1, "", 0.0), "w", "MainThread"]


def _busy() -> None:
    end = time.thread_time() + 0.09
    while time.thread_time() < end:
        pass


@pytest.mark.parametrize("stop", [lambda: time.sleep(0.3), _busy])
def test_the_watchdog_barks(application, qtbot, stop):
    with pytest.raises(AssertionError, match="stood still"):
        assert_stays_alive(stop, tries=2)


def test_no_full_pass_of_the_garbage_collector_beside_a_long_task(tasks):
    """Each stopped the window for up to 0.3 s while the sample office was made."""
    before, seen = gc.get_threshold(), []
    tasks.run(lambda progress: seen.append(gc.get_threshold()), progress=lambda _step: None)
    assert seen[0][:2] == before[:2] and seen[0][2] > 1000 * before[2]
    assert gc.get_threshold() == before


def test_a_long_task_that_fails_leaves_the_collector_as_it_was(tasks):
    def fall(progress):
        raise ValueError

    before, failed = gc.get_threshold(), []
    tasks.run(fall, failed=failed.append, progress=lambda _step: None)
    assert len(failed) == 1 and gc.get_threshold() == before
