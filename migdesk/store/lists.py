"""The lists of the program: their columns, and the SQL behind each."""

from __future__ import annotations

from migdesk.domain.arrival import Arrival, Departure
from migdesk.domain.batch import Batch
from migdesk.domain.case import Case
from migdesk.domain.current_document import KIND_ORDER
from migdesk.domain.fields import Choice, Day, Moment, Text, Whole, spec
from migdesk.domain.listing import Column, Look
from migdesk.domain.party import Address, Party
from migdesk.domain.permit import Permit
from migdesk.domain.person import Person, TravelDocument
from migdesk.domain.printout import Printout
from migdesk.domain.protection import Shield
from migdesk.domain.quota import Allotment, Quota, Reservation, Waiting
from migdesk.domain.session import Session
from migdesk.i18n import N_
from migdesk.store.list_cells import PERSON as _PERSON
from migdesk.store.list_cells import PERSON_WORDS as PERSON_WORDS
from migdesk.store.list_cells import Cell as Cell
from migdesk.store.list_cells import ListSpec as ListSpec
from migdesk.store.list_cells import cell as _cell
from migdesk.store.list_cells import made as _made
from migdesk.store.list_cells import name as _name
from migdesk.store.money_lists import PAYMENTS
from migdesk.store.told import JOURNAL_WORDS, about
from migdesk.store.told import NAME as _NAME

TODAY = "{today}"
"""Stands in the SQL of a cell for the office's day."""
_KINDS = " ".join(f"WHEN '{kind}' THEN {place}" for place, kind in enumerate(KIND_ORDER))
_DOCUMENT = (
    "(SELECT d.number FROM document d WHERE d.person = {} AND d.annulled_on IS NULL "
    f"ORDER BY coalesce(d.expires_on < '{TODAY}', 0), CASE d.kind {_KINDS} ELSE {len(KIND_ORDER)} END, "
    "d.issued_on DESC, d.expires_on IS NOT NULL, d.expires_on DESC, d.id DESC LIMIT 1)"
)
"""The number of the current document: `current_document.by_rule` in SQL; a test holds them together."""


_HOST = Text(N_("Receiving person"))
_SHIELD = Choice(N_("Protection"), options=Shield)
_ALONE = (
    f"(SELECT '{Shield.MINOR}' FROM unaccompanied u "
    "WHERE u.person = t.uid AND u.until IS NULL AND u.annulled_on IS NULL LIMIT 1)"
)
"""Everybody sees that a child came alone; who answers for him stands in no list."""
_GUESTS = "(SELECT count(*) FROM arrival a WHERE a.host = t.uid AND a.left_on {} AND a.annulled_on IS NULL)"
_ON_AGENDA = "(SELECT count(*) FROM session_item i WHERE i.session = t.uid AND i.annulled_on IS NULL)"
_REPLACED = "(SELECT n.number FROM printout n WHERE n.replaces = t.number AND t.number <> '' LIMIT 1)"
_OWN_WORDS = "t.id IN (SELECT rowid FROM {0}_search WHERE {0}_search MATCH ?)"
_POT_CELLS = (
    _cell(Quota, "category", 80, "q.category"),
    _cell(Quota, "activity", 160, "q.activity"),
    _cell(Quota, "country", 130, "q.country"),
)
_SKIPPED = "(SELECT count(*) FROM waiting_skip s WHERE s.waiting = t.uid AND s.annulled_on IS NULL)"

