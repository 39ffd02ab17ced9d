"""What the program learned of spellings of names, in the settings: looked through, and forgotten one by one."""

from __future__ import annotations

from migdesk.domain.change import Done
from migdesk.domain.name_spelling import NameSpelling
from migdesk.i18n import N_
from migdesk.services.people import spellings
from migdesk.ui.dialogs.records_page import Listed, RecordsPage
from migdesk.ui.look.words import said
from migdesk.ui.parts.panel import Words
from migdesk.ui.workplace import Workplace

_SPELLINGS = Listed(
    NameSpelling,
    name="settings.names",
    title=N_("Spellings of names"),
    about=N_(
        "When a clerk corrects a proposed spelling and saves, the corrected one is proposed from then on. "
        "Only single names are kept, no persons."
    ),
    empty=Words("people", N_("Nothing was corrected yet")),
    widths={"given": 220, "spelled": 220},
)
_FORGET = N_("Forget this spelling")
_FORGOTTEN = N_("Forgotten: {given} → {spelled}")


class NamesPage(RecordsPage[NameSpelling]):
    """The button forgets the spelling in front."""

    def __init__(self, work: Workplace) -> None:
        super().__init__(work, _SPELLINGS)
        self.button.clicked.connect(lambda _on=False: self.forget())
        self.refresh()

    def refresh(self) -> None:
        """What is remembered now."""
        self.button.setText(said(_FORGET))
        self._work.tasks.read(spellings.list_spellings, self._work.desk, done=self._show)

    def forget(self) -> None:
        """Let the letter table propose again."""
        chosen = self.current()
        if chosen:
            self._work.do(spellings.forget, chosen.uid, words=self._say, done=lambda _done: self.refresh())

    def _show(self, found: list[NameSpelling]) -> None:
        self.show_records(found)
        self.button.setEnabled(bool(found))

    def _say(self, done: Done[NameSpelling]) -> str:
        words = said(_FORGOTTEN, given=done.value.given, spelled=done.value.spelled)
        self.told.emit(words)
        return words
