"""The intake as it is laid out: sections in the order of a clerk's hands, and which fields are asked when."""

from __future__ import annotations

from migdesk.i18n import N_
from migdesk.ui.entry.editor import Section
from migdesk.ui.intake.sheet import ADDRESS, ARRIVAL, LEFT_ON, VISA, WAY, WHY

DOCUMENT_PART = Section(
    N_("Document"),
    (
        ("document.kind", "document.number"),
        ("document.issuer", "document.issued_by"),
        ("document.issued_on", "document.expires_on"),
    ),
)
PERSON_PART = Section(
    N_("Person"),
    (
        ("person.surname", "person.given"),
        ("person.patronymic", "person.iin"),
        ("person.surname_latin", "person.given_latin"),
    ),
)
PERSON_ON = Section(
    "",
    (
        ("person.birth_date", "person.sex"),
        ("person.citizenship", "person.ethnicity"),
        ("person.birth_country", "person.birth_place"),
        ("person.phone", "person.birth_estimated"),
    ),
)
FAMILY_PART = Section(N_("Family"), ())
ARRIVAL_PART = Section(N_("Arrival and address"), (("arrival.purpose", "arrival.from_country"),))
PANEL_PART = Section("", ())
ARRIVAL_DAYS = Section(
    "",
    (
        ("arrival.entered_on", "arrival.border_point"),
        ("arrival.arrived_on", "arrival.basis"),
    ),
)
EARLIER_PART = Section("", ((WAY, LEFT_ON), (WHY,)))
ARRIVAL_ON = Section(
    "",
    (
        ("arrival.visa_category", "arrival.visa_number"),
        ("arrival.stay_until", "arrival.notified_on"),
        ("arrival.channel", "arrival.previous_address"),
        ("address.place", "address.line"),
        ("address.rka", "arrival.transport"),
    ),
)
HOST_PART = Section(
    N_("Receiving person"),
    (
        ("arrival.host",),
        ("host.kind", "host.number"),
        ("host.name", "host.phone"),
    ),
)
PARTS = (
    DOCUMENT_PART,
    PERSON_PART,
    PERSON_ON,
    FAMILY_PART,
    ARRIVAL_PART,
    PANEL_PART,
    ARRIVAL_DAYS,
    EARLIER_PART,
    ARRIVAL_ON,
    HOST_PART,
)
PHONE, LAST_OF_PERSON, FIRST_OF_ARRIVAL = "person.phone", "person.birth_estimated", "arrival.purpose"
PINNED = tuple(name for name in (*ARRIVAL, *ADDRESS) if name not in VISA)
"""Fields that may keep their value for the next record."""
BESIDE_THE_WAY = ("person.birth_estimated", "address.rka", "arrival.transport")
"""Fields that Enter passes by: few people need them, and Tab or the mouse reach them."""
SHORT = frozenset(
    {
        "document.number",
        "person.surname",
        "person.given",
        "person.birth_date",
        "person.sex",
        "person.citizenship",
        "person.phone",
        "arrival.purpose",
        "arrival.arrived_on",
        "address.place",
    }
)
"""What is asked in a corridor; the relation of who comes along stands in the grid."""

ZONE = "zone"
