"""`merge`, `separate`, `distinct`: two files of one person become one, two again, or are said to be two people."""

from __future__ import annotations

from migdesk.cli.call import Call
from migdesk.cli.keys import person_of
from migdesk.cli.output import Answer, changed, finding_lines, findings_document
from migdesk.cli.parser import Verbs, add_verb
from migdesk.domain.change import Change
from migdesk.domain.errors import NotFound, refuse_if_blocked
from migdesk.domain.person import Person
from migdesk.i18n import N_, _
from migdesk.services.desk import Desk
from migdesk.services.people import merging


def add(verbs: Verbs) -> None:
    """Add the three verbs."""
    who = _(N_("uid, IIN, document number or label"))
    needs = _(N_("Needs an office."))
    one = add_verb(verbs, "merge", _(N_("make two files of one person one")), merge, needs=needs)
    one.add_argument("keep", metavar="KEEP", help=f"{_(N_('the file that is kept'))}: {who}")
    one.add_argument("other", metavar="OTHER", help=f"{_(N_('the file that goes into it'))}: {who}")
    one.add_argument(
        "--take",
        nargs="+",
        default=[],
        choices=merging.CHOICES,
        metavar="FIELD",
        help=_(N_("fields whose value comes from OTHER")),
    )
    one.add_argument(
        "--stays-open",
        default="",
        metavar="ARRIVAL",
        help=_(N_("which open arrival stays open when both files have one: number or uid")),
    )
    one.add_argument(
        "--check", action="store_true", help=_(N_("only say what would be double; write nothing"))
    )
    two = add_verb(verbs, "separate", _(N_("make two files of a merged one again")), separate, needs=needs)
    two.add_argument("uid", metavar="UID", help=_(N_("uid of the file that went into another")))
    two.add_argument(
        "--give",
        nargs="+",
        default=[],
        metavar="UID|FIELD",
        help=_(N_("rows added and fields edited since that go back with it")),
    )
    told = add_verb(verbs, "distinct", _(N_("remember that two files are two people")), distinct, needs=needs)
    told.add_argument("one", metavar="A", help=who)
    told.add_argument("other", metavar="B", help=who)
    told.add_argument("--why", required=True, metavar="TEXT", help=_(N_("how it was found out")))


def merge(call: Call) -> Answer:
    """Make two files one; with `--check` only say what would be double afterwards.

    Raises:
        NotFound: nobody, or several, have one of the numbers.
        Refused: it is one file, or both have an IIN and these differ.
        Invalid: both files have an open arrival, and it was not said which one stays open.
    """
    desk, args = call.desk, call.args
    keep, other = person_of(desk, args.keep), person_of(desk, args.other)
    if args.check:
        found = merging.check_merge(desk, keep.uid, other.uid, args.stays_open)
        refuse_if_blocked(found)
        return Answer({"findings": findings_document(found)}, finding_lines(found))
    done = merging.merge(desk, keep.uid, other.uid, args.take, args.stays_open)
    rows = [
        (_(N_("Merged into the file of")), done.value.full_name),
        (_(N_("Rows moved")), str(_rows(done.changes.changes))),
        (_(N_("Taken apart again by")), separating(other.uid)),
    ]
    return changed(done, rows, merged=other.uid, moved=_rows(done.changes.changes))


def separating(uid: str) -> str:
    """The command that takes a merged file apart again."""
    return f"migdesk separate {uid}"


def separate(call: Call) -> Answer:
    """Make two files of a merged one again.

    Raises:
        NotFound: this file was not merged, or what is given was neither added nor edited since.
    """
    desk, args = call.desk, call.args
    fields = [one for one in args.give if one in merging.CHOICES]
    done = merging.separate(
        desk, _gone(desk, args.uid), [one for one in args.give if one not in fields], fields
    )
    rows = [
        (_(N_("A file of its own again")), done.value.full_name),
        (_(N_("Rows moved")), str(_rows(done.changes.changes))),
    ]
    return changed(done, rows, moved=_rows(done.changes.changes))


def distinct(call: Call) -> Answer:
    """Remember that two files are two people.

    Raises:
        NotFound: nobody, or several, have one of the numbers.
        Refused: it is one file.
        Invalid: the reason is empty.
    """
    desk, args = call.desk, call.args
    one, other = person_of(desk, args.one), person_of(desk, args.other)
    done = merging.say_distinct(desk, one.uid, other.uid, args.why)
    rows = [
        (_(N_("Two people")), f"{one.full_name} – {other.full_name}"),
        (_(N_("How it was found out")), done.value.why),
    ]
    return changed(done, rows)


def _gone(desk: Desk, uid: str) -> str:
    """The uid of a merged file; that of the file it is in will do when no other is in it.

    Raises:
        NotFound: several are in it; the error names them.
    """
    merged = merging.list_merged(desk, uid)
    if len(merged) > 1:
        error = NotFound(uid)
        error.hint = N_("These fit; name one by uid: {likely}.")
        named = (f"{one.gone.full_name} {one.gone.uid}" for one in merged)
        error.values = error.values | {"likely": "; ".join(named)}
        raise error
    return merged[0].gone.uid if merged else uid


def _rows(changes: tuple[Change, ...]) -> int:
    """How many rows went from one file to the other, beside the two persons themselves."""
    return sum(change.table != Person.table for change in changes)
