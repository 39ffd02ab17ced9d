"""`rules amend|touched|recount`: an entry changed by an act, whom one touched, and due days by a newer program."""

from __future__ import annotations

from datetime import date
from typing import Any

from migdesk.cli import law_packs
from migdesk.cli.call import Call
from migdesk.cli.effect_lines import effects_answer, foretold_answer
from migdesk.cli.key_value import answers
from migdesk.cli.output import Answer, day_words, table
from migdesk.cli.parser import Verbs, WrongUsage, add_verb, day
from migdesk.domain.errors import BadFile, Invalid, NotFound
from migdesk.domain.field import Unreadable
from migdesk.domain.finding import Confidence, block
from migdesk.i18n import N_, _
from migdesk.services.laws import law_copies, law_counted, law_editing, law_reading
from migdesk.services.laws import law_packs as packs
from migdesk.services.laws.law_copies import Copy
from migdesk.services.laws.law_reading import Kind, Line

CONFIDENCES = [one.value for one in Confidence]


def add(rules: Verbs) -> None:
    """Add the verbs to the group `rules`."""
    made = add_verb(rules, "amend", _(N_("copy an entry of the law and change it by an act")), amend)
    made.add_argument("code", metavar="RULE", help=_(N_("code of the rule; see: rules list")))
    made.add_argument(
        "--set",
        nargs="+",
        action="extend",
        default=[],
        metavar="KEY=VALUE",
        help=_(N_("what changes; without it the keys and their values are listed")),
    )
    made.add_argument("--from", dest="since", type=day, metavar="DATE", help=_(N_("first day in force")))
    made.add_argument("--until", type=day, metavar="DATE", help=_(N_("last day in force")))
    made.add_argument("--act", default="", metavar="TEXT", help=_(N_("the act that says so")))
    made.add_argument("--article", default="", metavar="TEXT", help=_(N_("where in the act")))
    made.add_argument("--address", default="", metavar="TEXT", help=_(N_("where it was read")))
    made.add_argument(
        "--confidence", choices=CONFIDENCES, default="reported", help=_(N_("how far it was checked"))
    )
    made.add_argument("--check", action="store_true", help=_(N_("only say what would change")))
    touched = add_verb(rules, "touched", _(N_("whom a rule touched in this office")), show_touched)
    touched.add_argument("code", metavar="RULE", help=_(N_("code of the rule; see: rules list")))
    anew = add_verb(
        rules, "recount", _(N_("due days and sums by the law of a newer program, counted anew")), recount
    )
    anew.add_argument("--check", "--dry", action="store_true", help=_(N_("only say what would change")))


def amend(call: Call) -> Answer:
    """Take a changed entry in, in the pack of its act, switched off; or list what may be changed.

    Raises:
        NotFound: no entry of this code is in force on the day.
        WrongUsage: a key that the entry does not have.
        Invalid: something is missing or cannot be read.
        Refused: who works here is not the head of the office.
    """
    line = _line(call)
    copy = law_copies.copy_of(call.desk, line)
    if not call.args.set and not call.args.act:
        return _listed(call, copy, line)
    values = _values(call, copy)
    try:
        if call.args.check:
            pack = law_editing.pack_with(call.desk, copy, values)
            return effects_answer(call.desk, packs.law_with(call.desk, pack))
        return law_packs.changed(law_editing.amend(call.desk, copy, values))
    except BadFile as problem:  # of the pack that came out: nobody gave a file
        place = problem.place.rpartition(".")[2] or None
        raise Invalid([block("bad_entry", problem.text, place, **problem.values)]) from None


def _listed(call: Call, copy: Copy, line: Line) -> Answer:
    """What may be changed and what it is now, with the source of now: that of the change is to be given."""
    entry = line.entry
    source = entry.citation.source
    if call.law.doubt(entry, call.today):
        source = source.doubted()  # as `rules show` has it
    known = {
        **copy.values,
        "since": entry.since if entry.since > date.min else None,
        "until": entry.until,
        "act": source.act,
        "article": source.article,
        "address": source.address,
        "confidence": source.confidence,
    }
    now = [(spec, known.get(spec.name, spec.field.empty)) for spec in copy.specs]
    rows = [[spec.name, _(spec.field.label), spec.field.show(value)] for spec, value in now]
    document = {spec.name: spec.field.to_sql(value) for spec, value in now}
    plain = {key: str(value) if value is not None else None for key, value in document.items()}
    return Answer(plain, table([_(N_("Key")), _(N_("What")), _(N_("Now"))], rows))


def _values(call: Call, copy: Copy) -> dict[str, Any]:
    args = call.args
    values = dict(copy.values) | {"act": args.act, "article": args.article, "address": args.address}
    values |= {"since": args.since, "until": args.until, "confidence": Confidence(args.confidence)}
    fields = {spec.name: spec.field for spec in copy.specs}
    given = answers(args.set)
    if copy.kind is Kind.QUOTA and "region" not in given and len(copy.table["regions"]) > 1:
        message = N_("Say for which region: --set region=CODE. The order names several.")
        raise Invalid([block("missing", message, "region")])
    for name, words in given.items():
        if name not in fields:
            known = ", ".join(fields)
            raise WrongUsage(N_("There is no “{name}” here; there are: {known}."), name=name, known=known)
        try:
            code = call.desk.lists.read("regions", words) if name == "region" else None
            values[name] = code or fields[name].read(words, today=call.today)
        except Unreadable as problem:
            raise Invalid([block(problem.code, problem.text, name, **problem.values)]) from None
    return values


def _line(call: Call) -> Line:
    """The entry of a code as it is on the day, or the last there was of it."""
    code, on = call.args.code, call.today
    lines = [line for line in law_reading.read_law(call.desk) if line.entry.code == code]
    if not lines:
        raise NotFound(code)
    held = [line for line in lines if line.entry.since <= on] or lines
    return max(held, key=lambda line: (line.entry.kind is Kind.VALUE, line.entry.since))


def show_touched(call: Call) -> Answer:
    """Decisions, payments and open due days that rest on an entry.

    Raises:
        NotFound: no entry of this code is in force on the day.
    """
    found = law_reading.touched_by(call.desk, _line(call).entry)
    headings = [_(N_("What")), _(N_("Number")), _(N_("Person")), _(N_("By the law of"))]
    rows = [[_(one.table.title), one.number, one.name, day_words(one.on)] for one in found.named]
    words = N_("Decisions: {decisions} · payments: {payments} · open due days: {running}")
    counts = {"decisions": found.decisions, "payments": found.payments, "running": found.running}
    document = counts | {
        "records": [
            {"record": one.table.table, "uid": one.uid, "number": one.number, "on": one.on}
            for one in found.named
            if one.on
        ]
    }
    return Answer(document, [_(words).format(**counts), *(table(headings, rows) if rows else ())])


def recount(call: Call) -> Answer:
    """Give open due days and sums the values of the law that came with this program, or say what would change.

    Raises:
        Refused: they are counted by it already or by that of a newer program, or who works here is not the head of
            the office.
    """
    doubts = law_counted.doubts(call.desk)
    found = law_counted.foresee(call.desk) if call.args.check else law_counted.recount(call.desk).value
    return foretold_answer(found, doubts)
