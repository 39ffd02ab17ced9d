"""What every page of an open office works with, and how pages ask for what is not theirs.

A page gets a `Workplace` and nothing else. It reads through `tasks.read`, writes through `do`, and asks for
files, lists, papers and dialogs by the signals below; whoever builds the window connects them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any, Protocol, runtime_checkable

from PySide6.QtCore import QMetaMethod, QObject, Signal, SignalInstance
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from migdesk.domain.change import NOT_UNDOABLE, Done, Op
from migdesk.domain.errors import MigDeskError
from migdesk.domain.listing import Filter, Query
from migdesk.i18n import N_, current_language
from migdesk.services.desk import Desk
from migdesk.ui import errors
from migdesk.ui.entry.picking import Sources
from migdesk.ui.lists.office_reading import OfficeReading
from migdesk.ui.look.theme import Tone
from migdesk.ui.look.words import said
from migdesk.ui.memory import Memory
from migdesk.ui.parts.messages import Notice
from migdesk.ui.tasks import Tasks

UNDO = N_("Undo")


class Kind(StrEnum):
    """What may be opened as a file in a tab of its own."""

    PERSON = "person"
    ARRIVAL = "arrival"
    CASE = "case"
    PERMIT = "permit"
    PARTY = "party"
    DEPARTURE = "departure"
    STAY = "stay"
    FAMILY = "family"
    PRINTOUT = "printout"
    OP = "op"
    BATCH = "batch"
    TERMS = "terms"
    VISIT = "visit"
    SESSION = "session"
    PAYMENT = "payment"
    OBLIGATION = "obligation"
    NOTE = "person_note"


@dataclass(frozen=True, slots=True)
class Filed:
    """Where the records of a kind of file are stored, and the icon of its tab."""

    table: str
    icon: str


FILED = {
    Kind.PERSON: Filed("person", "person"),
    Kind.ARRIVAL: Filed("arrival", "arrivals"),
    Kind.CASE: Filed("cases", "cases"),
    Kind.PERMIT: Filed("permit", "permits"),
    Kind.PARTY: Filed("party", "people"),
    Kind.DEPARTURE: Filed("departure", "right"),
    Kind.STAY: Filed("stay", "pin"),
    Kind.FAMILY: Filed("family", "people"),
    Kind.PRINTOUT: Filed("printout", "papers"),
    Kind.BATCH: Filed("batch", "exchange"),
    Kind.VISIT: Filed("appointment", "calendar"),
    Kind.SESSION: Filed("session", "people"),
    Kind.PAYMENT: Filed("payment", "payments"),
    Kind.OBLIGATION: Filed("obligation", "lock"),
    Kind.NOTE: Filed("person_note", "edit"),
}
"""Every kind of file that is one record."""

OF_TABLE = {filed.table: kind for kind, filed in FILED.items()}
"""Tables whose records have a file of their own."""

EDITABLE = frozenset({Kind.PERSON, Kind.ARRIVAL, Kind.PARTY})
"""Kinds of files with fields to edit; the others change by acts of their own."""

PRINTABLE = frozenset(
    {
        Kind.PERSON,
        Kind.DEPARTURE,
        Kind.ARRIVAL,
        Kind.CASE,
        Kind.PERMIT,
        Kind.FAMILY,
        Kind.PRINTOUT,
        Kind.VISIT,
        Kind.SESSION,
    }
)
"""Kinds of files about which official papers are printed."""


@dataclass(frozen=True, slots=True)
class Target:
    """A file: its kind and the uid of its record (for terms: which of them); `field` is where editing begins."""

    kind: Kind
    uid: str
    field: str = ""

    @property
    def key(self) -> str:
        """Name of its tab."""
        return f"{self.kind}/{self.uid}"


_OF_TERM = {
    "notice": Kind.ARRIVAL,
    "registration": Kind.ARRIVAL,
    "stay": Kind.ARRIVAL,
    "permit": Kind.PERMIT,
    "case": Kind.CASE,
    "of_age": Kind.PERSON,
    "appeal": Kind.CASE,
    "report": Kind.PARTY,
    "reserved": Kind.PERSON,
    "sixteen": Kind.PERSON,
    "check": Kind.CASE,
    "release": Kind.CASE,
    "payment": Kind.PAYMENT,
    "obligation": Kind.OBLIGATION,
}


def term_target(kind: str, record_uid: str) -> Target:
    """The file in which an open term stands."""
    return Target(_OF_TERM[kind], record_uid)


@dataclass(frozen=True, slots=True)
class ListWanted:
    """A page, which of its ready views to show (nothing for the one it shows), and what narrows it further.

    `words` say in the reader's language what `filters` ask.
    """

    page: str
    view: str = ""
    filters: tuple[Filter, ...] = ()
    words: str = ""


@runtime_checkable
class ShowsWanted(Protocol):
    """A page that can be asked for one of its ready views."""

    def show_wanted(self, wanted: ListWanted) -> None:
        """Show the view, narrowed by nothing but what is wanted."""

    def begin(self) -> None:
        """Put the keyboard where it is wanted first."""


@cache
def form_titles(on: date, _language: str) -> Mapping[str, str]:
    """The titles of the official forms of a day by their code, in the current language.

    None while a form is damaged: whoever prints is told which, a list only shows codes.
    """
    from migdesk.services.papers import printing  # noqa: PLC0415 - forms are read when the first printed one is shown

    try:
        return {form.code: form.title for form in printing.list_forms(on)}
    except MigDeskError:
        return {}


class Workplace(QObject):
    """The open desk, who runs services, what is remembered, and the ways out of a page.

    `changed` carries the `ChangeSet` of every commit; `target_wanted` a `Target` to open, `edit_wanted` one
    to edit, `print_wanted` one to print; `list_wanted` a `ListWanted`; `noticed` a `Notice`;
    `new_arrival_wanted` the uid of a known person or nothing; `export_wanted` a `Query`; `source_wanted` the
    `Source` a person wants to read; `help_wanted` the window over which help is shown;
    `duplicates_wanted` the uid of a person or nothing, for all; `apart_wanted` that of a merged file;
    `hosts_wanted` asks for the receiving persons, `arrival_at_wanted` for a new arrival at one of them;
    `group_wanted` and `visits_wanted` ask for the grid of a group and for the appointments.
    `drafts_changed` comes when a question is left with something typed in it.
    `window` is that of the office, over which questions are asked; `saved` holds what was saved last with each
    kind of question, for F8, as long as the window lives.
    """

    changed = Signal(object)
    day_changed = Signal()
    language_changed = Signal()
    target_wanted = Signal(object)
    list_wanted = Signal(object)
    noticed = Signal(object)
    new_arrival_wanted = Signal(str)
    edit_wanted = Signal(object)
    print_wanted = Signal(object)
    import_wanted = Signal()
    export_wanted = Signal(object)
    undo_wanted = Signal(str)
    source_wanted = Signal(object)
    help_wanted = Signal(object)
    duplicates_wanted = Signal(str)
    apart_wanted = Signal(str)
    group_wanted = Signal()
    hosts_wanted = Signal()
    departures_wanted = Signal()
    arrival_at_wanted = Signal(str)
    visits_wanted = Signal()
    drafts_changed = Signal()

    def __init__(self, desk: Desk, tasks: Tasks, memory: Memory, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.tasks = tasks
        self.memory = memory
        self.window: QWidget | None = None
        self.saved: dict[str, Mapping[str, Any]] = {}
        self.reading = OfficeReading(desk.today, lambda name, code: desk.lists.label(name, code), form_titles)
        tasks.fell.connect(self.tell_error)

    def sources(self) -> Sources:
        """What editors and filters of this office offer."""
        lists = self.desk.lists
        return Sources(today=lambda: self.desk.today, tasks=self.tasks, choices=lists.find, names=lists.label)

    def warm(self) -> None:
        """Read the official forms away from the window: the first printed row then costs it nothing."""
        self.tasks.read(
            form_titles, self.desk.today, current_language(), done=lambda _titles: None, patience=0
        )

    def listens(self, signal: SignalInstance) -> bool:
        """Whether somebody answers a signal of this workplace; an action without an answer is not offered."""
        return self.isSignalConnected(QMetaMethod.fromSignal(signal))

    def open(self, kind: Kind, uid: str) -> None:
        """Ask for a file in its tab."""
        if uid:
            self.target_wanted.emit(Target(kind, uid))

    def do(
        self,
        service: Callable[..., Done[Any]],
        *args: Any,
        words: Callable[[Done[Any]], str],
        failed: Callable[[Exception], object] | None = None,
        done: Callable[[Done[Any]], object] | None = None,
    ) -> None:
        """Run a service that writes, away from the window; say in words what was done, with a link to undo."""

        def take(answer: Done[Any]) -> None:
            self.tell_done(words(answer), answer.changes.op)
            if done:
                done(answer)

        self.tasks.run(service, self.desk, *args, done=take, failed=failed or self.tell_error)

    def tell_done(self, words: str, op: Op) -> None:
        """Say what was done; an op that may be undone comes with the link."""
        link = "" if op in NOT_UNDOABLE else said(UNDO)
        self.noticed.emit(Notice(Tone.OK, words, link, (lambda: self.undo_wanted.emit("")) if link else None))

    def tell_error(self, error: Exception) -> None:
        """Say what went wrong; a bug leaves a report."""
        self.noticed.emit(errors.notice_of(error, self.desk.home))

    def add_help_key(self, window: QWidget) -> None:
        """F1 in a small window shows the help of the page below it; one with a page of its own names that itself."""
        QShortcut(QKeySequence("F1"), window).activated.connect(lambda: self.help_wanted.emit(window))

    def export(self, query: Query) -> None:
        """Ask for a list as a workbook."""
        self.export_wanted.emit(query)
