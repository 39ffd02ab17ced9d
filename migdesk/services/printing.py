"""Official papers: fill, number, draw, register; a reprint says that it is a copy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from migdesk import paths
from migdesk.domain.change import Done, Op
from migdesk.domain.errors import BadFile, NotFound, StoreProblem
from migdesk.domain.papertext import PrintFacts
from migdesk.domain.printout import Printout
from migdesk.exchange.wholefile import whole_file
from migdesk.i18n import N_, language, pick
from migdesk.paper.template import FormTemplate, form_on, list_codes, load_revisions
from migdesk.services.answers import last_given, packed
from migdesk.services.desk import Desk
from migdesk.services.sheets import Answers, Sheet, about_of
from migdesk.store import journal
from migdesk.store.writer import Tx

_ATTEMPTS = 20
"""So often a paper is drawn anew because another window wrote meanwhile."""


@dataclass(frozen=True, slots=True)
class FormCard:
    """A form as a list shows it; `about` is the table of the record it is printed for."""

    code: str
    revision: str
    title: str
    layout: str
    languages: tuple[str, ...]
    about: str


@dataclass(frozen=True, slots=True)
class Printed:
    """A finished paper and its line in the print register."""

    printout: Printout
    content: bytes


def list_forms(on: date) -> list[FormCard]:
    """Forms in force on a day.

    Raises:
        BadFile: a form file is wrong; names the key.
    """
    cards = []
    for code in list_codes(paths.forms()):
        revisions = load_revisions(paths.forms() / code)
        for form in revisions:
            if form.in_force_on(on):
                cards.append(
                    FormCard(
                        code,
                        form.revision,
                        pick(form.title),
                        form.provenance.layout,
                        form.languages,
                        about_of(form),
                    )
                )
    return cards


def get_form(code: str, on: date) -> FormTemplate:
    """The revision of a form in force on a day.

    Raises:
        NotFound: no such form, or none on that day.
        BadFile: its file is wrong.
    """
    if code not in list_codes(paths.forms()):
        raise NotFound(code)
    return form_on(load_revisions(paths.forms() / code), on)


def preview(desk: Desk, code: str, key: str, *, lang: str = "", answers: Answers | None = None) -> bytes:
    """The pages as they will print, with a preview mark and without a number; writes nothing.

    Without `answers` those of the last print of this paper stand.

    Raises:
        NotFound: no such form or record.
        Refused: the record is not complete enough for an official paper.
        Invalid: a text does not fit or has letters that cannot be printed; names the slot.
    """
    form = get_form(code, desk.today)
    sheet = Sheet(desk, form, key, lang)
    return sheet.draw(PrintFacts(preview=True, printed_on=desk.today, operator=desk.signer.name), answers)


def last_answers(desk: Desk, code: str, key: str) -> dict[str, object]:
    """What was answered when this paper was last printed for a record; nothing for a first print.

    Raises:
        NotFound: no such form or record.
        Refused: the record is not complete enough for an official paper.
    """
    form = get_form(code, desk.today)
    return last_given(desk, form, Sheet(desk, form, key, form.languages[0]).about_uid)


def print_form(
    desk: Desk, code: str, key: str, target: Path, *, lang: str = "", answers: Answers | None = None
) -> Done[Printed]:
    """Number a paper, draw it, and write its file and its line of the print register.

    A second print of the same paper keeps its number and says which copy it is; without `answers` it has those
    of the last print, which the register keeps.

    The paper is drawn, and its file written under another name, before the register is locked: a long paper holds
    up no other window. Under the lock it is only seen whether anything was written since the drawing began; then
    the paper is drawn again, with another number or other facts. The file takes its name after the line of the
    register is safe on the disk, so a number never stands on two papers. A program killed in between leaves a line
    without a file, and the next print is the next copy; when the name cannot be taken, the line is annulled.

    Raises:
        NotFound: no such form or record.
        Refused: the record is not complete enough for an official paper.
        Invalid: a text does not fit or has letters that cannot be printed; names the slot.
        BadFile: the file cannot be written.
        StoreProblem: other windows write without a pause.
    """
    form = get_form(code, desk.today)
    done: Done[Printed] | None = None
    try:
        with whole_file(target) as file:
            _refuse_held(target)
            done = _put_in_register(desk, form, lambda: Sheet(desk, form, key, lang), answers, file)
    except BadFile:
        if done:
            _annul(desk, done.value.printout)
        raise
    return done


def _put_in_register(
    desk: Desk, form: FormTemplate, gather: Callable[[], Sheet], answers: Answers | None, file: Path
) -> Done[Printed]:
    """Draw into a file and write the line, as often as another window writes between the two."""
    for _attempt in range(_ATTEMPTS):
        seen = journal.newest(desk.store)
        sheet = gather()
        number, copy = coming_of(desk, sheet)
        facts = PrintFacts(
            number=number,
            copy=copy,
            printed_on=desk.today,
            printed_at=desk.clock.now().astimezone(),
            operator=desk.signer.name,
            due_on=sheet.due_on,
        )
        content, pages, digest = sheet.draw_counted(facts, answers)
        file.write_bytes(content)
        line = Printout(
            number=number,
            form=form.code,
            revision=form.revision,
            language=sheet.lang,
            about=sheet.about_uid,
            copy=copy,
            pages=pages,
            digest=digest,
            answers=packed(form, sheet.answers),
            printed_at=desk.clock.now(),
        )
        with desk.write(Op.PRINT_FORM) as tx:
            if journal.newest(desk.store) == seen and coming_of(desk, sheet) == (number, copy):
                take_number(desk, tx, sheet)
                return Done(Printed(tx.put(line), content), tx.changes)
    raise StoreProblem(
        N_("Other windows write to the office without a pause: the paper was not printed."),
        hint=N_("Wait until their work ends, then print again."),
    )


def _refuse_held(target: Path) -> None:
    """On Windows a file that a viewer shows cannot be replaced: better told before the paper has a number."""
    if target.is_file():
        with target.open("ab"):
            pass


def _annul(desk: Desk, printout: Printout) -> None:
    """A line whose file could not take its name: that paper is nowhere."""
    with desk.write(Op.PRINT_FORM) as tx:
        tx.annul(printout, "no file")


def proof(code: str, on: date, *, lang: str = "kk", sample: str = "ordinary") -> bytes:
    """A form with its millimetre grid, the names of its slots and sample data.

    Raises:
        NotFound: no such form.
        BadFile: the form or its sample is wrong.
    """
    from migdesk.paper.proof import draw_proof  # noqa: PLC0415 - reportlab only when a PDF is wanted
    from migdesk.paper.sample import load_samples  # noqa: PLC0415

    form = get_form(code, on)
    samples = load_samples(paths.forms() / code / "sample.toml", form)
    with language(lang):
        return draw_proof(samples.filled(sample, lang)).content


def page_images(content: bytes, dpi: float = 96) -> list[bytes]:
    """The pages of a PDF as PNG pictures, for the screen and for a printer."""
    from migdesk.paper.pages import count_pages, page_image  # noqa: PLC0415 - pdfium only for a preview

    return [page_image(content, number, dpi).png() for number in range(1, count_pages(content) + 1)]


def is_first(desk: Desk, sheet: Sheet) -> bool:
    """Whether this paper was never printed for this record, in no language: it takes a new number."""
    return not desk.store.live(Printout, form=sheet.code, about=sheet.about_uid, limit=1)


def coming_of(desk: Desk, sheet: Sheet, ahead: int = 0) -> tuple[str, int]:
    """The number the paper will have and which copy it is; another language of a paper is not a copy of it.

    `ahead` are new papers that are printed together with this one before it.

    An annulled line keeps its number and copy: neither is given again.
    """
    before = desk.store.live(Printout, form=sheet.code, about=sheet.about_uid)
    if not before:
        return desk.coming_number(_letters(sheet.code), 5, ahead), 1
    number = before[0].number
    copies = desk.store.select(Printout, "number = ? AND language = ?", (number, sheet.lang))
    return number, max((one.copy or 1 for one in copies), default=0) + 1


def take_number(desk: Desk, tx: Tx, sheet: Sheet) -> None:
    """Take the number of a new paper from its series, inside the op that registers it."""
    if not tx.live(Printout, form=sheet.code, about=sheet.about_uid):
        desk.next_number(tx, _letters(sheet.code), 5)


def _letters(code: str) -> str:
    return "".join(word[0] for word in code.split("_")).upper()
