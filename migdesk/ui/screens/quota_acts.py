"""What can be done on the page of the quota: to a pot, to a line below it, to who is next in line."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from migdesk.domain.change import Done
from migdesk.domain.errors import Invalid
from migdesk.domain.finding import block
from migdesk.domain.quota import Waiting
from migdesk.i18n import N_
from migdesk.services.quotas import waiting
from migdesk.services.quotas.quotas import Pot
from migdesk.ui.files.quotas import quota_questions, quota_taking
from migdesk.ui.files.quotas.what_if_dialog import ask_what_if
from migdesk.ui.look.words import said
from migdesk.ui.parts.actions import Action
from migdesk.ui.parts.lazy_tabs import LazyTabs
from migdesk.ui.workplace import Workplace

_NO_ROW, _NOBODY = N_("Choose a line below first."), N_("Nobody waits for this pot.")
_TAKEN = N_("Taken from the list: {number}. Units are held.")
_TABS = {"reservations": "taken", "waiting": "line"}
"""In which tab of the page each list stands."""


class QuotaActs:
    """The actions of the page; `rows` has the uid of the line chosen in each list."""

    def __init__(
        self,
        work: Workplace,
        pot: Callable[[], Pot | None],
        entries: LazyTabs,
        rows: Mapping[str, str],
    ) -> None:
        self._work, self._pot = work, pot
        self._entries, self._rows = entries, rows

    def actions(self) -> list[Action]:
        """Buttons and menu of the page, the most usual first."""
        asked = (
            ("quota.allot", N_("Allot…"), quota_questions.ask_allot, "add"),
            ("quota.adjust", N_("Change the limit…"), quota_questions.ask_adjust, "edit"),
            ("quota.transfer", N_("Hand over…"), quota_questions.ask_transfer, "right"),
            ("quota.return", N_("Give back…"), quota_questions.ask_give_back, "undo"),
            ("quota.reserve", N_("Hold units…"), quota_taking.ask_reserve, "lock"),
            ("quota.wait", N_("Enter in the waiting list…"), quota_taking.ask_wait, "people"),
            ("quota.what_if", N_("What if…"), ask_what_if, "search"),
        )
        own = (
            ("quota.next", N_("Take the next in line"), self._take_next, "ok"),
            ("quota.skip", N_("Pass over the next…"), self._skip_next, "down"),
            ("quota.strike", N_("Strike off the list…"), self._strike, "annul"),
            ("quota.renew", N_("Hold longer…"), self._renew, "clock"),
            ("quota.release", N_("Return units…"), self._release, "left"),
        )
        found = [Action(key, title, self._on_pot(ask), icon) for key, title, ask, icon in asked]
        return [*found, *(Action(key, title, run, icon) for key, title, run, icon in own)]

    def _on_pot(self, ask: Callable[[Workplace, Pot | None], object]) -> Callable[[], object]:
        return lambda: ask(self._work, self._pot())

    def _row(self, name: str) -> str:
        """The uid of the line chosen in a list, which comes to the front; says so when none is."""
        self._entries.open(_TABS[name])
        uid = self._rows.get(name, "")
        if not uid:
            self._work.tell_error(Invalid([block("no_row", _NO_ROW)]))
        return uid

    def _renew(self) -> None:
        if uid := self._row("reservations"):
            quota_taking.ask_renew(self._work, uid)

    def _release(self) -> None:
        if uid := self._row("reservations"):
            quota_taking.ask_release(self._work, uid)

    def _strike(self) -> None:
        if uid := self._row("waiting"):
            quota_taking.ask_strike(self._work, waiting.get(self._work.desk, uid))

    def _next(self) -> Waiting | None:
        """Whose turn it is; says so when nobody waits."""
        self._entries.open("line")
        pot = self._pot()
        found = waiting.next_of(self._work.desk, pot) if pot else None
        if found is None:
            self._work.tell_error(Invalid([block("nobody", _NOBODY)]))
        return found

    def _take_next(self) -> None:
        if found := self._next():
            work = self._work
            work.tasks.run(waiting.include, work.desk, found.uid, done=self._told, failed=work.tell_error)

    def _told(self, done: Done[Waiting]) -> None:
        self._work.tell_done(said(_TAKEN, number=done.value.number), done.changes.op)

    def _skip_next(self) -> None:
        if found := self._next():
            quota_taking.ask_skip(self._work, found)
