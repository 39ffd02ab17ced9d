"""A merged file is taken apart: which rows and edits since the merge go to the file that comes back."""

from __future__ import annotations

import functools
from datetime import date

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QVBoxLayout

from migdesk.domain.change import Done
from migdesk.domain.dates import show_day
from migdesk.domain.person import Person
from migdesk.domain.record import Record
from migdesk.i18n import N_
from migdesk.services.people import merging
from migdesk.services.people.merging import Edit, Mingled
from migdesk.ui.duplicates.compare import value_words
from migdesk.ui.look import theme
from migdesk.ui.look.labels import Label
from migdesk.ui.look.words import said
from migdesk.ui.parts.answer_line import answer_line
from migdesk.ui.parts.blocks import column, plain
from migdesk.ui.parts.clickable import PushButton
from migdesk.ui.parts.frame import Scrolled
from migdesk.ui.parts.tick_line import LineWords, Shape, TickLine
from migdesk.ui.workplace import Kind, Workplace

_TITLE, _BUTTON, _WAIT = N_("Take apart"), N_("Make two files"), N_("Saving…")
_LEAD = N_("“{gone}” becomes a file of its own again and gets back all that it brought into “{kept}”.")
_NOTHING = N_("Nothing was added or edited since the merge.")
_ROWS, _EDITS = N_("Added since: tick what goes with it"), N_("Edited since: tick what goes with it")
_WAS = N_("before: {was}")
_EMPTY = N_("empty")
_APART = N_("Two files again: {name}")
_WIDE, _HIGH = 560, 560
_NAMES = ("number", "name", "title", "kind", "relation", "code")
_DAYS = ("arrived_on", "entered_on", "left_on", "applied_on", "issued_on", "since", "valid_from", "formed_on")


class ApartDialog(QDialog):
    """Asks and separates; `rows` and `edits` are the lines to tick, by uid and by name of the field."""

    def __init__(self, work: Workplace, mingled: Mingled) -> None:
        super().__init__(work.window)
        self._work, self._mingled = work, mingled
        self.setWindowTitle(said(_TITLE))
        self.rows = {row.uid: _tick(*row_words(row)) for row in mingled.later}
        self.edits = {edit.spec.name: _tick(*self._edit_words(edit)) for edit in mingled.edits}
        self.button = PushButton(said(_BUTTON))
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.save)
        inner = column(gap=theme.XS)
        lines = inner.layout()
        assert lines
        for title, ticks in ((_ROWS, self.rows), (_EDITS, self.edits)):
            for at, line in enumerate(ticks.values()):
                if at == 0:
                    lines.addWidget(Label(title, "strong").wrapped())
                lines.addWidget(line)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(theme.L, theme.L, theme.L, theme.L)
        whole.setSpacing(theme.M)
        whole.addWidget(Label(_TITLE, "section"))
        whole.addWidget(plain(_LEAD, "body", gone=mingled.gone.full_name, kept=mingled.kept.full_name))
        if self.rows or self.edits:
            whole.addWidget(Scrolled(column(inner, stretch=True)), 1)
            self.resize(_WIDE, min(230 + 52 * (len(self.rows) + len(self.edits)), _HIGH))
        else:
            whole.addWidget(Label(_NOTHING, "muted").wrapped())
            self.button.setFocus()
        whole.addLayout(answer_line(self, self.button, self.save))
        if not (self.rows or self.edits):
            self.setMinimumHeight(whole.totalHeightForWidth(_WIDE))
            self.resize(_WIDE, self.minimumHeight())

    def save(self) -> None:
        """Make two files of one."""
        if not self.button.isEnabled():
            return
        self.button.setEnabled(False)
        self.button.setText(said(_WAIT))
        self._work.do(
            merging.separate,
            self._mingled.gone.uid,
            _ticked(self.rows),
            _ticked(self.edits),
            words=lambda done: said(_APART, name=done.value.full_name),
            failed=self._fail,
            done=self._finish,
        )

    def _edit_words(self, edit: Edit) -> tuple[str, str]:
        desk = self._work.desk
        now = value_words(desk, edit.spec, edit.now) or said(_EMPTY)
        was = value_words(desk, edit.spec, edit.was) or said(_EMPTY)
        return f"{said(edit.spec.field.label)}: {now}", said(_WAS, was=was)

    def _finish(self, done: Done[Person]) -> None:
        self.accept()
        self._work.open(Kind.PERSON, done.value.uid)

    def _fail(self, error: Exception) -> None:
        """What was asked is out of date: the page says so, and a new look is needed."""
        self.reject()
        self._work.tell_error(error)


def row_words(row: Record) -> tuple[str, str]:
    """What a row is: its kind with a number or name, and its day."""
    name = next((str(value) for one in _NAMES if (value := getattr(row, one, ""))), "")
    day = next((value for one in _DAYS if isinstance(value := getattr(row, one, None), date)), None)
    return " ".join(part for part in (said(row.title), name) if part), show_day(day)


def _tick(title: str, detail: str) -> TickLine:
    return TickLine(Shape.TICK, LineWords(title, detail))


def _ticked(lines: dict[str, TickLine]) -> frozenset[str]:
    return frozenset(key for key, line in lines.items() if line.isChecked())


def ask_apart(work: Workplace, uid: str) -> None:
    """Read what is to be decided about a merged file, then ask."""
    work.tasks.read(
        merging.look_apart, work.desk, uid, done=functools.partial(_open, work), failed=work.tell_error
    )


def _open(work: Workplace, mingled: Mingled) -> None:
    dialog = ApartDialog(work, mingled)
    dialog.open()
    dialog.finished.connect(lambda _code: dialog.deleteLater())
