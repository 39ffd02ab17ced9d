"""Colours, sizes and type of the window: every token of the design, once, for light and for dark.

Widgets ask `current()` for the colours in force; the palette of the application carries the choice, so a
switch of theme is one palette change that every widget already repaints on.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum

from PySide6.QtGui import QColor, QGuiApplication, QPalette

XS, S, M, L, XL = 4, 8, 12, 16, 24
"""The only distances used, in pixels at 100 %."""

RADIUS, CARD_RADIUS, PILL_RADIUS = 6, 8, 9
CONTROL = 32
"""Height of a button or a field, pixels at 100 %."""
ROW, ROW_COMPACT = 36, 28
SIDE_BAR, SIDE_BAR_NARROW, NARROW_WINDOW = 208, 56, 1100
ICON = 18

CAPTION, SMALL, BODY, SECTION, TITLE, FIGURE = 11, 12, 13, 15, 20, 26
"""Type sizes in pixels at 100 %: axis and captions, pills, body, section, page title, figures."""

SLIDE_MS = 150
"""No movement may last longer."""


class Tone(StrEnum):
    """What a colour says; it is never said by colour alone, see `pills`."""

    PLAIN = "plain"
    OK = "ok"
    WARN = "warn"
    BAD = "bad"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Theme:
    """One set of colours as `#RRGGBB`; every ink reaches 4.5:1 on every ground (a test proves it)."""

    name: str
    window: str
    surface: str
    sunken: str
    line: str
    edge: str
    plain_tint: str
    text: str
    muted: str
    accent: str
    on_accent: str
    tint: str
    ok: str
    ok_tint: str
    warn: str
    warn_tint: str
    bad: str
    bad_tint: str
    info: str
    info_tint: str
    gold: str
    hover: str
    accent_hover: str

    def ink(self, tone: Tone) -> str:
        """Colour of words and symbols of a tone."""
        return self.text if tone is Tone.PLAIN else str(getattr(self, tone.value))

    def ground(self, tone: Tone) -> str:
        """Tinted ground under the words of a tone."""
        return str(getattr(self, f"{tone.value}_tint"))


LIGHT = Theme(
    name="light",
    window="#F5F7F9",
    surface="#FFFFFF",
    sunken="#ECF0F3",
    line="#D5DCE2",
    edge="#82909D",
    plain_tint="#E6EBEF",
    text="#17212B",
    muted="#566573",
    accent="#00708F",
    on_accent="#FFFFFF",
    tint="#E1F2F6",
    ok="#1B7048",
    ok_tint="#E3F4EA",
    warn="#8A5A00",
    warn_tint="#FFF3D6",
    bad="#B3261E",
    bad_tint="#FCE8E6",
    info="#2457A6",
    info_tint="#E6EEFA",
    gold="#C99700",
    hover="#F0F4F7",
    accent_hover="#005E78",
)

DARK = Theme(
    name="dark",
    window="#12181E",
    surface="#1A222A",
    sunken="#0E1318",
    line="#33404B",
    edge="#6B7C8A",
    plain_tint="#2B363F",
    text="#E6ECF1",
    muted="#9FB0BD",
    accent="#4FB8D3",
    on_accent="#06212A",
    tint="#12343F",
    ok="#6CCB96",
    ok_tint="#14301F",
    warn="#F0BE5A",
    warn_tint="#33270C",
    bad="#F2938C",
    bad_tint="#3A1715",
    info="#8FB4F0",
    info_tint="#172741",
    gold="#E5BE4F",
    hover="#222C35",
    accent_hover="#6CC7DE",
)

THEMES = {theme.name: theme for theme in (LIGHT, DARK)}


def tokens(theme: Theme) -> dict[str, str]:
    """The colours by name, for the style sheet."""
    return {one.name: getattr(theme, one.name) for one in fields(theme)}


def current() -> Theme:
    """The colours in force: those whose window colour the application's palette shows."""
    shown = QGuiApplication.palette().color(QPalette.ColorRole.Window)
    return DARK if shown == QColor(DARK.window) else LIGHT


def palette(theme: Theme) -> QPalette:
    """The palette of Qt's own style, for all that the style sheet does not name."""
    role = QPalette.ColorRole
    colours = {
        role.Window: theme.window,
        role.WindowText: theme.text,
        role.Base: theme.surface,
        role.AlternateBase: theme.hover,
        role.Text: theme.text,
        role.PlaceholderText: theme.muted,
        role.Button: theme.surface,
        role.ButtonText: theme.text,
        role.BrightText: theme.bad,
        role.Light: theme.surface,
        role.Midlight: theme.hover,
        role.Mid: theme.line,
        role.Dark: theme.edge,
        role.Shadow: theme.line,
        role.Highlight: theme.accent,
        role.HighlightedText: theme.on_accent,
        role.Accent: theme.accent,
        role.Link: theme.accent,
        role.LinkVisited: theme.accent,
        role.ToolTipBase: theme.text,
        role.ToolTipText: theme.surface,
    }
    made = QPalette()
    for where, colour in colours.items():
        made.setColor(where, QColor(colour))
    for where in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, where, QColor(theme.muted))
    return made
