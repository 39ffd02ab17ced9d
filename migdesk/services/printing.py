"""Official papers: fill, number, draw, register; a reprint says that it is a copy."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from migdesk import paths
from migdesk.domain.arrival import Arrival
from migdesk.domain.case import Case, CasePaper, CaseState
from migdesk.domain.change import Done, Op
from migdesk.domain.errors import Invalid, NotFound, Refused
from migdesk.domain.fields import choice_label
from migdesk.domain.finding import block
from migdesk.domain.office import Office
from migdesk.domain.papertext import (
    DecisionFacts,
    DecisionKind,
    FamilyRow,
    PaperRow,
    PlaceText,
    PrintFacts,
)
from migdesk.domain.party import Address, Party
from migdesk.domain.permit import Permit
from migdesk.domain.person import Completeness, Membership, Person, TravelDocument
from migdesk.domain.printout import Printout
from migdesk.exchange.wholefile import whole_file
from migdesk.i18n import N_, _, current_language, language, pick
from migdesk.paper.template import FormTemplate, form_on, list_codes, load_revisions
from migdesk.services import cases, checks, people, slips
from migdesk.services.desk import Desk
from migdesk.store import people as shelf
from migdesk.store.writer import Tx

Answers = Mapping[str, object]
"""What the operator was asked for before printing, by the key of the form's question."""


