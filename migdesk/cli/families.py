"""`family show|join|leave|split|head|reunite|correct|annul`: a family on a day, and what happened to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from migdesk.cli import protection
from migdesk.cli.call import Call
from migdesk.cli.family_lines import after, shown
from migdesk.cli.keys import person_of
from migdesk.cli.output import Answer, changed, day_words
from migdesk.cli.parser import Verbs, WrongUsage, add_group, add_verb, day
from migdesk.domain.change import Done
from migdesk.domain.kin import Ended, LeaveReason, PartReason
from migdesk.domain.person import Family
from migdesk.i18n import N_, _
from migdesk.services import family_corrections
from migdesk.services.desk import Desk
from migdesk.services.facts.members import family_of
from migdesk.services.families import families, family_events
from migdesk.services.families.family_events import Heading, Joining, Leaving, Parting, Reuniting
from migdesk.services.family_corrections import Correcting
from migdesk.services.people import kinship

_FAMILY = N_("uid of the family, or anybody of it: uid, IIN, document number or label")
_PERSON = N_("uid, IIN, document number or label")
_DATE = N_("the day it happened; today when left out")
_RELATION = N_("what he is to the head: code or words of the list")


def add(verbs: Verbs) -> None:
    """Add the group."""
    group = add_group(verbs, "family", _(N_("families: who is in them, and what happened to them")))
    seen = add_verb(group, "show", _(N_("a family with its head and members, today or with --on")), show)
    seen.add_argument("family", metavar="FAMILY|PERSON", help=_(_FAMILY))
    _add_join(group)
    _add_leave(group)
    _add_split(group)
    other = add_verb(group, "head", _(N_("let another member head the family")), change_head)
    _add_family(other.add_argument)
    other.add_argument("head", metavar="PERSON", help=_(_PERSON))
    _add_relations(other.add_argument)
    back = add_verb(group, "reunite", _(N_("bring the members of another family into this one")), reunite)
    _add_family(back.add_argument)
    back.add_argument("other", metavar="FAMILY|PERSON", help=_(_FAMILY))
    back.add_argument(
        "--relation",
        default="",
        metavar="CODE",
        help=_(N_("what their head is to the head here, unless one heads both")),
    )
    _add_corrections(group)
    protection.add_to_family(group)


def _add_corrections(group: Verbs) -> None:
    right = add_verb(group, "correct", _(N_("another relation, or day of joining or leaving")), correct)
    gone = add_verb(group, "annul", _(N_("a person was never in the family")), annul)
    for verb in (right, gone):
        verb.add_argument("family", metavar="FAMILY|PERSON", help=_(_FAMILY))
        verb.add_argument("person", metavar="PERSON", help=_(_PERSON))
    right.add_argument("--relation", default="", metavar="CODE", help=_(_RELATION))
    right.add_argument("--joined", type=day, metavar="DATE", help=_(N_("the day of joining")))
    right.add_argument("--left", type=day, metavar="DATE", help=_(N_("the day of leaving")))
    right.add_argument("--stayed", action="store_true", help=_(N_("he did not leave after all")))
    gone.add_argument("--why", "--reason", required=True, metavar="TEXT", help=_(N_("the reason")))


def _add_family(add: Any) -> None:
    add("family", metavar="FAMILY|PERSON", help=_(_FAMILY))
    add("--date", type=day, metavar="DATE", help=_(_DATE))


def _add_join(group: Verbs) -> None:
    made = add_verb(
        group, "join", _(N_("take a person into a family; one without begins with its head")), join
    )
    _add_family(made.add_argument)
    made.add_argument("person", metavar="PERSON", help=_(_PERSON))
    made.add_argument("--relation", required=True, metavar="CODE", help=_(_RELATION))


def _add_leave(group: Verbs) -> None:
    made = add_verb(group, "leave", _(N_("let a person leave a family")), leave)
    _add_family(made.add_argument)
    made.add_argument("person", metavar="PERSON", help=_(_PERSON))
    _add_why(made.add_argument, [one.value for one in LeaveReason], LeaveReason.LEFT.value)
    made.add_argument(
        "--next-head", metavar="PERSON", help=_(N_("who is the head then, when the head leaves"))
    )


def _add_split(group: Verbs) -> None:
    made = add_verb(group, "split", _(N_("let members form a family of their own")), split)
    _add_family(made.add_argument)
    add = made.add_argument
    add("--head", required=True, metavar="PERSON", help=_(N_("head of the new family")))
    add(
        "--member",
        action="append",
        default=[],
        metavar="PERSON",
        help=_(N_("who goes too; may be given again")),
    )
    _add_why(add, [one.value for one in PartReason], PartReason.OWN_HOUSEHOLD.value)
    _add_relations(add)


def _add_why(add: Any, known: Sequence[str], usual: str) -> None:
    add("--why", choices=known, default=usual, help=_(N_("why")))


def _add_relations(add: Any) -> None:
    words = N_("what somebody is to the new head, where it does not follow: PERSON=CODE; may be given again")
    add("--relation", action="append", default=[], metavar="PERSON=CODE", help=_(words))


def show(call: Call) -> Answer:
    """A family as it was on the day.

    Raises:
        NotFound: no such family, and nobody of this name.
        Refused: the person was in no family.
    """
    desk = call.desk
    return shown(desk, families.open_family(desk, _key(desk, call.args.family), call.today))


def join(call: Call) -> Answer:
    """Take a person in.

    Raises:
        NotFound: no such person.
        Invalid: what is wrong, field by field.
    """
    args, desk = call.args, call.desk
    person, relation, on = (
        person_of(desk, args.person).uid,
        _relation(desk, args.relation),
        args.date or call.today,
    )
    if desk.store.find(Family, args.family):
        given, told = Joining(person, relation, on, family=args.family), []
    else:
        head = person_of(desk, args.family)
        told = families.check_several(desk, head)
        given = Joining(person, relation, on, family=family_of(desk, head.uid) or "", head=head.uid)
    done = family_events.join(desk, given)
    done = Done(done.value, done.changes, (*done.findings, *told))
    words = desk.lists.label(kinship.RELATIONS, done.value.relation)
    return changed(
        done, [(_(N_("Relation to the head")), words), (_(N_("Since")), day_words(done.value.since))]
    )


def leave(call: Call) -> Answer:
    """Let somebody leave.

    Raises:
        NotFound: no such family or person.
        Invalid: what is wrong, field by field.
    """
    args, desk = call.args, call.desk
    next_head = person_of(desk, args.next_head).uid if args.next_head else ""
    person = person_of(desk, args.person).uid
    given = Leaving(_family(call), person, args.date or call.today, Ended(args.why), next_head)
    return after(desk, family_events.leave(desk, given))


def split(call: Call) -> Answer:
    """Let some members go together.

    Raises:
        NotFound: no such family or person.
        Invalid: what is wrong, field by field.
    """
    args, desk = call.args, call.desk
    head = person_of(desk, args.head).uid
    members = dict.fromkeys([head, *(person_of(desk, one).uid for one in args.member)])
    given = Parting(
        _family(call), list(members), head, args.date or call.today, Ended(args.why), _relations(call)
    )
    return after(desk, family_events.part(desk, given))


def change_head(call: Call) -> Answer:
    """Let another head the family.

    Raises:
        NotFound: no such family or person.
        Invalid: what is wrong, field by field.
    """
    args, desk = call.args, call.desk
    head = person_of(desk, args.head).uid
    given = Heading(_family(call), head, args.date or call.today, _relations(call))
    return after(desk, family_events.change_head(desk, given))


def reunite(call: Call) -> Answer:
    """Bring two families together.

    Raises:
        NotFound: no such family.
        Invalid: what is wrong, field by field.
    """
    args, desk = call.args, call.desk
    other = families.get_family(desk, _key(desk, args.other)).uid
    relation = _relation(desk, args.relation)
    given = Reuniting(_family(call), other, relation, args.date or call.today)
    return after(desk, family_events.reunite(desk, given))


def correct(call: Call) -> Answer:
    """Correct the relation of a person, or the day on which he joined or left.

    Raises:
        NotFound: no such family or person.
        Invalid: what is wrong, field by field.
    """
    args, desk = call.args, call.desk
    given = Correcting(
        _family(call),
        person_of(desk, args.person).uid,
        _relation(desk, args.relation) if args.relation else "",
        args.joined,
        args.left,
        args.stayed,
    )
    done = family_corrections.correct_place(desk, given)
    words = desk.lists.label(kinship.RELATIONS, done.value.relation)
    days = [(_(N_("Since")), done.value.since), (_(N_("Until")), done.value.until)]
    return changed(
        done,
        [(_(N_("Relation to the head")), words), *((label, day_words(on)) for label, on in days if on)],
    )


def annul(call: Call) -> Answer:
    """Take a person out of a family that he was never in.

    Raises:
        NotFound: no such family or person.
        Invalid: what stands against it.
    """
    args, desk, family = call.args, call.desk, _family(call)
    done = family_corrections.annul_place(desk, family, person_of(desk, args.person).uid, args.why)
    return after(desk, Done(families.get_family(desk, family), done.changes, done.findings))


def _family(call: Call) -> str:
    """The uid of the family that the command line names."""
    return families.get_family(call.desk, _key(call.desk, call.args.family)).uid


def _key(desk: Desk, key: str) -> str:
    """A family by its uid, else a person, with the names of those who fit when nobody has the key."""
    return key if desk.store.find(Family, key) else person_of(desk, key).uid


def _relation(desk: Desk, words: str) -> str:
    return desk.lists.read(kinship.RELATIONS, words) or words


def _relations(call: Call) -> dict[str, str]:
    found = {}
    for one in call.args.relation:
        key, sign, words = one.partition("=")
        if not sign:
            raise WrongUsage(N_("“{given}” is not PERSON=CODE."), given=one)
        found[person_of(call.desk, key).uid] = _relation(call.desk, words)
    return found
