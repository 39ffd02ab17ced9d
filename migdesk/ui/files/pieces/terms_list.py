"""Open terms as a list: who, what to do, until when, on what ground, and how urgent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from migdesk.domain.errors import NotFound
from migdesk.domain.fields import Day, Text
from migdesk.domain.listing import Column, Listing, Look, Query
from migdesk.domain.terms import OpenTerm, TermKind
from migdesk.i18n import N_
from migdesk.services import day
from migdesk.services.day import TermWhy
from migdesk.services.desk import Desk
from migdesk.ui.later import Later
from migdesk.ui.lists.given import Given
from migdesk.ui.lists.table_view import ListPart, RecordView
from migdesk.ui.look.words import said
from migdesk.ui.parts.actions import Action
from migdesk.ui.parts.acts import short_ground
from migdesk.ui.parts.panel import Words
from migdesk.ui.workplace import ListWanted, Workplace, term_target

WHY = N_("Why this date?")
_EXPLAINED = Later("files.pieces.why_date:WhyDialog")
TITLE = N_("Terms")
_COLUMNS = (
    Column("person", Text(N_("Person")), 166),
    Column("what", Text(N_("What to do")), 178),
    Column("due", Day(N_("Due")), 86),
    Column("ground", Text(N_("Ground")), 194),
    Column("left", Day(N_("State")), 148, look=Look.DUE),
)


@dataclass(frozen=True, slots=True)
class TermLine:
    """A term with the reason of its day."""

    term: OpenTerm
    why: TermWhy | None


def load_terms(desk: Desk, since: date, until: date | None, limit: int) -> list[TermLine]:
    """Open terms with their grounds; a record that is gone meanwhile is told without."""
    return [explained(desk, term) for term in day.list_terms(desk, since=since, until=until, limit=limit)]


def explained(desk: Desk, term: OpenTerm) -> TermLine:
    """A term with the reason of its day."""
    try:
        return TermLine(term, day.explain_term(desk, term))
    except NotFound:
        return TermLine(term, None)


class TermsList(RecordView):
    """The list; Enter opens the record in which a term stands."""

    def __init__(self, work: Workplace, name: str, empty: Words) -> None:
        self._work = work
        self._name = name
        self._lines: Sequence[TermLine] = ()
        super().__init__(ListPart(TITLE, work.tasks, work.reading, self._open_lines, work.memory, empty))
        self.opened.connect(self._open_record)

    def show_lines(self, lines: Sequence[TermLine]) -> None:
        """Show these terms in the order a person set, else the most urgent first."""
        self._lines = lines
        order = self.query().order if self.query().name else ""
        self.show_list(Query(self._name, order=order))

    def lines(self) -> Sequence[TermLine]:
        """What is shown."""
        return self._lines

    def retranslate(self) -> None:
        """Grounds and duties in the current language."""
        if self.query().name:
            self.show_lines(self._lines)
        super().retranslate()

    def why_action(self) -> Action:
        """Ctrl+I tells why the marked term ends on its day."""
        return Action("terms.why", WHY, self.explain_current, "clock", "Ctrl+I")

    def explain_current(self) -> None:
        """Show why the marked term ends on its day."""
        uid = self.current_uid()
        why = self._lines[int(uid)].why if uid else None
        if why:
            _EXPLAINED(why, self.window()).open()

    def _open_lines(self, query: Query) -> Listing:
        rows = [
            (
                line.term.name,
                duty(line),
                line.term.due,
                short_ground(line.why) if line.why else "",
                line.term.due,
            )
            for line in self._lines
        ]
        return Given(_COLUMNS, rows).sorted_by(query.order)

    def _open_record(self, uid: str) -> None:
        term = self._lines[int(uid)].term
        if term.kind is TermKind.RESERVED and not term.person_uid:
            self._work.list_wanted.emit(ListWanted("quota"))
            return
        if term.kind is TermKind.RESERVED:
            self._work.target_wanted.emit(term_target(term.kind, term.person_uid))
            return
        self._work.target_wanted.emit(term_target(term.kind, term.record_uid))


def duty(line: TermLine) -> str:
    """What the term is about, in the current language: its kind, or the kind of permit that ends."""
    if line.term.kind is TermKind.PERMIT and line.why and line.why.rule:
        return line.why.rule
    return said(line.term.title)
