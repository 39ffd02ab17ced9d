"""Which of a person's documents counts on a day, and why: one rule for papers, lists, checks and the window."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from migdesk.domain.dates import show_day
from migdesk.domain.finding import Finding, note
from migdesk.domain.person import TravelDocument
from migdesk.i18n import N_

KIND_ORDER = (
    "passport",
    "diplomatic_passport",
    "service_passport",
    "travel_document",
    "id_card",
    "stateless_certificate",
    "refugee_certificate",
    "residence_permit",
    "seafarer_book",
    "return_certificate",
    "asylum_certificate",
    "kandas_certificate",
    "birth_certificate",
)
"""What a border and a service ask for first: an order of this program, not of an act. Other kinds come last."""

_ONLY = note("document.only", N_("The only document of the file."))
_VALID = N_("Current by the rule: of the documents it alone is valid on {day}.")
_VALID_TOO = N_("Current by the rule: it is valid on {day}, and its kind goes before the others.")
_KIND = N_("Current by the rule: none is valid on {day}; its kind goes before the others.")
_ISSUED = N_("Current by the rule: of those of its kind it was issued last, on {issued}.")
_LASTS = N_("Current by the rule: of those of its kind it is valid longest.")
_ENTERED = N_("Current by the rule: nothing tells the documents apart, so the one written last counts.")


def by_rule(documents: Iterable[TravelDocument], on: date) -> list[TravelDocument]:
    """The documents in the order in which they count on a day; given in the order in which they were written.

    First those valid on the day (one that names no end is valid), then by kind (`KIND_ORDER`), then the one
    issued last, then the one valid longest, then the one written last.
    """
    return sorted(reversed(list(documents)), key=lambda one: _rank(one, on))


def current_of(documents: Iterable[TravelDocument], on: date) -> TravelDocument | None:
    """The document that counts on a day; nothing for a person without any."""
    return next(iter(by_rule(documents, on)), None)


def is_valid(document: TravelDocument, on: date) -> bool:
    """Whether a document has not ended; one that names no end is taken as valid."""
    return document.expires_on is None or document.expires_on >= on


def why_current(documents: Sequence[TravelDocument], on: date) -> Finding | None:
    """Which part of the rule decided for the current document; nothing for a person without any."""
    ordered = by_rule(documents, on)
    if len(ordered) < 2:
        return _ONLY if ordered else None
    first, second = ordered[:2]
    day = show_day(on)
    (ended, kind, *issued_and_end), other = _rank(first, on), _rank(second, on)
    if ended != other[0]:
        return note("document.valid", _VALID, day=day)
    if kind != other[1]:
        return note("document.kind", _KIND if ended else _VALID_TOO, day=day)
    if first.issued_on and issued_and_end[0] != other[2]:
        return note("document.issued", _ISSUED, issued=show_day(first.issued_on))
    if issued_and_end != list(other[2:]):
        return note("document.lasts", _LASTS)
    return note("document.entered", _ENTERED)


def _rank(document: TravelDocument, on: date) -> tuple[bool, int, int, int]:
    kind = KIND_ORDER.index(document.kind) if document.kind in KIND_ORDER else len(KIND_ORDER)
    issued = (document.issued_on or date.min).toordinal()
    ends = (document.expires_on or date.max).toordinal()
    return not is_valid(document, on), kind, -issued, -ends
