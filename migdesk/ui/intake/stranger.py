"""The next visitor's passport, scanned while the file of the one before is in front, begins an intake of his own."""

from __future__ import annotations

import functools
from collections.abc import Callable

from migdesk.i18n import N_
from migdesk.ui.intake.beside import Beside
from migdesk.ui.intake.sheet import Book
from migdesk.ui.look.theme import Tone
from migdesk.ui.look.words import said
from migdesk.ui.parts.frame import PageFrame
from migdesk.ui.parts.messages import Notice

_ANEW = N_("The document is another person's: a new arrival of his own, not of the family of {name}.")
_JOIN = N_("He comes along with {name}")


class Stranger:
    """Begins anew with whom the document names; a link takes him into the family after all."""

    def __init__(self, frame: PageFrame, beside: Beside, start_over: Callable[[Book], object]) -> None:
        self._frame, self._beside, self._start_over = frame, beside, start_over
        beside.stranger.connect(self.begin)

    def begin(self, text: str) -> None:
        """Nothing was typed at the known head: he leaves the form."""
        known = self._beside.head
        if known is None:
            return
        self._start_over(Book())
        self._beside.scan(text)
        join = functools.partial(self._join, known.uid, text)
        words = said(_JOIN, name=known.full_name)
        self._frame.tell(Notice(Tone.INFO, said(_ANEW, name=known.full_name), words, join))

    def _join(self, uid: str, text: str) -> None:
        self._start_over(Book())
        self._beside.is_family = True
        self._beside.take_over(uid, 0, then=lambda: self._beside.scan(text))
