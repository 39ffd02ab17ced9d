"""What a verb names: people, parties, permits and places by what a clerk has at hand."""

from __future__ import annotations

from migdesk.domain.case import Case
from migdesk.domain.errors import Invalid, NotFound
from migdesk.domain.finding import block
from migdesk.domain.party import Party
from migdesk.domain.permit import Permit
from migdesk.domain.person import Person
from migdesk.i18n import N_
from migdesk.services.desk import Desk
from migdesk.services.laws import explaining
from migdesk.services.lists import read_list
from migdesk.services.people import people

_NEAR = 5


def person_of(desk: Desk, key: str) -> Person:
    """A person by uid, IIN or document number, for verbs that name one.

    Raises:
        Invalid: nothing is named.
        NotFound: nobody has it; or several, who are then named.
    """
    compact = "".join(key.split())
    if not compact:
        raise Invalid([block("missing", N_("Name a person: uid, IIN, document number or label."), "person")])
    try:
        return people.get_person(desk, compact)
    except NotFound as error:
        likely = people.find_people(desk, key, limit=_NEAR)
        if likely:
            error.text, error.hint = (
                N_("“{what}” names nobody alone."),
                N_("These fit; name one by uid: {likely}."),
            )
            named = (f"{one.person.full_name} {one.person.uid}" for one in likely)
            error.values = error.values | {"likely": "; ".join(named)}
        raise


def party_uid(desk: Desk, key: str | None) -> str | None:
    """The uid of an employer or host given by uid, IIN or BIN.

    Raises:
        NotFound: none is called so.
    """
    if key is None:
        return None
    found = explaining.get_record(desk, key)
    if not isinstance(found, Party):
        raise NotFound(key)
    return found.uid


def permit_uid(desk: Desk, key: str) -> str:
    """The uid of a permit given by uid or number.

    Raises:
        NotFound: none is called so.
    """
    found = explaining.get_record(desk, key)
    if not isinstance(found, Permit):
        raise NotFound(key)
    return found.uid


def case_uid(desk: Desk, key: str | None) -> str | None:
    """The uid of a case given by uid or number.

    Raises:
        NotFound: none is called so.
    """
    if key is None:
        return None
    found = explaining.get_record(desk, key)
    if not isinstance(found, Case):
        raise NotFound(key)
    return found.uid


def region_code(desk: Desk, words: str) -> str:
    """The code of a region given as code or name: `Павлодар` is the region here, not its city.

    What cannot be read is left to the check.
    """
    return read_region(words) or desk.lists.read("kato", words) or words if words else ""


def read_region(words: str) -> str:
    """The code of a region named in any language, shortly or in full; nothing for other words."""
    wanted = words.strip().casefold()
    for place in read_list("regions").values():
        short = {words.casefold() for name, words in place.more.items() if name.startswith("short_")}
        if wanted in {place.kk.casefold(), place.ru.casefold(), place.en.casefold(), *short}:
            return place.code
    return ""
