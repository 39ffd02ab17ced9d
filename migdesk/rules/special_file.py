"""One special regime of a pack from its table: whom it covers, and what it does."""

from __future__ import annotations

from datetime import date

from migdesk.domain.arrival import StayBasis
from migdesk.domain.datafile import Keys
from migdesk.i18n import N_
from migdesk.rules.asked import read_asked
from migdesk.rules.entries import refuse_no_countries
from migdesk.rules.kinds import LONGEST_DAYS, LONGEST_PAUSE
from migdesk.rules.pack import AddedField, AddedPaper, Citation, Covered, Special
from migdesk.rules.sources import Cites, cite


def read_special(keys: Keys, cites: Cites) -> Special:
    """A special regime; it has to do something, and what it prolongs has to be named.

    Raises:
        BadFile: names the key and what is wrong with it.
    """
    code, (since, until) = keys.code("code"), keys.span()
    covers, citation = _covered(keys.table("covers"), since, until), cite(keys, cites)
    found = Special(
        code=code,
        since=since,
        until=until,
        announced=keys.day("announced", since),
        covers=covers,
        to=keys.day("to", None),
        days=keys.whole("days", None, least=1, most=LONGEST_DAYS),
        suspends=frozenset(keys.strings("suspends")),
        waives=frozenset(keys.strings("waives")),
        closes=frozenset(keys.strings("closes")),
        eases=frozenset(keys.strings("eases")),
        title=keys.texts("title"),
        citation=citation,
        remark=keys.texts("remark", None),
        papers=tuple(_paper(one) for one in keys.tables("papers")),
        fields=tuple(_field(one, citation) for one in keys.tables("fields")),
    )
    keys.end()
    prolongs = bool(covers.grounds or covers.permits or covers.terms or covers.documents)
    if found.suspends and until is None:
        raise keys.bad("until", N_("Say until which day the terms stand still."))
    if found.suspends and until and (until - since).days >= LONGEST_PAUSE:
        raise keys.bad(
            "until", N_("Terms stand still for at most {most} days by one act."), most=LONGEST_PAUSE
        )
    if found.to and found.days:
        raise keys.bad("days", N_("Say either the day to which it lasts or by how many days."))
    if prolongs is not bool(found.to or found.days):
        raise keys.bad("to", N_("Say what lasts longer under “covers”, and to which day under “to”."))
    if found.to and found.to < covers.ends[0]:
        raise keys.bad("to", N_("The last day is before the first day."))
    does = (found.suspends, found.waives, found.closes, found.eases, found.papers, found.fields)
    if not (prolongs or any(does)):
        raise keys.bad("covers", N_("This special regime does nothing."))
    return found


def _covered(keys: Keys, since: date, until: date | None) -> Covered:
    grounds, citizens = keys.strings("grounds"), keys.strings("citizens")
    for position, ground in enumerate(grounds, start=1):
        if ground not in set(StayBasis):
            known = ", ".join(StayBasis)
            raise keys.bad(f"grounds[{position}]", N_("Expected one of: {known}."), known=known)
    refuse_no_countries(keys, citizens)
    ends = keys.table("ends")
    first, last = ends.span(since, until or date.max)
    ends.end()
    found = Covered(
        grounds=frozenset(grounds),
        permits=frozenset(keys.strings("permits")),
        terms=frozenset(keys.strings("terms")),
        documents=keys.flag("documents"),
        citizens=frozenset(citizens),
        ends=(first, last or date.max),
    )
    keys.end()
    return found


def _paper(keys: Keys) -> AddedPaper:
    found = AddedPaper(
        code=keys.code("code"),
        title=keys.texts("title"),
        required=keys.flag("required", True),
        remark=keys.texts("remark", None),
        services=_services(keys),
    )
    keys.end()
    return found


def _field(keys: Keys, citation: Citation) -> AddedField:
    asked = read_asked(keys, citation)
    found = AddedField(asked.key, asked.field, _services(keys))
    keys.end()
    return found


def _services(keys: Keys) -> frozenset[str]:
    found = keys.strings("services")
    if not found:
        raise keys.bad("services", N_("Name the services that ask for it."))
    return frozenset(found)
