"""`init`, `demo`, `doctor`, `backup`, `restore`, `undo`, `journal`: the office itself."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

from migdesk.cli.call import Call
from migdesk.cli.duplicates import separating
from migdesk.cli.keys import read_region
from migdesk.cli.output import Answer, finding_lines, findings_document, pairs, table, yes_no
from migdesk.cli.parser import Parser, Verbs, WrongUsage, add_verb, count
from migdesk.cli.steps import steps
from migdesk.domain.change import Entry
from migdesk.domain.errors import Refused
from migdesk.domain.fields import choice_label
from migdesk.domain.finding import Finding, Severity, note
from migdesk.domain.office import Office
from migdesk.i18n import N_, _
from migdesk.services.desk import open_desk
from migdesk.services.laws import explaining
from migdesk.services.papers import printing
from migdesk.services.people import merging
from migdesk.services.sample import day
from migdesk.services.upkeep import doctor, journal, office

_ENTRIES = 100
_MOST = 1_000_000
"""People of a sample: as many as the program is made for."""
_PICTURED = 2
"""Pages of a paper that are left as pictures."""


def add(verbs: Verbs) -> None:
    """Add the verbs of the office."""
    made = add_verb(verbs, "init", _(N_("make the office of a folder")), init)
    made.add_argument("--office", required=True, metavar="CODE", help=_(N_("code that begins every number")))
    made.add_argument("--region", required=True, metavar="CODE", help=_(N_("region: KATO code or name")))
    made.add_argument("--name", required=True, metavar="TEXT", help=_(N_("full name of the office")))

    shown = add_verb(verbs, "demo", _(N_("make a sample office and do one working day in it")), demo)
    shown.add_argument(
        "--persons",
        type=count,
        default=day.PERSONS,
        metavar="N",
        help=_(N_("how many people the sample has")),
    )
    shown.add_argument(
        "--out",
        default="migdesk-demo",
        metavar="DIR",
        help=_(N_("folder for the papers, workbooks and pictures")),
    )

    shown.add_argument("--no-window", action="store_true", help=_(N_("do not open the window on it")))

    needs = _(N_("Needs an office."))
    looked = add_verb(
        verbs, "doctor", _(N_("whether everything here is as it should be")), examine, needs=needs
    )
    looked.add_argument(
        "--mend",
        action="store_true",
        help=_(N_("first put back what can be made from the records: indexes, search, series of numbers")),
    )
    taken = add_verb(verbs, "undo", _(N_("take back the last thing done")), undo, needs=needs)
    taken.add_argument(
        "--check", action="store_true", help=_(N_("only say what would be taken back, of whom, and why not"))
    )
    _add_journal(verbs, needs)
    _add_copies(verbs, needs)


def _add_copies(verbs: Verbs, needs: str) -> None:
    kept = add_verb(verbs, "backup", _(N_("copy the office into a file")), back_up, needs=needs)
    kept.add_argument("file", metavar="FILE", help=_(N_("the copy; it must not exist yet")))
    back = add_verb(
        verbs, "restore", _(N_("put a copy in the office's place; the old office is kept")), restore
    )
    back.add_argument("file", metavar="FILE", help=_(N_("a copy made by backup")))
    back.add_argument(
        "--other-office",
        action="store_true",
        help=_(N_("the copy is of another office than the one in this folder, and that is meant")),
    )


def _add_journal(verbs: Verbs, needs: str) -> None:
    made: Parser = add_verb(verbs, "journal", _(N_("what was done, newest first")), show_journal, needs=needs)
    made.add_argument(
        "person",
        nargs="?",
        metavar="PERSON|verify",
        help=_(
            N_("only what touched this person or record; “verify” proves that nobody changed the journal")
        ),
    )
    made.add_argument(
        "--limit", type=count, default=_ENTRIES, metavar="N", help=_(N_("at most so many entries"))
    )


def init(call: Call) -> Answer:
    """Make the office.

    Raises:
        Invalid: code, name or region is wrong.
        StoreProblem: there is an office already, or the folder cannot be written.
    """
    args = call.args
    given = Office(
        code=args.office.strip(),
        name=args.name.strip(),
        region=read_region(args.region) or args.region.strip(),
    )
    desk = call.keep(office.init_office(call.home, given, clock=call.clock, passphrase=call.passphrase))
    document = {
        "home": str(call.home.resolve()),
        "file": str(desk.store.path.resolve()),
        "uid": desk.office.uid,
        "office": desk.office.code,
        "region": given.region,
        "name": given.name,
    }
    lines = [_(N_("The office is in {folder}.")).format(folder=document["home"])]
    if desk.office.code != given.code:
        lines.append(_(N_("Its code is written in capitals: {code}.")).format(code=desk.office.code))
    return Answer(document, lines)


def demo(call: Call) -> Answer:
    """Make the sample office, and say what the day in it left.

    Raises:
        WrongUsage: more people than the program is made for.
        StoreProblem: there is an office in the folder already, or it cannot be written.
    """
    if call.args.persons > _MOST:
        raise WrongUsage(N_("A sample has at most {most} people."), most=_MOST)
    out = _file(call.args.out)
    with steps(_(N_("Making the sample office"))) as progress:
        log = day.make(call.home, out, persons=call.args.persons, clock=call.clock, progress=progress)
        pictures = [picture for file in log.files for picture in _pictures(file)]
    document = {
        "home": str(call.home.resolve()),
        "out": str(out.resolve()),
        "persons": call.args.persons,
        "done": log.lines,
        "files": [str(file.resolve()) for file in (*log.files, *pictures)],
    }
    rows = [(_(N_("Office")), document["home"]), (_(N_("Papers")), document["out"])]
    return Answer(document, [*log.lines, *pairs(rows)])


def _pictures(file: Path) -> list[Path]:
    """The pages of a PDF as pictures beside it."""
    if file.suffix != ".pdf":
        return []
    made = []
    for number, content in enumerate(printing.page_images(file.read_bytes()), start=1):
        if number > _PICTURED:
            break
        made.append(file.with_name(f"{file.stem}-{number}.png"))
        made[-1].write_bytes(content)
    return made


def examine(call: Call) -> Answer:
    """Every check of the doctor, after mending when that was asked for.

    Raises:
        StoreProblem: what is damaged cannot be mended, or may only be read.
    """
    with steps(_(N_("Looking through the office"))):
        desk = call.keep(open_desk(call.home, clock=call.clock, passphrase=call.passphrase, in_parts=True))
        for done in doctor.mend(desk) if call.args.mend else ():
            sys.stderr.write(f"{done}\n")
        checks = doctor.examine(desk)
    document = [{"name": one.name, "ok": one.ok, "detail": one.detail} for one in checks]
    headings = [_(N_("Check")), _(N_("In order")), _(N_("Found"))]
    rows = ([one.name, yes_no(one.ok), one.detail] for one in checks)
    return Answer(document, table(headings, rows), all(one.ok for one in checks))


def undo(call: Call) -> Answer:
    """Take back the last op, or only say which one that would be.

    Raises:
        Refused: nothing can be taken back, and why not.
        Stale: a later op changed the same.
    """
    if call.args.check:
        return _look_at_undo(call)
    done = journal.undo_last(call.desk)
    document = {"undone": entry_document(done.value), "changes": len(done.changes.changes), "findings": []}
    words = _(N_("Taken back: {what}. Changes: {n}."))
    return Answer(document, [words.format(what=journal.told(done.value), n=len(done.changes.changes))])


def _look_at_undo(call: Call) -> Answer:
    found = journal.coming(call.desk)
    findings = [found.why_not] if found.why_not else []
    document = {
        "would_undo": entry_document(found.entry) if found.entry and not findings else None,
        "stops_at": entry_document(found.entry) if found.entry and findings else None,
        "findings": findings_document(findings),
    }
    if findings:
        return Answer(document, list(finding_lines(findings)), ok=False)
    return Answer(document, [_(N_("Undo would take back: {what}.")).format(what=found.words)])


def entry_document(entry: Entry) -> dict[str, object]:
    """A journal entry for scripts."""
    return {
        "uid": entry.uid,
        "op": entry.op.value,
        "title": choice_label(entry.op),
        "about": entry.about,
        "at": entry.at,
        "operator": entry.operator,
        "machine": entry.machine,
        "undone": entry.undone,
        "undoes": entry.undoes,
        "changes": entry.changes,
    }


def show_journal(call: Call) -> Answer:
    """The newest entries, those of one record, or the proof of the chain.

    Raises:
        NotFound: nobody and nothing is called so.
    """
    if call.args.person == "verify":
        return _verify(call)
    desk, limit = call.desk, call.args.limit
    if call.args.person:
        found = explaining.entries_about(desk, call.args.person)[:limit]
    else:
        found = journal.entries(desk, limit=limit)
    headings = [
        _(N_("When")),
        _(N_("What was done")),
        _(N_("Operator")),
        _(N_("Machine")),
        _(N_("Changes")),
        "uid",
    ]
    rows = (
        [journal.when(one), _titled(one), one.operator, one.machine, one.changes, one.uid] for one in found
    )
    gone = {one.uid: merging.gone_by(desk, one) for one in found}
    apart = [
        _(N_("{name} was merged into another file; taken apart again by: {command}")).format(
            name=who.full_name, command=separating(who.uid)
        )
        for who in gone.values()
        if who
    ]
    document = [
        entry_document(one) | ({"merged": who.uid} if (who := gone[one.uid]) else {}) for one in found
    ]
    return Answer(document, [*table(headings, rows, right={4}), *apart])


def _titled(entry: Entry) -> str:
    return f"{entry.words} ({_(N_('taken back'))})" if entry.undone else entry.words


def _verify(call: Call) -> Answer:
    broken = journal.broken_links(call.desk)
    text = _(N_("The journal is whole.")) if not broken else _(N_("The journal was changed from outside."))
    more = _(
        N_("This proves the journal; whether the records are what it says, doctor looks: migdesk doctor")
    )
    document = {"ok": not broken, "broken": broken}
    return Answer(document, [text, *(f"  {uid}" for uid in broken), more], not broken)


def back_up(call: Call) -> Answer:
    """A checked copy of the office.

    Raises:
        Invalid: there is a file of that name already.
        StoreProblem: it cannot be written.
    """
    kept = office.back_up(call.desk, _file(call.args.file))
    document = {"file": str(kept.resolve()), "size": kept.stat().st_size}
    return Answer(document, [_(N_("Copied into {file}.")).format(file=kept)])


def restore(call: Call) -> Answer:
    """A copy in the office's place; of which office it is and what was changed in it is told.

    Raises:
        BadFile: the copy is no whole office, newer, or has parts that are not of this program.
        Refused: it is of another office than the one here, and nobody said that this is meant.
        StoreProblem: wrong passphrase, the folder cannot be written.
    """
    source, found = _file(call.args.file), list[Finding]()

    def tell(said: list[Finding]) -> None:
        found.extend(said)
        if not call.args.other_office:
            _refuse_other(said)
        sys.stderr.writelines(f"{line}\n" for line in finding_lines(_grave(said)))

    old = office.restore(call.home, source, clock=call.clock, passphrase=call.passphrase, told=tell)
    rows = [(_(N_("Restored from")), str(source))]
    if old:
        rows.append((_(N_("The office before is kept in")), str(old)))
    document = {
        "file": str(source.resolve()),
        "kept": str(old.resolve()) if old else None,
        "findings": findings_document(found),
    }
    return Answer(document, [*pairs(rows), *finding_lines(found)])


def _grave(found: list[Finding]) -> list[Finding]:
    return [one for one in found if one.severity is not Severity.NOTE]


def _refuse_other(found: list[Finding]) -> None:
    """Nothing was replaced yet: whoever means it says so."""
    others = [replace(one, severity=Severity.BLOCK) for one in found if one.code == "other_office"]
    if others:
        message = N_("Nothing was replaced. If that is meant, say --other-office.")
        raise Refused([*others, note("say_so", message)])


def _file(name: str) -> Path:
    if name == "-":
        raise WrongUsage(N_("Name a file: this cannot go through standard input or output."))
    return Path(name)
