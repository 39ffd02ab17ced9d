"""The intake form: sections in the order of a clerk's hands, with the scan box on top and the family as a grid."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from migdesk.domain.fields import Spec
from migdesk.domain.finding import Finding, blocking
from migdesk.i18n import N_
from migdesk.ui.entry.editor import Form, Section
from migdesk.ui.entry.mrz_box import MrzBox
from migdesk.ui.entry.picking import Sources
from migdesk.ui.entry.scan_watch import ScanWatch
from migdesk.ui.intake.family_grid import FamilyGrid, put
from migdesk.ui.intake.panel import PurposePanel, put_after
from migdesk.ui.intake.parts import (
    BESIDE_THE_WAY,
    DOCUMENT_PART,
    FAMILY_PART,
    FIRST_OF_ARRIVAL,
    LAST_OF_PERSON,
    PANEL_PART,
    PARTS,
    PHONE,
    PINNED,
    SHORT,
    ZONE,
)
from migdesk.ui.intake.sheet import (
    ALL,
    DETAILS,
    DOCUMENT,
    EARLIER,
    HOST,
    PERSON,
    RELATION,
    VISA,
    Book,
    Cell,
)
from migdesk.ui.look import theme
from migdesk.ui.look.labels import ElidedLabel, Label
from migdesk.ui.parts.blocks import row

_BREATH_MS = 4
"""Between two parts keys and drawing have their turn."""

_WHO = N_("{n} of {all}: {name}")
_HINT = N_("One line a member; Enter in the free line goes on.")


class IntakeForm(Form):
    """Shows a `Book`; who types where is told by the signals of `Form` and of `family`.

    `scanned` carries the text of a machine-readable zone, scanned or pasted anywhere. Forty editors take a
    quarter of a second to make, so they come a few rows at a time while the window goes on; `ready` comes
    when all are there. The scan box is there at once, and what is scanned before waits.
    """

    scanned = Signal(str)
    ready = Signal()

    def __init__(self, sources: Sources) -> None:
        self.scan_box = MrzBox()
        self.watch = ScanWatch()
        self._who = ElidedLabel("", "muted")
        self.panel = PurposePanel(sources)
        self.is_short = False
        self._away = set[str]()
        self._coming = list(PARTS)
        self._early: list[str] = []
        super().__init__(ALL.values(), (), sources)
        self._column.takeAt(0)
        self._column.addWidget(self.scan_box)
        self._column.addStretch(1)
        self.watch.setParent(self)
        self.watch.scanned.connect(self._take_scan)
        self.scan_box.sent.connect(self._take_scan)
        self.scan_box.source_asked.connect(self.source_asked)
        self.watch.watch(self.scan_box.line)
        self.setFocusProxy(self.scan_box.line)
        self.is_ready = False
        QTimer.singleShot(_BREATH_MS, self, self._build_next)

    def _build_next(self) -> None:
        """A few rows more, above the stretch at the end."""
        self._column.takeAt(self._column.count() - 1)
        self._add_section(self._coming.pop(0), ALL)
        self._column.addStretch(1)
        columns, self._columns = self._columns, 0
        self._lay_out(columns)
        QTimer.singleShot(_BREATH_MS, self, self._build_next if self._coming else self._finish)

    def _finish(self) -> None:
        self.scan_box.passed.connect(lambda: self.go_to(self.next_shown()))
        self.family.source_asked.connect(self.source_asked)
        self.family.passed.connect(lambda: self.go_to(FIRST_OF_ARRIVAL))
        for box in self.boxes.values():
            self.watch.watch(box.input)
        for name in PINNED:
            self.boxes[name].allow_pin()
        self.panel.changed.connect(self.changed)
        self.panel.left.connect(self.left)
        self.panel.entered.connect(self._go_on)
        self.panel.source_asked.connect(self.source_asked)
        self.show_rows((*VISA, *HOST, *EARLIER), shown=False)
        self.is_ready = True
        self.ready.emit()
        for text in self._early:
            self.scanned.emit(text)

    def _take_scan(self, text: str) -> None:
        if self.is_ready:
            self.scanned.emit(text)
        else:
            self._early.append(text)

    def _add_section(self, section: Section, known: Mapping[str, Spec]) -> None:
        if section is DOCUMENT_PART:
            self._column.addWidget(row(Label(section.title, "section"), self._who, stretch=1, gap=theme.M))
        elif section is FAMILY_PART:
            self.family = FamilyGrid(self._sources, self.watch)
            hint = ElidedLabel(_HINT, "small")
            self._column.addWidget(row(Label(section.title, "section"), hint, stretch=1, gap=theme.M))
            self._column.addWidget(self.family)
            self._column.addSpacing(theme.S)
            return
        elif section is PANEL_PART:
            self._close_up()
            self._column.addWidget(self.panel)
            self._column.addSpacing(theme.S)
            return
        elif section.title:
            self._column.addWidget(Label(section.title, "section"))
        else:
            self._close_up()
        super()._add_section(Section("", section.rows), known)

    def _close_up(self) -> None:
        """What comes now belongs to the rows above: no gap between."""
        self._column.takeAt(self._column.count() - 1)

    def show_book(self, book: Book) -> None:
        """Show everything: the current member above, all of them in the grid, what they share below."""
        self.family.show_members(book.members)
        self._link_tabs()
        self.show_member(book)
        for name, box in self.boxes.items():
            if name not in DOCUMENT and name not in PERSON:
                put(box.input, book.shared.get(name, Cell()))
                box.show_findings(())

    def show_member(self, book: Book) -> None:
        """Show the current member in the sections of document and person."""
        sheet = book.members[book.current]
        for name in (*DOCUMENT, *PERSON):
            put(self.boxes[name].input, sheet.cell(name))
            self.boxes[name].show_findings(())
        self.name_member(book)

    def name_member(self, book: Book) -> None:
        """Say whose fields stand above, once there are several."""
        several = len(book.members) > 1
        self._who.setVisible(several)
        if several:
            name = book.members[book.current].title() or "…"
            self._who.say(_WHO, n=book.current + 1, all=len(book.members), name=name)
        self.family.mark_current(book.current)

    def members_changed(self, book: Book) -> None:
        """A member came or went."""
        self.family.show_members(book.members)
        self._link_tabs()
        self.name_member(book)
        self.keep_in_sight()

    def cell(self, name: str) -> Cell:
        """What stands in a field now."""
        box = self.boxes[name]
        return Cell(box.input.typed(), box.value())

    def show_rows(self, names: Iterable[str], *, shown: bool) -> None:
        """Show or hide fields that belong to one answer only."""
        self._away = self._away - set(names) if shown else self._away | set(names)
        self._show_wanted()

    def show_short(self, *, short: bool) -> None:
        """Show the ten fields of a corridor only, or all; what is typed in the others stays."""
        self.is_short = short
        self._show_wanted()

    def _show_wanted(self) -> None:
        for name, box in self.boxes.items():
            box.setVisible(name not in self._away and (not self.is_short or name in SHORT or name in EARLIER))
        self.panel.setVisible(bool(self.panel.boxes) and not self.is_short)

    def show_panel(self, book: Book) -> None:
        """Show the fields of the chosen purpose beneath it; what is typed for another stays until the save."""
        purpose = book.panel()
        if self.panel.purpose != purpose:
            others = {name: box for name, box in self.boxes.items() if name not in DETAILS}
            own = self.panel.show_purpose(purpose)
            self.boxes = put_after(others, FIRST_OF_ARRIVAL, own)
            for name, box in own.items():
                put(box.input, book.shared.get(name, Cell()))
                self.watch.watch(box.input)
                self.follow(box)
            self._show_wanted()
        self.panel.say_dropped([ALL[name].field.label for name in book.dropped()])

    def show_cells(self, findings: Mapping[tuple[int, str], Sequence[Finding]], book: Book) -> None:
        """Put findings (by member, -1 for shared, and cell) below their fields and lines."""
        for name, box in self.boxes.items():
            member = book.current if name in DOCUMENT or name in PERSON else -1
            box.show_findings(findings.get((member, name), ()))
        for at in range(len(book.members)):
            own = {name: found for (member, name), found in findings.items() if member == at}
            if at == book.current:
                own = {name: found for name, found in own.items() if name not in self.boxes}
            self.family.show_findings(at, own)

    def go_to_first_block(self, findings: Mapping[tuple[int, str], Sequence[Finding]]) -> None:
        """Put the cursor where the first thing must be corrected."""
        for name, box in self.boxes.items():
            if not box.isHidden() and blocking(box.findings()):
                self.go_to(name)
                return
        for (at, name), found in findings.items():
            if at > 0 and blocking(found):
                self.go_to_place(f"family/{at}/{name or RELATION}")
                return

    def place(self) -> str:
        """Where the cursor is, in words that a draft can keep."""
        if not self.is_ready:
            return ZONE
        cell = self.family.focused()
        if cell:
            return f"family/{cell[0]}/{cell[1]}"
        return self.focused() or (ZONE if self.scan_box.line.hasFocus() else "")

    def go_to_place(self, place: str) -> None:
        """Put the cursor where a draft says it was."""
        first, _slash, rest = place.partition("/") if self.is_ready else (ZONE, "", "")
        if first == "family":
            at, _slash, name = rest.partition("/")
            self._go_to_cell(int(at), name)
        elif first in self.boxes and not self.boxes[place].isHidden():
            self.go_to(place)
        else:
            self.scan_box.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def place_of(self, at: int, name: str, book: Book) -> str:
        """Where a field of a member is to be found: above, in the grid, or above once he is shown there."""
        if at == book.current and name in self.boxes:
            return name
        return f"{'family' if name in self.family.names() else 'member'}/{at}/{name}"

    def next_shown(self, name: str = "") -> str:
        """The first shown field at a field's place or after it, else the first of all."""
        names = [one for one, box in self.boxes.items() if one == name or not box.isHidden()]
        later = names[names.index(name) :] if name in names else names
        return next((one for one in (*later, *names) if not self.boxes[one].isHidden()), "")

    def last_field(self) -> str:
        """The field after which Enter ends the form."""
        return next(name for name in reversed(self.boxes) if not self.boxes[name].isHidden())

    def offer(self, offered: Mapping[str, Any], names: Iterable[str]) -> None:
        """Offer values in grey; fields without an offer lose theirs."""
        for name in names:
            self.propose(name, offered.get(name))

    def first_blank(self, book: Book) -> str:
        """The first field of the current member with nothing in it."""
        sheet = book.members[book.current]
        names = [
            one
            for one in (*DOCUMENT, *PERSON)
            if one not in BESIDE_THE_WAY and not self.boxes[one].isHidden()
        ]
        return next((name for name in names if sheet.cell(name).is_blank), FIRST_OF_ARRIVAL)

    def pinned(self) -> list[str]:
        """Fields that keep their value."""
        return [name for name, box in self.boxes.items() if box.is_pinned()]

    def repeat_here(self) -> None:
        """F8: the value of the record before, or of the member before."""
        if self.family.focused():
            self.family.repeat()
        elif self.focused():
            self.repeat(self.focused())

    def _go_to_cell(self, at: int, name: str) -> None:
        known = 0 < at <= len(self.family.widgets()) // len(self.family.names())
        if known and name in self.family.names():
            self.family.go_to(at, name)
            self.show_later(self.family.editor(at, name).widget())
        else:
            self.go_to("person.surname")

    def _go_on(self, name: str) -> None:
        """Enter goes round what few people need; an incomplete birth date asks whether it is estimated."""
        if name == LAST_OF_PERSON or (name == PHONE and not self._is_asked(LAST_OF_PERSON)):
            self.family.enter()
            return
        for later in list(self.boxes)[list(self.boxes).index(name) + 1 :]:
            if not self.boxes[later].isHidden() and self._is_asked(later):
                self.go_to(later)
                return
        self.ended.emit()

    def _is_asked(self, name: str) -> bool:
        if name == LAST_OF_PERSON:
            born = self.boxes["person.birth_date"].value()
            return bool(born) and not (born.day or self.is_short)
        return name not in BESIDE_THE_WAY

    def _link_tabs(self) -> None:
        """Tab goes from the person through the grid to the arrival."""
        for one, other in pairwise([self.boxes[LAST_OF_PERSON].input.widget(), *self.family.widgets()]):
            QWidget.setTabOrder(one, other)
