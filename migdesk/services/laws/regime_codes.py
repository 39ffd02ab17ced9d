"""Whether the codes that a pack names exist: by a slip in one a regime would cover nobody, a quota no region."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import chain

from migdesk.domain.arrival import StayBasis
from migdesk.domain.errors import BadFile
from migdesk.domain.fields import Code
from migdesk.i18n import N_, _
from migdesk.rules.pack import COUNTRY, Pack, Special
from migdesk.rules.procedure_file import Known
from migdesk.services import law
from migdesk.services.known_codes import known_codes
from migdesk.services.lists import read_list

_UNKNOWN = N_("There is no “{given}” among: {kind}.")
_PERMITS, _TERMS = N_("kinds of permit"), N_("terms of the law")
_AMOUNTS, _CLOSED = N_("sums of the law"), N_("grounds of entry and channels")
_RULES = N_("rules of the law")
_COUNTRIES, _REGIONS = N_("countries"), N_("regions")
_CATEGORIES, _SECTIONS = N_("categories of permits"), N_("sections of activities")
_SERVICES, _LISTS = N_("public services"), N_("closed lists")


_Named = tuple[str, Collection[str], Collection[str], str]
"""What an entry names: the key, the codes, those there are, and what they are called."""


def refuse_unknown(file: str, pack: Pack, packs: Sequence[Pack]) -> None:
    """Refuse a pack that names a code which nothing of the program, its lists or these packs has.

    Raises:
        BadFile: names the place of the first.
    """
    for where, given, there, kind in chain(_of_regimes(pack), _of_quotas(pack), _of_specials(pack, packs)):
        for code in sorted(given):
            if code not in there:
                raise BadFile(file, where, _UNKNOWN, given=code, kind=_(kind))


def _of_regimes(pack: Pack) -> Iterator[_Named]:
    for place, one in enumerate(pack.regimes, start=1):
        yield f"regime[{place}].citizens", one.citizens, read_list("countries"), _COUNTRIES


def _of_quotas(pack: Pack) -> Iterator[_Named]:
    sections = [code for code, item in read_list("oked").items() if not item.more["parent"]]
    for place, one in enumerate(pack.quotas, start=1):
        at = f"quota[{place}]"
        yield f"{at}.regions", one.regions, {COUNTRY, *read_list("regions")}, _REGIONS
        yield f"{at}.category", {one.category or ""} - {""}, read_list("labour_categories"), _CATEGORIES
        yield f"{at}.activity", {one.activity} - {""}, sections, _SECTIONS
        yield f"{at}.country", {one.origin} - {""}, read_list("countries"), _COUNTRIES


def _of_specials(pack: Pack, packs: Sequence[Pack]) -> Iterator[_Named]:
    if not pack.specials:
        return
    known, rules = known_codes(packs), {rule.code for one in packs for rule in one.rules}
    for place, special in enumerate(pack.specials, start=1):
        yield f"special[{place}].covers.citizens", special.covers.citizens, read_list("countries"), _COUNTRIES
        for key, given, there, kind in _named(special, known, rules):
            yield f"special[{place}].{key}", given, there, kind


def _named(one: Special, known: Known, rules: Collection[str]) -> Iterator[_Named]:
    services = {service.code for service in law.load_procedures()}
    closable = {*StayBasis, *(known.items("channels") or ())}
    yield "covers.permits", one.covers.permits, known.items("permit_kinds") or (), _PERMITS
    yield "covers.terms", one.covers.terms, known.terms, _TERMS
    yield "suspends", one.suspends, known.terms, _TERMS
    yield "waives", one.waives, known.amounts, _AMOUNTS
    yield "eases", one.eases, rules, _RULES
    yield "closes", one.closes, closable, _CLOSED
    for at, paper in enumerate(one.papers, start=1):
        yield f"papers[{at}].services", paper.services, services, _SERVICES
    for at, field in enumerate(one.fields, start=1):
        yield f"fields[{at}].services", field.services, services, _SERVICES
        if isinstance(field.field, Code) and known.items(field.field.list) is None:
            yield f"fields[{at}].list", [field.field.list], (), _LISTS
