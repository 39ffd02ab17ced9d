"""`host`: a receiving person with its people now, before and over the years; their notices in one file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from migdesk.cli import files, host_templates
from migdesk.cli.call import Call
from migdesk.cli.key_value import key_value
from migdesk.cli.keys import party_uid
from migdesk.cli.output import (
    Answer,
    day_words,
    finding_lines,
    findings_document,
    pairs,
    record_document,
    table,
)
from migdesk.cli.parser import Parser, Verbs, WrongUsage, add_group, add_verb
from migdesk.domain.errors import NotFound
from migdesk.domain.fields import choice_label
from migdesk.domain.party import PartyRole
from migdesk.i18n import LANGUAGES, N_, _, current_language
from migdesk.services.arrivals import crowding, hosts
from migdesk.services.arrivals.hosts import Guest, HostFile
from migdesk.services.papers import printing_many

_NEEDS = N_("Needs an office.")


def add(verbs: Verbs) -> None:
    """Add the group."""
    group = add_group(verbs, "host", _(N_("receiving persons: hosts, employers, schools, hotels")))
    _of_party(
        add_verb(
            group, "show", _(N_("who is there now, was there before, year by year")), show, needs=_(_NEEDS)
        )
    )
    notices = add_verb(
        group,
        "notices",
        _(N_("the notices of all who are there now, in one PDF")),
        print_all,
        needs=_(_NEEDS),
    )
    _of_party(notices)
    notices.add_argument("--to", required=True, metavar="FILE", help=_(N_("the PDF; - is standard output")))
    notices.add_argument("--lang", dest="paper_lang", choices=LANGUAGES, help=_(N_("language of the paper")))
    limits = add_verb(
        group,
        "limits",
        _(N_("from how many people at one address the office is warned: its own choice")),
        show_limits,
        needs=_(_NEEDS),
    )
    limits.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="KIND=NUMBER",
        help=_(N_("host, employer, school, hotel, hospital or other; no number: no warning")),
    )
    host_templates.add(group)


def _of_party(verb: Parser) -> None:
    verb.add_argument("party", metavar="PARTY", help=_(N_("receiving person: uid or number")))


def show(call: Call) -> Answer:
    """Show a receiving person with its people.

    Raises:
        NotFound: no such receiving person.
    """
    file = hosts.open_host(call.desk, _uid(call))
    document = {
        "party": record_document(file.party),
        "here": [_guest(one) for one in file.here],
        "before": [_guest(one) for one in file.before],
        "counts": {"here": file.counts[0], "before": file.counts[1]},
        "years": [
            {"year": one.year, "arrived": one.arrived, "left": one.left, "at_end": one.at_end}
            for one in file.years
        ],
        "living": file.living,
        "limit": file.limit,
        "crowded": file.is_crowded,
    }
    return Answer(document, _lines(file))


def print_all(call: Call) -> Answer:
    """Number and write the notices of all who are there now.

    Raises:
        NotFound: no such receiving person.
        Refused: nobody there is complete enough.
        BadFile: the file cannot be written.
    """
    args = call.args
    with files.target(args.to, ".pdf") as path:
        lang = args.paper_lang or current_language()
        done = printing_many.print_notices(call.desk, _uid(call), path, lang)
    numbers = [one.number for one in done.value.printouts]
    document = {
        "numbers": numbers,
        "pages": done.value.pages,
        "findings": findings_document(done.findings),
    }
    rows = [(_(N_("Number")), ", ".join(numbers)), (_(N_("Number of pages")), str(done.value.pages))]
    lines = [*pairs(rows), *finding_lines(done.findings)]
    return Answer(document, iter(lines), to_stderr=args.to == files.STANDARD)


def show_limits(call: Call) -> Answer:
    """Show the office's own limits of people at one address, after setting those that are given.

    Raises:
        WrongUsage: no such kind of receiving person, or no number.
        Invalid: a limit is out of range.
    """
    given = dict(_limit(word) for word in call.args.set)
    if given:
        crowding.set_limits(call.desk, given)
    limits = {role: crowding.limit_of(call.desk, role) for role in PartyRole}
    document = {role.value: limit for role, limit in limits.items()}
    headings = [_(N_("Receiving person")), _(N_("People at one address"))]
    rows = ([choice_label(role), str(limit or "—")] for role, limit in limits.items())
    return Answer(document, table(headings, rows, right={1}))


def _limit(word: str) -> tuple[PartyRole, int | None]:
    kind, number = key_value(word)
    if kind not in set(PartyRole):
        raise WrongUsage(N_("“{given}” is none of: {known}."), given=kind, known=", ".join(PartyRole))
    if number and not number.isdecimal():
        raise WrongUsage(N_("“{given}” is not a whole number."), given=number)
    return PartyRole(kind), int(number) if number else None


def _uid(call: Call) -> str:
    uid = party_uid(call.desk, call.args.party)
    if uid is None:
        raise NotFound(call.args.party)
    return uid


def _guest(guest: Guest) -> dict[str, Any]:
    arrival, person = guest
    return {
        "person": person.uid,
        "name": person.full_name,
        "arrival": arrival.number,
        "purpose": arrival.purpose,
        "arrived_on": arrival.arrived_on,
        "left_on": arrival.left_on,
    }


def _lines(file: HostFile) -> Iterator[str]:
    here, before = file.counts
    rows = [
        (_(N_("Receiving person")), file.party.name),
        (_(N_("Here now")), str(here)),
        (_(N_("Before")), str(before)),
        (_(N_("At its address now")), str(file.living)),
    ]
    yield from pairs(rows)
    headings = [_(N_("Arrival")), _(N_("Person")), _(N_("Arrived")), _(N_("Left"))]
    guests = [
        (one.number, person.full_name, day_words(one.arrived_on), day_words(one.left_on))
        for one, person in (*file.here, *file.before)
    ]
    yield from table(headings, guests)
