"""The file of a person: band, tabs, open terms at the right; beside a list the same in one column."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from migdesk.domain import other_names
from migdesk.domain.fields import choice_label, spec
from migdesk.domain.person import Completeness, Person
from migdesk.domain.protection import Shield
from migdesk.i18n import N_, current_language
from migdesk.services import records
from migdesk.services.arrivals import happened, verifying
from migdesk.services.desk import Desk
from migdesk.services.families import families
from migdesk.services.people import attachments, labels, merging, notes, people, photos
from migdesk.services.stays import status
from migdesk.services.stoplists import stop_checks
from migdesk.services.terms import appointments
from migdesk.ui.files import closed_child, minor_part
from migdesk.ui.files.cases.new_case import ask_new_case
from migdesk.ui.files.events.event_dialog import ask_event
from migdesk.ui.files.people import person_tabs, stop_matches
from migdesk.ui.files.people.merged_lines import day_of, merged_lines, twice_line
from migdesk.ui.files.people.notes_part import names_of as names_of_readers
from migdesk.ui.files.people.visit_events import coming, visit_line
from migdesk.ui.files.person_data import PersonData, read_money
from migdesk.ui.files.pieces.file_view import FileSpec, Opened
from migdesk.ui.files.pieces.growth_line import GrowthLine
from migdesk.ui.files.pieces.why_date import TermsRail
from migdesk.ui.later import Later
from migdesk.ui.look import theme
from migdesk.ui.look.labels import Label
from migdesk.ui.look.theme import Tone
from migdesk.ui.look.words import said
from migdesk.ui.parts.actions import Action
from migdesk.ui.parts.band import Band
from migdesk.ui.parts.blocks import column, grow
from migdesk.ui.parts.facts import Fact, fact_of
from migdesk.ui.parts.frame import Scrolled
from migdesk.ui.parts.lazy_tabs import LazyTabs, Tab
from migdesk.ui.parts.photo import PhotoButton
from migdesk.ui.parts.pills import Pill
from migdesk.ui.parts.states import state_pill
from migdesk.ui.parts.status_light import LightView
from migdesk.ui.workplace import Kind, Target, Workplace

_RAIL = 280
_RESTRICTED = N_("There are restricted notes; these may open them: {names}.")
_TABS_HIGH = 420
_BORN = N_("{day} ({n} years)")
_ESTIMATED = N_("{day} ({n} years), estimated")
_VERIFY, _VERIFIED_DONE = N_("Verified against the papers"), N_("Marked as verified: {name}")
_VERIFIED = N_("verified by {who}, {day}")
_BORN_FIELD = N_("Born")
_AS_DOCUMENT = N_("in the document: {name}")
_ALSO = N_("also: {names}")
_DUPLICATES = N_("Possible duplicates")
_COMPARE, _TAKE_PHOTO, _WHO_ELSE = "person.duplicates", "person.photo", "person.contacts"
_VERIFYING = "person.verify"
_ELSEWHERE = (_COMPARE, _TAKE_PHOTO, _VERIFYING, _WHO_ELSE)
"""Actions that have no button of their own in the band: a line, the photo itself and the timeline do the same."""
_LABEL, _PHOTO = N_("Label of the file"), N_("Photo…")
_CONTACTS = N_("Contacts and co-travellers…")
_ASK_PHOTO = Later("scans.photo_window:ask_photo")
_PASTE = Later("scans.taking:paste_scan")
_ASK_BOOK = Later("visits.questions:ask_book_person")
_EVENT, _BOOK, _BOOK_KEYS = N_("Event…"), N_("Book…"), "Ctrl+Shift+B"
_BOOK_HINT = N_("Book a time for this person")
_EDIT, _CASE, _ARRIVAL, _PRINT = N_("Edit"), N_("New case"), N_("New arrival"), N_("Print")

WATCHES = frozenset(
    {
        "person",
        "document",
        "party",
        "address",
        "family",
        "membership",
        "arrival",
        "arrival_detail",
        "departure",
        "stay",
        "permit",
        "payment",
        "obligation",
        "cases",
        "printout",
        "attachment",
        "distinct_pair",
        "person_note",
        "appointment",
        "unaccompanied",
        "operator",
        "setting",
        "calendar_day",
        "stop_list",
        "stop_judgement",
    }
)


def load(desk: Desk, uid: str) -> PersonData:
    """Everything the file shows.

    Raises:
        NotFound: nobody has this uid.
    """
    file = people.open_file(desk, uid)
    here = next((one for one in file.arrivals if one.left_on is None), None)
    return PersonData(
        file=file,
        verified=verifying.find_verified(desk, file.person),
        status=status.file_status(desk, file),
        photo=photos.photo_of(desk, file.person),
        here=records.open_arrival(desk, here.uid) if here else None,
        merged=tuple(merging.list_merged(desk, uid)),
        scans=tuple(attachments.list_of(desk, uid)),
        label=labels.label(desk, file.person),
        twice=len(people.likely_same(desk, file.person, file.documents)),
        notes=notes.look(desk, uid),
        minor=minor_part.load(desk, file.person),
        visits=tuple(appointments.of_person(desk, uid)),
        money=read_money(desk, uid),
        kin=(*happened.of_families(desk, uid), *happened.of_merges(desk, uid)),
        families=tuple(families.check_several(desk, file.person)),
        listed=tuple(stop_checks.matches(desk, file.person, file.documents)),
    )


def build(opened: Opened) -> QWidget:
    """The content of the file; of a child who came alone little, until who may opens it."""
    data: PersonData = opened.data
    return closed_child.closed(opened, data.file.person) or PersonContent(opened)


class PersonContent(QWidget):
    """What a person's file shows, in a tab or beside a list."""

    def __init__(self, opened: Opened) -> None:
        super().__init__()
        self._opened = opened
        data: PersonData = opened.data
        self._tabs: LazyTabs | None = None
        self.band = _band(opened.work, data, self._show_reasons, wide=opened.wide)
        self.rail = TermsRail(opened.work, data.terms, opened.carried.get("terms", ()), data.status.closed)
        if opened.wide:
            self._lay_out_wide(data)
        elif opened.tab:
            self._lay_out_small(data)
        else:
            self._lay_out_narrow(data)

    def carry(self) -> dict[str, Any]:
        """Tab in front and open explanations."""
        return {
            "tab": self._tabs.current() if self._tabs else "",
            "terms": self.rail.opened(),
            **closed_child.carried(self._opened),
        }

    def acts(self) -> Sequence[Action]:
        """What can be done with a person."""
        return person_actions(self._opened.work, self._opened.data.file.person)

    def paste(self) -> None:
        """Take a picture or files from the clipboard into the scans."""
        _PASTE(self._opened.work, self._opened.target.uid)

    @property
    def tabs(self) -> LazyTabs | None:
        """The tabs; nothing beside a list."""
        return self._tabs

    def _lay_out_wide(self, data: PersonData) -> None:
        self._tabs = LazyTabs(person_tabs.wide(self._opened.work, data), self._opened.carried.get("tab", ""))
        rail = Scrolled(column(self.rail, stretch=True))
        rail.setFixedWidth(_RAIL)
        below = QHBoxLayout()
        below.setSpacing(theme.L)
        below.addWidget(self._tabs, 1)
        below.addWidget(rail)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.M)
        whole.addWidget(self.band)
        whole.addLayout(below, 1)

    def _lay_out_small(self, data: PersonData) -> None:
        """A small window: everything below each other, nothing left out."""
        self._tabs = LazyTabs(person_tabs.wide(self._opened.work, data), self._opened.carried.get("tab", ""))
        self._tabs.setMinimumHeight(_TABS_HIGH)
        parts: list[QWidget] = [
            self.band,
            *([self.rail] if data.terms or data.status.closed else []),
            self._tabs,
        ]
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(Scrolled(column(*parts, gap=theme.M, stretch=True)))

    def _lay_out_narrow(self, data: PersonData) -> None:
        parts: list[QWidget] = [self.band]
        if data.terms or data.status.closed:
            parts.append(self.rail)
        tabs = person_tabs.narrow(self._opened.work, data)
        inner = column(*parts, gap=theme.M, stretch=True)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(Scrolled(inner))
        lines = inner.layout()
        assert isinstance(lines, QVBoxLayout)
        half = (len(tabs) + 1) // 2
        grow(self, lines, [functools.partial(_sections, part) for part in (tabs[:half], tabs[half:]) if part])

    def _show_reasons(self) -> None:
        if self._tabs:
            self._tabs.open("stay")
        else:
            self._opened.work.open(Kind.PERSON, self._opened.target.uid)


