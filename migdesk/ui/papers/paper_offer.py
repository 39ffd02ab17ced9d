"""Which papers can be printed for a record, their pages as pictures, and the numbered file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from PySide6.QtGui import QImage

from migdesk.domain.arrival import Arrival, Departure
from migdesk.domain.case import Case
from migdesk.domain.errors import NotFound, Refused
from migdesk.domain.finding import Finding
from migdesk.domain.permit import Permit
from migdesk.domain.printout import Printout
from migdesk.domain.session import Session
from migdesk.services import certificates, records
from migdesk.services.cases import case_papers
from migdesk.services.desk import Desk
from migdesk.services.papers import offering, printing
from migdesk.services.papers.printing import FormCard, Standing
from migdesk.services.people import people
from migdesk.ui.papers import pdf_view
from migdesk.ui.papers.paper_questions import Ask
from migdesk.ui.workplace import Kind, Target


@dataclass(frozen=True, slots=True)
class Paper:
    """A form that can be printed here, what it asks before, and what was answered when it was last printed."""

    card: FormCard
    asks: tuple[Ask, ...]
    answers: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which paper is to be shown; `before` is the printed paper that was opened, `copy_of` one that is copied."""

    form: str
    lang: str
    answers: Mapping[str, object]
    before: str = ""
    copy_of: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """The forms that can be printed, about which record, and with which form and language to begin.

    `lacking` says which paper the program does not have.
    """

    uid: str
    papers: tuple[Paper, ...]
    form: str = ""
    lang: str = ""
    lacking: str = ""


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
        return Offer(before.about, _papers(desk, chosen, before.about), before.form, before.language)
    papers = _papers(desk, _cards(desk, target), target.uid)
    return Offer(target.uid, papers, lacking=" ".join(one.words() for one in _lacking(desk, target)))


def _lacking(desk: Desk, target: Target) -> list[Finding]:
    """What is said of a paper that one would look for here and that the program does not have."""
    if target.kind is Kind.CASE:
        return case_papers.lacking_papers(desk, desk.store.get(Case, target.uid))
    if target.kind is not Kind.PERMIT:
        return []
    told = certificates.lacking_of(desk, desk.store.get(Permit, target.uid).kind)
    return [told] if told else []


def _cards(desk: Desk, target: Target) -> list[FormCard]:
    """What can be printed about a record; about a person what his newest arrival, case and permit offer."""
    if target.kind is Kind.ARRIVAL:
        return offering.for_arrival(desk, desk.store.get(Arrival, target.uid))
    if target.kind is Kind.DEPARTURE:
        return offering.for_departure(desk, desk.store.get(Departure, target.uid))
    if target.kind is Kind.CASE:
        return offering.for_case(desk, desk.store.get(Case, target.uid))
    if target.kind is Kind.FAMILY:
        return offering.for_family(desk)
    if target.kind is Kind.VISIT:
        return offering.for_visit(desk)
    if target.kind is Kind.SESSION:
        return offering.for_session(desk, desk.store.get(Session, target.uid))
    if target.kind is Kind.PERMIT:
        return offering.for_permit(desk, desk.store.get(Permit, target.uid))
    if target.kind is not Kind.PERSON:
        return []
    file = people.open_file(desk, target.uid)
    found = offering.for_arrival(desk, file.arrivals[0]) if file.arrivals else []
    found += [card for case in file.cases for card in offering.for_case(desk, case) if card.about == "cases"]
    found += [card for permit in file.permits for card in offering.for_permit(desk, permit)]
    found += offering.for_person(desk)
    return list({card.code: card for card in found}.values())


def _papers(desk: Desk, cards: Sequence[FormCard], uid: str) -> tuple[Paper, ...]:
    return tuple(
        Paper(one, asks, _given_before(desk, one.code, uid) if asks else {})
        for one in cards
        for asks in [printing.get_form(one.code, desk.today).asks]
    )


def _given_before(desk: Desk, code: str, uid: str) -> Mapping[str, object]:
    """The answers of the last print; a paper that cannot be printed yet has none."""
    try:
        return printing.last_answers(desk, code, uid)
    except (NotFound, Refused):
        return {}


def standing_of(desk: Desk, wanted: Wanted, uid: str) -> Standing | None:
    """Whether the paper was printed before and would say something else now; run in a reader's thread.

    An older paper, opened from the register, stands for itself: also when its record is not complete any more.

    Raises:
        Refused: the record is not complete enough.
        NotFound: the record has nothing this form is about.
    """
    before = desk.store.find(Printout, wanted.before) if wanted.before else None
    try:
        found = printing.standing_of(desk, wanted.form, uid, lang=wanted.lang, answers=wanted.answers)
    except (NotFound, Refused):
        if before is None:
            raise
        return Standing(before, changed=True)
    is_older = before is not None and found is not None and before.number != found.last.number
    return Standing(before, changed=True) if before and is_older else found


def pages_of(desk: Desk, wanted: Wanted, uid: str) -> list[QImage]:
    """The pages of a paper as pictures; run in a reader's thread.

    Raises:
        Refused: the record is not complete enough.
        NotFound: the record has nothing this form is about.
        Invalid: a text does not fit.
    """
    if wanted.copy_of:
        content = printing.preview_copy(desk, wanted.copy_of)
    else:
        content = printing.preview(desk, wanted.form, uid, lang=wanted.lang, answers=wanted.answers)
    return [QImage.fromData(png) for png in printing.page_images(content, pdf_view.DPI)]
