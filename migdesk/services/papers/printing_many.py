"""One paper for many records in one PDF: each numbered and registered, as if it had been printed alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from migdesk.domain.arrival import Arrival
from migdesk.domain.case import Case
from migdesk.domain.change import Done, Op
from migdesk.domain.errors import BadFile, Refused, StoreProblem
from migdesk.domain.finding import Finding, block, warn
from migdesk.domain.person import Person
from migdesk.domain.printout import Printout
from migdesk.exchange.wholefile import refuse_unwritable, whole_file
from migdesk.i18n import N_
from migdesk.paper.template import FormTemplate
from migdesk.services.arrivals import hosts
from migdesk.services.desk import Desk
from migdesk.services.papers import printing
from migdesk.services.papers.printing import Prepared
from migdesk.services.papers.sheets import Sheet
from migdesk.store import journal

_ATTEMPTS = 20

NOTICE = "notification_arrival"
"""The form of the notice of arrival."""


@dataclass(frozen=True, slots=True)
class Together:
    """The lines of the print register, and how many pages the one file has."""

    printouts: tuple[Printout, ...]
    pages: int


def print_together(
    desk: Desk, code: str, keys: Sequence[str], target: Path, *, lang: str = "", folder: Path | None = None
) -> Done[Together]:
    """Print a paper for each of these arrivals or cases into one PDF; into a folder each as a file of its own too.

    Who is not complete enough for an official paper is left out and named in a warning. The files of the folder are
    called after the number of the paper: they are the same papers, of one number and one line of the register.
    When a file cannot take its name after the lines were written, the lines are annulled and no file stays.

    Raises:
        NotFound: no such form or record.
        Refused: nobody is complete enough.
        Invalid: a text does not fit or has letters that cannot be printed; names the slot.
        BadFile: the file cannot be written.
        StoreProblem: other windows write without a pause.
    """
    refuse_targets(target, folder)
    done: Done[Together] | None = None
    written: list[Path] = []
    is_whole = False
    try:
        with whole_file(target) as file:
            prepared, done = _put_in_register(desk, printing.get_form(code, desk.today), keys, lang, file)
            if folder:
                _write_each(prepared, folder, written)
        is_whole = True
    finally:
        if done and not is_whole:
            for path in written:
                path.unlink(missing_ok=True)
            printing.annul(desk, done.value.printouts)
    return done


def refuse_targets(target: Path | None, folder: Path | None = None) -> None:
    """Look at the places of the files before anything is written or has a number.

    Raises:
        BadFile: a folder or device has the name of the file, it is no PDF, or one of the places cannot be written.
    """
    if target:
        refuse_unwritable(target)
        if target.suffix.lower() != ".pdf":
            raise BadFile(target, "", N_("Papers are printed into a PDF: give a name that ends in .pdf."))
    if folder:
        _make_folder(folder)
        refuse_unwritable(folder / "1.pdf")


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        raise BadFile(str(folder), "", N_("The folder cannot be made.")) from None


def _put_in_register(
    desk: Desk, form: FormTemplate, keys: Sequence[str], lang: str, file: Path
) -> tuple[list[Prepared], Done[Together]]:
    """Draw into a file and write the lines, as often as another window writes between the two."""
    from migdesk.paper.draw import draw_forms  # noqa: PLC0415 - reportlab only when a PDF is wanted

    for _attempt in range(_ATTEMPTS):
        seen = journal.newest(desk.store)
        sheets, findings = _gather(desk, form, keys, lang)
        prepared = _prepare(desk, form, sheets)
        drawn = draw_forms([one.paper.filled for one in prepared])
        file.write_bytes(drawn.content)
        with desk.write(Op.PRINT_FORM) as tx:
            if journal.newest(desk.store) != seen:
                continue
            pages = drawn.pages // len(prepared)
            lines = tuple(one.put(desk, tx, pages, drawn.digest) for one in prepared)
        return prepared, Done(Together(lines, drawn.pages), tx.changes, tuple(findings))
    raise StoreProblem(
        N_("Other windows write to the office without a pause: the paper was not printed."),
        hint=N_("Wait until their work ends, then print again."),
    )


def _write_each(prepared: Sequence[Prepared], folder: Path, written: list[Path]) -> None:
    """Each paper in a file of its own; `written` says which there are when one cannot be written."""
    from migdesk.paper.draw import draw_form  # noqa: PLC0415 - reportlab only when a PDF is wanted

    for one in prepared:
        copy = f"-{one.line.copy}" if (one.line.copy or 1) > 1 else ""
        path = folder / f"{one.line.number}{copy}.pdf"
        with whole_file(path) as file:
            file.write_bytes(draw_form(one.paper.filled).content)
        written.append(path)


def _gather(
    desk: Desk, form: FormTemplate, keys: Sequence[str], lang: str
) -> tuple[list[Sheet], list[Finding]]:
    sheets, findings = [], []
    for key in dict.fromkeys(keys):
        try:
            sheet = Sheet(desk, form, key, lang)
            sheet.refuse_unanswered()
            sheets.append(sheet)
        except Refused as refused:
            message, why = N_("Left out: {name}. {why}"), refused.words()
            findings.append(warn(refused.findings[0].code, message, None, name=_name(desk, key), why=why))
    if not sheets:
        message = N_("Nobody here is complete enough for an official paper.")
        raise Refused([block("incomplete", message), *findings])
    return sheets, findings


def _name(desk: Desk, key: str) -> str:
    about = desk.store.named(Arrival, key) or desk.store.named(Case, key)
    person = desk.store.find(Person, (about and about.person) or "")
    return person.full_name if person else key


def _prepare(desk: Desk, form: FormTemplate, sheets: Sequence[Sheet]) -> list[Prepared]:
    """Each with the number it will have: new ones follow each other in the series."""
    prepared: list[Prepared] = []
    ahead = 0
    for sheet in sheets:
        prepared.append(printing.prepare_sheet(desk, form, sheet, ahead=ahead))
        ahead += prepared[-1].is_new
    return prepared


def print_notices(desk: Desk, party: str, target: Path, lang: str = "") -> Done[Together]:
    """The notices of all who live at a receiving person now, in one PDF; the language of the window without one.

    Raises:
        Refused: nobody there is complete enough.
        BadFile: the file cannot be written.
    """
    return print_together(desk, NOTICE, hosts.notices_of(desk, party), target, lang=lang)
