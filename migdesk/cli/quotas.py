"""`quota allot|adjust|return|transfer|reserve|renew|release|list|expired|partners`: the ledger."""

from __future__ import annotations

from typing import TypeVar

from migdesk.cli import waiting
from migdesk.cli.call import Call
from migdesk.cli.keys import person_of
from migdesk.cli.output import Answer, changed, day_words, record_document, table
from migdesk.cli.parser import Verbs, add_group, add_verb, count, day, whole, year
from migdesk.cli.pots import pot_given, pot_key, pot_key_headings, pot_verb
from migdesk.cli.terms import pot_cells, pot_document, pot_headings
from migdesk.domain.change import Done
from migdesk.domain.fields import choice_label
from migdesk.domain.person import Person
from migdesk.domain.quota import Allotment, PartnerKind, Quota
from migdesk.domain.record import Record
from migdesk.i18n import N_, _
from migdesk.services.quotas import quotas
from migdesk.services.quotas.quotas import Partner, Pot, pot_of

R = TypeVar("R", bound=Record)

PARTNERS = tuple(kind.value for kind in PartnerKind)


def add(verbs: Verbs) -> None:
    """Add the group."""
    group = add_group(verbs, "quota", _(N_("the ledger of quotas")))
    _add_given(group)
    _add_taken(group)
    listed = add_verb(group, "list", _(N_("every pot of a year that the office has touched")), list_pots)
    listed.add_argument("--year", type=year, metavar="Y", help=_(N_("this year when left out")))
    add_verb(group, "expired", _(N_("held units that went back with their last day")), list_expired)
    pot_verb(group, "partners", _(N_("with whom units were exchanged")), list_partners)
    waiting.add(group)


def _add_given(group: Verbs) -> None:
    for name, text, run in (
        ("allot", _(N_("hand units of the region's limit to this office")), allot),
        ("adjust", _(N_("change the limit by an act; the units may be negative")), adjust),
        ("return", _(N_("give units back to those who allotted them")), give_back),
        ("transfer", _(N_("hand units over to another office; negative units are received")), transfer),
    ):
        made = pot_verb(group, name, text, run)
        made.add_argument("--units", type=whole, required=True, metavar="N", help=_(N_("how many units")))
        made.add_argument(
            "--act", required=True, metavar="TEXT", help=_(N_("the act or letter that says so"))
        )
        made.add_argument(
            "--day", type=day, metavar="DATE", help=_(N_("day of the act; today when left out"))
        )
        if name == "allot":
            made.add_argument("--override", default="", metavar="WHY", help=_(N_("the head: past the limit")))
        if name == "transfer":
            made.add_argument("--to", required=True, metavar="OFFICE", help=_(N_("the other office")))
            made.add_argument(
                "--as", dest="as_", choices=PARTNERS, default="office", help=", ".join(PARTNERS)
            )
            made.add_argument(
                "--letter", default="", metavar="TEXT", help=_(N_("letter of the other office"))
            )


def _add_taken(group: Verbs) -> None:
    held = pot_verb(group, "reserve", _(N_("hold units for one matter")), reserve)
    held.add_argument("--units", type=count, default=1, metavar="N", help=_(N_("how many units")))
    held.add_argument("--person", metavar="PERSON", help=_(N_("uid, IIN, document number or label")))
    held.add_argument("--reason", default="", metavar="TEXT", help=_(N_("what for")))
    held.add_argument("--day", type=day, metavar="DATE", help=_(N_("from which day; today when left out")))
    held.add_argument("--until", type=day, metavar="DATE", help=_(N_("last day; then they go back")))
    held.add_argument(
        "--override", default="", metavar="WHY", help=_(N_("the head: past the limit or the waiting list"))
    )
    longer = add_verb(group, "renew", _(N_("hold units to another last day")), renew)
    longer.add_argument("uid", metavar="UID", help=_(N_("uid of the reservation")))
    longer.add_argument("--until", type=day, metavar="DATE", help=_(N_("last day; no end when left out")))
    back = add_verb(group, "release", _(N_("return held or used units")), release)
    back.add_argument("uid", metavar="UID", help=_(N_("uid of the reservation")))
    back.add_argument("--reason", required=True, metavar="TEXT", help=_(N_("why they are returned")))


