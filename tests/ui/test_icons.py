"""Icons: one family, drawn in the colour of the words, sharp on every screen."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon

from migdesk import paths
from migdesk.ui.look import icons
from migdesk.ui.look.theme import DARK, LIGHT


def drawn(picture) -> set[str]:
    """Colours of the pixels that are fully there."""
    image = picture.toImage()
    return {
        image.pixelColor(x, y).name().upper()
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() == 255
    }


@pytest.mark.parametrize("name", icons.names())
def test_every_drawing_follows_the_family(name):
    text = (paths.resources() / "icons" / f"{name}.svg").read_text("utf-8")
    assert 'viewBox="0 0 18 18"' in text
    assert 'stroke="currentColor"' in text
    assert "#" not in text and "style=" not in text


@pytest.mark.parametrize("name", icons.names())
def test_every_drawing_shows_something_in_its_colour(application, name):
    assert drawn(icons.pixmap(name, "#B3261E", 36)) == {"#B3261E"}


def test_an_icon_follows_the_theme(application):
    icon = icons.icon("today", "accent")
    assert drawn(icon.pixmap(36, 36)) == {LIGHT.accent.upper()}
    application.show_theme("dark")
    assert drawn(icon.pixmap(36, 36)) == {DARK.accent.upper()}


def test_a_switched_off_icon_is_muted(application):
    assert drawn(icons.icon("save").pixmap(QSize(36, 36), QIcon.Mode.Disabled)) == {LIGHT.muted.upper()}


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
def test_icons_are_sharp_at_every_scale(application, ratio):
    picture = icons.icon("people").pixmap(QSize(18, 18), ratio)
    assert picture.devicePixelRatio() == ratio
    assert picture.size() == QSize(round(18 * ratio), round(18 * ratio))


def test_a_missing_drawing_is_named():
    with pytest.raises(FileNotFoundError, match="no-such-drawing"):
        icons.icon("no-such-drawing")


def test_colours_of_drawings_are_colours():
    assert all(QColor(colour).isValid() for colour in (LIGHT.text, DARK.text))
