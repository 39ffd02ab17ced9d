"""`permit issue|extend|revoke`: what people are allowed."""

from __future__ import annotations

from migdesk.cli.call import Call
from migdesk.cli.keys import party_uid, permit_uid, person_of, region_code
from migdesk.cli.output import Answer, changed, day_words
from migdesk.cli.parser import Verbs, add_group, add_verb, day
from migdesk.domain.change import Done
from migdesk.domain.fields import choice_label
from migdesk.domain.permit import Permit
from migdesk.i18n import N_, _
from migdesk.services import permits


def add(verbs: Verbs) -> None:
    """Add the group."""
    group = add_group(verbs, "permit", _(N_("permits")))
    _add_issue(group)
    longer = add_verb(group, "extend", _(N_("extend a permit by a new one")), extend)
    longer.add_argument("permit", metavar="PERMIT", help=_(N_("number or uid of the permit")))
    longer.add_argument("--until", type=day, required=True, metavar="DATE", help=_(N_("new last day")))
    ended = add_verb(group, "revoke", _(N_("revoke a permit; its quota unit returns")), revoke)
    ended.add_argument("permit", metavar="PERMIT", help=_(N_("number or uid of the permit")))
    ended.add_argument("--grounds", required=True, metavar="TEXT", help=_(N_("legal grounds")))


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
        region=region_code(desk, args.region),
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
    return _permit_answer(permits.extend(call.desk, permit_uid(call.desk, call.args.permit), call.args.until))


def revoke(call: Call) -> Answer:
    """Revoke a permit.

    Raises:
        Invalid: no grounds.
        Refused: the permit is not in force.
        NotFound: no such permit.
    """
    return _permit_answer(
        permits.revoke(call.desk, permit_uid(call.desk, call.args.permit), call.args.grounds)
    )
