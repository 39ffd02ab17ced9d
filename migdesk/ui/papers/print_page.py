"""A paper before it is printed: its pages as they will print, thumbnails, form, language, copies; nothing else."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QWidget

from migdesk.domain.change import Done
from migdesk.domain.errors import MigDeskError
from migdesk.domain.fields import Whole
from migdesk.i18n import N_, current_language
from migdesk.services.papers.printing import FormCard, Printed, Standing
from migdesk.ui import errors
from migdesk.ui.entry.inputs import LineInput
from migdesk.ui.look import theme
from migdesk.ui.look.labels import Label
from migdesk.ui.look.theme import Tone
from migdesk.ui.look.words import LANGUAGE_NAMES, said
from migdesk.ui.papers import printer
from migdesk.ui.papers.again import CHOOSE, Again
from migdesk.ui.papers.chosen_printer import ChosenPrinter
from migdesk.ui.papers.offsets import OffsetPart
from migdesk.ui.papers.paper_offer import Offer, Paper, Wanted, offer_of, pages_of, standing_of
from migdesk.ui.papers.paper_questions import PaperQuestions
from migdesk.ui.papers.pdf_view import PagesView, Thumbnails
from migdesk.ui.papers.printer import Order
from migdesk.ui.parts.actions import Action
from migdesk.ui.parts.blocks import card, column
from migdesk.ui.parts.choice_button import ChoiceColumn
from migdesk.ui.parts.file_dialogs import ask_save
from migdesk.ui.parts.frame import PageFrame, Scrolled
from migdesk.ui.parts.messages import Notice
from migdesk.ui.parts.panel import Panel, Words
from migdesk.ui.shell.main_window import Page
from migdesk.ui.shell.office_window import OfficeWindow
from migdesk.ui.workplace import Kind, Target, Workplace

TITLE = N_("Print")
_PRINT, _SAVE, _CHOOSE = N_("Print"), N_("Save as PDF"), N_("Choose a printer")
_FORM, _LANGUAGE, _COPIES = N_("Paper"), N_("Language of the paper"), N_("Copies")
_NO_PRINTER = N_("No printer is installed on this machine: save the paper as PDF.")
_TEST = N_("Test page")
_PRINTED = N_("Printed: {title}, No. {number}")
_PRINTED_COPY = N_("Printed: {title}, No. {number}, copy {copy}")
_SAVED = N_("Saved as PDF: {title}, No. {number}")
_OPEN = N_("Open its folder")
_CANNOT = N_("This paper cannot be printed yet")
_WAIT = N_("The pages are being drawn…")
_NONE = N_("No paper is printed for this record")
_SIDE, _THUMBNAILS = 248, 124
_REST_MS = 350


class PrintPage(QWidget):
    """The body of the tab. `make_printer` gives the printer to print on, or nothing when nobody chose one."""

    def __init__(self, work: Workplace, frame: PageFrame, target: Target) -> None:
        super().__init__()
        self._work = work
        self._target = target
        self._turn = 0
        self._panel: Panel | None = None
        self.uid = target.uid
        self.make_printer: Callable[[], QPrinter | None] = self._chosen_printer
        self._papers: dict[str, Paper] = {}
        self._card: FormCard | None = None
        self._lang = current_language()
        self._commands = frame.set_actions(
            Action("paper.print", _PRINT, self.print_now, "print", "Ctrl+P"),
            Action("paper.save", _SAVE, self.save_as, "save", "Ctrl+S"),
            Action("paper.printer", _CHOOSE, self.choose_printer, "settings"),
            Action("paper.test", _TEST, self.print_test, "print"),
        )
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self.show_pages)
        self._lay_out()
        self._lock()
        self.ask_again()
        self.setFocusProxy(self.pages)

    def ask_again(self) -> None:
        """Which papers there are, in the language of the window."""
        self._work.tasks.read(
            offer_of,
            self._work.desk,
            self._target,
            done=self._take_offer,
            failed=self._work.tell_error,
        )

    def _lay_out(self) -> None:
        self.pages, self.thumbnails = PagesView(), Thumbnails()
        self.thumbnails.chosen.connect(self.pages.go_to)
        self.pages.moved.connect(self.thumbnails.mark_current)
        self.questions = PaperQuestions(self._work.tasks, lambda: self._work.desk.today)
        self.questions.changed.connect(self._rest.start)
        self.again = Again()
        self.again.chosen.connect(self.show_pages)
        self.lacking = Label("", "muted").wrapped()
        self.lacking.hide()
        self.copies = LineInput(Whole(_COPIES, min=1, max=99), lambda: self._work.desk.today)
        self.copies.set_value(1)
        self.copies.setFixedWidth(72)
        self._printers = ChosenPrinter(self._work.memory, self)
        self.offsets = OffsetPart(self._work.memory, lambda: self._work.desk.today)
        self.forms, self.languages = ChoiceColumn(), ChoiceColumn()
        self.forms.chosen.connect(self.choose_form)
        self.languages.chosen.connect(self.choose_language)
        asked = column(
            card(
                self.again,
                Label(_FORM, "muted"),
                self.forms,
                self.lacking,
                Label(_LANGUAGE, "muted"),
                self.languages,
                Label(_COPIES, "muted"),
                self.copies,
                self.questions,
                self.offsets,
                gap=theme.XS,
            ),
            stretch=True,
        )
        side = Scrolled(asked)
        side.setFixedWidth(_SIDE)
        self.thumbnails.setFixedWidth(_THUMBNAILS)
        self._stack = QStackedLayout()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.M)
        row.addWidget(self.thumbnails)
        row.addLayout(self._stack, 1)
        self._stack.addWidget(
            self.pages
        )  # shows it at once: as a window of its own, had the layout no page yet
        row.addWidget(side)
        self.retranslate()

    def choose_form(self, code: str) -> None:
        """Show another paper."""
        paper = self._papers[code]
        self._card = paper.card
        self.forms.choose(code)
        self.offsets.show_for(self._printers.name(code), code)
        self.questions.show_asks(paper.asks, paper.answers)
        known = paper.card.languages
        self.languages.show_choices([(code, LANGUAGE_NAMES[code]) for code in known])
        self.choose_language(self._lang if self._lang in known else known[0])

    def choose_language(self, code: str) -> None:
        """Print in another language."""
        self._lang = code
        self.languages.choose(code)
        self.show_pages()

    def show_pages(self) -> None:
        """Draw the pages anew, away from the window."""
        if self._card is None:
            return
        self._turn += 1
        self._lock()
        self._say(Words("clock", _WAIT))
        before = self._target.uid if self._target.kind is Kind.PRINTOUT else ""
        answers, copied = self.questions.answers(), self.again.copy_of
        wanted = Wanted(self._card.code, self._lang, answers, before, copied)
        self._work.tasks.read(
            standing_of,
            self._work.desk,
            wanted,
            self.uid,
            done=functools.partial(self._take_standing, self._turn),
            failed=lambda _error: None,  # the pages fail by the same, and say so
        )
        self._work.tasks.read(
            pages_of,
            self._work.desk,
            wanted,
            self.uid,
            done=functools.partial(self._show, self._turn),
            failed=functools.partial(self._fail, self._turn),
        )

    def print_now(self) -> None:
        """Print with the printer used last; the first time it is asked for."""
        if self._must_choose():
            return
        paper = self.make_printer()
        if paper is not None and self._card is not None:
            told, order = functools.partial(self._tell_printed, self._card), self._order(self._card)
            self._work.tasks.run(
                printer.print_order, self._work.desk, order, paper, done=told, failed=self._work.tell_error
            )

    def save_as(self) -> None:
        """Number the paper and write it as a PDF."""
        if self._card is None or self._must_choose():
            return
        name = f"{self._card.code}-{self._work.desk.today.isoformat()}.pdf"
        path = ask_save(self, _SAVE, name, (".pdf",), self._work.memory)
        if path:
            order = self._order(self._card)
            self._work.tasks.run(
                printer.write_order,
                self._work.desk,
                order,
                path,
                done=functools.partial(self._tell_saved, self._card, path),
                failed=self._work.tell_error,
            )

    def print_test(self) -> None:
        """Print the form with a grid of millimetres, shifted as it is now; the register knows nothing of it."""
        paper = self.make_printer() if self._card else None
        if paper is not None and self._card is not None:
            order = self._order(self._card)
            self._work.tasks.run(
                printer.print_test, self._work.desk, order, paper, failed=self._work.tell_error
            )

    def choose_printer(self) -> QPrinter | None:
        """Ask for a printer in the system's window."""
        code = self._card.code if self._card else ""
        chosen = self._printers.choose(code)
        self.offsets.show_for(self._printers.name(code), code)
        if chosen and chosen.copyCount() > 1:  # asked for there; the page draws them
            self.copies.set_value(chosen.copyCount())
            chosen.setCopyCount(1)
        return chosen

    def retranslate(self) -> None:
        """Names of fields, titles of papers; the pages keep their own language."""
        self.copies.setAccessibleName(said(_COPIES))
        self.again.retranslate()
        self.offsets.retranslate()
        if self._papers:
            self.ask_again()

    def _chosen_printer(self) -> QPrinter | None:
        return self._printers.known(self._card.code if self._card else "") or self.choose_printer()

    def _must_choose(self) -> bool:
        """Whether it is open which paper is wanted; the keyboard then goes to that question."""
        if self.again.is_open:
            self.again.ask()
        return self.again.is_open

    def _lock(self) -> None:
        """Say on the buttons why nothing can be printed now."""
        lacking = "" if printer.installed() else _NO_PRINTER
        open_ = CHOOSE if self.again.is_open else ""
        reasons = (lacking or open_, open_, lacking, lacking)
        for command, because in zip(self._commands, reasons, strict=True):
            if because:
                command.lock(because)
            else:
                command.unlock()

    def _take_standing(self, turn: int, standing: Standing | None) -> None:
        if turn == self._turn:
            self.again.show_standing(standing)
            self._lock()

    def _order(self, form: FormCard) -> Order:
        copies = self.copies.value() or 1
        answers = self.questions.answers()
        copied, offset = self.again.copy_of, self.offsets.offset()
        return Order(form.code, self.uid, self._lang, copies, answers, copied, offset)

    def _take_offer(self, offer: Offer) -> None:
        papers = offer.papers
        self.uid = offer.uid
        self._papers = {one.card.code: one for one in papers}
        self.forms.show_choices([(one.card.code, one.card.title) for one in papers])
        self.lacking.show_text(offer.lacking)
        self.lacking.setVisible(bool(offer.lacking and papers))
        if not papers:
            self._say(Words("papers", _NONE), offer.lacking)
        elif self._card is None or self._card.code not in self._papers:
            self._lang = offer.lang or self._lang
            self.choose_form(offer.form or papers[0].card.code)
        else:
            self._card = self._papers[self._card.code].card

    def _show(self, turn: int, images: list[QImage]) -> None:
        if turn == self._turn:
            self.pages.show_pages(images)
            self.thumbnails.show_pages(images)
            self._stack.setCurrentWidget(self.pages)

    def _fail(self, turn: int, error: Exception) -> None:
        if turn != self._turn:
            return
        self.thumbnails.show_pages(())
        self.pages.show_pages(())
        if isinstance(error, MigDeskError):
            panel = Words("papers", _CANNOT, "", None, Tone.WARN)
            self._say(panel, error.words())
        else:
            self._work.tell_error(error)

    def _say(self, words: Words, text: str = "") -> None:
        panel = Panel(words)
        if text:
            panel.text.show_text(text)
            panel.text.show()
        if self._panel:
            self._stack.removeWidget(self._panel)
            self._panel.deleteLater()
        self._panel = panel
        self._stack.addWidget(panel)
        held = self.pages.hasFocus()
        self._stack.setCurrentWidget(panel)
        if held:  # what goes out of sight must not take the keyboard along
            self.copies.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell_printed(self, form: FormCard, done: Done[Printed]) -> None:
        printout = done.value.printout
        message = _PRINTED if (printout.copy or 1) == 1 else _PRINTED_COPY
        words = said(message, title=form.title, number=printout.number, copy=printout.copy)
        self._work.tell_done(words, done.changes.op)
        self._look_again()

    def _tell_saved(self, form: FormCard, path: Path, done: Done[Printed]) -> None:
        words = said(_SAVED, title=form.title, number=done.value.printout.number)
        show = functools.partial(errors.open_folder, path.parent)
        self._work.noticed.emit(Notice(Tone.OK, words, said(_OPEN), show))
        self._look_again()

    def _look_again(self) -> None:
        """The new paper is the last one now: a question that was answered is settled."""
        if self.again.is_asked:
            self.show_pages()


def open_print(window: OfficeWindow, target: Target) -> None:
    """Open the preview of a record's papers in a tab (Ctrl+P)."""

    def build(frame: PageFrame) -> QWidget:
        return PrintPage(window.work, frame, target)

    window.open_tab(Page(f"print/{target.key}", "print", TITLE, build, help="printing"), said(TITLE))
