"""`stoplist`: lists of other bodies taken in from files, and people checked against them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from migdesk.cli import files
from migdesk.cli.call import Call
from migdesk.cli.keys import person_of
from migdesk.cli.output import (
    Answer,
    changed,
    day_words,
    finding_lines,
    findings_document,
    pairs,
    record_document,
    table,
    yes_no,
)
from migdesk.cli.parser import Verbs, add_group, add_verb, count, day
from migdesk.cli.steps import steps
from migdesk.domain.errors import Invalid, NotFound, refuse_if_blocked
from migdesk.domain.finding import block
from migdesk.domain.person import Person
from migdesk.domain.stoplist import StopList
from migdesk.i18n import N_, _
from migdesk.services.desk import Desk
from migdesk.services.stoplists import stop_checks, stop_taking, stoplists
from migdesk.services.stoplists.stop_checks import StopMatch
from migdesk.services.stoplists.stop_taking import StopPreview

_PERSON = N_("uid, IIN, document number or label")
_WHICH = N_("uid of the edition, or name of the list")


def add(verbs: Verbs) -> None:
    """Add the group."""
    group = add_group(verbs, "stoplist", _(N_("lists of other bodies, and who may be on them")))
    taken = add_verb(group, "take", _(N_("take an edition of a list in from a file")), take)
    taken.add_argument("file", metavar="FILE", help=_(N_("xlsx, ods, xls or csv")))
    taken.add_argument("--name", required=True, metavar="TEXT", help=_(N_("name of the list")))
    taken.add_argument("--source", required=True, metavar="TEXT", help=_(N_("the body that gave it")))
    taken.add_argument("--of", required=True, type=day, metavar="DATE", help=_(N_("the day the list is of")))
    words = N_("days after which it is out of date; the office's number when left out")
    taken.add_argument("--stale-after", type=count, metavar="N", help=_(words))
    taken.add_argument("--dry-run", action="store_true", help=_(N_("only say what would happen")))
    add_verb(group, "list", _(N_("all editions, and by which people are checked")), list_editions)
    asked = add_verb(group, "check", _(N_("who of the lists in force may be a person, and why")), check)
    asked.add_argument("person", metavar="PERSON", help=_(_PERSON))
    gone = add_verb(group, "drop", _(N_("take an edition out of account")), drop)
    gone.add_argument("list", metavar="LIST", help=_(_WHICH))
    gone.add_argument("--why", required=True, metavar="TEXT", help=_(N_("reason")))
    _add_judge(group)


def _add_judge(group: Verbs) -> None:
    told = add_verb(group, "judge", _(N_("remember that a person is not the one of a list")), judge)
    told.add_argument("person", metavar="PERSON", help=_(_PERSON))
    words = N_("uid of the entry, as check gives it; the only one when left out")
    told.add_argument("entry", metavar="ENTRY", nargs="?", default="", help=_(words))
    how = told.add_mutually_exclusive_group(required=True)
    how.add_argument("--why", metavar="TEXT", help=_(N_("how it was found out")))
    how.add_argument("--again", action="store_true", help=_(N_("take that back: the match is told again")))


def take(call: Call) -> Answer:
    """Look at a file, and take it in unless only a look was wanted.

    Raises:
        BadFile: the file cannot be read, or nobody is in it; names sheet and cell.
        Invalid: name, source or day is missing or wrong, or this very file was taken in already.
    """
    args, desk = call.args, call.desk
    given = StopList(name=args.name, source=args.source, listed_on=args.of, stale_after=args.stale_after)
    with files.source(args.file) as path, steps(_(N_("Reading"))) as progress:
        plan = stop_taking.preview(desk, path, progress=progress)
        findings = stop_taking.check_edition(desk, plan, given)
        refuse_if_blocked(findings)
        made = None if args.dry_run else stop_taking.take(desk, plan, given, progress=progress).value
    document = _read_document(plan) | {
        "list": _document(desk, made) if made else None,
        "findings": findings_document(findings),
    }
    return Answer(document, [*_read_lines(plan, made), *finding_lines(findings)])


def _read_document(plan: StopPreview) -> dict[str, object]:
    keys = ("column", "header", "field")
    return {
        "people": len(plan.rows),
        "refused": plan.refused,
        "columns": [dict(zip(keys, one, strict=True)) for one in plan.columns],
        "problems": [one.as_json() for one in plan.problems],
    }


def _read_lines(plan: StopPreview, made: StopList | None) -> Iterator[str]:
    counts = [
        (_(N_("People on it")), str(len(plan.rows))),
        (_(N_("Rows not taken")), str(plan.refused)),
    ]
    yield from pairs([*counts, ("uid", made.uid)] if made else counts)
    yield from table([_(N_("Column")), _(N_("Header")), _(N_("Read as"))], plan.columns)
    if plan.problems:
        rows = ((one.sheet, one.cell, one.words()) for one in plan.problems)
        yield from table([_(N_("Sheet")), _(N_("Cell")), _(N_("Problem"))], rows)


def _document(desk: Desk, one: StopList) -> dict[str, object]:
    in_force = one.uid in {known.uid for known in stoplists.in_force(desk)}
    more = {"fresh_until": one.fresh_until, "in_force": in_force, "stale": one.is_stale(desk.today)}
    return record_document(one) | more


def list_editions(call: Call) -> Answer:
    """All editions, list by list."""
    desk = call.desk
    found = stoplists.editions(desk)
    headings = [
        *(_(N_("Name of the list")), _(N_("Who gave it")), _(N_("List of")), _(N_("Taken in on"))),
        *(_(N_("People on it")), _(N_("Checked by")), _(N_("Fresh until")), "uid"),
    ]
    rows = (
        [
            *(of.name, of.source, day_words(of.listed_on), day_words(of.taken_on), of.people),
            *(yes_no(one.in_force), day_words(of.fresh_until) if one.in_force else "—", of.uid),
        ]
        for one in found
        for of in [one.stop_list]
    )
    documents = [_document(desk, one.stop_list) for one in found]
    return Answer(documents, [*table(headings, rows, right={4}), *finding_lines(stoplists.stale(desk))])


def check(call: Call) -> Answer:
    """Who of the lists in force may be a person, with the reasons; what was judged is told too.

    Raises:
        NotFound: nobody, or several, have the number.
    """
    desk, person = call.desk, person_of(call.desk, call.args.person)
    found, old = stop_checks.matches(desk, person), stoplists.stale(desk)
    document = {
        "person": person.uid,
        "lists": [_document(desk, one) for one in stoplists.in_force(desk)],
        "matches": [_match_document(one) for one in found],
        "findings": findings_document(old),
    }
    return Answer(document, [*_match_lines(found), *finding_lines(old)])


def _match_document(one: StopMatch) -> dict[str, Any]:
    said = one.judged
    judged = {"why": said.why, "operator": said.operator, "at": said.at} if said else None
    of = one.stop_list
    return {
        "list": of.name,
        "source": of.source,
        "listed_on": of.listed_on,
        "entry": record_document(one.row),
        **one.match.as_json(),
        "judged": judged,
    }


def _match_lines(found: list[StopMatch]) -> Iterator[str]:
    if not found:
        yield _(N_("On no list in force."))
    for one in found:
        of, row = one.stop_list, one.row
        rows = [
            (_(N_("External list")), f"{of.name}, {of.source}, {day_words(of.listed_on)}"),
            (_(N_("Name as in the list")), "; ".join(part for part in (row.name, row.other_names) if part)),
            (_(N_("Date of birth")), row.birth_date.show() if row.birth_date else "—"),
            (_(N_("Citizenship")), row.citizenship or "—"),
            (_(N_("Document number")), row.document or "—"),
            (_(N_("Reason as in the list")), row.reason or "—"),
            (_(N_("Why")), f"{one.match.score}: {'; '.join(one.match.reasons)}"),
            ("uid", row.uid),
        ]
        if one.judged:
            said = f"{one.judged.why} ({one.judged.operator}, {one.judged.at})"
            rows.insert(0, (_(N_("Not the same person")), said))
        yield from pairs(rows)
        yield ""


def drop(call: Call) -> Answer:
    """Take an edition out of account.

    Raises:
        NotFound: no such edition.
        Invalid: no reason is given.
    """
    desk = call.desk
    done = stoplists.drop(desk, call.args.list, call.args.why)
    rows = [
        (_(N_("External list")), f"{done.value.name}, {day_words(done.value.listed_on)}"),
        (_(N_("Reason")), done.value.annulled_why),
    ]
    return changed(done, rows)


def judge(call: Call) -> Answer:
    """Remember that a person is not the one of an entry, or take that back.

    Raises:
        NotFound: no such person or entry, or several entries and none is named.
        Invalid: no reason is given.
    """
    args, desk = call.args, call.desk
    person = person_of(desk, args.person)
    entry = args.entry or _only_entry(desk, person, again=args.again)
    if args.again:
        done = stop_checks.judge_again(desk, person, entry)
    else:
        done = stop_checks.judge(desk, person, entry, args.why)
    rows = [
        (_(N_("Person")), person.full_name),
        (_(N_("External list")), done.value.of_list),
        (_(N_("How it was found out")), done.value.why),
    ]
    return changed(done, rows)


def _only_entry(desk: Desk, person: Person, *, again: bool) -> str:
    found = [one.row.uid for one in stop_checks.matches(desk, person) if (one.judged is not None) is again]
    if not found:
        raise NotFound("ENTRY")
    if len(found) > 1:
        message = N_("Say which entry is meant: {entries}.")
        raise Invalid([block("stoplist.which", message, "entry", entries=", ".join(found))])
    return found[0]
