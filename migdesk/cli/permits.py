"""`permit issue|extend|revoke`: what people are allowed."""

from __future__ import annotations

from collections.abc import Iterable

from migdesk.cli import bulk_permits
from migdesk.cli.call import Call
from migdesk.cli.keys import party_uid, permit_uid, person_of, region_code
from migdesk.cli.output import Answer, changed, day_words
from migdesk.cli.parser import Verbs, add_group, add_verb, day
from migdesk.domain.change import Done
from migdesk.domain.fields import choice_label
from migdesk.domain.permit import Permit
from migdesk.i18n import N_, _
from migdesk.services.permits import dependants, permits
from migdesk.services.permits.dependants import Dependant


def add(verbs: Verbs) -> None:
    """Add the group."""
    group = add_group(verbs, "permit", _(N_("permits")))
    _add_issue(group)
    longer = add_verb(group, "extend", _(N_("extend a permit by a new one, or many in one op")), extend)
    bulk_permits.add_options(longer.add_argument)
    ended = add_verb(group, "revoke", _(N_("revoke a permit; its quota unit returns")), revoke)
    ended.add_argument("permit", metavar="PERMIT", help=_(N_("number or uid of the permit")))
    ended.add_argument("--grounds", required=True, metavar="TEXT", help=_(N_("legal grounds")))
    for verb in (longer, ended):
        words = N_("also the permits of dependants: those named, or all that may follow")
        verb.add_argument("--with-dependants", nargs="*", metavar="PERMIT", help=_(words))


def _add_issue(group: Verbs) -> None:
    made = add_verb(group, "issue", _(N_("issue a permit; one under a quota takes a free unit")), issue)
    option = made.add_argument
    option("kind", metavar="KIND", help=_(N_("kind of permit: code or words of the list")))
    option("person", metavar="PERSON", help=_(N_("uid, IIN, document number or label")))
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


def _permit_answer(done: Done[Permit], along: Iterable[Dependant] = ()) -> Answer:
    permit = done.value
    rows = [
        (_(N_("Permit")), permit.number),
        (_(N_("Valid from")), day_words(permit.valid_from)),
        (_(N_("Valid until")), day_words(permit.valid_until)),
        (_(N_("State")), choice_label(permit.state) if permit.state else "—"),
    ]
    people = [(one.person, one.permit) for one in along]
    rows += [(_(N_("Changed along")), f"{person.full_name}, {one.number}") for person, one in people]
    document = [
        {"person": person.uid, "name": person.full_name, "permit": one.number} for person, one in people
    ]
    return changed(done, rows, along=document)


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
    """Extend a permit, and those of dependants along with it; or many.

    Raises:
        WrongUsage: no permit or no day is given.
        Invalid: the new end is not later.
        Refused: the permit is not in force.
        NotFound: no such permit.
    """
    if bulk_permits.is_bulk(call):
        return bulk_permits.extend_many(call)
    desk, uid = call.desk, permit_uid(call.desk, call.args.permit)
    along = _along(call, uid)
    done = permits.extend(desk, uid, call.args.until, [one.permit.uid for one in along])
    return _permit_answer(done, along)


def revoke(call: Call) -> Answer:
    """Revoke a permit, and those of dependants along with it.

    Raises:
        Invalid: no grounds.
        Refused: the permit is not in force.
        NotFound: no such permit.
    """
    desk, uid = call.desk, permit_uid(call.desk, call.args.permit)
    along = _along(call, uid)
    done = permits.revoke(desk, uid, call.args.grounds, [one.permit.uid for one in along])
    return _permit_answer(done, along)


def _along(call: Call, uid: str) -> list[Dependant]:
    """The dependants whose permits are changed along; with the bare option all that may follow.

    Raises:
        Invalid: one that was named does not depend on the permit.
        NotFound: no such permit.
    """
    desk, named = call.desk, call.args.with_dependants
    permit = desk.store.get(Permit, uid)
    if named is None:
        return []
    if named:
        return dependants.chosen(desk, permit, named)
    return [one for one in dependants.of_permit(desk, permit) if one.may_follow]
