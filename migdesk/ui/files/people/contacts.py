"""Who came, crossed or lived with somebody: a list of a period, taken along as a paper, or given a case each."""

from __future__ import annotations

import functools
from typing import Any

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout

from migdesk.domain.errors import MigDeskError
from migdesk.domain.fields import Day
from migdesk.domain.person import Person
from migdesk.i18n import N_
from migdesk.services.arrivals import companions
from migdesk.services.arrivals.companions import Companion
from migdesk.services.papers import companions_paper
from migdesk.ui.entry.inputs import LineInput
from migdesk.ui.files.cases.many_cases import ask_many_cases
from migdesk.ui.files.pieces.short_list import ShortList, show
from migdesk.ui.help.window import add_help_key
from migdesk.ui.lists.table_view import RecordView
from migdesk.ui.look import theme
from migdesk.ui.look.flow import FlowRow
from migdesk.ui.look.labels import Label
from migdesk.ui.look.words import number, said
from migdesk.ui.parts.clickable import PushButton
from migdesk.ui.parts.file_dialogs import ask_save
from migdesk.ui.parts.one_at_a_time import OneAtATime
from migdesk.ui.parts.panel import Panel, Words
from migdesk.ui.workplace import Kind, Workplace

TITLE = N_("Contacts and co-travellers: {name}")
_LEAD = N_(
    "Read from arrivals, crossings and addresses; nothing is entered for it. Where the flight is not known, the same "
    "border point on the same day counts."
)
_SINCE, _UNTIL = N_("Contacts from"), N_("Contacts up to")
_SAVE, _CASES, _CLOSE = N_("Print or export…"), N_("Cases of many people…"), N_("Close")
_WAIT, _NOBODY = N_("One moment…"), N_("No contacts are known")
_COUNT, _WRITTEN = N_("People: {n}, contacts: {m}."), N_("Rows written: {n}.")
_ENDINGS = (".pdf", ".xlsx", ".csv", ".json")
_WIDE, _HIGH = 1180, 640
HELP = "quarantine"


class ContactsDialog(QDialog):
    """Enter opens the file of a contact; the rows that are selected, or all, get their cases with the person."""

    def __init__(self, work: Workplace, person: Person) -> None:
        super().__init__(work.window)
        self._work, self._person = work, person
        self._found: list[Companion] = []
        self.table: RecordView | None = None
        title = said(TITLE, name=person.full_name)
        self.setWindowTitle(title)
        self.since, self.until = (
            LineInput(Day(label), lambda: work.desk.today) for label in (_SINCE, _UNTIL)
        )
        for line in (self.since, self.until):
            line.entered.connect(self.read)
            line.left.connect(self.read)
        self.counts = Label("", "muted")
        self._middle = OneAtATime()
        self.save, self.cases, close = (PushButton(said(words)) for words in (_SAVE, _CASES, _CLOSE))
        self.save.clicked.connect(lambda _on=False: self._save())
        self.cases.clicked.connect(lambda _on=False: self.open_cases())
        close.clicked.connect(lambda _on=False: self.reject())
        add_help_key(self, HELP)
        self._lay_out(Label(title, "section"), close)
        self._asked: tuple[Any, ...] | None = None
        self._turn = 0
        self.read()

    def _lay_out(self, heading: Label, close: PushButton) -> None:
        days = []
        for words, line in ((_SINCE, self.since), (_UNTIL, self.until)):
            line.setAccessibleName(said(words))
            name = Label(words)
            name.setBuddy(line)
            days += [name, line]
        buttons = QHBoxLayout()
        buttons.addWidget(self.cases)
        buttons.addStretch(1)
        buttons.addWidget(self.save)
        buttons.addWidget(close)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(theme.L, theme.L, theme.L, theme.L)
        whole.setSpacing(theme.M)
        whole.addWidget(heading)
        whole.addWidget(Label(_LEAD, "muted").wrapped())
        whole.addWidget(FlowRow(*days, self.counts))
        whole.addLayout(self._middle, 1)
        whole.addLayout(buttons)
        self.resize(_WIDE, _HIGH)

    def read(self) -> None:
        """Look anew, when the days are others than before."""
        asked = (self.since.value(), self.until.value())
        if asked == self._asked or self.since.problem() or self.until.problem():
            return
        self._asked = asked
        self._turn += 1
        self._found, self.table = [], None
        for button in (self.save, self.cases):
            button.setEnabled(False)
        self._middle.show_only(Panel(Words("clock", _WAIT)))
        self._work.tasks.read(
            companions.of_person,
            self._work.desk,
            self._person.uid,
            *asked,
            done=functools.partial(self._take, self._turn),
            failed=functools.partial(self._fail, self._turn),
        )

    def _take(self, turn: int, found: list[Companion]) -> None:
        if turn != self._turn:
            return  # other days were asked for meanwhile
        self._found = found
        people = len(companions.people_of(found))
        self.counts.show_text(said(_COUNT, n=number(people), m=number(len(found))))
        for button in (self.save, self.cases):
            button.setEnabled(bool(found))
        rows = [companions.row(one) for one in found]
        uids = [str(at) for at in range(len(rows))]
        title = said(TITLE, name=self._person.full_name)
        what = ShortList("person.contacts", title, companions.COLUMNS, rows, uids, Words("people", _NOBODY))
        self.table = show(self._work, what, self._open)
        self._middle.show_only(self.table)
        self.table.rows.setFocus()

    def _fail(self, turn: int, error: Exception) -> None:
        if turn == self._turn:
            self.reject()
            self._work.tell_error(error)

    def _open(self, key: str) -> None:
        self.accept()
        self._work.open(Kind.PERSON, self._found[int(key)].person.uid)

    def open_cases(self) -> None:
        """A case for the person and for those who are selected, or for all."""
        chosen = [self._found[row] for row in self._selected()]
        uids = dict.fromkeys([self._person.uid, *companions.people_of(chosen)])
        self.accept()
        ask_many_cases(self._work, list(uids))

    def _selected(self) -> list[int]:
        view = self.table
        many = view is not None and view.selected_count() > 1
        return (
            [int(view.model.uid(row)) for row in view.selected_rows()]
            if view and many
            else [*range(len(self._found))]
        )

    def _save(self) -> None:
        name = f"contacts-{self._work.desk.today.isoformat()}.pdf"
        if path := ask_save(self, _SAVE, name, _ENDINGS, self._work.memory):
            desk, found, uid = self._work.desk, self._found, self._person.uid
            self._work.tasks.run(
                companions_paper.save, desk, uid, found, path, done=self._saved, failed=self._told
            )

    def _saved(self, rows: int) -> None:
        self.counts.show_text(said(_WRITTEN, n=number(rows)))

    def _told(self, error: Exception) -> None:
        if isinstance(error, MigDeskError):
            self.counts.show_text(error.words())
        else:
            self._fail(self._turn, error)


def ask_contacts(work: Workplace, person: Person) -> ContactsDialog:
    """Open the window over a person's file."""
    dialog = ContactsDialog(work, person)
    dialog.finished.connect(lambda _code: dialog.deleteLater())
    dialog.open()
    return dialog
