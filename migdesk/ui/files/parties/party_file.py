"""The file of a receiving person: who lives there now and lived there before, its years, how crowded it is."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QWidget

from migdesk.domain.arrival import Arrival
from migdesk.domain.change import Done
from migdesk.domain.fields import Text, Whole, choice_label
from migdesk.domain.listing import Column, Filter, Look, Query
from migdesk.domain.party import Party
from migdesk.i18n import N_
from migdesk.services.arrivals import hosts
from migdesk.services.arrivals.arrival_templates import Template
from migdesk.services.arrivals.hosts import Guest, HostFile, arrivals_query
from migdesk.services.papers import printing_many
from migdesk.services.papers.printing_many import Together
from migdesk.ui.files.events.templates import TITLE, menu_of
from migdesk.ui.files.parties.employer_part import employer_actions, report_parts
from migdesk.ui.files.pieces.file_view import FileSpec, Opened
from migdesk.ui.files.pieces.plain_files import PlainContent
from migdesk.ui.files.pieces.short_list import ShortList, show
from migdesk.ui.files.pieces.short_list import column as field_column
from migdesk.ui.later import Later
from migdesk.ui.look.labels import Label
from migdesk.ui.look.theme import Tone
from migdesk.ui.look.words import number, said
from migdesk.ui.parts.actions import Action
from migdesk.ui.parts.band import Band
from migdesk.ui.parts.blocks import card
from migdesk.ui.parts.facts import Fact, Facts, fact_of, facts_of
from migdesk.ui.parts.file_dialogs import ask_save
from migdesk.ui.parts.panel import Words
from migdesk.ui.parts.pills import Pill
from migdesk.ui.parts.status_light import NoteView
from migdesk.ui.workplace import Kind, ListWanted, Workplace

_HERE, _BEFORE = N_("Registered here now"), N_("Registered here before")
_DETAILS, _ADDRESS, _YEARS = N_("Details"), N_("Address"), N_("Over the years")
_EDIT, _NEW, _NOTICES = N_("Edit"), N_("New arrival here"), N_("Notices in one PDF")
_EXPORT, _ALL = N_("Export its people"), N_("All its arrivals")
_LIGHTS, _ASK_LIGHTS = N_("Status of all here"), Later("screens.many_lights:of_party")
_COUNTS = N_("here now {here}, before {before}")
_CROWDED = N_("Crowded: {n} people are registered at this address, the office's limit is {limit}.")
_AT = N_("At its address now")
_PRINTED = N_("Notices printed: {n}, pages: {pages}.")
_LEFT_OUT = N_("Left out: {n}, not complete enough.")
_FEW = 8


def build_party(opened: Opened) -> QWidget:
    """A receiving person, employer or school with those registered there."""
    work, file = opened.work, opened.data
    assert isinstance(file, HostFile)
    party = file.party
    role = Pill(Tone.INFO, choice_label(party.role), "people") if party.role else None
    band = Band(party.name, [role] if role else [], kind="title" if opened.wide else "section")
    band.add_facts([fact_of(work.desk, party, name) for name in ("number", "kind", "phone", "head")])
    here, before = file.counts
    band.add_line(said(_COUNTS, here=number(here), before=number(before)))
    acts = _actions(opened, file)
    band.add_actions(None, acts)
    parts: list[QWidget] = []
    if file.is_crowded:
        words = said(_CROWDED, n=number(file.living), limit=file.limit)
        parts.append(NoteView(Tone.WARN, words))
    parts += [
        card(Facts(_facts(work, file)), title=_DETAILS),
        Label(_HERE, "section"),
        _guests(work, "file.guests", _HERE, file.here),
        Label(_YEARS, "section"),
        _years(work, file),
        *report_parts(work, party),
    ]
    if file.before:
        parts += [Label(_BEFORE, "section"), _guests(work, "file.gone", _BEFORE, file.before)]
    return PlainContent(band, parts, acts)


def _facts(work: Workplace, file: HostFile) -> list[Fact]:
    address = ""
    if file.address:
        place = work.desk.lists.place_text(file.address.place)
        address = ", ".join(part for part in (place, file.address.line) if part)
    rka = facts_of(work.desk, file.address, "rka") if file.address else []
    living = Fact(_AT, number(file.living) if file.living else "")
    party = facts_of(work.desk, file.party, "activity", "size", "email", "note")
    return [Fact(_ADDRESS, address), *rka, living, *party]


def _guests(work: Workplace, name: str, title: str, guests: tuple[Guest, ...]) -> QWidget:
    columns = (
        Column("name", Text(N_("Person")), 210),
        field_column(Arrival, "purpose", 210),
        field_column(Arrival, "arrived_on", 100),
        field_column(Arrival, "left_on", 100) if title == _BEFORE else _due_column(),
    )
    last = columns[-1].key
    rows = [(person.full_name, one.purpose, one.arrived_on, getattr(one, last)) for one, person in guests]
    uids = [person.uid for _one, person in guests]
    what = ShortList(name, title, columns, rows, uids, Words("people", N_("Nobody is registered here now")))
    return show(work, what, lambda uid: work.open(Kind.PERSON, uid), whole=True)


def _due_column() -> Column:
    return field_column(Arrival, "stay_ends_on", 120, Look.DUE)


def _years(work: Workplace, file: HostFile) -> QWidget:
    """Enter on a year opens its arrivals."""
    columns = (
        Column("year", Whole(N_("Year"), grouped=False), 90),
        Column("arrived", Whole(N_("Arrived")), 110, "right"),
        Column("left", Whole(N_("Left")), 110, "right"),
        Column("at_end", Whole(N_("There at its end")), 160, "right"),
    )
    rows = [(one.year, one.arrived, one.left, one.at_end) for one in file.years[:_FEW]]
    uids = [str(one.year) for one in file.years[:_FEW]]
    what = ShortList(
        "file.years", _YEARS, columns, rows, uids, Words("people", N_("Nobody was ever registered here"))
    )
    return show(work, what, lambda year: _open_list(work, file.party, int(year)), whole=True)


def _open_list(work: Workplace, party: Party, year: int | None = None) -> None:
    """The page of arrivals narrowed to this receiving person, and to a year of it."""
    filters = tuple(one for one in arrivals_query(party.uid, year).filters if isinstance(one, Filter))
    words = f"{party.name}, {year}" if year else party.name
    work.list_wanted.emit(ListWanted("arrivals", "all", filters, words))


def _actions(opened: Opened, file: HostFile) -> list[Action]:
    work, party = opened.work, file.party
    found: list[Action] = []
    if work.listens(work.arrival_at_wanted):
        found.append(Action("party.arrival", _NEW, lambda: work.arrival_at_wanted.emit(party.uid), "add"))
        newest = file.newest.uid if file.newest else ""
        found.append(Action("party.templates", TITLE, partial(_templates, work, party.uid, newest), "star"))
    if work.listens(work.edit_wanted):
        target = opened.target
        found.append(Action("party.edit", _EDIT, lambda: work.edit_wanted.emit(target), "edit"))
    if work.listens(work.list_wanted):
        found.append(Action("party.all", _ALL, lambda: _open_list(work, party), "arrivals"))
    if work.listens(work.export_wanted):
        query: Query = arrivals_query(party.uid)
        found.append(Action("party.export", _EXPORT, lambda: work.export(query), "export"))
    found.append(Action("party.lights", _LIGHTS, partial(_ASK_LIGHTS, work, party), "ok"))
    if file.here:
        found.append(Action("party.notices", _NOTICES, partial(save_notices, work, party, ask_save), "print"))
    return [*found, *employer_actions(work, party)]


def _templates(work: Workplace, party: str, newest: str) -> None:
    """The menu of templates where the mouse or the button is; a chosen one begins a new arrival."""

    def use(one: Template) -> None:
        work.arrival_at_wanted.emit(f"{party}+{one.uid}")

    menu_of(work, party, use, newest=newest).popup(QCursor.pos())


def save_notices(work: Workplace, party: Party, choose: Callable[..., object]) -> None:
    """Ask for a file, then number and write the notices of all who live there now."""
    name = f"{printing_many.NOTICE}-{work.desk.today.isoformat()}.pdf"
    path = choose(work.window, _NOTICES, name, (".pdf",), work.memory)
    if path:
        work.do(printing_many.print_notices, party.uid, path, words=_printed_words)


def _printed_words(done: Done[Together]) -> str:
    value, findings = done.value, done.findings
    words = said(_PRINTED, n=number(len(value.printouts)), pages=number(value.pages))
    return f"{words} {said(_LEFT_OUT, n=number(len(findings)))}" if findings else words


SPEC = FileSpec(
    kind=Kind.PARTY,
    icon="people",
    title=Party.title,
    load=hosts.open_host,
    build=build_party,
    name=lambda data: data.party.name,
    watches=frozenset(
        {"party", "arrival", "departure", "address", "setting", "permit", "cases", "saved_view"}
    ),
    help="hosts",
)
