"""Lists that another body gave: whom it wants to be noticed, as its file says, with the list's own day and source."""

from __future__ import annotations

from datetime import date, timedelta
from hashlib import sha256
from typing import Annotated, ClassVar

from migdesk.domain.dates import PartialDate
from migdesk.domain.fields import Day, Note, PartialDay, Ref, Text, Whole
from migdesk.domain.identity import Identity
from migdesk.domain.record import Record, record
from migdesk.i18n import N_

LONGEST_STALE = 3650
"""Days; a list that may be older than ten years is not asked for anew at all."""


@record
class StopList(Record):
    """One edition of a list. Of editions with one `key` the latest is checked by, older ones stay readable.

    `listed_on` is the day the list itself is of, `stale_after` the days after it when a newer one is to be asked for;
    `digest` is the SHA-256 of the file as it came. `refused` rows had nothing to check by.
    """

    table: ClassVar[str] = "stop_list"
    title: ClassVar[str] = N_("External list")

    name: Annotated[str, Text(N_("Name of the list"), required=True, max=160)] = ""
    source: Annotated[str, Text(N_("Who gave it"), required=True)] = ""
    listed_on: Annotated[date | None, Day(N_("List of"), required=True)] = None
    taken_on: Annotated[date | None, Day(N_("Taken in on"), required=True)] = None
    stale_after: Annotated[
        int | None, Whole(N_("Out of date after, days"), required=True, min=1, max=LONGEST_STALE)
    ] = None
    file: Annotated[str, Text(N_("File"))] = ""
    digest: Annotated[str, Text(N_("SHA-256 of the file"), required=True, max=64)] = ""
    people: Annotated[int | None, Whole(N_("People on it"))] = None
    refused: Annotated[int | None, Whole(N_("Rows not taken"))] = None

    @property
    def key(self) -> str:
        """The same for all editions of one list."""
        return " / ".join(" ".join(part.casefold().split()) for part in (self.name, self.source))

    @property
    def fresh_until(self) -> date:
        """The last day on which nobody has to ask for a newer edition."""
        return (self.listed_on or date.min) + timedelta(days=self.stale_after or 0)

    def is_stale(self, on: date) -> bool:
        """Whether a newer edition should have been asked for by a day."""
        return on > self.fresh_until


@record
class StopRow(Record):
    """One person on a list, as the file says: nothing is corrected, what is not known stays empty.

    `name` is in whatever script the file has, `other_names` the other spellings it gives. `citizenship` is the code
    of the country, or the words of the file where no country is called so. `reason` are the list's own words.
    """

    table: ClassVar[str] = "stop_row"
    title: ClassVar[str] = N_("Person on an external list")

    stop_list: Annotated[str | None, Ref(N_("External list"), required=True, to="stop_list")] = None
    row: Annotated[int | None, Whole(N_("Row of the file"), grouped=False)] = None
    name: Annotated[str, Text(N_("Name as in the list"), max=300)] = ""
    other_names: Annotated[str, Text(N_("Other spellings"), max=300)] = ""
    birth_date: Annotated[PartialDate | None, PartialDay(N_("Date of birth"))] = None
    citizenship: Annotated[str, Text(N_("Citizenship"), max=100)] = ""
    document: Annotated[str, Text(N_("Document number"), max=60)] = ""
    iin: Annotated[str, Text(N_("IIN"), max=20)] = ""
    reason: Annotated[str, Note(N_("Reason as in the list"), max=2000)] = ""

    @property
    def identity(self) -> Identity:
        """Who it is as far as the list tells."""
        return Identity(
            name=self.name,
            other_names=self.other_names,
            birth=self.birth_date,
            iin=self.iin,
            documents=(self.document,) if self.document else (),
            citizenship=self.citizenship if len(self.citizenship) == _CODE else "",
        )

    def mark(self, of: StopList) -> str:
        """The same for one entry in every edition of a list: what was found out of it holds in the next one too."""
        parts = (
            *(of.key, self.name, self.other_names, str(self.birth_date or "")),
            *(self.citizenship, self.document, self.iin),
        )
        return sha256("\n".join(" ".join(part.casefold().split()) for part in parts).encode()).hexdigest()


_CODE = 3
"""Letters of a country's code."""


@record
class StopJudgement(Record):
    """Somebody found out that a person is not the one of an entry; `entry` is the entry's mark, whatever edition."""

    table: ClassVar[str] = "stop_judgement"
    title: ClassVar[str] = N_("Not the one of an external list")

    person: Annotated[str | None, Ref(N_("Person"), required=True, to="person")] = None
    of_list: Annotated[str, Text(N_("External list"), max=400)] = ""
    entry: Annotated[str, Text(N_("Entry"), required=True, max=64)] = ""
    why: Annotated[str, Note(N_("How it was found out"), required=True, max=300)] = ""
