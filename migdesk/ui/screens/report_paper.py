"""A report before it is printed: its pages as they will print, in a tab of their own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QWidget

from migdesk.domain.errors import MigDeskError
from migdesk.domain.report import ReportResult
from migdesk.i18n import N_
from migdesk.services import reporting
from migdesk.services.papers import printing
from migdesk.ui.look import theme
from migdesk.ui.look.theme import Tone
from migdesk.ui.look.words import said
from migdesk.ui.papers import pdf_view, printer
from migdesk.ui.papers.pdf_view import PagesView, Thumbnails
from migdesk.ui.parts.actions import Action
from migdesk.ui.parts.frame import PageFrame
from migdesk.ui.parts.messages import Notice
from migdesk.ui.parts.panel import Panel, Words
from migdesk.ui.workplace import Workplace

_PRINT = N_("Print")
_WAIT = N_("The pages are being drawn…")
_CANNOT = N_("The report cannot be drawn")
_PRINTED = N_("Report printed: {title}")
_NO_PRINTER = N_("No printer is installed on this machine: save the report as PDF.")
_REFUSED = N_("The printer did not take the report.")
_THUMBNAILS = 124


def content_of(result: ReportResult, folder: Path) -> bytes:
    """The report as a PDF, without leaving a file.

    Raises:
        Invalid: a text holds letters that cannot be printed.
        BadFile: the folder cannot be written.
    """
    with TemporaryDirectory(dir=folder) as place:
        return reporting.save(result, Path(place) / "report.pdf").read_bytes()


def pages_of(result: ReportResult, folder: Path) -> list[QImage]:
    """The pages as pictures; run in a reader's thread."""
    content = content_of(result, folder)
    return [QImage.fromData(png) for png in printing.page_images(content, pdf_view.DPI)]


def print_report(result: ReportResult, folder: Path, paper: QPrinter) -> str:
    """Draw a report on a printer, away from the window; the answer is its title.

    Raises:
        MigDeskError: the printer did not take it.
    """
    if not printer.draw(content_of(result, folder), paper):
        raise MigDeskError(_REFUSED)
    return result.title


class ReportPaper(QWidget):
    """The body of the tab. `make_printer` gives the printer, or nothing when nobody chose one."""

    def __init__(self, work: Workplace, frame: PageFrame, result: ReportResult, save: Action) -> None:
        super().__init__()
        self._work = work
        self._result = result
        frame.set_title("{title}", title=result.title)
        self.make_printer: Callable[[], QPrinter | None] = self._ask_printer
        self.pages, self.thumbnails = PagesView(), Thumbnails()
        self.thumbnails.chosen.connect(self.pages.go_to)
        self.pages.moved.connect(self.thumbnails.mark_current)
        self.thumbnails.setFixedWidth(_THUMBNAILS)
        self._stack = QStackedLayout()
        self._failed = Panel(Words("reports", _CANNOT, "…", None, Tone.WARN))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.M)
        row.addWidget(self.thumbnails)
        row.addLayout(self._stack, 1)
        for page in (Panel(Words("clock", _WAIT)), self.pages, self._failed):
            self._stack.addWidget(page)
        self.setFocusProxy(self.pages)
        commands = frame.set_actions(Action("report.print", _PRINT, self.print_now, "print", "Ctrl+P"), save)
        if not printer.installed():
            commands[0].lock(_NO_PRINTER)
        work.tasks.read(pages_of, result, work.desk.home, done=self._show, failed=self._fail)

    def print_now(self) -> None:
        """Print what is shown."""
        paper = self.make_printer()
        if paper is not None:
            self._work.tasks.read(
                print_report,
                self._result,
                self._work.desk.home,
                paper,
                done=self._tell_printed,
                failed=self._work.tell_error,
            )

    def _show(self, images: list[QImage]) -> None:
        self.pages.show_pages(images)
        self.thumbnails.show_pages(images)
        self._stack.setCurrentWidget(self.pages)

    def _fail(self, error: Exception) -> None:
        if isinstance(error, MigDeskError):
            self._failed.text.show_text(error.words())
        else:
            self._failed.text.hide()
            self._work.tell_error(error)
        self._stack.setCurrentWidget(self._failed)

    def _ask_printer(self) -> QPrinter | None:
        chosen = printer.printer_named("")
        accepted = QPrintDialog(chosen, self).exec() == QPrintDialog.DialogCode.Accepted
        return chosen if accepted else None

    def _tell_printed(self, title: str) -> None:
        self._work.noticed.emit(Notice(Tone.OK, said(_PRINTED, title=title)))
