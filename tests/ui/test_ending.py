"""Signals that end a program close its windows in order."""

from __future__ import annotations

import signal

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from migdesk.ui.ending import Ending


class Watched(QWidget):
    """Says that it was closed."""

    was_closed = False

    def closeEvent(self, event) -> None:
        self.was_closed = True
        super().closeEvent(event)


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_a_signal_closes_the_window_and_gives_back_the_handlers(qtbot, name):
    number = getattr(signal, name)
    before = signal.getsignal(number)
    window = Watched()
    qtbot.addWidget(window)
    window.show()
    ending = Ending(QApplication.instance())
    try:
        signal.raise_signal(number)
        qtbot.waitUntil(lambda: window.was_closed)
        assert signal.getsignal(number) is before
    finally:
        ending.stop()


def test_nobody_is_heard_after_the_end(qtbot):
    before = {name: signal.getsignal(getattr(signal, name)) for name in ("SIGINT", "SIGTERM")}
    Ending(QApplication.instance()).stop()
    assert {name: signal.getsignal(getattr(signal, name)) for name in before} == before
