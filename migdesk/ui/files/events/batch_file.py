"""The file of an import: counts that add up, the rows with remarks, undo while it is the newest operation."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from migdesk.domain.batch import Batch, BatchRow, RowFate
from migdesk.domain.fields import choice_label
from migdesk.domain.listing import Column, Look
from migdesk.i18n import N_
from migdesk.services.workbooks.batches import BatchFile, open_batch
from migdesk.ui.files.pieces.file_view import FileSpec, Opened
from migdesk.ui.files.pieces.plain_files import PlainContent
from migdesk.ui.files.pieces.short_list import ShortList, show
from migdesk.ui.files.pieces.short_list import column as field_column
from migdesk.ui.look.labels import Label
from migdesk.ui.look.theme import Tone
from migdesk.ui.look.words import number
from migdesk.ui.parts.actions import Action
from migdesk.ui.parts.band import Band
from migdesk.ui.parts.blocks import card
from migdesk.ui.parts.facts import Fact, Facts, fact_of
from migdesk.ui.parts.panel import Words
from migdesk.ui.parts.pills import Pill
from migdesk.ui.parts.states import TONES
from migdesk.ui.workplace import Kind

_ROWS, _COUNTS = N_("Rows with remarks"), N_("What became of the rows")
_NONE = N_("Every row was taken as it stood.")
_UNDO = N_("Undo this import")
_LOCKED = N_("Only the newest operation can be undone; this import is no longer the newest.")
_MORE = N_("and {n} more rows")
_READ = N_("Rows read")
_COLUMNS: tuple[Column, ...] = (
    field_column(BatchRow, "row", 64),
    field_column(BatchRow, "fate", 120, Look.STATE),
    field_column(BatchRow, "problems", 280),
)


def build_batch(opened: Opened) -> QWidget:
    """One import."""
    work, file = opened.work, opened.data
    assert isinstance(file, BatchFile)
    batch = file.batch
    counts = {fate: int(getattr(batch, fate.value) or 0) for fate in RowFate}
    pills = [
        Pill(TONES.get(fate.value, Tone.PLAIN), f"{choice_label(fate)} {number(count)}")
        for fate, count in counts.items()
        if count
    ]
    band = Band(batch.file, pills, kind="title" if opened.wide else "section")
    band.add_facts([fact_of(work.desk, batch, name) for name in ("number", "taken_at")])
    acts: list[Action] = []
    if file.op:
        acts.append(Action("batch.undo", _UNDO, lambda: work.undo_wanted.emit(file.op), "undo"))
        band.add_actions(None, acts)
    facts = [Fact(_READ, number(batch.read or 0))]
    facts += [Fact(RowFate.labels()[fate], number(count)) for fate, count in counts.items()]
    rows = [(one.row, one.fate, " · ".join(one.problems.splitlines())) for one in file.rows]
    what = ShortList("batch.rows", _ROWS, _COLUMNS, rows, [one.uid for one in file.rows], Words("ok", _NONE))
    parts: list[QWidget] = [card(Facts(facts, most=1), title=_COUNTS)]
    if not file.op:
        parts.append(Label(_LOCKED, "muted").wrapped())
    parts.append(card(show(work, what, whole=True), title=_ROWS))
    if file.more:
        more = Label("", "muted")
        more.say(_MORE, n=number(file.more))
        parts.append(more)
    return PlainContent(band, parts, acts)


SPEC = FileSpec(
    kind=Kind.BATCH,
    icon="exchange",
    title=Batch.title,
    load=open_batch,
    build=build_batch,
    name=lambda data: f"{data.batch.number} {data.batch.file}".strip(),
    watches=frozenset({"batch", "batch_row", "arrival", "person"}),
    help="excel",
)
