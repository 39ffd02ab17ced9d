"""A paper about one record: what the roots of its form show, gathered in the paper's language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from migdesk.domain.arrival import Arrival
from migdesk.domain.case import Case, CasePaper, CaseState
from migdesk.domain.errors import Invalid, NotFound, Refused
from migdesk.domain.fields import choice_label
from migdesk.domain.finding import block
from migdesk.domain.office import Attachment, Office
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
from migdesk.i18n import N_, _, current_language, language, pick
from migdesk.paper.template import FormTemplate
from migdesk.services import cases, checks, people, slips
from migdesk.services.answers import last_given
from migdesk.services.certificates import find_permit, included
from migdesk.services.desk import Desk
from migdesk.services.members import persons_of
from migdesk.store import people as shelf

Answers = Mapping[str, object]
"""What the operator was asked for before printing, by the key of the form's question."""

_NEWEST = "arrived_on DESC, id DESC"


def about_of(form: FormTemplate) -> str:
    """A certificate is printed for a permit, a form that shows a case for a case, any other for an arrival."""
    if "permit" in form.roots:
        return "permit"
    return "cases" if "case" in form.roots else "arrival"


def _refuse_undecided(case: Case) -> None:
    """A paper of a decision is for one that was made; no form of an ended status is known."""
    if case.state is CaseState.OPEN:
        raise Refused([block("not_decided", N_("This case is not decided yet."), "state")])
    if case.state is CaseState.TERMINATED:
        message = N_("This paper is for a grant, an extension or a refusal: the status was terminated.")
        raise Refused([block("terminated", message, "state")])


class Sheet:
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
        self.answers: Answers = {}
        self._permit = find_permit(desk, form.code, key) if about_of(form) == "permit" else None
        self._case, self._arrival, self._person = self._subject(key)
        subject = self._permit or self._case or self._arrival
        self.about_uid = subject.uid if subject else ""
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

    def draw(self, facts: PrintFacts, answers: Answers | None) -> bytes:
        """The paper as a PDF."""
        return self.draw_counted(facts, answers)[0]

    def draw_counted(self, facts: PrintFacts, answers: Answers | None) -> tuple[bytes, int, str]:
        """The paper, how many pages it has, and its digest."""
        from migdesk.paper.draw import draw_form  # noqa: PLC0415 - reportlab only when a PDF is wanted
        from migdesk.paper.layout import Filled  # noqa: PLC0415

        with language(self.lang):
            given = last_given(self._desk, self._form, self.about_uid) if answers is None else answers
            self.answers = asked = {**slips.usual_answers(self._form, self._person), **given}
            roots = {name: self._root(name, facts) for name in self._form.roots if name != "ask"}
            filled = Filled(self._form, self.lang, {**roots, "ask": asked}, self._desk.lists.label)
            drawn = draw_form(filled)
        return drawn.content, drawn.pages, drawn.digest

    def _subject(self, key: str) -> tuple[Case | None, Arrival | None, Person]:
        store = self._desk.store
        if self._permit:
            arrivals = store.live(Arrival, person=self._permit.person, order=_NEWEST)
            case = store.find(Case, self._permit.case or "")
            return case, arrivals[0] if arrivals else None, store.get(Person, self._permit.person or "")
        if about_of(self._form) == "cases":
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
        about = shelf.cases_of(self._desk.store, person.uid)
        found = [one for one in about if not services or one.service in services]
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
            "permit": lambda: self._permit,
            "photo": self._photo,
            "office": self._office,
            "host": self._host,
            "address": lambda: self._place(self._arrival.address if self._arrival else None),
            "host_address": self._host_place,
            "family": self._family,
            "papers": self._papers,
            slips.ASKED: lambda: slips.asked_papers(self._desk, self._case, self.answers),
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
        names = self._desk.lists.place_names(address.place)
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
        """Who stands in the table: children in a certificate, the people of a case, else those who came along."""
        family = (self._case and self._case.family) or (self._arrival and self._arrival.family)
        relatives = shelf.members_of(self._desk.store, family) if family else []
        if self._permit:
            persons = included(self._desk, self._permit)
        elif self._case:
            persons = persons_of(self._desk, self._case)
        else:
            persons = [person for _one, person in relatives]
        places = {person.uid: one for one, person in relatives}
        shown = [one for one in persons if one.uid != self._person.uid or self._names_all]
        return [
            self._family_row(n, places.get(one.uid, Membership()), one)
            for n, one in enumerate(shown, start=1)
        ]

    def _photo(self) -> Attachment | None:
        return self._desk.store.find(Attachment, self._person.photo) if self._person.photo else None

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
