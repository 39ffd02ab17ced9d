"""Official papers: fill, number, draw, register; a reprint is a copy, or replaces what says the same no more."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from migdesk import paths
from migdesk.domain.change import Done, Op
from migdesk.domain.errors import BadFile, NotFound, StoreProblem
from migdesk.domain.papertext import PrintFacts
from migdesk.domain.printout import Printout
from migdesk.exchange.wholefile import whole_file
from migdesk.i18n import N_, language, pick
from migdesk.paper.template import TONGUE as TONGUE
from migdesk.paper.template import FormTemplate, form_on, list_codes, load_revisions
from migdesk.services.desk import Desk
from migdesk.services.papers.answers import last_given, packed
from migdesk.services.papers.kept_papers import Paper, drawn_again, says_the_same
from migdesk.services.papers.paper_numbers import next_copy, series_of
from migdesk.services.papers.sheets import Answers, Sheet, about_of
from migdesk.store import journal
from migdesk.store.writer import Tx

if TYPE_CHECKING:
    from migdesk.paper.draw import Drawn

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


def tongues() -> tuple[str, ...]:
    """Codes of the languages that slips speak beside the paper's own."""
    return tuple(sorted(path.stem for path in (paths.resources() / "slips").glob("*.toml")))


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
    facts = PrintFacts(preview=True, printed_on=desk.today, operator=desk.signer.name)
    return _drawn(Sheet(desk, form, key, lang).paper(facts, answers)).content


def preview_copy(desk: Desk, uid: str) -> bytes:
    """The pages of a printed paper as a copy of it will print; writes nothing.

    Raises:
        NotFound: no such paper, or the program has that edition of the form no more.
    """
    return _drawn(drawn_again(desk, desk.store.get(Printout, uid), 1, preview=True)).content


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

    A second print of a paper that still says the same keeps its number and says which copy it is; when it says
    something else by now, it is a new paper with a number of its own, which replaces the one before. Without
    `answers` it has those of the last print, which the register keeps.

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

    def prepare() -> Prepared:
        return prepare_sheet(desk, form, Sheet(desk, form, key, lang), answers)

    return _print(desk, prepare, target)


def print_copy(desk: Desk, uid: str, target: Path) -> Done[Printed]:
    """A further copy of a printed paper, word for word as it was, whatever became of its record.

    Raises:
        NotFound: no such paper, or the program has that edition of the form no more.
        BadFile: the file cannot be written.
        StoreProblem: other windows write without a pause.
    """
    return _print(desk, lambda: _prepare_copy(desk, desk.store.get(Printout, uid)), target)


def _print(desk: Desk, prepare: Callable[[], Prepared], target: Path) -> Done[Printed]:
    done: Done[Printed] | None = None
    try:
        with whole_file(target) as file:
            refuse_held(target)
            done = _put_in_register(desk, prepare, file)
    except BadFile:
        if done:
            annul(desk, [done.value.printout])
        raise
    return done


def _put_in_register(desk: Desk, prepare: Callable[[], Prepared], file: Path) -> Done[Printed]:
    """Draw into a file and write the line, as often as another window writes between the two."""
    for _attempt in range(_ATTEMPTS):
        seen = journal.newest(desk.store)
        one = prepare()
        drawn = _drawn(one.paper)
        file.write_bytes(drawn.content)
        with desk.write(Op.PRINT_FORM) as tx:
            if journal.newest(desk.store) == seen:
                line = one.put(desk, tx, drawn.pages, drawn.digest)
                return Done(Printed(line, drawn.content), tx.changes)
    raise StoreProblem(
        N_("Other windows write to the office without a pause: the paper was not printed."),
        hint=N_("Wait until their work ends, then print again."),
    )


def _drawn(paper: Paper) -> Drawn:
    from migdesk.paper.draw import draw_form  # noqa: PLC0415 - reportlab only when a PDF is wanted

    return draw_form(paper.filled)


def refuse_held(target: Path) -> None:
    """On Windows a file that a viewer shows cannot be replaced: better told before the paper has a number."""
    if target.is_file():
        with target.open("ab"):
            pass