def _sections(tabs: Sequence[Tab]) -> list[QWidget]:
    return [column(Label(tab.title, "section"), tab.build(), gap=theme.S) for tab in tabs]


def person_actions(work: Workplace, person: Person) -> list[Action]:
    """Edit, new case, new arrival, print; those without an answer are left out."""
    target = Target(Kind.PERSON, person.uid)
    found: list[Action] = []
    if work.listens(work.edit_wanted):
        found.append(Action("person.edit", _EDIT, lambda: work.edit_wanted.emit(target), "edit"))
    found.append(Action("person.event", _EVENT, lambda: ask_event(work, person.uid), "calendar"))
    found.append(
        Action("person.visit", _BOOK, lambda: _ASK_BOOK(work, person), "clock", _BOOK_KEYS, _BOOK_HINT)
    )
    found.append(Action("person.case", _CASE, lambda: ask_new_case(work, person), "cases"))
    if work.listens(work.new_arrival_wanted):
        run = work.new_arrival_wanted
        found.append(Action("person.arrival", _ARRIVAL, lambda: run.emit(person.uid), "arrivals"))
    if work.listens(work.print_wanted):
        found.append(Action("person.print", _PRINT, lambda: work.print_wanted.emit(target), "print"))
    if person.state is Completeness.COMPLETE:
        words = said(_VERIFIED_DONE, name=person.full_name)
        verify = functools.partial(work.do, verifying.verify_person, person.uid, words=lambda _done: words)
        found.append(Action(_VERIFYING, _VERIFY, verify, "ok"))
    found.append(Action(_TAKE_PHOTO, _PHOTO, lambda: _ASK_PHOTO(work, person), "person"))
    found.append(Action(_WHO_ELSE, _CONTACTS, lambda: person_tabs.ASK_CONTACTS(work, person), "people"))
    if work.listens(work.duplicates_wanted):
        seek = work.duplicates_wanted
        found.append(Action(_COMPARE, _DUPLICATES, lambda: seek.emit(person.uid), "people"))
    return found


