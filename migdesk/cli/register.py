"""`register`, `depart`: one arrival, of one person or a whole family, from a JSON document; and its end."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from migdesk.cli import document_keys, files, groups, host_templates
from migdesk.cli.call import Call
from migdesk.cli.events import add_source, source_of
from migdesk.cli.intake import Intake
from migdesk.cli.keys import person_of
from migdesk.cli.member_keys import add_earlier, earlier_of
from migdesk.cli.output import Answer, changed, finding_lines, findings_document, pairs
from migdesk.cli.parser import Verbs, WrongUsage, add_verb, day
from migdesk.cli.people import term_document, term_lines
from migdesk.cli.written import as_given, place_in
from migdesk.domain.arrival import Departure, DepartureKind
from migdesk.domain.change import Done
from migdesk.domain.errors import BadFile, Invalid, refuse_if_blocked
from migdesk.domain.finding import Finding, blocking
from migdesk.domain.terms import OpenTerm
from migdesk.i18n import N_, _
from migdesk.services.arrivals import arrival_templates, arrivals, departures
from migdesk.services.arrivals.arrivals import ArrivalDraft, Registered
from migdesk.services.desk import Desk
from migdesk.services.people import people


def add(verbs: Verbs) -> None:
    """Add both verbs."""
    made = add_verb(
        verbs,
        "register",
        _(N_("register an arrival from a JSON document")),
        register,
        needs=_(
            N_(
                "Needs an office. Keys: person, documents, members, party, address, arrival, stay; see --keys."
            )
        ),
    )
    made.add_argument("file", nargs="?", metavar="FILE", help=_(N_("the document; - is standard input")))
    made.add_argument("--keys", action="store_true", help=_(N_("list every key that a document may have")))
    made.add_argument(
        "--group", action="store_true", help=_(N_("many people with one arrival: rows, and what they share"))
    )
    made.add_argument(
        "--apart", action="store_true", help=_(N_("who looks like a file of the register is another person"))
    )
    made.add_argument(
        "--template",
        metavar="TEMPLATE",
        help=_(N_("fill what the document leaves out from a template: its uid, see host templates")),
    )
    add_earlier(made)
    left = add_verb(
        verbs, "depart", _(N_("record that a person left")), depart, needs=_(N_("Needs an office."))
    )
    left.add_argument("person", metavar="PERSON", help=_(N_("uid, IIN, document number or label")))
    left.add_argument("--left", type=day, metavar="DATE", help=_(N_("day of departure; today when left out")))
    kinds = [kind.value for kind in DepartureKind]
    left.add_argument(
        "--kind", choices=kinds, default=kinds[0], help=_(N_("from the address, or the country"))
    )
    left.add_argument("--to-country", default="", metavar="CODE", help=_(N_("country: code or name")))
    left.add_argument("--border-point", default="", metavar="TEXT", help=_(N_("border point")))
    left.add_argument("--check", action="store_true", help=_(N_("only say what it would end; write nothing")))
    add_source(left)


def register(call: Call) -> Answer:
    """Register what a document says, or say everything that is wrong with it.

    Raises:
        WrongUsage: no file is named, or a template for a group.
        NotFound: no such template.
        BadFile: no JSON, or a key holds another kind of thing than it should.
        Invalid: what is wrong, key by key; nothing was written.
    """
    if call.args.keys:
        return document_keys.listed()
    if call.args.file is None:
        raise WrongUsage(N_("Name a file, or - for standard input."))
    source, desk, earlier = call.args.file, call.desk, earlier_of(call.args)
    raw = files.read_json(source)
    if call.args.group and call.args.template:
        raise WrongUsage(N_("A template fills one arrival: leave out --group or --template."))
    if call.args.group:
        return groups.register_group(call, raw)
    if not isinstance(raw, dict):
        raise BadFile(files.name_of(source), "", N_("An object of names and values is expected."))
    if call.args.template:
        raw = host_templates.filled(arrival_templates.get_template(desk, call.args.template), raw)
    intake = Intake(desk, files.name_of(source), apart=call.args.apart, earlier=earlier)
    try:
        draft = intake.draft(raw)
    except BadFile as error:
        error.place = place_in(raw, error.place)
        raise
    if blocking(intake.findings):
        raise Invalid(as_given(_all_findings(desk, draft, intake.findings), raw))
    try:
        done = arrivals.register_arrival(desk, draft)
    except Invalid as refusal:
        raise type(refusal)(as_given([*intake.findings, *refusal.findings], raw)) from None
    findings = as_given([*intake.findings, *done.findings], raw)
    terms = [term for person in done.value.people for term in people.open_file(desk, person.uid).terms]
    document = _document(desk, done, terms) | {"findings": findings_document(findings)}
    return Answer(document, _lines(done, findings, terms))


def _all_findings(desk: Desk, draft: ArrivalDraft, unreadable: list[Finding]) -> list[Finding]:
    """What could not be read, and what is wrong with the rest."""
    told = {one.field for one in blocking(unreadable)}
    more = arrivals.check_draft(desk, draft, duplicates=False)
    return [*unreadable, *(one for one in more if one.field not in told)]


def _document(desk: Desk, done: Done[Registered], terms: list[OpenTerm]) -> dict[str, Any]:
    made = done.value
    return {
        "uid": made.people[0].uid,
        "number": made.arrivals[0].number,
        "deadlines": [term_document(desk, term) for term in terms],
        "arrivals": [
            {"uid": arrival.uid, "number": arrival.number, "person": person.uid, "name": person.full_name}
            for arrival, person in zip(made.arrivals, made.people, strict=True)
        ],
        "family": made.family.uid if made.family else None,
    }


def _lines(done: Done[Registered], findings: list[Finding], terms: list[OpenTerm]) -> Iterator[str]:
    made = done.value
    for arrival, person in zip(made.arrivals, made.people, strict=True):
        yield from pairs(
            [(_(N_("Registered")), f"{arrival.number}  {person.full_name}"), ("uid", person.uid)]
        )
    if terms:
        yield _(N_("Deadlines:"))
        yield from term_lines(terms)
    yield from finding_lines(findings)


def depart(call: Call) -> Answer:
    """Record a departure; it closes the arrival that is still open, and says what else it ends.

    With `--check` it only says so.

    Raises:
        Invalid: the day contradicts, or the country is none.
        NotFound: no such person.
    """
    args, desk = call.args, call.desk
    person = person_of(desk, args.person)
    left = args.left or call.today
    here = [one for one in people.open_file(desk, person.uid).arrivals if one.left_on is None]
    # a departure entered late ends the arrival before it, not one after a return
    before = [one for one in here if one.arrived_on is None or one.arrived_on <= left]
    arrival = next(iter([*before, *here]), None)
    departure = Departure(
        person=person.uid,
        arrival=arrival.uid if arrival else None,
        kind=DepartureKind(args.kind),
        left_on=left,
        to_country=desk.lists.read("countries", args.to_country) or args.to_country,
        border_point=args.border_point,
        source=source_of(call),
    )
    if args.check:
        return _checked(departures.check_departure(desk, departure))
    done = departures.register_departure(desk, departure)
    closed = arrival.number if arrival else "—"
    rows = [(_(N_("Departure")), done.value.number), (_(N_("Arrival closed")), closed)]
    return changed(done, rows)


def _checked(findings: list[Finding]) -> Answer:
    refuse_if_blocked(findings)
    return Answer({"findings": findings_document(findings)}, finding_lines(findings))
