"""Files that are only looked at: a printed paper, a line of the journal, in one column each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from migdesk.domain.fields import Moment, choice_label, spec
from migdesk.domain.printout import Printout
from migdesk.domain.record import Record
from migdesk.domain.register import BY_TABLE
from migdesk.i18n import N_
from migdesk.services.records import (
    OpFile,
    PrintoutFile,
    RecordChange,
    open_op,
    open_printout,
)
from migdesk.ui.files.pieces.file_view import FileSpec, Opened
from migdesk.ui.look import theme
from migdesk.ui.look.labels import Label
from migdesk.ui.look.theme import Tone
from migdesk.ui.look.words import LANGUAGE_NAMES, number, said
from migdesk.ui.parts.actions import Action
from migdesk.ui.parts.band import Band
from migdesk.ui.parts.blocks import card, column, link, row, text
from migdesk.ui.parts.facts import Fact, Facts, fact_of, facts_of
from migdesk.ui.parts.frame import Scrolled
from migdesk.ui.parts.pills import Pill
from migdesk.ui.workplace import OF_TABLE, Kind, Workplace

_DETAILS = N_("Details")
_MORE = N_("and {n} more records")
_NO_CHANGES = N_("Nothing was changed in the register.")
_UNDONE = N_("undone")
_UNDO = N_("Undo this operation")
_AGAIN = N_("Print again")
_BY = N_("{operator} at {machine}")
_REPLACED, _PILL = N_("Replaced by No."), N_("replaced")
_COPIES, _ABOUT, _PERSON = N_("Other copies"), N_("About"), N_("Person")

_UNBROKEN = re.compile(r"\S{40,}")

_UNSHOWN = frozenset(spec(Printout, name).field.label for name in ("about", "content"))
"""Of a printed paper the journal shows no bare uid, and what it said is shown by its pages."""


class PlainContent(QWidget):
    """A band and cards below each other."""

    def __init__(self, band: Band, parts: Sequence[QWidget], acts: Sequence[Action] = ()) -> None:
        super().__init__()
        self._acts = acts
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(Scrolled(column(band, *parts, gap=theme.M, stretch=True)))

    def acts(self) -> Sequence[Action]:
        """What can be done here."""
        return self._acts


def build_printout(opened: Opened) -> QWidget:
    """A line of the print register."""
    work, file = opened.work, opened.data
    assert isinstance(file, PrintoutFile)
    printout = file.printout
    title = work.reading.form(printout.form)
    pills = [Pill(Tone.WARN, said(_PILL))] if file.replaced_by else []
    band = Band(title, pills, kind=_size(opened))
    facts = [fact_of(work.desk, printout, name) for name in ("number", "printed_at", "copy")]
    label = spec(Printout, "language").field.label
    band.add_facts([*facts, Fact(label, LANGUAGE_NAMES.get(printout.language, printout.language))])
    acts: list[Action] = []
    if work.listens(work.print_wanted):
        target = opened.target
        acts.append(Action("paper.again", _AGAIN, lambda: work.print_wanted.emit(target), "print"))
        band.add_actions(None, acts)
    facts = facts_of(work.desk, printout, "revision", "pages")
    facts.append(Fact(spec(Printout, "digest").field.label, _in_groups(printout.digest)))
    if file.person:
        person = file.person
        facts.insert(0, Fact(_PERSON, person.full_name, lambda: work.open(Kind.PERSON, person.uid)))
    if file.about:
        facts.insert(0, _about_fact(work, file.about))
    facts += [Fact(label, number) for label, number in _in_chain(file)]
    if file.copies:
        copies = ", ".join(f"{one.copy}: {_moment(one)}" for one in file.copies)
        facts.append(Fact(_COPIES, copies))
    return PlainContent(band, [card(Facts(facts), title=_DETAILS)], acts)


def _in_chain(file: PrintoutFile) -> list[tuple[str, str]]:
    """Which paper it replaced, and which replaced it."""
    said_of = (
        (spec(Printout, "replaces").field.label, file.printout.replaces),
        (_REPLACED, file.replaced_by),
    )
    return [(label, number) for label, number in said_of if number]


def _about_fact(work: Workplace, about: Record) -> Fact:
    words = " ".join(part for part in (said(about.title), str(getattr(about, "number", ""))) if part)
    kind = OF_TABLE.get(about.table)
    return Fact(_ABOUT, words, (lambda: work.open(kind, about.uid)) if kind else None)


def _in_groups(digest: str) -> str:
    """Eight letters and a space, so that a line may break."""
    return " ".join(digest[at : at + 8] for at in range(0, len(digest), 8))


def _in_words(work: Workplace, table: str, label: str, stored: str) -> str:
    """A value of the journal as people read it: of a printed paper its form, its language, no bare uid."""
    if table == Printout.table:
        if label == spec(Printout, "form").field.label:
            return work.reading.form(stored)
        if label == spec(Printout, "language").field.label:
            return LANGUAGE_NAMES.get(stored, stored)
    return _UNBROKEN.sub(lambda found: _in_groups(found[0]), stored)


def _moment(printout: Printout) -> str:
    return spec(Printout, "printed_at").field.show(printout.printed_at)


def build_op(opened: Opened) -> QWidget:
    """A line of the journal with what it changed, field by field."""
    work, file = opened.work, opened.data
    assert isinstance(file, OpFile)
    entry = file.entry
    pills = [Pill(Tone.WARN, said(_UNDONE), "undo")] if entry.undone else []
    band = Band(entry.words, pills, kind=_size(opened))
    at = Moment(N_("When")).show(datetime.fromisoformat(entry.at))
    band.add_facts(
        [
            Fact(N_("When"), at),
            Fact(N_("Operator"), said(_BY, operator=entry.operator, machine=entry.machine)),
            Fact(N_("Changes"), number(entry.changes)),
        ]
    )
    acts: list[Action] = []
    if file.undoable:
        acts.append(Action("op.undo", _UNDO, lambda: work.undo_wanted.emit(entry.uid), "undo"))
        band.add_actions(None, acts)
    parts: list[QWidget] = [_change_card(work, one) for one in file.changes]
    if file.more:
        more = Label("", "muted")
        more.say(_MORE, n=number(file.more))
        parts.append(more)
    if not parts:
        parts.append(Label(_NO_CHANGES, "muted"))
    return PlainContent(band, parts, acts)


def _change_card(work: Workplace, change: RecordChange) -> QWidget:
    """One record: its name, and each field from what to what."""
    title = said(change.title)
    kind = OF_TABLE.get(change.table)
    name = change.name if change.name != title else ""
    head: QWidget
    if kind and name:
        opens = link(f"{title}: {name}")
        opens.clicked.connect(lambda _on=False: work.open(kind, change.uid))
        head = row(opens)
    else:
        head = text(f"{title}: {name}" if name else title, "strong")
    box = QWidget()
    grid = QGridLayout(box)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(theme.M)
    grid.setVerticalSpacing(theme.XS)
    grid.setColumnStretch(1, 1)
    shown = [one for one in change.fields if change.table != Printout.table or one.label not in _UNSHOWN]
    for line, one in enumerate(shown):
        label = Label(one.label, "muted").wrapped()
        label.setFixedWidth(150)
        grid.addWidget(label, line, 0)
        before, after = (
            _in_words(work, change.table, one.label, stored) for stored in (one.before, one.after)
        )
        words = after or "—"
        grid.addWidget(text(f"{before} → {words}" if before else words), line, 1)
    return card(head, box)


def _size(opened: Opened) -> str:
    return "title" if opened.wide else "section"


PRINTOUT = FileSpec(
    kind=Kind.PRINTOUT,
    icon="papers",
    title=Printout.title,
    load=open_printout,
    build=build_printout,
    name=lambda data: data.printout.number,
    watches=frozenset({"printout"}),
    help="printing",
)
OP = FileSpec(
    kind=Kind.OP,
    icon="journal",
    title=N_("Journal"),
    load=open_op,
    build=build_op,
    name=lambda data: choice_label(data.entry.op),
    watches=frozenset(BY_TABLE),
    help="undo",
)
