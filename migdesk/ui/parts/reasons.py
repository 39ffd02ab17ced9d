"""Reasons of a judgement: each with its symbol, its words, and the act behind it with how far it was checked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from migdesk.domain.finding import Confidence, Finding, Source
from migdesk.ui.look import theme
from migdesk.ui.look.theme import Tone
from migdesk.ui.look.words import said
from migdesk.ui.parts.blocks import text
from migdesk.ui.parts.findings_view import CONFIDENCE, TONE_OF
from migdesk.ui.parts.panel import Drawing
from migdesk.ui.parts.pills import SYMBOLS, Pill, PillLabel
from migdesk.ui.parts.status_light import reasons_first

TONE_OF_CONFIDENCE = {
    Confidence.VERIFIED: Tone.OK,
    Confidence.REPORTED: Tone.INFO,
    Confidence.DERIVED: Tone.INFO,
    Confidence.LIBRARY: Tone.INFO,
    Confidence.UNVERIFIED: Tone.WARN,
}


def confidence_pill(source: Source) -> PillLabel:
    """How far a source was checked; its address is the tooltip."""
    words = said(CONFIDENCE[source.confidence])
    pill = PillLabel(Pill(TONE_OF_CONFIDENCE[source.confidence], words, "law"))
    pill.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    pill.setToolTip("\n".join(part for part in (words, source.address) if part))
    return pill


class Reasons(QWidget):
    """All reasons, the gravest first; built anew with its file when the language changes."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.S)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        line = 0
        for finding in reasons_first(findings):
            tone = TONE_OF[finding.severity]
            symbol = Drawing("info" if tone is Tone.INFO else SYMBOLS[tone], tone, 16)
            grid.addWidget(symbol, line, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(text(finding.words()), line, 1)
            line += 1
            if finding.source:
                where = finding.source
                act = f"{where.act}, {where.article}" if where.article else where.act
                grid.addWidget(text(act, "small"), line, 1)
                grid.addWidget(confidence_pill(where), line + 1, 1, Qt.AlignmentFlag.AlignLeft)
                line += 2
            grid.setRowMinimumHeight(line, theme.XS)
            line += 1
