"""Jobs that give out: export a list, draw a thousand forms. Against the bare libraries with the same content."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from migdesk.domain.listing import Filter, Query, Test
from migdesk.paper import draw
from migdesk.paper.layout import Filled, LaidOut
from migdesk.paper.marks import Box, Rule, Run
from migdesk.services.desk import Desk
from migdesk.services.papers import printing
from migdesk.services.workbooks import exporting
from tests.bench.measure import Figures, Job, Times, in_turn, middle, timed
from tests.bench.offices import opened

MOST_ROWS = 200_000
PAPERS = 1_000
_BLOCK = 50
FORM = "notification_arrival"


def exports(job: Job) -> Figures:
    """The list of people as a workbook."""
    times: Times = ([], [])
    ours, bare = job.scratch / "ours.xlsx", job.scratch / "bare.xlsx"
    with opened(job.home) as desk:
        query = Query("people", _so_many(desk, job.persons))
        for _round in range(job.rounds if job.persons <= 10_000 else 1):
            times[0].append(timed(partial(exporting.export_list, desk, query, ours)))
            times[1].append(timed(partial(_write_grid, bare, _grid(ours))))
    return middle("export", times)


def _so_many(desk: Desk, persons: int) -> tuple[Filter, ...]:
    """A filter that leaves about as many people as one export is measured with."""
    if persons <= MOST_ROWS:
        return ()
    sql = "SELECT birth_date FROM person WHERE annulled_on IS NULL ORDER BY birth_date LIMIT 1 OFFSET ?"
    return (Filter("birth_date", Test.UNTIL, desk.store.value(sql, (MOST_ROWS,))),)


def _grid(path: Path) -> list[list[Any]]:
    """The cells of a workbook."""
    from python_calamine import CalamineWorkbook

    return CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()


def _write_grid(path: Path, grid: Iterable[Sequence[Any]]) -> None:
    """The same cells with the same formats, straight into XlsxWriter."""
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet()
    text, day = book.add_format({"num_format": "@"}), book.add_format({"num_format": "dd.mm.yyyy"})
    whole = book.add_format({"num_format": "0"})
    for row, cells in enumerate(grid):
        for column, value in enumerate(cells):
            if isinstance(value, str):
                if value:
                    sheet.write_string(row, column, value, text)
            elif isinstance(value, date):
                sheet.write_datetime(row, column, value, day)
            else:
                sheet.write_number(row, column, value, whole)
    book.close()


def forms(job: Job) -> Figures:
    """Notices of arrival from the register to the finished PDF: each in a file of its own, and all in one."""
    alone: Times = ([], [])
    with opened(job.home) as desk:
        keys = _complete_arrivals(desk, PAPERS if job.persons >= PAPERS else _BLOCK)
        filled: list[Filled] = []
        for start in range(0, len(keys), _BLOCK):
            block = keys[start : start + _BLOCK]
            known = _filled(desk, block)
            laid = [draw.lay_out(one) for one in known]
            sides = in_turn([partial(_preview, desk, block)], [partial(_draw_bare_each, laid)])
            for side in (0, 1):
                alone[side].extend(_for_all(sides[side], len(block)))
            filled += known
        laid = [draw.lay_out(one) for one in filled]
        rounds = min(3, job.rounds)
        sides = in_turn([partial(draw.draw_forms, filled)] * rounds, [partial(_draw_bare, laid)] * rounds)
        together = _for_all(sides[0], len(keys)), _for_all(sides[1], len(keys))
    return middle("forms.alone", alone) | middle("forms.together", together)


def _for_all(times: Iterable[float], papers: int) -> list[float]:
    """What fewer papers took, as if it had been all."""
    return [one / papers * PAPERS for one in times]


def _preview(desk: Desk, keys: Iterable[str]) -> None:
    for key in keys:
        printing.preview(desk, FORM, key, lang="kk")


def _complete_arrivals(desk: Desk, most: int) -> list[str]:
    sql = (
        "SELECT t.uid FROM arrival t JOIN person p ON p.uid = t.person WHERE t.state = 'complete' "
        "AND t.document IS NOT NULL AND t.host IS NOT NULL AND p.sex IS NOT NULL LIMIT ?"
    )
    return [row[0] for row in desk.store.rows(sql, (most,))]


def _filled(desk: Desk, keys: Iterable[str]) -> list[Filled]:
    """What our own drawing of these papers is given."""
    kept: list[Filled] = []
    plain = draw.draw_form

    def note(paper: Filled) -> draw.Drawn:
        kept.append(paper)
        return plain(paper)

    draw.draw_form = note
    try:
        _preview(desk, keys)
    finally:
        draw.draw_form = plain
    return kept


def _draw_bare_each(papers: Iterable[LaidOut]) -> None:
    for paper in papers:
        _draw_bare([paper])


def _draw_bare(papers: Iterable[LaidOut]) -> None:
    """Papers as one PDF: the same strings, lines and boxes one by one on a bare canvas, without their codes."""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(io.BytesIO(), pagesize=A4, invariant=1, pageCompression=1)
    for paper in papers:
        for page in paper.pages:
            for y, strip in page.strips:
                for mark in strip.marks:
                    _put(canvas, mark, A4[1] - y)
            canvas.showPage()
    canvas.save()


def _put(canvas: Any, mark: Any, top: float) -> None:
    if isinstance(mark, Run):
        canvas.setFont(mark.face.name, mark.size)
        canvas.drawString(mark.x, top - mark.y, mark.text)
    elif isinstance(mark, Rule):
        canvas.setLineWidth(mark.width)
        canvas.line(mark.x1, top - mark.y1, mark.x2, top - mark.y2)
    elif isinstance(mark, Box):
        canvas.rect(mark.x, top - mark.y - mark.height, mark.width, mark.height)
