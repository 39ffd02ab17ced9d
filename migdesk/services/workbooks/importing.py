"""Import a workbook of arrivals: preview every row's fate first, then one op that can be undone."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from migdesk.domain.batch import Batch, BatchRow, RowFate
from migdesk.domain.change import Done, Op
from migdesk.domain.errors import BadFile, Refused
from migdesk.domain.fields import Choice
from migdesk.domain.fields import spec as record_spec
from migdesk.domain.finding import Severity, block
from migdesk.domain.letters import fold
from migdesk.domain.party import Address, Party
from migdesk.domain.person import Family, Membership, Person
from migdesk.domain.record import Record
from migdesk.exchange.cells import choice_words
from migdesk.exchange.givenfile import not_read, open_given
from migdesk.exchange.mark import mark_workbook
from migdesk.exchange.problem import Problem
from migdesk.exchange.read import Answers, SheetReading, read_workbook
from migdesk.exchange.sheet import SheetSpec, fold_header, load_specs
from migdesk.i18n import N_
from migdesk.services.arrivals import arrivals
from migdesk.services.bulk import without_collector
from migdesk.services.desk import Desk
from migdesk.services.progress import SILENT, Progress
from migdesk.services.workbooks.detail_columns import taking_details
from migdesk.services.workbooks.import_rows import Planner, RowPlan
from migdesk.store import journal
from migdesk.store.writer import Tx

SPEC = "arrivals"
_ASKED_AT_ONCE = 500


@dataclass(frozen=True)
class Preview:
    """What an import would do; nothing is written yet."""

    path: Path
    digest: str
    reading: SheetReading
    rows: tuple[RowPlan, ...]
    problems: tuple[Problem, ...]
    seen: int
    """The newest op when the register was asked."""

    @cached_property
    def counts(self) -> dict[str, int]:
        """Rows of each fate, and `read`, which is their sum."""
        fates = Counter(row.fate.value for row in self.rows)
        return {"read": len(self.rows), **{fate.value: fates[fate.value] for fate in RowFate}}

    def as_json(self, batch: Batch | None = None) -> dict[str, object]:
        """The keys of the public contract; once it was taken in, with what became of the rows."""
        counts = {key: getattr(batch, key) for key in self.counts} if batch else self.counts
        number = batch.number if batch else None
        return {**counts, "batch": number, "problems": [one.as_json() for one in self.problems]}


def sheet_specs() -> tuple[SheetSpec, ...]:
    """The workbooks the program knows."""
    return load_specs()


def import_specs(desk: Desk, purpose: str = "") -> tuple[SheetSpec, ...]:
    """The workbooks that come in: that of arrivals with the details of all purposes, or of one.

    Raises:
        NotFound: no such purpose adds details.
    """
    return tuple(taking_details(desk, one, purpose) if one.code == SPEC else one for one in sheet_specs())


def read_choice(cls: type[Record], name: str, text: str) -> str:
    """The value that a word for a choice means, as workbooks have it: «Ж» is `f`; else the word itself."""
    of: Any = cls
    return _choice_words(of, name).get(fold_header(text), text)


@cache
def _choice_words(cls: Any, name: str) -> dict[str, str]:
    field = record_spec(cls, name).field
    assert isinstance(field, Choice)
    target = f"{cls.table}.{name}"
    words = (one.words for sheet in sheet_specs() for one in sheet.columns if one.target == target)
    return choice_words(field, next(words, {}))


def save_template(desk: Desk, target: Path, *, spec: str = SPEC, lang: str = "", purpose: str = "") -> Path:
    """Our own empty workbook: drop-downs, formats, protected header; with the details of all purposes, or of one.

    Raises:
        BadFile: the file cannot be written.
        NotFound: no such purpose adds details.
    """
    from migdesk.exchange.template import write_template  # noqa: PLC0415 - openpyxl only when one is written

    known = {one.code: one for one in import_specs(desk, purpose)}
    lists = {
        column.list: [item.label for item in desk.lists.items(column.list).values()]
        for column in known[spec].columns
        if column.list and column.list != "kato"
    }
    write_template(target, known[spec], lists, lang=lang)
    return target


def preview(
    desk: Desk,
    path: Path,
    *,
    spec: str = SPEC,
    answers: Answers | None = None,
    progress: Progress = SILENT,
) -> Preview:
    """Read a workbook and say what would become of every row; nothing is written.

    Raises:
        BadFile: no workbook, no known header, or another kind than asked for.
        Cancelled: the operator stopped it.
    """
    digest, seen = _digest(path), journal.newest(desk.store)
    specs = [one for one in import_specs(desk) if one.code == spec]
    reading = read_workbook(path, specs, answers=answers, today=desk.today)
    read = reading.rows(step=lambda done, total: progress.step(done, 2 * total))
    with without_collector():
        moved = bool(answers and answers.moves)
        rows = tuple(Planner(desk, reading, moves=moved).plan_all(read, progress))
    problems = (*reading.problems, *(problem for row in rows for problem in row.problems))
    return Preview(path, digest, reading, rows, problems, seen)


def apply(desk: Desk, plan: Preview, *, progress: Progress = SILENT) -> Done[Batch]:
    """Write every row whose fate is `added`, as one op that undo takes back whole.

    Whom others registered since the preview is found again before anything is written; the batch counts what
    became of the rows, its rows say why.

    Raises:
        Refused: this very file was imported already.
        BadFile: the file changed since its preview.
        Cancelled: the operator stopped it; nothing was written.
    """
    if _digest(plan.path) != plan.digest:
        raise BadFile(
            plan.path, "", N_("The file was changed since its preview."), hint=N_("Preview it again.")
        )
    with without_collector():
        fresh = _as_of_now(desk, plan)  # for the most part here, where it holds up nobody
        with desk.write(Op.IMPORT_WORKBOOK) as tx:
            _refuse_twice(tx, plan)
            batch = _write(desk, tx, _as_of_now(desk, fresh), progress)
    return Done(batch, tx.changes)


def _write(desk: Desk, tx: Tx, plan: Preview, progress: Progress) -> Batch:
    written = _Written(hosts=_known_hosts(tx, plan))
    total = plan.counts["added"]
    for done, row in enumerate((row for row in plan.rows if row.fate is RowFate.ADDED), start=1):
        _write_row(desk, tx, row, written)
        if done % 500 == 0:
            progress.step(done, total)
    _write_families(tx, written)
    return _write_batch(desk, tx, plan, written)


def _as_of_now(desk: Desk, plan: Preview) -> Preview:
    """The plan by the register of this moment; nothing has to be asked when nobody wrote since the preview."""
    seen = journal.newest(desk.store)
    if seen == plan.seen:
        return plan
    return replace(plan, rows=tuple(Planner(desk, plan.reading).plan_again(plan.rows)), seen=seen)


def save_marked(plan: Preview, target: Path, *, lang: str = "") -> int:
    """The same workbook back, every problem cell coloured and commented; how many cells were marked.

    Raises:
        BadFile: the target is no .xlsx, cannot be written, or is the workbook itself.
    """
    refuse_own_name(plan.path, target)
    return mark_workbook(plan.path, target, plan.problems, lang=lang).cells


def refuse_own_name(source: Path, marked: Path) -> None:
    """The marked copy may not take the place of the workbook that was sent, under whatever name or link.

    Raises:
        BadFile: both names are one file.
    """
    if marked.exists() and source.exists() and marked.samefile(source):
        raise BadFile(
            marked,
            "",
            N_("This is the workbook itself: marking it would overwrite what was sent."),
            hint=N_("Choose another name."),
        )


def _digest(path: Path) -> str:
    try:
        with open_given(path) as file:
            return hashlib.sha256(file.read()).hexdigest()
    except OSError as error:
        raise not_read(path, error) from None


@dataclass(slots=True)
class _Written:
    """What the rows of one import share and made: hosts, addresses, people, families in the making."""

    hosts: dict[str, str] = field(default_factory=dict)
    addresses: dict[tuple[str, str], str] = field(default_factory=dict)
    about: dict[int, str] = field(default_factory=dict)
    families: dict[str, list[tuple[Person, str, date | None]]] = field(default_factory=dict)


def _known_hosts(tx: Tx, plan: Preview) -> dict[str, str]:
    """Uids of the hosts of a workbook that the register has, by number; asked for before anything is written."""
    hosts = (row.draft.host for row in plan.rows if row.draft)
    numbers = list({host.number for host in hosts if host and host.number})
    found: dict[str, str] = {}
    for start in range(0, len(numbers), _ASKED_AT_ONCE):
        some = numbers[start : start + _ASKED_AT_ONCE]
        for party in tx.live(Party, number=some):
            found.setdefault(party.number, party.uid)
    return found


def _write_row(desk: Desk, tx: Tx, row: RowPlan, written: _Written) -> None:
    draft = row.draft
    assert draft is not None
    address, host = _write_address(tx, draft.address, written), _write_host(tx, draft.host, written)
    made = arrivals.write_members(desk, tx, draft, address=address, host=host)
    written.about[row.number] = made.arrivals[0].uid
    if row.family:
        member = (made.people[0], row.relation, draft.arrival.arrived_on)
        written.families.setdefault(row.family, []).append(member)


def _write_address(tx: Tx, address: Address | None, written: _Written) -> str | None:
    if address is None:
        return None
    at = (address.place, address.line)
    if at not in written.addresses:
        written.addresses[at] = tx.put(address).uid
    return written.addresses[at]


def _write_host(tx: Tx, host: Party | None, written: _Written) -> str | None:
    if host is None:
        return None
    name = host.number or fold(host.name)
    if name not in written.hosts:
        written.hosts[name] = tx.put(host).uid
    return written.hosts[name]


def _write_families(tx: Tx, written: _Written) -> None:
    """Rows with one family number are a family; its head is the row that says so, or the first."""
    for members in written.families.values():
        if len(members) < 2:
            continue
        heads = [person for person, relation, _day in members if relation == arrivals.HEAD]
        head = heads[0] if heads else members[0][0]
        family = tx.put(Family(head=head.uid, formed_on=members[0][2]))
        for person, relation, day in members:
            own = arrivals.HEAD if person.uid == head.uid else relation or "other"
            tx.put(Membership(family=family.uid, person=person.uid, relation=own, since=day))


def _write_batch(desk: Desk, tx: Tx, plan: Preview, written: _Written) -> Batch:
    batch = tx.put(
        Batch(
            number=desk.next_number(tx, "B", 4),
            file=plan.path.name[:200],
            digest=plan.digest,
            sheet=plan.reading.code,
            taken_at=desk.clock.now(),
            read=plan.counts["read"],
            added=plan.counts["added"],
            changed=plan.counts["changed"],
            unchanged=plan.counts["unchanged"],
            skipped=plan.counts["skipped"],
            failed=plan.counts["failed"],
        )
    )
    for row in plan.rows:
        is_added = row.fate is RowFate.ADDED
        told = [one for one in row.problems if not is_added or one.finding.severity is not Severity.NOTE]
        if told or not is_added:
            tx.put(
                BatchRow(
                    batch=batch.uid,
                    sheet=plan.reading.sheet[:60],
                    row=row.number,
                    fate=row.fate,
                    problems="\n".join(f"{one.cell}: {one.words()}" for one in told),
                    about=written.about.get(row.number, ""),
                )
            )
    return batch


def _refuse_twice(tx: Tx, plan: Preview) -> None:
    before = tx.live(Batch, digest=plan.digest)
    if before and plan.counts["added"]:
        message = N_("This very file was imported already: {number}.")
        raise Refused([block("taken_already", message, "file", number=before[0].number)])
