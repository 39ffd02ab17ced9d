"""The conditions every test runs under, as `conftest.py` makes them."""

from __future__ import annotations

import logging
import os
from logging.handlers import RotatingFileHandler

import pytest
from PySide6.QtGui import QFontInfo, QGuiApplication

from migdesk import i18n, logs, paths


def test_a_warning_nobody_announced_is_a_complaint(quiet_log):
    log = type(quiet_log)()
    log.handle(
        logging.makeLogRecord({"levelno": logging.WARNING, "levelname": "WARNING", "name": "a", "msg": "b"})
    )
    assert log.complaints() == ["logged: WARNING a: b"]


def test_an_announced_warning_must_come(quiet_log):
    log = type(quiet_log)()
    log.expect("disk full")
    assert log.complaints() == ["never logged: disk full"]


def test_an_announced_warning_passes(quiet_log):
    quiet_log.expect("disk full")
    logging.getLogger("migdesk.store").warning("disk full at %s", "page 7")
    logging.getLogger("migdesk.store").info("nothing to complain about")
    assert quiet_log.complaints() == []


@pytest.mark.parametrize("office", ["first", "second"])
def test_logging_of_one_test_does_not_reach_the_next(tmp_path, office):
    assert not [one for one in logging.getLogger().handlers if isinstance(one, RotatingFileHandler)]
    logs.start(tmp_path / office)
    logging.getLogger("migdesk").info("begun")
    assert "begun" in (tmp_path / office / "logs" / "migdesk.log").read_text(encoding="utf-8")


@pytest.mark.parametrize("code", i18n.LANGUAGES)
def test_every_test_begins_in_english_without_catalogues(tmp_path, code):
    assert (i18n.current_language(), i18n._folder) == ("en", [])
    i18n.load_catalogues(tmp_path)
    i18n.set_language(code)


def test_the_folders_of_the_person_who_runs_the_tests_are_safe(tmp_path):
    assert tmp_path.parents[1] in paths.default_home().parents


def test_windows_are_drawn_without_a_display_in_our_own_letters(qapp):
    assert QGuiApplication.platformName() == os.environ["QT_QPA_PLATFORM"] == "offscreen"
    assert QFontInfo(qapp.font()).family() == "Fira Sans"
    qapp.setStyleSheet("")  # a sheet of a window before hides the name of the style below it
    assert qapp.style().objectName().lower() == "fusion"


def test_the_day_is_fixed(today):
    assert today.isoformat() == "2026-11-23"
