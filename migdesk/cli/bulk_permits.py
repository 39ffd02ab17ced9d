"""`permit extend` of many: those of a view or named in a column of a workbook, looked at first with `--check`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

from migdesk.cli import files
from migdesk.cli.call import Call
from migdesk.cli.keys import permit_uid
from migdesk.cli.output import Answer, day_words, findings_document, table
from migdesk.cli.parser import WrongUsage, day
from migdesk.cli.steps import steps
from migdesk.i18n import N_, _
from migdesk.services import views
from migdesk.services.desk import Desk
from migdesk.services.permits import bulk_extension
from migdesk.services.permits.bulk_extension import How, Line, Named
from migdesk.services.workbooks import number_column

_LIST = "permits"


def add_options(option: Any) -> None:
    """What `permit extend` takes beside one permit and its day."""
    option("permit", nargs="?", metavar="PERMIT", help=_(N_("number or uid of the permit")))
    option("--until", type=day, metavar="DATE", help=_(N_("new last day")))
    option("--by-term", action="store_true", help=_(N_("each by the term of its kind")))
    words = N_("permits, or people with one permit, named in a column of a workbook or CSV")
    option("--each", dest="book", metavar="FILE", help=_(words))
    option("--column", default="", metavar="NAME", help=_(N_("heading or letter of that column")))
    option("--view", metavar="NAME", help=_(N_("the permits that a saved view shows")))
    option("--check", action="store_true", help=_(N_("only say what would happen")))
    option("--without-dependants", action="store_true", help=_(N_("of many: dependants do not follow")))


def is_bulk(call: Call) -> bool:
    """Whether more is asked for than one permit to one day.

    Raises:
        WrongUsage: no permit, no day, or both of what excludes the other.
    """
    args = call.args
    given = [args.permit is not None, args.book is not None, args.view is not None]
    if sum(given) != 1:
        raise WrongUsage(N_("Give one of: {names}."), names="PERMIT, --each, --view")
    if (args.until is not None) is args.by_term:
        raise WrongUsage(N_("Give one of: {names}."), names="--until, --by-term")
    bulk = args.permit is None or args.by_term or args.check or args.without_dependants
    if bulk and args.with_dependants is not None:
        text = N_("{name} cannot be given together with {other}.")
        raise WrongUsage(text, name="--with-dependants", other="--each, --view, --by-term, --check")
    return bool(bulk)


def extend_many(call: Call) -> Answer:
    """Extend many permits in one op, or only say what would happen to each.

    Raises:
        Invalid: none of them can be extended.
        NotFound: no such permit or view.
        BadFile: the workbook cannot be read, or has no such column.
    """
    desk, args = call.desk, call.args
    how = How(args.until, follow=not args.without_dependants)
    with steps(_(N_("Looking"))) as progress:
        lines = bulk_extension.plan(desk, _named(call), how, progress)
    document: dict[str, object] = {
        "permits": [_line_document(one) for one in lines],
        "extended": 0,
        "refused": sum(one.refused for one in lines),
    }
    if args.check:
        document["would_extend"] = sum(not one.refused for one in lines)
        return Answer(document, _lines(desk, lines), ok=any(not one.refused for one in lines))
    done = bulk_extension.apply(desk, lines)
    made = {one.extends: one for one in done.value}
    for one, shown in zip(lines, document["permits"], strict=True):  # type: ignore[call-overload]
        new = made.get(one.permit.uid) if one.permit else None
        shown["new"] = new.number if new else None
    document["extended"] = len(done.value)
    told = _(N_("Permits extended: {n}.")).format(n=len(done.value))
    return Answer(document, chain(_lines(desk, lines), [told]))


def _named(call: Call) -> list[Named]:
    desk, args = call.desk, call.args
    if args.permit is not None:
        return [Named(permit_uid(desk, args.permit))]
    if args.book is not None:
        with files.source(args.book) as path:
            column = number_column.read_column(desk, path, args.column, of_permits=True)
        return bulk_extension.by_numbers(desk, column)
    view = views.find_seen(desk, args.view)
    if view.of_list != _LIST:
        raise WrongUsage(N_("This is no view of the list of permits: {name}."), name=view.name)
    return bulk_extension.in_list(desk, views.read(view).query(_LIST))


def _line_document(one: Line) -> dict[str, Any]:
    permit, person = one.permit, one.person
    return {
        "asked": one.asked or None,
        "cell": one.place or None,
        "permit": permit.number if permit else None,
        "uid": permit.uid if permit else None,
        "person": person.full_name if person else None,
        "kind": permit.kind if permit else None,
        "ends": permit.valid_until if permit else None,
        "until": None if one.refused else one.until,
        "follows": one.follows or None,
        "refused": one.refused,
        "findings": findings_document(one.findings),
    }


def _lines(desk: Desk, lines: Sequence[Line]) -> Iterator[str]:
    headings = [
        _(N_("Permit")),
        _(N_("Person")),
        _(N_("Kind")),
        _(N_("Ends")),
        _(N_("New end")),
        _(N_("Remarks")),
    ]
    rows = []
    for one in lines:
        permit, person = one.permit, one.person
        until = _(N_("not extended")) if one.refused else day_words(one.until)
        if permit and person:
            kind = desk.lists.label("permit_kinds", permit.kind)
            rows.append(
                [permit.number, person.full_name, kind, day_words(permit.valid_until), until, one.words]
            )
        else:
            rows.append([one.asked, "", "", "", until, one.words])
    return table(headings, rows)
