"""Taking an external list in: a file is looked at first, then written with all its rows as one op.

The rows are kept as the file has them; what cannot be read is told by its cell.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from typing import Any

from migdesk.domain.change import Done, Op
from migdesk.domain.datafile import Texts
from migdesk.domain.dates import PartialDate, show_day
from migdesk.domain.errors import BadFile
from migdesk.domain.finding import Finding, Severity, block, note, warn
from migdesk.domain.record import faults, tidied
from migdesk.domain.stoplist import StopList, StopRow
from migdesk.exchange.givenfile import not_read, open_given
from migdesk.exchange.problem import Problem, letters
from migdesk.exchange.read import Row, read_workbook
from migdesk.exchange.sheet import SheetSpec, load_specs
from migdesk.i18n import N_, pick
from migdesk.services.bulk import without_collector
from migdesk.services.checked_ops import checked_op
from migdesk.services.desk import Desk
from migdesk.services.progress import SILENT, Progress
from migdesk.services.stoplists.stoplists import STALE_AFTER, in_force, tell_stale

SPEC = "stoplist"
_NAMES, _LATIN = ("surname", "given", "patronymic"), ("surname_latin", "given_latin")
_REASONS, _OTHERS = ("reason", "article", "remark"), ("latin_name", "other_names")
_NOBODY = block(
    "nobody", N_("The row has no name and no number: there is nothing to check by. It is not taken.")
)
_CUT = N_("“{label}” is longer than {max} characters; the rest was cut off.")
_FEWER = 2
"""A newer edition of less than one part in so many of the rows of the older may be a part of the list only."""


@dataclass(frozen=True, slots=True)
class StopPreview:
    """What a file would bring; nothing is written yet."""

    path: Path
    digest: str
    headed: tuple[tuple[str, str, Texts], ...]
    rows: tuple[StopRow, ...]
    refused: int
    problems: tuple[Problem, ...]

    @property
    def columns(self) -> tuple[tuple[str, str, str], ...]:
        """Letter of each column that was recognised, what its header says, which field it is."""
        return tuple((letter, header, pick(title)) for letter, header, title in self.headed)


def preview(desk: Desk, path: Path, *, progress: Progress = SILENT) -> StopPreview:
    """Read a file and say what would be taken of it.

    Raises:
        BadFile: no workbook, no known header, or nobody in it.
        Cancelled: the operator stopped it.
    """
    digest = _digest(path)
    reading = read_workbook(path, [_spec()], today=desk.today)
    problems, rows, refused = list(reading.problems), list[StopRow](), 0
    country = cache(partial(_citizenship, desk))
    with without_collector():
        for row in reading.rows(step=progress.step):
            found = _read_row(country, row, problems)
            if found:
                rows.append(found)
            else:
                refused += 1
    if not rows:
        raise BadFile(path, reading.sheet, N_("There is nobody in this list."))
    headings = reading.recognition.headings
    known = reading.spec.by_key
    headed = tuple(
        (letters(at), " / ".join(headings[at]), known[key].title)
        for key, at in reading.keys.items()
        if key in known
    )
    return StopPreview(path, digest, headed, tuple(rows), refused, tuple(problems))


def new_edition(desk: Desk, plan: StopPreview, given: StopList) -> StopList:
    """The edition that a file would become, with the day of today and the office's number of days."""
    days = given.stale_after or int(desk.law.value(STALE_AFTER, desk.today))
    return replace(
        tidied(given),
        taken_on=desk.today,
        stale_after=days,
        file=plan.path.name[-200:],
        digest=plan.digest,
        people=len(plan.rows),
        refused=plan.refused,
    )


def check_edition(desk: Desk, plan: StopPreview, given: StopList) -> list[Finding]:
    """What is wrong or odd about an edition before it is taken in."""
    made = new_edition(desk, plan, given)
    found = faults(made)
    if made.listed_on and made.listed_on > desk.today:
        found.append(block("in_future", N_("The day of the list is in the future."), "listed_on"))
    before = next((one for one in in_force(desk) if one.key == made.key), None)
    if before and made.listed_on and before.listed_on:
        found += _beside(made, before)
    if not any(one.severity is Severity.BLOCK for one in found) and made.is_stale(desk.today):
        found.append(tell_stale(made))
    return found


