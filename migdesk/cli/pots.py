"""How a command line names a pot of a quota."""

from __future__ import annotations

from migdesk.cli.call import Call
from migdesk.cli.keys import region_code
from migdesk.cli.parser import Parser, Verbs, add_verb, year
from migdesk.cli.terms import STREAMS
from migdesk.domain.fields import choice_label
from migdesk.domain.quota import Stream
from migdesk.i18n import N_, _
from migdesk.services.quotas.quotas import Pot


def pot_verb(group: Verbs, name: str, text: str, run: object) -> Parser:
    """A verb about one pot."""
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
    made.add_argument("--activity", default="", metavar="A", help=_(N_("section of OKED, a letter")))
    made.add_argument("--country", default="", metavar="XXX", help=_(N_("country of origin")))
    return made


def pot_given(call: Call, category: str | None = None) -> Pot:
    """The pot a command line names; another category of the same may be asked for."""
    args, desk = call.args, call.desk
    region = region_code(desk, args.region) or desk.office.region
    chosen = args.category if category is None else category
    divided = (chosen, args.activity.upper(), args.country.upper())
    return Pot(Stream(args.stream), region, args.year or call.today.year, *divided)


def pot_key_headings() -> list[str]:
    """Over the cells of `pot_key`."""
    return [_(N_("Stream")), _(N_("Region")), _(N_("Category")), _(N_("Activity, country"))]


def pot_key(call: Call, pot: Pot) -> list[object]:
    """By what a pot is told from others, in words."""
    lists = call.desk.lists
    divided = [lists.label("oked", pot.activity), lists.label("countries", pot.country)]
    region = lists.label("kato", pot.region)
    return [choice_label(pot.stream), region, pot.category, ", ".join(one for one in divided if one)]
