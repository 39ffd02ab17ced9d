"""Every page and every file opens in Kazakh, Russian and English with nothing cut off and everything named."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QLabel

from migdesk.services.desk import Clock, open_desk
from migdesk.ui.gallery.pictures import settle
from migdesk.ui.gallery.scenes import screens_for_pictures
from migdesk.ui.look.words import said
from tests.ui import offices
from tests.ui.seen import assert_all_named, assert_nothing_clipped

LANGUAGES = ("kk", "ru", "en")


@pytest.fixture(scope="module")
def scenes(tmp_path_factory):
    home = offices.fill(tmp_path_factory.mktemp("seen") / "office", 300)
    desk = open_desk(home, clock=Clock(date(2026, 11, 23)), operator="tester")
    yield screens_for_pictures(desk)
    desk.close()


def test_there_is_a_picture_of_every_page_and_file(scenes):
    assert {"office-today", "office-quota", "person-family", "file-case", "file-permit"} <= set(scenes)
    assert len(scenes) >= 20


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_clipped_and_everything_named(application, catalogues, scenes, language, qtbot):
    application.speak(language)
    for name, scene in scenes.items():
        window = scene()
        window.resize(QSize(1366, 768))
        window.show()
        settle()
        try:
            assert_nothing_clipped(window)
            assert_all_named(window)
        except AssertionError as complaint:
            raise AssertionError(f"{name} in {language}: {complaint}") from None
        finally:
            window.close()
            window.deleteLater()
            settle()


@pytest.mark.parametrize(("wide", "high"), [(683, 384), (1024, 640), (1920, 1080)])
def test_other_sizes_clip_nothing_in_the_longest_language(application, catalogues, scenes, wide, high, qtbot):
    application.speak("kk")
    for name, scene in scenes.items():
        window = scene()
        window.resize(QSize(wide, high))
        window.show()
        settle()
        settle()
        try:
            assert_nothing_clipped(window)
        except AssertionError as complaint:
            raise AssertionError(f"{name} at {wide}: {complaint}") from None
        finally:
            window.close()
            window.deleteLater()
            settle()


def test_the_words_of_an_open_page_follow_the_language(application, catalogues, scenes, qtbot):
    window = scenes["person-why"]()
    settle()
    for language in LANGUAGES:
        application.speak(language)
        settle()
        shown = {label.text() for label in window.findChildren(QLabel) if label.isVisible()}
        assert said("Open terms") in shown
    window.close()
