"""A paper about one record: what the roots of its form show, gathered in the paper's language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from migdesk.domain.appointment import Appointment
from migdesk.domain.arrival import Arrival, Departure
from migdesk.domain.case import Case, CasePaper
from migdesk.domain.errors import Invalid, NotFound, Refused
from migdesk.domain.finding import block
from migdesk.domain.office import Office
from migdesk.domain.papertext import (
    CardFacts,
    FamilyRow,
    PaperRow,
    PhotoFacts,
    PlaceText,
    PrintFacts,
)
from migdesk.domain.party import Address, Party
from migdesk.domain.person import Completeness, Family, Membership, Person, TravelDocument
from migdesk.domain.session import Session
from migdesk.i18n import N_, _, current_language, language
from migdesk.paper.template import FormTemplate
from migdesk.services import panels
from migdesk.services.cases import case_file, case_papers, session_sheet
from migdesk.services.certificates import find_permit, included, with_exit
from migdesk.services.desk import Desk
from migdesk.services.facts.members import persons_of
from migdesk.services.families.family_sheet import DAY, HOUSEHOLD, family_row, find_subject, household
from migdesk.services.families.family_sheet import relatives as relatives_of
from migdesk.services.papers import coupon, decision_sheet, slips
from migdesk.services.papers.answers import answers_of_case, last_given, refuse_unanswered
from migdesk.services.papers.kept_papers import Paper, content_of
from migdesk.services.people import growth, labels, people, photos
from migdesk.services.terms import appointments
from migdesk.store import people as shelf

if TYPE_CHECKING:
    from migdesk.paper.layout import Filled

R = TypeVar("R", Case, Arrival)

Answers = Mapping[str, object]
"""What the operator was asked for before printing, by the key of the form's question."""

_NEWEST = "arrived_on DESC, id DESC"
_CARD = "card"
_VISIT = "visit"
_COUPON, _LEFT = "coupon", "departure"


def about_of(form: FormTemplate) -> str:
    """What a paper is for: a person, a family, an appointment, a session, a permit, a case; else an arrival."""
    if _CARD in form.roots:
        return "person"
    if _VISIT in form.roots:
        return Appointment.table
    if HOUSEHOLD in form.roots:
        return "family"
    if _LEFT in form.roots:
        return Departure.table
    if Session.table in form.roots:
        return Session.table
    if "permit" in form.roots:
        return "permit"
    return "cases" if "case" in form.roots else "arrival"


_FOR_A_CASE = N_("This paper is printed for a case: name it, or its applicant.")
_FOR_AN_ARRIVAL = N_("This paper is printed for an arrival: name it, or the person who came.")


def _named(find: Callable[[str], R], key: str, hint: str) -> R:
    """What a key names; whoever names something else is told what the paper is printed for."""
    try:
        return find(key)
    except NotFound as error:
        error.hint = hint
        raise


