"""Single values of a JSON document: which may stand for a field at all, before the field reads them."""

from __future__ import annotations

import unicodedata

from migdesk.domain.arrival import Arrival
from migdesk.domain.dates import NoSuchDay, PartialDate, read_iso_day
from migdesk.domain.fields import Choice, Day, Field, Flag, Note, PartialDay, choice_label, specs
from migdesk.domain.party import Party
from migdesk.domain.person import Person, TravelDocument
from migdesk.domain.record import Record
from migdesk.i18n import N_
from migdesk.services.workbooks import importing

OWN = {
    Arrival: {
        "number", "person", "family", "document", "notice_due", "registration_due", "stay_ends_on", "left_on",
        "state",
    },
    TravelDocument: {"person"},
    Person: {"photo", "state", "merged_into"},
    Party: {"address"},
}  # fmt: skip
"""Fields that the program fills itself."""


def given_fields(cls: type[Record]) -> list[str]:
    """The names of a record's fields that a document may give."""
    own = OWN.get(cls, set())
    return [one.name for one in specs(cls) if one.name not in own and not one.name.startswith("annulled_")]


def unsound(field: Field, raw: object) -> str:
    """Why a JSON value may not stand for a field, as an English message; nothing when it may."""
    if isinstance(raw, bool):
        return "" if isinstance(field, Flag) else N_("Yes or no cannot stand here.")
    if isinstance(raw, str):
        return _unsound_text(field, raw)
    if isinstance(raw, int | float) and isinstance(field, Day):
        return N_("A date is expected, such as 2026-03-05.")
    if isinstance(raw, float):
        return "" if raw.is_integer() else N_("A fraction cannot stand here.")
    return "" if isinstance(raw, int) else N_("A list or an object cannot stand here.")


def _unsound_text(field: Field, text: str) -> str:
    breaks = "\n\r\t" if isinstance(field, Note) else "\t"
    if any(unicodedata.category(char) == "Cc" and char not in breaks for char in text):
        return N_("Control characters cannot stand here.")
    if isinstance(field, Day | PartialDay) and not _is_iso(field, text.strip()):
        return N_("A date is expected, such as 2026-03-05.")
    return ""


def _is_iso(field: Day | PartialDay, text: str) -> bool:
    """Whether a text is a date as scripts write it, or nothing: a dash or a dot of somebody's export is no day."""
    try:
        if text:
            _day = read_iso_day(text) if isinstance(field, Day) else PartialDate.parse(text)
    except NoSuchDay:
        return True  # written as one: the field itself says what is wrong with it
    except ValueError:
        return False
    return True


def read_word(cls: type[Record], name: str, field: Field, raw: object) -> object:
    """A word for a choice as its value, in every language and as workbooks have it; all else as it is."""
    is_word = isinstance(field, Choice) and isinstance(raw, str)
    return importing.read_choice(cls, name, str(raw)) if is_word else raw


def options(field: Field) -> str:
    """The values of a choice with their words, for whoever gave another."""
    known = (field.options if isinstance(field, Choice) else None) or ()
    return ", ".join(f"{option.value} ({choice_label(option)})" for option in known)
