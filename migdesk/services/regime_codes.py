"""Whether the codes that a special regime names exist: by a slip in one it would cover nobody, unseen."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from migdesk.domain.arrival import StayBasis
from migdesk.domain.errors import BadFile
from migdesk.domain.fields import Code
from migdesk.i18n import N_
from migdesk.rules.pack import Pack, Special
from migdesk.rules.procedure_file import Known
from migdesk.services import law
from migdesk.services.known_codes import known_codes

_UNKNOWN = N_("There is no “{given}” among: {kind}.")
_PERMITS, _TERMS = N_("kinds of permit"), N_("terms of the law")
_AMOUNTS, _CLOSED = N_("sums of the law"), N_("grounds of entry and channels")
_RULES = N_("rules of the law")
_SERVICES, _LISTS = N_("public services"), N_("closed lists")


def refuse_unknown(file: str, pack: Pack, packs: Sequence[Pack]) -> None:
    """Refuse a special regime of a pack that names a code which nothing of the program or these packs has.

    Raises:
        BadFile: names the place of the first.
    """
    if not pack.specials:
        return
    known, rules = known_codes(packs), {rule.code for one in packs for rule in one.rules}
    for place, special in enumerate(pack.specials, start=1):
        for key, given, there, kind in _named(special, known, rules):
            for at, code in enumerate(sorted(given), start=1):
                if code not in there:
                    where = f"special[{place}].{key}" + (f"[{at}]" if len(given) > 1 else "")
                    raise BadFile(file, where, _UNKNOWN, given=code, kind=kind)


def _named(
    one: Special, known: Known, rules: Collection[str]
) -> Iterator[tuple[str, Collection[str], Collection[str], str]]:
    """What a regime names: the key, the codes, those there are, and what they are called."""
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