class Sheet:
    """One paper about one record: gathers what the roots of the form show, in the paper's language."""

    def __init__(self, desk: Desk, form: FormTemplate, key: str, lang: str) -> None:
        self._desk = desk
        self._form = form
        self._key = key
        self.code = form.code
        self.lang = lang or current_language()
        if self.lang not in form.languages:
            known = ", ".join(form.languages)
            message = N_("This form is printed in: {known}.")
            raise Invalid([block("no_language", message, "lang", known=known)])
        self.answers: Answers = {}
        self._permit = find_permit(desk, form.code, key) if about_of(form) == "permit" else None
        self._group: Family | None = None
        is_visit = about_of(form) == Appointment.table
        self._visit = appointments.get_visit(desk, key) if is_visit else None
        is_left = about_of(form) == Departure.table
        self._left = coupon.find_departure(desk, form.code, key) if is_left else None
        is_session = about_of(form) == Session.table
        self._held = session_sheet.open_for(desk, key, form.code) if is_session else None
        self._case, self._arrival, self._person = self._subject(key)
        self.about_uid = (
            (self._held and self._held.session)
            or self._left
            or self._visit
            or self._permit
            or self._case
            or self._arrival
            or self._group
            or self._person
        ).uid
        self._refuse_incomplete()
        if self._case and not self._permit:
            case_papers.refuse_other(desk, form.code, self._case, of_decision=self._names_all)

    @property
    def due_on(self) -> date | None:
        """Until when the office must answer, or the host give notice."""
        return self._case.due_on if self._case else self._arrival.notice_due if self._arrival else None

    @property
    def own_number(self) -> str:
        """The number a paper has before it is printed: a protocol that of its session; others get one."""
        return self._held.session.protocol if self._held and self.code == session_sheet.PROTOCOL else ""

    @property
    def _names_all(self) -> bool:
        """A decision lists everybody it is about; other papers have the applicant above the table."""
        return "decision" in self._form.roots

    def in_language(self, lang: str) -> Sheet:
        """The same paper in another language."""
        return self if lang == self.lang else Sheet(self._desk, self._form, self._key, lang)

    def paper(self, facts: PrintFacts, answers: Answers | None) -> Paper:
        """The paper to be drawn, and what it says as the register keeps it."""
        filled = self.filled(facts, answers)
        return Paper(filled, content_of(filled, facts))

    def filled(self, facts: PrintFacts, answers: Answers | None) -> Filled:
        """The form with what its roots show, to be drawn alone or with others."""
        from migdesk.paper.layout import Filled  # noqa: PLC0415

        with language(self.lang):
            self.answers = asked = self._answered(answers)
            roots = {name: self._root(name, facts) for name in self._form.roots if name != "ask"}
            return Filled(self._form, self.lang, {**roots, "ask": asked}, self._desk.lists.label)

    def refuse_unanswered(self, answers: Answers | None = None) -> None:
        """Refuse a paper that would be printed with a blank where it says what is ordered.

        Raises:
            Refused: names the questions that are open.
        """
        refuse_unanswered(self._form, self._answered(answers))

    def _answered(self, answers: Answers | None) -> Answers:
        given = last_given(self._desk, self._form, self.about_uid) if answers is None else answers
        usual = {DAY: self._desk.today} if self._group else slips.usual_answers(self._form, self._person)
        answered = answers_of_case(self._desk, self._form, self._case) if self._case else {}
        return {**usual, **answered, **given}

    def _subject(self, key: str) -> tuple[Case | None, Arrival | None, Person]:
        store = self._desk.store
        if self._permit:
            arrivals = store.live(Arrival, person=self._permit.person, order=_NEWEST)
            case = store.find(Case, self._permit.case or "")
            return case, arrivals[0] if arrivals else None, store.get(Person, self._permit.person or "")
        if self._visit:
            return (
                None,
                None,
                store.find(Person, self._visit.person or "") or Person(surname=self._visit.name[:80]),
            )
        if self._held:
            return None, None, Person()
        if self._left:
            arrival = coupon.arrival_of(self._desk, self._left)
            return None, arrival, store.get(Person, self._left.person or "")
        if about_of(self._form) == "person":
            return None, None, people.get_person(self._desk, key)
        if about_of(self._form) == "family":
            self._group, head = find_subject(self._desk, key)
            return None, None, head
        if about_of(self._form) == "cases":
            case = _named(self._find_case, key, _FOR_A_CASE)
            arrivals = store.live(Arrival, person=case.person, order=_NEWEST)
            return case, arrivals[0] if arrivals else None, store.get(Person, case.person or "")
        arrival = _named(self._find_arrival, key, _FOR_AN_ARRIVAL)
        return None, arrival, store.get(Person, arrival.person or "")

    def _find_case(self, key: str) -> Case:
        named = self._desk.store.named(Case, key)
        if named and not named.is_annulled:
            return named
        person = people.get_person(self._desk, key)
        services = case_papers.services_of(self._desk, self.code)
        about = shelf.cases_of(self._desk.store, person.uid)
        of_service = [one for one in about if not services or one.service in services]
        found = [
            one for one in of_service if self.code in case_papers.forms_of(self._desk, one)
        ] or of_service
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
        if {slips.ASKED, _CARD, _VISIT, HOUSEHOLD, Session.table} & set(self._form.roots):
            return
        documents = shelf.documents_of(self._desk.store, self._person.uid, self._desk.today)
        arrival = self._arrival or Arrival()
        details = panels.details_of(self._desk.store, arrival)
        state, lacking = growth.completeness(self._person, documents, arrival, details)
        if self._case is None and state is Completeness.INCOMPLETE:
            labels = ", ".join(_(label) for label in lacking)
            message = N_("The file is not complete enough for an official paper. Missing: {labels}.")
            raise Refused([block("incomplete", message, "state", labels=labels)])

    def _root(self, name: str, facts: PrintFacts) -> object:
        makers: dict[str, Callable[[], object]] = {
            "person": lambda: with_exit(self._desk, self._person, self._arrival),
            "document": self._document,
            "arrival": lambda: self._arrival,
            "case": lambda: self._case,
            "permit": lambda: self._permit,
            _VISIT: lambda: self._visit,
            "photo": self._photo,
            _CARD: lambda: CardFacts(labels.label(self._desk, self._person)),
            "office": self._office,
            "host": self._host,
            "address": lambda: self._place(self._arrival.address if self._arrival else None),
            "host_address": self._host_place,
            "family": self._family,
            HOUSEHOLD: lambda: household(self._desk, self._group or Family(), self.answers),
            "papers": self._papers,
            _LEFT: lambda: self._left,
            _COUPON: lambda: coupon.facts_of(self._desk, self._arrival, self._left),
            slips.ASKED: lambda: slips.asked_papers(self._desk, self._case, self.answers),
            slips.LACKING: lambda: slips.lacking_papers(self._desk, self._case),
            "decision": lambda: decision_sheet.facts_of(
                self._desk, self._case or Case(), self._office(), facts.number
            ),
            "print": lambda: facts,
        }
        if self._held:
            makers |= session_sheet.roots(self._desk, self._held)
        return makers[name]()

    def _document(self) -> TravelDocument | None:
        if self._arrival and self._arrival.document:
            return self._desk.store.find(TravelDocument, self._arrival.document)
        held = shelf.documents_of(self._desk.store, self._person.uid, self._desk.today)
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
        whole = self._case is not None or self._permit is not None
        relatives = relatives_of(self._desk, family, self._day, whole=whole) if family else []
        if self._permit:
            persons = included(self._desk, self._permit)
        elif self._case:
            persons = persons_of(self._desk, self._case)
        else:
            persons = [person for _one, person in relatives]
        places = {person.uid: one for one, person in relatives}
        shown = [one for one in persons if one.uid != self._person.uid or self._names_all]
        return [
            family_row(self._desk, n, places.get(one.uid, Membership()), one)
            for n, one in enumerate(shown, start=1)
        ]

    @property
    def _day(self) -> date | None:
        """The day of a decision, a filing, a permit, an arrival: that on which the paper shows the family."""
        if self._permit:
            return self._permit.granted_on
        if self._case:
            return (self._names_all and self._case.decided_on) or self._case.applied_on
        return self._arrival.arrived_on if self._arrival else None

    def _photo(self) -> PhotoFacts | None:
        content = photos.photo_of(self._desk, self._person)
        return PhotoFacts(content) if content else None

    def _papers(self) -> list[PaperRow]:
        if self._case is None:
            return []
        titles = {one.code: one.title for one in case_file.open_file(self._desk, self._case.uid).papers}
        received = self._desk.store.live(CasePaper, case=self._case.uid)
        return [
            PaperRow(n, titles.get(one.code, one.code), one.pages, f"{self._case.service}.{one.code}", True)
            for n, one in enumerate(received, start=1)
        ]
