"""Two files side by side: who each is, what hangs on it, which is kept, and the fields that differ."""

from __future__ import annotations

from collections import Counter
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from migdesk.domain.fields import Ref, Spec
from migdesk.domain.person import Person, TravelDocument
from migdesk.domain.record import Record
from migdesk.i18n import N_
from migdesk.services.desk import Desk
from migdesk.services.people.merge_checks import arrival_words
from migdesk.services.people.merging import SideBySide
from migdesk.ui.duplicates.field_table import FieldTable, Line
from migdesk.ui.look import theme
from migdesk.ui.look.labels import Label
from migdesk.ui.look.style import mark
from migdesk.ui.look.theme import Tone
from migdesk.ui.look.words import number, said, shown
from migdesk.ui.parts.blocks import clear, column, link, row, rule, text
from migdesk.ui.parts.choice_button import ChoiceColumn
from migdesk.ui.parts.findings_view import FindingsView
from migdesk.ui.parts.frame import Scrolled
from migdesk.ui.parts.pills import Pill, PillLabel
from migdesk.ui.workplace import Kind, Workplace

_KEPT, _GOES = N_("this file is kept"), N_("goes into the other")
_ROWS, _NO_ROWS = N_("Rows it brings: {n} ({kinds})"), N_("It brings no rows")
_WHY = N_("{score} of 100: {reasons}")
_SAME = N_("No field differs: the files say the same.")
_THERE = N_("there is one")
_WHICH = N_("Which open arrival stays open? The other is closed as the same stay, and its terms end.")
_HIGHEST = 150


def value_words(desk: Desk, field: Spec, value: Any) -> str:
    """A value of a field as people read it."""
    if isinstance(field.field, Ref):
        return said(_THERE) if value else ""
    return desk.lists.show(field.field, value) if isinstance(value, str) else shown(field.field, value)


class CompareView(QFrame):
    """Shows two files; `table` holds what was chosen, `kept` which file stays, `arrivals` which one stays open."""

    def __init__(self, work: Workplace) -> None:
        super().__init__()
        mark(self, look="card")
        self._work = work
        self.seen: SideBySide | None = None
        self.kept = ""
        self.table = FieldTable()
        self.findings = FindingsView()
        self.arrivals = ChoiceColumn()
        self._told = Scrolled(self.findings)
        self._which = Label(_WHICH, "strong").wrapped()
        self._why = text("", "muted")
        self._heads = QGridLayout()
        self._heads.setHorizontalSpacing(theme.L)
        self._none = Label(_SAME, "muted").wrapped()
        lines = QVBoxLayout(self)
        lines.setContentsMargins(theme.L, theme.M, theme.L, theme.M)
        lines.setSpacing(theme.S)
        lines.addWidget(self._why)
        lines.addLayout(self._heads)
        lines.addWidget(self._told)
        lines.addWidget(self._which)
        lines.addWidget(self.arrivals)
        lines.addWidget(rule())
        lines.addWidget(self._none)
        lines.addWidget(self.table, 1)

    def show_files(self, seen: SideBySide) -> None:
        """Show two files; what was chosen for the same two stays chosen."""
        before = self.seen
        same = before and (before.one.uid, before.other.uid) == (seen.one.uid, seen.other.uid)
        chosen = self.table.sides() if same else {}
        if not same:
            self.kept = seen.richer
        self.seen = seen
        self._show(chosen)

    def swap(self) -> None:
        """Keep the other file; what is kept follows, field by field."""
        if self.seen:
            self.kept = self.gone()
            self._show({})

    def gone(self) -> str:
        """Uid of the file that goes into the other."""
        assert self.seen
        one, other = self.seen.one.uid, self.seen.other.uid
        return other if self.kept == one else one

    def take(self) -> frozenset[str]:
        """Fields whose value comes from the file that goes."""
        assert self.seen
        theirs = 1 if self.kept == self.seen.one.uid else 0
        return frozenset(name for name, side in self.table.sides().items() if side == theirs)

    def stays_open(self) -> str:
        """Uid of the open arrival that stays open; nothing when there is none to choose."""
        return self.arrivals.key()

    def retranslate(self) -> None:
        """Say everything in the current language."""
        if self.seen:
            self._show(self.table.sides())

    def _show(self, chosen: dict[str, int]) -> None:
        seen = self.seen
        assert seen
        reasons = "; ".join(seen.match.reasons)
        self._why.show_text(said(_WHY, score=seen.match.score, reasons=reasons))
        clear(self._heads)
        for side, person in enumerate((seen.one, seen.other)):
            head = self._head(side, person, seen.documents[side], seen.rows[side])
            self._heads.addWidget(head, 0, side, Qt.AlignmentFlag.AlignTop)
            self._heads.setColumnStretch(side, 1)
        self._tell(seen)
        lines = [self._line(field, seen) for field in seen.fields]
        own = 0 if self.kept == seen.one.uid else 1
        sides = {line.name: chosen.get(line.name, own) if line.only is None else line.only for line in lines}
        self.table.show_lines(lines, sides)
        self.table.setVisible(bool(lines))
        self._none.setVisible(not lines)

    def _tell(self, seen: SideBySide) -> None:
        """What stands against it or will be double, and which open arrival stays open."""
        self.findings.show_findings([*seen.hindrances, *seen.foretold[self.kept]])
        self._told.setVisible(not self.findings.isHidden())
        self._told.setFixedHeight(min(self.findings.sizeHint().height() + theme.XS, _HIGHEST))
        desk = self._work.desk
        self.arrivals.show_choices([(one.uid, arrival_words(desk, one)) for one in seen.arrivals])
        if seen.arrivals and not self.arrivals.key():
            own = next(one.uid for one in seen.arrivals if one.person == self.kept)
            self.arrivals.choose(seen.stays_open or own)
        for part in (self._which, self.arrivals):
            part.setVisible(bool(seen.arrivals))

    def _line(self, field: Spec, seen: SideBySide) -> Line:
        first, second = (
            value_words(self._work.desk, field, getattr(person, field.name))
            for person in (seen.one, seen.other)
        )
        return Line(field.name, field.field.label, (first, second))

    def _head(
        self, side: int, person: Person, documents: tuple[TravelDocument, ...], rows: Counter[type[Record]]
    ) -> QWidget:
        name = link(f"{side + 1} – {person.full_name}")
        name.clicked.connect(lambda _on=False: self._work.open(Kind.PERSON, person.uid))
        kept = person.uid == self.kept
        pill = PillLabel(Pill(Tone.OK, said(_KEPT)) if kept else Pill(Tone.PLAIN, said(_GOES), "right"))
        born = person.born_words
        country = self._work.desk.lists.label("countries", person.citizenship)
        facts = " · ".join(part for part in (person.latin_name, born, country, person.iin) if part)
        numbers = ", ".join(paper.number for paper in documents)
        parts = [text(part, "small") for part in (facts, numbers) if part]
        return column(name, row(pill), *parts, text(rows_words(rows), "small"), gap=2, stretch=True)


def rows_words(rows: Counter[type[Record]]) -> str:
    """How many rows hang on a file, of which kinds."""
    if not rows:
        return said(_NO_ROWS)
    kinds = ", ".join(f"{said(cls.title)} {number(count)}" for cls, count in rows.most_common())
    return said(_ROWS, n=number(rows.total()), kinds=kinds)