_NEWEST = "arrived_on DESC, id DESC"


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
                        _about(form),
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

    Raises:
        NotFound: no such form or record.
        Refused: the record is not complete enough for an official paper.
        Invalid: a text does not fit or has letters that cannot be printed; names the slot.
    """
    form = get_form(code, desk.today)
    sheet = _Sheet(desk, form, key, lang)
    return sheet.draw(
        PrintFacts(preview=True, printed_on=desk.today, operator=desk.signer.name), answers or {}
    )


def print_form(
    desk: Desk, code: str, key: str, target: Path, *, lang: str = "", answers: Answers | None = None
) -> Done[Printed]:
    """Number a paper, draw it, write the file and the line of the print register: all, or nothing.

    A second print of the same paper keeps its number and says which copy it is.

    Raises:
        NotFound: no such form or record.
        Refused: the record is not complete enough for an official paper.
        Invalid: a text does not fit or has letters that cannot be printed; names the slot.
        BadFile: the file cannot be written.
    """
    form = get_form(code, desk.today)
    sheet = _Sheet(desk, form, key, lang)
    with desk.write(Op.PRINT_FORM) as tx:
        number, copy = _number(desk, tx, sheet)
        facts = PrintFacts(
            number=number,
            copy=copy,
            printed_on=desk.today,
            printed_at=desk.clock.now().astimezone(),
            operator=desk.signer.name,
            due_on=sheet.due_on,
        )
        content, pages, digest = sheet.draw_counted(facts, answers or {})
        printout = tx.put(
            Printout(
                number=number,
                form=code,
                revision=form.revision,
                language=sheet.lang,
                about=sheet.about_uid,
                copy=copy,
                pages=pages,
                digest=digest,
                printed_at=desk.clock.now(),
            )
        )
        tx.flush()
        with whole_file(target) as file:
            file.write_bytes(content)
    return Done(Printed(printout, content), tx.changes)


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


def _number(desk: Desk, tx: Tx, sheet: _Sheet) -> tuple[str, int]:
    """The number of the paper and which copy this is; another language of a paper is not a copy of it."""
    before = tx.live(Printout, form=sheet.code, about=sheet.about_uid)
    if before:
        copies = [one.copy or 1 for one in before if one.language == sheet.lang]
        return before[0].number, max(copies, default=0) + 1
    return desk.next_number(tx, _letters(sheet.code), 5), 1


def _about(form: FormTemplate) -> str:
    """A form that shows a case is printed for a case, any other for an arrival."""
    return "cases" if "case" in form.roots else "arrival"


def _letters(code: str) -> str:
    return "".join(word[0] for word in code.split("_")).upper()


def _refuse_undecided(case: Case) -> None:
    """A paper of a decision is for one that was made; no form of an ended status is known."""
    if case.state is CaseState.OPEN:
        raise Refused([block("not_decided", N_("This case is not decided yet."), "state")])
    if case.state is CaseState.TERMINATED:
        message = N_("This paper is for a grant, an extension or a refusal: the status was terminated.")
        raise Refused([block("terminated", message, "state")])


class _Sheet:
    """One paper about one record: gathers what the roots of the form show, in the paper's language."""

    def __init__(self, desk: Desk, form: FormTemplate, key: str, lang: str) -> None:
        self._desk = desk
        self._form = form
        self.code = form.code
        self.lang = lang or current_language()
        if self.lang not in form.languages:
            known = ", ".join(form.languages)
            raise Invalid(
                [block("no_language", N_("This form is printed in: {known}."), "lang", known=known)]
            )
        self._answers: Answers = {}
        self._case, self._arrival, self._person = self._subject(key)
        self.about_uid = self._case.uid if self._case else self._arrival.uid if self._arrival else ""
        self._refuse_incomplete()
        if self._names_all and self._case:
            _refuse_undecided(self._case)

    @property
    def due_on(self) -> date | None:
        """Until when the office must answer, or the host give notice."""
        return self._case.due_on if self._case else self._arrival.notice_due if self._arrival else None

    @property
    def _names_all(self) -> bool:
        """A decision lists everybody it is about; other papers have the applicant above the table."""
        return "decision" in self._form.roots

    def draw(self, facts: PrintFacts, answers: Answers) -> bytes:
        """The paper as a PDF."""
        return self.draw_counted(facts, answers)[0]

    def draw_counted(self, facts: PrintFacts, answers: Answers) -> tuple[bytes, int, str]:
        """The paper, how many pages it has, and its digest."""
        from migdesk.paper.draw import draw_form  # noqa: PLC0415 - reportlab only when a PDF is wanted
        from migdesk.paper.layout import Filled  # noqa: PLC0415

        with language(self.lang):
            asked = {**slips.usual_answers(self._form, self._person), **answers}
            self._answers = asked
            roots = {name: self._root(name, facts) for name in self._form.roots if name != "ask"}
            filled = Filled(self._form, self.lang, {**roots, "ask": asked}, self._desk.lists.label)
            drawn = draw_form(filled)
        return drawn.content, drawn.pages, drawn.digest

    def _subject(self, key: str) -> tuple[Case | None, Arrival | None, Person]:
        store = self._desk.store
        if _about(self._form) == "cases":
            case = self._find_case(key)
            arrivals = store.live(Arrival, person=case.person, order=_NEWEST)
            return case, arrivals[0] if arrivals else None, store.get(Person, case.person or "")
        arrival = self._find_arrival(key)
        return None, arrival, store.get(Person, arrival.person or "")

    def _find_case(self, key: str) -> Case:
        named = self._desk.store.named(Case, key)
        if named and not named.is_annulled:
            return named
        person = people.get_person(self._desk, key)
        services = [one.code for one in self._desk.procedures if self.code in one.all_forms()]
        named_by: dict[str, Any] = {"service": services} if services else {}
        found = self._desk.store.live(Case, person=person.uid, **named_by, order="id DESC")
        if not found:
            raise NotFound(key)
        return found[0]

    def _find_arrival(self, key: str) -> Arrival:
        named = self._desk.store.named(Arrival, key)
        if named and not named.is_annulled:
            return named
        person = people.get_person(self._desk, key)
        found = self._desk.store.live(Arrival, person=person.uid, order=_NEWEST)
        if not found:
            raise NotFound(key)
        return found[0]

    def _refuse_incomplete(self) -> None:
        if slips.ASKED in self._form.roots:
            return
        documents = shelf.documents_of(self._desk.store, self._person.uid)
        arrival = self._arrival or Arrival()
        state, lacking = checks.completeness(self._person, documents, arrival)
        if self._case is None and (state is Completeness.INCOMPLETE or arrival.state is Completeness.DRAFT):
            labels = ", ".join(_(label) for label in lacking)
            message = N_("The file is not complete enough for an official paper. Missing: {labels}.")
            raise Refused([block("incomplete", message, "state", labels=labels)])

    def _root(self, name: str, facts: PrintFacts) -> object:
        makers: dict[str, Callable[[], object]] = {
            "person": lambda: self._person,
            "document": self._document,
            "arrival": lambda: self._arrival,
            "case": lambda: self._case,
            "office": self._office,
            "host": self._host,
            "address": lambda: self._place(self._arrival.address if self._arrival else None),
            "host_address": self._host_place,
            "family": self._family,
            "papers": self._papers,
            slips.ASKED: lambda: slips.asked_papers(self._desk, self._case, self._answers),
            slips.LACKING: lambda: slips.lacking_papers(self._desk, self._case),
            "decision": lambda: self._decision(facts),
            "print": lambda: facts,
        }
        return makers[name]()

    def _document(self) -> TravelDocument | None:
        if self._arrival and self._arrival.document:
            return self._desk.store.find(TravelDocument, self._arrival.document)
        held = shelf.documents_of(self._desk.store, self._person.uid)
        return held[0] if held else None

    def _host(self) -> Party | None:
        host = self._arrival.host if self._arrival else None
        return self._desk.store.find(Party, host) if host else None

    def _host_place(self) -> PlaceText | None:
        host = self._host()
        return self._place(host.address if host else None)

    def _place(self, uid: str | None) -> PlaceText | None:
        address = self._desk.store.find(Address, uid) if uid else None
        if address is None:
            return None
        names = [place.name for place in self._desk.lists.place_chain(address.place)]
        return PlaceText(
            region=names[0] if names else "",
            district=names[1] if len(names) > 2 else "",
            settlement=names[-1] if len(names) > 1 else "",
            line=address.line,
            full=", ".join([*names, address.line] if address.line else names),
        )

    def _office(self) -> Office:
        return self._desk.office.on_paper(current_language())

    def _family(self) -> list[FamilyRow]:
        family = (self._case and self._case.family) or (self._arrival and self._arrival.family)
        is_alone = self._names_all and self._case and not self._case.family and (self._case.persons or 1) == 1
        if not family or is_alone:
            return [self._family_row(1, Membership(), self._person)] if self._names_all else []
        applicant = self._person.uid
        members = [
            (one, person)
            for one, person in shelf.members_of(self._desk.store, family)
            if person.uid != applicant or self._names_all
        ]
        return [self._family_row(n, one, person) for n, (one, person) in enumerate(members, start=1)]

    def _family_row(self, n: int, membership: Membership, person: Person) -> FamilyRow:
        lists = self._desk.lists
        documents = shelf.documents_of(self._desk.store, person.uid)
        document = documents[0].number if documents else ""
        return FamilyRow(
            n=n,
            name=person.full_name,
            relation=lists.label("relations", membership.relation),
            birth=person.birth_date.show() if person.birth_date else "",
            sex=choice_label(person.sex) if person.sex else "",
            ethnicity=lists.label("ethnicities", person.ethnicity),
            citizenship=lists.label("countries", person.citizenship),
            number=person.iin or document,
            document=document,
            education=lists.label("education", person.education),
            speciality=person.speciality,
            together=_(N_("yes")),
        )

    def _papers(self) -> list[PaperRow]:
        if self._case is None:
            return []
        titles = {one.code: one.title for one in cases.open_file(self._desk, self._case.uid).papers}
        received = self._desk.store.live(CasePaper, case=self._case.uid)
        return [
            PaperRow(n, titles.get(one.code, one.code), one.pages, f"{self._case.service}.{one.code}", True)
            for n, one in enumerate(received, start=1)
        ]

    def _decision(self, facts: PrintFacts) -> DecisionFacts:
        case = self._case or Case()
        made = self._desk.store.live(Permit, case=case.uid)
        granted = next((one for one in made if one.person == self._person.uid), None)
        refused = case.state is CaseState.REFUSED
        grounds = self._grounds(case) if refused else []
        favour = DecisionKind.EXTEND if granted and granted.extends else DecisionKind.GRANT
        return DecisionFacts(
            kind=DecisionKind.REFUSE if refused else favour,
            number=facts.number,
            decided_on=case.decided_on,
            protocol=case.protocol,
            protocol_on=case.protocol_on,
            since=granted.valid_from if granted else None,
            until=granted.valid_until if granted else None,
            reason="; ".join(title for title, _clause in grounds),
            clause="; ".join(clause for _title, clause in grounds if clause),
            head=self._office().head,
            head_post=self._office().head_post,
        )

    def _grounds(self, case: Case) -> list[tuple[str, str]]:
        procedure = self._desk.get_procedure(case.service, case.applied_on or self._desk.today)
        codes = case.grounds.split()
        return [(pick(one.title), pick(one.clause)) for one in procedure.grounds if one.code in codes]
