"""Paper out of a printer: pages of a PDF drawn as pictures, away from the window."""

from __future__ import annotations

import json
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
from migdesk.services.desk import Desk
from migdesk.services.papers import printing
from migdesk.services.papers.printing import Printed

_DPI = 300


class PrinterProblem(MigDeskError):
    """The printer did not take a paper that is in the register already."""

    code = "printer"


@dataclass(frozen=True, slots=True)
class Order:
    """What to print: form, record, language, how many copies, and what the form asked for.

    With `copy_of` it is that printed paper once more, word for word. A printer prints it so many millimetres to the
    right and down as `offset` says.
    """

    form: str
    uid: str
    lang: str
    copies: int = 1
    answers: Mapping[str, object] = field(default_factory=dict)
    copy_of: str = ""
    offset: tuple[float, float] = (0.0, 0.0)


def installed() -> list[str]:
    """Names of the printers of this machine."""
    return list(QPrinterInfo.availablePrinterNames())


def printer_named(name: str) -> QPrinter:
    """A printer by its name; the system's own for no name."""
    info = QPrinterInfo.printerInfo(name) if name else QPrinterInfo.defaultPrinter()
    return QPrinter(info, QPrinter.PrinterMode.HighResolution)


def settings_of(printer: QPrinter) -> str:
    """What was chosen in the system's window; not the copies, which begin with one for every paper."""
    return json.dumps(
        {
            "printer": printer.printerName(),
            "sides": printer.duplex().value,
            "colour": printer.colorMode().value,
            "tray": printer.paperSource().value,
        }
    )


def printer_as(settings: str) -> QPrinter | None:
    """The printer with what was chosen for it; nothing when it is gone or the words cannot be read."""
    try:
        kept = json.loads(settings)
        if kept["printer"] not in installed():
            return None
        found = printer_named(kept["printer"])
        found.setDuplex(QPrinter.DuplexMode(kept["sides"]))
        found.setColorMode(QPrinter.ColorMode(kept["colour"]))
        found.setPaperSource(QPrinter.PaperSource(kept["tray"]))
    except (ValueError, TypeError, KeyError):
        return None
    return found


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
    if not draw(done.value.content, printer, order.copies, order.offset):
        raise PrinterProblem(
            N_("The printer did not take the paper; it is in the register as No. {number}."),
            hint=N_("Print it again when the printer is ready."),
            number=done.value.printout.number,
        )
    return done


def print_test(desk: Desk, order: Order, printer: QPrinter) -> None:
    """Print a form with its sample and a grid of millimetres, to measure where a printer puts it; without a number.

    Raises:
        PrinterProblem: the printer did not take it.
    """
    content = printing.proof(order.form, desk.today, lang=order.lang)
    if not draw(content, printer, 1, order.offset):
        raise PrinterProblem(N_("The printer did not take the test page."))


def draw(
    content: bytes, printer: QPrinter, copies: int = 1, offset: tuple[float, float] = (0.0, 0.0)
) -> bool:
    """Draw every page of a PDF onto a printer, so many times; false when the printer refuses.

    On both sides each copy begins on a sheet of its own. `offset` is in millimetres, to the right and down: printers
    draw paper in a little beside its place.
    """
    pictures = [QImage.fromData(png) for png in printing.page_images(content, _DPI)]
    first = pictures[0]
    both_sides = printer.duplex() is not QPrinter.DuplexMode.DuplexNone
    blank = [QImage()] if both_sides and len(pictures) % 2 else []
    size = QSizeF(first.width() / _DPI * 25.4, first.height() / _DPI * 25.4)
    printer.setPageSize(QPageSize(size, QPageSize.Unit.Millimeter, "", QPageSize.SizeMatchPolicy.FuzzyMatch))
    printer.setFullPage(True)
    painter = QPainter()
    if not painter.begin(printer):
        return False
    whole = QRectF(painter.viewport())
    for at, picture in enumerate([*(copies - 1) * [*pictures, *blank], *pictures]):
        if at and not printer.newPage():
            painter.end()
            return False
        if not picture.isNull():
            scale = min(whole.width() / picture.width(), whole.height() / picture.height())
            right, down = (length / 25.4 * _DPI * scale for length in offset)
            room = QRectF(right, down, picture.width() * scale, picture.height() * scale)
            painter.drawImage(room, picture)
    return painter.end()
