"""Which papers can be printed for a record, their pages as pictures, and the numbered file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtGui import QImage

from migdesk.domain.change import Done
from migdesk.services import people, printing, records
from migdesk.services.desk import Desk
from migdesk.services.printing import FormCard, Printed
from migdesk.ui.papers import pdf_view
from migdesk.ui.papers.paper_questions import Ask
from migdesk.ui.papers.printer import Order
from migdesk.ui.workplace import Kind, Target

_ABOUT = {Kind.ARRIVAL: ("arrival",), Kind.CASE: ("cases",)}


@dataclass(frozen=True, slots=True)
class Paper:
    """A form that can be printed here, and what it asks before."""

    card: FormCard
    asks: tuple[Ask, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which paper is to be shown."""

    form: str
    lang: str
    answers: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Offer:
    """The forms that can be printed, about which record, and with which form and language to begin."""

    uid: str
    papers: tuple[Paper, ...]
    form: str = ""
    lang: str = ""


def offer_of(desk: Desk, target: Target) -> Offer:
    """The forms that are printed for a record today, in the language of the window; a paper is printed again.

    Raises:
        NotFound: there is no such paper.
        BadFile: a form file is wrong; names the key.
    """
    cards = printing.list_forms(desk.today)
    if target.kind is Kind.PRINTOUT:
        before = records.open_printout(desk, target.uid).printout
        chosen = [one for one in cards if one.code == before.form]
        return Offer(before.about, _papers(desk, chosen), before.form, before.language)
    about = _person_has(desk, target.uid) if target.kind is Kind.PERSON else _ABOUT.get(target.kind, ())
    return Offer(target.uid, _papers(desk, [one for kind in about for one in cards if one.about == kind]))


def _person_has(desk: Desk, uid: str) -> tuple[str, ...]:
    """What papers can be printed about a person: those of his arrival, those of his case."""
    file = people.open_file(desk, uid)
    has = {"arrival": file.arrivals, "cases": file.cases}
    return tuple(about for about, found in has.items() if found)


def _papers(desk: Desk, cards: Sequence[FormCard]) -> tuple[Paper, ...]:
    return tuple(Paper(one, printing.get_form(one.code, desk.today).asks) for one in cards)


def save_order(desk: Desk, order: Order, target: Path) -> Done[Printed]:
    """Number and register a paper, and write it as a PDF."""
    return printing.print_form(desk, order.form, order.uid, target, lang=order.lang, answers=order.answers)


def pages_of(desk: Desk, wanted: Wanted, uid: str) -> list[QImage]:
    """The pages of a paper as pictures; run in a reader's thread.

    Raises:
        Refused: the record is not complete enough.
        NotFound: the record has nothing this form is about.
        Invalid: a text does not fit.
    """
    content = printing.preview(desk, wanted.form, uid, lang=wanted.lang, answers=wanted.answers)
    return [QImage.fromData(png) for png in printing.page_images(content, pdf_view.DPI)]
