"""`permit issue|extend|revoke`, `quota allot|adjust|reserve|release|transfer|list`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from migdesk.cli.call import Call
from migdesk.cli.intake import person_of
from migdesk.cli.output import (
    Answer,
    day_words,
    finding_lines,
    findings_document,
    pairs,
    record_document,
    table,
)
from migdesk.cli.parser import Parser, Verbs, add_group, add_verb, count, day, whole, year
from migdesk.cli.terms import STREAMS, pot_document
from migdesk.domain.change import Done
from migdesk.domain.errors import NotFound
from migdesk.domain.fields import choice_label
from migdesk.domain.party import Party
from migdesk.domain.permit import Permit
from migdesk.domain.quota import Stream
from migdesk.domain.record import Record
from migdesk.i18n import N_, _
from migdesk.services import explaining, permits, quotas
from migdesk.services.desk import Desk
from migdesk.services.quotas import Pot

R = TypeVar("R", bound=Record)


def add(verbs: Verbs) -> None:
    """Add both groups."""
    permit = add_group(verbs, "permit", _(N_("permits")))
    _add_issue(permit)
    longer = add_verb(permit, "extend", _(N_("extend a permit by a new one")), extend)
    longer.add_argument("permit", metavar="PERMIT", help=_(N_("number or uid of the permit")))
    longer.add_argument("--until", type=day, required=True, metavar="DATE", help=_(N_("new last day")))
    ended = add_verb(permit, "revoke", _(N_("revoke a permit; its quota unit returns")), revoke)
    ended.add_argument("permit", metavar="PERMIT", help=_(N_("number or uid of the permit")))
    ended.add_argument("--grounds", required=True, metavar="TEXT", help=_(N_("legal grounds")))
    _add_quota(add_group(verbs, "quota", _(N_("the ledger of quotas"))))


def _add_issue(group: Verbs) -> None:
    made = add_verb(group, "issue", _(N_("issue a permit; one under a quota takes a free unit")), issue)
    option = made.add_argument
    option("kind", metavar="KIND", help=_(N_("kind of permit: code or words of the list")))
    option("person", metavar="PERSON", help=_(N_("uid, IIN or document number")))
    option("--from", dest="from_", type=day, metavar="DATE", help=_(N_("first day; today when left out")))
    option("--until", type=day, metavar="DATE", help=_(N_("last day")))
    option("--category", default="", metavar="C", help=_(N_("category of foreign labour")))
    option("--employer", metavar="UID|BIN", help=_(N_("employer: uid, IIN or BIN")))
    option("--position", default="", metavar="TEXT", help=_(N_("post")))
    option("--activity", default="", metavar="CODE", help=_(N_("activity: OKED code")))
    option(
        "--region",
        default="",
        metavar="CODE",
        help=_(N_("KATO code or name; the office's region when left out")),
    )
    option("--applied", type=day, metavar="DATE", help=_(N_("day of filing")))
    option("--number", default="", metavar="TEXT", help=_(N_("number, when it was given elsewhere")))
    option("--note", default="", metavar="TEXT", help=_(N_("a remark")))


def _add_quota(group: Verbs) -> None:
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


def changed(done: Done[R], rows: Iterable[tuple[str, str]], **more: object) -> Answer:
    """The answer of a verb that wrote a record: the record, its findings, and what else is worth telling."""
    document = record_document(done.value) | more | {"findings": findings_document(done.findings)}
    return Answer(document, _changed_lines(done, rows))


def _changed_lines(done: Done[R], rows: Iterable[tuple[str, str]]) -> Iterator[str]:
    yield from pairs([*rows, ("uid", done.value.uid)])
    yield from finding_lines(done.findings)


def place_code(desk: Desk, words: str) -> str:
    """The code of a place given as code or name; what cannot be read is left to the check."""
    return desk.lists.read("kato", words) or words if words else ""


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


def _permit_uid(desk: Desk, key: str) -> str:
    found = explaining.get_record(desk, key)
    if not isinstance(found, Permit):
        raise NotFound(key)
    return found.uid


def _permit_answer(done: Done[Permit]) -> Answer:
    permit = done.value
    rows = [
        (_(N_("Permit")), permit.number),
        (_(N_("Valid from")), day_words(permit.valid_from)),
        (_(N_("Valid until")), day_words(permit.valid_until)),
        (_(N_("State")), choice_label(permit.state) if permit.state else "—"),
    ]
    return changed(done, rows)


def issue(call: Call) -> Answer:
    """Issue a permit.

    Raises:
        Invalid: what is wrong, field by field.
        Refused: the quota has no free unit.
        NotFound: no such person or employer.
    """
    args, desk = call.args, call.desk
    permit = Permit(
        kind=desk.lists.read("permit_kinds", args.kind) or args.kind,
        person=person_of(desk, args.person).uid,
        valid_from=args.from_ or call.today,
        valid_until=args.until,
        category=args.category,
        employer=party_uid(desk, args.employer),
        position=args.position,
        activity=args.activity,
        region=place_code(desk, args.region),
        applied_on=args.applied,
        number=args.number,
        note=args.note,
    )
    return _permit_answer(permits.issue(desk, permit))


def extend(call: Call) -> Answer:
    """Extend a permit.

    Raises:
        Invalid: the new end is not later.
        Refused: the permit is not in force.
        NotFound: no such permit.
    """
    return _permit_answer(
        permits.extend(call.desk, _permit_uid(call.desk, call.args.permit), call.args.until)
    )


def revoke(call: Call) -> Answer:
    """Revoke a permit.

    Raises:
        Invalid: no grounds.
        Refused: the permit is not in force.
        NotFound: no such permit.
    """
    return _permit_answer(
        permits.revoke(call.desk, _permit_uid(call.desk, call.args.permit), call.args.grounds)
    )


def _pot(call: Call) -> Pot:
    args, desk = call.args, call.desk
    region = place_code(desk, args.region) or desk.office.region
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