def _beside(made: StopList, before: StopList) -> Iterator[Finding]:
    """What is odd about an edition beside the one that is checked by now."""
    assert made.listed_on and before.listed_on
    if before.digest == made.digest:
        message = N_("This very file was taken in already, on {day}.")
        yield block("taken_already", message, None, day=show_day(before.taken_on))
    if made.listed_on < before.listed_on:
        message = N_("A later edition is in force, of {day}: people go on being checked by that one.")
        yield warn("older_edition", message, "listed_on", day=show_day(before.listed_on))
    elif (made.people or 0) * _FEWER < (before.people or 0):
        message = N_("The edition in force has {before} people, this one {now}: is it the whole list?")
        yield warn("fewer_people", message, None, before=before.people, now=made.people)


def take(desk: Desk, plan: StopPreview, given: StopList, *, progress: Progress = SILENT) -> Done[StopList]:
    """Take an edition in with all its rows as one op; from now on people are checked by it, if it is the latest.

    Raises:
        Invalid: name, source or day is missing or wrong, or this very file was taken in already.
        BadFile: the file changed since its preview.
        Cancelled: the operator stopped it; nothing was written.
    """
    if _digest(plan.path) != plan.digest:
        hint = N_("Preview it again.")
        raise BadFile(plan.path, "", N_("The file was changed since its preview."), hint=hint)
    check = partial(check_edition, desk, plan, given)
    with without_collector(), checked_op(desk, Op.TAKE_STOPLIST, check) as (tx, findings):
        taken = tx.put(new_edition(desk, plan, given))
        for done, row in enumerate(plan.rows):
            tx.put(row, stop_list=taken.uid)
            if done % 500 == 0:
                progress.step(done, len(plan.rows))
    return Done(taken, tx.changes, tuple(findings))


def _spec() -> SheetSpec:
    """The columns of a list; none is asked for, since each body gives what it has."""
    found = next(one for one in load_specs() if one.code == SPEC)
    return replace(found, columns=tuple(replace(one, required=False) for one in found.columns))


def _read_row(country: Callable[[str], str], row: Row, problems: list[Problem]) -> StopRow | None:
    """A row as it stands; what cannot be read is told by its cell, and the row is taken without it."""
    problems += row.problems
    given: dict[str, Any] = row.values
    name = _joined(given, ("full_name",)) or _joined(given, _NAMES)
    latin = _joined(given, _LATIN)
    others = [part for part in (latin if name else "", *(_joined(given, (one,)) for one in _OTHERS)) if part]
    born = given.get("birth_date")
    made = StopRow(
        row=row.number,
        name=name or latin,
        other_names="; ".join(others),
        birth_date=born if isinstance(born, PartialDate) else None,
        citizenship=country(_joined(given, ("citizenship",))),
        document=_joined(given, ("document_number",)),
        iin=_joined(given, ("iin",)),
        reason="; ".join(part for one in _REASONS if (part := _joined(given, (one,)))),
    )
    if born is not None and made.birth_date is None and not _told(row, "birth_date"):
        message = N_("“{given}” is not a date.")
        problems.append(row.problem("birth_date", block("not_a_date", message, "birth_date", given=born)))
    if not (made.name or made.other_names or made.document or made.iin):
        problems += [row.problem("", _NOBODY)] if row.values else []
        return None
    return _fitted(made, row, problems)


def _told(row: Row, key: str) -> bool:
    return any(one.finding.field == key for one in row.problems)


def _fitted(made: StopRow, row: Row, problems: list[Problem]) -> StopRow:
    """The row with texts that its fields can hold; what was cut off is told."""
    for wrong in faults(replace(made, stop_list="-")):
        name = wrong.field or ""
        text, most = str(getattr(made, name)), wrong.values.get("max")
        kept = " ".join("".join(one if one.isprintable() else " " for one in text).split())
        kept = kept[: int(str(most))] if most else kept
        known: dict[str, Any] = {name: kept}
        made = replace(made, **known)
        key = {"name": "full_name", "document": "document_number"}.get(name, name)
        label = wrong.values.get("label", name)
        cut = note("cut", _CUT, key, label=label, max=most) if most else wrong
        problems.append(row.problem(key, replace(cut, severity=Severity.WARN)))
    return made


def _joined(given: dict[str, Any], keys: Iterable[str]) -> str:
    found = (given.get(key) for key in keys)
    return " ".join(part for one in found if isinstance(one, str) and (part := " ".join(one.split())))


def _citizenship(desk: Desk, text: str) -> str:
    """The code of a country, or the words as given: another body may write what no country is called."""
    return (desk.lists.hear("countries", text).code or text) if text else ""


def _digest(path: Path) -> str:
    try:
        with open_given(path) as file:
            return hashlib.sha256(file.read()).hexdigest()
    except OSError as error:
        raise not_read(path, error) from None