def _ledger_answer(call: Call, done: Done[R], pot: Pot, units: int | None) -> Answer:
    state = quotas.check_pot(call.desk, pot)
    rows = [(_(N_("Units")), str(units)), (_(N_("Free now")), str(state.balance.free))]
    return changed(done, rows, pot=pot_document(state))


def _given(call: Call, pot: Pot, done: Done[Allotment]) -> Answer:
    return _ledger_answer(call, done, pot, done.value.units)


def allot(call: Call) -> Answer:
    """Hand units to this office.

    Raises:
        Invalid: no units, or no act.
        Refused: more than the published limit.
    """
    pot, args = pot_given(call), call.args
    done = quotas.allot(call.desk, pot, args.units, args.act, on=args.day, override=args.override)
    return _given(call, pot, done)


def adjust(call: Call) -> Answer:
    """Change the limit by an act.

    Raises:
        Refused: it would fall below what is allotted.
    """
    pot, args = pot_given(call), call.args
    return _given(call, pot, quotas.adjust(call.desk, pot, args.units, args.act, on=args.day))


def give_back(call: Call) -> Answer:
    """Give units back.

    Raises:
        Refused: fewer are free.
    """
    pot, args = pot_given(call), call.args
    return _given(call, pot, quotas.give_back(call.desk, pot, args.units, args.act, on=args.day))


def transfer(call: Call) -> Answer:
    """Hand units to another office.

    Raises:
        Refused: fewer are free.
    """
    pot, args = pot_given(call), call.args
    partner = Partner(args.to, PartnerKind(args.as_), args.letter)
    return _given(call, pot, quotas.transfer(call.desk, pot, args.units, partner, args.act, on=args.day))


def reserve(call: Call) -> Answer:
    """Hold units.

    Raises:
        Refused: fewer are free.
        NotFound: no such person.
    """
    pot, args = pot_given(call), call.args
    person = person_of(call.desk, args.person).uid if args.person else None
    done = quotas.reserve(
        call.desk,
        quotas.Hold(
            pot,
            args.units,
            person=person,
            reason=args.reason,
            on=args.day,
            until=args.until,
            override=args.override,
        ),
    )
    return _ledger_answer(call, done, pot, done.value.units)


def renew(call: Call) -> Answer:
    """Hold units longer.

    Raises:
        Refused: they were used or returned, or others have them.
        NotFound: no such reservation.
    """
    done = quotas.renew(call.desk, call.args.uid, call.args.until)
    return changed(done, [(_(N_("Held until")), day_words(done.value.held_until))])


def release(call: Call) -> Answer:
    """Return units.

    Raises:
        Invalid: no reason.
        Refused: they were returned already.
        NotFound: no such reservation.
    """
    done = quotas.release(call.desk, call.args.uid, call.args.reason)
    return changed(done, [(_(N_("Units")), str(done.value.units))])


def list_pots(call: Call) -> Answer:
    """The pots of a year."""
    states = quotas.list_pots(call.desk, call.args.year or call.today.year)
    headings = [*pot_key_headings(), *pot_headings(), _(N_("Light"))]
    rows = ([*pot_key(call, one.pot), *pot_cells(one), choice_label(one.light)] for one in states)
    return Answer([pot_document(one) for one in states], table(headings, rows, right={4, 5, 6, 7, 8}))


def list_expired(call: Call) -> Answer:
    """Reservations to be renewed or released."""
    desk, rows = call.desk, []
    found = quotas.expired(desk)
    for one in found:
        pot = pot_of(desk.store.get(Quota, one.quota or ""))
        person = desk.store.find(Person, one.person or "")
        name = person.full_name if person else one.reason
        rows.append([*pot_key(call, pot), name, one.units, day_words(one.held_until), one.uid])
    headings = [*pot_key_headings(), *(_(N_("Name")), _(N_("Units")), _(N_("Held until")), "uid")]
    return Answer([record_document(one) for one in found], table(headings, rows, right={5}))


def list_partners(call: Call) -> Answer:
    """With whom units of a pot were exchanged."""
    found = quotas.partners(call.desk, pot_given(call))
    keys = ("partner", "partner_is", "handed_over", "received")
    headings = [_(N_("Office")), _(N_("Who that is")), _(N_("Handed over")), _(N_("Received"))]
    rows = ([name, choice_label(PartnerKind(kind)) if kind else "", *units] for name, kind, *units in found)
    return Answer([dict(zip(keys, one, strict=True)) for one in found], table(headings, rows, right={2, 3}))
