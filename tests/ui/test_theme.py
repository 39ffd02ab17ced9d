"""Colours can be read, come from one place, and change while the window is open."""

from __future__ import annotations

import re

import pytest
from PySide6.QtGui import QColor, QPalette

from migdesk.ui.look import style, theme
from migdesk.ui.look.theme import DARK, LIGHT, Tone
from tests.house.repository import PACKAGE, calls, modules

READABLE = 4.5
VISIBLE = 3.0
GROUNDS = (
    "window",
    "surface",
    "sunken",
    "hover",
    "tint",
    "plain_tint",
    "ok_tint",
    "warn_tint",
    "bad_tint",
    "info_tint",
)
INKS = ("text", "muted", "accent", "ok", "warn", "bad", "info")
PAIRS = (
    *((ink, ground) for ink in INKS for ground in GROUNDS),
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
)
"""Every ink and the ground it may stand on."""


def contrast(one: str, other: str) -> float:
    """Contrast of two colours after WCAG 2: 1 to 21."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=lambda one: one.name)
@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_words_can_be_read_on_every_ground(colours, ink, ground):
    named = theme.tokens(colours)
    assert contrast(named[ink], named[ground]) >= READABLE


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=lambda one: one.name)
@pytest.mark.parametrize("tone", Tone)
def test_words_of_a_tone_can_be_read_on_its_ground(colours, tone):
    assert contrast(colours.ink(tone), colours.ground(tone)) >= READABLE


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=lambda one: one.name)
def test_edges_of_fields_can_be_seen(colours):
    assert contrast(colours.edge, colours.surface) >= VISIBLE
    assert contrast(colours.edge, colours.window) >= VISIBLE


def test_contrast_of_black_on_white_is_the_greatest():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#FFFFFF", "#000000") == pytest.approx(21)


def test_the_palette_carries_the_theme(application):
    application.show_theme("dark")
    assert theme.current() is DARK
    application.show_theme("light")
    assert theme.current() is LIGHT
    assert application.qt.palette().color(QPalette.ColorRole.Text) == QColor(LIGHT.text)


def test_an_unknown_theme_is_refused(application):
    with pytest.raises(KeyError):
        application.show_theme("pink")


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=lambda one: one.name)
def test_the_style_sheet_holds_only_colours_of_the_theme(colours):
    used = set(re.findall(r"#[0-9A-Fa-f]{6}", style.sheet(colours)))
    assert used <= set(theme.tokens(colours).values())
    assert "$" not in style.sheet(colours)


def test_style_strings_are_set_in_one_place():
    setters = {
        path.relative_to(PACKAGE).as_posix()
        for path in modules()
        for name, _call in calls(path)
        if name == "setStyleSheet"
    }
    assert setters == {"ui/application.py"}


def test_colours_are_named_in_one_place():
    written = {
        path.name
        for path in modules(PACKAGE / "ui")
        if re.search(r"[\"']#[0-9A-Fa-f]{6}", path.read_text("utf-8"))
    }
    assert written == {"theme.py"}