def annul(desk: Desk, printouts: Iterable[Printout]) -> None:
    """Lines whose file could not take its name: those papers are nowhere."""
    with desk.write(Op.PRINT_FORM) as tx:
        for one in printouts:
            tx.annul(one, "no file")


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


@dataclass(frozen=True, slots=True)
class Standing:
    """The paper that was printed before for a record, and whether it would say something else now."""

    last: Printout
    changed: bool


def standing_of(
    desk: Desk, code: str, key: str, *, lang: str, answers: Answers | None = None
) -> Standing | None:
    """Whether printing a paper makes a copy of the one before or a new paper; nothing for a first print.

    Raises:
        NotFound: no such form or record.
        Refused: the record is not complete enough for an official paper.
    """
    form = get_form(code, desk.today)
    sheet = Sheet(desk, form, key, lang)
    last = _last_of(desk, sheet)
    return Standing(last, _has_changed(form, sheet, last, answers)) if last else None


@dataclass(frozen=True, slots=True)
class Prepared:
    """A paper about to be printed: its line of the register but for pages and digest, and what is drawn."""

    line: Printout
    paper: Paper
    is_new: bool
    series: str = ""

    def put(self, desk: Desk, tx: Tx, pages: int, digest: str) -> Printout:
        """Write the line inside the op that prints, and take the number of a new paper from its series."""
        if self.series:
            desk.next_number(tx, self.series, 5)
        return tx.put(replace(self.line, pages=pages, digest=digest, printed_at=desk.clock.now()))


def prepare_sheet(
    desk: Desk, form: FormTemplate, sheet: Sheet, answers: Answers | None = None, ahead: int = 0
) -> Prepared:
    """What a paper will be: new, a copy, or another language of the one before, which is not a copy of it.

    `ahead` are new papers that are printed together with this one before it.
    """
    sheet.refuse_unanswered(answers)
    last = _last_of(desk, sheet)
    is_new = last is None or _has_changed(form, sheet, last, answers)
    if last and not is_new and last.language == sheet.lang and last.content:
        return _prepare_copy(desk, last)
    series = series_of(desk, form.code, sheet.own_number) if is_new else ""
    new = desk.coming_number(series, 5, ahead) if series else sheet.own_number
    line = Printout(
        number=last.number if last and not is_new else new,
        form=form.code,
        revision=form.revision,
        language=sheet.lang,
        about=sheet.about_uid,
        replaces=last.number if last and is_new else "",
    )
    line = replace(line, copy=1 if is_new else next_copy(desk, line))
    facts = PrintFacts(
        number=sheet.own_number or line.number,
        copy=line.copy or 1,
        printed_on=desk.today,
        printed_at=desk.clock.now().astimezone(),
        operator=desk.signer.name,
        due_on=sheet.due_on,
    )
    paper = sheet.paper(facts, answers)
    line = replace(line, answers=packed(form, sheet.answers), content=paper.content)
    return Prepared(line, paper, is_new, series)


def _prepare_copy(desk: Desk, before: Printout) -> Prepared:
    copy = next_copy(desk, before)
    line = replace(before, uid="", rev=0, copy=copy, replaces="")
    return Prepared(line, drawn_again(desk, before, copy), is_new=False)


def _last_of(desk: Desk, sheet: Sheet) -> Printout | None:
    """The newest print of a paper: in the language of the sheet, where its number was printed in that."""
    before = desk.store.live(Printout, form=sheet.code, about=sheet.about_uid, order="id DESC")
    same = [one for one in before if one.number == before[0].number]
    return next((one for one in same if one.language == sheet.lang), same[0] if same else None)


def _has_changed(form: FormTemplate, sheet: Sheet, last: Printout, answers: Answers | None) -> bool:
    """Whether a paper would say something else than the one before, in the language of that one."""
    if form.revision != last.revision:
        return True
    if not last.content:
        return False
    same = sheet.in_language(last.language)
    now = same.paper(PrintFacts(number=last.number, due_on=sheet.due_on), answers)
    return not says_the_same(now.content, last.content) or packed(form, same.answers) != last.answers
