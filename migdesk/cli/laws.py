"""`rules list|show`, `procedures list|show|give`: what the law and the public services say on a day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from migdesk.cli import files, law_changes, law_packs
from migdesk.cli.call import Call
from migdesk.cli.output import Answer, day_words, finding_lines, pairs, table
from migdesk.cli.parser import Verbs, add_group, add_verb, day
from migdesk.cli.service_lines import service_lines
from migdesk.domain.dates import show_day
from migdesk.domain.fields import choice_label
from migdesk.domain.finding import Confidence
from migdesk.domain.law_pack import LawPack
from migdesk.i18n import N_, _
from migdesk.services.laws import asking, law_words, service_files
from migdesk.services.laws.law_book import Book
from migdesk.services.laws.law_reading import Entry


def add(verbs: Verbs) -> None:
    """Add both groups to the program's verbs."""
    rules = add_group(verbs, "rules", _(N_("the rules of law in this program")))
    add_verb(rules, "list", _(N_("every rule, term, sum, regime and figure with its dates")), list_rules)
    shown = add_verb(rules, "show", _(N_("one rule on a day: values, texts, source")), show_rule)
    shown.add_argument("code", metavar="RULE", help=_(N_("code of the rule; see: rules list")))

    law_packs.add(rules)
    law_changes.add(rules)

    services = add_group(verbs, "procedures", _(N_("the public services in this program")))
    add_verb(services, "list", _(N_("every service with its dates")), list_procedures)
    one = add_verb(
        services, "show", _(N_("one service on a day: papers, steps, terms, decisions")), show_procedure
    )
    one.add_argument("code", metavar="CODE", help=_(N_("code of the service; see: procedures list")))
    given = add_verb(services, "give", _(N_("write the file of a service, to be changed and taken in")), give)
    given.add_argument("code", metavar="CODE", help=_(N_("code of the service; see: procedures list")))
    given.add_argument("--to", metavar="FILE", required=True, help=_(N_("the file to write")))
    given.add_argument(
        "--from", dest="since", type=day, metavar="DATE", help=_(N_("first day of the changed service"))
    )


def list_rules(call: Call) -> Answer:
    """Every dated entry."""
    headings = [
        _(N_("Rule")),
        _(N_("Kind")),
        _(N_("From")),
        _(N_("Until")),
        _(N_("Confidence")),
        _(N_("Title")),
    ]
    return Answer(call.law.list_rules(), table(headings, (_cells(*one) for one in _entries(call))))


def _entries(call: Call) -> Iterator[tuple[Book, Entry]]:
    book = _book(call)
    yield from ((book, entry) for entry in call.law.entries())


def _cells(book: Book, entry: Entry) -> list[str]:
    kind, confidence = choice_label(entry.kind), choice_label(entry.citation.confidence)
    since = day_words(entry.since if entry.since > date.min else None)
    return [entry.code, kind, since, day_words(entry.until), confidence, book.text(entry)]


def _book(call: Call) -> Book:
    return Book(call.law, call.law.services(), call.today)


def show_rule(call: Call) -> Answer:
    """One rule on a day.

    Raises:
        Unknown: no rule has this code.
        NotFound: it was not in force on that day.
    """
    found = asking.rule(call.law, call.args.code, call.today)
    entry = asking.entry(call.law, call.args.code, call.today)
    return Answer(found, _rule_lines(_book(call), entry, found))


def _rule_lines(book: Book, entry: Entry, found: dict[str, Any]) -> Iterator[str]:
    source, cited, checked = found["source"], entry.citation, Confidence(found["confidence"])
    mark = f" [{cited.mark}], {show_day(cited.read)}" if checked is cited.confidence else ""
    yield f"{entry.code} — {book.text(entry)}"
    yield from pairs(
        [
            (_(N_("Kind")), choice_label(entry.kind)),
            (_(N_("From")), day_words(entry.since if entry.since > date.min else None)),
            (_(N_("Until")), day_words(entry.until)),
            (_(N_("Pack")), f"{entry.pack} {entry.version}"),
            (_(N_("Source")), ", ".join(part for part in (source["act"], source["article"]) if part)),
            (_(N_("Address")), source["address"]),
            (_(N_("Confidence")), choice_label(checked) + mark),
        ]
    )
    yield _(N_("What it says:"))
    for label, words in law_words.shown_values(book, entry):
        yield from _says(_(label), words)
    if "mrp_in_tenge" in found["values"]:
        yield from _says(_(N_("MRP, tenge")), str(found["values"]["mrp_in_tenge"]))
    if doubt := book.law.doubt(entry, book.on):
        yield from finding_lines([doubt])
    yield _(N_("In three languages:"))
    yield from (f"  {code}: {words}" for code, words in book.in_languages(entry).items())


def _says(label: str, words: str) -> Iterator[str]:
    """A label and its words; those of several lines stand below it."""
    lines = words.split("\n")
    if len(lines) == 1:
        yield f"  {label}: {words}"
        return
    yield f"  {label}:"
    yield from (f"    {line}" for line in lines)


def list_procedures(call: Call) -> Answer:
    """Every public service."""
    rows = asking.list_procedures(call.law.services())
    headings = [_(N_("Service")), _(N_("From")), _(N_("Until")), _(N_("Confidence")), _(N_("Title"))]
    keys = ("code", "from", "until", "confidence", "title")
    return Answer(rows, table(headings, ([row[key] for key in keys] for row in rows)))


def show_procedure(call: Call) -> Answer:
    """One public service on a day.

    Raises:
        Unknown: no service has this code.
        NotFound: it did not exist on that day.
    """
    found = asking.procedure(call.law, call.law.services(), call.args.code, call.today)
    return Answer(found, service_lines(found))


def give(call: Call) -> Answer:
    """Write the file of a service as it holds on the day, with its remarks and sources, to be changed.

    Raises:
        NotFound: no such service.
        NotInForce: it does not exist on that day.
    """
    code, to, since = call.args.code, call.args.to, call.args.since
    own = call.desk.store.live(LawPack, in_use=True) if call.law.own_services else ()
    text = service_files.text_of(call.law, own, code, since or call.today)
    files.write(to, service_files.editable(text, call.today, since).encode())
    words = _(N_("Written: {file}. Change it, then: migdesk rules try FILE, rules take FILE")).format(file=to)
    return replace(Answer({"code": code, "file": to}, [words]), to_stderr=to == files.STANDARD)
