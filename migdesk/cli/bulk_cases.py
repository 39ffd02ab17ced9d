"""`case open-many`: one service for many people in one act, looked at first with `--check`; their papers together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

from migdesk.cli import files, people_chosen
from migdesk.cli.call import Call
from migdesk.cli.key_value import key_value
from migdesk.cli.keys import person_of, region_code
from migdesk.cli.output import Answer, findings_document, table
from migdesk.cli.parser import Verbs, WrongUsage, add_verb, day
from migdesk.cli.steps import steps
from migdesk.domain.case import Case
from migdesk.domain.errors import Invalid, MigDeskError, refuse_if_blocked
from migdesk.domain.finding import Finding, warn
from migdesk.i18n import LANGUAGES, N_, _, current_language
from migdesk.services import bulk_cases
from migdesk.services.arrivals import companions
from migdesk.services.bulk_cases import Line, Order
from migdesk.services.desk import Desk
from migdesk.services.facts.case_answers import read_answers
from migdesk.services.workbooks import number_column

_OPEN = N_(
    "The cases are opened all the same: {n}, from {first} to {last}; no paper is printed. "
    "Print each with: migdesk form print {form} CASE --to FILE.pdf"
)
_WAYS = {
    "person": "--person",
    "book": "--each",
    "view": "--view",
    "host": "--host",
    "travelled_with": "--travelled-with",
}


def add(group: Verbs) -> None:
    """Add the verb to the group `case`."""
    made = add_verb(group, "open-many", _(N_("open a case of one service for each of many people")), run)
    option = made.add_argument
    option("service", metavar="SERVICE", help=_(N_("code of the service; see: procedures list")))
    words = N_("one of the people: uid, IIN, document number or label; may be given again")
    option("--person", action="append", metavar="PERSON", help=_(words))
    option(
        "--each", dest="book", metavar="FILE", help=_(N_("everybody named in a column of a workbook or CSV"))
    )
    option("--column", default="", metavar="NAME", help=_(N_("heading or letter of that column")))
    option("--view", metavar="NAME", help=_(N_("everybody whom a saved view of a list shows")))
    option("--host", metavar="UID|BIN", help=_(N_("everybody at a receiving person or employer")))
    words = N_("this person and all who came, crossed or lived with him; see: find --travelled-with")
    option("--travelled-with", metavar="PERSON", help=_(words))
    option("--since", type=day, metavar="DATE", help=_(N_("contacts from this day")))
    option("--until", type=day, metavar="DATE", help=_(N_("contacts up to this day")))
    option("--applied", type=day, metavar="DATE", help=_(N_("day of filing; today when left out")))
    option(
        "--region",
        default="",
        metavar="CODE",
        help=_(N_("KATO code or name; the office's region when left out")),
    )
    words = N_("an answer to a question of the service; see: procedures show")
    option("--answer", action="append", default=[], metavar="KEY=VALUE", help=_(words))
    option("--check", action="store_true", help=_(N_("only say what would happen")))
    option("--to", metavar="FILE", help=_(N_("print the papers of all into this PDF")))
    option("--folder", metavar="DIR", help=_(N_("and each paper as a file of its own into this folder")))
    option(
        "--form",
        default="",
        metavar="CODE",
        help=_(N_("which paper; the first of the service when left out")),
    )
    option("--lang", dest="paper_lang", choices=LANGUAGES, help=_(N_("language of the paper")))


def run(call: Call) -> Answer:
    """Open a case for each, or only say for whom it can be opened.

    Raises:
        WrongUsage: nobody is named, or in two ways; a folder without a file.
        Invalid: for nobody a case can be opened, or an answer cannot be read.
        Refused: the paper that is wanted needs an answer; nothing was opened.
        NotFound: no such person, view, service or form.
        BadFile: a file cannot be read or written.
    """
    args, desk = call.args, call.desk
    if args.folder and not args.to:
        raise WrongUsage(N_("{name} is given together with {other}."), name="--folder", other="--to")
    filed = args.applied or call.today
    order = Order(
        Case(service=args.service, applied_on=filed, region=region_code(desk, args.region)),
        _answers(call, filed),
    )
    form = _form(call, filed) if args.to else ""
    if form and not args.check:
        bulk_cases.refuse_targets(None if args.to == files.STANDARD else Path(args.to), _folder(call))
        bulk_cases.refuse_unprintable(desk, order, form)
    persons, unknown = _persons(call)
    with steps(_(N_("Looking"))) as progress:
        lines = bulk_cases.plan(desk, order, persons, progress)
    good = [one for one in lines if not one.refused]
    document: dict[str, Any] = {
        "people": [_document(one) for one in lines],
        "unknown": findings_document(unknown),
        "refused": len(lines) - len(good),
        "opened": 0,
    }
    if args.check:
        document["would_open"] = len(good)
        return Answer(document, _lines(lines), ok=bool(good))
    done = bulk_cases.apply(desk, order, lines)
    document |= {"opened": len(done.value), "cases": [one.number for one in done.value]}
    told = [_(N_("Cases opened: {n}.")).format(n=len(done.value))]
    if args.to:
        document |= _print(call, done.value, form)
    return Answer(document, chain(_lines(lines), told), to_stderr=args.to == files.STANDARD)


def _folder(call: Call) -> Path | None:
    return Path(call.args.folder) if call.args.folder else None


def _print(call: Call, made: Sequence[Case], form: str) -> dict[str, Any]:
    """Print the papers; when that fails, say that the cases are open all the same, and how to print them."""
    lang = call.args.paper_lang or current_language()
    try:
        with files.target(call.args.to, ".pdf") as path:
            printed = bulk_cases.print_all(call.desk, made, form, path, folder=_folder(call), lang=lang)
    except MigDeskError as error:
        values = {"n": len(made), "first": made[0].number, "last": made[-1].number, "form": form}
        error.hint, error.values = _OPEN, {**error.values, **values}
        if isinstance(error, Invalid):
            error.findings = (*error.findings, warn("opened", _OPEN, None, **values))
        raise
    return {
        "pages": printed.value.pages,
        "numbers": [one.number for one in printed.value.printouts],
        "findings": findings_document(printed.findings),
    }


def _answers(call: Call, filed: date) -> dict[str, Any]:
    given = dict(key_value(word) for word in call.args.answer)
    values, findings = read_answers(call.desk, call.desk.get_procedure(call.args.service, filed), given)
    refuse_if_blocked(findings)
    return values


def _form(call: Call, filed: date) -> str:
    """The paper that is printed; said before anything is written."""
    forms = call.desk.get_procedure(call.args.service, filed).forms
    if not forms or (call.args.form and call.args.form not in forms):
        known = ", ".join(forms) or "—"
        raise WrongUsage(N_("“{given}” is none of: {known}."), given=call.args.form, known=known)
    return str(call.args.form or forms[0])


def _persons(call: Call) -> tuple[list[str], list[Finding]]:
    desk, args = call.desk, call.args
    given = [name for name in _WAYS if getattr(args, name) is not None]
    if len(given) != 1:
        raise WrongUsage(N_("Give one of: {names}."), names=", ".join(_WAYS.values()))
    if args.book is not None:
        with files.source(args.book) as path:
            cells = number_column.read_column(desk, path, args.column)
        found = number_column.find_people(desk, [one.text for one in cells])
        return [one for one in found if isinstance(one, str)], [
            one for one in found if not isinstance(one, str)
        ]
    return _named(desk, call), []


def _named(desk: Desk, call: Call) -> list[str]:
    args = call.args
    if args.person is not None:
        return [person_of(desk, key).uid for key in args.person]
    if args.travelled_with is not None:
        person = person_of(desk, args.travelled_with).uid
        found = companions.of_person(desk, person, args.since, args.until)
        return [person, *companions.people_of(found)]
    if args.host is not None:
        return people_chosen.at_host(desk, args.host, call.today)
    return people_chosen.of_view(desk, args.view)


def _document(one: Line) -> dict[str, Any]:
    return {
        "uid": one.person.uid,
        "name": one.person.full_name,
        "refused": one.refused,
        "findings": findings_document(one.findings),
    }


def _lines(lines: Sequence[Line]) -> Iterator[str]:
    headings = [_(N_("Person")), _(N_("Case")), _(N_("Remarks"))]
    rows = (
        [one.person.full_name, _(N_("no case")) if one.refused else _(N_("will be opened")), one.words]
        for one in lines
    )
    return table(headings, rows)