LISTS: dict[str, ListSpec] = {
    "people": ListSpec(
        "person",
        "",
        (
            _name(_NAME.replace("p.", "t."), joined=False),
            _made(
                "latin",
                Text(N_("Name in Latin")),
                190,
                "trim(t.surname_latin || ' ' || t.given_latin)",
                joined=False,
            ),
            _cell(Person, "birth_date", 100),
            _cell(Person, "birth_estimated", 110),
            _cell(Person, "sex", 70),
            _cell(Person, "citizenship", 130),
            _cell(Person, "iin", 120),
            Cell(
                Column("document", spec(TravelDocument, "number").field, 120, sortable=False),
                _DOCUMENT.replace("{}", "t.uid"),
                joined=True,
            ),
            _cell(Person, "ethnicity", 110),
            _cell(Person, "phone", 130, is_guarded=True),
            _cell(Person, "state", 110, look=Look.STATE),
            Cell(Column("protection", _SHIELD, 130, sortable=False), _ALONE, joined=True),
        ),
        "t.sort_key",
        words=_OWN_WORDS.format("person"),
    ),
    "arrivals": ListSpec(
        "arrival",
        f"{_PERSON} LEFT JOIN address ad ON ad.uid = t.address LEFT JOIN party h ON h.uid = t.host",
        (
            _cell(Arrival, "number", 130),
            _name(),
            _cell(Person, "citizenship", 120, "p.citizenship"),
            _cell(Arrival, "purpose", 120),
            _cell(Arrival, "arrived_on", 100),
            _cell(Arrival, "entered_on", 100),
            _cell(Address, "place", 160, "ad.place", is_guarded=True),
            _cell(Party, "name", 180, "h.name", key="host", field=_HOST, is_guarded=True),
            _cell(Arrival, "notice_due", 120, look=Look.DUE),
            _cell(Arrival, "notified_on", 110),
            _cell(Arrival, "stay_ends_on", 120, look=Look.DUE),
            _cell(Arrival, "stay_until", 120, look=Look.DUE),
            _cell(Arrival, "left_on", 100),
            _cell(Arrival, "state", 110, look=Look.STATE),
        ),
        "t.id DESC",
        words=PERSON_WORDS,
        asked={"host_uid": "t.host"},
        guarded=frozenset({"host_uid"}),
    ),
    "departures": ListSpec(
        "departure",
        f"{_PERSON} LEFT JOIN arrival ar ON ar.uid = t.arrival",
        (
            _cell(Departure, "number", 130),
            _cell(Departure, "left_on", 100),
            _cell(Departure, "kind", 160),
            _name(),
            _cell(Person, "citizenship", 120, "p.citizenship"),
            _cell(Departure, "to_country", 130),
            _cell(Departure, "to_place", 160, is_guarded=True),
            _cell(Departure, "border_point", 130),
            _cell(Departure, "move_reason", 140),
            _cell(Departure, "source", 120),
            _cell(Arrival, "number", 130, "ar.number", key="arrival", field=Text(N_("Arrival"))),
        ),
        "t.id DESC",
        words=PERSON_WORDS,
        asked={"person_uid": "t.person"},
    ),
    "parties": ListSpec(
        "party",
        "LEFT JOIN address ad ON ad.uid = t.address",
        (
            _cell(Party, "name", 260),
            _cell(Party, "number", 120),
            _cell(Party, "kind", 110),
            _cell(Party, "role", 110),
            _cell(Party, "activity", 160),
            _cell(Address, "place", 180, "ad.place"),
            _cell(Party, "phone", 130),
            _made("here", Whole(N_("Here now")), 90, _GUESTS.format("IS NULL"), joined=False),
            _made("before", Whole(N_("Before")), 90, _GUESTS.format("IS NOT NULL"), joined=False),
        ),
        "t.sort_key",
        words=_OWN_WORDS.format("party"),
    ),
    "cases": ListSpec(
        "cases",
        _PERSON,
        (
            _cell(Case, "number", 130),
            _cell(Case, "service", 200),
            _name(),
            _cell(Person, "citizenship", 120, "p.citizenship"),
            _cell(Case, "persons", 70),
            _cell(Case, "applied_on", 100),
            _cell(Case, "due_on", 120, look=Look.DUE),
            _cell(Case, "state", 110, look=Look.STATE),
            _cell(Case, "decided_on", 100),
            _cell(Case, "certificate", 140),
        ),
        "t.id DESC",
        words=PERSON_WORDS,
    ),
    "sessions": ListSpec(
        "session",
        "",
        (
            _cell(Session, "number", 130),
            _cell(Session, "commission", 240),
            _cell(Session, "held_on", 100),
            _cell(Session, "state", 110, look=Look.STATE),
            _cell(Session, "protocol", 140),
            _cell(Session, "place", 200),
            _cell(Session, "video", 200),
            _made("cases", Whole(N_("Cases")), 80, _ON_AGENDA, joined=False),
        ),
        "t.held_on DESC, t.id DESC",
    ),
    "permits": ListSpec(
        "permit",
        f"{_PERSON} LEFT JOIN party h ON h.uid = t.employer",
        (
            _cell(Permit, "number", 140),
            _cell(Permit, "kind", 180),
            _cell(Permit, "category", 80),
            _name(),
            _cell(Person, "citizenship", 120, "p.citizenship"),
            _cell(Party, "name", 180, "h.name", key="employer", field=Text(N_("Employer"))),
            _cell(Permit, "valid_from", 100),
            _cell(Permit, "valid_until", 120, look=Look.DUE),
            _cell(Permit, "lasts_until", 130, look=Look.DUE),
            Cell(Column("ends_on", Day(N_("Last day that counts")), 120, look=Look.DUE), "t.ends_on"),
            _cell(Permit, "state", 120, look=Look.STATE),
        ),
        "t.id DESC",
        words=PERSON_WORDS,
    ),
    "payments": PAYMENTS,
    "reservations": ListSpec(
        "reservation",
        "JOIN quota q ON q.uid = t.quota LEFT JOIN person p ON p.uid = t.person",
        (
            _cell(Quota, "stream", 140, "q.stream"),
            _cell(Quota, "year", 70, "q.year"),
            _cell(Quota, "region", 160, "q.region"),
            *_POT_CELLS,
            _name(),
            _cell(Reservation, "units", 70),
            _cell(Reservation, "reserved_on", 100),
            _cell(Reservation, "held_until", 110, look=Look.DUE),
            _cell(Reservation, "used_on", 100),
            _cell(Reservation, "released_on", 100),
            _cell(Reservation, "state", 110, look=Look.STATE),
            _cell(Reservation, "reason", 200),
            _cell(Reservation, "override", 200),
        ),
        "t.id DESC",
    ),
    "waiting": ListSpec(
        "waiting",
        f"JOIN quota q ON q.uid = t.quota {_PERSON}",
        (
            _cell(Waiting, "number", 140),
            _cell(Waiting, "entered_at", 140),
            _name(),
            _cell(Waiting, "units", 70),
            _cell(Waiting, "state", 110, look=Look.STATE),
            _made("skipped", Whole(N_("Passed over")), 100, _SKIPPED),
            _cell(Quota, "stream", 140, "q.stream"),
            _cell(Quota, "year", 70, "q.year"),
            _cell(Quota, "region", 160, "q.region"),
            *_POT_CELLS,
            _cell(Waiting, "ended_on", 100),
            _cell(Waiting, "why", 200),
        ),
        "t.id",
        words=PERSON_WORDS,
    ),
    "allotments": ListSpec(
        "allotment",
        "JOIN quota q ON q.uid = t.quota",
        (
            _cell(Quota, "stream", 140, "q.stream"),
            _cell(Quota, "year", 70, "q.year"),
            _cell(Quota, "region", 160, "q.region"),
            *_POT_CELLS,
            _cell(Allotment, "kind", 120),
            _cell(Allotment, "units", 80),
            _cell(Allotment, "given_on", 100),
            _cell(Allotment, "act", 300),
            _cell(Allotment, "partner", 160),
            _cell(Allotment, "partner_is", 160),
            _cell(Allotment, "letter", 160),
            _cell(Allotment, "override", 200),
        ),
        "t.id DESC",
    ),
    "printouts": ListSpec(
        "printout",
        "",
        (
            _cell(Printout, "number", 140),
            _cell(Printout, "form", 200),
            _cell(Printout, "revision", 90),
            _cell(Printout, "language", 70),
            _cell(Printout, "copy", 60),
            _cell(Printout, "pages", 60),
            _cell(Printout, "printed_at", 140),
            _made("replaced", Text(N_("Replaced by No.")), 140, _REPLACED),
            _cell(Printout, "replaces", 140),
            _cell(Printout, "digest", 120),
        ),
        "t.id DESC",
    ),
    "batches": ListSpec(
        "batch",
        "",
        (
            _cell(Batch, "number", 120),
            _cell(Batch, "file", 240),
            _cell(Batch, "taken_at", 140),
            _cell(Batch, "read", 80),
            _cell(Batch, "added", 90),
            _cell(Batch, "changed", 90),
            _cell(Batch, "unchanged", 100),
            _cell(Batch, "skipped", 90),
            _cell(Batch, "failed", 90),
        ),
        "t.id DESC",
    ),
    "journal": ListSpec(
        "op",
        "",
        (
            _made("at", Moment(N_("When")), 140, "t.at", joined=False),
            _made("code", Text(N_("What was done")), 220, "t.code", joined=False),
            _made("about", Text(N_("Whom or what")), 260, about("t")),
            _made("operator", Text(N_("Operator")), 160, "t.operator", joined=False),
            _made("machine", Text(N_("Machine")), 120, "t.machine", joined=False),
            _made(
                "changes",
                Whole(N_("Changes")),
                90,
                "(SELECT count(*) FROM change c WHERE c.op = t.id)",
            ),
        ),
        "t.id DESC",
        words=JOURNAL_WORDS,
        live="1",
    ),
}
