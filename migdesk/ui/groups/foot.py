"""Below the rows: how many there are, and whether they are those of a draft that came back."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from migdesk.i18n import N_
from migdesk.ui.groups.rows import GroupBook
from migdesk.ui.look import theme
from migdesk.ui.look.labels import ElidedLabel
from migdesk.ui.look.words import said
from migdesk.ui.parts.blocks import link

_COUNTS = N_("People: {n} · families: {families} · to correct: {bad} · to look at: {odd}")
_RESTORED, _THROW = N_("Draft of {at} restored."), N_("Throw it away")


class Foot(QWidget):
    """`empty_wanted` comes when the draft that came back is not wanted."""

    empty_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._at = ""
        self._counts, self._restored = ElidedLabel("", "muted"), ElidedLabel("", "strong")
        self._throw = link("")
        self._throw.clicked.connect(lambda _on=False: self.empty_wanted.emit())
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.M)
        line.addWidget(self._counts, 1)
        line.addWidget(self._restored)
        line.addWidget(self._throw)
        self.say_restored("")

    def count(self, book: GroupBook) -> None:
        """Say how many there are now."""
        self._counts.say(_COUNTS, **book.counts())

    def say_restored(self, at: str) -> None:
        """Say that this is the draft of a moment; nothing when it was saved, or thrown away."""
        self._at = at
        for part in (self._restored, self._throw):
            part.setVisible(bool(at))
        self.retranslate()

    def retranslate(self) -> None:
        """Say it in the current language."""
        self._restored.say(_RESTORED, at=self._at)
        self.setAccessibleName(said(_RESTORED, at=self._at) if self._at else "")
        self._throw.say(said(_THROW))
