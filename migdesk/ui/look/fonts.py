"""The type of the window: Fira Sans from its package, tabular figures, Plex Serif for ₸ and ✓.

The fonts come with the program, so that a window looks the same on every machine.
"""

from __future__ import annotations

from functools import cache

from fontpkg_fira_sans import ROOT as FIRA
from fontpkg_ibm_plex_serif import ROOT as PLEX
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetrics, QPainter

from migdesk.ui.look import theme

TEXT_FAMILY = "Fira Sans"
SIGN_FAMILY = "IBM Plex Serif"
"""Has the few signs Fira Sans lacks: ₸ and ✓."""

REGULAR, SEMIBOLD, BOLD = 400, 600, 700


@cache
def load() -> None:
    """Give Qt the font files of the program, once.

    Raises:
        RuntimeError: a file is missing or broken, so words would show as boxes.
    """
    # straight from their packages: `fontpkg.path` looks through all that is installed, for 20 ms (measured)
    text = [FIRA / "files" / f"FiraSans-{weight}.ttf" for weight in ("Regular", "SemiBold", "Bold")]
    signs = [PLEX / "files" / f"IBMPlexSerif-{weight}.ttf" for weight in ("Regular", "Bold")]
    for file in text + signs:
        if QFontDatabase.addApplicationFont(str(file)) < 0:
            raise RuntimeError(f"the font {file.stem} cannot be read: install the program again")


def font(size: int = theme.BODY, weight: int = REGULAR) -> QFont:
    """A font of the program; `size` in pixels at 100 %, figures all of one width."""
    return QFont(_font(size, weight))


@cache
def _font(size: int, weight: int) -> QFont:
    made = QFont()
    made.setFamilies([TEXT_FAMILY, SIGN_FAMILY])
    made.setPixelSize(size)
    made.setWeight(QFont.Weight(weight))
    made.setFeature(QFont.Tag("tnum"), 1)
    return made


def write(painter: QPainter, room: QRect, words: str, face: QFont, ink: str) -> None:
    """Draw words in the middle of the left edge of a room, their end left out when there is no place for it."""
    painter.setFont(face)
    painter.setPen(QColor(ink))
    shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)


def width(text: str, size: int = theme.BODY, weight: int = REGULAR) -> int:
    """How wide a text is, in pixels at 100 %."""
    return QFontMetrics(_font(size, weight)).horizontalAdvance(text)


def height(size: int = theme.BODY) -> int:
    """How high a line of text is, in pixels at 100 %; about 1.4 of the type size."""
    return max(QFontMetrics(_font(size, REGULAR)).height(), round(size * 1.4))
