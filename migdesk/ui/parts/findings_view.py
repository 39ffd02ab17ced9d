"""What a check says, below the field it is about: symbol, words, and the law behind a link."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from migdesk.domain.finding import Confidence, Finding, Severity, Source
from migdesk.i18n import N_
from migdesk.ui.look import fonts, theme
from migdesk.ui.look.labels import Label
from migdesk.ui.look.style import mark
from migdesk.ui.look.theme import Tone
from migdesk.ui.look.words import said
from migdesk.ui.parts.clickable import PushButton
from migdesk.ui.parts.panel import Drawing
from migdesk.ui.parts.pills import SYMBOLS, Pill, PillLabel

TONE_OF = {Severity.BLOCK: Tone.BAD, Severity.WARN: Tone.WARN, Severity.NOTE: Tone.INFO}
CONFIDENCE = Confidence.labels()
_UNVERIFIED = N_("not verified")
_WHY = N_("Why?")


def source_words(source: Source) -> str:
    """Act, article and how far it was checked, in one line."""
    where = f"{source.act}, {source.article}" if source.article else source.act
    return f"{where} ({said(CONFIDENCE[source.confidence])})"


class FindingsView(QWidget):
    """The findings of one field; `asked` carries the source a person wants to see."""

    asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._findings: tuple[Finding, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.XS)
        self.hide()

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Show these in place of those before, the gravest first."""
        order = list(Severity)
        self._findings = tuple(sorted(findings, key=lambda one: order.index(one.severity)))
        self.retranslate()

    def words(self) -> str:
        """All of them as text, for a screen reader."""
        return " ".join(finding.words() for finding in self._findings)

    def retranslate(self) -> None:
        """Say them in the current language."""
        while self._column.count():
            item = self._column.takeAt(0)
            if item and (line := item.widget()):
                line.hide()
                line.deleteLater()
        for finding in self._findings:
            self._column.addWidget(self._line(finding))
        self.setVisible(bool(self._findings))

    def _line(self, finding: Finding) -> QWidget:
        tone = TONE_OF[finding.severity]
        line = QWidget()
        grid = QGridLayout(line)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.XS)
        grid.setVerticalSpacing(0)
        top = Qt.AlignmentFlag.AlignTop
        symbol = Drawing("info" if tone is Tone.INFO else SYMBOLS[tone], tone, 14)
        grid.addWidget(symbol, 0, 0, top)
        words = Label("", "small").wrapped()
        mark(words, ink=tone.value)
        words.show_text(finding.words())
        grid.addWidget(words, 0, 1, top)
        grid.setColumnStretch(1, 1)
        if finding.source:
            law = QHBoxLayout()
            law.addWidget(self._link(finding.source))
            if finding.source.confidence is Confidence.UNVERIFIED:
                law.addWidget(PillLabel(Pill(Tone.WARN, said(_UNVERIFIED))))
            law.addStretch(1)
            grid.addLayout(law, 1, 1)
        return line

    def _link(self, source: Source) -> QPushButton:
        link = PushButton(said(_WHY))
        mark(link, look="link")
        link.setFont(fonts.font(theme.SMALL))
        link.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        link.setToolTip(source_words(source))
        link.setAccessibleName(f"{said(_WHY)} {source_words(source)}")
        link.clicked.connect(lambda _checked=False: self.asked.emit(source))
        return link