def names_of(person: Person) -> tuple[str, str]:
    """The name in the script of the reader, and the other scripts below it."""
    cyrillic = " ".join(part for part in (person.surname, person.given, person.patronymic) if part)
    latin = person.latin_name
    first = (latin or cyrillic) if current_language() == "en" else (cyrillic or latin)
    first = first or person.document_name
    others = [name for name in (cyrillic, latin) if name and name != first]
    if person.document_name and person.document_name != first:
        others.append(said(_AS_DOCUMENT, name=person.document_name))
    if person.other_names:
        others.append(said(_ALSO, names=other_names.words(person.other_names)))
    return first, " · ".join(others)


def born_words(desk: Desk, person: Person) -> str:
    """Birth date and age."""
    born = person.birth_date
    words = _ESTIMATED if person.birth_estimated else _BORN
    return said(words, day=born.show(), n=born.age_on(desk.today)) if born else ""


def _band(work: Workplace, data: PersonData, reasons: Callable[[], None], *, wide: bool) -> Band:
    person, desk = data.file.person, work.desk
    first, others = names_of(person)
    pill = state_pill(spec(Person, "state").field, person.state)
    alone = Pill(Tone.WARN, choice_label(Shield.MINOR)) if data.minor.known else None
    band = Band(first, [one for one in (pill, alone) if one], kind="title" if wide else "section")
    photo = PhotoButton(data.photo, small=not wide)
    photo.clicked.connect(lambda _on=False: _ASK_PHOTO(work, person))
    band.set_left(photo)
    band.add_line(others)
    facts = [
        Fact(N_("IIN"), person.iin or "—"),
        fact_of(desk, person, "citizenship"),
        Fact(_BORN_FIELD, born_words(desk, person)),
        fact_of(desk, person, "sex"),
        fact_of(desk, person, "phone"),
        Fact(_LABEL, data.label),
    ]
    band.add_facts(facts)
    grown, last = data.file.growth, data.file.last
    if grown.lacking:
        band.add_widget(GrowthLine(work, grown, person.uid, last.uid if last else ""))
    for visit in coming(desk, data.visits):
        band.add_widget(visit_line(work, visit))
    if verified := data.verified:
        band.add_line(said(_VERIFIED, who=verified.operator, day=day_of(verified.at)))
    if data.notes and data.notes.has_restricted and not data.notes.may_read:
        band.add_line(said(_RESTRICTED, names=names_of_readers(data.notes.readers) or "—"))
    for merged in data.merged:
        for line in merged_lines(work, merged):
            band.add_widget(line)
    if data.twice and work.listens(work.duplicates_wanted):
        band.add_widget(twice_line(work, data.file.person.uid, data.twice))
    for line in stop_matches.lines(work, person, data.listed):
        band.add_widget(line)
    band.add_actions(None, [one for one in person_actions(work, person) if one.key not in _ELSEWHERE])
    light = LightView(data.status)
    light.more.connect(reasons)
    band.set_side(light)
    return band


SPEC = FileSpec(
    kind=Kind.PERSON,
    icon="person",
    title=N_("Person"),
    load=load,
    build=build,
    name=lambda data: names_of(data.file.person)[0],
    watches=WATCHES,
    help="stay",
)
