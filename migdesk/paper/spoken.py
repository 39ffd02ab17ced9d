"""What slips say twice: in the language of the person they are given to, and small in that of the paper.

Without another language, or where it has no words for something, the words of the paper stand alone.
"""

from __future__ import annotations

from collections.abc import Sequence

from migdesk.domain.papertext import PaperRow
from migdesk.i18n import pick
from migdesk.paper.blocks import MM, Cell, ChecklistBlock, RowBlock, SpokenBlock, TextBlock
from migdesk.paper.fitting import line_height, wrap
from migdesk.paper.fonts import clean, face
from migdesk.paper.marks import Box, Mark, Run, Strip, Tick
from migdesk.paper.rows import row_strip
from migdesk.paper.setting import FILLED, Sheet, set_text
from migdesk.paper.shaping import isolated, set_paragraph
from migdesk.paper.tongues import Tongue
from migdesk.paper.values import fixed

_SMALL = 0.78
_GREY = 0.3
_PITCH = {"latin": 1.25, "arabic": 1.4, "han": 1.35}
"""Distance of base lines for a script: Arabic letters reach lower and higher."""

_BOX = 3.2 * MM
_INDENT = 6 * MM
_SHEETS = {"kk": "{pages} парақ", "ru": "{pages} л.", "en": "{pages} sheets"}


class _Column:
    """Lines that go down between two edges; `y` is how far they have come."""

    def __init__(self, sheet: Sheet, left: float, right: float) -> None:
        self._sheet = sheet
        self._left, self._right = left, right
        self.marks: list[Mark] = []
        self.y = 0.0

    def say(
        self, text: str, tongue: Tongue, size: float, *, bold: bool = False, center: bool = False
    ) -> None:
        """A paragraph in the person's language, from the edge where its script begins."""
        width = self._right - self._left
        for line in set_paragraph(text, tongue.script, width / size, bold=bold):
            if line.lacking:
                self._sheet.refuse_letters(fixed(pick(tongue.name)), line.lacking)
            spare = width - line.width * size
            if spare < -0.01:
                self._sheet.too_long(fixed(pick(tongue.name)))
            x = self._left + (spare / 2 if center else spare if tongue.is_rtl else 0)
            base = self.y + size * (0.98 if tongue.script == "latin" else 1.08)
            self.marks += [
                Run(x + one.x * size, base - one.y * size, one.face, size, one.text) for one in line.pieces
            ]
            self.y += size * _PITCH[tongue.script]

    def repeat(self, text: str, tongue: Tongue, *, center: bool = False) -> None:
        """The same in the paper's language, small, under it."""
        in_face, size = face("serif"), self._sheet.template.size * _SMALL
        for line in wrap(text, in_face, size, self._right - self._left):
            spare = self._right - self._left - in_face.width(line) * size
            x = self._left + (spare / 2 if center else spare if tongue.is_rtl else 0)
            self.marks.append(Run(x, self.y + size * 0.98, in_face, size, line, 0, _GREY))
            self.y += line_height(size)


def spoken_strips(sheet: Sheet, spoken: SpokenBlock, left: float, right: float) -> tuple[Strip, ...]:
    """A sentence, or with a value a labelled line; no page break divides it."""
    if spoken.value is not None:
        return (_labelled(sheet, spoken, left, right),)
    said = _said(sheet, spoken)
    if said is None:
        return set_text(sheet, TextBlock(spoken.words, spoken.style), left, right)
    text, tongue = said
    style = spoken.style
    bold, center = style.face == "serif-bold", style.align == "center"
    column = _Column(sheet, left, right)
    column.say(text, tongue, sheet.template.size * style.size, bold=bold, center=center)
    column.repeat(sheet.words(spoken.words, face("serif")), tongue, center=center)
    return (Strip(column.y, column.marks, keep_next=bold),)


def _said(sheet: Sheet, spoken: SpokenBlock) -> tuple[str, Tongue] | None:
    """The filled text in the person's language; nothing when there is none."""
    tongue = sheet.tongue
    key = f"text.{spoken.say}"
    if spoken.of is not None:
        key = f"{spoken.say}.{spoken.of.text(sheet.facts, sheet.names, sheet.language)}"
    if tongue is None or key not in tongue.texts:
        return None
    sheet.said.append(key)
    values = {name: clean(sheet.text(value, face(FILLED))) for name, value in spoken.values.items()}
    if tongue.is_rtl:
        values = {name: isolated(value) for name, value in values.items()}
    return tongue.texts[key].format(**values), tongue


def _labelled(sheet: Sheet, spoken: SpokenBlock, left: float, right: float) -> Strip:
    """Label and value on a dotted line; from right to left the label stands at the right."""
    cells = (Cell("plain", spoken.value, 1),)
    said = _said(sheet, spoken)
    if said is None:
        return row_strip(sheet, RowBlock("", spoken.words, cells, spoken.label_width), left, right)
    text, tongue = said
    edge = right - spoken.label_width if tongue.is_rtl else left + spoken.label_width
    label, value = ((edge, right), (left, edge)) if tongue.is_rtl else ((left, edge), (edge, right))
    column = _Column(sheet, label[0] + 1 * MM, label[1] - 1 * MM)
    column.say(text, tongue, sheet.template.size * 0.95)
    column.repeat(sheet.words(spoken.words, face("serif")), tongue)
    strip = row_strip(sheet, RowBlock("", {}, cells, 0), *value)
    return Strip(max(column.y, strip.height), [*column.marks, *strip.marks])


def checklist_strips(sheet: Sheet, block: ChecklistBlock, left: float, right: float) -> tuple[Strip, ...]:
    """One strip per paper: a box, ticked when it was handed in, and its name in both languages."""
    rows = sheet.facts[block.rows] or ()
    assert isinstance(rows, Sequence)
    return tuple(_paper(sheet, row, left, right) for row in rows)


def _paper(sheet: Sheet, row: PaperRow, left: float, right: float) -> Strip:
    tongue = sheet.tongue
    key = f"paper.{row.code}"
    text = tongue.texts.get(key) if tongue else None
    rtl = bool(tongue and tongue.is_rtl and text)
    column = _Column(sheet, left + (0 if rtl else _INDENT), right - (_INDENT if rtl else 0))
    name = sheet.printable(row.name, key)
    if row.pages is not None:
        name = f"{name} — {pick(_SHEETS).format(pages=row.pages)}"
    if tongue and text:
        sheet.said.append(key)
        column.say(text, tongue, sheet.template.size)
        column.repeat(name, tongue)
    else:
        _plainly(sheet, column, name, left + _INDENT, right)
    x = right - _BOX if rtl else left
    marks: list[Mark] = [Box(x, 0.6 * MM, _BOX, _BOX, None, 0.6)]
    if row.held:
        marks.append(Tick(x, 0.6 * MM, _BOX))
    return Strip(max(column.y, _BOX) + 0.8 * MM, [*marks, *column.marks])


def _plainly(sheet: Sheet, column: _Column, name: str, left: float, right: float) -> None:
    """The name at full size, when the paper's language is all there is."""
    in_face, size = face("serif"), sheet.template.size
    for line in wrap(name, in_face, size, right - left):
        column.marks.append(Run(left, column.y + size * 0.98, in_face, size, line))
        column.y += line_height(size)
