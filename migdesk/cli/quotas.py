"""`quota allot|adjust|reserve|release|transfer|list`: the ledger."""

from __future__ import annotations

from typing import TypeVar

from migdesk.cli.call import Call
from migdesk.cli.keys import person_of, region_code
from migdesk.cli.output import Answer, changed, day_words, table
from migdesk.cli.parser import Parser, Verbs, add_group, add_verb, count, whole, year
from migdesk.cli.terms import STREAMS, pot_document
from migdesk.domain.change import Done
from migdesk.domain.fields import choice_label
from migdesk.domain.quota import Stream
from migdesk.domain.record import Record
from migdesk.i18n import N_, _
from migdesk.services import quotas
from migdesk.services.quotas import Pot

R = TypeVar("R", bound=Record)


def add(verbs: Verbs) -> None:
    """Add the group."""
    group = add_group(verbs, "quota", _(N_("the ledger of quotas")))
    for name, text, run in (
        ("allot", _(N_("hand units of the region's limit to this office")), allot),
        ("adjust", _(N_("change the limit by an act; the units may be negative")), adjust),
        ("transfer", _(N_("hand units over to another office; negative units are received")), transfer),
    ):
        made = _pot_verb(group, name, text, run)
        made.add_argument("--units", type=whole, required=True, metavar="N", help=_(N_("how many units")))
        made.add_argument(
            "--act", required=True, metavar="TEXT", help=_(N_("the act or letter that says so"))
        )
        if name == "transfer":
            made.add_argument("--to", required=True, metavar="OFFICE", help=_(N_("the other office")))
    held = _pot_verb(group, "reserve", _(N_("hold units for one matter")), reserve)
    held.add_argument("--units", type=count, default=1, metavar="N", help=_(N_("how many units")))
    held.add_argument("--person", metavar="PERSON", help=_(N_("uid, IIN or document number")))
    held.add_argument("--reason", default="", metavar="TEXT", help=_(N_("what for")))
    back = add_verb(group, "release", _(N_("return held or used units")), release)
    back.add_argument("uid", metavar="UID", help=_(N_("uid of the reservation")))
    back.add_argument("--reason", required=True, metavar="TEXT", help=_(N_("why they are returned")))
    listed = add_verb(group, "list", _(N_("every pot of a year that the office has touched")), list_pots)
    listed.add_argument("--year", type=year, metavar="Y", help=_(N_("this year when left out")))


def _pot_verb(group: Verbs, name: str, text: str, run: object) -> Parser:
    made: Parser = add_verb(group, name, text, run)  # type: ignore[arg-type]
    made.add_argument("stream", choices=STREAMS, metavar="STREAM", help=", ".join(STREAMS))
    made.add_argument(
        "--region",
        default="",
        metavar="CODE",
        help=_(N_("KATO code or name; the office's region when left out")),
    )
    made.add_argument("--year", type=year, metavar="Y", help=_(N_("this year when left out")))
    made.add_argument("--category", default="", metavar="C", help=_(N_("category of foreign labour")))
    return made


def _pot(call: Call) -> Pot:
    args, desk = call.args, call.desk
    region = region_code(desk, args.region) or desk.office.region
    return Pot(Stream(args.stream), region, args.year or call.today.year, args.category)


def _ledger_answer(call: Call, done: Done[R], pot: Pot, units: int | None) -> Answer:
    state = quotas.check_pot(call.desk, pot)
    rows = [(_(N_("Units")), str(units)), (_(N_("Free now")), str(state.balance.free))]
    return changed(done, rows, pot=pot_document(state))


def allot(call: Call) -> Answer:
    """Hand units to this office.

    Raises:
        Invalid: no units, or no act.
        Refused: more than the published limit.
    """
    pot = _pot(call)
    done = quotas.allot(call.desk, pot, call.args.units, call.args.act)
    return _ledger_answer(call, done, pot, done.value.units)


def adjust(call: Call) -> Answer:
    """Change the limit by an act.

    Raises:
        Refused: it would fall below what is allotted.
    """
    pot = _pot(call)
    done = quotas.adjust(call.desk, pot, call.args.units, call.args.act)
    return _ledger_answer(call, done, pot, done.value.units)


def transfer(call: Call) -> Answer:
    """Hand units to another office.

    Raises:
        Refused: fewer are free.
    """
    pot = _pot(call)
    done = quotas.transfer(call.desk, pot, call.args.units, call.args.to, call.args.act)
    return _ledger_answer(call, done, pot, done.value.units)


def reserve(call: Call) -> Answer:
    """Hold units.

    Raises:
        Refused: fewer are free.
        NotFound: no such person.
    """
    pot, args = _pot(call), call.args
    person = person_of(call.desk, args.person).uid if args.person else None
    done = quotas.reserve(call.desk, pot, args.units, person=person, reason=args.reason)
    return _ledger_answer(call, done, pot, done.value.units)


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
    desk = call.desk
    states = quotas.list_pots(desk, call.args.year or call.today.year)
    headings = [
        *(_(N_("Stream")), _(N_("Region")), _(N_("Category"))),
        *(
            _(N_("Limit")),
            _(N_("Allotted")),
            _(N_("Reserved")),
            _(N_("Used")),
            _(N_("Free")),
            _(N_("Runs out")),
        ),
    ]
    rows = (
        [
            *(choice_label(one.pot.stream), desk.lists.label("kato", one.pot.region), one.pot.category),
            *(
                one.balance.limit,
                one.balance.allotted,
                one.balance.reserved,
                one.balance.used,
                one.balance.free,
            ),
            day_words(one.forecast),
        ]
        for one in states
    )
    return Answer([pot_document(one) for one in states], table(headings, rows, right={3, 4, 5, 6, 7}))
