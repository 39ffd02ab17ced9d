"""`status`: the light of a person today, on a day, as known on a day; of a family, a staff, a list, a workbook."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

from migdesk.cli import files, people_chosen
from migdesk.cli.call import Call
from migdesk.cli.keys import person_of
from migdesk.cli.lists import FORMATS, file_format
from migdesk.cli.output import (
    Answer,
    day_words,
    finding_lines,
    findings_document,
    pairs,
    record_document,
    table,
)
from migdesk.cli.parser import Verbs, WrongUsage, add_verb, day
from migdesk.cli.people import person_document, status_document, status_lines
from migdesk.cli.regime_lines import regime_document, regime_line
from migdesk.cli.steps import steps
from migdesk.domain.change import Entry
from migdesk.domain.fields import choice_label
from migdesk.domain.person import Family
from migdesk.i18n import N_, _
from migdesk.services import bulk_status
from migdesk.services.bulk_status import Standing
from migdesk.services.desk import Desk
from migdesk.services.laws import known
from migdesk.services.laws.known import Known
from migdesk.services.stays import standing, status
from migdesk.services.stays.standing import Period
from migdesk.services.stays.status import Light
from migdesk.services.upkeep import journal
from migdesk.services.workbooks import number_column

_WAYS = {"person": "PERSON", "family": "--family", "host": "--host", "view": "--view", "book": "--each"}
_UNKNOWN = "unknown"


def add(verbs: Verbs) -> None:
    """Add the verb."""
    words = N_("whether all is in order with a person, or with many")
    made = add_verb(verbs, "status", _(words), run, needs=_(N_("Needs an office.")))
    option = made.add_argument
    option("person", nargs="?", metavar="PERSON", help=_(N_("uid, IIN, document number or label")))
    option(
        "--known-on", type=day, metavar="DATE", help=_(N_("by what the office knew at the end of this day"))
    )
    option(
        "--announced-by",
        type=day,
        metavar="DATE",
        help=_(N_("by the special regimes announced by this day, and the records of today")),
    )
    option("--history", action="store_true", help=_(N_("with the history of his status")))
    option("--family", metavar="FAMILY|PERSON", help=_(N_("everybody of a family")))
    option("--host", metavar="UID|BIN", help=_(N_("everybody at a receiving person or employer")))
    option("--view", metavar="NAME", help=_(N_("everybody whom a saved view of a list shows")))
    option(
        "--each", dest="book", metavar="FILE", help=_(N_("everybody named in a column of a workbook or CSV"))
    )
    option("--column", default="", metavar="NAME", help=_(N_("heading or letter of that column")))
    option("--light", nargs="+", choices=[*Light, _UNKNOWN], help=_(N_("only these lights")))
    option("--to", metavar="FILE", help=_(N_("name ending in .xlsx, .csv or .json")))


def run(call: Call) -> Answer:
    """The light of one person or of many.

    Raises:
        WrongUsage: nobody is named, or in two ways; an option that does not belong there.
        NotFound: nobody, no family, no receiving person, no view of this name.
        Refused: the office did not know the person then.
        BadFile: the workbook cannot be read, or has no such column.
    """
    args = call.args
    given = [name for name in _WAYS if getattr(args, name) is not None]
    if len(given) != 1:
        raise WrongUsage(N_("Give one of: {names}."), names=", ".join(_WAYS.values()))
    if given == ["person"]:
        _refuse(call, ("column", "light", "to"), "PERSON")
        return _one(call)
    _refuse(call, ("known_on", "announced_by", "history"), _WAYS[given[0]])
    if given != ["book"]:
        _refuse(call, ("column",), _WAYS[given[0]])
    return _many(call, given[0])


def _refuse(call: Call, names: Sequence[str], beside: str) -> None:
    for name in names:
        if getattr(call.args, name):
            text = N_("{name} cannot be given together with {other}.")
            raise WrongUsage(text, name=f"--{name.replace('_', '-')}", other=beside)


def _one(call: Call) -> Answer:
    desk, args = call.desk, call.args
    if args.known_on:
        _refuse(call, ("announced_by",), "--known-on")
        return _as_known(call)
    uid = person_of(desk, args.person).uid
    if args.announced_by:
        desk = then = known.AnnouncedDesk(desk, args.announced_by)
        found = known.status_as_announced(then, uid, call.today)
    else:
        found = status.person_status(desk, uid, call.today)
    document, lines = status_document(desk, found), status_lines(desk, found)
    if args.announced_by:
        document |= {"announced_by": args.announced_by} | _later_document(call, args.announced_by)
        lines = chain(lines, _later_lines(call, args.announced_by))
    if args.history:
        told = standing.history(desk, found.person.uid)
        document["history"] = [_period_document(one) for one in told]
        lines = chain(lines, _period_lines(told))
    return Answer(document, lines)


def _as_known(call: Call) -> Answer:
    args, desk = call.args, call.desk
    known.refuse_later(args.known_on, max(call.today, desk.clock.now().astimezone().date()))
    if args.history:
        raise WrongUsage(
            N_("{name} cannot be given together with {other}."), name="--history", other="--known-on"
        )
    key = "".join(args.person.split())
    found = known.status_as_known(desk, key, call.today, args.known_on)
    document = status_document(desk, found.status)
    document |= {
        "known_on": found.known_on,
        "known_by": _entry_document(found.last) if found.last else None,
        "known_now": found.now.light.value if found.now else None,
        "since": [_entry_document(one) for one in found.since],
        **_later_document(call, found.known_on),
        "findings": [*findings_document(found.status.findings), *findings_document(found.findings)],
    }
    later = _later_lines(call, found.known_on)
    return Answer(document, chain(status_lines(desk, found.status), _known_lines(found), later))


def _later_document(call: Call, known_on: date) -> dict[str, object]:
    """The special regimes that act on the day and were announced after the day whose knowledge counts."""
    later = known.regimes_since(call.desk, call.today, known_on)
    return {"announced_later": [regime_document(one, call.today) for one in later]}


def _later_lines(call: Call, known_on: date) -> Iterator[str]:
    later = known.regimes_since(call.desk, call.today, known_on)
    if later:
        yield _(N_("Special regimes announced later:"))
        yield from (regime_line(one) for one in later)


def _entry_document(entry: Entry) -> dict[str, object]:
    return {"uid": entry.uid, "op": entry.op.value, "at": entry.at, "operator": entry.operator}


def _known_lines(found: Known) -> Iterator[str]:
    now = choice_label(found.now.light) if found.now else _(N_("nobody is known any more"))
    rows = [(_(N_("As known on")), day_words(found.known_on)), (_(N_("By what is known today")), now)]
    if found.last:
        rows.insert(1, (_(N_("Last op that counts")), journal.signed(found.last)))
    yield from pairs(rows)
    yield from finding_lines(found.findings)
    if found.since:
        yield _(N_("Written since then:"))
        yield from (f"  {journal.told(one)}" for one in found.since)


def _period_document(one: Period) -> dict[str, object]:
    return {
        "what": one.what.value,
        "from": one.since,
        "until": one.until,
        "title": one.words,
        "basis": one.basis,
        "known_on": one.known_on,
        "corrected_on": one.corrected_on,
        "record": one.record,
    }


def _period_lines(told: Sequence[Period]) -> Iterator[str]:
    yield _(N_("History of the status:"))
    headings = [
        _(N_("From")),
        _(N_("Until")),
        _(N_("What")),
        _(N_("Status")),
        _(N_("Basis")),
        _(N_("Known since")),
    ]
    rows = (
        [
            day_words(one.since),
            day_words(one.until),
            choice_label(one.what),
            one.words,
            one.basis,
            day_words(one.known_on),
        ]
        for one in told
    )
    yield from table(headings, rows)


def _many(call: Call, way: str) -> Answer:
    desk, args = call.desk, call.args
    suffix = file_format(args.to, FORMATS, FORMATS[0]) if args.to else ""
    with steps(_(N_("Looking"))) as progress:
        if way == "book":
            with files.source(args.book) as path:
                column = number_column.read_column(desk, path, args.column)
            found = bulk_status.of_numbers(desk, column, call.today, progress)
        else:
            found = bulk_status.of_people(desk, _uids(call, way), call.today, progress)
    counts = bulk_status.count(found)
    shown = [one for one in found if not args.light or _light_of(one) in args.light]
    document: dict[str, Any] = {
        "on": call.today,
        "counts": {name: counts[name] for name in (*Light, _UNKNOWN)},
        "people": [_standing_document(one) for one in shown if one.status],
        "unknown": [_trouble_document(one) for one in shown if one.status is None],
    }
    if args.to:
        with files.target(args.to, suffix) as path:
            document["rows"] = bulk_status.export(desk, shown, Path(path))
        return Answer(
            {key: document[key] for key in ("on", "counts", "unknown", "rows")},
            _count_lines(document["counts"]),
            to_stderr=args.to == files.STANDARD,
        )
    return Answer(document, chain(_standing_lines(desk, shown), _count_lines(document["counts"])))


def _uids(call: Call, way: str) -> list[str]:
    desk, args = call.desk, call.args
    if way == "family":
        person = None if desk.store.find(Family, args.family) else person_of(desk, args.family)
        return bulk_status.in_family(desk, person.uid if person else args.family, call.today)
    if way == "host":
        return people_chosen.at_host(desk, args.host, call.today)
    return people_chosen.of_view(desk, args.view)


def _light_of(one: Standing) -> str:
    return one.status.light.value if one.status else _UNKNOWN


def _standing_document(one: Standing) -> dict[str, object]:
    found = one.status
    assert found
    return {
        "asked": one.asked,
        "cell": one.place or None,
        "person": person_document(found.person),
        "light": found.light.value,
        "reasons": list(one.reasons),
        "last_lawful_day": found.stay.last_lawful_day,
        "left_on": found.left_on,
        "permits": [record_document(permit) for permit in found.permits],
        "findings": findings_document(found.findings),
    }


def _trouble_document(one: Standing) -> dict[str, object]:
    trouble = one.trouble
    return {
        "asked": one.asked,
        "cell": one.place or None,
        "code": trouble.code if trouble else None,
        "text": trouble.words() if trouble else None,
    }


def _standing_lines(desk: Desk, shown: Sequence[Standing]) -> Iterator[str]:
    headings = [_(N_("Number in the file")), _(N_("Person")), _(N_("Status light")), _(N_("Reason"))]
    headings += [_(N_("Last lawful day")), _(N_("Permits"))]
    rows = []
    for one in shown:
        given, name, _iin, _land, light, reason, last, _left, held, _place = bulk_status.row(desk, one)
        said = choice_label(light) if light else _(N_("unknown"))
        rows.append([given, name, said, reason, day_words(last), held])
    return table(headings, rows)


def _count_lines(counts: object) -> Iterator[str]:
    assert isinstance(counts, dict)
    labels = {one.value: choice_label(one) for one in Light} | {_UNKNOWN: _(N_("unknown"))}
    yield ", ".join(f"{labels[name]}: {number}" for name, number in counts.items())
