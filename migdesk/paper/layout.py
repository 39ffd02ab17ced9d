"""Layout: a filled form → pages of marks. Nothing is drawn here, so everything can be asked beforehand."""

from __future__ import annotations

from dataclasses import dataclass

from migdesk.domain.finding import Finding
from migdesk.domain.papertext import PrintFacts
from migdesk.domain.report import Names
from migdesk.i18n import current_language, language, pick
from migdesk.paper.blocks import (
    MM,
    STYLES,
    ChecklistBlock,
    CutBlock,
    FixedBox,
    FixedLine,
    FixedSlot,
    FixedTable,
    FixedText,
    Flow,
    GapBlock,
    HouseholdBlock,
    PageBlock,
    RowBlock,
    SideBlock,
    SpokenBlock,
    TableBlock,
    TextBlock,
)
from migdesk.paper.fixedmarks import (
    code,
    fixed_box,
    fixed_line,
    fixed_slot,
    fixed_table,
    fixed_text,
    photo,
)
from migdesk.paper.fonts import face
from migdesk.paper.household import household_strips
from migdesk.paper.marks import Area, Mark, Page, Rule, Run, Scissors, Strip
from migdesk.paper.pager import Pager, Unit
from migdesk.paper.pagewords import CONTINUED, page_marks
from migdesk.paper.rows import row_strip, table_strips
from migdesk.paper.setting import Sheet, set_lines, set_text, text_strips
from migdesk.paper.spoken import checklist_strips, spoken_strips
from migdesk.paper.template import FormTemplate
from migdesk.paper.values import Facts, fixed


@dataclass(frozen=True, slots=True, repr=False)
class Filled:
    """A form with what goes on it: one paper in one language.

    `facts` holds a record, a small paper class, a list or `None` for every root of the template, and under
    `ask` the answers by key; `names` gives the name of a code in the language of the paper.
    """

    template: FormTemplate
    language: str
    facts: Facts
    names: Names


@dataclass(slots=True)
class LaidOut:
    """Pages of marks, and what keeps them from being printed."""

    pages: list[Page]
    findings: list[Finding]


def lay_out(filled: Filled) -> LaidOut:
    """Pages of a filled form.

    Raises:
        Invalid: the blank itself has letters that its face lacks.
        ValueError: the template has no such language, or a root was not given (bugs of the caller).
    """
    template = filled.template
    if filled.language not in template.languages:
        raise ValueError(f"{template.code} is not printed in {filled.language}")
    missing = set(template.roots) - set(filled.facts)
    if missing:
        raise ValueError(f"{template.code} needs {', '.join(sorted(missing))}")
    reader = current_language()
    with language(filled.language):
        sheet = Sheet(template, filled.language, filled.facts, filled.names, reader=reader)
        pager = Pager(template.page)
        for unit in _units(sheet):
            pager.put(unit)
        pager.close()
        _continuation(sheet, pager, _fixed_marks(sheet, pager))
        sheet.findings += pager.findings
        facts = _print_facts(filled)
        for n, page in enumerate(pager.pages, 1):
            page.add(0, page_marks(sheet, facts, n, len(pager.pages)))
        return LaidOut(pager.pages, sheet.findings)


def _print_facts(filled: Filled) -> PrintFacts:
    for root in filled.template.roots.values():
        found = filled.facts.get(root.name)
        if root.cls is PrintFacts and isinstance(found, PrintFacts):
            return found
    return PrintFacts()


def _fixed_marks(sheet: Sheet, pager: Pager) -> list[Unit]:
    """Fixed marks on their pages; returns the rows of tables that found no room, as units."""
    left_over: list[Unit] = []
    template_page = sheet.template.page
    for one in sheet.template.fixed:
        for number in [one.page] if one.page else range(1, len(pager.pages) + 1):
            page = pager.page(number)
            if isinstance(one, FixedText):
                page.add(0, fixed_text(sheet, one))
            elif isinstance(one, FixedSlot):
                page.add(0, fixed_slot(sheet, one))
            elif isinstance(one, FixedLine):
                page.add(0, fixed_line(one))
            elif isinstance(one, FixedBox):
                page.add(0, fixed_box(one))
            elif isinstance(one, FixedTable):
                head, rest = fixed_table(sheet, one, page)
                if rest and one.title:
                    title = sheet.words(one.title, face("serif-bold"))
                    edges = (template_page.left, template_page.width - template_page.right)
                    left_over.append(Unit(_plain_strips(sheet, title, "strong", edges), space=2 * MM))
                if rest:
                    left_over.append(Unit((*head, *rest), head=head))
    return left_over


