"""A small window with a few fields, for an act that needs a word more than a click.

What the service refuses is shown below its field, with the law; what is typed is never lost.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from migdesk import crash
from migdesk.domain.change import Done
from migdesk.domain.errors import Invalid, MigDeskError
from migdesk.domain.fields import Spec
from migdesk.domain.finding import Finding, Severity, block
from migdesk.i18n import N_
from migdesk.ui.entry.editor import Form, Section
from migdesk.ui.entry.inputs import ENTER
from migdesk.ui.entry.picking import Sources
from migdesk.ui.look import theme
from migdesk.ui.look.labels import Label
from migdesk.ui.look.words import said
from migdesk.ui.parts.answer_line import answer_line
from migdesk.ui.parts.clickable import PushButton
from migdesk.ui.parts.findings_view import FindingsView
from migdesk.ui.parts.frame import Scrolled
from migdesk.ui.workplace import Workplace

_MISSING = N_("“{label}” is empty.")
_WAIT = N_("Saving…")
_HIGHEST, _MOST_MORE = 680, 280
_FORETOLD, _REST_MS = 150, 150
NARROW, WIDE = 480, 720
"""Widths in pixels at 100 %: one column of fields, or two wide ones."""


class Extra(Protocol):
    """A part below the fields with values of its own."""

    def values(self) -> dict[str, object]:
        """Its values by name."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: English title, lead and word of the button; fields, their order, first values.

    `save` is given the values and does the act; `words` say what was done. `more` is asked below the fields.
    `foretell` says before the act what it will bring along; it is asked again with every change, and writes nothing.
    """

    title: str
    button: str
    specs: Sequence[Spec]
    sections: Sequence[Section]
    save: Callable[..., Done[Any]]
    words: Callable[[Done[Any]], str]
    values: Mapping[str, Any]
    lead: str = ""
    sources: Sources | None = None
    more: Extra | None = None
    foretell: Callable[..., Sequence[Finding]] | None = None
    width: int = 560
    start: str = ""
    """Name of the field in which the cursor begins; the first when empty."""


class _Below(Scrolled):
    """The part below a form: as high as it is, so that the form keeps the rest, and scrolls when it is long."""

    def __init__(self, inner: QWidget) -> None:
        super().__init__(inner)
        self._inner = inner
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What grows or shrinks is followed."""
        if event.type() is QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words that wrap need another height in another width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        need = max(self._inner.heightForWidth(self.viewport().width()), self._inner.sizeHint().height())
        self.setFixedHeight(min(need, _MOST_MORE))


class FormDialog(QDialog):
    """Asks, saves away from the window, closes when it is done."""

    def __init__(self, work: Workplace, question: Question) -> None:
        super().__init__(work.window)
        self._work = work
        self._question = question
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(said(question.title))
        self.button = PushButton(said(question.button))
        self.form = Form(question.specs, question.sections, question.sources or work.sources())
        self.form.set_values(question.values)
        self.form.save_wanted.connect(self.save)
        self.form.ended.connect(self.button.setFocus)
        self.form.source_asked.connect(work.source_wanted)
        self._others = FindingsView()
        self._others.asked.connect(work.source_wanted)
        self.foretold = FindingsView()
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self._foretell)
        QShortcut(QKeySequence("F1"), self).activated.connect(lambda: work.help_wanted.emit(self))
        self._lay_out()
        if question.foretell:
            self.form.changed.connect(lambda _name: self._rest.start())
            self._foretell()
        lines = sum(
            len(row) if question.width == NARROW else 1 for one in question.sections for row in one.rows
        )
        high = 170 + 72 * lines
        if isinstance(question.more, QWidget):
            high += min(question.more.sizeHint().height(), _MOST_MORE)
        high += _FORETOLD if question.foretell else 0
        self.resize(question.width, min(high, _HIGHEST))

    def _lay_out(self) -> None:
        self.button.setDefault(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.L, theme.L, theme.L, theme.L)
        column.setSpacing(theme.M)
        heading = Label(self._question.title, "section").wrapped()
        column.addWidget(heading)
        if self._question.lead:
            column.addWidget(Label(self._question.lead, "muted").wrapped())
        column.addWidget(self.form, 1)
        self.form.setVisible(bool(self._question.specs))
        if isinstance(self._question.more, QWidget):
            more = self._question.more
            if self._question.specs:
                column.addWidget(_Below(more))
            else:
                column.addWidget(Scrolled(more), 1)
        if self._question.foretell:
            self._told_room = Scrolled(self.foretold)
            self._told_room.hide()
            column.addWidget(self._told_room)
        column.addWidget(self._others)
        column.addLayout(answer_line(self, self.button, self.save))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter saves from the buttons and from the part below, too."""
        if event.key() in ENTER and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.save()
        else:
            super().keyPressEvent(event)

    def save(self) -> None:
        """Do the act with what is typed, unless something cannot be read or is missing."""
        problems = [*self.form.problems(), *(self._missing(name) for name in self._empty())]
        if problems:
            self._show(problems)
            return
        self.button.setEnabled(False)
        self.button.setText(said(_WAIT))
        self._work.tasks.run(
            self._question.save,
            self._work.desk,
            self._values(),
            done=self._done,
            failed=self._failed,
        )

    def _foretell(self) -> None:
        """Say what the act will bring along, as far as what is typed can be read."""
        if self._question.foretell and not self.form.problems():
            run = self._question.foretell
            self._work.tasks.read(run, self._work.desk, self._values(), done=self._show_foretold)

    def _show_foretold(self, findings: Sequence[Finding]) -> None:
        """What blocks is said when somebody saves, at its field."""
        if shiboken6.isValid(self):
            self.foretold.show_findings([one for one in findings if one.severity is not Severity.BLOCK])
            self._told_room.setVisible(not self.foretold.isHidden())
            self._told_room.setFixedHeight(min(self.foretold.sizeHint().height() + theme.S, _FORETOLD))

    def _values(self) -> dict[str, Any]:
        more = self._question.more
        return {**self.form.values(), **(more.values() if more else {})}

    def _done(self, answer: Done[Any]) -> None:
        self._work.tell_done(self._question.words(answer), answer.changes.op)
        self.accept()

    def _failed(self, error: Exception) -> None:
        self.button.setEnabled(True)
        self.button.setText(said(self._question.button))
        if isinstance(error, Invalid):
            self._show(error.findings)
        elif isinstance(error, MigDeskError):
            self._show([block(error.code, error.words().replace("{", "(").replace("}", ")"))])
        else:
            crash.write(error, self._work.desk.home)
            self._show([block("bug", N_("Something went wrong in the program."))])

    def _show(self, findings: Sequence[Finding]) -> None:
        self._others.show_findings(self.form.show_findings(findings))

    def _empty(self) -> list[str]:
        return [box.name for box in self.form.missing()]

    def _missing(self, name: str) -> Finding:
        label = said(self.form.boxes[name].spec.field.label)
        return block("missing", _MISSING, name, label=label)


def ask(work: Workplace, question: Question) -> FormDialog:
    """Open the window over its page; the page waits."""
    dialog = FormDialog(work, question)
    dialog.open()
    if question.start in dialog.form.boxes:
        dialog.form.go_to(question.start)
    return dialog
