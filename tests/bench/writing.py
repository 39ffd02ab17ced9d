"""Jobs that write: save one arrival, import a workbook. Against bare transactions with the same rows."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import islice
from typing import Any

from migdesk.domain.arrival import Arrival
from migdesk.domain.change import ChangeSet
from migdesk.domain.party import Address, Party
from migdesk.services.arrivals import arrivals
from migdesk.services.arrivals.arrivals import ArrivalDraft, Member
from migdesk.services.desk import Desk
from migdesk.services.sample.crowd import Crowd, Household
from migdesk.services.workbooks import importing
from migdesk.services.workbooks.importing import Preview
from migdesk.store.engine import Connection
from tests.bench.measure import Figures, Job, Times, middle, peak_memory, slow_end, timed
from tests.bench.offices import TODAY, bare_engine, copied, opened
from tests.bench.workbook import write_arrivals

Rows = dict[str, tuple[list[str], list[tuple[Any, ...]]]]
"""Table → its columns and its new rows."""

BOOK, MADE = "arrivals.xlsx", "made.pickle"
RECORDS = (
    "address",
    "party",
    "person",
    "document",
    "family",
    "membership",
    "arrival",
    "stay",
    "batch",
    "batch_row",
)
BLOCK = 20
MOST_ROWS = 100_000


def saves(job: Job) -> Figures:
    """One person with document, address and host; each is on the disk when the call returns."""
    times = _saved(job, _drafts(), BLOCK)
    return middle("save.middle", times) | slow_end("save.slow", times)


def families(job: Job) -> Figures:
    """A family of four with their documents, address and host, looked for in the register and saved."""
    times = _saved(job, _four(), BLOCK // 4)
    return middle("save.family", times) | slow_end("save.family.slow", times)


def _saved(job: Job, drafts: Iterator[ArrivalDraft], block: int) -> Times:
    times: Times = ([], [])
    with (
        copied(job.home, job.scratch / "ours") as mine,
        copied(job.home, job.scratch / "bare") as other,
        opened(mine) as desk,
        bare_engine(other) as engine,
    ):
        arrivals.register_arrival(desk, next(drafts))
        for _block in range(job.rounds):
            made: list[ChangeSet] = []
            times[0].extend(timed(partial(_save, desk, draft, made)) for draft in islice(drafts, block))
            rows = [_rows_of(desk, changes) for changes in made]
            times[1].extend(timed(partial(_write, engine, one)) for one in rows)
    return times


def _save(desk: Desk, draft: ArrivalDraft, made: list[ChangeSet]) -> None:
    made.append(arrivals.register_arrival(desk, draft).changes)


def _drafts() -> Iterator[ArrivalDraft]:
    """Newcomers with a host each; said to be others than those of the sample office whom they resemble."""
    crowd = Crowd(TODAY, seed=29, beside=7000)
    for at, newcomer in enumerate(_adults(crowd.households(1_000_000))):
        member = newcomer.members[0]
        documents = (member.document,) if member.document else ()
        yield ArrivalDraft(
            (Member(member.person, documents, apart=True),),
            Arrival(
                purpose="work", arrived_on=TODAY, entered_on=TODAY, basis=newcomer.basis, notified_on=TODAY
            ),
            Address(place="551010000", line=f"Абай к-сі, {at}"),
            Party(name=f"Серікова Алма {at}"),
        )


def _four() -> Iterator[ArrivalDraft]:
    """Families of four who are not in the sample office, said to be other people where alike."""
    crowd = Crowd(TODAY, seed=31, beside=7000)
    households = (one for one in crowd.households(4_000_000) if len(one.members) == 4)
    for at, newcomers in enumerate(households):
        yield ArrivalDraft(
            tuple(
                Member(one.person, (one.document,) if one.document else (), one.relation, apart=True)
                for one in newcomers.members
            ),
            Arrival(
                purpose="kandas", arrived_on=TODAY, entered_on=TODAY, basis=newcomers.basis, notified_on=TODAY
            ),
            Address(place="551010000", line=f"Абай к-сі, {at}"),
            Party(name=f"Серікова Алма {at}"),
        )


def _adults(households: Iterable[Household]) -> Iterator[Household]:
    """Those who came alone with a passport."""
    return (
        one
        for one in households
        if len(one.members) == 1 and one.members[0].document and one.members[0].person.sex
    )


def _rows_of(desk: Desk, changes: ChangeSet) -> Rows:
    """The rows that an op made, as the store keeps them, without their ids."""
    found: Rows = {}
    for change in changes.changes:
        cursor = desk.store.connection.execute(f'SELECT * FROM "{change.table}" WHERE uid = ?', (change.uid,))
        names = [one[0] for one in cursor.description][1:]
        found.setdefault(change.table, (names, []))[1].append(tuple(cursor.fetchone()[1:]))
    return found


def _write(engine: Connection, rows: Rows) -> None:
    """The rows of one op in one transaction, table after table, and nothing else; a row written again is replaced."""
    engine.execute("BEGIN IMMEDIATE")
    for table, (names, values) in rows.items():
        columns = ", ".join(f'"{name}"' for name in names)
        marks = ", ".join("?" * len(names))
        engine.executemany(f'INSERT OR REPLACE INTO "{table}" ({columns}) VALUES ({marks})', values)
    engine.execute("COMMIT")


def workbook(job: Job) -> Figures:
    """Make the workbook that both sides import."""
    with opened(job.home) as desk:
        write_arrivals(desk, job.scratch / BOOK, min(job.persons, MOST_ROWS))
    return {}


def import_ours(job: Job) -> Figures:
    """Preview and apply the workbook; the rows that came of it are kept for the bare side."""
    with copied(job.home, job.scratch) as mine, opened(mine) as desk:
        before = {table: desk.store.value(f"SELECT max(id) FROM {table}") or 0 for table in RECORDS}
        plans: list[Preview] = []
        seconds = timed(lambda: plans.append(importing.preview(desk, job.scratch / BOOK)))
        seconds += timed(lambda: importing.apply(desk, plans[0]))
        peak = peak_memory()
        made = {table: _rows_after(desk, table, last) for table, last in before.items()}
    (job.scratch / MADE).write_bytes(pickle.dumps(made))
    added, read = plans[0].counts["added"], plans[0].counts["read"]
    if added < read * 0.8:
        raise RuntimeError(f"only {added} of {read} rows were taken: this would measure refusals")
    return {"import.time": {"ours": seconds}, "import.memory": {"ours": peak}}


def import_bare(job: Job) -> Figures:
    """Read the same workbook into lists and write the same rows."""
    made: Rows = pickle.loads((job.scratch / MADE).read_bytes())
    with copied(job.home, job.scratch) as other, bare_engine(other) as engine:

        def work() -> None:
            from python_calamine import CalamineWorkbook

            grid = CalamineWorkbook.from_path(job.scratch / BOOK).get_sheet_by_index(0).to_python()
            _write(engine, made)
            assert grid

        seconds = timed(work)
    return {"import.time": {"bare": seconds}, "import.memory": {"bare": peak_memory()}}


def _rows_after(desk: Desk, table: str, last: int) -> tuple[list[str], list[tuple[Any, ...]]]:
    cursor = desk.store.connection.execute(f'SELECT * FROM "{table}" WHERE id > ? ORDER BY id', (last,))
    return [one[0] for one in cursor.description][1:], [tuple(row[1:]) for row in cursor]
