"""`find`, `duplicates`, `explain`: people of the register, and why a record is what it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain
from typing import Any

from migdesk.cli import companions
from migdesk.cli.call import Call
from migdesk.cli.output import (
    Answer,
    day_words,
    finding_lines,
    findings_document,
    pairs,
    record_document,
    source_words,
    table,
)
from migdesk.cli.parser import Verbs, add_verb, count
from migdesk.cli.regime_lines import regime_document, regime_line
from migdesk.cli.steps import steps
from migdesk.domain.dates import show_day
from migdesk.domain.fields import choice_label, specs
from migdesk.domain.permit import Permit
from migdesk.domain.person import Person
from migdesk.domain.register import RECORDS
from migdesk.domain.terms import ClosedTerm, OpenTerm
from migdesk.i18n import N_, _
from migdesk.services import day
from migdesk.services.desk import Desk
from migdesk.services.families import minors
from migdesk.services.laws import explaining
from migdesk.services.laws.law_book import Book, plain
from migdesk.services.people import duplicates, labels, people
from migdesk.services.people.people import Found
from migdesk.services.stays import prolonged
from migdesk.services.stays.status import Status

_FOUND = 50
_PAIRS = 50


def add(verbs: Verbs) -> None:
    """Add the three verbs."""
    needs = _(N_("Needs an office."))
    found = add_verb(
        verbs, "find", _(N_("find people by name, number, document or label")), find, needs=needs
    )
    found.add_argument("text", nargs="*", metavar="TEXT", help=_(N_("words in any script, or a number")))
    found.add_argument(
        "--limit", type=count, default=_FOUND, metavar="N", help=_(N_("at most so many people"))
    )
    companions.add_options(found.add_argument)

    same = add_verb(
        verbs, "duplicates", _(N_("people who may be in the register twice")), list_duplicates, needs=needs
    )
    same.add_argument("--limit", type=count, default=_PAIRS, metavar="N", help=_(N_("at most so many pairs")))

    why = add_verb(
        verbs, "explain", _(N_("which rules and changes made a record what it is")), explain, needs=needs
    )
    why.add_argument("uid", metavar="UID", help=_(N_("uid or number of a record, or an IIN")))


def find(call: Call) -> Answer:
    """People whose words begin as typed, or whose label it is; or those who travelled with somebody.

    Raises:
        WrongUsage: neither words nor a person, or both.
        Refused: nobody is found, and the text is written as a label with a wrong sign, or is that of no file.
    """
    desk = call.desk
    if companions.is_asked(call):
        return companions.show(call)
    text = " ".join(call.args.text)
    found = people.find_people(desk, text, limit=call.args.limit)
    if not found:
        labels.refuse_misread(text)
    headings = [_(N_("Name")), _(N_("Born")), _(N_("IIN")), _(N_("Citizenship")), _(N_("Found by")), "uid"]
    rows = (
        [
            one.person.full_name,
            one.person.born_words,
            one.person.iin,
            desk.lists.label("countries", one.person.citizenship),
            one.matched,
            one.person.uid,
        ]
        for one in found
    )
    doubt = None if found else labels.doubt_of(text)
    lines = chain(table(headings, rows), finding_lines([doubt] if doubt else ()))
    return Answer([_found(desk, one) for one in found], lines)


def _found(desk: Desk, one: Found) -> dict[str, object]:
    return person_document(one.person) | {
        "matched": one.matched,
        "label": labels.label(desk, one.person),
        "protection": "minor" if minors.look(desk, one.person.uid) else None,
    }


def person_document(person: Person) -> dict[str, object]:
    """A person as lists have him."""
    return companions.person_keys(person)


def term_document(desk: Desk, term: OpenTerm) -> dict[str, object]:
    """An open term with the law behind it."""
    why = day.explain_term(desk, term)
    return {
        "kind": term.kind.value,
        "title": _(term.title),
        "rule": day.code_of(desk, term),
        "due": term.due,
        "overdue": term.due < desk.today,
        "announced": why.step(desk.today),
        "record": term.record_uid,
        "person": term.person_uid,
        "source": why.source.as_json() if why.source else None,
        "prolonged": why.prolonged.as_json() if why.prolonged else None,
    }


def closed_document(term: ClosedTerm) -> dict[str, object]:
    """A term that runs no longer, and whether it was missed."""
    return {
        "kind": term.kind.value,
        "title": _(term.title),
        "due": term.due,
        "closed_on": term.closed_on,
        "closed_by": term.by.value,
        "missed": term.is_missed,
        "record": term.record_uid,
    }


def closed_lines(terms: Iterable[ClosedTerm]) -> Iterator[str]:
    """Terms that run no longer, one a line."""
    for term in terms:
        missed = f", {_(N_('missed'))}" if term.is_missed else ""
        yield f"  {day_words(term.due)}  {_(term.title)}: {term.how()}{missed}"


def term_lines(terms: Iterable[OpenTerm]) -> Iterator[str]:
    """Open terms, one a line."""
    yield from (f"  {day_words(term.due)}  {_(term.title)}" for term in terms)


def status_document(desk: Desk, found: Status) -> dict[str, object]:
    """The light of a person with its reasons, with the keys of the public contract."""
    return {
        "person": person_document(found.person),
        "on": found.on,
        "light": found.light.value,
        "stay": found.stay.as_json(),
        "permits": [permit_document(desk, permit, found.person.citizenship) for permit in found.permits],
        "regimes": [regime_document(one, found.on) for one in found.regimes],
        "deadlines": [term_document(desk, term) for term in found.terms],
        "closed": [closed_document(term) for term in found.closed],
        "left_on": found.left_on,
        "findings": findings_document(found.findings),
    }


def permit_document(desk: Desk, permit: Permit, citizenship: str) -> dict[str, object]:
    """A permit with its own day and the one to which special regimes prolong it."""
    longer = prolonged.of_permit(desk.law, permit, citizenship)
    return record_document(permit) | {"prolonged": longer.as_json() if longer else None}


def status_lines(desk: Desk, found: Status) -> Iterator[str]:
    """The same for people to read."""
    person = found.person
    citizenship = desk.lists.label("countries", person.citizenship)
    born = person.born_words or "—"
    yield from pairs(
        [
            (_(N_("Name")), person.full_name),
            (_(N_("Date of birth")), born),
            (_(N_("Citizenship")), citizenship),
            (_(N_("On the day")), day_words(found.on)),
            (_(N_("State")), f"{choice_label(found.light)} ({found.light.value})"),
            (_(N_("Left the country")), day_words(found.left_on))
            if found.left_on
            else (_(N_("Last lawful day")), day_words(found.stay.last_lawful_day)),
        ]
    )
    for permit in found.permits:
        kind = desk.lists.label("permit_kinds", permit.kind)
        yield f"  {kind} {permit.number}: {day_words(permit.valid_from)} – {day_words(permit.valid_until)}"
        if longer := prolonged.of_permit(desk.law, permit, person.citizenship):
            yield f"    {longer.words}"
    if found.regimes:
        yield _(N_("Special regimes:"))
        yield from (regime_line(one) for one in found.regimes)
    yield from term_lines(found.terms)
    yield from closed_lines(found.closed)
    yield from finding_lines(found.findings)


def list_duplicates(call: Call) -> Answer:
    """Pairs that may be one person, the likeliest first."""
    with steps(_(N_("Comparing"))) as progress:
        found = duplicates.find_pairs(call.desk, limit=call.args.limit, progress=progress)
    document = [
        {
            "score": pair.match.score,
            "verdict": pair.match.verdict,
            "reasons": list(pair.match.reasons),
            "a": person_document(pair.one),
            "b": person_document(pair.other),
        }
        for pair in found
    ]
    headings = [_(N_("Score")), _(N_("One")), _(N_("Other")), _(N_("Why"))]
    rows = (
        [pair.match.score, pair.one.full_name, pair.other.full_name, "; ".join(pair.match.reasons)]
        for pair in found
    )
    return Answer(document, table(headings, rows, right={0}))


def explain(call: Call) -> Answer:
    """What made a record what it is.

    Raises:
        NotFound: nothing has this uid or number.
    """
    found = explaining.explain(call.desk, call.args.uid)
    return Answer(found, _explain_lines(Book.of(call.desk), found))


def _explain_lines(book: Book, found: dict[str, Any]) -> Iterator[str]:
    yield f"{found['title']} {found['number'] or found['uid']}"
    for rule in found["rules"]:
        label = " ".join(part for part in (rule.get("number"), rule["label"]) if part)
        since = date.fromisoformat(rule["from"]) if rule["from"] else book.on
        named = f"{book.named(rule['rule'], since)} ({rule['rule']})"
        told = (named, show_day(since) if rule["from"] else "", source_words(rule["source"] or {}))
        value = (
            book.named(rule["value"], since) if rule["field"] == "service" else plain(rule["value"] or "—")
        )
        yield f"  {label} = {value}: {', '.join(part for part in told if part)}"
        if rule.get("prolonged"):
            yield f"    {rule['prolonged']['text']}"
        if rule.get("closed"):
            yield f"    {rule['closed']}"
    (table_of,) = (one for one in RECORDS if one.table == found["table"])
    labels_of = {one.name: _(one.field.label) for one in specs(table_of)}
    for change in found["changes"]:
        touched = ", ".join(labels_of.get(name, name) for name in change["fields"])
        yield f"  {change['at']}  {change['title']}  {change['operator']}  {touched}"
