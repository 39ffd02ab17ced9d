"""The question before a paper is printed again whose data have changed: by the data of today, or as it was."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from migdesk.domain.printout import Printout
from migdesk.i18n import N_
from migdesk.services.papers.printing import Standing
from migdesk.ui.look import theme
from migdesk.ui.look.labels import Label
from migdesk.ui.look.words import said
from migdesk.ui.parts.choice_button import ChoiceColumn

_CHANGED = N_("The data have changed since No. {number} was printed.")
_NEW = N_("By the data of today, with a number of its own; No. {number} is replaced")
_COPY = N_("A copy of No. {number}, as it was")
_QUESTION = N_("Which paper")

CHOOSE = N_("The data have changed since this paper was printed: choose at the right which paper you want.")
"""Why nothing is printed yet."""

NEW, COPY = "new", "copy"


class Again(QWidget):
    """Out of sight unless the paper would say something else than the one before; nothing is chosen for the clerk."""

    chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._last: Printout | None = None
        self.words, self.choice = Label("", "strong").wrapped(), ChoiceColumn()
        self.choice.chosen.connect(self._choose)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, theme.S)
        lines.setSpacing(theme.XS)
        lines.addWidget(self.words)
        lines.addWidget(self.choice)
        self.hide()

    @property
    def is_open(self) -> bool:
        """Whether the question waits for its answer."""
        return self._last is not None and not self.choice.key()

    @property
    def is_asked(self) -> bool:
        """Whether the paper would say something else than the one before."""
        return self._last is not None

    @property
    def copy_of(self) -> str:
        """The printed paper that is wanted once more, as it was."""
        return self._last.uid if self._last and self.choice.key() == COPY else ""

    def show_standing(self, standing: Standing | None) -> None:
        """Ask, where the paper has changed; an answer given stands as long as the same paper is meant."""
        last = standing.last if standing and standing.changed else None
        is_same = last and self._last and last.number == self._last.number
        self._last = last
        if not is_same:
            self.choice.show_choices([])
        self.retranslate()
        self.setVisible(last is not None)

    def retranslate(self) -> None:
        """Ask in the current language; the answer stays."""
        if self._last is None:
            return
        number, key = self._last.number, self.choice.key()
        self.words.say(_CHANGED, number=number)
        self.choice.setAccessibleName(said(_QUESTION))
        self.choice.show_choices([(NEW, said(_NEW, number=number)), (COPY, said(_COPY, number=number))])
        if key:
            self.choice.choose(key)

    def ask(self) -> None:
        """Bring the keyboard to the question."""
        self.choice.take_focus()

    def _choose(self, key: str) -> None:
        self.choice.choose(key)
        self.chosen.emit()
