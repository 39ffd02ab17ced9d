"""Where and with whom somebody lives: the facts of an arrival, said the same in every file."""

from __future__ import annotations

from migdesk.domain.dates import show_day
from migdesk.domain.fields import choice_label
from migdesk.i18n import N_
from migdesk.services.records import ArrivalFile
from migdesk.ui.look.words import said
from migdesk.ui.parts.facts import Fact, fact_of, facts_of
from migdesk.ui.workplace import Kind, Workplace

_ADDRESS, _HOST, _OTHERS = N_("Address"), N_("Receiving person"), N_("Registered at this address")
_PEOPLE = N_("{n} persons now")
_BASIS = N_("Ground of stay")
_UNTIL = N_("until {day}")


def address_words(work: Workplace, file: ArrivalFile) -> str:
    """Place and line of the address."""
    if file.address is None:
        return ""
    return ", ".join(
        part for part in (work.desk.lists.place_text(file.address.place), file.address.line) if part
    )


def basis_words(file: ArrivalFile) -> str:
    """The ground of stay and its last day."""
    arrival = file.arrival
    until = said(_UNTIL, day=show_day(arrival.stay_until)) if arrival.stay_until else ""
    return " ".join(part for part in (choice_label(arrival.basis) if arrival.basis else "", until) if part)


def here_facts(work: Workplace, file: ArrivalFile) -> list[Fact]:
    """Purpose, dates, address, receiving person."""
    arrival, desk = file.arrival, work.desk
    host = file.host
    facts = [
        fact_of(desk, arrival, "purpose"),
        fact_of(desk, arrival, "arrived_on"),
        fact_of(desk, arrival, "entered_on"),
        Fact(_BASIS, basis_words(file)),
        Fact(_ADDRESS, address_words(work, file)),
        *(facts_of(desk, file.address, "rka") if file.address else ()),
        Fact(_HOST, host.name if host else "", (lambda: work.open(Kind.PARTY, host.uid)) if host else None),
    ]
    if file.at_address > 1:
        facts.append(Fact(_OTHERS, said(_PEOPLE, n=file.at_address)))
    return facts
