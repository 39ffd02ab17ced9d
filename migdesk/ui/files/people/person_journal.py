"""Ops of the journal that touched a person's file, newest first; Enter opens one with what it changed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from migdesk.domain.change import Entry
from migdesk.domain.fields import Moment, Text, Whole
from migdesk.domain.listing import Column
from migdesk.i18n import N_
from migdesk.services.laws.explaining import entries_about
from migdesk.ui.files.pieces.short_list import ShortList, show
from migdesk.ui.parts.panel import Panel, Words
from migdesk.ui.workplace import Kind, Workplace

_TITLE = N_("Journal")
_COLUMNS = (
    Column("at", Moment(N_("When")), 140),
    Column("code", Text(N_("What was done")), 220),
    Column("about", Text(N_("Whom or what")), 260),
    Column("changes", Whole(N_("Changes")), 90, "right"),
    Column("operator", Text(N_("Operator")), 140),
)


class PersonJournal(QWidget):
    """Read when it is first looked at: the journal of a long life may be long."""

    def __init__(self, work: Workplace, uid: str) -> None:
        super().__init__()
        self._work = work
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._wait: QWidget = Panel(Words("clock", N_("One moment…")))
        self._column.addWidget(self._wait)
        work.tasks.read(entries_about, work.desk, uid, done=self._show)

    def _show(self, entries: list[Entry]) -> None:
        rows: list[tuple[Any, ...]] = [
            (datetime.fromisoformat(one.at), one.op.value, one.about, one.changes, one.operator)
            for one in entries
        ]
        what = ShortList(
            "file.journal",
            _TITLE,
            _COLUMNS,
            rows,
            [one.uid for one in entries],
            Words("journal", N_("The journal has nothing about this person")),
        )
        view = show(self._work, what, lambda uid: self._work.open(Kind.OP, uid))
        self._wait.hide()
        self._column.replaceWidget(self._wait, view)
        self._wait.deleteLater()
