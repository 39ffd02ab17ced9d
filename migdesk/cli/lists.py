"""`import`, `export`: workbooks and lists in and out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from migdesk.cli import files
from migdesk.cli.call import Call
from migdesk.cli.output import Answer, pairs, table
from migdesk.cli.parser import Verbs, WrongUsage, add_verb
from migdesk.cli.steps import steps
from migdesk.domain.fields import Code, Day, Moment, PartialDay, Unreadable
from migdesk.domain.listing import Column, Condition, Filter, Group, Query, Test
from migdesk.domain.relative_days import day_of, span_of
from migdesk.i18n import N_, _
from migdesk.services import listing, views
from migdesk.services.desk import Desk
from migdesk.services.workbooks import exporting, importing
from migdesk.services.workbooks.workbooks import Answers

FORMATS = (".xlsx", ".csv", ".json")
COUNTS = ("read", "added", "changed", "unchanged", "skipped", "failed")
_FILTER = re.compile(r"(?P<key>[a-z_]+)(?P<sign>>=|<=|!=|!~|=|~)(?P<value>.*)", re.DOTALL)
_SIGNS = {"=": Test.IS, ">=": Test.FROM, "<=": Test.UNTIL, "~": Test.CONTAINS}


def add(verbs: Verbs) -> None:
    """Add both verbs."""
    needs = _(N_("Needs an office."))
    taken = add_verb(verbs, "import", _(N_("take a workbook in")), take, needs=needs)
    taken.add_argument("file", metavar="FILE", help=_(N_("xlsx, ods, xls or csv")))
    taken.add_argument(
        "--as", dest="as_", metavar="SHEETSPEC", help=_(N_("what it is, when that is not recognised"))
    )
    taken.add_argument(
        "--moves", action="store_true", help=_(N_("who is registered elsewhere has moved: that arrival ends"))
    )
    taken.add_argument("--dry-run", action="store_true", help=_(N_("only say what would happen")))
    taken.add_argument(
        "--marked",
        metavar="FILE",
        help=_(N_("write the workbook back with every problem coloured and explained")),
    )
    empty = add_verb(
        verbs, "template", _(N_("write our own empty workbook to be filled")), template, needs=needs
    )
    empty.add_argument("file", metavar="FILE", help=_(N_("name ending in .xlsx")))
    empty.add_argument(
        "--as", dest="as_", metavar="SHEETSPEC", help=_(N_("which workbook; arrivals when left out"))
    )
    empty.add_argument(
        "--purpose",
        default="",
        metavar="CODE",
        help=_(N_("only the details of this purpose of arrival; those of all when left out")),
    )
    given = add_verb(verbs, "export", _(N_("write a list into a file")), give, needs=needs)
    given.add_argument("what", metavar="WHAT", help=", ".join(listing.NAMES))
    given.add_argument(
        "--to", required=True, metavar="FILE", help=_(N_("name ending in .xlsx, .csv or .json"))
    )
    given.add_argument(
        "--filter",
        action="append",
        default=[],
        metavar="KEY=VALUE",
        help=_(N_("condition on a column: = != >= <= ~ or !~ for a part; may be given again")),
    )
    given.add_argument(
        "--any",
        action="append",
        nargs="+",
        default=[],
        metavar="KEY=VALUE",
        help=_(N_("conditions of which one suffices; may be given again")),
    )
    given.add_argument(
        "--columns", default="", metavar="KEY,KEY", help=_(N_("only these columns, in this order"))
    )
    given.add_argument("--view", metavar="NAME", help=_(N_("what a saved view of this list shows")))
    given.add_argument(
        "--words", default="", metavar="TEXT", help=_(N_("only what the search box would find"))
    )
    given.add_argument(
        "--order", default="", metavar="KEY", help=_(N_("column to sort by; --order=-KEY from the end"))
    )
    given.add_argument(
        "--details", action="store_true", help=_(N_("with the details of purposes as columns, of arrivals"))
    )


def take(call: Call) -> Answer:
    """Look at a workbook, and take it in unless only a look was wanted.

    Raises:
        BadFile: the workbook cannot be read; names sheet and cell.
        Invalid: nothing in it is recognised.
        WrongUsage: no such workbook, or one that is only given out yet.
    """
    args, desk = call.args, call.desk
    kind = _kind(args.as_)
    if kind != importing.SPEC:
        raise WrongUsage(
            N_("Workbooks of “{kind}” cannot be taken in yet; those of arrivals can."), kind=kind
        )
    with files.source(args.file) as path, steps(_(N_("Reading"))) as progress:
        if args.marked:
            importing.refuse_own_name(path, Path(args.marked))
        answers = Answers(moves=args.moves)
        plan = importing.preview(desk, path, spec=kind, answers=answers, progress=progress)
        if args.marked:
            with files.target(args.marked, ".xlsx") as marked:
                importing.save_marked(plan, marked)
        batch = None if args.dry_run else importing.apply(desk, plan, progress=progress).value
    document = plan.as_json(batch)
    return Answer(document, _taken_lines(document), to_stderr=args.marked == files.STANDARD)


def _kind(asked: str | None) -> str:
    """The code of a workbook that can be taken in."""
    kind = asked or importing.SPEC
    if kind != importing.SPEC:
        raise WrongUsage(N_("“{given}” is none of: {known}."), given=kind, known=importing.SPEC)
    return kind


def template(call: Call) -> Answer:
    """Our own empty workbook.

    Raises:
        WrongUsage: no such workbook or format.
        BadFile: the file cannot be written.
    """
    place = call.args.file
    suffix = file_format(place, (".xlsx",), ".xlsx")
    with files.target(place, suffix) as path:
        importing.save_template(call.desk, path, spec=_kind(call.args.as_), purpose=call.args.purpose)
    words = _(N_("Written: {file}")).format(file=files.name_of(place))
    return Answer({"file": place}, [words], to_stderr=place == files.STANDARD)


def _taken_lines(document: dict[str, Any]) -> Iterator[str]:
    words = {
        "read": N_("Rows read"),
        "added": N_("Added"),
        "changed": N_("Changed"),
        "unchanged": N_("Unchanged"),
        "skipped": N_("Skipped"),
        "failed": N_("Not taken"),
    }
    yield from pairs((_(words[name]), str(document[name])) for name in COUNTS)
    if document["problems"]:
        headings = [_(N_("Sheet")), _(N_("Cell")), _(N_("Problem"))]
        rows = ([one["sheet"], one["cell"], one["text"]] for one in document["problems"])
        yield from table(headings, rows)


def give(call: Call) -> Answer:
    """Write a list.

    Raises:
        WrongUsage: no such list, column or format.
        BadFile: the file cannot be written.
    """
    args = call.args
    if args.what not in listing.NAMES:
        raise WrongUsage(
            N_("“{given}” is none of: {known}."), given=args.what, known=", ".join(listing.NAMES)
        )
    suffix = file_format(args.to, FORMATS, ".json" if args.json else ".csv")
    desk = call.desk
    with files.target(args.to, suffix) as path, steps(_(N_("Writing"))) as progress:
        rows = exporting.export_list(desk, _query(call), path, progress=progress)
    return Answer(
        {"rows": rows}, [_(N_("Rows written: {n}")).format(n=rows)], to_stderr=args.to == files.STANDARD
    )


def _query(call: Call) -> Query:
    """What is asked of a list: a saved view, narrowed by the conditions given.

    Raises:
        NotFound: nobody kept such a view.
        WrongUsage: a condition that cannot be read.
    """
    args, desk = call.args, call.desk
    name = args.what
    kept = views.read(views.get_view(desk, name, args.view)) if args.view else views.Asked()
    conditions: list[Condition] = [*kept.whole, *read_filters(desk, name, args.filter)]
    conditions += [Group(read_filters(desk, name, words), either=True) for words in args.any]
    if args.words and not listing.has_words(name):
        raise WrongUsage(N_("“{what}” has no search by words; use --filter instead."), what=name)
    words = " ".join(part for part in (kept.words, args.words) if part)
    order = _order(name, args.order) or kept.order
    columns = _columns(name, args.columns)
    return Query(name, tuple(conditions), words, order, detailed=args.details, columns=columns)


def _columns(name: str, words: str) -> tuple[str, ...]:
    known = [column.key for column in listing.columns_of(name)]
    wanted = tuple(part.strip() for part in words.split(",") if part.strip())
    for key in wanted:
        if wanted.count(key) > 1:
            raise WrongUsage(N_("The column “{given}” is named twice."), given=key)
        if key not in known:
            raise WrongUsage(N_("“{given}” is none of: {known}."), given=key, known=", ".join(known))
    return wanted


def file_format(place: str, known: tuple[str, ...], standard: str) -> str:
    """The format that a file's name asks for; of standard output the given one.

    Raises:
        WrongUsage: the name ends in something else.
    """
    if place == files.STANDARD:
        return standard
    suffix = Path(place).suffix.lower()
    if suffix not in known:
        raise WrongUsage(N_("The name must end in one of: {known}."), known=", ".join(known))
    return suffix


def _order(name: str, order: str) -> str:
    keys = [column.key for column in listing.columns_of(name) if column.sortable]
    if order and order.removeprefix("-") not in keys:
        raise WrongUsage(N_("“{given}” is none of: {known}."), given=order, known=", ".join(keys))
    return order


def read_filters(desk: Desk, name: str, words: list[str]) -> tuple[Filter, ...]:
    """Conditions as they stand on the command line, their values as the store keeps them.

    Raises:
        WrongUsage: no condition, no such column, or a value its field cannot take.
    """
    columns = {column.key: column for column in listing.columns_of(name)}
    return tuple(_filter(desk, columns, word) for word in words)


def _filter(desk: Desk, columns: dict[str, Column], word: str) -> Filter:
    found = _FILTER.fullmatch(word)
    if not found:
        raise WrongUsage(
            N_("“{given}” is no condition such as state=open or arrived_on>=2026-01-01."), given=word
        )
    key, sign, value = found["key"], found["sign"], found["value"].strip()
    if key not in columns:
        raise WrongUsage(N_("“{given}” is none of: {known}."), given=key, known=", ".join(columns))
    if not value and sign in ("=", "!="):
        return Filter(key, Test.EMPTY if sign == "=" else Test.FILLED)
    if not value:
        raise WrongUsage(
            N_("“{given}” is no condition such as state=open or arrived_on>=2026-01-01."), given=word
        )
    negated = sign.startswith("!")
    if sign.endswith("~"):
        return Filter(key, Test.CONTAINS, value, negated)
    if isinstance(columns[key].field, Day | PartialDay | Moment) and span_of(value, desk.today):
        return _by_days(key, sign, value, desk.today)
    parts = [value] if sign in (">=", "<=") else value.split(",")
    values = tuple(_value(desk, columns[key], one.strip()) for one in parts)
    if len(values) > 1:
        return Filter(key, Test.IN, values, negated)
    return Filter(key, _SIGNS[sign.removeprefix("!")], values[0], negated)


def _by_days(key: str, sign: str, words: str, today: date) -> Filter:
    """A day or a span said from today: `today-7`, `last 7 days`, `this month`."""
    if sign in ("=", "!="):
        return Filter(key, Test.WITHIN, words, sign == "!=")
    if day_of(words, today) is None:
        raise WrongUsage(N_("“{given}” is more than one day: ask for it with = alone."), given=words)
    return Filter(key, _SIGNS[sign], words)


def _value(desk: Desk, column: Column, words: str) -> Any:
    field = column.field
    if isinstance(field, Code):
        return desk.lists.read(field.list, words) or words
    try:
        return field.to_sql(field.read(words, today=desk.today))
    except Unreadable as problem:
        raise WrongUsage("{key}: {reason}", key=column.key, reason=problem.words()) from None
