"""Fields in which the clerk typed one thing while another window wrote another: both are shown, a key chooses."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from migdesk.domain.finding import Finding, block
from migdesk.i18n import N_
from migdesk.ui.files.questions.form_draft import MORE, Slate, State
from migdesk.ui.look.words import said

MINE, OTHER = "Ctrl+1", "Ctrl+2"
CODE = "changed_meanwhile"
_OTHER = N_("Meanwhile “{other}” was written here. Ctrl+1 keeps what you typed, Ctrl+2 takes the other.")
_BELOW = N_("The part below the fields was changed meanwhile. Ctrl+1 keeps yours, Ctrl+2 takes the other.")
_EMPTY = N_("nothing")


class Clashes:
    """Nothing is saved while one of them is open; who types anew in such a field has chosen, too."""

    def __init__(self, slate: Slate, show: Callable[[list[Finding]], object]) -> None:
        self._slate, self._show = slate, show
        self._others: dict[str, State] = {}
        slate.form.changed.connect(self.forget)

    def mark(self, others: Mapping[str, State]) -> None:
        """Ask for these."""
        self._others = dict(others)
        if others:
            self._show(self.findings())

    def findings(self) -> list[Finding]:
        """What is still to be chosen, field by field."""
        return [self._finding(name, state) for name, state in self._others.items()]

    def forget(self, name: str) -> None:
        """It is chosen."""
        self._others.pop(name, None)

    def choose(self, *, mine: bool) -> None:
        """Answer for the field with the cursor, or else for the first, then go to the next."""
        if not self._others:
            return
        focused = self._slate.form.focused()
        name = focused if focused in self._others else next(iter(self._others))
        state = self._others.pop(name)
        if not mine:
            self._slate.put({name: state})
        self._show(self.findings())

    def _finding(self, name: str, state: State) -> Finding:
        if name == MORE:
            return block(CODE, _BELOW)
        other = self._slate.words(name, state) or said(_EMPTY)
        return block(CODE, _OTHER, name, other=other)
