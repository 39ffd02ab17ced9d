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
from migdesk.exchange.wholefile import whole_file
from migdesk.i18n import N_
from migdesk.paper.template import FormTemplate
from migdesk.services import hosts, printing
from migdesk.services.desk import Desk
from migdesk.services.printing import Prepared
from migdesk.services.sheets import Sheet
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

    Raises:
        NotFound: no such form or record.
        Refused: nobody is complete enough.
        Invalid: a text does not fit or has letters that cannot be printed; names the slot.
        BadFile: the file cannot be written.
        StoreProblem: other windows write without a pause.
    """
    from migdesk.paper.draw import draw_forms  # noqa: PLC0415 - reportlab only when a PDF is wanted

    form = printing.get_form(code, desk.today)
    _make_folder(folder)
    with whole_file(target) as file:
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
            if folder:
                _write_each(prepared, folder)
            return Done(Together(lines, drawn.pages), tx.changes, tuple(findings))
    raise StoreProblem(
        N_("Other windows write to the office without a pause: the paper was not printed."),
        hint=N_("Wait until their work ends, then print again."),
    )


def _make_folder(folder: Path | None) -> None:
    """Said before anything has a number.

    Raises:
        BadFile: there is no such folder and none can be made.
    """
    try:
        if folder:
            folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        raise BadFile(str(folder), "", N_("The folder cannot be made.")) from None


def _write_each(prepared: Sequence[Prepared], folder: Path) -> None:
    from migdesk.paper.draw import draw_form  # noqa: PLC0415 - reportlab only when a PDF is wanted

    for one in prepared:
        copy = f"-{one.line.copy}" if (one.line.copy or 1) > 1 else ""
        with whole_file(folder / f"{one.line.number}{copy}.pdf") as file:
            file.write_bytes(draw_form(one.paper.filled).content)


def _gather(
    desk: Desk, form: FormTemplate, keys: Sequence[str], lang: str
) -> tuple[list[Sheet], list[Finding]]:
    sheets, findings = [], []
    for key in dict.fromkeys(keys):
        try:
            sheets.append(Sheet(desk, form, key, lang))
        except Refused:
            message = N_("Left out, not complete enough for an official paper: {name}.")
            findings.append(warn("incomplete", message, None, name=_name(desk, key)))
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