def _units(sheet: Sheet) -> list[Unit]:
    """Blocks whose condition holds, as units for the pager; neighbours with one `keep` become one unit."""
    units: list[Unit] = []
    keep = ""
    for flow in sheet.template.flow:
        if (flow.when and not sheet.holds(flow.when)) or (flow.unless and sheet.holds(flow.unless)):
            continue
        unit = _unit(sheet, flow)
        if flow.keep and flow.keep == keep:
            units[-1] = units[-1].joined(unit)
        else:
            units.append(unit)
        keep = flow.keep
    return units


def _unit(sheet: Sheet, flow: Flow) -> Unit:
    page = sheet.template.page
    left, right = page.left + flow.left, page.width - page.right - flow.right
    block = flow.block
    head: tuple[Strip, ...] = ()
    side, spare = 0.0, 0
    strips: tuple[Strip, ...]
    if isinstance(block, TextBlock):
        strips = text_strips(sheet, block, left, right)
    elif isinstance(block, RowBlock):
        strips = (row_strip(sheet, block, left, right),)
    elif isinstance(block, SpokenBlock):
        strips = spoken_strips(sheet, block, left, right)
    elif isinstance(block, ChecklistBlock):
        strips = checklist_strips(sheet, block, left, right)
    elif isinstance(block, HouseholdBlock):
        strips = household_strips(sheet, block, left, right)
    elif isinstance(block, TableBlock):
        head, rows = table_strips(sheet, block, left, right)
        strips = (*head, *rows)
        spare = sum(1 for row in rows if not any(isinstance(mark, Run) for mark in row.marks))
    elif isinstance(block, SideBlock):
        strips = (Strip(0, _side(sheet, block, right), keep_next=True),)
        side = block.size[1] + (12 if block.caption else 0)
    elif isinstance(block, CutBlock):
        strips = (_cut(left, right),)
    else:
        strips = (Strip(block.height, []),) if isinstance(block, GapBlock) else ()
    return Unit(
        strips,
        head,
        flow.space,
        whole=bool(flow.keep),
        bottom=flow.bottom,
        new_page=isinstance(block, PageBlock),
        beside=flow.right > 0,
        side=side,
        spare=spare,
    )


def _side(sheet: Sheet, block: SideBlock, right: float) -> list[Mark]:
    width, height = block.size
    room = (right - width, 0.0, width, height)
    marks: list[Mark] = [Area(*room, block.value.name)]
    draw = photo if block.style == "photo" else code
    marks += draw(sheet, block.value, room)
    if block.caption:
        in_face = face("serif")
        words = sheet.words(block.caption, in_face)
        lines = set_lines(words, in_face, 6.5, (right - width, right), ("center", 0))
        marks += [line._replace(y=height + 1.2 * MM + line.y + n * 7.6) for n, line in enumerate(lines)]
    return marks


def _cut(left: float, right: float) -> Strip:
    middle = 2.5 * MM
    return Strip(
        5 * MM, [Scissors(left, middle, 4 * MM), Rule(left + 5 * MM, middle, right, middle, 0.6, "dashed")]
    )


def _continuation(sheet: Sheet, pager: Pager, tables: list[Unit]) -> None:
    """Texts and rows that found no room on the blank, in full on pages of their own."""
    if not tables and not sheet.continued:
        return
    page = sheet.template.page
    edges = (page.left, page.width - page.right)
    pager.turn_to_end()
    title = f"{pick(CONTINUED)}: {pick(sheet.template.title)}"
    pager.put(Unit(_plain_strips(sheet, title, "center", edges), space=2 * MM))
    for n, (label, text) in enumerate(sheet.continued, 1):
        pager.put(Unit(_plain_strips(sheet, f"({n}) {label}", "strong", edges), space=2 * MM))
        pager.put(Unit(_plain_strips(sheet, text, "plain", edges)))
    for unit in tables:
        pager.put(unit)
    pager.close()


def _plain_strips(sheet: Sheet, text: str, style: str, edges: tuple[float, float]) -> tuple[Strip, ...]:
    block = TextBlock({sheet.language: fixed(text)}, STYLES[style])
    return set_text(sheet, block, *edges)
