"""Batch: one workbook taken in, with the fate of every row. The counts always add up."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Annotated, ClassVar

from migdesk.domain.fields import Choice, Moment, Note, Ref, Text, Whole
from migdesk.domain.record import Record, record
from migdesk.i18n import N_


class RowFate(StrEnum):
    """What became of a row."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    SKIPPED = "skipped"
    FAILED = "failed"

    @classmethod
    def labels(cls) -> dict[RowFate, str]:
        """What a person reads."""
        return {
            cls.ADDED: N_("added"),
            cls.CHANGED: N_("changed"),
            cls.UNCHANGED: N_("unchanged"),
            cls.SKIPPED: N_("skipped"),
            cls.FAILED: N_("not taken"),
        }


@record
class Batch(Record):
    """One import: which file, recognised as what, and how many rows of each fate."""

    table: ClassVar[str] = "batch"
    title: ClassVar[str] = N_("Import")

    number: Annotated[str, Text(N_("Number"), max=30, series=True)] = ""
    file: Annotated[str, Text(N_("File"), required=True, max=200)] = ""
    digest: Annotated[str, Text(N_("Digest"), max=64)] = ""
    sheet: Annotated[str, Text(N_("Recognised as"), max=60)] = ""
    taken_at: Annotated[datetime | None, Moment(N_("Taken at"))] = None
    read: Annotated[int | None, Whole(N_("Rows read"))] = 0
    added: Annotated[int | None, Whole(N_("Added"))] = 0
    changed: Annotated[int | None, Whole(N_("Changed"))] = 0
    unchanged: Annotated[int | None, Whole(N_("Unchanged"))] = 0
    skipped: Annotated[int | None, Whole(N_("Skipped"))] = 0
    failed: Annotated[int | None, Whole(N_("Not taken"))] = 0

    def __post_init__(self) -> None:
        parts = (self.added, self.changed, self.unchanged, self.skipped, self.failed)
        if self.read != sum(part or 0 for part in parts):
            raise ValueError("the counts of an import do not add up")


@record
class BatchRow(Record):
    """A row that needs to be told about: not taken, skipped, or changed."""

    table: ClassVar[str] = "batch_row"
    title: ClassVar[str] = N_("Row of an import")

    batch: Annotated[str | None, Ref(N_("Import"), required=True, to="batch")] = None
    sheet: Annotated[str, Text(N_("Sheet"), max=60)] = ""
    row: Annotated[int | None, Whole(N_("Row"), min=1)] = None
    fate: Annotated[RowFate | None, Choice(N_("Fate"), required=True, options=RowFate)] = None
    problems: Annotated[str, Note(N_("Problems"))] = ""
    about: Annotated[str, Text(N_("About"), max=40)] = ""
