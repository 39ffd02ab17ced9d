"""The light of a person: colour, symbol and word, its first reason, and on request all of them with the law."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from migdesk.domain.fields import choice_label
from migdesk.domain.finding import Finding, Severity
from migdesk.i18n import N_
from migdesk.services.stays.status import Light, Status
from migdesk.ui.look import icons, theme
from migdesk.ui.look.labels import Label
from migdesk.ui.look.style import mark
from migdesk.ui.look.theme import Tone
from migdesk.ui.look.words import said
from migdesk.ui.parts.blocks import link, text
from migdesk.ui.parts.pills import SYMBOLS

TONES = {Light.GREEN: Tone.OK, Light.AMBER: Tone.WARN, Light.RED: Tone.BAD}
_MORE = N_("all reasons ({n})")
_SIGN = 22


class Tinted(QWidget):
    """A ground in the tint of a tone with a bar of its ink at the left."""

    def __init__(self, tone: Tone) -> None:
        super().__init__()
        self.tone = tone

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground and bar."""
        colours = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.ground(self.tone)))
        painter.drawRoundedRect(QRectF(self.rect()), theme.RADIUS, theme.RADIUS)
        painter.setBrush(QColor(colours.ink(self.tone)))
        painter.drawRoundedRect(QRectF(0, 0, 4, self.height()), 2, 2)


class Sign(QWidget):
    """The symbol of a tone, large."""

    def __init__(self, tone: Tone) -> None:
        super().__init__()
        self._tone = tone
        self.setFixedSize(_SIGN, _SIGN)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        icons.paint(QPainter(self), SYMBOLS[self._tone], QRectF(self.rect()), theme.current().ink(self._tone))


class NoteView(Tinted):
    """A remark that must not be overlooked."""

    def __init__(self, tone: Tone, words: str) -> None:
        super().__init__(tone)
        line = QHBoxLayout(self)
        line.setContentsMargins(theme.L, theme.S, theme.M, theme.S)
        line.setSpacing(theme.S)
        line.addWidget(Sign(tone), 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(text(words), 1)


class LightView(Tinted):
    """The light with its first reason; `more` asks for all of them."""

    more = Signal()

    def __init__(self, status: Status) -> None:
        tone = TONES[status.light]
        super().__init__(tone)
        word = choice_label(status.light)
        reasons = reasons_first(status.findings)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        head = Label("", "strong")
        head.show_text(word)
        mark(head, ink=tone.value)
        lines = QVBoxLayout()
        lines.setSpacing(2)
        lines.addWidget(head)
        if reasons:
            lines.addWidget(text(reasons[0].words(), "body"))
        if len(reasons) > 1:
            button = link(said(_MORE, n=len(reasons)))
            button.clicked.connect(self.more)
            lines.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        lines.addStretch(1)
        line = QHBoxLayout(self)
        line.setContentsMargins(theme.L, theme.S, theme.M, theme.S)
        line.setSpacing(theme.S)
        line.addWidget(Sign(tone), 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(lines, 1)
        self.setAccessibleName(f"{word}. {reasons[0].words() if reasons else ''}")


def reasons_first(findings: Sequence[Finding]) -> list[Finding]:
    """The gravest first, otherwise as they came."""
    order = list(Severity)
    return sorted(findings, key=lambda one: order.index(one.severity))
