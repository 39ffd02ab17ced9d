"""The picture of a household on paper: a box for each member, the elder generations above."""

from __future__ import annotations

from collections.abc import Sequence

from migdesk.domain.kin import HEAD, SPOUSE, generation
from migdesk.domain.papertext import FamilyRow
from migdesk.paper.blocks import MM, HouseholdBlock
from migdesk.paper.fitting import flow
from migdesk.paper.fonts import face
from migdesk.paper.marks import Box, Mark, Rule, Run, Strip
from migdesk.paper.setting import FILLED, Sheet
from migdesk.paper.values import fixed

_PER_LINE, _GAP, _FALL, _PAD = 3, 6 * MM, 7 * MM, 2 * MM
_BY_MARRIAGE = {SPOUSE, "sibling_in_law"}
"""Those who stand beside the head and are no children of the generation above."""
_LINE, _SMALL = 1.2, 0.85
"""Line height and size of the quiet line, as shares of the form's size."""


def household_strips(sheet: Sheet, block: HouseholdBlock, left: float, right: float) -> tuple[Strip, ...]:
    """Lines of at most three boxes; a generation is joined to the one above it."""
    given = sheet.facts[block.rows] or ()
    assert isinstance(given, Sequence)
    members = [one for one in given if isinstance(one, FamilyRow)]
    width = (right - left - _GAP * (_PER_LINE - 1)) / _PER_LINE
    strips: list[Strip] = []
    above: list[float] = []
    for row in _generations(members):
        lines = [row[at : at + _PER_LINE] for at in range(0, len(row), _PER_LINE)]
        if above:
            kin = [at for at, one in enumerate(lines[0]) if one.place not in _BY_MARRIAGE]
            strips.append(_joined(above, [_middle(left, width, at) for at in kin]))
        elif strips:
            strips.append(Strip(_FALL, []))
        for n, line in enumerate(lines):
            if n:
                strips.append(Strip(_GAP / 2, [], keep_next=True))
            strips.append(_line(sheet, block, line, left, width))
        above = [_middle(left, width, at) for at in range(min(len(lines[-1]), 2))] if len(lines) == 1 else []
    return tuple(strips)


def _generations(members: Sequence[FamilyRow]) -> list[list[FamilyRow]]:
    rows: list[list[FamilyRow]] = [[], [], [], []]
    for one in members:
        rows[generation(one.place)].append(one)
    for row in rows:
        row.sort(key=lambda one: (one.place != HEAD, one.place != SPOUSE))
    return [row for row in rows if row]


def _middle(left: float, width: float, at: int) -> float:
    return left + at * (width + _GAP) + width / 2


def _line(sheet: Sheet, block: HouseholdBlock, line: Sequence[FamilyRow], left: float, width: float) -> Strip:
    """Boxes of one height; head and spouse are joined."""
    size = sheet.template.size
    sets = [_words(sheet, block, one, width) for one in line]
    height = max(bottom for _marks, bottom in sets) + _PAD
    marks: list[Mark] = []
    for at, (runs, _bottom) in enumerate(sets):
        x = left + at * (width + _GAP)
        marks.append(Box(x, 0, width, height, None, 0.9 if line[at].place == HEAD else 0.5))
        marks += [run._replace(x=run.x + x) for run in runs]
    if len(line) > 1 and (line[0].place, line[1].place) == (HEAD, SPOUSE):
        middle = height / 2
        marks.append(Rule(left + width, middle, left + width + _GAP, middle, 0.6))
    return Strip(height + size * 0.1, marks)


def _words(sheet: Sheet, block: HouseholdBlock, one: FamilyRow, width: float) -> tuple[list[Run], float]:
    """Name and quiet line of a box that begins at nothing, and where they end."""
    size, y = sheet.template.size, _PAD
    runs: list[Run] = []
    age = one.age.replace(" ", "\u00a0")
    below = ", ".join(part for part in (one.relation, one.birth, age) if part)
    told = sheet.with_row(block.rows, one)
    for value, name, share in ((block.name, FILLED, 1.0), (fixed(below), "serif", _SMALL)):
        in_face = face(name)
        words = sheet.text(value, in_face, told)
        fitted = flow(words, in_face, size * share, width - 2 * _PAD)
        for line in fitted.lines:
            y += fitted.size * _LINE
            runs.append(Run(_PAD, y - fitted.size * 0.25, in_face, fitted.size, line))
    return runs, y


def _joined(above: Sequence[float], below: Sequence[float]) -> Strip:
    """From the middle of the elder pair down to each box of the first line below."""
    start, bend = sum(above) / len(above), _FALL / 2
    marks: list[Mark] = [Rule(start, 0, start, bend, 0.6)]
    edges = [start, *below]
    marks.append(Rule(min(edges), bend, max(edges), bend, 0.6))
    marks += [Rule(x, bend, x, _FALL, 0.6) for x in below]
    return Strip(_FALL, marks, keep_next=True)
