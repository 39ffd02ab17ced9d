"""`register --keys`: every key of the JSON documents, read off the descriptions of the fields themselves."""

from __future__ import annotations

from collections.abc import Iterator

from migdesk.cli.document_values import given_fields
from migdesk.cli.intake import stay_fields
from migdesk.cli.output import Answer, table
from migdesk.domain.arrival import Arrival
from migdesk.domain.fields import Choice, Code, Day, Field, Flag, PartialDay, Ref, spec
from migdesk.domain.party import Address, Party
from migdesk.domain.person import Membership, Person, TravelDocument
from migdesk.domain.record import Record
from migdesk.i18n import N_, _
from migdesk.services.asked_values import PLACE
from migdesk.services.law import load_panels

_PLACES: tuple[tuple[str, type[Record]], ...] = (
    ("person", Person),
    ("documents[]", TravelDocument),
    ("address", Address),
    ("party", Party),
    ("party.address", Address),
    ("arrival", Arrival),
)
_SHAPES: dict[type[Field], str] = {
    Day: N_("date: 2026-03-05"),
    PartialDay: N_("date, or as much of it as is known: 1990-05-17, 1990-05, 1990"),
    Flag: N_("true or false"),
}


def listed() -> Answer:
    """All keys with their labels and what stands in them."""
    rows = list(_rows())
    headings = [_(N_("Key")), _(N_("Field")), _(N_("What stands there")), _(N_("Required"))]
    document = [
        {"key": key, "label": label, "takes": takes, "required": bool(required)}
        for key, label, takes, required in rows
    ]
    return Answer(document, [*table(headings, rows), "", *_remarks()])


def _rows() -> Iterator[tuple[str, str, str, str]]:
    for place, cls in _PLACES:
        for name in given_fields(cls):
            yield _row(f"{place}.{name}", spec(cls, name).field)
    yield _row("members[].relation", spec(Membership, "relation").field)
    for name, of_arrival in stay_fields().items():
        yield _row(f"stay.{name}", spec(Arrival, of_arrival).field)
    for purpose, panel in load_panels().items():
        for one in panel.fields:
            key, label, takes, required = _row(f"{PLACE}.{one.key}", one.field)
            yield key, f"{label} ({purpose})", takes, required


def _row(key: str, field: Field) -> tuple[str, str, str, str]:
    return key, _(field.label), _takes(field), _(N_("yes")) if field.required else ""


def _takes(field: Field) -> str:
    if isinstance(field, Choice) and field.options:
        return " | ".join(option.value for option in field.options)
    if isinstance(field, Ref):
        return "uid"
    if isinstance(field, Code):
        return _(N_("code or word of the list {name}")).format(name=field.list)
    return _(_SHAPES.get(type(field), N_("text")))


def _remarks() -> list[str]:
    return [
        _(N_("members[] has person, documents[] and relation to the first person; family is the same.")),
        _(N_("document is the same as documents with one, host the same as party.")),
        _(N_("A uid in person or party names one of the register.")),
        _(
            N_(
                "earlier says of somebody who is registered elsewhere: move, or way: left with left_on, or way: both "
                "with why. It stands in a member, or beside them for all."
            )
        ),
        _(
            N_(
                "mrz is the machine-readable zone as text or as a list of lines: it fills what is not given of the "
                "document (kind, number, issuer, end) and of its person (Latin names, birth, sex, citizenship, IIN); "
                "what is given stays, and where the zone says otherwise that is told. It stands in a document, or in "
                "the member itself."
            )
        ),
        _(N_("details are those of the arrival's purpose, which stands in brackets; see also: panels show.")),
        _(
            N_(
                "stay is the crossing of this arrival; check stay takes many: crossings, with entered and left."
            )
        ),
    ]
