"""Paper out of a printer: pages of a PDF drawn as pictures, away from the window."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QRectF, QSizeF
from PySide6.QtGui import QImage, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from migdesk.domain.change import Done
from migdesk.domain.errors import MigDeskError
from migdesk.i18n import N_
from migdesk.services import printing
from migdesk.services.desk import Desk
from migdesk.services.printing import Printed

_DPI = 300


class PrinterProblem(MigDeskError):
    """The printer did not take a paper that is in the register already."""

    code = "printer"


@dataclass(frozen=True, slots=True)
class Order:
    """What to print: form, record, language, how many copies, and what the form asked for.

    With `copy_of` it is that printed paper once more, word for word.
    """

    form: str
    uid: str
    lang: str
    copies: int = 1
    answers: Mapping[str, object] = field(default_factory=dict)
    copy_of: str = ""


def installed() -> list[str]:
    """Names of the printers of this machine."""
    return list(QPrinterInfo.availablePrinterNames())


def printer_named(name: str) -> QPrinter:
    """A printer by its name; the system's own for no name."""
    info = QPrinterInfo.printerInfo(name) if name else QPrinterInfo.defaultPrinter()
    return QPrinter(info, QPrinter.PrinterMode.HighResolution)


def write_order(desk: Desk, order: Order, target: Path) -> Done[Printed]:
    """Number and register a paper, and write it as a PDF.

    Raises:
        Refused: the record is not complete enough.
        Invalid: a text does not fit.
        BadFile: the file cannot be written.
    """
    if order.copy_of:
        return printing.print_copy(desk, order.copy_of, target)
    return printing.print_form(desk, order.form, order.uid, target, lang=order.lang, answers=order.answers)


def print_order(desk: Desk, order: Order, printer: QPrinter) -> Done[Printed]:
    """Number and register a paper, then print it; the file is gone afterwards, the register stays.

    Raises:
        PrinterProblem: the printer did not take it; the paper is registered and can be printed again.
        Refused: the record is not complete enough for an official paper.
        Invalid: a text does not fit.
    """
    with tempfile.TemporaryDirectory(dir=desk.home) as folder:
        done = write_order(desk, order, Path(folder) / "paper.pdf")
    if not draw(done.value.content, printer, order.copies):
        raise PrinterProblem(
            N_("The printer did not take the paper; it is in the register as No. {number}."),
            hint=N_("Print it again when the printer is ready."),
            number=done.value.printout.number,
        )
    return done


def draw(content: bytes, printer: QPrinter, copies: int = 1) -> bool:
    """Draw every page of a PDF onto a printer, so many times; false when the printer refuses."""
    pictures = [QImage.fromData(png) for png in printing.page_images(content, _DPI)]
    first = pictures[0]
    size = QSizeF(first.width() / _DPI * 25.4, first.height() / _DPI * 25.4)
    printer.setPageSize(QPageSize(size, QPageSize.Unit.Millimeter, "", QPageSize.SizeMatchPolicy.FuzzyMatch))
    printer.setFullPage(True)
    painter = QPainter()
    if not painter.begin(printer):
        return False
    whole = QRectF(painter.viewport())
    is_first = True
    for _copy in range(copies):
        for picture in pictures:
            if not is_first and not printer.newPage():
                painter.end()
                return False
            is_first = False
            scale = min(whole.width() / picture.width(), whole.height() / picture.height())
            painter.drawImage(QRectF(0, 0, picture.width() * scale, picture.height() * scale), picture)
    return painter.end()
