"""A small window with a few fields, for an act that needs a word more than a click.

What the service refuses is shown below its field, with the law; what is typed is never lost.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import shiboken6
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QApplication, QDialog, QVBoxLayout, QWidget

from migdesk import crash
from migdesk.domain.change import Done
from migdesk.domain.errors import Invalid, MigDeskError, Stale
from migdesk.domain.finding import Finding, Severity, block
from migdesk.i18n import N_
from migdesk.ui.entry.editor import Form
from migdesk.ui.entry.inputs import ENTER, type_on
from migdesk.ui.files.questions.below import HIGHEST, Below
from migdesk.ui.files.questions.draft_line import CHANGED, DraftLine
from migdesk.ui.files.questions.form_clash import MINE, OTHER, Clashes
from migdesk.ui.files.questions.form_draft import Back, FormKeeper, Meanwhile, Slate, save_and_drop
from migdesk.ui.files.questions.question import NARROW as NARROW
from migdesk.ui.files.questions.question import WIDE as WIDE
from migdesk.ui.files.questions.question import Fresh as Fresh
from migdesk.ui.files.questions.question import Question as Question
from migdesk.ui.files.questions.question import laid as laid
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
_MERGES = 3
"""So often what is typed is laid over a record that others change meanwhile; then the clerk is told."""
_HIGHEST = 680
_FORETOLD, _REST_MS = 150, 150


class FormDialog(QDialog):
    """Asks, saves away from the window, closes when it is done."""

    def __init__(self, work: Workplace, question: Question) -> None:
        super().__init__(work.window)
        self._work = work
        self._question = question
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(said(question.title))
        self.button = PushButton(said(question.button))
        before = work.saved.get(question.code, {})
        sources = replace(question.sources or work.sources(), before=before.get)
        self.form = Form(question.specs, question.sections, sources)
        self.form.set_values(question.values)
        self.form.save_wanted.connect(self.save)
        self.form.ended.connect(self.button.setFocus)
        self.form.source_asked.connect(work.source_wanted)
        self._others = FindingsView()
        self._others.asked.connect(work.source_wanted)
        self.foretold = FindingsView()
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self._foretell)
        work.add_help_key(self)
        self._keep_drafts()
        self._lay_out()
        if question.foretell:
            self.form.changed.connect(self.foretell_soon)
            self._foretell()
        lines = sum(
            len(row) if question.width == NARROW else 1 for one in question.sections for row in one.rows
        )
        high = 170 + 72 * lines
        if isinstance(question.more, QWidget):
            high += min(question.more.sizeHint().height(), HIGHEST)
        high += _FORETOLD if question.foretell else 0
        self.resize(question.width, min(high, _HIGHEST))

    def _keep_drafts(self) -> None:
        slate = Slate(self.form, self._question.more)
        self._keeper = FormKeeper(self._work, self._question.key, slate, self)
        self._keeper.title = self.windowTitle()
        self._keeper.is_secret = self._is_secret
        self._keeper.shows_record = self._question.again is not None
        self._keeper.back.connect(self._show_back)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._left)
        self.form.changed.connect(self._typed)
        self.draft = DraftLine()
        self.draft.anew.connect(self._begin_anew)
        self._clashes = Clashes(slate, self._show)
        self._merges, self._taken = 0, ""
        self._is_shown = False
        for keys, mine in ((MINE, True), (OTHER, False)):
            QShortcut(QKeySequence(keys), self).activated.connect(
                functools.partial(self._clashes.choose, mine=mine)
            )

    def showEvent(self, event: QShowEvent) -> None:
        """Whoever opened the window first fills in what he knows; then the draft comes back."""
        super().showEvent(event)
        if not self._is_shown:
            self._is_shown = True
            self.draft.show_secret(self._is_secret())
            QTimer.singleShot(0, self, self._keeper.begin)

    def hideEvent(self, event: QHideEvent) -> None:
        """The window of the office may be closed over it."""
        self._keeper.keep()
        super().hideEvent(event)

    def done(self, result: int) -> None:
        """Esc asks nothing: what is typed is kept."""
        self._keeper.keep()
        self._keeper.stop()
        self._work.drafts_changed.emit()
        super().done(result)

    def _left(self, _old: object, _new: object) -> None:
        """A field is left, of the form or of the part below it."""
        self._keeper.keep()

    def _typed(self, name: str) -> None:
        self._keeper.later(name)
        self.draft.show_secret(self._is_secret())

    def _is_secret(self) -> bool:
        asks = self._question.secret
        return not self._question.key or (asks is not None and asks(self.form.values()))

    def _show_back(self, back: Back) -> None:
        """What was typed stands there again, and the cursor where it was."""
        boxes = self.form.boxes
        self.draft.show_back(self._work.desk, back.at, self._labels(back.meanwhile))
        if back.place in boxes:
            self.form.go_to(back.place)
        self._clashes.mark(back.meanwhile.others)
        type_on(self.focusWidget())

    def _labels(self, meanwhile: Meanwhile) -> str:
        boxes = self.form.boxes
        return "; ".join(said(boxes[name].spec.field.label) for name in meanwhile.changed if name in boxes)

    def _begin_anew(self) -> None:
        self._clashes.mark({})
        self._show([])
        self._keeper.begin_anew()
        self.draft.end()
        self.form.go_to(next(iter(self.form.boxes)))

    def _lay_out(self) -> None:
        self.button.setDefault(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.L, theme.L, theme.L, theme.L)
        column.setSpacing(theme.M)
        heading = Label(self._question.title, "section").wrapped()
        column.addWidget(heading)
        if self._question.lead:
            column.addWidget(Label(self._question.lead, "muted").wrapped())
        column.addWidget(self.draft)
        column.addWidget(self.form, 1)
        self.form.setVisible(bool(self._question.specs))
        if isinstance(self._question.more, QWidget):
            more = self._question.more
            if self._question.specs:
                column.addWidget(Below(more))
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
        """Do the act with what is typed, unless it is not offered, or something cannot be read or is missing."""
        if not self.button.isEnabled():
            return
        problems = [*self.form.problems(), *(self._missing(name) for name in self._empty())]
        problems += self._clashes.findings()
        if problems:
            self._show(problems)
            return
        self.button.setEnabled(False)
        self.button.setText(said(_WAIT))
        self._keeper.keep()
        self._keeper.stop()
        self._saved = self.form.values()
        self._work.tasks.run(
            save_and_drop,
            self._work.desk,
            self._question.save,
            self._values(),
            self._keeper.key,
            done=self._done,
            failed=self._failed,
        )

    def foretell_soon(self, _name: str = "") -> None:
        """What the act will bring is asked again at the next pause."""
        self._rest.start()

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
        if not self._is_secret():
            self._work.saved[self._question.code] = self._saved
        merged = f" {said(CHANGED, fields=self._taken)}" if self._taken else ""
        self._work.tell_done(self._question.words(answer) + merged, answer.changes.op)
        self.accept()

    def _failed(self, error: Exception) -> None:
        self.button.setEnabled(True)
        self.button.setText(said(self._question.button))
        self._keeper.go_on()
        if isinstance(error, Stale) and self._question.again and self._merges < _MERGES:
            self._merges += 1
            self._work.tasks.read(
                self._question.again, self._work.desk, done=self._merge, failed=self._failed
            )
        elif isinstance(error, Invalid):
            self._show(error.findings)
        elif isinstance(error, MigDeskError):
            self._show([block(error.code, error.words().replace("{", "(").replace("}", ")"))])
        else:
            crash.write(error, self._work.desk.home)
            self._show([block("bug", N_("Something went wrong in the program."))])

    def _merge(self, fresh: Fresh) -> None:
        """Fields that nobody touched here take what was written meanwhile; of the others the clerk is asked."""

        def lay() -> None:
            self.form.set_values(fresh.values)
            if fresh.more:
                fresh.more()

        self._question = replace(self._question, save=fresh.save)
        meanwhile = self._keeper.lay_anew(lay)
        self._taken = self._labels(meanwhile)
        self._clashes.mark(meanwhile.others)
        if not self._clashes.findings():
            self.save()

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
