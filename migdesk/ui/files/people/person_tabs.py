"""The tabs of a person's file, each built when it is first shown."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget

from migdesk.domain.arrival import Stay
from migdesk.domain.case import Case, CaseState
from migdesk.domain.current_document import why_current
from migdesk.domain.fields import Day
from migdesk.domain.listing import Column, Look
from migdesk.domain.permit import Permit, PermitState
from migdesk.domain.person import TravelDocument
from migdesk.domain.printout import Printout
from migdesk.domain.record import Record
from migdesk.i18n import N_
from migdesk.services.stays import prolonged
from migdesk.ui.files.documents_part import DocumentsPart, ask_document
from migdesk.ui.files.events.event_dialog import ask_event
from migdesk.ui.files.families import family_tab
from migdesk.ui.files.people import stop_matches
from migdesk.ui.files.people.notes_part import NotesPart
from migdesk.ui.files.people.person_events import events_of, of_families, of_notes
from migdesk.ui.files.people.person_journal import PersonJournal
from migdesk.ui.files.people.stay_calendar import stay_calendar
from migdesk.ui.files.people.timeline_part import TimelinePart
from migdesk.ui.files.people.visit_events import visit_event
from migdesk.ui.files.person_data import PersonData
from migdesk.ui.files.pieces.arrival_facts import here_facts
from migdesk.ui.files.pieces.short_list import ShortList, record_rows, settled, show
from migdesk.ui.files.pieces.short_list import column as field_column
from migdesk.ui.files.pieces.stay_card import stay_card
from migdesk.ui.files.pieces.timeline import Event, Timeline
from migdesk.ui.later import Later
from migdesk.ui.look import theme
from migdesk.ui.look.labels import Label
from migdesk.ui.parts.blocks import card, column
from migdesk.ui.parts.facts import Facts
from migdesk.ui.parts.frame import Scrolled
from migdesk.ui.parts.lazy_tabs import Tab
from migdesk.ui.parts.panel import Words
from migdesk.ui.parts.reasons import Reasons
from migdesk.ui.workplace import Kind, Workplace

_LATEST, _FEW = 7, 3
_TIMELINE, _DOCUMENTS, _FAMILY = N_("Timeline"), N_("Documents"), N_("Family")
_STAY, _CASES, _PAPERS, _JOURNAL = N_("Stay, permits"), N_("Cases"), N_("Printed"), N_("Journal")
_HERE, _PERMITS, _STAYS = N_("Lives here now"), N_("Permits"), N_("Presence in the country")
_WHY, _SCANS, _NOTES = N_("Why"), N_("Scans"), N_("Notes")
_STANDING, _PAYMENTS = N_("Status"), N_("Payments")
SCANS_PART = Later("scans.part:ScansPart")
ASK_CONTACTS = Later("files.people.contacts:ask_contacts")
PAYMENTS_PART = Later("files.money.payments_part:PaymentsPart")
STANDING_PART = Later("files.people.standing_part:StandingPart")


def wide(work: Workplace, data: PersonData) -> list[Tab]:
    """All tabs, in the order of the design."""
    file = data.file
    return [
        Tab("timeline", _TIMELINE, lambda: card(events(work, data))),
        Tab("documents", _DOCUMENTS, lambda: documents(work, data), len(file.documents)),
        Tab("scans", _SCANS, lambda: SCANS_PART(work, file.person.uid, data.scans), len(data.scans)),
        Tab("family", _FAMILY, lambda: family_tab.build(work, data), max(len(file.family) - 1, 0)),
        Tab("stay", _STAY, lambda: stay(work, data), len(file.permits)),
        Tab("standing", _STANDING, lambda: STANDING_PART(work, file.person.uid)),
        Tab("cases", _CASES, lambda: cases(work, data), len(file.cases)),
        Tab("payments", _PAYMENTS, lambda: payments(work, data), len(data.money.payments)),
        Tab("papers", _PAPERS, lambda: papers(work, data), len(file.printouts)),
        *([Tab("notes", _NOTES, lambda: notes(work, data), len(data.notes.known))] if data.notes else []),
        Tab("journal", _JOURNAL, lambda: PersonJournal(work, file.person.uid)),
    ]


def narrow(work: Workplace, data: PersonData) -> list[Tab]:
    """What is worth a look beside a list."""
    file = data.file
    found: list[Tab] = []
    if data.here:
        here = data.here
        found.append(Tab("here", _HERE, lambda: card(Facts(here_facts(work, here), most=1))))
    if file.documents:
        found.append(Tab("documents", _DOCUMENTS, lambda: documents(work, data, few=_FEW)))
    if file.permits:
        found.append(Tab("permits", _PERMITS, lambda: permits(work, data, few=_FEW)))
    if file.cases:
        found.append(Tab("cases", _CASES, lambda: cases(work, data, few=_FEW)))
    if len(file.family) > 1:
        found.append(Tab("family", _FAMILY, lambda: column(*family_tab.households(work, data))))
    found.append(Tab("timeline", _TIMELINE, lambda: card(timeline(work, data, most=_LATEST))))
    return found


def events(work: Workplace, data: PersonData) -> TimelinePart:
    """All events, the way to enter the next one, and what was corrected when it is asked for."""
    person, told = data.file.person, _told(work, data)
    return TimelinePart(
        work, person.uid, told, lambda: ask_event(work, person.uid), lambda: ASK_CONTACTS(work, person)
    )


def timeline(work: Workplace, data: PersonData, *, most: int = 0) -> Timeline:
    """All events; beside a list only the latest."""
    made = Timeline(_told(work, data), work.desk.today, most=most)
    made.opened.connect(work.target_wanted)
    return made


def _told(work: Workplace, data: PersonData) -> list[Event]:
    """Events of the stay, of the families, appointments, and notes for everybody."""
    return [
        *events_of(work.desk, data.file, work.reading.form),
        *map(visit_event, data.visits),
        *of_families(data.kin),
        *of_notes(data.notes.known if data.notes else ()),
    ]


def documents(work: Workplace, data: PersonData, *, few: int = 0) -> QWidget:
    """Passports and other papers of identity."""
    columns: tuple[Column, ...] = (
        field_column(TravelDocument, "kind", 150),
        field_column(TravelDocument, "number", 120),
        field_column(TravelDocument, "expires_on", 120, Look.DUE),
        field_column(TravelDocument, "issuer", 130),
        field_column(TravelDocument, "issued_on", 100),
        field_column(TravelDocument, "issued_by", 140),
    )
    words = Words("papers", N_("No travel document"), N_("Add the one that the person shows."))
    rows = record_rows(columns, data.file.documents)
    if longer := _prolonged(work, data):
        columns = (*columns[:3], _LASTS, *columns[3:])
        rows = [
            (*row[:2], settled(row[2], runs=day is None), day, *row[3:])
            for row, day in zip(rows, longer, strict=True)
        ]
    what = ShortList("file.documents", _DOCUMENTS, columns, rows, _uids(data.file.documents), words)
    person = data.file.person.uid
    if few:
        return show(work, what, lambda uid: ask_document(work, uid), few=few)
    why = why_current(data.file.documents, work.desk.today)
    return DocumentsPart(work, person, what, f"{data.file.documents[0].number}: {why.words()}" if why else "")


_LASTS = Column("lasts_until", Day(N_("By a regime until")), 130, look=Look.DUE)


def _prolonged(work: Workplace, data: PersonData) -> list[date | None]:
    """The days to which special regimes prolong each document; nothing when they prolong none."""
    file = data.file
    found = [prolonged.of_document(work.desk.law, one, file.person.citizenship) for one in file.documents]
    return [one.lasts if one else None for one in found] if any(found) else []


def permits(work: Workplace, data: PersonData, *, whole: bool = False, few: int = 0) -> QWidget:
    """Visas, residence and labour permits, statuses."""
    columns = (
        field_column(Permit, "kind", 200),
        field_column(Permit, "valid_until", 120, Look.DUE),
        field_column(Permit, "state", 120, Look.STATE),
        field_column(Permit, "lasts_until", 130, Look.DUE),
        field_column(Permit, "number", 180),
        field_column(Permit, "valid_from", 100),
        field_column(Permit, "category", 80),
    )
    rows = [
        (
            one.kind,
            settled(one.valid_until, runs=one.state is PermitState.GRANTED and not one.lasts_until),
            one.state,
            settled(one.lasts_until, runs=one.state is PermitState.GRANTED),
            one.number,
            one.valid_from,
            one.category,
        )
        for one in data.file.permits
    ]
    words = Words("permits", N_("No permits"), N_("A permit comes with the grant of a case."))
    return show(
        work,
        ShortList(
            "file.permits",
            _PERMITS,
            columns,
            rows,
            _uids(data.file.permits),
            words,
            ("valid_from", "category"),
        ),
        lambda uid: work.open(Kind.PERMIT, uid),
        whole=whole,
        few=few,
    )


def stays(work: Workplace, data: PersonData) -> QWidget:
    """Crossings in and out."""
    columns = (
        field_column(Stay, "entered_on", 110),
        field_column(Stay, "left_on", 110),
        field_column(Stay, "basis", 180),
        field_column(Stay, "valid_until", 120),
    )
    words = Words("right", N_("No crossing of the border is known"))
    return show(
        work,
        ShortList(
            "file.stays",
            _STAYS,
            columns,
            record_rows(columns, data.file.stays),
            _uids(data.file.stays),
            words,
        ),
        whole=True,
    )


def stay(work: Workplace, data: PersonData) -> QWidget:
    """The judgement with its reasons, the permits, the crossings."""
    return Scrolled(
        column(
            stay_card(data.status),
            *stay_calendar(work, data.file, data.status),
            card(Reasons(data.status.findings), *_listed(work, data), title=_WHY),
            Label(_PERMITS, "section"),
            permits(work, data, whole=True),
            Label(_STAYS, "section"),
            stays(work, data),
            gap=theme.M,
            stretch=True,
        )
    )


def _listed(work: Workplace, data: PersonData) -> list[QWidget]:
    """Below the reasons: the way to say that somebody is not the one of an external list, and what was said."""
    person = data.file.person
    return [
        *stop_matches.lines(work, person, data.listed),
        *stop_matches.judged_lines(work, person, data.listed),
    ]


def cases(work: Workplace, data: PersonData, *, few: int = 0) -> QWidget:
    """Applications of the person."""
    columns = (
        field_column(Case, "service", 220),
        field_column(Case, "due_on", 120, Look.DUE),
        field_column(Case, "state", 110, Look.STATE),
        field_column(Case, "number", 130),
        field_column(Case, "applied_on", 100),
        field_column(Case, "decided_on", 100),
        field_column(Case, "certificate", 160),
    )
    rows = [
        (
            one.service,
            settled(one.due_on, runs=one.state is CaseState.OPEN),
            one.state,
            one.number,
            one.applied_on,
            one.decided_on,
            one.certificate,
        )
        for one in data.file.cases
    ]
    words = Words("cases", N_("No cases"), N_("Open one with “New case”."))
    return show(
        work,
        ShortList(
            "file.cases",
            _CASES,
            columns,
            rows,
            _uids(data.file.cases),
            words,
            ("decided_on", "certificate"),
        ),
        lambda uid: work.open(Kind.CASE, uid),
        few=few,
    )


def payments(work: Workplace, data: PersonData) -> QWidget:
    """Sums that are due and paid, and what obliges to stay."""
    made: QWidget = PAYMENTS_PART(work, data.file.person.uid, data.money.payments, data.money.bound)
    return Scrolled(made)


def papers(work: Workplace, data: PersonData) -> QWidget:
    """What was printed about the person."""
    columns = (
        field_column(Printout, "number", 150),
        field_column(Printout, "form", 220),
        field_column(Printout, "language", 70),
        field_column(Printout, "copy", 70),
        field_column(Printout, "pages", 80),
        field_column(Printout, "printed_at", 150),
        field_column(Printout, "replaces", 150),
    )
    words = Words("papers", N_("Nothing was printed yet"), N_("Ctrl+P prints a paper about this person."))
    return show(
        work,
        ShortList(
            "file.papers",
            _PAPERS,
            columns,
            record_rows(columns, data.file.printouts),
            _uids(data.file.printouts),
            words,
        ),
        lambda uid: work.open(Kind.PRINTOUT, uid),
    )


def notes(work: Workplace, data: PersonData) -> QWidget:
    """Dated notes; restricted ones stay closed until they are opened."""
    assert data.notes
    person = data.file.person
    return NotesPart(work, person.uid, person.full_name, data.notes)


def _uids(records: tuple[Record, ...] | tuple[TravelDocument, ...]) -> list[str]:
    return [one.uid for one in records]
